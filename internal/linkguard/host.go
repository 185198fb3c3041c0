package linkguard

import (
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// hostName is a host in the forms that it is judged by.
type hostName struct {
	shown  string   // as people read it, without punycode
	flat   string   // in ASCII letters that look the same
	ascii  string   // as it is asked for
	labels []string // of flat
	site   string   // of flat: what somebody registered, "plata-sigura.top"
	ending string   // of flat: "top"
	mixed  bool     // letters of other alphabets that pass for Latin ones
}

// readHost takes a host apart.
func readHost(host string) hostName {
	host = strings.ToLower(strings.Trim(host, "."))
	h := hostName{shown: host, ascii: host}
	if u, err := idna.Punycode.ToUnicode(host); err == nil {
		h.shown = u
	}
	if a, err := idna.Lookup.ToASCII(h.shown); err == nil {
		h.ascii = a
	}
	h.flat = flat(h.shown)
	for _, r := range h.shown {
		if r >= 0x80 && !strings.ContainsRune("ăâîșț\u015f\u0163", r) && unicode.IsLetter(r) {
			if _, ok := plain(r); ok {
				h.mixed = true
			}
		}
	}
	h.labels = strings.Split(h.flat, ".")
	h.ending, _ = publicsuffix.PublicSuffix(h.flat)
	h.site = h.flat
	if site, err := publicsuffix.EffectiveTLDPlusOne(h.flat); err == nil {
		h.site = site
	}
	return h
}

// shownSite is site as people read it.
func (h hostName) shownSite() string {
	labels := strings.Split(h.shown, ".")
	return strings.Join(labels[max(0, len(labels)-1-strings.Count(h.site, ".")):], ".")
}

// isNumber reports whether the host is an IP address in any of the ways that browsers read.
func (h hostName) isNumber() bool {
	if _, err := netip.ParseAddr(strings.Trim(h.ascii, "[]")); err == nil {
		return true
	}
	last := h.labels[len(h.labels)-1]
	return last != "" && (strings.Trim(last, digits) == "" || strings.HasPrefix(last, "0x") && strings.Trim(last[2:], "0123456789abcdef") == "")
}

// judgeHost says whose address a host is, or whom it imitates.
func (l *lists) judgeHost(h hostName) LinkReport {
	r := LinkReport{Verdict: Unknown, Host: h.shown}
	if b := l.find(h.ascii); b != nil {
		return l.judgeKnown(b, h, r)
	}
	if h.isNumber() {
		r.Verdict, r.Reason = Dangerous, "adresa e un număr în loc de numele unui site"
		return r
	}
	if b, sure := l.imitated(h); b != nil {
		r.Brand, r.Verdict, r.Reason = b.name, Dangerous, "adresa imită "+b.home
		if !sure {
			r.Verdict, r.Reason = Suspicious, "adresa seamănă cu "+b.home+", dar nu este a lor"
		}
		return r
	}
	strong, weak := h.hints()
	switch {
	case h.mixed:
		r.Verdict, r.Reason = Suspicious, "adresa are litere din alt alfabet, care seamănă cu ale noastre"
	case strong >= 2, strong == 1 && (weak > 0 || riskyEndings[h.ending]), weak >= 2 && riskyEndings[h.ending]:
		r.Verdict, r.Reason = Suspicious, "adresa e făcută din cuvinte ca „plată” sau „livrare”, cum fac înșelătorii"
	case cheapEndings[h.ending]:
		r.Verdict, r.Reason = Suspicious, "adresele cu ."+h.ending+" sunt folosite des la înșelătorii"
	case len(h.labels) > 5:
		r.Verdict, r.Reason = Suspicious, "adresa e neobișnuit de lungă"
	default:
		r.Reason = "nu cunoaștem " + h.shownSite()
	}
	return r
}

func (l *lists) judgeKnown(b *brand, h hostName, r LinkReport) LinkReport {
	r.Brand = b.name
	switch b.kind {
	case listShort:
		r.Verdict, r.Reason = Suspicious, "adresa e scurtată și ascunde unde duce"
	case listChat:
		r.Verdict, r.Reason = Suspicious, "te scoate de pe site, pe "+b.name
	case listHosting:
		r.Reason = "oricine poate pune o pagină la adresa aceasta"
		if other, _ := l.imitated(h); other != nil && h.ending != h.site {
			r.Brand, r.Verdict, r.Reason = other.name, Dangerous, "adresa imită "+other.home
		} else if strong, _ := h.hints(); strong > 0 {
			r.Verdict, r.Reason = Suspicious, "adresa e făcută din cuvinte ca „plată” sau „livrare”, cum fac înșelătorii"
		}
	default:
		r.Verdict, r.Reason = Known, "este adresa adevărată "+b.name
	}
	return r
}

// hints counts the words of the address that frauds use, the telling ones and the others.
func (h hostName) hints() (strong, weak int) {
	for _, part := range words(strings.TrimSuffix(h.flat, "."+h.ending)) {
		pieces := split(part, "", hints)
		if pieces == nil {
			pieces = []string{part}
		}
		for _, p := range pieces {
			switch {
			case weakHints[p]:
				weak++
			case hints[p]:
				strong++
			}
		}
	}
	return strong, weak
}

// words splits an address at dots, hyphens and digits' ends.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '-' || r == '_' })
}

var separators = strings.NewReplacer(".", "", "-", "", "_", "")

// imitated returns whom the host imitates; sure is false when it may be chance.
func (l *lists) imitated(h hostName) (b *brand, sure bool) {
	name := strings.TrimSuffix(h.flat, "."+h.ending)
	joined := separators.Replace(name)
	risky := riskyEndings[h.ending]
	strong, _ := h.hints()
	looks := skeleton(joined)
	for i := range l.words { // long names anywhere: fan-courier.livrari.com
		if w := &l.words[i]; !w.whole && strings.Contains(looks, w.skel) {
			return w.brand, joined != w.text || risky || strings.HasSuffix(w.brand.home, ".ro")
		}
	}
	siteName, _, _ := strings.Cut(h.site, ".")
	if b := l.disguised(h, siteName); b != nil {
		return b, true
	}
	if b := l.inside(name); b != nil {
		return b, true
	}
	parts := words(name)
	for _, label := range strings.Split(name, ".") {
		if b, sure := l.imitatedLabel(label, label == siteName, risky || strong > 0); b != nil {
			return b, sure
		}
	}
	for _, part := range append(parts, joined) {
		if w := l.nearly(part); w != nil {
			return w.brand, len(w.text) > 6 || risky || strong > 0
		}
	}
	return nil, false
}

// disguised finds a name, also one that is a word of other things, that is written with digits or strange letters: p0sta.ro.
func (l *lists) disguised(h hostName, siteName string) *brand {
	shown, _, _ := strings.Cut(h.shownSite(), ".")
	if strings.Trim(shown, "abcdefghijklmnopqrstuvwxyz-") == "" || strings.Trim(siteName, digits) == "" {
		return nil
	}
	if skeleton(siteName) == skeleton("piata") { // too common a word to stand in the list: piata-de-flori.ro
		return l.own
	}
	if w := l.whole[skeleton(siteName)]; w != nil && w.text != siteName {
		return w.brand
	}
	return nil
}

// inside finds a whole address ahead of the one that counts: piata.ro.oferte24.shop.
func (l *lists) inside(name string) *brand {
	labels := strings.Split(name, ".")
	for i := 1; i < len(labels); i++ {
		if b := l.hosts[labels[i-1]+"."+labels[i]]; b != nil && l.isImitable(b) {
			return b
		}
	}
	return nil
}

// imitatedLabel looks for short names, which must be a whole word of the address: olx-livrare, olxpay, dpd24.
func (l *lists) imitatedLabel(label string, isSite, odd bool) (b *brand, sure bool) {
	bare := strings.ReplaceAll(label, "-", "")
	if w := l.wholeName(bare); w != nil && !isCommon(w.text) {
		return w.brand, bare != w.text || odd || !isSite || strings.HasSuffix(w.brand.home, ".ro")
	}
	parts := words(label)
	for i := range parts {
		if w := l.numberedName(parts[i]); w != nil {
			if all := l.onlyHints(parts, i); all && (len(parts) > 1 || !isCommon(w.text)) || !isCommon(w.text) {
				return w.brand, all || odd && !isCommon(w.text)
			}
		}
		if w := l.glued(parts[i]); w != nil {
			return w.brand, odd || !isCommon(w.text)
		}
	}
	return nil, false
}

const digits = "0123456789"

// numberedName is wholeName for a word with digits around it, some of which may stand for letters: dpd24, 0lx, 0lx24.
func (l *lists) numberedName(part string) *word {
	bare := strings.Trim(part, digits)
	if bare == "" || len(part) < 2 {
		return nil
	}
	for _, s := range []string{part, strings.TrimRight(part, digits), strings.TrimLeft(part, digits), bare} {
		if w := l.wholeName(s); w != nil {
			return w
		}
	}
	return nil
}

// wholeName finds the name that a word looks like, also with a letter written twice or, from four letters on, with two that changed places.
func (l *lists) wholeName(s string) *word {
	if w := l.whole[skeleton(s)]; w != nil {
		return w
	}
	slips := []string{undoubled(s)}
	for i := 1; i < len(s) && len(s) >= 4 && len(s) < 10; i++ {
		slips = append(slips, s[:i-1]+s[i:i+1]+s[i-1:i]+s[i+1:])
	}
	for _, slip := range slips {
		if w := l.whole[skeleton(slip)]; w != nil && !isCommon(w.text) {
			return w
		}
	}
	return nil
}

// isCommon knows the names that are words or abbreviations of other things too.
func isCommon(name string) bool { return commonNames[name] }

var commonNames = set("fan posta ups tnt george bt ing wise visa orange digi storia temu payu anaf cec bnr anuntul stripe")

// onlyHints reports whether the other words of a label are such as frauds use.
func (l *lists) onlyHints(parts []string, but int) bool {
	for i, p := range parts {
		if i != but && split(p, "", hints) == nil && split(skeleton(p), "", hintLooks) == nil {
			return false
		}
	}
	return true
}

// glued finds a short name stuck to such words: olxlivrare, livrare0lx.
func (l *lists) glued(part string) *word {
	looks := skeleton(part)
	for i := range l.words {
		w := &l.words[i]
		switch {
		case !w.whole || len(w.text) < 3:
		case strings.Contains(part, w.text) && len(split(part, w.text, hints)) > 1:
			return w
		case strings.Contains(looks, w.skel) && looks != part && len(split(looks, w.skel, hintLooks)) > 1:
			return w
		}
	}
	return nil
}

// split cuts a word into such words as frauds use, digits and, when given, the name once; nil when that cannot be done.
func split(s, name string, known map[string]bool) []string {
	if len(s) > 63 {
		return nil
	}
	if s == "" {
		if name != "" {
			return nil
		}
		return []string{}
	}
	if name != "" && strings.HasPrefix(s, name) {
		if rest := split(s[len(name):], "", known); rest != nil {
			return append([]string{name}, rest...)
		}
	}
	if n := len(s) - len(strings.TrimLeft(s, digits)); n > 0 {
		return split(s[n:], name, known)
	}
	for n := min(len(s), 12); n >= 2; n-- {
		if known[s[:n]] {
			if rest := split(s[n:], name, known); rest != nil {
				return append([]string{s[:n]}, rest...)
			}
		}
	}
	return nil
}

// nearly finds a name that is one or two letters away.
func (l *lists) nearly(part string) *word {
	looks := skeleton(strings.Trim(part, digits))
	if len(looks) < 5 {
		return nil
	}
	for i := range l.words {
		w := &l.words[i]
		if len(w.text) < 6 || w.skel == "" || looks[0] != w.skel[0] || isCommon(w.text) {
			continue
		}
		most := 1
		if len(w.text) >= 9 {
			most = 2
		}
		if distance(looks, w.skel, most) <= most {
			return w
		}
	}
	return nil
}
