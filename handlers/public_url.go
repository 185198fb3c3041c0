package handlers

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// publicOrigin is the origin that the person sees. Only a trusted proxy may say it, and what cannot be one is not believed.
func publicOrigin(c *fiber.Ctx) string {
	scheme, host := "http", string(c.Context().Host())
	if c.Context().IsTLS() {
		scheme = "https"
	}
	direct := originText(scheme, host)
	if !c.IsProxyTrusted() {
		return direct
	}
	for _, name := range []string{fiber.HeaderXForwardedProto, "CloudFront-Forwarded-Proto"} {
		if said := firstElement(c.Get(name)); said != "" {
			scheme = strings.ToLower(said)
			break
		}
	}
	if said := firstElement(c.Get(fiber.HeaderXForwardedHost)); said != "" {
		host = said
	}
	origin := originText(scheme, host)
	u, err := url.Parse(origin)
	if err != nil || scheme != "http" && scheme != "https" || u.Host == "" || u.User != nil || u.Path != "" || strings.ContainsAny(origin, "<>\"'?# ") {
		return direct
	}
	return origin
}

// originText writes an origin as browsers do: in small letters, without the usual port.
func originText(scheme, host string) string {
	host = strings.ToLower(host)
	if port := map[string]string{"http": ":80", "https": ":443"}[scheme]; port != "" {
		host = strings.TrimSuffix(host, port)
	}
	return scheme + "://" + host
}

// firstElement is what the proxy that is nearest to the person said.
func firstElement(header string) string {
	first, _, _ := strings.Cut(header, ",")
	return strings.TrimSpace(first)
}

// originalPath is the path and query as they were sent; of an absolute address only those count.
func originalPath(c *fiber.Ctx) string {
	sent := c.OriginalURL()
	if strings.HasPrefix(sent, "/") {
		return sent
	}
	u, err := url.Parse(sent)
	if err != nil || !strings.HasPrefix(u.EscapedPath(), "/") {
		return "/"
	}
	return u.RequestURI()
}

// cookieHeader is what the browser sent, in one line even where a proxy made several of it.
func cookieHeader(c *fiber.Ctx) string {
	return string(bytes.Join(c.Request().Header.PeekAll(fiber.HeaderCookie), []byte("; ")))
}
