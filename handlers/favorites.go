package handlers

import (
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/urls"
	"piata.ro/models"
)

// FavoritesPage lists what the viewer saved.
type FavoritesPage struct {
	Page
	List  CardList
	Empty bool
}

// toggleFavorite saves or forgets a listing and answers with the heart, or sends a plain form back.
func (s *Server) toggleFavorite(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	saved, err := s.store.ToggleFavorite(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	if !isFragment(c) {
		return seeOther(c, s.backOr(c, urls.Favorites))
	}
	d, err := s.store.Listing(c.UserContext(), id)
	if err != nil {
		return err
	}
	// The heart on the listing's own page is the large one.
	large := currentPage(c) == urls.Listing(d.Slug, d.ID)
	return s.fragment(c, http.StatusOK, "favorite_button", FavoriteButton{SaveURL: urls.Favorite(id), Saved: saved, Title: d.Title, Large: large})
}

func (s *Server) showFavorites(c *fiber.Ctx) error {
	ctx, viewer := c.UserContext(), viewerID(c)
	refs, next, err := s.store.Favorites(ctx, viewer, models.DecodeCursor(c.Query(paramCursor)), pageSize)
	if err != nil {
		return err
	}
	p := FavoritesPage{Page: s.newPage(c, "Favorite"), Empty: len(refs) == 0}
	p.Tab, p.NoIndex = "favorite", true
	if p.List.Cards, err = s.renderCards(ctx, viewer, refs); err != nil {
		return err
	}
	if !next.IsZero() {
		p.List.NextURL = urls.WithQuery(urls.Favorites, url.Values{paramCursor: {next.Encode()}})
	}
	if isFragment(c) && c.Query(paramCursor) != "" {
		return s.fragment(c, http.StatusOK, "card_list", p.List)
	}
	return s.page(c, http.StatusOK, "favorites", p)
}
