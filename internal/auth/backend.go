package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/session"
	"github.com/clerk/clerk-sdk-go/v2/user"
)

const (
	backendTimeout   = 5 * time.Second
	maxBackendAnswer = 1 << 20
)

var errNoKeys = errors.New("the answer has no usable signing key")

// backend speaks to Clerk's Backend API through the SDK.
type backend struct {
	api      clerk.Backend
	users    *user.Client
	sessions *session.Client
}

func newBackend(apiURL, secretKey string, client *http.Client) *backend {
	base := strings.TrimRight(apiURL, "/")
	if base == "" {
		base = defaultAPIURL
	}
	if !strings.HasSuffix(base, "/v1") {
		base += "/v1"
	}
	// Without a key of its own the SDK reads a package variable.
	config := &clerk.ClientConfig{BackendConfig: clerk.BackendConfig{
		HTTPClient: limitedClient(client), URL: &base, Key: &secretKey,
	}}
	return &backend{
		api:      clerk.NewBackend(&config.BackendConfig),
		users:    user.NewClient(config),
		sessions: session.NewClient(config),
	}
}

// limitedClient bounds what the SDK does not: time, connections, redirects and the size of an answer.
func limitedClient(client *http.Client) *http.Client {
	limited := http.Client{}
	if client != nil {
		limited = *client
	}
	if limited.Timeout == 0 {
		limited.Timeout = backendTimeout
	}
	if limited.Transport == nil {
		limited.Transport = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			ForceAttemptHTTP2:     true,
			MaxConnsPerHost:       16,
			MaxIdleConnsPerHost:   4,
			IdleConnTimeout:       time.Minute,
			TLSHandshakeTimeout:   backendTimeout,
			ResponseHeaderTimeout: backendTimeout,
		}
	}
	limited.Transport = shortAnswers{limited.Transport}
	limited.CheckRedirect = func(*http.Request, []*http.Request) error {
		return errors.New("the Backend API does not redirect")
	}
	return &limited
}

// shortAnswers cuts bodies, which the SDK reads whole.
type shortAnswers struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t shortAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(res.Body, maxBackendAnswer), res.Body}
	return res, nil
}

// keys fetches the signing keys. It reads them one by one: a key of a kind that the SDK does not know would otherwise
// make the whole set unreadable.
func (b *backend) keys(ctx context.Context) (map[string]*clerk.JSONWebKey, error) {
	var answer struct {
		clerk.APIResource
		Keys []json.RawMessage `json:"keys"`
	}
	if err := b.api.Call(ctx, clerk.NewAPIRequest(http.MethodGet, "/jwks"), &answer); err != nil {
		if errorCode(err) == "clerk_key_invalid" {
			return nil, errSecretKeyInvalid
		}
		return nil, fmt.Errorf("fetch signing keys: %w", withoutBody(err))
	}
	keys := make(map[string]*clerk.JSONWebKey, len(answer.Keys))
	for _, raw := range answer.Keys {
		key := new(clerk.JSONWebKey)
		if json.Unmarshal(raw, key) == nil && isUsable(key) {
			keys[key.KeyID] = key
		}
	}
	if len(keys) == 0 {
		return nil, errNoKeys
	}
	return keys, nil
}

// refreshParams is the body of a refresh. It holds secrets: it is never logged.
type refreshParams struct {
	clerk.APIParams
	Format          string              `json:"format"`
	ExpiredToken    string              `json:"expired_token"`
	RefreshToken    string              `json:"refresh_token"`
	RequestOrigin   string              `json:"request_origin"`
	RequestHeaders  map[string][]string `json:"request_headers"`
	RequestOriginIP string              `json:"request_originating_ip,omitempty"`
}

// refreshSession exchanges an expired token for the Set-Cookie lines of a new one.
func (b *backend) refreshSession(ctx context.Context, sessionID string, suffixed bool, params *refreshParams) ([]string, error) {
	path := "/sessions/" + url.PathEscape(sessionID) + "/refresh"
	if suffixed {
		path += "?suffixed_cookies=true"
	}
	request := clerk.NewAPIRequest(http.MethodPost, path)
	request.SetParams(params)
	var answer struct {
		clerk.APIResource
		Cookies []string `json:"cookies"`
	}
	if err := b.api.Call(ctx, request, &answer); err != nil {
		return nil, err
	}
	return answer.Cookies, nil
}

// nonceParams asks for a handshake's payload.
type nonceParams struct {
	clerk.APIParams
	nonce string
}

// ToQuery puts the nonce where the Backend API expects it.
func (p *nonceParams) ToQuery() url.Values { return url.Values{"nonce": {p.nonce}} }

// handshakePayload fetches the Set-Cookie lines that a nonce stands for.
func (b *backend) handshakePayload(ctx context.Context, nonce string) ([]string, error) {
	request := clerk.NewAPIRequest(http.MethodGet, "/clients/handshake_payload")
	request.SetParams(&nonceParams{nonce: nonce})
	var answer struct {
		clerk.APIResource
		Directives []string `json:"directives"`
	}
	if err := b.api.Call(ctx, request, &answer); err != nil {
		return nil, fmt.Errorf("fetch handshake payload: %w", withoutBody(err))
	}
	return answer.Directives, nil
}

// errorCode is the code of an error that Clerk itself answered, or empty.
func errorCode(err error) string {
	var answered *clerk.APIErrorResponse
	if errors.As(err, &answered) && len(answered.Errors) > 0 {
		return answered.Errors[0].Code
	}
	return ""
}

// isNotFound believes only Clerk: a proxy on the way answers 404 for reasons of its own.
func isNotFound(err error) bool {
	var answered *clerk.APIErrorResponse
	return errors.As(err, &answered) && answered.HTTPStatusCode == http.StatusNotFound && len(answered.Errors) > 0
}

// withoutBody keeps network errors and the status of Clerk's own, and drops whatever else was answered: the SDK makes
// the whole body the error text, and bodies may hold secrets.
func withoutBody(err error) error {
	var answered *clerk.APIErrorResponse
	var network *url.Error
	switch {
	case errors.As(err, &answered):
		return fmt.Errorf("status %d, code %q", answered.HTTPStatusCode, errorCode(err))
	case errors.As(err, &network):
		return network.Err // its text would hold the address, nonces included
	default:
		return errors.New("the answer was not understood")
	}
}
