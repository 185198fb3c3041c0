package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// MaxPhotos is how many photos a listing may have.
const MaxPhotos = 12

// Photo is one picture of a draft or of a listing; its files are named by Hash.
type Photo struct {
	bun.BaseModel `bun:"table:photos,alias:p"`

	ID        string `bun:",pk"` // random
	DraftID   *string
	ListingID *int64
	Position  int    // 0 is the cover
	Hash      string // names the stored files
	Width     int    // of the widest variant, upright
	Height    int
	WebP      bool `bun:"webp"` // the WebP variants have been tried
	CreatedAt time.Time
}

// AddPhotos puts stored pictures at the end of a saved draft. It refuses more than MaxPhotos together with what is there.
func (s *Store) AddPhotos(ctx context.Context, draftID string, photos []Photo) error {
	if len(photos) == 0 {
		return nil
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.lockDraft(ctx, tx, draftID); err != nil {
			return err
		}
		have, err := tx.NewSelect().Model((*Photo)(nil)).Where("p.draft_id = ?", draftID).Count(ctx)
		if err != nil {
			return err
		}
		if int(have)+len(photos) > MaxPhotos {
			return apperr.OnField(FieldPhotos, fmt.Sprintf("Un anunț are cel mult %d fotografii.", MaxPhotos))
		}
		for i := range photos {
			photos[i].DraftID, photos[i].Position, photos[i].CreatedAt = &draftID, int(have)+i, s.now()
		}
		_, err = tx.NewInsert().Model(&photos).Exec(ctx)
		return err
	})
}

// DraftPhotos returns the photos of a draft in order.
func (s *Store) DraftPhotos(ctx context.Context, draftID string) ([]Photo, error) {
	var photos []Photo
	err := s.read.NewSelect().Model(&photos).Where("p.draft_id = ?", draftID).Order("p.position", "p.created_at", "p.id").Scan(ctx)
	return photos, s.classify(err)
}

// PhotosInUse reports which of the hashes some photo, of a draft, a listing or a message, still refers to.
func (s *Store) PhotosInUse(ctx context.Context, hashes []string) (map[string]bool, error) {
	used := make(map[string]bool, len(hashes))
	if len(hashes) == 0 {
		return used, nil
	}
	var found []string
	list := bun.List(hashes)
	err := s.write.NewRaw("SELECT hash FROM photos WHERE hash IN (?) UNION SELECT hash FROM message_photos WHERE hash IN (?)", list, list).Scan(ctx, &found)
	for _, h := range found {
		used[h] = true
	}
	return used, s.classify(err)
}

// PhotosWithoutWebP returns hashes of published photos whose WebP variants have not been tried, oldest first.
func (s *Store) PhotosWithoutWebP(ctx context.Context, limit int) ([]string, error) {
	var hashes []string
	err := s.read.NewRaw("SELECT hash FROM photos WHERE NOT webp AND listing_id IS NOT NULL ORDER BY created_at LIMIT ?", limit).Scan(ctx, &hashes)
	return hashes, s.classify(err)
}

// MarkWebP records that the WebP variants of the picture have been tried.
func (s *Store) MarkWebP(ctx context.Context, hash string) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE photos SET webp = TRUE WHERE hash = ?", hash).Exec(ctx)
		return err
	})
}

// addListingPhotos writes the rows of new pictures; arrangePhotos then puts them into their places.
func (s *Store) addListingPhotos(ctx context.Context, tx bun.Tx, listingID int64, photos []Photo) error {
	if len(photos) == 0 {
		return nil
	}
	rows := slices.Clone(photos) // the submission stays the caller's
	for i := range rows {
		rows[i].DraftID, rows[i].ListingID, rows[i].CreatedAt = nil, &listingID, s.now()
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("insert photos: %w", err)
	}
	return nil
}

// arrangePhotos makes the photos with the ids, in that order, the photos of the listing and deletes the others that the listing or
// the draft had. Ids that belong to neither are ignored: they may be somebody else's. It returns the photos in order.
func arrangePhotos(ctx context.Context, tx bun.Tx, listingID int64, draftID string, ids []string) ([]Photo, error) {
	var have []Photo
	if err := tx.NewSelect().Model(&have).Where("p.listing_id = ?", listingID).WhereOr("p.draft_id = ?", draftID).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select photos: %w", err)
	}
	byID := make(map[string]Photo, len(have))
	for _, p := range have {
		byID[p.ID] = p
	}
	var kept []Photo
	for _, id := range ids {
		p, ok := byID[id]
		if !ok || len(kept) == MaxPhotos {
			continue
		}
		delete(byID, id)
		p.DraftID, p.ListingID, p.Position = nil, &listingID, len(kept)
		if _, err := tx.NewUpdate().Model(&p).Column("draft_id", "listing_id", "position").WherePK().Exec(ctx); err != nil {
			return nil, fmt.Errorf("place photo: %w", err)
		}
		kept = append(kept, p)
	}
	for id := range byID {
		if _, err := tx.NewRaw("DELETE FROM photos WHERE id = ?", id).Exec(ctx); err != nil {
			return nil, fmt.Errorf("delete photo: %w", err)
		}
	}
	return kept, nil
}

// ArrangeDraftPhotos keeps the draft's photos with the ids, in that order, and deletes its others.
func (s *Store) ArrangeDraftPhotos(ctx context.Context, draftID string, ids []string) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		for i, id := range ids {
			if _, err := tx.NewRaw("UPDATE photos SET position = ? WHERE id = ? AND draft_id = ?", i, id, draftID).Exec(ctx); err != nil {
				return fmt.Errorf("place photo: %w", err)
			}
		}
		q := tx.NewDelete().Model((*Photo)(nil)).Where("draft_id = ?", draftID)
		if len(ids) > 0 {
			q.Where("id NOT IN (?)", bun.List(ids))
		}
		_, err := q.Exec(ctx)
		return err
	})
}

// PlaceDraftPhotos puts the draft's photos with the ids first, in that order, and deletes those to drop. The others stay: one may
// have come while the order was on its way.
func (s *Store) PlaceDraftPhotos(ctx context.Context, draftID string, ids, drop []string) error {
	if len(ids)+len(drop) == 0 {
		return nil
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		for i, id := range ids {
			if _, err := tx.NewRaw("UPDATE photos SET position = ? WHERE id = ? AND draft_id = ?", i, id, draftID).Exec(ctx); err != nil {
				return fmt.Errorf("place photo: %w", err)
			}
		}
		if len(drop) == 0 {
			return nil
		}
		_, err := tx.NewRaw("DELETE FROM photos WHERE draft_id = ? AND id IN (?)", draftID, bun.List(drop)).Exec(ctx)
		return err
	})
}

// PhotosOf returns the photos of each of the listings, in order.
func (s *Store) PhotosOf(ctx context.Context, listingIDs []int64) (map[int64][]Photo, error) {
	out := map[int64][]Photo{}
	if len(listingIDs) == 0 {
		return out, nil
	}
	var photos []Photo
	err := s.read.NewSelect().Model(&photos).Where("p.listing_id IN (?)", bun.List(listingIDs)).Order("p.listing_id", "p.position").Scan(ctx)
	for _, p := range photos {
		out[*p.ListingID] = append(out[*p.ListingID], p)
	}
	return out, s.classify(err)
}
