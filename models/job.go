package models

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// NewJob asks for work that is done soon after, in the background, and survives a crash. Three lines are all that it takes:
//
//	enqueue(ctx, tx, s.now(), NewJob{Kind: "mail contact", Payload: contactMail{ID: 7}}) // in models, in the transaction of the change
//	store.Enqueue(ctx, models.NewJob{Kind: "mail contact", Payload: contactMail{ID: 7}}) // elsewhere, alone
//	"mail contact": s.mailContact,                                                       // in handlers/work.go: func(ctx, payload []byte) error
//
// The function may run more than once for one job (a machine may die after the work and before it is marked as done), so it must look
// whether the work was done. Its error is tried again later, unless jobs.Permanent wraps it.
type NewJob struct {
	Kind    string
	Key     string    // jobs of a kind and key wait only once; "" for no such rule
	Payload any       // becomes JSON; of a job that waits already the first payload stays
	RunAt   time.Time // zero means at once
}

// Job is work that was handed out: until Deadline nobody else gets it.
type Job struct {
	ID       int64
	Kind     string
	Payload  []byte // JSON
	Attempts int    // this one included
	Deadline time.Time
	requests int64 // when it was handed out
}

type jobRow struct {
	bun.BaseModel `bun:"table:jobs,alias:j"`

	ID        int64 `bun:",pk,autoincrement"`
	Kind      string
	UniqueKey *string
	Payload   string
	Requests  int64
	Attempts  int64
	RunAt     time.Time
	FailedAt  *time.Time
	LastError string
	CreatedAt time.Time
}

// Enqueue asks for work in a transaction of its own.
func (s *Store) Enqueue(ctx context.Context, j NewJob) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error { return enqueue(ctx, tx, s.now(), j) })
}

// enqueue asks for work in the transaction of the change that makes it necessary: both happen or neither. No two of the jobs given have the
// same kind and key.
func enqueue(ctx context.Context, tx bun.Tx, now time.Time, jobs ...NewJob) error {
	if len(jobs) == 0 {
		return nil
	}
	rows := make([]jobRow, len(jobs))
	for i, j := range jobs {
		payload, err := json.Marshal(j.Payload)
		if err != nil {
			return fmt.Errorf("payload of %s: %w", j.Kind, err)
		}
		rows[i] = jobRow{Kind: j.Kind, Payload: string(payload), Requests: 1, RunAt: j.RunAt.UTC().Truncate(time.Microsecond), CreatedAt: now}
		if j.RunAt.IsZero() {
			rows[i].RunAt = now
		}
		if j.Key != "" {
			rows[i].UniqueKey = &j.Key
		}
	}
	q := tx.NewInsert().Model(&rows).ExcludeColumn("id").Returning("NULL").On("CONFLICT (kind, unique_key) WHERE failed_at IS NULL DO UPDATE").Set("requests = j.requests + 1")
	if _, err := q.Exec(ctx); err != nil {
		return fmt.Errorf("enqueue: %w", err)
	}
	return nil
}

// ClaimJobs hands out at most limit jobs of the kinds that are due, the longest due first, each to one caller for the time of the lease.
// Several machines may claim at once; their clocks must agree better than the lease is long.
func (s *Store) ClaimJobs(ctx context.Context, kinds []string, limit int, lease time.Duration) ([]Job, error) {
	now := s.now()
	due := func(db bun.IDB) *bun.SelectQuery {
		return db.NewSelect().TableExpr("jobs AS j").Where("j.failed_at IS NULL AND j.kind IN (?) AND j.run_at <= ?", bun.List(kinds), now)
	}
	// Most looks find nothing; they must not cost SQLite's only writer anything.
	if any, err := due(s.read).Exists(ctx); err != nil || !any {
		return nil, s.classify(err)
	}
	var rows []jobRow
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var ids []int64
		chosen := due(tx).Column("j.id").Order("j.run_at", "j.id").Limit(int64(limit))
		if !s.sqlite() {
			chosen.For("UPDATE SKIP LOCKED")
		}
		if err := chosen.Scan(ctx, &ids); err != nil || len(ids) == 0 {
			return err
		}
		return tx.NewRaw("UPDATE jobs SET attempts = attempts + 1, run_at = ? WHERE id IN (?) RETURNING id, kind, payload, attempts, requests", now.Add(lease), bun.List(ids)).Scan(ctx, &rows)
	})
	if err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	slices.SortFunc(rows, func(a, b jobRow) int { return cmp.Compare(a.ID, b.ID) })
	jobs := make([]Job, len(rows))
	for i, r := range rows {
		jobs[i] = Job{ID: r.ID, Kind: r.Kind, Payload: []byte(r.Payload), Attempts: int(r.Attempts), Deadline: now.Add(lease), requests: r.Requests}
	}
	return jobs, nil
}

// FinishJob forgets a job that is done, or makes it due again when it was asked for once more meanwhile. A job that took longer than its
// lease and was handed out again is the other's.
func (s *Store) FinishJob(ctx context.Context, j Job) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM jobs WHERE id = ? AND attempts = ? AND requests = ?", j.ID, j.Attempts, j.requests).Exec(ctx)
		if err != nil {
			return fmt.Errorf("finish job: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		_, err = tx.NewRaw("UPDATE jobs SET attempts = 0, run_at = ? WHERE id = ? AND attempts = ?", s.now(), j.ID, j.Attempts).Exec(ctx)
		return err
	})
}

// RetryJob makes a job that failed due again at a time.
func (s *Store) RetryJob(ctx context.Context, j Job, at time.Time, cause string) error {
	return s.failJob(ctx, j, "run_at = ?", at.UTC().Truncate(time.Microsecond), cause)
}

// GiveUpJob keeps a job that will not be tried again for people to look at.
func (s *Store) GiveUpJob(ctx context.Context, j Job, cause string) error {
	return s.failJob(ctx, j, "failed_at = ?", s.now(), cause)
}

// maxJobError bounds what is kept of an error, in bytes.
const maxJobError = 500

func (s *Store) failJob(ctx context.Context, j Job, set string, at time.Time, cause string) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE jobs SET "+set+", last_error = ? WHERE id = ? AND attempts = ?", at, cleanError(cause), j.ID, j.Attempts).Exec(ctx)
		return err
	})
}

// cleanError cuts an error to what Postgres can store.
func cleanError(cause string) string {
	return text.Truncate(text.Line(cause), maxJobError)
}

// JobCounts are the sizes of the queue.
type JobCounts struct {
	Waiting int64 // being done included
	Failed  int64 // given up
}

// CountJobs returns how much work waits and how much was given up, by kind.
func (s *Store) CountJobs(ctx context.Context) (map[string]JobCounts, error) {
	var rows []struct {
		Kind            string
		Waiting, Failed int64
	}
	err := s.read.NewRaw("SELECT kind, count(*) - count(failed_at) AS waiting, count(failed_at) AS failed FROM jobs GROUP BY kind").Scan(ctx, &rows)
	counts := make(map[string]JobCounts, len(rows))
	for _, r := range rows {
		counts[r.Kind] = JobCounts{Waiting: r.Waiting, Failed: r.Failed}
	}
	return counts, s.classify(err)
}

// failedJobLife is how long jobs are kept that were given up.
const failedJobLife = 30 * 24 * time.Hour

// DeleteFailedJobs forgets jobs that were given up long ago, at most limit of them, and returns how many.
func (s *Store) DeleteFailedJobs(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE failed_at < ? LIMIT ?)", s.now().Add(-failedJobLife), limit).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}
