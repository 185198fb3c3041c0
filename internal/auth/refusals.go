package auth

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxReasons bounds the kinds that are told apart: a few come with codes that Clerk answers.
	maxReasons = 64
	// otherReasons counts what is beyond that bound.
	otherReasons Reason = "other"
	// refusalLogEvery is how often one kind is logged, however many requests are refused.
	refusalLogEvery = time.Minute
)

// refusals counts the requests that were not simply signed in, by reason, and logs each kind now and then.
type refusals struct {
	mu       sync.RWMutex
	byReason map[Reason]*refusal
}

type refusal struct {
	count    atomic.Int64
	loggedAt atomic.Int64 // Unix nanoseconds
}

func (r *refusals) of(reason Reason) *refusal {
	r.mu.RLock()
	found := r.byReason[reason]
	r.mu.RUnlock()
	if found != nil {
		return found
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byReason[reason] == nil && len(r.byReason) >= maxReasons {
		reason = otherReasons
	}
	if r.byReason[reason] == nil {
		r.byReason[reason] = &refusal{}
	}
	return r.byReason[reason]
}

// Refusals says how many requests were signed out, sent to a handshake or failed, by reason, since the start.
func (a *Authenticator) Refusals() map[Reason]int64 {
	a.refusals.mu.RLock()
	defer a.refusals.mu.RUnlock()
	counts := make(map[Reason]int64, len(a.refusals.byReason))
	for reason, refused := range a.refusals.byReason {
		counts[reason] = refused.count.Load()
	}
	return counts
}

// note counts an outcome and logs it at most once a minute for each reason. What every visitor has is for debugging only.
func (a *Authenticator) note(ctx context.Context, outcome *Outcome) {
	if outcome.Reason == "" {
		return
	}
	refused := a.refusals.of(outcome.Reason)
	total := refused.count.Add(1)
	level := slog.LevelInfo
	if outcome.Reason.IsVisitors() {
		level = slog.LevelDebug
	}
	if !a.log.Enabled(ctx, level) {
		return
	}
	now, last := a.now().UnixNano(), refused.loggedAt.Load()
	if last != 0 && now-last < int64(refusalLogEvery) || !refused.loggedAt.CompareAndSwap(last, now) {
		return
	}
	a.log.LogAttrs(ctx, level, "clerk: request not signed in",
		slog.String("state", string(outcome.State)), slog.String("reason", string(outcome.Reason)), slog.Int64("total", total))
}
