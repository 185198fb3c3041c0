package linkguard

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
)

//go:embed learned.txt
var learnedTxt string

// learned is what the labelled messages teach beyond the rules: how much each feature of a message speaks for a fraud, and what that fraud
// asks for. It is a logistic regression; learn_test.go fits it and writes learned.txt.
type learned struct {
	bias    float64
	weights map[string]*weight
}

// weight is what one feature says.
type weight struct {
	number int // of the feature
	fraud  float64
	speaks map[string]float64 // for the requests
}

func (w *weight) say(request string, value float64) {
	if w.speaks == nil {
		w.speaks = map[string]float64{}
	}
	w.speaks[request] = value
}

// A message is taken for a fraud where the rules are silent from likely on; below unlikely a suspicion of the rules is dropped. Both are
// chosen for few false alarms on messages that were left out of the fit.
const (
	likely     = 0.72
	unlikely   = 0.12
	impossible = 0.05
	window     = 60 // tokens that are judged together
)

func readLearned() *learned {
	l := &learned{weights: map[string]*weight{}}
	for line := range strings.Lines(learnedTxt) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		value, err := strconv.ParseFloat(cells[len(cells)-1], 64)
		if len(cells) < 2 || err != nil {
			panic("linkguard: learned.txt: " + line)
		}
		switch {
		case len(cells) == 3: // also how many messages it was fitted to, under no feature
			if l.weights[cells[0]] == nil {
				l.weights[cells[0]] = &weight{number: len(l.weights)}
			}
			l.weights[cells[0]].say(cells[1], value)
		case cells[0] == "":
			l.bias = value
		default:
			l.weights[cells[0]] = &weight{number: len(l.weights), fraud: value}
		}
	}
	return l
}

// hit is a feature with a weight and where it stands.
type hit struct {
	*weight
	at int
}

// judge returns how likely a message is a fraud, from 0 to 1, and what it then asks for. Of a long one the worst stretch counts.
func (l *learned) judge(lex *lexicon, ts []token, places [][]span) (p float64, name string) {
	hits := make([]hit, 0, 4*len(ts))
	lex.features(ts, places, func(feature []byte, at int) {
		if w, ok := l.weights[string(feature)]; ok {
			hits = append(hits, hit{w, at})
		}
	})
	slices.SortStableFunc(hits, func(a, b hit) int { return a.at - b.at })
	last := make([]int32, len(l.weights)) // the stretch in which a feature was counted
	var worst []hit
	for n, from := int32(1), 0; n == 1 || from+window/2 < len(ts); n, from = n+1, from+window/2 {
		for len(hits) > 0 && hits[0].at < from {
			hits = hits[1:]
		}
		sum, here := l.bias, 0
		for ; here < len(hits) && hits[here].at < from+window; here++ {
			if h := hits[here]; last[h.number] != n {
				last[h.number] = n
				sum += h.fraud
			}
		}
		if at := 1 / (1 + math.Exp(-sum)); at > p {
			p, worst = at, hits[:here]
		}
	}
	sums, seen := map[string]float64{}, map[int]bool{}
	for _, h := range worst {
		for request, v := range h.speaks {
			if !seen[h.number] {
				sums[request] += v
			}
		}
		seen[h.number] = true
	}
	return p, highest(sums)
}

// highest returns the request with the highest sum, the same one each time.
func highest(sums map[string]float64) string {
	best := "page"
	for name, v := range sums {
		if v > sums[best] || v == sums[best] && name < best {
			best = name
		}
	}
	return best
}

// features calls f with what is known of a text and where it stands: the beginnings of its words, each with the one before it, and the
// groups that words belong to, as often as they are there. f must not keep what it gets.
func (l *lexicon) features(ts []token, places [][]span, f func(feature []byte, at int)) {
	var name []byte
	before := "^"
	for i, t := range ts {
		w := beginning(t.word)
		name = append(append(append(name[:0], before...), ' '), w...)
		f(name[len(before)+1:], i)
		f(name, i)
		before = w
	}
	for i, g := range l.groups {
		name = append(append(name[:0], '!'), l.names[i]...)
		for _, place := range places[g.id] {
			if place.negated {
				f(name, place.from)
			} else {
				f(name[1:], place.from)
			}
		}
	}
}

// beginning is the part of a word that its forms share, more or less.
func beginning(w string) string {
	if w[0] == '#' && len(w) > 1 && w[1] <= '9' {
		return "#nr"
	}
	return w[:min(len(w), 5)]
}
