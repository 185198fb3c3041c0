package text

import (
	"errors"
	"strings"
)

// Amount is a price as somebody typed it.
type Amount struct {
	Minor    int64  // bani or cents: 125050 for „1.250,50”
	Currency string // "RON" or "EUR" when it was typed along, else ""
	Free     bool   // „gratis”, or nothing to pay
}

// What ParseAmount can say about text that is no price; the form chooses the words.
var (
	ErrNotAmount      = errors.New("not an amount")
	ErrAmountTooLarge = errors.New("amount too large")
	ErrAmountDecimals = errors.New("amount with more than two decimals")
)

const (
	maxWholeUnits   = 100_000_000
	maxAmountLength = 64 // bytes; the longest price that makes sense has less than half of it
)

// ParseAmount reads a price as Romanians type it: „1250”, „1.250”, „1 250 lei”, „1.250,50”, „1250.5”,
// „EUR 300”, „12.500 €”, „gratis”. One dot or comma before exactly three digits separates thousands.
// It refuses words, two numbers, negative prices and more than 100 million lei or euro.
func ParseAmount(s string) (Amount, error) {
	if len(s) > maxAmountLength {
		return Amount{}, ErrNotAmount
	}
	number, currency := cutCurrency(strings.ToLower(Line(s)))
	switch number {
	case "gratis", "gratuit", "free":
		return Amount{Currency: currency, Free: true}, nil
	}
	whole, decimals, err := splitNumber(number)
	if err != nil {
		return Amount{}, err
	}
	minor, err := minorUnits(whole, decimals)
	if err != nil {
		return Amount{}, err
	}
	return Amount{Minor: minor, Currency: currency, Free: minor == 0}, nil
}

// cutCurrency takes one currency off either end of a small-letter price.
func cutCurrency(s string) (number, currency string) {
	for _, c := range [...]struct{ word, code string }{
		{"lei", "RON"}, {"leu", "RON"}, {"ron", "RON"}, {"euro", "EUR"}, {"eur", "EUR"}, {"€", "EUR"},
	} {
		if rest, found := strings.CutPrefix(s, c.word); found {
			return strings.TrimSpace(rest), c.code
		}
		if rest, found := strings.CutSuffix(s, c.word); found {
			return strings.TrimSpace(strings.TrimSuffix(rest, " de ")), c.code // „20 de lei”
		}
	}
	return s, ""
}

// splitNumber tells the decimals of a typed number from its whole units, both as plain digits.
func splitNumber(s string) (whole, decimals string, err error) {
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		whole, err = joinThousands(s, " ")
		return whole, "", err
	}
	mark, other := s[last:last+1], "."
	if mark == "." {
		other = ","
	}
	head, tail := s[:last], s[last+1:]
	if !strings.Contains(head, other) && len(tail) == 3 && isDigits(tail) { // „1.250”, „1,250”, „1.250.000”
		whole, err = joinThousands(s, mark)
		return whole, "", err
	}
	if strings.Contains(head, mark) || !isDigits(tail) {
		return "", "", ErrNotAmount
	}
	if strings.Contains(head, other) { // „1.250,50”
		whole, err = joinThousands(head, other)
	} else { // „1250,50”, „1 250,50”
		whole, err = joinThousands(head, " ")
	}
	if err == nil && len(tail) > 2 {
		err = ErrAmountDecimals
	}
	return whole, tail, err
}

// joinThousands takes the separator out of „12.500.000”; a number without one may have any length.
func joinThousands(s, separator string) (string, error) {
	groups := strings.Split(s, separator)
	for i, group := range groups {
		if !isDigits(group) || len(groups) > 1 && !fitsGroup(group, i) {
			return "", ErrNotAmount
		}
	}
	return strings.Join(groups, ""), nil
}

func fitsGroup(group string, i int) bool {
	if i == 0 {
		return len(group) <= 3 && group[0] != '0'
	}
	return len(group) == 3
}

func isDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// minorUnits returns bani or cents from plain digits.
func minorUnits(whole, decimals string) (int64, error) {
	units := int64(0)
	for _, c := range []byte(whole) {
		units = units*10 + int64(c-'0')
		if units > maxWholeUnits {
			return 0, ErrAmountTooLarge
		}
	}
	cents := int64(0)
	for _, c := range []byte((decimals + "00")[:2]) {
		cents = cents*10 + int64(c-'0')
	}
	if units == maxWholeUnits && cents > 0 {
		return 0, ErrAmountTooLarge
	}
	return units*100 + cents, nil
}
