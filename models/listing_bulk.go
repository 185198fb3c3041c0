package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// BulkListing is one listing of a seed or an import.
type BulkListing struct {
	Draft       ListingDraft
	OwnerID     int64
	PublishedAt time.Time // zero means now
	Photos      []Photo   // Hash, Width and Height of stored pictures
}

// ErrNotFirst says that something was posted before.
var ErrNotFirst = errors.New("something was posted before")

// InsertListings publishes many listings in one transaction, all or none, and returns their ids in order. A few hundred at a time is best.
func (s *Store) InsertListings(ctx context.Context, items []BulkListing) ([]int64, error) {
	return s.insertListings(ctx, items, false)
}

// InsertFirstListings is InsertListings for a database where nothing was ever posted; otherwise it changes nothing and returns ErrNotFirst.
// Of several processes that start at once one succeeds.
func (s *Store) InsertFirstListings(ctx context.Context, items []BulkListing) ([]int64, error) {
	return s.insertListings(ctx, items, true)
}

func (s *Store) insertListings(ctx context.Context, items []BulkListing, first bool) ([]int64, error) {
	if len(items) == 0 {
		return nil, nil
	}
	for i := range items {
		if err := items[i].Draft.Validate(); err != nil {
			return nil, fmt.Errorf("listing %d: %w", i, err)
		}
	}
	rows := make([]Listing, len(items))
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.insertRows(ctx, tx, items, rows); err != nil {
			return err
		}
		// Every post raises the last sort key, whose row is now locked until this transaction ends.
		if first && rows[0].SortKey > 1 {
			return ErrNotFirst
		}
		if err := insertBulkParts(ctx, tx, items, rows); err != nil {
			return err
		}
		if err := s.enqueueBulkMatches(ctx, tx, items, rows); err != nil {
			return err
		}
		return s.indexRows(ctx, tx, items, rows)
	})
	if err != nil {
		return nil, fmt.Errorf("insert listings: %w", err)
	}
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	return ids, nil
}

func (s *Store) insertRows(ctx context.Context, tx bun.Tx, items []BulkListing, rows []Listing) error {
	var last int64
	if err := tx.NewRaw("UPDATE listing_sort_keys SET last = last + ? RETURNING last", len(items)).Scan(ctx, &last); err != nil {
		return fmt.Errorf("sort keys: %w", err)
	}
	now := s.now()
	for i, item := range items {
		at := item.PublishedAt.UTC().Truncate(time.Microsecond)
		if item.PublishedAt.IsZero() {
			at = now
		}
		rows[i] = Listing{OwnerID: item.OwnerID, Status: StatusActive, Version: 1, SortKey: last - int64(len(items)-1-i),
			ContentHash: contentHash(Submission{Draft: item.Draft}), PublishedAt: at, ExpiresAt: at.Add(ListingLife), CreatedAt: at, UpdatedAt: at}
		rows[i].apply(item.Draft, s.rate)
		rows[i].PhotoCount = len(item.Photos)
		if len(item.Photos) > 0 {
			cover := item.Photos[0]
			rows[i].CoverHash, rows[i].CoverWidth, rows[i].CoverHeight = cover.Hash, cover.Width, cover.Height
		}
	}
	// The ids come back in an order that neither database promises, so they are matched by the sort key.
	var made []struct{ ID, SortKey int64 }
	if err := tx.NewInsert().Model(&rows).ExcludeColumn("id").Returning("id, sort_key").Scan(ctx, &made); err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	first := rows[0].SortKey
	for _, m := range made {
		rows[m.SortKey-first].ID = m.ID
	}
	return nil
}

func insertBulkParts(ctx context.Context, tx bun.Tx, items []BulkListing, rows []Listing) error {
	var attributes []AttributeValue
	var photos []Photo
	prices := make([]priceChange, len(rows))
	for i, item := range items {
		id := rows[i].ID
		for _, v := range item.Draft.Attributes {
			v.ListingID = id
			attributes = append(attributes, v)
		}
		for n, p := range item.Photos {
			p.ID, p.ListingID, p.Position, p.CreatedAt = fmt.Sprintf("%d-%d-%s", id, n, p.Hash), &id, n, rows[i].CreatedAt
			photos = append(photos, p)
		}
		prices[i] = priceChange{ListingID: id, PriceMinor: rows[i].PriceMinor, Currency: rows[i].Currency, ChangedAt: rows[i].CreatedAt}
	}
	if len(attributes) > 0 {
		if _, err := tx.NewInsert().Model(&attributes).Exec(ctx); err != nil {
			return fmt.Errorf("attributes: %w", err)
		}
	}
	if len(photos) > 0 {
		if _, err := tx.NewInsert().Model(&photos).Exec(ctx); err != nil {
			return fmt.Errorf("photos: %w", err)
		}
	}
	if _, err := tx.NewInsert().Model(&prices).ExcludeColumn("id").Returning("NULL").Exec(ctx); err != nil {
		return fmt.Errorf("prices: %w", err)
	}
	return nil
}

// enqueueBulkMatches lets saved searches find what is published now; listings of the past are no news.
func (s *Store) enqueueBulkMatches(ctx context.Context, tx bun.Tx, items []BulkListing, rows []Listing) error {
	var jobs []NewJob
	for i := range rows {
		if items[i].PublishedAt.IsZero() {
			jobs = append(jobs, NewJob{Kind: JobMatchListing, Key: itoa(rows[i].ID), Payload: MatchListing{ListingID: rows[i].ID}})
		}
	}
	return enqueue(ctx, tx, s.now(), jobs...)
}

// indexRows writes the search words of all rows with one statement.
func (s *Store) indexRows(ctx context.Context, tx bun.Tx, items []BulkListing, rows []Listing) error {
	values := make([]string, len(rows))
	for i := range rows {
		w := s.wordsOf(&rows[i], items[i].Draft.Attributes)
		if s.sqlite() {
			values[i] = fmt.Sprintf("(%d,'%s','%s','%s')", rows[i].SortKey, strings.Join(w.title, " "), strings.Join(w.body, " "), strings.Join(filterTokens(&rows[i], items[i].Draft.Attributes, w), " "))
		} else {
			values[i] = fmt.Sprintf("(%d,$$%s$$)", rows[i].ID, tsvector(&rows[i], w, items[i].Draft.Attributes))
		}
	}
	query := "INSERT INTO listing_words (rowid, title, body, tokens) VALUES " + strings.Join(values, ",")
	if !s.sqlite() {
		query = "UPDATE listings SET words = v.words::tsvector FROM (VALUES " + strings.Join(values, ",") + ") AS v (id, words) WHERE listings.id = v.id"
	}
	// The words consist of a–z and 0–9 (search.Analyze), so they can stand in the statement.
	if _, err := tx.Tx.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("words: %w", err)
	}
	return nil
}

// EmptyOfListings reports whether nothing was ever posted.
func (s *Store) EmptyOfListings(ctx context.Context) (bool, error) {
	var any bool
	err := s.read.NewRaw("SELECT EXISTS (SELECT 1 FROM listings)").Scan(ctx, &any)
	return !any, s.classify(err)
}
