package search

// units gives the many spellings of a unit one; a size in inches is known by its number alone.
var units = map[string]string{
	"gb": "gb", "giga": "gb", "tb": "tb", "mb": "mb", "kg": "kg", "kilograme": "kg", "g": "g", "gr": "g", "grame": "g",
	"mp": "mp", "m": "m", "metri": "m", "cm": "cm", "mm": "mm", "km": "km", "l": "l", "litri": "l", "litru": "l", "ml": "ml",
	"w": "w", "wati": "w", "kw": "kw", "kwh": "kwh", "wh": "wh", "v": "v", "volti": "v", "ah": "ah", "mah": "mah",
	"hz": "hz", "mhz": "mhz", "ghz": "ghz", "cp": "cp", "hp": "cp", "cai": "cp", "cc": "cmc", "cmc": "cmc",
	"camere": "camere", "camera": "camere", "cam": "camere",
	"inch": "", "inchi": "", "inci": "", "inches": "", "tol": "", "toli": "", "zoll": "",
}

// readers follow numbers: each looks at the pieces that begin with a number, adds its tokens and
// returns how many pieces it used, or 0 when they are not its kind.
var readers = [...]func(*output, []piece) int{size, measure, model}

// size reads „160x200” and „160 x 200 x 50”. A text is found by each side as well.
func size(out *output, p []piece) int {
	used, text := 1, p[0].text
	for used+1 < len(p) && p[used].text == "x" && p[used+1].number {
		text += "x" + p[used+1].text
		used += 2
	}
	if used == 1 {
		return 0
	}
	out.add(text)
	for i := 0; i < used; i += 2 {
		out.extra(p[i].text)
	}
	if used < len(p) && (p[used].text == "cm" || p[used].text == "mm") {
		used++ // „160x200 cm”
	}
	return used
}

// measure reads „16 GB”, „50 m2”, „2 camere”. A text is found by the number and by the word as well.
func measure(out *output, p []piece) int {
	if len(p) < 2 || !p[1].isWord() {
		return 0
	}
	unit, found := units[p[1].text]
	used := 2
	if len(p) > 2 && p[2].glued { // „m2” and „cm3” are two pieces; „5 m3x” is nothing
		switch p[1].text + p[2].text {
		case "m2":
			unit, found, used = "mp", true, 3
		case "m3":
			unit, found, used = "mc", true, 3
		case "cm3":
			unit, found, used = "cmc", true, 3
		default:
			return 0
		}
	}
	if !found {
		return 0
	}
	out.add(p[0].text + unit)
	if unit == "" {
		return used
	}
	out.extra(p[0].text)
	if len(p[1].text) > 2 {
		out.extra(Stem(p[1].text))
	}
	return used
}

// model reads a whole number with a letter or two behind it: „320d”, „4k”. A text is also found by
// the number alone, and „320 d” by what people write together.
func model(out *output, p []piece) int {
	if len(p) < 2 || !p[0].isInteger() || !p[1].isWord() || len(p[1].text) > 2 || isRim(p[1:]) || isStopWord(p[1].text) {
		return 0
	}
	together := p[0].text + p[1].text
	if !p[1].glued {
		if len(p[1].text) == 1 {
			out.extra(together)
		}
		return 0
	}
	out.add(together)
	out.extra(p[0].text)
	out.extra(p[1].text)
	return 2
}

// isRim tells whether p begins with „R16” of a tyre, which is only another way to say 16.
func isRim(p []piece) bool {
	if len(p) < 2 || p[0].text != "r" && p[0].text != "zr" || !p[1].number {
		return false
	}
	return len(p[1].text) == 2 && "12" <= p[1].text && p[1].text <= "24"
}

// isName tells whether a word and the number after it are one name: „i7”, „S21”, „XC60”, but not
// „golf7” or „rtx3060”, which people write as two words just as often.
func isName(word, number piece) bool {
	if !number.isInteger() || len(word.text) > 1 && isStopWord(word.text) {
		return false
	}
	switch len(word.text) {
	case 1:
		return len(number.text) <= 4
	case 2, 3:
		return len(number.text) <= 2
	}
	return false
}
