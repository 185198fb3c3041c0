package models

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// hidePhones takes the numbers that somebody wrote into the texts out of what the public sees, and notes that there are some.
func (l *Listing) hidePhones() {
	title, description := text.HidePhones(l.Title), text.HidePhones(l.Description)
	l.HidesPhone = title != l.Title || description != l.Description
	l.Title, l.Description = title, description
}

// RevealPhone returns the numbers under which the seller of an active listing can be called, the one of the profile first, and counts the
// person who asked, once and not the seller. It returns NotFound when there is none.
func (s *Store) RevealPhone(ctx context.Context, viewerID, listingID int64) ([]string, error) {
	d, err := s.listing(ctx, s.read, listingID)
	if err != nil {
		return nil, err
	}
	if d.Status != StatusActive || d.Owner.DeletedAt != nil || d.Owner.Banned || d.Owner.SuspendedBy != nil {
		return nil, errNoListing
	}
	var numbers []string
	if d.Owner.Phone != "" {
		numbers = append(numbers, d.Owner.Phone)
	}
	for _, p := range text.FindPhones(d.Title + "\n" + d.Description) {
		if !slices.Contains(numbers, p.Number) && len(numbers) < maxShownPhones {
			numbers = append(numbers, p.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, errNoListing
	}
	if viewerID == d.OwnerID {
		return numbers, nil
	}
	return numbers, s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("INSERT INTO phone_reveals (listing_id, viewer_id, revealed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", listingID, viewerID, s.now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("count reveal: %w", err)
		}
		return nil
	})
}

// maxShownPhones bounds the numbers of one listing.
const maxShownPhones = 4

// PhoneRevealsOf returns how many people asked for the phone number, by listing; listings that nobody asked about are left out.
func (s *Store) PhoneRevealsOf(ctx context.Context, listingIDs []int64) (map[int64]int, error) {
	counts := map[int64]int{}
	if len(listingIDs) == 0 {
		return counts, nil
	}
	var rows []struct {
		ListingID int64
		N         int
	}
	err := s.read.NewRaw("SELECT listing_id, count(*) AS n FROM phone_reveals WHERE listing_id IN (?) GROUP BY listing_id", bun.List(listingIDs)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count reveals: %w", s.classify(err))
	}
	for _, r := range rows {
		counts[r.ListingID] = r.N
	}
	return counts, nil
}

// KeepPhone stores the number in the person's profile unless there is one.
func (s *Store) KeepPhone(ctx context.Context, userID int64, e164 string) error {
	return s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE users SET phone = ?, updated_at = ? WHERE id = ? AND phone = '' AND deleted_at IS NULL", e164, s.now(), userID).Exec(ctx)
		return err
	})
}
