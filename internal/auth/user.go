package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/clerk/clerk-sdk-go/v2"
)

// ErrNoUser says that Clerk does not know the user.
var ErrNoUser = errors.New("no such user at Clerk")

// User is an account as the Backend API tells it.
type User struct {
	ID        string // "user_2abc…"
	Username  string // may be empty, like the names
	FirstName string
	LastName  string
	Email     string // the primary address, only if it is verified
	ImageURL  string
	Role      string // "role" of the public metadata, which only the instance's owner can write
	IsBanned  bool
	CreatedAt time.Time
	UpdatedAt time.Time
}

// User fetches an account. It returns ErrNoUser if there is none, and other errors while the Backend API is down.
func (a *Authenticator) User(ctx context.Context, userID string) (User, error) {
	if !isID(userID) {
		return User{}, ErrNoUser
	}
	found, err := a.api.users.Get(ctx, userID)
	if err != nil {
		if isNotFound(err) {
			return User{}, ErrNoUser
		}
		return User{}, fmt.Errorf("fetch user: %w", withoutBody(err))
	}
	if found.ID != userID {
		return User{}, errors.New("fetch user: the answer is about somebody else")
	}
	return userOf(found), nil
}

// DeleteUser ends an account at Clerk, with all its sessions. It returns ErrNoUser if there is none.
func (a *Authenticator) DeleteUser(ctx context.Context, userID string) error {
	if !isID(userID) {
		return ErrNoUser
	}
	_, err := a.api.users.Delete(ctx, userID)
	switch {
	case err == nil:
		return nil
	case isNotFound(err):
		return ErrNoUser
	}
	return fmt.Errorf("delete user: %w", withoutBody(err))
}

func userOf(found *clerk.User) User {
	return User{
		ID:        found.ID,
		Username:  orEmpty(found.Username),
		FirstName: orEmpty(found.FirstName),
		LastName:  orEmpty(found.LastName),
		Email:     verifiedEmail(found),
		ImageURL:  orEmpty(found.ImageURL),
		Role:      metadataRole(found.PublicMetadata),
		IsBanned:  found.Banned,
		CreatedAt: time.UnixMilli(found.CreatedAt).UTC(),
		UpdatedAt: time.UnixMilli(found.UpdatedAt).UTC(),
	}
}

func verifiedEmail(u *clerk.User) string {
	if u.PrimaryEmailAddressID == nil {
		return ""
	}
	for _, address := range u.EmailAddresses {
		if address == nil || address.ID != *u.PrimaryEmailAddressID {
			continue
		}
		if address.Verification != nil && address.Verification.Status == "verified" {
			return address.EmailAddress
		}
	}
	return ""
}

func metadataRole(raw json.RawMessage) string {
	metadata, err := parseObject(raw)
	if err != nil {
		return ""
	}
	return metadata.text("role")
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
