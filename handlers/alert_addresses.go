package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/urls"
	"piata.ro/models"
)

// StopPage asks whether the e-mails of a search, of all of a person's or about endings shall end, or says that they have.
type StopPage struct {
	Page
	Action string
	Name   string // of the search, in quotes; "" for all
	Done   bool

	Endings bool // it is about own listings that end soon
}

// showAlertFeed is the feed of what somebody's saved searches found. Its address is secret and stands for signing in.
func (s *Server) showAlertFeed(c *fiber.Ctx) error {
	ctx, token := c.UserContext(), c.Params("token")
	hideAddress(c)
	matches, err := s.store.FeedMatches(ctx, token, feedSize)
	if err != nil {
		return err
	}
	ids := make([]int64, len(matches))
	found := make(map[int64]models.FeedMatch, len(matches))
	for i, m := range matches {
		ids[i], found[m.ListingID] = m.ListingID, m
	}
	listings, err := s.store.ListingsByID(ctx, ids)
	if err != nil {
		return err
	}
	self := s.absolute(urls.AlertFeed(token))
	feed := atomFeed{Lang: "ro", ID: self, Title: "Căutări salvate · Piața.ro", Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: self}, {Rel: "alternate", Type: "text/html", Href: s.absolute(urls.SavedSearches)}}}
	for i := range listings {
		l := &listings[i]
		entry := s.atomEntry(l)
		entry.Published = found[l.ID].MatchedAt.UTC().Format(time.RFC3339)
		entry.Updated = max(entry.Published, entry.Updated)
		entry.Summary += " · " + strings.Join(found[l.ID].Searches, ", ")
		feed.Entries = append(feed.Entries, entry)
		feed.Updated = max(feed.Updated, entry.Updated)
	}
	err = sendXML(c, "application/atom+xml; charset=utf-8", feed)
	c.Set(fiber.HeaderCacheControl, "private, max-age=60")
	return err
}

// hideAddress keeps a secret address out of search engines and of the sites that the page links to.
func hideAddress(c *fiber.Ctx) {
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
}

// confirmStop asks before e-mails end: programs that look at the links of a mail must not end anything.
func (s *Server) confirmStop(c *fiber.Ctx) error { return s.stopPage(c, false) }

// stopAlerts ends e-mails for whoever has the address, signed in or not; mail programs post here by themselves (RFC 8058).
func (s *Server) stopAlerts(c *fiber.Ctx) error {
	if err := s.store.StopAlerts(c.UserContext(), c.Params("token")); err != nil {
		return err
	}
	return s.stopPage(c, true)
}

func (s *Server) stopPage(c *fiber.Ctx, done bool) error {
	hideAddress(c)
	token := c.Params("token")
	stop, err := s.store.FindStop(c.UserContext(), token)
	if err != nil {
		return err
	}
	p := StopPage{Page: s.newPage(c, "Oprește e-mailurile"), Action: urls.StopAlerts(token), Done: done, Endings: stop.Endings}
	if stop.Name != "" {
		p.Name = quoted(stop.Name)
	}
	p.NoIndex = true
	return s.page(c, http.StatusOK, "stop_alerts", p)
}
