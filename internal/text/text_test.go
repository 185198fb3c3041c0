package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTruncate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		in   string
		n    int
		want string
	}{
		{"Bicicletă de oraș", 17, "Bicicletă de oraș"},
		{"Bicicletă de oraș", 16, "Bicicletă de…"},
		{"Bicicletă, de oraș", 12, "Bicicletă…"},
		{"Bicicletăăăăăăăă", 5, "Bici…"},
		{"a bbbbbbbbbbbbbbbbbbbb", 12, "a bbbbbbbbb…"},
		{"ană", 0, ""},
		{"ană", 1, "…"},
		{"șșș", 3, "șșș"},
	} {
		if got := Truncate(test.in, test.n); got != test.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", test.in, test.n, got, test.want)
		}
	}
	if got := Runes("știință"); got != 7 {
		t.Errorf("Runes = %d, want 7", got)
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                     "",
		" \t\n ":                               "",
		"  Masă \u00a0 rotundă\n\nnouă ":       "Masă rotundă nouă",
		"ma\u0306r s\u0326i t\u0327ap":         "măr și țap",
		"şifonier ŢEAPĂ":                       "șifonier ȚEAPĂ",
		"Zoe\u0308 Gyo\u030br":                 "Zoë Győr",
		"a\x00b\x07c\x7fd\u0085e":              "abcd e",
		"a\u200bb\u202ec\u2066d\ufeffe\u061cf": "abcdef",
		"\u3164\u2800 \u200d":                  "",
		"br\xffok\xc3en\ufffd":                 "broken",
		"Z\u0300\u0301\u0302\u0303al":          "Źal",
		"x \u0326y":                            "x y",
		"Й и\u0306 🙂 „da”":                     "Й й 🙂 „da”",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  unu  \r\n doi\r\rtrei \n\n\n\n patru \n": "unu\ndoi\n\ntrei\n\npatru",
		"unu\u2028doi\u2029trei":                    "unu\ndoi\ntrei",
		"a\u202eb\t\tc":                             "ab c",
	} {
		if got := Paragraphs(in); got != want {
			t.Errorf("Paragraphs(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add("  Masă \u00a0 s\u0326i\r\n\x00\xff\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		line, paragraphs := Line(s), Paragraphs(s)
		for _, got := range []string{line, paragraphs} {
			if !utf8.ValidString(got) || strings.TrimSpace(got) != got || strings.ContainsAny(got, "\x00\r\t\u200b\u202e\u2066\ufeffşţŞŢ") {
				t.Errorf("cleaning %q gave %q", s, got)
			}
			if strings.Contains(got, "  ") || strings.Contains(got, "\n\n\n") {
				t.Errorf("cleaning %q left white space in %q", s, got)
			}
		}
		if Line(line) != line || Paragraphs(paragraphs) != paragraphs || Line(paragraphs) != line {
			t.Errorf("cleaning %q twice changes it", s)
		}
	})
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0 anunțuri", 1: "1 anunț", 2: "2 anunțuri", 19: "19 anunțuri", 20: "20 de anunțuri", 21: "21 de anunțuri",
		100: "100 de anunțuri", 101: "101 anunțuri", 119: "119 anunțuri", 120: "120 de anunțuri", 1000: "1.000 de anunțuri",
		1001: "1.001 anunțuri", 1250: "1.250 de anunțuri", 1_000_000: "1.000.000 de anunțuri", -5: "-5 anunțuri", -1250: "-1.250 de anunțuri",
	} {
		if got := Count(n, "anunț", "anunțuri"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
	if got, want := Number(-1<<63), "-9.223.372.036.854.775.808"; got != want {
		t.Errorf("Number of the least = %q, want %q", got, want)
	}
	for _, test := range []struct {
		f    float64
		unit string
		want string
	}{{1, "luni", "1 lună"}, {2, "luni", "2 luni"}, {24, "luni", "24 de luni"}, {1.5, "luni", "1,5 luni"}, {20.5, "luni", "20,5 luni"}, {20, "km", "20 km"}, {3, "", "3"}} {
		if got := Measure(test.f, test.unit); got != test.want {
			t.Errorf("Measure(%v, %q) = %q, want %q", test.f, test.unit, got, test.want)
		}
	}
	for f, want := range map[float64]string{1.6: "1,6", 147000: "147.000", 0: "0", 2: "2", 1234.25: "1.234,25", -1234.5: "-1.234,5", 999: "999"} {
		if got := Decimal(f); got != want {
			t.Errorf("Decimal(%v) = %q, want %q", f, got, want)
		}
	}
}

// TestPluralsOfCLDR holds Count against the rules as CLDR writes them for Romanian: one is i = 1 and v = 0; few is v != 0 or n = 0 or
// n != 1 and n % 100 = 1..19; everything else is other, which takes „de”.
func TestPluralsOfCLDR(t *testing.T) {
	t.Parallel()
	for n := range int64(2200) {
		want := Number(n) + " de ore"
		if last := n % 100; n == 1 {
			want = "1 oră"
		} else if n == 0 || last >= 1 && last <= 19 {
			want = Number(n) + " ore"
		}
		if got := Count(n, "oră", "ore"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}
