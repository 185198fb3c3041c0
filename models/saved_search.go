package models

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// AlertFrequency says when e-mails tell of what a saved search found.
type AlertFrequency string

// The frequencies.
const (
	AlertNever  AlertFrequency = "never"
	AlertDaily  AlertFrequency = "daily"
	AlertAtOnce AlertFrequency = "at_once"
)

// Valid reports whether it is one of the frequencies.
func (f AlertFrequency) Valid() bool { return f == AlertNever || f == AlertDaily || f == AlertAtOnce }

// SavedSearch is a search that goes on looking. It finds each listing once: one that is published or put on top again after the search was
// saved, and one whose price comes into the range of the search.
type SavedSearch struct {
	bun.BaseModel `bun:"table:saved_searches,alias:ss"`

	ID        int64 `bun:",pk,autoincrement"`
	UserID    int64
	Name      string // "golf 7 în Cluj"
	Query     string // of its results page, without the order
	Frequency AlertFrequency
	StopToken string
	FiledAs   int64
	CreatedAt time.Time
	UpdatedAt time.Time

	Unseen int `bun:",scanonly"` // listings found that were not looked at yet
}

// maxSavedSearches bounds what one person keeps.
const maxSavedSearches = 100

var (
	errNoSavedSearch   = apperr.New(apperr.NotFound, "Căutarea salvată nu există.")
	errManySearches    = apperr.New(apperr.Conflict, "Ai deja 100 de căutări salvate. Șterge una ca să faci loc.")
	errUnboundedSearch = apperr.New(apperr.Conflict, "Scrie un cuvânt sau alege o categorie, un loc ori un preț, apoi salvează căutarea.")
)

// Unbounded reports whether the filter asks for nothing, so that every listing answers it.
func (f ListingFilter) Unbounded() bool {
	return f.Query.Empty() && f.Category == nil && f.County == nil && f.Locality == nil && f.PriceMin == nil && f.PriceMax == nil && f.Condition == "" &&
		f.Seller == "" && len(f.Attributes) == 0
}

// SaveSearch keeps the search for the person and returns it; created is false when it was kept already, which then gets the name and frequency.
// Given are owner, name, query and frequency, and the filter that the query stands for.
func (s *Store) SaveSearch(ctx context.Context, given SavedSearch, f ListingFilter) (saved SavedSearch, created bool, err error) {
	if f.Unbounded() {
		return SavedSearch{}, false, errUnboundedSearch
	}
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.lockUser(ctx, tx, given.UserID); err != nil {
			return err
		}
		err := s.classify(tx.NewSelect().Model(&saved).Where("ss.user_id = ? AND ss.query = ?", given.UserID, given.Query).Scan(ctx))
		if err == nil {
			saved.Name, saved.Frequency = given.Name, given.Frequency
			return s.changeSavedSearch(ctx, tx, &saved)
		}
		if !isNotFound(err) {
			return err
		}
		created = true
		return s.insertSavedSearch(ctx, tx, given, f, &saved)
	})
	if err != nil {
		return SavedSearch{}, false, fmt.Errorf("save search: %w", err)
	}
	return saved, created, nil
}

func (s *Store) insertSavedSearch(ctx context.Context, tx bun.Tx, given SavedSearch, f ListingFilter, saved *SavedSearch) error {
	n, err := tx.NewSelect().Model((*SavedSearch)(nil)).Where("ss.user_id = ?", given.UserID).Count(ctx)
	if err != nil {
		return err
	}
	if n >= maxSavedSearches {
		return errManySearches
	}
	*saved = given
	saved.StopToken, saved.FiledAs, saved.CreatedAt, saved.UpdatedAt = rand.Text(), filing, s.now(), s.now()
	if _, err := tx.NewInsert().Model(saved).Returning("id").Exec(ctx); err != nil {
		return err
	}
	if err := s.file(ctx, tx, *saved, f); err != nil {
		return err
	}
	addresses := alertAddresses{UserID: given.UserID, FeedToken: rand.Text(), StopToken: rand.Text()}
	_, err = tx.NewInsert().Model(&addresses).On("CONFLICT (user_id) DO NOTHING").Exec(ctx)
	return err
}

// SavedSearches returns what the person keeps, the latest first, with how much is new.
func (s *Store) SavedSearches(ctx context.Context, userID int64) ([]SavedSearch, error) {
	var rows []SavedSearch
	err := s.read.NewSelect().Model(&rows).ColumnExpr("ss.*").ColumnExpr("(?) AS unseen", s.unseen()).
		Where("ss.user_id = ?", userID).Order("ss.id DESC").Scan(ctx)
	return rows, s.classify(err)
}

// unseen counts the listings that a search shows and that were not looked at.
func (s *Store) unseen() *bun.SelectQuery {
	return s.read.NewSelect().ColumnExpr("count(*)").TableExpr("saved_search_matches AS m").Join("JOIN listings AS l ON l.id = m.listing_id").
		Where("m.search_id = ss.id AND m.seen_at IS NULL AND " + matchShown)
}

// CountUnseen returns how many matches of all searches the person has not looked at.
func (s *Store) CountUnseen(ctx context.Context, userID int64) (int64, error) {
	var n int64
	err := s.read.NewSelect().ColumnExpr("coalesce(sum((?)), 0)", s.unseen()).TableExpr("saved_searches AS ss").Where("ss.user_id = ?", userID).Scan(ctx, &n)
	return n, s.classify(err)
}

// SavedSearch returns the person's search, and NotFound for somebody else's.
func (s *Store) SavedSearch(ctx context.Context, userID, id int64) (SavedSearch, error) {
	var row SavedSearch
	err := s.classify(s.read.NewSelect().Model(&row).Where("ss.id = ? AND ss.user_id = ?", id, userID).Scan(ctx))
	if isNotFound(err) {
		return row, errNoSavedSearch
	}
	return row, err
}

// HasSavedSearch reports whether the person keeps a search with the query.
func (s *Store) HasSavedSearch(ctx context.Context, userID int64, query string) (bool, error) {
	has, err := s.read.NewSelect().Model((*SavedSearch)(nil)).Where("ss.user_id = ? AND ss.query = ?", userID, query).Exists(ctx)
	return has, s.classify(err)
}

// UpdateSavedSearch gives the person's search another name and frequency.
func (s *Store) UpdateSavedSearch(ctx context.Context, userID, id int64, name string, frequency AlertFrequency) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row SavedSearch
		err := s.classify(tx.NewSelect().Model(&row).Where("ss.id = ? AND ss.user_id = ?", id, userID).Scan(ctx))
		if isNotFound(err) {
			return errNoSavedSearch
		} else if err != nil {
			return err
		}
		row.Name, row.Frequency = name, frequency
		return s.changeSavedSearch(ctx, tx, &row)
	})
}

func (s *Store) changeSavedSearch(ctx context.Context, tx bun.Tx, row *SavedSearch) error {
	row.UpdatedAt = s.now()
	if _, err := tx.NewUpdate().Model(row).Column("name", "frequency", "updated_at").WherePK().Exec(ctx); err != nil {
		return err
	}
	if row.Frequency != AlertNever {
		return s.enqueueAlerts(ctx, tx, []int64{row.ID}) // of what waited for the other frequency
	}
	return forgetDue(ctx, tx, row.ID)
}

// forgetDue drops the e-mails that a search still owes.
func forgetDue(ctx context.Context, tx bun.Tx, searchID int64) error {
	_, err := tx.NewRaw("UPDATE saved_search_matches SET mail_due = FALSE WHERE search_id = ? AND mail_due", searchID).Exec(ctx)
	return err
}

// DeleteSavedSearch forgets the person's search with all that it found.
func (s *Store) DeleteSavedSearch(ctx context.Context, userID, id int64) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.lockUser(ctx, tx, userID); err != nil {
			return err
		}
		own := tx.NewSelect().Model((*SavedSearch)(nil)).Column("ss.id").Where("ss.id = ? AND ss.user_id = ?", id, userID)
		for _, table := range []string{"saved_search_matches", "saved_search_keys"} {
			if _, err := tx.NewDelete().Table(table).Where("search_id IN (?)", own).Exec(ctx); err != nil {
				return fmt.Errorf("delete saved search: %w", err)
			}
		}
		res, err := tx.NewDelete().Table("saved_searches").Where("id = ? AND user_id = ?", id, userID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("delete saved search: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return errNoSavedSearch
	})
}

type alertAddresses struct {
	bun.BaseModel `bun:"table:alert_addresses"`

	UserID    int64 `bun:",pk"`
	FeedToken string
	StopToken string
}

// FeedToken returns the secret part of the address of the person's feed; "" before the first search was saved.
func (s *Store) FeedToken(ctx context.Context, userID int64) (string, error) {
	var token string
	err := s.classify(s.read.NewRaw("SELECT feed_token FROM alert_addresses WHERE user_id = ?", userID).Scan(ctx, &token))
	if isNotFound(err) {
		return "", nil
	}
	return token, err
}

// RotateFeedToken gives the person's feed a new address; the old one ends.
func (s *Store) RotateFeedToken(ctx context.Context, userID int64) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE alert_addresses SET feed_token = ? WHERE user_id = ?", rand.Text(), userID).Exec(ctx)
		return err
	})
}

// Stop is what an address that ends e-mails is for.
type Stop struct {
	UserID  int64
	Name    string // of the search; "" for all of the person's
	Endings bool   // e-mails about own listings that end soon, not about searches
}

var errNoStop = apperr.New(apperr.NotFound, "Adresa aceasta nu mai oprește nimic: căutarea a fost ștearsă.")

// FindStop returns what the token ends, and NotFound for one that was never given out or whose search is gone.
func (s *Store) FindStop(ctx context.Context, token string) (Stop, error) {
	var found Stop
	err := s.read.NewRaw(`SELECT user_id, name, FALSE AS endings FROM saved_searches WHERE stop_token = ?0 UNION ALL SELECT user_id, '', FALSE FROM alert_addresses WHERE stop_token = ?0
		UNION ALL SELECT user_id, '', TRUE FROM ending_mails WHERE stop_token = ?0`, token).Scan(ctx, &found)
	if err = s.classify(err); isNotFound(err) {
		return found, errNoStop
	}
	return found, err
}

// StopAlerts ends the e-mails that the token is for; doing it twice changes nothing.
func (s *Store) StopAlerts(ctx context.Context, token string) error {
	const meant = "stop_token = ? OR user_id IN (SELECT user_id FROM alert_addresses WHERE stop_token = ?)"
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, owed := tx.NewRaw("UPDATE saved_search_matches SET mail_due = FALSE WHERE mail_due AND search_id IN (SELECT id FROM saved_searches WHERE "+meant+")", token, token).Exec(ctx)
		_, err := tx.NewRaw("UPDATE saved_searches SET frequency = 'never', updated_at = ? WHERE frequency <> 'never' AND ("+meant+")", s.now(), token, token).Exec(ctx)
		_, endings := tx.NewRaw("UPDATE ending_mails SET stopped = TRUE WHERE stop_token = ? AND NOT stopped", token).Exec(ctx)
		return errors.Join(owed, err, endings)
	})
}
