package search

import (
	"cmp"
	"slices"
	"strings"
)

// PieceKind says what a piece of a sentence asks for.
type PieceKind string

// The kinds of pieces.
const (
	PieceCategory  PieceKind = "categorie"  // Values: one slug, "autoturisme"
	PieceAttribute PieceKind = "atribut"    // Key: "combustibil"; Values: any of these options as our data writes them, or Min and Max
	PiecePrice     PieceKind = "pret"       // Min, Max in whole units of Currency
	PieceCounty    PieceKind = "judet"      // Values: one code, "CJ"
	PieceLocality  PieceKind = "localitate" // Values: one slug, "turda"; RadiusKm when around it
	PieceCondition PieceKind = "conditie"   // Values: "nou" or "folosit"
	PieceSeller    PieceKind = "vanzator"   // Values: "particular" or "firma"
	PieceFree      PieceKind = "gratuit"    // given away
	PieceExchange  PieceKind = "schimb"     // the seller takes something in exchange
	PieceExcluded  PieceKind = "fara"       // Excluded: tokens that no result may have
)

// Piece is a part of a sentence that says more than its words: a filter that can be shown, and taken away.
type Piece struct {
	Kind     PieceKind
	Key      string   // of an attribute; it may come with a top category or none, since a key means the same everywhere
	Values   []string // see the kind
	Min, Max *float64 // inclusive; nil for an open end
	Currency string   // of a price: "RON" or "EUR"
	RadiusKm int      // of a locality; 0 means only there
	Excluded []string // of an exclusion, one element of Query.Excluded
	Source   string   // the words it was read from, as typed
	at       int      // the first token, for the order
}

// Sentence is what somebody typed, understood: „golf 7 diesel sub 9000 euro cluj” is a category, an attribute, a price and a place, and the
// words „golf 7” are left. A sentence of names alone („canapea”, „apartament 2 camere”) has no pieces: words find those wherever they
// were posted. Try the pieces with Rest first, and All without them when that finds nothing.
type Sentence struct {
	Pieces []Piece // by kind of filter: the category first, then in reading order
	Rest   Query   // the words that no piece took, with every exclusion
	All    Query   // every word, as ParseQuery reads them
}

// String returns the sentence as it was typed, cleaned and cut.
func (s Sentence) String() string { return s.All.String() }

// Read understands a sentence. It never fails: what no rule knows stays a word.
func (r *Reader) Read(s string) Sentence {
	all := ParseQuery(s)
	sentence := Sentence{Rest: all, All: all}
	rd := reading{reader: r, text: all.text, tokens: lex(all.text)}
	rd.excluded()
	rd.places()
	rd.quantities()
	rd.findCategory()
	rd.options()
	rd.measures()
	rd.traits()
	rd.closeCategory()
	if !rd.conditional {
		return sentence
	}
	sentence.Pieces = rd.sorted()
	rest := rd.rest()
	if endsWord(s) {
		rest += " "
	}
	sentence.Rest = ParseQuery(rest)
	if !slices.ContainsFunc(sentence.Rest.Terms, func(t Term) bool { return !isStopWord(t.Word) }) {
		sentence.Rest.Terms = nil // only the „de” and „la” between the pieces
	}
	sentence.Rest.Excluded = all.Excluded
	for _, p := range sentence.Pieces {
		if p.Kind == PieceExcluded && !slices.ContainsFunc(all.Excluded, func(e []string) bool { return slices.Equal(e, p.Excluded) }) {
			sentence.Rest.Excluded = addPhrase(sentence.Rest.Excluded, p.Excluded)
		}
	}
	return sentence
}

// reading is one sentence while it is being read.
type reading struct {
	reader      *Reader
	text        string
	tokens      []token
	pieces      []Piece
	amounts     []quantity
	conditional bool // something was asked for that words cannot say
	heads       []*leaf
	head        noun // what named the categories; its words are not taken yet
	headAt      int
	headEnd     int
}

// take makes a piece of the tokens from..to, which nothing else can use then.
func (rd *reading) take(p Piece, from, to int) {
	for i := from; i < to; i++ {
		rd.tokens[i].used = true
	}
	p.at = from
	if from < to {
		p.Source = rd.text[rd.tokens[from].start:rd.tokens[to-1].end]
	}
	rd.pieces = append(rd.pieces, p)
}

// condition is take for what makes a sentence more than names.
func (rd *reading) condition(p Piece, from, to int) {
	rd.conditional = true
	rd.take(p, from, to)
}

// free tells whether nothing used the tokens from..to yet.
func (rd *reading) free(from, to int) bool {
	return to <= len(rd.tokens) && !slices.ContainsFunc(rd.tokens[from:to], func(t token) bool { return t.used })
}

// word returns the folded token at i, or "" outside the sentence and for a token in use.
func (rd *reading) word(i int) string {
	if i < 0 || i >= len(rd.tokens) || rd.tokens[i].used {
		return ""
	}
	return rd.tokens[i].word
}

func (rd *reading) sorted() []Piece {
	slices.SortStableFunc(rd.pieces, func(a, b Piece) int {
		if first := b.Kind == PieceCategory; first != (a.Kind == PieceCategory) {
			if first {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.at, b.at)
	})
	return rd.pieces
}

// rest is the text without what the pieces took.
func (rd *reading) rest() string {
	var b strings.Builder
	from := 0
	for i, t := range rd.tokens {
		if !t.used || t.literal {
			continue
		}
		end := t.end
		if i+1 < len(rd.tokens) && rd.tokens[i+1].used {
			end = rd.tokens[i+1].start // with the comma or hyphen inside a piece
		}
		b.WriteString(rd.text[from:t.start] + " ")
		from = end
	}
	b.WriteString(rd.text[min(from, len(rd.text)):])
	return strings.TrimSpace(b.String())
}
