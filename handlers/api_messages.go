package handlers

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/urls"
	"piata.ro/models"
)

// apiTalkJSON is a conversation for programs.
type apiTalkJSON struct {
	ID        int64            `json:"id"`
	ListingID int64            `json:"listing_id"`
	Title     string           `json:"title"` // of the listing
	With      string           `json:"with"`  // public name of the other person
	Unread    int              `json:"unread"`
	Archived  bool             `json:"archived"`
	URL       string           `json:"url"`
	Last      *apiMessageJSON  `json:"last_message,omitempty"` // in lists
	Messages  []apiMessageJSON `json:"messages,omitempty"`     // of a single conversation, oldest first
	Before    string           `json:"before,omitempty"`       // value of inainte for the messages before these; absent when there are none
}

// apiMessageJSON is a message for programs.
type apiMessageJSON struct {
	ID        int64     `json:"id"`
	From      string    `json:"from"` // me, them, site
	Kind      string    `json:"kind"`
	Text      string    `json:"text"`
	State     string    `json:"state,omitempty"` // of offers and meetings
	Amount    *apiMoney `json:"amount,omitempty"`
	Place     string    `json:"place,omitempty"`
	MeetAt    string    `json:"meet_at,omitempty"`
	Photos    []string  `json:"photos,omitempty"`
	CreatedAt string    `json:"created_at"` // RFC 3339, UTC
}

func apiMessage(m *models.Message, viewerID int64) apiMessageJSON {
	out := apiMessageJSON{ID: m.ID, From: "them", Kind: string(m.Kind), Text: m.Body, State: string(m.State), Place: m.Place, CreatedAt: m.CreatedAt.UTC().Format(time.RFC3339)}
	switch {
	case m.SenderID == nil:
		out.From = "site"
	case m.IsFrom(viewerID):
		out.From = "me"
	}
	if m.AmountMinor != nil {
		out.Amount = &apiMoney{*m.AmountMinor, string(m.Currency)}
	}
	if m.MeetAt != nil {
		out.MeetAt = m.MeetAt.UTC().Format(time.RFC3339)
	}
	return out
}

// apiConversations answers with one page of the viewer's conversations, the latest first, archived ones when asked for.
func (s *Server) apiConversations(c *fiber.Ctx) error {
	rows, next, err := s.store.Conversations(c.UserContext(), viewerID(c), c.Query(paramArchived) == "da", models.DecodeCursor(c.Query(paramCursor)), inboxPage)
	if err != nil {
		return err
	}
	items := make([]apiTalkJSON, len(rows))
	for i := range rows {
		r := &rows[i]
		last := apiMessage(&r.Last, r.UserID)
		items[i] = apiTalkJSON{ID: r.ConversationID, ListingID: r.Listing.ID, Title: listingTitle(&r.Listing), With: peerName(&r.Peer), Unread: r.Unread, Archived: r.Archived,
			URL: s.absolute(urls.Conversation(r.ConversationID)), Last: &last}
	}
	return sendPage(c, items, next)
}

// apiConversation answers with one conversation and a page of its messages. Reading it here marks nothing as seen.
func (s *Server) apiConversation(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	before, _ := parseID(c.Query(paramOlder))
	talk, err := s.apiTalk(c.UserContext(), viewerID(c), id, before)
	if err != nil {
		return err
	}
	return sendJSON(c, http.StatusOK, talk)
}

func (s *Server) apiTalk(ctx context.Context, viewerID, id, before int64) (apiTalkJSON, error) {
	d, err := s.store.Conversation(ctx, viewerID, id)
	if err != nil {
		return apiTalkJSON{}, err
	}
	messages, more, err := s.store.Messages(ctx, viewerID, id, before, messagePage)
	if err != nil {
		return apiTalkJSON{}, err
	}
	photos, err := s.store.MessagePhotos(ctx, messages)
	if err != nil {
		return apiTalkJSON{}, err
	}
	out := apiTalkJSON{ID: d.ID, ListingID: d.ListingID, Title: listingTitle(&d.Listing), With: peerName(&d.Peer), Unread: d.Mine.Unread, Archived: d.Mine.Archived,
		URL: s.absolute(urls.Conversation(id)), Messages: make([]apiMessageJSON, len(messages))}
	for i := range messages {
		out.Messages[i] = apiMessage(&messages[i], viewerID)
		for _, p := range photos[messages[i].ID] {
			out.Messages[i].Photos = append(out.Messages[i].Photos, s.absolute(privatePhoto(id, p).Large))
		}
	}
	if more {
		out.Before = strconv.FormatInt(messages[0].ID, 10)
	}
	return out, nil
}

// apiStartConversation sends a first message about a listing, by the rules of the page.
func (s *Server) apiStartConversation(c *fiber.Ctx) error {
	fields, err := readFields(c)
	if err != nil {
		return err
	}
	var listingID int64
	fields.read("listing_id", &listingID, "Numărul anunțului este un număr întreg.")
	if err := s.takeTarget(c.UserContext(), sharedFirst, urls.StartConversation(listingID)); err != nil {
		return err
	}
	return s.apiSend(c, fields, func(n models.NewMessage) (models.Message, error) {
		return s.store.StartConversation(c.UserContext(), viewerID(c), listingID, n)
	})
}

// apiSendMessage sends into a conversation of the viewer's own.
func (s *Server) apiSendMessage(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	fields, err := readFields(c)
	if err != nil {
		return err
	}
	return s.apiSend(c, fields, func(n models.NewMessage) (models.Message, error) {
		return s.store.SendMessage(c.UserContext(), viewerID(c), id, n)
	})
}

// apiSend answers with the message that was sent. An Idempotency-Key makes repeating the request harmless.
func (s *Server) apiSend(c *fiber.Ctx, fields *apiFields, send func(models.NewMessage) (models.Message, error)) error {
	key, err := idempotencyKey(c)
	if err != nil {
		return err
	}
	n := models.NewMessage{SubmitKey: key}
	fields.read("text", &n.Body, "Mesajul este un text.")
	if err := fields.refused(); err != nil {
		return err
	}
	m, err := send(n)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderLocation, urls.APIConversation(m.ConversationID))
	return sendJSON(c, http.StatusCreated, apiMessage(&m, viewerID(c)))
}
