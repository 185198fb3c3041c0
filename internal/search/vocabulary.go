package search

import (
	"math"
	"slices"
	"strings"

	"piata.ro/internal/text"
)

// Entry is a word, or a few words with which titles begin, as adverts write it.
type Entry struct {
	Text  string // "mașină", "Golf 7"; folded it is unique
	Count int    // adverts that have it
}

// Vocabulary is what the site's adverts talk about. It is made once and used by many at the same time.
type Vocabulary struct {
	entries []entry        // sorted by folded text, for completion
	lengths [][]candidate  // single words by length, for corrections
	stems   map[string]int // how many adverts have a word of this root
}

type entry struct {
	folded, shown string
	count         int
}

// candidate is a word that a mistyped one may stand for.
type candidate struct {
	word          string
	letters       uint32 // which of a-z it has
	entry         int32  // place among the entries, or -1 of a word that only our own lists know
	first, second byte   // of the word: most words are ruled out without looking at it
}

const (
	minWord = 3 // letters of a word that is kept and corrected
	maxWord = 24
)

// NewVocabulary prepares the words of the adverts together with those of our own lists and of the reader's places.
func NewVocabulary(entries []Entry, r *Reader) *Vocabulary {
	v := &Vocabulary{lengths: make([][]candidate, maxWord+1), stems: make(map[string]int, len(entries))}
	base := baseWords(r)
	v.entries = make([]entry, 0, len(entries))
	for _, e := range entries {
		v.entries = append(v.entries, entry{folded: text.Fold(e.Text), shown: e.Text, count: e.Count})
	}
	slices.SortFunc(v.entries, func(a, b entry) int { return strings.Compare(a.folded, b.folded) })
	for i, e := range v.entries {
		if isPlainWord(e.folded) {
			v.stems[Stem(e.folded)] += e.count
			v.addCandidate(e.folded, int32(i))
			delete(base, e.folded)
		}
	}
	for word := range base {
		if _, known := v.stems[Stem(word)]; !known {
			v.stems[Stem(word)] = 0
		}
		v.addCandidate(word, -1)
	}
	return v
}

func (v *Vocabulary) addCandidate(word string, at int32) {
	if n := len(word); n >= minWord && n <= maxWord {
		v.lengths[n] = append(v.lengths[n], candidate{word: word, letters: lettersOf(word), entry: at, first: word[0], second: word[1]})
	}
}

func isPlainWord(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) {
			return false
		}
	}
	return s != ""
}

func lettersOf(word string) uint32 {
	var set uint32
	for i := range len(word) {
		set |= 1 << (word[i] - 'a')
	}
	return set
}

// baseWords are the single words of our own lists: names of things, options, places, and what sentences are made of.
func baseWords(r *Reader) map[string]struct{} {
	base := map[string]struct{}{}
	add := func(s string) {
		for _, t := range lex(s) {
			if isPlainWord(t.word) {
				base[t.word] = struct{}{}
			}
		}
	}
	for _, list := range []string{nounList, optionList} {
		for _, names := range records(list) {
			for _, name := range names {
				add(name)
			}
		}
	}
	for word := range words().whole {
		base[word] = struct{}{}
	}
	for _, c := range comparisons {
		add(c.words)
	}
	for word, names := range synonyms {
		add(word + " " + strings.Join(names, " "))
	}
	if r != nil {
		for _, n := range r.placeNames {
			add(n.folded)
		}
		for _, l := range r.leaves {
			for _, a := range l.attributes {
				add(strings.Join(a.Options, " "))
			}
		}
	}
	return base
}

// known tells whether a word needs no correction: some advert has a word of its root, or it says how things belong together.
func (v *Vocabulary) known(word string) bool {
	if len(word) < minWord || len(word) > maxWord || isStopWord(word) || slices.Contains(aside, word) {
		return true
	}
	if _, found := units[word]; found || currencies[word] != "" || contexts[word] != "" || numerals[word] != "" {
		return true
	}
	_, found := v.stems[Stem(word)]
	return found
}

// Count tells how many adverts have a word of the same root.
func (v *Vocabulary) Count(word string) int { return v.stems[Stem(text.Fold(word))] }

// manyAdverts have a word that is then taken for whole. There are more of them than anybody looks at, so what merely begins with the word would
// stand behind them all; and of common beginnings the databases have to collect every advert.
const manyAdverts = 200

// Finish takes a last word that may be unfinished for whole when many adverts have it.
func (v *Vocabulary) Finish(q Query) Query {
	for i, t := range q.Terms {
		if t.Prefix != "" && v.stems[t.Stem] >= manyAdverts {
			q.Terms = slices.Clone(q.Terms)
			q.Terms[i].Prefix = ""
		}
	}
	return q
}

// Correct writes the words that no advert has as the likeliest words that some have. It reports false when there is nothing to correct.
// Numbers, words in quotes and excluded words stay as they are.
func (v *Vocabulary) Correct(s string) (string, bool) {
	clean := cleanQuery(s)
	tokens := lex(clean)
	var b strings.Builder
	from, changed := 0, false
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.number || t.used || t.glued || !isPlainWord(t.word) || i+1 < len(tokens) && tokens[i+1].glued {
			continue
		}
		better, end := "", i+1
		if i+1 < len(tokens) && isPlainWord(tokens[i+1].word) && !tokens[i+1].used {
			if better = v.joined(t.word, tokens[i+1].word); better != "" {
				end = i + 2
			}
		}
		if better == "" && !v.known(t.word) {
			better = v.correctWord(t.word)
		}
		if better == "" {
			continue
		}
		b.WriteString(clean[from:t.start] + better)
		from, changed = tokens[end-1].end, true
		i = end - 1
	}
	b.WriteString(clean[from:])
	return b.String(), changed
}

// joined returns „laptop” for „lap top”, when one of the two says nothing alone.
func (v *Vocabulary) joined(a, b string) string {
	if len(a) < 2 || len(b) < 2 || isStopWord(a) || isStopWord(b) || v.Count(a) > 0 && v.Count(b) > 0 || v.known(a) && v.known(b) && len(a) > 3 && len(b) > 3 {
		return ""
	}
	if word := a + b; len(word) <= maxWord && v.Count(word) > max(v.Count(a), v.Count(b)) {
		return v.shownAs(word)
	}
	return ""
}

// shownAs is how adverts write a folded word.
func (v *Vocabulary) shownAs(folded string) string {
	if i, found := slices.BinarySearchFunc(v.entries, folded, func(e entry, s string) int { return strings.Compare(e.folded, s) }); found {
		return v.entries[i].shown
	}
	return folded
}

// maxCost is how far a correction may be from a word of n letters.
func maxCost(n int) float32 {
	switch {
	case n <= 3:
		return 0.8
	case n <= 4:
		return 1
	case n <= 6:
		return 1.5
	}
	return 2
}

// correctWord returns the likeliest word, or "" when none is near. A word that is one mistake away is not searched further for.
func (v *Vocabulary) correctWord(word string) string {
	limit := maxCost(len(word))
	best, score := v.nearest(word, min(limit, 1), 1)
	if best == "" && limit > 1 {
		best, score = v.nearest(word, limit, 2)
	}
	if parts := v.split(word); parts != "" && score > splitScore {
		return parts
	}
	if best == "" {
		return ""
	}
	return v.shownAs(best)
}

// nearest finds the best word within the cost, of about as many edits.
func (v *Vocabulary) nearest(word string, limit float32, edits int) (best string, bestScore float64) {
	letters := lettersOf(word)
	bestScore = math.MaxFloat64
	for n := max(minWord, len(word)-edits); n <= min(maxWord, len(word)+edits) && n < len(v.lengths); n++ {
		for i := range v.lengths[n] {
			c := &v.lengths[n][i]
			if !beginsAlike(word, c.first, c.second) || missing(letters, c.letters) > edits || missing(c.letters, letters) > edits {
				continue
			}
			cost := editCost(word, c.word, limit)
			if cost > limit {
				continue
			}
			if score := v.score(c, cost); score < bestScore {
				best, bestScore = c.word, score
			}
		}
	}
	return best, bestScore
}

// splitScore is how good „mașină spălat” for „masinaspalat” is beside other corrections.
const splitScore = 0.9

// score weighs how far a word is against how often it is used: a mistake less is worth a hundred times the adverts.
func (v *Vocabulary) score(c *candidate, cost float32) float64 {
	count := 0.3
	if c.entry >= 0 {
		count = float64(v.entries[c.entry].count)
	}
	return float64(cost) - 0.25*math.Log10(count+1)
}

// split finds two words that adverts have, written without the space between them.
func (v *Vocabulary) split(word string) string {
	best, bestCount := "", 0
	for i := minWord; i+2 <= len(word); i++ {
		a, b := word[:i], word[i:]
		if len(b) < minWord && synonyms[b] == nil {
			continue
		}
		if n := min(v.Count(a), max(v.Count(b), v.Count(strings.Join(synonyms[b], "")))); n > bestCount {
			best, bestCount = v.shownAs(a)+" "+v.shownAs(b), n
		}
	}
	return best
}

// Complete returns entries that begin with the folded text, the most frequent first.
func (v *Vocabulary) Complete(folded string, limit int) []string {
	start, _ := slices.BinarySearchFunc(v.entries, folded, func(e entry, s string) int { return strings.Compare(e.folded, s) })
	var best []entry
	for _, e := range v.entries[start:] {
		if !strings.HasPrefix(e.folded, folded) {
			break
		}
		if len(best) == limit && e.count <= best[limit-1].count {
			continue
		}
		at := len(best)
		for at > 0 && best[at-1].count < e.count {
			at--
		}
		best = slices.Insert(best, at, e)
		best = best[:min(len(best), limit)]
	}
	out := make([]string, len(best))
	for i, e := range best {
		out[i] = e.shown
	}
	return out
}
