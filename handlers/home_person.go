package handlers

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	// seenCookie holds the numbers of the listings that were looked at last, the latest first.
	seenCookie = "vazute"
	// countyCookie holds the code of the county that was searched last.
	countyCookie = "judet"
	// habitsLife is how long a browser keeps the two.
	habitsLife = 30 * 24 * time.Hour

	asideCount = 8 // cards in a row beside what the page is about
	// asideTime bounds the queries for such a row, without which the page is whole.
	asideTime = 300 * time.Millisecond
	nearKm    = 30
)

// NearView shows the newest listings near the person.
type NearView struct {
	Place string // "Turda" or "județul Cluj"
	Href  string // all of them
	Cards template.HTML
}

// noteHabits keeps what the front page shows a browser again: which listings it looked at and in which county it searched. It stands before
// kept pages, which are the same for everybody.
func (s *Server) noteHabits(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	own, _ := c.Locals(keyOwnListing).(bool)
	status := c.Response().StatusCode()
	if own || c.Method() != http.MethodGet || status != http.StatusOK && status != http.StatusNotModified || !isPerson(c) {
		return nil
	}
	if id, ok := listingRefID(c.Params("ref")); ok {
		ids := append([]int64{id}, slices.DeleteFunc(seenIDs(c), func(old int64) bool { return old == id })...)
		noteHabit(c, seenCookie, joinIDs(ids[:min(len(ids), asideCount)]))
	}
	if county := s.store.Catalog().County(c.Query(paramCounty)); county != nil {
		noteHabit(c, countyCookie, county.Code)
	}
	return nil
}

func noteHabit(c *fiber.Ctx, name, value string) {
	if c.Cookies(name) != value {
		setCookie(c, name, value, habitsLife)
	}
}

func hasHabits(c *fiber.Ctx) bool {
	return c.Cookies(seenCookie) != "" || c.Cookies(countyCookie) != ""
}

func seenIDs(c *fiber.Ctx) []int64 {
	var ids []int64
	for _, part := range strings.SplitN(c.Cookies(seenCookie), ".", asideCount+1) {
		if id, ok := parseID(part); ok && len(ids) < asideCount {
			ids = append(ids, id)
		}
	}
	return ids
}

func joinIDs(ids []int64) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(parts, ".")
}

// addPersonal adds what the person looked at and what is new near them. The page is whole without either.
func (s *Server) addPersonal(c *fiber.Ctx, p *HomePage) {
	ctx, cancel := context.WithTimeout(c.UserContext(), s.asideTime)
	defer cancel()
	var err error
	if p.Near, err = s.near(ctx, c); err == nil {
		p.Seen, err = s.seen(ctx, c)
	}
	if err != nil && ctx.Err() == nil {
		s.log.ErrorContext(c.UserContext(), "front page of a person", "error", err)
	}
}

// seen are the cards of the listings looked at last, as far as they can still be had.
func (s *Server) seen(ctx context.Context, c *fiber.Ctx) (template.HTML, error) {
	listings, err := s.store.ListingsByID(ctx, seenIDs(c))
	if err != nil {
		return "", err
	}
	var refs []models.ListingRef
	for i := range listings {
		if l := &listings[i]; l.Status == models.StatusActive {
			refs = append(refs, models.ListingRef{ID: l.ID, Version: l.Version})
		}
	}
	return s.renderCards(ctx, viewerID(c), refs)
}

// near finds the newest listings around the place of the profile, else in the county searched last; nil when neither is known or there is nothing.
func (s *Server) near(ctx context.Context, c *fiber.Ctx) (*NearView, error) {
	catalog := s.store.Catalog()
	f, place, q := models.ListingFilter{County: catalog.County(c.Cookies(countyCookie))}, "", url.Values{}
	if v := viewerOf(c); v != nil && v.LocalitySiruta != nil {
		if l := catalog.LocalityByCode(*v.LocalitySiruta); l != nil {
			f, place = models.ListingFilter{Locality: l, County: l.County, RadiusKm: nearKm}, l.Name
			q.Set(paramLocality, l.Name)
			q.Set(paramRadius, strconv.Itoa(nearKm))
		}
	}
	if f.County == nil {
		return nil, nil
	}
	if place == "" {
		place = f.County.Name
	}
	q.Set(paramCounty, f.County.Code)
	refs, _, err := s.store.Listings(ctx, f, models.Cursor{}, asideCount)
	if err != nil || len(refs) == 0 {
		return nil, err
	}
	cards, err := s.renderCards(ctx, viewerID(c), refs)
	return &NearView{Place: place, Href: urls.WithQuery(urls.Results, q), Cards: cards}, err
}
