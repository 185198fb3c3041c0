package text

import (
	"regexp"
	"strings"
)

// PhoneSpan is a phone number inside a text.
type PhoneSpan struct {
	Start, End int    // bytes
	Number     string // as Phone returns it
}

// FindPhones lists the Romanian phone numbers of a text, in order. Part numbers, prices and codes that merely have ten digits are left out
// where they cannot be numbers of a phone.
func FindPhones(s string) []PhoneSpan {
	if countDigits(s) < 9 {
		return nil
	}
	var found []PhoneSpan
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) && s[i] != '+' || i > 0 && (isWordByte(s[i-1]) || s[i-1] == '+') {
			continue
		}
		if end, number := phoneAt(s, i); end > 0 {
			found = append(found, PhoneSpan{Start: i, End: end, Number: number})
			i = end - 1
		}
	}
	return found
}

// phoneAt reads the number that begins at start and returns its end, or 0.
func phoneAt(s string, start int) (end int, number string) {
	digits, gap := 0, 0
	for i, r := range s[start:] {
		switch {
		case r >= '0' && r <= '9':
			digits, gap = digits+1, 0
			end := start + i + 1
			if digits < 9 || end < len(s) && isWordByte(s[end]) {
				continue
			}
			if number, ok := Phone(s[start:end]); ok && inUse(number) {
				return end, number
			}
		case r == '+' && i == 0:
		case strings.ContainsRune(" .-–/()\u00a0\u202f", r):
			if gap++; gap > 3 {
				return 0, ""
			}
		default:
			return 0, ""
		}
		if digits > len("0040722123456") {
			return 0, ""
		}
	}
	return 0, ""
}

// HidePhones writes dots in place of the phone numbers of a text.
func HidePhones(s string) string { return replacePhones(s, "07•• ••• •••", false) }

// WithoutPhones leaves the phone numbers of a text out, and the „tel:” before them.
func WithoutPhones(s string) string { return replacePhones(s, "", true) }

// phoneLabel is what people write before their number.
var phoneLabel = regexp.MustCompile(`(?i)[,;.]?\s*(?:\b(?:la|pe|nr\.?|num[aă]r(?:ul)?|de|tel(?:efon)?(?:ul)?\.?|mobil|contact)\s*)*\b(?:tel(?:efon)?(?:ul)?\.?|mobil|nr\.?|num[aă]r(?:ul)?)\s*[:.\-]?\s*$`)

func replacePhones(s, with string, labels bool) string {
	found := FindPhones(s)
	if len(found) == 0 {
		return s
	}
	var b strings.Builder
	done := 0
	for _, f := range found {
		before := s[done:f.Start]
		if labels {
			before = phoneLabel.ReplaceAllString(before, "")
		}
		b.WriteString(before)
		b.WriteString(with)
		done = f.End
	}
	b.WriteString(s[done:])
	if !labels {
		return b.String()
	}
	return Paragraphs(strings.NewReplacer(" .", ".", " ,", ",").Replace(b.String()))
}

// inUse knows the area codes of Romania: mobile, Bucharest and the counties.
func inUse(e164 string) bool {
	d := strings.TrimPrefix(e164, romania)
	return d[0] == '7' || (d[0] == '2' || d[0] == '3') && (d[1] == '1' || d[1] >= '3' && d[1] <= '6') || d[:2] == "37"
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWordByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}
