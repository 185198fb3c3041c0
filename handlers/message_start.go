package handlers

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	// messageCookie holds the key of a message that somebody wrote before signing in.
	messageCookie = "piata_mesaj"
	// fieldConversation names the conversation that such a message is for; fieldListing the listing of a first one.
	fieldConversation = "conversatie"
)

// MessageBox is where a listing's page lets people write to the seller.
type MessageBox struct {
	Form     TextForm
	TalkURL  string // to the conversation that there is already; "" for none
	SignedIn bool
}

// messageBox is nil where there is nobody to write to: on one's own listing and on one that is not active.
func (s *Server) messageBox(c *fiber.Ctx, l *models.Listing) (*MessageBox, error) {
	viewer := viewerID(c)
	if l.Status != models.StatusActive || viewer == l.OwnerID {
		return nil, nil
	}
	box := &MessageBox{Form: TextForm{Action: urls.StartConversation(l.ID), Questions: quickQuestions}, SignedIn: viewer != 0}
	if viewer == 0 {
		return box, nil // the page is the same for all visitors
	}
	box.Form.Key = rand.Text()
	id, err := s.store.FindConversation(c.UserContext(), viewer, l.ID)
	if id != 0 {
		box.TalkURL = urls.Conversation(id)
	}
	return box, err
}

// startConversation sends a first message about a listing. What a visitor wrote is kept until they have signed in.
func (s *Server) startConversation(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if viewerOf(c) == nil {
		return s.keepMessage(c, fieldListing, id, urls.StartConversation(id))
	}
	form, n, err := s.readMessage(c)
	if err == nil {
		var m models.Message
		if m, err = s.store.StartConversation(c.UserContext(), viewerID(c), id, n); err == nil {
			forgetKeptMessage(c)
			return seeOther(c, urls.Conversation(m.ConversationID))
		}
	}
	if !isRefusal(err) {
		return err
	}
	return s.showStart(c, statusOf[apperr.KindOf(err)], id, TextForm{Text: form.Get(models.FieldMessage), Error: apperr.Message(err)})
}

// newConversation is where a conversation about a listing begins, or goes on when there is one.
func (s *Server) newConversation(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	found, err := s.store.FindConversation(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	if found != 0 {
		return c.Redirect(urls.Conversation(found), http.StatusSeeOther)
	}
	return s.showStart(c, http.StatusOK, id, TextForm{Text: s.keptMessage(c, 0, id)})
}

func (s *Server) showStart(c *fiber.Ctx, status int, listingID int64, form TextForm) error {
	d, err := s.store.Listing(c.UserContext(), listingID)
	if err != nil {
		return err
	}
	p := ConversationPage{Page: s.newPage(c, "Scrie vânzătorului"), Peer: peerName(&d.Owner), PeerHref: urls.PublicProfile(d.Owner.Username), Listing: s.talkListing(&d.Listing), Text: form}
	p.Tab, p.NoIndex = "mesaje", true
	p.Text.Action, p.Text.Key, p.Text.CanAttach = urls.StartConversation(listingID), rand.Text(), true
	switch {
	case d.OwnerID == viewerID(c):
		p.Closed = "E anunțul tău: nu-ți poți scrie singur."
	case d.Status != models.StatusActive:
		p.Closed = "Anunțul nu mai e activ, așa că nu poți începe o conversație despre el."
	default:
		p.Text.Questions = quickQuestions
	}
	if p.Inbox, err = s.inbox(c, 0); err != nil {
		return err
	}
	return s.page(c, status, "conversation", p)
}

// keepMessage keeps what somebody wrote while signed out, and sends them to sign in. They send it then themselves.
func (s *Server) keepMessage(c *fiber.Ctx, field string, id int64, back string) error {
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	if l := lockoutOf(c); l != nil {
		return l.err()
	}
	if err := s.take(c, limitDrafts); err != nil {
		return err
	}
	d := &draftSession{cookie: messageCookie}
	d.renew(c)
	typed := []rune(typedMessage(form))
	fields := map[string][]string{field: {strconv.FormatInt(id, 10)}, models.FieldMessage: {string(typed[:min(len(typed), models.MessageMax)])}}
	if err := d.write(c, s.store, fields); err != nil {
		return err
	}
	if isHTMX(c) {
		return apperr.New(apperr.Unauthenticated, "Intră în cont ca să trimiți mesajul.")
	}
	setFlash(c, "pastrat", photoTally{})
	return seeOther(c, s.signInURL(back))
}

// keptMessage returns what was kept for the conversation or for the listing, "" for nothing. Sending something forgets it.
func (s *Server) keptMessage(c *fiber.Ctx, conversationID, listingID int64) string {
	key := c.Cookies(messageCookie)
	if key == "" {
		return ""
	}
	draft, err := s.store.Draft(c.UserContext(), models.DraftID(key), viewerID(c))
	if err != nil {
		return "" // gone, or the database is; the page is shown all the same
	}
	fields := url.Values(draft.Fields)
	if fields.Get(fieldListing) != itoa(listingID) && (conversationID == 0 || fields.Get(fieldConversation) != itoa(conversationID)) {
		return ""
	}
	return fields.Get(models.FieldMessage)
}

func forgetKeptMessage(c *fiber.Ctx) {
	if c.Cookies(messageCookie) != "" {
		dropCookie(c, messageCookie)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
