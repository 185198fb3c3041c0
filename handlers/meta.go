package handlers

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assets"
	"piata.ro/internal/urls"
)

// TextPage is a page of fixed text: terms, privacy, contact, about, help.
type TextPage struct {
	Page
}

func (s *Server) textPage(name, title, description string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		p := TextPage{Page: s.newPage(c, title)}
		p.Description = description
		p.Canonical = s.absolute(c.Path())
		return s.page(c, http.StatusOK, name, p)
	}
}

// health says that the process serves.
func (s *Server) health(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString("ok")
}

// ready says that requests can be sent here: start-up work is done, the database answers and the process is not about to stop. It is for
// load balancers, so the answer is plain text.
func (s *Server) ready(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	reason := ""
	switch {
	case s.draining.Load():
		reason = "stopping"
	case !s.started.Load():
		reason = "starting"
	default:
		if err := s.store.Ping(c.UserContext()); err != nil {
			s.log.WarnContext(c.UserContext(), "database does not answer", slog.String("error", err.Error()))
			reason = "database does not answer"
		}
	}
	if reason == "" {
		return c.SendString("ok")
	}
	c.Set(fiber.HeaderRetryAfter, "1")
	return c.Status(http.StatusServiceUnavailable).SendString(reason)
}

// serveStatic sends a file of static/. Under the present hash it never changes; under an old one the present file is sent, not to be kept.
func (s *Server) serveStatic(c *fiber.Ctx) error {
	f, current, ok := s.assets.Find(strings.TrimPrefix(c.Path(), assets.Prefix))
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if current {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	return sendAsset(c, f)
}

func (s *Server) serveFavicon(c *fiber.Ctx) error {
	f, ok := s.assets.Get("img/favicon.ico")
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return sendAsset(c, f)
}

func sendAsset(c *fiber.Ctx, f *assets.File) error {
	v := f.Negotiate(c.Get(fiber.HeaderAcceptEncoding))
	c.Vary(fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderETag, v.ETag)
	if c.Get(fiber.HeaderIfNoneMatch) == v.ETag {
		return c.SendStatus(http.StatusNotModified)
	}
	if v.Encoding != assets.Identity {
		c.Set(fiber.HeaderContentEncoding, v.Encoding)
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Response().SetBodyRaw(v.Body) // never changed, so not copied
	return nil
}

// closedPaths are what machines should not ask for: pages of one person, and the views of lists that filters, orders and cursors make,
// of which there are more than anybody can count.
var closedPaths = []string{"/auth/", "/profil/", "/favorite/", "/adauga-anunt/", "/api/", "/conversatie/", "/mesaje/", "/trimite-mesaj/", "/raportare/", "/moderare/", "/verifica-link/?",
	"/*?*dupa=", "/*?*sort=", "/*?*pret_", "/*?*atribut_", "/*?*raza=", "/*?*stare=", "/feed.xml?"}

func (s *Server) robots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.SendString("User-agent: *\nDisallow: " + strings.Join(closedPaths, "\nDisallow: ") + "\n\nSitemap: " + s.absolute(urls.Sitemap) + "\n")
}

// securityTxtLife is how long the page about reporting holes is good for; it is made anew with every request.
const securityTxtLife = 180 * 24 * time.Hour

// securityTxt says whom to tell about a hole (RFC 9116).
func (s *Server) securityTxt(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.SendString("Contact: " + s.absolute(urls.Contact) + "\nExpires: " + s.now().Add(securityTxtLife).UTC().Truncate(24*time.Hour).Format(time.RFC3339) +
		"\nPreferred-Languages: ro, en\nCanonical: " + s.absolute(urls.SecurityTxt) + "\n")
}
