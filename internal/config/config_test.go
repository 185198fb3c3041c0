package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	testKey  = "pk_test_ZXhhbXBsZS5jbGVyay5hY2NvdW50cy5kZXYk" // example.clerk.accounts.dev$
	liveKey  = "pk_live_Y2xlcmsucGlhdGEucm8k"                 // clerk.piata.ro$
	secret   = "sk_test_ThisMustNeverBePrinted"
	liveCode = "sk_live_ThisMustNeverBePrinted"
)

type env map[string]string

func (e env) get(name string) string { return e[name] }

// with returns the environment with more variables set.
func (e env) with(pairs ...string) env {
	out := env{}
	for k, v := range e {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

func clerkEnv() env {
	return env{"CLERK_PUBLISHABLE_KEY": testKey, "CLERK_SECRET_KEY": secret}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	want := Config{Host: "127.0.0.1", Port: 8080, AppURL: "http://localhost:8080", DataDir: "./data", RateLimits: true, EURRate: 509, LogLevel: slog.LevelInfo, LogJSON: true}
	got, err := Load(env{}.get, false)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if !got.Local() {
		t.Error("without keys this is not local mode")
	}
	if got, err := Load(env{}.get, true); err != nil || got.LogJSON {
		t.Errorf("on a terminal: JSON %v, %v", got.LogJSON, err)
	}
	got, err = Load(clerkEnv().get, false)
	if err != nil || got.Local() || got.Host != "0.0.0.0" {
		t.Errorf("with keys: host %q, local %v, %v", got.Host, got.Local(), err)
	}
}

func TestEverythingSet(t *testing.T) {
	t.Parallel()
	pemKey := publicKeyPEM(t)
	e := env{
		"PORT": " 9000 ", "HOST": "::1", "APP_URL": "https://piata.ro/", "DATA_DIR": "/var/lib/piata", "DATABASE_URL": "postgres://u:p@db:5432/piata?sslmode=require",
		"TRUSTED_PROXIES": "10.0.0.0/8, 192.168.1.7", "EUR_RATE": "4,97", "LOG_LEVEL": "DEBUG", "LOG_FORMAT": "text", "ADMIN_EMAILS": "Ana@Example.ro, ,dan@example.ro",
		"CLERK_PUBLISHABLE_KEY": liveKey, "CLERK_SECRET_KEY": liveCode, "CLERK_API_URL": "https://api.clerk.test/v1", "CLERK_JWT_KEY": pemKey,
		"DEEPSEEK_API_KEY": "key", "DEEPSEEK_BASE_URL": "http://127.0.0.1:8089/v1/", "DEEPSEEK_MODEL": "m", "ASSISTANT_QUESTIONS": "7",
		"SMTP_URL": "smtps://piata:p%40ss@smtp.example.ro", "MAIL_FROM": "Piața.ro <anunt@piata.ro>",
		"CLERK_PROXY_URL": "/__clerk/", "CLERK_AUTHORIZED_PARTIES": "https://piata.ro, https://www.piata.ro/", "CLERK_SIGN_IN_URL": "https://accounts.piata.ro/sign-in", "CLERK_SIGN_UP_URL": "/cont-nou/",
	}
	want := Config{
		Host: "::1", Port: 9000, AppURL: "https://piata.ro", DataDir: "/var/lib/piata", DatabaseURL: e["DATABASE_URL"], TrustedProxies: []string{"10.0.0.0/8", "192.168.1.7"},
		ProxyHeader: "X-Forwarded-For", RateLimits: true, EURRate: 497, LogLevel: slog.LevelDebug, AdminEmails: []string{"ana@example.ro", "dan@example.ro"},
		Assistant: Assistant{APIKey: "key", BaseURL: "http://127.0.0.1:8089/v1", Model: "m", VisitorQuestions: 5, Questions: 7, DailyTokens: 2_000_000},
		SMTP:      SMTP{Host: "smtp.example.ro", Port: 465, Encrypted: true, User: "piata", Password: "p@ss", From: "Piața.ro <anunt@piata.ro>"},
		Clerk: Clerk{PublishableKey: liveKey, SecretKey: liveCode, APIURL: "https://api.clerk.test", JWTKey: strings.TrimSpace(pemKey), ProxyURL: "/__clerk",
			AuthorizedParties: []string{"https://piata.ro", "https://www.piata.ro"}, SignInURL: e["CLERK_SIGN_IN_URL"], SignUpURL: "/cont-nou/"},
	}
	got, err := Load(e.get, false)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

func publicKeyPEM(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return encodePEM(t, &key.PublicKey)
}

func encodePEM(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// Each value alone, in an environment that is fine otherwise: a bad one is reported once, by the variable's name.
func TestEachVariable(t *testing.T) {
	t.Parallel()
	pemKey := publicKeyPEM(t)
	bare := strings.TrimSpace(strings.NewReplacer("-----BEGIN PUBLIC KEY-----", "", "-----END PUBLIC KEY-----", "").Replace(pemKey))
	elliptic256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name      string
		base      env
		good, bad []string
	}{
		{"PORT", env{}, []string{"", "0", "1", "65535", " 80 "}, []string{"-1", "65536", "http", "80a", "8080.0", "0x50", "99999999999999999999"}},
		{"HOST", env{}, []string{"", "127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"}, []string{"0.0.0.0", "::", "192.168.1.2", "piata.ro"}},
		{"HOST", clerkEnv(), []string{"0.0.0.0", "::", "[::]", "192.168.1.2", "fly-local-6pn"}, []string{"http://0.0.0.0", "0.0.0.0:80", "a b", "localhost:8080"}},
		{"APP_URL", env{}, []string{"", "http://localhost:3000", "https://piata.ro", "https://piata.ro/"}, []string{"piata.ro", "ftp://piata.ro", "https://", "https://piata.ro/cale", "https://piata.ro?x=1", "https://ana:pw@piata.ro", "https://piata.ro#x", "http://:80", "://", "https://a b"}},
		{"DATABASE_URL", env{}, []string{"", "postgres://u:p@h/db", "postgresql://h/db", "postgres:///db?host=/run/postgresql"}, []string{"mysql://u:p@h/db", "postgres://u:p@h", "postgres://u:p@h/", "host=h dbname=db", "postgres://u:p a@h:x/db", "sqlite:///x"}},
		{"TRUSTED_PROXIES", env{}, []string{"", "10.0.0.0/8", "10.0.0.1", "fdaa::/16,10.0.0.0/8"}, []string{"10.0.0.0/33", "proxy", "10.0.0", "10.0.0.0/8;10.1.0.0/8"}},
		{"RATE_LIMITS", env{}, []string{"", "on", "off", "OFF"}, []string{"no", "0", "false"}},
		{"RATE_LIMITS", clerkEnv(), []string{"", "on"}, []string{"off"}},
		{"EUR_RATE", env{}, []string{"", "5.09", "5,1", "1", "20.00", " 4.97 "}, []string{"0", "0.99", "20.01", "5.0912", "5.", ".5", "509", "-5", "+5", "5 lei", "1e1", "5.0.9", "0x5", "NaN"}},
		{"METRICS_ADDR", env{}, []string{"", ":9090", "127.0.0.1:9090", "[::1]:0"}, []string{"9090", "localhost", "127.0.0.1:x", "127.0.0.1:70000"}},
		{"LOG_LEVEL", env{}, []string{"", "debug", "info", "WARN", "error"}, []string{"loud", "3", "warning"}},
		{"LOG_FORMAT", env{}, []string{"", "text", "json", "JSON"}, []string{"xml"}},
		{"ADMIN_EMAILS", env{}, []string{"", "ana@example.ro", "ana@example.ro,dan@example.ro"}, []string{"ana", "@example.ro", "Ana <ana@example.ro>", "ana@example.ro;dan@example.ro"}},
		{"SMTP_URL", env{}, []string{"", "smtp://u:p@smtp.example.ro:587", "smtp://127.0.0.1:1025/", "smtps://h", "smtp://[::1]:25"},
			[]string{"smtp.example.ro:25", "http://h", "smtp://", "smtp://u@h", "smtp://:p@h", "smtp://h:0", "smtp://h:70000", "smtp://h/x", "smtp://h?tls=no", "smtp://u:p@h:port"}},
		{"DEEPSEEK_BASE_URL", env{}, []string{"", "https://api.deepseek.com", "http://127.0.0.1:8089/v1"}, []string{"api.deepseek.com", "ftp://x"}},
		{"ASSISTANT_VISITOR_QUESTIONS", env{}, []string{"", "0", "20"}, []string{"-1", "many"}},
		{"ASSISTANT_QUESTIONS", env{}, []string{"", "0", "20"}, []string{"-1", "many"}},
		{"ASSISTANT_DAILY_TOKENS", env{}, []string{"", "0", "500000"}, []string{"-1", "1e6"}},
		{"MAIL_FROM", env{}, []string{"", "anunt@piata.ro", "Piața.ro <anunt@piata.ro>"}, []string{"piata.ro", "Piața.ro", "a@b, c@d", "a@b\r\nBcc: c@d"}},
		{"CLERK_PUBLISHABLE_KEY", clerkEnv(), []string{testKey}, []string{"pk_test_", "pk_test_%%%", "pk_test_ZXhhbXBsZQ", "pk_prod_ZXhhbXBsZS5jbGVyay5hY2NvdW50cy5kZXYk", "test", secret}},
		{"CLERK_SECRET_KEY", clerkEnv(), []string{secret}, []string{"sk_test_", "sk_", "pk_test_x", "hunter2"}},
		{"CLERK_API_URL", clerkEnv(), []string{"", "https://api.clerk.com", "http://127.0.0.1:4010/v1"}, []string{"api.clerk.com", "ftp://api.clerk.com", "https://", "/v1"}},
		{"CLERK_JWT_KEY", clerkEnv(), []string{"", pemKey, strings.ReplaceAll(pemKey, "\n", `\n`), bare}, []string{"MIIB", "-----BEGIN PUBLIC KEY-----", encodePEM(t, &elliptic256.PublicKey)}},
		{"CLERK_PROXY_URL", clerkEnv(), []string{"", "/__clerk", "https://piata.ro/__clerk"}, []string{"__clerk", "//evil.ro", "ftp://x"}},
		{"CLERK_AUTHORIZED_PARTIES", clerkEnv(), []string{"", "https://piata.ro", "https://piata.ro,http://localhost:8080/"}, []string{"piata.ro", "https://piata.ro/cale", "https://piata.ro piata.ro"}},
		{"CLERK_SIGN_IN_URL", clerkEnv(), []string{"", "/intra", "https://accounts.piata.ro/sign-in"}, []string{"accounts.piata.ro", "//evil.ro", "javascript:alert(1)"}},
		{"CLERK_SIGN_UP_URL", clerkEnv(), []string{"", "/cont", "https://accounts.piata.ro/sign-up"}, []string{"accounts.piata.ro"}},
	}
	for _, tt := range tests {
		for _, v := range tt.good {
			if _, err := Load(tt.base.with(tt.name, v).get, false); err != nil {
				t.Errorf("%s=%q: %v", tt.name, v, err)
			}
		}
		for _, v := range tt.bad {
			_, err := Load(tt.base.with(tt.name, v).get, false)
			if err == nil {
				t.Errorf("%s=%q is accepted", tt.name, v)
			} else if lines := strings.Split(err.Error(), "\n"); !strings.Contains(lines[0], tt.name) || len(lines) > 2 {
				t.Errorf("%s=%q: %v", tt.name, v, err)
			}
		}
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	e := env{
		"PORT": "x", "APP_URL": "x", "DATABASE_URL": "x", "TRUSTED_PROXIES": "x", "RATE_LIMITS": "x", "LOG_LEVEL": "x", "LOG_FORMAT": "x", "ADMIN_EMAILS": "x",
		"CLERK_PUBLISHABLE_KEY": "x", "CLERK_SECRET_KEY": "x", "CLERK_API_URL": "x", "CLERK_JWT_KEY": "x", "CLERK_PROXY_URL": "x", "CLERK_AUTHORIZED_PARTIES": "x",
		"CLERK_SIGN_IN_URL": "x", "CLERK_SIGN_UP_URL": "x", "HOST": "x/y", "SMTP_URL": "x", "MAIL_FROM": "x",
	}
	_, err := Load(e.get, false)
	if err == nil {
		t.Fatal("accepted")
	}
	for name := range e {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not reported in:\n%v", name, err)
		}
	}
	if lines := strings.Count(err.Error(), "\n") + 1; lines != len(e) {
		t.Errorf("%d lines for %d variables:\n%v", lines, len(e), err)
	}
	for range 5 { // the same words each time
		if _, again := Load(e.get, false); again.Error() != err.Error() {
			t.Fatalf("first:\n%v\nthen:\n%v", err, again)
		}
	}
}

func TestHalfSetKeys(t *testing.T) {
	t.Parallel()
	for name, v := range clerkEnv() {
		_, err := Load(env{name: v}.get, false)
		if err == nil || !strings.Contains(err.Error(), "CLERK_PUBLISHABLE_KEY") || !strings.Contains(err.Error(), "CLERK_SECRET_KEY") {
			t.Errorf("only %s: %v; want both named", name, err)
		}
	}
}

func TestTogether(t *testing.T) {
	t.Parallel()
	live := env{"CLERK_PUBLISHABLE_KEY": liveKey, "CLERK_SECRET_KEY": liveCode}
	tests := []struct {
		name string
		env  env
		want string // in the message; "" for fine
	}{
		{"local mode on Fly", env{"FLY_APP_NAME": "piata"}, "FLY_APP_NAME"},
		{"Clerk on Fly", clerkEnv().with("FLY_APP_NAME", "piata"), ""},
		{"local mode for everybody", env{"HOST": "0.0.0.0"}, "HOST"},
		{"no limits for everybody", clerkEnv().with("RATE_LIMITS", "off"), "RATE_LIMITS"},
		{"live and test key", env{"CLERK_PUBLISHABLE_KEY": liveKey, "CLERK_SECRET_KEY": secret}, "live keys"},
		{"test and live key", env{"CLERK_PUBLISHABLE_KEY": testKey, "CLERK_SECRET_KEY": liveCode}, "live keys"},
		{"live keys over http", live.with("APP_URL", "http://piata.ro"), "https://"},
		{"live keys over https", live.with("APP_URL", "https://piata.ro"), ""},
		{"live keys on this machine", live.with("APP_URL", "http://localhost:8080"), ""},
	}
	for _, tt := range tests {
		_, err := Load(tt.env.get, false)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v; want %q", tt.name, err, tt.want)
		}
	}
}

func TestProxies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		env        env
		wantHeader string
		wantSome   bool
	}{
		{clerkEnv(), "", false},
		{clerkEnv().with("FLY_APP_NAME", "piata"), "Fly-Client-IP", true},
		{clerkEnv().with("TRUSTED_PROXIES", "10.0.0.0/8"), "X-Forwarded-For", true},
		{clerkEnv().with("TRUSTED_PROXIES", " , "), "", false},
	}
	for _, tt := range tests {
		c, err := Load(tt.env.get, false)
		if err != nil || c.ProxyHeader != tt.wantHeader || (len(c.TrustedProxies) > 0) != tt.wantSome {
			t.Errorf("%v: header %q from %v, %v", tt.env, c.ProxyHeader, c.TrustedProxies, err)
		}
	}
}

// A secret may stand in the wrong variable, or in an address that cannot be read: no message may repeat it.
func TestSecretsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	const password = "ThisMustNeverBePrinted"
	addresses := []string{"postgres://u:" + password + "@h", "postgres://u:" + password + "@h:port/db", "postgres://u:" + password + "/x@h/db", "mysql://u:" + password + "@h/db",
		"http://u:" + password + "@h/x", "https://u:" + password + "@h:port", secret, secret + " ", "x" + liveCode, "https://h/" + secret,
		"smtp://u:" + password + "@h:port", "smtp://u:" + password + "@h/x"}
	variables := []string{"DATABASE_URL", "CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY", "CLERK_JWT_KEY", "APP_URL", "CLERK_API_URL", "CLERK_PROXY_URL", "CLERK_AUTHORIZED_PARTIES",
		"CLERK_SIGN_IN_URL", "CLERK_SIGN_UP_URL", "HOST", "LOG_LEVEL", "LOG_FORMAT", "RATE_LIMITS", "PORT", "TRUSTED_PROXIES", "ADMIN_EMAILS", "SMTP_URL", "MAIL_FROM"}
	for _, name := range variables {
		for _, v := range addresses {
			for _, base := range []env{{}, clerkEnv()} {
				if _, err := Load(base.with(name, v).get, false); err != nil && strings.Contains(strings.ToLower(err.Error()), strings.ToLower(password)) {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	c, err := Load(clerkEnv().with("DATABASE_URL", "postgres://u:"+password+"@h/db", "SMTP_URL", "smtp://u:"+password+"@h").get, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%+v", c.Clerk), fmt.Sprintf("%+v", c.SMTP)} {
		if strings.Contains(text, password) {
			t.Errorf("printed configuration: %s", text)
		}
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", c, "clerk", c.Clerk, "smtp", c.SMTP)
	if strings.Contains(log.String(), password) {
		t.Errorf("logged configuration: %s", log.String())
	}
}

// Without a sender of their own, mails come from an address of the site.
func TestMailFromFollowsTheSite(t *testing.T) {
	t.Parallel()
	for origin, want := range map[string]string{"https://piata.ro": "Piața.ro <nu-raspunde@piata.ro>", "http://[::1]:8080": "Piața.ro <nu-raspunde@localhost>"} {
		c, err := Load(env{"APP_URL": origin, "SMTP_URL": "smtp://h"}.get, false)
		if err != nil || !c.SMTP.On() || c.SMTP.From != want || c.SMTP.Port != 587 {
			t.Errorf("%s: %+v, %v; want %s", origin, c.SMTP, err, want)
		}
	}
}
