package models

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/uptrace/bun"
)

// What the table of settings says about the full-text index.
const (
	settingWords    = "words_version" // wordsVersion of all active listings
	settingWordsNow = "words_upto"    // while they are written anew: those from this sort key on are done
)

// Reindex writes the words of up to limit active listings anew when a version of the program has changed how they are found, newest first,
// and reports whether there are more.
func (s *Store) Reindex(ctx context.Context, limit int) (bool, error) {
	if current, err := s.wordsCurrent(ctx, s.read); err != nil || current {
		return false, err
	}
	more := false
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if !s.sqlite() { // one machine at a time
			if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", reindexLock).Exec(ctx); err != nil {
				return err
			}
		}
		var err error
		more, err = s.reindexNext(ctx, tx, limit)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("reindex: %w", err)
	}
	return more, nil
}

// reindexLock is the key of the Postgres advisory lock for Reindex.
const reindexLock = migrationLock + 1

// wordsCurrent reports whether all listings are written as this program does it.
func (s *Store) wordsCurrent(ctx context.Context, db bun.IDB) (bool, error) {
	version, err := s.setting(ctx, db, settingWords)
	return version == strconv.Itoa(wordsVersion), err
}

// startWords notes on an empty market that there is nothing to write anew.
func (s *Store) startWords(ctx context.Context) error {
	version, err := s.setting(ctx, s.read, settingWords)
	if err != nil || version != "" {
		return err
	}
	if empty, err := s.EmptyOfListings(ctx); err != nil || !empty {
		return err
	}
	return s.setSetting(ctx, s.write, settingWords, strconv.Itoa(wordsVersion))
}

func (s *Store) reindexNext(ctx context.Context, tx bun.Tx, limit int) (bool, error) {
	if current, err := s.wordsCurrent(ctx, tx); err != nil || current {
		return false, err // another machine was quicker
	}
	progress, err := s.setting(ctx, tx, settingWordsNow)
	if err != nil {
		return false, err
	}
	upTo := int64(math.MaxInt64)
	if n, version := int64(0), 0; progress != "" {
		if _, err := fmt.Sscanf(progress, "%d %d", &version, &n); err == nil && version == wordsVersion {
			upTo = n
		}
	}
	var rows []Listing
	if err := tx.NewSelect().Model(&rows).Where("l.status = 'active' AND l.sort_key < ?", upTo).OrderExpr("l.sort_key DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return false, err
	}
	if len(rows) < limit {
		if err := s.setSetting(ctx, tx, settingWords, strconv.Itoa(wordsVersion)); err != nil {
			return false, err
		}
		if err := s.mergeAgain(ctx, tx); err != nil {
			return false, err
		}
	}
	if len(rows) == 0 {
		return false, nil
	}
	if err := s.reindexRows(ctx, tx, rows); err != nil {
		return false, err
	}
	return len(rows) == limit, s.setSetting(ctx, tx, settingWordsNow, fmt.Sprintf("%d %d", wordsVersion, rows[len(rows)-1].SortKey))
}

func (s *Store) reindexRows(ctx context.Context, tx bun.Tx, rows []Listing) error {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	var values []AttributeValue
	if err := tx.NewSelect().Model(&values).Where("a.listing_id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return fmt.Errorf("select attributes: %w", err)
	}
	byListing := map[int64][]AttributeValue{}
	for _, v := range values {
		byListing[v.ListingID] = append(byListing[v.ListingID], v)
	}
	for i := range rows {
		if err := s.indexWords(ctx, tx, &rows[i], byListing[rows[i].ID]); err != nil {
			return err
		}
	}
	return nil
}

// setting returns a value of the table of settings, "" when it has none.
func (s *Store) setting(ctx context.Context, db bun.IDB, name string) (string, error) {
	var value string
	err := s.classify(db.NewRaw("SELECT value FROM settings WHERE name = ?", name).Scan(ctx, &value))
	if isNotFound(err) {
		return "", nil
	}
	return value, err
}

func (s *Store) setSetting(ctx context.Context, db bun.IDB, name, value string) error {
	_, err := db.NewRaw("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value).Exec(ctx)
	return s.classify(err)
}
