package handlers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/clerkdev"
	"piata.ro/internal/dbtest"
)

const testWebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// withWebhooks turns webhooks on.
func withWebhooks(p *siteParts) { p.config.Clerk.WebhookSecret = testWebhookSecret }

// webhook posts an event as Clerk does.
func (s *testSite) webhook(t testing.TB, id, body string) *response {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(testWebhookSecret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	timestamp := strconv.FormatInt(s.clock.now().Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "." + body))
	r := httptest.NewRequest(http.MethodPost, testOrigin+"/webhooks/clerk", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("svix-id", id)
	r.Header.Set("svix-timestamp", timestamp)
	r.Header.Set("svix-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return s.visitor().do(t, r)
}

// userEvent is the body of user.created and user.updated.
func userEvent(kind, id, firstName, email string, banned bool, role string, at time.Time) string {
	return fmt.Sprintf(`{"object":"event","type":%q,"data":{"id":%q,"first_name":%q,"last_name":"Pop","username":null,"banned":%t,"public_metadata":{"role":%q},
		"primary_email_address_id":"idn_1","email_addresses":[{"id":"idn_1","email_address":%q,"verification":{"status":"verified"}}],"updated_at":%d}}`,
		kind, id, firstName, banned, role, email, at.UnixMilli())
}

// clerkID is the id that Clerk has for the signed-in person.
func (c *client) clerkID(t testing.TB) string {
	t.Helper()
	var claims struct {
		Subject string `json:"sub"`
	}
	parts := strings.Split(c.cookies["__session"], ".")
	if len(parts) != 3 {
		t.Fatal("no session cookie")
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(raw, &claims)
	}
	if err != nil {
		t.Fatal(err)
	}
	return claims.Subject
}

// withClaims is a program that has a good token with these claims besides.
func (s *testSite) withClaims(t testing.TB, userID string, extra map[string]any) *client {
	t.Helper()
	now := s.clock.now().Unix()
	claims := map[string]any{"iss": testOrigin + clerkdev.ProxyPath, "sub": userID, "sid": "sess_claims", "azp": testOrigin, "iat": now, "nbf": now - 10, "exp": now + 60}
	for name, value := range extra {
		claims[name] = value
	}
	token, err := s.clerk.Sign(map[string]any{"alg": "RS256", "typ": "JWT", "kid": clerkdev.KeyID}, claims)
	if err != nil {
		t.Fatal(err)
	}
	return s.visitor().with("Authorization", "Bearer "+token)
}

func TestWebhooksAreOff(t *testing.T) {
	t.Parallel()
	newTestSite(t).webhook(t, "msg_1", `{}`).status(t, http.StatusNotFound)
}

func TestWebhookAnswers(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withWebhooks)
	site.webhook(t, "msg_1", `{"type":"email.created","data":{}}`).status(t, http.StatusOK)
	site.webhook(t, "msg_2", `{"type":"user.created","data":{}}`).status(t, http.StatusBadRequest)
	site.webhook(t, "msg_3", `nu e JSON`).status(t, http.StatusBadRequest)
	site.webhook(t, "msg_4", `{"type":"x","data":"`+strings.Repeat("x", 1<<20)+`"}`).status(t, http.StatusRequestEntityTooLarge)
	visitor := site.visitor()
	visitor.post(t, "/webhooks/clerk", url.Values{"type": {"user.deleted"}}).status(t, http.StatusBadRequest)
	visitor.with("svix-id", "msg_5").with("svix-signature", "v1,AAAA").with("svix-timestamp", strconv.FormatInt(site.clock.now().Unix(), 10)).
		post(t, "/webhooks/clerk", nil).status(t, http.StatusBadRequest)
	site.wantRows(t, "webhook_events", 0)
	site.wantRows(t, "users", 0)
}

func TestWebhookLife(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL), withWebhooks)
		ana, visitor, at := site.as(t, "Ana"), site.visitor(), site.clock.now()
		id := ana.clerkID(t)
		event := func(kind, name string, banned bool, after time.Duration) string {
			return userEvent(kind, id, name, "ana@example.com", banned, "", at.Add(after))
		}
		for range 2 {
			site.webhook(t, "msg_1", event("user.updated", "Anca", false, 2*time.Minute)).status(t, http.StatusOK)
		}
		site.webhook(t, "msg_2", event("user.created", "Ana", false, time.Minute)).status(t, http.StatusOK)
		site.wantRows(t, "users", 1)
		site.wantRows(t, "webhook_events", 2)
		visitor.get(t, "/utilizator/anca-pop/").status(t, http.StatusOK).doc(t).Has(t, "main", "Anca P.")
		ana.get(t, "/profil/").status(t, http.StatusOK)

		site.webhook(t, "msg_3", event("user.updated", "Anca", true, 3*time.Minute)).status(t, http.StatusOK)
		for _, path := range []string{"/profil/", "/adauga-anunt/", "/favorite/", "/auth/clerk/login/?redirect_url=%2Fprofil%2F", "/auth/clerk/callback/"} {
			page := ana.get(t, path).status(t, http.StatusForbidden)
			page.doc(t).Has(t, "main", "blocat")
			page.doc(t).Has(t, `a[href="/auth/clerk/logout/"]`)
			if page.Header.Get("X-Clerk-Auth-Reason") != "token-verification-failed" {
				t.Errorf("%s: reason %q", path, page.Header.Get("X-Clerk-Auth-Reason"))
			}
		}
		ana.get(t, "/api/v1/me").status(t, http.StatusForbidden)
		ana.get(t, "/").status(t, http.StatusOK).doc(t).HasNot(t, `.awning a[href="/profil/"]`)
		site.webhook(t, "msg_4", event("user.updated", "Anca", false, 4*time.Minute)).status(t, http.StatusOK)
		ana.get(t, "/profil/").status(t, http.StatusOK)

		site.webhook(t, "msg_5", `{"type":"user.deleted","data":{"id":"`+id+`","deleted":true}}`).status(t, http.StatusOK)
		site.webhook(t, "msg_6", event("user.updated", "Anca", false, time.Hour)).status(t, http.StatusOK)
		ana.get(t, "/profil/").status(t, http.StatusForbidden).doc(t).Has(t, "main", "șters")
		visitor.get(t, "/utilizator/anca-pop/").status(t, http.StatusNotFound)
		ana.post(t, "/auth/clerk/logout/", nil).status(t, http.StatusSeeOther)
		ana.get(t, "/profil/").status(t, http.StatusSeeOther)
	})
}

func TestWebhookEndsSession(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withWebhooks)
	ana := site.as(t, "Ana")
	program := site.withClaims(t, ana.clerkID(t), nil)
	program.get(t, "/api/v1/me").status(t, http.StatusOK)
	site.webhook(t, "msg_1", `{"type":"session.revoked","data":{"id":"sess_claims"}}`).status(t, http.StatusOK)
	program.get(t, "/api/v1/me").status(t, http.StatusUnauthorized)
	ana.get(t, "/api/v1/me").status(t, http.StatusOK)
}

// FuzzWebhookBody: whatever Clerk signs, the answer is never an error of ours.
func FuzzWebhookBody(f *testing.F) {
	site := newTestSite(f, withWebhooks)
	at := site.clock.now()
	for _, seed := range []string{userEvent("user.created", "user_1", "A\\u0000na", "\\u0000", false, "x", at), userEvent("user.updated", "user_1", "Ana", "a@b.ro", true, "moderator", at.AddDate(9000, 0, 0)),
		`{"type":"user.updated","data":{"id":"user_2","updated_at":-9223372036854775808,"first_name":"\ud800"}}`, `{"type":"user.deleted","data":{"id":"user_1"}}`,
		`{"type":"session.ended","data":{"id":null}}`, `{"type":"user.created","data":null}`, `null`, ``} {
		f.Add(seed)
	}
	n := 0
	f.Fuzz(func(t *testing.T, body string) {
		n++
		if res := site.webhook(t, fmt.Sprint("msg_", n), body); res.StatusCode != http.StatusOK && res.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: %d", body, res.StatusCode)
		}
	})
}

// TestEndedElsewhere: a session that ended on one machine has ended on all.
func TestEndedElsewhere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		if databaseURL == "" {
			return // only one machine has the embedded database
		}
		here, there := newTestSite(t, onDatabase(databaseURL)), newTestSite(t, onDatabase(databaseURL))
		ana, dan := here.as(t, "Ana"), here.as(t, "Dan")
		copies := map[*client]*client{}
		for _, c := range []*client{ana, dan} {
			copies[c] = there.visitor()
			for name, value := range c.cookies {
				copies[c].cookies[name] = value
			}
			c.get(t, "/profil/").status(t, http.StatusOK)
			copies[c].get(t, "/profil/").status(t, http.StatusOK)
		}
		for _, c := range []*client{ana, dan} { // the first look is at all, the later ones at the latest
			if err := there.server.LearnEndedSessions(t.Context()); err != nil {
				t.Fatal(err)
			}
			copies[c].get(t, "/profil/").status(t, http.StatusOK)
			c.post(t, "/auth/clerk/logout/", nil).status(t, http.StatusSeeOther)
			if err := there.server.LearnEndedSessions(t.Context()); err != nil {
				t.Fatal(err)
			}
			copies[c].get(t, "/profil/").status(t, http.StatusSeeOther)
		}
	})
}

func TestModerators(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, withWebhooks, func(p *siteParts) { p.config.AdminEmails = []string{"sef@example.com"} })
	site.app.Get("/moderare/", site.server.requireModerator, func(c *fiber.Ctx) error { return c.SendString("bine") })
	ana, boss := site.as(t, "Ana"), site.as(t, "Sef")
	site.visitor().get(t, "/moderare/").status(t, http.StatusSeeOther)
	ana.get(t, "/moderare/").status(t, http.StatusNotFound)
	boss.get(t, "/moderare/").status(t, http.StatusOK)

	id, claim := ana.clerkID(t), map[string]any{"metadata": map[string]string{"role": "moderator"}}
	site.withClaims(t, id, claim).get(t, "/moderare/").status(t, http.StatusOK)
	claim["act"] = map[string]string{"sub": "user_support"}
	site.withClaims(t, id, claim).get(t, "/moderare/").status(t, http.StatusNotFound)
	site.withClaims(t, id, map[string]any{"metadata": "moderator", "role": "moderator", "email": "sef@example.com"}).get(t, "/moderare/").status(t, http.StatusNotFound)

	site.webhook(t, "msg_1", userEvent("user.updated", id, "Ana", "ana@example.com", false, "moderator", site.clock.now().Add(time.Minute))).status(t, http.StatusOK)
	ana.get(t, "/moderare/").status(t, http.StatusOK)
	unverified := strings.Replace(userEvent("user.created", "user_x", "X", "sef@example.com", false, "", site.clock.now()), `"verified"`, `"unverified"`, 1)
	site.webhook(t, "msg_2", unverified).status(t, http.StatusOK)
	site.withClaims(t, "user_x", nil).get(t, "/moderare/").status(t, http.StatusNotFound)
}

func TestImpersonation(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.get(t, "/profil/").status(t, http.StatusOK).doc(t).HasNot(t, `[aria-label="Cont văzut de altcineva"]`)
	support := site.withClaims(t, ana.clerkID(t), map[string]any{"act": map[string]string{"sub": "user_support"}})
	support.get(t, "/profil/").status(t, http.StatusOK).doc(t).Has(t, `[aria-label="Cont văzut de altcineva"]`, "Ana P.", "user_support")
	for _, path := range []string{"/profil/date/", "/profil/stergere/"} {
		support.get(t, path).status(t, http.StatusForbidden)
	}
	for _, path := range []string{"/profil/editare/", "/profil/stergere/"} {
		support.post(t, path, url.Values{"confirmare": {"ana-pop"}, "nume": {"Altcineva"}}).status(t, http.StatusForbidden)
	}
	ana.get(t, "/profil/").status(t, http.StatusOK).doc(t).Has(t, "main", "Ana P.")
}

// backendWire counts calls about users, and can cut or answer them.
type backendWire struct {
	next  http.RoundTripper
	users atomic.Int64
	down  atomic.Bool
	name  atomic.Value // first name to tell
}

func (w *backendWire) RoundTrip(r *http.Request) (*http.Response, error) {
	isUser := strings.HasPrefix(r.URL.Path, "/v1/users/")
	if isUser {
		w.users.Add(1)
	}
	if isUser && w.down.Load() {
		return nil, io.ErrUnexpectedEOF
	}
	name, _ := w.name.Load().(string)
	if isUser && r.Method == http.MethodGet && name != "" {
		id := strings.TrimPrefix(r.URL.Path, "/v1/users/")
		body := fmt.Sprintf(`{"id":%q,"first_name":%q,"email_addresses":[],"updated_at":%d}`, id, name, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
	return w.next.RoundTrip(r)
}

func onWire(w *backendWire) siteOption {
	return func(p *siteParts) {
		p.wire = func(next http.RoundTripper) http.RoundTripper { w.next = next; return w }
	}
}

// TestFirstRequestsAskOnce: a new person's first page makes many requests at once.
func TestFirstRequestsAskOnce(t *testing.T) {
	t.Parallel()
	wire := &backendWire{}
	site := newTestSite(t, onWire(wire))
	cookies := site.as(t, "Ana").cookies
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			ana := site.visitor()
			for name, value := range cookies {
				ana.cookies[name] = value
			}
			if res := ana.get(t, "/api/v1/me"); res.StatusCode != http.StatusOK {
				t.Errorf("status %d", res.StatusCode)
			}
		})
	}
	wg.Wait()
	site.wantRows(t, "users", 1)
	if n := wire.users.Load(); n > 5 {
		t.Errorf("asked Clerk %d times", n)
	}
}

func TestOldUsersAreAskedAboutAgain(t *testing.T) {
	t.Parallel()
	wire := &backendWire{}
	site := newTestSite(t, onWire(wire))
	ana := site.as(t, "Ana")
	id := ana.clerkID(t)
	me := func() string {
		for range 5 {
			site.withClaims(t, id, nil).get(t, "/api/v1/me").status(t, http.StatusOK)
			site.server.work.Wait()
		}
		u, err := site.store.UserByClerkID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return u.FirstName
	}
	if name := me(); name != "Ana" || wire.users.Load() != 1 {
		t.Fatalf("at first %q, asked %d times", name, wire.users.Load())
	}
	wire.name.Store("Anca")
	wire.down.Store(true)
	site.clock.advance(25 * time.Hour)
	if name := me(); name != "Ana" || wire.users.Load() != 2 {
		t.Errorf("while Clerk is down: %q, asked %d times, want 2", name, wire.users.Load())
	}
	wire.down.Store(false)
	site.clock.advance(11 * time.Minute)
	if name := me(); name != "Anca" || wire.users.Load() != 3 {
		t.Errorf("afterwards: %q, asked %d times, want 3", name, wire.users.Load())
	}
}
