package models

import (
	"slices"
	"strings"
	"time"

	"piata.ro/internal/search"
)

// Subject is a listing prepared for asking which searches it answers: the way round that the database cannot go.
type Subject struct {
	Listing    Listing
	Attributes []AttributeValue
	dealer     bool // sold by a firm
	now        time.Time
	place      *Locality
	words      words
	tokens     []string // of title and body, sorted, each once
}

// Subject prepares the listing; dealer is whether a firm sells it.
func (s *Store) Subject(l Listing, attributes []AttributeValue, dealer bool) Subject {
	out := Subject{Listing: l, Attributes: attributes, dealer: dealer, now: s.now(), place: s.catalog.LocalityByCode(l.LocalitySiruta), words: s.wordsOf(&l, attributes)}
	out.tokens = slices.Concat(out.words.title, out.words.body)
	slices.Sort(out.tokens)
	out.tokens = slices.Compact(out.tokens)
	return out
}

// Answers reports whether the filter finds the listing. It agrees with the queries of Listings, which a test holds it to; the order is
// of no concern.
func (b *Subject) Answers(f ListingFilter) bool {
	l := &b.Listing
	switch {
	case l.Status != StatusActive,
		f.Category != nil && l.CategoryID != f.Category.ID && l.TopCategoryID != f.Category.ID,
		f.County != nil && f.Locality == nil && l.CountyCode != f.County.Code,
		f.Locality != nil && !b.within(f.Locality, f.RadiusKm),
		f.PriceMin != nil && (l.PriceRON == nil || *l.PriceRON < *f.PriceMin),
		f.PriceMax != nil && (l.PriceRON == nil || *l.PriceRON > *f.PriceMax),
		f.Condition != "" && l.Condition != f.Condition,
		f.OwnerID != 0 && l.OwnerID != f.OwnerID,
		f.ExceptID == l.ID,
		f.WithPhotos && l.PhotoCount == 0,
		f.Seller != "" && b.dealer != (f.Seller == SellerDealer),
		f.MaxAge > 0 && l.PublishedAt.Before(b.now.Add(-f.MaxAge)),
		!b.says(f.Query):
		return false
	}
	return !slices.ContainsFunc(f.Attributes, func(a AttributeFilter) bool { return !b.has(a) })
}

// within: in the place, in a sector of it, or no farther than the radius.
func (b *Subject) within(centre *Locality, radiusKm int) bool {
	if b.place == nil {
		return false
	}
	return b.place == centre || centre.Siruta == bucharest && b.place.County.Code == centre.County.Code ||
		radiusKm > 0 && centre.Distance(b.place) <= float64(radiusKm)
}

func (b *Subject) has(f AttributeFilter) bool {
	for _, word := range plainWords(matchValue(f.Contains)) {
		beginning := detailToken(f.Key, word)
		if !slices.ContainsFunc(b.words.details, func(detail string) bool { return strings.HasPrefix(detail, beginning) }) {
			return false
		}
	}
	return slices.ContainsFunc(b.Attributes, func(v AttributeValue) bool {
		return v.Key == f.Key && (len(f.AnyOf) == 0 || slices.Contains(f.matchValues(), v.MatchValue)) &&
			(f.Min == nil || v.NumberValue != nil && *v.NumberValue >= *f.Min) &&
			(f.Max == nil || v.NumberValue != nil && *v.NumberValue <= *f.Max)
	})
}

// says reports whether title and description have all that the query asks for and nothing that it excludes.
func (b *Subject) says(q search.Query) bool {
	for _, term := range q.Terms {
		if !b.hasToken(term.Stem) && (term.Prefix == "" || !b.hasPrefix(term.Prefix)) {
			return false
		}
	}
	lacks := func(phrase []string) bool { return !b.hasPhrase(phrase) }
	return !slices.ContainsFunc(q.Phrases, lacks) && !slices.ContainsFunc(q.Excluded, b.hasPhrase)
}

func (b *Subject) hasToken(token string) bool {
	_, found := slices.BinarySearch(b.tokens, token)
	return found
}

func (b *Subject) hasPrefix(prefix string) bool {
	i, _ := slices.BinarySearch(b.tokens, prefix)
	return i < len(b.tokens) && strings.HasPrefix(b.tokens[i], prefix)
}

// hasPhrase reports whether the tokens stand next to each other in the title or in the body.
func (b *Subject) hasPhrase(phrase []string) bool {
	if slices.ContainsFunc(phrase, func(token string) bool { return !b.hasToken(token) }) {
		return false
	}
	return len(phrase) == 1 || adjacent(b.words.title, phrase) || adjacent(b.words.body, phrase)
}

func adjacent(tokens, phrase []string) bool {
	for i := 0; i+len(phrase) <= len(tokens); i++ {
		if slices.Equal(tokens[i:i+len(phrase)], phrase) {
			return true
		}
	}
	return false
}
