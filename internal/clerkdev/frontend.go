package clerkdev

import (
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	maxFormBytes   = 64 << 10
	maxNonces      = 1000
	nonceLifetime  = time.Minute
	signInPage     = "/auth/clerk/login/"
	handshakeName  = "__clerk_handshake"
	nonceName      = "__clerk_handshake_nonce"
	devBrowserName = "__clerk_db_jwt"
)

// refusedPage is shown when the form cannot be accepted; it needs no style sheet.
var refusedPage = template.Must(template.New("refused").Parse(`<!doctype html>
<html lang="ro"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nu te-am putut autentifica</title></head>
<body><main><h1>Nu te-am putut autentifica</h1><p>{{.Sentence}}</p><p><a href="{{.Back}}">Înapoi la autentificare</a></p></main></body></html>
`))

func (c *Clerk) frontend() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+ProxyPath+"/sign-in", c.postSignIn)
	mux.HandleFunc("POST "+ProxyPath+"/sign-out", c.postSignOut)
	mux.HandleFunc("GET "+ProxyPath+"/v1/client/handshake", c.getHandshake)
	return mux
}

func (c *Clerk) postSignIn(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	r.Body = http.MaxBytesReader(w, r.Body, maxFormBytes)
	target := localPath(r.PostFormValue("redirect_url"))
	cookies, _, err := c.signIn(signInForm{
		email: r.PostFormValue("email"), firstName: r.PostFormValue("first_name"), lastName: r.PostFormValue("last_name"),
		client: cookieOf(r, "__client"), devBrowser: cookieOf(r, devBrowserName+"_"+c.suffix),
	})
	switch {
	case errors.Is(err, ErrEmail):
		c.refuse(w, http.StatusUnprocessableEntity, target, "Scrie o adresă de e-mail întreagă, de exemplu ana@exemplu.ro.")
	case errors.Is(err, errFull):
		c.refuse(w, http.StatusInsufficientStorage, target, "Sunt prea multe conturi de probă pe acest calculator.")
	case err != nil:
		c.log.Error("local sign-in failed", slog.Any("error", err))
		w.Header().Set("Retry-After", "5")
		c.refuse(w, http.StatusServiceUnavailable, target, "Contul nu a putut fi salvat. Încearcă din nou peste câteva secunde.")
	default:
		setCookies(w, cookies)
		http.Redirect(w, r, target, http.StatusSeeOther)
	}
}

func (c *Clerk) postSignOut(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	r.Body = http.MaxBytesReader(w, r.Body, maxFormBytes)
	if session, ok := c.store.find(cookieOf(r, "__client"), "", c.now()); ok {
		if _, _, err := c.store.end(session.ID); err != nil {
			c.log.Error("local sign-out failed", slog.Any("error", err))
		}
	}
	setCookies(w, c.signOutCookies())
	http.Redirect(w, r, localPath(r.PostFormValue("redirect_url")), http.StatusSeeOther)
}

func (c *Clerk) refuse(w http.ResponseWriter, status int, target, sentence string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	err := refusedPage.Execute(w, map[string]string{
		"Sentence": sentence,
		"Back":     signInPage + "?redirect_url=" + url.QueryEscape(target),
	})
	if err != nil {
		c.log.Debug("answer not sent", slog.Any("error", err))
	}
}

// getHandshake tells the application what this browser's state is: it mints a token, or takes the cookies away, and
// sends the browser back with the result.
func (c *Clerk) getHandshake(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	query := r.URL.Query()
	back, err := url.Parse(query.Get("redirect_url"))
	if err != nil || !c.isOwn(back, r.Host) {
		http.Error(w, "redirect_url must be an address of this site", http.StatusBadRequest)
		return
	}
	directives, err := c.directives(cookieOf(r, "__client"), query.Get(devBrowserName))
	if err != nil {
		c.log.Error("local handshake failed", slog.Any("error", err))
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	name, value := nonceName, ""
	if query.Get("format") == "nonce" {
		value = c.nonces.put(c.newID("nonce"), lines(directives), c.now())
	} else if name, value, err = c.handshakeToken(directives); err != nil {
		c.log.Error("local handshake failed", slog.Any("error", err))
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	if c.isDevelopment {
		params := back.Query()
		params.Set(name, value)
		back.RawQuery = params.Encode()
	} else {
		http.SetCookie(w, httpOnly(c.cookie(name, value, nonceLifetime)))
	}
	http.Redirect(w, r, back.String(), http.StatusTemporaryRedirect)
}

// isOwn accepts the configured origin and the address that the browser used, which may be 127.0.0.1 for localhost.
func (c *Clerk) isOwn(u *url.URL, host string) bool {
	if u.User != nil || u.Host == "" {
		return false
	}
	origin := u.Scheme + "://" + u.Host
	scheme, _, _ := strings.Cut(c.origin, "://")
	return origin == c.origin || origin == scheme+"://"+host
}

// directives are the cookies of a handshake.
func (c *Clerk) directives(client, devBrowser string) ([]*http.Cookie, error) {
	cookies := []*http.Cookie{c.cookie(handshakeName, "", 0), c.cookie(nonceName, "", 0)}
	found, ok := c.store.find(client, devBrowser, c.now())
	account, session, isLive := c.store.live(found.ID, c.now())
	if !ok || !isLive {
		cookies = append(cookies, c.signOutCookies()...)
		if c.isDevelopment {
			if devBrowser == "" {
				devBrowser = c.newID("dvb")
			}
			cookies = append(cookies, c.devBrowserCookies(devBrowser)...)
		}
		return cookies, nil
	}
	token, err := c.token(account, session)
	if err != nil {
		return nil, err
	}
	return append(cookies, c.signInCookies(session, token)...), nil
}

func (c *Clerk) handshakeToken(directives []*http.Cookie) (name, value string, err error) {
	header := map[string]any{"alg": "RS256", "typ": "JWT", "kid": KeyID, "cat": "cl_B7d4PD111AAA"}
	value, err = c.Sign(header, map[string]any{"handshake": lines(directives)})
	return handshakeName, value, err
}

// localPath keeps a redirect on this site: one slash, then nothing that a browser could read as another host.
func localPath(target string) string {
	if !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") {
		return "/"
	}
	for _, r := range target {
		if r < ' ' || r == '\\' || r == 0x7f || r == '\uFFFD' {
			return "/"
		}
	}
	if parsed, err := url.Parse(target); err != nil || parsed.Host != "" || parsed.Scheme != "" {
		return "/"
	}
	return target
}

// nonces are handshakes on their way, each good for one use.
type nonces struct {
	mu   sync.Mutex
	byID map[string]pendingHandshake
}

type pendingHandshake struct {
	lines   []string
	expires time.Time
}

func (n *nonces) put(id string, lines []string, now time.Time) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.byID) >= maxNonces {
		for other, pending := range n.byID {
			if !now.Before(pending.expires) {
				delete(n.byID, other)
			}
		}
	}
	if len(n.byID) >= maxNonces {
		clear(n.byID) // nobody has a thousand handshakes under way on his own machine
	}
	n.byID[id] = pendingHandshake{lines: lines, expires: now.Add(nonceLifetime)}
	return id
}

func (n *nonces) take(id string, now time.Time) ([]string, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	pending, ok := n.byID[id]
	delete(n.byID, id)
	return pending.lines, ok && now.Before(pending.expires)
}
