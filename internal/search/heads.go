package search

import (
	"slices"
	"strings"
)

// aside are words that may stand before the name of the thing: what the person wants to do, and how the thing should be.
var aside = strings.Fields("caut cumpar vand vindem ofer oferta donez inchiriez inchiriem inchiriere inchiriat chirie vanzare schimb dau accept un o nou noua noi folosit folosita " +
	"second hand gratis gratuit ieftin ieftina bun buna frumos frumoasa adoptie angajez imi trebuie doresc vreau cautam")

// findCategory looks for the name of the thing. It must be the first word that says anything: in „faruri golf” or „husă iphone” it is not the
// phone that is sold, and what a word that we do not know makes of the next one, nobody can tell.
func (rd *reading) findCategory() {
	for i := 0; i < len(rd.tokens); i++ {
		if end := rd.amountEnd(i); end > i {
			if rd.tokens[end-1].stem == homes { // „2 camere Militari”
				rd.setHead(noun{slugs: []string{"apartamente-de-vanzare", "apartamente-de-inchiriat"}, stays: true}, i, end)
				return
			}
			i = end - 1
			continue
		}
		t := rd.tokens[i]
		if t.used {
			continue
		}
		lookup := func(p string) (noun, bool) { n, ok := rd.reader.nouns[p]; return n, ok }
		if n, end := longestMatch(rd, i, lookup); end > i {
			rd.setHead(n, i, end)
			return
		}
		if t.number || isStopWord(t.word) || slices.Contains(aside, t.word) || t.word == "-" {
			continue
		}
		makes := rd.reader.vehicleBrand(t.stem)
		if rd.reader.things[t.stem] && makes == "" {
			continue // „samsung televizor”
		}
		if makes == "" {
			return
		}
		// „dacia sub 5000 euro”; a name after the brand may still say more
		if next, end := longestMatch(rd, i+1, lookup); end > i+1 {
			rd.setHead(next, i+1, end)
		} else {
			rd.setHead(noun{slugs: []string{makes}, stays: true}, i, i+1)
		}
		return
	}
}

// homes is the root of what homes are counted in.
const homes = "camer"

// amountEnd is where the quantity ends that begins at token i; i when there is none.
func (rd *reading) amountEnd(i int) int {
	for _, q := range rd.amounts {
		if q.start == i {
			return q.end
		}
	}
	return i
}

// vehicleBrand returns the category of a brand that only vehicles and what belongs to them have, cars before motorcycles; "" for any other word.
func (r *Reader) vehicleBrand(stem string) string {
	makes, parent := "", ""
	for _, slug := range []string{"motociclete-scutere-atv", "autoturisme"} {
		if l := r.leaves[slug]; l != nil && hasKey(l.options[stem], "marca") {
			makes, parent = slug, l.parent
		}
	}
	if makes == "" {
		return ""
	}
	for _, l := range r.leaves {
		if l.parent != parent && hasKey(l.options[stem], "marca") {
			return ""
		}
	}
	return makes
}

func hasKey(options []option, key string) bool {
	return slices.ContainsFunc(options, func(o option) bool { return o.key == key })
}

func (rd *reading) setHead(n noun, from, to int) {
	rd.head, rd.headAt, rd.headEnd = n, from, to
	for _, slug := range n.slugs {
		rd.heads = append(rd.heads, rd.reader.leaves[slug])
	}
	rd.narrowByDeal()
	rd.narrowByWearer()
	if n.option.boolean {
		rd.pieces = append(rd.pieces, Piece{Kind: PieceAttribute, Key: n.option.key, Values: []string{"da"}, Source: rd.source(from, to), at: from})
	} else if n.option.key != "" {
		rd.pieces = append(rd.pieces, Piece{Kind: PieceAttribute, Key: n.option.key, Values: []string{n.option.value}, Source: rd.source(from, to), at: from})
	}
	if !n.stays {
		for i := from; i < to; i++ {
			rd.tokens[i].used = true
		}
	}
}

func (rd *reading) source(from, to int) string {
	return rd.text[rd.tokens[from].start:rd.tokens[to-1].end]
}

const (
	maxRent = 3000 // euro a month
	minSale = 5000
	leiEuro = 5 // good enough to tell a rent from a price
	saleEnd = "-de-vanzare"
	rentEnd = "-de-inchiriat"
)

var (
	rentWords = strings.Fields("inchiriat inchiriere inchiriez inchiriem chirie inchiriaza inchirieri")
	saleWords = strings.Fields("vanzare vand vindem vanzari cumpar vinde vanzarea vind")
)

// narrowByDeal tells homes for sale from homes for rent, by the words or by the price.
func (rd *reading) narrowByDeal() {
	if len(rd.heads) < 2 || !strings.HasSuffix(rd.heads[0].slug, saleEnd) {
		return
	}
	keep := ""
	for i := range rd.tokens {
		switch w := rd.word(i); {
		case slices.Contains(rentWords, w):
			keep = rentEnd
		case slices.Contains(saleWords, w):
			keep = saleEnd
		default:
			continue
		}
		rd.tokens[i].used, rd.conditional = true, true
	}
	for _, q := range rd.amounts {
		if keep == "" && q.unit == "" && (q.currency != "" || !q.exact) {
			keep = dealOf(q)
		}
	}
	if keep != "" {
		rd.heads = slices.DeleteFunc(rd.heads, func(l *leaf) bool { return !strings.HasSuffix(l.slug, keep) })
	}
}

// dealOf guesses from a price whether it is for a month or for the home.
func dealOf(q quantity) string {
	top := q.max
	if top == nil {
		top = q.min
	}
	euro := *top
	if q.currency == "RON" {
		euro /= leiEuro
	}
	switch {
	case isYear(euro) && q.currency == "":
		return ""
	case euro <= maxRent:
		return rentEnd
	case euro >= minSale:
		return saleEnd
	}
	return ""
}

// wearers are the words that say whose clothes and shoes are wanted, by the end of the category's slug.
var wearers = map[string]string{
	"dama": "-dama", "femei": "-dama", "femeie": "-dama", "dame": "-dama", "barbati": "-barbati", "barbat": "-barbati", "barbatesc": "-barbati", "barbatesti": "-barbati",
	"barbateasca": "-barbati", "copii": "-copii", "copil": "-copii", "fete": "-copii", "fetite": "-copii", "baieti": "-copii", "bebe": "-copii", "bebelusi": "-copii",
}

// narrowByWearer picks the category for women, men or children. Nobody looks for children's clothes without saying so.
func (rd *reading) narrowByWearer() {
	if len(rd.heads) < 2 || !slices.ContainsFunc(rd.heads, func(l *leaf) bool { return strings.HasSuffix(l.slug, "-dama") }) {
		return
	}
	for i := range rd.tokens {
		end := wearers[rd.word(i)]
		fits := func(l *leaf) bool { return strings.HasSuffix(l.slug, end) }
		if end != "" && slices.ContainsFunc(rd.heads, fits) {
			rd.heads = slices.DeleteFunc(rd.heads, func(l *leaf) bool { return !fits(l) })
			rd.tokens[i].used = true
			return
		}
	}
	rd.heads = slices.DeleteFunc(rd.heads, func(l *leaf) bool { return strings.HasSuffix(l.slug, "-copii") })
}

// closeCategory makes the piece of the category: the one that is left, or the top category that several share.
func (rd *reading) closeCategory() {
	if len(rd.heads) == 0 {
		return
	}
	slug := rd.heads[0].slug
	for _, l := range rd.heads[1:] {
		if l.parent != rd.heads[0].parent {
			return
		}
		slug = l.parent
	}
	if len(rd.heads) > 1 && rd.head.option.key == "" && !rd.head.stays {
		for i := rd.headAt; i < rd.headEnd; i++ {
			rd.tokens[i].used = false // „apartament” says more than „Imobiliare”
		}
	}
	rd.pieces = append(rd.pieces, Piece{Kind: PieceCategory, Values: []string{slug}, Source: rd.source(rd.headAt, rd.headEnd), at: rd.headAt})
}

// attribute returns the attribute that one of the categories has.
func (rd *reading) attribute(key string) (ReferenceAttribute, bool) {
	for _, l := range rd.heads {
		if a, found := l.attributes[key]; found {
			return a, true
		}
	}
	return ReferenceAttribute{}, false
}

// having leaves only the categories that have the attribute, once a piece asks for it.
func (rd *reading) having(key string) {
	rd.heads = slices.DeleteFunc(rd.heads, func(l *leaf) bool { _, found := l.attributes[key]; return !found })
}
