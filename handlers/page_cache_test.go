package handlers

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func TestKeptPagesShowChangesAtOnce(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, visitor := site.as(t, "Ioana"), site.visitor()
	visitor.get(t, "/anunturi/").status(t, http.StatusOK).doc(t).HasNot(t, ".card")
	address := seller.upload(t, "/adauga-anunt/", bicycleForm()).location(t, http.StatusSeeOther)
	visitor.get(t, "/anunturi/").status(t, http.StatusOK).doc(t).Has(t, ".card", "1.250 lei")
	visitor.get(t, address).status(t, http.StatusOK)

	id := address[strings.LastIndex(address, "-")+1 : len(address)-1]
	form := bicycleForm()
	form.Set("pret", "900")
	seller.upload(t, "/anunt/"+id+"/editare/", form).status(t, http.StatusSeeOther)
	visitor.get(t, "/anunturi/").doc(t).Has(t, ".card", "900 lei")
	visitor.get(t, address).doc(t).Has(t, "main", "900 lei")
	seller.post(t, "/anunt/"+id+"/sterge/", nil).status(t, http.StatusSeeOther)
	visitor.get(t, "/anunturi/").doc(t).HasNot(t, ".card")
	visitor.get(t, address).status(t, http.StatusGone)
}

func TestKeptPagesAreForVisitorsOnly(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, visitor := site.as(t, "Ioana"), site.visitor()
	address := seller.upload(t, "/adauga-anunt/", bicycleForm()).location(t, http.StatusSeeOther)
	visitor.get(t, address).status(t, http.StatusOK)
	own := seller.get(t, address).status(t, http.StatusOK)
	if got := own.Header.Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("Cache-Control of a signed-in page: %q", got)
	}
	own.doc(t).Has(t, ".owner")
	again := visitor.get(t, address).status(t, http.StatusOK)
	again.doc(t).HasNot(t, ".owner")
	again.doc(t).HasNot(t, ".flash")

	whole := visitor.get(t, "/anunturi/").status(t, http.StatusOK)
	part := visitor.htmx().get(t, "/anunturi/").status(t, http.StatusOK)
	if !strings.Contains(whole.body, "<!doctype html>") || strings.Contains(part.body, "<!doctype html>") {
		t.Error("a kept page and its fragment were mixed up")
	}
	if part.Header.Get("HX-Push-Url") == "" {
		t.Error("a kept fragment lost its HX-Push-Url")
	}
	if vary := whole.Header.Get("Vary"); !strings.Contains(vary, "Cookie") || !strings.Contains(vary, "HX-Request-Type") || !strings.Contains(vary, "Accept-Encoding") {
		t.Errorf("Vary: %q", vary)
	}
}

func TestKeptPagesAreCompressedAndRevalidated(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()
	plain := visitor.get(t, "/anunturi/").status(t, http.StatusOK)
	for _, path := range []string{"/anunturi/", "/auth/clerk/login/"} { // kept and not kept
		plain := visitor.get(t, path).status(t, http.StatusOK)
		for encoding, open := range map[string]func(io.Reader) (io.Reader, error){
			"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
			"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		} {
			res := visitor.with("Accept-Encoding", encoding).get(t, path).status(t, http.StatusOK)
			if got := res.Header.Get("Content-Encoding"); got != encoding {
				t.Fatalf("%s: Content-Encoding %q, want %q", path, got, encoding)
			}
			r, err := open(bytes.NewReader([]byte(res.body)))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(r)
			if err != nil || len(body) != len(plain.body) || (path == "/anunturi/" && string(body) != plain.body) {
				t.Errorf("%s as %s differs from the plain page, %v", path, encoding, err)
			}
		}
	}
	etag := plain.Header.Get("ETag")
	if res := visitor.with("If-None-Match", etag).get(t, "/anunturi/").status(t, http.StatusNotModified); res.body != "" || etag == "" {
		t.Errorf("304 for ETag %q with a body of %d bytes", etag, len(res.body))
	}
	site.clock.advance(2 * time.Second)
	visitor.with("If-None-Match", etag).get(t, "/anunturi/").status(t, http.StatusNotModified)
}

func TestManyVisitorsAtOnce(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.as(t, "Ioana").upload(t, "/adauga-anunt/", bicycleForm()).status(t, http.StatusSeeOther)
	var g sync.WaitGroup
	for i := range 40 {
		g.Go(func() {
			path := []string{"/", "/anunturi/", "/categorii/biciclete/", "/anunturi/?q=nimic"}[i%4]
			if res := site.visitor().get(t, path); res.StatusCode != http.StatusOK || !strings.Contains(res.body, "</html>") {
				t.Errorf("%s: %d", path, res.StatusCode)
			}
		})
	}
	g.Wait()
}
