package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// signWebhook makes the headers of a good webhook.
func signWebhook(t testing.TB, id string, at time.Time, body string) http.Header {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(webhookSecret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	timestamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "." + body))
	h := http.Header{}
	h.Set("svix-id", id)
	h.Set("svix-timestamp", timestamp)
	h.Set("svix-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return h
}

func newTestWebhooks(t testing.TB, now time.Time) *Webhooks {
	t.Helper()
	w, err := NewWebhooks(webhookSecret, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestWebhookVector is the example of Svix' documentation.
func TestWebhookVector(t *testing.T) {
	t.Parallel()
	const secret, body = "whsec_plJ3nmyCDGBKInavdOK15jsl", `{"event_type":"ping","data":{"success":true}}`
	w, err := NewWebhooks(secret, func() time.Time { return time.Unix(1731705121, 0) })
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{}
	h.Set("svix-id", "msg_loFOjxBNrRLzqYUf")
	h.Set("svix-timestamp", "1731705121")
	h.Set("svix-signature", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=")
	event, err := w.Read(named(h), []byte(body))
	if err != nil || event.ID != "msg_loFOjxBNrRLzqYUf" || event.Kind != EventOther {
		t.Errorf("event %+v, %v", event, err)
	}
}

func TestWebhookSignature(t *testing.T) {
	t.Parallel()
	const body = `{"type":"user.deleted","data":{"id":"user_1"}}`
	now := time.Unix(1_800_000_000, 0)
	good := signWebhook(t, "msg_1", now, body).Get("svix-signature")
	tests := []struct {
		name   string
		change func(h http.Header) string // returns the body to send
		ok     bool
	}{
		{"as sent", func(http.Header) string { return body }, true},
		{"second of two signatures", func(h http.Header) string { h.Set("svix-signature", "v1,AAAA "+good); return body }, true},
		{"beside other versions", func(h http.Header) string { h.Set("svix-signature", "v2,x v1a,y "+good); return body }, true},
		{"another version only", func(h http.Header) string { h.Set("svix-signature", "v2"+good[2:]); return body }, false},
		{"no version", func(h http.Header) string { h.Set("svix-signature", good[3:]); return body }, false},
		{"no signature", func(h http.Header) string { h.Del("svix-signature"); return body }, false},
		{"empty signature", func(h http.Header) string { h.Set("svix-signature", "v1,"); return body }, false},
		{"not base64", func(h http.Header) string { h.Set("svix-signature", "v1,%%%"); return body }, false},
		{"another id", func(h http.Header) string { h.Set("svix-id", "msg_2"); return body }, false},
		{"no id", func(h http.Header) string { h.Del("svix-id"); return body }, false},
		{"another time", func(h http.Header) string { h.Set("svix-timestamp", "1800000001"); return body }, false},
		{"no time", func(h http.Header) string { h.Del("svix-timestamp"); return body }, false},
		{"time of nonsense", func(h http.Header) string { h.Set("svix-timestamp", "9223372036854775808"); return body }, false},
		{"one byte more", func(http.Header) string { return body + "\n" }, false},
		{"no body", func(http.Header) string { return "" }, false},
	}
	for _, tt := range tests {
		h := signWebhook(t, "msg_1", now, body)
		sent := tt.change(h)
		if _, err := newTestWebhooks(t, now).Read(named(h), []byte(sent)); (err == nil) != tt.ok || err != nil && !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, age := range []time.Duration{-6 * time.Minute, -5 * time.Minute, 5 * time.Minute, 6 * time.Minute, 1 << 62} {
		_, err := newTestWebhooks(t, now).Read(named(signWebhook(t, "msg_1", now.Add(-age), body)), []byte(body))
		if ok := age.Abs() <= 5*time.Minute; (err == nil) != ok {
			t.Errorf("sent %v ago: %v", age, err)
		}
	}
	other, err := NewWebhooks("whsec_"+base64.StdEncoding.EncodeToString([]byte("another")), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Read(named(signWebhook(t, "msg_1", now, body)), []byte(body)); !errors.Is(err, ErrSignature) {
		t.Errorf("another secret: %v", err)
	}
	for _, secret := range []string{"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"} {
		if _, err := NewWebhooks(secret, time.Now); err == nil || secret != "" && strings.Contains(err.Error(), secret) && secret != "whsec_" {
			t.Errorf("secret %q: %v", secret, err)
		}
	}
}

func TestWebhookEvents(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	const address = `"primary_email_address_id":"idn_1","email_addresses":[{"id":"idn_1","email_address":"ana@example.com","verification":{"status":%q}}]`
	verified, unverified := strings.ReplaceAll(address, "%q", `"verified"`), strings.ReplaceAll(address, "%q", `"unverified"`)
	tests := []struct {
		name, body string
		want       Event
		bad        bool
	}{
		{"a user", `{"type":"user.created","data":{"id":"user_1","first_name":"Ana","last_name":null,"banned":true,"public_metadata":{"role":"moderator"},"updated_at":1700000000123,` + verified + `}}`,
			Event{Type: "user.created", Kind: EventUserChanged, User: User{ID: "user_1", FirstName: "Ana", Email: "ana@example.com", IsBanned: true, Role: "moderator",
				CreatedAt: time.UnixMilli(0).UTC(), UpdatedAt: time.UnixMilli(1700000000123).UTC()}}, false},
		{"an address that is not verified", `{"type":"user.updated","data":{"id":"user_1",` + unverified + `}}`,
			Event{Type: "user.updated", Kind: EventUserChanged, User: User{ID: "user_1", CreatedAt: time.UnixMilli(0).UTC(), UpdatedAt: time.UnixMilli(0).UTC()}}, false},
		{"a deletion", `{"type":"user.deleted","data":{"id":"user_1","object":"user","deleted":true}}`, Event{Type: "user.deleted", Kind: EventUserDeleted, User: User{ID: "user_1"}}, false},
		{"a deletion without id", `{"type":"user.deleted","data":{"deleted":true}}`, Event{Type: "user.deleted"}, false},
		{"an ended session", `{"type":"session.ended","data":{"id":"sess_1","user_id":"user_1"}}`, Event{Type: "session.ended", Kind: EventSessionEnded, SessionID: "sess_1"}, false},
		{"a removed session", `{"type":"session.removed","data":{"id":"sess_1"}}`, Event{Type: "session.removed", Kind: EventSessionEnded, SessionID: "sess_1"}, false},
		{"a revoked session", `{"type":"session.revoked","data":{"id":"sess_1"}}`, Event{Type: "session.revoked", Kind: EventSessionEnded, SessionID: "sess_1"}, false},
		{"a session that began", `{"type":"session.created","data":{"id":"sess_1"}}`, Event{Type: "session.created"}, false},
		{"another type", `{"type":"organization.created","data":{"id":7}}`, Event{Type: "organization.created"}, false},
		{"a user without id", `{"type":"user.created","data":{}}`, Event{}, true},
		{"a user with an id that is a path", `{"type":"user.created","data":{"id":"../x"}}`, Event{}, true},
		{"no data", `{"type":"user.created"}`, Event{}, true},
		{"not an object", `[]`, Event{}, true},
		{"not JSON", `user.created`, Event{}, true},
		{"nothing", ``, Event{}, true},
	}
	for _, tt := range tests {
		got, err := newTestWebhooks(t, now).Read(named(signWebhook(t, "msg_1", now, tt.body)), []byte(tt.body))
		if tt.bad {
			if !errors.Is(err, ErrEvent) {
				t.Errorf("%s: %v, want ErrEvent", tt.name, err)
			}
			continue
		}
		tt.want.ID = "msg_1"
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", tt.name, err, diff)
		}
	}
}

// FuzzWebhook: a signed body of any shape is an event or ErrEvent, an unsigned one never an event.
func FuzzWebhook(f *testing.F) {
	for _, seed := range []string{`{"type":"user.created","data":{"id":"user_1","email_addresses":[null]}}`, `{"type":"user.deleted","data":{"id":"user_1"}}`,
		`{"type":"session.ended","data":null}`, `{"type":"user.updated","data":{"id":"user_1","updated_at":1e300,"primary_email_address_id":"x"}}`, `[`, "\x00", `{"type":1}`} {
		f.Add("msg_1", "v1,AAAA", seed)
	}
	now := time.Unix(1_800_000_000, 0)
	f.Fuzz(func(t *testing.T, id, signature, body string) {
		w := newTestWebhooks(t, now)
		event, err := w.Read(named(signWebhook(t, "msg_1", now, body)), []byte(body))
		if err != nil && !errors.Is(err, ErrEvent) || err == nil && event.ID != "msg_1" || event.Kind == EventUserChanged && !isID(event.User.ID) {
			t.Errorf("%q: %+v, %v", body, event, err)
		}
		forged := func(name string) string {
			return map[string]string{"id": id, "timestamp": "1800000000", "signature": signature}[name]
		}
		if _, err := w.Read(forged, []byte(body)); !errors.Is(err, ErrSignature) {
			t.Errorf("forged: %v", err)
		}
	})
}

func TestDeleteUser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, id, err := s.clerk.SignIn("ana@example.com", "Ana", "Pop")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []error{nil, ErrNoUser} {
		if err := s.DeleteUser(t.Context(), id); !errors.Is(err, want) {
			t.Errorf("deleting: %v, want %v", err, want)
		}
	}
	if _, err := s.User(t.Context(), id); !errors.Is(err, ErrNoUser) {
		t.Errorf("a deleted user: %v", err)
	}
	_, again, err := s.clerk.SignIn("ana@example.com", "Ana", "Pop")
	if err != nil || again == id {
		t.Errorf("the account of the address came back as %s, %v", again, err)
	}
	s.wire.cut()
	if err := s.DeleteUser(t.Context(), again); err == nil || errors.Is(err, ErrNoUser) {
		t.Errorf("while Clerk is down: %v", err)
	}
	if err := s.DeleteUser(t.Context(), "../users"); !errors.Is(err, ErrNoUser) {
		t.Errorf("an id that is a path: %v", err)
	}
}

// named finds a header as the route does.
func named(h http.Header) func(string) string {
	return func(name string) string { return h.Get("svix-" + name) }
}
