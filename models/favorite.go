package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// Favorite is a listing that somebody saved.
type Favorite struct {
	bun.BaseModel `bun:"table:favorites,alias:f"`

	UserID    int64 `bun:",pk"`
	ListingID int64 `bun:",pk"`
	CreatedAt time.Time
}

// maxFavorites bounds what one person keeps.
const maxFavorites = 5000

// lastMicro is the end of the year 9999; a forged cursor beyond it would be no time that the database knows.
const lastMicro = 253402300799999999

// ToggleFavorite saves the listing for the person, or forgets it when it was saved, and returns whether it is saved now.
func (s *Store) ToggleFavorite(ctx context.Context, userID, listingID int64) (saved bool, err error) {
	err = s.changeFavorite(ctx, userID, listingID, func(was bool) bool {
		saved = !was
		return saved
	})
	return saved && err == nil, err
}

// SetFavorite saves the listing for the person or forgets it; doing it twice changes nothing.
func (s *Store) SetFavorite(ctx context.Context, userID, listingID int64, saved bool) error {
	return s.changeFavorite(ctx, userID, listingID, func(bool) bool { return saved })
}

// changeFavorite lets decide say whether the listing is to be saved, given whether it is.
func (s *Store) changeFavorite(ctx context.Context, userID, listingID int64, decide func(was bool) bool) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.lockUser(ctx, tx, userID); err != nil { // two clicks at once must not both save
			return err
		}
		var status Status
		err := tx.NewRaw("SELECT status FROM listings WHERE id = ?", listingID).Scan(ctx, &status)
		if isNotFound(s.classify(err)) || status == StatusDeleted {
			return errNoListing
		} else if err != nil {
			return fmt.Errorf("select listing: %w", err)
		}
		var found []Favorite
		if err := tx.NewSelect().Model(&found).Where("user_id = ? AND listing_id = ?", userID, listingID).Scan(ctx); err != nil {
			return fmt.Errorf("select favorite: %w", err)
		}
		was := len(found) > 0
		switch is := decide(was); {
		case was == is:
			return nil
		case is:
			return s.addFavorite(ctx, tx, userID, listingID)
		}
		if _, err := tx.NewDelete().Model((*Favorite)(nil)).Where("user_id = ? AND listing_id = ?", userID, listingID).Exec(ctx); err != nil {
			return fmt.Errorf("delete favorite: %w", err)
		}
		return countFavorite(ctx, tx, listingID, found[0].CreatedAt, false)
	})
}

func (s *Store) addFavorite(ctx context.Context, tx bun.Tx, userID, listingID int64) error {
	now := s.now()
	res, err := tx.NewRaw("INSERT INTO favorites (user_id, listing_id, created_at) SELECT ?, ?, ? WHERE (SELECT count(*) FROM favorites WHERE user_id = ?) < ?",
		userID, listingID, now, userID, maxFavorites).Exec(ctx)
	if err != nil {
		return fmt.Errorf("insert favorite: %w", err)
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return apperr.New(apperr.Conflict, "Ai salvat deja 5.000 de anunțuri. Scoate dintre cele vechi ca să faci loc.")
	}
	if err != nil {
		return err
	}
	return countFavorite(ctx, tx, listingID, now, true)
}

// FavoriteIDs returns which of the listings the person saved.
func (s *Store) FavoriteIDs(ctx context.Context, userID int64, listingIDs []int64) (map[int64]bool, error) {
	saved := map[int64]bool{}
	if userID == 0 || len(listingIDs) == 0 {
		return saved, nil
	}
	var ids []int64
	err := s.read.NewRaw("SELECT listing_id FROM favorites WHERE user_id = ? AND listing_id IN (?)", userID, bun.List(listingIDs)).Scan(ctx, &ids)
	for _, id := range ids {
		saved[id] = true
	}
	return saved, s.classify(err)
}

// Favorites returns one page of the listings that the person saved, the latest saved first, deleted ones left out.
func (s *Store) Favorites(ctx context.Context, userID int64, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	var rows []struct {
		ID        int64
		Version   int64
		CreatedAt time.Time
	}
	q := s.read.NewSelect().ColumnExpr("l.id, l.version, f.created_at").TableExpr("favorites AS f").Join("JOIN listings AS l ON l.id = f.listing_id").
		Where("f.user_id = ?", userID).Where("l.status <> 'deleted'").OrderExpr("f.created_at DESC, f.listing_id DESC").Limit(int64(limit) + 1)
	if !after.IsZero() {
		q.Where("(f.created_at, f.listing_id) < (?, ?)", time.UnixMicro(min(after.Key, lastMicro)).UTC(), after.ID)
	}
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, Cursor{}, fmt.Errorf("select favorites: %w", s.classify(err))
	}
	var next Cursor
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = Cursor{Key: last.CreatedAt.UnixMicro(), ID: last.ID}
	}
	refs := make([]ListingRef, len(rows))
	for i, r := range rows {
		refs[i] = ListingRef{ID: r.ID, Version: r.Version}
	}
	return refs, next, nil
}

// CountFavorites returns how many listings the person saved.
func (s *Store) CountFavorites(ctx context.Context, userID int64) (int64, error) {
	n, err := s.read.NewSelect().Model((*Favorite)(nil)).Where("user_id = ?", userID).Count(ctx)
	return n, s.classify(err)
}

// SavesOf returns how many people saved each of the listings.
func (s *Store) SavesOf(ctx context.Context, listingIDs []int64) (map[int64]int, error) {
	saves := map[int64]int{}
	if len(listingIDs) == 0 {
		return saves, nil
	}
	var rows []struct {
		ListingID int64
		N         int
	}
	err := s.read.NewRaw("SELECT listing_id, count(*) AS n FROM favorites WHERE listing_id IN (?) GROUP BY listing_id", bun.List(listingIDs)).Scan(ctx, &rows)
	for _, r := range rows {
		saves[r.ListingID] = r.N
	}
	return saves, s.classify(err)
}
