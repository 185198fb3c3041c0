package search

import (
	_ "embed"
	"iter"
	"slices"
	"strings"

	"piata.ro/internal/text"
)

//go:embed nouns.txt
var nounList string

//go:embed options.txt
var optionList string

// Reference is what a Reader knows of the site: its categories with their attributes, and its places.
type Reference struct {
	Categories []ReferenceCategory
	Counties   []ReferenceCounty
	Localities []ReferenceLocality
}

// ReferenceCategory is a subcategory, where adverts are posted.
type ReferenceCategory struct {
	Slug, Name, Parent string // Parent is the slug of the top category
	Attributes         []ReferenceAttribute
}

// ReferenceAttribute is a detail that a category asks for.
type ReferenceAttribute struct {
	Key, Unit string
	Kind      string   // text, number, select or bool
	Options   []string // of a select
}

// ReferenceCounty is a județ.
type ReferenceCounty struct{ Code, Name, Seat string }

// ReferenceLocality is a municipality, town, commune or sector.
type ReferenceLocality struct {
	Slug, Name, County string // County is its code
	Kind               string // municipiu, oraș, comună, sector
	Population         int64
}

// Reader understands sentences by rules over the site's own data. It is made once and used by many at the same time.
type Reader struct {
	leaves  map[string]*leaf
	nouns   map[string]noun  // by phrase
	places  map[string]place // by phrase
	things  map[string]bool  // phrases of nouns and options
	without map[string]bool  // those of options that begin with „fără”
	longest int              // tokens of the longest phrase of a noun or an option

	categoryNames, placeNames []begun // sorted, for completion
}

// leaf is a subcategory as the rules see it.
type leaf struct {
	slug, parent string
	attributes   map[string]ReferenceAttribute
	options      map[string][]option // by phrase
}

// option is one choice of an attribute.
type option struct {
	key, value string
	boolean    bool
}

// noun is the name of a thing and the categories where it is posted.
type noun struct {
	slugs  []string
	option option // that the name says, if any
	stays  bool   // the name says more than the category
}

// NewReader prepares the rules for the data.
func NewReader(ref Reference) *Reader {
	r := &Reader{leaves: map[string]*leaf{}, nouns: map[string]noun{}, places: map[string]place{}, things: map[string]bool{}, without: map[string]bool{}}
	aliases := readAliases()
	for _, c := range ref.Categories {
		r.leaves[c.Slug] = r.newLeaf(c, aliases)
	}
	r.addNouns()
	r.addBreeds()
	for p := range r.nouns {
		r.addThing(p)
	}
	for _, l := range r.leaves {
		for p := range l.options {
			r.addThing(p)
			if strings.HasPrefix(p, without) {
				r.without[p] = true
			}
		}
	}
	r.addPlaces(ref)
	r.addNames(ref)
	return r
}

// without begins the phrases of „fără experiență”, „fără agenție”.
const without = "far "

func (r *Reader) addThing(p string) {
	r.things[p] = true
	r.longest = max(r.longest, strings.Count(p, " ")+1)
}

// records yields „left: a, b” of a list as left and its names.
func records(list string) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for line := range strings.Lines(list) {
			left, right, found := strings.Cut(strings.TrimSpace(line), ":")
			if !found || strings.HasPrefix(line, "#") {
				continue
			}
			var names []string
			for name := range strings.SplitSeq(right, ",") {
				if name = strings.TrimSpace(name); name != "" {
					names = append(names, name)
				}
			}
			if !yield(left, names) {
				return
			}
		}
	}
}

// readAliases returns the other words for options, by „key=Option”.
func readAliases() map[string][]string {
	aliases := map[string][]string{}
	for left, names := range records(optionList) {
		aliases[left] = names
	}
	return aliases
}

func (r *Reader) newLeaf(c ReferenceCategory, aliases map[string][]string) *leaf {
	l := &leaf{slug: c.Slug, parent: c.Parent, attributes: map[string]ReferenceAttribute{}, options: map[string][]option{}}
	for _, a := range c.Attributes {
		l.attributes[a.Key] = a
		switch a.Kind {
		case "bool":
			for _, name := range aliases[a.Key+"=da"] {
				l.addOption(phrase(name), option{a.Key, "da", true})
			}
		case "select":
			for _, value := range a.Options {
				l.addSelect(a.Key, value, aliases)
			}
		}
	}
	return l
}

// addSelect makes an option known by its name and its other names. Bare numbers and letters are read by other rules, with their unit or
// with the word that goes before them.
func (l *leaf) addSelect(key, value string, aliases map[string][]string) {
	o := option{key: key, value: value}
	names, listed := aliases[key+"="+value]
	for _, name := range names {
		l.addOption(phrase(name), o)
	}
	folded := text.Fold(value)
	if listed && len(names) == 0 || strings.HasPrefix(folded, "alt") || folded == "fara" || len(folded) < 2 || needsContext[key] || isDigit(folded[0]) && !strings.Contains(folded, " ") && key != "rezolutie" {
		return
	}
	l.addOption(phrase(value), o)
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(value, " și ", "/"), func(r rune) bool { return r == '/' }) {
		if len(part) > 2 {
			l.addOption(phrase(part), o)
		}
	}
}

func (l *leaf) addOption(p string, o option) {
	if p != "" && !slices.Contains(l.options[p], o) {
		l.options[p] = append(l.options[p], o)
	}
}

// needsContext are the attributes whose options mean something only after the word in contexts.
var needsContext = map[string]bool{"talie": true, "clasa_energetica": true, "grupa": true, "stare": true, "risc_seismic": true, "utilitati": true, "acces": true,
	"usi": true, "camere": true, "etaje": true, "structura": true, "varsta_aprox": true, "studii": true, "limba_ceruta": true, "pentru": true, "tractiune": true}

// contexts are the words that go before an option of an attribute: „etaj 3”, „mărimea M”, „grupa 1”.
var contexts = map[string]string{"etaj": "etaj", "etajul": "etaj", "et": "etaj", "marimea": "marime", "marime": "marime", "mar": "marime", "masura": "marime", "nr": "marime",
	"numar": "marime", "numarul": "marime", "clasa": "clasa_energetica", "grupa": "grupa", "talie": "talie", "talia": "talie", "categoria": "categorie_permis",
	"permis": "categorie_permis", "ram": "ram", "cadru": "cadru", "r": "diametru", "roti": "roata", "diagonala": "diagonala"}

// addNouns reads „slug slug key=Option ~: names”. A category that the site does not have is left out.
func (r *Reader) addNouns() {
	for left, names := range records(nounList) {
		left, stays := strings.CutSuffix(left, " ~")
		head, value, hasOption := strings.Cut(left, "=")
		slugs := strings.Fields(head)
		n := noun{stays: stays}
		if hasOption {
			n.option = option{key: slugs[len(slugs)-1], value: value, boolean: value == "da"}
			slugs = slugs[:len(slugs)-1]
		}
		for _, slug := range slugs {
			if r.leaves[slug] != nil {
				n.slugs = append(n.slugs, slug)
			}
		}
		for _, name := range names {
			p := phrase(name)
			if r.nouns[p].slugs == nil && len(n.slugs) > 0 {
				r.nouns[p] = n
			}
		}
	}
}

// addBreeds makes names of the breeds, which people look for without saying „câine”.
func (r *Reader) addBreeds() {
	for slug, l := range r.leaves {
		for p, options := range l.options {
			if o := options[0]; o.key == "rasa" && r.nouns[p].slugs == nil {
				r.nouns[p] = noun{slugs: []string{slug}, option: o}
			}
		}
	}
}

// window joins the stems of up to n tokens that nothing uses from i on and returns where they end. Hyphens are passed over.
func (rd *reading) window(i, n int) (p string, end int) {
	var b strings.Builder
	for end = i; end < len(rd.tokens) && n > 0; end++ {
		t := rd.tokens[end]
		if t.used {
			return "", end
		}
		if t.word == "-" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.stem)
		n--
	}
	if n > 0 {
		return "", end
	}
	return b.String(), end
}

// longestMatch looks for the longest phrase that begins at token i.
func longestMatch[T any](rd *reading, i int, lookup func(string) (T, bool)) (found T, end int) {
	for n := min(rd.reader.longest, len(rd.tokens)-i); n > 0; n-- {
		if p, after := rd.window(i, n); p != "" {
			if v, ok := lookup(p); ok {
				return v, after
			}
		}
	}
	return found, i
}
