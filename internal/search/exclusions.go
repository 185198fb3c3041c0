package search

import (
	"slices"
	"strings"
)

// inSayings are words that „fără” makes a property of, not an exclusion: „căști fără fir”.
var inSayings = strings.Fields("fir comision avans abonament dobanda gluten zahar eticheta taxe a")

// negations are the words that exclude what follows them. What stands before them in leads belongs to them.
var negations = [][]string{{"sa", "nu"}, {"in", "afara", "de"}, {"cu", "exceptia"}, {"mai", "putin"}, {"altceva", "decat"}, {"altul", "decat"}, {"alta", "decat"},
	{"fara"}, {"nu"}, {"nici"}, {"exclus"}, {"excluzand"}, {"exceptand"}}

var leads = strings.Fields("dar insa numai doar orice oricare si")

// passedOver stands between a negation and what it excludes: „nu la parter”, „să nu fie avariat”, „fără nicio zgârietură”.
var passedOver = strings.Fields("la cu de vreau doresc sa fie aiba e este are un o nici niciun nicio cele cel cea")

// notExcluded are words after a negation that make a sentence of it.
var notExcluded = strings.Fields("mai prea stiu foarte am ma se il pe sunt conteaza")

// excluded reads „fără avariate”, „numai să nu fie avariat”, „în afară de break”, „exclus parter” and „-avariat”.
func (rd *reading) excluded() {
	for i := 0; i < len(rd.tokens); i++ {
		if rd.word(i) == "-" && (i == 0 || !rd.tokens[i].glued) && i+1 < len(rd.tokens) && rd.tokens[i+1].glued {
			rd.excludeTo(i, i+1, i+2)
			continue
		}
		from, next := rd.negationAt(i)
		if next == i || rd.word(next-1) == "fara" && (rd.isSaying(next-1) || slices.Contains(inSayings, rd.word(next))) {
			continue
		}
		if end := rd.exclude(from, rd.passOver(next)); end > next {
			for rd.word(end) == "sau" || rd.word(end) == "nici" {
				end = max(rd.exclude(end, rd.passOver(end+1)), end+1)
			}
			i = end - 1
		}
	}
}

// negationAt returns where the negation that begins at token i ends, and where it begins with what leads to it; i for none.
func (rd *reading) negationAt(i int) (from, end int) {
	for _, words := range negations {
		end = i
		for end-i < len(words) && rd.word(end) == words[end-i] {
			end++
		}
		if end-i < len(words) || words[0] == "mai" && (rd.word(end) == "de" || end < len(rd.tokens) && rd.tokens[end].number) {
			continue
		}
		from = i
		for from > 0 && slices.Contains(leads, rd.word(from-1)) {
			from--
		}
		return from, end
	}
	return i, i
}

// passOver skips what stands between a negation and what it excludes.
func (rd *reading) passOver(i int) int {
	for range 4 {
		if slices.Contains(passedOver, rd.word(i)) && rd.word(i+1) != "" {
			i++
		}
	}
	return i
}

// isSaying tells whether an option of our data begins with the „fără” at token i.
func (rd *reading) isSaying(i int) bool {
	for n := 2; n <= 3; n++ {
		if p, _ := rd.window(i, n); rd.reader.without[p] {
			return true
		}
	}
	return false
}

// exclude makes a piece of what stands at token i and what leads to it, and returns where it ends: a name of several words that our data
// knows („cutie automată”), or one word. It returns i for nothing.
func (rd *reading) exclude(from, i int) int {
	if slices.Contains(notExcluded, rd.word(i)) {
		return i
	}
	_, end := longestMatch(rd, i, func(p string) (bool, bool) { return true, strings.Contains(p, " ") && rd.reader.things[p] })
	return rd.excludeTo(from, i, max(end, i+1))
}

// excludeTo makes a piece of the tokens i..end and what leads to them from a token on.
func (rd *reading) excludeTo(from, i, end int) int {
	if rd.word(i) == "" || rd.word(i) == "-" {
		return i
	}
	for end < len(rd.tokens) && rd.tokens[end].glued && rd.word(end) != "" && rd.word(end) != "-" { // „P20”
		end++
	}
	out := output{limit: maxTerms}
	out.read(rd.text[rd.tokens[i].start:rd.tokens[end-1].end])
	if len(out.tokens) == 0 {
		return i
	}
	rd.condition(Piece{Kind: PieceExcluded, Excluded: out.tokens}, from, end)
	return end
}
