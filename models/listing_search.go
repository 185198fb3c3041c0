package models

// hasWords reports whether the filter asks the full-text index for words.
func (f ListingFilter) hasWords() bool { return !f.Query.Empty() || len(f.Query.Excluded) > 0 }

// maxPlaceTokens bounds the places of one match; for more the rows are looked at.
const maxPlaceTokens = 80

// where words are looked for.
type where int

const (
	anywhere  where = iota
	inTitle         // all of them in the title
	elsewhere       // not all of them in the title
)

// match is the question to the full-text index: for the words, for the filters that are tokens, and for more.
func (s *Store) match(f ListingFilter, at where, more ...string) string {
	n := s.notation()
	var parts []string
	if !f.Query.Empty() {
		parts = append(parts, n.terms(f.Query, at == inTitle))
	}
	for _, phrase := range f.Query.Phrases {
		parts = append(parts, n.phrase(phrase, false))
	}
	parts = append(parts, s.filterMatch(f)...)
	parts = append(parts, more...)
	if len(parts) == 0 {
		parts = append(parts, n.anyToken(everything))
	}
	found := n.all(parts)
	var not []string
	for _, phrase := range f.Query.Excluded {
		not = append(not, n.phrase(phrase, false))
	}
	if at == elsewhere {
		not = append(not, n.terms(f.Query, true))
	}
	if len(not) == 0 {
		return found
	}
	return n.without(found, not)
}

// filterMatch is the part of the expression for filters.
func (s *Store) filterMatch(f ListingFilter) []string {
	n := s.notation()
	var parts []string
	add := func(tokens ...string) { parts = append(parts, n.anyToken(tokens...)) }
	if f.Category != nil && f.Category.IsLeaf() {
		add("c" + itoa(f.Category.ID))
	} else if f.Category != nil {
		add("t" + itoa(f.Category.ID))
	}
	if f.County != nil {
		add("j" + f.County.Code)
	}
	if f.Condition != "" {
		add("s" + string(f.Condition))
	}
	if places := f.localities(s.catalog); len(places) > 0 && len(places) <= maxPlaceTokens {
		tokens := make([]string, len(places))
		for i, siruta := range places {
			tokens[i] = "l" + itoa(siruta)
		}
		add(tokens...)
	}
	// Words within a category or county are few enough to look at: joining the lists of a price range would take longer.
	narrow := !f.Query.Empty() && (f.County != nil || f.Category != nil && f.Category.IsLeaf())
	if tokens := f.priceTokens(); len(tokens) > 0 && len(tokens) <= n.maxRange() && !narrow {
		add(tokens...)
	}
	if f.priceless {
		add(noPrice)
	}
	for _, a := range f.Attributes {
		var tokens []string
		for _, value := range a.matchValues() {
			tokens = append(tokens, optionToken(a.Key, value))
		}
		if len(tokens) > 0 {
			add(tokens...)
		}
		if tokens := a.numberTokens(); len(tokens) > 0 && len(tokens) <= n.maxRange() {
			add(tokens...)
		}
		for _, word := range plainWords(matchValue(a.Contains)) {
			parts = append(parts, n.tokenBeginning(detailToken(a.Key, word)))
		}
	}
	return parts
}

// priceTokens are ranges of prices that cover the filter's; the rows' own prices decide at its ends.
func (f ListingFilter) priceTokens() []string {
	if f.PriceMin == nil && f.PriceMax == nil {
		return nil
	}
	low, high := stepOf(0), stepOf(maxStepped)
	if f.PriceMin != nil {
		low = stepOf(min(max(*f.PriceMin, 0), maxStepped))
	}
	if f.PriceMax != nil {
		high = stepOf(min(max(*f.PriceMax, 0), maxStepped))
	}
	return stepTokens(low, high)
}

// numberTokens are the same for the numbers of an attribute.
func (a AttributeFilter) numberTokens() []string {
	if a.Min == nil && a.Max == nil {
		return nil
	}
	low, high := stepOf(0), stepOf(maxStepped)
	if a.Min != nil {
		low = numberStep(a.Key, *a.Min)
	}
	if a.Max != nil {
		high = numberStep(a.Key, *a.Max)
	}
	tokens := stepTokens(low, high)
	for i, t := range tokens {
		tokens[i] = numberToken(a.Key, t)
	}
	return tokens
}

// stepTokens covers the range with as few tokens as possible.
func stepTokens(low, high step) []string {
	if low > high {
		return []string{low.token()} // a range that ends before it begins; the rows' own numbers refuse it
	}
	var tokens []string
	for at := low; at <= high; {
		if first, last := at.octave().steps(); at == first && last <= high {
			tokens = append(tokens, at.octave().token())
			at = last + 1
		} else {
			tokens = append(tokens, at.token())
			at++
		}
	}
	return tokens
}
