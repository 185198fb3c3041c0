package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"piata.ro/internal/apperr"
)

// middleware lists what every request passes, in order.
func (s *Server) middleware(app *fiber.App) {
	app.Use(s.observe)      // id, deadline, panics, log line, unread bodies
	app.Use(securityHeader) // before anything can answer
	app.Use(refuseBadBody)  // framing, encoding and size, before anything reads
	app.Use(lastSlash)      // one address per page
	s.machineRoutes(app)    // static files, health, feeds: nobody's session matters
	app.Use(s.sameOrigin)   // cross-site writes
	app.Use(s.identify)     // who is looking
}

// Keys of values kept for one request.
const (
	keyRequestID = "request_id"
	keyViewer    = "viewer"
	keyLockout   = "lockout"
	keyBodyRead  = "body_read"
	keyStart     = "start"

	keyStaleSession = "stale_session" // of an expired token, see auth.Outcome
)

// observe gives the request an id and a deadline, turns a panic into an error, and writes one line about it when it is answered.
func (s *Server) observe(c *fiber.Ctx) error {
	start := time.Now()
	id := requestID(c)
	c.Locals(keyRequestID, id)
	c.Set(fiber.HeaderXRequestID, id)
	timeout := pageDeadline
	if isMultipart(c) {
		timeout = uploadTimeout
	}
	ctx, cancel := context.WithTimeout(s.base, timeout)
	defer cancel()
	c.SetUserContext(ctx)

	err := recovered(c.Next)
	if err != nil {
		s.answerError(c, err)
	}
	closeUnread(c)
	s.logRequest(c, time.Since(start), err)
	return nil
}

// requestID takes over a proxy's id when a trusted one sends it, so that both logs can be joined.
func requestID(c *fiber.Ctx) string {
	if given := c.Get(fiber.HeaderXRequestID); isKey(given) && c.IsProxyTrusted() {
		return given
	}
	return rand.Text()[:16]
}

// recovered calls f and turns a panic into an error: fasthttp would let it end the process.
func recovered(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}

// answerError answers for an error whatever happens: when not even that works, with the page made at start-up.
func (s *Server) answerError(c *fiber.Ctx, err error) {
	failed := recovered(func() error { return s.handleError(c, err) })
	if failed == nil {
		return
	}
	s.log.ErrorContext(s.base, "answer error", slog.String("error", failed.Error()), slog.String("id", requestIDOf(c)))
	c.Status(http.StatusInternalServerError).Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Response().SetBody(s.fallback)
}

// logRequest never writes the path of an unknown page or a query: both may be personal.
func (s *Server) logRequest(c *fiber.Ctx, took time.Duration, cause error) {
	status := c.Response().StatusCode()
	if s.metrics != nil {
		s.metrics.Observe(c.Method(), c.Route().Path, status, took)
	}
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("method", c.Method()), slog.String("route", c.Route().Path), slog.Int("status", status),
		slog.Float64("ms", float64(took.Microseconds())/1000), slog.Int("bytes", sentBytes(c.Response())), slog.String("id", requestIDOf(c)),
	}
	if v := viewerOf(c); v != nil && v.Actor != "" {
		attrs = append(attrs, slog.String("actor", v.Actor))
	}
	if cause != nil && status >= http.StatusInternalServerError {
		level = slog.LevelError
		attrs = append(attrs, slog.String("error", cause.Error()))
	}
	s.log.LogAttrs(c.UserContext(), level, "request", attrs...)
}

// sentBytes is the length of the answer, as far as it is known; Body would read a whole stream into memory.
func sentBytes(r *fasthttp.Response) int {
	if r.IsBodyStream() {
		return max(0, r.Header.ContentLength())
	}
	return len(r.Body())
}

func requestIDOf(c *fiber.Ctx) string {
	id, _ := c.Locals(keyRequestID).(string)
	return id
}

// contentSecurityPolicy allows our own files and nothing else; pages that load Clerk's scripts have policies of their own.
var contentSecurityPolicy = policy("'self'", "'self'", "'self' data: blob:", "'self'")

// policy is a content security policy with the given sources of scripts, styles, images and calls.
func policy(scripts, styles, images, calls string) string {
	return "default-src 'none'; script-src " + scripts + "; style-src " + styles + "; img-src " + images + "; font-src 'self'; connect-src " + calls +
		"; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

func securityHeader(c *fiber.Ctx) error {
	setSecurityHeaders(c)
	return c.Next()
}

func setSecurityHeaders(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentSecurityPolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Permissions-Policy", "geolocation=(), microphone=(), camera=(self), payment=()")
	if c.Protocol() == "https" {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

// refuse answers what never comes to the middleware: a head that cannot be read or is too long, an unknown method.
func (s *Server) refuse(c *fiber.Ctx, err error) error {
	c.Locals(keyRequestID, requestID(c))
	setSecurityHeaders(c)
	leaveUnread(c)
	s.answerError(c, err)
	return nil
}

// refuseUnknownMethods answers to methods that Fiber does not know in place of Fiber, which would leave their bodies in the connection.
func (s *Server) refuseUnknownMethods(app *fiber.App) {
	next := app.Server().Handler
	app.Server().Handler = func(ctx *fasthttp.RequestCtx) {
		if slices.Contains(fiber.DefaultMethods, string(ctx.Method())) {
			next(ctx)
			return
		}
		c := app.AcquireCtx(ctx)
		defer app.ReleaseCtx(c)
		_ = s.refuse(c, fiber.ErrNotImplemented) // never fails
	}
}

// refuseBadBody answers 400 to a request whose end can be read in two ways (RFC 9112, 6.1: smuggling), 415 to an encoded body, which would
// be inflated without a bound, and 413 to one that says it is too large.
func refuseBadBody(c *fiber.Ctx) error {
	f := readFraming(c.Request().Header.RawHeaders())
	switch {
	case f.ambiguous:
		leaveUnread(c)
		return fiber.NewError(http.StatusBadRequest)
	case f.length > maxFormBytes:
		leaveUnread(c) // fasthttp was told that there is no body, see tuneRequest
		return errFormTooLarge
	case c.Get(fiber.HeaderContentEncoding) != "":
		return apperr.New(apperr.Unsupported, "Trimite datele necomprimate.")
	}
	return c.Next()
}

var (
	errFormTooLarge = apperr.New(apperr.TooLarge, "Formularul are peste 64 MB. Trimite mai puține fotografii deodată.")
	errTextTooLarge = apperr.New(apperr.TooLarge, "Ai trimis prea mult text deodată. Scurtează-l și încearcă din nou.")
)

// prefetched is how much of a body fasthttp has read before it calls us.
const prefetched = 8 << 10

// closeUnread ends the connection when a body was not read to its end: fasthttp would take the rest for the next request.
func closeUnread(c *fiber.Ctx) {
	length, stream := c.Request().Header.ContentLength(), c.Context().RequestBodyStream()
	if done, _ := c.Locals(keyBodyRead).(bool); done || stream == nil || length == 0 {
		return
	}
	if length > 0 && length <= prefetched {
		if _, err := io.Copy(io.Discard, stream); err == nil {
			return
		}
	}
	leaveUnread(c)
}

// lastSlash answers 308 to a page's address without its last slash.
func lastSlash(c *fiber.Ctx) error {
	path := c.Path()
	if strings.HasSuffix(path, "/") || isMachinePath(path) {
		return c.Next()
	}
	if path == "" || strings.HasPrefix(path, "//") {
		return fiber.ErrNotFound
	}
	target := string(c.Request().URI().PathOriginal()) + "/"
	if q := c.Request().URI().QueryString(); len(q) > 0 {
		target += "?" + string(q)
	}
	if !isLocalPath(target) {
		return fiber.ErrNotFound
	}
	return c.Redirect(target, http.StatusPermanentRedirect)
}

// isMachinePath knows the addresses that end without a slash.
func isMachinePath(path string) bool {
	for _, prefix := range []string{"/static/", "/foto/", "/api/", "/__clerk", "/webhooks/", "/sitemap/", "/.well-known/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	return strings.Contains(last, ".") || path == "/healthz" || path == "/readyz"
}

// sameOrigin refuses writes that another site caused.
func (s *Server) sameOrigin(c *fiber.Ctx) error {
	switch c.Method() {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return c.Next()
	}
	r := &http.Request{Method: c.Method(), Host: string(c.Context().Host()), Header: http.Header{}}
	for _, name := range []string{"Sec-Fetch-Site", "Origin"} {
		if v := c.Get(name); v != "" {
			r.Header.Set(name, v)
		}
	}
	if err := s.crossing.Check(r); err != nil {
		return apperr.Wrap(apperr.Forbidden, "Cererea vine de pe alt site, așa că nu am făcut nimic. Încearcă din nou de aici.", err)
	}
	return c.Next()
}

// deadlineError turns an expired deadline into an answer that says to try again.
func deadlineError(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
