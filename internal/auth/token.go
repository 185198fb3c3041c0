package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Longer tokens are refused before anything is decoded. Clerk's session tokens stay below 4 KB; a handshake carries two.
const (
	maxTokenBytes     = 8 << 10
	maxHandshakeBytes = 32 << 10
)

var errUndecodable = errors.New("not a JSON web token")

// digest identifies a token without keeping it.
type digest [sha256.Size]byte

// facts are what a token claims, unverified until the signature was checked.
type facts struct {
	alg, kid string
	typ, cat json.RawMessage // nil when absent

	iss, sub, azp, sid string
	hasIssuer          bool // iss is there and not empty, though perhaps not a text
	exp, nbf, iat      number

	claimed Session // of worth only once the token is verified
}

// number is a numeric claim.
type number struct {
	value     float64
	isPresent bool
	isValid   bool // a number of believable size
}

// decodeToken reads a compact token without verifying it.
func decodeToken(raw string, maxBytes int) (*facts, error) {
	if len(raw) > maxBytes || !isTokenText(raw) {
		return nil, errUndecodable
	}
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return nil, errUndecodable
	}
	header, err := decodeObject(parts[0])
	if err != nil {
		return nil, err
	}
	claims, err := decodeObject(parts[1])
	if err != nil {
		return nil, err
	}
	if _, err := base64.RawURLEncoding.DecodeString(parts[2]); err != nil {
		return nil, errUndecodable
	}
	f := &facts{
		alg: header.text("alg"), kid: header.text("kid"), typ: header.value("typ"), cat: header.value("cat"),
		iss: claims.text("iss"), sub: claims.text("sub"), azp: claims.text("azp"), sid: claims.text("sid"),
		hasIssuer: isTruthy(claims.value("iss")),
		exp:       numeric(claims.value("exp")), nbf: numeric(claims.value("nbf")), iat: numeric(claims.value("iat")),
	}
	f.claimed = claimedSession(f, claims)
	return f, nil
}

// claimedSession reads what somebody may be shown as. What is missing or of another type is left empty: a claim that we
// do not need must not sign anybody out.
func claimedSession(f *facts, claims object) Session {
	return Session{
		UserID:    f.sub,
		SessionID: f.sid,
		ExpiresAt: time.Unix(int64(f.exp.value), 0).UTC(),
		Actor:     actor(claims.value("act")),
		FirstName: claims.text("first_name"),
		LastName:  claims.text("last_name"),
		Email:     claims.text("email"),
		Username:  claims.text("username"),
		ImageURL:  claims.text("image"),
		Role:      metadataRole(claims.value("metadata")),
		isPending: claims.text("sts") == "pending",
	}
}

// actor is who acts for the subject. One that cannot be read still counts as somebody else.
func actor(raw json.RawMessage) string {
	if raw == nil || string(raw) == "null" {
		return ""
	}
	act, err := parseObject(raw)
	if err != nil || act.text("sub") == "" {
		return "unknown"
	}
	return act.text("sub")
}

// isTokenText keeps line breaks out, which Go's base64 decoder would skip.
func isTokenText(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlphanumeric(rune(c)) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

func isTruthy(raw json.RawMessage) bool {
	switch string(raw) {
	case "", "null", "false", `""`, "0":
		return false
	}
	return true
}

func numeric(raw json.RawMessage) number {
	if raw == nil {
		return number{}
	}
	value, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.Abs(value) > 1<<53 {
		return number{isPresent: true}
	}
	return number{value: value, isPresent: true, isValid: true}
}

// issuedAt is 0 for an absent or undecodable token.
func (f *facts) issuedAt() float64 {
	if f == nil {
		return 0
	}
	return f.iat.value
}

func (f *facts) hasExpired(now time.Time) bool {
	return f.exp.isValid && f.exp.value <= seconds(now)
}

// isOtherClass recognises tokens that Clerk signs with the same key but not for a browser session: templates, which may
// live for years, machine and OAuth tokens.
func (f *facts) isOtherClass() bool {
	switch text(f.typ) {
	case "at+jwt", "application/at+jwt":
		return true
	}
	return !f.isSessionCategory() || strings.HasPrefix(f.sub, "mch_")
}

func (f *facts) isSessionCategory() bool {
	if f.cat == nil {
		return true
	}
	switch text(f.cat) {
	case "cl_B7d4PD111AAA", "cl_I7d4PD111III":
		return true
	}
	return false
}

// headerProblem checks what comes before the key: the type, then the algorithm.
func (f *facts) headerProblem() Reason {
	if f.typ != nil && text(f.typ) != "JWT" {
		return ReasonTokenInvalid
	}
	if f.alg != "RS256" {
		return ReasonTokenAlgorithm
	}
	return ""
}

// claimsProblem names the first rule that the claims break, in Clerk's order, then ours: the exact issuer and a session.
// It is asked only after the signature turned out good.
func (a *Authenticator) claimsProblem(f *facts, skew time.Duration) Reason {
	now := seconds(a.now())
	skewSeconds := skew.Seconds()
	switch {
	case f.sub == "":
		return ReasonTokenVerificationFailed
	case !a.isAuthorizedParty(f.azp):
		return ReasonTokenAuthorizedParties
	case !f.exp.isValid:
		return ReasonTokenVerificationFailed
	case f.exp.value <= now-skewSeconds:
		return reasonExpired
	case f.nbf.isPresent && !f.nbf.isValid:
		return ReasonTokenVerificationFailed
	case f.nbf.value > now+skewSeconds:
		return ReasonSessionNotActiveYet
	case f.iat.isPresent && !f.iat.isValid:
		return ReasonTokenVerificationFailed
	case f.iat.value > now+skewSeconds:
		return ReasonSessionIssuedInFuture
	case !a.isIssuer(f.iss), f.sid == "":
		return ReasonTokenVerificationFailed
	}
	return ""
}

func seconds(t time.Time) float64 {
	return float64(t.UnixMilli()) / 1000
}
