package search

import (
	"os"
	"strings"
	"testing"
)

// minFound and minApart are the shares of pairs that must be judged rightly, in each half. Pairs that do not belong together were chosen to
// be hard: „manual” and „manuală” are forms of one word for the rules.
const minFound, minApart = 0.95, 0.9

// TestPairs measures the analysis on pairs of a query and a title, by the same rule that both databases follow.
func TestPairs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var right, total [2][2]int // by held-out and by kind
	n := 0
	for line := range strings.Lines(string(data)) {
		query, title, found := strings.Cut(strings.TrimSpace(line), " | ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		held, kind := 0, 0
		if n++; n%3 == 0 {
			held = 1
		}
		want := query[0] == '+'
		if !want {
			kind = 1
		}
		query = query[2:]
		total[held][kind]++
		if matches(ParseQuery(query+" "), title) == want {
			right[held][kind]++
		} else if held == 0 || os.Getenv("SHOW_HELD_OUT") != "" {
			t.Logf("%q finds %q: %v (%v, %v)", query, title, !want, stems(ParseQuery(query)), Analyze(title))
		}
	}
	for held, name := range []string{"open", "held-out"} {
		for kind, what := range []string{"found", "kept apart"} {
			share := float64(right[held][kind]) / float64(total[held][kind])
			t.Logf("%s pairs %s: %d of %d, %.1f %%", name, what, right[held][kind], total[held][kind], share*100)
			if share < [2]float64{minFound, minApart}[kind] {
				t.Errorf("only %.1f %% of the %s pairs are %s", share*100, name, what)
			}
		}
	}
}
