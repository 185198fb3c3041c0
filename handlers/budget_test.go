package handlers

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"piata.ro/internal/htmltest"
)

// Budgets of the first view, in compressed bytes.
const (
	htmlBudget   = 20 << 10
	cssBudget    = 20 << 10
	scriptBudget = 25 << 10
	firstFlight  = 14 << 10 // what a slow network brings at once
)

// packed returns what a browser receives for an address, still compressed.
func (c *client) packed(t testing.TB, path string) string {
	t.Helper()
	res := c.with("Accept-Encoding", "gzip").get(t, path).status(t, http.StatusOK)
	if res.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("%s came as %q", path, res.Header.Get("Content-Encoding"))
	}
	return res.body
}

func unpack(t testing.TB, packed string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal(err)
	}
	return string(body)
}

// TestBudgets: the first view, signed out, of pages with all that they can hold.
func TestBudgets(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.many(t, 60)
	address, _ := site.as(t, "Ana").publish(t, bicycleForm(), picture(0), picture(1))
	visitor := site.visitor()
	for _, path := range []string{"/", "/anunturi/", "/anunturi/?q=bicicleta&judet=CJ", "/categorii/biciclete/?aspect=lista", address} {
		packed := visitor.packed(t, path)
		if len(packed) > htmlBudget {
			t.Errorf("%s has %d bytes, more than %d", path, len(packed), htmlBudget)
		}
		page := unpack(t, packed)
		css, scripts := 0, 0
		for _, file := range subresources(page) {
			if !strings.HasPrefix(file, "/") || strings.HasPrefix(file, "//") {
				t.Errorf("%s loads %s from somebody else", path, file)
				continue
			}
			switch filepath.Ext(file) {
			case ".css":
				css += len(visitor.packed(t, file))
			case ".js":
				scripts += gzipped(t, visitor.get(t, file).body)
			}
		}
		if css == 0 || css > cssBudget {
			t.Errorf("%s: %d bytes of styles, more than %d", path, css, cssBudget)
		}
		if scripts += moduleBytes(t, visitor, page); scripts > scriptBudget {
			t.Errorf("%s: %d bytes of scripts, more than %d", path, scripts, scriptBudget)
		}
		t.Logf("%s: %d bytes of HTML, %d of styles, %d of scripts", path, len(packed), css, scripts)
	}
}

var subresource = regexp.MustCompile(`<(?:script|img|link rel="stylesheet")[^>]* (?:src|href)="([^"]+)"`)

// subresources lists what a page loads by itself.
func subresources(page string) []string {
	var files []string
	for _, m := range subresource.FindAllStringSubmatch(page, -1) {
		files = append(files, m[1])
	}
	return files
}

var (
	staticImport  = regexp.MustCompile(`(?m)^import (?:[^"]+ from )?"\./([^"]+)"`)
	dynamicImport = regexp.MustCompile(`on\("(.+)", \(\) => import\("\./([^"]+)"\)`)
)

// moduleBytes is the weight of the modules that a page loads beside app.js: those imported by every page and those for what it has.
func moduleBytes(t testing.TB, visitor *client, page string) int {
	t.Helper()
	root := regexp.MustCompile(`/static/[^/"]+/js/`).FindString(page)
	shown := htmltest.Parse(t, page)
	seen, sum := map[string]bool{}, 0
	var load func(name string)
	load = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		body := visitor.get(t, root+name).status(t, http.StatusOK).body
		if name != "app.js" { // counted with what the page names
			sum += gzipped(t, body)
		}
		for _, m := range staticImport.FindAllStringSubmatch(body, -1) {
			load(m[1])
		}
		for _, m := range dynamicImport.FindAllStringSubmatch(body, -1) {
			if shown.Find(m[1]).Length() > 0 {
				load(m[2])
			}
		}
	}
	load("app.js")
	return sum
}

func gzipped(t testing.TB, text string) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// TestFirstFlight: on a slow network a page is of use when its first 14 KB are there: the frame, the search and the first adverts.
func TestFirstFlight(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.many(t, 60)
	address, _ := site.as(t, "Ana").publish(t, bicycleForm(), picture(0), picture(1))
	for path, want := range map[string][]string{
		"/":                      {"form.search [name=q]", ".cats__tile"},
		"/anunturi/":             {"form.search [name=q]", ".card__title a", ".filters__form"},
		"/anunturi/?q=bicicleta": {"form.search [name=q]", ".card:nth-child(4) .card__price"},
		address:                  {".gallery img", ".listing__price", ".seller__name"},
	} {
		packed := site.visitor().packed(t, path)
		start := htmltest.Parse(t, unpack(t, packed[:min(len(packed), firstFlight)]))
		for _, selector := range append(want, "h1", ".awning", `a[href="/adauga-anunt/"]`) {
			start.Has(t, selector)
		}
	}
}
