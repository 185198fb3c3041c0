package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// signers are the key of the instance and one of nobody's, made once: making RSA keys is slow.
var signers = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var keys [2]*rsa.PrivateKey
	for i := range keys {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys[i] = key
	}
	return keys
})

const (
	goodKid   = "ins_1"
	goodUser  = "user_ana"
	goodSess  = "sess_ana"
	secretKey = "a1b2c3"
)

// object is JSON being put together.
type object map[string]any

// with returns a copy with changes; a nil value removes a field.
func (o object) with(changes object) object {
	out := maps.Clone(o)
	for name, value := range changes {
		if value == nil {
			delete(out, name)
		} else {
			out[name] = value
		}
	}
	return out
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// signed makes a token of any header and claims.
func signed(key *rsa.PrivateKey, header, claims any) string {
	text := encode(header) + "." + encode(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// backendAPI is a Clerk Backend API that tests script: what it answers depends on the nonce, the refresh token and the user asked for.
type backendAPI struct {
	*httptest.Server
	mu       sync.Mutex
	calls    map[string]int
	keys     []object
	payloads map[string][]string         // by nonce
	refresh  map[string]http.HandlerFunc // by refresh token
	users    map[string]object
	asked    object // the last refresh
	query    string // of the last refresh
	isDown   bool
}

func publicKey(kid string, key *rsa.PrivateKey) object {
	return object{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
		"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes())}
}

func newBackendAPI(t *testing.T) *backendAPI {
	t.Helper()
	b := &backendAPI{calls: map[string]int{}, keys: []object{publicKey(goodKid, signers()[0])}, payloads: map[string][]string{},
		refresh: map[string]http.HandlerFunc{}, users: map[string]object{goodUser: clerkUser(goodUser, nil)}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/jwks", func(w http.ResponseWriter, _ *http.Request) { b.answer(w, object{"keys": b.keys}) })
	mux.HandleFunc("GET /v1/users/{id}", func(w http.ResponseWriter, r *http.Request) {
		if user := b.users[r.PathValue("id")]; user != nil {
			b.answer(w, user)
			return
		}
		refuse(http.StatusNotFound, "resource_not_found")(w, r)
	})
	mux.HandleFunc("GET /v1/clients/handshake_payload", func(w http.ResponseWriter, r *http.Request) {
		if lines, ok := b.payloads[r.URL.Query().Get("nonce")]; ok {
			b.answer(w, object{"directives": lines})
			return
		}
		refuse(http.StatusNotFound, "resource_not_found")(w, r)
	})
	mux.HandleFunc("POST /v1/sessions/{id}/refresh", func(w http.ResponseWriter, r *http.Request) {
		b.asked, b.query = object{}, r.URL.RawQuery
		if err := json.NewDecoder(r.Body).Decode(&b.asked); err != nil {
			t.Errorf("refresh: %v", err)
		}
		token, _ := b.asked["refresh_token"].(string)
		if answer := b.refresh[token]; answer != nil {
			answer(w, r)
			return
		}
		refuse(http.StatusUnauthorized, "session_refresh_session_token_ineligible")(w, r)
	})
	mux.HandleFunc("POST /v1/sessions/{id}/revoke", func(w http.ResponseWriter, r *http.Request) {
		b.answer(w, object{"object": "session", "id": r.PathValue("id"), "status": "revoked"})
	})
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.calls[r.Method+" "+r.URL.Path]++
		if given := r.Header.Get("Authorization"); !strings.HasSuffix(given, secretKey) {
			t.Errorf("%s with Authorization %q", r.URL.Path, given)
		}
		if b.isDown {
			panic(http.ErrAbortHandler)
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *backendAPI) answer(w http.ResponseWriter, body object) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func refuse(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"errors":[{"code":%q,"message":"no"}]}`, code)
	}
}

// set changes the script.
func (b *backendAPI) set(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

// count is the number of calls so far whose method and path begin so.
func (b *backendAPI) count(prefix string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for call, times := range b.calls {
		if strings.HasPrefix(call, prefix) {
			n += times
		}
	}
	return n
}

// clerkUser is a user as the Backend API tells it.
func clerkUser(id string, changes object) object {
	now := time.Now().UnixMilli()
	name := strings.TrimPrefix(id, "user_")
	return object{"id": id, "object": "user", "first_name": strings.ToUpper(name[:1]) + name[1:], "last_name": "Pop", "username": nil, "image_url": "https://img.clerk.com/x",
		"primary_email_address_id": "idn_1", "email_addresses": []object{{"id": "idn_1", "email_address": name + "@example.com", "verification": object{"status": "verified"}}},
		"public_metadata": object{}, "banned": false, "locked": false, "created_at": now, "updated_at": now}.with(changes)
}
