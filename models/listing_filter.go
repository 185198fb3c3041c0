package models

import (
	"slices"
	"time"

	"piata.ro/internal/search"
	"piata.ro/internal/text"
)

// Sort is an order of results.
type Sort string

// The orders; their names stand in addresses.
const (
	SortRelevance Sort = "potrivire" // see Rank
	SortNewest    Sort = "noi"
	SortCheapest  Sort = "ieftine"
	SortDearest   Sort = "scumpe"
	SortNearest   Sort = "aproape"
)

// SellerKind says who sells: a private person or a dealer.
type SellerKind string

// The kinds of sellers; their names stand in addresses.
const (
	SellerPrivate SellerKind = "particular"
	SellerDealer  SellerKind = "firma"
)

// Valid reports whether k is a kind or "".
func (k SellerKind) Valid() bool { return k == "" || k == SellerPrivate || k == SellerDealer }

// AttributeFilter asks for values of one attribute: any of the options, words of a text, or a range of numbers.
type AttributeFilter struct {
	Key      string
	AnyOf    []string // options, as stored
	Contains string   // every word of it begins a word of the text
	Min, Max *float64
}

// ListingFilter says which active listings are wanted. The zero value is all of them.
type ListingFilter struct {
	Query      search.Query
	Category   *Category // top or sub
	County     *County
	Locality   *Locality
	RadiusKm   int    // around Locality; 0 means only there
	PriceMin   *int64 // comparable, in bani
	PriceMax   *int64
	Condition  Condition
	Seller     SellerKind
	WithPhotos bool
	MaxAge     time.Duration // since publishing or renewal; 0 means however old
	Attributes []AttributeFilter
	OwnerID    int64
	ExceptID   int64
	Sort       Sort

	counting          bool    // the order does not matter
	places            []int64 // exactly these localities, for one ring of a distance search
	since             int64   // lowest sort key within MaxAge; 0 for any
	priced, priceless bool    // only listings that state a price, only those that do not
}

// order is the sort that can really be used: relevance needs words and nearness a place.
func (f ListingFilter) order() Sort {
	switch {
	case f.Sort == SortRelevance && f.Query.Empty(), f.Sort == SortNearest && f.Locality == nil, f.Sort == "":
		return SortNewest
	}
	return f.Sort
}

// normalised turns a search in the whole of Bucharest into one in its county, which has an index of its own.
func (f ListingFilter) normalised() ListingFilter {
	if f.Locality != nil && f.Locality.Siruta == bucharest && f.RadiusKm == 0 && f.Sort != SortNearest && f.order() != SortRelevance {
		f.County, f.Locality = f.Locality.County, nil
	}
	if f.Locality != nil {
		f.County = nil // a locality lies in one county; a radius may reach beyond it
	}
	return f
}

// localities returns the places that the filter covers; nil means everywhere.
func (f ListingFilter) localities(c *Catalog) []int64 {
	if f.Locality == nil {
		return f.places
	}
	var out []int64
	inside := c.Inside(f.Locality)
	for _, l := range inside {
		out = append(out, l.Siruta)
	}
	if f.RadiusKm > 0 {
		for _, n := range c.Around(f.Locality, float64(f.RadiusKm)) {
			if !slices.ContainsFunc(inside, func(l *Locality) bool { return l.Siruta == n.Siruta }) {
				out = append(out, n.Siruta)
			}
		}
	}
	return out
}

// matchValues returns the folded options of the filter.
func (a AttributeFilter) matchValues() []string {
	out := make([]string, len(a.AnyOf))
	for i, v := range a.AnyOf {
		out[i] = text.Fold(text.Line(v))
	}
	return out
}
