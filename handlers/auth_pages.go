package handlers

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"

	"piata.ro/internal/urls"
)

// SignInPage is the sign-in or sign-up page.
type SignInPage struct {
	Page
	Heading   string
	Action    string // POST target in local mode
	ReturnTo  string // hidden field "redirect_url"
	Other     Link   // to the other of the two pages
	Available bool   // local mode: sign in with any address
	Slot      ClerkSlot
}

// SecurityPage holds Clerk's own profile: passwords, second factors, devices.
type SecurityPage struct {
	Page
	Slot ClerkSlot
}

// SignOutPage asks for confirmation.
type SignOutPage struct {
	Page
	Action string
}

// entrance is one of the two ways to an account.
type entrance struct {
	heading    string
	component  string
	hostedPath string // of Clerk's own page
	configured string // page to use instead of ours
	other      Link
}

func (s *Server) showSignIn(c *fiber.Ctx) error {
	return s.signInPage(c, entrance{heading: "Intră în cont", component: componentSignIn, hostedPath: "/sign-in", configured: s.cfg.Clerk.SignInURL,
		other: Link{Href: urls.Signup, Label: "Nu ai cont? Fă-ți unul."}})
}

func (s *Server) showSignUp(c *fiber.Ctx) error {
	return s.signInPage(c, entrance{heading: "Fă-ți cont", component: componentSignUp, hostedPath: "/sign-up", configured: s.cfg.Clerk.SignUpURL,
		other: Link{Href: urls.Login, Label: "Ai deja cont? Intră."}})
}

// signInPage sends people who are signed in already on to where they wanted to go.
func (s *Server) signInPage(c *fiber.Ctx, e entrance) error {
	back := returnTo(c)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if viewerOf(c) != nil {
		return c.Redirect(back, http.StatusSeeOther)
	}
	if l := lockoutOf(c); l != nil {
		return l.err() // Clerk would send them back here, signed in as they are
	}
	hosted := ""
	if s.local == nil {
		hosted = s.accountPortal(c, e.hostedPath, back)
		if s.isElsewhere(e.configured) {
			hosted = s.hosted(c, e.configured, back)
			// Whom the other page keeps sending back unrecognised is not sent there again by itself.
			if !c.Context().QueryArgs().Has(paramAgain) {
				return c.Redirect(hosted, http.StatusSeeOther)
			}
		}
	}
	p := SignInPage{Page: s.newPage(c, e.heading), Heading: e.heading, Action: urls.DevSignIn, ReturnTo: back, Other: e.other, Available: s.local != nil,
		Slot: ClerkSlot{Component: e.component, ReturnTo: back, HostedURL: hosted, Label: e.heading}}
	if !s.isElsewhere(e.configured) {
		p.Clerk = s.useComponent(c)
	}
	p.NoIndex, p.Tab = true, "cont"
	if p.Other.Href != "" && back != urls.Home {
		p.Other.Href = urls.WithQuery(p.Other.Href, url.Values{"redirect_url": {back}})
	}
	p.Slot.Other = p.Other
	return s.page(c, http.StatusOK, "sign_in", p)
}

// showSecurity is the page for what only Clerk knows of an account.
func (s *Server) showSecurity(c *fiber.Ctx) error {
	p := SecurityPage{Page: s.newPage(c, "Securitatea contului"), Slot: ClerkSlot{Component: componentProfile, ReturnTo: urls.Profile,
		HostedURL: s.accountPortal(c, "/user", urls.Profile), Label: "Deschide setările de securitate"}}
	p.NoIndex, p.Tab = true, "cont"
	p.Clerk = s.useComponent(c)
	return s.page(c, http.StatusOK, "security", p)
}

// paramAgain marks a sign-in page that somebody comes to because signing in elsewhere did not help.
const paramAgain = "din_nou"

// maxLocalForm is more than any form of the stand-in has.
const maxLocalForm = 64 << 10

// localPages hands requests to the stand-in for Clerk. The adaptor would read a body of any size and answer 500 to an address that
// cannot be parsed.
func (s *Server) localPages() fiber.Handler {
	handler := adaptor.HTTPHandler(s.local)
	return func(c *fiber.Ctx) error {
		if _, err := url.ParseRequestURI(c.OriginalURL()); err != nil {
			return fiber.ErrNotFound
		}
		raw, err := io.ReadAll(body(c, maxLocalForm, errTextTooLarge))
		if err != nil {
			return badForm(err)
		}
		c.Request().SetBody(raw)
		return handler(c)
	}
}

// returnTo is the local path asked for, or the front page.
func returnTo(c *fiber.Ctx) string {
	if back := c.Query("redirect_url"); isLocalPath(back) {
		return back
	}
	return urls.Home
}

// afterSignIn is where hosted pages send people back to.
func (s *Server) afterSignIn(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if viewerOf(c) != nil {
		return c.Redirect(returnTo(c), http.StatusSeeOther)
	}
	if l := lockoutOf(c); l != nil {
		return l.err()
	}
	target := s.signInURL(returnTo(c))
	if s.isElsewhere(s.cfg.Clerk.SignInURL) {
		target = urls.WithQuery(urls.Login, url.Values{"redirect_url": {returnTo(c)}, paramAgain: {"1"}})
	}
	return c.Redirect(target, http.StatusSeeOther)
}

func (s *Server) confirmSignOut(c *fiber.Ctx) error {
	p := SignOutPage{Page: s.newPage(c, "Ieși din cont"), Action: urls.Logout}
	p.NoIndex, p.Tab = true, "cont"
	return s.page(c, http.StatusOK, "sign_out", p)
}

// signOut ends the session at Clerk first, or its cookies would come back with the next page.
func (s *Server) signOut(c *fiber.Ctx) error {
	id := sessionID(c)
	if id == "" { // a page that was open for a minute without scripts sends an expired token: it can do nothing but end its session
		id, _ = c.Locals(keyStaleSession).(string)
	}
	switch {
	case id != "":
		s.endSession(c, id)
		setFlash(c, "iesit", photoTally{})
	case strings.Contains(cookieHeader(c), "__session"): // of nobody whom we know: it helps only in going round in circles
		s.endSession(c, "")
	}
	dropCookie(c, seenCookie)
	dropCookie(c, countyCookie)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return seeOther(c, urls.Home)
}

// sessionID is the session of the viewer or of somebody who is locked out, or empty.
func sessionID(c *fiber.Ctx) string {
	if v := viewerOf(c); v != nil {
		return v.SessionID
	}
	if l := lockoutOf(c); l != nil {
		return l.sessionID
	}
	return ""
}

// endSession signs the browser out and reports whether Clerk could be told.
func (s *Server) endSession(c *fiber.Ctx, sessionID string) bool {
	if sessionID != "" {
		if err := s.store.EndSession(c.UserContext(), sessionID); err != nil { // this machine knows all the same
			s.log.WarnContext(c.UserContext(), "other machines do not know that a session has ended", slog.String("error", err.Error()))
		}
	}
	cookies, err := s.auth.SignOut(c.UserContext(), sessionID)
	s.streams.EndSessions(sessionID)
	if err != nil { // the session is on the deny list and the cookies go all the same
		s.log.WarnContext(c.UserContext(), "session not revoked at Clerk", slog.String("error", err.Error()))
	}
	for _, line := range cookies {
		c.Response().Header.Add(fiber.HeaderSetCookie, line)
	}
	return err == nil
}
