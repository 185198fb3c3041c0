// Package jobs runs background work at intervals, each job in its own goroutine, until its context ends.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Job is work that is done again and again.
type Job struct {
	Name  string
	Every time.Duration
	// Do does a bounded piece of the work and reports whether there is more, which is then done at once.
	Do func(ctx context.Context) (more bool, err error)
}

// Run does the jobs until ctx ends and returns when all have stopped. A job that fails or panics is tried again at its next turn.
func Run(ctx context.Context, log *slog.Logger, jobs ...Job) {
	var g sync.WaitGroup
	for _, j := range jobs {
		g.Go(func() { j.loop(ctx, log) })
	}
	g.Wait()
}

func (j Job) loop(ctx context.Context, log *slog.Logger) {
	timer := time.NewTimer(j.Every)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if err := j.turn(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "job failed", slog.String("job", j.Name), slog.String("error", err.Error()))
		}
		timer.Reset(j.Every)
	}
}

func (j Job) turn(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	for more := true; more && err == nil && ctx.Err() == nil; {
		more, err = j.Do(ctx)
	}
	return err
}
