package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assets"
	"piata.ro/internal/urls"
)

// shellFiles are what a page needs to look like one without a network.
var shellFiles = []string{assets.Stylesheet, "fonts/bricolage-latin.woff2", "fonts/bricolage-ro.woff2", "img/icons.svg", "js/app.js", "js/messages.js", "js/pwa.js", "js/offline.js", "js/times.js"}

// serviceWorker sends the script that keeps pages for when there is no network. Its first line changes with any static file, which makes
// browsers take the new one and throw away what the old one kept.
func (s *Server) serviceWorker(c *fiber.Ctx) error {
	script, ok := s.assets.Get("js/sw.js")
	if !ok {
		return fiber.ErrNotFound
	}
	shell := []string{urls.Offline, urls.OfflineDraft}
	for _, name := range shellFiles {
		shell = append(shell, s.assets.URL(name))
	}
	list, err := json.Marshal(shell)
	if err != nil {
		return fmt.Errorf("service worker: %w", err)
	}
	body := fmt.Appendf(nil, "const version = %q;\nconst shell = %s;\n%s", s.assets.Hash(), list, script.Variant(assets.Identity).Body)
	encoding := encodingFor(c)
	if body, err = compress(body, encoding, brotliOnce); err != nil {
		return err
	}
	if encoding != assets.Identity {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	return c.Send(body)
}

// offlinePage is a page that the service worker shows; nothing in it depends on who asked.
func (s *Server) offlinePage(name, title string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		p := TextPage{Page: s.newPage(c, title)}
		p.NoIndex = true
		return s.page(c, http.StatusOK, name, p)
	}
}

// manifest describes the site to phones that put it on their home screen.
func (s *Server) manifest(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	icon := func(name, size, purpose string) fiber.Map {
		return fiber.Map{"src": s.assets.URL("img/" + name), "sizes": size, "type": "image/png", "purpose": purpose}
	}
	shortcut := func(name, address string) fiber.Map {
		return fiber.Map{"name": name, "url": address, "icons": []fiber.Map{icon("icon-192.png", "192x192", "any")}}
	}
	err := c.JSON(fiber.Map{
		"id": urls.Home, "name": "Piața.ro", "short_name": "Piața", "lang": "ro", "dir": "ltr", "start_url": urls.Home, "scope": urls.Home, "display": "standalone",
		"description": "Anunțuri din toată România.", "background_color": "#fcf9f2", "theme_color": "#116538", "categories": []string{"shopping"},
		"icons":     []fiber.Map{icon("icon-192.png", "192x192", "any"), icon("icon-512.png", "512x512", "any"), icon("icon-maskable-512.png", "512x512", "maskable")},
		"shortcuts": []fiber.Map{shortcut("Adaugă anunț", urls.NewListing), shortcut("Caută", urls.Results), shortcut("Favorite", urls.Favorites), shortcut("Anunțurile mele", urls.MyListings)},
	})
	c.Set(fiber.HeaderContentType, "application/manifest+json")
	return err
}
