package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// handshakes: what comes back from the Frontend API, by cookie in production and by the address in development.
func (i *instance) handshakes(t *testing.T) {
	now := time.Now().Unix()
	good := "__session=" + i.token(nil, nil) + "; Path=/; SameSite=Lax"
	gone := "__clerk_handshake_nonce=; Path=/; Max-Age=0"
	stale := "__session=" + i.token(nil, object{"exp": now - 25*3600})
	off := "__session=" + i.token(nil, object{"iat": now + 3600, "nbf": now + 3600, "exp": now + 3660})
	foreign := signed(signers()[1], tokenHeader(nil), object{"handshake": []string{good}})
	i.api.set(func() {
		i.api.payloads = map[string][]string{"good": {good, gone, "__client_uat=5; Path=/", "a=1", "a=2", "b=1\r\nX-Bad: 1"}, "out": {"__session=; Path=/; Max-Age=0", "__client_uat=0"},
			"last": {good, "__session_x=garbage"}, "stale": {stale}, "off": {off}, "none": {}}
	})
	type verdict struct {
		name, nonce, token string
		inside             bool
		lines              []string
		reason             string // when it is final
		failure            string // in development; production goes on as if nothing had come
	}
	for _, v := range []verdict{
		{name: "nonce", nonce: "good", inside: true, lines: []string{good, gone, "__client_uat=5; Path=/", "a=1", "a=2"}},
		{name: "token", token: i.handshake(nil, good, gone), inside: true, lines: []string{good, gone}},
		{name: "token without category", token: i.handshake(object{"cat": nil}, good), inside: true, lines: []string{good}},
		{name: "nonce goes before token", nonce: "out", token: i.handshake(nil, good), reason: "session-token-missing", lines: []string{"__session=; Path=/; Max-Age=0", "__client_uat=0"}},
		{name: "unknown nonce", nonce: "unknown", reason: "session-token-missing"},
		{name: "nothing in it", nonce: "none", reason: "session-token-missing"},
		{name: "the last session counts", nonce: "last", failure: "token-invalid"},
		{name: "expired inside", nonce: "stale", failure: unverified},
		{name: "forged", token: foreign, failure: "token-invalid-signature"},
		{name: "unknown key", token: i.handshake(object{"kid": "ins_2"}, good), failure: "jwk-kid-mismatch"},
		{name: "template", token: i.handshake(object{"cat": "cl_B7d4PD222AAA"}, good), failure: "token-type-mismatch"},
		{name: "algorithm", token: i.handshake(object{"alg": "HS256"}, good), failure: "token-invalid-algorithm"},
		{name: "garbage", token: "garbage", failure: "token-invalid"},
		{name: "off", nonce: "off", inside: i.isDev, failure: "session-token-iat-in-the-future", lines: []string{off}},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			t.Run(method+" "+v.name, func(t *testing.T) {
				path, cookies := "/ajutor/?a=1", ""
				if method == http.MethodPost {
					path = "/nimic/?a=1"
				}
				if i.isDev {
					if v.nonce != "" {
						path += "&__clerk_handshake_nonce=" + v.nonce
					}
					if v.token != "" {
						path += "&__clerk_handshake=" + v.token
					}
					path += "&__clerk_db_jwt=dvb_1&__clerk_help=x&b=%20"
				} else {
					cookies = joined("__clerk_handshake_nonce="+v.nonce, "__clerk_handshake="+v.token)
				}
				res := i.ask(t, method, path, cookies, nil)
				status, reason := http.StatusOK, v.reason
				if method == http.MethodPost {
					status = http.StatusNotFound
				}
				switch {
				case i.isDev && v.failure != "" && !v.inside:
					status, reason = http.StatusInternalServerError, v.failure
				case i.isDev:
					status = http.StatusTemporaryRedirect
					if got, want := res.Header.Get("Location"), i.origin+strings.Split(path, "&")[0]+"&b=%20"; got != want || res.Header.Get("Cache-Control") != "no-store" {
						t.Errorf("leads to %q (%s), want %q", got, res.Header.Get("Cache-Control"), want)
					}
				case v.failure != "":
					reason = visitor
				}
				if res.StatusCode != status || res.Header.Get("X-Clerk-Auth-Reason") != reason {
					body, _ := io.ReadAll(res.Body)
					t.Errorf("%d (%s), want %d (%s); %.300s", res.StatusCode, res.Header.Get("X-Clerk-Auth-Reason"), status, reason, body)
				}
				lines := v.lines
				if reason == visitor || status == http.StatusInternalServerError {
					lines = nil
				}
				if got := res.Header["Set-Cookie"]; len(got) < len(lines) || !slices.Equal(got[:len(lines)], lines) || method == http.MethodGet && len(got) != len(lines) {
					t.Errorf("Set-Cookie %q, want %q", got, lines)
				}
			})
		}
	}
	if !i.isDev { // somebody else's payload in a link signs nobody in
		i.check(t, out("by address", "", visitor))
		i.check(t, row{path: "/ajutor/?__clerk_handshake_nonce=good&__clerk_handshake=" + i.handshake(nil, good), reason: visitor})
		return
	}
	i.check(t, in("cookies work in development too", joined(i.cookies(i.token(nil, nil), "5"))))
}

// refreshes: every way in which an expired token is or is not carried on.
func (i *instance) refreshes(t *testing.T) {
	now := time.Now().Unix()
	cookies := func(lines ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			i.api.answer(w, object{"object": "cookies", "cookies": lines})
		}
	}
	raw := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = io.WriteString(w, body) }
	}
	fresh := "__session=" + i.token(nil, nil) + "; Path=/"
	i.api.set(func() {
		i.api.refresh = map[string]http.HandlerFunc{
			"good": cookies("a=1", fresh, "__session_"+i.suffix+strings.TrimPrefix(fresh, "__session"), "__refresh_"+i.suffix+"=next; HttpOnly"),
			"500":  raw(500, "oops"), "empty": raw(200, ""), "none": cookies(), "other": cookies("__session=" + i.token(nil, object{"sub": "user_other"})),
			"session": cookies("__session=" + i.token(nil, object{"sid": "sess_other"})), "stale": cookies("__session=" + i.token(nil, object{"exp": now - 60})),
			"forged": cookies("__session=" + signed(signers()[1], tokenHeader(nil), i.claims(nil))),
			"cut":    func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		}
	})
	dead, noSID := i.token(nil, object{"exp": now - 60}), i.token(nil, object{"exp": now - 60, "sid": nil})
	for _, v := range []struct{ name, refresh, token, why string }{
		{"no cookie", "", dead, "non-eligible-no-refresh-cookie"},
		{"Clerk's code", "bad", dead, "session_refresh_session_token_ineligible"},
		{"no code", "500", dead, "unexpected-bapi-error"},
		{"empty answer", "empty", dead, "unexpected-sdk-error"},
		{"network", "cut", dead, "fetch-error"},
		{"no cookies", "none", dead, "unexpected-sdk-error"},
		{"somebody else's", "other", dead, "invalid-session-token"},
		{"another session's", "session", dead, "invalid-session-token"},
		{"expired again", "stale", dead, "invalid-session-token"},
		{"forged", "forged", dead, "invalid-session-token"},
		{"no session id", "good", noSID, "expired-session-token-missing-sid-claim"},
	} {
		t.Run(v.name, func(t *testing.T) {
			refresh := ""
			if v.refresh != "" {
				refresh = "__refresh_" + i.suffix + "=" + v.refresh
			}
			i.check(t, away("page", joined(i.cookies(v.token, "5"), refresh), expired+v.why, v.token))
			i.check(t, awaySuffixed("suffixed page", joined(i.suffixed(v.token, "5"), refresh), expired+v.why, v.token))
			i.check(t, out("fetch", joined(i.cookies(v.token, "5"), refresh), expired+v.why).with("Sec-Fetch-Dest", "empty"))
		})
	}
	refresh := "__refresh_" + i.suffix + "=good"
	i.check(t, row{method: http.MethodPost, path: "/auth/clerk/logout/", cookies: joined(i.cookies(i.token(nil, object{"sid": "sess_form", "exp": now - 60}), "5"), refresh),
		status: http.StatusSeeOther, reason: expired + "non-eligible-non-get"})
	i.check(t, away("only the suffixed refresh cookie counts", joined(i.cookies(dead, "5"), "__refresh=good"), expired+"non-eligible-no-refresh-cookie", dead))
	for _, set := range []func(string, string) string{i.cookies, i.suffixed} {
		for _, dest := range []string{"document", "empty"} {
			res := i.ask(t, http.MethodGet, "/profil/", joined(set(dead, "5"), refresh), map[string]string{"Sec-Fetch-Dest": dest})
			if res.StatusCode != http.StatusOK || len(res.Header["Set-Cookie"]) != 4 || res.Header["Set-Cookie"][1] != fresh {
				t.Errorf("%s: %d, Set-Cookie %q", dest, res.StatusCode, res.Header["Set-Cookie"])
			}
		}
	}
	i.api.set(func() {
		want := object{"format": "cookie", "expired_token": dead, "refresh_token": "good", "request_origin": i.origin, "request_headers": map[string]any{"user-agent": []any{"conformance"}},
			"request_originating_ip": "127.0.0.1"}
		if fmt.Sprint(i.api.asked) != fmt.Sprint(want) || i.api.query != "suffixed_cookies=true" {
			t.Errorf("asked with %q\n%v, want\n%v", i.api.query, i.api.asked, want)
		}
	})
}
