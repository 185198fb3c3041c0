package seed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// words holds lists of words by name, the frequent ones first, and the sentences of descriptions by kind.
type words struct {
	lists     map[string][]string
	sentences map[string][]string
}

func readWords() (*words, error) {
	w := &words{lists: map[string][]string{}, sentences: map[string][]string{}}
	lists, err := readLines("words.txt")
	if err != nil {
		return nil, err
	}
	for _, line := range lists {
		w.lists[line[0]] = strings.Split(line[1], ",")
	}
	sentences, err := readLines("sentences.txt")
	if err != nil {
		return nil, err
	}
	for _, line := range sentences {
		w.sentences[line[0]] = append(w.sentences[line[0]], line[1])
	}
	return w, nil
}

func readLines(name string) ([][2]string, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	var lines [][2]string
	for line := range strings.Lines(string(data)) {
		key, value, found := strings.Cut(strings.TrimSpace(line), "|")
		if !found {
			return nil, fmt.Errorf("%s: no | in %q", name, line)
		}
		lines = append(lines, [2]string{key, value})
	}
	return lines, nil
}

// pick draws from a list the way words occur in texts: the first ones often, the last ones rarely.
func (w *words) pick(rng *rand.Rand, list string) string {
	all := w.lists[list]
	return all[skewed(rng, len(all))]
}

// skewed returns an index below n whose probability falls with its rank, near to Zipf's law.
func skewed(rng *rand.Rand, n int) int {
	return min(n-1, int(math.Exp(rng.Float64()*math.Log(float64(n)+1)))-1)
}

// months name when things happen.
var months = strings.Split("ianuarie,februarie,martie,aprilie,mai,iunie,iulie,august,septembrie,octombrie,noiembrie,decembrie", ",")

// describe composes n different sentences of the kind and a last one.
func (w *words) describe(rng *rand.Rand, kind, last string, n int) string {
	own, ends := w.sentences[kind], w.sentences[last]
	var b strings.Builder
	start, step := rng.IntN(len(own)), 1+rng.IntN(len(own)-1)
	for i := range n {
		if i > 0 && (start+i*step)%len(own) == start {
			break // the step has come round
		}
		w.write(&b, rng, own[(start+i*step)%len(own)])
		if i%3 == 2 {
			b.WriteString("\n")
		} else {
			b.WriteString(" ")
		}
	}
	w.write(&b, rng, ends[skewed(rng, len(ends))])
	return b.String()
}

// write copies a sentence and fills its {gaps}.
func (w *words) write(b *strings.Builder, rng *rand.Rand, sentence string) {
	for {
		before, rest, found := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !found {
			return
		}
		gap, after, _ := strings.Cut(rest, "}")
		b.WriteString(w.fill(rng, gap))
		sentence = after
	}
}

func (w *words) fill(rng *rand.Rand, gap string) string {
	switch gap {
	case "nr":
		return fmt.Sprint(2 + rng.IntN(17))
	case "nr1":
		return fmt.Sprint(4 + rng.IntN(6))
	case "nr2":
		return fmt.Sprint(20 + rng.IntN(180))
	case "nr3":
		return fmt.Sprint(40 + rng.IntN(160))
	case "an":
		return fmt.Sprint(2008 + rng.IntN(18))
	case "luna":
		return months[rng.IntN(len(months))]
	case "cod":
		return fmt.Sprintf("%d%c%d%c", 1+rng.IntN(9), 'A'+rune(rng.IntN(26)), 10000+rng.IntN(90000), 'A'+rune(rng.IntN(26)))
	}
	return w.pick(rng, gap)
}
