package handlers

import (
	"context"
	"encoding/json"
	"fmt"

	"piata.ro/internal/apperr"
	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// decisionLetter is what the e-mail about a moderator's decision shows.
type decisionLetter struct {
	Home, What, Note, ContactURL string
}

// mailDecision tells the owner what a moderator decided and why, unless it was taken back meanwhile.
func (s *Server) mailDecision(ctx context.Context, payload []byte) error {
	var job models.DecisionMail
	if err := json.Unmarshal(payload, &job); err != nil {
		return jobs.Permanent(err)
	}
	if s.mail == nil {
		return nil
	}
	d, err := s.store.DecisionByID(ctx, job.DecisionID)
	if err != nil || d.UndoneAt != nil {
		return err
	}
	u, err := s.store.UserByID(ctx, job.OwnerID)
	if err != nil || u.DeletedAt != nil || !u.EmailVerified || u.Email == "" {
		return err
	}
	letter := decisionLetter{Home: s.absolute(urls.Home), What: "ți-a suspendat contul", Note: d.Note, ContactURL: s.absolute(urls.Contact)}
	if d.Action == models.ActionHide {
		letter.What = "ți-a ascuns un anunț"
		l, err := s.store.Listing(ctx, d.TargetID)
		switch {
		case err == nil && l.Status != models.StatusDeleted:
			letter.What = "ți-a ascuns anunțul „" + l.Title + "”"
		case err != nil && !apperr.Is(err, apperr.NotFound):
			return err
		}
	}
	return s.sendMail(ctx, "decision", letter, mail.Message{To: u.Email, ToName: u.PublicName(), ID: fmt.Sprintf("decision-%d", d.ID)})
}
