package handlers

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assets"
)

// page answers with a whole page, or to htmx with what stands inside the frame.
func (s *Server) page(c *fiber.Ctx, status int, name string, data any) error {
	var b bytes.Buffer
	render := s.views.Page
	if isFragment(c) {
		render = s.views.Content
	}
	if err := render(&b, "pages/"+name, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return s.send(c, status, b.Bytes())
}

// fragment answers with a part of a page.
func (s *Server) fragment(c *fiber.Ctx, status int, name string, data any) error {
	var b bytes.Buffer
	if err := s.views.Partial(&b, "partials/"+name, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return s.send(c, status, b.Bytes())
}

func (s *Server) send(c *fiber.Ctx, status int, body []byte) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	varyOnFragment(c)
	// Pages of signed-in people are theirs alone; the others may be kept by the browser but are asked for again.
	if viewerOf(c) != nil {
		c.Set(fiber.HeaderCacheControl, "private, no-store")
	} else if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) == 0 {
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
	}
	if capturing, _ := c.Locals(keyCapture).(bool); capturing || len(body) < compressFrom {
		return c.Status(status).Send(body)
	}
	encoding := encodingFor(c)
	packed, err := compress(body, encoding, brotliOnce)
	if err != nil {
		return err
	}
	if encoding != assets.Identity {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	return c.Status(status).Send(packed)
}

// varyOnFragment tells caches that the same address has several bodies.
func varyOnFragment(c *fiber.Ctx) {
	c.Vary(fiber.HeaderAcceptEncoding, fiber.HeaderCookie, "HX-Request", "HX-Request-Type", "HX-History-Restore-Request")
}

// isFragment reports whether htmx wants a part of the page rather than the whole.
func isFragment(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-Request-Type") == "partial" && c.Get("HX-History-Restore-Request") != "true"
}

// isHTMX reports whether htmx sent the request. It follows redirects without a word and swaps in what it finds there.
func isHTMX(c *fiber.Ctx) bool { return c.Get("HX-Request") == "true" }

func isAPI(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), "/api/") }

// seeOther sends the browser on after a POST; htmx gets a header because it would follow a 303 without saying so.
func seeOther(c *fiber.Ctx, path string) error {
	if isHTMX(c) {
		c.Set("HX-Redirect", path)
		return c.SendStatus(http.StatusNoContent)
	}
	return c.Redirect(path, http.StatusSeeOther)
}

// setCookie gives the browser a cookie for the whole site that scripts cannot read.
func setCookie(c *fiber.Ctx, name, value string, life time.Duration) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
		Secure: c.Protocol() == "https", MaxAge: int(life.Seconds())})
}

// dropCookie takes it away again.
func dropCookie(c *fiber.Ctx, name string) {
	c.Cookie(&fiber.Cookie{Name: name, Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Expires: time.Unix(1, 0)})
}

// problem answers with a problem document (RFC 9457); errors says which fields are not right, and may be empty.
func problem(c *fiber.Ctx, status int, detail string, errors map[string]string) error {
	c.Status(status)
	if status == http.StatusUnauthorized {
		c.Set(fiber.HeaderWWWAuthenticate, challenge(c))
	}
	document := fiber.Map{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail, "request_id": requestIDOf(c)}
	if len(errors) > 0 {
		document["errors"] = errors
	}
	err := c.JSON(document)
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return err
}

// challenge says how to sign in (RFC 6750); a token that was sent is no good.
func challenge(c *fiber.Ctx) string {
	if c.Get(fiber.HeaderAuthorization) != "" {
		return `Bearer error="invalid_token"`
	}
	return "Bearer"
}

// sendJSON answers a program; what is for one person is theirs alone.
func sendJSON(c *fiber.Ctx, status int, v any) error {
	if viewerOf(c) != nil {
		c.Set(fiber.HeaderCacheControl, "private, no-store")
	}
	return c.Status(status).JSON(v)
}

// isLocalPath reports whether a redirect to target stays on this site, however a browser reads it.
func isLocalPath(target string) bool {
	if !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\t\r\n") || len(target) > 2000 {
		return false
	}
	for _, r := range target {
		if r < 0x20 || r == 0x7f {
			return false
		}
	}
	u, err := url.Parse(target)
	return err == nil && u.Host == "" && u.Scheme == "" && !strings.HasPrefix(u.Path, "//") && !strings.HasPrefix(u.Path, "/\\")
}

// backOr returns the local page that the request came from, or the fallback.
func (s *Server) backOr(c *fiber.Ctx, fallback string) string {
	u, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || u.Host == "" || !strings.EqualFold(u.Host, string(c.Context().Host())) || !isLocalPath(u.RequestURI()) {
		return fallback
	}
	return u.RequestURI()
}

// currentPage is the local address of the page that htmx or a link was used on.
func currentPage(c *fiber.Ctx) string {
	if u, err := url.Parse(c.Get("HX-Current-URL")); err == nil && isLocalPath(u.RequestURI()) {
		return u.RequestURI()
	}
	return localPath(c)
}

// localPath is the path and query of the request.
func localPath(c *fiber.Ctx) string {
	path := c.OriginalURL()
	if !isLocalPath(path) {
		return "/"
	}
	return path
}
