package clerkdev

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

const (
	storeFile     = "clerk-local.json"
	maxAccounts   = 10_000
	maxSessions   = 5_000
	maxNameRunes  = 100
	maxEmailBytes = 254
)

// ErrEmail says that somebody tried to sign in with what is not an e-mail address.
var ErrEmail = errors.New("not an e-mail address")

var errFull = errors.New("too many accounts; delete " + storeFile + " to start again")

// account is a person, known by e-mail address.
type account struct {
	ID        string    `json:"id"`
	Email     string    `json:"email"`
	FirstName string    `json:"first_name"`
	LastName  string    `json:"last_name"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// storedSession is one browser signed in. The file that holds it is readable by its owner only.
type storedSession struct {
	ID         string    `json:"id"`
	UserID     string    `json:"user_id"`
	Client     string    `json:"client"`  // the value of __client
	Refresh    string    `json:"refresh"` // the value of __refresh
	DevBrowser string    `json:"dev_browser,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at"`
}

// contents is the file.
type contents struct {
	Accounts []account       `json:"accounts"`
	Sessions []storedSession `json:"sessions"`
	Removed  []string        `json:"removed,omitempty"`
}

// store keeps accounts and sessions in memory and in one small file, written before a change is answered.
type store struct {
	path string

	mu       sync.Mutex
	accounts map[string]account       // by user id
	sessions map[string]storedSession // by session id
	removed  map[string]bool          // ids of deleted accounts: never given out again
	changes  int                      // counts up with each change

	writing sync.Mutex
	written int // the change that the file holds
}

func openStore(dir string) (*store, error) {
	s := &store{
		path:     filepath.Join(dir, storeFile),
		accounts: map[string]account{},
		sessions: map[string]storedSession{},
		removed:  map[string]bool{},
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	data, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	var kept contents
	if err := json.Unmarshal(data, &kept); err != nil {
		return nil, fmt.Errorf("read %s (delete it to start again): %w", s.path, err)
	}
	for _, a := range kept.Accounts {
		s.accounts[a.ID] = a
	}
	for _, session := range kept.Sessions {
		s.sessions[session.ID] = session
	}
	for _, id := range kept.Removed {
		s.removed[id] = true
	}
	return s, nil
}

// signIn stores a session of the account with this e-mail address, made on first use, and ends the one that the same
// browser had before. Names already known stay.
func (s *store) signIn(a account, session storedSession, formerClient string) (account, error) {
	s.mu.Lock()
	a.ID = s.freeID(a.Email)
	if known, ok := s.accounts[a.ID]; ok {
		a = withNames(known, a)
	} else if len(s.accounts)+len(s.removed) >= maxAccounts {
		s.mu.Unlock()
		return account{}, errFull
	}
	s.accounts[a.ID] = a
	if former, ok := s.clientSession(formerClient, session.CreatedAt); ok {
		delete(s.sessions, former.ID)
	}
	if len(s.sessions) >= maxSessions {
		s.dropOldest(session.CreatedAt)
	}
	session.UserID = a.ID
	s.sessions[session.ID] = session
	change := s.changed()
	s.mu.Unlock()
	return a, s.write(change)
}

// withNames fills in names that were empty.
func withNames(known, typed account) account {
	if known.FirstName == "" && typed.FirstName != "" {
		known.FirstName, known.UpdatedAt = typed.FirstName, typed.UpdatedAt
	}
	if known.LastName == "" && typed.LastName != "" {
		known.LastName, known.UpdatedAt = typed.LastName, typed.UpdatedAt
	}
	return known
}

// dropOldest makes room: first what has expired, then the tenth that is oldest.
func (s *store) dropOldest(now time.Time) {
	var live []storedSession
	for id, session := range s.sessions {
		if now.Before(session.ExpiresAt) {
			live = append(live, session)
		} else {
			delete(s.sessions, id)
		}
	}
	if len(live) < maxSessions {
		return
	}
	slices.SortFunc(live, func(a, b storedSession) int { return a.CreatedAt.Compare(b.CreatedAt) })
	for _, session := range live[:maxSessions/10] {
		delete(s.sessions, session.ID)
	}
}

// end ends a session and returns it; ending one that is not there is not a change.
func (s *store) end(id string) (storedSession, bool, error) {
	s.mu.Lock()
	session, ok := s.sessions[id]
	if !ok {
		s.mu.Unlock()
		return storedSession{}, false, nil
	}
	delete(s.sessions, id)
	change := s.changed()
	s.mu.Unlock()
	return session, true, s.write(change)
}

// remove deletes an account and ends its sessions; whoever signs in with the address again gets a new account.
func (s *store) remove(id string) (bool, error) {
	s.mu.Lock()
	if _, ok := s.accounts[id]; !ok {
		s.mu.Unlock()
		return false, nil
	}
	delete(s.accounts, id)
	s.removed[id] = true
	for sessionID, session := range s.sessions {
		if session.UserID == id {
			delete(s.sessions, sessionID)
		}
	}
	change := s.changed()
	s.mu.Unlock()
	return true, s.write(change)
}

// freeID is the id of the address, or the next one when accounts of the address were deleted. The caller holds mu.
func (s *store) freeID(email string) string {
	id := userID(email)
	for n := 2; s.removed[id]; n++ {
		id = userID(email + "#" + strconv.Itoa(n))
	}
	return id
}

// live returns a session that has not ended, with its account.
func (s *store) live(id string, now time.Time) (account, storedSession, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, ok := s.sessions[id]
	if !ok || !now.Before(session.ExpiresAt) {
		return account{}, storedSession{}, false
	}
	return s.accounts[session.UserID], session, true
}

func (s *store) account(id string) (account, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.accounts[id]
	return a, ok
}

// find looks a live session up by its client cookie or, for a development instance, by its dev browser.
func (s *store) find(client, devBrowser string, now time.Time) (storedSession, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if session, ok := s.clientSession(client, now); ok {
		return session, true
	}
	if devBrowser == "" {
		return storedSession{}, false
	}
	for _, session := range s.sessions {
		if session.DevBrowser == devBrowser && now.Before(session.ExpiresAt) {
			return session, true
		}
	}
	return storedSession{}, false
}

// clientSession is find by client alone. The caller holds mu.
func (s *store) clientSession(client string, now time.Time) (storedSession, bool) {
	if client == "" {
		return storedSession{}, false
	}
	for _, session := range s.sessions {
		if session.Client == client && now.Before(session.ExpiresAt) {
			return session, true
		}
	}
	return storedSession{}, false
}

func (s *store) changed() int {
	s.changes++
	return s.changes
}

// write returns once the file holds the change. One write serves all who wait for the file meanwhile.
func (s *store) write(change int) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.written >= change {
		return nil
	}
	s.mu.Lock()
	latest := s.changes
	var kept contents
	for _, a := range s.accounts {
		kept.Accounts = append(kept.Accounts, a)
	}
	for _, session := range s.sessions {
		kept.Sessions = append(kept.Sessions, session)
	}
	for id := range s.removed {
		kept.Removed = append(kept.Removed, id)
	}
	s.mu.Unlock()
	data, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("encode accounts: %w", err)
	}
	if err := writeFile(s.path, data); err != nil {
		return fmt.Errorf("keep accounts: %w", err)
	}
	s.written = latest
	return nil
}

// userID is always the same for one address, even if the file is lost.
func userID(email string) string {
	sum := sha256.Sum256([]byte(email))
	return "user_local" + hex.EncodeToString(sum[:12])
}

// normalEmail accepts a bare address and returns it in lower case.
func normalEmail(typed string) (string, error) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Address != typed || len(typed) > maxEmailBytes {
		return "", ErrEmail
	}
	return typed, nil
}

// cleanName makes one line of at most 100 characters of what was typed.
func cleanName(typed string) string {
	typed = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, typed)
	runes := []rune(strings.Join(strings.Fields(typed), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), maxNameRunes)]))
}
