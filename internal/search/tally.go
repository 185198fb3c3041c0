package search

import (
	"cmp"
	"slices"
	"strings"

	"piata.ro/internal/text"
)

const (
	maxLeading    = 4  // tokens of the beginning of a title that is kept
	maxEntryBytes = 60 // of an entry
)

// Tally counts the words of titles, and the first few words together, for a Vocabulary.
type Tally struct {
	limit int
	seen  map[string]*Entry // by folded text
}

// NewTally returns a tally that keeps about limit entries and forgets the rarest when there are twice as many.
func NewTally(limit int) *Tally { return &Tally{limit: limit, seen: map[string]*Entry{}} }

// Add counts the words of one title, each once, and its beginnings of two to four words.
func (t *Tally) Add(title string) {
	title = text.Line(title)
	tokens := lex(title)
	counted := map[string]bool{}
	count := func(from, to int) {
		shown := strings.ToLower(title[from:to])
		folded := text.Fold(shown)
		if len(folded) < minWord || len(shown) > maxEntryBytes || counted[folded] {
			return
		}
		counted[folded] = true
		e := t.seen[folded]
		if e == nil {
			e = &Entry{Text: shown}
			t.seen[folded] = e
		}
		e.Count++
		if len(shown) > len(e.Text) { // with its diacritics
			e.Text = shown
		}
	}
	for i, token := range tokens {
		alone := !token.glued && (i+1 == len(tokens) || !tokens[i+1].glued)
		if isPlainWord(token.word) && alone && !isStopWord(token.word) && len(token.word) <= maxWord {
			count(token.start, token.end)
		}
		if i > 0 && i < maxLeading && isPhrase(title, tokens[:i+1]) {
			count(tokens[0].start, token.end)
		}
	}
	if len(t.seen) > 2*t.limit {
		t.forget()
	}
}

// isPhrase tells whether the first tokens of a title say something together: words with spaces between them, not „mașină de”.
func isPhrase(title string, tokens []token) bool {
	for i, token := range tokens {
		if i > 0 && !token.glued && title[tokens[i-1].end:token.start] != " " || !token.number && !isPlainWord(token.word) {
			return false
		}
	}
	last := tokens[len(tokens)-1]
	return !isStopWord(last.word) && isPlainWord(tokens[0].word) && tokens[0].end < last.start
}

// forget drops the rarest half.
func (t *Tally) forget() {
	counts := make([]int, 0, len(t.seen))
	for _, e := range t.seen {
		counts = append(counts, e.Count)
	}
	slices.Sort(counts)
	floor := counts[len(counts)/2]
	for folded, e := range t.seen {
		if len(t.seen) <= t.limit {
			return
		}
		if e.Count <= floor {
			delete(t.seen, folded)
		}
	}
}

// minTogether is how many adverts must begin with the same words before those are suggested to others.
const minTogether = 3

// Entries returns what was counted, the most frequent first and no more than the limit.
func (t *Tally) Entries() []Entry {
	entries := make([]Entry, 0, len(t.seen))
	for folded, e := range t.seen {
		if e.Count >= minTogether || isPlainWord(folded) {
			entries = append(entries, *e)
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
	})
	return entries[:min(len(entries), t.limit)]
}
