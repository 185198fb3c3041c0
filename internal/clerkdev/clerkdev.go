// Package clerkdev is a small Clerk inside the process, for running without keys and for tests: real RS256 tokens, a
// Frontend API under /__clerk/ and a Backend API in memory. Anybody may sign in as anybody, so it is for loopback
// addresses only; the configuration refuses it elsewhere.
package clerkdev

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // Clerk names its cookies by SHA-1; nothing is protected by it.
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// ProxyPath is where Handler expects to be mounted.
	ProxyPath = "/__clerk"
	// KeyID is the key id in every token.
	KeyID = "ins_local"

	productionHost  = "clerk.localhost"
	developmentHost = "local.clerk.accounts.dev"
	tokenLifetime   = 60 * time.Second
	sessionLifetime = 7 * 24 * time.Hour
)

// Options are what New needs. Dir and Origin are required.
type Options struct {
	Dir           string           // where the signing key, accounts and sessions are kept
	Origin        string           // "http://localhost:8080"
	Now           func() time.Time // nil: time.Now
	Random        io.Reader        // nil: crypto/rand
	TokenLifetime time.Duration    // 0: 60 s, as at Clerk
	IsDevelopment bool             // stand in for a development instance: dev browsers, payloads in the query
	Key           *rsa.PrivateKey  // nil: the one kept in Dir, made in the background the first time
	Logger        *slog.Logger     // nil: silent
}

// Clerk is the stand-in. It is safe for concurrent use; Close it at the end.
type Clerk struct {
	origin         string
	publishableKey string
	suffix         string
	isDevelopment  bool
	isSecure       bool // cookies carry Secure
	lifetime       time.Duration
	now            func() time.Time
	random         io.Reader
	log            *slog.Logger

	key    *signingKey
	store  *store
	nonces *nonces
	front  http.Handler
	back   http.Handler
}

// New opens the stand-in, with the accounts and sessions that it knew before.
func New(o Options) (*Clerk, error) {
	origin, err := url.Parse(o.Origin)
	if err != nil || origin.Host == "" || origin.Scheme != "http" && origin.Scheme != "https" {
		return nil, errors.New("clerkdev: the origin must look like http://localhost:8080")
	}
	c := &Clerk{
		origin:        origin.Scheme + "://" + origin.Host,
		isDevelopment: o.IsDevelopment,
		isSecure:      origin.Scheme == "https",
		lifetime:      o.TokenLifetime,
		now:           o.Now,
		random:        o.Random,
		log:           o.Logger,
	}
	if c.lifetime == 0 {
		c.lifetime = tokenLifetime
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.random == nil {
		c.random = rand.Reader
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	c.publishableKey = "pk_live_" + base64.RawStdEncoding.EncodeToString([]byte(productionHost+"$"))
	if c.isDevelopment {
		c.publishableKey = "pk_test_" + base64.RawStdEncoding.EncodeToString([]byte(developmentHost+"$"))
	}
	sum := sha1.Sum([]byte(c.publishableKey)) //nolint:gosec // see the import
	c.suffix = base64.URLEncoding.EncodeToString(sum[:])[:8]
	if c.store, err = openStore(o.Dir); err != nil {
		return nil, fmt.Errorf("clerkdev: %w", err)
	}
	if c.key, err = openSigningKey(o.Dir, o.Key); err != nil {
		return nil, fmt.Errorf("clerkdev: %w", err)
	}
	c.nonces = &nonces{byID: map[string]pendingHandshake{}}
	c.front, c.back = c.frontend(), c.backend()
	return c, nil
}

// Close waits for the signing key to be on disk.
func (c *Clerk) Close() { c.key.wait() }

// PublishableKey is what the application is to be configured with.
func (c *Clerk) PublishableKey() string { return c.publishableKey }

// SecretKey opens the Backend API of Transport. It is no secret: nothing but this process can reach that.
func (c *Clerk) SecretKey() string {
	if c.isDevelopment {
		return "sk_test_local"
	}
	return "sk_live_local"
}

// ProxyURL is the address of the Frontend API and the issuer of the tokens.
func (c *Clerk) ProxyURL() string { return c.origin + ProxyPath }

// Handler is the Frontend API; its paths begin with ProxyPath.
func (c *Clerk) Handler() http.Handler { return c.front }

// Transport answers Backend API requests to any host, in memory.
func (c *Clerk) Transport() http.RoundTripper { return memoryTransport{c.back} }

// SignIn signs a person in without a form, creating the account on first use, and returns the cookies of a browser. It
// returns ErrEmail for what is not an e-mail address.
func (c *Clerk) SignIn(email, firstName, lastName string) ([]*http.Cookie, string, error) {
	return c.signIn(signInForm{email: email, firstName: firstName, lastName: lastName})
}

// signInForm is what somebody typed, and the cookies of the browser that was used.
type signInForm struct {
	email, firstName, lastName string
	client, devBrowser         string
}

func (c *Clerk) signIn(form signInForm) ([]*http.Cookie, string, error) {
	email, err := normalEmail(form.email)
	if err != nil {
		return nil, "", err
	}
	now := c.now().UTC()
	session := storedSession{
		ID: c.newID("sess"), Client: c.newID("client"), Refresh: c.newID("rt"),
		DevBrowser: form.devBrowser, CreatedAt: now, ExpiresAt: now.Add(sessionLifetime),
	}
	if c.isDevelopment && session.DevBrowser == "" {
		session.DevBrowser = c.newID("dvb")
	}
	account := account{
		Email: email, FirstName: cleanName(form.firstName), LastName: cleanName(form.lastName),
		CreatedAt: now, UpdatedAt: now,
	}
	account, err = c.store.signIn(account, session, form.client)
	if err != nil {
		return nil, "", err
	}
	session.UserID = account.ID
	token, err := c.token(account, session)
	if err != nil {
		return nil, "", err
	}
	return c.signInCookies(session, token), account.ID, nil
}

// newID makes an id like Clerk's, with 120 random bits.
func (c *Clerk) newID(prefix string) string {
	var b [15]byte
	if _, err := io.ReadFull(c.random, b[:]); err != nil {
		panic(fmt.Sprintf("clerkdev: no randomness: %v", err)) // crypto/rand never fails
	}
	return prefix + "_" + strings.ReplaceAll(base64.RawURLEncoding.EncodeToString(b[:]), "_", "-")
}
