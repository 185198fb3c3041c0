package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestNoAssistantNoTrace looks at every page, without a key and with one.
func TestNoAssistantNoTrace(t *testing.T) {
	t.Parallel()
	without := newTestSite(t)
	with, _ := chatSite(t, saying("x"))
	for _, site := range []*testSite{without, with} {
		speaks := everyPage(t, site)
		if site == without && len(speaks) > 0 {
			t.Errorf("speak of the assistant: %q", speaks)
		}
		for _, path := range []string{"/", "/ajutor/", "/politica-confidentialitate/", "/profil/"} {
			if site == with && !slices.Contains(speaks, path) {
				t.Errorf("%s does not lead to the assistant", path)
			}
		}
	}
	for _, path := range []string{"/chat/", "/chat", "/chat/1/sterge/", "/chat/raspuns/1/parere/", "/chat/raspuns/1/ciorna/", "/adauga-anunt/imbunatateste/"} {
		without.as(t, "Ana").post(t, path, ask("x")).status(t, map[bool]int{true: 404, false: 308}[strings.HasSuffix(path, "/")])
	}
	without.visitor().get(t, "/chat/").status(t, 404)
	with.visitor().get(t, "/chat/").status(t, 200).doc(t).Has(t, "form[action='/chat/'] textarea[name=mesaj]")
}

// everyPage asks for all there is to get, with something on every page, and returns the addresses whose answers speak of the assistant.
func everyPage(t *testing.T, site *testSite) []string {
	t.Helper()
	ana, visitor := site.as(t, "Ana"), site.visitor()
	listing, _ := ana.publish(t, bicycleForm())
	site.as(t, "Dan").post(t, "/trimite-mesaj/1/", url.Values{"mesaj": {"Bună, mai e bicicleta?"}}).status(t, 303)
	parts := strings.NewReplacer(":ref", strings.Split(listing, "/")[2], ":id", "1", ":slug", "biciclete", ":username", "ana-pop")
	paths := []string{"/nu-exista/", "/anunturi/?q=zzz", "/verifica-link/?link=fancourier.ro"}
	for _, route := range site.app.GetRoutes(true) {
		if path := parts.Replace(route.Path); route.Method == http.MethodGet && !strings.ContainsAny(path, ":*") && !strings.HasPrefix(path, "/flux") && !strings.HasPrefix(path, "/chat/") {
			paths = append(paths, path)
		}
	}
	if len(paths) < 50 {
		t.Errorf("only %d addresses", len(paths))
	}
	var speaks []string
	for _, path := range paths {
		for _, c := range []*client{ana, visitor} {
			body := strings.ToLower(c.get(t, path).body)
			if strings.Contains(body, "/chat/") || strings.Contains(body, "asistent") || strings.Contains(body, "hx-sse") {
				speaks = append(speaks, path)
			}
		}
	}
	return speaks
}
