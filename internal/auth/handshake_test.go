package auth

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/clerkdev"
)

func TestHandshakeLocation(t *testing.T) {
	t.Parallel()
	production := newSite(t)
	dev := newSite(t, development, func(_ *clerkdev.Options, c *Config) { c.ProxyURL = "http://localhost:8080/__clerk//" })
	direct := newSite(t, func(_ *clerkdev.Options, c *Config) { c.ProxyURL = "" })
	token := production.mint(t, nil, nil)
	query := "redirect_url=http%%3A%%2F%%2Flocalhost%%3A8080%%2Fprofil%%2F%%3Ftab%%3D1&__clerk_api_version=2025-04-10&suffixed_cookies=%s&__clerk_hs_reason=%s&format=nonce%s"
	tests := []struct {
		name, url, cookies, want string
		site                     *site
	}{
		{"production", "", "__session=" + token, testOrigin + "/__clerk/v1/client/handshake?" +
			fmt.Sprintf(query, "false", ReasonSessionWithoutUAT, "&__session="+token), production},
		{"suffixed", "", production.names.uat + "=5", testOrigin + "/__clerk/v1/client/handshake?" +
			fmt.Sprintf(query, "true", ReasonUATWithoutSession, ""), production},
		{"the path is of the address in use", "http://127.0.0.1:8080/x/", production.names.uat + "=5", "http://127.0.0.1:8080/__clerk/v1/client/handshake?" +
			strings.Replace(fmt.Sprintf(query, "true", ReasonUATWithoutSession, ""), "localhost%3A8080%2Fprofil%2F%3Ftab%3D1", "127.0.0.1%3A8080%2Fx%2F", 1), production},
		{"no proxy", "", direct.names.uat + "=5", "https://clerk.localhost/v1/client/handshake?" +
			fmt.Sprintf(query, "true", ReasonUATWithoutSession, ""), direct},
		{"development", testOrigin + "/profil/?tab=1&__clerk_db_jwt=d%201&__dev_session=y", "", testOrigin + "/__clerk/v1/client/handshake?" +
			fmt.Sprintf(query, "false", ReasonDevBrowserSync, "&__clerk_db_jwt=d+1"), dev},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := pageLoad(tt.cookies)
			if tt.url != "" {
				r.PublicURL = tt.url
			}
			got := tt.site.Authenticate(context.Background(), r)
			if got.Location != tt.want {
				t.Errorf("got  %s\nwant %s", got.Location, tt.want)
			}
			want := "__clerk_redirect_count=1; Path=/; SameSite=Lax; HttpOnly; Max-Age=2"
			if len(got.SetCookies) != 1 || got.SetCookies[0] != want {
				t.Errorf("got %q, want %q", got.SetCookies, want)
			}
		})
	}
}

func TestWithoutParams(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"http://a/", "http://a/"},
		{"http://a/?x=1&drop=2&y=%20+", "http://a/?x=1&y=%20+"},
		{"http://a/?drop=2", "http://a/"},
		{"http://a/?drop", "http://a/"},
		{"http://a/?%64rop=2&x", "http://a/?x"},
		{"http://a/?dropped=2#drop=1", "http://a/?dropped=2#drop=1"},
		{"http://a/?x=?drop=1", "http://a/?x=?drop=1"},
	}
	for _, tt := range tests {
		if got := withoutParams(tt.in, "drop"); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// follow sends the browser to the Frontend API and back, and returns the address that it came back to.
func (b *browser) follow(t *testing.T, location string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, location, nil)
	r.Header.Set("Cookie", b.header())
	w := httptest.NewRecorder()
	b.site.clerk.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusTemporaryRedirect {
		t.Fatalf("the Frontend API answered %d: %s", w.Code, w.Body)
	}
	b.store(t, w.Result().Header["Set-Cookie"])
	return w.Result().Header.Get("Location")
}

func TestHandshakeRoundTrip(t *testing.T) {
	t.Parallel()
	t.Run("production, lost token", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		b := s.signIn(t, "ana@exemplu.ro")
		delete(b.jar, "__session")
		delete(b.jar, s.names.session)
		first := b.visit(t)
		check(t, first, Handshake, ReasonUATWithoutSession)
		if back := b.follow(t, first.Location); back != testOrigin+"/profil/?tab=1" {
			t.Errorf("came back to %q", back)
		}
		second := b.visit(t)
		check(t, second, SignedIn, "")
		if second.Location != "" || b.jar[nonceCookie] != "" || b.jar[s.names.session] == "" {
			t.Errorf("location %q, cookies %q", second.Location, b.header())
		}
		check(t, b.visit(t), SignedIn, "")
	})
	t.Run("production, session ended elsewhere", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		b := s.signIn(t, "ana@exemplu.ro")
		delete(b.jar, "__client")
		delete(b.jar, "__session")
		delete(b.jar, s.names.session)
		b.follow(t, b.visit(t).Location)
		check(t, b.visit(t), SignedOut, ReasonSessionTokenMissing)
		check(t, b.visit(t), SignedOut, ReasonSessionAndUATMissing)
	})
	t.Run("development, new browser", func(t *testing.T) {
		t.Parallel()
		s := newSite(t, development)
		b := &browser{site: s, jar: map[string]string{}}
		back := b.follow(t, b.visit(t).Location)
		got := b.arrive(t, back)
		check(t, got, SignedOut, ReasonSessionTokenMissing)
		if got.Location != testOrigin+"/profil/?tab=1" {
			t.Errorf("cleaned address %q", got.Location)
		}
		check(t, b.visit(t), SignedOut, ReasonSessionAndUATMissing)
	})
	t.Run("development, signed in", func(t *testing.T) {
		t.Parallel()
		s := newSite(t, development)
		b := s.signIn(t, "ana@exemplu.ro")
		check(t, b.visit(t), SignedIn, "")
		delete(b.jar, "__client_uat")
		delete(b.jar, s.names.uat)
		got := b.arrive(t, b.follow(t, b.visit(t).Location))
		check(t, got, SignedIn, "")
		if got.Location == "" {
			t.Error("the payload stays in the address")
		}
		check(t, b.visit(t), SignedIn, "")
	})
	t.Run("development, by token", func(t *testing.T) {
		t.Parallel()
		s := newSite(t, development)
		b := s.signIn(t, "ana@exemplu.ro")
		delete(b.jar, "__session")
		delete(b.jar, s.names.session)
		location := strings.Replace(b.visit(t).Location, "format=nonce", "format=token", 1)
		back := b.follow(t, location)
		if !strings.Contains(back, "__clerk_handshake=") {
			t.Fatalf("came back to %q", back)
		}
		check(t, b.arrive(t, back), SignedIn, "")
	})
}

// arrive loads an address and keeps the cookies.
func (b *browser) arrive(t *testing.T, address string) Outcome {
	t.Helper()
	r := pageLoad(b.header())
	r.PublicURL = address
	outcome := b.site.Authenticate(context.Background(), r)
	b.store(t, outcome.SetCookies)
	return outcome
}

// TestHandshakePayloads plants payloads as an attacker or a broken Clerk would.
func TestHandshakePayloads(t *testing.T) {
	t.Parallel()
	production, dev := newSite(t), newSite(t, development)
	now := production.clock.Now().Unix()
	sign := func(s *site, head map[string]any, directives ...string) string {
		token, err := s.clerk.Sign(header(head), map[string]any{"handshake": directives})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	session := func(s *site, claims map[string]any) string { return "__session=" + s.mint(t, nil, claims) + "; Path=/" }
	foreign := forge(t, header(nil), map[string]any{"handshake": []string{session(dev, nil)}}, withRSA(foreignKey()))
	tests := []struct {
		name   string
		site   *site
		token  string
		state  State
		reason Reason
		lines  int
	}{
		{"good", production, sign(production, nil, session(production, nil), "a=b\r\nX: y", "c=d"), SignedIn, "", 2},
		{"last session counts", production, sign(production, nil, "__session=x", session(production, nil)), SignedIn, "", 2},
		{"emptied session", production, sign(production, nil, session(production, nil), "__session_x=; Max-Age=0"), SignedOut, ReasonSessionTokenMissing, 2},
		{"pending", production, sign(production, nil, session(production, map[string]any{"sts": "pending"})), SignedOut, ReasonTokenVerificationFailed, 1},
		{"production, template", production, sign(production, map[string]any{"cat": "cl_B7d4PD222AAA"}, session(production, nil)), SignedOut, ReasonSessionAndUATMissing, 0},
		{"production, forged", production, foreign, SignedOut, ReasonSessionAndUATMissing, 0},
		{"production, garbage", production, "garbage", SignedOut, ReasonSessionAndUATMissing, 0},
		{"production, expired inside", production, sign(production, nil, session(production, map[string]any{"exp": now - 60})), SignedOut, ReasonSessionAndUATMissing, 0},
		{"development, good", dev, sign(dev, nil, session(dev, nil)), SignedIn, "", 1},
		{"development, clock off", dev, sign(dev, nil, session(dev, map[string]any{"iat": now + 3600, "exp": now + 3660, "nbf": now + 3600})), SignedIn, "", 1},
		{"development, forged", dev, foreign, Failed, ReasonTokenSignature, 0},
		{"development, unknown key", dev, sign(dev, map[string]any{"kid": "ins_b"}), Failed, ReasonUnknownKey, 0},
		{"development, template", dev, sign(dev, map[string]any{"cat": "cl_B7d4PD222AAA"}), Failed, ReasonTokenTypeMismatch, 0},
		{"development, session of another party", dev, sign(dev, nil, session(dev, map[string]any{"azp": "x"})), Failed, ReasonTokenAuthorizedParties, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := tt.site.Authenticate(context.Background(), pageLoad("__clerk_handshake="+tt.token))
			check(t, got, tt.state, tt.reason)
			if len(got.SetCookies) != tt.lines {
				t.Errorf("cookies %q, want %d", got.SetCookies, tt.lines)
			}
			if (got.Message != "") != (got.State == Failed) {
				t.Errorf("message %q", got.Message)
			}
		})
	}
}

func TestHandshakeNonceOnlyOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.signIn(t, "ana@exemplu.ro")
	delete(b.jar, "__session")
	delete(b.jar, s.names.session)
	b.follow(t, b.visit(t).Location)
	stolen := "__clerk_handshake_nonce=" + b.jar[nonceCookie]
	check(t, b.visit(t), SignedIn, "")
	check(t, s.Authenticate(context.Background(), pageLoad(stolen)), SignedOut, ReasonSessionTokenMissing)
	s.wire.cut()
	check(t, s.Authenticate(context.Background(), pageLoad(stolen)), SignedOut, ReasonSessionTokenMissing)
}

// TestKeysOfTwoInstances holds that mixed-up keys end, in a sentence or signed out, and never in a loop.
func TestKeysOfTwoInstances(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.signIn(t, "ana@exemplu.ro")
	token := forge(t, header(nil), s.claims(nil), withRSA(foreignKey()))
	b.jar["__session"], b.jar[s.names.session] = token, token
	b.jar["__client_uat"], b.jar[s.names.uat] = "0", "0"
	redirects := 0
	for range 10 {
		outcome := b.visit(t)
		if outcome.State != Handshake {
			check(t, outcome, SignedOut, ReasonSessionWithoutUAT)
			break
		}
		redirects++
	}
	if redirects != 3 {
		t.Errorf("%d redirects, want 3", redirects)
	}
}

func FuzzRedirect(f *testing.F) {
	s := newSite(f, development)
	for _, seed := range []string{"/", "/?a=1&__clerk_db_jwt=x", "//evil.example/", "/\\evil", "/?a=%0d%0aX:y#z", "?&&=&"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, rest string) {
		r := pageLoad("")
		r.PublicURL = testOrigin + "/" + rest
		got := s.Authenticate(context.Background(), r)
		if got.State != Handshake {
			return
		}
		location, err := url.Parse(got.Location)
		if err != nil {
			t.Fatalf("%q: %v", got.Location, err)
		}
		if location.Host != "localhost:8080" || location.Path != "/__clerk/v1/client/handshake" {
			t.Errorf("%q leads to %q", rest, got.Location)
		}
		back := location.Query()
		if len(back["redirect_url"]) != 1 || !strings.HasPrefix(back.Get("redirect_url"), testOrigin+"/") {
			t.Errorf("%q comes back to %q", rest, back["redirect_url"])
		}
	})
}

func TestDeveloperSkewIsForHandshakesOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t, development)
	later := s.clock.Now().Add(time.Hour).Unix()
	token := s.mint(t, nil, map[string]any{"iat": later, "nbf": later, "exp": later + 60})
	payload, err := s.clerk.Sign(header(nil), map[string]any{"handshake": []string{"__session=" + token}})
	if err != nil {
		t.Fatal(err)
	}
	check(t, s.Authenticate(context.Background(), pageLoad("__clerk_handshake="+payload)), SignedIn, "")
	check(t, s.Authenticate(context.Background(), fetch("__clerk_db_jwt=d; __client_uat=1; __session="+token)), SignedOut, ReasonSessionNotActiveYet)
}
