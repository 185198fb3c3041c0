package auth

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	sessionCookie       = "__session"
	uatCookie           = "__client_uat"
	refreshCookie       = "__refresh"
	devBrowserCookie    = "__clerk_db_jwt"
	handshakeCookie     = "__clerk_handshake"
	nonceCookie         = "__clerk_handshake_nonce"
	redirectCountCookie = "__clerk_redirect_count"
)

// cookieNames are the names with this instance's suffix, made once.
type cookieNames struct {
	session, uat, refresh, devBrowser string
}

func newCookieNames(suffix string) cookieNames {
	return cookieNames{
		session:    sessionCookie + "_" + suffix,
		uat:        uatCookie + "_" + suffix,
		refresh:    refreshCookie + "_" + suffix,
		devBrowser: devBrowserCookie + "_" + suffix,
	}
}

// cookieSet is one of the two sets a browser carries. An empty value counts as absent.
type cookieSet struct {
	session, uat, devBrowser string
}

// cookies are those of a request that matter here.
type cookies struct {
	plain, suffixed           cookieSet
	refresh, handshake, nonce string
	redirectCount             string
}

// parseCookies reads a Cookie header: split on ";" first, decode each value afterwards, so that an encoded semicolon
// cannot smuggle in another cookie. The first of repeated names wins.
func parseCookies(header string, names *cookieNames) cookies {
	var c cookies
	var seen [10]bool
	for header != "" {
		var pair string
		pair, header, _ = strings.Cut(header, ";")
		name, value, ok := strings.Cut(pair, "=")
		if name = strings.Trim(name, " \t"); !ok || !strings.HasPrefix(name, "__") {
			continue
		}
		var slot *string
		index := 0
		switch name {
		case sessionCookie:
			slot, index = &c.plain.session, 0
		case names.session:
			slot, index = &c.suffixed.session, 1
		case uatCookie:
			slot, index = &c.plain.uat, 2
		case names.uat:
			slot, index = &c.suffixed.uat, 3
		case devBrowserCookie:
			slot, index = &c.plain.devBrowser, 4
		case names.devBrowser:
			slot, index = &c.suffixed.devBrowser, 5
		case names.refresh:
			slot, index = &c.refresh, 6
		case handshakeCookie:
			slot, index = &c.handshake, 7
		case nonceCookie:
			slot, index = &c.nonce, 8
		case redirectCountCookie:
			slot, index = &c.redirectCount, 9
		default:
			continue
		}
		if !seen[index] {
			seen[index] = true
			*slot = cookieValue(strings.Trim(value, " \t"))
		}
	}
	return c
}

// cookieValue undoes percent-encoding, and leaves a value with broken escapes as it is.
func cookieValue(raw string) string {
	if !strings.Contains(raw, "%") {
		return raw
	}
	decoded, err := url.PathUnescape(raw)
	if err != nil || !utf8.ValidString(decoded) {
		return raw
	}
	return decoded
}

// suffixInput is what the choice between the two sets depends on. A nil pointer is an absent or undecodable token.
type suffixInput struct {
	cookies         *cookies
	plain, suffixed *facts
	isIssuer        func(string) bool
	isDevelopment   bool
	now             time.Time
}

// usesSuffixed chooses the set of cookies that a request is judged by; the other set is then ignored. The order of the
// rules is Clerk's.
func usesSuffixed(in suffixInput) bool {
	plain, suffixed := in.cookies.plain, in.cookies.suffixed
	if plain.session != "" {
		if in.plain == nil || !in.plain.hasIssuer {
			return false
		}
		if !in.isIssuer(in.plain.iss) {
			return true
		}
	}
	switch {
	case suffixed.uat == "" && suffixed.session == "":
		return false
	case suffixed.uat != "0" && plain.uat != "0" && in.plain.issuedAt() > in.suffixed.issuedAt():
		return false
	case suffixed.uat == "0" && plain.uat != "0":
		return false
	case in.isDevelopment && suffixed.uat != "0" && plain.uat == "0" && in.suffixed != nil && in.suffixed.hasExpired(in.now):
		return false
	case suffixed.uat == "" && suffixed.session != "":
		return false
	}
	return true
}

// leadingInt reads like JavaScript's parseInt: digits at the start count, anything else is 0. So are negative numbers,
// which no cookie of Clerk's holds.
func leadingInt(s string) int64 {
	s = strings.TrimLeft(s, " \t")
	var n int64
	for i := 0; i < len(s) && i < 15; i++ {
		if s[i] < '0' || s[i] > '9' {
			break
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n
}
