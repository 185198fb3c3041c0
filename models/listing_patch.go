package models

import (
	"context"

	"github.com/uptrace/bun"
)

// ListingPatch is what a program changes of a listing at once; the zero value changes nothing.
type ListingPatch struct {
	Draft    *ListingDraft // what it says from now on; nil keeps it
	Status   Status        // active, which renews or lifts a reservation; sold; "" keeps it
	Reserved bool          // with active: reserve it
}

// PatchListing changes the owner's listing in one transaction. decide sees the listing as it is then, so that nothing that somebody else
// writes meanwhile is lost; its error is returned and nothing is changed. The photos stay.
func (s *Store) PatchListing(ctx context.Context, ownerID, id int64, decide func(ListingDetail) (ListingPatch, error)) (Listing, error) {
	return s.change(ctx, ownerID, id, func(ctx context.Context, tx bun.Tx, l *Listing) error {
		d, err := s.listing(ctx, tx, id)
		if err != nil {
			return err
		}
		patch, err := decide(d)
		if err != nil {
			return err
		}
		// Opened before it is rewritten, because a sold listing cannot be; sold after, with what it says last.
		if patch.Status == StatusActive {
			if err := s.activate(ctx, tx, l, patch.Reserved); err != nil {
				return err
			}
		}
		if patch.Draft != nil {
			if err := s.rewriteDraft(ctx, tx, l, *patch.Draft, d.Photos); err != nil {
				return err
			}
		}
		if patch.Status == StatusSold {
			return s.closeListing(ctx, tx, l, StatusSold)
		}
		return nil
	})
}

// activate reserves the listing, lifts its reservation, or renews it when there is none.
func (s *Store) activate(ctx context.Context, tx bun.Tx, l *Listing, reserved bool) error {
	if reserved || l.Reserved {
		return l.reserve(reserved)
	}
	return s.reopen(ctx, tx, l)
}

func (s *Store) rewriteDraft(ctx context.Context, tx bun.Tx, l *Listing, d ListingDraft, photos []Photo) error {
	if err := d.Validate(); err != nil {
		return err
	}
	ids := make([]string, len(photos))
	for i, p := range photos {
		ids[i] = p.ID
	}
	return s.rewrite(ctx, tx, l, Submission{Draft: d, OwnerID: l.OwnerID, PhotoIDs: ids})
}
