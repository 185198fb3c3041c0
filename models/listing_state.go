package models

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// change loads the owner's listing inside a transaction, lets fn alter it and stores it with the next version. Somebody else's
// listing, like a deleted one, is NotFound. When fn leaves the row as it is nothing is stored.
func (s *Store) change(ctx context.Context, ownerID, id int64, fn func(ctx context.Context, tx bun.Tx, l *Listing) error) (Listing, error) {
	var l Listing
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewSelect().Model(&l).Where("l.id = ? AND l.owner_id = ? AND l.status <> 'deleted'", id, ownerID)
		if !s.sqlite() {
			q.For("UPDATE")
		}
		if err := q.Scan(ctx); err != nil {
			if isNotFound(s.classify(err)) {
				return errNoListing
			}
			return fmt.Errorf("select listing: %w", err)
		}
		before := l
		if err := fn(ctx, tx, &l); err != nil || l == before {
			return err
		}
		l.Version++
		l.UpdatedAt = s.now()
		_, err := tx.NewUpdate().Model(&l).ExcludeColumn("id", "owner_id", "submit_key", "content_hash", "created_at").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return Listing{}, fmt.Errorf("change listing: %w", err)
	}
	return l, nil
}

// MarkSold takes the owner's listing out of the results; its page goes on to say that it was sold. Doing it twice changes nothing.
func (s *Store) MarkSold(ctx context.Context, ownerID, id int64) (Listing, error) {
	return s.change(ctx, ownerID, id, func(ctx context.Context, tx bun.Tx, l *Listing) error {
		return s.closeListing(ctx, tx, l, StatusSold)
	})
}

// DeleteListing takes the owner's listing away, with its photos.
func (s *Store) DeleteListing(ctx context.Context, ownerID, id int64) error {
	_, err := s.change(ctx, ownerID, id, func(ctx context.Context, tx bun.Tx, l *Listing) error {
		l.PhotoCount, l.CoverHash, l.CoverWidth, l.CoverHeight = 0, "", 0, 0
		for _, query := range []string{"DELETE FROM photos WHERE listing_id = ?", "DELETE FROM favorites WHERE listing_id = ?", "DELETE FROM listing_days WHERE listing_id = ?",
			"DELETE FROM phone_reveals WHERE listing_id = ?"} {
			if _, err := tx.NewRaw(query, id).Exec(ctx); err != nil {
				return fmt.Errorf("delete parts: %w", err)
			}
		}
		return s.closeListing(ctx, tx, l, StatusDeleted)
	})
	return err
}

var errBlocked = apperr.New(apperr.Conflict, "Un moderator a ascuns anunțul. Scrie-ne din pagina de contact dacă e o greșeală.")

// closeListing ends the active life of a listing.
func (s *Store) closeListing(ctx context.Context, tx bun.Tx, l *Listing, to Status) error {
	if l.Status == to {
		return nil
	}
	if to == StatusSold && l.BlockedBy != nil {
		return errBlocked
	}
	if l.Status == StatusActive {
		if err := s.unindexWords(ctx, tx, l); err != nil {
			return err
		}
	}
	now := s.now()
	l.Status, l.Reserved, l.ClosedAt = to, false, &now
	return nil
}

// SetReserved says on the owner's active listing that somebody has spoken for it, or no longer.
func (s *Store) SetReserved(ctx context.Context, ownerID, id int64, reserved bool) (Listing, error) {
	return s.change(ctx, ownerID, id, func(_ context.Context, _ bun.Tx, l *Listing) error { return l.reserve(reserved) })
}

func (l *Listing) reserve(reserved bool) error {
	if l.Status != StatusActive {
		return apperr.New(apperr.Conflict, "Numai un anunț activ poate fi rezervat.")
	}
	l.Reserved = reserved
	return nil
}

// Renew puts the owner's listing on top again for another term; it also brings back an expired or sold one.
func (s *Store) Renew(ctx context.Context, ownerID, id int64) (Listing, error) {
	return s.change(ctx, ownerID, id, s.reopen)
}

// reopen begins a new active life of a listing, on top.
func (s *Store) reopen(ctx context.Context, tx bun.Tx, l *Listing) error {
	if l.BlockedBy != nil {
		return errBlocked
	}
	var attributes []AttributeValue
	if err := tx.NewSelect().Model(&attributes).Where("a.listing_id = ?", l.ID).Scan(ctx); err != nil {
		return fmt.Errorf("select attributes: %w", err)
	}
	if l.Status == StatusActive {
		if err := s.unindexWords(ctx, tx, l); err != nil {
			return err
		}
	}
	if err := nextSortKey(ctx, tx, l); err != nil {
		return err
	}
	now := s.now()
	l.Status, l.Reserved, l.ClosedAt = StatusActive, false, nil
	l.PublishedAt, l.ExpiresAt = now, now.Add(ListingLife)
	// The row first: Postgres keeps the words in it, under the new key.
	if _, err := tx.NewUpdate().Model(l).Column("status", "sort_key").WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("reopen: %w", err)
	}
	if err := enqueueMatch(ctx, tx, now, MatchListing{ListingID: l.ID}); err != nil {
		return err
	}
	return s.indexWords(ctx, tx, l, attributes)
}

// ExpireDue closes listings whose time is over, at most limit of them, and returns how many.
func (s *Store) ExpireDue(ctx context.Context, limit int) (int, error) {
	n := 0
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var due []Listing
		q := tx.NewSelect().Model(&due).Where("l.status = 'active' AND l.expires_at <= ?", s.now()).Order("l.expires_at").Limit(int64(limit))
		if !s.sqlite() {
			q.For("UPDATE SKIP LOCKED") // several machines may do this at once
		}
		if err := q.Scan(ctx); err != nil {
			return fmt.Errorf("select due: %w", err)
		}
		for i := range due {
			l := &due[i]
			if err := s.closeListing(ctx, tx, l, StatusExpired); err != nil {
				return err
			}
			l.Version++
			if _, err := tx.NewUpdate().Model(l).Column("status", "reserved", "closed_at", "version").WherePK().Exec(ctx); err != nil {
				return fmt.Errorf("expire: %w", err)
			}
		}
		n = len(due)
		return nil
	})
	return n, err
}
