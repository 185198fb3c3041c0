package photos

import (
	"context"
	"runtime/debug"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// budget hands out a fixed amount of memory to pictures in work, in the order
// they ask. It counts estimates; it does not allocate.
type budget struct {
	size int64
	sem  *semaphore.Weighted
	used atomic.Int64
	dead atomic.Int64     // given back, but not yet collected
	seen func(used int64) // tests watch the use here; nil otherwise
}

func newBudget(size int64) *budget {
	return &budget{size: size, sem: semaphore.NewWeighted(size)}
}

// acquire waits for n bytes. It returns ErrTooHeavy at once when they can never
// be had, and the context's error when the wait is cut short.
func (b *budget) acquire(ctx context.Context, n int64) error {
	if n > b.size {
		return ErrTooHeavy
	}
	if err := b.sem.Acquire(ctx, n); err != nil {
		return err
	}
	used := b.used.Add(n)
	if b.seen != nil {
		b.seen(used)
	}
	return nil
}

const worthCollecting = 8 << 20 // bytes; a collection costs milliseconds

// release gives n bytes back. Garbage still takes memory, and the collector
// would let it grow to the size of everything alive, so before enough of it
// gathers to matter it is collected and returned to the system.
func (b *budget) release(n int64) {
	if b.dead.Add(n) >= max(b.size/8, worthCollecting) {
		b.dead.Store(0)
		debug.FreeOSMemory()
	}
	b.used.Add(-n)
	b.sem.Release(n)
}
