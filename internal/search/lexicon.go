package search

import (
	_ "embed"
	"iter"
	"strings"
	"sync"

	"piata.ro/internal/text"
)

//go:embed families.txt
var familyList string

//go:embed words.txt
var wordList string

// lexicon is what the analyser knows about single words. Nobody changes it once it is made.
type lexicon struct {
	roots      map[string]string   // forms that the rules get wrong, to their root
	whole      map[string]struct{} // complete words
	wholeRoots map[string]struct{} // what the rules leave of complete words
}

// ownRoot begins a family whose first form is its root: cut down, it would be another word.
const ownRoot = "!"

// words reads the lists on first use: starting the program does not wait for them.
var words = sync.OnceValue(func() lexicon {
	l := lexicon{roots: map[string]string{}, whole: map[string]struct{}{}, wholeRoots: map[string]struct{}{}}
	for forms := range listed(familyList) {
		to := root(forms[0])
		if forms[0] == ownRoot {
			forms = forms[1:]
			to = forms[0]
		}
		for _, form := range forms {
			l.roots[form] = to
			l.addWhole(form)
		}
	}
	for forms := range listed(wordList) {
		for _, form := range forms {
			l.addWhole(form)
		}
	}
	return l
})

// listed yields the folded words of each line that is no comment.
func listed(list string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(list) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			if forms := strings.Fields(text.Fold(line)); len(forms) > 0 && !yield(forms) {
				return
			}
		}
	}
}

func (l lexicon) addWhole(word string) {
	l.whole[word] = struct{}{}
	l.wholeRoots[root(word)] = struct{}{}
}

// isWhole tells whether a folded word is complete rather than the beginning of a longer one. To end like
// a form of a known word is enough, to be its root is not: „lapt” becomes „lapte” or „laptop”.
func (l lexicon) isWhole(word string) bool {
	if _, found := l.whole[word]; found {
		return true
	}
	_, found := l.wholeRoots[root(word)]
	return found && root(word) != word
}
