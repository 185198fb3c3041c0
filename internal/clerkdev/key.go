package clerkdev

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

const (
	keyFile = "clerk-local.pem"
	keyBits = 2048
)

// signingKey is the RSA key, perhaps still being made: that takes up to a tenth of a second, and the first page should
// not wait for it.
type signingKey struct {
	ready   chan struct{}
	private *rsa.PrivateKey
	err     error
}

func openSigningKey(dir string, given *rsa.PrivateKey) (*signingKey, error) {
	k := &signingKey{ready: make(chan struct{}), private: given}
	if given != nil {
		close(k.ready)
		return k, nil
	}
	path := filepath.Join(dir, keyFile)
	data, err := os.ReadFile(path)
	switch {
	case err == nil:
		if k.private, err = parseKey(data); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		close(k.ready)
	case errors.Is(err, fs.ErrNotExist):
		go func() {
			defer close(k.ready)
			k.private, k.err = makeKey(path)
		}()
	default:
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	return k, nil
}

func (k *signingKey) wait() { <-k.ready }

func (k *signingKey) get() (*rsa.PrivateKey, error) {
	k.wait()
	return k.private, k.err
}

func parseKey(data []byte) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errors.New("not a PEM file; delete it to get a new key")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("delete it to get a new key: %w", err)
	}
	private, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("not an RSA key; delete it to get a new one")
	}
	return private, nil
}

func makeKey(path string) (*rsa.PrivateKey, error) {
	private, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, fmt.Errorf("make signing key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("encode signing key: %w", err)
	}
	if err := writeFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})); err != nil {
		return nil, fmt.Errorf("keep signing key: %w", err)
	}
	return private, nil
}

// writeFile replaces a file for good: whoever reads it later, even after a power cut, finds the old or the new content.
func writeFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, filepath.Base(path)+".*") // CreateTemp makes it 0600
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// jwks is the key set as Clerk publishes it.
func (c *Clerk) jwks() (map[string]any, error) {
	private, err := c.key.get()
	if err != nil {
		return nil, err
	}
	exponent := big.NewInt(int64(private.E)).Bytes()
	return map[string]any{"keys": []any{map[string]string{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": KeyID,
		"n": base64.RawURLEncoding.EncodeToString(private.N.Bytes()),
		"e": base64.RawURLEncoding.EncodeToString(exponent),
	}}}, nil
}

// sessionClaims are the claims of a session token, custom ones included.
type sessionClaims struct {
	Issuer    string `json:"iss"`
	Subject   string `json:"sub"`
	SessionID string `json:"sid"`
	Party     string `json:"azp"`
	IssuedAt  int64  `json:"iat"`
	NotBefore int64  `json:"nbf"`
	Expires   int64  `json:"exp"`
	Status    string `json:"sts"`
	Version   int    `json:"v"`
	Email     string `json:"email"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
}

// token mints a session token.
func (c *Clerk) token(a account, s storedSession) (string, error) {
	now := c.now().UTC()
	return c.Sign(map[string]any{"alg": "RS256", "typ": "JWT", "kid": KeyID, "cat": "cl_B7d4PD111AAA"}, sessionClaims{
		Issuer: c.ProxyURL(), Subject: a.ID, SessionID: s.ID, Party: c.origin,
		IssuedAt: now.Unix(), NotBefore: now.Add(-10 * time.Second).Unix(), Expires: now.Add(c.lifetime).Unix(),
		Status: "active", Version: 2,
		Email: a.Email, FirstName: a.FirstName, LastName: a.LastName,
	})
}

// Sign makes a token of any header and claims with the instance's key; tests forge with it.
func (c *Clerk) Sign(header, claims any) (string, error) {
	private, err := c.key.get()
	if err != nil {
		return "", err
	}
	head, err := json.Marshal(header)
	if err != nil {
		return "", fmt.Errorf("encode token header: %w", err)
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("encode token claims: %w", err)
	}
	signed := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, private, crypto.SHA256, sum[:])
	if err != nil {
		return "", fmt.Errorf("sign token: %w", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// getContext is get for callers who may give up.
func (k *signingKey) getContext(ctx context.Context) error {
	select {
	case <-k.ready:
		return k.err
	case <-ctx.Done():
		return ctx.Err()
	}
}
