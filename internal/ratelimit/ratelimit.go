// Package ratelimit keeps token buckets in memory, one for each key such as an address or a person. It counts for one machine.
package ratelimit

import (
	"sync"
	"time"
)

// Rule is how much one key may do: Burst at once, refilled evenly within Per, which is an hour at most.
type Rule struct {
	Name  string // separates the buckets of different rules
	Burst int
	Per   time.Duration
}

type bucket struct {
	tokens float64
	at     time.Time
}

const (
	// maxBuckets bounds the memory; when it is reached half of them are forgotten.
	maxBuckets = 50_000
	// idleTime is how long an unused bucket is kept: after it every bucket is full again, so that nothing is forgotten.
	idleTime = time.Hour
)

// Limiter holds the buckets. It is safe for concurrent use.
type Limiter struct {
	now func() time.Time

	mu      sync.Mutex
	buckets map[string]bucket
	swept   time.Time
}

// New returns an empty limiter with the clock.
func New(now func() time.Time) *Limiter {
	return &Limiter{now: now, buckets: map[string]bucket{}}
}

// Allow takes one token from the key's bucket. When there is none it reports how long until there is one.
func (l *Limiter) Allow(rule Rule, key string) (wait time.Duration, ok bool) {
	now := l.now()
	name := rule.Name + "\x00" + key
	perToken := rule.Per / time.Duration(rule.Burst)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	b, known := l.buckets[name]
	if !known {
		b = bucket{tokens: float64(rule.Burst), at: now}
	}
	b.tokens = min(float64(rule.Burst), b.tokens+float64(now.Sub(b.at))/float64(perToken))
	b.at = now
	if b.tokens < 1 {
		l.buckets[name] = b
		return time.Duration((1 - b.tokens) * float64(perToken)), false
	}
	b.tokens--
	l.buckets[name] = b
	return 0, true
}

// sweep drops buckets that nobody used for long, at most once a minute, and when there are too many half of them, whichever come.
func (l *Limiter) sweep(now time.Time) {
	full := len(l.buckets) >= maxBuckets
	if !full && now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for name, b := range l.buckets {
		if now.Sub(b.at) > idleTime || (full && len(l.buckets) > maxBuckets/2) {
			delete(l.buckets, name)
		}
	}
}
