package assistant

import (
	"regexp"
	"strings"
)

var money = regexp.MustCompile(`(?i)(\d[\d. \x{00a0}]*(?:,\d+)?)\s?(lei|ron|eur|euro|€)`)

var figure = regexp.MustCompile(`\d+(?:[. \x{00a0}]\d{3})*`)

// Prices remembers the amounts that the tools or the person named.
type Prices map[string]bool

// KnownPrices collects every figure of the texts.
func KnownPrices(texts ...string) Prices {
	known := Prices{}
	for _, t := range texts {
		for _, f := range figure.FindAllString(t, 2000) {
			known[digits(f)] = true
		}
	}
	return known
}

// has reports whether an amount, such as „12.500 €”, is one of them.
func (p Prices) has(amount string) bool {
	whole, _, _ := strings.Cut(amount, ",")
	return p[digits(whole)]
}

// digits drops what stands between the digits and what follows the comma.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
