package handlers

import (
	"context"
	"encoding/json"
	"fmt"

	"piata.ro/internal/apperr"
	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// mailBatch is how many people are told of messages in one go.
const mailBatch = 100

// MailUnread asks for mails to those who have not seen a message and have no page open. Without a mail server it does nothing.
func (s *Server) MailUnread(ctx context.Context) (more bool, err error) {
	if s.mail == nil {
		return false, nil
	}
	n, err := s.store.NotifyUnread(ctx, mailBatch)
	return n == mailBatch, err
}

// messageLetter is what the e-mail about messages shows. It does not repeat them: mailboxes are read by others, and a link in a message
// would come without its warning.
type messageLetter struct {
	Home, Peer, Title, Count, URL string
}

// mailMessage tells somebody of unread messages, unless they have been read meanwhile.
func (s *Server) mailMessage(ctx context.Context, payload []byte) error {
	var job models.MessageMail
	if err := json.Unmarshal(payload, &job); err != nil {
		return jobs.Permanent(err)
	}
	d, err := s.store.Conversation(ctx, job.UserID, job.ConversationID)
	if apperr.Is(err, apperr.NotFound) || s.mail == nil || err == nil && d.Mine.Unread == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	u, err := s.store.UserByID(ctx, job.UserID)
	if err != nil || u.DeletedAt != nil || u.Banned || !u.EmailVerified || u.Email == "" {
		return err
	}
	letter := messageLetter{Home: s.absolute(urls.Home), Peer: peerName(&d.Peer), Title: listingTitle(&d.Listing), URL: s.absolute(urls.Conversation(d.ID)),
		Count: text.Count(int64(d.Mine.Unread), "mesaj nou", "mesaje noi")}
	return s.sendMail(ctx, "message", letter, mail.Message{To: u.Email, ToName: u.PublicName(), ID: fmt.Sprintf("message-%d-%d-%d", u.ID, d.ID, d.Mine.ReadID)})
}
