package linkguard

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
)

//go:embed words.txt
var wordsTxt string

// lexicon knows the words of words.txt and which groups they belong to.
type lexicon struct {
	ids      map[string]int   // of groups, and of words that stand in phrases
	groups   []group          // in the order in which they are looked for
	names    []string         // of the groups
	words    map[string][]int // whole words, as they sound
	stems    map[string][]int // beginnings that take the endings of a noun
	prefixes map[string][]int // beginnings that take anything
	near     map[string]string
}

// group is what a name of words.txt stands for beyond single words.
type group struct {
	id      int
	phrases [][]step
}

// step is one place of a phrase.
type step struct {
	id  int
	gap int // how many words may stand before it
}

// endings of nouns, as they sound, and of verbs by class and person.
var (
	nounEndings = set("a e i u l ul ule ului uri urile urilor ele elor ei i ilor le lui iei ile lor ea")
	verbEndings = map[string]map[string]string{
		"a": {"me": "- ez am", "you": "i ezi a ati eaza", "they": "e eze", "done": "at ata ate", "noun": "are area arii and"},
		"i": {"me": "esc im", "you": "esti este iti i", "they": "easca", "done": "it ita ite", "noun": "ire irea irii ind"},
		"e": {"me": "- em", "you": "i e eti", "they": "a", "noun": "ere erea erii and"},
	}
	persons = []string{"me", "you", "they", "done", "noun"}
)

func readLexicon() *lexicon {
	l := &lexicon{ids: map[string]int{}, words: map[string][]int{}, stems: map[string][]int{}, prefixes: map[string][]int{}, near: make(map[string]string, 1<<14)}
	for line := range strings.Lines(wordsTxt) {
		line, _, _ = strings.Cut(line, "# ")
		name, entries, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		n := l.groupOf(strings.TrimSpace(name))
		for _, entry := range strings.Fields(entries) {
			l.add(n, strings.TrimSpace(name), entry)
		}
	}
	for _, w := range slices.Sorted(maps.Keys(l.words)) {
		if len(w) >= 6 {
			for i := 1; i < len(w); i++ {
				l.near[w[:i]+w[i+1:]] = w
			}
		}
	}
	return l
}

// groupOf returns the number of a group in l.groups. A name with a person, such as PAY.you, belongs to the group without it.
func (l *lexicon) groupOf(name string) int {
	base, _, _ := strings.Cut(name, ".")
	if _, known := l.ids[base]; !known {
		for _, p := range persons {
			l.newGroup(base + "." + p)
		}
		n := l.newGroup(base)
		for _, p := range persons {
			l.groups[n].phrases = append(l.groups[n].phrases, []step{{id: l.ids[base+"."+p]}})
		}
	}
	id, known := l.ids[name]
	if !known {
		panic("linkguard: words.txt: no person in " + name)
	}
	return slices.IndexFunc(l.groups, func(g group) bool { return g.id == id })
}

func (l *lexicon) newGroup(name string) int {
	l.groups = append(l.groups, group{id: l.id(name)})
	l.names = append(l.names, name)
	return len(l.groups) - 1
}

func (l *lexicon) id(key string) int {
	id, ok := l.ids[key]
	if !ok {
		id = len(l.ids)
		l.ids[key] = id
	}
	return id
}

// add reads one entry of a group.
func (l *lexicon) add(n int, name, entry string) {
	if stem, class, isVerb := strings.Cut(entry, "/"); isVerb {
		for _, p := range persons {
			for _, ending := range strings.Fields(verbEndings[class][p]) {
				l.word(sound(stem+strings.Trim(ending, "-")), l.ids[name+"."+p])
			}
		}
		return
	}
	if !strings.ContainsAny(entry, "_+") && !isName(entry) {
		l.register(entry, l.groups[n].id)
		return
	}
	phrase := l.phrase(entry)
	for _, s := range phrase {
		if slices.ContainsFunc(l.groups[n:], func(g group) bool { return g.id == s.id }) {
			panic("linkguard: words.txt: " + name + " uses " + entry + " before it is complete")
		}
	}
	l.groups[n].phrases = append(l.groups[n].phrases, phrase)
}

func isName(entry string) bool { return entry[0] >= 'A' && entry[0] <= 'Z' }

// phrase reads words with a sign between them that says how many others may stand there.
func (l *lexicon) phrase(entry string) []step {
	var steps []step
	gap := 0
	for entry != "" {
		end := strings.IndexAny(entry, "_+")
		if end < 0 {
			end = len(entry)
		}
		steps = append(steps, step{id: l.item(entry[:end]), gap: gap})
		rest := strings.TrimLeft(entry[end:], "_+")
		gap = gaps[entry[end:len(entry)-len(rest)]]
		entry = rest
	}
	return steps
}

var gaps = map[string]int{"+": 0, "_": 1, "__": 4}

// item returns the number of a word or group that stands in a phrase or a rule.
func (l *lexicon) item(word string) int {
	if isName(word) {
		id, known := l.ids[word]
		if !known {
			panic("linkguard: words.txt: no group " + word)
		}
		return id
	}
	_, known := l.ids[word]
	id := l.id(word)
	if !known {
		l.register(word, id)
	}
	return id
}

func (l *lexicon) register(word string, id int) {
	if stem, ok := strings.CutSuffix(word, "~"); ok {
		stem = sound(stem)
		l.stems[stem] = append(l.stems[stem], id)
		l.word(stem, id)
	} else if start, ok := strings.CutSuffix(word, "*"); ok {
		start = sound(start)
		l.prefixes[start] = append(l.prefixes[start], id)
	} else {
		l.word(sound(word), id)
	}
}

func (l *lexicon) word(w string, id int) {
	if !slices.Contains(l.words[w], id) {
		l.words[w] = append(l.words[w], id)
	}
}

// lookup returns what a word stands for; a word that is not known may be one with a letter too many, too few or mistaken.
func (l *lexicon) lookup(w string) []int {
	if len(w) > 40 {
		return nil
	}
	out := l.exactly(w)
	if out == nil && len(w) >= 6 {
		out = l.exactly(withoutPronoun(w))
	}
	if out == nil && len(w) >= 6 {
		out = l.exactly(l.misspelt(w))
	}
	return out
}

func (l *lexicon) exactly(w string) []int {
	if w == "" {
		return nil
	}
	out := slices.Clone(l.words[w])
	for n := 1; n <= len(w); n++ {
		out = append(out, l.prefixes[w[:n]]...)
		if n < len(w) && nounEndings[w[n:]] {
			out = append(out, l.stems[w[:n]]...)
		}
	}
	if w[0] == '#' && len(w) > 1 && w[1] <= '9' {
		out = append(out, l.words["#nr"]...)
	}
	return out
}

// withoutPronoun turns „trimitemi” into „trimite”.
func withoutPronoun(w string) string {
	for _, end := range []string{"mil", "til", "mi", "va", "ma"} {
		if rest, ok := strings.CutSuffix(w, end); ok {
			return rest
		}
	}
	return ""
}

// misspelt returns the only kind of mistake looked for: one letter after the first added, left out, changed, or swapped with its neighbour.
func (l *lexicon) misspelt(w string) string {
	if right := l.near[w]; right != "" {
		return right
	}
	for i := 1; i < len(w); i++ {
		short := w[:i] + w[i+1:]
		if len(short) >= 6 && l.words[short] != nil {
			return short
		}
		if right := l.near[short]; right != "" {
			return right
		}
	}
	return ""
}

var spellings = strings.NewReplacer("wh", "v", "w", "v", "tzi", "ti", "tz", "ts", "sh", "s", "ph", "f", "k", "c", "q", "c", "y", "i", "'", "")

// sound writes a folded word so that the ways to spell it in a hurry are one: kard, trimitetzi, whatsapp, confirmm.
func sound(w string) string {
	if w == "wa" || strings.HasPrefix(w, "#") { // WhatsApp, not „va”
		return w
	}
	if strings.ContainsAny(w, "wkqyzh'") {
		w = spellings.Replace(w)
	}
	if len(w) < 4 {
		return w
	}
	return undoubled(w)
}
