package handlers

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ModerationPage is the moderators' queue.
type ModerationPage struct {
	Page
	Cases     []CaseView
	Decisions []DecisionView
	Problem   string // what was wrong with the last decision
}

// CaseView is a thing that people reported.
type CaseView struct {
	Kind     string // "Anunț"
	Label    string
	Href     string // "" for a message and for what is gone
	Owner    Link   // who answers for it
	Count    string // "3 raportări"
	Since    string
	SinceISO string
	Said     []Row      // reason and details
	Talk     []TalkLine // the reported message and its neighbours
	Action   string     // POST target
	CanHide  bool       // it is a listing that is public
	Body     []TextPart // description of a listing
}

// TalkLine is a message that a moderator sees.
type TalkLine struct {
	Who      string
	When     string
	Text     string
	Photos   []PhotoView // of the reported message
	Reported bool
}

// DecisionView is a decision of the last days.
type DecisionView struct {
	What    string // "Anunț ascuns: Bicicletă Pegas"
	Note    string
	When    string
	UndoURL string // "" when there is nothing to take back
	Undone  bool
}

// recentDecisions is how many decisions stand under the queue.
const recentDecisions = 20

// Fields of a decision.
const (
	fieldAction = "actiune"
	fieldNote   = "nota"
)

// actions are the values of the field actiune.
var actions = map[string]models.Action{"respinge": models.ActionDismiss, "ascunde": models.ActionHide, "suspenda": models.ActionSuspend}

func (s *Server) showModeration(c *fiber.Ctx) error { return s.moderationPage(c, http.StatusOK, "") }

func (s *Server) moderationPage(c *fiber.Ctx, status int, problem string) error {
	ctx := c.UserContext()
	cases, err := s.store.OpenCases(ctx)
	if err != nil {
		return err
	}
	p := ModerationPage{Page: s.newPage(c, "Moderare"), Problem: problem}
	p.Tab, p.NoIndex = "cont", true
	for _, one := range cases {
		v, err := s.caseView(ctx, one)
		if err != nil {
			return err
		}
		p.Cases = append(p.Cases, v)
	}
	decided, err := s.store.RecentDecisions(ctx, recentDecisions)
	if err != nil {
		return err
	}
	for _, d := range decided {
		p.Decisions = append(p.Decisions, decisionView(d))
	}
	return s.page(c, status, "moderation", p)
}

func (s *Server) caseView(ctx context.Context, one models.Case) (CaseView, error) {
	v := CaseView{Kind: kindLabels[one.Kind].name, Label: "nu mai există", Count: text.Count(int64(one.Reports), "raportare", "raportări"), Since: text.DateTime(one.FirstAt),
		SinceISO: one.FirstAt.UTC().Format(time.RFC3339), Action: urls.Decide(string(one.Kind), one.TargetID)}
	for _, r := range one.Said {
		v.Said = append(v.Said, Row{reasonLabels[r.Reason], r.Details})
	}
	owner, err := s.store.UserByID(ctx, one.OwnerID)
	if err != nil {
		return v, err
	}
	v.Owner = Link{Href: urls.PublicProfile(owner.Username), Label: owner.PublicName()}
	switch one.Kind {
	case models.ReportUser:
		v.Label, v.Href = owner.PublicName(), v.Owner.Href
	case models.ReportMessage:
		v.Label = "scris de " + owner.PublicName()
		v.Talk, err = s.talkLines(ctx, one.TargetID)
	default:
		var d models.ListingDetail
		if d, err = s.store.Listing(ctx, one.TargetID); err == nil && d.Status != models.StatusDeleted {
			v.Label, v.Href, v.Body = d.Title, urls.Listing(d.Slug, d.ID), s.guarded(text.Truncate(d.Description, 600))
			v.CanHide = d.BlockedBy == nil
		}
	}
	if apperr.Is(err, apperr.NotFound) {
		err = nil
	}
	return v, err
}

// talkLines are the reported message and the few around it; a moderator sees no more of a conversation.
func (s *Server) talkLines(ctx context.Context, messageID int64) ([]TalkLine, error) {
	messages, err := s.store.MessageWithNeighbours(ctx, messageID)
	if err != nil {
		return nil, err
	}
	pictures, err := s.store.MessagePhotos(ctx, messages)
	if err != nil {
		return nil, err
	}
	var lines []TalkLine
	for i := range messages {
		m := &messages[i]
		line := TalkLine{Who: "Piața.ro", When: text.DateTime(m.CreatedAt), Text: cmp.Or(proposalLine(m), m.Body, "Fotografie"), Reported: m.ID == messageID}
		if m.SenderID != nil {
			u, err := s.store.UserByID(ctx, *m.SenderID)
			if err != nil {
				return nil, err
			}
			line.Who = u.PublicName()
		}
		if line.Reported {
			for _, p := range pictures[m.ID] {
				line.Photos = append(line.Photos, privatePhoto(m.ConversationID, p))
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func decisionView(d models.Decision) DecisionView {
	done := map[models.Action]string{models.ActionDismiss: "fără urmări", models.ActionHide: "ascuns", models.ActionSuspend: "cont suspendat"}
	v := DecisionView{What: kindLabels[d.Kind].name + " " + strconv.FormatInt(d.TargetID, 10) + ": " + done[d.Action], Note: d.Note, When: text.DateTime(d.CreatedAt), Undone: d.UndoneAt != nil}
	if d.Action != models.ActionDismiss && !v.Undone {
		v.UndoURL = urls.UndoDecision(d.ID)
	}
	return v
}

// decide closes a case.
func (s *Server) decide(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	kind := models.ReportKind(c.Params("kind"))
	if kindLabels[kind].name == "" {
		return fiber.ErrNotFound
	}
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	_, err = s.store.Decide(c.UserContext(), viewerID(c), kind, id, actions[form.Get(fieldAction)], form.Get(fieldNote))
	if status, message := describe(err); err != nil && (status == http.StatusUnprocessableEntity || status == http.StatusConflict) {
		return s.moderationPage(c, status, message)
	} else if err != nil {
		return err
	}
	setFlash(c, "hotarat", photoTally{})
	return seeOther(c, urls.Moderation)
}

// undoDecision takes a decision back.
func (s *Server) undoDecision(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if err := s.store.UndoDecision(c.UserContext(), viewerID(c), id); err != nil {
		return err
	}
	setFlash(c, "retras", photoTally{})
	return seeOther(c, urls.Moderation)
}

// hiddenFrom reports whether a moderator's decision hides the listing from the viewer, and why.
func (s *Server) hiddenFrom(c *fiber.Ctx, d *models.ListingDetail) (hidden bool, note string, err error) {
	if d.BlockedBy == nil {
		return false, "", nil
	}
	v := viewerOf(c)
	if v == nil || v.ID != d.OwnerID && !v.IsModerator {
		return true, "", nil
	}
	decision, err := s.store.DecisionByID(c.UserContext(), *d.BlockedBy)
	return false, decision.Note, err
}

// notesOf returns why moderators hide listings, by listing.
func (s *Server) notesOf(ctx context.Context, rows []models.Listing) (map[int64]string, error) {
	var ids []int64
	for i := range rows {
		if by := rows[i].BlockedBy; by != nil {
			ids = append(ids, *by)
		}
	}
	decisions, err := s.store.DecisionsByID(ctx, ids)
	notes := map[int64]string{}
	for i := range rows {
		if by := rows[i].BlockedBy; by != nil {
			notes[rows[i].ID] = decisions[*by].Note
		}
	}
	return notes, err
}

var errHidden = apperr.New(apperr.Gone, "Un moderator a ascuns anunțul acesta.")

// hide shows the owner and moderators that a decision hides the listing, and offers nothing that it forbids.
func (p *ListingPage) hide(d *models.ListingDetail, note string) {
	if d.BlockedBy == nil {
		return
	}
	p.State, p.StateText, p.NoIndex = "expired", "Un moderator a ascuns anunțul: "+note, true
}

// forbid leaves only what the owner of a hidden listing may still do.
func (p *OwnerPanel) forbid() {
	p.Status, p.Until = "Ascuns de un moderator", ""
	p.SoldURL, p.ReserveURL, p.RenewURL = "", "", ""
}
