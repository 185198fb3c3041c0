package linkguard

import (
	"slices"
	"strings"
)

// rule says what some words together ask for. Each part of its pattern must be found within the window, in any order:
// words of one place are separated by |, a word that ends in * is a beginning, words joined by _ follow each other with at most
// one other between them, @name stands for a group, and a part that begins with ! must not be there at all.
type rule struct {
	verdict  Verdict
	kind     Kind
	reason   string
	window   int // in words
	patterns []string
	advice   bool // also counts where somebody warns of frauds
}

// phrase is one way to say a part of a pattern.
type phrase []string

// part is one place of a pattern.
type part struct {
	absent  bool
	phrases []int // numbers of phrases
}

// plan is a compiled pattern.
type plan struct {
	rule  *rule
	parts []part
}

// rules are all patterns and the index of the first words of their phrases.
type rules struct {
	plans    []plan
	phrases  []phrase
	known    map[string]int   // numbers of phrases by their text
	exact    map[string][]int // by first word
	prefixes map[string][]int
}

func compileRules() *rules {
	rs := &rules{known: map[string]int{}, exact: map[string][]int{}, prefixes: map[string][]int{}}
	for i := range ruleTable {
		for _, p := range ruleTable[i].patterns {
			pl := plan{rule: &ruleTable[i]}
			for _, field := range strings.Fields(p) {
				pl.parts = append(pl.parts, rs.part(field))
			}
			rs.plans = append(rs.plans, pl)
		}
	}
	return rs
}

func (rs *rules) part(field string) part {
	field, absent := strings.CutPrefix(field, "!")
	p := part{absent: absent}
	for _, alt := range strings.Split(field, "|") {
		if name, isGroup := strings.CutPrefix(alt, "@"); isGroup {
			words, known := groups[name]
			if !known {
				panic("linkguard: no group " + name)
			}
			for _, w := range strings.Fields(words) {
				p.phrases = append(p.phrases, rs.phrase(w))
			}
			continue
		}
		p.phrases = append(p.phrases, rs.phrase(alt))
	}
	return p
}

func (rs *rules) phrase(s string) int {
	if n, ok := rs.known[s]; ok {
		return n
	}
	n := len(rs.phrases)
	rs.known[s] = n
	ph := phrase(strings.Split(s, "_"))
	rs.phrases = append(rs.phrases, ph)
	if stem, isPrefix := strings.CutSuffix(ph[0], "*"); isPrefix {
		rs.prefixes[stem] = append(rs.prefixes[stem], n)
	} else {
		rs.exact[ph[0]] = append(rs.exact[ph[0]], n)
	}
	return n
}

// judge finds what the words of a message ask for.
func (rs *rules) judge(s source, found []Finding) []Finding {
	ts := tokens(s, found)
	places := rs.places(ts)
	advice := isAdvice(ts)
	unsafe := slices.ContainsFunc(found, func(f Finding) bool { return f.Kind == KindLink && f.Verdict != Known })
	var out []Finding
	for i := range rs.plans {
		pl := &rs.plans[i]
		if advice && !pl.rule.advice || slices.ContainsFunc(out, func(f Finding) bool { return f.Reason == pl.rule.reason }) {
			continue
		}
		if pl.holds(places) && (unsafe || !pl.needsLink(rs)) {
			out = append(out, Finding{Kind: pl.rule.kind, Verdict: pl.rule.verdict, Reason: pl.rule.reason})
		}
	}
	return out
}

// needsLink reports whether the pattern speaks of an address in the message; the addresses of real couriers and banks do not count.
func (pl *plan) needsLink(rs *rules) bool {
	n, ok := rs.known["#link"]
	return ok && slices.ContainsFunc(pl.parts, func(p part) bool { return len(p.phrases) == 1 && p.phrases[0] == n })
}

// places lists for each phrase where it stands.
func (rs *rules) places(ts []token) map[int][]int {
	places := map[int][]int{}
	try := func(candidates []int, i int) {
		for _, n := range candidates {
			if rs.phrases[n].at(ts, i) {
				places[n] = append(places[n], i)
			}
		}
	}
	for i, t := range ts {
		if t.negated {
			continue
		}
		try(rs.exact[t.word], i)
		for n := 1; n <= len(t.word) && n <= 14; n++ {
			if candidates := rs.prefixes[t.word[:n]]; candidates != nil {
				try(candidates, i)
			}
		}
	}
	return places
}

// at reports whether the phrase goes on from the word i, whose first word fits.
func (ph phrase) at(ts []token, i int) bool {
	for _, w := range ph[1:] {
		switch {
		case i+1 < len(ts) && fits(w, ts[i+1].word) && !ts[i+1].negated:
			i++
		case i+2 < len(ts) && fits(w, ts[i+2].word) && !ts[i+2].negated:
			i += 2
		default:
			return false
		}
	}
	return true
}

func fits(pattern, word string) bool {
	if stem, isPrefix := strings.CutSuffix(pattern, "*"); isPrefix {
		return strings.HasPrefix(word, stem)
	}
	return pattern == word
}

// holds reports whether every part of the pattern is found near the first one.
func (pl *plan) holds(places map[int][]int) bool {
	for _, p := range pl.parts {
		if p.absent && len(p.all(places)) > 0 {
			return false
		}
	}
	for _, start := range pl.parts[0].all(places) {
		if pl.near(places, start) {
			return true
		}
	}
	return false
}

func (pl *plan) near(places map[int][]int, start int) bool {
	for _, p := range pl.parts[1:] {
		if p.absent {
			continue
		}
		close := slices.ContainsFunc(p.all(places), func(i int) bool { return i-start <= pl.rule.window && start-i <= pl.rule.window })
		if !close {
			return false
		}
	}
	return true
}

func (p part) all(places map[int][]int) []int {
	var out []int
	for _, n := range p.phrases {
		out = append(out, places[n]...)
	}
	return out
}

// isAdvice reports whether somebody tells of a fraud rather than trying one.
func isAdvice(ts []token) bool {
	for i, t := range ts {
		if t.negated {
			continue
		}
		switch {
		case adviceWords[t.word]:
			return true
		case t.word == "cere" || t.word == "cer" || t.word == "cerut" || t.word == "cereau":
			for _, near := range ts[max(0, i-3):min(len(ts), i+3)] {
				if someone[near.word] {
					return true
				}
			}
		case t.word == "aveti" || t.word == "ai":
			if i+1 < len(ts) && ts[i+1].word == "grija" {
				return true
			}
		}
	}
	return false
}

var (
	adviceWords = set("teapa tepe tepari inselatorie inselatorii inselatoria inselaciune escroc escroci escrocherie frauda fraude frauduloase feriti ferestete scam fals fals falsa false capcana")
	someone     = set("cineva multi altii unii unul careva cumva baiat tip tipa individ")
)
