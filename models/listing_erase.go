package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// eraseAfter is how long the text of a deleted listing is kept, for complaints about it.
const eraseAfter = 30 * 24 * time.Hour

// EraseDeleted removes the texts and details of listings that were deleted a month ago, at most limit of them, and returns how many. Left are
// the category, the place and the prices.
func (s *Store) EraseDeleted(ctx context.Context, limit int) (int, error) {
	var ids []int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw("SELECT id FROM listings WHERE status = 'deleted' AND title <> '' AND closed_at < ? LIMIT ?", s.now().Add(-eraseAfter), limit).Scan(ctx, &ids)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, query := range []string{
			"DELETE FROM listing_attributes WHERE listing_id IN (?)",
			"UPDATE listings SET title = '', slug = 'anunt', description = '', submit_key = NULL, content_hash = '', version = version + 1 WHERE id IN (?)",
		} {
			if _, err := tx.NewRaw(query, bun.List(ids)).Exec(ctx); err != nil {
				return fmt.Errorf("erase deleted listings: %w", err)
			}
		}
		return nil
	})
	return len(ids), s.classify(err)
}
