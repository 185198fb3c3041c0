package models

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/search"
)

// Bounds of the vocabulary: the newest titles are counted, and of their words the most frequent kept, about 10 MB of memory.
const (
	countedTitles   = 200_000
	titlesPerQuery  = 2_000
	vocabularyLimit = 50_000
	termsPerWrite   = 500 // rows in one transaction: on SQLite nobody else can write meanwhile
)

// What the table of settings says about the vocabulary.
const (
	settingTermsClaim = "terms_claim" // who counts last began: "<last sort key> <unix time> <titles>"
	settingTermsReady = "terms_ready" // the claim whose terms are all stored
)

// Vocabulary returns the words of the adverts, for corrections and suggestions. Until they are read for the first time it is empty.
func (s *Store) Vocabulary() *search.Vocabulary {
	if v := s.vocabulary.Load(); v != nil {
		return v.words
	}
	return &search.Vocabulary{}
}

// loadedVocabulary is a vocabulary with the claim that it was counted under.
type loadedVocabulary struct {
	words *search.Vocabulary
	claim string
}

// KeepVocabulary counts the words of the adverts anew when it is time, on one of several machines, and reads what was counted. A market that
// grows is counted often while it is small.
func (s *Store) KeepVocabulary(ctx context.Context) error {
	claim, titles, err := s.claimTerms(ctx)
	if err != nil {
		return fmt.Errorf("keep vocabulary: %w", err)
	}
	if claim != "" {
		if err := s.countTerms(ctx, titles); err != nil {
			return fmt.Errorf("count terms: %w", err)
		}
		if err := s.setSetting(ctx, s.write, settingTermsReady, claim); err != nil {
			return fmt.Errorf("keep vocabulary: %w", err)
		}
	}
	return s.readVocabulary(ctx)
}

// claimTerms returns a claim when the words should be counted and nobody else does.
func (s *Store) claimTerms(ctx context.Context) (claim string, titles int, err error) {
	old, err := s.setting(ctx, s.read, settingTermsClaim)
	if err != nil {
		return "", 0, err
	}
	var lastKey, at int64
	if old != "" {
		if _, err := fmt.Sscanf(old, "%d %d %d", &lastKey, &at, &titles); err != nil {
			lastKey, at, titles = 0, 0, 0 // counted by another version
		}
	}
	now := s.now()
	if now.Sub(time.Unix(at, 0)) < restOfTerms(titles) {
		return "", 0, nil
	}
	var key int64
	if err := s.read.NewRaw("SELECT coalesce(max(sort_key), 0) FROM listings WHERE status = 'active'").Scan(ctx, &key); err != nil {
		return "", 0, err
	}
	if key == lastKey {
		return "", 0, nil
	}
	if err := s.read.NewRaw("SELECT count(*) FROM (SELECT 1 FROM listings WHERE status = 'active' LIMIT ?) AS counted", countedTitles).Scan(ctx, &titles); err != nil {
		return "", 0, err
	}
	claim = fmt.Sprintf("%d %d %d", key, now.Unix(), titles)
	result, err := s.write.NewRaw("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value = ?",
		settingTermsClaim, claim, old).Exec(ctx)
	if err != nil {
		return "", 0, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 { // another machine was quicker
		return "", 0, err
	}
	return claim, titles, nil
}

// restOfTerms is how long a count of so many titles is good.
func restOfTerms(titles int) time.Duration {
	switch {
	case titles < 2_000:
		return 20 * time.Second
	case titles < 50_000:
		return 10 * time.Minute
	}
	return time.Hour
}

// countTerms counts the newest titles and writes what changed.
func (s *Store) countTerms(ctx context.Context, titles int) error {
	tally := search.NewTally(vocabularyLimit)
	after := int64(math.MaxInt64)
	for counted := 0; counted < titles; {
		var rows []struct {
			SortKey int64
			Title   string
		}
		err := s.read.NewRaw("SELECT sort_key, title FROM listings WHERE status = 'active' AND sort_key < ? ORDER BY sort_key DESC LIMIT ?", after, titlesPerQuery).Scan(ctx, &rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			tally.Add(row.Title)
			after = row.SortKey
		}
		counted += len(rows)
		if len(rows) < titlesPerQuery {
			break
		}
	}
	return s.storeTerms(ctx, tally.Entries())
}

// term is a row of search_terms.
type term struct {
	bun.BaseModel `bun:"table:search_terms"`
	Text          string `bun:",pk"`
	Listings      int
}

// storeTerms writes new and much changed terms and deletes those that are gone, a few at a time.
func (s *Store) storeTerms(ctx context.Context, entries []search.Entry) error {
	stored, err := s.storedTerms(ctx)
	if err != nil {
		return err
	}
	var changed []term
	for _, e := range entries {
		if old, found := stored[e.Text]; !found || differMuch(old, e.Count) {
			changed = append(changed, term{Text: e.Text, Listings: e.Count})
		}
		delete(stored, e.Text)
	}
	for rows := range slices.Chunk(changed, termsPerWrite) {
		if _, err := s.write.NewInsert().Model(&rows).On("CONFLICT (text) DO UPDATE").Set("listings = EXCLUDED.listings").Exec(ctx); err != nil {
			return err
		}
	}
	gone := make([]string, 0, len(stored))
	for word := range stored {
		gone = append(gone, word)
	}
	for words := range slices.Chunk(gone, termsPerWrite) {
		if _, err := s.write.NewDelete().Model((*term)(nil)).Where("text IN (?)", bun.List(words)).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// differMuch tells whether a count is worth writing again.
func differMuch(old, now int) bool {
	return old < 20 && old != now || 10*now > 11*old || 10*now < 9*old
}

func (s *Store) storedTerms(ctx context.Context) (map[string]int, error) {
	var rows []term
	if err := s.read.NewSelect().Model(&rows).Scan(ctx); err != nil {
		return nil, err
	}
	stored := make(map[string]int, len(rows))
	for _, row := range rows {
		stored[row.Text] = row.Listings
	}
	return stored, nil
}

// readVocabulary puts the stored terms in memory when they are newer than what is there.
func (s *Store) readVocabulary(ctx context.Context) error {
	ready, err := s.setting(ctx, s.read, settingTermsReady)
	if err != nil {
		return err
	}
	if loaded := s.vocabulary.Load(); loaded != nil && loaded.claim == ready {
		return nil
	}
	stored, err := s.storedTerms(ctx)
	if err != nil {
		return fmt.Errorf("read vocabulary: %w", err)
	}
	entries := make([]search.Entry, 0, len(stored))
	for word, count := range stored {
		entries = append(entries, search.Entry{Text: word, Count: count})
	}
	s.vocabulary.Store(&loadedVocabulary{words: search.NewVocabulary(entries, s.catalog.Reader()), claim: ready})
	return nil
}
