package search

import (
	"cmp"
	"slices"
	"strings"

	"piata.ro/internal/text"
)

// Suggestion is one way to go on with what is being typed. Exactly one of Words, Category and Place is set; Before goes with a place.
type Suggestion struct {
	Words    string // the whole text of the search box
	Category string // slug
	Place    string // as it is shown: „Turda, Cluj”
	Before   string // the words before the place: „golf 7” of „golf 7 în clu”
	County   string // code, of a place
	Locality string // slug, of a place; "" for a county
}

// How many suggestions of each kind there are at most.
const (
	maxWordSuggestions     = 5
	maxCategorySuggestions = 2
	maxPlaceSuggestions    = 2
)

const (
	minTyped        = 2      // letters before anything is suggested
	minTypedPlace   = 3      // of a place without „în” before it
	suggestedCity   = 20_000 // residents of a place that is suggested without „în” before it
	maxPlaceTokens  = 3
	communeFromHere = 5 // typed letters from which small places are suggested too
)

// Suggest returns how the typed text may go on: words of adverts first, then categories, then places.
func (r *Reader) Suggest(v *Vocabulary, s string) []Suggestion {
	clean := cleanQuery(s)
	folded := text.Fold(clean)
	if len(folded) < minTyped {
		return nil
	}
	goesOn := strings.HasSuffix(s, " ")
	var out []Suggestion
	for _, words := range v.suggestWords(clean, folded, goesOn) {
		out = append(out, Suggestion{Words: words})
	}
	for _, slug := range r.suggestCategories(folded) {
		out = append(out, Suggestion{Category: slug})
	}
	if !goesOn {
		out = append(out, r.suggestPlaces(clean)...)
	}
	if len(out) == 0 {
		if better, changed := v.Correct(clean); changed {
			out = append(out, Suggestion{Words: better})
		}
	}
	return out
}

// suggestWords completes the whole text, then its last word.
func (v *Vocabulary) suggestWords(clean, folded string, goesOn bool) []string {
	var out []string
	add := func(words string) {
		same := func(other string) bool { return text.Fold(other) == text.Fold(words) }
		if len(out) < maxWordSuggestions && text.Fold(words) != folded && !slices.ContainsFunc(out, same) {
			out = append(out, words)
		}
	}
	whole := folded
	if goesOn {
		whole += " "
	}
	for _, words := range v.Complete(whole, maxWordSuggestions+1) {
		add(words)
	}
	last := strings.LastIndexByte(clean, ' ') + 1
	if begun := text.Fold(clean[last:]); last > 0 && !goesOn && len(begun) >= minTyped {
		for _, word := range v.Complete(begun, 2*maxWordSuggestions) {
			if !strings.Contains(word, " ") {
				add(clean[:last] + word)
			}
		}
	}
	return out
}

// begun is a name that can be completed.
type begun struct {
	folded string
	slug   string // of a category
	place  place
	shown  string // of a place
	weight int64
}

// completing returns the names that begin with the folded text, the weightiest first and one for each slug.
func completing(names []begun, folded string, keep func(begun) bool, limit int) []begun {
	start, _ := slices.BinarySearchFunc(names, folded, func(n begun, s string) int { return strings.Compare(n.folded, s) })
	var out []begun
	for _, n := range names[start:] {
		if !strings.HasPrefix(n.folded, folded) {
			break
		}
		if keep(n) {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b begun) int { return cmp.Compare(b.weight, a.weight) })
	return out[:min(len(out), limit)]
}

// suggestCategories finds categories by their names and by the names of what is in them.
func (r *Reader) suggestCategories(folded string) []string {
	var slugs []string
	for _, n := range completing(r.categoryNames, folded, func(begun) bool { return true }, 4*maxCategorySuggestions) {
		if !slices.Contains(slugs, n.slug) && len(slugs) < maxCategorySuggestions {
			slugs = append(slugs, n.slug)
		}
	}
	return slugs
}

// suggestPlaces completes the last words as a place.
func (r *Reader) suggestPlaces(clean string) []Suggestion {
	tokens := lex(clean)
	for n := min(maxPlaceTokens, len(tokens)); n > 0; n-- {
		from := len(tokens) - n
		typed := placeKey(text.Fold(clean[tokens[from].start:]))
		head := from
		for head > 0 && slices.Contains(placeWords, tokens[head-1].word) {
			head--
		}
		introduced := head < from
		if len(typed) < minTypedPlace && !introduced || slices.Contains(placeWords, tokens[from].word) {
			continue
		}
		keep := func(b begun) bool {
			return b.weight >= suggestedCity || introduced && (len(typed) >= communeFromHere || b.weight >= minBareTown)
		}
		var out []Suggestion
		for _, b := range completing(r.placeNames, typed, keep, maxPlaceSuggestions) {
			before := ""
			if head > 0 {
				before = strings.TrimSpace(clean[:tokens[head-1].end])
			}
			out = append(out, Suggestion{Place: b.shown, Before: before, County: b.place.county, Locality: b.place.slug})
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// addNames sorts what can be completed: categories under each word of their names and under their things, and places.
func (r *Reader) addNames(ref Reference) {
	known := map[string]bool{}
	add := func(slug, name string, weight int64) {
		if folded := text.Fold(name); !known[slug+" "+folded] {
			known[slug+" "+folded] = true
			r.categoryNames = append(r.categoryNames, begun{folded: folded, slug: slug, weight: weight})
		}
	}
	for _, c := range ref.Categories {
		add(c.Slug, c.Name, 3)
		for part := range strings.FieldsFuncSeq(c.Name, func(r rune) bool { return r == ' ' || r == ',' }) {
			if len(part) > minWord && !isStopWord(text.Fold(part)) {
				add(c.Slug, part, 1)
			}
		}
	}
	for left, names := range records(nounList) {
		for _, slug := range strings.Fields(left) {
			for _, name := range names {
				if r.leaves[slug] != nil {
					add(slug, name, 2)
				}
			}
		}
	}
	counties := map[string]string{}
	for _, c := range ref.Counties {
		counties[c.Code] = c.Name
		shown := "județul " + c.Name
		if c.Code == "B" {
			shown = c.Name
		}
		r.placeNames = append(r.placeNames, begun{folded: placeKey(text.Fold(c.Name)), shown: shown, place: place{county: c.Code}, weight: 1 << 30})
	}
	for _, l := range ref.Localities {
		if l.County == "B" && l.Kind != "sector" {
			continue // the county is the same
		}
		b := begun{folded: placeKey(text.Fold(strings.TrimPrefix(l.Name, capital))), shown: l.Name + ", " + counties[l.County], place: place{county: l.County, slug: l.Slug}, weight: l.Population}
		if l.County == "B" {
			b.shown = l.Name
		}
		r.placeNames = append(r.placeNames, b)
	}
	byName := func(a, b begun) int { return strings.Compare(a.folded, b.folded) }
	slices.SortFunc(r.categoryNames, byName)
	slices.SortStableFunc(r.placeNames, byName)
}
