package linkguard

import (
	"regexp"
	"strings"
)

// How dots and hyphens are written so that an address does not look like one.
const (
	spokenDot  = `[\s,]*[(\[{]\s*(?:\.|dot|punct|pct)\s*[)\]}][\s,]*|[\s,]+(?:punct|dot|pct)[\s,]+|\s+\.\s*`
	spokenDash = `[\s,]+(?:liniu\p{L}[aă]|cratim[aă]|minus|dash)[\s,]+`
)

var (
	emails = regexp.MustCompile(`(?i)[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+`)
	ibans  = regexp.MustCompile(`(?i)\b[a-z]{2}\d{2} ?(?:[a-z0-9]{4} ?){3,7}[a-z0-9]{0,3}\b`)
	// bare finds what looks like an address, with or without its scheme, and with dots in brackets.
	bare = regexp.MustCompile(`(?i)(?:(?:h(?:tt|xx)ps?|ftp|whatsapp|tg|viber)\s?:\s?[/\\]{1,3})?(?:[^\s/@<>"„”]{1,64}@)?[\p{L}\p{N}][\p{L}\p{N}\p{M}_%-]*(?:(?:[.。．｡]|[(\[{](?:\.|dot|punct)[)\]}])[\p{L}\p{N}\p{M}_%-]+)*\.?(?::\d{1,5})?(?:[/\\?#][^\s<>"„”]*)?`)
	// spaced finds addresses with their dots spelt out or set apart.
	spaced = regexp.MustCompile(`(?i)(?:www\s?(?:\.|punct|dot)\s?)?[\p{L}\p{N}-]{2,}(?:(?:` + spokenDot + `|` + spokenDash + `)[\p{L}\p{N}-]{2,})+(?:/[^\s<>"„”]*)?`)
	joints = regexp.MustCompile(`(?i)` + spokenDot)
	dashes = regexp.MustCompile(`(?i)` + spokenDash)
	phones = regexp.MustCompile(`(?:\+|\b)(?:\d[ .\-–/()]{0,2}){8,16}\d\b`)
)

// around cuts out the stretches near the places that a cheap look finds, as the expressions above are slow on long texts. before is how far
// what is looked for may begin ahead of its place; afterwards it may take 128 bytes, and both ends are moved out to white space.
func (s source) around(isPlace func(s string, i int) bool, before int) [][2]int {
	var out [][2]int
	for i := range len(s.clean) {
		if !isPlace(s.clean, i) {
			continue
		}
		from, to := max(i-before, 0), min(i+128, len(s.clean))
		for from > 0 && i-from < 4*before && !isSpace(s.clean[from-1]) {
			from--
		}
		for to < len(s.clean) && to-i < 512 && !isSpace(s.clean[to]) {
			to++
		}
		if last := len(out) - 1; last >= 0 && from <= out[last][1] {
			out[last][1] = max(to, out[last][1])
		} else {
			out = append(out, [2]int{from, to})
		}
	}
	return out
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isAt(s string, i int) bool { return s[i] == '@' }

// isCountry finds where an IBAN may begin: two letters, two digits.
func isCountry(s string, i int) bool {
	return i+4 < len(s) && isLetter(s[i]) && isLetter(s[i+1]) && isDigit(s[i+2]) && isDigit(s[i+3])
}

// isDialled finds where a foreign number, or one that costs extra, may begin.
func isDialled(s string, i int) bool { return s[i] == '+' || strings.HasPrefix(s[i:], "090") }

// isSpokenDot finds a dot that is spelt out or set apart.
func isSpokenDot(s string, i int) bool {
	switch s[i] {
	case '.':
		return i > 0 && strings.IndexByte(" \n\t([{", s[i-1]) >= 0
	case 'd', 'D':
		return i+3 <= len(s) && strings.EqualFold(s[i:i+3], "dot")
	case 'p', 'P':
		return i+5 <= len(s) && (strings.EqualFold(s[i:i+5], "punct") || strings.EqualFold(s[i:i+3], "pct"))
	}
	return false
}
