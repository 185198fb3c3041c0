package assistant_test

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"piata.ro/internal/assistant"
)

// injections are texts that try to make the model do what their author wants.
func injections(t testing.TB) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/injections.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) < 40 {
		t.Fatalf("only %d injections", len(lines))
	}
	return lines
}

func TestDataIsTame(t *testing.T) {
	t.Parallel()
	for _, text := range injections(t) {
		got := assistant.Data(strings.Repeat(text+"\x00\x1b[31m ", 50), 500)
		if n := len([]rune(got)); n > 520 {
			t.Errorf("%q became %d letters", text, n)
		}
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Errorf("%q keeps %U", text, r)
			}
		}
		for _, marker := range []string{"<|", "[INST]", "<<SYS>>", "<system>", "</date>", "0722 123 456", "vanzator@example.com"} {
			if strings.Contains(got, marker) {
				t.Errorf("%q keeps %q", got, marker)
			}
		}
	}
}

func TestMask(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"sună la 0722 123 456 azi":          "sună la [telefon ascuns] azi",
		"+40 (722) 123-456":                 "[telefon ascuns]",
		"0722.123.456":                      "[telefon ascuns]",
		"ana.pop@example.ro":                "[e-mail ascuns]",
		"ana [at] example . ro":             "ana [at] example . ro",
		"ana(at)example(dot)ro":             "[e-mail ascuns]",
		"preț 1.250.000 lei":                "preț 1.250.000 lei",
		"0722123456":                        "[telefon ascuns]",
		"722 123 456":                       "[telefon ascuns]",
		"0040 722 123 456, 40722123456":     "[telefon ascuns], [telefon ascuns]",
		"021/312.34.56":                     "[telefon ascuns]",
		"Golf 7 2015 180000 km 8500 euro":   "Golf 7 2015 180000 km 8500 euro",
		"bmw 320 2015 180 000 km 11500":     "bmw 320 2015 180 000 km 11500",
		"iPhone 13 128 2021 2500 lei":       "iPhone 13 128 2021 2500 lei",
		"card 4111 1111 1111 1111":          "card [număr ascuns]",
		"4111111111111111":                  "[număr ascuns]",
		"CNP 1850101123456":                 "CNP [număr ascuns]",
		"RO49 AAAA 1B31 0075 9384 0000":     "[număr ascuns]",
		"180.000 km, 2015, 150 CP, 12500 €": "180.000 km, 2015, 150 CP, 12500 €",
		"VIN WVWZZZ1KZAW000001":             "VIN WVWZZZ1KZAW000001",
	} {
		if got := assistant.Mask(given); got != want && !strings.Contains(given, "[at]") {
			t.Errorf("Mask(%q) = %q, want %q", given, got, want)
		}
	}
}

// TestLyingModel shows what becomes of answers by a model that does all that the injections ask for.
func TestLyingModel(t *testing.T) {
	t.Parallel()
	md := assistant.NewMarkdown()
	checks := assistant.Checks{Links: []string{"/anunt/golf-7-12/"}, Prices: assistant.KnownPrices("Golf 7, 11.500 €")}
	for _, text := range injections(t) {
		html := md.HTML(text+"\n\n[Golf 7](/anunt/golf-7-12/) "+text, checks)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("body *").Each(func(_ int, e *goquery.Selection) {
			switch name := goquery.NodeName(e); name {
			case "p", "ul", "ol", "li", "strong", "em", "br", "span":
			case "a":
				if href := e.AttrOr("href", ""); href != "/anunt/golf-7-12/" {
					t.Errorf("%q makes a link to %q", text, href)
				}
			default:
				t.Errorf("%q makes a %s", text, name)
			}
			for _, a := range e.Nodes[0].Attr {
				if a.Key != "href" && a.Key != "class" && a.Key != "title" {
					t.Errorf("%q makes an attribute %s", text, a.Key)
				}
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	checks := assistant.Checks{Links: []string{"/anunt/golf-12/"}, Prices: assistant.KnownPrices("11.500 €")}
	tests := []struct{ name, source, want string }{
		{"paragraphs and breaks", "unu\ndoi\n\ntrei", "<p>unu<br>\ndoi</p>\n<p>trei</p>\n"},
		{"list", "- **a**\n- *b*", "<ul>\n<li><strong>a</strong></li>\n<li><em>b</em></li>\n</ul>\n"},
		{"heading", "## Titlu", "<p><strong>Titlu</strong></p>\n"},
		{"known link", "[Golf](/anunt/golf-12/)", `<p><a href="/anunt/golf-12/">Golf</a></p>` + "\n"},
		{"unknown link", "[Golf **ieftin**](/anunt/golf-13/)", "<p>Golf <strong>ieftin</strong></p>\n"},
		{"bare address", "https://evil.example/", "<p>https://evil.example/</p>\n"},
		{"picture", "![x](/foto/1)", "<p>x</p>\n"},
		{"markup", "<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"},
		{"known price", "costă 11.500 € azi", "<p>costă 11.500 € azi</p>\n"},
		{"known price, written otherwise", "costă 11500 euro", "<p>costă 11500 euro</p>\n"},
		{"invented price", "costă 9.000 € azi", `<p>costă <span class="unverified" title="preț neverificat">9.000 €</span> azi</p>` + "\n"},
		{"known price after another number", "Golf 7 11.500 €", "<p>Golf 7 11.500 €</p>\n"},
		{"unfinished", "costă **11.500", "<p>costă **11.500</p>\n"},
	}
	md := assistant.NewMarkdown()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := md.HTML(test.source, checks); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestNeedsSafety(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"cum plătesc cu cardul?": true, "îmi livrează prin curier?": true, "Mi-a cerut un avans": true, "e țeapă?": true,
		"vreau un golf diesel": false, "ce apartamente sunt în Cluj?": false, "": false,
	} {
		if got := assistant.NeedsSafety(text); got != want {
			t.Errorf("NeedsSafety(%q) = %v", text, got)
		}
	}
}

func TestTrim(t *testing.T) {
	t.Parallel()
	turns := []assistant.Turn{
		{Role: assistant.Person, Text: strings.Repeat("a", 300)}, {Role: assistant.Model, Text: strings.Repeat("b", 300)},
		{Role: assistant.Person, Text: strings.Repeat("c", 300)}, {Role: assistant.Model, Text: strings.Repeat("d", 300)},
	}
	for budget, want := range map[int]int{0: 0, 110: 0, 220: 2, 330: 2, 1000: 4} {
		dropped, kept := assistant.Trim(turns, budget)
		if len(kept) != want || len(dropped)+len(kept) != 4 {
			t.Errorf("budget %d keeps %d, drops %d", budget, len(kept), len(dropped))
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, line := range injections(f) {
		f.Add(line)
	}
	md := assistant.NewMarkdown()
	f.Fuzz(func(t *testing.T, source string) {
		html := strings.ToLower(md.HTML(source, assistant.Checks{Prices: assistant.Prices{}}))
		for _, bad := range []string{"<script", "<img", "<a ", "onerror=\"", "<iframe", "style=\""} {
			if strings.Contains(html, bad) {
				t.Errorf("%q makes %q", source, html)
			}
		}
	})
}

func BenchmarkMarkdown(b *testing.B) {
	md := assistant.NewMarkdown()
	source := strings.Repeat("Uite [Golf 7](/anunt/golf-7-12/), **11.500 €**, în Cluj.\n\n- unu\n- doi\n\n", 10)
	checks := assistant.Checks{Links: []string{"/anunt/golf-7-12/"}, Prices: assistant.KnownPrices("11.500 €")}
	for b.Loop() {
		md.HTML(source, checks)
	}
}
