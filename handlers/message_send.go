package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// Names of fields besides those of models.
const (
	fieldQuestion = "intrebare" // a quick question, by its code
	fieldAnswer   = "raspuns"
	fieldHour     = "ora"
	fieldUpTo     = "pana"
)

// TextForm is the box for a message.
type TextForm struct {
	Action    string
	Key       string // the same key twice sends once
	Text      string
	Error     string
	Note      string
	Questions []Option
	CanAttach bool
	Live      bool          // htmx sends it and the conversation stays open
	Sent      []MessageView // what the form just sent, for htmx
}

// OfferForm makes an offer.
type OfferForm struct {
	Action string // "" when there is nothing to make an offer for
	Key    string
	Amount string
	IsEuro bool
	Error  string
	Sent   []MessageView
}

// MeetingForm proposes a meeting.
type MeetingForm struct {
	Action   string
	Key      string
	Place    string
	Day      string // "2026-11-24"
	Hour     string // "18:00"
	Earliest string // the first day that can be chosen
	Error    string
	Sent     []MessageView
}

// quickQuestions are what buyers ask first.
var quickQuestions = []Option{
	{Value: "disponibil", Label: "Mai este disponibil?"},
	{Value: "pret", Label: "Care este ultimul preț?"},
	{Value: "vizionare", Label: "Când și unde îl pot vedea?"},
}

// typedMessage is the text of the form, a quick question after it.
func typedMessage(form url.Values) string {
	typed := form.Get(models.FieldMessage)
	for _, q := range quickQuestions {
		if q.Value == form.Get(fieldQuestion) {
			return strings.TrimSpace(typed + "\n" + q.Label)
		}
	}
	return typed
}

// readMessage reads a message with its pictures; the error is about one field, or about the whole request.
func (s *Server) readMessage(c *fiber.Ctx) (url.Values, models.NewMessage, error) {
	var pictures []models.MessagePhoto
	var wrong error
	form, err := readForm(c, func(field string, file io.Reader) error {
		if field != models.FieldPhotos || wrong != nil {
			return nil
		}
		if len(pictures) == models.MaxMessagePhotos {
			wrong = apperr.OnField(models.FieldPhotos, "Trimite cel mult șase fotografii deodată.")
			return nil
		}
		p, err := s.storePrivatePhoto(c, file)
		if isAboutPhoto(err) {
			wrong = apperr.OnField(models.FieldPhotos, photos.Sentence(err))
			return nil
		}
		if err == nil {
			pictures = append(pictures, p)
		}
		return err
	})
	if err == nil {
		err = wrong
	}
	n := models.NewMessage{Body: typedMessage(form), Photos: pictures}
	if key := form.Get(fieldSubmitKey); isKey(key) {
		n.SubmitKey = key
	}
	return form, n, err
}

// storePrivatePhoto stores a picture that only two people may see.
func (s *Server) storePrivatePhoto(c *fiber.Ctx, file io.Reader) (models.MessagePhoto, error) {
	if err := s.allowUpload(c); err != nil {
		return models.MessagePhoto{}, err
	}
	source := &sourceReader{r: file}
	saved, err := s.photos.SavePrivate(c.UserContext(), source)
	switch {
	case err == nil:
		return models.MessagePhoto{ID: strings.ToLower(rand.Text()), Hash: saved.Hash, Width: saved.Width, Height: saved.Height}, nil
	case source.err != nil:
		return models.MessagePhoto{}, source.err
	case isAboutPhoto(err), errors.Is(err, photos.ErrNoSpace):
		return models.MessagePhoto{}, err
	}
	return models.MessagePhoto{}, apperr.Wrap(apperr.Unavailable, "Nu putem salva fotografii acum. Încearcă din nou peste câteva minute.", err)
}

// sendMessage sends what was typed in a conversation.
func (s *Server) sendMessage(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if viewerOf(c) == nil {
		return s.keepMessage(c, fieldConversation, id, urls.Conversation(id))
	}
	form, n, err := s.readMessage(c)
	var m models.Message
	if err == nil {
		m, err = s.store.SendMessage(c.UserContext(), viewerID(c), id, n)
	}
	box := TextForm{Action: urls.Conversation(id), Key: rand.Text(), CanAttach: true, Live: true}
	switch {
	case isRefusal(err):
		box.Text, box.Error = form.Get(models.FieldMessage), apperr.Message(err)
		return s.refuseMessage(c, id, err, "text_form", box, func(p *ConversationPage) { p.Text = box })
	case err != nil:
		return err
	}
	forgetKeptMessage(c)
	if !isFragment(c) {
		return seeOther(c, urls.Conversation(id))
	}
	if box.Sent, err = s.sentViews(c, m); err != nil {
		return err
	}
	return s.fragment(c, http.StatusOK, "text_form", box)
}

// isRefusal reports whether the error is about what was sent, and belongs beside its form.
func isRefusal(err error) bool {
	return apperr.Is(err, apperr.Invalid) || apperr.Is(err, apperr.Conflict)
}

// refuseMessage shows the form again with what is wrong, in its conversation or, to htmx, alone.
func (s *Server) refuseMessage(c *fiber.Ctx, id int64, err error, name string, form any, place func(*ConversationPage)) error {
	if isFragment(c) {
		return s.fragment(c, statusOf[apperr.KindOf(err)], name, form)
	}
	p, perr := s.conversationPage(c, id)
	if perr != nil {
		return perr
	}
	place(&p)
	return s.page(c, statusOf[apperr.KindOf(err)], "conversation", p)
}

// sentViews is the message as its sender sees it.
func (s *Server) sentViews(c *fiber.Ctx, m models.Message) ([]MessageView, error) {
	ctx := c.UserContext()
	_, before, err := s.store.Message(ctx, viewerID(c), m.ID)
	if err != nil {
		return nil, err
	}
	return s.messageViews(ctx, viewerID(c), 0, before, m)
}

// makeOffer offers an amount.
func (s *Server) makeOffer(c *fiber.Ctx) error {
	id, form, err := s.talkForm(c)
	if err != nil {
		return err
	}
	box := OfferForm{Action: urls.Offer(id), Key: form.Get(fieldSubmitKey), Amount: form.Get(models.FieldAmount), IsEuro: form.Get(models.FieldCurrency) == string(models.EUR)}
	n := models.NewMessage{Kind: models.MessageOffer, SubmitKey: validKey(box.Key), Amount: offeredAmount(box)}
	m, err := s.store.SendMessage(c.UserContext(), viewerID(c), id, n)
	switch {
	case isRefusal(err):
		box.Error = apperr.Message(err)
		return s.refuseMessage(c, id, err, "offer_form", box, func(p *ConversationPage) { p.Offer = box })
	case err != nil:
		return err
	case !isFragment(c):
		return seeOther(c, urls.Conversation(id))
	}
	fresh := OfferForm{Action: box.Action, Key: rand.Text(), IsEuro: box.IsEuro}
	if fresh.Sent, err = s.sentViews(c, m); err != nil {
		return err
	}
	return s.fragment(c, http.StatusOK, "offer_form", fresh)
}

// offeredAmount reads the amount in the currency typed along, or the listing's; nil for what is no amount.
func offeredAmount(f OfferForm) *models.Money {
	amount, err := text.ParseAmount(f.Amount)
	if err != nil {
		return nil
	}
	money := &models.Money{Minor: amount.Minor, Currency: models.Currency(amount.Currency)}
	if money.Currency == "" {
		money.Currency = map[bool]models.Currency{true: models.EUR, false: models.RON}[f.IsEuro]
	}
	return money
}

// proposeMeeting proposes a place and a time.
func (s *Server) proposeMeeting(c *fiber.Ctx) error {
	id, form, err := s.talkForm(c)
	if err != nil {
		return err
	}
	box := MeetingForm{Action: urls.Meeting(id), Key: form.Get(fieldSubmitKey), Place: form.Get(models.FieldPlace), Day: form.Get(models.FieldDay),
		Hour: form.Get(fieldHour), Earliest: text.ISODay(s.now())}
	at, _ := text.ParseDayHour(box.Day, box.Hour) // a time that cannot be read is in the past, which is refused
	m, err := s.store.SendMessage(c.UserContext(), viewerID(c), id, models.NewMessage{Kind: models.MessageMeeting, SubmitKey: validKey(box.Key), Place: box.Place, MeetAt: at})
	switch {
	case isRefusal(err):
		box.Error = apperr.Message(err)
		return s.refuseMessage(c, id, err, "meeting_form", box, func(p *ConversationPage) { p.Meeting = box })
	case err != nil:
		return err
	case !isFragment(c):
		return seeOther(c, urls.Conversation(id))
	}
	fresh := MeetingForm{Action: box.Action, Key: rand.Text(), Earliest: box.Earliest}
	if fresh.Sent, err = s.sentViews(c, m); err != nil {
		return err
	}
	return s.fragment(c, http.StatusOK, "meeting_form", fresh)
}

func (s *Server) talkForm(c *fiber.Ctx) (int64, url.Values, error) {
	id, err := pathID(c)
	if err != nil {
		return 0, nil, err
	}
	form, err := readForm(c, nil)
	return id, form, err
}

func validKey(key string) string {
	if isKey(key) {
		return key
	}
	return ""
}

var answers = map[string]models.MessageState{"accepta": models.StateAccepted, "refuza": models.StateRefused, "retrage": models.StateWithdrawn}

// answerMessage accepts, refuses or withdraws an offer or a meeting.
func (s *Server) answerMessage(c *fiber.Ctx) error {
	id, form, err := s.talkForm(c)
	if err != nil {
		return err
	}
	messageID, ok := parseID(c.Params("message"))
	if !ok {
		return fiber.ErrNotFound
	}
	m, err := s.store.AnswerMessage(c.UserContext(), viewerID(c), id, messageID, answers[form.Get(fieldAnswer)])
	if err != nil {
		return err
	}
	if !isFragment(c) {
		return seeOther(c, urls.Conversation(id))
	}
	view, err := s.messageView(c.UserContext(), viewerID(c), m.ID)
	if err != nil {
		return err
	}
	return s.fragment(c, http.StatusOK, "message", view)
}

// messageView is one message as the person sees it now.
func (s *Server) messageView(ctx context.Context, viewerID, messageID int64) (MessageView, error) {
	m, before, err := s.store.Message(ctx, viewerID, messageID)
	if err != nil {
		return MessageView{}, err
	}
	seen, err := s.store.SeenByPeer(ctx, viewerID, m.ConversationID)
	if err != nil {
		return MessageView{}, err
	}
	views, err := s.messageViews(ctx, viewerID, seen, before, m)
	if err != nil {
		return MessageView{}, err
	}
	return views[0], nil
}
