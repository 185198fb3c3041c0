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
	maxPhrases    = 6 // in quotes, and again as many that are excluded
	minPrefix     = 3 // letters of an unfinished word
)

// Term is one word that a result must have: the token Stem, or any token that begins with Prefix.
type Term struct {
	Stem   string // "laptop"; a-z and 0-9 only
	Prefix string // "lapto" while the word may be unfinished, else ""; a-z only
	Word   string // "laptopuri", the folded word as it was typed; "" for numbers, sizes and names such as „S21”
}

// Is tells whether a token of a text is the word.
func (t Term) Is(token string) bool {
	return token == t.Stem || t.Prefix != "" && strings.HasPrefix(token, t.Prefix)
}

// Query is what somebody looks for. The zero Query looks for nothing in particular.
type Query struct {
	Terms    []Term     // all of them are required; at most 12, each once; those of phrases included
	Phrases  [][]string // „în ghilimele”: tokens that stand next to each other in this order, two or more each
	Excluded [][]string // „-cuvânt”: no result has the token, or the tokens next to each other
	text     string
}

// Empty tells whether there is no word to look for, so that every listing matches that nothing excludes.
func (q Query) Empty() bool { return len(q.Terms) == 0 }

// String returns the words as they were typed, cleaned and cut, for titles and links.
func (q Query) String() string { return q.text }

// ParseQuery reads the words of a search box. Filler words („de”, „pentru”, „caut”) are left out unless there
// is nothing else. The last word may be unfinished when no space follows it and it is no complete
// word that we know. Words in quotes stand together, and what follows a minus is excluded.
func ParseQuery(s string) Query {
	q := Query{text: cleanQuery(s)}
	segments := cutQuery(q.text)
	for i, segment := range segments {
		out := output{limit: maxQueryRunes}
		out.read(segment.text)
		switch {
		case segment.excluded:
			q.Excluded = addPhrase(q.Excluded, out.tokens)
		case segment.quoted:
			if len(out.tokens) > 1 {
				q.Phrases = addPhrase(q.Phrases, out.tokens)
			}
			q.addTerms(out, false)
		default:
			q.addTerms(out, i == len(segments)-1 && !endsWord(s))
		}
	}
	q.dropFiller()
	return q
}

func cleanQuery(s string) string {
	return firstRunes(text.Line(s[:min(len(s), maxQueryBytes)]), maxQueryRunes)
}

// segment is a part of a query that is read by itself.
type segment struct {
	text             string
	quoted, excluded bool
}

// cutQuery finds what is in quotes and what is excluded. A quote that nothing closes is only dirt.
func cutQuery(s string) []segment {
	var segments []segment
	plain := 0 // where the words since the last special segment begin
	for i := 0; i < len(s); {
		start, excluded := i, false
		if s[i] == '-' && (i == 0 || s[i-1] == ' ') {
			excluded = true
			i++
		}
		body, quoted, end := readQuoted(s, i)
		if !quoted && excluded {
			body, end = readWord(s, i)
		}
		if !quoted && body == "" {
			i = max(i, start+1)
			continue
		}
		segments = appendPlain(segments, s[plain:start])
		segments = append(segments, segment{text: body, quoted: quoted, excluded: excluded})
		i, plain = end, end
	}
	return appendPlain(segments, s[plain:])
}

func appendPlain(segments []segment, s string) []segment {
	if strings.TrimSpace(s) == "" {
		return segments
	}
	return append(segments, segment{text: s})
}

// readQuoted reads „…”, "…", “…” or «…» at s[i:].
func readQuoted(s string, i int) (body string, quoted bool, end int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	if !strings.ContainsRune(`"„“”«`, r) {
		return "", false, i
	}
	length := strings.IndexAny(s[i+size:], `"”“»`)
	if length < 0 {
		return "", false, i
	}
	body = s[i+size : i+size+length]
	_, closing := utf8.DecodeRuneInString(s[i+size+length:])
	return body, true, i + size + length + closing
}

// readWord reads the excluded word at s[i:]; a minus before anything but a letter or digit excludes nothing.
func readWord(s string, i int) (word string, end int) {
	if first, _ := utf8.DecodeRuneInString(s[i:]); !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return "", i
	}
	end = i + len(s[i:])
	if space := strings.IndexByte(s[i:], ' '); space >= 0 {
		end = i + space
	}
	return s[i:end], end
}

func addPhrase(phrases [][]string, tokens []string) [][]string {
	if len(tokens) == 0 || len(phrases) == maxPhrases {
		return phrases
	}
	return append(phrases, tokens)
}

// addTerms requires the tokens of a segment; unfinished says that its last word may go on.
func (q *Query) addTerms(out output, unfinished bool) {
	for i, token := range out.tokens {
		term := Term{Stem: token, Word: out.words[i]}
		if unfinished && i == len(out.tokens)-1 {
			term.Prefix = prefix(term.Word)
		}
		same := func(t Term) bool { return t.Stem == term.Stem }
		if len(q.Terms) < 2*maxTerms && !slices.ContainsFunc(q.Terms, same) {
			q.Terms = append(q.Terms, term)
		}
	}
}

// dropFiller leaves out the words that say nothing, unless there are no others.
func (q *Query) dropFiller() {
	filler := func(t Term) bool { return isStopWord(t.Word) }
	if slices.ContainsFunc(q.Terms, func(t Term) bool { return !filler(t) }) {
		q.Terms = slices.DeleteFunc(q.Terms, filler)
	}
	q.Terms = q.Terms[:min(len(q.Terms), maxTerms)]
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
