package handlers

import (
	"context"
	"fmt"

	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/models"
)

// QuickWork does the kinds of queued jobs that need nobody outside.
func (s *Server) QuickWork() map[string]jobs.Handler {
	return map[string]jobs.Handler{models.JobMatchListing: s.matchListing}
}

// MailWork does the kinds of queued jobs that send an e-mail each. They have lists of their own because a slow mail server must not hold up
// anything else. Without SMTP_URL they find s.mail to be nil and have nothing to do.
func (s *Server) MailWork() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		models.JobMailAlerts: s.mailAlerts,
		models.MailContact:   s.mailContact,
		models.MailMessage:   s.mailMessage,
		models.MailDecision:  s.mailDecision,
		models.MailEnding:    s.mailEnding,
	}
}

// sendMail sends the message with what the templates views/emails/<name>.txt and .html make of data. What the mail server refuses for good
// is not tried again.
func (s *Server) sendMail(ctx context.Context, name string, data any, m mail.Message) error {
	letter, err := s.views.Email(name, data)
	if err != nil {
		return jobs.Permanent(err)
	}
	m.Subject, m.Text, m.HTML = letter.Subject, letter.Text, letter.HTML
	err = s.mail.Send(ctx, m)
	if mail.Permanent(err) {
		return jobs.Permanent(fmt.Errorf("mail %s: %w", name, err))
	}
	return err
}
