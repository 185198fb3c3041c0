package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// ExportedListing is a listing with everything that is kept about it.
type ExportedListing struct {
	Listing
	Attributes []AttributeValue
	Photos     []Photo
	Prices     []PricePoint
}

// ExportListings returns the person's listings after the id in the order of ids, at most limit of them. Deleted ones are among them while
// their text is kept.
func (s *Store) ExportListings(ctx context.Context, ownerID, afterID int64, limit int) ([]ExportedListing, error) {
	var rows []Listing
	err := s.read.NewSelect().Model(&rows).Where("l.owner_id = ? AND l.id > ?", ownerID, afterID).Order("l.id").Limit(int64(limit)).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, s.classify(err)
	}
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	photos, err := s.PhotosOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var attributes []AttributeValue
	if err := s.read.NewSelect().Model(&attributes).Where("a.listing_id IN (?)", bun.List(ids)).Order("a.listing_id", "a.key").Scan(ctx); err != nil {
		return nil, fmt.Errorf("select attributes: %w", s.classify(err))
	}
	byListing := map[int64][]AttributeValue{}
	for _, a := range attributes {
		byListing[a.ListingID] = append(byListing[a.ListingID], a)
	}
	out := make([]ExportedListing, len(rows))
	for i, l := range rows {
		prices, err := s.PriceHistory(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		out[i] = ExportedListing{Listing: l, Attributes: byListing[l.ID], Photos: photos[l.ID], Prices: prices}
	}
	return out, nil
}

// ExportedFavorite is a listing that somebody saved, as it is found again.
type ExportedFavorite struct {
	ID      int64
	Slug    string
	Title   string
	SavedAt time.Time
}

// ExportFavorites returns all that the person saved, the latest first; deleted listings are left out.
func (s *Store) ExportFavorites(ctx context.Context, userID int64) ([]ExportedFavorite, error) {
	var rows []ExportedFavorite
	err := s.read.NewSelect().ColumnExpr("l.id, l.slug, l.title, f.created_at AS saved_at").TableExpr("favorites AS f").Join("JOIN listings AS l ON l.id = f.listing_id").
		Where("f.user_id = ? AND l.status <> 'deleted'", userID).OrderExpr("f.created_at DESC, f.listing_id DESC").Limit(maxFavorites).Scan(ctx, &rows)
	for i := range rows {
		rows[i].Title = text.HidePhones(rows[i].Title)
	}
	return rows, s.classify(err)
}

// ExportedReveal is a listing whose seller's phone number somebody asked for.
type ExportedReveal struct {
	ListingID  int64
	Title      string // "" when it is deleted
	RevealedAt time.Time
}

// ExportReveals returns all phone numbers that the person asked for, the latest first, without the numbers.
func (s *Store) ExportReveals(ctx context.Context, userID int64) ([]ExportedReveal, error) {
	var rows []ExportedReveal
	err := s.read.NewRaw(`SELECT p.listing_id, CASE WHEN l.status = 'deleted' THEN '' ELSE l.title END AS title, p.revealed_at
		FROM phone_reveals AS p JOIN listings AS l ON l.id = p.listing_id WHERE p.viewer_id = ? ORDER BY p.revealed_at DESC, p.listing_id DESC`, userID).Scan(ctx, &rows)
	for i := range rows {
		rows[i].Title = text.HidePhones(rows[i].Title)
	}
	return rows, s.classify(err)
}

// ExportReports returns all that the person reported, the latest first, and what was decided about it.
func (s *Store) ExportReports(ctx context.Context, userID int64) ([]ReportStatus, error) {
	var rows []Report
	if err := s.read.NewSelect().Model(&rows).Where("r.reporter_id = ?", userID).Order("r.id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("select reports: %w", s.classify(err))
	}
	out := make([]ReportStatus, len(rows))
	for batch := range slices.Chunk(out, maxOwnReports) {
		part := rows[:len(batch)]
		rows = rows[len(batch):]
		decisions, err := s.DecisionsByID(ctx, decisionIDs(part))
		if err != nil {
			return nil, err
		}
		for i, r := range part {
			batch[i].decided(r, decisions)
		}
	}
	return out, nil
}

// maxExportedDrafts is more than people have: one a browser and one an edit.
const maxExportedDrafts = 200

// ExportDrafts returns what the person typed and has not published, the latest first.
func (s *Store) ExportDrafts(ctx context.Context, userID int64) ([]FormDraft, error) {
	var rows []formDraftRow
	if err := s.read.NewSelect().Model(&rows).Where("d.user_id = ?", userID).Order("d.updated_at DESC").Limit(maxExportedDrafts).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select drafts: %w", s.classify(err))
	}
	drafts := make([]FormDraft, len(rows))
	for i, row := range rows {
		drafts[i] = FormDraft{ID: row.ID, UserID: userID, UpdatedAt: row.UpdatedAt}
		if err := json.Unmarshal([]byte(row.Fields), &drafts[i].Fields); err != nil {
			return nil, fmt.Errorf("decode draft: %w", err)
		}
	}
	return drafts, nil
}
