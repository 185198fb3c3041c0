package models

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// Limits of a message.
const (
	MessageMax       = 4000 // characters
	MaxMessagePhotos = 6
	placeMax         = 200
)

// Names of the form's fields.
const (
	FieldMessage = "mesaj"
	FieldAmount  = "suma"
	FieldPlace   = "loc"
	FieldDay     = "zi"
)

// MessageKind says what a message is.
type MessageKind string

// The kinds of messages.
const (
	MessageText     MessageKind = "text"
	MessageOffer    MessageKind = "offer"
	MessageMeeting  MessageKind = "meeting"
	MessageReminder MessageKind = "reminder" // of a meeting, by the site itself
)

// MessageState is how far an offer or a proposed meeting has come; "" for other messages.
type MessageState string

// The states. Only an open one can become another; an accepted meeting can be withdrawn from.
const (
	StateOpen      MessageState = "open"
	StateAccepted  MessageState = "accepted"
	StateRefused   MessageState = "refused"
	StateCountered MessageState = "countered" // answered with another offer
	StateWithdrawn MessageState = "withdrawn"
)

// Message is something said in a conversation.
type Message struct {
	bun.BaseModel `bun:"table:messages,alias:msg"`

	ID             int64 `bun:",pk,autoincrement"`
	ConversationID int64
	SenderID       *int64 // nil for what the site itself says
	Kind           MessageKind
	State          MessageState
	Body           string   // plain text
	AmountMinor    *int64   // of an offer
	Currency       Currency // of an offer
	Place          string   // of a meeting
	MeetAt         *time.Time
	Reminded       bool // of a meeting: both were reminded
	PhotoCount     int
	SubmitKey      *string
	CreatedAt      time.Time
}

// IsFrom reports whether the person sent the message.
func (m *Message) IsFrom(userID int64) bool { return m.SenderID != nil && *m.SenderID == userID }

// Amount is what an offer offers.
func (m *Message) Amount() Money {
	if m.AmountMinor == nil {
		return Money{Currency: m.Currency}
	}
	return Money{Minor: *m.AmountMinor, Currency: m.Currency}
}

// MessagePhoto is a picture in a message. Its Hash is told to nobody: whoever knew it could open the file.
type MessagePhoto struct {
	bun.BaseModel `bun:"table:message_photos,alias:mp"`

	ID        string `bun:",pk"` // random
	MessageID int64
	Position  int
	Hash      string
	Width     int // of the widest variant, upright
	Height    int
}

// NewMessage is what somebody sends.
type NewMessage struct {
	Kind      MessageKind // "" means MessageText
	Body      string
	Photos    []MessagePhoto // ID, Hash, Width and Height
	Amount    *Money         // of an offer
	Place     string         // of a meeting
	MeetAt    time.Time      // of a meeting
	SubmitKey string         // of the form, "" when it had none; the same key with the same text twice sends once
}

// clean makes the texts such as people can read and refuses what is no message.
func (n *NewMessage) clean(now time.Time) error {
	if n.Kind == "" {
		n.Kind = MessageText
	}
	isText := utf8.ValidString(n.Body) && utf8.ValidString(n.Place)
	n.Body, n.Place = text.Paragraphs(n.Body), text.Line(n.Place)
	if len(n.SubmitKey) > maxSubmitKey || strings.ContainsRune(n.SubmitKey, 0) {
		n.SubmitKey = ""
	}
	switch size := text.Runes(n.Body); {
	case !isText:
		return apperr.OnField(FieldMessage, "Mesajul conține semne pe care nu le putem citi.")
	case size > MessageMax:
		return apperr.OnField(FieldMessage, fmt.Sprintf("Mesajul are %s; păstrează cel mult 4.000.", text.Count(int64(size), "caracter", "caractere")))
	case n.Kind == MessageText && size == 0 && len(n.Photos) == 0:
		return apperr.OnField(FieldMessage, "Scrie un mesaj.")
	case len(n.Photos) > MaxMessagePhotos:
		return apperr.OnField(FieldPhotos, "Un mesaj are cel mult "+strconv.Itoa(MaxMessagePhotos)+" fotografii.")
	case n.Kind == MessageOffer && (n.Amount == nil || !n.Amount.Currency.Valid() || !within(n.Amount.Minor, 1, MaxPriceMinor)):
		return apperr.OnField(FieldAmount, "Scrie cât oferi, de exemplu 950.")
	case n.Kind == MessageMeeting:
		return n.cleanMeeting(now)
	}
	return nil
}

// maxMeetingAhead is how long before a meeting it can be proposed.
const maxMeetingAhead = 90 * 24 * time.Hour

func (n *NewMessage) cleanMeeting(now time.Time) error {
	n.MeetAt = n.MeetAt.UTC().Truncate(time.Minute)
	switch size := text.Runes(n.Place); {
	case size < 3 || size > placeMax:
		return apperr.OnField(FieldPlace, "Scrie unde vă vedeți, de exemplu „la intrarea în Piața Mare”.")
	case !n.MeetAt.After(now):
		return apperr.OnField(FieldDay, "Alege o zi și o oră care vin.")
	case n.MeetAt.Sub(now) > maxMeetingAhead:
		return apperr.OnField(FieldDay, "Alege o zi din următoarele trei luni.")
	}
	return nil
}

// row is the message as it is stored.
func (n *NewMessage) row(conversationID, senderID int64, now time.Time) Message {
	m := Message{ConversationID: conversationID, SenderID: &senderID, Kind: n.Kind, Body: n.Body, PhotoCount: len(n.Photos), CreatedAt: now}
	switch n.Kind {
	case MessageOffer:
		m.State, m.AmountMinor, m.Currency = StateOpen, &n.Amount.Minor, n.Amount.Currency
	case MessageMeeting:
		m.State, m.Place, m.MeetAt = StateOpen, n.Place, &n.MeetAt
	case MessageText, MessageReminder:
	}
	if n.SubmitKey != "" {
		m.SubmitKey = &n.SubmitKey
	}
	return m
}

// Messages returns the newest messages of the person's conversation before the id, or the newest of all for 0, in the order in which they
// were sent, at most limit of them, and whether there are older ones.
func (s *Store) Messages(ctx context.Context, userID, conversationID, before int64, limit int) ([]Message, bool, error) {
	var rows []Message
	q := s.read.NewSelect().Model(&rows).Join("JOIN conversation_members AS m ON m.conversation_id = msg.conversation_id AND m.user_id = ?", userID).
		Where("msg.conversation_id = ?", conversationID).Order("msg.id DESC").Limit(int64(limit) + 1)
	if before != 0 {
		q.Where("msg.id < ?", before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, false, fmt.Errorf("select messages: %w", s.classify(err))
	}
	more := len(rows) > limit
	if more {
		rows = rows[:limit]
	}
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	return rows, more, nil
}

// Message returns a message of the person's own conversations together with the time of the one before it, which is zero for the first.
func (s *Store) Message(ctx context.Context, userID, id int64) (Message, time.Time, error) {
	var m Message
	err := s.read.NewSelect().Model(&m).Join("JOIN conversation_members AS m ON m.conversation_id = msg.conversation_id AND m.user_id = ?", userID).
		Where("msg.id = ?", id).Scan(ctx)
	if err = s.classify(err); isNotFound(err) {
		return m, time.Time{}, errNoConversation
	} else if err != nil {
		return m, time.Time{}, fmt.Errorf("select message: %w", err)
	}
	var before Message
	err = s.classify(s.read.NewSelect().Model(&before).Column("created_at").Where("msg.conversation_id = ? AND msg.id < ?", m.ConversationID, id).
		Order("msg.id DESC").Limit(1).Scan(ctx))
	if err != nil && !isNotFound(err) {
		return m, time.Time{}, fmt.Errorf("select message before: %w", err)
	}
	return m, before.CreatedAt, nil
}

// MessagePhotos returns the pictures of each of the messages, in order.
func (s *Store) MessagePhotos(ctx context.Context, messages []Message) (map[int64][]MessagePhoto, error) {
	var ids []int64
	for _, m := range messages {
		if m.PhotoCount > 0 {
			ids = append(ids, m.ID)
		}
	}
	out := map[int64][]MessagePhoto{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []MessagePhoto
	err := s.read.NewSelect().Model(&rows).Where("mp.message_id IN (?)", bun.List(ids)).Order("mp.message_id", "mp.position").Scan(ctx)
	for _, p := range rows {
		out[p.MessageID] = append(out[p.MessageID], p)
	}
	return out, s.classify(err)
}

// MessagePhoto returns a picture of one of the person's own conversations; NotFound otherwise.
func (s *Store) MessagePhoto(ctx context.Context, userID, conversationID int64, id string) (MessagePhoto, error) {
	var p MessagePhoto
	err := s.classify(s.read.NewSelect().Model(&p).Join("JOIN messages AS msg ON msg.id = mp.message_id").
		Join("JOIN conversation_members AS m ON m.conversation_id = msg.conversation_id AND m.user_id = ?", userID).
		Where("mp.id = ? AND msg.conversation_id = ?", id, conversationID).Scan(ctx))
	if isNotFound(err) {
		return p, errNoConversation
	}
	return p, err
}
