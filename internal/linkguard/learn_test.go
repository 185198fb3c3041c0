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
	g := New("piata.ro")
	examples := readExamples(t, g.rules)
	if *learn {
		if err := os.WriteFile("learned.txt", []byte(fit(examples)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have := g.rules.learned.messages; have != len(examples) {
		t.Errorf("learned.txt is for %d messages, not %d: go test ./internal/linkguard -run TestLearn -learn", have, len(examples))
	}
}

// TestUnseen fits the weights to five sixths of the series and judges the others, until all were judged.
func TestUnseen(t *testing.T) {
	t.Parallel()
	const parts = 6
	g := New("piata.ro")
	examples := readExamples(t, g.rules)
	files := labelledFiles(t)
	all := score{}
	for part := range parts {
		isOut := func(file string) bool { return slices.Index(files, file)%parts == part }
		rs := *g.rules
		rs.learned = readLearned(fit(slices.DeleteFunc(slices.Clone(examples), func(e example) bool { return isOut(e.file) })), rs.lexicon)
		without := &Guard{lists: g.lists, rules: &rs}
		for _, file := range files {
			if isOut(file) {
				s := without.score(t, file)
				all.join(s)
				t.Logf("%s: recall %.1f %%, false alarms %.1f %%", file, 100*s.recall(), 100*s.alarms())
			}
		}
	}
	t.Logf("all: recall %.1f %%, false alarms %.1f %%", 100*all.recall(), 100*all.alarms())
	if all.recall() < 0.92 || all.alarms() > 0.025 {
		t.Errorf("recall %.3f, want at least 0.92; false alarms %.3f, want at most 0.025", all.recall(), all.alarms())
	}
}

func readExamples(t *testing.T, rs *rules) []example {
	var out []example
	g := &Guard{lists: readLists([]string{"piata.ro"}), rules: rs}
	names := make([]string, 2*len(rs.lexicon.groups))
	for name, i := range rs.lexicon.marks() {
		names[i] = name
	}
	for _, file := range labelledFiles(t) {
		for _, m := range readLabelled(t, file) {
			s := scan(m.text)
			ts := tokens(s, g.find(s))
			seen := map[string]bool{}
			rs.lexicon.features(ts, rs.lexicon.places(ts), func(word []byte, _ int) {
				seen[string(word)] = true
			}, func(a int32, after []int32, _ int) {
				seen[names[a]] = true
				for _, b := range after {
					seen[names[min(a, b)]+"&"+names[max(a, b)]] = true
				}
			})
			out = append(out, example{labelled: m, file: file, features: slices.Sorted(maps.Keys(seen))})
		}
	}
	return out
}

// What is too rare would only learn its messages by heart, and what weighs too little only fill the file.
const (
	rareWord, rarePair = 3, 4
	least              = 0.09
)

// fit finds the weights and writes them as learned.txt has them.
func fit(examples []example) string {
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
			if isPair := strings.ContainsAny(f, "& "); count[f] < rareWord || isPair && count[f] < rarePair {
				continue
			}
			if _, ok := number[f]; !ok {
				number[f] = len(number)
			}
			rows[i] = append(rows[i], number[f])
		}
	}
	weights, bias := descend(rows, examples, len(number))
	speaks := speak(examples)
	var b strings.Builder
	fmt.Fprintf(&b, "\tmessages\t%d\n\t%.3f\n", len(examples), bias)
	for _, f := range slices.Sorted(maps.Keys(number)) {
		if w := weights[number[f]] * scale; math.Abs(w) >= least {
			fmt.Fprintf(&b, "%s\t%.2f\n", f, w)
			for _, kind := range slices.Sorted(maps.Keys(speaks[f])) {
				fmt.Fprintf(&b, "\t%s\t%.1f\n", kind, speaks[f][kind])
			}
		}
	}
	return b.String()
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

// speak counts which requests the words and groups of frauds come with.
func speak(examples []example) map[string]map[string]float64 {
	kinds, with, all := map[string]int{}, map[string]map[string]int{}, map[string]int{}
	frauds := 0
	for _, e := range examples {
		if !e.fraud {
			continue
		}
		frauds++
		kinds[e.kind]++
		for _, f := range e.features {
			if strings.ContainsAny(f, " &=") {
				continue
			}
			if with[f] == nil {
				with[f] = map[string]int{}
			}
			with[f][e.kind]++
			all[f]++
		}
	}
	out := map[string]map[string]float64{}
	for f, counts := range with {
		out[f] = map[string]float64{}
		for kind, n := range counts {
			usual := float64(kinds[kind]) / float64(frauds)
			if says := math.Log((float64(n) + usual) / (float64(all[f]) + 1) / usual); kinds[kind] >= 4 && n >= 3 && says > 0.5 {
				out[f][kind] = says
			}
		}
	}
	return out
}
