package clerkdev

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var testKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		panic(err)
	}
	return key
})

func open(t testing.TB, change func(*Options)) *Clerk {
	t.Helper()
	o := Options{Dir: t.TempDir(), Origin: "http://localhost:8080", Key: testKey()}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func (c *Clerk) post(path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "http://localhost:8080"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, cookie := range cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	return w
}

func cookieNamed(t testing.TB, cookies []*http.Cookie, name string) *http.Cookie {
	t.Helper()
	for _, cookie := range cookies {
		if cookie.Name == name {
			return cookie
		}
	}
	t.Fatalf("no cookie %s in %v", name, cookies)
	return nil
}

func TestSignInForm(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	w := c.post("/__clerk/sign-in", url.Values{
		"email": {" Ana@Exemplu.RO "}, "first_name": {"Ana\n Maria"}, "last_name": {"Pop"}, "redirect_url": {"/profil/?a=1"},
	})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/profil/?a=1" || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	cookies := w.Result().Cookies()
	for name, isHTTPOnly := range map[string]bool{
		"__session": false, "__session_" + c.suffix: false, "__client_uat": false, "__client_uat_" + c.suffix: false,
		"__refresh_" + c.suffix: true, "__client": true,
	} {
		cookie := cookieNamed(t, cookies, name)
		if cookie.HttpOnly != isHTTPOnly || cookie.Secure || cookie.Domain != "" || cookie.Path != "/" || cookie.SameSite != http.SameSiteLaxMode {
			t.Errorf("cookie %+v", cookie)
		}
	}
	if len(cookies) != 6 {
		t.Errorf("cookies %v", cookies)
	}
	a, ok := c.store.account(userID("ana@exemplu.ro"))
	if !ok || a.FirstName != "Ana Maria" || a.LastName != "Pop" {
		t.Errorf("account %+v", a)
	}
}

func TestSignInRefused(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	for _, email := range []string{"", "ana", "ana@", "@x.ro", "Ana <ana@x.ro>", "ana@x.ro, b@x.ro", "a b@x.ro", "ana@x.ro\r\nX: y", strings.Repeat("a", 300) + "@x.ro"} {
		w := c.post("/__clerk/sign-in", url.Values{"email": {email}, "redirect_url": {`/"><script>`}})
		if w.Code != http.StatusUnprocessableEntity || len(w.Result().Cookies()) != 0 {
			t.Errorf("%q: %d", email, w.Code)
		}
		body := w.Body.String()
		if !strings.Contains(body, `href="/auth/clerk/login/?redirect_url=%2F`) || strings.Contains(body, "<script") {
			t.Errorf("%q: %s", email, body)
		}
	}
	if w := c.post("/__clerk/sign-in", url.Values{"email": {"ana@x.ro"}, "first_name": {strings.Repeat("x", maxFormBytes)}}); w.Code == http.StatusSeeOther {
		t.Error("a huge form is accepted")
	}
	r := httptest.NewRequest(http.MethodGet, "/__clerk/sign-in?email=ana@x.ro", nil)
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET answers %d", w.Code)
	}
}

func TestSignInAgain(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	_, first, err := c.SignIn("ana@exemplu.ro", "Ana", "")
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := c.SignIn("ANA@exemplu.ro", "Maria", "Pop")
	if err != nil || first != second {
		t.Fatalf("%q became %q, %v", first, second, err)
	}
	if a, _ := c.store.account(first); a.FirstName != "Ana" || a.LastName != "Pop" {
		t.Errorf("account %+v", a)
	}
	if _, _, err := c.SignIn("nobody", "", ""); !errors.Is(err, ErrEmail) {
		t.Errorf("error %v", err)
	}

	// Another person in the same browser ends the session that was there.
	w := c.post("/__clerk/sign-in", url.Values{"email": {"b@x.ro"}})
	before := len(c.store.sessions)
	c.post("/__clerk/sign-in", url.Values{"email": {"c@x.ro"}}, w.Result().Cookies()...)
	if got := len(c.store.sessions); got != before {
		t.Errorf("%d sessions, want %d", got, before)
	}
}

func TestSignOutForm(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	cookies, _, err := c.SignIn("ana@exemplu.ro", "", "")
	if err != nil {
		t.Fatal(err)
	}
	w := c.post("/__clerk/sign-out", url.Values{"redirect_url": {"//evil.example"}}, cookies...)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" || len(c.store.sessions) != 0 {
		t.Errorf("%d %v, %d sessions", w.Code, w.Header(), len(c.store.sessions))
	}
	for _, name := range []string{"__session", "__session_" + c.suffix, "__refresh_" + c.suffix, "__client"} {
		if cookie := cookieNamed(t, w.Result().Cookies(), name); cookie.MaxAge >= 0 {
			t.Errorf("cookie %+v stays", cookie)
		}
	}
	if cookie := cookieNamed(t, w.Result().Cookies(), "__client_uat"); cookie.Value != "0" {
		t.Errorf("cookie %+v", cookie)
	}
}

func TestHandshakeStaysHere(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	tests := []struct {
		target string
		ok     bool
	}{
		{"http://localhost:8080/x/?a=1", true},
		{"http://127.0.0.1:8080/", true}, // the address that the browser used
		{"https://localhost:8080/", false},
		{"http://localhost:8081/", false},
		{"http://user@localhost:8080/", false},
		{"http://evil.example/", false},
		{"//localhost:8080/", false},
		{"/x", false},
		{"", false},
		{"javascript:alert(1)", false},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/__clerk/v1/client/handshake?format=nonce&redirect_url="+url.QueryEscape(tt.target), nil)
		w := httptest.NewRecorder()
		c.Handler().ServeHTTP(w, r)
		if ok := w.Code == http.StatusTemporaryRedirect && w.Header().Get("Location") == tt.target; ok != tt.ok {
			t.Errorf("%q: %d %q", tt.target, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestLocalPath(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/": "/", "/profil/?a=1#b": "/profil/?a=1#b", "/căutare/": "/căutare/",
		"": "/", "profil": "/", "//evil.example": "/", `/\evil.example`: "/", "/a\\b": "/", "/\t/evil.example": "/",
		"/\n/evil.example": "/", "https://evil.example": "/", "javascript:alert(1)": "/", "/%zz": "/", "/\x7f": "/", "/a\xff": "/",
	} {
		if got := localPath(in); got != want {
			t.Errorf("localPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzRedirect(f *testing.F) {
	for _, seed := range []string{"/", "//e", `/\e`, "/%2f/e", "/\t/e", "/./\\e", "/a?b=//c", "/\u2028", "/;//e", "/.//e"} {
		f.Add(seed)
	}
	base, err := url.Parse("http://localhost:8080/__clerk/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, target string) {
		w := httptest.NewRecorder()
		http.Redirect(w, httptest.NewRequest(http.MethodPost, base.String(), nil), localPath(target), http.StatusSeeOther)
		location := w.Header().Get("Location")
		if !strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") || strings.ContainsAny(location, "\\\t\r\n\x00") {
			t.Fatalf("%q leads to %q", target, location)
		}
		resolved, err := base.Parse(location)
		if err != nil || resolved.Host != base.Host {
			t.Fatalf("%q leads to %q: %v", target, location, err)
		}
	})
}

func TestRestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inDir := func(o *Options) { o.Dir, o.Key = dir, nil }
	before := open(t, inDir)
	cookies, id, err := before.SignIn("ana@exemplu.ro", "Ana", "Pop")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{keyFile, storeFile} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	after := open(t, inDir)
	if _, ok := after.store.account(id); !ok {
		t.Error("the account is lost")
	}
	if _, ok := after.store.find(cookieNamed(t, cookies, "__client").Value, "", time.Now()); !ok {
		t.Error("the session is lost")
	}
	first, err := before.jwks()
	if err != nil {
		t.Fatal(err)
	}
	second, err := after.jwks()
	if err != nil || fmt.Sprint(first) != fmt.Sprint(second) {
		t.Errorf("the key changed, %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("files left behind: %v, %v", left, err)
	}
}

func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{keyFile, storeFile} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("{broken"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := New(Options{Dir: dir, Origin: "http://localhost:8080"}); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, origin := range []string{"", "localhost:8080", "ftp://x"} {
		if _, err := New(Options{Dir: t.TempDir(), Origin: origin}); err == nil {
			t.Errorf("origin %q is accepted", origin)
		}
	}
}

// TestDiskFails holds that nobody is told "signed in" when it cannot be kept.
func TestDiskFails(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	c.store.path = filepath.Join(t.TempDir(), "gone", storeFile)
	w := c.post("/__clerk/sign-in", url.Values{"email": {"ana@exemplu.ro"}})
	if w.Code != http.StatusServiceUnavailable || len(w.Result().Cookies()) != 0 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	c := open(t, nil)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if _, _, err := c.SignIn(fmt.Sprintf("ana%d@exemplu.ro", i%10), "", ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	again, err := openStore(filepath.Dir(c.store.path))
	if err != nil || len(again.accounts) != 10 || len(again.sessions) != 40 {
		t.Errorf("%d accounts, %d sessions, %v", len(again.accounts), len(again.sessions), err)
	}
}

func TestSessionsAreBounded(t *testing.T) {
	t.Parallel()
	s, err := openStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for i := range maxSessions {
		id := fmt.Sprint("sess_", i)
		s.sessions[id] = storedSession{ID: id, CreatedAt: now.Add(time.Duration(i)), ExpiresAt: now.Add(time.Hour)}
	}
	if _, err := s.signIn(account{Email: "ana@exemplu.ro"}, storedSession{ID: "sess_new", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}, ""); err != nil {
		t.Fatal(err)
	}
	_, oldest := s.sessions["sess_0"]
	_, newest := s.sessions["sess_new"]
	if len(s.sessions) > maxSessions || oldest || !newest {
		t.Errorf("%d sessions, oldest %v, newest %v", len(s.sessions), oldest, newest)
	}
}

func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	now := time.Now()
	c := open(t, func(o *Options) { o.Now = func() time.Time { return now } })
	cookies, _, err := c.SignIn("ana@exemplu.ro", "", "")
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(sessionLifetime)
	if _, ok := c.store.find(cookieNamed(t, cookies, "__client").Value, "", now); ok {
		t.Error("still there after a week")
	}
}

func TestNonces(t *testing.T) {
	t.Parallel()
	n := &nonces{byID: map[string]pendingHandshake{}}
	now := time.Now()
	n.put("a", []string{"x=1"}, now)
	if got, ok := n.take("a", now); !ok || len(got) != 1 {
		t.Errorf("got %v %v", got, ok)
	}
	if _, ok := n.take("a", now); ok {
		t.Error("good for two uses")
	}
	n.put("b", nil, now)
	if _, ok := n.take("b", now.Add(nonceLifetime)); ok {
		t.Error("does not expire")
	}
	for i := range 3 * maxNonces {
		n.put(fmt.Sprint(i), nil, now)
	}
	if len(n.byID) > maxNonces {
		t.Errorf("%d nonces", len(n.byID))
	}
}
