package linkguard

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
)

//go:embed requests.txt
var requestsTxt string

// pattern is a line of requests.txt: what must stand near each other, and what must not.
type pattern struct {
	request *request
	parts   []part
}

// part is one place of a pattern.
type part struct {
	absent, negated bool // must not be there; counts only after „nu”
	ids             []int
}

// rules are the words and the patterns.
type rules struct {
	lexicon  *lexicon
	patterns []pattern
	learned  *learned
	warning  int // the group of words that somebody who warns of frauds uses
}

// span is where a word or a phrase stands: its first and its last token.
type span struct {
	from, to int
	negated  bool
}

func compileRules() *rules {
	rs := &rules{lexicon: readLexicon()}
	rs.warning = rs.lexicon.item("WARNING")
	var current *request
	for line := range strings.Lines(requestsTxt) {
		line, _, _ = strings.Cut(line, "# ")
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			current = requests[strings.TrimSuffix(name, "]")]
			if current == nil {
				panic("linkguard: requests.txt: no request " + name)
			}
			continue
		}
		if fields := strings.Fields(line); len(fields) > 0 {
			p := pattern{request: current}
			for _, f := range fields {
				p.parts = append(p.parts, rs.part(f))
			}
			rs.patterns = append(rs.patterns, p)
		}
	}
	rs.learned = readLearned(learnedTxt, rs.lexicon)
	return rs
}

func (rs *rules) part(field string) part {
	var p part
	field, p.absent = strings.CutPrefix(field, "!")
	field, p.negated = strings.CutPrefix(field, "-")
	for _, alt := range strings.Split(field, "|") {
		if strings.ContainsAny(alt, "_+") {
			name := strings.ToUpper(alt) + "."
			if _, known := rs.lexicon.ids[name]; !known {
				n := rs.lexicon.newGroup(name)
				rs.lexicon.groups[n].phrases = [][]step{rs.lexicon.phrase(alt)}
			}
			p.ids = append(p.ids, rs.lexicon.ids[name])
			continue
		}
		p.ids = append(p.ids, rs.lexicon.item(alt))
	}
	return p
}

// judge finds what the words of a message ask for.
func (rs *rules) judge(s source, found []Finding) []Finding {
	ts := tokens(s, found)
	if len(ts) == 0 {
		return nil
	}
	places := rs.lexicon.places(ts)
	p, name := rs.learned.judge(rs.lexicon, ts, places)
	out := rs.match(places, p)
	if len(out) == 0 && p >= likely && !warns(found) {
		r := requests[name]
		return []Finding{{Kind: r.kind, Verdict: Suspicious, Reason: "mesajul seamănă cu cele prin care " + r.like}}
	}
	return out
}

func warns(found []Finding) bool {
	return slices.ContainsFunc(found, func(f Finding) bool { return f.Verdict.Warns() })
}

// match finds the patterns that hold and that are not too unlikely.
func (rs *rules) match(places [][]span, likelihood float64) []Finding {
	var out []Finding
	for i := range rs.patterns {
		p := &rs.patterns[i]
		if likelihood < impossible || likelihood < unlikely && !p.request.firm {
			continue
		}
		f := Finding{Kind: p.request.kind, Verdict: p.request.verdict, Reason: p.request.reason}
		if !slices.Contains(out, f) && p.holds(places, rs.warning) {
			out = append(out, f)
		}
	}
	return out
}

// places lists for each word and group where it stands, in order.
func (l *lexicon) places(ts []token) [][]span {
	places := make([][]span, len(l.ids))
	seen := make(map[string][]int, len(ts)/2)
	for i, t := range ts {
		ids, ok := seen[t.word]
		if !ok {
			ids = l.lookup(t.word)
			seen[t.word] = ids
		}
		for _, id := range ids {
			places[id] = append(places[id], span{i, i, t.negated})
		}
	}
	for _, g := range l.groups {
		for _, phrase := range g.phrases {
			for _, first := range places[phrase[0].id] {
				if end, ok := follow(phrase[1:], places, ts, first); ok {
					places[g.id] = append(places[g.id], end)
				}
			}
		}
		slices.SortFunc(places[g.id], func(a, b span) int { return a.from - b.from })
	}
	return places
}

// follow reports whether the phrase goes on after what was found, within the sentence.
func follow(rest []step, places [][]span, ts []token, have span) (span, bool) {
	if len(rest) == 0 {
		return have, true
	}
	next := places[rest[0].id]
	for i := sort.Search(len(next), func(i int) bool { return next[i].from > have.to }); i < len(next); i++ {
		n := next[i]
		if n.from > have.to+1+rest[0].gap || sentenceEnds(ts[have.to+1:n.from+1]) {
			break
		}
		if end, ok := follow(rest[1:], places, ts, span{have.from, n.to, have.negated || n.negated}); ok {
			return end, true
		}
	}
	return span{}, false
}

func sentenceEnds(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool { return t.sentence })
}

// holds reports whether everything the pattern asks for stands near its first part, and nothing that it excludes.
func (p *pattern) holds(places [][]span, warning int) bool {
	first := p.parts[0]
	for _, id := range first.ids {
		for _, start := range places[id] {
			if start.negated == first.negated && p.near(places, start) && (p.request.stubborn || !within(places[warning], start, 30, false)) {
				return true
			}
		}
	}
	return false
}

func (p *pattern) near(places [][]span, start span) bool {
	for _, part := range p.parts[1:] {
		window := p.request.window
		if part.absent {
			window *= 2 // „Avansul e la semnare. […] La notar mergem luni.”
		}
		there := slices.ContainsFunc(part.ids, func(id int) bool { return within(places[id], start, window, part.negated) })
		if there == part.absent {
			return false
		}
	}
	return true
}

// within reports whether one of the places is near start: at most window words before its beginning or after its end.
func within(places []span, start span, window int, negated bool) bool {
	for i := sort.Search(len(places), func(i int) bool { return places[i].from >= start.from-window }); i < len(places) && places[i].from <= start.to+window; i++ {
		if places[i].negated == negated {
			return true
		}
	}
	return false
}
