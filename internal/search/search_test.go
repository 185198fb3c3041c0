package search

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"piata.ro/internal/text"
)

func TestAnalyze(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                              "",
		"?!… 🙂":                         "",
		"Mașini de spălat":              "masin de spalat",
		"pîine, vînzare":                "pain vanzar",
		"16 GB":                         "16gb 16",
		"1.250.000 lei":                 "1250000 leu",
		"12.05.2026":                    "12 05 2026",
		"0,5 l":                         "0p5l 0p5",
		"140x200x20":                    "140x200x20 140 200 20",
		"i7":                            "i7 i 7",
		"i7 16 GB":                      "i7 16gb i 7 16",
		"e-mail":                        "email e mail",
		"NEAR(a, b) OR \"c\" * -d : ^e": "near a b or c d e",
		"bicicletă 26 inch":             "biciclet 26",
		"3 camere":                      "3camere 3 camer",
		strings.Repeat("q", 100):        strings.Repeat("q", maxTokenLen),
		strings.Repeat("7", 100):        strings.Repeat("7", maxTokenLen),
	} {
		if diff := cmp.Diff(strings.Fields(want), Analyze(in), cmp.Transformer("join", func(s []string) string { return strings.Join(s, " ") })); diff != "" {
			t.Errorf("Analyze(%q) (-want +got):\n%s", in, diff)
		}
	}
	if got := len(Analyze(strings.Repeat("5 gb ", 10_000))); got != maxTokens {
		t.Errorf("a huge text has %d tokens, want %d", got, maxTokens)
	}
}

func TestParseQuery(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]Term{
		"":                        nil,
		"***":                     nil,
		"lapt":                    {{Stem: "lapt", Prefix: "lapt"}},
		"lapt ":                   {{Stem: "lapt"}},
		"la":                      {{Stem: "la"}},
		"de la":                   {{Stem: "de"}, {Stem: "la"}},
		"Pat":                     {{Stem: "pat"}},
		"mese":                    {{Stem: "mas"}},
		"calculatoa":              {{Stem: "calculato", Prefix: "calculato"}},
		"bicicleta pentru copii":  {{Stem: "biciclet"}, {Stem: "copil"}},
		"caut golf golf 7":        {{Stem: "golf"}, {Stem: "7"}},
		"laptop 16 GB":            {{Stem: "laptop"}, {Stem: "16gb"}},
		"ps5":                     {{Stem: "playstation"}, {Stem: "5"}},
		`"masa" OR 1=1; -- NOT *`: {{Stem: "mas"}, {Stem: "1"}, {Stem: "not", Prefix: ""}},
	} {
		if diff := cmp.Diff(want, ParseQuery(in).Terms, cmpopts.IgnoreFields(Term{}, "Word")); diff != "" {
			t.Errorf("ParseQuery(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestQuotedAndExcluded(t *testing.T) {
	t.Parallel()
	type parts struct {
		Terms             string
		Phrases, Excluded [][]string
	}
	for in, want := range map[string]parts{
		`golf -avariat`:               {"golf", nil, [][]string{{"avariat"}}},
		`-avariat -"lovit în spate"`:  {"", nil, [][]string{{"avariat"}, {"lovit", "in", "spat"}}},
		`„mașină de spălat” bosch`:    {"masin spalat bosch", [][]string{{"masin", "de", "spalat"}}, nil},
		`"golf 7" "diesel"`:           {"golf 7 diesel", [][]string{{"golf", "7"}}, nil},
		`«xbox one»`:                  {"xbox one", [][]string{{"xbox", "one"}}, nil},
		`blu-ray 2015-2018 - a -- -`:  {"bluray 2015 2018", nil, nil},
		`"neînchis golf`:              {"neinchis golf", nil, nil},
		`"" -"" „”`:                   {"", nil, nil},
		`-Mașini`:                     {"", nil, [][]string{{"masin"}}},
		`canapea -colțar -extensibil`: {"canap", nil, [][]string{{"coltar"}, {"extensibil"}}},
	} {
		q := ParseQuery(in)
		got := parts{Phrases: q.Phrases, Excluded: q.Excluded}
		for _, term := range q.Terms {
			got.Terms = strings.TrimSpace(got.Terms + " " + term.Stem)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseQuery(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestQueryBounds(t *testing.T) {
	t.Parallel()
	q := ParseQuery("  Mașini\tde  tuns " + strings.Repeat("x1 y2 z3 abc ", 100_000))
	if got := utf8.RuneCountInString(q.String()); got > maxQueryRunes {
		t.Errorf("the text of a huge query has %d characters", got)
	}
	if !strings.HasPrefix(q.String(), "Mașini de tuns x1") || q.Empty() {
		t.Errorf("query is %q", q)
	}
	var many strings.Builder
	for c := 'a'; c <= 'z'; c++ {
		many.WriteString(strings.Repeat(string(c), 4) + " ")
	}
	if got := len(ParseQuery(many.String()).Terms); got != maxTerms {
		t.Errorf("%d terms, want %d", got, maxTerms)
	}
	if !ParseQuery(" \x00 ").Empty() {
		t.Error("a query without words is not empty")
	}
}

// families are words with forms that a person would call the same, in the spelling of adverts.
var families = []string{
	"telefon telefonul telefonului telefoane telefoanele telefoanelor", "masă masa mesei mese mesele meselor",
	"laptop laptopuri laptopurile laptopului", "canapea canapeaua canapelei canapele canapelele canapelelor",
	"rochie rochia rochiei rochii rochiile rochiilor", "oglindă oglinda oglinzii oglinzi oglinzile oglinzilor",
	"spațiu spațiul spațiului spații spațiile spațiilor", "birou biroul biroului birouri birourile birourilor",
	"tastatură tastatura tastaturii tastaturi tastaturile tastaturilor", "frumos frumoasă frumoasei frumoși frumoase frumoaselor",
	"copil copilul copilului copii copiii copiilor", "cățel cățelul cățelului căței cățeii cățeilor",
	"model modelul modelului modele modelele modelelor", "inel inelul inele inelele inelelor",
	"câine câinele câinelui câini câinii câinilor", "ușă ușa ușii uși ușile ușilor", "mireasă miresei mirese mireselor",
	"mobilat mobilată mobilați mobilate", "mobilă mobila mobilei", "extensibil extensibilă extensibile extensibili",
	"electrician electricianul electricieni electricienilor", "vânzător vânzătoare vânzătorul vânzătoarele",
	"roșu roșie roșii roșia", "nou nouă noi noul noile", "verde verzi verdele", "cazare cazarea cazări cazărilor",
	"pensiune pensiunea pensiunii pensiuni pensiunilor", "farfurie farfurii farfuriile farfuriilor",
	"vânzare vând vânzări", "închiriere închiriat închiriez închiriată",
}

func TestStemFamilies(t *testing.T) {
	t.Parallel()
	roots := map[string]string{}
	for _, family := range families {
		forms := strings.Fields(text.Fold(family))
		want := Stem(forms[0])
		if other, taken := roots[want]; taken {
			t.Errorf("%q and %q have the root %q", forms[0], other, want)
		}
		roots[want] = forms[0]
		for _, form := range forms {
			if got := Stem(form); got != want {
				t.Errorf("Stem(%q) = %q, want %q as of %q", form, got, want, forms[0])
			}
		}
	}
}

// TestLexicon finds lines of families.txt that contradict each other.
func TestLexicon(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for forms := range listed(familyList) {
		for _, form := range slices.Compact(slices.Sorted(slices.Values(forms))) {
			if form == ownRoot {
				continue
			}
			if seen[form] {
				t.Errorf("%q stands in two families", form)
			}
			seen[form] = true
		}
	}
	if !slices.IsSorted(stopWords) {
		t.Error("stopWords are not sorted")
	}
}

var tokenPattern = regexp.MustCompile(`^[a-z0-9]{1,40}$`)

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"Mașină de spălat 8 kg, 1.6", "205/55R16 160 x 200 c++ i7 s21fe", "\xff\x00 ţ\u0326", "ps5 vw 2 camere 50 m²"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tokens := Analyze(s)
		if len(tokens) > maxTokens {
			t.Errorf("%d tokens", len(tokens))
		}
		for _, token := range tokens {
			if !tokenPattern.MatchString(token) {
				t.Errorf("Analyze(%q) has the token %q", s, token)
			}
		}
		if strings.ContainsAny(s, "îÎ") || toldApart.Replace(s) != s {
			return // old and new spelling of one word are told apart by the letter that folding drops
		}
		if diff := cmp.Diff(tokens, Analyze(text.Fold(s))); diff != "" {
			t.Errorf("Analyze(%q) without diacritics differs:\n%s", s, diff)
		}
	})
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"mașină de spălat", "NEAR(a* \"b\" OR -c:d", "lapt", "de la", "205/55 r16 ps5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := ParseQuery(s)
		if len(q.Terms) > maxTerms || !utf8.ValidString(q.String()) || utf8.RuneCountInString(q.String()) > maxQueryRunes {
			t.Errorf("ParseQuery(%q) = %+v", s, q)
		}
		seen := map[string]bool{}
		for _, term := range q.Terms {
			if seen[term.Stem] || !tokenPattern.MatchString(term.Stem) || term.Prefix != "" && !tokenPattern.MatchString(term.Prefix) {
				t.Errorf("ParseQuery(%q) has the term %+v", s, term)
			}
			seen[term.Stem] = true
		}
		// Whoever copies a title into the search box finds that listing, as far as the query was read.
		if offered := Analyze(q.String()); len(offered) < maxTokens && len(cutQuery(q.String())) < 2 {
			for _, term := range q.Terms {
				if !slices.Contains(offered, term.Stem) {
					t.Errorf("the query %q asks for %q, its text offers %q", s, term.Stem, offered)
				}
			}
		}
	})
}

func BenchmarkAnalyseText(b *testing.B) {
	s := "Vând apartament 2 camere decomandat, 54 mp, etaj 3/8, zonă liniștită lângă parc și metrou. " +
		"Se vinde mobilat și utilat: mașină de spălat Bosch 8 kg, frigider, aragaz, televizor 108 cm, canapea extensibilă 160x200."
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Analyze(s)
	}
}
