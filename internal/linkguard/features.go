package linkguard

// reach is how many tokens two groups of a pair may stand apart.
const reach = 15

// features calls word and mark with what is known of a text, from its first token to the last: words, their beginnings and those with the
// one before them, and each group that stands there with those that follow. A group is a number of marks. Neither must keep what it gets.
func (l *lexicon) features(ts []token, places [][]span, word func(w []byte, at int), mark func(a int32, after []int32, at int)) {
	var name []byte
	before := "^"
	from, marks := l.marksOf(len(ts), places)
	for i, t := range ts {
		w := beginning(t.word)
		name = append(append(append(name[:0], before...), ' '), w...)
		word(name[len(before)+1:], i)
		word(name, i)
		if len(t.word) > len(w) && w[0] != '#' {
			name = append(append(name[:0], '='), t.word...)
			word(name, i)
		}
		before = w
		after := marks[from[i+1]:from[min(i+1+reach, len(ts))]]
		for _, a := range marks[from[i]:from[i+1]] {
			mark(a, after, i)
		}
	}
}

// marksOf lists the groups by the token that they begin at: those of token i are marks[from[i]:from[i+1]].
func (l *lexicon) marksOf(tokens int, places [][]span) (from []int, marks []int32) {
	from = make([]int, tokens+2)
	for _, g := range l.groups {
		for _, place := range places[g.id] {
			from[place.from+2]++
		}
	}
	for i := range tokens {
		from[i+2] += from[i+1]
	}
	marks = make([]int32, from[tokens+1])
	for i, g := range l.groups {
		for _, place := range places[g.id] {
			next := &from[place.from+1]
			marks[*next] = int32(2 * i)
			if place.negated {
				marks[*next]++
			}
			*next++
		}
	}
	return from, marks
}

// marks numbers the groups: two for each, the second one for where „nu” stands before it.
func (l *lexicon) marks() map[string]int32 {
	out := map[string]int32{}
	for i, name := range l.names {
		out[name], out["!"+name] = int32(2*i), int32(2*i+1)
	}
	return out
}

// beginning is the part of a word that its forms share, more or less.
func beginning(w string) string {
	if w[0] == '#' && len(w) > 1 && w[1] <= '9' {
		return "#nr"
	}
	return w[:min(len(w), 5)]
}
