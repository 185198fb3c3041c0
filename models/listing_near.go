package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// ringSizes is how many localities are searched at once, nearest first: a few at the beginning, where most pages end.
var ringSizes = []int{1, 8, 64, 512, 4096}

// byDistance orders by distance from the filter's locality, then newest first. Every listing lies in the middle of its locality, so the
// order of localities, known in memory, is the order of distance, and no spatial index is needed.
func (s *Store) byDistance(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	if after.Phase >= int64(len(s.catalog.localities)) {
		after = Cursor{}
	}
	order := s.catalog.nearest(f.Locality, f.RadiusKm)
	if f.hasWords() || len(f.Attributes) > 0 || f.RadiusKm > 0 && f.Category != nil {
		if refs, next, all, err := s.fewByDistance(ctx, f, order, after, limit); err != nil || all {
			return refs, next, err
		}
	}
	start := int(min(after.Phase, int64(len(order))))
	var refs []ListingRef
	for _, size := range ringSizes {
		ring := order[start:min(start+size, len(order))]
		if len(ring) == 0 {
			break
		}
		from := after
		if len(refs) > 0 || int64(start) != after.Phase {
			from = Cursor{}
		}
		more, err := s.ringPage(ctx, f, ring, start, from, limit+1-len(refs))
		if err != nil {
			return nil, Cursor{}, err
		}
		refs = append(refs, more...)
		if len(refs) > limit {
			last := refs[limit-1]
			return refs[:limit], Cursor{Phase: last.Ring, Key: last.SortKey, ID: last.ID}, nil
		}
		start += len(ring)
	}
	return refs, Cursor{}, nil
}

// fewByDistance fetches what the words find and sorts it when that is little; otherwise all is false.
func (s *Store) fewByDistance(ctx context.Context, f ListingFilter, order []Near, after Cursor, limit int) (refs []ListingRef, next Cursor, all bool, err error) {
	if f.RadiusKm == 0 {
		f.Locality = nil
	}
	f.Sort = SortNewest
	// The place in the column for rings until its own is known.
	refs, err = scanNewest[ListingRef](ctx, s, newest{filter: f, columns: refColumns + ", l.locality_siruta AS ring"}, sortable+1)
	if err != nil || len(refs) > sortable {
		return nil, Cursor{}, false, err
	}
	ring := make(map[int64]int64, len(order))
	for i, n := range order {
		ring[n.Siruta] = int64(i)
	}
	for i := range refs {
		refs[i].Ring = ring[refs[i].Ring]
	}
	compare := func(a, b ListingRef) int {
		return cmp.Or(cmp.Compare(a.Ring, b.Ring), cmp.Compare(b.SortKey, a.SortKey))
	}
	slices.SortFunc(refs, compare)
	if !after.IsZero() {
		last := ListingRef{Ring: after.Phase, SortKey: after.Key}
		refs = slices.DeleteFunc(refs, func(r ListingRef) bool { return compare(r, last) <= 0 })
	}
	if len(refs) > limit {
		last := refs[limit-1]
		return refs[:limit], Cursor{Phase: last.Ring, Key: last.SortKey, ID: last.ID}, true, nil
	}
	return refs, Cursor{}, true, nil
}

// nearest returns the localities of a search around centre in the order of distance; without a radius that is the whole country.
func (c *Catalog) nearest(centre *Locality, radiusKm int) []Near {
	const country = 2000 // km, more than from one end to the other
	if radiusKm == 0 {
		return c.Around(centre, country)
	}
	order := c.Around(centre, float64(radiusKm))
	for _, l := range c.Inside(centre) {
		if !slices.ContainsFunc(order, func(n Near) bool { return n.Siruta == l.Siruta }) {
			order = append(order, Near{l, centre.Distance(l)}) // a sector of the city, though its middle is farther
		}
	}
	slices.SortFunc(order, byKm)
	return order
}

// ringPage returns matches in the localities of the ring, by its order and then newest first. first is the place of the ring's first
// locality in the whole order.
func (s *Store) ringPage(ctx context.Context, f ListingFilter, ring []Near, first int, after Cursor, limit int) ([]ListingRef, error) {
	if len(ring) == 1 {
		only := f
		only.Locality, only.places, only.Sort = nil, []int64{ring[0].Siruta}, SortNewest
		refs, err := s.page(ctx, only, Cursor{Key: after.Key, ID: after.ID}, limit)
		for i := range refs {
			refs[i].Ring = int64(first)
		}
		return refs, err
	}
	codes := make([]int64, len(ring))
	for i, n := range ring {
		codes[i] = n.Siruta
	}
	only := f
	only.Locality, only.places, only.Sort = nil, codes, SortNewest
	q, err := s.selectRefs(ctx, only, anywhere)
	if err != nil {
		return nil, err
	}
	q.ColumnExpr(refColumns + ", r.ring").Join("JOIN (" + ringValues(codes, first) + ") AS r ON r.siruta = l.locality_siruta")
	if !after.IsZero() {
		q.Where("(r.ring > ? OR (r.ring = ? AND l.sort_key < ?))", after.Phase, after.Phase, after.Key)
	}
	var refs []ListingRef
	err = s.found(only, q).OrderExpr("ring, l.sort_key DESC").Limit(int64(limit)).Scan(ctx, &refs)
	return refs, err
}

// ringValues is a small table of localities with their place in the order of distance.
func ringValues(codes []int64, first int) string {
	rows := make([]string, len(codes))
	for i, code := range codes {
		rows[i] = fmt.Sprintf("(%d, %d)", code, first+i)
	}
	return "SELECT column1 AS siruta, column2 AS ring FROM (VALUES " + strings.Join(rows, ", ") + ") AS v"
}
