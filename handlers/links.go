package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/linkguard"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
)

// LinkPage says whether an address can be trusted: the public checker, and the page between a text of ours and where its link leads.
type LinkPage struct {
	Page
	Typed   string       // as typed; "" for an empty form
	Verdict *LinkVerdict // nil before anything was typed
}

// LinkVerdict is what is known of an address and what to do next.
type LinkVerdict struct {
	Verdict string // periculos, suspect, necunoscut, cunoscut
	Icon    string
	Heading string
	Reason  string // a whole sentence
	Host    string // as people read it
	Target  string // the whole address; "" when it is none
	OpenURL string // the address to go on to; "" when that would be dangerous
	Steps   []string
}

// TextPart is a piece of somebody's text: plain, or with a link that goes through the page that shows where it leads.
type TextPart struct {
	Text    string
	Href    string // "" for plain text
	Verdict string // of the link
	Reason  string // said beside a link that warns, "" otherwise
}

// The parameters of the checker and of the page between.
const (
	paramLink = "link"
	paramTo   = "catre"
)

// checkLink is the public checker.
func (s *Server) checkLink(c *fiber.Ctx) error {
	p := s.linkPage(c, "Verifică un link", c.Query(paramLink))
	p.Canonical = s.absolute(urls.CheckLink)
	p.Description = "Lipește un link primit prin mesaj și îți spunem dacă imită un curier, o bancă sau un site de anunțuri."
	p.NoIndex = p.Typed != ""
	return s.page(c, http.StatusOK, "check_link", p)
}

// leaveSite shows where a link of somebody's text leads. It never redirects, so that nobody can use our name to send people elsewhere.
func (s *Server) leaveSite(c *fiber.Ctx) error {
	typed := c.Query(paramTo)
	if typed == "" {
		return c.Redirect(urls.CheckLink, http.StatusSeeOther)
	}
	p := s.linkPage(c, "Părăsești Piața.ro", typed)
	p.NoIndex = true
	return s.page(c, http.StatusOK, "leave_site", p)
}

func (s *Server) linkPage(c *fiber.Ctx, title, typed string) LinkPage {
	p := LinkPage{Page: s.newPage(c, title), Typed: text.Truncate(text.Line(typed), 500)}
	if strings.TrimSpace(typed) != "" {
		p.Verdict = linkVerdict(s.guard.Link(strings.Clone(typed)))
	}
	return p
}

// advice is what to do about each verdict.
var advice = map[linkguard.Verdict]LinkVerdict{
	linkguard.Dangerous: {Icon: "circle-alert", Heading: "Nu deschide adresa aceasta", Steps: []string{
		"Nu scrie acolo datele cardului, parole sau coduri primite prin SMS.",
		"Ca să primești bani nu ai nevoie decât de IBAN, sau primești rambursul de la curier.",
		"Dacă ai scris deja ceva acolo, sună acum la banca ta, la numărul de pe card.",
		"Raportează anunțul sau mesajul din care vine, ca să nu pățească și alții.",
	}},
	linkguard.Suspicious: {Icon: "circle-alert", Heading: "Ai grijă cu adresa aceasta", Steps: []string{
		"Nu scrie acolo datele cardului, parole sau coduri.",
		"Intră mai bine pe site-ul curierului sau al băncii scriind tu adresa pe care o știi.",
		"Dacă cineva te grăbește, e un motiv în plus să te oprești. Poți raporta anunțul sau mesajul.",
	}},
	linkguard.Unknown: {Icon: "info", Heading: "Nu cunoaștem adresa aceasta", Steps: []string{
		"Nu înseamnă că e rea, dar nici că e bună: uită-te bine cine ți-a trimis-o și de ce.",
		"Nu scrie date de card pe o pagină la care ai ajuns dintr-un mesaj.",
	}},
	linkguard.Known: {Icon: "circle-check", Heading: "Adresa e cea adevărată", Steps: []string{
		"Verifică și în bara browserului că ai ajuns la aceeași adresă.",
		"Nici curierii, nici băncile nu cer datele cardului ca să primești bani.",
	}},
}

func linkVerdict(r linkguard.LinkReport) *LinkVerdict {
	v := advice[r.Verdict]
	v.Verdict, v.Host, v.Target, v.Reason = string(r.Verdict), r.Host, r.Target, sentence(r.Reason)
	if r.Verdict != linkguard.Dangerous && strings.HasPrefix(r.Target, "http") {
		v.OpenURL = r.Target
	}
	return &v
}

// sentence begins with a capital and ends in a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:]) + "."
}

// guarded takes a text apart so that its links can be shown: none is opened without the page that says where it leads.
func (s *Server) guarded(body string) []TextPart { return textParts(body, s.guard.Find(body)) }

// guardedMessage does the same for a message and says whether it needs a warning, and why.
func guardedMessage(g *linkguard.Guard, body string) (parts []TextPart, verdict string, reasons []string) {
	r := g.Message(body)
	if r.Verdict.Warns() {
		verdict = string(r.Verdict)
	}
	for _, reason := range r.Reasons {
		reasons = append(reasons, sentence(reason))
	}
	parts = textParts(body, r.Findings)
	for i := range parts {
		parts[i].Reason = "" // the warning under the message says it
	}
	return parts, verdict, reasons
}

func textParts(body string, found []linkguard.Finding) []TextPart {
	var parts []TextPart
	done := 0
	for _, f := range found {
		if f.Kind != linkguard.KindLink {
			continue
		}
		if f.Start > done {
			parts = append(parts, TextPart{Text: body[done:f.Start]})
		}
		part := TextPart{Text: body[f.Start:f.End], Href: leaveURL(f.Target), Verdict: string(f.Verdict)}
		if f.Verdict.Warns() {
			part.Reason = f.Reason
		}
		parts = append(parts, part)
		done = f.End
	}
	if done < len(body) {
		parts = append(parts, TextPart{Text: body[done:]})
	}
	return parts
}

// leaveURL is the page that shows where an address leads.
func leaveURL(target string) string {
	return urls.WithQuery(urls.Leave, url.Values{paramTo: {target}})
}

// newGuard knows the site's own address.
func newGuard(appURL string) *linkguard.Guard {
	u, err := url.Parse(appURL)
	if err != nil || u.Host == "" {
		return linkguard.New()
	}
	return linkguard.New(u.Hostname())
}
