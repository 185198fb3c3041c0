package search

import (
	"slices"
	"strings"

	"piata.ro/internal/text"
)

// place is a county or a locality as people write it.
type place struct {
	county     string // code of the county that it is or lies in
	slug       string // of the locality; "" for a county
	seat       string // slug of the seat, of a county
	bare       bool   // it is a place even without „în” before it
	strong     bool   // only „comuna X” makes it a place: otherwise it is a word
	population int64
}

// likeWords are names of places that adverts use as words: without „în”, „din” or „județul” before them they stay words.
var likeWords = strings.Fields("alba roman victoria mare brad ocna lipova dej deta motru sarmasu bals aninoasa titu uricani brezoi horezu avrig azuga " +
	"topoloveni rovinari potcoava costesti flamanzi ovidiu vulcan corabia recas breaza ineu ianca siret")

// suburbs are communes that are known without „în” before them: many people look for homes there.
var suburbs = strings.Fields("mogosoaia floresti apahida corbeanca snagov chiajna balotesti domnesti dumbravita giroc ghiroda tarlungeni selimbar sanmartin " +
	"agigea limanu miroslava holboca gilau feldioara prejmer berceni cernica jilava clinceni bascov blejoi rucar ciolpani gruiu tunari dobroesti glina ciurea baciu")

// capital stands before the names of the sectors.
const capital = "București, "

const (
	minBareTown   = 9_000 // residents of a town that is known without „în” before it
	minDeclined   = 9_000
	nearbyKm      = 30 // „lângă”
	maxNamedRange = 500
)

func (r *Reader) addPlaces(ref Reference) {
	seats := map[string]string{} // county code and folded seat
	for _, c := range ref.Counties {
		seats[c.Code] = text.Fold(c.Seat)
	}
	seatSlugs := map[string]string{}
	for _, l := range ref.Localities {
		folded := text.Fold(l.Name)
		isSeat := seats[l.County] == folded
		if isSeat {
			seatSlugs[l.County] = l.Slug
		}
		p := place{county: l.County, slug: l.Slug, population: l.Population}
		_, known := words().whole[folded]
		p.strong = l.Kind == "comună" && (known || isStopWord(folded) || r.things[phrase(l.Name)])
		p.bare = !slices.Contains(likeWords, folded) && !known && (isSeat || l.Kind != "comună" && l.Population >= minBareTown || slices.Contains(suburbs, folded)) || l.Kind == "sector"
		r.addPlace(strings.TrimPrefix(l.Name, capital), p, l.Kind != "comună" && l.Population >= minDeclined)
	}
	for _, c := range ref.Counties {
		p := place{county: c.Code, seat: seatSlugs[c.Code], bare: !slices.Contains(likeWords, text.Fold(c.Name)), population: 1 << 40}
		r.addPlace(c.Name, p, true)
		r.places["jud "+strings.ToLower(c.Code)] = p
		if c.Code == "B" {
			r.addPlace("buc", p, false)
			r.addPlace("capitală", p, false)
		}
	}
}

// abbreviations are how people shorten the first word of a place.
var abbreviations = map[string][]string{"targu": {"tg", "tirgu"}, "ramnicu": {"rm", "rimnicu"}, "sfantu": {"sf", "sfintu"}, "drobeta-turnu": {"drobeta turnu", "turnu", "dr tr", "drobeta"},
	"piatra": {"p"}, "campulung": {"cimpulung"}, "campina": {"cimpina"}, "curtea": {"c"}, "sector": {"sectorul", "sect", "sec"}}

// addPlace stores a place under its name, its short forms and, when declined, its forms with an article: „zona Clujului”.
func (r *Reader) addPlace(name string, p place, declined bool) {
	folded := text.Fold(name)
	names := []string{folded}
	first, rest, several := strings.Cut(folded, " ")
	for _, short := range abbreviations[first] {
		names = append(names, strings.TrimSpace(short+" "+rest))
	}
	if declined && !several && !strings.Contains(folded, "-") {
		stem := strings.TrimRight(folded, "aiu")
		names = append(names, folded+"ului", folded+"ul", stem+"ei", stem+"ului", stem+"ul")
	}
	for _, n := range names {
		key := placeKey(n)
		if old, taken := r.places[key]; !taken || old.population < p.population {
			r.places[key] = p
		}
	}
}

// placeKey is a name without stems: „Arad” is no „arad-ul” of something.
func placeKey(folded string) string {
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' }), " ")
}

// placeAt finds the longest place whose name begins at token i.
func (rd *reading) placeAt(i int) (place, int) {
	for n := min(4, len(rd.tokens)-i); n > 0; n-- {
		var parts []string
		for _, t := range rd.tokens[i : i+n] {
			if t.used {
				parts = nil
				break
			}
			parts = append(parts, t.word)
		}
		if p, found := rd.reader.places[strings.Join(parts, " ")]; found {
			return p, i + n
		}
	}
	return place{}, i
}

// introduction is what may stand before a place and says that it is one.
type introduction struct {
	length   int
	county   bool // „județul”
	locality bool // „orașul”, „comuna”
	near     bool // „lângă”
	radius   int  // „la 20 km de”
}

// Words that stand before a place: any of them makes a place of a name that could be a word.
var (
	placeWords    = []string{"in", "din", "la", "zona", "raza", "localitatea"}
	countyWords   = []string{"judetul", "judet", "jud"}
	localityWords = []string{"orasul", "oras", "municipiul", "mun", "comuna", "com", "satul", "sat"}
	nearWords     = []string{"langa", "aproape", "imprejurimi", "imprejurimile", "jurul"}
)

// maxIntroduction bounds the words before a place.
const maxIntroduction = 6

// introducedAt reads the words before a place.
func (rd *reading) introducedAt(i int) introduction {
	in := introduction{}
	for ; in.length < maxIntroduction; in.length++ {
		at := i + in.length
		switch w := rd.word(at); {
		case w == "":
			return in
		case slices.Contains(placeWords, w), w == "pe" && rd.word(at+1) == "raza", w == "de" && (in.near || in.radius > 0):
		case slices.Contains(countyWords, w):
			in.county = true
		case slices.Contains(localityWords, w):
			in.locality = true
		case slices.Contains(nearWords, w):
			in.near = true
		case w == "km" && in.length > 0 && rd.tokens[at-1].number:
			in.radius = int(min(rd.tokens[at-1].value, maxNamedRange))
		case rd.tokens[at].number && rd.word(at+1) == "km" && (rd.word(at+2) == "de" || rd.word(at-1) == "raza"):
		default:
			return in
		}
	}
	return in
}

// places finds where the thing should be. Of two places that do not lie in each other none is taken: it may be a way from one to the other.
func (rd *reading) places() {
	type found struct {
		place
		near       introduction
		start, end int
	}
	var all []found
	for i := 0; i < len(rd.tokens); i++ {
		in := rd.introducedAt(i)
		p, end := rd.placeAt(i + in.length)
		if end == i+in.length || !rd.isPlace(p, in, i, end) {
			continue
		}
		if in.locality && p.slug == "" && p.seat != "" || (in.near || in.radius > 0) && p.slug == "" {
			p.slug = p.seat
		}
		if rd.word(end) == "si" && slices.Contains([]string{"imprejurimi", "imprejurimile", "zona"}, rd.word(end+1)) {
			in.near = true
			end += 2
			if p.slug == "" {
				p.slug = p.seat
			}
		}
		all = append(all, found{p, in, i, end})
		i = end - 1
	}
	switch {
	case len(all) == 0:
		return
	case len(all) == 2 && all[0].county == all[1].county && (all[0].slug == "") != (all[1].slug == ""):
		which := 0
		if all[0].slug == "" {
			which = 1
		}
		other := all[1-which]
		for i := other.start; i < other.end; i++ {
			rd.tokens[i].used = true
		}
		all = all[which : which+1]
	case len(all) > 1:
		return
	}
	f := all[0]
	piece := Piece{Kind: PieceCounty, Values: []string{f.county}}
	if f.slug != "" {
		piece = Piece{Kind: PieceLocality, Values: []string{f.slug}, RadiusKm: f.near.radius}
		if f.near.near && f.near.radius == 0 {
			piece.RadiusKm = nearbyKm
		}
	}
	rd.condition(piece, f.start, f.end)
}

// isPlace tells a place from a word of the same spelling.
func (rd *reading) isPlace(p place, in introduction, start, end int) bool {
	name := rd.tokens[end-1]
	switch {
	case in.county:
		return p.slug == ""
	case in.locality:
		return true
	case name.word == "buc" && start > 0 && rd.tokens[start-1].number:
		return false // „4 buc”
	case in.length > 0:
		return !p.strong
	}
	return p.bare
}
