package handlers

import (
	"crypto/rand"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/auth"
	"piata.ro/internal/urls"
)

// Clerk's scripts below the Frontend API; the chunks that they load come from beside them.
const (
	clerkScripts = "/npm/"
	clerkScript  = clerkScripts + "@clerk/clerk-js@6/dist/clerk.browser.js"
	clerkUI      = clerkScripts + "@clerk/ui@1/dist/ui.browser.js"
)

// Components of Clerk's, as its script names them.
const (
	componentSignIn  = "SignIn"
	componentSignUp  = "SignUp"
	componentProfile = "UserProfile"
)

// Clerk is what a page that loads Clerk's scripts tells our module in data- attributes.
type Clerk struct {
	Script     string // address of ClerkJS
	UI         string // address of the components; "" where tokens are all that is needed
	Key        string // publishable
	Proxy      string // "" when the Frontend API is not behind a proxy
	Nonce      string // for the styles of the components
	SignInURL  string
	SignUpURL  string
	HomeURL    string // after signing out
	IsSignedIn bool   // as the server sees it
}

// ClerkSlot is where a component is put. Until then, and without scripts, it holds a link.
type ClerkSlot struct {
	Component string // "SignIn"
	ReturnTo  string // local path
	HostedURL string // the same at Clerk's own pages
	Label     string // of the link
	Other     Link   // beside it, to the other entrance; the component has its own
}

// clerkSources are the origins of a content security policy that are Clerk's.
type clerkSources struct {
	frontend string // the Frontend API for calls: "https://clerk.piata.ro"; "" when it is a path of the application
	scripts  string // and for scripts
}

func newClerkSources(frontend string) clerkSources {
	u, err := url.Parse(frontend)
	if err != nil || u.Host == "" {
		return clerkSources{}
	}
	return clerkSources{frontend: " " + u.Scheme + "://" + u.Host, scripts: " " + frontend + clerkScripts}
}

// tokenPolicy is for pages of signed-in people, where ClerkJS alone keeps the session's token fresh, with timers in a worker.
func (s *Server) tokenPolicy() string {
	return policy("'self'"+s.clerk.scripts, "'self'", "'self' data: blob:", "'self'"+s.clerk.frontend) + "; worker-src 'self' blob:"
}

// componentPolicy is for pages with a component of Clerk's: its pictures, its styles, Cloudflare's check that a person is no robot, and the
// services by which Clerk keeps robots out where its owner has chosen so.
func (s *Server) componentPolicy(nonce string) string {
	const check, protect = " https://challenges.cloudflare.com", " https://*.protect.clerk.com"
	return policy("'self'"+s.clerk.scripts+check, "'self' 'nonce-"+nonce+"'", "'self' data: blob: https://img.clerk.com", "'self'"+s.clerk.frontend+protect) +
		"; worker-src 'self' blob:; frame-src" + check + protect
}

// useClerk makes a page load ClerkJS and allows what it needs. In local mode there is none.
func (s *Server) useClerk(c *fiber.Ctx) *Clerk {
	if s.local != nil {
		return nil
	}
	frontend := s.auth.FrontendURL()
	k := &Clerk{Script: frontend + clerkScript, Key: s.cfg.Clerk.PublishableKey, SignInURL: urls.Login, SignUpURL: urls.Signup, HomeURL: urls.Home,
		IsSignedIn: viewerOf(c) != nil}
	if s.cfg.Clerk.ProxyURL != "" {
		k.Proxy = frontend
	}
	c.Set(fiber.HeaderContentSecurityPolicy, s.tokenPolicy())
	return k
}

// useComponent makes a page load the components, too; their styles carry a nonce.
func (s *Server) useComponent(c *fiber.Ctx) *Clerk {
	k := s.useClerk(c)
	if k == nil {
		return nil
	}
	k.UI, k.Nonce = s.auth.FrontendURL()+clerkUI, rand.Text()
	c.Set(fiber.HeaderContentSecurityPolicy, s.componentPolicy(k.Nonce))
	return k
}

// accountPortal is a page that Clerk hosts, which comes back to the local path.
func (s *Server) accountPortal(c *fiber.Ctx, page, back string) string {
	return s.hosted(c, s.auth.Instance().AccountPortal()+page, back)
}

// hosted leads to a sign-in page on another origin. Whoever comes back from there is looked at by the callback first. A development
// instance recognises the browser by the id that it takes along.
func (s *Server) hosted(c *fiber.Ctx, address, back string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	callback := urls.Callback
	if back != urls.Home {
		callback = urls.WithQuery(urls.Callback, url.Values{"redirect_url": {back}})
	}
	query := u.Query()
	query.Set("redirect_url", s.absolute(callback))
	instance := s.auth.Instance()
	if instance.Type == auth.Development {
		const name = "__clerk_db_jwt"
		for _, cookie := range []string{name, name + "_" + instance.CookieSuffix} {
			if id := c.Cookies(cookie); id != "" {
				query.Set(name, id)
			}
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// isElsewhere reports whether a configured sign-in page is on another origin; the application's own pages need no detour.
func (s *Server) isElsewhere(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && !strings.HasPrefix(address+"/", s.cfg.AppURL+"/")
}
