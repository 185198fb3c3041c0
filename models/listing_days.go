package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// ListingDay is how often a listing was looked at and saved in one day.
type ListingDay struct {
	bun.BaseModel `bun:"table:listing_days,alias:d"`

	ListingID int64  `bun:",pk"`
	Day       string `bun:",pk"` // in Romania, "2026-11-23"
	Views     int    // each visitor counts once
	Favorites int    // saved that day and not forgotten since
}

// daysLife is how long the days of a listing are kept: a year, and the same month of the year before.
const daysLife = 400 * 24 * time.Hour

// AddViews adds counted views to their days. Views of listings that are not there are dropped.
func (s *Store) AddViews(ctx context.Context, counted []ListingDay) error {
	counted = slices.Clone(counted)
	slices.SortFunc(counted, func(a, b ListingDay) int { // one order for all, so that two machines do not wait for each other
		return cmp.Or(cmp.Compare(a.ListingID, b.ListingID), cmp.Compare(a.Day, b.Day))
	})
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		for _, c := range counted {
			_, err := tx.NewRaw(`INSERT INTO listing_days (listing_id, day, views, favorites) SELECT id, ?, ?, 0 FROM listings WHERE id = ? AND status <> 'deleted'
				ON CONFLICT (listing_id, day) DO UPDATE SET views = listing_days.views + EXCLUDED.views`, c.Day, c.Views, c.ListingID).Exec(ctx)
			if err != nil {
				return fmt.Errorf("add views: %w", err)
			}
		}
		return nil
	})
}

// countFavorite counts a save on its day, or takes one that was forgotten away from the day it was counted on.
func countFavorite(ctx context.Context, tx bun.Tx, listingID int64, at time.Time, saved bool) error {
	query := "UPDATE listing_days SET favorites = favorites - 1 WHERE listing_id = ? AND day = ? AND favorites > 0"
	if saved {
		query = `INSERT INTO listing_days (listing_id, day, views, favorites) VALUES (?, ?, 0, 1)
			ON CONFLICT (listing_id, day) DO UPDATE SET favorites = listing_days.favorites + 1`
	}
	if _, err := tx.NewRaw(query, listingID, text.ISODay(at)).Exec(ctx); err != nil {
		return fmt.Errorf("count favorite: %w", err)
	}
	return nil
}

// DaysOf returns the days of the listings from the day on, by listing, the oldest first; days without anything are left out.
func (s *Store) DaysOf(ctx context.Context, listingIDs []int64, from string) (map[int64][]ListingDay, error) {
	days := map[int64][]ListingDay{}
	if len(listingIDs) == 0 {
		return days, nil
	}
	var rows []ListingDay
	err := s.read.NewSelect().Model(&rows).Where("d.listing_id IN (?) AND d.day >= ?", bun.List(listingIDs), from).Order("d.listing_id", "d.day").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("select days: %w", s.classify(err))
	}
	for _, r := range rows {
		days[r.ListingID] = append(days[r.ListingID], r)
	}
	return days, nil
}

// DeleteOldDays forgets days that nobody looks at any more, at most limit of them, and returns how many.
func (s *Store) DeleteOldDays(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw(`DELETE FROM listing_days WHERE (listing_id, day) IN (SELECT listing_id, day FROM listing_days WHERE day < ? LIMIT ?)`,
			text.ISODay(s.now().Add(-daysLife)), limit).Exec(ctx)
		if err == nil {
			n, err = res.RowsAffected()
		}
		return err
	})
	return int(n), err
}
