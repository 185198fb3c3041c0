package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/models"
)

// paramStatus filters a person's own listings.
const paramStatus = "status"

// apiMe says who the token belongs to.
func (s *Server) apiMe(c *fiber.Ctx) error {
	v := viewerOf(c)
	return sendJSON(c, http.StatusOK, fiber.Map{"id": strconv.FormatInt(v.ID, 10), "username": v.Username, "name": v.PublicName(), "email": v.Email, "is_moderator": v.IsModerator,
		"created_at": v.CreatedAt.UTC().Format(time.RFC3339)})
}

// apiMyListings answers with one page of the viewer's listings in a state: active, reserved ones included, unless told otherwise.
func (s *Server) apiMyListings(c *fiber.Ctx) error {
	status := models.Status(c.Query(paramStatus, string(models.StatusActive)))
	switch status {
	case models.StatusActive, models.StatusSold, models.StatusExpired:
	default:
		return refuseFields(map[string]string{paramStatus: "Starea este „active”, „sold” sau „expired”."})
	}
	ctx := c.UserContext()
	listings, next, err := s.store.OwnerListings(ctx, viewerID(c), status, models.DecodeCursor(c.Query(paramCursor)), pageSize)
	if err != nil {
		return err
	}
	items, err := s.apiItems(ctx, listings)
	if err != nil {
		return err
	}
	return sendPage(c, items, next)
}

// apiFavorites answers with one page of what the viewer saved, the latest first.
func (s *Server) apiFavorites(c *fiber.Ctx) error {
	ctx := c.UserContext()
	refs, next, err := s.store.Favorites(ctx, viewerID(c), models.DecodeCursor(c.Query(paramCursor)), pageSize)
	if err != nil {
		return err
	}
	listings, err := s.store.ListingsByID(ctx, refIDs(refs))
	if err != nil {
		return err
	}
	items, err := s.apiItems(ctx, listings)
	if err != nil {
		return err
	}
	return sendPage(c, items, next)
}

// apiSaveFavorite and apiForgetFavorite may be repeated; a listing that is not there can be neither saved nor forgotten.
func (s *Server) apiSaveFavorite(c *fiber.Ctx) error { return s.setFavorite(c, true) }

func (s *Server) apiForgetFavorite(c *fiber.Ctx) error { return s.setFavorite(c, false) }

func (s *Server) setFavorite(c *fiber.Ctx, saved bool) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if err := s.store.SetFavorite(c.UserContext(), viewerID(c), id, saved); err != nil {
		return err
	}
	return noContent(c)
}

// sendPage answers with one page of a list and the cursor of the next one.
func sendPage(c *fiber.Ctx, items any, next models.Cursor) error {
	return sendJSON(c, http.StatusOK, fiber.Map{"items": items, "next": next.Encode()})
}

func noContent(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.SendStatus(http.StatusNoContent)
}
