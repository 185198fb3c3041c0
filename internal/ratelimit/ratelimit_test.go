package ratelimit

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var posts = Rule{Name: "posts", Burst: 3, Per: time.Minute}

// allowed takes tokens until there are none and returns how many there were.
func allowed(l *Limiter, rule Rule, key string) int {
	for n := 0; ; n++ {
		if _, ok := l.Allow(rule, key); !ok {
			return n
		}
	}
}

func TestAllow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := New(time.Now)
		if n := allowed(l, posts, "ana"); n != 3 {
			t.Errorf("%d at once, want 3", n)
		}
		wait, ok := l.Allow(posts, "ana")
		if ok || wait <= 0 || wait > 20*time.Second {
			t.Errorf("the fourth: %v, wait %s; want to wait up to 20 s", ok, wait)
		}
		time.Sleep(wait)
		if n := allowed(l, posts, "ana"); n != 1 {
			t.Errorf("after the wait %d, want 1", n)
		}
		time.Sleep(time.Hour)
		if n := allowed(l, posts, "ana"); n != 3 {
			t.Errorf("after an hour %d, want no more than 3", n)
		}
	})
}

func TestBucketsAreSeparate(t *testing.T) {
	t.Parallel()
	l := New(func() time.Time { return time.Unix(0, 0) })
	allowed(l, posts, "ana")
	if n := allowed(l, posts, "dan"); n != 3 {
		t.Errorf("somebody else has %d, want 3", n)
	}
	if n := allowed(l, Rule{Name: "photos", Burst: 5, Per: time.Minute}, "ana"); n != 5 {
		t.Errorf("another rule leaves %d, want 5", n)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	l := New(func() time.Time { return time.Unix(0, 0) })
	var taken atomic.Int64
	var g sync.WaitGroup
	for range 8 {
		g.Go(func() { taken.Add(int64(allowed(l, Rule{Name: "posts", Burst: 100, Per: time.Minute}, "ana"))) })
	}
	g.Wait()
	if taken.Load() != 100 {
		t.Errorf("%d tokens taken, want 100", taken.Load())
	}
}

func TestUnusedBucketsAreForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := New(time.Now)
		for i := range 100 {
			l.Allow(posts, strconv.Itoa(i))
		}
		time.Sleep(idleTime + time.Second)
		l.Allow(posts, "new")
		if n := len(l.buckets); n != 1 {
			t.Errorf("%d buckets, want only the one in use", n)
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	l := New(func() time.Time { return time.Unix(0, 0) })
	most := 0
	for i := range 2 * maxBuckets {
		l.Allow(posts, strconv.Itoa(i))
		most = max(most, len(l.buckets))
	}
	if most > maxBuckets {
		t.Errorf("%d buckets at once, want at most %d", most, maxBuckets)
	}
}
