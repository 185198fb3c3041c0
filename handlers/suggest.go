package handlers

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/search"
	"piata.ro/internal/urls"
)

// SuggestionView is one option under the search box.
type SuggestionView struct {
	Words string // goes into the box and is searched for; "" when the option leads elsewhere
	Href  string // where it leads; "" for words
	Label string // „Telefoane mobile”, „Turda, Cluj”; "" for words
	Hint  string // what the label is, e.g. „categorie”; "" for words
	Icon  string // Lucide name
}

// suggest answers with how the text in the search box may go on. It is the same for everybody, so browsers keep it for a while.
func (s *Server) suggest(c *fiber.Ctx) error {
	var views []SuggestionView
	for _, suggestion := range s.store.Catalog().Reader().Suggest(s.store.Vocabulary(), c.Query(paramQuery)) {
		views = append(views, s.suggestionView(suggestion))
	}
	var b bytes.Buffer
	if err := s.views.Partial(&b, "partials/suggestions", views); err != nil {
		return fmt.Errorf("render suggestions: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderCacheControl, "private, max-age=120")
	c.Set("X-Robots-Tag", "noindex")
	return c.Status(http.StatusOK).Send(b.Bytes())
}

func (s *Server) suggestionView(g search.Suggestion) SuggestionView {
	switch {
	case g.Category != "":
		category := s.store.Catalog().Category(g.Category)
		return SuggestionView{Href: urls.Category(g.Category), Label: category.Name, Hint: "categorie", Icon: category.Icon}
	case g.Place != "":
		q := url.Values{paramCounty: {g.County}}
		if l := s.store.Catalog().Locality(g.Locality, nil); l != nil {
			q.Set(paramLocality, l.Name)
		}
		label := g.Place
		if g.Before != "" {
			q.Set(paramQuery, g.Before)
			label = g.Before + " în " + g.Place
		}
		return SuggestionView{Href: urls.WithQuery(urls.Results, q), Label: label, Hint: "loc", Icon: "map-pin"}
	}
	return SuggestionView{Words: g.Words, Icon: "search"}
}
