package search

import "strings"

// piece is a part of folded text: a run of letters or a number.
type piece struct {
	text   string // "masina"; "256"; "1p6" for 1,6, since an index knows only letters and digits
	number bool
	glued  bool // nothing stands between it and the piece before: the "gb" of „256gb”
}

func (p piece) isWord() bool    { return p.text != "" && !p.number }
func (p piece) isInteger() bool { return p.number && !strings.Contains(p.text, "p") }

// split cuts folded text into at most limit pieces. Whatever is neither a-z nor 0-9 separates them.
func split(s string, limit int) []piece {
	pieces := make([]piece, 0, min(limit, len(s)/5+1))
	end := -1 // where the last piece ended
	for i := 0; i < len(s) && len(pieces) < limit; {
		start := i
		switch {
		case isLetter(s[i]):
			for i < len(s) && isLetter(s[i]) {
				i++
			}
			word := s[start:i]
			if named, length := language(word, s[i:]); named != "" {
				word, i = named, i+length
			}
			i += articleLength(s[i:])
			numeral, isNumber := numerals[word]
			if isNumber {
				word = numeral
			}
			pieces = append(pieces, piece{text: word, number: isNumber, glued: start == end})
			end = i
		case isDigit(s[i]):
			var numbers []string
			numbers, i = number(s, i)
			for n, text := range numbers {
				pieces = append(pieces, piece{text: text, number: true, glued: start == end && n == 0})
			}
			end = i
		default:
			i++
		}
	}
	return pieces[:min(len(pieces), limit)]
}

// language names the two programming languages that are only a letter without their signs.
func language(word, rest string) (name string, length int) {
	switch {
	case word == "c" && strings.HasPrefix(rest, "++"):
		return "cpp", 2
	case word == "c" && strings.HasPrefix(rest, "#"):
		return "csharp", 1
	}
	return "", 0
}

// articleLength is the length of the ending that foreign and short words get after a hyphen: „ATV-uri”, „iPhone-ul”.
func articleLength(s string) int {
	if !strings.HasPrefix(s, "-") {
		return 0
	}
	end := 1
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	switch s[1:end] {
	case "ul", "ului", "uri", "urile", "urilor":
		return end
	}
	return 0
}

// number reads the digits at s[i:] with their dots and commas: „1.250” and „1.250.000” are whole numbers,
// „1.6” and „1,6” are "1p6", and anything else („12.05.2026”) is several numbers.
func number(s string, i int) (numbers []string, end int) {
	var groups []string
	for {
		start := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		groups = append(groups, s[start:i])
		if i+1 >= len(s) || s[i] != '.' && s[i] != ',' || !isDigit(s[i+1]) || len(groups) == maxGroups {
			break
		}
		i++
	}
	switch {
	case len(groups) == 1:
		return groups, i
	case areThousands(groups):
		return []string{strings.Join(groups, "")}, i
	case len(groups) == 2:
		return []string{groups[0] + "p" + groups[1]}, i
	}
	return groups, i
}

// maxGroups bounds how much of „1.2.3.4…” is read as one number.
const maxGroups = 8

func areThousands(groups []string) bool {
	for i, group := range groups {
		if i == 0 && (len(group) > 3 || group[0] == '0') || i > 0 && len(group) != 3 {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
