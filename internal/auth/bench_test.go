package auth

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"testing"
)

// BenchmarkRawRSAVerify is the floor that the others are compared with.
func BenchmarkRawRSAVerify(b *testing.B) {
	message := []byte("message")
	signature := withRSA(testKey())(string(message))
	public := &testKey().PublicKey
	for b.Loop() {
		sum := sha256.Sum256(message)
		if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], signature); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAuthFirstSight(b *testing.B) {
	s := newSite(b)
	r := pageLoad(s.signIn(b, "ana@exemplu.ro").header())
	s.Authenticate(context.Background(), r)
	b.ReportAllocs()
	for b.Loop() {
		s.seen = newBounded[digest, *seenToken](seenTokens)
		if s.Authenticate(context.Background(), r).State != SignedIn {
			b.Fatal("signed out")
		}
	}
}

func BenchmarkAuthSeenBefore(b *testing.B) {
	s := newSite(b)
	r := pageLoad(s.signIn(b, "ana@exemplu.ro").header())
	b.ReportAllocs()
	for b.Loop() {
		if s.Authenticate(context.Background(), r).State != SignedIn {
			b.Fatal("signed out")
		}
	}
}

func BenchmarkAuthAnonymous(b *testing.B) {
	s := newSite(b)
	r := pageLoad("theme=dark; _ga=GA1.1.1234567890.1234567890")
	b.ReportAllocs()
	for b.Loop() {
		if s.Authenticate(context.Background(), r).State != SignedOut {
			b.Fatal("signed in")
		}
	}
}
