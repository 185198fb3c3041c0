package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"piata.ro/internal/text"
)

const (
	maxQueryRunes = 200
	maxQueryBytes = 4096 // looked at; enough for 200 characters and some dirt between them
	maxTerms      = 12
	minPrefix     = 3 // letters of an unfinished word
)

// Term is one word that a result must have: the token Stem, or any token that begins with Prefix.
type Term struct {
	Stem   string // "laptop"; a-z and 0-9 only
	Prefix string // "lapto" while the word may be unfinished, else ""; a-z only
}

// Query is what somebody looks for. The zero Query looks for nothing in particular.
type Query struct {
	Terms []Term // all of them are required; at most 12, each once
	text  string
}

// Empty tells whether there is no word to look for, so that every listing matches.
func (q Query) Empty() bool { return len(q.Terms) == 0 }

// String returns the words as they were typed, cleaned and cut, for titles and links.
func (q Query) String() string { return q.text }

// ParseQuery reads the words of a search box. Filler words („de”, „pentru”, „caut”) are left out unless there
// is nothing else. The last word may be unfinished when no space follows it and it is no complete
// word that we know.
func ParseQuery(s string) Query {
	clean := firstRunes(text.Line(s[:min(len(s), maxQueryBytes)]), maxQueryRunes)
	out := output{limit: maxQueryRunes}
	out.read(clean)
	q := Query{text: clean}
	onlyFiller := !slices.ContainsFunc(out.words, func(word string) bool { return !isStopWord(word) })
	for i, token := range out.tokens {
		if isStopWord(out.words[i]) && !onlyFiller {
			continue
		}
		term := Term{Stem: token}
		if i == len(out.tokens)-1 && !endsWord(s) {
			term.Prefix = prefix(out.words[i])
		}
		q.add(term)
	}
	return q
}

func (q *Query) add(term Term) {
	same := func(t Term) bool { return t.Stem == term.Stem }
	if len(q.Terms) < maxTerms && !slices.ContainsFunc(q.Terms, same) {
		q.Terms = append(q.Terms, term)
	}
}

// prefix returns how a token may begin that word is the beginning of. „calculatoa” is the beginning
// of "calculator", the root of „calculatoare”.
func prefix(word string) string {
	if len(word) < minPrefix || len(word) > maxTokenLen || words().isWhole(word) {
		return ""
	}
	if i := strings.LastIndex(word, "oa"); i >= 0 && !strings.ContainsAny(word[i+2:], "aeiou") {
		return word[:i+1] + word[i+2:]
	}
	return word
}

// endsWord tells whether the person went on after the last word.
func endsWord(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return !unicode.IsLetter(last) && !unicode.Is(unicode.Mn, last)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return strings.TrimSpace(s[:i])
		}
		n--
	}
	return s
}
