package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// hostilePaths lead to another site in some browser or other.
var hostilePaths = []string{"//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "http:evil.example", "https:/evil.example",
	"javascript:alert(1)", "data:text/html,x", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/%09/evil.example", "/%5cevil.example",
	"/%2Fevil.example", "//localhost:8080@evil.example", "/./\\evil.example", "evil.example", "/x\r\nSet-Cookie: a=b", "/\x00/evil.example", "/" + strings.Repeat("x", 5000)}

// isHostile reports whether a browser that follows the header could leave the site.
func isHostile(location string) bool {
	u, err := url.Parse(location)
	return err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") ||
		strings.ContainsAny(location, "\\\t\r\n\x00")
}

func TestReturnAddresses(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	for _, target := range hostilePaths {
		query := "?" + url.Values{"redirect_url": {target}}.Encode()
		for _, path := range []string{"/auth/clerk/login/", "/auth/clerk/signup/", "/auth/clerk/callback/"} {
			if loc := ana.get(t, path+query).location(t, http.StatusSeeOther); isHostile(loc) {
				t.Errorf("%s with %q leads to %q", path, target, loc)
			}
		}
		page := site.visitor().get(t, "/auth/clerk/login/"+query).status(t, http.StatusOK).doc(t)
		if back := page.Attr("[name=redirect_url]", "value"); isHostile(back) {
			t.Errorf("the form for %q returns to %q", target, back)
		}
		page.Find("main a").Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); isHostile(href) {
				t.Errorf("the page for %q links to %q", target, href)
			}
		})
		form := url.Values{"email": {"dan@example.com"}, "redirect_url": {target}}
		if loc := site.visitor().post(t, "/__clerk/sign-in", form).location(t, http.StatusSeeOther); isHostile(loc) {
			t.Errorf("signing in with %q leads to %q", target, loc)
		}
		if loc := site.visitor().get(t, "/auth/clerk/callback/"+query).location(t, http.StatusSeeOther); isHostile(loc) {
			t.Errorf("signed-out callback with %q leads to %q", target, loc)
		}
	}
	for _, good := range []string{"/", "/favorite/", "/anunturi/?q=a%20b&judet=CJ", "/anunt/x-1/"} {
		query := "?" + url.Values{"redirect_url": {good}}.Encode()
		if loc := ana.get(t, "/auth/clerk/callback/"+query).location(t, http.StatusSeeOther); loc != good {
			t.Errorf("%q became %q", good, loc)
		}
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()
	login := visitor.get(t, "/profil/anunturi/").location(t, http.StatusSeeOther)
	page := visitor.get(t, login).status(t, http.StatusOK).doc(t)
	form := url.Values{"email": {"Ioana.Pop@Example.com"}, "first_name": {"Ioana"}, "last_name": {"Pop"}, "redirect_url": {page.Attr("[name=redirect_url]", "value")}}
	res := visitor.post(t, page.Attr("main form", "action"), form)
	if loc := res.location(t, http.StatusSeeOther); loc != "/profil/anunturi/" {
		t.Errorf("signing in leads to %q", loc)
	}
	for _, cookie := range res.Cookies() {
		if cookie.Path != "/" || cookie.SameSite != http.SameSiteLaxMode && cookie.SameSite != http.SameSiteStrictMode {
			t.Errorf("cookie %v", cookie)
		}
		if (cookie.Name == "__client" || strings.HasPrefix(cookie.Name, "__refresh")) && !cookie.HttpOnly {
			t.Errorf("cookie %s can be read by scripts", cookie.Name)
		}
	}
	account := visitor.get(t, "/profil/").status(t, http.StatusOK)
	if account.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("Cache-Control %q", account.Header.Get("Cache-Control"))
	}
	account.doc(t).Has(t, "main", "Ioana P.")
	visitor.get(t, "/utilizator/ioana-pop/").status(t, http.StatusOK).doc(t).Has(t, "main", "Ioana P.")
	// The second of the same name gets another address of their own.
	other := site.visitor()
	other.post(t, "/__clerk/sign-in", url.Values{"email": {"alta@example.com"}, "first_name": {"Ioana"}, "last_name": {"Pop"}}).status(t, http.StatusSeeOther)
	other.get(t, "/profil/").status(t, http.StatusOK).doc(t).Has(t, `a[href^="/utilizator/ioana-pop-"]`)
	site.visitor().post(t, "/__clerk/sign-in", url.Values{"email": {"nu e adresă"}}).status(t, http.StatusUnprocessableEntity)
}

// TestUsernames: nobody takes a name that could be the site's, and strange names become readable addresses.
func TestUsernames(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	for _, tt := range []struct{ email, first, last, prefix string }{
		{"x1@example.com", "Ștefan", "Țîrlea", "stefan-tirlea"},
		{"x2@example.com", "<script>", "alert(1)", "script-alert-1"},
		{"radu@example.com", "Admin", "", "radu"},
		{"admin@example.com", "", "", "vecin"},
		{"ion.popescu+ceva@example.com", "", "", "ion-popescu"},
		{"liming@example.com", "李", "明", "liming"},
		{"xy@example.com", "\u202e\u200b", "", "vecin"},
	} {
		c := site.visitor()
		c.post(t, "/__clerk/sign-in", url.Values{"email": {tt.email}, "first_name": {tt.first}, "last_name": {tt.last}}).status(t, http.StatusSeeOther)
		page := c.get(t, "/profil/").status(t, http.StatusOK)
		if got := page.doc(t).Attr(`main a[href^="/utilizator/"]`, "href"); !strings.HasPrefix(got, "/utilizator/"+tt.prefix) {
			t.Errorf("%+v has the address %q", tt, got)
		}
		if strings.Contains(page.body, "<script>") {
			t.Errorf("%+v: the name is not escaped", tt)
		}
	}
}

// TestFirstSight: many first requests at once make one user.
func TestFirstSight(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			tab := &client{site: site, cookies: map[string]string{}, header: http.Header{}}
			for name, value := range ana.cookies {
				tab.cookies[name] = value
			}
			tab.get(t, "/profil/").status(t, http.StatusOK)
		})
	}
	wg.Wait()
	site.wantRows(t, "users", 1)
}

// TestSessionRefresh: a token lives for a minute; the browser gets a new one without noticing, whatever it was doing.
func TestSessionRefresh(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.get(t, "/profil/").status(t, http.StatusOK)
	old := ana.cookies["__session"]
	site.clock.advance(time.Minute + 10*time.Second)
	if res := ana.follow(t, "/profil/"); res.StatusCode != http.StatusOK || ana.cookies["__session"] == old {
		t.Fatalf("after a minute: %d, token renewed: %t", res.StatusCode, ana.cookies["__session"] != old)
	}
	// A form that was open for longer comes back after a look at the sign-in page, with everything in it.
	site.clock.advance(5 * time.Minute)
	login := ana.upload(t, "/adauga-anunt/", bicycleForm(), picture(0)).location(t, http.StatusSeeOther)
	form := ana.follow(t, login).status(t, http.StatusOK).doc(t)
	form.Has(t, ".photos__item")
	ana.upload(t, "/adauga-anunt/", shownForm(t, form)).status(t, http.StatusSeeOther)
	site.wantRows(t, "listings", 1)
	site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 1)
	// A week later the refresh cookie still does, or the person signs in again: never an error.
	site.clock.advance(7 * 24 * time.Hour)
	if res := ana.follow(t, "/favorite/"); res.StatusCode != http.StatusOK {
		t.Errorf("after a week: %d", res.StatusCode)
	}
	// The old token alone is nothing any more.
	thief := site.visitor()
	thief.cookies["__session"] = old
	if res := thief.follow(t, "/api/v1/me"); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("expired token: %d", res.StatusCode)
	}
}

// follow gets a page and follows redirects as a browser does.
func (c *client) follow(t testing.TB, path string) *response {
	t.Helper()
	c = c.with("Accept", "text/html,*/*;q=0.8").with("Sec-Fetch-Dest", "document")
	for range 6 {
		res := c.get(t, path)
		loc := res.Header.Get("Location")
		if loc == "" {
			return res
		}
		u, err := url.Parse(loc)
		if err != nil || (u.Host != "" && u.Host != "localhost:8080") {
			t.Fatalf("%s leads to %q", path, loc)
		}
		path = u.RequestURI()
	}
	t.Fatalf("too many redirects, last to %q", path)
	return nil
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.get(t, "/auth/clerk/logout/").status(t, http.StatusOK).doc(t).Has(t, `main form[method=post][action="/auth/clerk/logout/"]`)
	ana.get(t, "/profil/").status(t, http.StatusOK)
	copied := site.visitor()
	for name, value := range ana.cookies {
		copied.cookies[name] = value
	}
	ana.post(t, "/auth/clerk/logout/", nil).status(t, http.StatusSeeOther)
	if ana.cookies["__session"] != "" {
		t.Error("the token is still in the browser")
	}
	ana.get(t, "/").doc(t).Has(t, "body", "Ai ieșit din cont")
	ana.get(t, "/profil/").location(t, http.StatusSeeOther)
	// The token is dead at once, in every tab and for whoever copied it.
	if res := copied.follow(t, "/profil/"); !strings.Contains(res.body, "Intră în cont") {
		t.Errorf("the old token still works: %d", res.StatusCode)
	}
	bearer := site.visitor().with("Authorization", "Bearer "+copied.cookies["__session"])
	bearer.get(t, "/api/v1/me").status(t, http.StatusUnauthorized)
	site.visitor().post(t, "/auth/clerk/logout/", nil).status(t, http.StatusSeeOther)
}

// TestForgedTokens: no made-up session is anybody's.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	token := site.as(t, "Ana").cookies["__session"]
	parts := strings.Split(token, ".")
	for _, forged := range []string{"x", "a.b.c", parts[0] + "." + parts[1] + ".", parts[0] + "." + parts[1] + "." + parts[2][1:], "eyJhbGciOiJub25lIn0." + parts[1] + ".", strings.Repeat("a", 9000),
		"\"", token + "x", "null", parts[1] + "." + parts[0] + "." + parts[2]} {
		thief := site.visitor()
		thief.cookies["__session"] = forged
		thief.cookies["__client_uat"] = "1"
		if res := thief.with("Authorization", "Bearer "+forged).get(t, "/api/v1/me"); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("forged token %.40q: %d", forged, res.StatusCode)
		}
		if res := thief.follow(t, "/profil/"); !strings.Contains(res.body, "Intră în cont") {
			t.Errorf("forged cookie %.40q: %d", forged, res.StatusCode)
		}
	}
	r := httptest.NewRequest(http.MethodGet, testOrigin+"/api/v1/me", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	res := site.visitor().do(t, r).status(t, http.StatusOK)
	if !strings.Contains(res.body, `"username":"ana-pop"`) || res.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%v %s", res.Header, res.body)
	}
}
