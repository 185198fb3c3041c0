package handlers

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// endingBatch is how many owners are told of endings in one go.
const endingBatch = 200

// AnnounceEndings asks for mails to the owners of what ends soon. Without a mail server it does nothing.
func (s *Server) AnnounceEndings(ctx context.Context) (more bool, err error) {
	if s.mail == nil {
		return false, nil
	}
	n, err := s.store.AnnounceEndings(ctx, endingBatch)
	return n == endingBatch, err
}

// endingLetter is what the e-mail about listings that end soon shows.
type endingLetter struct {
	Home, Day, Count string
	Only             string // the title in quotes when there is one alone
	Items            []AlertMailItem
	ManageURL        string
	StopURL          string
}

// mailEnding tells an owner which listings end on a day; what was renewed, sold or deleted meanwhile is not among them.
func (s *Server) mailEnding(ctx context.Context, payload []byte) error {
	var job models.EndingMail
	if err := json.Unmarshal(payload, &job); err != nil {
		return jobs.Permanent(err)
	}
	if s.mail == nil {
		return nil
	}
	u, err := s.store.UserByID(ctx, job.UserID)
	if err != nil || u.DeletedAt != nil || u.Banned || !u.EmailVerified || u.Email == "" {
		return err
	}
	listings, stop, err := s.store.EndingListings(ctx, job)
	if err != nil || len(listings) == 0 {
		return err
	}
	letter := endingLetter{Home: s.absolute(urls.Home), Day: text.DayMonth(job.From), Count: text.Count(int64(len(listings)), "anunț", "anunțuri"),
		ManageURL: s.absolute(urls.MyListings), StopURL: s.absolute(urls.StopAlerts(stop))}
	for i := range listings {
		letter.Items = append(letter.Items, s.alertItem(&listings[i]))
	}
	if len(listings) == 1 {
		letter.Only = quoted(listings[0].Title)
	}
	return s.sendMail(ctx, "ending", letter, mail.Message{To: u.Email, ToName: u.PublicName(), ID: fmt.Sprintf("ending-%d-%d", u.ID, job.From.Unix()), StopURL: letter.StopURL})
}

// EndingMails is the choice whether to be told of listings that end soon.
type EndingMails struct {
	Action  string
	Stopped bool
}

// endingMails offers the choice; nil where the site sends no mails.
func (s *Server) endingMails(c *fiber.Ctx) (*EndingMails, error) {
	if s.mail == nil {
		return nil, nil
	}
	stopped, err := s.store.EndingMailsStopped(c.UserContext(), viewerID(c))
	return &EndingMails{Action: urls.EndingMails, Stopped: stopped}, err
}

// chooseEndingMails ends the mails about listings that end soon, or begins them again.
func (s *Server) chooseEndingMails(c *fiber.Ctx) error {
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	if err := s.store.StopEndingMails(c.UserContext(), viewerID(c), form.Get("scrie") != models.AttributeBool); err != nil {
		return err
	}
	setFlash(c, "salvat", photoTally{})
	return seeOther(c, urls.MyListings)
}
