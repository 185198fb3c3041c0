package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

const (
	// endedLife is how long an ended session is kept: much longer than tokens are made to live.
	endedLife = 24 * time.Hour
	// endedRecently is how far back the machines look for what the others ended; it makes up for clocks that disagree.
	endedRecently = time.Minute
	// maxEnded bounds one look.
	maxEnded = 10_000
)

// EndSession records for all machines that the session has ended. Doing it again changes nothing.
func (s *Store) EndSession(ctx context.Context, sessionID string) error {
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("INSERT INTO ended_sessions (id, ended_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", sessionID, s.now()).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// EndedSessions returns the sessions that ended within endedLife, the latest first.
func (s *Store) EndedSessions(ctx context.Context) ([]string, error) {
	return s.endedSince(ctx, endedLife)
}

// RecentlyEndedSessions returns the sessions that ended a moment ago; machines that ask every few seconds miss none.
func (s *Store) RecentlyEndedSessions(ctx context.Context) ([]string, error) {
	return s.endedSince(ctx, endedRecently)
}

func (s *Store) endedSince(ctx context.Context, d time.Duration) ([]string, error) {
	var ids []string
	err := s.read.NewRaw("SELECT id FROM ended_sessions WHERE ended_at > ? ORDER BY ended_at DESC LIMIT ?", s.now().Add(-d), maxEnded).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("ended sessions: %w", s.classify(err))
	}
	return ids, nil
}

// ForgetEndedSessions deletes what no token can belong to any more, at most limit of them, and returns how many.
func (s *Store) ForgetEndedSessions(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM ended_sessions WHERE id IN (SELECT id FROM ended_sessions WHERE ended_at < ? LIMIT ?)", s.now().Add(-endedLife), limit).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}
