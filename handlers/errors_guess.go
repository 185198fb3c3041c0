package handlers

import (
	"context"
	"html/template"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// maxGuesses is how many error pages may search at a time: addresses that lead nowhere are mostly asked for by machines.
const maxGuesses = 2

// guess searches for the words of an address that leads nowhere. An error page never fails or waits for it: without time, room or a database
// it finds nothing.
func (s *Server) guess(c *fiber.Ctx, words string) template.HTML {
	if words == "" || c.Method() != http.MethodGet || isFragment(c) || !isPerson(c) {
		return ""
	}
	select {
	case s.guesses <- struct{}{}:
		defer func() { <-s.guesses }()
	default:
		return ""
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), s.asideTime)
	defer cancel()
	f, err := s.find(ctx, s.readSearch(url.Values{paramQuery: {words}}))
	if err == nil && f.search.filter.Query.Empty() && f.search.filter.Category == nil {
		return "" // of the words nothing was left
	}
	refs := f.refs[:min(len(f.refs), asideCount)]
	for i := range refs {
		refs[i].Why = nil // nobody asked
	}
	var cards template.HTML
	if err == nil {
		cards, err = s.renderCards(ctx, viewerID(c), refs)
	}
	if err != nil {
		s.log.DebugContext(ctx, "search for the words of an address", "error", err)
		return ""
	}
	return cards
}
