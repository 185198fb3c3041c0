package photos

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"piata.ro/internal/photos/phototest"
)

func TestFloodStaysInBudget(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	picture := phototest.JPEG(160, 120, phototest.Exif{Orientation: 6})
	h, err := inspect(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	budget := h.weight()*3/2 + 1
	p := New(disk, Options{TempDir: disk.TempDir(), MemoryBudget: budget})
	var most, decodes atomic.Int64
	p.budget.seen = func(used int64) {
		decodes.Add(1)
		for old := most.Load(); used > old && !most.CompareAndSwap(old, used); old = most.Load() {
		}
	}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if _, err := p.Save(context.Background(), bytes.NewReader(picture)); err != nil {
				t.Errorf("Save: %v", err)
			}
		})
	}
	wg.Wait()
	if got := most.Load(); got > budget || got == 0 {
		t.Errorf("used %d of %d", got, budget)
	}
	if decodes.Load() != 50 || p.budget.used.Load() != 0 {
		t.Errorf("%d decodes, %d still used", decodes.Load(), p.budget.used.Load())
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	if err := p.budget.acquire(t.Context(), p.budget.size); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() {
		_, err := p.Save(ctx, bytes.NewReader(phototest.JPEG(64, 48, phototest.Exif{})))
		result <- err
	}()
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) || errors.Is(err, ErrNotAPicture) {
		t.Errorf("error %v", err)
	}
	if left := filesIn(t, disk); len(left) != 0 {
		t.Errorf("left %v", left)
	}
	p.budget.release(p.budget.size)
	save(t, p, phototest.JPEG(64, 48, phototest.Exif{}))
}

func TestTooHeavyForTheBudget(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	p := New(disk, Options{TempDir: disk.TempDir(), MemoryBudget: 1 << 20})
	_, err := p.Save(t.Context(), bytes.NewReader(phototest.JPEG(2000, 1500, phototest.Exif{})))
	if !errors.Is(err, ErrTooHeavy) {
		t.Errorf("error %v", err)
	}
}
