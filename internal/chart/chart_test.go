package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"
)

var words = Text{ID: "pret-7", Title: `Prețuri <„a"b”>`, Description: "12 & 13"}

// elements checks that the picture is well-formed, without styles, scripts or handlers, and counts its shapes by class.
func elements(t *testing.T, svg string) map[string]int {
	t.Helper()
	found := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		found[e.Name.Local]++
		for _, a := range e.Attr {
			switch {
			case a.Name.Local == "class":
				found["."+strings.Fields(a.Value)[0]]++
			case a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf"):
				t.Errorf("%s=%q in %s", a.Name.Local, a.Value, svg)
			case a.Name.Local == "width" || a.Name.Local == "height":
				if strings.HasPrefix(a.Value, "-") {
					t.Errorf("%s=%q in %s", a.Name.Local, a.Value, svg)
				}
			}
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	svg := Bars{Text: words, Values: []int{1}}.SVG()
	elements(t, svg)
	for _, want := range []string{`role="img"`, `aria-labelledby="pret-7-t pret-7-d"`, `<title id="pret-7-t">Prețuri &lt;„a&#34;b”&gt;</title>`, `<desc id="pret-7-d">12 &amp; 13</desc>`} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in %s", want, svg)
		}
	}
}

func TestBars(t *testing.T) {
	t.Parallel()
	svg := Bars{Text: words, Values: []int{0, 5, 10, 3}, Marks: []int{0, 2, 0, 1}, Labels: []string{"luni", "marți", "miercuri", "joi <3"}}.SVG()
	if e := elements(t, svg); e[".chart__bar"] != 4 || e[".chart__dot"] != 2 || e["title"] != 5 {
		t.Errorf("shapes %v", e)
	}
	if !strings.Contains(svg, `height="39"`) || !strings.Contains(svg, `height="19.5"`) {
		t.Errorf("the highest bar should take all the room, one of half the value half of it: %s", svg)
	}
	for _, values := range [][]int{nil, {0}, {0, 0, 0}, {-4, math.MaxInt}} {
		elements(t, Bars{Text: words, Values: values}.SVG())
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	sorted := make([]int64, 101)
	for i := range sorted {
		sorted[i] = int64(i) * 10
	}
	if got, want := SpreadOf(sorted), (Spread{Least: 50, Low: 250, Middle: 500, High: 750, Most: 950}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := SpreadOf(nil); got != (Spread{}) {
		t.Errorf("of nothing %+v", got)
	}
	if got := SpreadOf([]int64{4}); got.Middle != 4 || got.Most != 4 {
		t.Errorf("of one %+v", got)
	}
	for price, want := range map[int64]int{-1: 0, 0: 0, 500: 49, 2000: 100} {
		if got := Share(sorted, price); got != want {
			t.Errorf("share below %d is %d, want %d", price, got, want)
		}
	}
}

func TestDistribution(t *testing.T) {
	t.Parallel()
	prices := []int64{100, 110, 120, 120, 130, 140, 150, 150, 160, 170, 200, 900_000}
	svg := Distribution{Text: words, Sorted: prices, Marked: 150}.SVG()
	if e := elements(t, svg); e[".chart__mark"] != 1 || e[".chart__middle"] != 1 || e[".chart__band"] != 1 || e[".chart__bar"] < 2 {
		t.Errorf("shapes %v", e)
	}
	if e := elements(t, Distribution{Text: words, Sorted: prices, Marked: -1}.SVG()); e[".chart__mark"] != 0 {
		t.Error("a price is marked that was not given")
	}
	// A price beyond the ends is marked at the end, inside the picture.
	far := Distribution{Text: words, Sorted: prices, Marked: math.MaxInt64}.SVG()
	if at := regexp.MustCompile(`chart__mark" d="M(\d+)`).FindStringSubmatch(far); at == nil || at[1] != "235" {
		t.Errorf("mark at %v", at)
	}
	for _, sorted := range [][]int64{nil, {5}, {5, 5, 5}, {0, math.MaxInt64}} {
		elements(t, Distribution{Text: words, Sorted: sorted, Marked: 5}.SVG())
	}
}

func BenchmarkDistribution(b *testing.B) {
	sorted := make([]int64, 1000)
	for i := range sorted {
		sorted[i] = int64(i*i) + 1000
	}
	for b.Loop() {
		_ = Distribution{Text: words, Sorted: sorted, Marked: 40_000}.SVG()
	}
}
