package photos

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/photos/phototest"
)

// only answers that exactly these pictures are in use.
func only(used ...string) func(context.Context, []string) (map[string]bool, error) {
	return func(_ context.Context, hashes []string) (map[string]bool, error) {
		answer := map[string]bool{}
		for _, h := range hashes {
			answer[h] = slices.Contains(used, h)
		}
		return answer, nil
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	now := time.Now()
	p, disk := newDisk(t)
	used := save(t, p, phototest.JPEG(60, 40, phototest.Exif{})).Hash
	unused := save(t, p, phototest.JPEG(61, 40, phototest.Exif{})).Hash
	renewed := save(t, p, phototest.JPEG(62, 40, phototest.Exif{})).Hash
	stale := filepath.Join(disk.TempDir(), tempPrefix+"stale")
	foreign := filepath.Join(disk.TempDir(), "notes.txt")
	for _, path := range []string{stale, foreign} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	age(t, disk, now.Add(-48*time.Hour))
	fresh := save(t, p, phototest.JPEG(63, 40, phototest.Exif{})).Hash
	save(t, p, phototest.JPEG(62, 40, phototest.Exif{}))

	removed, err := p.Sweep(t.Context(), 24*time.Hour, now, only(used))
	if removed != 1 || err != nil {
		t.Errorf("Sweep: %d, %v", removed, err)
	}
	left := map[string]bool{}
	for _, name := range filesIn(t, disk) {
		if hash, _, _, ok := ParseName(name); ok {
			left[hash] = true
		} else if name != filepath.Base(foreign) {
			t.Errorf("left %s", name)
		}
	}
	if want := map[string]bool{used: true, renewed: true, fresh: true}; !cmp.Equal(left, want) {
		t.Errorf("left %v, without %s want %v", left, unused, want)
	}
}

func TestSweepAsksInBatches(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	const pictures = sweepBatch + 7
	for i := range pictures {
		hash := []byte(someHash)
		hash[0], hash[9], hash[10] = "0123456789abcdef"[i%16], "0123456789abcdef"[i/16%16], "0123456789abcdef"[i/256]
		if _, err := disk.Put(t.Context(), Name(string(hash), 800, JPEG), []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	asked := map[string]bool{}
	removed, err := p.Sweep(t.Context(), time.Hour, time.Now().Add(2*time.Hour),
		func(_ context.Context, hashes []string) (map[string]bool, error) {
			if len(hashes) > sweepBatch {
				t.Errorf("asked about %d at once", len(hashes))
			}
			for _, h := range hashes {
				asked[h] = true
			}
			return nil, nil
		})
	if removed != pictures || len(asked) != pictures || err != nil {
		t.Errorf("removed %d, asked about %d, %v", removed, len(asked), err)
	}
}

func TestSweepStopsOnError(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	save(t, p, phototest.JPEG(60, 40, phototest.Exif{}))
	broken := errors.New("database away")
	_, err := p.Sweep(t.Context(), time.Hour, time.Now().Add(2*time.Hour),
		func(context.Context, []string) (map[string]bool, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if got := filesIn(t, disk); len(got) != 3 {
		t.Errorf("files %v", got)
	}
}

// A picture saved between the question and the removal must stay.
func TestSweepSparesWhatIsSavedMeanwhile(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	picture := phototest.JPEG(60, 40, phototest.Exif{})
	save(t, p, picture)
	now := time.Now()
	age(t, disk, now.Add(-48*time.Hour))
	removed, err := p.Sweep(t.Context(), 24*time.Hour, now,
		func(context.Context, []string) (map[string]bool, error) {
			save(t, p, picture)
			return nil, nil
		})
	if removed != 0 || err != nil {
		t.Errorf("Sweep: %d, %v", removed, err)
	}
	if got := filesIn(t, disk); len(got) != 3 {
		t.Errorf("files %v", got)
	}
}

// A sweep and a save of one picture never leave half of it.
func TestSweepAndSaveTogether(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	p := New(disk, Options{TempDir: t.TempDir()}) // so that "everything" is not half-written files
	picture := phototest.JPEG(60, 40, phototest.Exif{})
	everything := time.Now().Add(24 * time.Hour)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				if _, err := p.Save(context.Background(), bytes.NewReader(picture)); err != nil {
					t.Errorf("Save: %v", err)
				}
				if _, err := p.Sweep(context.Background(), 2*time.Hour, everything, only()); err != nil {
					t.Errorf("Sweep: %v", err)
				}
			}
		})
	}
	wg.Wait()
	if got := filesIn(t, disk); len(got) != 0 {
		t.Errorf("left %v, want none after the last sweep", got)
	}
	save(t, p, picture)
	if got := filesIn(t, disk); len(got) != 3 {
		t.Errorf("files %v", got)
	}
}
