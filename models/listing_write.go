package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// doubleSubmit is how long the same content from the same person counts as one click too many, when the form carried no key.
const doubleSubmit = 10 * time.Second

// maxSubmitKey bounds the key, in bytes; a longer one is not ours and would not fit into Postgres' index.
const maxSubmitKey = 100

// Submission is a draft together with who submits it and from which form.
type Submission struct {
	Draft     ListingDraft
	OwnerID   int64
	SubmitKey string   // of the form, "" when it had none; the same key twice makes one listing
	StrictKey bool     // the key with other content is a Conflict, not a new listing: programs repeat requests, they do not go back
	DraftID   string   // form draft that holds photos, "" for none
	New       []Photo  // stored pictures that are in no draft: ID, Hash, Width and Height
	PhotoIDs  []string // photos in the order wanted, of the draft, of the listing and new
}

// CreateListing publishes the submission in one transaction: row, attributes, price history, photos and search words. A repeated
// submission returns the listing that the first one made.
func (s *Store) CreateListing(ctx context.Context, sub Submission) (Listing, error) {
	if err := sub.Draft.Validate(); err != nil {
		return Listing{}, err
	}
	var l Listing
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.lockUser(ctx, tx, sub.OwnerID); err != nil {
			return err
		}
		found, err := s.findSubmitted(ctx, tx, &sub, &l)
		if err != nil || found {
			return err
		}
		if err := s.leaveForeignDraft(ctx, tx, &sub); err != nil {
			return err
		}
		return s.insertListing(ctx, tx, sub, &l)
	})
	if err != nil {
		return Listing{}, fmt.Errorf("create listing: %w", err)
	}
	return l, nil
}

// lockUser makes what one person does twice wait for each other; on SQLite all writers do already. It returns NotFound for somebody whose
// account was deleted a moment ago.
func (s *Store) lockUser(ctx context.Context, tx bun.Tx, userID int64) error {
	query := "SELECT id FROM users WHERE id = ? AND deleted_at IS NULL"
	if !s.sqlite() {
		query += " FOR NO KEY UPDATE"
	}
	var id int64
	err := tx.NewRaw(query, userID).Scan(ctx, &id)
	if isNotFound(s.classify(err)) {
		return errNoUser
	}
	return err
}

// findSubmitted looks for the listing that an earlier submission of the same content made: with the same key, or without keys a moment ago.
// A key that comes back with other content, as after the browser's back button, is a new listing and loses its key.
func (s *Store) findSubmitted(ctx context.Context, tx bun.Tx, sub *Submission, l *Listing) (bool, error) {
	hash := contentHash(*sub)
	if len(sub.SubmitKey) > maxSubmitKey || strings.ContainsRune(sub.SubmitKey, 0) {
		sub.SubmitKey = ""
	}
	if sub.SubmitKey != "" {
		err := s.classify(tx.NewSelect().Model(l).Where("l.owner_id = ? AND l.submit_key = ?", sub.OwnerID, sub.SubmitKey).Scan(ctx))
		if isNotFound(err) {
			return false, nil
		}
		if err != nil || (l.ContentHash == hash && l.Status != StatusDeleted) {
			return err == nil, err
		}
		if sub.StrictKey {
			return false, errKeyUsed
		}
		sub.SubmitKey = ""
	}
	err := s.classify(tx.NewSelect().Model(l).Where("l.owner_id = ? AND l.status <> 'deleted'", sub.OwnerID).
		Where("l.submit_key IS NULL AND l.content_hash = ? AND l.created_at > ?", hash, s.now().Add(-doubleSubmit)).Limit(1).Scan(ctx))
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// leaveForeignDraft forgets the draft when it is somebody else's, as after another sign-in in the same browser: its photos stay there.
func (s *Store) leaveForeignDraft(ctx context.Context, tx bun.Tx, sub *Submission) error {
	if sub.DraftID == "" {
		return nil
	}
	var n int
	err := tx.NewRaw("SELECT count(*) FROM form_drafts WHERE id = ? AND user_id <> ?", sub.DraftID, sub.OwnerID).Scan(ctx, &n)
	if n > 0 {
		sub.DraftID = ""
	}
	return err
}

// contentHash identifies what was submitted, photos excepted.
func contentHash(sub Submission) string {
	d := sub.Draft
	body, err := json.Marshal([]any{d.Category.ID, d.Title, d.Description, d.Price, d.Negotiable, d.Condition, d.Locality.Siruta, d.Attributes})
	if err != nil {
		panic(err) // plain values always encode
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16])
}

func (s *Store) insertListing(ctx context.Context, tx bun.Tx, sub Submission, l *Listing) error {
	now := s.now()
	*l = Listing{OwnerID: sub.OwnerID, Status: StatusActive, Version: 1, ContentHash: contentHash(sub),
		PublishedAt: now, ExpiresAt: now.Add(ListingLife), CreatedAt: now, UpdatedAt: now}
	if sub.SubmitKey != "" {
		l.SubmitKey = &sub.SubmitKey
	}
	l.apply(sub.Draft, s.rate)
	if err := nextSortKey(ctx, tx, l); err != nil {
		return err
	}
	if err := s.insertRow(ctx, tx, l, sub.Draft.Attributes); err != nil {
		return err
	}
	if len(sub.PhotoIDs) > 0 {
		if err := s.placePhotos(ctx, tx, l, sub); err != nil {
			return err
		}
	}
	if err := recordPrice(ctx, tx, l, now); err != nil {
		return err
	}
	if err := enqueueMatch(ctx, tx, now, MatchListing{ListingID: l.ID}); err != nil {
		return err
	}
	if sub.DraftID != "" {
		return deleteDraft(ctx, tx, sub.DraftID)
	}
	return nil
}

// insertRow writes a new listing with its attributes and words. Postgres gets the words with the row: adding them afterwards would write
// the row and its entry in every index again.
func (s *Store) insertRow(ctx context.Context, tx bun.Tx, l *Listing, attributes []AttributeValue) error {
	w := s.wordsOf(l, attributes)
	insert := tx.NewInsert().Model(l).Returning("id")
	if !s.sqlite() {
		insert.Value("words", "?::tsvector", tsvector(l, w, attributes))
	}
	if _, err := insert.Exec(ctx); err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	if s.sqlite() {
		if err := insertWords(ctx, tx, l, w, attributes); err != nil {
			return err
		}
	}
	return insertAttributes(ctx, tx, l.ID, attributes)
}

// apply copies the draft into the row.
func (l *Listing) apply(d ListingDraft, rate Rate) {
	l.CategoryID, l.TopCategoryID = d.Category.ID, d.Category.Top().ID
	l.Title, l.Slug, l.Description = d.Title, text.Slug(text.WithoutPhones(d.Title), 60), d.Description
	l.PriceMinor, l.PriceRON, l.Currency = nil, nil, RON
	if d.Price != nil {
		comparable := d.Price.InBani(rate)
		l.PriceMinor, l.PriceRON, l.Currency = &d.Price.Minor, &comparable, d.Price.Currency
	}
	l.Negotiable, l.Condition = d.Negotiable, d.Condition
	l.CountyCode, l.LocalitySiruta = d.Locality.County.Code, d.Locality.Siruta
}

// nextSortKey gives the listing a number higher than any before; the row lock makes numbers appear in the order of commits.
func nextSortKey(ctx context.Context, tx bun.Tx, l *Listing) error {
	err := tx.NewRaw("UPDATE listing_sort_keys SET last = last + 1 RETURNING last").Scan(ctx, &l.SortKey)
	if err != nil {
		return fmt.Errorf("next sort key: %w", err)
	}
	return nil
}

// writeParts replaces attributes, photos and, while the listing is active, its search words.
func (s *Store) writeParts(ctx context.Context, tx bun.Tx, l *Listing, sub Submission) error {
	if _, err := tx.NewRaw("DELETE FROM listing_attributes WHERE listing_id = ?", l.ID).Exec(ctx); err != nil {
		return fmt.Errorf("delete attributes: %w", err)
	}
	if err := insertAttributes(ctx, tx, l.ID, sub.Draft.Attributes); err != nil {
		return err
	}
	if err := s.placePhotos(ctx, tx, l, sub); err != nil {
		return err
	}
	if l.Status != StatusActive {
		return nil
	}
	return s.indexWords(ctx, tx, l, sub.Draft.Attributes)
}

// placePhotos gives the listing the photos wanted, the first one as its cover.
func (s *Store) placePhotos(ctx context.Context, tx bun.Tx, l *Listing, sub Submission) error {
	if err := s.addListingPhotos(ctx, tx, l.ID, sub.New); err != nil {
		return err
	}
	photos, err := arrangePhotos(ctx, tx, l.ID, sub.DraftID, sub.PhotoIDs)
	if err != nil {
		return err
	}
	l.PhotoCount, l.CoverHash, l.CoverWidth, l.CoverHeight = len(photos), "", 0, 0
	if len(photos) > 0 {
		l.CoverHash, l.CoverWidth, l.CoverHeight = photos[0].Hash, photos[0].Width, photos[0].Height
	}
	_, err = tx.NewUpdate().Model(l).Column("photo_count", "cover_hash", "cover_width", "cover_height").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("set cover: %w", err)
	}
	return nil
}

func insertAttributes(ctx context.Context, tx bun.Tx, listingID int64, values []AttributeValue) error {
	if len(values) == 0 {
		return nil
	}
	rows := slices.Clone(values) // the draft stays the caller's
	for i := range rows {
		rows[i].ListingID = listingID
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("insert attributes: %w", err)
	}
	return nil
}

type priceChange struct {
	bun.BaseModel `bun:"table:price_changes"`

	ID         int64 `bun:",pk,autoincrement"`
	ListingID  int64
	PriceMinor *int64
	Currency   Currency
	ChangedAt  time.Time
}

func recordPrice(ctx context.Context, tx bun.Tx, l *Listing, at time.Time) error {
	row := priceChange{ListingID: l.ID, PriceMinor: l.PriceMinor, Currency: l.Currency, ChangedAt: at}
	if _, err := tx.NewInsert().Model(&row).Returning("NULL").Exec(ctx); err != nil {
		return fmt.Errorf("record price: %w", err)
	}
	return nil
}

// PricePoint is the price of a listing from a moment on.
type PricePoint struct {
	Price *Money // nil is not stated
	At    time.Time
}

// PriceHistory returns every price that the listing has had, oldest first.
func (s *Store) PriceHistory(ctx context.Context, listingID int64) ([]PricePoint, error) {
	var rows []priceChange
	if err := s.read.NewSelect().Model(&rows).Where("listing_id = ?", listingID).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("select prices: %w", s.classify(err))
	}
	points := make([]PricePoint, len(rows))
	for i, r := range rows {
		points[i].At = r.ChangedAt
		if r.PriceMinor != nil {
			points[i].Price = &Money{Minor: *r.PriceMinor, Currency: r.Currency}
		}
	}
	return points, nil
}

var (
	errEditConflict = apperr.New(apperr.Conflict, "Anunțul a fost schimbat între timp, poate în alt ecran. Uită-te peste el și salvează din nou.")
	errNotEditable  = apperr.New(apperr.Conflict, "Anunțul este vândut. Reînnoiește-l ca să îl poți schimba.")
)

// errKeyUsed: a program gave the key of an earlier listing to other content.
var errKeyUsed = apperr.New(apperr.Conflict, "Cheia aceasta a făcut deja alt anunț. Trimite cererea cu o cheie nouă.")

// UpdateListing replaces what the owner's listing says. version is the one that the form was made from, 0 to overwrite whatever is there.
func (s *Store) UpdateListing(ctx context.Context, id, version int64, sub Submission) (Listing, error) {
	if err := sub.Draft.Validate(); err != nil {
		return Listing{}, err
	}
	return s.change(ctx, sub.OwnerID, id, func(ctx context.Context, tx bun.Tx, l *Listing) error {
		if version != 0 && version != l.Version {
			return errEditConflict
		}
		return s.rewrite(ctx, tx, l, sub)
	})
}

// rewrite makes the listing say what the submission does.
func (s *Store) rewrite(ctx context.Context, tx bun.Tx, l *Listing, sub Submission) error {
	if l.Status == StatusSold {
		return errNotEditable
	}
	if err := s.leaveForeignDraft(ctx, tx, &sub); err != nil {
		return err
	}
	old := *l
	l.apply(sub.Draft, s.rate)
	if l.Status == StatusActive {
		if err := enqueueMatch(ctx, tx, s.now(), MatchListing{ListingID: l.ID, Repriced: !samePrice(&old, l), Before: old.PriceRON}); err != nil {
			return err
		}
	}
	if !samePrice(&old, l) {
		l.OldPriceMinor = droppedFrom(&old, l)
		if err := recordPrice(ctx, tx, l, s.now()); err != nil {
			return err
		}
	}
	return s.writeParts(ctx, tx, l, sub)
}

func samePrice(a, b *Listing) bool {
	pa, pb := a.Price(), b.Price()
	return (pa == nil) == (pb == nil) && (pa == nil || *pa == *pb)
}

// droppedFrom returns the price to show struck through: the old one after a drop in the same currency.
func droppedFrom(old, now *Listing) *int64 {
	if old.PriceMinor == nil || now.PriceMinor == nil || old.Currency != now.Currency || *now.PriceMinor >= *old.PriceMinor {
		return nil
	}
	return old.PriceMinor
}
