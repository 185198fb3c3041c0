package handlers

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestIndexing: machines are shown a category, a county and both; all else says which of these it is a view of.
func TestIndexing(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, visitor := site.as(t, "Ana"), site.visitor()
	address, _ := seller.publish(t, bicycleForm())
	tests := []struct {
		path, canonical string
		index           bool
	}{
		{"/", "/", true},
		{"/anunturi/", "/anunturi/", true},
		{"/anunturi/?judet=CJ", "/anunturi/?judet=CJ", true},
		{"/anunturi/?judet=CJ&utm_source=x", "/anunturi/?judet=CJ", true},
		{"/anunturi/?judet=CJ&q=", "/anunturi/?judet=CJ", true},
		{"/categorii/biciclete/", "/categorii/biciclete/", true},
		{"/anunturi/?categorie=biciclete", "/categorii/biciclete/", true},
		{"/categorii/biciclete/?judet=CJ", "/categorii/biciclete/?judet=CJ", true},
		{"/categorii/biciclete/?judet=IS", "/categorii/biciclete/?judet=IS", false}, // nothing there
		{"/anunturi/?q=pegas", "/anunturi/", false},
		{"/anunturi/?judet=CJ&localitate=Turda", "/anunturi/?judet=CJ", false},
		{"/categorii/biciclete/?pret_min=100", "/categorii/biciclete/", false},
		{"/categorii/biciclete/?sort=ieftine", "/categorii/biciclete/", false},
		{"/categorii/biciclete/?atribut_tip=Ora%C8%99&judet=CJ", "/categorii/biciclete/?judet=CJ", false},
		{"/adauga-anunt/", "", false},
		{"/ajutor/", "/ajutor/", true},
		{address, address, true},
	}
	for _, tt := range tests {
		client := visitor
		if tt.canonical == "" {
			client = seller
		}
		doc := client.get(t, tt.path).status(t, http.StatusOK).doc(t)
		if index := doc.Find(`meta[name=robots][content=noindex]`).Length() == 0; index != tt.index {
			t.Errorf("%s: indexed is %v, want %v", tt.path, index, tt.index)
		}
		if tt.canonical != "" && doc.Attr("link[rel=canonical]", "href") != testOrigin+tt.canonical {
			t.Errorf("%s: canonical %q, want %s", tt.path, doc.Attr("link[rel=canonical]", "href"), tt.canonical)
		}
		if !tt.index {
			continue
		}
		if title, description := doc.Find("title").Text(), doc.Attr("meta[name=description]", "content"); !strings.Contains(title, "Piața.ro") || len(description) < 40 || len([]rune(description)) > 170 {
			t.Errorf("%s: title %q, description %q", tt.path, title, description)
		}
		for _, property := range []string{"og:title", "og:description", "og:url", "og:type", "og:image:alt"} {
			if doc.Attr(`meta[property="`+property+`"]`, "content") == "" {
				t.Errorf("%s lacks %s", tt.path, property)
			}
		}
	}
	robots := visitor.get(t, "/robots.txt").status(t, http.StatusOK).body
	for _, rule := range []string{"Disallow: /*?*atribut_\n", "Disallow: /*?*dupa=\n", "Disallow: /profil/\n"} {
		if !strings.Contains(robots, rule) {
			t.Errorf("robots.txt lacks %q", rule)
		}
	}
}

func TestSecurityTxt(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	res := site.visitor().get(t, "/.well-known/security.txt").status(t, http.StatusOK)
	fields := map[string]string{}
	for line := range strings.Lines(res.body) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || fields[name] != "" {
			t.Errorf("line %q", line)
		}
		fields[name] = value
	}
	expires, err := time.Parse(time.RFC3339, fields["Expires"])
	if left := expires.Sub(site.clock.now()); err != nil || left <= 30*24*time.Hour || left > 365*24*time.Hour {
		t.Errorf("expires %v, %v", expires, err)
	}
	if fields["Contact"] != testOrigin+"/contact/" || fields["Canonical"] != testOrigin+"/.well-known/security.txt" || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("fields %v, %v", fields, res.Header)
	}
}

// The sitemap names the first photo of a listing, and when it changed.
func TestSitemapImages(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	seller.publish(t, bicycleForm(), picture(0))
	seller.publish(t, with(bicycleForm(), "titlu", "Fără fotografii"))
	body := site.visitor().get(t, "/sitemap/anunturi-1.xml").status(t, http.StatusOK).body
	if strings.Count(body, "<image:image><image:loc>"+testOrigin+"/foto/") != 1 || strings.Count(body, "<lastmod>2026-11-23T12:00:00Z</lastmod>") != 2 ||
		!strings.Contains(body, `xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"`) {
		t.Error(body)
	}
	_, address, _ := strings.Cut(body, "<image:loc>"+testOrigin)
	address, _, _ = strings.Cut(address, "<")
	site.visitor().get(t, address).status(t, http.StatusOK)
}
