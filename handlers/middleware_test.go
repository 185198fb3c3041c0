package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	address, _ := seller.publish(t, bicycleForm(), picture(0))
	photo := seller.get(t, address).doc(t).Attr(".gallery img", "src")
	style := seller.get(t, "/").doc(t).Attr("link[rel=stylesheet]", "href")
	for _, path := range []string{"/", address, photo, style, "/nimic/", "/anunturi", "/profil/", "/api/v1/listings", "/api/v1/nimic", "/api/v1/me", "/feed.xml",
		"/healthz", "/readyz", "/static/nimic", "/foto/nimic", "/favicon.ico", "/robots.txt", "/auth/clerk/login/"} {
		res := site.visitor().get(t, path)
		for name, want := range map[string]string{
			"Content-Security-Policy": "script-src 'self'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Referrer-Policy": "strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy": "same-origin", "X-Request-Id": "",
		} {
			if got := res.Header.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s (%d): %s is %q", path, res.StatusCode, name, got)
			}
		}
		if csp := res.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if res.Header.Get("Server") != "" || res.Header.Get("X-Powered-By") != "" {
			t.Errorf("%s: %v", path, res.Header)
		}
		if strings.Contains(res.body, "<script>") || strings.Contains(res.body, " style=") || strings.Contains(res.body, " onclick=") {
			t.Errorf("%s has something inline", path)
		}
	}
}

func TestCrossSiteWrites(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	_, id := seller.publish(t, bicycleForm())
	writes := []string{"/adauga-anunt/", "/adauga-anunt/ciorna/", "/anunt/" + id + "/sterge/", "/anunt/" + id + "/editare/", "/favorite/toggle/" + id + "/",
		"/profil/editare/", "/auth/clerk/logout/", "/__clerk/sign-in", "/__clerk/sign-out"}
	for _, headers := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
		{"Origin": "http://localhost:8080.evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", "HX-Request": "true"},
		{"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example", "X-Http-Method-Override": "GET"},
	} {
		c := seller
		for name, value := range headers {
			c = c.with(name, value)
		}
		for _, path := range writes {
			if res := c.post(t, path, bicycleForm()); res.StatusCode != http.StatusForbidden {
				t.Errorf("%v POST %s: %d", headers, path, res.StatusCode)
			}
		}
	}
	site.wantRows(t, "listings WHERE status = 'active'", 1)
	site.wantRows(t, "favorites", 0)
	for _, headers := range []map[string]string{{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": testOrigin}, {}} {
		c := seller
		for name, value := range headers {
			c = c.with(name, value)
		}
		c.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
	}
	// Reading is allowed from anywhere.
	seller.with("Sec-Fetch-Site", "cross-site").get(t, "/").status(t, http.StatusOK)
}

// TestLastSlash: the right address is one redirect away, and never on another host.
func TestLastSlash(t *testing.T) {
	t.Parallel()
	visitor := newTestSite(t).visitor()
	for path, want := range map[string]string{
		"/anunturi":              "/anunturi/",
		"/anunturi?q=a%20b&x=1":  "/anunturi/?q=a%20b&x=1",
		"/anunt/bicicleta-1":     "/anunt/bicicleta-1/",
		"/nimic/nicaieri":        "/nimic/nicaieri/",
		"/utilizator/ana%20pop":  "/utilizator/ana%20pop/",
		"/anunt/1/editare":       "/anunt/1/editare/",
		"/utilizator/ana%0d%0aX": "/utilizator/ana%0d%0aX/",
	} {
		if got := visitor.get(t, path).location(t, http.StatusPermanentRedirect); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
	for _, path := range []string{"//evil.example", "//evil.example/x", "///evil.example", "/\\evil.example", "/%5Cevil.example/x", "/%2F/evil.example", "/%2fevil.example",
		"/.//evil.example", "/..//evil.example", "/x/..//evil.example", "/;/evil.example", "/https://evil.example"} {
		r := httptest.NewRequest(http.MethodGet, testOrigin+"/", nil)
		r.RequestURI = path // as it stands, not cleaned
		res := visitor.do(t, r)
		loc := res.Header.Get("Location")
		if u, err := url.Parse(loc); loc != "" && (err != nil || u.Host != "" || strings.HasPrefix(loc, "//") || strings.HasPrefix(loc, "/\\")) {
			t.Errorf("%s leads to %q", path, loc)
		}
		if res.StatusCode >= 500 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}

// TestForgedHost: what a client claims about the host and the scheme appears nowhere.
func TestForgedHost(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address, _ := site.as(t, "Ana").publish(t, bicycleForm())
	visitor := site.visitor().with("X-Forwarded-Host", "evil.example").with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "6.6.6.6").
		with("Forwarded", "host=evil.example").with("X-Original-URL", "/profil/").with("X-Rewrite-URL", "/profil/").with("X-Real-Ip", "6.6.6.6")
	for _, path := range []string{"/", address, "/anunturi/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/api/v1/listings", "/profil/", "/auth/clerk/login/", "/nimic/", "/anunturi"} {
		res := visitor.get(t, path)
		if strings.Contains(res.body, "evil.example") || strings.Contains(res.Header.Get("Location"), "evil.example") || res.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s believed a forged header", path)
		}
	}
	r := httptest.NewRequest(http.MethodGet, testOrigin+address, nil)
	r.Host = "evil.example"
	if res := site.visitor().do(t, r); strings.Contains(res.body, "evil.example") {
		t.Error("the page shows the Host header")
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address, _ := site.as(t, "Ana").publish(t, bicycleForm(), picture(0))
	photo := site.visitor().get(t, address).doc(t).Attr(".gallery img", "src")
	for _, path := range []string{"/", "/anunturi/", address, photo, "/nimic/", "/healthz", "/api/v1/listings", "/api/v1/nimic", "/feed.xml", "/robots.txt", "/profil/"} {
		get := site.visitor().get(t, path)
		head := site.visitor().do(t, httptest.NewRequest(http.MethodHead, testOrigin+path, nil))
		if head.StatusCode != get.StatusCode || head.body != "" || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d %q, GET: %d %q; body %q", path, head.StatusCode, head.Header.Get("Content-Type"), get.StatusCode, get.Header.Get("Content-Type"), head.body)
		}
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO", "QUERY"} {
		for _, path := range []string{"/", address, "/adauga-anunt/", "/nimic/"} {
			r := httptest.NewRequest(http.MethodGet, testOrigin+path, nil)
			r.Method = method
			res := site.visitor().do(t, r)
			if res.StatusCode < 400 || res.StatusCode > 501 || res.StatusCode == 500 {
				t.Errorf("%s %s: %d", method, path, res.StatusCode)
			}
		}
	}
}

// TestStrangeAddresses: nothing that stands in an address makes the server stumble.
func TestStrangeAddresses(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	odd := []string{"%00", "%ff%fe", "%0d%0aSet-Cookie:%20a=b", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", strings.Repeat("a", 8000), "%", "%zz", "😀", "'%20OR%201=1--", "{{.}}", "-", "--", "1-", "-0"}
	for _, format := range []string{"/anunt/*/", "/anunt/x-*/", "/anunt/*/editare/", "/categorii/*/", "/utilizator/*/", "/foto/*", "/foto/../*", "/static/*", "/static/../*", "/sitemap/*",
		"/api/v1/listings/*", "/api/v1/*", "/*/", "/*", "/anunturi/?q=*", "/anunturi/?dupa=*", "/anunturi/?*=*", "/adauga-anunt/?categorie=*", "/auth/clerk/login/?redirect_url=*",
		"/feed.xml?q=*", "/anunturi/?categorie=biciclete&atribut_marca=*&localitate=*", "/favorite/?dupa=*", "/profil/anunturi/?stare=*&dupa=*", "/__clerk/*"} {
		for _, o := range odd {
			path := strings.ReplaceAll(format, "*", o)
			r := httptest.NewRequest(http.MethodGet, testOrigin+"/", nil)
			r.RequestURI = path // as it stands, not cleaned
			res := ana.do(t, r)
			if res.StatusCode >= 500 || strings.Contains(res.body, "root:") || res.Header.Get("Set-Cookie") == "a=b" {
				t.Errorf("GET %.100s: %d", path, res.StatusCode)
			}
		}
	}
}

// TestPanic: a bug in one request is one 500 page that tells nothing, even when the bug is in the pages.
func TestPanic(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.server.photos = nil // what a bug would do
	check := func() {
		t.Helper()
		res := site.visitor().get(t, "/foto/"+strings.Repeat("a", 32)+"-800.jpg").status(t, http.StatusInternalServerError)
		res.doc(t).Has(t, "h1", "S-a stricat ceva la noi")
		if strings.Contains(res.body, "goroutine") || strings.Contains(res.body, "nil pointer") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v, body %.300q", res.Header, res.body)
		}
	}
	check()
	site.server.views = nil
	check()
	site.visitor().get(t, "/healthz").status(t, http.StatusOK)
}
