package auth

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
)

const (
	keysFreshFor   = 5 * time.Minute // older: fetched again behind the requests
	keysTrustedFor = time.Hour       // older: not trusted any more
	// keysCoolDown is the least time between two fetches, whatever unknown key ids arrive and whether they succeed.
	keysCoolDown     = 5 * time.Second
	keysFetchTimeout = 5 * time.Second
	keysWait         = 3 * time.Second // how long a request waits for a fetch
	minKeyBits       = 2048
)

var (
	errSecretKeyInvalid = errors.New("the secret key was refused")
	errKeysLate         = errors.New("signing keys did not arrive in time")
)

// keySet is one answer of the Backend API, whole and unchanging.
type keySet struct {
	keys      map[string]*clerk.JSONWebKey
	fetchedAt time.Time
}

// keyStore holds the instance's signing keys. The SDK's own cache trusts a removed key for ever under steady traffic and
// fetches once per unknown key id, so it is never used.
type keyStore struct {
	static *clerk.JSONWebKey // the configured key, used for every key id
	fetch  func(context.Context) (map[string]*clerk.JSONWebKey, error)
	now    func() time.Time
	log    *slog.Logger

	current atomic.Pointer[keySet]
	ctx     context.Context //nolint:containedctx // ends the fetches that outlive the request that started them
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu        sync.Mutex
	flight    *keyFlight // the fetch under way, nil when none is
	attempted time.Time  // when the last fetch began or ended
	failure   error      // of the last fetch
}

// keyFlight is one fetch; err may be read once done is closed.
type keyFlight struct {
	done chan struct{}
	err  error
}

func newKeyStore(static *clerk.JSONWebKey, fetch func(context.Context) (map[string]*clerk.JSONWebKey, error),
	now func() time.Time, log *slog.Logger) *keyStore {
	s := &keyStore{static: static, fetch: fetch, now: now, log: log}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// lookup finds a key, waiting for a fetch when the key is not known yet. The reason is empty when a key is returned.
func (s *keyStore) lookup(ctx context.Context, kid string) (*clerk.JSONWebKey, Reason) {
	if key := s.known(kid); key != nil {
		return key, ""
	}
	if kid == "" {
		return nil, ReasonUnknownKey
	}
	err := s.update(ctx)
	if key := s.known(kid); key != nil {
		return key, ""
	}
	switch {
	case err == nil:
		return nil, ReasonUnknownKey
	case errors.Is(err, errSecretKeyInvalid):
		return nil, ReasonSecretKeyInvalid
	default:
		return nil, ReasonKeysUnavailable
	}
}

// known returns a trusted key without waiting, or nil. It starts a fetch behind the request when the set has aged.
func (s *keyStore) known(kid string) *clerk.JSONWebKey {
	if s.static != nil {
		return s.static
	}
	set := s.trusted()
	if set == nil {
		return nil
	}
	if s.now().Sub(set.fetchedAt) >= keysFreshFor {
		s.mu.Lock()
		s.startUnlessCooling()
		s.mu.Unlock()
	}
	return set.keys[kid]
}

func (s *keyStore) trusted() *keySet {
	set := s.current.Load()
	if set == nil || s.now().Sub(set.fetchedAt) >= keysTrustedFor {
		return nil
	}
	return set
}

// update waits for the fetch under way or for a new one. In the cool-down it returns at once: nil while the set is
// trusted, because it is as good as it gets, otherwise the last failure.
func (s *keyStore) update(ctx context.Context) error {
	s.mu.Lock()
	flight := s.startUnlessCooling()
	failure := s.failure
	s.mu.Unlock()
	if flight == nil {
		if s.trusted() != nil {
			return nil
		}
		return failure
	}
	timer := time.NewTimer(keysWait)
	defer timer.Stop()
	select {
	case <-flight.done:
		return flight.err
	case <-timer.C:
		return errKeysLate
	case <-ctx.Done():
		return ctx.Err()
	}
}

// startUnlessCooling returns the fetch under way, starting one unless the last is too recent. The caller holds mu.
func (s *keyStore) startUnlessCooling() *keyFlight {
	if s.flight != nil {
		return s.flight
	}
	since := s.now().Sub(s.attempted)
	if since >= 0 && since < keysCoolDown || s.ctx.Err() != nil {
		return nil
	}
	flight := &keyFlight{done: make(chan struct{})}
	s.flight, s.attempted = flight, s.now()
	s.running.Go(func() { s.run(flight) })
	return flight
}

func (s *keyStore) run(flight *keyFlight) {
	ctx, cancel := context.WithTimeout(s.ctx, keysFetchTimeout)
	defer cancel()
	keys, err := s.fetch(ctx)
	if err != nil {
		s.log.Warn("clerk: signing keys could not be fetched", slog.Any("error", err))
	} else {
		s.replace(keys)
	}
	s.mu.Lock()
	s.flight, s.attempted, s.failure = nil, s.now(), err
	s.mu.Unlock()
	flight.err = err
	close(flight.done)
}

// replace puts the new set in place of the old one: a key that has gone is not trusted any more. A key that stayed
// keeps its pointer, which is what verified tokens are remembered by.
func (s *keyStore) replace(keys map[string]*clerk.JSONWebKey) {
	if old := s.current.Load(); old != nil {
		for kid, key := range keys {
			if before := old.keys[kid]; before != nil && isSameKey(before, key) {
				keys[kid] = before
			}
		}
	}
	s.current.Store(&keySet{keys: keys, fetchedAt: s.now()})
}

func (s *keyStore) close() {
	s.mu.Lock()
	s.cancel()
	s.mu.Unlock()
	s.running.Wait()
}

func isSameKey(a, b *clerk.JSONWebKey) bool {
	first, ok := a.Key.(*rsa.PublicKey)
	return ok && first.Equal(b.Key)
}

// isUsable accepts only what session tokens are signed with.
func isUsable(key *clerk.JSONWebKey) bool {
	public, ok := key.Key.(*rsa.PublicKey)
	return ok && key.KeyID != "" && key.Algorithm == "RS256" && key.Use == "sig" && public.N.BitLen() >= minKeyBits
}

// parseJWTKey reads the configured public key. Clerk's dashboard shows it without header and footer in places, and
// environments often carry its line breaks as \n.
func parseJWTKey(text string) (*clerk.JSONWebKey, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, `\n`, "\n"))
	if text == "" {
		return nil, nil //nolint:nilnil // no key configured is a normal case
	}
	if !strings.HasPrefix(text, "-----BEGIN") {
		text = "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----"
	}
	key, err := clerk.JSONWebKeyFromPEM(text)
	if err != nil {
		return nil, fmt.Errorf("read the JWT key: %w", err)
	}
	public, ok := key.Key.(*rsa.PublicKey)
	if !ok || public.N.BitLen() < minKeyBits {
		return nil, fmt.Errorf("the JWT key must be an RSA key of at least %d bits", minKeyBits)
	}
	return key, nil
}
