package auth

import (
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// forge makes a token whose signature the test chooses.
func forge(t testing.TB, head, claims any, sign func(signed string) []byte) string {
	t.Helper()
	encode := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	signed := encode(head) + "." + encode(claims)
	return signed + "." + base64.RawURLEncoding.EncodeToString(sign(signed))
}

// forgeTwice signs a token that names its subject twice.
func forgeTwice(t testing.TB, s *site) string {
	t.Helper()
	claims, err := json.Marshal(s.claims(nil))
	if err != nil {
		t.Fatal(err)
	}
	twice := `{"sub":"user_2",` + strings.TrimPrefix(string(claims), "{")
	return forge(t, header(nil), json.RawMessage(twice), withRSA(testKey()))
}

func withRSA(key *rsa.PrivateKey) func(string) []byte {
	return func(signed string) []byte {
		sum := sha256.Sum256([]byte(signed))
		signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		if err != nil {
			panic(err)
		}
		return signature
	}
}

// withPublicKeyAsSecret is the classic confusion of HS256 with RS256.
func withPublicKeyAsSecret(signed string) []byte {
	mac := hmac.New(sha256.New, testKey().N.Bytes())
	mac.Write([]byte(signed))
	return mac.Sum(nil)
}

func unsigned(string) []byte { return nil }

// TestTokens runs each token both ways in: as cookie and as header.
func TestTokens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	now := s.clock.Now().Unix()
	refreshless := func(why Reason) Reason { return reasonExpiredRefreshPrefix + why }
	tests := []struct {
		name   string
		token  string
		state  State
		reason Reason
	}{
		{"good", s.mint(t, nil, nil), SignedIn, ""},
		{"good, no category, no typ", s.mint(t, map[string]any{"typ": nil}, nil), SignedIn, ""},
		{"good, session category", s.mint(t, map[string]any{"cat": "cl_B7d4PD111AAA"}, nil), SignedIn, ""},
		{"good, categories off", s.mint(t, map[string]any{"cat": "cl_I7d4PD111III"}, nil), SignedIn, ""},
		{"good, issuer by key", s.mint(t, nil, map[string]any{"iss": "https://clerk.localhost"}), SignedIn, ""},
		{"good, custom claims of odd types", s.mint(t, nil, map[string]any{"email": 5, "first_name": []int{1}, "sts": "active"}), SignedIn, ""},
		{"good, within skew", s.mint(t, nil, map[string]any{"iat": now + 4, "exp": now - 4}), SignedIn, ""},
		{"good, version 2", s.mint(t, nil, map[string]any{"v": 2, "fva": []int{1, -1}, "o": map[string]any{"id": "org_1", "rol": "admin"}}), SignedIn, ""},

		{"template", s.mint(t, map[string]any{"cat": "cl_B7d4PD222AAA"}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"machine to machine", s.mint(t, map[string]any{"cat": "cl_B7d4PD333AAA"}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"unknown category", s.mint(t, map[string]any{"cat": "cl_X"}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"category is not a text", s.mint(t, map[string]any{"cat": 1}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"oauth", s.mint(t, map[string]any{"typ": "at+jwt"}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"oauth, long", s.mint(t, map[string]any{"typ": "application/at+jwt"}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"machine", s.mint(t, nil, map[string]any{"sub": "mch_1"}), SignedOut, ReasonTokenTypeMismatch},
		{"typ null", s.mint(t, map[string]any{"typ": json.RawMessage("null")}, nil), SignedOut, ReasonTokenInvalid},
		{"category null", s.mint(t, map[string]any{"cat": json.RawMessage("null")}, nil), SignedOut, ReasonTokenTypeMismatch},
		{"capital names do not count", s.mint(t, nil, map[string]any{"sub": nil, "SUB": "user_1"}), SignedOut, ReasonTokenVerificationFailed},
		{"a name twice", forgeTwice(t, s), SignedOut, ReasonTokenVerificationFailed},
		{"other typ", s.mint(t, map[string]any{"typ": "JOSE"}, nil), SignedOut, ReasonTokenInvalid},

		{"garbage", "garbage", SignedOut, ReasonTokenInvalid},
		{"three parts of garbage", "a.b.c", SignedOut, ReasonTokenInvalid},
		{"opaque machine token", "mt_abcdef", SignedOut, ReasonTokenInvalid},
		{"arrays for objects", "W10.W10.AA", SignedOut, ReasonTokenInvalid},
		{"null for objects", "bnVsbA.bnVsbA.AA", SignedOut, ReasonTokenInvalid},
		{"oversized", s.mint(t, nil, map[string]any{"pad": strings.Repeat("x", 9000)}), SignedOut, ReasonTokenInvalid},
		{"no algorithm", forge(t, header(map[string]any{"alg": "none"}), s.claims(nil), unsigned), SignedOut, ReasonTokenAlgorithm},
		{"HS256", forge(t, header(map[string]any{"alg": "HS256"}), s.claims(nil), withPublicKeyAsSecret), SignedOut, ReasonTokenAlgorithm},
		{"RS512", s.mint(t, map[string]any{"alg": "RS512"}, nil), SignedOut, ReasonTokenAlgorithm},
		{"HS256 that says RS256", forge(t, header(nil), s.claims(nil), withPublicKeyAsSecret), SignedOut, ReasonTokenSignature},
		{"foreign key", forge(t, header(nil), s.claims(nil), withRSA(foreignKey())), SignedOut, ReasonTokenSignature},
		{"foreign key, expired", forge(t, header(nil), s.claims(map[string]any{"exp": now - 100}), withRSA(foreignKey())), SignedOut, ReasonTokenSignature},
		{"no signature", forge(t, header(nil), s.claims(nil), unsigned), SignedOut, ReasonTokenSignature},
		{"unknown kid", s.mint(t, map[string]any{"kid": "ins_other"}, nil), SignedOut, ReasonUnknownKey},
		{"no kid", s.mint(t, map[string]any{"kid": nil}, nil), SignedOut, ReasonUnknownKey},

		{"no subject", s.mint(t, nil, map[string]any{"sub": nil}), SignedOut, ReasonTokenVerificationFailed},
		{"empty subject", s.mint(t, nil, map[string]any{"sub": ""}), SignedOut, ReasonTokenVerificationFailed},
		{"no session", s.mint(t, nil, map[string]any{"sid": nil}), SignedOut, ReasonTokenVerificationFailed},
		{"other party", s.mint(t, nil, map[string]any{"azp": "https://evil.example"}), SignedOut, ReasonTokenAuthorizedParties},
		{"party with slash", s.mint(t, nil, map[string]any{"azp": testOrigin + "/"}), SignedOut, ReasonTokenAuthorizedParties},
		{"no party", s.mint(t, nil, map[string]any{"azp": nil}), SignedOut, ReasonTokenAuthorizedParties},
		{"no expiry", s.mint(t, nil, map[string]any{"exp": nil}), SignedOut, ReasonTokenVerificationFailed},
		{"expiry is a text", s.mint(t, nil, map[string]any{"exp": "soon"}), SignedOut, ReasonTokenVerificationFailed},
		{"absurd expiry", s.mint(t, nil, map[string]any{"exp": 1e300}), SignedOut, ReasonTokenVerificationFailed},
		{"other Clerk's issuer", s.mint(t, nil, map[string]any{"iss": "https://clerk.evil.example"}), SignedOut, ReasonTokenVerificationFailed},
		{"issuer that contains Clerk's", s.mint(t, nil, map[string]any{"iss": "https://evil.clerk.accounts.evil.example"}), SignedOut, ReasonTokenVerificationFailed},
		{"issuer with slash", s.mint(t, nil, map[string]any{"iss": s.clerk.ProxyURL() + "/"}), SignedOut, ReasonTokenVerificationFailed},
		{"pending", s.mint(t, nil, map[string]any{"sts": "pending"}), SignedOut, ReasonTokenVerificationFailed},

		{"expired", s.mint(t, nil, map[string]any{"exp": now - 6}), Handshake, refreshless(refreshNoCookie)},
		{"expired exactly with skew", s.mint(t, nil, map[string]any{"exp": now - 5}), Handshake, refreshless(refreshNoCookie)},
		{"expired and other party", s.mint(t, nil, map[string]any{"exp": now - 6, "azp": "x"}), SignedOut, ReasonTokenAuthorizedParties},
		{"not yet", s.mint(t, nil, map[string]any{"nbf": now + 30}), Handshake, ReasonSessionNotActiveYet},
		{"from the future", s.mint(t, nil, map[string]any{"iat": now + 30}), Handshake, ReasonSessionIssuedInFuture},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			asCookie := pageLoad(s.sessionCookies(tt.token))
			check(t, s.Authenticate(context.Background(), asCookie), tt.state, tt.reason)
			asHeader := pageLoad("")
			asHeader.Authorization = "Bearer " + tt.token
			check(t, s.Authenticate(context.Background(), asHeader), tt.state, tt.reason)

			// What is not a page load stays here, for the same reason.
			want := tt.state
			if want == Handshake {
				want = SignedOut
			}
			check(t, s.Authenticate(context.Background(), fetch(asCookie.CookieHeader)), want, tt.reason)
		})
	}
}

// TestCookieRows has a row for each line of Clerk's decision table that does not depend on the token alone.
func TestCookieRows(t *testing.T) {
	t.Parallel()
	production, dev := newSite(t), newSite(t, development)
	uat := production.clock.Now().Add(-time.Hour).Unix()
	good := production.mint(t, nil, nil)
	goodDev := dev.mint(t, nil, nil)
	tests := []struct {
		name    string
		site    *site
		cookies string
		change  func(*Request)
		state   State
		reason  Reason
	}{
		{"visitor", production, "", nil, SignedOut, ReasonSessionAndUATMissing},
		{"visitor with other cookies", production, "theme=dark", nil, SignedOut, ReasonSessionAndUATMissing},
		{"uat 0", production, "__client_uat=0", nil, SignedOut, ReasonSessionAndUATMissing},
		{"uat is not a number", production, "__client_uat=abc", nil, SignedOut, ReasonSessionAndUATMissing},
		{"session without uat", production, "__session=" + good, nil, Handshake, ReasonSessionWithoutUAT},
		{"session, uat 0", production, "__client_uat=0; __session=" + good, nil, Handshake, ReasonSessionWithoutUAT},
		{"uat without session", production, fmt.Sprintf("__client_uat=%d", uat), nil, Handshake, ReasonUATWithoutSession},
		{"older than uat", production, fmt.Sprintf("__client_uat=%d; __session=%s", uat+7200, good), nil, Handshake, ReasonSessionIssuedBeforeUAT},
		{"good", production, fmt.Sprintf("__client_uat=%d; __session=%s", uat, good), nil, SignedIn, ""},
		{"dev browser parameter means nothing in production", production, "", func(r *Request) { r.PublicURL += "&__clerk_db_jwt=x" }, SignedOut, ReasonSessionAndUATMissing},
		{"handshake parameter means nothing in production", production, "", func(r *Request) { r.PublicURL += "&__clerk_handshake_nonce=x" }, SignedOut, ReasonSessionAndUATMissing},

		{"POST is never sent away", production, "__session=" + good, func(r *Request) { r.Method = http.MethodPost }, SignedOut, ReasonSessionWithoutUAT},
		{"HEAD is never sent away", production, "__session=" + good, func(r *Request) { r.Method = http.MethodHead }, SignedOut, ReasonSessionWithoutUAT},
		{"an image is never sent away", production, "__session=" + good, func(r *Request) { r.SecFetchDest = "image" }, SignedOut, ReasonSessionWithoutUAT},
		{"a frame is", production, "__session=" + good, func(r *Request) { r.SecFetchDest = "iframe" }, Handshake, ReasonSessionWithoutUAT},
		{"an old browser is", production, "__session=" + good, func(r *Request) { r.SecFetchDest = "" }, Handshake, ReasonSessionWithoutUAT},
		{"curl is not", production, "__session=" + good, func(r *Request) { r.SecFetchDest, r.Accept = "", "*/*" }, SignedOut, ReasonSessionWithoutUAT},
		{"third redirect", production, "__clerk_redirect_count=2; __session=" + good, nil, Handshake, ReasonSessionWithoutUAT},
		{"loop", production, "__clerk_redirect_count=3; __session=" + good, nil, SignedOut, ReasonSessionWithoutUAT},
		{"beyond the loop", production, "__clerk_redirect_count=77; __session=" + good, nil, SignedOut, ReasonSessionWithoutUAT},
		{"counter is not a number", production, "__clerk_redirect_count=x; __session=" + good, nil, Handshake, ReasonSessionWithoutUAT},

		{"header goes before cookies", production, "__session=garbage; __client_uat=5", func(r *Request) { r.Authorization = "Bearer " + good }, SignedIn, ""},
		{"bare header", production, "", func(r *Request) { r.Authorization = good }, SignedIn, ""},
		{"other scheme is no header", production, "", func(r *Request) { r.Authorization = "Basic " + good }, SignedOut, ReasonSessionAndUATMissing},
		{"lower-case scheme is no header", production, "", func(r *Request) { r.Authorization = "bearer " + good }, SignedOut, ReasonSessionAndUATMissing},
		{"machine credential", production, "", func(r *Request) { r.Authorization = "Bearer ak_123" }, SignedOut, ReasonTokenInvalid},

		{"development, visitor", dev, "", nil, Handshake, ReasonDevBrowserMissing},
		{"development, visitor with curl", dev, "", func(r *Request) { r.SecFetchDest, r.Accept = "", "*/*" }, SignedOut, ReasonDevBrowserMissing},
		{"development, sync", dev, "__clerk_db_jwt=d", func(r *Request) { r.PublicURL += "&__clerk_db_jwt=x" }, Handshake, ReasonDevBrowserSync},
		{"development, known browser", dev, "__clerk_db_jwt=d", nil, SignedOut, ReasonSessionAndUATMissing},
		{"development, good", dev, fmt.Sprintf("__clerk_db_jwt=d; __client_uat=%d; __session=%s", uat, goodDev), nil, SignedIn, ""},
		{"development, browser of the other set", dev, fmt.Sprintf("__clerk_db_jwt=d; %s=%d; %s=%s", dev.names.uat, uat, dev.names.session, goodDev),
			nil, Handshake, ReasonDevBrowserMissing},
		{"development, header needs no browser", dev, "", func(r *Request) { r.Authorization = "Bearer " + goodDev }, SignedIn, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := pageLoad(tt.cookies)
			if tt.change != nil {
				tt.change(&r)
			}
			got := tt.site.Authenticate(context.Background(), r)
			check(t, got, tt.state, tt.reason)
			if (got.State == Handshake) != (got.Location != "") || (got.State == Handshake) != (len(got.SetCookies) == 1) {
				t.Errorf("location %q, cookies %q", got.Location, got.SetCookies)
			}
		})
	}
}

func TestSessionFields(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.mint(t, nil, map[string]any{
		"email": "ana@exemplu.ro", "first_name": "Ana", "last_name": "Pop", "username": "ana", "image": "https://img.example/a",
		"act": map[string]any{"sub": "user_boss"},
	})
	got := s.Authenticate(context.Background(), pageLoad(s.sessionCookies(token))).Session
	want := Session{
		UserID: "user_1", SessionID: "sess_1", ExpiresAt: s.clock.Now().Add(time.Minute), Actor: "user_boss",
		FirstName: "Ana", LastName: "Pop", Email: "ana@exemplu.ro", Username: "ana", ImageURL: "https://img.example/a",
	}
	if got == nil || *got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestDeciderCost holds that people who are known, and visitors, cost Clerk nothing.
func TestDeciderCost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.signIn(t, "ana@exemplu.ro")
	b.visit(t)
	before := s.wire.total()
	for range 200 {
		check(t, b.visit(t), SignedIn, "")
		s.Authenticate(context.Background(), pageLoad(""))
	}
	if got := s.wire.total(); got != before {
		t.Errorf("%d calls for 200 requests", got-before)
	}
	if before != 1 || s.wire.count("/v1/jwks") != 1 {
		t.Errorf("%d calls at first, want the keys alone", before)
	}
}

func FuzzToken(f *testing.F) {
	s := newSite(f)
	good := s.mint(f, nil, nil)
	f.Add(good)
	f.Add("a.b.c")
	f.Add(strings.Replace(good, ".", "=.", 1))
	f.Add(forge(f, header(map[string]any{"alg": "none"}), s.claims(nil), unsigned))
	f.Add(`{"payload":"e30","signatures":[]}`)
	f.Fuzz(func(t *testing.T, token string) {
		for _, r := range []Request{pageLoad(s.sessionCookies(token)), {Method: "GET", Authorization: "Bearer " + token}} {
			got := s.Authenticate(context.Background(), r)
			// The last character of a signature has bits that do not count.
			same := len(token) == len(good) && strings.HasPrefix(token, good[:len(good)-1])
			if got.State == SignedIn && !same && !strings.HasPrefix(token, good+";") && !strings.HasPrefix(token, good+" ") {
				t.Fatalf("%q signed somebody in", token)
			}
		}
	})
}
