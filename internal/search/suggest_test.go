package search

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	v, r := market(), reader()
	words := func(all ...string) (out []Suggestion) {
		for _, w := range all {
			out = append(out, Suggestion{Words: w})
		}
		return out
	}
	for in, want := range map[string][]Suggestion{
		"":          nil,
		"m":         nil,
		"masina de": append(words("mașină de spălat", "masina decomandat"), Suggestion{Category: "electrocasnice-mari"}, Suggestion{Category: "gradina-si-terasa"}),
		"telefoa":   {{Category: "telefoane"}, {Category: "accesorii-telefoane"}},
		"golf 7 în clu": {
			{Place: "județul Cluj", Before: "golf 7", County: "CJ"}, {Place: "Cluj-Napoca, Cluj", Before: "golf 7", County: "CJ", Locality: "cluj-napoca"},
		},
		"apartament în sector 3": {{Place: "București, Sector 3", Before: "apartament", County: "B", Locality: "bucuresti-sector-3"}},
		"timiso":                 {{Place: "Timișoara, Timiș", County: "TM", Locality: "timisoara"}},
		"laptp":                  words("laptop"),
		"samsung tele":           append(words("samsung telefon", "samsung televizor"), Suggestion{Place: "județul Teleorman", Before: "samsung", County: "TR"}),
		"qqqq \x00 🙂":            nil,
	} {
		got := r.Suggest(v, in)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Suggest(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, s := range []string{"golf 7 în cluj-na", "mașină de sp", "\xff\x00 „în", "la la la", "🙂 in"} {
		f.Add(s)
	}
	v, r := market(), reader()
	f.Fuzz(func(t *testing.T, s string) {
		got := r.Suggest(v, s)
		if len(got) > maxWordSuggestions+maxCategorySuggestions+maxPlaceSuggestions {
			t.Errorf("%d suggestions for %q", len(got), s)
		}
		for _, g := range got {
			if !utf8.ValidString(g.Words + g.Before) {
				t.Errorf("Suggest(%q) = %+v", s, g)
			}
		}
		if better, changed := v.Correct(s); changed && !utf8.ValidString(better) {
			t.Errorf("Correct(%q) = %q", s, better)
		}
	})
}

func BenchmarkSuggest(b *testing.B) {
	v, r := bigVocabulary(), reader()
	b.ReportAllocs()
	for b.Loop() {
		r.Suggest(v, "golf 7 în ma")
	}
}
