package handlers

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/auth"
	"piata.ro/models"
)

// maxWebhook is more than Clerk sends.
const maxWebhook = 1 << 20

// takeWebhook takes over what Clerk says of people and sessions. Whatever is not answered with 2xx is sent again: an outage loses nothing.
func (s *Server) takeWebhook(c *fiber.Ctx) error {
	raw, err := io.ReadAll(body(c, maxWebhook, errTextTooLarge))
	if err != nil {
		return badForm(err)
	}
	event, err := s.webhooks.Read(func(name string) string { return c.Get("svix-"+name, c.Get("webhook-"+name)) }, raw)
	if errors.Is(err, auth.ErrSignature) || errors.Is(err, auth.ErrEvent) {
		s.log.WarnContext(c.UserContext(), "webhook refused", slog.String("reason", err.Error()))
		return c.Status(http.StatusBadRequest).SendString(http.StatusText(http.StatusBadRequest))
	}
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	switch event.Kind {
	case auth.EventUserChanged:
		err = s.store.TakeUserEvent(ctx, event.ID, identityOf(event.User, s.now()))
	case auth.EventUserDeleted:
		err = s.store.DeleteUser(ctx, models.Deletion{ClerkID: event.User.ID, EventID: event.ID})
	case auth.EventSessionEnded:
		s.refuseSessions(event.SessionID)
		err = s.store.EndSession(ctx, event.SessionID)
	case auth.EventOther:
	}
	if err != nil {
		return err
	}
	return c.SendStatus(http.StatusOK)
}

// LearnEndedSessions refuses the tokens of sessions that ended on other machines, or before this program was started.
func (s *Server) LearnEndedSessions(ctx context.Context) error {
	read := s.store.RecentlyEndedSessions
	if !s.knowsEnded.Swap(true) {
		read = s.store.EndedSessions
	}
	ids, err := read(ctx)
	if err != nil {
		s.knowsEnded.Store(false)
		return err
	}
	s.refuseSessions(ids...)
	return nil
}

// refuseSessions refuses the tokens of sessions that have ended and ends the streams that were opened with them.
func (s *Server) refuseSessions(ids ...string) {
	for _, id := range ids {
		s.auth.Deny(id)
	}
	s.streams.EndSessions(ids...)
}
