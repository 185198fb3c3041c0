package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
	clerkhttp "github.com/clerk/clerk-sdk-go/v2/http"
	"github.com/clerk/clerk-sdk-go/v2/jwt"
	"github.com/go-jose/go-jose/v3"
	josejwt "github.com/go-jose/go-jose/v3/jwt"
)

// token is a decodable token of a request.
type token struct {
	raw  string
	sum  digest
	said *facts
	seen *seenToken // not nil when this very token was verified before
}

// seenToken is a token that was verified, remembered without its text.
type seenToken struct {
	said *facts
	key  *clerk.JSONWebKey // the key that verified it; a change of keys ends the memory
}

// decode reads a token, or finds it among those verified before. It returns nil for what is not a token.
func (a *Authenticator) decode(raw string) *token {
	if raw == "" || len(raw) > maxTokenBytes {
		return nil
	}
	sum := digest(sha256.Sum256([]byte(raw)))
	if seen, ok := a.seen.get(sum); ok {
		return &token{raw: raw, sum: sum, said: seen.said, seen: seen}
	}
	said, err := decodeToken(raw, maxTokenBytes)
	if err != nil {
		return nil
	}
	return &token{raw: raw, sum: sum, said: said}
}

// verify is the verdict on a token, with clocks allowed to disagree by skew.
func (a *Authenticator) verify(ctx context.Context, t *token, skew time.Duration) (*Session, Reason) {
	if t.seen != nil && a.keys.known(t.said.kid) == t.seen.key {
		if reason := a.claimsProblem(t.said, skew); reason != "" {
			return nil, reason
		}
		return &t.seen.said.claimed, ""
	}
	if reason := t.said.headerProblem(); reason != "" {
		return nil, reason
	}
	key, reason := a.keys.lookup(ctx, t.said.kid)
	if reason != "" {
		return nil, reason
	}
	if !a.passesMiddleware(ctx, t, key, skew) {
		return nil, a.refusal(ctx, t, key, skew)
	}
	// The SDK lets pass what lacks an expiry, a subject or a session.
	if reason := a.claimsProblem(t.said, skew); reason != "" {
		return nil, reason
	}
	a.seen.put(t.sum, &seenToken{said: t.said, key: key})
	return &t.said.claimed, ""
}

// verifyOptions are the options of the SDK that are the same for every token.
func (a *Authenticator) verifyOptions() []clerkhttp.AuthorizationOption {
	return []clerkhttp.AuthorizationOption{
		clerkhttp.AuthorizationJWTExtractor(tokenFromCookie),
		clerkhttp.AuthorizationFailureHandler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})),
		clerkhttp.AuthorizedParty(a.isAuthorizedParty),
		clerkhttp.Clock(clock(a.now)),
	}
}

// passesMiddleware asks Clerk's middleware, on a request made of the token alone: converting a whole Fiber request costs
// more and repeats headers wrongly. The claims of its answer are those that decode read from the same token.
func (a *Authenticator) passesMiddleware(ctx context.Context, t *token, key *clerk.JSONWebKey, skew time.Duration) bool {
	var passes bool
	next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		claims, ok := clerk.SessionClaimsFromContext(r.Context()) // none: the token could not be decoded
		passes = ok && claims.Subject == t.said.sub && claims.SessionID == t.said.sid
	})
	options := slices.Concat(a.options,
		[]clerkhttp.AuthorizationOption{clerkhttp.Leeway(skew), clerkhttp.ProxyURL(a.issuerFor(t.said)), withKey(key)})
	request := &http.Request{Method: http.MethodGet, Header: http.Header{"Cookie": {sessionCookie + "=" + t.raw}}}
	clerkhttp.WithHeaderAuthorization(options...)(next).ServeHTTP(discard{}, request.WithContext(ctx))
	return passes
}

// refusal learns why the middleware said no; it does not tell.
func (a *Authenticator) refusal(ctx context.Context, t *token, key *clerk.JSONWebKey, skew time.Duration) Reason {
	issuer := a.issuerFor(t.said)
	_, err := jwt.Verify(ctx, &jwt.VerifyParams{
		Token: t.raw, JWK: key, Clock: clock(a.now), Leeway: skew, ProxyURL: &issuer,
		AuthorizedPartyHandler: a.isAuthorizedParty,
	})
	switch {
	case errors.Is(err, jose.ErrCryptoFailure):
		return ReasonTokenSignature
	case errors.Is(err, josejwt.ErrExpired): // genuine: whoever comes back with it need not prove that again
		a.seen.put(t.sum, &seenToken{said: t.said, key: key})
	}
	if reason := a.claimsProblem(t.said, skew); reason != "" {
		return reason
	}
	return ReasonTokenVerificationFailed
}

// issuerFor picks the accepted issuer that the token names, or the usual one, which then refuses it: the SDK compares
// with one issuer only, and without one it accepts anything that begins with https://clerk.
func (a *Authenticator) issuerFor(said *facts) string {
	if a.isIssuer(said.iss) {
		return said.iss
	}
	return a.issuers[0]
}

// withKey gives the SDK the key, so that it never looks one up itself.
func withKey(key *clerk.JSONWebKey) clerkhttp.AuthorizationOption {
	return func(params *clerkhttp.AuthorizationParams) error {
		params.JWK = key
		return nil
	}
}

// tokenFromCookie reads the one cookie of the request that passesMiddleware makes.
func tokenFromCookie(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Cookie"), sessionCookie+"=")
	return token
}

// discard is the answer that nobody reads.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}
