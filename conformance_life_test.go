package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// bearer asks the API as somebody with this token.
func (i *instance) bearer(t *testing.T, path, token string) (int, object) {
	t.Helper()
	res := i.ask(t, http.MethodGet, path, "", map[string]string{"Authorization": "Bearer " + token, "Accept": "application/json", "Sec-Fetch-Dest": ""})
	body := object{}
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		t.Fatalf("%s: %d, %v", path, res.StatusCode, err)
	}
	return res.StatusCode, body
}

func (i *instance) as(user string, extra object) string {
	return i.token(nil, object{"sub": user, "sid": "sess_" + user}.with(extra))
}

// webhook posts an event as Svix does, with changes to its headers.
func (i *instance) webhook(t *testing.T, id string, at time.Time, event object, header map[string]string) int {
	t.Helper()
	body, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(webhookSecret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "." + string(body)))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.address+"/webhooks/clerk", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("svix-id", id)
	r.Header.Set("svix-timestamp", stamp)
	r.Header.Set("svix-signature", "v2,x v1,AAAA v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	for name, value := range header {
		r.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// TestPeople: who is made, asked about, made a moderator and locked out.
func TestPeople(t *testing.T) {
	t.Parallel()
	i := launch(t, false, nil)
	foreign := []object{{"id": "idn_1", "email_address": "sefa@example.com", "verification": object{"status": "unverified"}}}
	i.api.set(func() {
		for id, changes := range map[string]object{
			"user_new": nil, "user_sefa": nil, "user_fals": {"email_addresses": foreign}, "user_rol": {"public_metadata": object{"role": "moderator"}},
			"user_banned": {"banned": true}, "user_nimeni": {"first_name": nil, "last_name": nil, "email_addresses": []object{}, "primary_email_address_id": nil},
			"user_admin": {"username": "Admin", "first_name": nil, "last_name": nil}, "user_stefan": {"first_name": "Ștefăniță", "last_name": "Țîrlea-Șoșea"},
		} {
			i.api.users[id] = clerkUser(id, changes)
		}
	})
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if status, me := i.bearer(t, "/api/v1/me", i.as("user_new", nil)); status != http.StatusOK || me["username"] != "new-pop" {
				t.Errorf("%d %v", status, me)
			}
		})
	}
	wg.Wait()
	if n := i.api.count("GET /v1/users/user_new"); n != 1 {
		t.Errorf("asked %d times about a new person", n)
	}
	for user, want := range map[string]string{"user_nimeni": "vecin-", "user_admin": "vecin-", "user_stefan": "stefanita-tirlea-sosea"} {
		status, me := i.bearer(t, "/api/v1/me", i.as(user, nil))
		if name, _ := me["username"].(string); status != http.StatusOK || !strings.HasPrefix(name, want) {
			t.Errorf("%s: %d %v, want %s", user, status, me, want)
		}
	}
	for _, v := range []struct {
		user  string
		extra object
		want  bool
	}{
		{"user_sefa", nil, true}, {"user_fals", nil, false}, {"user_rol", nil, true}, {"user_new", nil, false},
		{"user_new", object{"metadata": object{"role": "moderator"}}, true}, {"user_new", object{"email": "sefa@example.com"}, false},
		{"user_sefa", object{"act": object{"sub": "user_boss"}}, false},
	} {
		if status, me := i.bearer(t, "/api/v1/me", i.as(v.user, v.extra)); status != http.StatusOK || me["is_moderator"] != v.want {
			t.Errorf("%s %v: %d %v, want a moderator: %t", v.user, v.extra, status, me, v.want)
		}
	}
	i.check(t, row{cookies: i.cookies(i.as("user_banned", nil), "5"), status: http.StatusForbidden, reason: unverified})
	i.api.set(func() { i.api.isDown = true })
	status, me := i.bearer(t, "/api/v1/me", i.as("user_late", object{"first_name": "Ion", "last_name": "Late"}))
	if status != http.StatusOK || me["username"] != "ion-late" {
		t.Errorf("while the Backend API is down: %d %v", status, me)
	}
	i.check(t, in("known people", i.cookies(i.as("user_new", nil), "5")))
}

// TestEndOfSessions: by the person, by Clerk, and after a restart.
func TestEndOfSessions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	i := launch(t, false, map[string]string{"DATA_DIR": dir})
	cookies := i.cookies(i.as(goodUser, nil), "5")
	i.check(t, in("before", cookies))
	res := i.ask(t, http.MethodPost, "/auth/clerk/logout/", cookies, map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
	if res.StatusCode != http.StatusForbidden || i.api.count("POST /v1/sessions/") != 0 {
		t.Errorf("another site signed the person out: %d", res.StatusCode)
	}
	res = i.ask(t, http.MethodPost, "/auth/clerk/logout/", cookies, nil)
	lines := strings.Join(res.Header["Set-Cookie"], "\n")
	for _, name := range []string{"__session=;", "__session_" + i.suffix + "=;", "__refresh_" + i.suffix + "=;", "__client_uat=0; Domain=piata.example", "__client_uat_" + i.suffix + "=0; Domain=piata.example"} {
		if !strings.Contains(lines, name) {
			t.Errorf("signing out leaves %s: %s", name, lines)
		}
	}
	if res.StatusCode != http.StatusSeeOther || i.api.count("POST /v1/sessions/sess_user_ana/revoke") != 1 {
		t.Errorf("signing out: %d", res.StatusCode)
	}
	i.check(t, out("the token lives on", cookies, unverified))
	for n, kind := range []string{"session.ended", "session.removed", "session.revoked"} {
		sid := fmt.Sprint("sess_hook", n)
		cookies := i.cookies(i.token(nil, object{"sid": sid}), "5")
		i.check(t, in("before "+kind, cookies))
		if got := i.webhook(t, fmt.Sprint("msg_", n), time.Now(), object{"type": kind, "object": "event", "data": object{"id": sid, "object": "session"}}, nil); got != http.StatusOK {
			t.Errorf("%s: %d", kind, got)
		}
		i.check(t, out("after "+kind, cookies, unverified))
	}
	again := launch(t, false, map[string]string{"DATA_DIR": dir, "CLERK_API_URL": i.api.URL})
	again.check(t, out("after a restart", cookies, unverified))
}

// TestWebhooks: what is believed, what comes twice and what comes late.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	i := launch(t, true, nil)
	now := time.Now()
	user := func(kind, first string, changes object) object {
		return object{"object": "event", "type": kind, "data": clerkUser("user_hook", object{"first_name": first}).with(changes)}
	}
	for _, v := range []struct {
		name   string
		at     time.Time
		header map[string]string
		want   int
	}{
		{"good", now, nil, http.StatusOK}, {"again", now, nil, http.StatusOK}, {"a little old", now.Add(-290 * time.Second), nil, http.StatusOK},
		{"old", now.Add(-310 * time.Second), nil, http.StatusBadRequest}, {"from the future", now.Add(310 * time.Second), nil, http.StatusBadRequest},
		{"bad signature", now, map[string]string{"svix-signature": "v1,AAAA"}, http.StatusBadRequest}, {"other version", now, map[string]string{"svix-signature": "v2,AAAA"}, http.StatusBadRequest},
		{"no signature", now, map[string]string{"svix-signature": ""}, http.StatusBadRequest}, {"other id", now, map[string]string{"svix-id": "msg_other"}, http.StatusBadRequest},
		{"other time", now, map[string]string{"svix-timestamp": "5"}, http.StatusBadRequest}, {"no time", now, map[string]string{"svix-timestamp": "x"}, http.StatusBadRequest},
	} {
		if got := i.webhook(t, "msg_1", v.at, user("user.created", "Unu", object{"updated_at": now.UnixMilli()}), v.header); got != v.want {
			t.Errorf("%s: %d, want %d", v.name, got, v.want)
		}
	}
	name := func() string {
		_, me := i.bearer(t, "/api/v1/me", i.as("user_hook", nil))
		return fmt.Sprint(me["name"])
	}
	i.api.set(func() {
		i.api.users["user_hook"] = clerkUser("user_hook", object{"first_name": "Unu", "updated_at": now.UnixMilli()})
	})
	for n, step := range []struct {
		event object
		want  string
	}{
		{user("user.updated", "Trei", object{"updated_at": now.Add(3 * time.Second).UnixMilli()}), "Trei P."},
		{user("user.updated", "Doi", object{"updated_at": now.Add(2 * time.Second).UnixMilli()}), "Trei P."}, // came late
		{object{"object": "event", "type": "organization.created", "data": object{"id": "org_1"}}, "Trei P."},
		{object{"object": "event", "type": "user.deleted", "data": object{"object": "user", "deleted": true}}, "Trei P."}, // of whom?
	} {
		if got := i.webhook(t, fmt.Sprint("msg_step", n), now, step.event, nil); got != http.StatusOK {
			t.Errorf("step %d: %d", n, got)
		}
		if got := name(); got != step.want {
			t.Errorf("step %d: %q, want %q", n, got, step.want)
		}
	}
	gone := object{"object": "event", "type": "user.deleted", "data": object{"id": "user_hook", "object": "user", "deleted": true}}
	late := user("user.created", "Patru", object{"updated_at": now.Add(time.Hour).UnixMilli()})
	for n, event := range []object{gone, late} {
		if got := i.webhook(t, fmt.Sprint("msg_end", n), now, event, nil); got != http.StatusOK {
			t.Errorf("end %d: %d", n, got)
		}
		if status, _ := i.bearer(t, "/api/v1/me", i.as("user_hook", nil)); status != http.StatusForbidden {
			t.Errorf("end %d: a deleted account answers %d", n, status)
		}
	}
	off := launch(t, true, map[string]string{"CLERK_WEBHOOK_SIGNING_SECRET": ""})
	if got := off.webhook(t, "msg_1", now, gone, nil); got != http.StatusNotFound {
		t.Errorf("without a secret: %d", got)
	}
}

// TestKeys: rotation, floods and outages of the key set, and keys that are given.
func TestKeys(t *testing.T) {
	t.Parallel()
	i := launch(t, false, nil)
	i.check(t, in("first", i.cookies(i.token(nil, nil), "5")))
	var wg sync.WaitGroup
	for n := range 100 {
		token := i.token(object{"kid": fmt.Sprint("ins_x", n)}, nil)
		wg.Go(func() { i.check(t, out("flood", i.cookies(token, "5"), "jwk-kid-mismatch")) })
	}
	wg.Wait()
	if n := i.api.count("GET /v1/jwks"); n > 2 {
		t.Errorf("%d fetches for 100 unknown keys", n)
	}
	i.api.set(func() { i.api.isDown = true })
	i.check(t, in("the Backend API is down", i.cookies(i.token(nil, object{"v": 2}), "5")))

	down := launch(t, false, map[string]string{"CLERK_API_URL": "http://127.0.0.1:1"})
	began := time.Now()
	for range 3 {
		down.check(t, out("never an answer", down.cookies(down.token(nil, nil), "5"), "jwk-remote-failed-to-load"))
	}
	if took := time.Since(began); took > 6*time.Second {
		t.Errorf("three requests without keys took %v", took)
	}
	der, err := x509.MarshalPKIXPublicKey(&signers()[0].PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	for name, given := range map[string]string{"PEM": whole, "bare": base64.StdEncoding.EncodeToString(der), "one line": strings.ReplaceAll(whole, "\n", `\n`)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := launch(t, true, map[string]string{"CLERK_JWT_KEY": given})
			i.check(t, in("any key id", i.cookies(i.token(object{"kid": "whatever"}, nil), "5")))
			i.check(t, out("forged", i.cookies(signed(signers()[1], tokenHeader(nil), i.claims(nil)), "5"), "token-invalid-signature"))
			if n := i.api.count("GET /v1/jwks"); n != 0 {
				t.Errorf("%d fetches", n)
			}
		})
	}
}

// TestProxiedFrontendAPI: where handshakes go and which issuers are taken when the Frontend API is behind a path.
func TestProxiedFrontendAPI(t *testing.T) {
	t.Parallel()
	for proxy, want := range map[string]string{"/__clerk//": "https://piata.example/__clerk", "https://piata.example/clerk/": "https://piata.example/clerk"} {
		t.Run(proxy, func(t *testing.T) {
			t.Parallel()
			i := launch(t, false, map[string]string{"CLERK_PROXY_URL": proxy, "CLERK_AUTHORIZED_PARTIES": "https://www.piata.example, https://piata.example/"})
			byKey := i.frontend
			i.frontend = want
			i.check(t, away("handshake", i.cookies("", "5"), noSession, ""))
			for _, issuer := range []string{want, byKey} {
				i.check(t, in(issuer, i.cookies(i.token(nil, object{"iss": issuer, "azp": "https://www.piata.example"}), "5")))
			}
			i.check(t, row{path: "/api/v1/me", status: http.StatusUnauthorized, reason: unverified}.with("Authorization", "Bearer "+i.token(nil, object{"iss": want + "/"})))
		})
	}
}

// TestNumbers: what is refused is counted by its reason, on an address of its own.
func TestNumbers(t *testing.T) {
	t.Parallel()
	i := launch(t, false, map[string]string{"METRICS_ADDR": "127.0.0.1:0"})
	found := regexp.MustCompile(`http://127\.0\.0\.1:\d+/metrics`).FindString(i.log.String())
	token := i.token(object{"kid": "ins_x"}, nil)
	i.check(t, out("refused", i.cookies(token, "5"), "jwk-kid-mismatch"))
	res, err := http.Get(found) //nolint:noctx // loopback
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`piata_auth_refusals_total{reason="jwk-kid-mismatch"} 1`, `piata_http_requests_total{method="GET",route="/profil/",status="303"} 1`} {
		if !strings.Contains(string(body), want) {
			t.Errorf("lacks %s: %s", want, body)
		}
	}
	if lines := strings.Count(i.log.String(), "jwk-kid-mismatch"); lines != 1 || strings.Contains(i.log.String()+string(body), token[:20]) {
		t.Errorf("%d lines, or the token, in the log: %s", lines, i.log)
	}
	if got := i.ask(t, http.MethodGet, "/metrics", "", nil).StatusCode; got != http.StatusPermanentRedirect && got != http.StatusNotFound {
		t.Errorf("/metrics of the site: %d", got)
	}
}
