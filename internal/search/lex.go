package search

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"piata.ro/internal/text"
)

// token is a run of letters, a number or a sign in a sentence, with its place in the text.
type token struct {
	word       string  // folded; of a number its digits without thousands, "1.6"; "€", "%", "+", "-", "<" or ">"
	stem       string  // of letters; the same as word otherwise
	value      float64 // of a number
	number     bool
	glued      bool // nothing stands between it and the token before
	literal    bool // in quotes: no rule reads it
	used       bool // by a piece, or literal
	start, end int  // bytes of the text
}

const maxSentenceTokens = 120

// signs are the only characters besides letters and digits that mean something.
const signs = "€%+-<>"

// lex cuts a clean text into tokens. What stands in quotes is marked as literal.
func lex(s string) []token {
	tokens := make([]token, 0, len(s)/4+1)
	quoted := false
	for i := 0; i < len(s) && len(tokens) < maxSentenceTokens; {
		start := i
		r, size := utf8.DecodeRuneInString(s[i:])
		t := token{}
		switch {
		case isDigit(s[i]):
			i = numberEnd(s, i)
			t.word, t.value = readNumber(s[start:i])
			t.stem, t.number = t.word, true
		case unicode.IsLetter(r):
			for i < len(s) && unicode.IsLetter(r) {
				i += size
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			t.word = strings.Map(onlyLetters, text.Fold(modernSpelling(s[start:i])))
			t.stem = Stem(cut(t.word))
		case strings.ContainsRune(signs, r):
			i += size
			if !joinsLetters(s, start, i) {
				t.word, t.stem = string(r), string(r)
			}
		default:
			if strings.ContainsRune(`"„“”«»`, r) {
				quoted = !quoted && strings.ContainsAny(s[i+size:], `"”“»`)
			}
			i += size
			continue
		}
		if t.word == "" {
			continue
		}
		t.start, t.end, t.literal, t.used = start, i, quoted, quoted
		t.glued = len(tokens) > 0 && tokens[len(tokens)-1].end == start
		tokens = append(tokens, t)
	}
	return tokens
}

// joinsLetters tells whether the sign at s[start:end] is the hyphen of „Cluj-Napoca”.
func joinsLetters(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	return s[start] == '-' && unicode.IsLetter(before) && unicode.IsLetter(after)
}

func onlyLetters(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r
	}
	return -1
}

// numberEnd is the end of the number at s[i:], with dots and commas that have digits on both sides.
func numberEnd(s string, i int) int {
	for i < len(s) && (isDigit(s[i]) || i+1 < len(s) && (s[i] == '.' || s[i] == ',') && isDigit(s[i+1])) {
		i++
	}
	return i
}

// maxDigits bounds the numbers that mean an amount.
const maxDigits = 12

// readNumber reads „9.000”, „1,6” or „150000”; a number without meaning has the value -1.
func readNumber(s string) (word string, value float64) {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	switch {
	case len(groups) > 1 && areThousands(groups):
		s = strings.Join(groups, "")
	case len(groups) == 2:
		s = groups[0] + "." + groups[1]
	case len(groups) > 2:
		return s, -1
	}
	value, err := strconv.ParseFloat(s, 64)
	if err != nil || len(s) > maxDigits {
		return s, -1
	}
	return s, value
}

// phrase is how the words of our own data look to the rules: the stems of its tokens.
func phrase(s string) string {
	tokens := lex(s)
	stems := make([]string, 0, len(tokens))
	for _, t := range tokens {
		if t.word != "-" {
			stems = append(stems, t.stem)
		}
	}
	return strings.Join(stems, " ")
}
