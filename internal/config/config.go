// Package config turns the environment into one typed value and lists every mistake at once. Besides main,
// for what must be known earlier or belongs to Go itself, nothing else reads the environment.
package config

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Config is everything that can be set from outside; contract and README list the variables.
type Config struct {
	Host           string // "127.0.0.1"
	Port           int    // 8080; 0 picks a free port
	AppURL         string // public origin without a last slash, "http://localhost:8080"
	DataDir        string // "./data"
	DatabaseURL    string // "postgres://…"; "" for the embedded SQLite in DataDir
	TrustedProxies []string
	ProxyHeader    string // header with the client's address that trusted proxies set; "" for none
	RateLimits     bool
	EURRate        int // bani for one euro, 509
	LogLevel       slog.Level
	LogJSON        bool
	Clerk          Clerk
	AdminEmails    []string
	Assistant      Assistant
	MetricsAddr    string // where numbers for Prometheus are served, "127.0.0.1:9090"; "" for nowhere
	SMTP           SMTP
}

// Clerk holds the sign-in settings; the zero keys mean local mode.
type Clerk struct {
	PublishableKey    string
	SecretKey         string // never printed
	APIURL            string // origin without /v1
	JWTKey            string // PEM
	ProxyURL          string
	AuthorizedParties []string
	SignInURL         string
	SignUpURL         string
	WebhookSecret     string // "whsec_…", never printed; "" for no webhooks
}

// Assistant holds the settings of the assistant; without a key there is none.
type Assistant struct {
	APIKey           string // never printed
	BaseURL          string // "https://api.deepseek.com"
	Model            string // "deepseek-chat"
	VisitorQuestions int    // a day and address, signed out
	Questions        int    // a day and person, signed in
	DailyTokens      int    // of the whole site
}

// Enabled reports whether there is an assistant.
func (a Assistant) Enabled() bool { return a.APIKey != "" }

// String describes the settings without the secret.
func (a Assistant) String() string {
	type plain Assistant
	if a.APIKey != "" {
		a.APIKey = hidden
	}
	return fmt.Sprintf("%+v", plain(a))
}

// LogValue is what a log may say.
func (a Assistant) LogValue() slog.Value { return slog.StringValue(a.String()) }

// String describes the configuration without its secrets.
func (c Config) String() string {
	type plain Config
	if c.DatabaseURL != "" {
		c.DatabaseURL = hidden
	}
	return fmt.Sprintf("%+v", plain(c))
}

// LogValue is what a log may say.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String describes the settings without the secrets.
func (c Clerk) String() string {
	type plain Clerk
	if c.SecretKey != "" {
		c.SecretKey = hidden
	}
	if c.WebhookSecret != "" {
		c.WebhookSecret = hidden
	}
	return fmt.Sprintf("%+v", plain(c))
}

// LogValue is what a log may say.
func (c Clerk) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Local reports whether the program runs with its built-in stand-in for Clerk.
func (c Config) Local() bool { return c.Clerk.PublishableKey == "" && c.Clerk.SecretKey == "" }

// flyProxies are the networks that Fly's edge connects from: its private 6PN and its internal IPv4 range.
var flyProxies = []string{"fdaa::/16", "172.16.0.0/12"}

// reader collects every problem while values are read.
type reader struct {
	getenv func(string) string
	errs   []error
}

// Load reads the configuration. terminal says whether the log goes to a terminal. The error joins one line for each problem,
// naming the variable, its value (secrets excepted) and what it should look like.
func Load(getenv func(string) string, terminal bool) (Config, error) {
	r := &reader{getenv: getenv}
	c := Config{
		Port:        r.integer("PORT", 8080, 0, 65535),
		DataDir:     r.text("DATA_DIR", "./data"),
		DatabaseURL: r.databaseURL(),
		LogLevel:    r.logLevel(),
		LogJSON:     r.oneOf("LOG_FORMAT", map[bool]string{true: "text", false: "json"}[terminal], "text", "json") == "json",
		RateLimits:  r.oneOf("RATE_LIMITS", "on", "on", "off") == "on",
		AdminEmails: r.emails("ADMIN_EMAILS"),
		EURRate:     r.rate("EUR_RATE", "5.09"),
	}
	c.MetricsAddr = r.address("METRICS_ADDR")
	c.Clerk = r.clerk()
	c.Assistant = r.assistant()
	c.Host = r.host(c.Local())
	c.AppURL = r.origin("APP_URL", "http://localhost:"+strconv.Itoa(c.Port))
	c.SMTP = r.smtp(hostOf(c.AppURL))
	r.proxies(&c)
	r.together(c)
	return c, errors.Join(r.errs...)
}

// together checks rules that concern several variables.
func (r *reader) together(c Config) {
	if (c.Clerk.PublishableKey == "") != (c.Clerk.SecretKey == "") {
		r.fail("set both CLERK_PUBLISHABLE_KEY (pk_test_… or pk_live_…) and CLERK_SECRET_KEY (sk_test_… or sk_live_…), or neither for local mode")
	}
	live := strings.HasPrefix(c.Clerk.PublishableKey, "pk_live_")
	if c.Clerk.PublishableKey != "" && c.Clerk.SecretKey != "" && live != strings.HasPrefix(c.Clerk.SecretKey, "sk_live_") {
		r.fail("CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY must both be test keys or both be live keys")
	}
	if live && strings.HasPrefix(c.AppURL, "http://") && !isLoopback(hostOf(c.AppURL)) {
		r.fail("APP_URL=%s must begin with https:// when live Clerk keys are set", shown(c.AppURL))
	}
	if !c.Local() {
		if !c.RateLimits {
			r.fail("RATE_LIMITS=off is accepted in local mode only (without Clerk keys)")
		}
		return
	}
	if r.getenv("FLY_APP_NAME") != "" {
		r.fail("local mode is refused on Fly (FLY_APP_NAME is set): set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY")
	}
	if !isLoopback(c.Host) {
		r.fail("HOST=%s: local mode listens on a loopback address only, such as 127.0.0.1; set Clerk's keys to serve others", shown(c.Host))
	}
}

func (r *reader) fail(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(format, args...))
}

func (r *reader) text(name, fallback string) string {
	if v := strings.TrimSpace(r.getenv(name)); v != "" {
		return v
	}
	return fallback
}

func (r *reader) integer(name string, fallback, low, high int) int {
	v := r.text(name, "")
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		r.fail("%s=%s must be a number from %d to %d, such as %d", name, shown(v), low, high, fallback)
		return fallback
	}
	return n
}

// rate reads lei for one euro and returns bani: from 1 to 20 lei, with a point or a comma and at most two digits after it.
func (r *reader) rate(name, fallback string) int {
	v := r.text(name, fallback)
	whole, fraction, point := strings.Cut(strings.Replace(v, ",", ".", 1), ".")
	n, err := strconv.ParseUint(whole+(fraction + "00")[:max(2, len(fraction))], 10, 16)
	if err != nil || whole == "" || point && fraction == "" || n < 100 || n > 2000 {
		r.fail("%s=%s must be the lei for one euro, from 1 to 20 with at most two decimals, such as %s", name, shown(v), fallback)
	}
	return int(n)
}

// address reads host and port to listen on; the host may be left out.
func (r *reader) address(name string) string {
	v := r.text(name, "")
	if v == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(v)
	n, errPort := strconv.Atoi(port)
	if err != nil || errPort != nil || n < 0 || n > 65535 {
		r.fail("%s=%s must be an address with a port, such as 127.0.0.1:9090", name, shown(v))
	}
	return v
}

func (r *reader) oneOf(name, fallback string, allowed ...string) string {
	v := strings.ToLower(r.text(name, fallback))
	for _, a := range allowed {
		if v == a {
			return v
		}
	}
	r.fail("%s=%s must be one of: %s", name, shown(v), strings.Join(allowed, ", "))
	return fallback
}

func (r *reader) logLevel() slog.Level {
	var level slog.Level
	v := r.text("LOG_LEVEL", "info")
	if err := level.UnmarshalText([]byte(v)); err != nil {
		r.fail("LOG_LEVEL=%s must be one of: debug, info, warn, error", shown(v))
	}
	return level
}

// hidden stands for what must not be printed.
const hidden = "(hidden)"

// shown is a value as messages may repeat it: quoted, unless a secret could have got into it.
func shown(v string) string {
	secretKey := strings.Contains(strings.ToLower(v), "sk_")
	password := strings.Contains(v, ":") && strings.Contains(v, "@")
	if secretKey || password {
		return hidden
	}
	return strconv.Quote(v)
}

// origin reads an absolute http(s) address without path and returns it without its last slash.
func (r *reader) origin(name, fallback string) string {
	v := strings.TrimRight(r.text(name, fallback), "/")
	if !isOrigin(v) {
		r.fail("%s=%s must be an origin such as https://piata.ro", name, shown(v))
		return fallback
	}
	return v
}

func isOrigin(v string) bool {
	u, err := url.Parse(v)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.Path == "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

// host reads the name or address to listen on.
func (r *reader) host(local bool) string {
	v := r.text("HOST", map[bool]string{true: "127.0.0.1", false: "0.0.0.0"}[local])
	if v = strings.TrimSuffix(strings.TrimPrefix(v, "["), "]"); net.ParseIP(v) == nil && strings.ContainsAny(v, "/:@[] ") {
		r.fail("HOST=%s must be an address to listen on without port, such as 127.0.0.1 or 0.0.0.0", shown(v))
	}
	return v
}

func (r *reader) emails(name string) []string {
	addresses := list(r.getenv(name))
	for i, v := range addresses {
		addresses[i] = strings.ToLower(v)
		if parsed, err := mail.ParseAddress(v); err != nil || parsed.Address != v {
			r.fail("%s: %s must be an address such as ana@example.ro", name, shown(v))
		}
	}
	return addresses
}

// databaseURL never repeats the value in a message: it holds a password.
func (r *reader) databaseURL() string {
	v := r.text("DATABASE_URL", "")
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") || len(strings.Trim(u.Path, "/")) == 0 {
		r.fail("DATABASE_URL must look like postgres://user:password@host:5432/database (leave it unset for the embedded database)")
		return ""
	}
	return v
}

func (r *reader) clerk() Clerk {
	c := Clerk{
		PublishableKey: r.text("CLERK_PUBLISHABLE_KEY", ""),
		SecretKey:      r.text("CLERK_SECRET_KEY", ""),
		JWTKey:         r.text("CLERK_JWT_KEY", ""),
		ProxyURL:       strings.TrimRight(r.text("CLERK_PROXY_URL", ""), "/"),
		SignInURL:      r.text("CLERK_SIGN_IN_URL", ""),
		SignUpURL:      r.text("CLERK_SIGN_UP_URL", ""),
		WebhookSecret:  r.text("CLERK_WEBHOOK_SIGNING_SECRET", ""),
	}
	if v := c.PublishableKey; v != "" && !validPublishableKey(v) {
		r.fail("CLERK_PUBLISHABLE_KEY=%s must look like pk_test_… or pk_live_… followed by the encoded host, as Clerk's dashboard shows it", shown(v))
	}
	if v := c.SecretKey; v != "" && !validSecretKey(v) {
		r.fail("CLERK_SECRET_KEY must look like sk_test_… or sk_live_…, as Clerk's dashboard shows it")
	}
	if c.WebhookSecret != "" && !validWebhookSecret(c.WebhookSecret) {
		r.fail("CLERK_WEBHOOK_SIGNING_SECRET must look like whsec_… with the encoded secret behind it, as Clerk's dashboard shows it")
	}
	if c.JWTKey != "" && !validJWTKey(c.JWTKey) {
		r.fail("CLERK_JWT_KEY must be the PEM public key of Clerk's dashboard, beginning with -----BEGIN PUBLIC KEY-----")
	}
	if r.text("CLERK_API_URL", "") != "" {
		c.APIURL = strings.TrimSuffix(r.text("CLERK_API_URL", ""), "/v1")
		r.absolute("CLERK_API_URL", c.APIURL)
	}
	for _, v := range list(r.getenv("CLERK_AUTHORIZED_PARTIES")) {
		v = strings.TrimRight(v, "/")
		c.AuthorizedParties = append(c.AuthorizedParties, v)
		if !isOrigin(v) {
			r.fail("CLERK_AUTHORIZED_PARTIES: %s must be an origin such as https://piata.ro", shown(v))
		}
	}
	r.pathOrAbsolute("CLERK_SIGN_IN_URL", c.SignInURL)
	r.pathOrAbsolute("CLERK_SIGN_UP_URL", c.SignUpURL)
	r.pathOrAbsolute("CLERK_PROXY_URL", c.ProxyURL)
	return c
}

func (r *reader) assistant() Assistant {
	a := Assistant{
		APIKey:           r.text("DEEPSEEK_API_KEY", ""),
		BaseURL:          strings.TrimRight(r.text("DEEPSEEK_BASE_URL", "https://api.deepseek.com"), "/"),
		Model:            r.text("DEEPSEEK_MODEL", "deepseek-chat"),
		VisitorQuestions: r.integer("ASSISTANT_VISITOR_QUESTIONS", 5, 0, 1000),
		Questions:        r.integer("ASSISTANT_QUESTIONS", 100, 0, 10000),
		DailyTokens:      r.integer("ASSISTANT_DAILY_TOKENS", 2_000_000, 0, 1_000_000_000),
	}
	r.absolute("DEEPSEEK_BASE_URL", a.BaseURL)
	if a.APIKey == "" {
		return Assistant{}
	}
	return a
}

func (r *reader) pathOrAbsolute(name, v string) {
	if v != "" && (!strings.HasPrefix(v, "/") || strings.HasPrefix(v, "//")) {
		r.absolute(name, v)
	}
}

func (r *reader) absolute(name, v string) {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		r.fail("%s=%s must be an absolute address such as https://example.ro", name, shown(v))
	}
}

func (r *reader) proxies(c *Config) {
	c.TrustedProxies = list(r.getenv("TRUSTED_PROXIES"))
	fly := r.getenv("FLY_APP_NAME") != ""
	if len(c.TrustedProxies) == 0 && fly {
		c.TrustedProxies = flyProxies
	}
	for _, v := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(v); err != nil {
			if _, err := netip.ParseAddr(v); err != nil {
				r.fail("TRUSTED_PROXIES: %s must be a network such as 10.0.0.0/8", shown(v))
			}
		}
	}
	switch {
	case fly:
		c.ProxyHeader = "Fly-Client-IP"
	case len(c.TrustedProxies) > 0:
		c.ProxyHeader = "X-Forwarded-For"
	}
}

// validPublishableKey applies Clerk's rule: three parts, the last is base64 of a host with a dot followed by one "$".
func validPublishableKey(key string) bool {
	parts := strings.Split(key, "_")
	if len(parts) != 3 || parts[0] != "pk" || (parts[1] != "test" && parts[1] != "live") {
		return false
	}
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[2], "="))
	host, found := strings.CutSuffix(string(raw), "$")
	return err == nil && found && strings.Contains(host, ".") && !strings.Contains(host, "$")
}

func validSecretKey(key string) bool {
	rest, test := strings.CutPrefix(key, "sk_test_")
	if !test {
		rest, _ = strings.CutPrefix(key, "sk_live_")
	}
	return rest != "" && rest != key
}

func validWebhookSecret(secret string) bool {
	rest, ok := strings.CutPrefix(secret, "whsec_")
	key, err := base64.StdEncoding.DecodeString(rest)
	return ok && err == nil && len(key) > 0
}

// validJWTKey accepts an RSA public key as environments carry it: line breaks may be written as \n, header and footer may be missing.
func validJWTKey(text string) bool {
	text = strings.TrimSpace(strings.ReplaceAll(text, `\n`, "\n"))
	if !strings.HasPrefix(text, "-----BEGIN") {
		text = "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----"
	}
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return false
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	_, isRSA := key.(*rsa.PublicKey)
	return err == nil && isRSA
}

func list(v string) []string {
	var out []string
	for part := range strings.SplitSeq(v, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func hostOf(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}
