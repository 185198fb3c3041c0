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
	"apt": {"apartament"}, "ap": {"apartament"}, "motorina": {"diesel"}, "smarttv": {"smart", "televizor"}, "mertan": {"mercedes"},
}

// compounds are words that people write together, with a hyphen or apart.
var compounds = map[string]string{
	"blu ray": "bluray", "wi fi": "wifi", "e book": "ebook", "e reader": "ereader", "full hd": "fullhd", "ultra hd": "ultrahd", "play station": "playstation", "x box": "xbox",
	"mercedes benz": "mercedes", "power bank": "powerbank", "lap top": "laptop", "note book": "notebook", "air fryer": "airfryer", "pick up": "pickup", "smart watch": "smartwatch",
	"smart phone": "smartphone", "sound bar": "soundbar", "mac book": "macbook", "hover board": "hoverboard", "snow board": "snowboard", "ultra book": "ultrabook",
	"e mail": "email", "air pods": "airpods", "i phone": "iphone", "i pad": "ipad", "moto sapa": "motosapa", "moto coasa": "motocoasa", "micro unde": "microunde",
	"auto utilitara": "autoutilitara", "semi remorca": "semiremorca", "semi decomandat": "semidecomandat", "full time": "fulltime", "part time": "parttime",
	"go pro": "gopro", "pro max": "promax", "range rover": "rangerover", "t shirt": "tshirt", "video proiector": "videoproiector", "termo pan": "termopan",
}

// numerals are small numbers written as words: „două camere” are 2.
var numerals = map[string]string{"doi": "2", "doua": "2", "trei": "3", "patru": "4", "cinci": "5"}

// stopWords say how things belong together, or that somebody is looking for something, not what it is.
// They are sorted.
var stopWords = strings.Fields("a ai al ale as ati au ca care caut cautam ce cea ceva cu cum cumpar cumparam de din doresc este ii imi in la mai " +
	"o or pe pentru pt sa sau si sub sunt un una unei unor unui vand vind vindem vreau")

func isStopWord(word string) bool {
	_, found := slices.BinarySearch(stopWords, word)
	return found
}
