package linkguard

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"piata.ro/internal/text"
)

// source is a text without what cannot be seen and with spelt-out words joined, and the way back to the original.
type source struct {
	clean  string
	at     []int        // where each byte of clean stands in the original, and its end
	hidden map[int]bool // places in clean where something invisible was left out
}

// scan reads a text. Letters with single spaces between them, as in „w h a t s a p p”, become one word.
func scan(original string) source {
	s := source{at: make([]int, 0, len(original)+1), hidden: map[int]bool{}}
	var b strings.Builder
	b.Grow(len(original))
	spelt := speltOut(original)
	for i, r := range original {
		size := utf8.RuneLen(r)
		switch {
		case r == utf8.RuneError:
			continue
		case isInvisible(r), spelt[i]:
			s.hidden[b.Len()] = true
			continue
		case isDash(r) && betweenLetters(original, i, size):
			r, size = '-', 1
		case r == '\u00a0' || r == '\u202f' || r == '\u2009':
			r, size = ' ', 1
		}
		b.WriteRune(r)
		for range size {
			s.at = append(s.at, i)
		}
	}
	s.clean = b.String()
	s.at = append(s.at, len(original))
	return s
}

// isDash knows the signs that pass for a hyphen.
func isDash(r rune) bool { return r >= 0x2010 && r <= 0x2015 || r == 0x2212 }

func betweenLetters(s string, i, size int) bool {
	return i > 0 && i+size < len(s) && isLetter(s[i-1]) && isLetter(s[i+size])
}

// speltOut finds the spaces inside words whose letters stand apart: at least five signs in a row.
func speltOut(s string) map[int]bool {
	drop := map[int]bool{}
	var run []int // places of the spaces
	letters, single := 0, 0
	flush := func() {
		if letters >= 5 {
			for _, i := range run[:len(run)-1] {
				drop[i] = true
			}
		}
		run, letters = nil, 0
	}
	for i, r := range s + " " {
		switch {
		case isInvisible(r):
		case r == ' ' && single == 1:
			run, letters, single = append(run, i), letters+1, 0
		case r == ' ' || r == '\n':
			flush()
			single = 0
		default:
			if single++; single == 2 {
				flush()
			}
		}
	}
	flush()
	return drop
}

// find lists what has a form of its own, in order and without overlaps.
func (g *Guard) find(s source) []Finding {
	var found []Finding
	add := func(f Finding, from, to int) {
		for _, have := range found {
			if f.Start < have.End && have.Start < f.End {
				return
			}
		}
		if len(found) < maxFound && from < to {
			found = append(found, f)
		}
	}
	collect := func(re *regexp.Regexp, regions [][2]int, judge func(match string, from, to int) (f Finding, end int, ok bool)) {
		for _, region := range regions {
			for _, m := range re.FindAllStringIndex(s.clean[region[0]:region[1]], maxFound) {
				from, to := region[0]+m[0], region[0]+m[1]
				if f, end, ok := judge(s.clean[from:to], from, to); ok {
					f.Start, f.End = s.at[from], s.end(end)
					add(f, from, end)
				}
			}
		}
	}
	collect(emails, s.around(isAt, 64), func(match string, from, to int) (Finding, int, bool) {
		if strings.HasSuffix(s.clean[:from], "/") || strings.HasPrefix(s.clean[to:], "/") {
			return Finding{}, 0, false // a web address with a name before its host
		}
		return g.judgeEmail(match, from)
	})
	collect(ibans, s.around(isCountry, 4), judgeIBAN)
	collect(bare, s.chunks(), func(match string, from, to int) (Finding, int, bool) { return g.judgeBare(s, match, from, to) })
	collect(spaced, s.around(isSpokenDot, 64), g.judgeSpaced)
	for _, p := range text.FindPhones(s.clean) {
		add(Finding{Kind: KindPhone, Verdict: Unknown, Target: p.Number, Start: s.at[p.Start], End: s.end(p.End)}, p.Start, p.End)
	}
	collect(phones, s.around(isDialled, 1), judgePhone)
	slices.SortFunc(found, func(a, b Finding) int { return a.Start - b.Start })
	return found
}

// chunks are the runs without white space that have a dot or a colon in them: nothing else can be an address.
func (s source) chunks() [][2]int {
	var out [][2]int
	start, dotted := 0, false
	for i, r := range s.clean + " " {
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r == '\r':
			if dotted {
				out = append(out, [2]int{start, i})
			}
			start, dotted = i+1, false
		case strings.ContainsRune(".:。．｡([{", r):
			dotted = true
		}
	}
	return out
}

// end is where the original goes on after the byte before i of clean.
func (s source) end(i int) int {
	if i == 0 {
		return 0
	}
	last := s.at[i-1]
	for ; i < len(s.at); i++ {
		if s.at[i] > last {
			return s.at[i]
		}
	}
	return s.at[len(s.at)-1]
}

const closing = ".,;:!?)]}'\"…*_"

func (g *Guard) judgeBare(s source, match string, from, to int) (Finding, int, bool) {
	trimmed := strings.TrimRight(match, closing)
	if !strings.ContainsAny(trimmed, ".。．｡:") {
		return Finding{}, 0, false
	}
	end := from + len(trimmed)
	raw := brackets.Replace(trimmed)
	a, ok := readAddress(raw)
	if !ok || !g.isAddress(a, raw) {
		return Finding{}, 0, false
	}
	for i := from + 1; i < end; i++ {
		a.odd = a.odd || s.hidden[i]
	}
	a.odd = a.odd || raw != trimmed
	return linkFinding(g.judgeAddress(a, 0)), end, true
}

var brackets = strings.NewReplacer("(.)", ".", "[.]", ".", "{.}", ".", "(dot)", ".", "[dot]", ".", "{dot}", ".", "(punct)", ".", "[punct]", ".", "{punct}", ".")

func linkFinding(r LinkReport) Finding {
	return Finding{Kind: KindLink, Verdict: r.Verdict, Reason: r.Reason, Target: r.Target, Host: r.Host}
}

// isAddress tells addresses from words with a dot between them and from numbers.
func (g *Guard) isAddress(a address, raw string) bool {
	h := readHost(a.host)
	if h.isNumber() {
		return a.scheme != "" || a.rest != "" && strings.Count(a.host, ".") == 3
	}
	if a.scheme != "" {
		return strings.Contains(a.host, ".") || a.host == "localhost" || a.user != ""
	}
	if !hasEnding(h) || !strings.Contains(a.host, ".") {
		return false
	}
	if !wordEndings[h.ending] || strings.HasPrefix(a.host, "www.") || a.rest != "" || strings.ContainsAny(a.host, "-0123456789") || strings.Count(a.host, ".") > 1 {
		return !strings.HasPrefix(raw, "-")
	}
	b, _ := g.lists.imitated(h)
	return b != nil || g.lists.find(h.ascii) != nil
}

// hasEnding reports whether the last label is an ending that is handed out.
func hasEnding(h hostName) bool {
	ending, official := publicsuffix.PublicSuffix(h.flat)
	return (official || strings.Contains(ending, ".")) && ending != h.flat
}

// wordEndings are words too, so that „ok.la ce oră” is no address, nor „poza.zip”.
var wordEndings = set(`eu la de in pe me ma to sa am is it so as ca co do fi ai ba ne se te va no my re pa na zip mov sh rs py ps st ac ad mc sc tm ms mt pt ht care auto casa bio bar pub one day vin plus mai
	live work life best link email date men win bid pro cool fun now luna mini med land cat dog fan fans game car cars bike bine`)

// judgeSpaced reads „fan curier punct top”, „olx [punct] ro” and „plata . site”.
func (g *Guard) judgeSpaced(match string, from, _ int) (Finding, int, bool) {
	match = strings.TrimRight(match, closing)
	raw := joints.ReplaceAllString(dashes.ReplaceAllString(match, "-"), ".")
	a, ok := readAddress(raw)
	if !ok || raw == match {
		return Finding{}, 0, false
	}
	h := readHost(a.host)
	b, _ := g.lists.imitated(h)
	if !hasEnding(h) || b == nil && (wordEndings[h.ending] || len(h.site)-len(h.ending) < 4) { // „cu .top la final”
		return Finding{}, 0, false
	}
	a.odd = true
	r := g.judgeAddress(a, 0)
	if known := g.lists.find(h.ascii); known != nil && g.lists.isImitable(known) {
		r.Verdict, r.Reason = Known, "este adresa adevărată "+known.name
	}
	return linkFinding(r), from + len(match), true
}

// freeMail are the services where anybody gets an address.
var freeMail = set("gmail.com yahoo.com yahoo.ro outlook.com hotmail.com icloud.com proton.me protonmail.com mail.com gmx.com mail.ru yandex.ru yandex.com live.com aol.com tutanota.com")

func (g *Guard) judgeEmail(match string, from int) (Finding, int, bool) {
	match = strings.TrimRight(match, closing)
	local, host, _ := strings.Cut(match, "@")
	h := readHost(host)
	if !hasEnding(h) {
		return Finding{}, 0, false
	}
	f := Finding{Kind: KindEmail, Verdict: Unknown, Target: match, Host: h.shown}
	switch b, sure := g.lists.imitated(h); {
	case freeMail[h.ascii]:
		if b, sure := g.lists.imitated(readHost(strings.ReplaceAll(local, "+", ".") + ".example.ro")); b != nil && sure {
			f.Verdict, f.Reason = Dangerous, b.name+" nu scrie de pe "+h.shown
		}
	case g.lists.find(h.ascii) != nil:
		f.Verdict = Known
	case b != nil && sure:
		f.Verdict, f.Reason = Dangerous, "adresa de e-mail imită "+b.home
	case b != nil:
		f.Verdict, f.Reason = Suspicious, "adresa de e-mail seamănă cu "+b.home
	}
	return f, from + len(match), true
}

func judgeIBAN(match string, from, to int) (Finding, int, bool) {
	s := strings.ToUpper(strings.ReplaceAll(match, " ", ""))
	if len(s) < 15 || len(s) > 34 || strings.Trim(s[4:8], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" && s[:2] == "RO" || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" || !ibanCountries[s[:2]] {
		return Finding{}, 0, false
	}
	return Finding{Kind: KindIBAN, Verdict: Unknown, Target: s}, to, true
}

var ibanCountries = set("RO LT GB DE FR IT ES BE NL AT HU BG PL IE PT GR CY EE LV LU MT MD")

// judgePhone takes foreign numbers that begin with a plus, and those that cost extra.
func judgePhone(match string, _, to int) (Finding, int, bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, match)
	if strings.HasPrefix(match, "+") && len(digits) >= 9 && len(digits) <= 15 {
		return Finding{Kind: KindPhone, Verdict: Unknown, Target: "+" + digits}, to, true
	}
	if strings.HasPrefix(digits, "090") && len(digits) == 10 {
		return Finding{Kind: KindPhone, Verdict: Suspicious, Reason: "numerele care încep cu 0900 se plătesc scump", Target: digits}, to, true
	}
	return Finding{}, 0, false
}

// firstLink finds an address inside what somebody pasted.
func (g *Guard) firstLink(raw string) *LinkReport {
	for _, f := range g.Find(raw) {
		if f.Kind == KindLink {
			r := LinkReport{Verdict: f.Verdict, Reason: f.Reason, Target: f.Target, Host: f.Host}
			return &r
		}
	}
	return nil
}
