package linkguard

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

//go:embed learned.txt
var learnedTxt string

// learned is what the labelled messages teach beyond the rules: how much each feature of a message speaks for a fraud, and what that fraud
// asks for. It is a logistic regression; learn_test.go fits it and writes learned.txt.
type learned struct {
	bias     float64
	messages int              // that it was fitted to
	weights  []weight         // the first one is of no feature
	words    map[string]int32 // of words and of words with the one before them, their weights
	marks    []int32          // of groups, their weights
	ranks    []int32          // of groups that stand in pairs, from 1 on
	pairs    []int32          // of two ranks, their weights
	across   int32            // how many ranks there are
}

// weight is what one feature says.
type weight struct {
	fraud  float64
	speaks map[string]float64 // for the requests
}

// A message is taken for a fraud where the rules are silent from likely on; below unlikely a request that they find is dropped unless
// it is firm, and below impossible any. They are chosen for few false alarms on messages that were left out of the fit.
const (
	likely     = 0.6
	unlikely   = 0.28
	impossible = 0.05
	window     = 60 // tokens that are judged together
)

// readLearned reads a line for each feature with its weight, and after it lines with what it says for single requests. A feature is a word,
// the beginnings of two neighbours with a space between them, a group or two groups with & between them.
func readLearned(text string, lex *lexicon) *learned {
	l := &learned{weights: make([]weight, 1), words: make(map[string]int32, strings.Count(text, "\n")/2), marks: make([]int32, 2*len(lex.groups)), ranks: make([]int32, 2*len(lex.groups)), across: 1}
	numbers := lex.marks()
	type pair struct{ a, b, weight int32 }
	var pairs []pair
	for line := range strings.Lines(text) {
		feature, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		request, number, isSpeech := strings.Cut(rest, "\t")
		if !isSpeech {
			number = rest
		}
		value, err := strconv.ParseFloat(number, 64)
		if !ok || err != nil {
			panic("linkguard: learned.txt: " + line)
		}
		last := int32(len(l.weights))
		switch first, second, isPair := strings.Cut(feature, "&"); {
		case isSpeech && request == "messages":
			l.messages = int(value)
			continue
		case isSpeech:
			l.weights[last-1].say(request, value)
			continue
		case feature == "":
			l.bias = value
			continue
		case isPair:
			pairs = append(pairs, pair{l.rank(numbers[first]), l.rank(numbers[second]), last})
		case isName(feature) || feature[0] == '!':
			l.marks[numbers[feature]] = last
		default:
			l.words[feature] = last
		}
		l.weights = append(l.weights, weight{fraud: value})
	}
	l.pairs = make([]int32, l.across*l.across)
	for _, p := range pairs {
		l.pairs[p.a*l.across+p.b] = p.weight
		l.pairs[p.b*l.across+p.a] = p.weight
	}
	return l
}

func (w *weight) say(request string, value float64) {
	if w.speaks == nil {
		w.speaks = map[string]float64{}
	}
	w.speaks[request] = value
}

func (l *learned) rank(mark int32) int32 {
	if l.ranks[mark] == 0 {
		l.ranks[mark] = l.across
		l.across++
	}
	return l.ranks[mark]
}

// hit is a feature with a weight and where it stands.
type hit struct{ weight, at int32 }

// judge returns how likely a message is a fraud, from 0 to 1, and what it then asks for. Of a long one the worst stretch counts.
func (l *learned) judge(lex *lexicon, ts []token, places [][]span) (p float64, name string) {
	hits := l.hits(lex, ts, places)
	counted := make([]int32, len(l.weights)) // the stretch in which a feature was counted
	var worst []hit
	for n, from := int32(1), int32(0); n == 1 || int(from)+window/2 < len(ts); n, from = n+1, from+window/2 {
		for len(hits) > 0 && hits[0].at < from {
			hits = hits[1:]
		}
		sum, here := l.bias, 0
		for ; here < len(hits) && hits[here].at < from+window; here++ {
			if w := hits[here].weight; counted[w] != n {
				counted[w] = n
				sum += l.weights[w].fraud
			}
		}
		if at := 1 / (1 + math.Exp(-sum)); at > p {
			p, worst = at, hits[:here]
		}
	}
	return p, l.asks(worst)
}

// hits lists the features of a message that have a weight, in order.
func (l *learned) hits(lex *lexicon, ts []token, places [][]span) []hit {
	hits := make([]hit, 0, 24*len(ts))
	seen := make([]int32, len(l.weights)) // after which token a pair was last found
	add := func(weight int32, at int) {
		if weight > 0 && seen[weight] != int32(at)+1 {
			seen[weight] = int32(at) + 1
			hits = append(hits, hit{weight, int32(at)})
		}
	}
	lex.features(ts, places, func(word []byte, at int) {
		add(l.words[string(word)], at)
	}, func(a int32, after []int32, at int) {
		add(l.marks[a], at)
		if l.ranks[a] > 0 {
			pairs := l.pairs[l.ranks[a]*l.across:][:l.across]
			for _, b := range after {
				add(pairs[l.ranks[b]], at)
			}
		}
	})
	return hits
}

// asks returns what the features together ask for.
func (l *learned) asks(hits []hit) string {
	sums, seen := map[string]float64{}, map[int32]bool{}
	for _, h := range hits {
		for request, v := range l.weights[h.weight].speaks {
			if !seen[h.weight] {
				sums[request] += v
			}
		}
		seen[h.weight] = true
	}
	best := "page"
	for name, v := range sums {
		if v > sums[best] || v == sums[best] && name < best {
			best = name
		}
	}
	return best
}
