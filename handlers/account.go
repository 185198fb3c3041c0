package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/auth"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// DeleteAccountPage asks whether the account is really to go.
type DeleteAccountPage struct {
	Page
	Action    string
	ExportURL string
	Username  string // to be typed
	Typed     string
	Error     string
}

// fieldConfirm holds the username, typed once more.
const fieldConfirm = "confirmare"

func (s *Server) confirmDeleteAccount(c *fiber.Ctx) error {
	return s.showDeleteAccount(c, http.StatusOK, "", "")
}

func (s *Server) showDeleteAccount(c *fiber.Ctx, status int, typed, problem string) error {
	p := DeleteAccountPage{Page: s.newPage(c, "Ștergi contul?"), Action: urls.DeleteAccount, ExportURL: urls.ExportData, Username: viewerOf(c).Username, Typed: typed, Error: problem}
	p.Tab, p.NoIndex = "cont", true
	return s.page(c, status, "delete_account", p)
}

// deleteAccount removes the account here first, so that it is gone even while Clerk does not answer; then the session is ended and the
// account deleted at Clerk. What Clerk could not be told is told later by DeleteAtClerk.
func (s *Server) deleteAccount(c *fiber.Ctx) error {
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	ctx, v := c.UserContext(), viewerOf(c)
	typed := text.Line(form.Get(fieldConfirm))
	if !strings.EqualFold(typed, v.Username) {
		return s.showDeleteAccount(c, http.StatusUnprocessableEntity, typed, "Scrie exact numele de utilizator: "+v.Username+".")
	}
	if err := s.store.DeleteUser(ctx, models.Deletion{ClerkID: v.ClerkID, DueAtClerk: true}); err != nil {
		return err
	}
	if s.endSession(c, v.SessionID) {
		if err := s.deleteAtClerk(ctx, v.ClerkID); err != nil {
			s.log.WarnContext(ctx, "account not deleted at Clerk yet", slog.String("error", err.Error()))
		}
	}
	setFlash(c, "cont", photoTally{})
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return seeOther(c, urls.Home)
}

func (s *Server) deleteAtClerk(ctx context.Context, clerkID string) error {
	if err := s.auth.DeleteUser(ctx, clerkID); err != nil && !errors.Is(err, auth.ErrNoUser) {
		return err
	}
	return s.store.DeletedAtClerk(ctx, clerkID)
}

// deletionBatch is how many accounts are deleted at Clerk in one go.
const deletionBatch = 20

// DeleteAtClerk deletes accounts at Clerk that were deleted here while it did not answer, and reports whether there are more.
func (s *Server) DeleteAtClerk(ctx context.Context) (more bool, err error) {
	ids, err := s.store.DeletionsDue(ctx, deletionBatch)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		if err := s.deleteAtClerk(ctx, id); err != nil {
			return false, err
		}
	}
	return len(ids) == deletionBatch, nil
}
