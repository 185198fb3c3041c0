package models

import (
	"context"

	"github.com/uptrace/bun"
)

// plan says where a query begins that asks for no words. Normally that is an index in the order wanted, walked until the page is full;
// where few listings are, it is the places, and the few rows are sorted.
type plan struct {
	localities []int64 // of the filter; nil for everywhere
	few        bool    // begin with the places
}

// ringed is up to how many places of a ring begin with the places, each of which has its listings newest first.
const ringed = 64

func (s *Store) planFor(ctx context.Context, f ListingFilter) (plan, error) {
	d := plan{localities: f.localities(s.catalog)}
	switch {
	case len(d.localities) == 0 || s.walksWords(f):
		return d, nil
	case f.counting, f.places != nil && len(f.places) <= ringed:
		d.few = true // no order to keep: the places' own index is the shortest way
		return d, nil
	}
	n, err := s.countRows(ctx, s.read.NewSelect().TableExpr("listings AS l").Where("l.status = 'active' AND l.locality_siruta IN (?)", bun.List(d.localities)), s.sparse+1)
	d.few = n <= s.sparse
	return d, err
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
