package assistant

import (
	"maps"
	"regexp"
	"strings"

	"piata.ro/internal/text"
)

const (
	emailShape = `[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\s?(?:\.|\(dot\))\s?[\p{L}\d-]+)+`
	// phoneShape is a number as people write it: with its 0 or its country, or a mobile number without, whatever signs stand between the digits.
	// „Golf 7 2015 180000 km” is none.
	phoneShape = `(?:\+|\b00|\b(?:0|40)[ ().\-/–]{0,2}[237])(?:[ ().\-/–]{0,2}\d){8,14}\b|\b7\d\d[ .\-/–]?\d{3}[ .\-/–]?\d{3}\b`
	// numberShape is a card, an account or a personal code, or a phone number written in one go.
	numberShape = `\b(?:\d{9,}|\d{4}(?:[ \-]\d{4}){3}|RO\d{2}(?: ?[A-Z0-9]{4}){5})\b`
)

var (
	email = regexp.MustCompile(emailShape)
	phone = regexp.MustCompile(phoneShape)
	// private is all that is hidden. What is written in one go comes before phone numbers, so that an account is not taken for one in part.
	private = regexp.MustCompile(emailShape + `|` + numberShape + `|` + phoneShape)
	// marker is how models mark roles and the edges of texts; nobody else writes so.
	marker = regexp.MustCompile(`(?i)<\|[^|>]{0,40}\|>|</?(?:system|assistant|user|tool|date|instructions?|s)>|\[/?INST\]|<<SYS>>|<</SYS>>`)
)

// Data makes a text that people wrote fit to be shown to the model: without what cannot be seen and without markers of roles, phone numbers
// and e-mail addresses masked, at most so many letters.
func Data(s string, letters int) string {
	s = text.Truncate(text.Paragraphs(s), 2*letters) // masks may be longer or shorter than what they hide
	for marker.MatchString(s) {                      // what is left after one was taken out may make a new one
		s = marker.ReplaceAllString(s, "")
	}
	return text.Truncate(Mask(s), letters)
}

const (
	emailMask  = "[e-mail ascuns]"
	phoneMask  = "[telefon ascuns]"
	numberMask = "[număr ascuns]"
)

var masks = regexp.MustCompile(`\[(?:e-mail|telefon|număr) ascuns\]`)

// Mask hides phone numbers, e-mail addresses, and the numbers of cards, accounts and identity papers.
func Mask(s string) string {
	return replacePrivate(s, func(_, mask string) string { return mask })
}

// replacePrivate replaces what Mask hides.
func replacePrivate(s string, with func(private, mask string) string) string {
	return private.ReplaceAllStringFunc(s, func(found string) string {
		switch {
		case strings.ContainsAny(found, "@([") && email.FindString(found) == found:
			return with(found, emailMask)
		case phone.FindString(found) == found:
			return with(found, phoneMask)
		}
		return with(found, numberMask)
	})
}

// hidden returns what Mask hides in a text, by its mask, in order.
func hidden(s string) map[string][]string {
	found := map[string][]string{}
	replacePrivate(s, func(private, mask string) string {
		found[mask] = append(found[mask], private)
		return mask
	})
	return found
}

// unmask puts what was hidden back. ok is false unless each is there as often as it was.
func unmask(s string, hidden map[string][]string) (whole string, ok bool) {
	rest := maps.Clone(hidden)
	ok = true
	whole = masks.ReplaceAllStringFunc(s, func(mask string) string {
		if len(rest[mask]) == 0 {
			ok = false
			return mask
		}
		first := rest[mask][0]
		rest[mask] = rest[mask][1:]
		return first
	})
	for _, left := range rest {
		ok = ok && len(left) == 0
	}
	return whole, ok
}
