package search

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

// matches is what both databases are asked for: every term, as a token or as the beginning of one.
func matches(q Query, title string) bool {
	tokens := Analyze(title)
	for _, term := range q.Terms {
		if !slices.ContainsFunc(tokens, func(token string) bool {
			return token == term.Stem || term.Prefix != "" && strings.HasPrefix(token, term.Prefix)
		}) {
			return false
		}
	}
	return true
}

func TestAcceptanceCases(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/ro-search-cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := csv.NewReader(file)
	lines.Comma = ';'
	rows, err := lines.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	titles := NewTally(10_000)
	for _, row := range rows[1:] {
		titles.Add(row[1])
		titles.Add(row[2])
	}
	site := NewVocabulary(titles.Entries(), reader())
	for _, row := range rows[1:] {
		q, want, not := row[0], row[1], row[2]
		findsAny := slices.ContainsFunc(rows[1:], func(r []string) bool { return matches(ParseQuery(q), r[1]) || matches(ParseQuery(q), r[2]) })
		if better, mistyped := site.Correct(q); mistyped && !findsAny {
			t.Logf("%q is corrected to %q", q, better)
			q = better
		}
		parsed := ParseQuery(q)
		if !matches(parsed, want) {
			t.Errorf("%q does not find %q: %v, %v", q, want, parsed.Terms, Analyze(want))
		}
		if matches(parsed, not) {
			t.Errorf("%q finds %q: %v, %v", q, not, parsed.Terms, Analyze(not))
		}
	}
}

// TestMeet holds pairs of a query and a title from outside the acceptance set.
func TestMeet(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		query, title string
		want         bool
	}{
		{"16GB", "Memorie RAM 16 GB DDR4", true},
		{"16 gb", "Memorie RAM 16GB DDR4", true},
		{"ram 16", "Memorie RAM 16GB DDR4", true},
		{"16 gb", "Memorie RAM 32 GB, 16 bucăți", false},
		{"1.6 tdi", "Golf 1,6TDI", true},
		{"1,6", "Golf 1.9 TDI", false},
		{"1250 kg", "Remorcă 1.250 kg", true},
		{"saltea 160 x 200", "Saltea 160x200 cm", true},
		{"saltea 160", "Saltea 160x200 cm", true},
		{"205/55 r16", "Anvelope iarnă 205/55R16", true},
		{"205/55R16", "Anvelope 205 / 55 / 16", true},
		{"jante r17", "Jante aliaj 17 inch", true},
		{"televizor 108", "TV LED 108cm", true},
		{"bmw 320", "BMW 320d 2014", true},
		{"bmw320d", "BMW 320 D xDrive", true},
		{"volvo xc60", "Volvo XC 60 D4", true},
		{"volvo xc 60", "Volvo XC60 D4", true},
		{"rtx3060", "Placă video RTX 3060 Ti", true},
		{"iphone12", "iPhone 12 Pro", true},
		{"galaxy s21fe", "Samsung Galaxy S21 FE", true},
		{"samsung s21 fe", "Samsung Galaxy S21FE", true},
		{"i7", "Laptop Dell i5", false},
		{"50 mp", "Garsonieră 50 m² utili", true},
		{"apartament două camere", "Apartament 2 camere", true},
		{"apartament 2 camere", "Apartament 3 camere, 2 băi", false},
		{"c++", "Curs programare C++", true},
		{"c++", "Curs programare C#", false},
		{"vw passat", "Volkswagen Passat", true},
		{"ps 5", "PS5 cu două controllere", true},
		{"mercedes", "Mercedes-Benz C220", true},
		{"mercedesbenz", "Mercedes-Benz C220", true},
		{"wi-fi", "Router WiFi 6", true},
		{"vând apartament", "Apartament de vânzare", true},
		{"vinzari case", "Casă de vânzare", true},
		{"subînchiriez cameră", "Cameră de închiriat", true},
		{"reîncărcabil", "Acumulator reincarcabil", true},
		{"cană", "Canapea extensibilă", false},
		{"pat", "Pătrunjel la ghiveci", false},
		{"masă", "Masaj terapeutic", false},
		{"tractare", "Tractor U650", false},
		{"telefoa", "Telefon Samsung", true},
		{"telefoanelor", "Telefon Samsung", true},
		{"ușilor", "Ușă de interior", true},
		{"copii", "Trotinetă copil", true},
		{"electricieni", "Electrician autorizat", true},
		{"oglinzi", "Oglindă rotundă", true},
		{"Пианино", "Pian", true}, // no word that we know: looks for nothing in particular
	} {
		if got := matches(ParseQuery(test.query), test.title); got != test.want {
			t.Errorf("%q finds %q: %v, want %v (%v, %v)", test.query, test.title, got, test.want, ParseQuery(test.query).Terms, Analyze(test.title))
		}
	}
}
