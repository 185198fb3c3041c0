package linkguard

import (
	"net/url"
	"strings"
	"unicode"
)

// address is a web address as a browser would understand it, read more leniently than net/url does.
type address struct {
	scheme, user, host, port, rest string
	odd                            bool // written so that people misread it
}

// schemes that a browser or a phone acts upon without opening a page.
var actingSchemes = []string{"javascript:", "data:", "vbscript:", "file:", "intent:", "blob:"}

// chatSchemes open another program for talking.
var chatSchemes = map[string]string{"whatsapp": "wa.me", "tg": "t.me", "viber": "viber.com", "skype": "skype.com"}

// readAddress takes an address apart; ok is false for what is none.
func readAddress(raw string) (a address, ok bool) {
	visible := strings.Map(dropInvisible, raw)
	a.odd = visible != raw
	s := strings.Trim(strings.TrimSpace(visible), "<>\"'„”()[]")
	if strings.Contains(s, "\\") {
		s, a.odd = strings.ReplaceAll(s, "\\", "/"), true
	}
	a.scheme, s = cutScheme(s)
	if end := strings.IndexAny(s, "/?#"); end >= 0 {
		s, a.rest = s[:end], s[end:]
	}
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		a.user, s = s[:at], s[at+1:]
	}
	if plain, err := url.PathUnescape(s); err == nil && plain != s {
		s, a.odd = plain, true
	}
	s = dots.Replace(s)
	if i := strings.LastIndexByte(s, ':'); i >= 0 && strings.Trim(s[i+1:], "0123456789") == "" {
		s, a.port = s[:i], s[i+1:]
	}
	a.host = strings.ToLower(strings.Trim(s, "."))
	return a, goodHost(a.host, a.scheme != "")
}

var dots = strings.NewReplacer("。", ".", "．", ".", "｡", ".")

func cutScheme(s string) (scheme, rest string) {
	name, after, found := strings.Cut(s, ":")
	name = strings.ToLower(strings.TrimSpace(name))
	switch {
	case !found:
	case name == "http" || name == "https" || name == "hxxp" || name == "hxxps" || name == "ftp":
		return strings.Replace(name, "xx", "tt", 1), strings.TrimLeft(after, "/ ")
	case chatSchemes[name] != "" && strings.HasPrefix(after, "//"):
		return "https", chatSchemes[name] + "/" + strings.TrimLeft(after, "/")
	}
	return "", strings.TrimLeft(s, "/")
}

// goodHost reports whether a host could be one; without a scheme it needs a dot.
func goodHost(host string, hasScheme bool) bool {
	if host == "" || len(host) > 253 || !hasScheme && !strings.Contains(host, ".") || strings.Contains(host, "..") {
		return false
	}
	for _, r := range host {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(".-_[]:", r) {
			return false
		}
	}
	return true
}

func dropInvisible(r rune) rune {
	if isInvisible(r) {
		return -1
	}
	return r
}

// isInvisible knows what takes no room on the screen or turns it around.
func isInvisible(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return false
	}
	switch r {
	case 0x00AD, 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0xFEFF:
		return true
	case '\n', '\r', '\t':
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector)
}

// Link judges one address as somebody typed it.
func (g *Guard) Link(raw string) LinkReport {
	raw = strings.TrimSpace(clip(raw, maxLink))
	lower := strings.ToLower(strings.Map(dropInvisible, raw))
	for _, scheme := range actingSchemes {
		if strings.HasPrefix(lower, scheme) {
			return LinkReport{Verdict: Dangerous, Reason: "nu e adresa unei pagini, ci un program care se pornește"}
		}
	}
	a, ok := readAddress(raw)
	if !ok {
		if found := g.firstLink(raw); found != nil {
			return *found
		}
		return LinkReport{Verdict: Unknown, Reason: "nu pare adresa unei pagini"}
	}
	return g.judgeAddress(a, 0)
}

// judgeAddress judges the host first and then how the address is written.
func (g *Guard) judgeAddress(a address, depth int) LinkReport {
	h := readHost(a.host)
	r := g.lists.judgeHost(h)
	if h.ascii == "goo.gl" && strings.HasPrefix(a.rest, "/maps/") {
		r = LinkReport{Verdict: Known, Host: r.Host, Brand: "Google", Reason: "este o hartă Google"}
	}
	r.Target = a.target(h)
	switch {
	case a.user != "":
		r.Verdict, r.Reason = Dangerous, "ce scrie înainte de @ păcălește: adresa duce de fapt la "+h.shown
	case a.odd && !r.Verdict.Warns():
		r.Verdict, r.Reason = Suspicious, "adresa e scrisă cu semne ascunse, ca să pară alta"
	case r.Verdict == Known:
		return g.judgeRedirect(a, r, depth)
	case r.Verdict == Unknown && isProgram(a.rest):
		r.Verdict, r.Reason = Suspicious, "adresa descarcă un program"
	case r.Verdict == Unknown && a.port != "" && a.port != "80" && a.port != "443":
		r.Verdict, r.Reason = Suspicious, "adresa are o poartă neobișnuită, :"+a.port
	case r.Verdict == Unknown:
		if home := g.lists.mentioned(a.rest); home != "" {
			r.Verdict, r.Reason = Suspicious, "pomenește "+home+", dar duce la "+h.site
		}
	}
	return r
}

// target is the address to open.
func (a address) target(h hostName) string {
	scheme := a.scheme
	if scheme == "" {
		scheme = "https"
	}
	host := h.ascii
	if a.port != "" {
		host += ":" + a.port
	}
	u := scheme + "://" + host + a.rest
	parsed, err := url.Parse(u)
	if err != nil {
		return scheme + "://" + host + "/"
	}
	return parsed.String()
}

// judgeRedirect looks into a known address for another one that it leads on to.
func (g *Guard) judgeRedirect(a address, r LinkReport, depth int) LinkReport {
	_, query, _ := strings.Cut(a.rest, "?")
	values, _ := url.ParseQuery(query) // parts that cannot be read are left out
	for _, vs := range values {
		for _, v := range vs {
			lower := strings.ToLower(v)
			if depth > 2 || !strings.HasPrefix(lower, "http:") && !strings.HasPrefix(lower, "https:") && !strings.HasPrefix(lower, "//") {
				continue
			}
			if next, ok := readAddress(v); ok {
				if inner := g.judgeAddress(next, depth+1); severity[inner.Verdict] > severity[r.Verdict] {
					inner.Target = r.Target
					r = inner
				}
			}
		}
	}
	return r
}

func isProgram(rest string) bool {
	path, _, _ := strings.Cut(rest, "?")
	path = strings.ToLower(path)
	for _, end := range []string{".apk", ".exe", ".msi", ".scr", ".bat", ".cmd", ".dmg", ".jar", ".vbs", ".xapk", ".aab"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// mentioned returns a known address that stands in the path or query of another one, or "".
func (l *lists) mentioned(rest string) string {
	rest = flat(rest)
	if plain, err := url.QueryUnescape(rest); err == nil {
		rest = plain
	}
	for _, part := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("/?#&=:@", r) }) {
		if b := l.find(part); b != nil && l.isImitable(b) {
			return b.home
		}
		for _, piece := range words(part) {
			if w := l.whole[skeleton(piece)]; w != nil && !isCommon(w.text) && (!w.whole || piece == w.text) {
				return w.brand.home
			}
		}
	}
	return ""
}

func (l *lists) isImitable(b *brand) bool {
	return b.kind != listKnown && b.kind != listHosting && b.kind != listShort && b.kind != listChat
}
