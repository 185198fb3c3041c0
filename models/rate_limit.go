package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// RateLimit is how much one key may do on all machines together: Burst at once, refilled evenly within Per.
type RateLimit struct {
	Burst int
	Per   time.Duration
}

// TakeLimit takes one token for the key and reports how long to wait when there is none. What is stored is only when the bucket will be full
// again, so that one statement both asks and takes (known as the generic cell rate algorithm).
func (s *Store) TakeLimit(ctx context.Context, key string, limit RateLimit) (wait time.Duration, ok bool, err error) {
	now, step := s.now().UnixMicro(), limit.Per.Microseconds()/int64(limit.Burst)
	latest := now + limit.Per.Microseconds()
	key = strings.ReplaceAll(key, "\x00", "")
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw(`INSERT INTO rate_limits (key, full_at) VALUES (?0, ?1) ON CONFLICT (key) DO UPDATE
			SET full_at = CASE WHEN rate_limits.full_at > ?2 THEN rate_limits.full_at ELSE ?2 END + ?3
			WHERE rate_limits.full_at + ?3 <= ?4`, key, now+step, now, step, latest).Exec(ctx)
		if err != nil {
			return fmt.Errorf("take limit: %w", err)
		}
		n, err := res.RowsAffected()
		if ok = n > 0; ok || err != nil {
			return err
		}
		var fullAt int64
		if err := tx.NewRaw("SELECT full_at FROM rate_limits WHERE key = ?", key).Scan(ctx, &fullAt); err != nil {
			return fmt.Errorf("read limit: %w", err)
		}
		wait = time.Duration(fullAt+step-latest) * time.Microsecond
		return nil
	})
	return wait, ok && err == nil, err
}

// ForgetLimits deletes what no longer limits anybody, at most limit rows, and returns how many.
func (s *Store) ForgetLimits(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM rate_limits WHERE key IN (SELECT key FROM rate_limits WHERE full_at < ? LIMIT ?)", s.now().UnixMicro(), limit).Exec(ctx)
		if err != nil {
			return fmt.Errorf("forget limits: %w", err)
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}
