package text

import (
	"strconv"
	"strings"
)

// Count returns n with its noun in the form Romanian grammar asks for:
// „1 anunț”, „2 anunțuri”, „20 de anunțuri”, „101 anunțuri”.
func Count(n int64, one, other string) string {
	if n == 1 {
		return "1 " + one
	}
	if needsDe(n) {
		return Number(n) + " de " + other
	}
	return Number(n) + " " + other
}

// needsDe follows the plural rules of CLDR: 0 and whatever ends in 01 to 19 stand beside the noun.
func needsDe(n int64) bool {
	if n == 0 {
		return false
	}
	last := n % 100
	if last < 0 {
		last = -last
	}
	return last == 0 || last >= 20
}

// Number returns n with dots between thousands: „1.250.000”.
func Number(n int64) string { return dotted(strconv.FormatInt(n, 10)) }

// Decimal returns f with a decimal comma, dots between thousands and no trailing zeros: „1,6”, „147.000”.
// Years are numbers that people write without dots, so they do not go through here.
func Decimal(f float64) string {
	whole, fraction, found := strings.Cut(strconv.FormatFloat(f, 'f', -1, 64), ".")
	if !found {
		return dotted(whole)
	}
	return dotted(whole) + "," + fraction
}

// singular is the form beside 1 of the units that are words; the others, such as „km”, never change.
var singular = map[string]string{"luni": "lună", "ani": "an", "zile": "zi", "ore": "oră"}

// Measure returns f with its unit, by the plural rules of CLDR when the unit is a word: „1 lună”, „24 de luni”, „1,5 luni”, „120 km”.
func Measure(f float64, unit string) string {
	one, isWord := singular[unit]
	if whole := int64(f); isWord && float64(whole) == f {
		return Count(whole, one, unit)
	}
	return strings.TrimSpace(Decimal(f) + " " + unit)
}

// dotted puts dots between the thousands of a number written in digits with an optional sign.
func dotted(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if len(digits) <= 3 {
		return sign + digits
	}
	var b strings.Builder
	b.WriteString(sign)
	head := len(digits) % 3
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}
