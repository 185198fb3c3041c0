package auth

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestParsePublishableKey(t *testing.T) {
	t.Parallel()
	encode := base64.StdEncoding.EncodeToString
	tests := []struct {
		name, key, host, suffix string
		kind                    InstanceType
		ok                      bool
	}{
		{"live", "pk_live_Y2xlcmsuY2xlcmsuZGV2JA", "clerk.clerk.dev", "1Z8AzTQD", Production, true},
		{"test", "pk_test_Y2xlcmsuY2xlcmsuZGV2JA", "clerk.clerk.dev", "QvfNY2dr", Development, true},
		{"suffix with underscore", "pk_test_ZW5vdWdoLWFscGFjYS04Mi5jbGVyay5hY2NvdW50cy5sY2xjbGVyay5jb20k",
			"enough-alpaca-82.clerk.accounts.lclclerk.com", "jtYvyt_H", Development, true},
		{"suffix with hyphen", "pk_test_eHh4eHh4LXhhYWFhYS1hYS5jbGVyay5hY2NvdW50cy5sY2xjbGVyay5jb20k",
			"xxxxxx-xaaaaa-aa.clerk.accounts.lclclerk.com", "tZJdb-5s", Development, true},
		{"padding", "pk_live_" + encode([]byte("clerk.a.ro$")), "clerk.a.ro", "", Production, true},
		{name: "empty"},
		{name: "no prefix", key: encode([]byte("clerk.a.ro$"))},
		{name: "secret key", key: "sk_live_" + encode([]byte("clerk.a.ro$"))},
		{name: "other kind", key: "pk_prod_" + encode([]byte("clerk.a.ro$"))},
		{name: "four parts", key: "pk_live_" + encode([]byte("clerk.a.ro$")) + "_x"},
		{name: "not base64", key: "pk_live_%%%"},
		{name: "line break", key: "pk_live_Y2xlcmsu\nY2xlcmsuZGV2JA"},
		{name: "no dollar", key: "pk_live_" + encode([]byte("clerk.a.ro"))},
		{name: "two dollars", key: "pk_live_" + encode([]byte("clerk.a.ro$$"))},
		{name: "dollar inside", key: "pk_live_" + encode([]byte("clerk$.a.ro$"))},
		{name: "no dot", key: "pk_live_" + encode([]byte("localhost$"))},
		{name: "path", key: "pk_live_" + encode([]byte("clerk.a.ro/x$"))},
		{name: "user", key: "pk_live_" + encode([]byte("a@clerk.a.ro$"))},
		{name: "policy injection", key: "pk_live_" + encode([]byte("a.ro; script-src *$"))},
		{name: "only dot", key: "pk_live_" + encode([]byte(".$"))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParsePublishableKey(tt.key)
			if (err == nil) != tt.ok {
				t.Fatalf("error %v, want ok %v", err, tt.ok)
			}
			if got.FrontendHost != tt.host || got.Type != tt.kind {
				t.Errorf("got %+v, want host %q, type %q", got, tt.host, tt.kind)
			}
			if tt.suffix != "" && got.CookieSuffix != tt.suffix {
				t.Errorf("suffix %q, want %q", got.CookieSuffix, tt.suffix)
			}
		})
	}
}

func TestAccountPortal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		instance Instance
		want     string
	}{
		{Instance{Type: Production, FrontendHost: "clerk.piata.ro"}, "https://accounts.piata.ro"},
		{Instance{Type: Development, FrontendHost: "quick-heron-42.clerk.accounts.dev"}, "https://quick-heron-42.accounts.dev"},
	}
	for _, tt := range tests {
		if got := tt.instance.AccountPortal(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func FuzzPublishableKey(f *testing.F) {
	f.Add("pk_live_Y2xlcmsuY2xlcmsuZGV2JA")
	f.Add("pk_test_Y2xlcmsuY2xlcmsuZGV2JA==")
	f.Add("pk_live_JCQk")
	f.Fuzz(func(t *testing.T, key string) {
		got, err := ParsePublishableKey(key)
		if err != nil {
			return
		}
		if !isHost(got.FrontendHost) || len(got.CookieSuffix) != 8 || strings.ContainsAny(got.FrontendHost, "/@$; \r\n") {
			t.Errorf("%q gave %+v", key, got)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	good := Config{PublishableKey: "pk_live_Y2xlcmsuY2xlcmsuZGV2JA", SecretKey: "sk_live_secret", AppURL: "https://piata.ro"}
	tests := []struct {
		name   string
		change func(*Config)
		ok     bool
	}{
		{"good", func(*Config) {}, true},
		{"live key on loopback", func(c *Config) { c.AppURL = "http://localhost:8080" }, true},
		{"live key on plain http", func(c *Config) { c.AppURL = "http://piata.ro" }, false},
		{"kinds differ", func(c *Config) { c.SecretKey = "sk_test_secret" }, false},
		{"empty secret", func(c *Config) { c.SecretKey = "sk_live_" }, false},
		{"no origin", func(c *Config) { c.AppURL = "piata.ro" }, false},
		{"broken JWT key", func(c *Config) { c.JWTKey = "MIIB" }, false},
		{"proxy path", func(c *Config) { c.ProxyURL = "/__clerk//" }, true},
		{"proxy without scheme", func(c *Config) { c.ProxyURL = "piata.ro/__clerk" }, false},
		{"proxy with other scheme", func(c *Config) { c.ProxyURL = "ftp://piata.ro/__clerk" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cfg := good
			tt.change(&cfg)
			a, err := New(cfg)
			if (err == nil) != tt.ok {
				t.Fatalf("error %v, want ok %v", err, tt.ok)
			}
			if err != nil && strings.Contains(err.Error(), "secret") && strings.Contains(err.Error(), cfg.SecretKey) && cfg.SecretKey != "sk_live_" {
				t.Errorf("the error tells the secret: %v", err)
			}
			if a != nil {
				a.Close()
			}
		})
	}
}
