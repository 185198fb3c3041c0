package handlers

import (
	"fmt"
	"html/template"
	"strings"

	"piata.ro/internal/text"
	"piata.ro/models"
)

// WhyView explains why a listing stands where it does among the results.
type WhyView struct {
	Reasons []Reason
	Total   int
	Older   string // said instead of points
}

// Reason is one part of the formula of models.Rank.
type Reason struct {
	Text   string
	Points int
	Most   int // that could be had
}

// whyHTML renders the reasons of a listing; "" where the order needs no explanation.
func (s *Server) whyHTML(r *models.Rank) (template.HTML, error) {
	if r == nil {
		return "", nil
	}
	return s.views.HTML("partials/why", whyView(*r))
}

func whyView(r models.Rank) WhyView {
	if r.Older {
		v := WhyView{Older: "Are ce cauți în descriere. E mai vechi decât rezultatele comparate pe puncte, așa că urmează după ele, cele mai noi primele."}
		if r.InTitle == r.Words {
			v.Older = "Are ce cauți în titlu. E mai vechi decât rezultatele comparate pe puncte, așa că urmează după ele, cele mai noi primele."
		}
		return v
	}
	v := WhyView{Total: r.Total(), Reasons: []Reason{
		{titleReason(r), r.Title(), models.TitlePoints},
		{closenessReason(r), r.Closeness(), models.ClosenessPoints},
		{startReason(r), r.Beginning(), models.StartPoints},
		{freshnessReason(r), r.Freshness(), models.FreshnessPoints},
	}}
	if r.Km >= 0 {
		v.Reasons = append(v.Reasons, Reason{distanceReason(r), r.Distance(), models.DistancePoints})
	}
	return v
}

func titleReason(r models.Rank) string {
	switch {
	case r.Words == 1 && r.InTitle == 1:
		return "cuvântul căutat e în titlu"
	case r.Words == 1:
		return "cuvântul căutat e doar în descriere"
	case r.InTitle == r.Words:
		return "toate cuvintele căutate sunt în titlu"
	case r.InTitle == 0:
		return "cuvintele căutate sunt doar în descriere"
	}
	return fmt.Sprintf("%d din %d cuvinte căutate sunt în titlu", r.InTitle, r.Words)
}

func closenessReason(r models.Rank) string {
	switch {
	case r.Words == 1 && r.Span > 0:
		return "un singur cuvânt, găsit întreg"
	case r.Span > 0 && r.Span <= r.Words:
		return "cuvintele stau unul lângă altul"
	case r.Span > 0:
		return fmt.Sprintf("cuvintele se întind pe %d cuvinte din titlu", r.Span)
	case r.Together:
		return "cuvintele stau unul lângă altul în text"
	}
	return "cuvintele nu stau unul lângă altul"
}

func startReason(r models.Rank) string {
	switch r.Start {
	case 0:
		return "titlul nu începe cu ce cauți"
	case 1:
		return "titlul începe cu ce cauți"
	}
	return fmt.Sprintf("apare ca al %d-lea cuvânt din titlu", r.Start)
}

func freshnessReason(r models.Rank) string {
	switch {
	case r.Hours < 1:
		return "publicat în ultima oră"
	case r.Hours < 48:
		return "publicat acum " + text.Count(r.Hours, "oră", "ore")
	}
	return "publicat acum " + text.Count(r.Hours/24, "zi", "zile")
}

func distanceReason(r models.Rank) string {
	if r.Km == 0 {
		return "chiar în localitatea căutată"
	}
	return "la " + text.Number(r.Km) + " km"
}

// withWhy puts the reasons into a rendered card, at its end: the card is kept for all searches, the reasons belong to one.
func withWhy(card, why template.HTML) template.HTML {
	const end = "</article>"
	at := strings.LastIndex(string(card), end)
	if why == "" || at < 0 {
		return card
	}
	return card[:at] + why + card[at:]
}
