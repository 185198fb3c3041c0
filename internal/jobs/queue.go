package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"piata.ro/models"
)

// Handler does one job, given its payload in JSON. It may be called again for a job that it did before (see models.NewJob).
type Handler func(ctx context.Context, payload []byte) error

// Queue does the jobs that the store keeps. Jobs that fail are tried again, each time after twice the wait, and given up in the end.
type Queue struct {
	Store    *models.Store
	Log      *slog.Logger
	Now      func() time.Time
	Handlers map[string]Handler // by kind
}

const (
	lease        = 2 * time.Minute // after which a job of a dead machine is done by another
	leaseMargin  = 15 * time.Second
	maxAttempts  = 12 // over about nine hours
	firstBackoff = 15 * time.Second
	maxBackoff   = 3 * time.Hour
	settleTime   = 5 * time.Second // for recording what became of a job while stopping
)

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent marks an error that trying again would only repeat: the job is given up at once.
func Permanent(err error) error { return permanent{err} }

// IsPermanent reports whether Permanent marked the error.
func IsPermanent(err error) bool { return errors.As(err, new(permanent)) }

// Lane returns the job that does the queued work of some kinds, one after the other and at most batch at a turn. Work in several lanes is
// done at the same time.
func (q *Queue) Lane(name string, batch int, kinds ...string) Job {
	return Job{Name: name, Every: time.Second, Do: func(ctx context.Context) (bool, error) { return q.turn(ctx, batch, kinds) }}
}

func (q *Queue) turn(ctx context.Context, batch int, kinds []string) (more bool, err error) {
	if len(kinds) == 0 {
		return false, nil
	}
	claimed, err := q.Store.ClaimJobs(ctx, kinds, batch, lease)
	for i, j := range claimed {
		if ctx.Err() != nil || q.Now().After(j.Deadline.Add(-2*leaseMargin)) {
			q.release(ctx, claimed[i:])
			break
		}
		err = errors.Join(err, q.do(ctx, j))
	}
	return len(claimed) == batch, err
}

// release gives back what was claimed and not begun.
func (q *Queue) release(ctx context.Context, claimed []models.Job) {
	for _, j := range claimed {
		if err := q.settle(ctx, func(ctx context.Context) error { return q.Store.RetryJob(ctx, j, q.Now(), "not begun") }); err != nil {
			return // others get them when the lease ends
		}
	}
}

func (q *Queue) do(ctx context.Context, j models.Job) error {
	err := q.call(ctx, j)
	switch wait := backoff(j.Attempts, rand.Float64()); {
	case err == nil:
		return q.settle(ctx, func(ctx context.Context) error { return q.Store.FinishJob(ctx, j) })
	case ctx.Err() != nil: // stopping: somebody else begins it anew
		return q.settle(ctx, func(ctx context.Context) error { return q.Store.RetryJob(ctx, j, q.Now(), err.Error()) })
	case IsPermanent(err) || j.Attempts >= maxAttempts:
		q.Log.ErrorContext(ctx, "queued job given up", slog.String("kind", j.Kind), slog.Int64("job", j.ID), slog.Int("attempts", j.Attempts), slog.String("error", err.Error()))
		return q.settle(ctx, func(ctx context.Context) error { return q.Store.GiveUpJob(ctx, j, err.Error()) })
	default:
		q.Log.WarnContext(ctx, "queued job failed", slog.String("kind", j.Kind), slog.Int64("job", j.ID), slog.Int("attempts", j.Attempts), slog.Duration("again_in", wait), slog.String("error", err.Error()))
		return q.settle(ctx, func(ctx context.Context) error { return q.Store.RetryJob(ctx, j, q.Now().Add(wait), err.Error()) })
	}
}

// settle records the outcome of a job even while the program stops.
func (q *Queue) settle(ctx context.Context, record func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	return record(ctx)
}

// call runs the handler with as much time as nobody else can get the job.
func (q *Queue) call(ctx context.Context, j models.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	handle := q.Handlers[j.Kind]
	if handle == nil {
		return fmt.Errorf("nobody does jobs of kind %q", j.Kind)
	}
	ctx, cancel := context.WithTimeout(ctx, j.Deadline.Sub(q.Now())-leaseMargin)
	defer cancel()
	return handle(ctx, j.Payload)
}

// backoff is the wait after so many attempts: doubled each time, a quarter more or less so that what failed together does not come back
// together. chance is from 0 to 1.
func backoff(attempts int, chance float64) time.Duration {
	wait := firstBackoff << min(attempts-1, 20)
	return time.Duration(float64(min(wait, maxBackoff)) * (0.75 + chance/2))
}
