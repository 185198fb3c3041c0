package models

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
)

// An e-mail of alerts is told once in all but one case. First its matches are bound to it, in a transaction; then it is sent; then they are
// marked as told. Whoever repeats it after a crash sends the very same matches under the same Message-ID. Only a crash between the server's
// answer and the mark sends a mail twice, and mailboxes recognise the second by its Message-ID.

// AlertMail is an e-mail that is to be sent.
type AlertMail struct {
	Batch    int64 // names the e-mail for good
	User     User
	StopAll  string // token that ends all e-mails of the person
	Searches []AlertedSearch
	More     int // matches that wait for another e-mail
}

// AlertedSearch is one search in an e-mail with the listings that it found, the latest first.
type AlertedSearch struct {
	SavedSearch
	Listings []Listing
}

// maxMailMatches bounds one e-mail.
const maxMailMatches = 40

type dueMatch struct {
	SearchID  int64
	ListingID int64
	MailBatch *int64
}

// PrepareAlerts binds what is due to an e-mail and returns it; ok is false when nothing is. What was bound before and not told comes first
// and alone. Listings that ended meanwhile are left out.
func (s *Store) PrepareAlerts(ctx context.Context, m MailAlerts) (mail AlertMail, ok bool, err error) {
	var due []dueMatch
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.dropUnwanted(ctx, tx, m.UserID); err != nil {
			return err
		}
		err := tx.NewRaw(`SELECT m.search_id, m.listing_id, m.mail_batch FROM saved_searches AS ss JOIN saved_search_matches AS m ON m.search_id = ss.id
			WHERE ss.user_id = ? AND ss.frequency = ? AND m.mail_due ORDER BY m.mail_batch IS NULL, m.mail_batch, m.matched_at DESC, m.listing_id DESC LIMIT ?`,
			m.UserID, m.Frequency, 2*maxMailMatches).Scan(ctx, &due)
		if err != nil || len(due) == 0 {
			return err
		}
		if due, mail.More = oneBatch(due); due[0].MailBatch != nil {
			mail.Batch = *due[0].MailBatch
			return nil
		}
		return s.bind(ctx, tx, due, &mail.Batch)
	})
	if err != nil || len(due) == 0 {
		return mail, false, err
	}
	return mail, true, s.fill(ctx, m.UserID, due, &mail)
}

// dropUnwanted forgets what is owed to somebody who cannot get mail any more, and what ended before it was told.
func (s *Store) dropUnwanted(ctx context.Context, tx bun.Tx, userID int64) error {
	_, err := tx.NewRaw(`UPDATE saved_search_matches SET mail_due = FALSE WHERE mail_due AND mail_batch IS NULL AND search_id IN (SELECT id FROM saved_searches WHERE user_id = ?)
		AND (listing_id IN (SELECT id FROM listings WHERE status <> 'active') OR EXISTS (SELECT 1 FROM users WHERE id = ? AND (banned OR deleted_at IS NOT NULL OR NOT email_verified)))`,
		userID, userID).Exec(ctx)
	return err
}

// oneBatch cuts the matches to those of one e-mail and returns how many are left.
func oneBatch(due []dueMatch) ([]dueMatch, int) {
	n := min(len(due), maxMailMatches)
	if first := due[0].MailBatch; first != nil {
		n = 0
		for n < len(due) && due[n].MailBatch != nil && *due[n].MailBatch == *first {
			n++
		}
	}
	return due[:n], len(due) - n
}

// bind gives the matches the number of an e-mail that no other has: that of a sequence which the jobs share.
func (s *Store) bind(ctx context.Context, tx bun.Tx, due []dueMatch, batch *int64) error {
	if err := tx.NewRaw("UPDATE alert_mails SET last = last + 1 RETURNING last").Scan(ctx, batch); err != nil {
		return fmt.Errorf("number of the e-mail: %w", err)
	}
	pairs := make([]any, len(due))
	for i, d := range due {
		pairs[i] = bun.Tuple([]int64{d.SearchID, d.ListingID})
	}
	_, err := tx.NewRaw("UPDATE saved_search_matches SET mail_batch = ? WHERE (search_id, listing_id) IN (?)", *batch, bun.List(pairs)).Exec(ctx)
	return err
}

// fill loads what the e-mail says.
func (s *Store) fill(ctx context.Context, userID int64, due []dueMatch, mail *AlertMail) error {
	if err := s.read.NewSelect().Model(&mail.User).Where("u.id = ?", userID).Scan(ctx); err != nil {
		return fmt.Errorf("select user: %w", s.classify(err))
	}
	if err := s.read.NewRaw("SELECT stop_token FROM alert_addresses WHERE user_id = ?", userID).Scan(ctx, &mail.StopAll); err != nil {
		return fmt.Errorf("select addresses: %w", s.classify(err))
	}
	searches, err := s.SavedSearches(ctx, userID)
	if err != nil {
		return err
	}
	for _, search := range searches {
		var ids []int64
		for _, d := range due {
			if d.SearchID == search.ID {
				ids = append(ids, d.ListingID)
			}
		}
		listings, err := s.ListingsByID(ctx, ids)
		if err != nil {
			return err
		}
		listings = slices.DeleteFunc(listings, func(l Listing) bool { return l.Status != StatusActive })
		if len(listings) > 0 {
			mail.Searches = append(mail.Searches, AlertedSearch{SavedSearch: search, Listings: listings})
		}
	}
	return nil
}

// MarkAlerted notes that the e-mail was sent.
func (s *Store) MarkAlerted(ctx context.Context, batch int64) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE saved_search_matches SET mail_due = FALSE WHERE mail_batch = ? AND mail_due", batch).Exec(ctx)
		return err
	})
}
