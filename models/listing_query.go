package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
)

// ListingRef is what a page of results needs to find its cards: the id and the version that names the cached fragment.
type ListingRef struct {
	ID      int64
	Version int64
	SortKey int64 // 0 in a list by price, whose index does not hold it
	Price   int64 `bun:"price_ron"`
	Ring    int64 // which part of the order: phase, or place in the order of distance
	Why     *Rank `bun:"-"` // the reasons for its place in an order of relevance; nil elsewhere
}

// Total is a capped number of results.
type Total struct {
	Count int
	Exact bool // false means there are more
}

const (
	countCap = 1000
	sparse   = 2000 // Store.sparse in production
)

// Listings returns one page of active listings in the filter's order, and the cursor of the next page, zero at the end. Every page costs
// the same, however deep; a cursor that means nothing shows the first page.
func (s *Store) Listings(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	f, err := s.dated(ctx, f.normalised())
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("select listings: %w", s.classify(err))
	}
	var refs []ListingRef
	var next Cursor
	switch f.order() {
	case SortRelevance:
		refs, next, err = s.byRelevance(ctx, f, after, limit)
	case SortCheapest, SortDearest:
		refs, next, err = s.byPrice(ctx, f, after, limit)
	case SortNearest:
		refs, next, err = s.byDistance(ctx, f, after, limit)
	default:
		refs, err = s.page(ctx, f, after, limit+1)
		if len(refs) > limit {
			refs = refs[:limit]
			next = Cursor{Key: refs[limit-1].SortKey, ID: refs[limit-1].ID}
		}
	}
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("select listings: %w", s.classify(err))
	}
	return refs, next, nil
}

// CountListings counts the matches up to a cap.
func (s *Store) CountListings(ctx context.Context, f ListingFilter) (Total, error) {
	n, err := s.countListings(ctx, f, countCap+1)
	return Total{Count: min(n, countCap), Exact: n <= countCap}, err
}

// HasListings reports whether anything matches.
func (s *Store) HasListings(ctx context.Context, f ListingFilter) (bool, error) {
	n, err := s.countListings(ctx, f, 1)
	return n > 0, err
}

func (s *Store) countListings(ctx context.Context, f ListingFilter, limit int) (int, error) {
	f, err := s.dated(ctx, f.forCounting())
	n := 0
	if err == nil {
		n, err = s.countUpTo(ctx, f, limit)
	}
	if err != nil {
		return 0, fmt.Errorf("count listings: %w", s.classify(err))
	}
	return n, nil
}

func (s *Store) countUpTo(ctx context.Context, f ListingFilter, limit int) (int, error) {
	if !s.sqlite() && s.walksWords(f) {
		keys, err := scanNewest[sortKey](ctx, s, newest{filter: f, columns: "l.sort_key"}, limit)
		return len(keys), err
	}
	q, err := s.selectRefs(ctx, f, anywhere)
	if err != nil {
		return 0, err
	}
	return s.countRows(ctx, q, limit)
}

type sortKey struct{ SortKey int64 }

// countRows counts what the query finds, up to limit.
func (s *Store) countRows(ctx context.Context, q *bun.SelectQuery, limit int) (int, error) {
	var n int
	err := s.read.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS capped", q.ColumnExpr("1").Limit(int64(limit))).Scan(ctx, &n)
	return n, err
}

// forCounting is the filter without its order.
func (f ListingFilter) forCounting() ListingFilter {
	f = f.normalised()
	if f.order() == SortNearest && f.RadiusKm == 0 {
		f.Locality = nil // nearest first goes on to the end of the country
	}
	f.Sort, f.counting = SortNewest, true
	return f
}

// refColumns are what a ListingRef needs.
const refColumns = "l.id, l.version, l.sort_key, coalesce(l.price_ron, 0) AS price_ron"

// page is one page, newest first.
func (s *Store) page(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, error) {
	return scanNewest[ListingRef](ctx, s, newest{filter: f, before: after.Key, columns: refColumns}, limit)
}

// walksWords reports whether the query starts from the full-text index: for words, and for attributes too, because it finds the common
// listings of several without looking at each row.
func (s *Store) walksWords(f ListingFilter) bool { return f.hasWords() || len(f.Attributes) > 0 }

// sortKey is the column to order by: SQLite's full-text index has the sort key as its row number.
func (s *Store) sortKey(f ListingFilter) string {
	if s.sqlite() && s.walksWords(f) {
		return "w.rowid"
	}
	return "l.sort_key"
}

// selectRefs starts the query for all matches of the filter, words included. more are further questions to the full-text index.
func (s *Store) selectRefs(ctx context.Context, f ListingFilter, at where, more ...string) (*bun.SelectQuery, error) {
	q, err := s.selectWhere(ctx, f)
	if err != nil || !s.walksWords(f) {
		return q, err
	}
	if s.sqlite() {
		return q.Where("listing_words MATCH ?", s.match(f, at, more...)), nil
	}
	return q.Where("l.words @@ ?::tsquery", s.match(f, at, more...)), nil
}

// found is what the query finds, to be put in order and cut. Postgres has to find it by the words first: when it sees an order and a
// limit, it walks the market in that order and hopes to meet enough matches soon, which takes seconds when the hope is wrong.
func (s *Store) found(f ListingFilter, q *bun.SelectQuery) *bun.SelectQuery {
	if s.sqlite() || !s.walksWords(f) {
		return q
	}
	return s.read.NewSelect().WithQuery(bun.NewWithQuery("l", q).Materialized()).TableExpr("l")
}

// selectWhere builds FROM and WHERE without the words, which are the caller's.
func (s *Store) selectWhere(ctx context.Context, f ListingFilter) (*bun.SelectQuery, error) {
	q := s.read.NewSelect()
	d, err := s.planFor(ctx, f)
	if err != nil {
		return nil, err
	}
	words := s.walksWords(f)
	switch {
	case words && s.sqlite():
		q.TableExpr("listing_words AS w").Join("CROSS JOIN listings AS l INDEXED BY listings_newest").Where("l.sort_key = w.rowid")
	case s.sqlite():
		q.TableExpr("listings AS l INDEXED BY " + indexFor(f, d))
	default:
		q.TableExpr("listings AS l")
	}
	q.Where("l.status = 'active'") // literal: the partial indexes need it
	if !words {                    // tokens stand for these columns
		f.whereTokens(q)
	}
	f.whereColumns(q)
	if f.since > 0 {
		q.Where(s.sortKey(f)+" >= ?", f.since)
	}
	if d.localities != nil && (!words || len(d.localities) > maxPlaceTokens) {
		q.Where("l.locality_siruta IN (?)", bun.List(d.localities))
	}
	for _, a := range f.Attributes {
		a.whereNumbers(q)
	}
	return q, nil
}

// whereTokens adds the filters that filterMatch knows as words.
func (f ListingFilter) whereTokens(q *bun.SelectQuery) {
	if f.Category != nil && f.Category.IsLeaf() {
		q.Where("l.category_id = ?", f.Category.ID)
	} else if f.Category != nil {
		q.Where("l.top_category_id = ?", f.Category.ID)
	}
	if f.County != nil {
		q.Where("l.county_code = ?", f.County.Code)
	}
	if f.Condition != "" {
		q.Where("l.condition = ?", f.Condition)
	}
}

func (f ListingFilter) whereColumns(q *bun.SelectQuery) {
	if f.OwnerID != 0 {
		q.Where("l.owner_id = ?", f.OwnerID)
	}
	if f.ExceptID != 0 {
		q.Where("l.id <> ?", f.ExceptID)
	}
	if f.PriceMin != nil {
		q.Where("l.price_ron >= ?", *f.PriceMin)
	}
	if f.PriceMax != nil {
		q.Where("l.price_ron <= ?", *f.PriceMax)
	}
	if f.priced {
		q.Where("l.price_ron IS NOT NULL")
	}
	if f.priceless {
		q.Where("l.price_ron IS NULL")
	}
	if f.WithPhotos {
		q.Where("l.photo_count > 0")
	}
	// Not a join, which Postgres would begin with the people: it then reads all their listings.
	switch f.Seller {
	case SellerDealer:
		q.Where("(SELECT u.dealer FROM users AS u WHERE u.id = l.owner_id)")
	case SellerPrivate:
		q.Where("NOT (SELECT u.dealer FROM users AS u WHERE u.id = l.owner_id)")
	}
}

// whereNumbers adds the exact range of numbers; tokens decide about options and texts, and only nearly about numbers.
func (a AttributeFilter) whereNumbers(q *bun.SelectQuery) {
	var conditions string
	var args []any
	if a.Min != nil {
		conditions += " AND a.number_value >= ?"
		args = append(args, *a.Min)
	}
	if a.Max != nil {
		conditions += " AND a.number_value <= ?"
		args = append(args, *a.Max)
	}
	if conditions == "" {
		return
	}
	// Not EXISTS, which Postgres would turn into a join: it then reads all values instead of those of the first few rows.
	q.Where("(SELECT TRUE"+conditions+" FROM listing_attributes AS a WHERE a.listing_id = l.id AND a.key = ?)", append(args, a.Key)...)
}

// dated is the filter with the lowest sort key that is young enough for it.
func (s *Store) dated(ctx context.Context, f ListingFilter) (ListingFilter, error) {
	var err error
	if f.MaxAge > 0 {
		f.since, err = s.firstSince(ctx, f)
	}
	return f, err
}

// firstSince returns the sort key of the first listing that was published or renewed within the filter's age. Sort keys rise with time, so
// it bounds every newest-first index; a listing ends a fixed time after it was published, and that is what the index of ends knows.
func (s *Store) firstSince(ctx context.Context, f ListingFilter) (int64, error) {
	var key int64
	index := ""
	if s.sqlite() {
		index = " INDEXED BY listings_expiry"
	}
	err := s.read.NewRaw("SELECT sort_key FROM listings"+index+" WHERE status = 'active' AND expires_at >= ? ORDER BY expires_at, sort_key LIMIT 1",
		s.now().Add(ListingLife-f.MaxAge)).Scan(ctx, &key)
	if errors.Is(err, sql.ErrNoRows) {
		return nothingYet, nil
	}
	return key, err
}

// nothingYet is a sort key that no listing reaches.
const nothingYet = 1 << 62
