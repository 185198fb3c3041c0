package search

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"piata.ro/internal/text"
)

// measures makes pieces of the quantities, now that the category says what their units mean.
func (rd *reading) measures() {
	for _, q := range rd.amounts {
		if !rd.free(q.start, q.end) {
			continue
		}
		switch {
		case q.currency != "" && q.exact && rd.isRate(q.end):
			// „40 euro mp”: not the price of the thing
		case q.currency != "":
			rd.price(q)
		case q.unit != "":
			rd.measure(q)
		case rd.year(q):
		case !q.exact && len(q.listed) == 0 && !rd.otherUnit(q.end):
			rd.price(q)
		}
	}
	rd.tyre()
	rd.bareSizes()
}

// otherUnit tells whether the word after a number makes it something else than a price: „sub 5 kg”, „peste 3l”.
func (rd *reading) otherUnit(i int) bool {
	if i >= len(rd.tokens) {
		return false
	}
	_, found := units[rd.tokens[i].word]
	return found || rd.tokens[i].glued
}

// isRate tells whether a price is for each of something.
func (rd *reading) isRate(i int) bool {
	if rd.word(i) == "pe" {
		i++
	}
	return slices.Contains([]string{"mp", "m", "kg", "ora", "zi", "noapte", "persoana", "buc", "bucata", "litru", "km"}, rd.word(i))
}

// inEuro are the top categories whose prices people say in euro without saying so.
var inEuro = []string{"auto-moto-si-ambarcatiuni", "imobiliare"}

func (rd *reading) price(q quantity) {
	p := Piece{Kind: PiecePrice, Min: q.min, Max: q.max, Currency: q.currency}
	if q.exact {
		p.Min = nil // „golf 5000 euro”: up to that
	}
	if p.Currency == "" {
		p.Currency = "RON"
		if len(rd.heads) > 0 && slices.Contains(inEuro, rd.heads[0].parent) {
			p.Currency = "EUR"
		}
	}
	from, to := q.start, q.end
	for from > 0 && slices.Contains([]string{"pret", "pretul", "la", "cu", "buget", "costa"}, rd.word(from-1)) {
		from--
	}
	for _, tail := range []string{"pe luna", "lunar", "luna", "negociabil", "usor negociabil", "neg", "fix"} {
		to = max(to, rd.words(to, tail))
	}
	rd.condition(p, from, to)
}

// year reads „din 2015”, „după 2018”, „2012-2015” where the category has a year.
func (rd *reading) year(q quantity) bool {
	low, high := q.min, q.max
	for _, end := range []*float64{low, high} {
		if end != nil && !isYear(*end) {
			return false
		}
	}
	if q.scaled || q.around || low == nil && math.Mod(*high, 100) == 0 {
		return false // „sub 2000” is money
	}
	for _, key := range []string{"an", "an_fabricatie", "an_constructie"} {
		if _, found := rd.attribute(key); !found {
			continue
		}
		from := q.start
		for from > 0 && slices.Contains([]string{"din", "an", "anul", "fabricatie", "fabricat", "construit", "construita", "in", "model"}, rd.word(from-1)) {
			from--
		}
		rd.having(key)
		rd.condition(Piece{Kind: PieceAttribute, Key: key, Min: low, Max: high}, from, q.end)
		return true
	}
	return false
}

// meaning is what a number without „sub” or „peste” before it asks for.
type meaning int

const (
	asTyped meaning = iota
	upTo            // „180 mii km”
	from            // „baterie 85%”
	nearly          // „500 mp”
)

// measureKeys are the attributes that a unit may belong to, the first that the category has. A word beside the number may be asked for.
var measureKeys = []struct {
	unit, key, beside, in string // in is the unit of the attribute where units differ by category
	bare                  meaning
}{
	{"km", "autonomie", "autonomie", "", from}, {"km", "km", "", "", upTo},
	{"mp", "suprafata_teren", "teren", "", nearly}, {"mp", "suprafata_teren", "curte", "", nearly}, {"mp", "suprafata", "", "", nearly},
	{"cp", "putere", "", "", asTyped}, {"cmc", "cilindree", "", "", asTyped},
	{"camere", "camere", "", "", asTyped}, {"bai", "bai", "", "", asTyped}, {"locuri", "locuri", "", "", asTyped},
	{"gb", "ram", "ram", "", asTyped}, {"gb", "stocare", "", "", asTyped}, {"gb", "ram", "", "", asTyped},
	{"inch", "diametru", "", "", asTyped}, {"inch", "diagonala", "", "inch", asTyped}, {"inch", "roata", "", "", asTyped},
	{"cm", "diagonala", "", "cm", asTyped}, {"inch", "diagonala", "", "cm", asTyped}, {"cm", "marime_cm", "", "", asTyped},
	{"cm", "lungime", "lungime", "cm", asTyped}, {"cm", "latime", "latime", "cm", asTyped}, {"cm", "inaltime", "inaltime", "cm", asTyped},
	{"%", "baterie", "", "", from}, {"ore", "ore", "", "", upTo}, {"kg", "sarcina_utila", "", "", from}, {"w", "putere_motor", "", "", from},
	{"luni", "garantie", "garantie", "", from}, {"luni", "varsta", "", "luni", asTyped}, {"ani", "varsta", "", "luni", asTyped},
}

// factors turn a unit into the one that the attribute has.
var factors = map[string]float64{"tb": 1024, "ani": 12}

func (rd *reading) measure(q quantity) {
	unit := q.unit
	if unit == "tb" {
		unit = "gb"
	}
	for _, m := range measureKeys {
		a, found := rd.attribute(m.key)
		if m.unit != unit || !found || m.in != "" && m.in != a.Unit {
			continue
		}
		start, end := q.start, q.end
		if m.beside != "" {
			switch {
			case rd.word(q.end) == m.beside:
				end++
			case rd.word(q.start-1) == m.beside:
				start--
			default:
				continue
			}
		}
		if rd.word(start-1) == "baterie" && m.key == "baterie" || rd.word(start-1) == "rulaj" && m.key == "km" {
			start--
		}
		if rd.word(end) == "reali" && m.key == "km" {
			end++
		}
		if rd.fits(q, a, m.bare, start, end) {
			return
		}
	}
}

const (
	cmPerInch  = 2.54
	sameScreen = 2 // cm
)

// fits makes a piece of a quantity and an attribute, unless a select has no such options.
func (rd *reading) fits(q quantity, a ReferenceAttribute, bare meaning, start, end int) bool {
	factor := factors[q.unit]
	if q.unit == "inch" && a.Unit == "cm" {
		factor = cmPerInch
	}
	low, high := scaled(q.min, factor), scaled(q.max, factor)
	if a.Kind == "select" {
		values := between(a.Options, low, high)
		if a.Unit == "cm" && q.exact && len(values) == 0 { // screens are sold as 80 or 81 cm
			under, over := *low-sameScreen, *high+sameScreen
			values = between(a.Options, &under, &over)
		}
		if len(q.listed) > 0 && low != nil && *high < *low {
			values = nil
		}
		if len(values) == 0 {
			return false
		}
		rd.having(a.Key)
		rd.conditional = rd.conditional || !q.exact && len(q.listed) == 0
		rd.choose(a.Key, values, start, end)
		return true
	}
	if a.Kind != "number" {
		return false
	}
	if q.exact {
		switch bare {
		case upTo:
			low = nil
		case from:
			high = nil
		case nearly:
			low, high = scaled(low, 1-aroundShare), scaled(high, 1+aroundShare)
		}
	}
	rd.having(a.Key)
	rd.conditional = rd.conditional || !q.exact || bare == upTo || bare == from
	rd.take(Piece{Kind: PieceAttribute, Key: a.Key, Min: low, Max: high}, start, end)
	return true
}

// scaled multiplies one end of a range and rounds off what floating point adds.
func scaled(v *float64, by float64) *float64 {
	if v == nil || by == 0 {
		return v
	}
	n := math.Round(*v*by*1000) / 1000
	return &n
}

// between returns the options that are numbers in the range; „5+” is five or more.
func between(options []string, low, high *float64) []string {
	if low != nil && high != nil && *low == *high {
		if one := strconv.FormatFloat(*low, 'f', -1, 64); slices.Contains(options, one) {
			return []string{one}
		}
	}
	var values []string
	for _, o := range options {
		digits, more := strings.CutSuffix(o, "+")
		n, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			continue
		}
		above := low == nil || n >= *low || more
		below := high == nil || n <= *high
		if above && below {
			values = append(values, o)
		}
	}
	return values
}

// Sizes of tyres: width, height of the profile, and the rim.
const (
	minTyre, maxTyre       = 125, 335
	minProfile, maxProfile = 25, 85
)

// tyre reads „205/55 R16” where the category has its three numbers.
func (rd *reading) tyre() {
	rim, found := rd.attribute("diametru")
	if _, wide := rd.attribute("latime"); !found || !wide {
		return
	}
	for i := 0; i+2 < len(rd.tokens); i++ {
		w, h := rd.tokens[i], rd.tokens[i+1]
		at := i + 2
		if rd.word(at) == "r" || rd.word(at) == "zr" {
			at++
		}
		if !rd.free(i, at) || !w.number || !h.number || w.value < minTyre || w.value > maxTyre || h.value < minProfile || h.value > maxProfile {
			continue
		}
		end := at
		if at < len(rd.tokens) && slices.Contains(rim.Options, rd.word(at)) {
			end++
		}
		rd.take(Piece{Kind: PieceAttribute, Key: "latime", Min: &w.value, Max: &w.value}, i, i+1)
		rd.take(Piece{Kind: PieceAttribute, Key: "inaltime", Min: &h.value, Max: &h.value}, i+1, i+2)
		if end > at {
			rd.choose("diametru", []string{rd.tokens[at].word}, i+2, end)
		}
		return
	}
}

// bareSizes reads the size of clothes, shoes and wheels, which people write without a word for it.
func (rd *reading) bareSizes() {
	for _, key := range []string{"marime", "roata"} {
		a, found := rd.attribute(key)
		if !found || slices.ContainsFunc(rd.pieces, func(p Piece) bool { return p.Key == key }) {
			continue
		}
		for i := range rd.tokens {
			j := slices.IndexFunc(a.Options, func(o string) bool { return rd.word(i) != "" && text.Fold(o) == rd.word(i) })
			if j >= 0 && (i+1 >= len(rd.tokens) || !rd.tokens[i+1].glued) {
				rd.having(key)
				rd.take(Piece{Kind: PieceAttribute, Key: key, Values: []string{a.Options[j]}}, i, i+1)
				break
			}
		}
	}
}
