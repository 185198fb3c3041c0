package clerkdev

import (
	"bytes"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
)

func (c *Clerk) backend() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/jwks", c.getJWKS)
	mux.HandleFunc("GET /v1/users/{id}", c.getUser)
	mux.HandleFunc("DELETE /v1/users/{id}", c.deleteUser)
	mux.HandleFunc("POST /v1/sessions/{id}/refresh", c.postRefresh)
	mux.HandleFunc("POST /v1/sessions/{id}/revoke", c.postRevoke)
	mux.HandleFunc("GET /v1/clients/handshake_payload", c.getHandshakePayload)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+c.SecretKey() {
			c.fail(w, http.StatusUnauthorized, "clerk_key_invalid", "The provided Clerk Secret Key is invalid.")
			return
		}
		if err := c.key.getContext(r.Context()); err != nil {
			c.log.Error("no local signing key", slog.Any("error", err))
			c.fail(w, http.StatusServiceUnavailable, "internal_clerk_error", "No signing key.")
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (c *Clerk) getJWKS(w http.ResponseWriter, _ *http.Request) {
	set, err := c.jwks()
	if err != nil {
		c.fail(w, http.StatusServiceUnavailable, "internal_clerk_error", "No signing key.")
		return
	}
	c.answer(w, http.StatusOK, set)
}

func (c *Clerk) getUser(w http.ResponseWriter, r *http.Request) {
	a, ok := c.store.account(r.PathValue("id"))
	if !ok {
		c.fail(w, http.StatusNotFound, "resource_not_found", "User not found.")
		return
	}
	emailID := "idn_" + strings.TrimPrefix(a.ID, "user_")
	c.answer(w, http.StatusOK, map[string]any{
		"object": "user", "id": a.ID, "username": nil,
		"first_name": orNull(a.FirstName), "last_name": orNull(a.LastName),
		"image_url": "", "has_image": false, "banned": false, "locked": false,
		"primary_email_address_id": emailID,
		"email_addresses": []any{map[string]any{
			"object": "email_address", "id": emailID, "email_address": a.Email,
			"verification": map[string]any{"status": "verified", "strategy": "admin"},
		}},
		"public_metadata": map[string]any{},
		"created_at":      a.CreatedAt.UnixMilli(), "updated_at": a.UpdatedAt.UnixMilli(),
	})
}

func (c *Clerk) deleteUser(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	ok, err := c.store.remove(id)
	switch {
	case err != nil:
		c.log.Error("local account not deleted", slog.Any("error", err))
		c.fail(w, http.StatusServiceUnavailable, "internal_clerk_error", "Not saved.")
	case !ok:
		c.fail(w, http.StatusNotFound, "resource_not_found", "User not found.")
	default:
		c.answer(w, http.StatusOK, map[string]any{"object": "user", "id": id, "deleted": true})
	}
}

func (c *Clerk) postRefresh(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		ExpiredToken string `json:"expired_token"`
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxFormBytes)).Decode(&asked); err != nil {
		c.fail(w, http.StatusBadRequest, "request_body_invalid", "The body is not JSON.")
		return
	}
	account, session, ok := c.store.live(r.PathValue("id"), c.now())
	if !ok {
		c.fail(w, http.StatusNotFound, "resource_not_found", "Session not found.")
		return
	}
	isRight := subtle.ConstantTimeCompare([]byte(asked.RefreshToken), []byte(session.Refresh)) == 1
	if !isRight || sessionOf(asked.ExpiredToken) != session.ID {
		c.fail(w, http.StatusBadRequest, "session_refresh_session_token_ineligible", "The tokens do not belong to the session.")
		return
	}
	token, err := c.token(account, session)
	if err != nil {
		c.fail(w, http.StatusServiceUnavailable, "internal_clerk_error", "No signing key.")
		return
	}
	c.answer(w, http.StatusOK, map[string]any{"object": "cookies", "cookies": lines(c.tokenCookies(token))})
}

// sessionOf reads a token's session without verifying it: the refresh token is what counts.
func sessionOf(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return ""
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return ""
	}
	var claims sessionClaims
	if json.Unmarshal(data, &claims) != nil {
		return ""
	}
	return claims.SessionID
}

func (c *Clerk) postRevoke(w http.ResponseWriter, r *http.Request) {
	session, ok, err := c.store.end(r.PathValue("id"))
	switch {
	case err != nil:
		c.log.Error("local sign-out failed", slog.Any("error", err))
		c.fail(w, http.StatusServiceUnavailable, "internal_clerk_error", "Not saved.")
	case !ok:
		c.fail(w, http.StatusNotFound, "resource_not_found", "Session not found.")
	default:
		c.answer(w, http.StatusOK, map[string]any{
			"object": "session", "id": session.ID, "user_id": session.UserID, "client_id": session.Client, "status": "revoked",
			"created_at": session.CreatedAt.UnixMilli(), "updated_at": c.now().UnixMilli(), "expire_at": session.ExpiresAt.UnixMilli(),
		})
	}
}

func (c *Clerk) getHandshakePayload(w http.ResponseWriter, r *http.Request) {
	directives, ok := c.nonces.take(r.URL.Query().Get("nonce"), c.now())
	if !ok {
		c.fail(w, http.StatusNotFound, "resource_not_found", "Nonce not found.")
		return
	}
	c.answer(w, http.StatusOK, map[string]any{"directives": directives})
}

func (c *Clerk) fail(w http.ResponseWriter, status int, code, message string) {
	c.answer(w, status, map[string]any{"errors": []any{map[string]string{"code": code, "message": message}}})
}

func (c *Clerk) answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		c.log.Debug("answer not sent", slog.Any("error", err))
	}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// memoryTransport calls a handler instead of the network.
type memoryTransport struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (t memoryTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	} else {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	recorder := &recorder{header: http.Header{}, status: http.StatusOK}
	t.handler.ServeHTTP(recorder, r)
	return &http.Response{
		StatusCode: recorder.status, Status: http.StatusText(recorder.status),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: recorder.header, Body: io.NopCloser(&recorder.body), ContentLength: int64(recorder.body.Len()), Request: r,
	}, nil
}

// recorder keeps an answer in memory.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
func (r *recorder) WriteHeader(status int)      { r.status = status }
