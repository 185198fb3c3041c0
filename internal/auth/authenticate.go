package auth

import (
	"context"
	"log/slog"
	"net/url"
	"strings"
)

// Request is what a decision depends on. Method, PublicURL and CookieHeader are needed; the rest may be empty.
type Request struct {
	Method        string
	PublicURL     string // absolute, as the person sees it: "https://piata.ro/anunturi/?q=bicicleta"
	CookieHeader  string
	Authorization string
	SecFetchDest  string
	Accept        string
	UserAgent     string
	RemoteIP      string
}

// attempt is one decision under way.
type attempt struct {
	*Authenticator
	request     Request
	cookies     cookies
	chosen      cookieSet // the set that this request is judged by
	token       *token    // of the chosen set, nil when absent or undecodable
	headerToken string
	devBrowser  string
	isSuffixed  bool
}

// Authenticate decides who sent a request. It does not fail: whatever is malformed, forged, stale or unreachable ends as
// signed out with a reason, or as a handshake where one can help.
func (a *Authenticator) Authenticate(ctx context.Context, r Request) Outcome {
	outcome := a.decide(ctx, r)
	a.note(ctx, &outcome)
	return outcome
}

func (a *Authenticator) decide(ctx context.Context, r Request) Outcome {
	if a.isVisitor(&r) {
		return signedOut(ReasonSessionAndUATMissing)
	}
	t := a.newAttempt(r)
	if t.headerToken != "" {
		return t.byHeader(ctx)
	}
	return t.byCookies(ctx)
}

// isVisitor recognises requests that carry nothing of Clerk's, the most common ones, without taking them apart. In
// development even they need a handshake.
func (a *Authenticator) isVisitor(r *Request) bool {
	return a.instance.Type == Production && r.Authorization == "" &&
		!strings.Contains(r.CookieHeader, sessionCookie) &&
		!strings.Contains(r.CookieHeader, uatCookie) &&
		!strings.Contains(r.CookieHeader, handshakeCookie)
}

func (a *Authenticator) newAttempt(r Request) *attempt {
	t := &attempt{Authenticator: a, request: r, cookies: parseCookies(r.CookieHeader, &a.names)}
	plain, suffixed := a.decode(t.cookies.plain.session), (*token)(nil)
	if t.cookies.suffixed.session == t.cookies.plain.session {
		suffixed = plain
	} else {
		suffixed = a.decode(t.cookies.suffixed.session)
	}
	t.isSuffixed = usesSuffixed(suffixInput{
		cookies: &t.cookies, plain: plain.facts(), suffixed: suffixed.facts(),
		isIssuer: a.isIssuer, isDevelopment: a.instance.Type == Development, now: a.now(),
	})
	t.chosen, t.token = t.cookies.plain, plain
	if t.isSuffixed {
		t.chosen, t.token = t.cookies.suffixed, suffixed
	}
	t.headerToken = bearerToken(r.Authorization)
	if a.instance.Type == Development {
		t.devBrowser = t.queryParam(devBrowserCookie)
		if t.devBrowser == "" {
			t.devBrowser = t.chosen.devBrowser
		}
	}
	return t
}

func (t *token) facts() *facts {
	if t == nil {
		return nil
	}
	return t.said
}

// bearerToken reads an Authorization header as Clerk does: a lone word is the token itself, and schemes other than
// Bearer are as if there were no header.
func bearerToken(header string) string {
	scheme, rest, _ := strings.Cut(header, " ")
	switch {
	case rest == "":
		return scheme
	case scheme == "Bearer":
		return rest
	}
	return ""
}

func (t *attempt) byHeader(ctx context.Context) Outcome {
	token := t.decode(t.headerToken)
	if token == nil {
		return signedOut(ReasonTokenInvalid)
	}
	if token.said.isOtherClass() {
		return signedOut(ReasonTokenTypeMismatch)
	}
	session, reason := t.verify(ctx, token, clockSkew)
	if reason != "" {
		return t.refused(ctx, token, reason)
	}
	return t.accept(session)
}

// byCookies follows the order of Clerk's own packages; the reasons tell the rows of that table apart.
func (t *attempt) byCookies(ctx context.Context) Outcome {
	if outcome, isFinal := t.resolveHandshake(ctx); isFinal {
		return outcome
	}
	if t.instance.Type == Development {
		if t.queryParam(devBrowserCookie) != "" {
			return t.handshake(ReasonDevBrowserSync)
		}
		if t.devBrowser == "" {
			return t.handshake(ReasonDevBrowserMissing)
		}
	}
	uat := leadingInt(t.chosen.uat)
	switch {
	case uat == 0 && t.chosen.session == "":
		return signedOut(ReasonSessionAndUATMissing)
	case uat == 0:
		return t.handshake(ReasonSessionWithoutUAT)
	case t.chosen.session == "":
		return t.handshake(ReasonUATWithoutSession)
	case t.token == nil:
		return signedOut(ReasonTokenInvalid)
	case t.token.said.isOtherClass():
		return signedOut(ReasonTokenTypeMismatch)
	case t.token.said.iat.isValid && t.token.said.iat.value < float64(uat):
		return t.handshake(ReasonSessionIssuedBeforeUAT)
	}
	session, reason := t.verify(ctx, t.token, clockSkew)
	if reason != "" {
		return t.refused(ctx, t.token, reason)
	}
	return t.accept(session)
}

// refused decides what a token that did not verify leads to. Its signature was good if it is merely out of time.
func (t *attempt) refused(ctx context.Context, token *token, reason Reason) Outcome {
	switch reason {
	case reasonExpired:
		if t.isDenied(token.said.sid) {
			return signedOut(ReasonTokenVerificationFailed)
		}
		outcome := t.refreshOrHandshake(ctx, token)
		if outcome.State != SignedIn {
			outcome.StaleSessionID = token.said.sid
		}
		return outcome
	case ReasonSessionNotActiveYet, ReasonSessionIssuedInFuture:
		return t.handshake(reason)
	default:
		return signedOut(reason)
	}
}

// accept lets a verified session in, unless it was ended here or still has a task open at Clerk.
func (t *attempt) accept(session *Session) Outcome {
	if session.isPending || t.isDenied(session.SessionID) {
		return signedOut(ReasonTokenVerificationFailed)
	}
	return Outcome{State: SignedIn, Session: session}
}

// queryParam reads the first value of a query parameter of the public address.
func (t *attempt) queryParam(name string) string {
	_, query, _ := strings.Cut(t.request.PublicURL, "?")
	if !strings.Contains(query, name) {
		return ""
	}
	query, _, _ = strings.Cut(query, "#")
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(key); err != nil || decoded != name {
			continue
		}
		if decoded, err := url.QueryUnescape(value); err == nil {
			return decoded
		}
		return value
	}
	return ""
}

// publicOrigin is the origin of the address that the person sees, or the configured one when that cannot be read.
func (t *attempt) publicOrigin() string {
	if parsed, err := url.Parse(t.request.PublicURL); err == nil && parsed.Scheme != "" && parsed.Host != "" {
		return originOf(parsed)
	}
	return originOf(t.appURL)
}

func (t *attempt) warn(message string, reason Reason) {
	t.log.Warn(message, slog.String("reason", string(reason)))
}
