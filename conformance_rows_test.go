package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Reasons that many rows share.
const (
	visitor    = "session-token-and-uat-missing"
	noUAT      = "session-token-but-no-client-uat"
	noSession  = "client-uat-but-no-session-token"
	olderThan  = "session-token-iat-before-client-uat"
	otherClass = "token-type-mismatch"
	invalid    = "token-invalid"
	unverified = "token-verification-failed"
	expired    = "session-token-expired-refresh-"
)

// TestConformance holds the built program against Clerk's decision table, from outside, with the keys of both kinds of instance.
func TestConformance(t *testing.T) {
	t.Parallel()
	for _, isDev := range []bool{false, true} {
		t.Run(map[bool]string{false: "production", true: "development"}[isDev], func(t *testing.T) {
			t.Parallel()
			i := launch(t, isDev, nil)
			i.checkAll(t, i.suffixRows())
			i.checkAll(t, i.parsingRows())
			i.checkAll(t, i.tokenRows())
			i.checkAll(t, i.eligibilityRows())
			i.checkAll(t, i.orderRows())
			i.checkAll(t, i.headerRows())
			if isDev {
				i.checkAll(t, i.developmentRows())
			}
			t.Run("skew", i.skew)
			t.Run("handshakes", i.handshakes)
			t.Run("refresh", i.refreshes)
			t.Run("the log holds no token", func(t *testing.T) {
				if strings.Contains(i.log.String(), "eyJ") || strings.Contains(i.log.String(), secretKey) {
					t.Errorf("log: %s", i.log)
				}
			})
		})
	}
}

func joined(parts ...string) string { return strings.Join(parts, "; ") }

// suffixRows are the eight rules of the choice between the two sets. What is chosen shows in what the handshake says.
func (i *instance) suffixRows() []row {
	now := time.Now().Unix()
	good, older := i.token(nil, nil), i.token(nil, object{"iat": now - 30, "nbf": now - 40})
	foreign := i.token(nil, object{"iss": "https://clerk.other.example"})
	noIssuer, emptyIssuer, numberIssuer := i.token(nil, object{"iss": nil}), i.token(nil, object{"iss": ""}), i.token(nil, object{"iss": 5})
	dead := i.token(nil, object{"iat": now - 500, "nbf": now - 510, "exp": now - 440})
	s, u := i.suffixed, i.cookies
	rows := []row{
		out("1: session undecodable", joined(u("garbage", "5"), s(good, "5")), invalid),
		out("1: session without issuer", joined(u(noIssuer, "5"), s(good, "5")), unverified),
		out("1: session with an empty issuer", joined(u(emptyIssuer, "5"), s(good, "5")), unverified),
		in("2: session of another instance", joined(u(foreign, "5"), s(good, "5"))),
		in("2: issuer is a number", joined(u(numberIssuer, "5"), s(good, "5"))),
		awaySuffixed("2: goes before 3", joined(u(foreign, "5"), s("", "7")), noSession, ""),
		away("3: neither suffixed", u("", "5"), noSession, ""),
		in("4: the un-suffixed is newer", joined(u(good, "5"), s(older, fmt.Sprint(now+100)))),
		awaySuffixed("4: not with equal age", joined(u(older, "5"), s(older, fmt.Sprint(now+100))), olderThan, older),
		awaySuffixed("4: not when both say 0", joined(u(good, "0"), s(older, "0")), noUAT, older),
		in("5: the suffixed says 0", joined(u(older, "5"), s(good, "0"))),
		away("5: an absent uat is not 0", joined(u(older, ""), s(good, "0")), noUAT, older),
		away("7: suffixed session without its uat", joined(u("", "5"), s(good, "")), noSession, ""),
		in("8: both good", joined(u(older, "5"), s(good, "5"))),
		awaySuffixed("8: not without a session", s("", "5"), noSession, ""),
	}
	six := joined(u("", "0"), s(dead, "5"))
	if !i.isDev {
		return append(rows, awaySuffixed("6: not in production", six, expired+"non-eligible-no-refresh-cookie", dead))
	}
	missing := awaySuffixed("the other set's development browser does not count", joined("__clerk_db_jwt=dvb_1", "__client_uat_"+i.suffix+"=5"), "dev-browser-missing", "")
	missing.browser = ""
	return append(rows, missing,
		out("6: the suffixed has expired, the un-suffixed is signed out", six, visitor),
		awaySuffixed("6: not while the suffixed lives", joined(u("", "0"), s(older, fmt.Sprint(now))), olderThan, older))
}

func (i *instance) parsingRows() []row {
	good := i.token(nil, nil)
	dev := i.cookies("", "")
	smuggled := in("an encoded semicolon is no separator", joined("x=%3B__session%3D"+good+"%3B__client_uat%3D5", dev))
	smuggled = out(smuggled.name, smuggled.cookies, visitor)
	return []row{
		smuggled,
		in("percent-encoded value", joined("__session="+strings.ReplaceAll(good, ".", "%2E"), "__client_uat=%35", dev)),
		in("the first of a name wins", joined(i.cookies(good, "5"), "__session=garbage", "__client_uat=0")),
		out("the first wins even if it is bad", joined("__session=garbage", i.cookies(good, "5")), invalid),
		away("an empty value is absent", joined("__session=", "__client_uat=5", dev), noSession, ""),
		out("a broken escape stays as it is", joined("__session=%zz"+good, "__client_uat=5", dev), invalid),
		in("spaces and empty parts", " ;; "+strings.ReplaceAll(joined(i.cookies(good, "5"), "a"), "; ", " ;  ")+";"),
		out("uat is no number", joined("__client_uat=abc", dev), visitor),
		away("uat begins with a number", joined("__client_uat=5abc", dev), noSession, ""),
		in("other cookies around", joined("theme=dark", i.cookies(good, "5"), "clerk_active_context=x:", "__refresh=x")),
		in("24 KB of other cookies", joined("a="+strings.Repeat("x", 24<<10), i.cookies(good, "5"))),
		{name: "too many headers", cookies: "a=" + strings.Repeat("x", 80<<10), status: http.StatusRequestHeaderFieldsTooLarge},
	}
}

// tokenRows hold the classes and the claims of a token, as cookie and as header alike.
func (i *instance) tokenRows() []row {
	now := time.Now().Unix()
	key, foreign := signers()[0], signers()[1]
	type c = object
	verdicts := []struct{ name, token, reason string }{
		{"good", i.token(nil, nil), ""},
		{"no category, no typ", i.token(c{"cat": nil, "typ": nil}, nil), ""},
		{"categories off", i.token(c{"cat": "cl_I7d4PD111III"}, nil), ""},
		{"version 2", i.token(nil, c{"v": 2, "pla": "u:free", "fea": "", "o": c{"id": "org_1", "slg": "a", "rol": "admin", "per": "", "fpm": ""}}), ""},
		{"version 1 with an organization", i.token(nil, c{"org_id": "org_1", "org_role": "org:admin", "org_slug": "a", "org_permissions": []string{}}), ""},
		{"active", i.token(nil, c{"sts": "active"}), ""},
		{"impersonated", i.token(nil, c{"act": c{"sub": "user_boss", "iss": "https://dashboard.clerk.com", "sid": "sess_9"}}), ""},
		{"audience is ignored", i.token(nil, c{"aud": "somebody"}), ""},
		{"odd custom claims", i.token(nil, c{"email": 5, "metadata": []int{1}, "first_name": nil}), ""},
		{"no nbf", i.token(nil, c{"nbf": nil}), ""},
		{"from the future within the skew", i.token(nil, c{"iat": now + 4, "nbf": now + 4}), ""},

		{"template", i.token(c{"cat": "cl_B7d4PD222AAA"}, nil), otherClass},
		{"machine to machine", i.token(c{"cat": "cl_B7d4PD333AAA"}, nil), otherClass},
		{"unknown category", i.token(c{"cat": "x"}, nil), otherClass},
		{"category is a number", i.token(c{"cat": 1}, nil), otherClass},
		{"OAuth", i.token(c{"typ": "at+jwt"}, nil), otherClass},
		{"OAuth, long", i.token(c{"typ": "application/at+jwt"}, nil), otherClass},
		{"machine", i.token(nil, c{"sub": "mch_1"}), otherClass},
		{"class goes before the signature", signed(foreign, tokenHeader(c{"cat": "x"}), i.claims(nil)), otherClass},

		{"garbage", "garbage", invalid},
		{"opaque key", "ak_12345", invalid}, {"opaque OAuth", "oat_12345", invalid}, {"opaque machine", "mt_12345", invalid},
		{"two parts", "e30.e30", invalid},
		{"lists", "W10.W10.AA", invalid},
		{"other typ", i.token(c{"typ": "JWS"}, nil), invalid},
		{"typ goes before alg", i.token(c{"typ": "JWS", "alg": "HS256"}, nil), invalid},
		{"over 8 KB", i.token(nil, c{"pad": strings.Repeat("x", 8<<10)}), invalid},
		{"nearly 8 KB", i.token(nil, c{"pad": strings.Repeat("x", 5<<10)}), ""},
		{"none", signed(key, tokenHeader(c{"alg": "none"}), i.claims(nil)), "token-invalid-algorithm"},
		{"HS256", i.token(c{"alg": "HS256"}, nil), "token-invalid-algorithm"},
		{"alg goes before the key", i.token(c{"alg": "RS512", "kid": "x"}, nil), "token-invalid-algorithm"},
		{"unknown key", i.token(c{"kid": "ins_2"}, nil), "jwk-kid-mismatch"},
		{"no key id", i.token(c{"kid": nil}, nil), "jwk-kid-mismatch"},
		{"forged", signed(foreign, tokenHeader(nil), i.claims(nil)), "token-invalid-signature"},
		{"forged and expired", signed(foreign, tokenHeader(nil), i.claims(c{"exp": now - 60})), "token-invalid-signature"},
		{"forged for somebody", signed(foreign, tokenHeader(nil), i.claims(c{"azp": "x"})), "token-invalid-signature"},

		{"no subject", i.token(nil, c{"sub": nil}), unverified},
		{"empty subject", i.token(nil, c{"sub": ""}), unverified},
		{"subject is a number", i.token(nil, c{"sub": 5}), unverified},
		{"no session", i.token(nil, c{"sid": nil}), unverified},
		{"no party", i.token(nil, c{"azp": nil}), "token-invalid-authorized-parties"},
		{"other party", i.token(nil, c{"azp": "https://evil.example"}), "token-invalid-authorized-parties"},
		{"party with a slash", i.token(nil, c{"azp": i.origin + "/"}), "token-invalid-authorized-parties"},
		{"party goes before expiry", i.token(nil, c{"azp": "x", "exp": now - 60}), "token-invalid-authorized-parties"},
		{"no expiry", i.token(nil, c{"exp": nil}), unverified},
		{"expiry is text", i.token(nil, c{"exp": fmt.Sprint(now + 60)}), unverified},
		{"nbf is text", i.token(nil, c{"nbf": "x"}), unverified},
		{"iat is text", i.token(nil, c{"iat": "x"}), unverified},
		{"pending", i.token(nil, c{"sts": "pending"}), unverified},

		{"expired", i.token(nil, c{"exp": now - 7}), expired + "non-eligible-no-refresh-cookie"},
		{"not yet", i.token(nil, c{"nbf": now + 30}), "session-token-nbf"},
		{"from the future", i.token(nil, c{"iat": now + 30}), "session-token-iat-in-the-future"},
		{"expiry goes before nbf", i.token(nil, c{"exp": now - 7, "nbf": now + 30}), expired + "non-eligible-no-refresh-cookie"},
	}
	var rows []row
	for _, v := range verdicts {
		row := out(v.name, i.cookies(v.token, "5"), v.reason)
		switch {
		case v.reason == "":
			row = in(v.name, row.cookies)
		case strings.HasPrefix(v.reason, "session-token-"):
			row = away(v.name, row.cookies, v.reason, v.token)
		}
		bearer := row
		bearer.name, bearer.cookies, bearer.path = "Bearer: "+v.name, "", "/api/v1/me"
		bearer = bearer.with("Authorization", "Bearer "+v.token).with("Accept", "application/json").with("Sec-Fetch-Dest", "")
		if v.reason != "" {
			bearer.status, bearer.location = http.StatusUnauthorized, ""
		}
		rows = append(rows, row, bearer)
	}
	return append(rows, i.issuerRows()...)
}

// skew: a token that has just run out is taken still. The clock goes on meanwhile, so there are some tries.
func (i *instance) skew(t *testing.T) {
	for range 10 {
		token := i.token(nil, object{"exp": time.Now().Unix() - 2})
		if i.ask(t, http.MethodGet, "/profil/", i.cookies(token, "5"), nil).StatusCode == http.StatusOK {
			return
		}
	}
	t.Error("a token that ran out two seconds ago is refused")
}

// issuerRows: the issuer of a cookie also decides the choice of the set, so these go by header.
func (i *instance) issuerRows() []row {
	var rows []row
	for _, issuer := range []any{nil, "", 5, i.frontend + "/", "https://clerk.evil.example", "https://x.clerk.accounts.dev.evil.example", strings.ToUpper(i.frontend)} {
		r := row{name: fmt.Sprintf("issuer %v", issuer), path: "/api/v1/me", status: http.StatusUnauthorized, reason: unverified}
		rows = append(rows, r.with("Authorization", "Bearer "+i.token(nil, object{"iss": issuer})))
	}
	return rows
}

// eligibilityRows: only loading a page can be sent away.
func (i *instance) eligibilityRows() []row {
	cookies := i.cookies("", "5")
	sent := away("", cookies, noSession, "")
	stays := out("", cookies, noSession)
	named := func(r row, name string) row { r.name = name; return r }
	post := row{method: http.MethodPost, path: "/auth/clerk/logout/", cookies: cookies, status: http.StatusSeeOther, reason: noSession}
	head := stays
	head.method = http.MethodHead
	api := row{path: "/api/v1/me", cookies: cookies, status: http.StatusUnauthorized, reason: noSession}
	fragment := row{cookies: cookies, status: http.StatusUnauthorized, reason: noSession}
	return []row{
		named(sent, "document"),
		named(sent.with("Sec-Fetch-Dest", "iframe"), "frame"),
		named(sent.with("Sec-Fetch-Dest", "").with("Accept", "text/html"), "old browser"),
		named(sent.with("Accept", "*/*"), "document that accepts all"),
		named(stays.with("Sec-Fetch-Dest", "").with("Accept", "*/*"), "curl"),
		named(stays.with("Sec-Fetch-Dest", "").with("Accept", ""), "nothing said"),
		named(stays.with("Sec-Fetch-Dest", "").with("Accept", "application/json, text/html"), "pages second"),
		named(stays.with("Sec-Fetch-Dest", "image"), "image"),
		named(stays.with("Sec-Fetch-Dest", "empty"), "fetch"),
		named(fragment.with("HX-Request", "true").with("HX-Request-Type", "partial").with("Sec-Fetch-Dest", "empty"), "htmx"),
		named(fragment.with("HX-Request", "true").with("Sec-Fetch-Dest", ""), "htmx of an old browser"),
		named(post, "form"),
		named(head, "HEAD"),
		named(api.with("Sec-Fetch-Dest", "empty"), "API"),
		named(sent.with("Cookie", joined(cookies, "__clerk_redirect_count=x")), "counter is no number"),
		named(stays.with("Cookie", joined(cookies, "__clerk_redirect_count=3")), "loop"),
		named(stays.with("Cookie", joined(cookies, "__clerk_redirect_count=9")), "far in a loop"),
	}
}

// orderRows are the steps of the cookies' table that the others leave out.
func (i *instance) orderRows() []row {
	now := time.Now().Unix()
	good, unknown := i.token(nil, nil), i.token(object{"kid": "x"}, nil)
	deep := away("path and query come back", i.cookies("", "5"), noSession, "")
	deep.path = "/anunturi/?q=mas%C4%83+de%20lemn&pret_max=5&x=%2F%26"
	return []row{
		in("good, un-suffixed", i.cookies(good, "5")), in("good, suffixed", i.suffixed(good, "5")),
		out("uat 0, no session", i.cookies("", "0"), visitor),
		away("session, uat 0", i.cookies(good, "0"), noUAT, good),
		away("session, no uat", i.cookies(good, ""), noUAT, good),
		away("garbage session, no uat", i.cookies("garbage", ""), noUAT, "garbage"),
		away("issued before uat", i.cookies(good, fmt.Sprint(now+30)), olderThan, good),
		in("issued with uat", i.cookies(i.token(nil, object{"iat": now - 3}), fmt.Sprint(now-3))),
		out("class goes before age", i.cookies(i.token(object{"cat": "x"}, nil), fmt.Sprint(now+30)), otherClass),
		away("age goes before the key", i.cookies(unknown, fmt.Sprint(now+30)), olderThan, unknown),
		in("coming from a search engine is no reason", i.cookies(good, "5")).with("Referer", "https://www.google.com/"),
		{name: "a public page is shown to visitors", path: "/ajutor/", cookies: i.cookies("", "0"), reason: visitor},
		{name: "no decision for machines", path: "/robots.txt", cookies: i.cookies(good, "0")},
		{name: "nor for health", path: "/healthz", cookies: i.cookies(good, "0")},
		{name: "what satellites do is not done", path: "/ajutor/?__clerk_synced=false&__clerk_redirect_url=https%3A%2F%2Fevil.example", cookies: i.cookies("", "0"), reason: visitor},
		deep,
	}
}

// headerRows: a token in Authorization makes the cookies not matter; other schemes are as if there were none.
func (i *instance) headerRows() []row {
	good, dead := i.token(nil, nil), i.token(nil, object{"exp": time.Now().Unix() - 60})
	stale, fresh := i.cookies("garbage", "5"), i.cookies(good, "5")
	header := func(r row, value string) row { return r.with("Authorization", value) }
	return []row{
		header(in("goes before cookies", stale), "Bearer "+good),
		header(out("also when it is worse", fresh, invalid), "Bearer garbage"),
		header(in("a lone word is the token", stale), good),
		header(out("a lone scheme, too", fresh, invalid), "Bearer"),
		header(in("other scheme", fresh), "Basic dTpw"),
		header(in("lower case is another scheme", fresh), "bearer garbage"),
		header(out("everything behind the first space", fresh, invalid), "Bearer  "+good),
		header(away("expired", i.cookies("", ""), expired+"non-eligible-no-refresh-cookie", dead), "Bearer "+dead),
	}
}

// developmentRows need a development browser.
func (i *instance) developmentRows() []row {
	good := i.token(nil, nil)
	missing := away("no development browser", "", "dev-browser-missing", "")
	missing.browser = ""
	withSession := away("nor with a session", joined("__session="+good, "__client_uat=5"), "dev-browser-missing", good)
	withSession.browser = ""
	curl := out("cannot be sent away", "", "dev-browser-missing").with("Sec-Fetch-Dest", "").with("Accept", "*/*")
	sync := away("coming from hosted pages", i.cookies(good, "5"), "dev-browser-sync", good)
	sync.browser, sync.path = "dvb 2", "/profil/?__clerk_db_jwt=dvb%202&a=1&__dev_session=x"
	post := row{name: "nor a form", method: http.MethodPost, path: "/auth/clerk/logout/?__clerk_db_jwt=x", status: http.StatusSeeOther, reason: "dev-browser-sync"}
	return []row{missing, withSession, curl, sync, post}
}
