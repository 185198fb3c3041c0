package assistant

import (
	"regexp"
	"slices"
	"strings"
)

var money = regexp.MustCompile(`(?i)(?:\d{1,3}(?:[. \x{00a0}]\d{3})+|\d+)(?:,\d+)?\s?(?:lei|ron|eur|euro|€)`)

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

// Confirm returns the amounts in a text that are known.
func (p Prices) Confirm(s string) []string {
	var known []string
	for _, amount := range money.FindAllString(s, -1) {
		whole, _, _ := strings.Cut(amount, ",")
		if f := digits(whole); p[f] && !slices.Contains(known, f) {
			known = append(known, f)
		}
	}
	return known
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
