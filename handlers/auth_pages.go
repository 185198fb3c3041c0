package handlers

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"

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
	HostedURL string // Clerk's own page, where the application has none
}

// SignOutPage asks for confirmation.
type SignOutPage struct {
	Page
	Action string
}

func (s *Server) showSignIn(c *fiber.Ctx) error {
	return s.signInPage(c, "Intră în cont", "/sign-in", s.cfg.Clerk.SignInURL, Link{Href: urls.Signup, Label: "Nu ai cont? Fă-ți unul."})
}

func (s *Server) showSignUp(c *fiber.Ctx) error {
	return s.signInPage(c, "Fă-ți cont", "/sign-up", s.cfg.Clerk.SignUpURL, Link{Href: urls.Login, Label: "Ai deja cont? Intră."})
}

// signInPage sends people who are signed in already on to where they wanted to go.
func (s *Server) signInPage(c *fiber.Ctx, heading, hostedPath, hosted string, other Link) error {
	back := returnTo(c)
	if viewerOf(c) != nil {
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		return c.Redirect(back, http.StatusSeeOther)
	}
	p := SignInPage{Page: s.newPage(c, heading), Heading: heading, Action: urls.DevSignIn, ReturnTo: back, Other: other, Available: s.local != nil}
	p.NoIndex, p.Tab = true, "cont"
	if p.Other.Href != "" && back != urls.Home {
		p.Other.Href = urls.WithQuery(p.Other.Href, url.Values{"redirect_url": {back}})
	}
	if s.local == nil {
		if hosted == "" {
			hosted = s.auth.Instance().AccountPortal() + hostedPath
		}
		p.HostedURL = urls.WithQuery(hosted, url.Values{"redirect_url": {s.absolute(back)}})
	}
	return s.page(c, http.StatusOK, "sign_in", p)
}

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
	if viewerOf(c) == nil {
		return c.Redirect(s.signInURL(returnTo(c)), http.StatusSeeOther)
	}
	return c.Redirect(returnTo(c), http.StatusSeeOther)
}

func (s *Server) confirmSignOut(c *fiber.Ctx) error {
	p := SignOutPage{Page: s.newPage(c, "Ieși din cont"), Action: urls.Logout}
	p.NoIndex, p.Tab = true, "cont"
	return s.page(c, http.StatusOK, "sign_out", p)
}

// signOut ends the session at Clerk first, or its cookies would come back with the next page.
func (s *Server) signOut(c *fiber.Ctx) error {
	if v := viewerOf(c); v != nil {
		cookies, err := s.auth.SignOut(c.UserContext(), v.SessionID)
		if err != nil { // the session is on the deny list and the cookies go all the same
			s.log.WarnContext(c.UserContext(), "session not revoked at Clerk", slog.String("error", err.Error()))
		}
		for _, line := range cookies {
			c.Response().Header.Add(fiber.HeaderSetCookie, line)
		}
		setFlash(c, "iesit", photoTally{})
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return seeOther(c, urls.Home)
}
