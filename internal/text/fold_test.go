package text

import (
	"strings"
	"testing"
	"unicode"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                    "",
		"masina de spalat":                    "masina de spalat",
		"Mașină de SPĂLAT, în Târgu-Jiu":      "masina de spalat, in targu-jiu",
		"ŞIFONIER ţesut":                      "sifonier tesut",
		"s\u0326ifonier a\u0306 i\u0302":      "sifonier a i",
		"Škoda Citroën Coupé Öl":              "skoda citroen coupe ol",
		"Straße Œuvre Æther İstanbul ẞ":       "strasse oeuvre aether istanbul ss",
		"Łódź, Győr, Ångström \u212b 5\u212a": "lodz, gyor, angstrom a 5k",
		"50 m² și 3 cm³":                      "50 m2 si 3 cm3",
		"Tiếng Việt, ẁ ẙ":                     "tieng viet, w y",
		"Привіт Ω €":                          "привіт ω €",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Mașină")
	f.Add("\xff\u0326")
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		if again := Fold(got); again != got {
			t.Errorf("Fold(Fold(%q)) = %q, want %q", s, again, got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return r < 0x1F00 && unicode.Is(unicode.Latin, r) && r >= 0x1E00 }); i >= 0 {
			if r := []rune(got[i:])[0]; r != 'ẟ' && r < 0x1EFA {
				t.Errorf("Fold(%q) left %q", s, r)
			}
		}
	})
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		in    string
		limit int
		want  string
	}{
		{"Mașină de spălat Bosch, 8 kg!", 60, "masina-de-spalat-bosch-8-kg"},
		{"--- Škoda / Octavia 2.0 ---", 60, "skoda-octavia-2-0"},
		{"Bicicletă de oraș", 12, "bicicleta-de"},
		{"Bicicletă de oraș", 11, "bicicleta"},
		{"Bicicletă de oraș", 10, "bicicleta"},
		{"Bicicletă", 4, "bici"},
		{"Привіт 🙂", 60, "anunt"},
		{"", 60, "anunt"},
		{"a", 0, "anunt"},
		{"a", -3, "anunt"},
	} {
		if got := Slug(test.in, test.limit); got != test.want {
			t.Errorf("Slug(%q, %d) = %q, want %q", test.in, test.limit, got, test.want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("Mașină de spălat", 20)
	f.Add("-", 0)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		got := Slug(s, limit)
		if got == "" || len(got) > max(limit, len(emptySlug)) {
			t.Errorf("Slug(%q, %d) = %q", s, limit, got)
		}
		if strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.Trim(got, "-") != got || strings.Contains(got, "--") {
			t.Errorf("Slug(%q, %d) = %q is no slug", s, limit, got)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	title := "Mașină de spălat rufe Bosch Serie 6, 8 kg, clasa A+++, în garanție, Târgu Mureș. "
	for name, s := range map[string]string{
		"folded":      "masina de spalat rufe bosch",
		"title":       title,
		"description": strings.Repeat(title, 10),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Fold(s)
			}
		})
	}
}
