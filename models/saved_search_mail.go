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
	More     int // matches that it counts and does not show
}

// AlertedSearch is one search in an e-mail with the listings that it found, the latest first.
type AlertedSearch struct {
	SavedSearch
	Listings []Listing
}

// maxMailMatches bounds what one e-mail shows.
const maxMailMatches = 40

type dueMatch struct {
	SearchID  int64
	ListingID int64
}

// PrepareAlerts binds all that is due to an e-mail and returns it; ok is false when nothing is. What was bound before and not told comes
// first and alone.
func (s *Store) PrepareAlerts(ctx context.Context, m MailAlerts) (mail AlertMail, ok bool, err error) {
	var due []dueMatch
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.dropUnwanted(ctx, tx, m.UserID); err != nil {
			return err
		}
		if ok, err = s.bind(ctx, tx, m, &mail.Batch); err != nil || !ok {
			return err
		}
		const bound = `FROM saved_search_matches AS m JOIN saved_searches AS ss ON ss.id = m.search_id JOIN listings AS l ON l.id = m.listing_id
			WHERE m.mail_batch = ? AND m.mail_due AND ` + matchShown
		err := tx.NewRaw("SELECT m.search_id, m.listing_id "+bound+" ORDER BY m.matched_at DESC, m.listing_id DESC LIMIT ?", mail.Batch, maxMailMatches).Scan(ctx, &due)
		if err != nil {
			return err
		}
		var all int
		err = tx.NewRaw("SELECT count(*) "+bound, mail.Batch).Scan(ctx, &all)
		mail.More = all - len(due)
		return err
	})
	if err != nil || !ok {
		return AlertMail{}, false, err
	}
	return mail, true, s.fill(ctx, m.UserID, due, &mail)
}

// dropUnwanted forgets what is owed to somebody who cannot get mail any more, and what is not shown (any more).
func (s *Store) dropUnwanted(ctx context.Context, tx bun.Tx, userID int64) error {
	_, err := tx.NewRaw(`UPDATE saved_search_matches SET mail_due = FALSE WHERE mail_due AND mail_batch IS NULL AND search_id IN (SELECT id FROM saved_searches WHERE user_id = ?)
		AND (NOT EXISTS (SELECT 1 FROM saved_searches AS ss JOIN listings AS l ON l.id = listing_id WHERE ss.id = search_id AND `+matchShown+`)
		OR EXISTS (SELECT 1 FROM users WHERE id = ? AND (banned OR deleted_at IS NOT NULL OR NOT email_verified)))`, userID, userID).Exec(ctx)
	return err
}

// bind gives what is due the number of an e-mail that no other has, unless an earlier e-mail is still to be told.
func (s *Store) bind(ctx context.Context, tx bun.Tx, m MailAlerts, batch *int64) (bool, error) {
	const due = "mail_due AND search_id IN (SELECT id FROM saved_searches WHERE user_id = ? AND frequency = ?)"
	var earlier *int64
	if err := tx.NewRaw("SELECT min(mail_batch) FROM saved_search_matches WHERE "+due, m.UserID, m.Frequency).Scan(ctx, &earlier); err != nil {
		return false, err
	}
	if earlier != nil {
		*batch = *earlier
		return true, nil
	}
	if err := tx.NewRaw("UPDATE alert_mails SET last = last + 1 RETURNING last").Scan(ctx, batch); err != nil {
		return false, fmt.Errorf("number of the e-mail: %w", err)
	}
	res, err := tx.NewRaw("UPDATE saved_search_matches SET mail_batch = ? WHERE "+due, *batch, m.UserID, m.Frequency).Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
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
