package search

// PieceKind says what a piece of a sentence asks for.
type PieceKind string

// The kinds of pieces.
const (
	PieceCategory  PieceKind = "categorie"  // Values: one slug, "autoturisme"
	PieceAttribute PieceKind = "atribut"    // Key: "combustibil"; Values: any of these options as our data writes them, or Min and Max
	PiecePrice     PieceKind = "pret"       // Min, Max in whole units of Currency
	PieceCounty    PieceKind = "judet"      // Values: one code, "CJ"
	PieceLocality  PieceKind = "localitate" // Values: one SIRUTA code, "54975"; RadiusKm when around it
	PieceCondition PieceKind = "stare"      // Values: "nou" or "folosit"
	PieceSeller    PieceKind = "vanzator"   // Values: "particular" or "firma"
	PieceFree      PieceKind = "gratuit"    // given away
	PieceExchange  PieceKind = "schimb"     // the seller takes something in exchange
	PieceExcluded  PieceKind = "fara"       // Excluded: tokens that no result may have
)

// Piece is a part of a sentence that says more than its words: a filter that can be shown, and taken away.
type Piece struct {
	Kind     PieceKind
	Key      string     // of an attribute
	Values   []string   // see the kind
	Min, Max *float64   // inclusive; nil for an open end
	Currency string     // of a price: "RON" or "EUR"
	RadiusKm int        // of a locality; 0 means only there
	Excluded [][]string // of an exclusion, as in Query.Excluded
	Source   string     // the words it was read from, as typed
	spans    []span     // where they stand in the sentence
}

// span is a range of bytes.
type span struct{ start, end int }

// Sentence is what somebody typed, understood: „golf 7 diesel sub 9000 euro cluj” is a category, an attribute, a price and a place, and the
// words „golf 7” are left. A sentence of names alone („canapea”, „apartament 2 camere”) has no pieces: words find those wherever they
// were posted. Try the pieces with Rest first, and All without them when that finds nothing.
type Sentence struct {
	Pieces []Piece
	Rest   Query // the words that no piece took, and every exclusion
	All    Query // every word, as ParseQuery reads them
	text   string
}

// String returns the sentence as it was typed, cleaned and cut.
func (s Sentence) String() string { return s.text }
