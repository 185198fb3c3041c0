package handlers

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"piata.ro/internal/clerkdev"
)

// frontendOrigin is the Frontend API of the stand-in's key, which nothing answers for.
const frontendOrigin = "https://clerk.localhost"

// member returns the browser of somebody who signed in through Clerk's own scripts: it has the token and nothing to refresh it with.
func (s *testSite) member(t testing.TB, name string) *client {
	t.Helper()
	c := s.visitor()
	for cookie, value := range s.memberCookies(t, name) {
		c.cookies[cookie] = value
	}
	return c
}

func (s *testSite) memberCookies(t testing.TB, name string) map[string]string {
	t.Helper()
	given, userID, err := s.clerk.SignIn(strings.ToLower(name)+"@example.com", name, "Pop")
	if err != nil {
		t.Fatal(err)
	}
	var session struct {
		SID string `json:"sid"`
	}
	cookies := map[string]string{}
	for _, cookie := range given {
		if cookie.Name == "__session" {
			payload, err := base64.RawURLEncoding.DecodeString(strings.Split(cookie.Value, ".")[1])
			if err != nil || json.Unmarshal(payload, &session) != nil {
				t.Fatalf("token of the stand-in: %v", err)
			}
		}
		if strings.HasPrefix(cookie.Name, "__client_uat") {
			cookies[cookie.Name] = cookie.Value
		}
	}
	now := s.clock.now().Unix()
	token, err := s.clerk.Sign(map[string]any{"alg": "RS256", "typ": "JWT", "kid": clerkdev.KeyID}, map[string]any{
		"iss": frontendOrigin, "sub": userID, "sid": session.SID, "azp": s.server.cfg.AppURL, "iat": now, "nbf": now - 10, "exp": now + 60})
	if err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "_" + s.server.auth.Instance().CookieSuffix} {
		cookies["__session"+suffix] = token
	}
	return cookies
}

// directive returns the sources of one directive of the answer's content security policy.
func (r *response) directive(name string) []string {
	for part := range strings.SplitSeq(r.Header.Get("Content-Security-Policy"), ";") {
		if words := strings.Fields(part); len(words) > 0 && words[0] == name {
			return words[1:]
		}
	}
	return nil
}

// foreignScripts are the addresses of scripts that are not ours.
func (r *response) foreignScripts(t testing.TB) []string {
	var all []string
	r.doc(t).Find("script[src]").Each(func(_ int, s *goquery.Selection) {
		if src := s.AttrOr("src", ""); !strings.HasPrefix(src, "/static/") {
			all = append(all, src)
		}
	})
	return all
}

// TestClerkIsOnlyWhereItIsNeeded: which pages load which scripts, and that the policy allows just those.
func TestClerkIsOnlyWhereItIsNeeded(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withKeys(nil))
	local := newTestSite(t)
	const js, ui = frontendOrigin + "/npm/@clerk/clerk-js@6/dist/clerk.browser.js", frontendOrigin + "/npm/@clerk/ui@1/dist/ui.browser.js"
	visitor, member := site.visitor(), site.member(t, "Ana")
	for _, tt := range []struct {
		who     *client
		path    string
		scripts []string
	}{
		{visitor, "/", nil}, {visitor, "/anunturi/", nil}, {visitor, "/nimic/", nil}, {visitor, "/ajutor/", nil}, {visitor, "/auth/clerk/logout/", nil},
		{visitor, "/auth/clerk/login/", []string{ui, js}}, {visitor, "/auth/clerk/signup/", []string{ui, js}},
		{member, "/", []string{js}}, {member, "/profil/", []string{js}}, {member, "/nimic/", []string{js}}, {member, "/auth/clerk/logout/", []string{js}},
		{member, "/profil/securitate/", []string{ui, js}},
		{local.visitor(), "/auth/clerk/login/", nil}, {local.as(t, "Ana"), "/profil/", nil},
	} {
		res := tt.who.get(t, tt.path)
		if got := res.foreignScripts(t); !slices.Equal(got, tt.scripts) {
			t.Errorf("%s loads %q, want %q", tt.path, got, tt.scripts)
		}
		policy := res.Header.Get("Content-Security-Policy")
		if len(tt.scripts) == 0 {
			if policy != contentSecurityPolicy {
				t.Errorf("%s: policy %q", tt.path, policy)
			}
			continue
		}
		if got := res.directive("script-src"); !slices.Contains(got, frontendOrigin+"/npm/") {
			t.Errorf("%s: script-src %q", tt.path, got)
		}
		calls := []string{"'self'", frontendOrigin}
		if len(tt.scripts) == 2 {
			calls = append(calls, "https://*.protect.clerk.com")
		}
		if got := res.directive("connect-src"); !slices.Equal(got, calls) {
			t.Errorf("%s: connect-src %q", tt.path, got)
		}
		if got := res.directive("worker-src"); !slices.Equal(got, []string{"'self'", "blob:"}) {
			t.Errorf("%s: worker-src %q", tt.path, got)
		}
		if hasFrames := res.directive("frame-src") != nil; hasFrames != (len(tt.scripts) == 2) {
			t.Errorf("%s: frame-src %q", tt.path, res.directive("frame-src"))
		}
		if strings.Contains(strings.ReplaceAll(policy, " https://*.protect.clerk.com", ""), "*") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", tt.path, policy)
		}
	}
	// Fragments load nothing.
	if got := member.htmx().get(t, "/anunturi/").Header.Get("Content-Security-Policy"); got != contentSecurityPolicy {
		t.Errorf("fragment: policy %q", got)
	}
	local.as(t, "Ana").get(t, "/profil/securitate/").status(t, http.StatusNotFound)
	if strings.Contains(local.as(t, "Ana").get(t, "/profil/").body, "/profil/securitate/") {
		t.Error("local mode links to Clerk's profile")
	}
}

func TestClerkComponents(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withKeys(nil))
	nonces := map[string]bool{}
	for _, tt := range []struct{ path, component, hosted string }{
		{"/auth/clerk/login/?redirect_url=%2Ffavorite%2F", "SignIn", "/sign-in"}, {"/auth/clerk/signup/?redirect_url=%2Ffavorite%2F", "SignUp", "/sign-up"},
	} {
		res := site.visitor().get(t, tt.path).status(t, http.StatusOK)
		doc := res.doc(t)
		if got := doc.Attr("[data-clerk-mount]", "data-clerk-mount"); got != tt.component {
			t.Errorf("%s mounts %q", tt.path, got)
		}
		if got := doc.Attr("[data-clerk-mount]", "data-return-to"); got != "/favorite/" {
			t.Errorf("%s returns to %q", tt.path, got)
		}
		if got, want := doc.Attr("[data-clerk-mount] a", "href"), "https://accounts.localhost"+tt.hosted+
			"?redirect_url="+url.QueryEscape(testOrigin+"/auth/clerk/callback/?redirect_url=%2Ffavorite%2F"); got != want {
			t.Errorf("the link leads to\n%q, want\n%q", got, want)
		}
		if got := doc.Attr("script[data-clerk-publishable-key]", "data-clerk-publishable-key"); got != site.clerk.PublishableKey() {
			t.Errorf("key %q", got)
		}
		if strings.Contains(res.body, "data-clerk-proxy-url") || strings.Contains(res.body, "sk_live") {
			t.Errorf("%s: proxy or secret in the page", tt.path)
		}
		nonce := doc.Attr("script[data-clerk]", "data-nonce")
		if nonces[nonce] || len(nonce) < 20 || !slices.Contains(res.directive("style-src"), "'nonce-"+nonce+"'") {
			t.Errorf("nonce %q, style-src %q", nonce, res.directive("style-src"))
		}
		nonces[nonce] = true
		if res.Header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("Cache-Control %q", res.Header.Get("Cache-Control"))
		}
	}
	member := site.member(t, "Ana")
	member.get(t, "/profil/").status(t, http.StatusOK).doc(t).Has(t, `main a[href="/profil/securitate/"]`)
	member.get(t, "/profil/securitate/").status(t, http.StatusOK).doc(t).Has(t, `[data-clerk-mount=UserProfile] a[href^="https://accounts.localhost/user?"]`)
	site.visitor().get(t, "/profil/securitate/").location(t, http.StatusSeeOther)
}

// TestProxiedFrontend: behind a proxy the scripts come from there, and ClerkJS is told.
func TestProxiedFrontend(t *testing.T) {
	t.Parallel()
	for proxy, sources := range map[string][]string{
		"/__clerk":                   {"'self'", "https://challenges.cloudflare.com"},
		"https://auth.example/clerk": {"'self'", "https://auth.example/clerk/npm/", "https://challenges.cloudflare.com"},
	} {
		site := newTestSite(t, withKeys(func(p *siteParts) { p.auth.ProxyURL, p.config.Clerk.ProxyURL = proxy, proxy }))
		res := site.visitor().get(t, "/auth/clerk/login/").status(t, http.StatusOK)
		if got := res.directive("script-src"); !slices.Equal(got, sources) {
			t.Errorf("%s: script-src %q", proxy, got)
		}
		if got := res.doc(t).Attr("[data-clerk-proxy-url]", "data-clerk-proxy-url"); got != proxy {
			t.Errorf("%s: ClerkJS is told %q", proxy, got)
		}
		if got := res.doc(t).Attr("[data-clerk-proxy-url]", "src"); got != proxy+clerkScript {
			t.Errorf("%s: script %q", proxy, got)
		}
	}
}

// TestHostedPages: a configured page elsewhere is used at once; who comes back from it unrecognised is asked, not sent in circles.
func TestHostedPages(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withKeys(func(p *siteParts) {
		p.config.Clerk.SignInURL = "https://accounts.example/sign-in?theme=1"
		p.config.Clerk.SignUpURL = testOrigin + "/auth/clerk/signup/"
	}))
	visitor := site.visitor()
	want := "https://accounts.example/sign-in?redirect_url=" + url.QueryEscape(testOrigin+"/auth/clerk/callback/?redirect_url=%2Fprofil%2F") + "&theme=1"
	if got := visitor.get(t, "/auth/clerk/login/?redirect_url=%2Fprofil%2F").location(t, http.StatusSeeOther); got != want {
		t.Errorf("sign-in leads to\n%q, want\n%q", got, want)
	}
	visitor.get(t, "/auth/clerk/signup/").status(t, http.StatusOK).doc(t).Has(t, "[data-clerk-mount=SignUp]")
	back := visitor.get(t, "/auth/clerk/callback/?redirect_url=%2Fprofil%2F").location(t, http.StatusSeeOther)
	page := visitor.get(t, back).status(t, http.StatusOK)
	page.doc(t).Has(t, `main a[href^="https://accounts.example/sign-in?"]`)
	if got := page.foreignScripts(t); got != nil {
		t.Errorf("scripts %q", got)
	}
	member := site.member(t, "Ana")
	if got := member.get(t, "/auth/clerk/callback/?redirect_url=%2Fprofil%2F").location(t, http.StatusSeeOther); got != "/profil/" {
		t.Errorf("the callback leads to %q", got)
	}
	site.wantRows(t, "users", 1) // made by the callback
}

// TestDevelopmentInstance: the browser's id travels to Clerk's pages; keys of two instances end in a sentence.
func TestDevelopmentInstance(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withKeys(func(p *siteParts) { p.clerk.IsDevelopment = true }))
	visitor := site.visitor()
	visitor.cookies["__clerk_db_jwt"] = "dvb_1"
	page := visitor.get(t, "/auth/clerk/login/").status(t, http.StatusOK)
	page.doc(t).Has(t, `[data-clerk-mount] a[href^="https://local.accounts.dev/sign-in?__clerk_db_jwt=dvb_1&"]`)

	first := site.visitor().with("Accept", "text/html").get(t, "/").status(t, http.StatusTemporaryRedirect)
	if got := first.Header.Get("Location"); !strings.HasPrefix(got, "https://local.clerk.accounts.dev/v1/client/handshake?") ||
		first.Header.Get("X-Clerk-Auth-Reason") != "dev-browser-missing" || first.Header.Get("X-Clerk-Auth-Status") != "handshake" || first.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("handshake: %v", first.Header)
	}
	payload, err := site.clerk.Sign(map[string]any{"alg": "RS256", "typ": "JWT", "kid": "ins_other"}, map[string]any{"handshake": []string{}})
	if err != nil {
		t.Fatal(err)
	}
	failed := visitor.get(t, "/?__clerk_handshake="+payload).status(t, http.StatusInternalServerError)
	failed.doc(t).Has(t, "main", "Cheile Clerk par să fie ale altei instanțe")
	if failed.Header.Get("X-Clerk-Auth-Reason") != "jwk-kid-mismatch" {
		t.Errorf("headers %v", failed.Header)
	}
}

// TestExpiredRequests: after a minute without ClerkJS, pages shake hands, and what cannot is answered where it is.
func TestExpiredRequests(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withKeys(nil))
	ana := site.member(t, "Ana")
	ana.get(t, "/profil/").status(t, http.StatusOK)
	_, id := ana.publish(t, bicycleForm())
	site.clock.advance(70 * time.Second)

	page := ana.with("Accept", "text/html").get(t, "/favorite/").status(t, http.StatusTemporaryRedirect)
	if got := page.Header.Get("X-Clerk-Auth-Reason"); got != "session-token-expired-refresh-non-eligible-no-refresh-cookie" {
		t.Errorf("page: reason %q", got)
	}
	current := "/anunturi/?q=a"
	for _, tt := range []struct{ method, path, redirect, reason string }{
		{"POST", "/favorite/toggle/" + id + "/", "/auth/clerk/login/?redirect_url=%2Fanunturi%2F%3Fq%3Da", "non-eligible-non-get"},
		{"GET", "/favorite/", current, "non-eligible-no-refresh-cookie"},
		{"GET", "/profil/", current, "non-eligible-no-refresh-cookie"},
	} {
		for _, kind := range []string{"partial", "full", ""} {
			c := ana.with("HX-Request", "true").with("HX-Request-Type", kind).with("HX-Current-URL", testOrigin+current).with("Accept", "text/html")
			res := c.get
			var answer *response
			if tt.method == "POST" {
				answer = c.post(t, tt.path, nil)
			} else {
				answer = res(t, tt.path)
			}
			answer.status(t, http.StatusUnauthorized)
			if got := answer.Header.Get("X-Clerk-Auth-Reason"); got != "session-token-expired-refresh-"+tt.reason {
				t.Errorf("%s %s (%s): reason %q", tt.method, tt.path, kind, got)
			}
			if got := answer.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s %s (%s): Cache-Control %q", tt.method, tt.path, kind, got)
			}
			if got := answer.Header.Get("HX-Redirect"); got != tt.redirect {
				t.Errorf("%s %s (%s): HX-Redirect %q, want %q", tt.method, tt.path, kind, got, tt.redirect)
			}
			if isPage := strings.Contains(answer.body, "<html"); isPage != (kind != "partial") {
				t.Errorf("%s %s (%s): whole page: %t", tt.method, tt.path, kind, isPage)
			}
		}
	}
	bearer := site.visitor().with("Authorization", "Bearer "+ana.cookies["__session"]).get(t, "/api/v1/me").status(t, http.StatusUnauthorized)
	if bearer.Header.Get("Content-Type") != "application/problem+json" || bearer.Header.Get("X-Clerk-Auth-Status") != "signed-out" {
		t.Errorf("API: %v", bearer.Header)
	}
}

// TestSignOutAfterAWhile: the form was open for longer than a token lives, and still ends the session.
func TestSignOutAfterAWhile(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.get(t, "/auth/clerk/logout/").status(t, http.StatusOK).doc(t).Has(t, "form[data-sign-out]")
	copied := site.visitor()
	for name, value := range ana.cookies {
		copied.cookies[name] = value
	}
	site.clock.advance(10 * time.Minute)
	ana.post(t, "/auth/clerk/logout/", nil).status(t, http.StatusSeeOther)
	for _, c := range []*client{ana, copied} {
		if res := c.follow(t, "/profil/"); !strings.Contains(res.body, "Intră în cont") {
			t.Errorf("still signed in: %d", res.StatusCode)
		}
	}
}

// TestForwardedHost: what a trusted proxy passes on as a host must be one.
func TestForwardedHost(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withKeys(func(p *siteParts) { p.config.TrustedProxies = []string{"0.0.0.0/0"} }))
	for forwarded, want := range map[string]string{
		"piata.example": "https://piata.example", "piata.example, 10.0.0.1": "https://piata.example", "": "https://localhost:8080",
		"<script>": testOrigin, "evil\"x": testOrigin, "a b": testOrigin, "u@evil.example": testOrigin, "evil.example/x": testOrigin, "Piata.EXAMPLE:443": "https://piata.example",
	} {
		c := site.visitor().with("X-Forwarded-Host", forwarded).with("X-Forwarded-Proto", "https").with("Accept", "text/html")
		c.cookies["__client_uat"] = "5"
		location := c.get(t, "/profil/").location(t, http.StatusTemporaryRedirect)
		u, err := url.Parse(location)
		if err != nil || u.Query().Get("redirect_url") != want+"/profil/" {
			t.Errorf("%q comes back to %q, want %s", forwarded, u.Query().Get("redirect_url"), want)
		}
	}
}

// TestCallbackTargets: whatever the address says, and however it is written, people stay here.
func TestCallbackTargets(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	for _, raw := range []string{"%2F%2Fevil.example", "%252F%252Fevil.example", "/%252Fevil.example", "/%2f/evil.example", "%5C%5Cevil.example", "/%5Cevil.example", "%68ttps://evil.example",
		"https:%2F%2Fevil.example", "//evil%E3%80%82example", "/%09//evil.example", "/%0A/evil.example", "%20//evil.example", "/..//evil.example", "/.%2F/evil.example", "/a/..//evil.example",
		"http://localhost:8080.evil.example/", "http://localhost:8080@evil.example/", "/&redirect_url=//evil.example", "//evil.example&redirect_url=/"} {
		loc := ana.get(t, "/auth/clerk/callback/?redirect_url="+raw).location(t, http.StatusSeeOther)
		base, err := url.Parse(testOrigin + "/auth/clerk/callback/")
		if err != nil {
			t.Fatal(err)
		}
		u, err := base.Parse(loc)
		if err != nil || isHostile(loc) || fmt.Sprintf("%s://%s", u.Scheme, u.Host) != testOrigin {
			t.Errorf("%s leads to %q", raw, loc)
		}
	}
}
