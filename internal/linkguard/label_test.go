package linkguard

import (
	"encoding/csv"
	"os"
	"testing"
)

type labelled struct {
	fraud      bool
	kind, text string
}

func readLabelled(t testing.TB, file string) []labelled {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for _, row := range rows[1:] {
		out = append(out, labelled{fraud: row[0] == "inselatorie", kind: row[1], text: row[2]})
	}
	return out
}

// The messages of the first series were written before the rules, and a third of them was held out while the rules were tuned. The second and
// third series were written afterwards: at first sight the rules caught 35 of 40 and 23 of 30 frauds of them and raised one false alarm among
// 71 innocent messages; then they were tuned on too.
func TestLabelledMessages(t *testing.T) {
	t.Parallel()
	g := New("piata.ro")
	all := score{}
	for _, file := range []string{"testdata/tuning.csv", "testdata/heldout.csv"} {
		s := score{}
		for _, m := range readLabelled(t, file) {
			r := g.Message(m.text)
			s.add(m, r.Verdict.Warns())
			all.add(m, r.Verdict.Warns())
			if r.Verdict.Warns() != m.fraud {
				t.Logf("%s, fraud %v: %s: %s %v", file, m.fraud, m.text, r.Verdict, r.Reasons)
			}
		}
		t.Logf("%s: %d messages, recall %.1f %%, false alarms %.1f %%", file, s.frauds+s.innocents, 100*s.recall(), 100*s.alarms())
	}
	if all.recall() < 0.95 || all.alarms() > 0.01 {
		t.Errorf("of %d messages recall %.3f, want at least 0.95; false alarms %.3f, want at most 0.01", all.frauds+all.innocents, all.recall(), all.alarms())
	}
}

type score struct{ frauds, innocents, caught, wrong int }

func (s *score) add(m labelled, warned bool) {
	if m.fraud {
		s.frauds++
		if warned {
			s.caught++
		}
		return
	}
	s.innocents++
	if warned {
		s.wrong++
	}
}

func (s *score) recall() float64 { return float64(s.caught) / float64(s.frauds) }
func (s *score) alarms() float64 { return float64(s.wrong) / float64(s.innocents) }
