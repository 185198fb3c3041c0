// Package auth says who sent a request: it verifies Clerk's session tokens and cookies, refreshes sessions, shakes hands
// with the Frontend API and fetches users from the Backend API. It knows neither Fiber nor the database.
package auth

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	clerkhttp "github.com/clerk/clerk-sdk-go/v2/http"
)

const (
	defaultAPIURL = "https://api.clerk.com"
	// clockSkew is how far the clocks of Clerk and of this machine may disagree. With none, a machine one second
	// behind refuses every fresh token as issued in the future.
	clockSkew = 5 * time.Second
	// seenTokens bounds each half of the cache of verified tokens, about 600 bytes each.
	seenTokens = 2048
	// deniedSessions bounds each half of the deny list.
	deniedSessions = 8192
	// deniedFor is how long an ended session stays on the deny list: longer than tokens are made to live.
	deniedFor = 24 * time.Hour
)

// Config is what New needs. Only the two keys and AppURL are required.
type Config struct {
	PublishableKey    string
	SecretKey         string
	APIURL            string // origin of the Backend API, with or without /v1; empty: Clerk's own
	JWTKey            string // PEM public key, with or without header and footer: verify without asking for keys
	ProxyURL          string // Frontend API behind a proxy, absolute, or a path of the application such as "/__clerk"
	AppURL            string // public origin, "https://piata.ro"
	AuthorizedParties []string
	RefreshWrites     bool             // refresh for requests that change something too; Clerk does not. For the stand-in: no script keeps its tokens fresh
	HTTPClient        *http.Client     // nil: one with timeouts and few connections
	Now               func() time.Time // nil: time.Now
	Logger            *slog.Logger     // nil: silent
}

// Authenticator decides about requests of one Clerk instance. It is safe for concurrent use; Close it at the end.
type Authenticator struct {
	instance      Instance
	names         cookieNames
	appURL        *url.URL
	issuers       []string // accepted exactly, the first one is the usual
	frontend      string   // Frontend API without a trailing slash; empty when it is a path of the application
	proxyPath     string   // "/__clerk" when the proxy was given as a path
	parties       map[string]struct{}
	refreshWrites bool // see Config

	keys     *keyStore
	api      *backend
	seen     *bounded[digest, *seenToken]
	denied   *bounded[string, time.Time]
	recall   *recall
	refusals refusals
	options  []clerkhttp.AuthorizationOption
	now      func() time.Time
	log      *slog.Logger
}

// New checks the configuration and returns an Authenticator. It does not touch the network: keys are fetched when the
// first token arrives. All problems are reported together, none of them with a secret in it.
func New(cfg Config) (*Authenticator, error) {
	a := &Authenticator{
		parties:  map[string]struct{}{},
		seen:     newBounded[digest, *seenToken](seenTokens),
		denied:   newBounded[string, time.Time](deniedSessions),
		refusals: refusals{byReason: map[Reason]*refusal{}},
		now:      cfg.Now,
		log:      cfg.Logger,

		refreshWrites: cfg.RefreshWrites,
	}
	if a.now == nil {
		a.now = time.Now
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	err := errors.Join(a.setInstance(cfg), a.setOrigins(cfg))
	if err != nil {
		return nil, err
	}
	if err := a.setFrontend(cfg.ProxyURL); err != nil {
		return nil, err
	}
	static, err := parseJWTKey(cfg.JWTKey)
	if err != nil {
		return nil, err
	}
	a.recall = newRecall(a.now)
	a.names = newCookieNames(a.instance.CookieSuffix)
	a.api = newBackend(cfg.APIURL, cfg.SecretKey, cfg.HTTPClient)
	a.keys = newKeyStore(static, a.api.keys, a.now, a.log)
	a.options = a.verifyOptions()
	return a, nil
}

// Instance says which Clerk instance this is.
func (a *Authenticator) Instance() Instance { return a.instance }

// FrontendURL is where browsers reach the Frontend API, without a trailing slash: an origin, or a path of the application.
func (a *Authenticator) FrontendURL() string { return a.frontend + a.proxyPath }

// Close ends the background refresh of keys and waits for it.
func (a *Authenticator) Close() { a.keys.close() }

func (a *Authenticator) setInstance(cfg Config) error {
	instance, err := ParsePublishableKey(cfg.PublishableKey)
	if err != nil {
		return err
	}
	a.instance = instance
	prefix := "sk_live_"
	if instance.Type == Development {
		prefix = "sk_test_"
	}
	if !strings.HasPrefix(cfg.SecretKey, prefix) || len(cfg.SecretKey) == len(prefix) {
		return fmt.Errorf("the secret key of a %s instance begins with %s", instance.Type, prefix)
	}
	return nil
}

func (a *Authenticator) setOrigins(cfg Config) error {
	app, err := url.Parse(cfg.AppURL)
	if err != nil || app.Host == "" || app.Scheme != "http" && app.Scheme != "https" {
		return errors.New("the application's address must be an origin such as https://piata.ro")
	}
	a.appURL = app
	if strings.HasPrefix(cfg.PublishableKey, "pk_live_") && app.Scheme == "http" && !isLoopback(app.Hostname()) {
		return errors.New("a pk_live_ key needs an https address, or a loopback one")
	}
	parties := cfg.AuthorizedParties
	if len(parties) == 0 {
		parties = []string{originOf(app)}
	}
	for _, party := range parties {
		a.parties[party] = struct{}{}
	}
	return nil
}

// setFrontend finds where the Frontend API is and which issuers its tokens may name. Clerk's packages disagree about
// what a proxied instance puts there, so exactly both are accepted.
func (a *Authenticator) setFrontend(proxyURL string) error {
	byKey := "https://" + a.instance.FrontendHost
	a.issuers = []string{byKey}
	a.frontend = byKey
	proxy := strings.TrimRight(proxyURL, "/")
	if proxy == "" {
		return nil
	}
	parsed, err := url.Parse(proxy)
	if err != nil {
		return errors.New("the proxy address cannot be read")
	}
	switch {
	case parsed.Scheme == "" && parsed.Host == "" && strings.HasPrefix(proxy, "/"):
		a.frontend, a.proxyPath = "", proxy
		a.issuers = []string{originOf(a.appURL) + proxy, byKey}
	case parsed.Host != "" && (parsed.Scheme == "http" || parsed.Scheme == "https"):
		a.frontend = proxy
		a.issuers = []string{proxy, byKey}
	default:
		return errors.New("the proxy address must be absolute or a path such as /__clerk")
	}
	return nil
}

func (a *Authenticator) isIssuer(iss string) bool {
	for _, issuer := range a.issuers {
		if iss == issuer {
			return true
		}
	}
	return false
}

// isAuthorizedParty is strict where the SDK is not: a missing azp is refused too.
func (a *Authenticator) isAuthorizedParty(azp string) bool {
	_, ok := a.parties[azp]
	return ok && azp != ""
}

func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// clock lets the SDK read the injected time.
type clock func() time.Time

// Now implements clerk.Clock.
func (c clock) Now() time.Time { return c() }
