package auth

import (
	"context"
	"fmt"
	"strings"

	"github.com/clerk/clerk-sdk-go/v2/session"
)

// SignOut ends a session: at Clerk first, or the next handshake would sign the person in again, then here. The returned
// Set-Cookie lines are to be sent even when err says that Clerk could not be told; this process refuses the session's
// tokens either way.
func (a *Authenticator) SignOut(ctx context.Context, sessionID string) ([]string, error) {
	lines := a.signOutCookies()
	if !isID(sessionID) {
		return lines, nil
	}
	a.Deny(sessionID)
	_, err := a.api.sessions.Revoke(ctx, &session.RevokeParams{ID: sessionID})
	if err != nil && !isNotFound(err) {
		return lines, fmt.Errorf("revoke session: %w", withoutBody(err))
	}
	return lines, nil
}

// Deny refuses the tokens of a session that was ended elsewhere; those already issued would be good for a minute more.
func (a *Authenticator) Deny(sessionID string) {
	a.denied.put(sessionID, a.now().Add(deniedFor))
}

func (a *Authenticator) isDenied(sessionID string) bool {
	until, ok := a.denied.get(sessionID)
	return ok && a.now().Before(until)
}

// signOutCookies expires what belongs to the session, and sets the client's last change to 0. In production that one
// belongs to the registrable domain: a host-only copy left behind would contradict it for ever.
func (a *Authenticator) signOutCookies() []string {
	const gone = "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
	attributes := "; Path=/; SameSite=Lax"
	if a.appURL.Scheme == "https" {
		attributes += "; Secure"
	}
	var domain string
	if d := a.cookieDomain(); d != "" {
		domain = "; Domain=" + d
	}
	var lines []string
	for _, name := range []string{sessionCookie, a.names.session, a.names.refresh} {
		lines = append(lines, name+"="+attributes+gone)
		if domain != "" {
			lines = append(lines, name+"="+domain+attributes+gone)
		}
	}
	for _, name := range []string{uatCookie, a.names.uat} {
		if domain == "" {
			lines = append(lines, name+"=0"+attributes+"; Max-Age=31536000")
			continue
		}
		lines = append(lines, name+"=0"+attributes+gone, name+"=0"+domain+attributes+"; Max-Age=31536000")
	}
	return lines
}

// cookieDomain is the registrable domain that a production instance shares with the application, or empty.
func (a *Authenticator) cookieDomain() string {
	domain, ok := strings.CutPrefix(a.instance.FrontendHost, "clerk.")
	if a.instance.Type != Production || !ok || !strings.Contains(domain, ".") || strings.Contains(domain, ":") {
		return ""
	}
	if host := a.appURL.Hostname(); host != domain && !strings.HasSuffix(host, "."+domain) {
		return ""
	}
	return domain
}

// isID accepts Clerk's ids, which become parts of paths.
func isID(s string) bool { return isReasonText(s) }
