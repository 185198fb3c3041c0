package auth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
)

const refreshTimeout = 3 * time.Second

// Why an expired token could not be refreshed, besides Clerk's own codes.
const (
	refreshNotGET       Reason = "non-eligible-non-get"
	refreshNoCookie     Reason = "non-eligible-no-refresh-cookie"
	refreshNoSession    Reason = "expired-session-token-missing-sid-claim"
	refreshUndecodable  Reason = "expired-session-token-decode-failed"
	refreshNetwork      Reason = "fetch-error"
	refreshUnexpected   Reason = "unexpected-bapi-error"
	refreshInvalidToken Reason = "invalid-session-token"
	refreshNoAnswer     Reason = "unexpected-sdk-error"
)

// refreshOrHandshake carries an expired session on without the person noticing, also for fetch and htmx; failing that
// it needs a handshake.
func (t *attempt) refreshOrHandshake(ctx context.Context, expired *token) Outcome {
	var why Reason
	switch {
	case t.request.Method != http.MethodGet && !t.refreshWrites:
		why = refreshNotGET
	case t.cookies.refresh == "":
		why = refreshNoCookie
	default:
		var outcome Outcome
		if outcome, why = t.refreshed(ctx, expired); why == "" {
			return outcome
		}
	}
	return t.handshake(reasonExpiredRefreshPrefix + why)
}

// refreshed asks the Backend API for a new token. The new one must be of the same person and session as the token that
// was verified and had expired.
func (t *attempt) refreshed(ctx context.Context, expired *token) (Outcome, Reason) {
	spoken := t.decode(t.sessionToken())
	if spoken == nil {
		return Outcome{}, refreshUndecodable
	}
	if spoken.said.sid == "" {
		return Outcome{}, refreshNoSession
	}
	lines, err := t.fetchRefreshed(ctx, spoken)
	if err != nil {
		return Outcome{}, refreshFailure(err)
	}
	raw := sessionFromDirectives(lines)
	if raw == "" {
		return Outcome{}, refreshNoAnswer
	}
	fresh := t.decode(raw)
	if fresh == nil || fresh.said.isOtherClass() {
		return Outcome{}, refreshInvalidToken
	}
	session, reason := t.verify(ctx, fresh, clockSkew)
	if reason != "" || session.UserID != expired.said.sub || session.SessionID != expired.said.sid {
		return Outcome{}, refreshInvalidToken
	}
	outcome := t.accept(session)
	outcome.SetCookies = lines
	return outcome, ""
}

// fetchRefreshed makes one call for all requests that a browser sends at once. The refresh token is part of what they
// share: a session id alone must not earn somebody else's cookies.
func (t *attempt) fetchRefreshed(ctx context.Context, spoken *token) ([]string, error) {
	question := spoken.said.sid + "\x00" + t.cookies.refresh + "\x00" + spoken.raw
	lines, err := t.recall.do(spoken.said.sid, question, func() ([]string, error) {
		// The one who leads asks for all who wait, even if he goes away.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
		defer cancel()
		return t.api.refreshSession(ctx, spoken.said.sid, t.isSuffixed, &refreshParams{
			Format:          "cookie",
			ExpiredToken:    spoken.raw,
			RefreshToken:    t.cookies.refresh,
			RequestOrigin:   t.publicOrigin(),
			RequestHeaders:  map[string][]string{"user-agent": {t.request.UserAgent}},
			RequestOriginIP: t.request.RemoteIP,
		})
	})
	if err != nil {
		return nil, err
	}
	return singleLines(lines), nil
}

// refreshFailure turns an error into a reason. Clerk's own codes are passed on if they look like one.
func refreshFailure(err error) Reason {
	var answered *clerk.APIErrorResponse
	var network *url.Error
	switch {
	case errors.As(err, &answered):
		if code := errorCode(err); isReasonText(code) {
			return Reason(code)
		}
		return refreshUnexpected
	case errors.As(err, &network), errors.Is(err, context.DeadlineExceeded):
		return refreshNetwork
	}
	return refreshUnexpected
}

func isReasonText(s string) bool {
	if s == "" || len(s) > 80 {
		return false
	}
	for _, r := range s {
		if !isAlphanumeric(r) && r != '_' && r != '-' {
			return false
		}
	}
	return true
}
