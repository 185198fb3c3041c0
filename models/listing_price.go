package models

import (
	"cmp"
	"context"
	"slices"
)

// byPrice shows the listings that state a price in its order and then the others.
func (s *Store) byPrice(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	return inPhases(after, limit, []phase{
		func(from Cursor, limit int) ([]ListingRef, error) {
			if s.walksWords(f) {
				return s.priceSteps(ctx, f, from, limit)
			}
			return s.pricePage(ctx, f, from, limit)
		},
		func(from Cursor, limit int) ([]ListingRef, error) { return s.pricelessPage(ctx, f, from, limit) },
	}, func(r ListingRef) Cursor {
		if r.SortKey > 0 {
			return Cursor{Key: r.SortKey, ID: r.ID}
		}
		return Cursor{Key: r.Price, ID: r.ID}
	})
}

// phase returns a part of one of the lists that results consist of, beginning after the cursor.
type phase func(from Cursor, limit int) ([]ListingRef, error)

// inPhases fills one page from several lists, one after the other. mark is what the cursor remembers of a row.
func inPhases(after Cursor, limit int, phases []phase, mark func(ListingRef) Cursor) ([]ListingRef, Cursor, error) {
	if after.Phase >= int64(len(phases)) {
		after = Cursor{}
	}
	var refs []ListingRef
	for n := after.Phase; n < int64(len(phases)); n++ {
		from := Cursor{}
		if n == after.Phase {
			from = Cursor{Key: after.Key, ID: after.ID}
		}
		more, err := phases[n](from, limit+1-len(refs))
		if err != nil {
			return nil, Cursor{}, err
		}
		for i := range more {
			more[i].Ring = n
		}
		refs = append(refs, more...)
		if len(refs) > limit {
			next := mark(refs[limit-1])
			next.Phase = refs[limit-1].Ring
			return refs[:limit], next, nil
		}
	}
	return refs, Cursor{}, nil
}

// pricePage is one page of the listings that state a price, in its order. more are further questions to the full-text index.
func (s *Store) pricePage(ctx context.Context, f ListingFilter, after Cursor, limit int, more ...string) ([]ListingRef, error) {
	f.priced = true
	q, err := s.selectRefs(ctx, f, anywhere, more...)
	if err != nil {
		return nil, err
	}
	order, further := "l.price_ron, l.id", "(l.price_ron, l.id) > (?, ?)"
	if f.order() == SortDearest {
		order, further = "l.price_ron DESC, l.id DESC", "(l.price_ron, l.id) < (?, ?)"
	}
	if !after.IsZero() {
		q.Where(further, after.Key, after.ID)
	}
	var refs []ListingRef
	err = s.found(f, q.ColumnExpr(pricedColumns)).OrderExpr(order).Limit(int64(limit)).Scan(ctx, &refs)
	return refs, err
}

// pricedColumns are what a ListingRef in the order of prices needs; their index does not hold the sort key.
const pricedColumns = "l.id, l.version, coalesce(l.price_ron, 0) AS price_ron"

// pricelessPage is one page of the matches without a price. Those that the price index finds are in its order, by id; what the full-text
// index finds is in the order of that one, newest first.
func (s *Store) pricelessPage(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, error) {
	if f.PriceMin != nil || f.PriceMax != nil {
		return nil, nil
	}
	f.priceless = true
	if s.walksWords(f) {
		return s.page(ctx, f, after, limit)
	}
	q, err := s.selectRefs(ctx, f, anywhere)
	if err != nil {
		return nil, err
	}
	if !after.IsZero() {
		q.Where("l.id < ?", after.ID)
	}
	var refs []ListingRef
	err = q.ColumnExpr(pricedColumns).OrderExpr("l.price_ron DESC, l.id DESC").Limit(int64(limit)).Scan(ctx, &refs)
	return refs, err
}

// sortable is how many rows are quickly fetched and sorted.
const sortable = 512

// priceSteps is one page in the order of price of what the full-text index finds. That index is not in this order, but it knows in
// which range of prices a listing is: when there are many matches, one range after the other is fetched and sorted.
func (s *Store) priceSteps(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, error) {
	f.priced = true
	all, err := scanNewest[ListingRef](ctx, s, newest{filter: f, columns: refColumns}, sortable+1)
	if err != nil || len(all) <= sortable {
		return f.cheapestFirst(all, after, limit), err
	}
	var found []ListingRef
	for _, o := range f.octaves(after) {
		refs, err := s.some(ctx, f, s.notation().anyToken(o.token()))
		if err != nil {
			return nil, err
		}
		if len(refs) <= sortable {
			refs = f.cheapestFirst(refs, after, limit-len(found))
		} else {
			if refs, err = s.octaveBySteps(ctx, f, o, after, limit-len(found)); err != nil {
				return nil, err
			}
		}
		if found = append(found, refs...); len(found) >= limit {
			break
		}
	}
	return found, nil
}

func (s *Store) octaveBySteps(ctx context.Context, f ListingFilter, o octave, after Cursor, limit int) ([]ListingRef, error) {
	var found []ListingRef
	first, last := o.steps()
	for i := range last - first + 1 {
		at := first + i
		if f.order() == SortDearest {
			at = last - i
		}
		if !after.IsZero() && f.passed(at, stepOf(min(after.Key, maxStepped))) {
			continue
		}
		refs, err := s.pricePage(ctx, f, after, limit-len(found), s.notation().anyToken(at.token()))
		if err != nil {
			return nil, err
		}
		if found = append(found, refs...); len(found) >= limit {
			break
		}
	}
	return found, nil
}

// passed reports whether at lies before the place that a page begins with.
func (f ListingFilter) passed(at, from step) bool {
	if f.order() == SortDearest {
		return at > from
	}
	return at < from
}

// octaves are the ranges of prices to look through, in order.
func (f ListingFilter) octaves(after Cursor) []octave {
	first, last := octave(0), stepOf(maxStepped).octave()
	if f.PriceMin != nil {
		first = stepOf(min(max(*f.PriceMin, 0), maxStepped)).octave()
	}
	if f.PriceMax != nil {
		last = stepOf(min(max(*f.PriceMax, 0), maxStepped)).octave()
	}
	from := stepOf(min(after.Key, maxStepped)).octave()
	var out []octave
	for o := first; o <= last; o++ {
		if after.IsZero() || o == from || (o < from) == (f.order() == SortDearest) {
			out = append(out, o)
		}
	}
	if f.order() == SortDearest {
		slices.Reverse(out)
	}
	return out
}

// some fetches matches in whatever order, one more than are quickly sorted at most.
func (s *Store) some(ctx context.Context, f ListingFilter, more string) ([]ListingRef, error) {
	q, err := s.selectRefs(ctx, f, anywhere, more)
	if err != nil {
		return nil, err
	}
	var refs []ListingRef
	err = s.found(f, q.ColumnExpr(pricedColumns)).Limit(sortable+1).Scan(ctx, &refs)
	return refs, err
}

// cheapestFirst sorts all matches in the order of price and cuts out the page after the cursor.
func (f ListingFilter) cheapestFirst(refs []ListingRef, after Cursor, limit int) []ListingRef {
	for i := range refs {
		refs[i].SortKey = 0 // the price marks the place in this order
	}
	slices.SortFunc(refs, f.comparePrice)
	if !after.IsZero() {
		last := ListingRef{Price: after.Key, ID: after.ID}
		refs = slices.DeleteFunc(refs, func(r ListingRef) bool { return f.comparePrice(r, last) <= 0 })
	}
	return refs[:min(len(refs), limit)]
}

func (f ListingFilter) comparePrice(a, b ListingRef) int {
	c := cmp.Or(cmp.Compare(a.Price, b.Price), cmp.Compare(a.ID, b.ID))
	if f.order() == SortDearest {
		return -c
	}
	return c
}
