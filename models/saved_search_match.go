package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// Kinds of queued jobs about saved searches.
const (
	JobMatchListing = "match listing" // Payload MatchListing
	JobMailAlerts   = "mail alerts"   // Payload MailAlerts
)

// MatchListing asks for the saved searches that a listing answers now.
type MatchListing struct {
	ListingID int64  `json:"listing"`
	Repriced  bool   `json:"repriced,omitempty"` // the price is why; searches that are newer than the listing count too
	Before    *int64 `json:"before,omitempty"`   // the comparable price that it had, in bani; nil for none
}

// MailAlerts asks for the e-mail of one person with what their searches of one frequency found.
type MailAlerts struct {
	UserID    int64          `json:"user"`
	Frequency AlertFrequency `json:"frequency"`
}

// enqueueMatch asks for the searches that the listing answers.
func enqueueMatch(ctx context.Context, tx bun.Tx, now time.Time, m MatchListing) error {
	return enqueue(ctx, tx, now, NewJob{Kind: JobMatchListing, Key: itoa(m.ListingID), Payload: m})
}

// LoadSubject loads an active listing and prepares it; ok is false for one that is not active (any more).
func (s *Store) LoadSubject(ctx context.Context, listingID int64) (b Subject, ok bool, err error) {
	var l Listing
	err = s.classify(s.read.NewSelect().Model(&l).Where("l.id = ? AND l.status = 'active'", listingID).Scan(ctx))
	if isNotFound(err) {
		return b, false, nil
	}
	if err != nil {
		return b, false, fmt.Errorf("select listing: %w", err)
	}
	var attributes []AttributeValue
	if err := s.read.NewSelect().Model(&attributes).Where("a.listing_id = ?", listingID).Scan(ctx); err != nil {
		return b, false, fmt.Errorf("select attributes: %w", s.classify(err))
	}
	var dealer bool
	if err := s.read.NewRaw("SELECT dealer FROM users WHERE id = ?", l.OwnerID).Scan(ctx, &dealer); err != nil {
		return b, false, fmt.Errorf("select owner: %w", s.classify(err))
	}
	return s.Subject(l, attributes, dealer), true, nil
}

// matchBatch bounds how many searches one statement concerns.
const matchBatch = 500

// RecordMatches keeps that the searches found the listing, each once for good, and has e-mails sent where they are wanted. It returns how
// many searches had not found it before. mail is whether the site sends e-mails at all.
func (s *Store) RecordMatches(ctx context.Context, listingID int64, searchIDs []int64, mail bool) (int, error) {
	found := 0
	for batch := range slices.Chunk(searchIDs, matchBatch) {
		err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			var fresh []int64
			err := tx.NewRaw(`INSERT INTO saved_search_matches (search_id, listing_id, matched_at, mail_due)
				SELECT id, ?, ?, frequency <> 'never' AND ? FROM saved_searches WHERE id IN (?)
				ON CONFLICT (search_id, listing_id) DO NOTHING RETURNING search_id`, listingID, s.now(), mail, bun.List(batch)).Scan(ctx, &fresh)
			if err != nil {
				return err
			}
			found += len(fresh)
			if !mail || len(fresh) == 0 {
				return nil
			}
			return s.enqueueAlerts(ctx, tx, fresh)
		})
		if err != nil {
			return found, fmt.Errorf("record matches: %w", err)
		}
	}
	return found, nil
}

// Waits before an e-mail goes out: at once means that what comes within a few minutes comes together.
const (
	gatherTime = 3 * time.Minute
	digestHour = 8 // in Romania
)

// enqueueAlerts has the owners of the searches told by e-mail what is due, each once for all their searches of a frequency.
func (s *Store) enqueueAlerts(ctx context.Context, tx bun.Tx, searchIDs []int64) error {
	var wanted []MailAlerts
	err := tx.NewRaw(`SELECT DISTINCT ss.user_id, ss.frequency FROM saved_searches AS ss WHERE ss.id IN (?) AND ss.frequency <> 'never'
		AND EXISTS (SELECT 1 FROM saved_search_matches AS m WHERE m.search_id = ss.id AND m.mail_due)`, bun.List(searchIDs)).Scan(ctx, &wanted)
	if err != nil {
		return err
	}
	jobs := make([]NewJob, len(wanted))
	for i, w := range wanted {
		at := s.now().Add(gatherTime)
		if w.Frequency == AlertDaily {
			at = text.NextAt(digestHour, s.now())
		}
		jobs[i] = NewJob{Kind: JobMailAlerts, Key: itoa(w.UserID) + " " + string(w.Frequency), Payload: w, RunAt: at}
	}
	return enqueue(ctx, tx, s.now(), jobs...)
}

// matchShown is the condition for a match of a search ss with a listing l to be shown and told: the listing is active, and neither has the
// searcher blocked its seller nor the seller the searcher.
const matchShown = `l.status = 'active' AND NOT EXISTS (SELECT 1 FROM blocks AS b
	WHERE (b.user_id = ss.user_id AND b.blocked_id = l.owner_id) OR (b.user_id = l.owner_id AND b.blocked_id = ss.user_id))`

// SearchMatches returns one page of the active listings that the person's search found, the latest first.
func (s *Store) SearchMatches(ctx context.Context, searchID int64, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	var rows []struct {
		ID        int64
		Version   int64
		MatchedAt time.Time
	}
	q := s.read.NewSelect().ColumnExpr("l.id, l.version, m.matched_at").TableExpr("saved_search_matches AS m").Join("JOIN listings AS l ON l.id = m.listing_id").
		Join("JOIN saved_searches AS ss ON ss.id = m.search_id").
		Where("m.search_id = ? AND "+matchShown, searchID).OrderExpr("m.matched_at DESC, m.listing_id DESC").Limit(int64(limit) + 1)
	if !after.IsZero() {
		q.Where("(m.matched_at, m.listing_id) < (?, ?)", time.UnixMicro(min(after.Key, lastMicro)).UTC(), after.ID)
	}
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, Cursor{}, fmt.Errorf("select matches: %w", s.classify(err))
	}
	var next Cursor
	if len(rows) > limit {
		rows = rows[:limit]
		next = Cursor{Key: rows[limit-1].MatchedAt.UnixMicro(), ID: rows[limit-1].ID}
	}
	refs := make([]ListingRef, len(rows))
	for i, r := range rows {
		refs[i] = ListingRef{ID: r.ID, Version: r.Version}
	}
	return refs, next, nil
}

// MarkSeen notes that the person looked at what the search found so far.
func (s *Store) MarkSeen(ctx context.Context, userID, searchID int64, listingIDs []int64) error {
	if len(listingIDs) == 0 {
		return nil
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`UPDATE saved_search_matches SET seen_at = ? WHERE seen_at IS NULL AND listing_id IN (?)
			AND search_id IN (SELECT id FROM saved_searches WHERE id = ? AND user_id = ?)`, s.now(), bun.List(listingIDs), searchID, userID).Exec(ctx)
		return err
	})
}

// FeedMatch is a listing in somebody's feed.
type FeedMatch struct {
	ListingID int64
	MatchedAt time.Time // when the first of the searches found it
	Searches  []string  // the names of those that did
}

// FeedMatches returns what the searches of the feed's owner found last, each listing once, and NotFound for an address that does not exist.
func (s *Store) FeedMatches(ctx context.Context, token string, limit int) ([]FeedMatch, error) {
	var userID int64
	err := s.classify(s.read.NewRaw("SELECT user_id FROM alert_addresses WHERE feed_token = ?", token).Scan(ctx, &userID))
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ListingID int64
		MatchedAt time.Time
		Name      string
	}
	// Several searches may have found a listing; twice the rows are enough for a feed that is as long as it should be in nearly all cases.
	err = s.read.NewRaw(`SELECT m.listing_id, m.matched_at, ss.name FROM saved_searches AS ss JOIN saved_search_matches AS m ON m.search_id = ss.id
		JOIN listings AS l ON l.id = m.listing_id WHERE ss.user_id = ? AND `+matchShown+` ORDER BY m.matched_at DESC, m.listing_id DESC, ss.id LIMIT ?`, userID, 2*limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("select feed: %w", s.classify(err))
	}
	var out []FeedMatch
	at := map[int64]int{}
	for _, r := range rows {
		i, known := at[r.ListingID]
		if !known {
			if len(out) == limit {
				break
			}
			i = len(out)
			at[r.ListingID] = i
			out = append(out, FeedMatch{ListingID: r.ListingID})
		}
		out[i].MatchedAt = r.MatchedAt
		out[i].Searches = append(out[i].Searches, r.Name)
	}
	return out, nil
}

// matchLife is how long it is remembered that a search found a listing which has ended. After that the listing, put on top again, counts as
// a new one.
const matchLife = 60 * 24 * time.Hour

// DeleteOldMatches forgets matches with listings that ended long ago, at most limit of them, and returns how many.
func (s *Store) DeleteOldMatches(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw(`DELETE FROM saved_search_matches WHERE listing_id IN (SELECT l.id FROM listings AS l
			WHERE l.status <> 'active' AND l.closed_at < ? AND EXISTS (SELECT 1 FROM saved_search_matches AS m WHERE m.listing_id = l.id) LIMIT ?)`, s.now().Add(-matchLife), limit).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}
