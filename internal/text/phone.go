package text

import "strings"

const romania = "+40"

// Phone reads a Romanian phone number as people type it („0722 123 456”, „+40-722.123.456”, „0040 21 …”)
// and returns it in international form: "+40722123456". Short, foreign, free and paid numbers are refused.
func Phone(s string) (e164 string, ok bool) {
	digits, international, ok := phoneDigits(s)
	if !ok {
		return "", false
	}
	if rest, found := strings.CutPrefix(digits, "00"); found {
		digits, international = rest, true
	}
	if rest, found := strings.CutPrefix(digits, "40"); found && (international || len(digits) == 11) {
		digits = strings.TrimPrefix(rest, "0") // „+40 (0)722…”
	} else if rest, found := strings.CutPrefix(digits, "0"); found && !international {
		digits = rest
	} else {
		return "", false
	}
	if len(digits) != 9 || !strings.ContainsRune("237", rune(digits[0])) {
		return "", false
	}
	return romania + digits, true
}

// phoneDigits drops the punctuation that people put into phone numbers and tells whether there was a leading plus.
func phoneDigits(s string) (digits string, plus, ok bool) {
	var b strings.Builder
	for _, r := range Line(s) {
		switch {
		case '0' <= r && r <= '9':
			if b.Len() == len("00400")+9 {
				return "", false, false
			}
			b.WriteRune(r)
		case r == '+' && b.Len() == 0 && !plus:
			plus = true
		case strings.ContainsRune(" .-–/()", r):
		default:
			return "", false, false
		}
	}
	return b.String(), plus, true
}

// FormatPhone writes a number returned by Phone for people: „0722 123 456”, „021 123 4567”.
// Anything else is returned as it is.
func FormatPhone(e164 string) string {
	digits, found := strings.CutPrefix(e164, romania)
	if !found || len(digits) != 9 {
		return e164
	}
	if digits[:2] == "21" || digits[:2] == "31" { // Bucharest
		return "0" + digits[:2] + " " + digits[2:5] + " " + digits[5:]
	}
	return "0" + digits[:3] + " " + digits[3:6] + " " + digits[6:]
}
