package auth

import "time"

// State is the verdict on a request. Its text is the value of the header X-Clerk-Auth-Status.
type State string

// The verdicts.
const (
	SignedIn  State = "signed-in"
	SignedOut State = "signed-out"
	Handshake State = "handshake" // ask the Frontend API first: Location says where
	Failed    State = "failed"    // development only, answer 500: the handshake cannot work, Message says why
)

// Reason says why a request is not simply signed in. The names are Clerk's; they go into the header
// X-Clerk-Auth-Reason, the log and the metrics, and never hold anything of a token.
type Reason string

// Reasons before a token is looked at.
const (
	ReasonDevBrowserMissing       Reason = "dev-browser-missing"
	ReasonDevBrowserSync          Reason = "dev-browser-sync"
	ReasonSessionAndUATMissing    Reason = "session-token-and-uat-missing"
	ReasonSessionWithoutUAT       Reason = "session-token-but-no-client-uat"
	ReasonUATWithoutSession       Reason = "client-uat-but-no-session-token"
	ReasonSessionTokenMissing     Reason = "session-token-missing"
	ReasonSessionIssuedBeforeUAT  Reason = "session-token-iat-before-client-uat"
	ReasonTokenTypeMismatch       Reason = "token-type-mismatch"
	reasonExpiredRefreshPrefix           = "session-token-expired-refresh-"
	reasonExpired                 Reason = "session-token-expired" // inside this package; people see it with the refresh's result
	ReasonSessionNotActiveYet     Reason = "session-token-nbf"
	ReasonSessionIssuedInFuture   Reason = "session-token-iat-in-the-future"
	ReasonTokenInvalid            Reason = "token-invalid"
	ReasonTokenAlgorithm          Reason = "token-invalid-algorithm"
	ReasonTokenSignature          Reason = "token-invalid-signature"
	ReasonTokenAuthorizedParties  Reason = "token-invalid-authorized-parties"
	ReasonTokenVerificationFailed Reason = "token-verification-failed" // claims, issuer, a pending or ended session
	ReasonUnknownKey              Reason = "jwk-kid-mismatch"
	ReasonKeysUnavailable         Reason = "jwk-remote-failed-to-load"
	ReasonSecretKeyInvalid        Reason = "secret-key-invalid"
)

// IsVisitors reports whether the reason is that of people who have never signed in, as most have not.
func (r Reason) IsVisitors() bool {
	return r == ReasonSessionAndUATMissing || r == ReasonDevBrowserMissing
}

// Outcome is the answer to "who sent this request".
type Outcome struct {
	State      State
	Reason     Reason   // empty when signed in
	Session    *Session // set only when signed in; shared between requests, never to be changed
	SetCookies []string // whole Set-Cookie values, to be added to the answer one by one
	Location   string   // not empty: answer 307 to it with Cache-Control: no-store, whatever the state
	Message    string   // a Romanian sentence for the page, only when Failed

	// StaleSessionID names the session of a genuine token that has expired. It signs nobody in; it is good for ending that session.
	StaleSessionID string
}

// Session is a verified session. The fields below Actor come from the instance's custom claims and may all be empty.
type Session struct {
	UserID    string // "user_2abc…"
	SessionID string // "sess_2abc…"
	ExpiresAt time.Time
	Actor     string // who impersonates UserID, empty when nobody does

	FirstName string
	LastName  string
	Email     string // as Clerk shows it, NOT proof that it was verified: User is
	Username  string
	ImageURL  string
	Role      string // "role" of the claim "metadata", which mirrors the public metadata

	isPending bool // signed in at Clerk with an open task: counts as signed out
}

func signedOut(reason Reason) Outcome {
	return Outcome{State: SignedOut, Reason: reason}
}
