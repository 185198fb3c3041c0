package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/auth"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// Viewer is the signed-in person who looks at a page.
type Viewer struct {
	models.User
	SessionID   string
	Actor       string // Clerk's id of who impersonates the person; "" for nobody
	IsModerator bool   // looks after the market; never while impersonated
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

// lockout is why somebody signed in at Clerk counts as signed out here.
type lockout struct {
	sessionID string
	message   string
}

// lockoutOf returns why the sender of the request is locked out, or nil.
func lockoutOf(c *fiber.Ctx) *lockout {
	l, _ := c.Locals(keyLockout).(*lockout)
	return l
}

func (l *lockout) err() error { return apperr.New(apperr.Forbidden, l.message) }

// identify decides who sent the request by Clerk's rules and loads or creates the local user.
func (s *Server) identify(c *fiber.Ctx) error {
	if path := s.auth.FrontendURL(); strings.HasPrefix(path, "/") && strings.HasPrefix(c.Path(), path+"/") {
		return c.Next() // the Frontend API, or the stand-in for it, reads its own cookies
	}
	outcome := s.auth.Authenticate(c.UserContext(), s.authRequest(c))
	for _, line := range outcome.SetCookies {
		c.Response().Header.Add(fiber.HeaderSetCookie, line)
	}
	if outcome.State != auth.SignedIn {
		tellState(c, outcome.State, outcome.Reason)
	}
	if len(outcome.SetCookies) > 0 || outcome.Reason != "" && !outcome.Reason.IsVisitors() {
		c.Set(fiber.HeaderCacheControl, "private, no-store") // the next answer may be another one
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
		tellState(c, auth.SignedOut, outcome.Reason) // Clerk has no name for it
		return apperr.New(apperr.Misconfigured, outcome.Message)
	case auth.SignedIn:
		if err := s.welcome(c, outcome.Session); err != nil {
			return err
		}
	}
	return c.Next()
}

func tellState(c *fiber.Ctx, state auth.State, reason auth.Reason) {
	c.Set("X-Clerk-Auth-Status", string(state))
	c.Set("X-Clerk-Auth-Reason", string(reason))
}

// welcome makes the session's person the viewer of the request, unless they are locked out.
func (s *Server) welcome(c *fiber.Ctx, session *auth.Session) error {
	user, err := s.provision(c.UserContext(), session)
	locked := &lockout{sessionID: session.SessionID}
	switch {
	case errors.Is(err, auth.ErrNoUser), err == nil && user.DeletedAt != nil:
		locked.message = "Contul acesta a fost șters. Ieși din el ca să poți face altul."
	case err != nil:
		return err
	case user.Banned:
		locked.message = "Contul tău este blocat. " + appeal
	case user.SuspendedBy != nil:
		decision, err := s.store.DecisionByID(c.UserContext(), *user.SuspendedBy)
		if err != nil {
			return err
		}
		locked.message = "Un moderator ți-a suspendat contul: „" + decision.Note + "” " + appeal
	default:
		c.Locals(keyViewer, &Viewer{User: user, SessionID: session.SessionID, Actor: session.Actor, IsModerator: s.isModerator(&user, session)})
		if s.store.NeedsSync(&user) {
			s.syncLater(user)
		}
		return nil
	}
	c.Locals(keyLockout, locked)
	tellState(c, auth.SignedOut, auth.ReasonTokenVerificationFailed)
	return nil
}

// appeal is what somebody who is locked out can do.
const appeal = "Dacă crezi că e o greșeală, scrie-ne din pagina de contact."

// isModerator believes addresses only when they are verified. Whoever impersonates a moderator does not become one.
func (s *Server) isModerator(u *models.User, session *auth.Session) bool {
	if session.Actor != "" {
		return false
	}
	return u.Role == models.RoleModerator || session.Role == models.RoleModerator ||
		u.EmailVerified && u.Email != "" && slices.Contains(s.cfg.AdminEmails, u.Email)
}

// authRequest gathers what the decision depends on. The public address believes forwarded headers only from trusted proxies.
func (s *Server) authRequest(c *fiber.Ctx) auth.Request {
	dest := c.Get("Sec-Fetch-Dest")
	if isHTMX(c) {
		dest = "empty" // htmx asks for text/html, so without that header it would look like a page load
	}
	return auth.Request{
		Method:        c.Method(),
		PublicURL:     publicOrigin(c) + originalPath(c),
		CookieHeader:  cookieHeader(c),
		Authorization: c.Get(fiber.HeaderAuthorization),
		SecFetchDest:  dest,
		Accept:        c.Get(fiber.HeaderAccept),
		UserAgent:     c.Get(fiber.HeaderUserAgent),
		RemoteIP:      c.IP(),
	}
}

// provision returns the local user of the session, made on first sight from what Clerk's Backend API says, or from the token alone while
// that does not answer. Requests that come together ask once.
func (s *Server) provision(ctx context.Context, session *auth.Session) (models.User, error) {
	user, err := s.store.UserByClerkID(ctx, session.UserID)
	if !apperr.Is(err, apperr.NotFound) {
		return user, err
	}
	made, err, _ := s.provisions.Do(session.UserID, func() (any, error) { return s.firstSight(ctx, session) })
	user, _ = made.(models.User)
	return user, err
}

func (s *Server) firstSight(ctx context.Context, session *auth.Session) (models.User, error) {
	if user, err := s.store.UserByClerkID(ctx, session.UserID); !apperr.Is(err, apperr.NotFound) {
		return user, err // made while this request was on its way here
	}
	asked := s.now()
	told, err := s.auth.User(ctx, session.UserID)
	switch {
	case errors.Is(err, auth.ErrNoUser):
		return models.User{}, err
	case err != nil:
		s.log.WarnContext(ctx, "user data not available at first sight", slog.String("error", err.Error()))
		return s.store.EnsureUser(ctx, models.Identity{ClerkID: session.UserID, FirstName: session.FirstName, LastName: session.LastName,
			Username: session.Username, ImageURL: session.ImageURL})
	}
	return s.store.EnsureUser(ctx, identityOf(told, asked))
}

// identityOf is what Clerk said at the time, for the store.
func identityOf(u auth.User, at time.Time) models.Identity {
	return models.Identity{ClerkID: u.ID, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username, Email: u.Email, EmailVerified: u.Email != "",
		ImageURL: u.ImageURL, UpdatedAt: u.UpdatedAt, Role: u.Role, Banned: u.IsBanned, SyncedAt: at}
}

const (
	// maxSyncs is how many people Clerk is asked about at once; the others are asked about with their next page.
	maxSyncs    = 4
	syncTimeout = 20 * time.Second
)

// syncLater asks Clerk about the person in the background. The store sees to it that one of many requests does, and not again soon.
func (s *Server) syncLater(user models.User) {
	select {
	case s.syncs <- struct{}{}:
	default:
		return
	}
	s.work.Go(func() {
		defer func() { <-s.syncs }()
		ctx, cancel := context.WithTimeout(s.base, syncTimeout)
		defer cancel()
		if err := recovered(func() error { return s.syncUser(ctx, &user) }); err != nil && s.base.Err() == nil {
			s.log.WarnContext(ctx, "user not brought up to date", slog.String("error", err.Error()))
		}
	})
}

func (s *Server) syncUser(ctx context.Context, user *models.User) error {
	mine, err := s.store.BeginSync(ctx, user)
	if err != nil || !mine {
		return err
	}
	asked := s.now()
	told, err := s.auth.User(ctx, user.ClerkID)
	if errors.Is(err, auth.ErrNoUser) {
		return s.store.DeleteUser(ctx, models.Deletion{ClerkID: user.ClerkID})
	}
	if err != nil {
		return err
	}
	_, err = s.store.EnsureUser(ctx, identityOf(told, asked))
	return err
}

// requireViewer lets only signed-in people through; the others sign in and come back.
func (s *Server) requireViewer(c *fiber.Ctx) error {
	if viewerOf(c) != nil {
		return c.Next()
	}
	if l := lockoutOf(c); l != nil {
		return l.err()
	}
	if isAPI(c) || isHTMX(c) {
		return apperr.New(apperr.Unauthenticated, "Intră în cont ca să poți face asta.")
	}
	back := localPath(c)
	if c.Method() != http.MethodGet && c.Method() != http.MethodHead {
		back = s.backOr(c, urls.Home)
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Redirect(s.signInURL(back), http.StatusSeeOther)
}

// requireModerator lets moderators through; for everybody else who is signed in the page does not exist.
func (s *Server) requireModerator(c *fiber.Ctx) error {
	if v := viewerOf(c); v != nil && !v.IsModerator {
		return fiber.ErrNotFound
	}
	return s.requireViewer(c)
}

// requireSelf refuses what only the person may do, not somebody who impersonates them.
func (s *Server) requireSelf(c *fiber.Ctx) error {
	if v := viewerOf(c); v != nil && v.Actor != "" {
		return apperr.New(apperr.Forbidden, "Te uiți în contul altcuiva. Numai persoana aceea poate face asta.")
	}
	return c.Next()
}

// signInURL is the sign-in page that leads back to the local path.
func (s *Server) signInURL(back string) string {
	if !isLocalPath(back) || strings.HasPrefix(back, "/auth/") {
		back = ""
	}
	return urls.SignIn(back)
}
