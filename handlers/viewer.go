package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/auth"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// Viewer is the signed-in person who looks at a page.
type Viewer struct {
	models.User
	SessionID string
}

// viewerOf returns who is looking, or nil when nobody is signed in.
func viewerOf(c *fiber.Ctx) *Viewer {
	v, _ := c.Locals(keyViewer).(*Viewer)
	return v
}

// viewerID returns the viewer's number, or 0.
func viewerID(c *fiber.Ctx) int64 {
	if v := viewerOf(c); v != nil {
		return v.ID
	}
	return 0
}

// identify decides who sent the request by Clerk's rules and loads or creates the local user.
func (s *Server) identify(c *fiber.Ctx) error {
	if strings.HasPrefix(c.Path(), "/__clerk") {
		return c.Next() // the stand-in reads its own cookies
	}
	outcome := s.auth.Authenticate(c.UserContext(), s.authRequest(c))
	for _, line := range outcome.SetCookies {
		c.Response().Header.Add(fiber.HeaderSetCookie, line)
	}
	if outcome.State != auth.SignedIn {
		c.Set("X-Clerk-Auth-Status", string(outcome.State))
		c.Set("X-Clerk-Auth-Reason", string(outcome.Reason))
	}
	if outcome.Location != "" {
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Redirect(outcome.Location, http.StatusTemporaryRedirect)
	}
	if outcome.StaleSessionID != "" {
		c.Locals(keyStaleSession, outcome.StaleSessionID)
	}
	switch outcome.State {
	case auth.Failed:
		return apperr.New(apperr.Misconfigured, outcome.Message)
	case auth.SignedIn:
		user, err := s.provision(c.UserContext(), outcome.Session)
		if err != nil {
			return err
		}
		c.Locals(keyViewer, &Viewer{User: user, SessionID: outcome.Session.SessionID})
	}
	return c.Next()
}

// authRequest gathers what the decision depends on. The public address believes forwarded headers only from trusted proxies.
func (s *Server) authRequest(c *fiber.Ctx) auth.Request {
	dest := c.Get("Sec-Fetch-Dest")
	if isHTMX(c) {
		dest = "empty" // htmx asks for text/html, so without that header it would look like a page load
	}
	return auth.Request{
		Method:        c.Method(),
		PublicURL:     publicOrigin(c) + c.OriginalURL(),
		CookieHeader:  c.Get(fiber.HeaderCookie),
		Authorization: c.Get(fiber.HeaderAuthorization),
		SecFetchDest:  dest,
		Accept:        c.Get(fiber.HeaderAccept),
		UserAgent:     c.Get(fiber.HeaderUserAgent),
		RemoteIP:      c.IP(),
	}
}

// publicOrigin is the origin that the person sees. What a proxy says in place of a host is not believed.
func publicOrigin(c *fiber.Ctx) string {
	origin := c.BaseURL()
	if c.Get(fiber.HeaderXForwardedHost) == "" {
		return origin
	}
	if u, err := url.Parse(origin); err != nil || u.Host == "" || u.User != nil || u.Path != "" || strings.ContainsAny(origin, "<>\"' ") {
		return c.Protocol() + "://" + string(c.Context().Host())
	}
	return origin
}

// provision returns the local user of the session, made on first sight from what Clerk's Backend API says, or from the token alone while
// that does not answer.
func (s *Server) provision(ctx context.Context, session *auth.Session) (models.User, error) {
	user, err := s.store.UserByClerkID(ctx, session.UserID)
	if !apperr.Is(err, apperr.NotFound) {
		return user, err
	}
	identity := models.Identity{ClerkID: session.UserID, FirstName: session.FirstName, LastName: session.LastName, Username: session.Username, ImageURL: session.ImageURL}
	told, err := s.auth.User(ctx, session.UserID)
	switch {
	case errors.Is(err, auth.ErrNoUser):
		return models.User{}, apperr.Wrap(apperr.Unauthenticated, "Contul acesta nu mai există.", err)
	case err != nil:
		s.log.WarnContext(ctx, "user data not available at first sight", slog.String("error", err.Error()))
	default:
		identity = models.Identity{ClerkID: told.ID, FirstName: told.FirstName, LastName: told.LastName, Username: told.Username, Email: told.Email,
			EmailVerified: told.Email != "", ImageURL: told.ImageURL, UpdatedAt: told.UpdatedAt}
	}
	return s.store.EnsureUser(ctx, identity)
}

// requireViewer lets only signed-in people through; the others sign in and come back.
func (s *Server) requireViewer(c *fiber.Ctx) error {
	if viewerOf(c) != nil {
		return c.Next()
	}
	if isAPI(c) || isHTMX(c) {
		return apperr.New(apperr.Unauthenticated, "Intră în cont ca să poți face asta.")
	}
	back := localPath(c)
	if c.Method() != http.MethodGet {
		back = s.backOr(c, urls.Home)
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Redirect(s.signInURL(back), http.StatusSeeOther)
}

// signInURL is the sign-in page that leads back to the local path.
func (s *Server) signInURL(back string) string {
	if !isLocalPath(back) || strings.HasPrefix(back, "/auth/") {
		back = ""
	}
	return urls.SignIn(back)
}
