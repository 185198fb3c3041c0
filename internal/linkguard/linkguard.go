// Package linkguard judges what strangers write to each other: the addresses in a text and what the text asks for. It knows the addresses of
// Romanian couriers, banks and marketplaces and finds those that imitate them. It asks no network, and the same text always gets the same answer.
package linkguard

import (
	"slices"
	"strings"
)

// Verdict says how dangerous something is.
type Verdict string

// The verdicts, from the best to the worst. Known and Unknown need no warning.
const (
	Known      Verdict = "cunoscut"
	Unknown    Verdict = "necunoscut"
	Suspicious Verdict = "suspect"
	Dangerous  Verdict = "periculos"
)

var severity = map[Verdict]int{Known: 0, Unknown: 1, Suspicious: 2, Dangerous: 3}

// Warns reports whether people should be warned.
func (v Verdict) Warns() bool { return severity[v] >= severity[Suspicious] }

func worse(a, b Verdict) Verdict {
	if severity[b] > severity[a] {
		return b
	}
	return a
}

// Kind says what was found in a text.
type Kind string

// What is found by its form has a place in the text; what is found by its words stands for the whole text.
const (
	KindLink   Kind = "link"
	KindEmail  Kind = "email"
	KindPhone  Kind = "telefon"
	KindIBAN   Kind = "iban"
	KindCard   Kind = "card"
	KindCode   Kind = "cod"
	KindPay    Kind = "plata"
	KindAway   Kind = "mutare"
	KindRemote Kind = "acces"
	KindPerson Kind = "identitate"
)

// Finding is one thing found in a text.
type Finding struct {
	Kind       Kind
	Verdict    Verdict
	Reason     string // one sentence in Romanian, without the full stop; "" when there is nothing to say
	Start, End int    // bytes of the text; both 0 for what words ask
	Target     string // of a link its absolute address, of a phone number its international form, of an e-mail the address
	Host       string // of a link, as people read it
}

// Report is what is known of a text.
type Report struct {
	Verdict  Verdict   // the worst of the findings; Known when there are none
	Reasons  []string  // of the findings that warn, the worst first, each once
	Findings []Finding // in the order of the text, what words ask for at the end
}

// LinkReport is what is known of one address.
type LinkReport struct {
	Verdict Verdict
	Reason  string // one sentence in Romanian, without the full stop
	Target  string // the absolute address; "" when it is none
	Host    string // as people read it, e.g. "plata-sigura.top"
	Brand   string // whose address it is or imitates; "" for nobody's
}

// Limits of what is looked at; what comes after is not analysed and never becomes a link.
const (
	maxText  = 40 << 10
	maxLink  = 4 << 10
	maxFound = 100
)

// Guard judges texts and addresses. It is safe for concurrent use.
type Guard struct {
	lists *lists
	rules *rules
}

// New returns a guard that counts the hosts given, e.g. "piata.ro", as ours.
func New(ownHosts ...string) *Guard {
	l := readLists(ownHosts)
	return &Guard{lists: l, rules: compileRules()}
}

// Message judges a whole text.
func (g *Guard) Message(text string) Report {
	s := scan(clip(text, maxText))
	found := g.find(s)
	found = append(found, g.rules.judge(s, found)...)
	return report(found)
}

// Find lists links, addresses and phone numbers of a text without judging its words, in order and without overlaps.
func (g *Guard) Find(text string) []Finding { return g.find(scan(clip(text, maxText))) }

// report sums up the findings.
func report(found []Finding) Report {
	r := Report{Verdict: Known, Findings: found}
	for _, f := range found {
		if f.Kind == KindLink || f.Kind == KindEmail || f.Verdict.Warns() {
			r.Verdict = worse(r.Verdict, f.Verdict)
		}
	}
	for _, level := range []Verdict{Dangerous, Suspicious} {
		for _, f := range found {
			if f.Verdict == level && f.Reason != "" && !slices.Contains(r.Reasons, f.Reason) {
				r.Reasons = append(r.Reasons, f.Reason)
			}
		}
	}
	return r
}

// clip cuts a text at the end of a letter.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
