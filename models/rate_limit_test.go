package models

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestTakeLimit(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		limit := RateLimit{Burst: 10, Per: time.Hour}
		var taken atomic.Int64
		var wg sync.WaitGroup
		for range 20 { // as from several machines
			wg.Go(func() {
				_, ok, err := s.TakeLimit(t.Context(), "messages user 1", limit)
				if err != nil {
					t.Error(err)
				}
				if ok {
					taken.Add(1)
				}
			})
		}
		wg.Wait()
		if taken.Load() != 10 {
			t.Errorf("%d of 20 let through, want 10", taken.Load())
		}
		wait, ok, err := s.TakeLimit(t.Context(), "messages user 1", limit)
		if ok || err != nil || wait != 6*time.Minute {
			t.Errorf("%v, %v, wait %s; want to wait 6 minutes", ok, err, wait)
		}
		if _, ok, err := s.TakeLimit(t.Context(), "messages user 2", limit); !ok || err != nil {
			t.Errorf("somebody else: %v, %v", ok, err)
		}
		if n, err := s.ForgetLimits(t.Context(), 10); n != 0 || err != nil {
			t.Errorf("forgot %d that still count, %v", n, err)
		}
		clock.advance(wait)
		if _, ok, err := s.TakeLimit(t.Context(), "messages user 1", limit); !ok || err != nil {
			t.Errorf("after the wait: %v, %v", ok, err)
		}
		clock.advance(2 * time.Hour)
		if n, err := s.ForgetLimits(t.Context(), 10); n != 2 || err != nil {
			t.Errorf("forgot %d, %v; want 2", n, err)
		}
	})
}
