package handlers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"piata.ro/internal/apperr"
	"piata.ro/internal/dbtest"
	"piata.ro/internal/photos"
)

func TestErrorForms(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()

	page := visitor.get(t, "/anunt/dacia-logan-rosie-999/").status(t, http.StatusNotFound)
	doc := page.doc(t)
	doc.Has(t, "h1", "Nu am găsit pagina")
	doc.Has(t, "header form[role=search], form[role=search]")
	if got := doc.Attr(".oops__search [name=q]", "value"); got != "dacia logan rosie" {
		t.Errorf("offers a search for %q", got)
	}
	doc.Has(t, ".oops__id code", page.Header.Get("X-Request-Id"))
	doc.Has(t, "meta[name=robots]")

	fragment := visitor.htmx().get(t, "/nimic/").status(t, http.StatusNotFound)
	fragment.doc(t).Has(t, "[role=alert]", "Nu am găsit pagina")
	if strings.Contains(fragment.body, "<html") || !strings.Contains(fragment.Header.Get("Vary"), "HX-Request") {
		t.Errorf("not a fragment: %v %.200s", fragment.Header, fragment.body)
	}
	if restored := visitor.htmx().with("HX-History-Restore-Request", "true").get(t, "/nimic/"); !strings.Contains(restored.body, "<html") {
		t.Error("a history restore got a fragment")
	}

	for _, path := range []string{"/api/v1/nimic", "/api/v1/listings/999", "/api/v1/listings/abc", "/api/v1/listings/999999999999999999999", "/api/v1/me", "/api/v1/listings?categorie=nimic"} {
		res := visitor.get(t, path)
		var problem struct {
			Type, Title, Detail string
			Status              int
			RequestID           string `json:"request_id"`
		}
		if err := json.Unmarshal([]byte(res.body), &problem); err != nil || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Fatalf("%s: %q, %v", path, res.Header.Get("Content-Type"), err)
		}
		if problem.Status != res.StatusCode || res.StatusCode < 400 || problem.Detail == "" || problem.RequestID != res.Header.Get("X-Request-Id") {
			t.Errorf("%s: %d %+v", path, res.StatusCode, problem)
		}
	}
}

// TestSignedOut: pages lead to sign-in, fragments and programs are told.
func TestSignedOut(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	_, id := site.as(t, "Ana").publish(t, bicycleForm())
	visitor := site.visitor()
	for _, path := range []string{"/adauga-anunt/", "/adauga-anunt/?categorie=biciclete", "/anunt/" + id + "/editare/", "/profil/", "/profil/editare/", "/profil/anunturi/", "/favorite/"} {
		want := "/auth/clerk/login/?redirect_url=" + url.QueryEscape(path)
		if got := visitor.get(t, path).location(t, http.StatusSeeOther); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
	heart := visitor.htmx().with("HX-Current-URL", testOrigin+"/anunturi/?q=a").post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusUnauthorized)
	if got := heart.Header.Get("HX-Redirect"); got != "/auth/clerk/login/?redirect_url=%2Fanunturi%2F%3Fq%3Da" {
		t.Errorf("htmx is sent to %q", got)
	}
	for _, forged := range []string{"https://evil.example//evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", "%"} {
		res := visitor.htmx().with("HX-Current-URL", forged).post(t, "/favorite/toggle/"+id+"/", nil)
		if got := res.Header.Get("HX-Redirect"); strings.Contains(got, "evil.example") && !strings.HasPrefix(got, "/auth/clerk/login/?redirect_url=%2F") || strings.Contains(got, "%2F%2Fevil") {
			t.Errorf("forged page %q: htmx is sent to %q", forged, got)
		}
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err    error
		status int
	}{
		{errors.New("secret detail"), 500},
		{fmt.Errorf("select: %w", context.DeadlineExceeded), 503},
		{context.Canceled, 503},
		{fmt.Errorf("store photo: %w", photos.ErrNoSpace), 507},
		{fmt.Errorf("wrapped: %w", apperr.New(apperr.NotFound, "Nu e.")), 404},
		{apperr.Wrap(apperr.Unavailable, "Revenim.", syscall.ECONNREFUSED), 503},
		{apperr.New(apperr.TooLarge, ""), 413},
	} {
		status, message := describe(tt.err)
		if status != tt.status || strings.Contains(message, "secret") || strings.Contains(message, "refused") {
			t.Errorf("describe(%v) = %d, %q; want %d", tt.err, status, message, tt.status)
		}
	}
	for kind := apperr.Internal; kind <= apperr.NoSpace; kind++ {
		if statusOf[kind] == 0 {
			t.Errorf("kind %d has no status", kind)
		}
	}
}

// TestDatabaseGone: while the database does not answer, every page says to come back, and nothing of the reason.
func TestDatabaseGone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		site.server.MarkStarted()
		seller := site.as(t, "Ana")
		address, id := seller.publish(t, bicycleForm())
		if databaseURL == "" {
			if err := site.store.Close(); err != nil {
				t.Fatal(err)
			}
		} else {
			dropDatabase(t, databaseURL)
		}
		check := func(res *response) {
			t.Helper()
			if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
				t.Errorf("%s %s: %d, Retry-After %q", res.Request.Method, res.Request.URL.Path, res.StatusCode, res.Header.Get("Retry-After"))
			}
			if strings.Contains(res.body, "sql") || strings.Contains(res.body, "closed") || strings.Contains(res.body, "piata_test") {
				t.Errorf("%s: the answer tells the reason", res.Request.URL.Path)
			}
		}
		for _, path := range []string{"/", address, "/anunturi/?q=pegas", "/readyz", "/feed.xml", "/sitemap.xml", "/api/v1/listings", "/api/v1/listings/" + id, "/utilizator/ana-pop/", "/categorii/biciclete/"} {
			check(site.visitor().get(t, path))
		}
		check(seller.get(t, "/favorite/"))
		check(seller.post(t, "/adauga-anunt/", bicycleForm()))
		check(site.visitor().post(t, "/adauga-anunt/ciorna/", bicycleForm()))
		site.visitor().get(t, "/healthz").status(t, http.StatusOK)
		site.visitor().get(t, "/robots.txt").status(t, http.StatusOK)
		site.visitor().get(t, "/despre-noi/").status(t, http.StatusOK)
	})
}

// dropDatabase takes a Postgres database away under those who use it.
func dropDatabase(t testing.TB, databaseURL string) {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	u.Path = "/postgres"
	db, err := sql.Open("pgx", u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		t.Fatal(err)
	}
}

func FuzzWordsOfPath(f *testing.F) {
	for _, seed := range []string{"/anunt/dacia-logan-17/", "/", "//", "/%ff", "/a/b/c.html", "/\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if words := wordsOfPath(path); len([]rune(words)) > 60 || strings.ContainsAny(words, "/\x00\n") {
			t.Errorf("wordsOfPath(%q) = %q", path, words)
		}
	})
}

// TestWordsOfLostAddress: a page that is not there shows what its words find, to people.
func TestWordsOfLostAddress(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address, _ := site.as(t, "Ioana").publish(t, bicycleForm())
	const lost = "/anunt/bicicleta-999/"
	person := site.visitor().with("User-Agent", phoneAgent)
	found := person.get(t, lost).status(t, http.StatusNotFound).doc(t)
	found.Has(t, ".oops__found .card a[href='"+address+"']")
	person.get(t, "/wp-login.php/").status(t, http.StatusNotFound).doc(t).HasNot(t, ".oops__found")
	site.visitor().with("User-Agent", "Googlebot/2.1").get(t, lost).status(t, http.StatusNotFound).doc(t).HasNot(t, ".oops__found")

	for range maxGuesses {
		site.server.guesses <- struct{}{}
	}
	person.get(t, lost).status(t, http.StatusNotFound).doc(t).HasNot(t, ".oops__found")
	for range maxGuesses {
		<-site.server.guesses
	}
	site.server.searchTime = 0
	person.get(t, lost).status(t, http.StatusNotFound).doc(t).HasNot(t, ".oops__found")
}
