package models

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// User is a person: what Clerk says of them and the profile that is ours.
type User struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID             int64  `bun:",pk,autoincrement"`
	ClerkID        string // "user_…"
	Username       string // public, "ioana-pop"
	FirstName      string
	LastName       string
	Email          string
	EmailVerified  bool
	ImageURL       string
	ClerkUpdatedAt time.Time
	Name           string // shown in public; "" means first name and initial
	Phone          string // "+40722123456" or ""
	LocalitySiruta *int64
	About          string
	Dealer         bool // sells as a firm
	CreatedAt      time.Time
	UpdatedAt      time.Time
	Role           string     // RoleModerator or ""
	Banned         bool       // by Clerk's administrators
	SyncedAt       time.Time  // when Clerk was last asked about the person, or asking was begun
	DeletedAt      *time.Time // nil for a living account; a deleted one has nothing personal left
	SuspendedBy    *int64     // the decision of a moderator that keeps the person out; nil for none
	DueAtClerk     bool       // deleted here, still to be deleted at Clerk
}

// RoleModerator is the role of people who look after the market.
const RoleModerator = "moderator"

// PublicName is the name that everybody sees, e.g. "Ioana P.".
func (u *User) PublicName() string {
	if u.Name != "" {
		return u.Name
	}
	name := u.FirstName
	if last := []rune(u.LastName); len(last) > 0 && name != "" {
		name += " " + string(last[:1]) + "."
	}
	if name == "" {
		return u.Username
	}
	return name
}

// Identity is what the sign-in service says of a person.
type Identity struct {
	ClerkID       string
	FirstName     string
	LastName      string
	Username      string // chosen at Clerk; "" for none
	Email         string
	EmailVerified bool
	ImageURL      string
	UpdatedAt     time.Time // of this data at Clerk; zero when unknown
	Role          string    // RoleModerator or ""
	Banned        bool
	SyncedAt      time.Time // when Clerk said so; zero for what a session token claims
}

// UserByClerkID returns the person, or NotFound. It also returns a deleted one, whose DeletedAt is set.
func (s *Store) UserByClerkID(ctx context.Context, clerkID string) (User, error) {
	return s.userWhere(ctx, "u.clerk_id = ?", clerkID)
}

// UserByUsername returns the person with the public name, or NotFound.
func (s *Store) UserByUsername(ctx context.Context, username string) (User, error) {
	return s.userWhere(ctx, "u.username = ? AND u.deleted_at IS NULL", username)
}

// UserByEmail returns the oldest person with the address, or NotFound; addresses are not unique.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, error) {
	return s.userWhere(ctx, "u.email = ?", strings.ToLower(email))
}

var errNoUser = apperr.New(apperr.NotFound, "Persoana nu există.")

func (s *Store) userWhere(ctx context.Context, where, arg string) (User, error) {
	var u User
	if strings.ContainsRune(arg, 0) { // no text of a database holds it
		return u, errNoUser
	}
	err := s.read.NewSelect().Model(&u).Where(where, arg).Order("u.id").Limit(1).Scan(ctx)
	if err = s.classify(err); isNotFound(err) {
		return u, errNoUser
	} else if err != nil {
		return u, fmt.Errorf("select user: %w", err)
	}
	return u, nil
}

// EnsureUser inserts the person on first sight and otherwise takes over newer data from the sign-in service. However many requests
// come at once, they make one user. A deleted person is returned as such and stays deleted.
func (s *Store) EnsureUser(ctx context.Context, id Identity) (User, error) {
	return s.ensureUser(ctx, id, "")
}

// TakeUserEvent is EnsureUser for a webhook event. The same event twice, or one that comes after newer ones, changes nothing.
func (s *Store) TakeUserEvent(ctx context.Context, eventID string, id Identity) error {
	_, err := s.ensureUser(ctx, id, eventID)
	return err
}

// ensureUser remembers the event, if there is one, in the transaction that takes over the data.
func (s *Store) ensureUser(ctx context.Context, id Identity, eventID string) (User, error) {
	if id.ClerkID == "" {
		return User{}, apperr.New(apperr.Internal, "identity without id")
	}
	u := s.userOf(id)
	known, err := s.UserByClerkID(ctx, id.ClerkID)
	if err == nil && eventID == "" && !u.isNews(&known) {
		return known, nil // nothing to write, as on nearly every request
	}
	base := usernameBase(id)
	for attempt := range 20 {
		u.ID, u.Username = 0, usernameCandidate(base, id.ClerkID, attempt)
		err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error { return s.writeUser(ctx, tx, &u, eventID) })
		if err == nil {
			return s.UserByClerkID(ctx, id.ClerkID)
		}
		if !apperr.Is(err, apperr.Conflict) {
			return User{}, fmt.Errorf("insert user: %w", err)
		}
	}
	return User{}, apperr.New(apperr.Conflict, "Nu am găsit un nume de utilizator liber.")
}

// userOf is the row that the identity would make. A time that no clock of Clerk's can have shown would keep out all later news.
func (s *Store) userOf(id Identity) User {
	now := s.now()
	u := User{ClerkID: id.ClerkID, FirstName: text.Line(id.FirstName), LastName: text.Line(id.LastName), Email: strings.ToLower(text.Line(id.Email)),
		EmailVerified: id.EmailVerified, ImageURL: text.Line(id.ImageURL), CreatedAt: now, UpdatedAt: now, Role: text.Line(id.Role), Banned: id.Banned}
	u.ClerkUpdatedAt, u.SyncedAt = storable(id.UpdatedAt, now.Add(24*time.Hour)), storable(id.SyncedAt, now)
	return u
}

// storable brings a time into what the databases keep: not before 1970, not after latest.
func storable(t, latest time.Time) time.Time {
	epoch := time.Unix(0, 0).UTC()
	switch {
	case t.Before(epoch):
		return epoch
	case t.After(latest):
		return latest
	}
	return t.UTC().Truncate(time.Microsecond)
}

// isNews reports whether upsertUser would change the known user.
func (u *User) isNews(known *User) bool {
	if known.DeletedAt != nil || u.ClerkUpdatedAt.Before(known.ClerkUpdatedAt) {
		return false
	}
	return u.ClerkUpdatedAt.After(known.ClerkUpdatedAt) || u.SyncedAt.After(known.SyncedAt)
}

func (s *Store) writeUser(ctx context.Context, tx bun.Tx, u *User, eventID string) error {
	if eventID != "" {
		if isNew, err := s.recordEvent(ctx, tx, eventID); err != nil || !isNew {
			return err
		}
	}
	if joined, err := joinImported(ctx, tx, u); err != nil || joined {
		return err
	}
	return upsertUser(ctx, tx, u)
}

// ImportedID is the sign-in id of a person whose listings were imported before they ever signed in.
func ImportedID(email string) string { return "import:" + strings.ToLower(email) }

// joinImported gives the user that an import made for this address to the person who proves to own it, and reports whether there was one.
// Somebody who has a user already keeps that one.
func joinImported(ctx context.Context, tx bun.Tx, u *User) (bool, error) {
	if !u.EmailVerified || u.Email == "" {
		return false, nil
	}
	res, err := tx.NewUpdate().Model(u).Column("clerk_id", "first_name", "last_name", "email_verified", "image_url", "clerk_updated_at", "updated_at", "role", "banned", "synced_at").
		Where("clerk_id = ?", ImportedID(u.Email)).Where("NOT EXISTS (SELECT 1 FROM users AS o WHERE o.clerk_id = ?)", u.ClerkID).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("join imported user: %w", err)
	}
	joined, err := res.RowsAffected()
	return joined > 0, err
}

// upsertUser compares times so that late news never overwrites newer; the username is chosen once.
func upsertUser(ctx context.Context, tx bun.IDB, u *User) error {
	_, err := tx.NewInsert().Model(u).On("CONFLICT (clerk_id) DO UPDATE").
		Set("first_name = EXCLUDED.first_name, last_name = EXCLUDED.last_name, email = EXCLUDED.email, email_verified = EXCLUDED.email_verified").
		Set("image_url = EXCLUDED.image_url, clerk_updated_at = EXCLUDED.clerk_updated_at, updated_at = EXCLUDED.updated_at").
		Set("role = EXCLUDED.role, banned = EXCLUDED.banned, synced_at = EXCLUDED.synced_at").
		Where("u.deleted_at IS NULL").
		Where("EXCLUDED.clerk_updated_at > u.clerk_updated_at OR (EXCLUDED.clerk_updated_at = u.clerk_updated_at AND EXCLUDED.synced_at > u.synced_at)").
		Returning("NULL").Exec(ctx)
	return err
}

// reservedUsernames could be mistaken for the site itself.
var reservedUsernames = []string{"admin", "administrator", "moderator", "moderare", "piata", "piata-ro", "suport", "support", "ajutor", "contact", "root", "sistem", "api", "null", "anonim", "utilizator", "cont-sters"}

// usernameBase derives a public name from the username, the name or the part of the address before the @.
func usernameBase(id Identity) string {
	local, _, _ := strings.Cut(id.Email, "@")
	for _, candidate := range []string{id.Username, strings.TrimSpace(id.FirstName + " " + id.LastName), local} {
		candidate = text.Line(candidate)
		if candidate == "" {
			continue
		}
		slug := text.Slug(candidate, 30)
		if len(slug) >= 3 && slug != text.Slug("", 30) && !slices.Contains(reservedUsernames, slug) {
			return slug
		}
	}
	return "vecin"
}

// usernameCandidate adds a number that grows with the attempts; the last ones are unique by the person's id.
func usernameCandidate(base, clerkID string, attempt int) string {
	switch {
	case attempt == 0 && base != "vecin":
		return base
	case attempt < 12:
		return base + "-" + strconv.Itoa(attempt+1)
	}
	tail := text.Slug(clerkID, 64)
	return base + "-" + tail[max(0, len(tail)-6-attempt/2):]
}

// Profile is the part of a user that the person edits here.
type Profile struct {
	Name     string // 2–50 characters or ""
	Phone    string // E.164 or ""
	Locality *Locality
	About    string // at most 1,000 characters
	Dealer   bool   // sells as a firm
}

// UpdateProfile stores what the person edited.
func (s *Store) UpdateProfile(ctx context.Context, userID int64, p Profile) error {
	u := User{ID: userID, Name: text.Line(p.Name), Phone: text.Line(p.Phone), About: text.Paragraphs(p.About), Dealer: p.Dealer, UpdatedAt: s.now()}
	if p.Locality != nil {
		u.LocalitySiruta = &p.Locality.Siruta
	}
	return s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model(&u).Column("name", "phone", "locality_siruta", "about", "dealer", "updated_at").WherePK().Where("u.deleted_at IS NULL").Exec(ctx)
		return err
	})
}
