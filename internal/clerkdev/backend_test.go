package clerkdev

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (c *Clerk) api(t *testing.T, method, path, key string, body any) (int, map[string]any) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, "https://api.example/v1"+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	res, err := c.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, answer
}

func TestBackend(t *testing.T) {
	t.Parallel()
	now := time.Now()
	c := open(t, func(o *Options) { o.Now = func() time.Time { return now } })
	cookies, id, err := c.SignIn("ana@exemplu.ro", "Ana", "")
	if err != nil {
		t.Fatal(err)
	}
	token := cookieNamed(t, cookies, "__session").Value
	refresh := cookieNamed(t, cookies, "__refresh_"+c.suffix).Value
	session := sessionOf(token)
	good := map[string]string{"expired_token": token, "refresh_token": refresh}
	tests := []struct {
		name, method, path, key string
		body                    any
		status                  int
		holds                   string
	}{
		{"no key", "GET", "/jwks", "", nil, 401, "clerk_key_invalid"},
		{"keys", "GET", "/jwks", c.SecretKey(), nil, 200, KeyID},
		{"user", "GET", "/users/" + id, c.SecretKey(), nil, 200, "ana@exemplu.ro"},
		{"no user", "GET", "/users/user_x", c.SecretKey(), nil, 404, "resource_not_found"},
		{"refresh", "POST", "/sessions/" + session + "/refresh", c.SecretKey(), good, 200, "__session_" + c.suffix},
		{"refresh with another's token", "POST", "/sessions/" + session + "/refresh", c.SecretKey(),
			map[string]string{"expired_token": token, "refresh_token": "x"}, 400, "ineligible"},
		{"refresh with garbage", "POST", "/sessions/" + session + "/refresh", c.SecretKey(),
			map[string]string{"expired_token": "x", "refresh_token": refresh}, 400, "ineligible"},
		{"refresh with no body", "POST", "/sessions/" + session + "/refresh", c.SecretKey(), "x", 400, "request_body_invalid"},
		{"no nonce", "GET", "/clients/handshake_payload?nonce=x", c.SecretKey(), nil, 404, "resource_not_found"},
		{"revoke", "POST", "/sessions/" + session + "/revoke", c.SecretKey(), nil, 200, "revoked"},
		{"revoke again", "POST", "/sessions/" + session + "/revoke", c.SecretKey(), nil, 404, "resource_not_found"},
		{"refresh when ended", "POST", "/sessions/" + session + "/refresh", c.SecretKey(), good, 404, "resource_not_found"},
	}
	for _, tt := range tests { // in order: the last ones change what the first ones see
		status, answer := c.api(t, tt.method, tt.path, tt.key, tt.body)
		if status != tt.status || !strings.Contains(fmt.Sprint(answer), tt.holds) {
			t.Errorf("%s: %d %v", tt.name, status, answer)
		}
	}
}
