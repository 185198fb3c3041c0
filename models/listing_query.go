package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// ListingRef is what a page of results needs to find its cards: the id and the version that names the cached fragment.
type ListingRef struct {
	ID      int64
	Version int64
	SortKey int64 // 0 in a list by price, whose index does not hold it
	Price   int64 `bun:"price_ron"`
	Ring    int64 // which part of the order: phase, or place in the order of distance
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
	f = f.normalised()
	if f.order() == SortNearest && f.RadiusKm == 0 {
		f.Locality = nil // nearest first goes on to the end of the country
	}
	f.Sort, f.counting = SortNewest, true
	q, err := s.selectRefs(ctx, f)
	if err != nil {
		return Total{}, fmt.Errorf("count listings: %w", s.classify(err))
	}
	var n int
	inner := q.ColumnExpr("1").Limit(countCap + 1)
	if err := s.read.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS capped", inner).Scan(ctx, &n); err != nil {
		return Total{}, fmt.Errorf("count listings: %w", s.classify(err))
	}
	return Total{Count: min(n, countCap), Exact: n <= countCap}, nil
}

// page runs the query for the orders that one index gives. By price it is only the listings that state one.
func (s *Store) page(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, error) {
	q, err := s.selectRefs(ctx, f)
	if err != nil {
		return nil, err
	}
	key := "l.sort_key"
	if s.walksWords(f) {
		key = "w.rowid"
	}
	switch f.order() {
	case SortCheapest:
		q.Where("l.price_ron IS NOT NULL").OrderExpr("l.price_ron, l.id")
		if !after.IsZero() {
			q.Where("(l.price_ron, l.id) > (?, ?)", after.Key, after.ID)
		}
	case SortDearest:
		q.Where("l.price_ron IS NOT NULL").OrderExpr("l.price_ron DESC, l.id DESC")
		if !after.IsZero() {
			q.Where("(l.price_ron, l.id) < (?, ?)", after.Key, after.ID)
		}
	default:
		q.ColumnExpr("l.sort_key").OrderExpr(key + " DESC")
		if !after.IsZero() {
			q.Where(key+" < ?", after.Key)
		}
	}
	return scanRefs(ctx, q, limit)
}

func scanRefs(ctx context.Context, q *bun.SelectQuery, limit int) ([]ListingRef, error) {
	var refs []ListingRef
	err := q.ColumnExpr("l.id, l.version, coalesce(l.price_ron, 0) AS price_ron").Limit(int64(limit)).Scan(ctx, &refs)
	return refs, err
}

// walksWords reports whether the query starts from SQLite's full-text index: for words, and newest first for options too, because it
// finds the common listings of several options without looking at each row.
func (s *Store) walksWords(f ListingFilter) bool {
	hasOptions := func(a AttributeFilter) bool { return len(a.AnyOf) > 0 }
	return s.sqlite() && (!f.Query.Empty() || f.order() == SortNewest && slices.ContainsFunc(f.Attributes, hasOptions))
}

// byRelevance shows listings with all words in the title first and then the others, each newest first.
func (s *Store) byRelevance(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	f.Sort = SortNewest
	return inPhases(after, limit, func(phase int64, from Cursor, limit int) ([]ListingRef, error) {
		return s.titlePage(ctx, f, phase == 0, from, limit)
	}, func(r ListingRef) int64 { return r.SortKey })
}

// byPrice shows the listings that state a price in its order and then the others, newest first.
func (s *Store) byPrice(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	return inPhases(after, limit, func(phase int64, from Cursor, limit int) ([]ListingRef, error) {
		if phase == 0 {
			return s.page(ctx, f, from, limit)
		}
		return s.pricelessPage(ctx, f, from, limit)
	}, func(r ListingRef) int64 { return r.Price })
}

// pricelessPage is one page of the matches without a price; the price index holds them too, by id.
func (s *Store) pricelessPage(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, error) {
	if f.PriceMin != nil || f.PriceMax != nil {
		return nil, nil
	}
	q, err := s.selectRefs(ctx, f)
	if err != nil {
		return nil, err
	}
	q.Where("l.price_ron IS NULL").OrderExpr("l.price_ron DESC, l.id DESC")
	if !after.IsZero() {
		q.Where("l.id < ?", after.ID)
	}
	return scanRefs(ctx, q, limit)
}

// inPhases fills one page from two lists, one after the other. key is what the cursor remembers of a row besides its id.
func inPhases(after Cursor, limit int, page func(phase int64, from Cursor, limit int) ([]ListingRef, error), key func(ListingRef) int64) ([]ListingRef, Cursor, error) {
	if after.Phase > 1 {
		after = Cursor{}
	}
	var refs []ListingRef
	for phase := after.Phase; phase <= 1; phase++ {
		from := Cursor{}
		if phase == after.Phase {
			from = Cursor{Key: after.Key, ID: after.ID}
		}
		more, err := page(phase, from, limit+1-len(refs))
		if err != nil {
			return nil, Cursor{}, err
		}
		for i := range more {
			more[i].Ring = phase
		}
		refs = append(refs, more...)
		if len(refs) > limit {
			last := refs[limit-1]
			return refs[:limit], Cursor{Phase: last.Ring, Key: key(last), ID: last.ID}, nil
		}
	}
	return refs, Cursor{}, nil
}

// titlePage is one page, newest first, of the matches that have all words in the title, or of those that have not.
func (s *Store) titlePage(ctx context.Context, f ListingFilter, inTitle bool, after Cursor, limit int) ([]ListingRef, error) {
	q, err := s.selectWhere(ctx, f, false)
	if err != nil {
		return nil, err
	}
	key := "l.sort_key"
	switch {
	case s.sqlite():
		key = "w.rowid"
		match := s.match(f, "title body") + " NOT " + ftsMatch(f.Query, "title")
		if inTitle {
			match = s.match(f, "title")
		}
		q.Where("listing_words MATCH ?", match)
	case inTitle:
		q.Where("l.words @@ ?::tsquery", tsquery(f.Query, titleMark))
	default:
		q.Where("l.words @@ ?::tsquery", tsquery(f.Query, "")+" & !("+tsquery(f.Query, titleMark)+")")
	}
	q.ColumnExpr("l.sort_key").OrderExpr(key + " DESC")
	if !after.IsZero() {
		q.Where(key+" < ?", after.Key)
	}
	return scanRefs(ctx, q, limit)
}

// selectRefs starts the query for all matches of the filter, words included.
func (s *Store) selectRefs(ctx context.Context, f ListingFilter) (*bun.SelectQuery, error) {
	q, err := s.selectWhere(ctx, f, true)
	if err == nil && s.walksWords(f) {
		q.Where("listing_words MATCH ?", s.match(f, "title body"))
	}
	return q, err
}

// selectWhere builds FROM and WHERE. withWords adds Postgres' word condition; SQLite's is the caller's.
func (s *Store) selectWhere(ctx context.Context, f ListingFilter, withWords bool) (*bun.SelectQuery, error) {
	q := s.read.NewSelect()
	d, err := s.planFor(ctx, f)
	if err != nil {
		return nil, err
	}
	switch {
	case s.walksWords(f):
		q.TableExpr("listing_words AS w").Join("CROSS JOIN listings AS l INDEXED BY listings_newest").Where("l.sort_key = w.rowid")
	case s.sqlite() && !d.attribute:
		q.TableExpr("listings AS l INDEXED BY " + indexFor(f, d))
	default:
		q.TableExpr("listings AS l")
	}
	q.Where("l.status = 'active'") // literal: the partial indexes need it
	if !s.walksWords(f) {          // tokens stand for these columns
		f.whereTokens(q)
	}
	f.whereColumns(q)
	if d.localities != nil {
		q.Where("l.locality_siruta IN (?)", bun.List(d.localities))
	}
	for i, a := range f.Attributes {
		a.where(q, d.attribute && i == d.index)
	}
	if withWords && !s.sqlite() && !f.Query.Empty() {
		q.Where("l.words @@ ?::tsquery", tsquery(f.Query, ""))
	}
	return q, nil
}

// whereTokens adds the filters that matchTokens knows as words.
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
}

// where adds the condition on one attribute. As the driver it is a list of ids to begin with, otherwise a test of each row.
func (a AttributeFilter) where(q *bun.SelectQuery, driver bool) {
	condition, args := a.condition()
	if driver {
		q.Where("l.id IN (SELECT a.listing_id FROM listing_attributes AS a WHERE a.key = ?"+condition+")", append([]any{a.Key}, args...)...)
		return
	}
	// Not EXISTS, which Postgres would turn into a join: it then reads all values instead of those of the first few rows.
	q.Where("(SELECT TRUE"+condition+" FROM listing_attributes AS a WHERE a.listing_id = l.id AND a.key = ?)", append(args, a.Key)...)
}

func (a AttributeFilter) condition() (string, []any) {
	var sql string
	var args []any
	if len(a.AnyOf) > 0 {
		sql += " AND a.match_value IN (?)"
		args = append(args, bun.List(a.matchValues()))
	}
	if a.Contains != "" {
		sql += ` AND a.match_value LIKE ? ESCAPE '!'`
		args = append(args, "%"+likeEscaper.Replace(text.Fold(text.Line(a.Contains)))+"%")
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

var likeEscaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")
