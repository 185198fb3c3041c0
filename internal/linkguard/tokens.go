package linkguard

import (
	"strings"
	"unicode"
)

// token is one word of a message, folded to ASCII, or a sign that stands for what was found by its form: #link, #tel, #mail, #iban, #nr.
type token struct {
	word    string
	stop    bool // a clause ends before it
	negated bool // „nu …”
}

// tokens splits a message into words.
func tokens(s source, found []Finding) []token {
	var out []token
	stop := true
	next := 0
	emit := func(w string) {
		if w != "" {
			out = append(out, token{word: w, stop: stop})
			stop = false
		}
	}
	var b strings.Builder
	for i, r := range s.clean {
		for next < len(found) && s.at[i] >= found[next].End {
			next++
		}
		if next < len(found) && s.at[i] >= found[next].Start {
			if b.Len() > 0 || s.at[i] == found[next].Start {
				emit(readable(b.String()))
				b.Reset()
				if s.at[i] == found[next].Start {
					emit(signs[found[next].Kind])
				}
			}
			continue
		}
		if c, ok := plain(r); ok && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			b.WriteByte(c)
			continue
		}
		if unicode.IsMark(r) {
			continue
		}
		emit(readable(b.String()))
		b.Reset()
		if r == '%' {
			emit("%")
		}
		stop = stop || strings.ContainsRune(".,;:!?\n()", r)
	}
	emit(readable(b.String()))
	negate(out)
	return out
}

var signs = map[Kind]string{KindLink: "#link", KindPhone: "#tel", KindEmail: "#mail", KindIBAN: "#iban"}

// readable undoes digits in place of letters and letters that are repeated: c0d, wh4tsapp, carddd.
func readable(w string) string {
	if w == "" {
		return ""
	}
	digits := 0
	for i := range len(w) {
		if w[i] <= '9' {
			digits++
		}
	}
	if digits == len(w) {
		return "#" + w
	}
	if digits > 0 && w[0] > '9' && w[len(w)-1] > '9' {
		w = leet.Replace(w)
	}
	var b strings.Builder
	for i := range len(w) {
		if i < 2 || w[i] != w[i-1] || w[i] != w[i-2] {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t")

// negate marks the words that a „nu” or „fără” reaches: to the end of the clause, or to a word that begins another one.
func negate(ts []token) {
	left := 0
	for i := range ts {
		t := &ts[i]
		switch {
		case t.stop || clauseStart[t.word]:
			left = 0
		case left > 0 && left < 6 && commands[t.word]:
			left = 0
		}
		if left > 0 {
			t.negated = true
			left--
		}
		if negations[t.word] {
			left = 7
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
	negations   = set("nu n fara niciodata nimanui nici")
	exceptions  = set("numai uita uitati ezita ezitati")
	clauseStart = set("dar ci decat daca altfel ca deoarece fiindca pentru sa doar asa deci iar si")
	commands    = set(`hai haide scrie scrieti trimite trimiteti da dati dami zi zimi spune spuneti lasa lasati intra intrati acceseaza accesati apasa apasati click confirma confirmati
		introdu introduceti completeaza completati scaneaza scanati instaleaza instalati descarca descarcati contacteaza contactati adauga vireaza virati plateste platiti vorbim discutam continuam
		aproba aprobati verifica verificati valideaza validati pune puneti cumpara ia`)
)
