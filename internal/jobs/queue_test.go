package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"piata.ro/models"
)

// bench is a queue on a fresh database with a clock that the test sets.
type bench struct {
	*Queue
	at  time.Time
	log bytes.Buffer
}

func newBench(t *testing.T, handlers map[string]Handler) *bench {
	t.Helper()
	b := &bench{at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	now := func() time.Time { return b.at }
	s, err := models.Open(t.Context(), models.Options{DataDir: t.TempDir(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b.Queue = &Queue{Store: s, Log: slog.New(slog.NewTextHandler(&b.log, nil)), Now: now, Handlers: handlers}
	return b
}

func (b *bench) enqueue(t *testing.T, kind string, payload any) {
	t.Helper()
	if err := b.Store.Enqueue(t.Context(), models.NewJob{Kind: kind, Payload: payload}); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) turn(ctx context.Context, t *testing.T) bool {
	t.Helper()
	more, err := b.Lane("test", 3, "a", "b").Do(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return more
}

func (b *bench) counts(t *testing.T, kind string) models.JobCounts {
	t.Helper()
	counts, err := b.Store.CountJobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return counts[kind]
}

func TestQueueDoesWhatIsDue(t *testing.T) {
	t.Parallel()
	var done []string
	note := func(name string) Handler {
		return func(_ context.Context, payload []byte) error {
			done = append(done, name+string(payload))
			return nil
		}
	}
	b := newBench(t, map[string]Handler{"a": note("a"), "b": note("b"), "c": note("c")})
	for i := range 4 {
		b.enqueue(t, string("abca"[i]), i)
	}
	if more := b.turn(t.Context(), t); !more || fmt.Sprint(done) != "[a0 b1 a3]" {
		t.Errorf("more %v, done %v; want a full turn without the other lane's", more, done)
	}
	if more := b.turn(t.Context(), t); more || b.counts(t, "a").Waiting != 0 || b.counts(t, "c").Waiting != 1 {
		t.Errorf("more %v, %+v", more, b.counts(t, "c"))
	}
}

func TestQueueTriesAgainAndGivesUp(t *testing.T) {
	t.Parallel()
	tries := map[string]int{}
	b := newBench(t, map[string]Handler{
		"a": func(_ context.Context, payload []byte) error {
			tries[string(payload)]++
			switch string(payload) {
			case `"refused"`:
				return Permanent(errors.New("no such mailbox"))
			case `"panic"`:
				panic("out of luck")
			}
			return errors.New("busy")
		}})
	for _, kind := range []string{"busy", "refused", "panic"} {
		b.enqueue(t, "a", kind)
	}
	b.turn(t.Context(), t)
	b.turn(t.Context(), t) // too early for a second try
	if tries[`"busy"`] != 1 || tries[`"refused"`] != 1 || tries[`"panic"`] != 1 || b.counts(t, "a") != (models.JobCounts{Waiting: 2, Failed: 1}) {
		t.Errorf("%v, %+v", tries, b.counts(t, "a"))
	}
	for range 2 * maxAttempts {
		b.at = b.at.Add(2 * maxBackoff)
		b.turn(t.Context(), t)
	}
	if tries[`"busy"`] != maxAttempts || tries[`"panic"`] != maxAttempts || b.counts(t, "a") != (models.JobCounts{Failed: 3}) {
		t.Errorf("%v, %+v; want %d tries", tries, b.counts(t, "a"), maxAttempts)
	}
	if log := b.log.String(); strings.Count(log, "queued job given up") != 3 || !strings.Contains(log, "no such mailbox") {
		t.Errorf("log:\n%s", log)
	}
}

// A stop gives back what is under way and what was claimed with it, for others to begin at once.
func TestQueueStops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	begun := 0
	b := newBench(t, map[string]Handler{"a": func(ctx context.Context, _ []byte) error {
		begun++
		stop()
		return ctx.Err()
	}})
	for i := range 3 {
		b.enqueue(t, "a", i)
	}
	b.turn(ctx, t)
	if begun != 1 {
		t.Errorf("%d begun", begun)
	}
	claimed, err := b.Store.ClaimJobs(t.Context(), []string{"a"}, 10, lease)
	if err != nil || len(claimed) != 3 {
		t.Errorf("%d jobs for others, %v", len(claimed), err)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		attempts  int
		low, high time.Duration
	}{{1, 11 * time.Second, 19 * time.Second}, {2, 22 * time.Second, 38 * time.Second}, {9, 48 * time.Minute, 80 * time.Minute}, {100, 2 * time.Hour, 4 * time.Hour}} {
		if low, high := backoff(tt.attempts, 0), backoff(tt.attempts, 1); low < tt.low || high > tt.high || low >= high {
			t.Errorf("after %d attempts from %v to %v, want within %v and %v", tt.attempts, low, high, tt.low, tt.high)
		}
	}
}
