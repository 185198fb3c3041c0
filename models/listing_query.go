package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

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
	f = f.normalised()
	var refs []ListingRef
	var next Cursor
	var err error
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
	q, err := s.selectRefs(ctx, f.forCounting())
	if err != nil {
		return 0, fmt.Errorf("count listings: %w", s.classify(err))
	}
	var n int
	inner := q.ColumnExpr("1").Limit(int64(limit))
	if err := s.read.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS capped", inner).Scan(ctx, &n); err != nil {
		return 0, fmt.Errorf("count listings: %w", s.classify(err))
	}
	return n, nil
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

// page is one page, newest first.
func (s *Store) page(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, error) {
	q, err := s.selectRefs(ctx, f)
	if err != nil {
		return nil, err
	}
	s.newestAfter(q, f, after)
	return scanRefs(ctx, q, limit)
}

// newestAfter orders newest first, from the row after the cursor on.
func (s *Store) newestAfter(q *bun.SelectQuery, f ListingFilter, after Cursor) {
	key := s.sortKey(f)
	q.ColumnExpr("l.sort_key").OrderExpr(key + " DESC")
	if !after.IsZero() {
		q.Where(key+" < ?", after.Key)
	}
}

// sortKey is the column to order by: the full-text index has the sort key as its row number.
func (s *Store) sortKey(f ListingFilter) string {
	if s.walksWords(f) {
		return "w.rowid"
	}
	return "l.sort_key"
}

func scanRefs(ctx context.Context, q *bun.SelectQuery, limit int) ([]ListingRef, error) {
	var refs []ListingRef
	err := q.ColumnExpr("l.id, l.version, coalesce(l.price_ron, 0) AS price_ron").Limit(int64(limit)).Scan(ctx, &refs)
	return refs, err
}

// walksWords reports whether the query starts from SQLite's full-text index: for words, and for attributes too, because it finds the
// common listings of several without looking at each row.
func (s *Store) walksWords(f ListingFilter) bool {
	return s.sqlite() && (f.hasWords() || len(f.Attributes) > 0)
}

// selectRefs starts the query for all matches of the filter, words included. more are further conditions on SQLite's index.
func (s *Store) selectRefs(ctx context.Context, f ListingFilter, more ...string) (*bun.SelectQuery, error) {
	q, err := s.selectWhere(ctx, f)
	if err != nil {
		return nil, err
	}
	if s.walksWords(f) {
		return q.Where("listing_words MATCH ?", s.match(f, "title body", more...)), nil
	}
	return q, s.whereWords(ctx, q, tsquery(f, ""), s.commonWord(f))
}

// commonWord reports whether the only thing that is asked for is a word with a beginning that many listings are known to have.
func (s *Store) commonWord(f ListingFilter) bool {
	q := f.Query
	return len(q.Terms) == 1 && len(q.Phrases)+len(q.Excluded)+len(f.Attributes) == 0 && q.Terms[0].Prefix != "" && s.Vocabulary().CommonBeginning(q.Terms[0].Prefix, s.sparse)
}

// whereWords adds Postgres' condition on the words. It has no idea how many listings have a word with a certain beginning, takes them for
// many and reads the whole market when nobody wrote it (9 s at a million listings): unless they are known to be, they are counted first, and the
// few are looked up.
func (s *Store) whereWords(ctx context.Context, q *bun.SelectQuery, words string, many bool) error {
	if words == "" {
		return nil
	}
	q.Where("l.words @@ ?::tsquery", words)
	if many || !strings.Contains(words, ":*") {
		return nil
	}
	var ids []int64
	err := s.read.NewRaw("SELECT l.id FROM listings AS l WHERE l.status = 'active' AND l.words @@ ?::tsquery LIMIT ?", words, s.sparse+1).Scan(ctx, &ids)
	if err == nil && len(ids) <= s.sparse {
		q.Where("l.id IN (?)", bun.List(append(ids, 0))) // never empty: no listing has the id 0
	}
	return err
}

// selectTitles is selectRefs for the matches that have all words in the title.
func (s *Store) selectTitles(ctx context.Context, f ListingFilter, _ ...string) (*bun.SelectQuery, error) {
	q, err := s.selectWhere(ctx, f)
	if err != nil {
		return nil, err
	}
	if s.sqlite() {
		return q.Where("listing_words MATCH ?", s.match(f, "title")), nil
	}
	return q, s.whereWords(ctx, q, tsquery(f, titleMark), s.commonWord(f))
}

// selectOthers is selectRefs for the matches that have not.
func (s *Store) selectOthers(ctx context.Context, f ListingFilter, _ ...string) (*bun.SelectQuery, error) {
	q, err := s.selectWhere(ctx, f)
	if err != nil {
		return nil, err
	}
	if s.sqlite() {
		return q.Where("listing_words MATCH ?", "("+s.match(f, "title body")+") NOT "+ftsTerms(f.Query, "title")), nil
	}
	return q, s.whereWords(ctx, q, tsquery(f, "")+" & !("+tsTerms(f.Query, titleMark)+")", false)
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
	case words:
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
	if d.since > 0 {
		q.Where(s.sortKey(f)+" >= ?", d.since)
	}
	if d.localities != nil && (!words || len(d.localities) > maxPlaceTokens) {
		q.Where("l.locality_siruta IN (?)", bun.List(d.localities))
	}
	for i, a := range f.Attributes {
		a.where(q, words, d.attribute && i == d.index)
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

// where adds what no index has answered: on SQLite tokens decide about options and texts, on Postgres words about texts.
func (a AttributeFilter) where(q *bun.SelectQuery, tokens, driver bool) {
	condition, args := a.condition(!tokens)
	switch {
	case condition == "":
	case driver:
		q.Where("l.id IN (SELECT a.listing_id FROM listing_attributes AS a WHERE a.key = ?"+condition+")", append([]any{a.Key}, args...)...)
	default:
		// Not EXISTS, which Postgres would turn into a join: it then reads all values instead of those of the first few rows.
		q.Where("(SELECT TRUE"+condition+" FROM listing_attributes AS a WHERE a.listing_id = l.id AND a.key = ?)", append(args, a.Key)...)
	}
}

// condition is the filter on the attribute's row; "" when there is none.
func (a AttributeFilter) condition(options bool) (string, []any) {
	var sql string
	var args []any
	if options && len(a.AnyOf) > 0 {
		sql += " AND a.match_value IN (?)"
		args = append(args, bun.List(a.matchValues()))
	}
	if a.Min != nil {
		sql += " AND a.number_value >= ?"
		args = append(args, *a.Min)
	}
	if a.Max != nil {
		sql += " AND a.number_value <= ?"
		args = append(args, *a.Max)
	}
	return sql, args
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
