package handlers

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// apiListingJSON is a listing for programs. Amounts are integers in minor units: bani or euro cents.
type apiListingJSON struct {
	ID          int64          `json:"id"`
	Title       string         `json:"title"`
	Description string         `json:"description,omitempty"` // only of a single listing
	Price       *apiMoney      `json:"price"`                 // null when not stated
	Category    string         `json:"category"`              // slug
	County      string         `json:"county"`                // code
	City        string         `json:"city"`
	URL         string         `json:"url"`
	Photos      []string       `json:"photos"`
	Status      string         `json:"status"` // active, reserved, sold, expired
	Negotiable  bool           `json:"negotiable,omitempty"`
	Condition   string         `json:"condition,omitempty"`  // nou, folosit
	Attributes  map[string]any `json:"attributes,omitempty"` // only of a single listing
	Seller      string         `json:"seller,omitempty"`     // username; only of a single listing
	CreatedAt   string         `json:"created_at"`           // RFC 3339, UTC
}

type apiMoney struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

type apiTotal struct {
	Count int  `json:"count"`
	Exact bool `json:"exact"`
}

// apiListings answers with one page of a search. What it does not understand is refused: a program should not get other results than it
// asked for.
func (s *Server) apiListings(c *fiber.Ctx) error {
	ls := s.readSearch(queryValues(c))
	if len(ls.notices) > 0 {
		return apperr.New(apperr.Invalid, strings.Join(ls.notices, " "))
	}
	ctx := c.UserContext()
	refs, next, err := s.store.Listings(ctx, ls.filter, ls.after, pageSize)
	if err != nil {
		return err
	}
	total, err := s.store.CountListings(ctx, ls.filter)
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
	return sendJSON(c, http.StatusOK, fiber.Map{"items": items, "next": next.Encode(), "total": apiTotal{total.Count, total.Exact}})
}

// apiItems are the listings of a list, in its order.
func (s *Server) apiItems(ctx context.Context, listings []models.Listing) ([]apiListingJSON, error) {
	ids := make([]int64, len(listings))
	for i := range listings {
		ids[i] = listings[i].ID
	}
	photos, err := s.store.PhotosOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := make([]apiListingJSON, len(listings))
	for i := range listings {
		items[i] = s.apiListingOf(&listings[i], photos[listings[i].ID])
	}
	return items, nil
}

func (s *Server) apiListingOf(l *models.Listing, photos []models.Photo) apiListingJSON {
	j := apiListingJSON{ID: l.ID, Title: l.Title, County: l.CountyCode, URL: s.absolute(urls.Listing(l.Slug, l.ID)), Photos: []string{},
		Status: string(l.Status), Negotiable: l.Negotiable, Condition: string(l.Condition), CreatedAt: l.CreatedAt.UTC().Format(time.RFC3339)}
	if l.Reserved {
		j.Status = "reserved"
	}
	if m := l.Price(); m != nil {
		j.Price = &apiMoney{m.Minor, string(m.Currency)}
	}
	if category := s.store.Catalog().CategoryByID(l.CategoryID); category != nil {
		j.Category = category.Slug
	}
	if place := s.store.Catalog().LocalityByCode(l.LocalitySiruta); place != nil {
		j.City = place.Name
	}
	for _, p := range photos {
		j.Photos = append(j.Photos, s.absolute(urls.Photo(p.Hash, 1600)))
	}
	return j
}

func (s *Server) apiListing(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	return s.sendListing(c, http.StatusOK, id)
}

// sendListing answers with one listing. Its version is the ETag, which the If-Match of a change refers to.
func (s *Server) sendListing(c *fiber.Ctx, status int, id int64) error {
	d, err := s.store.ListingFor(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	if d.Status == models.StatusDeleted {
		return apperr.New(apperr.Gone, "Anunțul a fost șters.")
	}
	if hidden, _, err := s.hiddenFrom(c, &d); hidden || err != nil {
		return cmp.Or(err, error(errHidden))
	}
	j := s.apiListingOf(&d.Listing, d.Photos)
	j.Description, j.Seller, j.Attributes = d.Description, d.Owner.Username, map[string]any{}
	if category := s.store.Catalog().CategoryByID(d.CategoryID); category != nil {
		for _, v := range d.Attributes {
			if a, ok := category.Attribute(v.Key); ok {
				j.Attributes[v.Key] = apiAttribute(a, v, d.OwnerID == viewerID(c))
			}
		}
	}
	c.Set(fiber.HeaderETag, versionTag(d.Version))
	return sendJSON(c, status, j)
}

// versionTag is the version as it stands in ETag and If-Match.
func versionTag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// apiAttribute is the value as programs read it; only the owner's read secret ones in full.
func apiAttribute(a models.Attribute, v models.AttributeValue, own bool) any {
	switch {
	case a.Kind == models.KindBool:
		return true
	case v.NumberValue != nil:
		return *v.NumberValue
	case a.Secret() && !own:
		return masked(v.TextValue)
	}
	return v.TextValue
}

// apiCategories answers with the tree and the attributes of each subcategory.
func (s *Server) apiCategories(c *fiber.Ctx) error {
	counts, err := s.counts.get(c.UserContext())
	if err != nil {
		return err
	}
	var tops []fiber.Map
	for _, top := range s.store.Catalog().Top {
		var subs []fiber.Map
		for _, sub := range top.Subs {
			attributes := []fiber.Map{}
			for _, a := range sub.Attributes {
				attributes = append(attributes, fiber.Map{"key": a.Key, "label": a.Label, "type": a.Kind, "unit": a.Unit, "options": append([]string{}, a.Options...), "required": a.Required, "filter": a.Filter})
			}
			subs = append(subs, fiber.Map{"slug": sub.Slug, "name": sub.Name, "count": counts.ByCategory[sub.ID], "attributes": attributes})
		}
		tops = append(tops, fiber.Map{"slug": top.Slug, "name": top.Name, "count": counts.ByCategory[top.ID], "subcategories": subs})
	}
	return sendJSON(c, http.StatusOK, fiber.Map{"items": tops})
}
