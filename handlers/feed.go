package handlers

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/photos"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	feedSize    = 50
	sitemapSize = 10_000 // listings in one file; the standard allows 50,000
)

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Author    atomAuthor `xml:"author"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

// showFeed is the Atom feed (RFC 4287) of any search, newest first.
func (s *Server) showFeed(c *fiber.Ctx) error {
	ls := s.readSearch(queryValues(c))
	ls.filter.Sort = models.SortNewest
	refs, _, err := s.store.Listings(c.UserContext(), ls.filter, models.Cursor{}, feedSize)
	if err != nil {
		return err
	}
	listings, err := s.store.ListingsByID(c.UserContext(), refIDs(refs))
	if err != nil {
		return err
	}
	q := ls.filters()
	self := s.absolute(urls.WithQuery(urls.Feed, q))
	feed := atomFeed{Lang: "ro", ID: self, Title: heading(ls) + " · Piața.ro", Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: self}, {Rel: "alternate", Type: "text/html", Href: s.absolute(urls.WithQuery(urls.Results, q))}}}
	for i := range listings {
		feed.Entries = append(feed.Entries, s.atomEntry(&listings[i]))
		feed.Updated = max(feed.Updated, feed.Entries[i].Updated)
	}
	return sendXML(c, "application/atom+xml; charset=utf-8", feed)
}

func (s *Server) atomEntry(l *models.Listing) atomEntry {
	card := s.card(l, false)
	address := s.absolute(card.Href)
	e := atomEntry{
		ID: s.absolute(fmt.Sprintf("/anunt/%d/", l.ID)), Title: l.Title, Published: l.CreatedAt.UTC().Format(time.RFC3339), Updated: l.UpdatedAt.UTC().Format(time.RFC3339),
		Author: atomAuthor{Name: "Piața.ro"}, Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: address}}, Summary: card.Price + " · " + card.Place,
	}
	if card.Photo != nil {
		e.Links = append(e.Links, atomLink{Rel: "enclosure", Type: "image/jpeg", Href: s.absolute(card.Photo.Src)})
	}
	return e
}

func sendXML(c *fiber.Ctx, contentType string, v any) error {
	body, err := xml.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode XML: %w", err)
	}
	c.Set(fiber.HeaderContentType, contentType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	return c.Status(http.StatusOK).SendString(xml.Header + string(body))
}

type sitemapIndex struct {
	XMLName  xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []struct {
		Loc string `xml:"loc"`
	} `xml:"sitemap"`
}

// sitemapImages is the vocabulary of pictures in sitemaps.
const sitemapImages = "http://www.google.com/schemas/sitemap-image/1.1"

type sitemapURLs struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Images  string       `xml:"xmlns:image,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
	Image   string `xml:"image:image>image:loc,omitempty"`
}

// sitemapIndex lists the files of the sitemap: the fixed pages, and the listings by ranges of their sort key, so that a file's address
// goes on to mean the same listings.
func (s *Server) sitemapIndex(c *fiber.Ctx) error {
	last, err := s.store.LastSortKey(c.UserContext())
	if err != nil {
		return err
	}
	var index sitemapIndex
	add := func(part string) {
		index.Sitemaps = append(index.Sitemaps, struct {
			Loc string `xml:"loc"`
		}{s.absolute(urls.SitemapSection(part))})
	}
	add("pagini.xml")
	for n := int64(0); n*sitemapSize < last; n++ {
		add(fmt.Sprintf("anunturi-%d.xml", n+1))
	}
	return sendXML(c, "application/xml; charset=utf-8", index)
}

func (s *Server) sitemapSection(c *fiber.Ctx) error {
	part := c.Params("part")
	if part == "pagini.xml" {
		return sendXML(c, "application/xml; charset=utf-8", s.sitemapPages())
	}
	number, isPart := strings.CutPrefix(strings.TrimSuffix(part, ".xml"), "anunturi-")
	n, err := strconv.ParseInt(number, 10, 32)
	if !isPart || err != nil || n < 1 || part != fmt.Sprintf("anunturi-%d.xml", n) {
		return fiber.ErrNotFound
	}
	rows, err := s.store.SitemapListings(c.UserContext(), (n-1)*sitemapSize, n*sitemapSize)
	if err != nil {
		return err
	}
	set := sitemapURLs{Images: sitemapImages, URLs: []sitemapURL{}}
	for _, r := range rows {
		u := sitemapURL{Loc: s.absolute(urls.Listing(r.Slug, r.ID)), LastMod: r.UpdatedAt.UTC().Format(time.RFC3339)}
		if r.CoverHash != "" {
			u.Image = s.absolute(urls.Photo(r.CoverHash, photos.Widths[0]))
		}
		set.URLs = append(set.URLs, u)
	}
	return sendXML(c, "application/xml; charset=utf-8", set)
}

func (s *Server) sitemapPages() sitemapURLs {
	set := sitemapURLs{Images: sitemapImages}
	for _, path := range []string{urls.Home, urls.Categories, urls.Results, urls.About, urls.Help, urls.Contact, urls.Terms, urls.Privacy} {
		set.URLs = append(set.URLs, sitemapURL{Loc: s.absolute(path)})
	}
	for _, top := range s.store.Catalog().Top {
		set.URLs = append(set.URLs, sitemapURL{Loc: s.absolute(urls.Category(top.Slug))})
		for _, sub := range top.Subs {
			set.URLs = append(set.URLs, sitemapURL{Loc: s.absolute(urls.Category(sub.Slug))})
		}
	}
	return set
}
