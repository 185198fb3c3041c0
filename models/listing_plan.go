package models

import (
	"context"

	"github.com/uptrace/bun"
)

// plan says where a query begins. Normally that is an index in the order wanted, walked until the page is full; where a filter has few
// matches it is that filter, and the few rows are sorted.
type plan struct {
	localities []int64 // of the filter; nil for everywhere
	few        bool    // few listings there: begin with the places
	attribute  bool    // begin with the attribute filter number index
	index      int
	since      int64 // lowest sort key wanted; 0 for none
}

func (s *Store) planFor(ctx context.Context, f ListingFilter) (plan, error) {
	d := plan{localities: f.localities(s.catalog)}
	if f.MaxAge > 0 {
		var err error
		if d.since, err = s.firstSince(ctx, f); err != nil {
			return d, err
		}
	}
	if s.walksWords(f) {
		return d, nil
	}
	if f.counting {
		d.few = d.localities != nil // no order to keep: the places' own index is the shortest way
		return d, nil
	}
	if len(d.localities) > 0 {
		n, err := s.countUpTo(ctx, s.read.NewSelect().TableExpr("listings AS l").Where("l.status = 'active' AND l.locality_siruta IN (?)", bun.List(d.localities)))
		if err != nil {
			return d, err
		}
		if d.few = n <= s.sparse; d.few {
			return d, nil
		}
	}
	for i, a := range f.Attributes {
		condition, args := a.condition(true)
		if condition == "" {
			continue
		}
		n, err := s.countUpTo(ctx, s.read.NewSelect().TableExpr("listing_attributes AS a").Where("a.key = ?"+condition, append([]any{a.Key}, args...)...))
		if err != nil {
			return d, err
		}
		if n <= s.sparse {
			d.attribute, d.index = true, i
			return d, nil
		}
	}
	return d, nil
}

func (s *Store) countUpTo(ctx context.Context, q *bun.SelectQuery) (int, error) {
	var n int
	err := s.read.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS capped", q.ColumnExpr("1").Limit(int64(s.sparse)+1)).Scan(ctx, &n)
	return n, err
}

// indexFor names the SQLite index to walk. It is written into the query because SQLite, given statistics, prefers the price index and
// then sorts thousands of rows.
func indexFor(f ListingFilter, d plan) string {
	leaf := f.Category != nil && f.Category.IsLeaf()
	byPrice := f.order() == SortCheapest || f.order() == SortDearest
	switch {
	case f.OwnerID != 0:
		return "listings_owner"
	case d.few, len(d.localities) == 1 && !byPrice:
		return "listings_locality_newest"
	case byPrice && leaf && f.County != nil:
		return "listings_category_county_price"
	case byPrice && leaf:
		return "listings_category_price"
	case byPrice && f.Category != nil:
		return "listings_top_price"
	case byPrice:
		return "listings_price"
	case leaf && f.County != nil:
		return "listings_category_county_newest"
	case leaf:
		return "listings_category_newest"
	case f.Category != nil && f.County != nil:
		return "listings_top_county_newest"
	case f.County != nil:
		return "listings_county_newest"
	case f.Category != nil:
		return "listings_top_newest"
	}
	return "listings_newest"
}
