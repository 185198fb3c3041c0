package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

const (
	// syncEvery is how old what Clerk said of a person may become.
	syncEvery = 24 * time.Hour
	// syncRetry is how long one attempt to ask Clerk keeps out the next one, here and on other machines.
	syncRetry = 10 * time.Minute
	// firstSyncRetry is the same for somebody of whom Clerk never said anything: they came while it did not answer.
	firstSyncRetry = 15 * time.Second
	// eventLife is how long webhook events are remembered; Clerk gives up repeating one much sooner.
	eventLife = 7 * 24 * time.Hour
)

// NeedsSync reports whether Clerk is to be asked about the person again.
func (s *Store) NeedsSync(u *User) bool { return !s.now().Before(u.SyncedAt.Add(syncEvery)) }

// BeginSync reports whether the caller is the one to ask Clerk about the person. An attempt that comes to nothing is not repeated at
// once, here and on other machines.
func (s *Store) BeginSync(ctx context.Context, u *User) (bool, error) {
	retry := syncRetry
	if u.ClerkUpdatedAt.Unix() <= 0 {
		retry = firstSyncRetry
	}
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE users SET synced_at = ? WHERE id = ? AND synced_at = ?", s.now().Add(retry-syncEvery), u.ID, u.SyncedAt.UTC()).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("begin sync: %w", err)
	}
	return n == 1, nil
}

// recordEvent remembers a webhook event and reports whether it is seen for the first time. Of two that come at once the second waits for
// the first one's transaction.
func (s *Store) recordEvent(ctx context.Context, tx bun.Tx, eventID string) (bool, error) {
	res, err := tx.NewRaw("INSERT INTO webhook_events (id, received_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", eventID, s.now()).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("record event: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// DeleteOldEvents forgets webhook events after a week, at most limit of them, and returns how many.
func (s *Store) DeleteOldEvents(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM webhook_events WHERE id IN (SELECT id FROM webhook_events WHERE received_at < ? LIMIT ?)", s.now().Add(-eventLife), limit).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}
