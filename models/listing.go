package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// Status says where a listing is in its life.
type Status string

// The states of a listing. A reserved listing is active.
const (
	StatusActive  Status = "active"
	StatusSold    Status = "sold"
	StatusExpired Status = "expired"
	StatusDeleted Status = "deleted"
)

// Condition says whether a thing is new; "" where that makes no sense or was not said.
type Condition string

// The conditions.
const (
	ConditionNew  Condition = "nou"
	ConditionUsed Condition = "folosit"
)

// Valid reports whether c is a condition or "".
func (c Condition) Valid() bool { return c == "" || c == ConditionNew || c == ConditionUsed }

// Limits of a listing's texts, in characters, and its life.
const (
	TitleMin, TitleMax             = 5, 80
	DescriptionMin, DescriptionMax = 20, 9000
	ListingLife                    = 30 * 24 * time.Hour
)

// Listing is one advert without its attributes and photos.
type Listing struct {
	bun.BaseModel `bun:"table:listings,alias:l"`

	ID             int64 `bun:",pk,autoincrement"`
	OwnerID        int64
	CategoryID     int64
	TopCategoryID  int64
	Title          string
	Slug           string
	Description    string // plain text
	PriceMinor     *int64 // bani or cents; 0 is free, nil is not stated
	Currency       Currency
	PriceRON       *int64 `bun:"price_ron"` // comparable, in bani
	OldPriceMinor  *int64 // before the last drop, in Currency
	Negotiable     bool
	Condition      Condition
	CountyCode     string // "CJ"
	LocalitySiruta int64
	Status         Status
	Reserved       bool
	Version        int64
	SortKey        int64
	CoverHash      string // "" without photos
	CoverWidth     int
	CoverHeight    int
	PhotoCount     int
	SubmitKey      *string
	ContentHash    string
	PublishedAt    time.Time
	ExpiresAt      time.Time
	ClosedAt       *time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
	BlockedBy      *int64 // the decision of a moderator that hides it; nil for none
	HidesPhone     bool   `bun:"-"` // a phone number was taken out of the texts above
}

// Price returns the price, or nil when it is not stated.
func (l *Listing) Price() *Money {
	if l.PriceMinor == nil {
		return nil
	}
	return &Money{Minor: *l.PriceMinor, Currency: l.Currency}
}

// OldPrice returns the price before the last drop, or nil.
func (l *Listing) OldPrice() *Money {
	if l.OldPriceMinor == nil {
		return nil
	}
	return &Money{Minor: *l.OldPriceMinor, Currency: l.Currency}
}

// AttributeValue is one detail of a listing.
type AttributeValue struct {
	bun.BaseModel `bun:"table:listing_attributes,alias:a"`

	ListingID   int64    `bun:",pk"`
	Key         string   `bun:",pk"` // "marca"
	TextValue   string   // option, text or "da"; "" for a number
	MatchValue  string   // TextValue folded
	NumberValue *float64 // in the attribute's unit
}

// textAttribute returns the value of an option, a text or a bool.
func textAttribute(key, value string) AttributeValue {
	return AttributeValue{Key: key, TextValue: value, MatchValue: text.Fold(value)}
}

// numberAttribute returns the value of a number.
func numberAttribute(key string, value float64) AttributeValue {
	return AttributeValue{Key: key, NumberValue: &value}
}

// ListingDraft is what a listing will say; ParseListing makes it from what people typed.
type ListingDraft struct {
	Category    *Category // a subcategory
	Title       string
	Description string
	Price       *Money // nil is not stated
	Negotiable  bool
	Condition   Condition
	Locality    *Locality
	Attributes  []AttributeValue
}

// Validate refuses nonsense that did not come through ParseListing.
func (d ListingDraft) Validate() error {
	switch {
	case d.Category == nil || !d.Category.IsLeaf():
		return apperr.OnField(FieldCategory, "Alege o categorie din listă.")
	case d.Locality == nil:
		return apperr.OnField(FieldLocality, "Alege localitatea.")
	case !within(text.Runes(d.Title), TitleMin, TitleMax):
		return apperr.OnField(FieldTitle, fmt.Sprintf("Titlul are între %d și %d de caractere.", TitleMin, TitleMax))
	case strings.ContainsRune(d.Title+d.Description, 0):
		return apperr.OnField(FieldTitle, "Textul conține semne pe care nu le putem păstra.")
	case text.Runes(d.Description) > DescriptionMax:
		return apperr.OnField(FieldDescription, "Descrierea are cel mult 9.000 de caractere.")
	case d.Price != nil && (!d.Price.Currency.Valid() || !within(d.Price.Minor, 0, MaxPriceMinor)):
		return apperr.OnField(FieldPrice, "Prețul nu este bun.")
	case !d.Condition.Valid():
		return apperr.OnField(FieldCondition, "Alege starea din listă.")
	}
	return nil
}

func within[T int | int64](n, low, high T) bool { return n >= low && n <= high }

// MissingAttributes lists the labels of the category's required attributes that have no value, as after an import.
func MissingAttributes(c *Category, values []AttributeValue) []string {
	var out []string
	for _, a := range c.Attributes {
		if a.Required && !slices.ContainsFunc(values, func(v AttributeValue) bool { return v.Key == a.Key }) {
			out = append(out, a.Label)
		}
	}
	return out
}

// ListingDetail is a listing with all that its page shows.
type ListingDetail struct {
	Listing
	Attributes []AttributeValue
	Photos     []Photo
	Owner      User
}

// Listing returns one listing in any state as the public sees it, without phone numbers in its texts; NotFound when there never was one.
func (s *Store) Listing(ctx context.Context, id int64) (ListingDetail, error) {
	d, err := s.listing(ctx, s.read, id)
	d.hidePhones()
	return d, err
}

// ListingFor is Listing as the viewer reads it: owners see what they wrote.
func (s *Store) ListingFor(ctx context.Context, viewerID, id int64) (ListingDetail, error) {
	d, err := s.listing(ctx, s.read, id)
	if d.OwnerID != viewerID {
		d.hidePhones()
	}
	return d, err
}

// OwnListing returns the listing when it belongs to the owner and is not deleted, and NotFound otherwise.
func (s *Store) OwnListing(ctx context.Context, ownerID, id int64) (ListingDetail, error) {
	d, err := s.listing(ctx, s.read, id)
	if err == nil && (d.OwnerID != ownerID || d.Status == StatusDeleted) {
		return ListingDetail{}, errNoListing
	}
	return d, err
}

var errNoListing = apperr.New(apperr.NotFound, "Anunțul nu există.")

func (s *Store) listing(ctx context.Context, db bun.IDB, id int64) (ListingDetail, error) {
	var d ListingDetail
	err := db.NewSelect().Model(&d.Listing).Where("l.id = ?", id).Scan(ctx)
	if err = s.classify(err); isNotFound(err) {
		return d, errNoListing
	} else if err != nil {
		return d, fmt.Errorf("select listing: %w", err)
	}
	if err := db.NewSelect().Model(&d.Attributes).Where("a.listing_id = ?", id).Scan(ctx); err != nil {
		return d, fmt.Errorf("select attributes: %w", s.classify(err))
	}
	if err := db.NewSelect().Model(&d.Photos).Where("p.listing_id = ?", id).Order("p.position", "p.id").Scan(ctx); err != nil {
		return d, fmt.Errorf("select photos: %w", s.classify(err))
	}
	if err := db.NewSelect().Model(&d.Owner).Where("u.id = ?", d.OwnerID).Scan(ctx); err != nil {
		return d, fmt.Errorf("select owner: %w", s.classify(err))
	}
	return d, nil
}

// ListingsByID returns the listings in the order of the ids, as the public sees them; missing ones are left out.
func (s *Store) ListingsByID(ctx context.Context, ids []int64) ([]Listing, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []Listing
	if err := s.read.NewSelect().Model(&rows).ExcludeColumn("description").Where("l.id IN (?) AND l.blocked_by IS NULL", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select listings: %w", s.classify(err))
	}
	order := make(map[int64]int, len(ids))
	for i, id := range ids {
		order[id] = i
	}
	slices.SortFunc(rows, func(a, b Listing) int { return order[a.ID] - order[b.ID] })
	for i := range rows {
		rows[i].hidePhones()
	}
	return rows, nil
}
