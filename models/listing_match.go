package models

import (
	"slices"
	"strconv"
	"strings"
)

// Subject is a listing prepared for asking which searches it answers: the way round that the database cannot go.
type Subject struct {
	Listing    Listing
	Attributes []AttributeValue
	dealer     bool // sold by a firm
	catalog    *Catalog
	place      *Locality
	words      words
	tokens     []string // of title and body, sorted, each once
	options    []string // tokens of the options of its attributes
}

// Subject prepares the listing; dealer is whether a firm sells it.
func (s *Store) Subject(l Listing, attributes []AttributeValue, dealer bool) Subject {
	out := Subject{Listing: l, Attributes: attributes, dealer: dealer, catalog: s.catalog, place: s.catalog.LocalityByCode(l.LocalitySiruta), words: s.wordsOf(&l, attributes)}
	out.tokens = slices.Concat(out.words.title, out.words.body)
	slices.Sort(out.tokens)
	out.tokens = slices.Compact(out.tokens)
	for _, v := range attributes {
		if v.TextValue != "" {
			out.options = append(out.options, optionToken(v.Key, v.MatchValue))
		}
	}
	return out
}

// What a search asks for besides category and price is kept as a text of conditions with spaces between them, so that each of the many
// searches that a new listing may answer is decided without reading its query again. The first letter of a condition says what it is.
const (
	needWord   = 'w' // wgolf, or wlapto|lapto for an unfinished word: a token, or any that begins so
	needPhrase = '"' // "golf+gti: tokens next to each other
	needNot    = '-' // -golf+gti: not these
	needCounty = 'j' // jCJ
	needPlace  = 'l' // l54975+20: a locality and the kilometres around it
	needState  = 's' // snou
	needSeller = 'v' // vfirma
	needPhotos = 'f'
	needOption = 'o' // oa1b2|a3c4: any of these options
	needNumber = 'n' // nkm:0:150000: an attribute, from and to; empty for open
	needDetail = 'd' // dwmodel0log: the beginning of a word of an attribute
)

// conditions writes what the filter asks for besides category and price.
func (f ListingFilter) conditions() string {
	var out []string
	need := func(kind rune, what string) { out = append(out, string(kind)+what) }
	switch {
	case f.Locality != nil:
		need(needPlace, itoa(f.Locality.Siruta)+"+"+strconv.Itoa(f.RadiusKm))
	case f.County != nil:
		need(needCounty, f.County.Code)
	}
	if f.Condition != "" {
		need(needState, string(f.Condition))
	}
	if f.Seller != "" {
		need(needSeller, string(f.Seller))
	}
	if f.WithPhotos {
		need(needPhotos, "")
	}
	for _, term := range f.Query.Terms {
		if term.Prefix == "" {
			need(needWord, term.Stem)
		} else {
			need(needWord, term.Stem+"|"+term.Prefix)
		}
	}
	for _, phrase := range f.Query.Phrases {
		need(needPhrase, strings.Join(phrase, "+"))
	}
	for _, excluded := range f.Query.Excluded {
		need(needNot, strings.Join(excluded, "+"))
	}
	for _, a := range f.Attributes {
		a.conditions(need)
	}
	return strings.Join(out, " ")
}

func (a AttributeFilter) conditions(need func(kind rune, what string)) {
	if len(a.AnyOf) > 0 {
		var options []string
		for _, value := range a.matchValues() {
			options = append(options, optionToken(a.Key, value))
		}
		need(needOption, strings.Join(options, "|"))
	}
	if a.Min != nil || a.Max != nil {
		need(needNumber, a.Key+":"+boundText(a.Min)+":"+boundText(a.Max))
	}
	for _, word := range plainWords(matchValue(a.Contains)) {
		need(needDetail, detailToken(a.Key, word))
	}
}

func boundText(bound *float64) string {
	if bound == nil {
		return ""
	}
	return strconv.FormatFloat(*bound, 'g', -1, 64)
}

// meets reports whether the listing meets all the conditions. It agrees with the queries of Listings, which a test holds it to.
func (b *Subject) meets(conditions string) bool {
	for condition := range strings.SplitSeq(conditions, " ") {
		if condition != "" && !b.meetsOne(condition[0], condition[1:]) {
			return false
		}
	}
	return true
}

func (b *Subject) meetsOne(kind byte, what string) bool {
	l := &b.Listing
	switch kind {
	case needWord:
		stem, prefix, unfinished := strings.Cut(what, "|")
		return b.hasToken(stem) || unfinished && b.hasPrefix(prefix)
	case needPhrase:
		return b.hasPhrase(strings.Split(what, "+"))
	case needNot:
		return !b.hasPhrase(strings.Split(what, "+"))
	case needCounty:
		return l.CountyCode == what
	case needPlace:
		return b.within(what)
	case needState:
		return string(l.Condition) == what
	case needSeller:
		return b.dealer == (what == string(SellerDealer))
	case needPhotos:
		return l.PhotoCount > 0
	case needOption:
		return slices.ContainsFunc(strings.Split(what, "|"), func(o string) bool { return slices.Contains(b.options, o) })
	case needNumber:
		return b.hasNumber(what)
	case needDetail:
		return slices.ContainsFunc(b.words.details, func(detail string) bool { return strings.HasPrefix(detail, what) })
	}
	return false // of a newer program
}

// within: in the place, in a sector of it, or no farther than the radius.
func (b *Subject) within(what string) bool {
	place, radius, _ := strings.Cut(what, "+")
	if place == itoa(b.Listing.LocalitySiruta) {
		return true
	}
	code, badCode := strconv.ParseInt(place, 10, 64)
	km, badRadius := strconv.Atoi(radius)
	centre := b.catalog.LocalityByCode(code)
	if badCode != nil || badRadius != nil || centre == nil || b.place == nil {
		return false
	}
	return code == bucharest && b.place.County.Code == centre.County.Code || km > 0 && centre.Distance(b.place) <= float64(km)
}

func (b *Subject) hasNumber(what string) bool {
	key, bounds, _ := strings.Cut(what, ":")
	low, high, _ := strings.Cut(bounds, ":")
	return slices.ContainsFunc(b.Attributes, func(v AttributeValue) bool {
		return v.Key == key && v.NumberValue != nil && isBound(low, func(n float64) bool { return *v.NumberValue >= n }) &&
			isBound(high, func(n float64) bool { return *v.NumberValue <= n })
	})
}

// isBound reports whether the bound holds; an open one does.
func isBound(bound string, holds func(n float64) bool) bool {
	if bound == "" {
		return true
	}
	n, err := strconv.ParseFloat(bound, 64)
	return err == nil && holds(n)
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
