package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// run does the jobs for a while and returns the log.
func run(t *testing.T, d time.Duration, jobs ...Job) string {
	t.Helper()
	var log bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	Run(ctx, slog.New(slog.NewTextHandler(&log, nil)), jobs...)
	return log.String()
}

func TestEachJobHasItsOwnInterval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		often, rarely := 0, 0
		count := func(n *int) func(context.Context) (bool, error) {
			return func(context.Context) (bool, error) { *n++; return false, nil }
		}
		log := run(t, time.Hour+time.Second, Job{Name: "often", Every: time.Minute, Do: count(&often)}, Job{Name: "rarely", Every: 30 * time.Minute, Do: count(&rarely)})
		if often != 60 || rarely != 2 || log != "" {
			t.Errorf("turns: %d and %d, want 60 and 2; log %q", often, rarely, log)
		}
	})
}

func TestMoreWorkIsDoneAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var at []time.Duration
		run(t, 90*time.Second, Job{Every: time.Minute, Do: func(context.Context) (bool, error) {
			at = append(at, time.Since(start))
			return len(at) < 3, nil
		}})
		if len(at) != 3 || at[0] != time.Minute || at[2] != time.Minute {
			t.Errorf("turns at %v, want three after a minute", at)
		}
	})
}

func TestJobGoesOnAfterAnErrorOrAPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := 0
		log := run(t, 3*time.Minute+time.Second, Job{Name: "shaky", Every: time.Minute, Do: func(context.Context) (bool, error) {
			switch turns++; turns {
			case 1:
				return true, errors.New("disk is full") // more work waits for the next turn
			case 2:
				panic("out of luck")
			}
			return false, nil
		}})
		if turns != 3 || strings.Count(log, "job=shaky") != 2 || !strings.Contains(log, "disk is full") || !strings.Contains(log, "out of luck") {
			t.Errorf("%d turns, want 3; log:\n%s", turns, log)
		}
	})
}

func TestStopEndsWorkUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := 0
		log := run(t, 2*time.Minute, Job{Every: time.Minute, Do: func(ctx context.Context) (bool, error) {
			turns++
			<-ctx.Done()
			return true, ctx.Err()
		}})
		if turns != 1 || log != "" {
			t.Errorf("%d turns, want one that the end cuts short without a line in the log: %q", turns, log)
		}
	})
}
