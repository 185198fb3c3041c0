package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns s in lower case with every Latin letter written in a-z, so that „Şină”, „șină” and
// „sina” become one word. Combining marks are dropped, other scripts are only lower-cased, and text
// that is already folded is returned as it is. Folding twice changes nothing.
func Fold(s string) string {
	i := plainPrefix(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b.WriteByte(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		foldRune(&b, r)
	}
	return b.String()
}

// plainPrefix returns how many leading bytes of s are ASCII without capitals.
func plainPrefix(s string) int {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return i
		}
	}
	return len(s)
}

func foldRune(b *strings.Builder, r rune) {
	if isCombining(r) {
		return
	}
	if f := folded(r); f != "" {
		b.WriteString(f)
		return
	}
	// Some capitals stand outside the table but their small letter does not: the sign for ångström.
	r = unicode.ToLower(r)
	if f := folded(r); f != "" {
		b.WriteString(f)
		return
	}
	b.WriteRune(r)
}

func isCombining(r rune) bool { return 0x0300 <= r && r <= 0x036F }

func folded(r rune) string {
	switch {
	case firstFolded <= r && r <= lastFolded:
		return foldTable[r-firstFolded]
	case 0x1E00 <= r && r <= 0x1EFF: // Vietnamese and scholarly letters: rare, so searched, not indexed
		return foldRare(r)
	}
	return ""
}

const (
	firstFolded = 0x00AA
	lastFolded  = 0x024F
)

// foldGroups lists the small letters of each ASCII spelling. The capitals follow from them.
var foldGroups = []struct{ ascii, letters string }{
	{"a", "ªàáâãäåāăąǎǟǡǻȁȃȧ"}, {"ae", "æǣǽ"}, {"b", "ƀ"}, {"c", "çćĉċčƈȼ"}, {"d", "ďđðƌ"},
	{"e", "èéêëēĕėęěȅȇȩ"}, {"f", "ƒ"}, {"g", "ĝğġģǥǧǵ"}, {"h", "ĥħȟ"}, {"i", "ìíîïĩīĭįıǐȉȋ"}, {"ij", "ĳ"},
	{"j", "ĵǰ"}, {"k", "ķĸƙǩ"}, {"l", "ĺļľŀłƚ"}, {"n", "ñńņňŉŋǹ"}, {"o", "ºòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱ"}, {"oe", "œ"},
	{"r", "ŕŗřȑȓ"}, {"s", "śŝşšſș"}, {"ss", "ß"}, {"t", "ţťŧțƫƭ"}, {"th", "þ"},
	{"u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗ"}, {"w", "ŵ"}, {"y", "ýÿŷȳ"}, {"z", "źżžƶȥ"},
	{"1", "¹"}, {"2", "²"}, {"3", "³"}, // 50 m² is 50 m2
}

var foldTable = makeFoldTable()

func makeFoldTable() (table [lastFolded - firstFolded + 1]string) {
	for _, g := range foldGroups {
		for _, r := range g.letters {
			for _, r := range [...]rune{r, unicode.ToUpper(r)} {
				if firstFolded <= r && r <= lastFolded {
					table[r-firstFolded] = g.ascii
				}
			}
		}
	}
	table['İ'-firstFolded] = "i" // its small letter is the ASCII one, so no group has it
	return table
}

// foldRare folds Latin Extended Additional, a block that stands in alphabetical order; '-' marks what is no variant of a letter.
func foldRare(r rune) string {
	const letters = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppp" +
		"rrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasss--" +
		"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy------"
	i := r - 0x1E00
	if letters[i] == '-' {
		return ""
	}
	return letters[i : i+1]
}
