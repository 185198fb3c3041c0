package handlers

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"piata.ro/internal/linkguard"
	"piata.ro/internal/photos"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// MessageView is one message as one of the two sees it; the fragment that streams and answers send.
type MessageView struct {
	ID        int64
	Day       string // "azi", "12 oct. 2026" on the first message of a day; else ""
	Mine      bool
	System    bool // said by the site itself
	Text      []TextPart
	Verdict   string   // periculos or suspect when the message needs a warning; else ""
	Reasons   []string // for the warning
	Time      string   // "14:20"
	TimeISO   string   // RFC 3339
	Seen      bool     // mine, and the other has seen it
	Photos    []PhotoView
	Proposal  *ProposalView // an offer or a meeting
	ReportURL string        // of the other's messages
}

// ProposalView is an offer or a proposed meeting.
type ProposalView struct {
	Icon        string
	Title       string // "Ofertă: 950 lei", "Întâlnire: 24 nov. 2026, 18:00"
	Place       string // of a meeting
	State       string // open, accepted, refused, countered, withdrawn
	StateText   string
	AnswerURL   string
	CanAnswer   bool
	CanWithdraw bool
	CanCallOff  bool   // an agreed meeting
	CalendarURL string // of an accepted meeting
	Key         string // makes the names of its forms unique
}

// talkView turns messages of one conversation into what one person sees.
type talkView struct {
	viewerID   int64
	peerReadID int64
	now        time.Time
	photos     map[int64][]models.MessagePhoto
	guard      *linkguard.Guard
}

// messageViews returns the messages in order; before is the time of the one before them, zero for none.
func (s *Server) messageViews(ctx context.Context, viewerID, peerReadID int64, before time.Time, messages ...models.Message) ([]MessageView, error) {
	pictures, err := s.store.MessagePhotos(ctx, messages)
	if err != nil {
		return nil, err
	}
	t := talkView{viewerID: viewerID, peerReadID: peerReadID, now: s.now(), photos: pictures, guard: s.guard}
	views := make([]MessageView, len(messages))
	for i := range messages {
		views[i] = t.message(&messages[i], before)
		before = messages[i].CreatedAt
	}
	return views, nil
}

func (t talkView) message(m *models.Message, before time.Time) MessageView {
	v := MessageView{ID: m.ID, Mine: m.IsFrom(t.viewerID), System: m.SenderID == nil, Time: text.Clock(m.CreatedAt), TimeISO: m.CreatedAt.Format(time.RFC3339)}
	if day := text.DayName(m.CreatedAt, t.now); before.IsZero() || day != text.DayName(before, t.now) {
		v.Day = day
	}
	if m.SenderID != nil {
		v.Text, v.Verdict, v.Reasons = guardedMessage(t.guard, m.Body)
	}
	v.Seen = v.Mine && m.ID <= t.peerReadID
	if !v.Mine && !v.System {
		v.ReportURL = urls.ReportMessage(m.ID)
	}
	for _, p := range t.photos[m.ID] {
		v.Photos = append(v.Photos, privatePhoto(m.ConversationID, p))
	}
	switch m.Kind {
	case models.MessageOffer:
		v.Proposal = t.proposal(m)
		v.Proposal.Icon, v.Proposal.Title = "handshake", "Ofertă: "+amountText(m.Amount())
	case models.MessageMeeting:
		v.Proposal = t.proposal(m)
		v.Proposal.Icon, v.Proposal.Title, v.Proposal.Place = "calendar-days", "Întâlnire: "+text.DateTime(*m.MeetAt), m.Place
		if m.State == models.StateAccepted {
			v.Proposal.CalendarURL = urls.MeetingCalendar(m.ConversationID, m.ID)
		}
		v.Proposal.CanCallOff = m.IsAgreed(t.now)
	case models.MessageReminder:
		v.Text = []TextPart{{Text: reminderText(m)}}
	case models.MessageText:
	}
	return v
}

func amountText(m models.Money) string { return priceText(&m) }

func reminderText(m *models.Message) string {
	return "Vă vedeți curând: " + text.DateTime(*m.MeetAt) + ", " + m.Place + "."
}

var proposalStates = map[models.MessageState]string{
	models.StateAccepted: "Acceptată", models.StateRefused: "Refuzată", models.StateCountered: "A primit altă propunere", models.StateWithdrawn: "Retrasă",
}

func (t talkView) proposal(m *models.Message) *ProposalView {
	p := &ProposalView{State: string(m.State), StateText: proposalStates[m.State], AnswerURL: urls.AnswerMessage(m.ConversationID, m.ID), Key: strconv.FormatInt(m.ID, 10)}
	if m.State == models.StateOpen {
		p.CanWithdraw = m.IsFrom(t.viewerID)
		p.CanAnswer = !p.CanWithdraw
		p.StateText = map[bool]string{true: "Aștepți răspuns", false: "Ce răspunzi? Poți face și altă propunere."}[p.CanWithdraw]
	}
	return p
}

// privatePhoto leads through the conversation, where it is checked who looks.
func privatePhoto(conversationID int64, p models.MessagePhoto) PhotoView {
	src := func(width int) string { return urls.MessagePhoto(conversationID, p.ID, width) }
	return PhotoView{Src: src(400), Large: src(photos.Widths[0]), Width: p.Width, Height: p.Height, Alt: "Fotografie din conversație"}
}

// lastLine is what an inbox shows of the last message.
func lastLine(m *models.Message, viewerID int64) string {
	line := cmp.Or(proposalLine(m), text.Truncate(text.Line(m.Body), 90), "Fotografie")
	if m.IsFrom(viewerID) {
		return "Tu: " + line
	}
	return line
}

// proposalLine says in words what an offer, a meeting or a reminder is; "" for other messages.
func proposalLine(m *models.Message) string {
	switch {
	case m.Kind == models.MessageOffer:
		return "Ofertă: " + amountText(m.Amount())
	case m.Kind == models.MessageMeeting && m.MeetAt != nil:
		return "Întâlnire: " + text.DateTime(*m.MeetAt) + ", " + m.Place
	case m.Kind == models.MessageReminder && m.MeetAt != nil:
		return reminderText(m)
	}
	return ""
}

// goneName is shown in place of somebody who deleted the account.
const goneName = "Utilizator șters"

func peerName(u *models.User) string {
	if u.DeletedAt != nil {
		return goneName
	}
	return u.PublicName()
}
