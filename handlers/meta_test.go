package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestMachineFiles(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()
	robots := visitor.get(t, "/robots.txt").status(t, http.StatusOK)
	if !strings.HasPrefix(robots.Header.Get("Content-Type"), "text/plain") || !strings.Contains(robots.body, "Sitemap: "+testOrigin+"/sitemap.xml") {
		t.Errorf("robots: %v %s", robots.Header, robots.body)
	}
	var manifest struct {
		Name  string
		Start string `json:"start_url"`
		Icons []struct{ Src string }
	}
	res := visitor.get(t, "/manifest.webmanifest").status(t, http.StatusOK)
	if err := json.NewDecoder(strings.NewReader(res.body)).Decode(&manifest); err != nil || res.Header.Get("Content-Type") != "application/manifest+json" {
		t.Fatalf("manifest: %v %v", res.Header, err)
	}
	for _, icon := range manifest.Icons {
		if got := visitor.get(t, icon.Src).status(t, http.StatusOK).Header.Get("Content-Type"); got != "image/png" {
			t.Errorf("%s is %q", icon.Src, got)
		}
	}
	if manifest.Name == "" || manifest.Start != "/" || len(manifest.Icons) == 0 {
		t.Errorf("manifest %+v", manifest)
	}
	visitor.get(t, "/favicon.ico").status(t, http.StatusOK)
}

// TestReady: not before start-up work is done, not while the process is about to stop; health says only that it lives.
func TestReady(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()
	check := func(want int) {
		t.Helper()
		visitor.get(t, "/healthz").status(t, http.StatusOK)
		visitor.get(t, "/ajutor/").status(t, http.StatusOK)
		if res := visitor.get(t, "/readyz").status(t, want); res.Header.Get("Cache-Control") != "no-store" || (want == 503 && res.Header.Get("Retry-After") == "") {
			t.Errorf("headers %v", res.Header)
		}
	}
	check(http.StatusServiceUnavailable)
	site.server.MarkStarted()
	check(http.StatusOK)
	site.server.Drain()
	check(http.StatusServiceUnavailable)
}

// TestStatic: files under the present hash never change, under an old one they are asked for again, and nothing else is served.
func TestStatic(t *testing.T) {
	t.Parallel()
	visitor := newTestSite(t).visitor()
	doc := visitor.get(t, "/").status(t, http.StatusOK).doc(t)
	style := doc.Attr("link[rel=stylesheet]", "href")
	res := visitor.with("Accept-Encoding", "gzip, br").get(t, style).status(t, http.StatusOK)
	if got := res.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" || !strings.Contains(res.Header.Get("Vary"), "Accept-Encoding") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Errorf("headers %v", res.Header)
	}
	visitor.with("Accept-Encoding", "gzip, br").with("If-None-Match", res.Header.Get("Etag")).get(t, style).status(t, http.StatusNotModified)
	u, err := url.Parse(style)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(strings.TrimPrefix(u.Path, "/static/"), "/", 2)
	if res := visitor.get(t, "/static/0000000000/"+parts[1]); res.StatusCode == http.StatusOK && strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Error("a file under an old hash may be kept")
	}
	for _, path := range []string{"/static/", "/static/" + parts[0] + "/", "/static/" + parts[0] + "/../handlers/routes.go", "/static/" + parts[0] + "/..%2f..%2fgo.mod", "/static/" + parts[0] + "/css", "/static/" + parts[0] + "/%00"} {
		visitor.get(t, path).status(t, http.StatusNotFound)
	}
	if plain := visitor.with("Accept-Encoding", "identity").get(t, style); len(plain.body) < 1000 || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("plain style sheet: %d bytes, %v", len(plain.body), plain.Header)
	}
}
