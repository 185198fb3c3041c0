package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Optimize lets SQLite keep its statistics up to date; Postgres does that by itself.
func (s *Store) Optimize(ctx context.Context) error {
	if !s.sqlite() {
		return nil
	}
	if _, err := s.write.NewRaw("PRAGMA optimize").Exec(ctx); err != nil {
		return fmt.Errorf("optimize: %w", s.classify(err))
	}
	return nil
}

// settingMerged is the day on which SQLite's full-text index was last brought into one piece; mergeStarted while that is under way.
const (
	settingMerged = "words_merged"
	mergeStarted  = "started"
	mergePages    = 32   // of the index, written in one step: nobody else can write meanwhile
	settlePages   = 1000 // the same while nobody else is there
)

// MergeWords takes the next step to bring SQLite's full-text index into one piece, which is done once a day, and reports whether there is more
// to do. Changes add pieces to it, into all of which every search looks, and what was taken out is only marked. Postgres' vacuum does the like.
func (s *Store) MergeWords(ctx context.Context) (bool, error) { return s.mergeWords(ctx, mergePages) }

func (s *Store) mergeWords(ctx context.Context, pages int) (bool, error) {
	if !s.sqlite() {
		return false, nil
	}
	today := s.clock().UTC().Format(time.DateOnly)
	state, err := s.setting(ctx, s.read, settingMerged)
	if err != nil || state == today {
		return false, err
	}
	more := false
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var err error
		more, err = s.mergeNext(ctx, tx, pages, today)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("merge words: %w", err)
	}
	return more, nil
}

// mergeNext takes the step in the transaction that notes it: whoever asks meanwhile for all to be merged anew is not forgotten.
func (s *Store) mergeNext(ctx context.Context, tx bun.Tx, pages int, today string) (bool, error) {
	state, err := s.setting(ctx, tx, settingMerged)
	if err != nil {
		return false, err
	}
	if state != mergeStarted { // below zero it takes up all pieces anew (FTS5's documentation, "merge" command)
		if _, err := mergeStep(ctx, tx, -pages); err != nil {
			return false, err
		}
		return true, s.setSetting(ctx, tx, settingMerged, mergeStarted)
	}
	more, err := mergeStep(ctx, tx, pages)
	if err != nil || more {
		return more, err
	}
	return false, s.setSetting(ctx, tx, settingMerged, today)
}

// mergeStep merges some pages and reports whether there was anything to merge: the request itself counts as one change.
func mergeStep(ctx context.Context, tx bun.Tx, pages int) (bool, error) {
	var before, after int64
	if err := tx.NewRaw("SELECT total_changes()").Scan(ctx, &before); err != nil {
		return false, err
	}
	if _, err := tx.NewRaw("INSERT INTO listing_words (listing_words, rank) VALUES ('merge', ?)", pages).Exec(ctx); err != nil {
		return false, err
	}
	err := tx.NewRaw("SELECT total_changes()").Scan(ctx, &after)
	return after-before >= 2, err
}

// mergeAgain has MergeWords start anew, because much of the index has changed.
func (s *Store) mergeAgain(ctx context.Context, db bun.IDB) error {
	if !s.sqlite() {
		return nil
	}
	return s.setSetting(ctx, db, settingMerged, "")
}

// Settle is for after large changes: it brings statistics and the full-text index into the best order.
func (s *Store) Settle(ctx context.Context) error {
	if err := s.Optimize(ctx); err != nil {
		return err
	}
	if err := s.mergeAgain(ctx, s.write); err != nil {
		return fmt.Errorf("merge words: %w", err)
	}
	for {
		if more, err := s.mergeWords(ctx, settlePages); err != nil || !more {
			return err
		}
	}
}
