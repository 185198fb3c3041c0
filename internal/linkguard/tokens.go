package linkguard

import (
	"strings"
	"unicode"
)

// token is one word of a message as it sounds, or a sign for what was found by its form: #site (a known address), #trap
// (one that warns), #link (another one), #tel, #mail and #iban, a number with # before
// it, % and ?.
type token struct {
	word     string
	stop     bool // a clause ends before it
	sentence bool // a sentence ends before it
	negated  bool // „nu …”
}

// tokenizer collects the words of a message.
type tokenizer struct {
	out            []token
	word           strings.Builder
	stop, sentence bool
	joined         bool // a hyphen stands before the word
}

// tokens splits a message into words.
func tokens(s source, found []Finding) []token {
	t := tokenizer{out: make([]token, 0, len(s.clean)/5+1), stop: true, sentence: true}
	next := 0
	for i, r := range s.clean {
		for next < len(found) && s.at[i] >= found[next].End {
			next++
		}
		if next < len(found) && s.at[i] >= found[next].Start {
			t.flush()
			if s.at[i] == found[next].Start {
				t.emit(signOf(found[next]))
			}
			continue
		}
		if c, ok := plain(r); ok && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			t.word.WriteByte(c)
			continue
		}
		if !unicode.IsMark(r) {
			t.flush()
			t.sign(r)
		}
	}
	t.flush()
	negate(t.out)
	return t.out
}

// signOf keeps the addresses of real couriers, banks and marketplaces apart, and those that were judged to be traps.
func signOf(f Finding) string {
	switch {
	case f.Kind != KindLink:
		return signs[f.Kind]
	case f.Verdict == Known:
		return "#site"
	case f.Verdict.Warns():
		return "#trap"
	}
	return "#link"
}

var signs = map[Kind]string{KindPhone: "#tel", KindEmail: "#mail", KindIBAN: "#iban"}

// sign takes what is neither letter nor digit.
func (t *tokenizer) sign(r rune) {
	t.joined = r == '-'
	switch r {
	case '%', '?', '@':
		t.emit(string(r))
	case '€':
		t.emit("euro")
	}
	t.stop = t.stop || strings.ContainsRune(".,;:!?\n()–", r)
	t.sentence = t.sentence || strings.ContainsRune(".!?\n", r)
}

// articles follow a hyphen: link-ul, cvv-ul.
var articles = set("ul ului u uri urile urilor ului le")

func (t *tokenizer) flush() {
	w := t.word.String()
	t.word.Reset()
	if w == "" || t.joined && articles[w] {
		return
	}
	if digits := len(w) - len(strings.TrimLeft(w, "0123456789")); digits > 0 { // 500lei
		t.emit("#" + w[:digits])
		w = w[digits:]
	}
	if w != "" {
		if last := w[len(w)-1]; last > '9' && strings.ContainsAny(w, "013457") {
			w = leet.Replace(w)
		}
		t.emit(sound(w))
	}
	t.joined = false
}

func (t *tokenizer) emit(w string) {
	t.out = append(t.out, token{word: w, stop: t.stop, sentence: t.sentence})
	t.stop, t.sentence = false, false
}

// leet undoes digits in place of letters: c0d, wh4tsapp.
var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t")

// How far „nu” and „fără” reach, in words.
const (
	reachOfNot     = 7
	reachOfWithout = 3
)

// negate marks the words that a „nu” or „fără” reaches: to the end of the clause, or to a word that begins another one.
func negate(ts []token) {
	left := 0
	for i := range ts {
		t := &ts[i]
		before := ""
		if i > 0 {
			before = ts[i-1].word
		}
		if t.stop || clauseStart[t.word] || left > 0 && left < reachOfNot-1 && commands[t.word] && before != "sa" {
			left = 0
		}
		if left > 0 {
			t.negated = true
			left--
		}
		switch {
		case t.word == "fara" || t.word == "without":
			if t.negated { // „nu trimit fără avans”
				left = 0
			} else {
				left = reachOfWithout
			}
		case negations[t.word] && before != "pana" && before != "daca":
			left = reachOfNot
			if i+2 < len(ts) && exceptions[ts[i+1].word] || lifted(ts[i+1:]) {
				left = 0
			}
		}
	}
}

// lifted reports whether „nu … decât” says the opposite.
func lifted(rest []token) bool {
	for i, t := range rest {
		if i > 5 || t.stop {
			return false
		}
		if t.word == "decat" || t.word == "dect" {
			return true
		}
	}
	return false
}

var (
	negations   = set("nu n fara niciodata nimanui nici not dont never cannot cant")
	exceptions  = set("numai uita uitati ezita ezitati")
	clauseStart = set("dar ci decat daca altfel ca deoarece fiindca pentru pana doar asa deci iar si but because asta")
	commands    = set(`hai haide scrie scrieti trimite trimiteti da dati dami zi zimi spune spuneti lasa lasati intra intrati acceseaza accesati apasa apasati clic confirma confirmati
		introdu introduceti completeaza completati scaneaza scanati instaleaza instalati descarca descarcati contacteaza contactati adauga vireaza virati plateste platiti vorbim discutam continuam
		aproba aprobati verifica verificati valideaza validati pune puneti cumpara ia cauta cautati suna sunati`)
)
