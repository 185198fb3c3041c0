package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"piata.ro/internal/clerkdev"
)

// TestSessionLife follows one person from signing in to signing out.
func TestSessionLife(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.signIn(t, "Ana@Exemplu.ro ")
	first := b.visit(t)
	check(t, first, SignedIn, "")
	if first.SetCookies != nil {
		t.Errorf("a fresh token sets %q", first.SetCookies)
	}
	if got := first.Session; got.Email != "ana@exemplu.ro" || got.FirstName != "Ana" || got.LastName != "Pop" {
		t.Errorf("session %+v", got)
	}
	oldToken := b.jar["__session"]

	s.clock.advance(66 * time.Second)
	second := b.visit(t)
	check(t, second, SignedIn, "")
	if len(second.SetCookies) == 0 || b.jar["__session"] == oldToken || second.Session.SessionID != first.Session.SessionID {
		t.Errorf("not refreshed: %q", second.SetCookies)
	}
	check(t, b.visit(t), SignedIn, "")

	// A fetch is refreshed as silently; a form post cannot be.
	s.clock.advance(66 * time.Second)
	post := fetch(b.header())
	post.Method = http.MethodPost
	check(t, s.Authenticate(context.Background(), post), SignedOut, "session-token-expired-refresh-non-eligible-non-get")
	got := s.Authenticate(context.Background(), fetch(b.header()))
	check(t, got, SignedIn, "")
	b.store(t, got.SetCookies)

	before := b.header()
	lines, err := s.SignOut(context.Background(), got.Session.SessionID)
	if err != nil {
		t.Fatal(err)
	}
	b.store(t, lines)
	check(t, b.visit(t), SignedOut, ReasonSessionAndUATMissing)
	check(t, s.Authenticate(context.Background(), pageLoad(before)), SignedOut, ReasonTokenVerificationFailed)
	s.clock.advance(66 * time.Second)
	check(t, s.Authenticate(context.Background(), pageLoad(before)), SignedOut, ReasonTokenVerificationFailed)
	if _, err := s.SignOut(context.Background(), got.Session.SessionID); err != nil {
		t.Errorf("signing out twice: %v", err)
	}
	check(t, s.signIn(t, "ana@exemplu.ro").visit(t), SignedIn, "")
}

func TestRefreshFails(t *testing.T) {
	t.Parallel()
	const path = "/refresh"
	answer := func(status int, body string) func(*http.Request) (*http.Response, error) {
		return func(r *http.Request) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, path) {
				return nil, nil
			}
			return reply(r, status, body), nil
		}
	}
	other := newSite(t)
	stranger := other.mint(t, nil, map[string]any{"exp": other.clock.Now().Add(time.Hour).Unix()})
	tests := []struct {
		name string
		take func(*http.Request) (*http.Response, error)
		why  string
	}{
		{"code of Clerk's", answer(400, `{"errors":[{"code":"session_refresh_session_token_ineligible"}]}`), "session_refresh_session_token_ineligible"},
		{"code that is none", answer(400, `{"errors":[{"code":"x\r\ny"}]}`), "unexpected-bapi-error"},
		{"no code", answer(500, `{"errors":[]}`), "unexpected-bapi-error"},
		{"not JSON", answer(502, `<html>`), "unexpected-bapi-error"},
		{"network", func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, path) {
				return nil, errors.New("cut")
			}
			return nil, nil
		}, "fetch-error"},
		{"no cookies", answer(200, `{"object":"cookies","cookies":[]}`), "unexpected-sdk-error"},
		{"no token", answer(200, `{"cookies":["a=b"]}`), "unexpected-sdk-error"},
		{"garbage token", answer(200, `{"cookies":["__session=a.b.c"]}`), "invalid-session-token"},
		{"somebody else's token", answer(200, `{"cookies":["__session=`+stranger+`"]}`), "invalid-session-token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			b := s.signIn(t, "ana@exemplu.ro")
			check(t, b.visit(t), SignedIn, "")
			s.clock.advance(66 * time.Second)
			s.wire.intercept(tt.take)
			reason := Reason("session-token-expired-refresh-" + tt.why)
			check(t, s.Authenticate(context.Background(), fetch(b.header())), SignedOut, reason)
			check(t, s.Authenticate(context.Background(), pageLoad(b.header())), Handshake, reason)
		})
	}
}

func TestRefreshOnlyOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		b := s.signIn(t, "ana@exemplu.ro")
		session := b.visit(t).Session
		s.clock.advance(66 * time.Second)
		path := "/v1/sessions/" + session.SessionID + "/refresh"
		release := make(chan struct{})
		s.wire.intercept(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == path {
				<-release
			}
			return nil, nil
		})
		var requests sync.WaitGroup
		for range 20 {
			requests.Go(func() {
				check(t, s.Authenticate(context.Background(), fetch(b.header())), SignedIn, "")
			})
		}
		synctest.Wait() // all twenty wait for the answer
		close(release)
		requests.Wait()
		if got := s.wire.count(path); got != 1 {
			t.Errorf("%d refreshes for 20 requests at once", got)
		}
	})
}

// TestRefreshIsNotShared holds that knowing an expired token is not enough to be given its owner's cookies.
func TestRefreshIsNotShared(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana, eve := s.signIn(t, "ana@exemplu.ro"), s.signIn(t, "eve@exemplu.ro")
	check(t, ana.visit(t), SignedIn, "")
	s.clock.advance(66 * time.Second)
	eve.jar["__session"], eve.jar[s.names.session] = ana.jar["__session"], ana.jar["__session"]
	check(t, s.Authenticate(context.Background(), fetch(eve.header())), SignedOut,
		"session-token-expired-refresh-session_refresh_session_token_ineligible")
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	t.Run("Clerk is down", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		b := s.signIn(t, "ana@exemplu.ro")
		session := b.visit(t).Session
		s.wire.cut()
		before := b.header()
		lines, err := s.SignOut(context.Background(), session.SessionID)
		if err == nil || len(lines) == 0 {
			t.Errorf("lines %q, error %v", lines, err)
		}
		check(t, s.Authenticate(context.Background(), pageLoad(before)), SignedOut, ReasonTokenVerificationFailed)
	})
	t.Run("cookies of a domain", func(t *testing.T) {
		t.Parallel()
		a, err := New(Config{PublishableKey: "pk_live_Y2xlcmsucGlhdGEucm8k", SecretKey: "sk_live_x", AppURL: "https://www.piata.ro"})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		all := strings.Join(a.signOutCookies(), "\n")
		for _, want := range []string{
			"__session=; Path=/; SameSite=Lax; Secure; Max-Age=0",
			"__session_" + a.instance.CookieSuffix + "=; Domain=piata.ro; Path=/",
			"__refresh_" + a.instance.CookieSuffix + "=; Path=/",
			"__client_uat=0; Path=/; SameSite=Lax; Secure; Max-Age=0",
			"__client_uat=0; Domain=piata.ro; Path=/; SameSite=Lax; Secure; Max-Age=31536000",
		} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is missing in\n%s", want, all)
			}
		}
	})
	t.Run("strange id", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		if _, err := s.SignOut(context.Background(), "../users"); err != nil || s.wire.total() != 0 {
			t.Errorf("error %v, %d calls", err, s.wire.total())
		}
	})
}

func TestDenyListIsBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 3 * deniedSessions {
		s.Deny(s.clock.Now().String())
		s.clock.advance(time.Nanosecond)
	}
	if got := s.denied.len(); got > 2*deniedSessions {
		t.Errorf("%d entries", got)
	}
	s.Deny("sess_1")
	if !s.isDenied("sess_1") || s.isDenied("sess_2") {
		t.Error("the newest entry is lost, or one that never was is there")
	}
	s.clock.advance(deniedFor)
	if s.isDenied("sess_1") {
		t.Error("an entry does not expire")
	}
}

func TestUser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, id, err := s.clerk.SignIn("ana@exemplu.ro", "Ana", "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.User(context.Background(), id)
	want := User{ID: id, FirstName: "Ana", Email: "ana@exemplu.ro", CreatedAt: s.clock.Now(), UpdatedAt: s.clock.Now()}
	if err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	for _, unknown := range []string{"user_nobody", "", "../jwks", "a b"} {
		if _, err := s.User(context.Background(), unknown); !errors.Is(err, ErrNoUser) {
			t.Errorf("%q: %v", unknown, err)
		}
	}
	s.wire.intercept(func(r *http.Request) (*http.Response, error) {
		return reply(r, 200, `{"id":"`+id+`","banned":true,"primary_email_address_id":"e2","username":"ana","image_url":"https://i/",
			"email_addresses":[{"id":"e1","email_address":"old@x.ro","verification":{"status":"verified"}},
			{"id":"e2","email_address":"new@x.ro","verification":{"status":"unverified"}}],"public_metadata":{"role":"moderator"}}`), nil
	})
	got, err = s.User(context.Background(), id)
	if err != nil || !got.IsBanned || got.Email != "" || got.Role != "moderator" || got.Username != "ana" {
		t.Errorf("got %+v, %v", got, err)
	}
	s.wire.intercept(func(r *http.Request) (*http.Response, error) { return reply(r, 500, "secret body"), nil })
	if _, err = s.User(context.Background(), id); err == nil || errors.Is(err, ErrNoUser) || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
	s.wire.cut()
	if _, err = s.User(context.Background(), id); err == nil || errors.Is(err, ErrNoUser) {
		t.Errorf("error %v", err)
	}
}

// TestSurvivesRestart holds that the stand-in knows its people again.
func TestSurvivesRestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inDir := func(o *clerkdev.Options, _ *Config) { o.Dir, o.Key = dir, nil }
	before := newSite(t, inDir)
	b := before.signIn(t, "ana@exemplu.ro")
	id := b.visit(t).Session.UserID
	after := newSite(t, inDir)
	b.site = after
	got := b.visit(t)
	check(t, got, SignedIn, "")
	after.clock.advance(time.Hour)
	check(t, b.visit(t), SignedIn, "")
	if got.Session.UserID != id {
		t.Errorf("user %q became %q", id, got.Session.UserID)
	}
}

// TestRefreshWrites is the stand-in's way: no script keeps its tokens fresh, so a form sent after a minute is carried on too.
func TestRefreshWrites(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(_ *clerkdev.Options, c *Config) { c.RefreshWrites = true })
	b := s.signIn(t, "ana@exemplu.ro")
	s.clock.advance(66 * time.Second)
	post := fetch(b.header())
	post.Method = http.MethodPost
	got := s.Authenticate(context.Background(), post)
	check(t, got, SignedIn, "")
	if len(got.SetCookies) == 0 {
		t.Error("no new cookies")
	}
	if _, err := s.SignOut(context.Background(), got.Session.SessionID); err != nil {
		t.Fatal(err)
	}
	check(t, s.Authenticate(context.Background(), post), SignedOut, ReasonTokenVerificationFailed)
}
