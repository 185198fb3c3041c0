package clerkdev

import (
	"net/http"
	"strconv"
	"time"
)

const year = 365 * 24 * time.Hour

// cookie makes a host-only cookie of the whole site. A lifetime of 0 deletes it.
func (c *Clerk) cookie(name, value string, lifetime time.Duration) *http.Cookie {
	cookie := &http.Cookie{
		Name: name, Value: value, Path: "/", Secure: c.isSecure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(lifetime.Seconds()),
	}
	if lifetime == 0 {
		cookie.MaxAge = -1
		cookie.Expires = time.Unix(1, 0)
	}
	return cookie
}

func httpOnly(cookie *http.Cookie) *http.Cookie {
	cookie.HttpOnly = true
	return cookie
}

// signInCookies are all cookies of a browser that is signed in. The session token is readable by scripts, as Clerk's is.
func (c *Clerk) signInCookies(s storedSession, token string) []*http.Cookie {
	cookies := append(c.tokenCookies(token), c.uatCookies(s.CreatedAt.Unix())...)
	cookies = append(cookies,
		httpOnly(c.cookie("__refresh_"+c.suffix, s.Refresh, sessionLifetime)),
		httpOnly(c.cookie("__client", s.Client, sessionLifetime)))
	if c.isDevelopment {
		cookies = append(cookies, c.devBrowserCookies(s.DevBrowser)...)
	}
	return cookies
}

// signOutCookies take everything away but the dev browser.
func (c *Clerk) signOutCookies() []*http.Cookie {
	return append(c.uatCookies(0),
		c.cookie("__session", "", 0),
		c.cookie("__session_"+c.suffix, "", 0),
		httpOnly(c.cookie("__refresh_"+c.suffix, "", 0)),
		httpOnly(c.cookie("__client", "", 0)))
}

func (c *Clerk) tokenCookies(token string) []*http.Cookie {
	return []*http.Cookie{c.cookie("__session", token, year), c.cookie("__session_"+c.suffix, token, year)}
}

func (c *Clerk) uatCookies(at int64) []*http.Cookie {
	value := strconv.FormatInt(at, 10)
	return []*http.Cookie{c.cookie("__client_uat", value, year), c.cookie("__client_uat_"+c.suffix, value, year)}
}

func (c *Clerk) devBrowserCookies(id string) []*http.Cookie {
	return []*http.Cookie{c.cookie("__clerk_db_jwt", id, year), c.cookie("__clerk_db_jwt_"+c.suffix, id, year)}
}

// lines are whole Set-Cookie values.
func lines(cookies []*http.Cookie) []string {
	all := make([]string, 0, len(cookies))
	for _, cookie := range cookies {
		all = append(all, cookie.String())
	}
	return all
}

func setCookies(w http.ResponseWriter, cookies []*http.Cookie) {
	for _, cookie := range cookies {
		http.SetCookie(w, cookie)
	}
}

func cookieOf(r *http.Request, name string) string {
	cookie, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}
