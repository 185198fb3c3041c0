package assistant

import (
	"regexp"
	"strings"

	"piata.ro/internal/text"
)

var (
	email = regexp.MustCompile(`[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\s?(?:\.|\(dot\))\s?[\p{L}\d-]+)+`)
	// phone is a run of nine to fifteen digits with the signs that people put between them.
	phone = regexp.MustCompile(`(?:\+|\b)\d(?:[ ().\-/–]{0,2}\d){8,14}\b`)
	// price keeps „1.250.000 lei” from being taken for a phone number.
	price = regexp.MustCompile(`^\d{1,3}(?:[. ]\d{3})+$`)
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

// Mask hides phone numbers and e-mail addresses.
func Mask(s string) string {
	if strings.ContainsAny(s, "@([") {
		s = email.ReplaceAllString(s, "[e-mail ascuns]")
	}
	return phone.ReplaceAllStringFunc(s, func(number string) string {
		if price.MatchString(number) {
			return number
		}
		return "[telefon ascuns]"
	})
}
