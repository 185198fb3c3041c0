package models

import (
	"context"
	"fmt"
	"time"
)

// Counts says how many active listings there are, by category and county.
type Counts struct {
	Total      int64
	ByCategory map[int64]int64  // top categories include their subcategories
	ByCounty   map[string]int64 // by code
}

// Counts counts the active listings. It reads whole indexes: callers keep the answer for a while.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	c := Counts{ByCategory: map[int64]int64{}, ByCounty: map[string]int64{}}
	var byCategory []struct{ ID, N int64 }
	err := s.read.NewRaw("SELECT category_id AS id, count(*) AS n FROM listings WHERE status = 'active' GROUP BY category_id").Scan(ctx, &byCategory)
	if err != nil {
		return c, fmt.Errorf("count by category: %w", s.classify(err))
	}
	for _, row := range byCategory {
		c.Total += row.N
		c.ByCategory[row.ID] += row.N
		if cat := s.catalog.CategoryByID(row.ID); cat != nil && cat.Parent != nil {
			c.ByCategory[cat.Parent.ID] += row.N
		}
	}
	var byCounty []struct {
		Code string
		N    int64
	}
	err = s.read.NewRaw("SELECT county_code AS code, count(*) AS n FROM listings WHERE status = 'active' GROUP BY county_code").Scan(ctx, &byCounty)
	if err != nil {
		return c, fmt.Errorf("count by county: %w", s.classify(err))
	}
	for _, row := range byCounty {
		c.ByCounty[row.Code] = row.N
	}
	return c, nil
}

// OwnerListings returns one page of a person's listings in the state, newest first, and the cursor of the next page.
func (s *Store) OwnerListings(ctx context.Context, ownerID int64, status Status, after Cursor, limit int) ([]Listing, Cursor, error) {
	var rows []Listing
	q := s.read.NewSelect().Model(&rows).ExcludeColumn("description").Where("l.owner_id = ? AND l.status = ?", ownerID, status).Order("l.sort_key DESC").Limit(int64(limit) + 1)
	if !after.IsZero() {
		q.Where("l.sort_key < ?", after.Key)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, Cursor{}, fmt.Errorf("select own listings: %w", s.classify(err))
	}
	if len(rows) <= limit {
		return rows, Cursor{}, nil
	}
	last := rows[limit-1]
	return rows[:limit], Cursor{Key: last.SortKey, ID: last.ID}, nil
}

// CountOwnerListings returns how many listings a person has, by state.
func (s *Store) CountOwnerListings(ctx context.Context, ownerID int64) (map[Status]int64, error) {
	var rows []struct {
		Status Status
		N      int64
	}
	err := s.read.NewRaw("SELECT status, count(*) AS n FROM listings WHERE owner_id = ? GROUP BY status", ownerID).Scan(ctx, &rows)
	counts := map[Status]int64{}
	for _, row := range rows {
		counts[row.Status] = row.N
	}
	return counts, s.classify(err)
}

// MissingAttributesOf returns, for each of the listings that lacks some, the labels of required attributes without a value.
func (s *Store) MissingAttributesOf(ctx context.Context, listings []Listing) (map[int64][]string, error) {
	missing := map[int64][]string{}
	for i := range listings {
		cat := s.catalog.CategoryByID(listings[i].CategoryID)
		if cat == nil || len(MissingAttributes(cat, nil)) == 0 {
			continue
		}
		var values []AttributeValue
		if err := s.read.NewSelect().Model(&values).Where("a.listing_id = ?", listings[i].ID).Scan(ctx); err != nil {
			return nil, fmt.Errorf("select attributes: %w", s.classify(err))
		}
		if labels := MissingAttributes(cat, values); len(labels) > 0 {
			missing[listings[i].ID] = labels
		}
	}
	return missing, nil
}

// SitemapListing is what a sitemap says of a listing.
type SitemapListing struct {
	ID        int64
	Slug      string
	SortKey   int64
	UpdatedAt time.Time
	CoverHash string // "" without photos
}

// SitemapListings returns the active listings with sort keys above after and up to last, for one file of the sitemap.
func (s *Store) SitemapListings(ctx context.Context, after, last int64) ([]SitemapListing, error) {
	var rows []SitemapListing
	err := s.read.NewSelect().ColumnExpr("l.id, l.slug, l.sort_key, l.updated_at, l.cover_hash").TableExpr("listings AS l").
		Where("l.status = 'active' AND l.sort_key > ? AND l.sort_key <= ?", after, last).OrderExpr("l.sort_key").Scan(ctx, &rows)
	return rows, s.classify(err)
}

// LastSortKey returns the highest sort key given out so far.
func (s *Store) LastSortKey(ctx context.Context) (int64, error) {
	var last int64
	err := s.read.NewRaw("SELECT last FROM listing_sort_keys").Scan(ctx, &last)
	return last, s.classify(err)
}
