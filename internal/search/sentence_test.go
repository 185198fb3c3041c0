package search

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// reference reads the site's own data, as models hands it to the reader.
var reference = sync.OnceValue(func() Reference {
	var ref Reference
	byName := map[string]int{}
	for _, row := range table("judete.csv") {
		ref.Counties = append(ref.Counties, ReferenceCounty{Code: row[0], Name: row[1], Seat: row[3]})
	}
	for _, row := range table("localitati.csv") {
		population, err := strconv.ParseInt(row[7], 10, 64)
		if err != nil {
			panic(err)
		}
		ref.Localities = append(ref.Localities, ReferenceLocality{Slug: row[2], Name: row[1], County: row[3], Kind: row[4], Population: population})
	}
	for _, row := range table("categorii.csv") {
		if row[2] != "" {
			byName[row[0]] = len(ref.Categories)
			ref.Categories = append(ref.Categories, ReferenceCategory{Slug: row[0], Name: row[1], Parent: row[2]})
		}
	}
	for _, row := range table("atribute.csv") {
		c := &ref.Categories[byName[row[0]]]
		a := ReferenceAttribute{Key: row[1], Kind: row[3], Unit: row[4]}
		if row[5] != "" {
			a.Options = strings.Split(row[5], "|")
		}
		c.Attributes = append(c.Attributes, a)
	}
	return ref
})

var reader = sync.OnceValue(func() *Reader { return NewReader(reference()) })

func table(name string) [][]string {
	file, err := os.Open("../../models/reference/" + name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(err)
	}
	return rows[1:]
}

// String writes a piece as testdata/sentences.txt does.
func (p Piece) String() string {
	name, value := string(p.Kind), strings.Join(p.Values, ",")
	bound := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', -1, 64)
	}
	if p.Min != nil || p.Max != nil {
		value = bound(p.Min) + ".." + bound(p.Max) + p.Currency
	}
	switch {
	case p.Kind == PieceAttribute:
		name = p.Key
	case p.Kind == PieceExcluded:
		value = strings.Join(p.Excluded, " ")
	case p.Kind == PieceFree || p.Kind == PieceExchange:
		return name
	case p.RadiusKm > 0:
		value += "+" + strconv.Itoa(p.RadiusKm)
	}
	return name + "=" + value
}

// labelled is a line of testdata/sentences.txt.
type labelled struct {
	sentence string
	pieces   []string // sorted
	rest     []string // stems
}

func readLabelled(t testing.TB) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		if strings.HasPrefix(line, "#") || len(fields) != 3 {
			continue
		}
		l := labelled{sentence: strings.TrimSpace(fields[0]), rest: stems(ParseQuery(fields[2] + " "))}
		for word := range strings.FieldsSeq(fields[1]) {
			if strings.Contains(word, "=") || word == "gratuit" || word == "schimb" {
				if excluded, found := strings.CutPrefix(word, "fara="); found {
					word = "fara=" + strings.Join(Analyze(excluded), " ")
				}
				l.pieces = append(l.pieces, word)
			} else {
				l.pieces[len(l.pieces)-1] += " " + word
			}
		}
		slices.Sort(l.pieces)
		out = append(out, l)
	}
	return out
}

func stems(q Query) []string {
	out := []string{}
	for _, term := range q.Terms {
		out = append(out, term.Stem)
	}
	return out
}

func asLabelled(s Sentence) labelled {
	l := labelled{sentence: s.String(), rest: stems(s.Rest)}
	for _, p := range s.Pieces {
		l.pieces = append(l.pieces, p.String())
	}
	slices.Sort(l.pieces)
	return l
}

// minExact is the share of sentences that must be read exactly as labelled.
const minExact = 0.85

func TestSentences(t *testing.T) {
	t.Parallel()
	all := readLabelled(t)
	if len(all) < 150 {
		t.Fatalf("%d sentences", len(all))
	}
	var exact, total [2]int
	for i, want := range all {
		held := 0
		if i%3 == 2 {
			held = 1
		}
		total[held]++
		got := asLabelled(reader().Read(want.sentence))
		diff := cmp.Diff(want, got, cmp.AllowUnexported(labelled{}))
		if diff == "" {
			exact[held]++
		} else if held == 0 || os.Getenv("SHOW_HELD_OUT") != "" {
			t.Logf("%s (-want +got):\n%s", want.sentence, diff)
		}
	}
	for held, name := range []string{"open", "held-out"} {
		share := float64(exact[held]) / float64(total[held])
		t.Logf("%s sentences: %d of %d exact, %.1f %%", name, exact[held], total[held], share*100)
		if share < minExact {
			t.Errorf("only %.1f %% of the %s sentences are read exactly", share*100, name)
		}
	}
}

// TestListsFitData finds lines of nouns.txt and options.txt that the data does not know.
func TestListsFitData(t *testing.T) {
	t.Parallel()
	r := reader()
	for left := range records(nounList) {
		head, value, hasOption := strings.Cut(strings.TrimSuffix(left, " ~"), "=")
		slugs := strings.Fields(head)
		key := ""
		if hasOption {
			key, slugs = slugs[len(slugs)-1], slugs[:len(slugs)-1]
		}
		for _, slug := range slugs {
			l := r.leaves[slug]
			if l == nil {
				t.Errorf("nouns.txt: no category %q", slug)
			} else if hasOption && !knows(l, key, value) && !strings.HasSuffix(slug, "-copii") && key != "camere" && key != "tip_casa" && key != "tip" {
				t.Errorf("nouns.txt: %s has no %s=%s", slug, key, value)
			}
		}
	}
	for left := range records(optionList) {
		key, value, _ := strings.Cut(left, "=")
		known := false
		for _, l := range r.leaves {
			known = known || knows(l, key, value)
		}
		if !known {
			t.Errorf("options.txt: no category has %s", left)
		}
	}
}

func knows(l *leaf, key, value string) bool {
	a, found := l.attributes[key]
	return found && (slices.Contains(a.Options, value) || a.Kind == "bool" && value == "da")
}

func FuzzRead(f *testing.F) {
	for _, l := range readLabelled(f) {
		f.Add(l.sentence)
	}
	f.Add(strings.Repeat("sub 9 000 000 euro de la 5 la fără nu - \x00🙂 „", 200))
	f.Add("intre si între 5 și -\"fara 2015-2018+ € % 20 km de lângă la în")
	f.Fuzz(func(t *testing.T, s string) {
		got := reader().Read(s)
		if len(got.Pieces) > maxSentenceTokens || !utf8.ValidString(got.Rest.String()) || len(got.Rest.Terms) > maxTerms {
			t.Errorf("Read(%q) = %+v", s, got)
		}
		for _, p := range got.Pieces {
			if p.Kind == "" || !strings.Contains(got.String(), p.Source) && p.Kind != PieceAttribute {
				t.Errorf("Read(%q) has the piece %+v", s, p)
			}
		}
	})
}

func BenchmarkReadSentence(b *testing.B) {
	r := reader()
	b.ReportAllocs()
	for b.Loop() {
		r.Read("golf 7 diesel sub 9000 euro cluj fără avariate")
	}
}
