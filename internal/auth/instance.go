package auth

import (
	"crypto/sha1" //nolint:gosec // Clerk names its cookies by SHA-1; nothing is protected by it.
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"
)

// InstanceType tells Clerk's two kinds of instance apart: they carry the handshake differently.
type InstanceType string

// The two kinds of instance, told by the publishable key's prefix.
const (
	Production  InstanceType = "production"  // pk_live_…
	Development InstanceType = "development" // pk_test_…
)

// Instance is what a publishable key says about a Clerk instance.
type Instance struct {
	Type         InstanceType
	FrontendHost string // "clerk.piata.ro", the host of the Frontend API
	CookieSuffix string // "1Z8AzTQD", the ending of this instance's own cookie names
}

var errPublishableKey = errors.New("a publishable key is pk_test_ or pk_live_ followed by the base64 of a host name and $")

// ParsePublishableKey reads a publishable key strictly: a prefix, and the base64 of a host name with one $ at its end.
// The key itself is public, yet errors do not repeat it.
func ParsePublishableKey(key string) (Instance, error) {
	parts := strings.Split(key, "_")
	if len(parts) != 3 || parts[0] != "pk" {
		return Instance{}, errPublishableKey
	}
	instance := Instance{CookieSuffix: cookieSuffix(key)}
	switch parts[1] {
	case "live":
		instance.Type = Production
	case "test":
		instance.Type = Development
	default:
		return Instance{}, errPublishableKey
	}
	// Go's decoder skips line breaks; a key that holds one was pasted wrongly.
	if strings.ContainsAny(parts[2], "\r\n") {
		return Instance{}, errPublishableKey
	}
	decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[2], "="))
	if err != nil {
		return Instance{}, fmt.Errorf("%w: %w", errPublishableKey, err)
	}
	host, ok := strings.CutSuffix(string(decoded), "$")
	if !ok || !strings.Contains(host, ".") || !isHost(host) {
		return Instance{}, errPublishableKey
	}
	instance.FrontendHost = host
	return instance, nil
}

// AccountPortal is the origin of the pages that Clerk hosts for this instance, such as "https://accounts.piata.ro".
func (i Instance) AccountPortal() string {
	if i.Type == Development {
		return "https://" + strings.Replace(i.FrontendHost, ".clerk.", ".", 1)
	}
	return "https://accounts." + strings.TrimPrefix(i.FrontendHost, "clerk.")
}

// cookieSuffix is Clerk's: the first eight characters of the URL-safe base64 of the key's SHA-1.
func cookieSuffix(key string) string {
	sum := sha1.Sum([]byte(key)) //nolint:gosec // see the import
	return base64.URLEncoding.EncodeToString(sum[:])[:8]
}

// isHost accepts a host name with an optional port. It goes into addresses and policies, so nothing else may pass.
func isHost(s string) bool {
	name := s
	if host, port, err := net.SplitHostPort(s); err == nil {
		if port == "" || strings.Trim(port, "0123456789") != "" {
			return false
		}
		name = host
	}
	if name == "" || len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !isAlphanumeric(r) && r != '-' {
				return false
			}
		}
	}
	return true
}

func isAlphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}
