package handlers

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"database/sql"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assistant"
	"piata.ro/internal/auth"
	"piata.ro/internal/clerkdev"
	"piata.ro/internal/config"
	"piata.ro/internal/dbtest"
	"piata.ro/internal/htmltest"
	"piata.ro/internal/mail"
	"piata.ro/internal/photos"
	"piata.ro/models"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const testOrigin = "http://localhost:8080"

// testKey is shared by all tests: making an RSA key takes long.
var testKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// testSite is the whole site over a database of its own.
type testSite struct {
	server *Server
	app    *fiber.App
	store  *models.Store
	clerk  *clerkdev.Clerk
	clock  *testClock
	dir    string

	databaseURL string // "" for SQLite
}

// count returns the number that a query gives, asked past the store.
func (s *testSite) count(t testing.TB, query string) int {
	t.Helper()
	driver, address := "pgx", s.databaseURL
	if address == "" {
		driver, address = "sqlite", "file:"+filepath.Join(s.dir, "piata.db")+"?mode=ro"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var n int
	if err := db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// wantRows fails the test unless the table has so many rows.
func (s *testSite) wantRows(t testing.TB, table string, want int) {
	t.Helper()
	if n := s.count(t, "SELECT count(*) FROM "+table); n != want {
		t.Errorf("%s has %d rows, want %d", table, n, want)
	}
}

// testClock is a clock that tests set.
type testClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *testClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// siteParts are what a test site is made of.
type siteParts struct {
	config    config.Config
	photos    photos.Options
	storage   photos.Storage
	clerk     clerkdev.Options
	auth      auth.Config
	assistant *assistant.Assistant
	mail      *mail.Sender                                   // nil sends none
	wire      func(next http.RoundTripper) http.RoundTripper // to the Backend API; nil for the plain one
}

// withKeys is the site with keys of Clerk's: there are no pages of the stand-in, which goes on answering for the Backend API.
func withKeys(change func(*siteParts)) siteOption {
	return func(p *siteParts) {
		p.config.Clerk.SecretKey = "sk_live_local"
		p.auth.ProxyURL = ""
		if change != nil {
			change(p)
		}
	}
}

// siteOption alters a test site before it is made.
type siteOption func(*siteParts)

// onDatabase is the site over the database of dbtest.Each.
func onDatabase(databaseURL string) siteOption {
	return func(p *siteParts) { p.config.DatabaseURL = databaseURL }
}

func newTestSite(t testing.TB, options ...siteOption) *testSite {
	t.Helper()
	site := &testSite{clock: &testClock{at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}, dir: t.TempDir()}
	disk, err := photos.NewDisk(filepath.Join(site.dir, "photos"))
	if err != nil {
		t.Fatal(err)
	}
	parts := siteParts{
		config:  config.Config{AppURL: testOrigin, Host: "127.0.0.1", DataDir: site.dir, RateLimits: true},
		photos:  photos.Options{TempDir: disk.TempDir()},
		storage: disk,
		clerk:   clerkdev.Options{Dir: site.dir, Origin: testOrigin, Now: site.clock.now, Key: testKey()},
		auth:    auth.Config{ProxyURL: clerkdev.ProxyPath, AppURL: testOrigin, Now: site.clock.now},
	}
	for _, o := range options {
		o(&parts)
	}
	cfg := parts.config
	site.databaseURL = cfg.DatabaseURL
	log := slog.New(slog.NewTextHandler(testLog{t}, nil))
	if cfg.DatabaseURL == "" {
		copyFile(t, emptyMarket(), filepath.Join(site.dir, "piata.db"))
	}
	if site.store, err = models.Open(context.Background(), models.Options{DatabaseURL: cfg.DatabaseURL, DataDir: site.dir, Now: site.clock.now, Logger: log}); err != nil {
		t.Fatal(err)
	}
	processor := photos.New(parts.storage, parts.photos)
	if site.clerk, err = clerkdev.New(parts.clerk); err != nil {
		t.Fatal(err)
	}
	parts.auth.PublishableKey, parts.auth.SecretKey = site.clerk.PublishableKey(), site.clerk.SecretKey()
	parts.auth.HTTPClient = &http.Client{Transport: site.clerk.Transport()}
	if parts.wire != nil {
		parts.auth.HTTPClient.Transport = parts.wire(site.clerk.Transport())
	}
	authenticator, err := auth.New(parts.auth)
	if err != nil {
		t.Fatal(err)
	}
	pages := site.clerk.Handler()
	if !cfg.Local() {
		cfg.Clerk.PublishableKey, pages = site.clerk.PublishableKey(), nil
	}
	base, cancel := context.WithCancel(context.Background())
	site.server, err = New(base, Deps{Config: cfg, Store: site.store, Auth: authenticator, Local: pages, Photos: processor, Mail: parts.mail, Assistant: parts.assistant,
		Views: os.DirFS("../views"), Static: os.DirFS("../static"), Now: site.clock.now, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	site.server.searchTime, site.server.relaxTime, site.server.facetTime = time.Minute, time.Minute, time.Minute // machines that test may be slow
	site.server.asideTime = time.Minute
	site.app = site.server.App()
	t.Cleanup(func() {
		cancel()
		site.server.Wait()
		authenticator.Close()
		site.clerk.Close()
		if err := site.store.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return site
}

// emptyMarket is a database with the schema and the reference data, made once: loading them takes longer than most tests.
var emptyMarket = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "piata-handlers-")
	if err != nil {
		panic(err)
	}
	dbtest.AtEnd(func() { _ = os.RemoveAll(dir) })
	store, err := models.Open(context.Background(), models.Options{DataDir: dir})
	if err != nil {
		panic(err)
	}
	if err := store.Close(); err != nil {
		panic(err)
	}
	return filepath.Join(dir, "piata.db")
})

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// testLog shows the server's errors in the test's output.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("level=ERROR")) {
		l.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

// client is a browser: it keeps cookies between requests. The zero Header adds nothing.
type client struct {
	site    *testSite
	cookies map[string]string
	header  http.Header
}

func (s *testSite) visitor() *client {
	return &client{site: s, cookies: map[string]string{}, header: http.Header{}}
}

// as returns the browser of somebody who is signed in.
func (s *testSite) as(t testing.TB, name string) *client {
	t.Helper()
	cookies, _, err := s.clerk.SignIn(strings.ToLower(name)+"@example.com", name, "Pop")
	if err != nil {
		t.Fatal(err)
	}
	c := s.visitor()
	for _, cookie := range cookies {
		c.cookies[cookie.Name] = cookie.Value
	}
	return c
}

// htmx returns the same browser asking for fragments.
func (c *client) htmx() *client {
	return c.with("HX-Request", "true").with("HX-Request-Type", "partial")
}

func (c *client) with(name, value string) *client {
	header := c.header.Clone()
	header.Set(name, value)
	return &client{site: c.site, cookies: c.cookies, header: header}
}

func (c *client) get(t testing.TB, path string) *response {
	t.Helper()
	return c.do(t, httptest.NewRequest(http.MethodGet, testOrigin+path, nil))
}

func (c *client) post(t testing.TB, path string, form url.Values) *response {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, testOrigin+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(t, r)
}

// upload posts a multipart form with files in the field fotografii.
func (c *client) upload(t testing.TB, path string, form url.Values, files ...[]byte) *response {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range form {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, data := range files {
		part, err := w.CreateFormFile("fotografii", "IMG_0001.jpg")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, testOrigin+path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return c.do(t, r)
}

func (c *client) do(t testing.TB, r *http.Request) *response {
	t.Helper()
	r.RequestURI = strings.TrimPrefix(r.RequestURI, testOrigin) // as a browser sends it
	for name, values := range c.header {
		r.Header[name] = values
	}
	var cookies []string
	for name, value := range c.cookies {
		cookies = append(cookies, name+"="+value)
	}
	if len(cookies) > 0 {
		r.Header.Set("Cookie", strings.Join(cookies, "; "))
	}
	res, err := c.site.app.Test(r, 30_000)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		if cookie.MaxAge < 0 || (!cookie.Expires.IsZero() && cookie.Expires.Before(time.Now())) {
			delete(c.cookies, cookie.Name)
		} else {
			c.cookies[cookie.Name] = cookie.Value
		}
	}
	return &response{Response: res, body: string(body)}
}

// response is an answer with its body read.
type response struct {
	*http.Response
	body string
}

func (r *response) status(t testing.TB, want int) *response {
	t.Helper()
	if r.StatusCode != want {
		t.Fatalf("%s %s: status %d, want %d; Location %q; body: %.800s", r.Request.Method, r.Request.URL, r.StatusCode, want, r.Header.Get("Location"), r.body)
	}
	return r
}

func (r *response) doc(t testing.TB) htmltest.Doc {
	t.Helper()
	return htmltest.Parse(t, r.body)
}

// location returns where a redirect leads.
func (r *response) location(t testing.TB, status int) string {
	t.Helper()
	r.status(t, status)
	return r.Header.Get("Location")
}

// bicycleForm is a good form; tests alter it.
func bicycleForm() url.Values {
	return url.Values{
		"categorie": {"biciclete"}, "titlu": {"Bicicletă Pegas de oraș"}, "descriere": {"Cadru de oțel, frâne noi, folosită două veri."},
		"pret": {"1.250"}, "moneda": {"RON"}, "judet": {"CJ"}, "localitate": {"Turda"},
		"atribut_tip": {"Oraș"}, "atribut_roata": {"28"}, "atribut_stare": {"Bună"},
	}
}
