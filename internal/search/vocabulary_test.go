package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
