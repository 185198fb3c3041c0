// Package search turns words typed by people into tokens that both databases compare in the same way.
// The same analysis runs over a text when it is stored and over a query when it is asked: letters are folded,
// words brought to their root, numbers and units to one spelling. It knows nothing of SQL; a token is
// made of a-z and 0-9 alone, so no query can carry an operator of a search engine.
package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"piata.ro/internal/text"
)

const (
	maxTokens   = 4000 // of one text: the longest description has less than half of it
	maxTokenLen = 40   // bytes
)

// Version changes with every change of the analysis. A database that was indexed by another one has to be indexed again.
const Version = 5

// Analyze returns the tokens of a title or a description in reading order, repeated words included, so that
// words next to each other stay so. After them stand more than a query asks for: „16 GB” is found by "16gb" and
// by "16". At most 4,000 tokens of at most 40 bytes are returned, made of a-z and 0-9 only.
func Analyze(s string) []string {
	out := output{limit: maxTokens, forText: true}
	out.read(s)
	return append(out.tokens, out.extras[:min(len(out.extras), maxTokens-len(out.tokens))]...)
}

// output collects the tokens of one text or one query.
type output struct {
	tokens  []string
	extras  []string // other ways to find a text
	words   []string // for a query: the plain word behind each token, "" for numbers, names and sizes
	limit   int
	forText bool
}

// read analyses s, which should be clean (see text.Line) for old spelling to be noticed.
func (out *output) read(s string) {
	pieces := split(text.Fold(toldApart.Replace(modernSpelling(s))), out.limit)
	out.tokens = make([]string, 0, len(pieces))
	for i := 0; i < len(pieces) && len(out.tokens) < out.limit; {
		rest := pieces[i:]
		switch {
		case isRim(rest):
			i++
		case rest[0].number:
			i += out.number(rest)
		default:
			i += out.word(rest)
		}
	}
}

// number adds the tokens of the pieces that begin with a number and returns how many it used.
func (out *output) number(p []piece) int {
	for _, read := range readers {
		if used := read(out, p); used > 0 {
			return used
		}
	}
	out.add(p[0].text)
	return 1
}

// word adds the tokens of the pieces that begin with a word and returns how many it used.
func (out *output) word(p []piece) int {
	word := p[0].text
	if len(p) > 1 && p[1].isWord() {
		if together := compounds[word+" "+p[1].text]; together != "" {
			out.extra(Stem(cut(word)))
			out.extra(Stem(cut(p[1].text)))
			if !out.synonyms(together) {
				out.addWord(Stem(together), together)
			}
			return 2
		}
	}
	if len(p) > 1 && isName(p[0], p[1]) {
		name := word + p[1].text
		switch {
		case p[1].glued:
			return out.name(p, name)
		case !isStopWord(word) && synonyms[name] == nil && synonyms[word] == nil:
			out.extra(name) // „XC 60” is found by „XC60”
		}
	}
	if out.synonyms(word) {
		return 1
	}
	out.addWord(Stem(cut(word)), word)
	return 1
}

// name adds „i7”, „S21 FE”, „ps5”. A text is also found by the parts: „XC60” by „XC 60”.
func (out *output) name(p []piece, name string) int {
	if out.synonyms(name) {
		return 2
	}
	out.extra(p[0].text)
	out.extra(p[1].text)
	if len(p) == 2 || !p[2].isWord() || len(p[2].text) > 2 || isStopWord(p[2].text) {
		out.add(name)
		return 2
	}
	together := name + p[2].text
	if !p[2].glued { // „S21 FE” is found by „s21fe”
		out.extra(together)
		out.add(name)
		return 2
	}
	out.extra(name)
	out.extra(p[2].text)
	out.add(together)
	return 3
}

// synonyms adds what a word also means, if it is in the table.
func (out *output) synonyms(word string) bool {
	for _, same := range synonyms[word] {
		out.add(Stem(same))
	}
	return synonyms[word] != nil
}

func (out *output) add(token string) { out.addWord(token, "") }

// extra adds a token that a text offers and a query does not ask for.
func (out *output) extra(token string) {
	if out.forText && len(out.extras) < out.limit {
		out.extras = append(out.extras, cut(token))
	}
}

func (out *output) addWord(token, word string) {
	if len(out.tokens) == out.limit {
		return
	}
	out.tokens = append(out.tokens, cut(token))
	if !out.forText {
		out.words = append(out.words, word)
	}
}

func cut(token string) string { return token[:min(len(token), maxTokenLen)] }

// toldApart are words that only their diacritics tell from others: „pături” are no „paturi”.
var toldApart = strings.NewReplacer("pături", "pătură", "Pături", "pătură", "PĂTURI", "pătură")

// modernSpelling writes â for an î inside a word, as in „pîine”, so that old and new spelling meet. An î
// after a prefix stays in both: „reîncărcabil”, „subînchiriere”. Folding would leave an "i" of each.
func modernSpelling(s string) string {
	if !strings.ContainsAny(s, "îÎ") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	before := ' '
	for i, r := range s {
		written := r
		if r == 'î' || r == 'Î' {
			after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			inside := unicode.IsLetter(before) && unicode.IsLetter(after)
			if inside && !strings.ContainsRune("aeiouăAEIOUĂ", before) && !strings.HasSuffix(s[:i], "sub") {
				written = 'â'
			}
		}
		b.WriteRune(written)
		before = r
	}
	return b.String()
}
