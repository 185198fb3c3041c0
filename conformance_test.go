package main

import (
	"context"
	"crypto/sha1" //nolint:gosec // Clerk names its cookies by SHA-1
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"piata.ro/models"
)

// instance is a running program with keys of a Clerk instance, and what a browser needs to know of both.
type instance struct {
	api      *backendAPI
	log      *output
	address  string // where it listens
	origin   string // what people see
	frontend string // the Frontend API's origin
	suffix   string
	isDev    bool
}

// emptyMarket is a database with schema and reference data, made once and copied.
var emptyMarket = sync.OnceValue(func() []byte {
	dir, err := os.MkdirTemp("", "piata-main-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store, err := models.Open(context.Background(), models.Options{DataDir: dir})
	if err != nil {
		panic(err)
	}
	if err := store.Close(); err != nil {
		panic(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "piata.db"))
	if err != nil {
		panic(err)
	}
	return data
})

// launch starts the program with keys: production ones behind a proxy that speaks https, development ones on localhost.
func launch(t *testing.T, isDev bool, settings map[string]string) *instance {
	t.Helper()
	dir := or(settings["DATA_DIR"], t.TempDir())
	file := filepath.Join(dir, "piata.db")
	if _, err := os.Stat(file); err != nil {
		if err := os.WriteFile(file, emptyMarket(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	i := &instance{api: newBackendAPI(t), isDev: isDev, frontend: "https://clerk.piata.example"}
	kind := "live"
	if isDev {
		kind, i.frontend = "test", "https://quick-heron-42.clerk.accounts.dev"
	}
	key := "pk_" + kind + "_" + base64.StdEncoding.EncodeToString([]byte(strings.TrimPrefix(i.frontend, "https://")+"$"))
	sum := sha1.Sum([]byte(key)) //nolint:gosec // see the import
	i.suffix = base64.URLEncoding.EncodeToString(sum[:])[:8]
	env := map[string]string{"PORT": "0", "HOST": "127.0.0.1", "DATA_DIR": dir, "CLERK_API_URL": i.api.URL, "CLERK_PUBLISHABLE_KEY": key,
		"CLERK_SECRET_KEY": "sk_" + kind + "_" + secretKey, "ADMIN_EMAILS": "sefa@example.com", "CLERK_WEBHOOK_SIGNING_SECRET": webhookSecret}
	if !isDev {
		i.origin = "https://piata.example"
		env["APP_URL"], env["TRUSTED_PROXIES"] = i.origin, "127.0.0.0/8"
	}
	maps.Copy(env, settings)
	r := start(t, env)
	i.address, i.log = r.url, r.log
	if isDev {
		i.origin = strings.Replace(r.url, "127.0.0.1", "localhost", 1)
	}
	return i
}

// claims of a good token.
func (i *instance) claims(changes object) object {
	now := time.Now().Unix()
	return object{"iss": i.frontend, "sub": goodUser, "sid": goodSess, "azp": i.origin, "iat": now, "nbf": now - 10, "exp": now + 60, "fva": []int{1, -1}}.with(changes)
}

func tokenHeader(changes object) object {
	return object{"alg": "RS256", "typ": "JWT", "kid": goodKid, "cat": "cl_B7d4PD111AAA"}.with(changes)
}

// token is a good one with changes to header and claims.
func (i *instance) token(header, claims object) string {
	return signed(signers()[0], tokenHeader(header), i.claims(claims))
}

// handshake is a handshake token with these directives.
func (i *instance) handshake(header object, directives ...string) string {
	return signed(signers()[0], tokenHeader(header), object{"handshake": directives})
}

// cookies of the un-suffixed set, with a development browser where one is needed.
func (i *instance) cookies(session, uat string) string {
	return i.set("", session, uat)
}

// suffixed cookies, likewise.
func (i *instance) suffixed(session, uat string) string {
	return i.set("_"+i.suffix, session, uat)
}

func (i *instance) set(suffix, session, uat string) string {
	var all []string
	for _, c := range [][2]string{{"__session", session}, {"__client_uat", uat}} {
		if c[1] != "" {
			all = append(all, c[0]+suffix+"="+c[1])
		}
	}
	if i.isDev {
		all = append(all, "__clerk_db_jwt"+suffix+"=dvb_1")
	}
	return strings.Join(all, "; ")
}

// ask sends one request as a browser loads a page; header changes that, an empty value removes a line.
func (i *instance) ask(t *testing.T, method, path, cookies string, header map[string]string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, i.address+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = strings.TrimPrefix(strings.TrimPrefix(i.origin, "https://"), "http://")
	r.Header.Set("Accept", "text/html,*/*")
	r.Header.Set("Sec-Fetch-Dest", "document")
	r.Header.Set("User-Agent", "conformance")
	if !i.isDev {
		r.Host = "127.0.0.1"
		r.Header.Set("X-Forwarded-Proto", "https")
		r.Header.Set("X-Forwarded-Host", "piata.example")
	}
	if cookies != "" {
		r.Header.Set("Cookie", cookies)
	}
	for name, value := range header {
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	res.Body = io.NopCloser(strings.NewReader(string(body)))
	return res
}

// row is one line of the decision table. The zero status is 200; 307 with a reason is a handshake, whose whole address is compared.
type row struct {
	name     string
	method   string // GET
	path     string // the profile, which only people who are signed in see
	cookies  string
	header   map[string]string
	status   int
	reason   string
	suffixed bool   // the choice, as the handshake tells it
	session  string // the token that the handshake takes along
	browser  string // the development browser's id, likewise
	location string // of other redirects
}

const loginFromProfile = "/auth/clerk/login/?redirect_url=%2Fprofil%2F"

// out is a row that ends signed out: the profile sends to the sign-in page.
func out(name, cookies, reason string) row {
	return row{name: name, cookies: cookies, status: http.StatusSeeOther, reason: reason, location: loginFromProfile}
}

// in is a row that ends signed in.
func in(name, cookies string) row { return row{name: name, cookies: cookies} }

// away is a row that ends in a handshake with the un-suffixed set.
func away(name, cookies, reason, session string) row {
	return row{name: name, cookies: cookies, status: http.StatusTemporaryRedirect, reason: reason, session: session, browser: "dvb_1"}
}

// awaySuffixed is the same with the suffixed set.
func awaySuffixed(name, cookies, reason, session string) row {
	r := away(name, cookies, reason, session)
	r.suffixed = true
	return r
}

// with changes the request of a row.
func (r row) with(name, value string) row {
	r.header = maps.Clone(r.header)
	if r.header == nil {
		r.header = map[string]string{}
	}
	r.header[name] = value
	return r
}

// check runs the row.
func (i *instance) check(t *testing.T, r row) {
	t.Helper()
	method, path, status := or(r.method, http.MethodGet), or(r.path, "/profil/"), r.status
	if status == 0 {
		status = http.StatusOK
	}
	res := i.ask(t, method, path, r.cookies, r.header)
	state := map[bool]string{true: "handshake", false: "signed-out"}[status == http.StatusTemporaryRedirect]
	if r.reason == "" {
		state = ""
	}
	if res.StatusCode != status || res.Header.Get("X-Clerk-Auth-Reason") != r.reason || res.Header.Get("X-Clerk-Auth-Status") != state {
		t.Errorf("%d %s (%s) to %q, want %d %s (%s)", res.StatusCode, res.Header.Get("X-Clerk-Auth-Status"), res.Header.Get("X-Clerk-Auth-Reason"),
			res.Header.Get("Location"), status, state, r.reason)
		return
	}
	counter := strings.Contains(strings.Join(res.Header["Set-Cookie"], "\n"), "__clerk_redirect_count=")
	if counter != (state == "handshake") {
		t.Errorf("Set-Cookie %q", res.Header["Set-Cookie"])
	}
	if state != "handshake" {
		if got := res.Header.Get("Cache-Control"); r.reason != "" && r.reason != visitor && !strings.Contains(got, "no-store") {
			t.Errorf("Cache-Control %q", got)
		}
		if r.location != "" && res.Header.Get("Location") != r.location {
			t.Errorf("leads to %q, want %q", res.Header.Get("Location"), r.location)
		}
		return
	}
	if got, want := res.Header.Get("Location"), i.handshakeAddress(r, withoutBrowser(path)); got != want {
		t.Errorf("leads to\n%s, want\n%s", got, want)
	}
	if got := res.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
}

func (i *instance) handshakeAddress(r row, path string) string {
	address := fmt.Sprintf("%s/v1/client/handshake?redirect_url=%s&__clerk_api_version=2025-04-10&suffixed_cookies=%t&__clerk_hs_reason=%s&format=nonce",
		i.frontend, url.QueryEscape(i.origin+path), r.suffixed, r.reason)
	if r.session != "" {
		address += "&__session=" + url.QueryEscape(r.session)
	}
	if i.isDev && r.browser != "" {
		address += "&__clerk_db_jwt=" + url.QueryEscape(r.browser)
	}
	return address
}

func or(given, fallback string) string {
	if given == "" {
		return fallback
	}
	return given
}

// checkAll runs rows; the counter of redirects is left out of them, so each stands for itself.
func (i *instance) checkAll(t *testing.T, rows []row) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { i.check(t, r) })
	}
}

// withoutBrowser is the path as the handshake returns to it.
func withoutBrowser(path string) string {
	return strings.NewReplacer("__clerk_db_jwt=dvb%202&", "", "&__dev_session=x", "").Replace(path)
}
