package assistant

import (
	"sync"
	"time"
)

const (
	breakAfter = 5 // failures in a row
	breakTime  = 20 * time.Second
)

// breaker stops asking a model that failed many times in a row; after a while one request may try again.
type breaker struct {
	now func() time.Time

	mu        sync.Mutex
	failures  int
	openUntil time.Time
}

// allow reports whether a request may be made, and otherwise after how long.
func (b *breaker) allow() (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < breakAfter {
		return 0, true
	}
	if wait := b.openUntil.Sub(b.now()); wait > 0 {
		return wait, false
	}
	b.openUntil = b.now().Add(breakTime) // this one tries, the others wait for it
	return 0, true
}

// record takes note of how a request ended.
func (b *breaker) record(f *Failure) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case f == nil:
		b.failures = 0
	case f.counts():
		if b.failures++; b.failures >= breakAfter {
			b.openUntil = b.now().Add(breakTime)
		}
	}
}
