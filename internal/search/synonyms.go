package search

import (
	"slices"
	"strings"
)

// synonyms are short and other names of things, as folded words. They are few on purpose: each makes two
// words the same for everybody.
var synonyms = map[string][]string{
	"vw": {"volkswagen"}, "bmv": {"bmw"}, "mercedesbenz": {"mercedes", "benz"},
	"ps": {"playstation"}, "ps1": {"playstation", "1"}, "ps2": {"playstation", "2"}, "ps3": {"playstation", "3"},
	"ps4": {"playstation", "4"}, "ps5": {"playstation", "5"},
	"tv": {"televizor"}, "tel": {"telefon"}, "smartphone": {"telefon"}, "pc": {"calculator"}, "notebook": {"laptop"},
	"apt": {"apartament"}, "ap": {"apartament"}, "motorina": {"diesel"}, "wifi": {"wi", "fi"}, "ebook": {"e", "book"},
}

// numerals are small numbers written as words: „două camere” are 2.
var numerals = map[string]string{"doi": "2", "doua": "2", "trei": "3", "patru": "4", "cinci": "5"}

// stopWords say how things belong together, or that somebody is looking for something, not what it is.
// They are sorted.
var stopWords = strings.Fields("a ai al ale as ati au ca care caut cautam ce cea ceva cu cum cumpar cumparam de din doresc este ii imi in la mai " +
	"o or pe pentru pt sa sau si sub sunt un una unei unor unui vreau")

func isStopWord(word string) bool {
	_, found := slices.BinarySearch(stopWords, word)
	return found
}
