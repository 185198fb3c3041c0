package handlers

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// TestServiceWorker: the script names its version and files that are there, and what it keeps is the same for everybody.
func TestServiceWorker(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()
	res := visitor.get(t, "/sw.js").status(t, http.StatusOK)
	if res.Header.Get("Cache-Control") != "no-cache" || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("headers %v", res.Header)
	}
	first, rest, _ := strings.Cut(res.body, "\n")
	if first != `const version = "`+site.server.assets.Hash()+`";` {
		t.Errorf("first line %q", first)
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(rest, "const shell = "), ";\n")
	var shell []string
	if err := json.Unmarshal([]byte(line), &shell); err != nil || len(shell) < 5 {
		t.Fatalf("%v in %s", err, line)
	}
	ana := site.as(t, "Ana")
	for _, address := range shell {
		body := visitor.get(t, address).status(t, http.StatusOK).body
		if !strings.HasPrefix(address, "/static/") && (!strings.Contains(body, "noindex") || ana.get(t, address).body == body) {
			t.Errorf("%s: the page of a signed-in person is no other, or machines may list it", address)
		}
	}
}

// A form that was kept on a shared phone is not sent by whoever is signed in there now.
func TestFormOfAnotherAccount(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
	form := shownForm(t, ana.get(t, "/adauga-anunt/").doc(t))
	if form.Get("cont") == "" {
		t.Fatal("the form does not say whose it is")
	}
	for name, values := range bicycleForm() {
		form[name] = values
	}
	dan.upload(t, "/adauga-anunt/", form).status(t, http.StatusForbidden)
	site.wantRows(t, "listings", 0)
	ana.upload(t, "/adauga-anunt/", form).status(t, http.StatusSeeOther)
	ana.upload(t, "/adauga-anunt/", form).status(t, http.StatusSeeOther)
	site.wantRows(t, "listings", 1)
}

func TestManifest(t *testing.T) {
	t.Parallel()
	visitor := newTestSite(t).visitor()
	var manifest struct {
		ID, Display string
		Icons       []struct{ Src, Sizes, Purpose string }
		Shortcuts   []struct{ Name, URL string }
	}
	if err := json.Unmarshal([]byte(visitor.get(t, "/manifest.webmanifest").status(t, http.StatusOK).body), &manifest); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, icon := range manifest.Icons {
		kinds[icon.Sizes+" "+icon.Purpose] = true
	}
	if !kinds["192x192 any"] || !kinds["512x512 any"] || !kinds["512x512 maskable"] || manifest.Display != "standalone" || manifest.ID != "/" {
		t.Errorf("manifest %+v", manifest)
	}
	for _, shortcut := range manifest.Shortcuts {
		if res := visitor.get(t, shortcut.URL); shortcut.Name == "" || res.StatusCode != http.StatusOK && res.StatusCode != http.StatusSeeOther {
			t.Errorf("shortcut %+v: %d", shortcut, res.StatusCode)
		}
	}
}
