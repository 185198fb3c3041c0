package handlers

import (
	"slices"
	"strings"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// chips are the active filters, each with the address without it.
func (s *Server) chips(ls *listingSearch) []Chip {
	var chips []Chip
	add := func(label string, names ...string) {
		chips = append(chips, Chip{Label: label, RemoveURL: urls.WithQuery(urls.Results, ls.without(names...))})
	}
	f := ls.filter
	chips = append(chips, wordChips(ls)...)
	if f.Category != nil {
		names := []string{paramCategory}
		for name := range ls.values {
			if strings.HasPrefix(name, models.AttributePrefix) {
				names = append(names, name)
			}
		}
		add(f.Category.Name, names...)
	}
	switch {
	case f.Locality != nil && f.RadiusKm > 0:
		add(f.Locality.Name+" + "+ls.values.Get(paramRadius)+" km", paramLocality, paramRadius)
	case f.Locality != nil:
		add(f.Locality.Name, paramLocality)
	case f.County != nil:
		add(f.County.Name, paramCounty, paramLocality, paramRadius)
	}
	s.priceChips(ls, add)
	chips = append(chips, traitChips(ls)...)
	return append(chips, attributeChips(ls)...)
}

// traitChips are condition, seller, photos and age.
func traitChips(ls *listingSearch) []Chip {
	var chips []Chip
	add := func(label, name string) {
		chips = append(chips, Chip{Label: label, RemoveURL: urls.WithQuery(urls.Results, ls.without(name))})
	}
	f := ls.filter
	if f.Condition != "" {
		add(conditionLabels[f.Condition], paramCondition)
	}
	if f.Seller != "" {
		add(sellerLabels[f.Seller], paramSeller)
	}
	if f.WithPhotos {
		add("Cu fotografii", paramPhotos)
	}
	for _, a := range ages {
		if a.age == f.MaxAge {
			add(a.label, paramAge)
		}
	}
	return chips
}

func (s *Server) priceChips(ls *listingSearch, add func(string, ...string)) {
	unit := map[models.Currency]string{models.RON: " lei", models.EUR: " €"}[ls.currency]
	for _, bound := range []struct{ name, word string }{{paramPriceMin, "de la "}, {paramPriceMax, "până la "}} {
		if raw := ls.values.Get(bound.name); raw != "" {
			if amount, err := text.ParseAmount(raw); err == nil && amount.Currency == "" {
				raw = text.Number(amount.Minor/100) + unit
			}
			add(bound.word+raw, bound.name)
		}
	}
}

// wordChips are the words, and one chip for each exclusion.
func wordChips(ls *listingSearch) []Chip {
	words, excluded := splitExclusions(ls.filter.Query.String())
	var chips []Chip
	if words != "" {
		chips = append(chips, Chip{Label: quoted(words), RemoveURL: withWords(ls, "", excluded)})
	}
	for i, e := range excluded {
		others := slices.Concat(excluded[:i], excluded[i+1:])
		chips = append(chips, Chip{Label: "fără " + quoted(strings.Trim(e, `-"„”“«»`)), RemoveURL: withWords(ls, words, others)})
	}
	return chips
}

// withWords is the address of the search with other words.
func withWords(ls *listingSearch, words string, excluded []string) string {
	q := ls.without(paramQuery)
	if rest := strings.TrimSpace(words + " " + strings.Join(excluded, " ")); rest != "" {
		q.Set(paramQuery, rest)
		if !q.Has(paramRead) {
			q.Set(paramExact, models.AttributeBool) // what is left must not be read as a sentence of its own
		}
	}
	return urls.WithQuery(urls.Results, q)
}

// shownChips are the filters that hold, and those that were let go because nothing was found with all of them. Each is taken away from what
// was asked, so that what was let go for its sake is asked for again.
func (s *Server) shownChips(asked, done *listingSearch) (active, loose []Chip) {
	active = s.chips(done)
	if asked == done {
		return active, nil
	}
	words, _ := splitExclusions(asked.filter.Query.String())
	for _, chip := range s.chips(asked) {
		at := slices.IndexFunc(active, func(c Chip) bool { return c.Label == chip.Label })
		switch {
		case at >= 0:
			active[at].RemoveURL = chip.RemoveURL
		case words != "" && chip.Label == quoted(words):
			loose = append(loose, looseWords(asked, done)...)
		default:
			loose = append(loose, chip)
		}
	}
	return active, loose
}

// looseWords is a chip for the words that are not looked for any more, if there are any.
func looseWords(asked, done *listingSearch) []Chip {
	words, excluded := splitExclusions(asked.filter.Query.String())
	still, _ := splitExclusions(done.filter.Query.String())
	var kept, lost []string
	for _, word := range strings.Fields(noQuotes.Replace(words)) {
		if slices.Contains(strings.Fields(noQuotes.Replace(still)), word) {
			kept = append(kept, word)
		} else {
			lost = append(lost, word)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return []Chip{{Label: quoted(strings.Join(lost, " ")), RemoveURL: withWords(asked, strings.Join(kept, " "), excluded)}}
}

// noQuotes takes the quotes of phrases away.
var noQuotes = strings.NewReplacer(`"`, " ", "„", " ", "“", " ", "”", " ", "«", " ", "»", " ")

// quoted puts words between the quotes of people; a phrase brings its own.
func quoted(words string) string {
	if strings.ContainsAny(words, `"„”“«»`) {
		return words
	}
	return "„" + words + "”"
}

// attributeChips has one chip for each option and each bound.
func attributeChips(ls *listingSearch) []Chip {
	var chips []Chip
	for _, a := range ls.attributes() {
		name := models.AttributePrefix + a.Key
		for i, v := range ls.values[name] {
			q := ls.without(name)
			for j, other := range ls.values[name] {
				if i != j {
					q.Add(name, other)
				}
			}
			label := a.Label + ": " + v
			if a.Kind == models.KindBool {
				label = a.Label
			}
			chips = append(chips, Chip{Label: label, RemoveURL: urls.WithQuery(urls.Results, q)})
		}
		for _, bound := range []struct{ suffix, word string }{{"_min", " de la "}, {"_max", " până la "}} {
			if v := ls.values.Get(name + bound.suffix); v != "" {
				label := strings.TrimSpace(a.Label + bound.word + v + " " + a.Unit)
				chips = append(chips, Chip{Label: label, RemoveURL: urls.WithQuery(urls.Results, ls.without(name+bound.suffix))})
			}
		}
	}
	return chips
}
