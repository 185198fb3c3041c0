package linkguard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// twins are letters of other alphabets, and old variants of Latin ones, with the ASCII letter that they are mistaken for.
var twins = twinTable(map[string]string{
	"a": "аαɑạӑӓ", "b": "Ьвβьъƅ", "c": "сϲⅽƈ", "d": "ԁⅾɗ", "e": "еєҽεɛẹё", "f": "ƒϝ", "g": "ɡցǥ", "h": "һհнή", "i": "іιɩїíįاı", "j": "јϳ",
	"k": "кκќ", "l": "ӏⅼІǀןł|", "m": "мⅿ", "n": "ոпηո", "o": "оοσօөøںهο", "p": "рρ", "q": "ԛգ", "r": "гѓɾ", "s": "ѕꜱʂ", "t": "тτ", "u": "υսцʋ",
	"v": "νѵⅴ", "w": "ѡԝωш", "x": "хχⅹ", "y": "уүγч", "z": "ᴢʐ",
})

func twinTable(groups map[string]string) map[rune]byte {
	m := map[rune]byte{}
	for ascii, letters := range groups {
		for _, r := range letters {
			m[r] = ascii[0]
			m[unicode.ToLower(r)] = ascii[0]
		}
	}
	return m
}

// plain writes a letter in lower-case ASCII when it is one, looks like one or is a variant of one; ok is false for the others.
func plain(r rune) (ascii byte, ok bool) {
	if r < 0x80 {
		return byte(unicode.ToLower(r)), true
	}
	r = unicode.ToLower(r)
	if b, ok := twins[r]; ok {
		return b, true
	}
	first, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r))) // é → e, ｆ → f
	if first = unicode.ToLower(first); first < 0x80 {
		return byte(first), true
	}
	b, ok := twins[first]
	return b, ok
}

// flat writes a text in lower-case ASCII; letters that look like no ASCII one are left out.
func flat(s string) string {
	var b strings.Builder
	for _, r := range s {
		if c, ok := plain(r); ok {
			b.WriteByte(c)
		}
	}
	return b.String()
}

var lookalikes = strings.NewReplacer("rn", "m", "vv", "w", "0", "o", "1", "l", "i", "l", "|", "l", "5", "s", "3", "e", "4", "a", "7", "t", "8", "b", "9", "g", "q", "g", "6", "g", "@", "a", "$", "s")

// skeleton is how an ASCII word looks: words with the same skeleton are mistaken for each other.
func skeleton(s string) string { return lookalikes.Replace(strings.ReplaceAll(s, "-", "")) }

// undoubled writes letters that follow themselves once.
func undoubled(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// distance counts the letters to add, drop, change or swap to turn a into b; it stops counting beyond most.
func distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
			best = min(best, cur[j])
		}
		if best > most {
			return most + 1
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
