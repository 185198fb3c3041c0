package linkguard

import (
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

var learn = flag.Bool("learn", false, "fit learned.txt to the labelled messages")

// example is a labelled message as the fit sees it.
type example struct {
	labelled
	file     string
	features []string
}

// TestLearn writes learned.txt when asked to, and otherwise holds that it was written for the labelled messages of today.
func TestLearn(t *testing.T) {
	t.Parallel()
	examples := readExamples(t, New("piata.ro").rules)
	if *learn {
		if err := os.WriteFile("learned.txt", []byte(fmt.Sprintf("\tmessages\t%d\n", len(examples))+fit(examples).String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have := int(readLearned().weights[""].speaks["messages"]); have != len(examples) {
		t.Errorf("learned.txt is for %d messages, not %d: go test ./internal/linkguard -run TestLearn -learn", have, len(examples))
	}
}

// TestUnseen fits the weights to all series but one and judges that one, for each of them.
func TestUnseen(t *testing.T) {
	t.Parallel()
	g := New("piata.ro")
	examples := readExamples(t, g.rules)
	all := score{}
	for _, file := range labelledFiles(t) {
		rs := *g.rules
		rs.learned = fit(slices.DeleteFunc(slices.Clone(examples), func(e example) bool { return e.file == file }))
		without := &Guard{lists: g.lists, rules: &rs}
		s := score{}
		for _, m := range readLabelled(t, file) {
			r := without.Message(m.text)
			s.add(m, r.Verdict.Warns())
			all.add(m, r.Verdict.Warns())
			if r.Verdict.Warns() != m.fraud {
				t.Logf("%s, fraud %v: %s: %s %v", file, m.fraud, m.text, r.Verdict, r.Reasons)
			}
		}
		t.Logf("%s: recall %.1f %%, false alarms %.1f %%", file, 100*s.recall(), 100*s.alarms())
	}
	t.Logf("all: recall %.1f %%, false alarms %.1f %%", 100*all.recall(), 100*all.alarms())
	if all.recall() < 0.95 || all.alarms() > 0.02 {
		t.Errorf("recall %.3f, want at least 0.95; false alarms %.3f, want at most 0.02", all.recall(), all.alarms())
	}
}

func readExamples(t *testing.T, rs *rules) []example {
	var out []example
	g := &Guard{lists: readLists([]string{"piata.ro"}), rules: rs}
	for _, file := range labelledFiles(t) {
		for _, m := range readLabelled(t, file) {
			s := scan(m.text)
			ts := tokens(s, g.find(s))
			e := example{labelled: m, file: file}
			seen := map[string]bool{}
			rs.lexicon.features(ts, rs.lexicon.places(ts), func(feature []byte, _ int) {
				if f := string(feature); !seen[f] {
					seen[f] = true
					e.features = append(e.features, f)
				}
			})
			out = append(out, e)
		}
	}
	return out
}

// fit finds the weights. Features of a single message are left out: they would only learn it by heart.
func fit(examples []example) *learned {
	count := map[string]int{}
	for _, e := range examples {
		for _, f := range e.features {
			count[f]++
		}
	}
	number := map[string]int{}
	rows := make([][]int, len(examples))
	for i, e := range examples {
		for _, f := range e.features {
			if count[f] < 2 {
				continue
			}
			if _, ok := number[f]; !ok {
				number[f] = len(number)
			}
			rows[i] = append(rows[i], number[f])
		}
	}
	weights, bias := descend(rows, examples, len(number))
	l := &learned{bias: bias, weights: map[string]*weight{}}
	for f, n := range number {
		l.weights[f] = &weight{number: n, fraud: weights[n] * scale}
	}
	l.speak(examples)
	return l
}

const scale = 0.1 // of a feature: it slows the fit down, so that rare features do not get much weight

// descend is AdaGrad on the logistic loss with a little decay; the same examples give the same weights.
func descend(rows [][]int, examples []example, n int) (weights []float64, bias float64) {
	const rounds, rate, decay = 20, 0.5, 3e-4
	weights = make([]float64, n)
	squares := make([]float64, n)
	rng := rand.New(rand.NewPCG(1, 2))
	order := rng.Perm(len(rows))
	for range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			sum := bias
			for _, f := range rows[i] {
				sum += weights[f] * scale
			}
			miss := 1 / (1 + math.Exp(-sum))
			if examples[i].fraud {
				miss--
			}
			for _, f := range rows[i] {
				slope := miss*scale + decay*weights[f]
				squares[f] += slope * slope
				weights[f] -= rate * slope / (0.01 + math.Sqrt(squares[f]))
			}
			bias -= 0.02 * miss
		}
	}
	return weights, bias
}

// speak counts which requests the features of frauds come with.
func (l *learned) speak(examples []example) {
	kinds, with, all := map[string]int{}, map[string]map[string]int{}, map[string]int{}
	frauds := 0
	for _, e := range examples {
		if !e.fraud {
			continue
		}
		frauds++
		kinds[e.kind]++
		for _, f := range e.features {
			if with[f] == nil {
				with[f] = map[string]int{}
			}
			with[f][e.kind]++
			all[f]++
		}
	}
	for f, w := range l.weights {
		for kind, n := range with[f] {
			if usual := float64(kinds[kind]) / float64(frauds); kinds[kind] >= 4 {
				w.say(kind, math.Log((float64(n)+usual)/(float64(all[f])+1)/usual))
			}
		}
	}
}

// String writes the weights that say something.
func (l *learned) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\t%.3f\n", l.bias)
	for _, f := range slices.Sorted(maps.Keys(l.weights)) {
		w := l.weights[f]
		if math.Abs(w.fraud) < 0.02 {
			continue
		}
		fmt.Fprintf(&b, "%s\t%.2f\n", f, w.fraud)
		for _, kind := range slices.Sorted(maps.Keys(w.speaks)) {
			if w.speaks[kind] > 0.5 {
				fmt.Fprintf(&b, "%s\t%s\t%.1f\n", f, kind, w.speaks[kind])
			}
		}
	}
	return b.String()
}
