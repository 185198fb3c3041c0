package auth

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"piata.ro/internal/clerkdev"
)

const testOrigin = "http://localhost:8080"

// testKey is made once: making RSA keys is slow. It is the key of every stand-in in these tests.
var testKey = sync.OnceValue(func() *rsa.PrivateKey { return mustKey(2048) })

// foreignKey belongs to nobody.
var foreignKey = sync.OnceValue(func() *rsa.PrivateKey { return mustKey(2048) })

func mustKey(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

// fakeClock is a time that tests move.
type fakeClock struct{ ns atomic.Int64 }

func newClock() *fakeClock {
	c := &fakeClock{}
	c.ns.Store(time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *fakeClock) Now() time.Time          { return time.Unix(0, c.ns.Load()).UTC() }
func (c *fakeClock) advance(d time.Duration) { c.ns.Add(int64(d)) }

// wire counts Backend API calls by path, and can be cut or taken over.
type wire struct {
	next http.RoundTripper

	mu    sync.Mutex
	calls map[string]int
	take  func(*http.Request) (*http.Response, error) // nil result: pass on
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.calls[r.URL.Path]++
	take := w.take
	w.mu.Unlock()
	if take != nil {
		if res, err := take(r); res != nil || err != nil {
			return res, err
		}
	}
	return w.next.RoundTrip(r)
}

func (w *wire) intercept(take func(*http.Request) (*http.Response, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.take = take
}

func (w *wire) cut() {
	w.intercept(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF })
}

func (w *wire) count(path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[path]
}

func (w *wire) total() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for count := range maps.Values(w.calls) {
		n += count
	}
	return n
}

func reply(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}
}

// site is an application with its Clerk.
type site struct {
	*Authenticator
	clerk *clerkdev.Clerk
	clock *fakeClock
	wire  *wire
}

type siteOption func(*clerkdev.Options, *Config)

func development(o *clerkdev.Options, _ *Config) { o.IsDevelopment = true }

func newSite(t testing.TB, options ...siteOption) *site {
	t.Helper()
	s := &site{clock: newClock()}
	o := clerkdev.Options{Dir: t.TempDir(), Origin: testOrigin, Now: s.clock.Now, Key: testKey()}
	cfg := Config{AppURL: testOrigin, ProxyURL: clerkdev.ProxyPath, Now: s.clock.Now}
	for _, option := range options {
		option(&o, &cfg)
	}
	var err error
	if s.clerk, err = clerkdev.New(o); err != nil {
		t.Fatal(err)
	}
	s.wire = &wire{next: s.clerk.Transport(), calls: map[string]int{}}
	cfg.PublishableKey, cfg.SecretKey = s.clerk.PublishableKey(), s.clerk.SecretKey()
	cfg.HTTPClient = &http.Client{Transport: s.wire}
	if s.Authenticator, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); s.clerk.Close() })
	return s
}

// signIn returns a browser in which this person is signed in.
func (s *site) signIn(t testing.TB, email string) *browser {
	t.Helper()
	cookies, _, err := s.clerk.SignIn(email, "Ana", "Pop")
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{site: s, jar: map[string]string{}}
	for _, cookie := range cookies {
		b.jar[cookie.Name] = cookie.Value
	}
	return b
}

// claims of a good token, with changes; a nil value removes a claim.
func (s *site) claims(changes map[string]any) map[string]any {
	now := s.clock.Now().Unix()
	claims := map[string]any{
		"iss": s.clerk.ProxyURL(), "sub": "user_1", "sid": "sess_1", "azp": testOrigin,
		"iat": now, "nbf": now - 10, "exp": now + 60,
	}
	return changed(claims, changes)
}

func header(changes map[string]any) map[string]any {
	return changed(map[string]any{"alg": "RS256", "typ": "JWT", "kid": clerkdev.KeyID}, changes)
}

func changed(m, changes map[string]any) map[string]any {
	for name, value := range changes {
		if value == nil {
			delete(m, name)
		} else {
			m[name] = value
		}
	}
	return m
}

func (s *site) mint(t testing.TB, head, claims map[string]any) string {
	t.Helper()
	token, err := s.clerk.Sign(header(head), s.claims(claims))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// browser keeps cookies as a browser would.
type browser struct {
	site *site
	jar  map[string]string
}

func (b *browser) header() string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(b.jar)) {
		pairs = append(pairs, name+"="+b.jar[name])
	}
	return strings.Join(pairs, "; ")
}

// store takes Set-Cookie lines.
func (b *browser) store(t testing.TB, lines []string) {
	t.Helper()
	for _, line := range lines {
		cookie, err := http.ParseSetCookie(line)
		if err != nil {
			t.Fatalf("Set-Cookie %q: %v", line, err)
		}
		switch {
		case cookie.Domain != "": // not this host's
		case cookie.MaxAge < 0:
			delete(b.jar, cookie.Name)
		default:
			b.jar[cookie.Name] = cookie.Value
		}
	}
}

// visit loads a page and keeps the cookies of the answer.
func (b *browser) visit(t testing.TB) Outcome {
	t.Helper()
	outcome := b.site.Authenticate(context.Background(), pageLoad(b.header()))
	b.store(t, outcome.SetCookies)
	return outcome
}

func pageLoad(cookies string) Request {
	return Request{
		Method: http.MethodGet, PublicURL: testOrigin + "/profil/?tab=1", CookieHeader: cookies,
		SecFetchDest: "document", Accept: "text/html", UserAgent: "test", RemoteIP: "127.0.0.1",
	}
}

// fetch is a request that may not be sent away.
func fetch(cookies string) Request {
	r := pageLoad(cookies)
	r.SecFetchDest, r.Accept = "empty", "*/*"
	return r
}

func check(t testing.TB, got Outcome, state State, reason Reason) {
	t.Helper()
	if got.State != state || got.Reason != reason {
		t.Errorf("got %s (%s), want %s (%s)", got.State, got.Reason, state, reason)
	}
	if (got.Session != nil) != (got.State == SignedIn) {
		t.Errorf("state %s with session %v", got.State, got.Session)
	}
}

// sessionCookies is a Cookie header with one token under both names and a client changed before it.
func (s *site) sessionCookies(token string) string {
	uat := s.clock.Now().Add(-time.Hour).Unix()
	return fmt.Sprintf("__session=%s; %s=%s; __client_uat=%d; %s=%d",
		token, s.names.session, token, uat, s.names.uat, uat)
}

func (b *bounded[K, V]) len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.young) + len(b.old)
}
