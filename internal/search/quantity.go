package search

import (
	"slices"
	"strings"
)

// quantity is a number or a range with what stands around it: „sub 9000 euro”, „2-3 camere”, „între 50 și 60 mp”, „din 2015”.
type quantity struct {
	min, max   *float64
	exact      bool      // both are the one number that was typed, without „sub” or „peste”
	listed     []float64 // „2 sau 3”, „2-3”: the ends that were typed
	unit       string    // folded word behind the number: "km", "mp", "camere"; "" for none
	currency   string    // "RON", "EUR" or ""
	scaled     bool      // „mii” or „k” made the number larger
	around     bool      // „în jur de”
	start, end int       // tokens
}

// comparison says which end of a range a number is.
type comparison int

const (
	exactly comparison = iota
	atMost
	atLeast
	about
)

// comparisons are the words before a number, longest first where one begins like another.
var comparisons = []struct {
	words string
	is    comparison
}{
	{"nu mai mult de", atMost}, {"mai putin de", atMost}, {"mai ieftin de", atMost}, {"mai vechi de", atMost}, {"cel mult", atMost}, {"inainte de", atMost},
	{"pana la", atMost}, {"pana in", atMost}, {"pana", atMost}, {"buget de", atMost}, {"buget", atMost}, {"maximum", atMost}, {"maxim", atMost}, {"max", atMost},
	{"sub", atMost}, {"<", atMost},
	{"mai mult de", atLeast}, {"mai nou de", atLeast}, {"mai noi de", atLeast}, {"mai noua de", atLeast}, {"mai mare de", atLeast}, {"incepand cu", atLeast},
	{"incepand de la", atLeast}, {"cel putin", atLeast}, {"de la", atLeast}, {"de peste", atLeast}, {"minimum", atLeast}, {"minim", atLeast}, {"min", atLeast},
	{"peste", atLeast}, {"dupa", atLeast}, {">", atLeast},
	{"in jur de", about}, {"in jurul a", about}, {"aproximativ", about}, {"aprox", about}, {"circa", about}, {"vreo", about}, {"cam", about},
}

// aroundShare is how far „în jur de” reaches on both sides.
const aroundShare = 0.1

var currencies = map[string]string{"lei": "RON", "leu": "RON", "ron": "RON", "euro": "EUR", "eur": "EUR", "€": "EUR"}

// quantities finds the numbers that have a unit, a currency or a comparison, and years.
func (rd *reading) quantities() {
	for i := 0; i < len(rd.tokens); i++ {
		if q, found := rd.quantityAt(i); found {
			rd.amounts = append(rd.amounts, q)
			i = q.end - 1
		}
	}
}

func (rd *reading) quantityAt(i int) (quantity, bool) {
	if q, found := rd.betweenAt(i); found {
		return q, true
	}
	q := quantity{start: i}
	is, i := rd.comparisonAt(i)
	for slices.Contains([]string{"etajul", "etaj", "pret", "suma", "anul", "an", "de"}, rd.word(i)) && is != exactly {
		i++ // „maxim etaj 4”, „sub suma de 500 lei”
	}
	value, end, scaled := rd.amountAt(i)
	if end == i {
		return q, false
	}
	q.scaled = scaled
	second, after := rd.secondAt(end)
	if after > end && is == exactly {
		if rd.tokens[after-1].used {
			return q, false
		}
		high, highEnd, highScaled := rd.amountAt(second)
		if highScaled && !scaled && value < 1000 {
			value *= high / rd.tokens[second].value
		}
		q.listed, q.min, q.max = []float64{value, high}, &value, &high
		q.scaled = scaled || highScaled
		end = highEnd
	} else {
		q.set(is, value)
	}
	q.end = end
	rd.unit(&q)
	if rd.word(q.end) == "+" && q.exact {
		q.max, q.exact = nil, false
		q.end++
	}
	bareYear := q.exact && isYear(value) && !scaled
	return q, !q.exact && len(q.listed) == 0 || q.unit != "" || q.currency != "" || bareYear || len(q.listed) > 0 && isYear(q.listed[0]) && isYear(q.listed[1])
}

// inModelNames are words that make a name of the next „max”: „iPhone 14 Pro Max”, „Nike Air Max 42”.
var inModelNames = []string{"pro", "air", "mi", "note", "poco"}

// comparisonAt reads „sub”, „peste”, „în jur de” at token i and returns where they end.
func (rd *reading) comparisonAt(i int) (comparison, int) {
	for _, c := range comparisons {
		if end := rd.words(i, c.words); end > i && (c.words != "max" || !slices.Contains(inModelNames, rd.word(i-1))) {
			return c.is, end
		}
	}
	return exactly, i
}

func (q *quantity) set(is comparison, value float64) {
	low, high := value, value
	switch is {
	case atMost:
		q.max = &high
	case atLeast:
		q.min = &low
	case about:
		low, high = value*(1-aroundShare), value*(1+aroundShare)
		q.min, q.max, q.around = &low, &high, true
	default:
		q.min, q.max, q.exact = &low, &high, true
	}
}

// betweenAt reads „între 8000 și 12000 euro”, „de la 2000 la 4000 lei”, „de la 2015 până în 2018”.
func (rd *reading) betweenAt(i int) (quantity, bool) {
	q := quantity{start: i}
	at := rd.words(i, "intre")
	middle := []string{"si", "-"}
	if at == i {
		at = rd.words(i, "de la")
		middle = []string{"pana la", "pana in", "la", "-", "si"}
	}
	if at == i {
		return q, false
	}
	low, end, lowScaled := rd.amountAt(at)
	if end == at {
		return q, false
	}
	first := quantity{end: end}
	rd.unit(&first)
	at = first.end
	for _, m := range middle {
		if next := rd.words(at, m); next > at {
			high, after, scaled := rd.amountAt(next)
			if after == next {
				return q, false
			}
			if scaled && !lowScaled && low < 1000 {
				low *= high / rd.tokens[next].value
			}
			q.min, q.max, q.scaled, q.end = &low, &high, scaled || lowScaled, after
			rd.unit(&q)
			return q, low <= high
		}
	}
	return q, false
}

// secondAt finds the other end of „2012-2015” and „2 sau 3”.
func (rd *reading) secondAt(i int) (second, end int) {
	if w := rd.word(i); w != "-" && w != "sau" && w != "ori" || i+1 >= len(rd.tokens) || !rd.tokens[i+1].number || rd.tokens[i+1].used || rd.tokens[i+1].value < 0 {
		return i, i
	}
	if rd.word(i) == "-" && !rd.tokens[i].glued {
		return i, i // „passat -2010” excludes
	}
	return i + 1, i + 2
}

// words tells where the words end that stand at token i, or returns i when they do not.
func (rd *reading) words(i int, s string) int {
	at := i
	for w := range strings.FieldsSeq(s) {
		if rd.word(at) != w {
			return i
		}
		at++
	}
	return at
}

// amountAt reads a number at token i: „9000”, „150 000”, „200 mii”, „1,5 milioane”, „100k”.
func (rd *reading) amountAt(i int) (value float64, end int, scaled bool) {
	if i >= len(rd.tokens) || rd.tokens[i].used {
		return 0, i, false
	}
	t := rd.tokens[i]
	if !t.number {
		if n, found := numerals[t.word]; found && rd.hasUnit(i+1) {
			return float64(n[0] - '0'), i + 1, false
		}
		if (t.word == "o" || t.word == "un") && rd.hasUnit(i+1) {
			return 1, i + 1, false
		}
		return 0, i, false
	}
	if t.value < 0 {
		return 0, i, false
	}
	value, end = t.value, i+1
	for end < len(rd.tokens) && rd.tokens[end].word == "000" && !rd.tokens[end].glued && value < 1e6 {
		value *= 1000
		end++
	}
	at := end
	if rd.word(at) == "de" {
		at++
	}
	switch w := rd.word(at); {
	case w == "mii" || w == "mie", w == "k" && at == end && rd.tokens[at].glued:
		return value * 1000, at + 1, true
	case w == "milioane" || w == "milion" || w == "mil":
		return value * 1e6, at + 1, true
	}
	return value, end, false
}

// hasUnit tells whether a unit stands at token i, so that a word before it can be a number.
func (rd *reading) hasUnit(i int) bool {
	_, found := measureUnits[rd.word(i)]
	return found || currencies[rd.word(i)] != "" || rd.word(i) == "mie"
}

// unit reads the unit or the currency behind a quantity.
func (rd *reading) unit(q *quantity) {
	at := q.end
	if rd.word(at) == "de" {
		at++
	}
	w := rd.word(at)
	if code := currencies[w]; code != "" {
		// „euro 6” is a norm, unless a number stands before it
		q.currency, q.end = code, at+1
		return
	}
	if w == "e" && at == q.end && at > 0 && rd.tokens[at].glued {
		q.currency, q.end = "EUR", at+1
		return
	}
	if unit, found := measureUnits[w]; found {
		q.unit, q.end = unit, at+1
		if (w == "m" || w == "cm") && at+1 < len(rd.tokens) && rd.tokens[at+1].glued && rd.tokens[at+1].number { // m2, cm3
			q.unit, q.end = map[string]string{"m2": "mp", "cm3": "cmc"}[w+rd.tokens[at+1].word], at+2
		}
		if w == "metri" && rd.word(at+1) == "patrati" {
			q.unit, q.end = "mp", at+2
		}
	}
}

// measureUnits are the units that attributes have, by how people write them.
var measureUnits = map[string]string{
	"km": "km", "kilometri": "km", "mp": "mp", "m": "m", "metri": "m", "cm": "cm", "mm": "mm", "gb": "gb", "giga": "gb", "tb": "tb", "cp": "cp", "hp": "cp", "cai": "cp",
	"cmc": "cmc", "cc": "cmc", "camere": "camere", "camera": "camere", "cam": "camere", "bai": "bai", "baie": "bai", "locuri": "locuri", "inch": "inch",
	"inchi": "inch", "inci": "inch", "toli": "inch", "tol": "inch", "zoll": "inch", "ani": "ani", "luni": "luni", "ore": "ore", "kg": "kg", "w": "w", "%": "%", "ha": "ha",
}

const minYear, maxYear = 1950, 2035

func isYear(v float64) bool { return v >= minYear && v <= maxYear && v == float64(int(v)) }
