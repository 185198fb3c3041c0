package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestHammering holds what a session that comes a thousand times at once costs at Clerk.
func TestHammering(t *testing.T) {
	t.Parallel()
	refused := func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/refresh") || strings.HasSuffix(r.URL.Path, "/handshake_payload") {
			return reply(r, 401, `{"errors":[{"code":"session_refresh_session_token_ineligible"}]}`), nil
		}
		return nil, nil
	}
	cut := func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/jwks" {
			return nil, nil
		}
		return nil, errors.New("cut")
	}
	always := func(cookies string) func(int) string { return func(int) string { return cookies } }
	dead := func(s *site) string { return s.sessionCookies(s.mint(t, nil, map[string]any{"exp": 5})) }
	tests := []struct {
		name    string
		take    func(*http.Request) (*http.Response, error)
		cookies func(s *site) func(n int) string
		max     int
	}{
		{"valid", nil, func(s *site) func(int) string { return always(s.sessionCookies(s.mint(t, nil, nil))) }, 1},
		{"forged", nil, func(s *site) func(int) string {
			return always(s.sessionCookies(forge(t, header(nil), s.claims(nil), withRSA(foreignKey()))))
		}, 1},
		{"unknown key ids", nil, func(s *site) func(int) string {
			return func(n int) string {
				return s.sessionCookies(forge(t, header(map[string]any{"kid": fmt.Sprint(n)}), s.claims(nil), unsigned))
			}
		}, 1},
		{"expired", nil, func(s *site) func(int) string { return always(dead(s)) }, 1},
		{"expired, refused", refused, func(s *site) func(int) string { return always(dead(s) + "; " + s.names.refresh + "=x") }, 1 + recallAfter},
		{"expired, other refresh tokens", refused, func(s *site) func(int) string {
			token := dead(s)
			return func(n int) string { return fmt.Sprint(token, "; ", s.names.refresh, "=", n) }
		}, 1 + recallAfter},
		{"expired, Clerk is down", cut, func(s *site) func(int) string { return always(dead(s) + "; " + s.names.refresh + "=x") }, 1 + recallAfter},
		{"a nonce left over", cut, func(*site) func(int) string { return always("__clerk_handshake_nonce=x") }, recallAfter},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.wire.intercept(tt.take)
			cookies := tt.cookies(s)
			for n := range 1000 {
				got := s.Authenticate(context.Background(), fetch(cookies(n)))
				if (got.State == SignedIn) != (tt.name == "valid") {
					t.Fatalf("request %d: %s (%s)", n, got.State, got.Reason)
				}
			}
			if got := s.wire.total(); got > tt.max {
				t.Errorf("%d calls for 1,000 requests, want at most %d", got, tt.max)
			}
			before := s.wire.total()
			s.clock.advance(recallFor)
			for n := range 10 {
				s.Authenticate(context.Background(), fetch(cookies(n)))
			}
			if got := s.wire.total() - before; got > 1 {
				t.Errorf("%d calls after a while, want one", got)
			}
		})
	}
}

// TestHammeringWithoutKeepingCookies: who throws the new cookies away is given the same again, and nobody else is.
func TestHammeringWithoutKeepingCookies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ana, eve := s.signIn(t, "ana@exemplu.ro"), s.signIn(t, "eve@exemplu.ro")
	s.clock.advance(66 * time.Second)
	for range 1000 {
		if got := s.Authenticate(context.Background(), fetch(ana.header())); got.State != SignedIn || len(got.SetCookies) == 0 {
			t.Fatalf("%s (%s), cookies %q", got.State, got.Reason, got.SetCookies)
		}
	}
	if got := s.wire.total(); got > 1+recallAfter {
		t.Errorf("%d calls for 1,000 requests", got)
	}
	eve.jar["__session"], eve.jar[s.names.session] = ana.jar["__session"], ana.jar["__session"]
	check(t, s.Authenticate(context.Background(), fetch(eve.header())), SignedOut, "session-token-expired-refresh-session_refresh_session_token_ineligible")
}

// TestRecallRecovers: as soon as the answer is another one, it counts.
func TestRecallRecovers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.signIn(t, "ana@exemplu.ro")
	check(t, b.visit(t), SignedIn, "")
	s.clock.advance(66 * time.Second)
	s.wire.cut()
	for range 20 {
		check(t, s.Authenticate(context.Background(), fetch(b.header())), SignedOut, "session-token-expired-refresh-fetch-error")
	}
	s.wire.intercept(nil)
	s.clock.advance(recallFor)
	check(t, b.visit(t), SignedIn, "")
}
