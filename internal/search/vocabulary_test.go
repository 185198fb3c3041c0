package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/text"
)

// titles are adverts of a small market.
var titles = []string{
	"Mașină de spălat Bosch 8 kg", "Mașină de spălat Beko 7 kg", "Mașină de spălat Arctic", "Mașină de cusut Singer", "Cărucior 3 în 1 Chicco", "Cărucior sport pliabil",
	"Apartament 2 camere Titan", "Apartament 2 camere, Militari", "Apartament 2 camere decomandat", "Apartament 3 camere", "iPhone 12 64 GB", "iPhone 13 128 GB", "IPHONE 12 PRO",
	"Volkswagen Golf 7", "Volkswagen Passat", "Bicicletă MTB 29", "Bicicletă copii", "Încălțăminte damă", "Încălțăminte copii", "Laptop Lenovo ThinkPad", "Laptop HP",
	"Televizor Samsung", "Telefon Samsung Galaxy S22", "Canapea extensibilă", "Canapea colțar", "Chitară acustică Yamaha", "Bormașină Bosch 18 V", "Trotinetă electrică Xiaomi",
	"Șifonier 3 uși", "Șurubelniță cu acumulator", "Pâine de casă cu maia", "Frigider cu congelator",
}

func market() *Vocabulary {
	tally := NewTally(1000)
	for _, title := range titles {
		tally.Add(title)
	}
	return NewVocabulary(tally.Entries(), reader())
}

func TestCorrect(t *testing.T) {
	t.Parallel()
	v := market()
	for in, want := range map[string]string{
		"laptp":                       "laptop",
		"ipohne 12":                   "iphone 12",
		"Aprtament 2 camere":          "apartament 2 camere",
		"volksvagen golf":             "volkswagen golf",
		"masian de spalat":            "mașină de spalat",
		"bicilceta copii":             "bicicletă copii",
		"biciceta":                    "bicicletă",
		"incaltamite dama":            "încălțăminte dama",
		"canapeaa extensibla":         "canapeaa extensibilă",
		"chitraa acustica":            "chitară acustica",
		"sifoner":                     "șifonier",
		"surubelnta":                  "șurubelniță",
		"trotineta electirca":         "trotineta electrică",
		"televiozr samsugn":           "televizor samsung",
		"frgider":                     "frigider",
		"lap top lenovo":              "laptop lenovo",
		"masinaspalat":                "mașină spălat",
		"paine de casa cu amia":       "paine de casa cu maia",
		"ipohne sub 2000 lei in cluj": "iphone sub 2000 lei in cluj",
		"bormasina bosh -lovita":      "bormasina bosch -lovita",
		"tlefon":                      "telefon",
		"xaiomi":                      "xiaomi",
		"carucoir":                    "cărucior",
	} {
		if got, changed := v.Correct(in); got != want || !changed {
			t.Errorf("Correct(%q) = %q, %v, want %q", in, got, changed, want)
		}
	}
	for _, right := range []string{
		"", "mașinilor", "apartamente 2 camere decomandate", "cărucioare", "golf 7 diesel sub 9000 euro cluj fără avariate", "ps5 128gb s22",
		`"laptp"`, "-laptp", "qzxwvk", "vw", "vând tv", "casă în timișoara", "câine", "ab", strings.Repeat("z", 300), "🙂 \x00",
	} {
		if got, changed := v.Correct(right); changed {
			t.Errorf("Correct(%q) = %q", right, got)
		}
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	v := market()
	for in, want := range map[string][]string{
		"masina de": {"mașină de spălat"},
		"cana":      {"canapea"},
		"apartam":   {"apartament", "apartament 2", "apartament 2 camere"},
		"xyz":       {},
	} {
		if diff := cmp.Diff(want, v.Complete(in, 3)); diff != "" {
			t.Errorf("Complete(%q) (-want +got):\n%s", in, diff)
		}
	}
	if v.Count("mașinii") != 4 || v.Count("elicopter") != 0 {
		t.Errorf("counted %d and %d", v.Count("mașinii"), v.Count("elicopter"))
	}
}

func TestTallyIsBounded(t *testing.T) {
	t.Parallel()
	tally := NewTally(50)
	for i := range 5000 {
		tally.Add(fmt.Sprintf("Bicicletă %s", word(rand.New(rand.NewPCG(1, uint64(i))))))
	}
	entries := tally.Entries()
	if len(tally.seen) > 103 || len(entries) > 50 || entries[0].Text != "bicicletă" || entries[0].Count != 5000 {
		t.Errorf("%d seen, %d entries, first %+v", len(tally.seen), len(entries), entries[0])
	}
}

// word invents a word that could be Romanian.
func word(rng *rand.Rand) string {
	var b strings.Builder
	for range 2 + rng.IntN(4) {
		b.WriteByte("bcdfglmnprstvz"[rng.IntN(14)])
		b.WriteByte("aeiou"[rng.IntN(5)])
	}
	if rng.IntN(2) == 0 {
		b.WriteByte("rtnlsc"[rng.IntN(6)])
	}
	return b.String()
}

// bigVocabulary has 200,000 words.
func bigVocabulary() *Vocabulary {
	rng := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	var entries []Entry
	for len(entries) < 200_000 {
		if w := word(rng); !seen[w] {
			seen[w] = true
			entries = append(entries, Entry{Text: w, Count: 1 + rng.IntN(1000)})
		}
	}
	return NewVocabulary(slices.Clip(entries), reader())
}

func BenchmarkCorrect(b *testing.B) {
	v := bigVocabulary()
	b.ReportAllocs()
	for b.Loop() {
		v.Correct("aprtamennt 2 camere")
	}
}

func BenchmarkComplete(b *testing.B) {
	v := bigVocabulary()
	b.ReportAllocs()
	for b.Loop() {
		v.Complete("ma", 8)
	}
}

// mistype makes one mistake of a hurried hand in a word of at least five letters.
func mistype(rng *rand.Rand, w string) string {
	i := rng.IntN(len(w) - 1)
	switch rng.IntN(4) {
	case 0:
		return w[:i] + w[i+1:]
	case 1:
		return w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:]
	case 2:
		return w[:i+1] + w[i:]
	}
	for _, row := range keyRows {
		if at := strings.IndexByte(row, w[i]); at >= 0 {
			return w[:i] + row[max(at-1, 1-at):][:1] + w[i+1:]
		}
	}
	return w
}

// minCorrected is the share of mistyped words that must be put right; the others could stand for several words.
const minCorrected = 0.93

func TestTypos(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	tally := NewTally(10_000)
	for line := range strings.Lines(string(data)) {
		if _, title, found := strings.Cut(line, " | "); found {
			tally.Add(title)
		}
	}
	entries := tally.Entries()
	v := NewVocabulary(entries, reader())
	rng := rand.New(rand.NewPCG(3, 5))
	right, total := 0, 0
	for _, e := range entries {
		w := text.Fold(e.Text)
		if !isPlainWord(w) || len(w) < 5 {
			continue
		}
		for range 5 {
			mistyped := mistype(rng, w)
			if v.known(mistyped) {
				continue // another word
			}
			total++
			if got, _ := v.Correct(mistyped); Stem(text.Fold(got)) == Stem(w) {
				right++
			}
		}
	}
	share := float64(right) / float64(total)
	t.Logf("%d of %d mistyped words put right, %.1f %%", right, total, share*100)
	if share < minCorrected {
		t.Errorf("only %.1f %% are put right", share*100)
	}
}

// A word that many adverts have is meant as it stands, even without a space after it; a beginning stays one.
func TestFinish(t *testing.T) {
	t.Parallel()
	tally := NewTally(1000)
	for range manyAdverts {
		tally.Add("Sandero Stepway")
	}
	tally.Add("Sanderon rar")
	v := NewVocabulary(tally.Entries(), reader())
	for query, want := range map[string]string{"sandero": "", "sander": "sander", "rosu stepway": "", "sandero stepw": "stepw", "sanderon": "sanderon", "": ""} {
		q := ParseQuery(query)
		finished, got := v.Finish(q), ""
		if n := len(finished.Terms); n > 0 {
			got = finished.Terms[n-1].Prefix
		}
		if got != want {
			t.Errorf("%q may go on from %q, want %q", query, got, want)
		}
		if again := ParseQuery(query); !cmp.Equal(q.Terms, again.Terms) {
			t.Errorf("%q was changed to %v", query, q.Terms)
		}
	}
}
