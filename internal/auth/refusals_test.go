package auth

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/clerkdev"
)

// TestRefusals holds that each refusal is counted, and that a flood of one kind is one line a minute without its token.
func TestRefusals(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newSite(t, func(_ *clerkdev.Options, c *Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	forged := forge(t, header(nil), s.claims(nil), withRSA(foreignKey()))
	for range 50 {
		s.Authenticate(context.Background(), pageLoad(""))
		s.Authenticate(context.Background(), pageLoad(s.sessionCookies(forged)))
		s.Authenticate(context.Background(), pageLoad("__client_uat=5"))
	}
	check(t, s.signIn(t, "ana@exemplu.ro").visit(t), SignedIn, "")
	want := map[Reason]int64{ReasonSessionAndUATMissing: 50, ReasonTokenSignature: 50, ReasonUATWithoutSession: 50}
	if diff := cmp.Diff(want, s.Refusals()); diff != "" {
		t.Errorf("refusals (-want +got):\n%s", diff)
	}
	s.clock.advance(refusalLogEvery)
	s.Authenticate(context.Background(), pageLoad(s.sessionCookies(forged)))

	lines := log.String()
	if got := strings.Count(lines, "reason="+string(ReasonTokenSignature)); got != 2 {
		t.Errorf("%d lines for forged tokens, want one a minute:\n%s", got, lines)
	}
	if strings.Contains(lines, string(ReasonSessionAndUATMissing)) {
		t.Error("visitors are logged")
	}
	if strings.Contains(lines, forged) || strings.Contains(lines, strings.Split(forged, ".")[1]) {
		t.Error("the log holds the token")
	}
}

func TestRefusalsAreBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i := range 1000 {
		s.note(context.Background(), &Outcome{State: SignedOut, Reason: Reason(fmt.Sprintf("code-%d", i))})
	}
	counts := s.Refusals()
	if len(counts) > maxReasons+1 || counts[otherReasons] != 1000-maxReasons {
		t.Errorf("%d kinds, %d others", len(counts), counts[otherReasons])
	}
}

// TestStaleSession: who holds a genuine token may end its session although the token has expired; nobody else may.
func TestStaleSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.signIn(t, "ana@exemplu.ro")
	session := b.visit(t).Session.SessionID
	s.clock.advance(66 * time.Second)
	post := fetch(b.header())
	post.Method = "POST"
	if got := s.Authenticate(context.Background(), post); got.State != SignedOut || got.StaleSessionID != session {
		t.Errorf("got %+v, want the session %s", got, session)
	}
	expired := s.clock.Now().Add(-time.Hour).Unix()
	forged := forge(t, header(nil), s.claims(map[string]any{"exp": expired}), withRSA(foreignKey()))
	post = fetch(s.sessionCookies(forged))
	post.Method = "POST"
	if got := s.Authenticate(context.Background(), post); got.StaleSessionID != "" {
		t.Errorf("a forged token names the session %q", got.StaleSessionID)
	}
}

func TestFrontendURL(t *testing.T) {
	t.Parallel()
	for proxy, want := range map[string]string{
		"": "https://clerk.localhost", "/__clerk": "/__clerk", "/__clerk//": "/__clerk", "https://piata.example/clerk/": "https://piata.example/clerk",
	} {
		s := newSite(t, func(_ *clerkdev.Options, c *Config) { c.ProxyURL = proxy })
		if got := s.FrontendURL(); got != want {
			t.Errorf("proxy %q: got %q, want %q", proxy, got, want)
		}
	}
}
