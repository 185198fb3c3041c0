package auth

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/clerkdev"
)

func jwk(kid string, key *rsa.PublicKey, alg, use string) string {
	return fmt.Sprintf(`{"kty":"RSA","kid":%q,"alg":%q,"use":%q,"n":%q,"e":%q}`, kid, alg, use,
		base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
		base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()))
}

func serveKeys(keys ...string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		return reply(r, 200, `{"keys":[`+strings.Join(keys, ",")+`]}`), nil
	}
}

// settle waits for the fetch that runs behind the requests.
func (s *keyStore) settle() {
	s.mu.Lock()
	flight := s.flight
	s.mu.Unlock()
	if flight != nil {
		<-flight.done
	}
}

func (s *site) try(t *testing.T, kid string) Outcome {
	t.Helper()
	return s.Authenticate(context.Background(), fetch(s.sessionCookies(s.mint(t, map[string]any{"kid": kid}, map[string]any{"jti": kid}))))
}

func TestKeyRotation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a, b := jwk("a", &testKey().PublicKey, "RS256", "sig"), jwk("b", &testKey().PublicKey, "RS256", "sig")
	s.wire.intercept(serveKeys(a))
	check(t, s.try(t, "a"), SignedIn, "")
	check(t, s.try(t, "b"), SignedOut, ReasonUnknownKey) // inside the cool-down

	s.wire.intercept(serveKeys(a, b))
	s.clock.advance(keysCoolDown)
	check(t, s.try(t, "b"), SignedIn, "")

	// The old key goes away: its tokens go with it, remembered ones too.
	kept := fetch(s.sessionCookies(s.mint(t, map[string]any{"kid": "a"}, map[string]any{"exp": s.clock.Now().Add(time.Hour).Unix()})))
	check(t, s.Authenticate(context.Background(), kept), SignedIn, "")
	s.wire.intercept(serveKeys(b))
	s.clock.advance(keysFreshFor)
	check(t, s.Authenticate(context.Background(), kept), SignedIn, "") // this one starts the fetch
	s.keys.settle()
	check(t, s.Authenticate(context.Background(), kept), SignedOut, ReasonUnknownKey)

	// The same id with another key does not inherit trust.
	s.wire.intercept(serveKeys(jwk("a", &foreignKey().PublicKey, "RS256", "sig")))
	s.clock.advance(keysCoolDown)
	check(t, s.Authenticate(context.Background(), kept), SignedOut, ReasonTokenSignature)
}

func TestKeysOfOtherKinds(t *testing.T) {
	t.Parallel()
	small := &mustKey(1024).PublicKey
	public := &testKey().PublicKey
	s := newSite(t)
	s.wire.intercept(serveKeys(
		jwk("small", small, "RS256", "sig"), jwk("alg", public, "RS512", "sig"), jwk("use", public, "RS256", "enc"),
		jwk("", public, "RS256", "sig"), `{"kty":"oct","kid":"oct","alg":"RS256","use":"sig","k":"AAAA"}`,
		`{"kty":"FUTURE","kid":"x"}`, `5`, jwk("good", public, "RS256", "sig")))
	check(t, s.try(t, "good"), SignedIn, "")
	for _, kid := range []string{"small", "alg", "use", "", "oct", "x"} {
		check(t, s.try(t, kid), SignedOut, ReasonUnknownKey)
	}
}

func TestKeysFlood(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
	for range 10 {
		s.clock.advance(keysCoolDown)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() { check(t, s.try(t, fmt.Sprintf("ins_%d", i)), SignedOut, ReasonUnknownKey) })
		}
		wg.Wait()
	}
	if got := s.wire.count("/v1/jwks"); got > 11 {
		t.Errorf("%d fetches for 200 unknown ids in 50 s, want at most 11", got)
	}
}

func TestKeysOutage(t *testing.T) {
	t.Parallel()
	t.Run("from the start", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.wire.cut()
		for range 10 {
			check(t, s.try(t, clerkdev.KeyID), SignedOut, ReasonKeysUnavailable)
		}
		if got := s.wire.total(); got != 1 {
			t.Errorf("%d fetches inside the cool-down", got)
		}
		s.wire.intercept(nil)
		s.clock.advance(keysCoolDown)
		check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
	})
	t.Run("later", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
		s.wire.cut()
		s.clock.advance(keysTrustedFor - time.Second)
		check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
		s.keys.settle()
		s.clock.advance(keysCoolDown)
		check(t, s.try(t, clerkdev.KeyID), SignedOut, ReasonKeysUnavailable)
	})
	t.Run("no keys is a failure", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
		s.wire.intercept(serveKeys())
		s.clock.advance(keysFreshFor)
		check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
		s.keys.settle()
		check(t, s.try(t, clerkdev.KeyID), SignedIn, "")
	})
	t.Run("secret key refused", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.wire.intercept(func(r *http.Request) (*http.Response, error) {
			return reply(r, 401, `{"errors":[{"code":"clerk_key_invalid","message":"no"}]}`), nil
		})
		check(t, s.try(t, clerkdev.KeyID), SignedOut, ReasonSecretKeyInvalid)
		check(t, s.try(t, clerkdev.KeyID), SignedOut, ReasonSecretKeyInvalid)
	})
	t.Run("impatient visitor", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.wire.intercept(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, reason := s.keys.lookup(ctx, "a"); reason != ReasonKeysUnavailable {
			t.Errorf("reason %q", reason)
		}
		s.Close() // ends the fetch
	})
}

func TestKeyGiven(t *testing.T) {
	t.Parallel()
	der, err := x509.MarshalPKIXPublicKey(&testKey().PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	full := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	for name, given := range map[string]string{
		"PEM":           full,
		"escaped lines": strings.ReplaceAll(full, "\n", `\n`),
		"bare":          base64.StdEncoding.EncodeToString(der),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, func(_ *clerkdev.Options, c *Config) { c.JWTKey = given })
			check(t, s.try(t, "any"), SignedIn, "")
			check(t, s.try(t, "other"), SignedIn, "")
			forged := forge(t, header(nil), s.claims(nil), withRSA(foreignKey()))
			check(t, s.Authenticate(context.Background(), fetch(s.sessionCookies(forged))), SignedOut, ReasonTokenSignature)
			if s.wire.total() != 0 {
				t.Errorf("%d calls", s.wire.total())
			}
		})
	}
	small, err := x509.MarshalPKIXPublicKey(&mustKey(1024).PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseJWTKey(base64.StdEncoding.EncodeToString(small)); err == nil {
		t.Error("a small key is accepted")
	}
}

func TestSeenTokensAreBounded(t *testing.T) {
	t.Parallel()
	b := newBounded[int, int](100)
	for i := range 1000 {
		b.put(i, i)
	}
	if b.len() > 200 {
		t.Errorf("%d entries", b.len())
	}
	if _, ok := b.get(999); !ok {
		t.Error("the newest entry is lost")
	}
	if _, ok := b.get(0); ok {
		t.Error("the oldest entry is kept")
	}
}

func TestErrorsTellNoSecrets(t *testing.T) {
	t.Parallel()
	got := withoutBody(errors.New("__session=eyJ…"))
	if strings.Contains(got.Error(), "eyJ") {
		t.Error(got)
	}
}
