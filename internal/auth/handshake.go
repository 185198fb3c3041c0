package auth

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/jwt"
)

const (
	apiVersion       = "2025-04-10" // what the SDK speaks
	maxRedirects     = 3
	handshakeTimeout = 3 * time.Second
	// developmentSkew forgives a developer's clock after a handshake, with a line in the log.
	developmentSkew = 24 * time.Hour
)

// Sentences for a developer whose handshake cannot work.
const (
	messageKeysSwitched    = "Cheile Clerk par să fie ale altei instanțe. Șterge cookie-urile acestui site și încarcă din nou pagina."
	messageHandshakeFailed = "Autentificarea prin Clerk nu a putut fi verificată. Șterge cookie-urile acestui site și încarcă din nou pagina."
)

// handshake sends a page load to the Frontend API, which knows better, and comes back with new cookies. Whatever is not
// a page load cannot be sent away: it is signed out for the same reason. A loop ends there, too.
func (t *attempt) handshake(reason Reason) Outcome {
	if !t.isPageLoad() {
		return signedOut(reason)
	}
	count := leadingInt(t.cookies.redirectCount)
	if count >= maxRedirects {
		t.log.Error("clerk: handshakes go in circles; usually the publishable and the secret key belong to different instances",
			slog.String("reason", string(reason)))
		return signedOut(reason)
	}
	return Outcome{
		State:    Handshake,
		Reason:   reason,
		Location: t.handshakeURL(reason),
		SetCookies: []string{redirectCountCookie + "=" + strconv.FormatInt(count+1, 10) +
			"; Path=/; SameSite=Lax; HttpOnly; Max-Age=2"},
	}
}

func (t *attempt) isPageLoad() bool {
	if t.request.Method != http.MethodGet {
		return false
	}
	switch t.request.SecFetchDest {
	case "document", "iframe":
		return true
	case "":
		return strings.HasPrefix(t.request.Accept, "text/html")
	}
	return false
}

func (t *attempt) handshakeURL(reason Reason) string {
	base := t.frontend
	if base == "" { // the proxy is a path of whichever address the person uses
		base = t.publicOrigin() + t.proxyPath
	}
	var b strings.Builder
	b.WriteString(base + "/v1/client/handshake?redirect_url=")
	b.WriteString(url.QueryEscape(withoutParams(t.request.PublicURL, devBrowserCookie, "__dev_session")))
	b.WriteString("&__clerk_api_version=" + apiVersion)
	b.WriteString("&suffixed_cookies=" + strconv.FormatBool(t.isSuffixed))
	b.WriteString("&__clerk_hs_reason=" + url.QueryEscape(string(reason)))
	b.WriteString("&format=nonce")
	if token := t.sessionToken(); token != "" {
		b.WriteString("&" + sessionCookie + "=" + url.QueryEscape(token))
	}
	if t.devBrowser != "" {
		b.WriteString("&" + devBrowserCookie + "=" + url.QueryEscape(t.devBrowser))
	}
	return b.String()
}

// sessionToken is the token to speak about with Clerk: the cookie's, else the header's.
func (t *attempt) sessionToken() string {
	if t.chosen.session != "" {
		return t.chosen.session
	}
	return t.headerToken
}

// withoutParams removes query parameters and leaves the rest of an address exactly as it was.
func withoutParams(address string, names ...string) string {
	rest, fragment, hasFragment := strings.Cut(address, "#")
	base, query, hasQuery := strings.Cut(rest, "?")
	if !hasQuery {
		return address
	}
	kept := make([]string, 0, strings.Count(query, "&")+1)
pairs:
	for pair := range strings.SplitSeq(query, "&") {
		key, _, _ := strings.Cut(pair, "=")
		decoded, err := url.QueryUnescape(key)
		for _, name := range names {
			if err == nil && decoded == name {
				continue pairs
			}
		}
		kept = append(kept, pair)
	}
	if len(kept) > 0 {
		base += "?" + strings.Join(kept, "&")
	}
	if hasFragment {
		base += "#" + fragment
	}
	return base
}

// resolveHandshake takes what a handshake brought back. It is not final when nothing was brought, or when in production
// it was worthless: the cookie may be another application's of the same domain.
func (t *attempt) resolveHandshake(ctx context.Context) (Outcome, bool) {
	nonce, payload := t.cookies.nonce, t.cookies.handshake
	if t.instance.Type == Development {
		// In production a link with somebody else's payload would sign the visitor in as that person.
		if fromQuery := t.queryParam(nonceCookie); fromQuery != "" {
			nonce = fromQuery
		}
		if fromQuery := t.queryParam(handshakeCookie); fromQuery != "" {
			payload = fromQuery
		}
	}
	if nonce == "" && payload == "" {
		return Outcome{}, false
	}
	directives, reason := t.directives(ctx, nonce, payload)
	if reason != "" {
		return t.failedHandshake(reason)
	}
	outcome := Outcome{State: SignedOut, Reason: ReasonSessionTokenMissing}
	if raw := sessionFromDirectives(directives); raw != "" {
		session, reason := t.verifyFresh(ctx, raw)
		if reason != "" {
			return t.failedHandshake(reason)
		}
		outcome = t.accept(session)
	}
	outcome.SetCookies = directives
	if t.instance.Type == Development {
		outcome.Location = withoutParams(t.request.PublicURL, handshakeCookie, nonceCookie, "__clerk_help", devBrowserCookie)
	}
	return outcome, true
}

// directives are the Set-Cookie lines of a handshake. The nonce goes before the token; when its payload cannot be had,
// there are none.
func (t *attempt) directives(ctx context.Context, nonce, payload string) ([]string, Reason) {
	if nonce == "" {
		return t.directivesOfToken(ctx, payload)
	}
	question := "nonce\x00" + nonce
	lines, err := t.recall.do(question, question, func() ([]string, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handshakeTimeout)
		defer cancel()
		return t.api.handshakePayload(ctx, nonce)
	})
	if err != nil {
		t.log.Warn("clerk: a handshake could not be resolved", slog.Any("error", err))
		return nil, ""
	}
	return singleLines(lines), ""
}

// handshakeClaims is the payload of a handshake token.
type handshakeClaims struct {
	Handshake []string `json:"handshake"`
}

func (t *attempt) directivesOfToken(ctx context.Context, raw string) ([]string, Reason) {
	said, err := decodeToken(raw, maxHandshakeBytes)
	if err != nil {
		return nil, ReasonTokenInvalid
	}
	if reason := said.headerProblem(); reason != "" {
		return nil, reason
	}
	// Without this a template token with such a claim could set any cookie.
	if !said.isSessionCategory() {
		return nil, ReasonTokenTypeMismatch
	}
	key, reason := t.keys.lookup(ctx, said.kid)
	if reason != "" {
		return nil, reason
	}
	// A handshake token has no issuer; the SDK skips that check for satellites only.
	claims, err := jwt.Verify(ctx, &jwt.VerifyParams{
		Token: raw, JWK: key, Clock: clock(t.now), Leeway: clockSkew, IsSatellite: true,
		CustomClaimsConstructor: func(context.Context) any { return &handshakeClaims{} },
	})
	if err != nil {
		return nil, ReasonTokenSignature
	}
	return handshakeLines(claims), ""
}

func handshakeLines(claims *clerk.SessionClaims) []string {
	custom, ok := claims.Custom.(*handshakeClaims)
	if !ok {
		return nil
	}
	return singleLines(custom.Handshake)
}

// verifyFresh verifies the token that a handshake brought.
func (t *attempt) verifyFresh(ctx context.Context, raw string) (*Session, Reason) {
	token := t.decode(raw)
	if token == nil {
		return nil, ReasonTokenInvalid
	}
	if token.said.isOtherClass() {
		return nil, ReasonTokenTypeMismatch
	}
	session, reason := t.verify(ctx, token, clockSkew)
	switch reason {
	case reasonExpired, ReasonSessionNotActiveYet, ReasonSessionIssuedInFuture:
		if t.instance.Type == Development {
			t.warn("clerk: a brand-new token is out of time; the clock of this machine is off", reason)
			return t.verify(ctx, token, developmentSkew)
		}
	}
	return session, reason
}

// failedHandshake never loops: in production the request is judged as if there had been no handshake, in development
// it fails with a sentence.
func (t *attempt) failedHandshake(reason Reason) (Outcome, bool) {
	if t.instance.Type == Production {
		t.warn("clerk: a handshake did not verify", reason)
		return Outcome{}, false
	}
	message := messageHandshakeFailed
	switch reason {
	case ReasonTokenSignature, ReasonUnknownKey:
		message = messageKeysSwitched
	case reasonExpired:
		reason = ReasonTokenVerificationFailed
	}
	t.log.Error("clerk: a handshake did not verify; the publishable and the secret key may belong to different instances",
		slog.String("reason", string(reason)))
	return Outcome{State: Failed, Reason: reason, Message: message}, true
}

// singleLines drops directives with line breaks, which would become headers of their own.
func singleLines(lines []string) []string {
	kept := make([]string, 0, len(lines))
	for _, line := range lines {
		if line != "" && !strings.ContainsAny(line, "\r\n\x00") {
			kept = append(kept, line)
		}
	}
	return kept
}

// sessionFromDirectives is the value of the last cookie whose name begins with __session.
func sessionFromDirectives(lines []string) string {
	for i := len(lines) - 1; i >= 0; i-- {
		pair, _, _ := strings.Cut(lines[i], ";")
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(strings.TrimSpace(name), sessionCookie) {
			return cookieValue(strings.TrimSpace(value))
		}
	}
	return ""
}
