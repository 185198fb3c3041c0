package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// ChatOwner is whose conversations with the assistant are meant: a person's or a browser's.
type ChatOwner struct {
	UserID  int64
	Visitor string // hash of the key in the browser's cookie, when UserID is 0
}

// ChatVisitor derives what is stored from the key in the cookie, so that a leaked database opens no conversations.
func ChatVisitor(key string) string {
	sum := sha256.Sum256([]byte("chat:" + key))
	return hex.EncodeToString(sum[:])
}

func (o ChatOwner) where(q *bun.SelectQuery) *bun.SelectQuery {
	if o.UserID != 0 {
		return q.Where("ch.user_id = ?", o.UserID)
	}
	return q.Where("ch.visitor = ?", o.Visitor)
}

// Chat is a conversation with the assistant.
type Chat struct {
	bun.BaseModel `bun:"table:chats,alias:ch"`

	ID        int64 `bun:",pk,autoincrement"`
	UserID    *int64
	Visitor   *string
	OpenKey   string
	Title     string
	Summary   string
	SummedID  int64 // newest message that the summary covers
	CreatedAt time.Time
	UpdatedAt time.Time
}

// ChatState says how far an answer came.
type ChatState string

// The states of an answer.
const (
	ChatRunning ChatState = "running"
	ChatWhole   ChatState = "whole"
	ChatStopped ChatState = "stopped"
	ChatFailed  ChatState = "failed"
)

// ChatMessage is a question with its answer.
type ChatMessage struct {
	bun.BaseModel `bun:"table:chat_messages,alias:cm"`

	ID        int64 `bun:",pk,autoincrement"`
	ChatID    int64
	SubmitKey string
	Question  string
	Answer    string
	State     ChatState
	Failure   string
	Links     string
	Prices    string
	Tokens    int
	Draft     string // advert that the model prepared, JSON
	Feedback  int
	CreatedAt time.Time
}

// LinkList returns the local paths that the answer may link to.
func (m *ChatMessage) LinkList() []string { return strings.Fields(m.Links) }

// The bounds of what is kept.
const (
	maxChats        = 50 // of one owner; the oldest go
	maxChatMessages = 100
	QuestionMax     = 2000 // letters
	chatTitle       = 60
	visitorChatLife = 24 * time.Hour
	// chatPatience is after how long an answer that never ended counts as failed: its process was killed.
	chatPatience = 3 * time.Minute
)

var errNoChat = apperr.New(apperr.NotFound, "Conversația cu asistentul nu există.")

// Chats returns the owner's conversations, the latest first.
func (s *Store) Chats(ctx context.Context, o ChatOwner) ([]Chat, error) {
	var rows []Chat
	err := o.where(s.read.NewSelect().Model(&rows)).Order("ch.updated_at DESC", "ch.id DESC").Limit(maxChats).Scan(ctx)
	return rows, s.classify(err)
}

// Chat returns one of the owner's conversations with its messages, the oldest first; NotFound when it is somebody else's.
func (s *Store) Chat(ctx context.Context, o ChatOwner, id int64) (Chat, []ChatMessage, error) {
	var chat Chat
	err := s.classify(o.where(s.read.NewSelect().Model(&chat)).Where("ch.id = ?", id).Scan(ctx))
	if isNotFound(err) {
		return chat, nil, errNoChat
	} else if err != nil {
		return chat, nil, fmt.Errorf("select chat: %w", err)
	}
	var messages []ChatMessage
	if err := s.read.NewSelect().Model(&messages).Where("cm.chat_id = ?", id).Order("cm.id DESC").Limit(maxChatMessages).Scan(ctx); err != nil {
		return chat, nil, fmt.Errorf("select chat messages: %w", s.classify(err))
	}
	slices.Reverse(messages)
	for i := range messages {
		if m := &messages[i]; m.State == ChatRunning && s.now().Sub(m.CreatedAt) > chatPatience {
			m.State = ChatFailed
		}
	}
	return chat, messages, nil
}

// Ask stores a question, in a new conversation when chatID is 0. isNew is false for a question that the same form has asked already; its message is
// returned as it stands then.
func (s *Store) Ask(ctx context.Context, o ChatOwner, chatID int64, question, submitKey string) (m ChatMessage, isNew bool, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if chatID == 0 {
			var err error
			if chatID, err = s.openChat(ctx, tx, o, question, submitKey); err != nil {
				return err
			}
		} else if err := s.ownChat(ctx, tx, o, chatID); err != nil {
			return err
		}
		m = ChatMessage{ChatID: chatID, SubmitKey: submitKey, Question: question, State: ChatRunning, CreatedAt: s.now()}
		err := tx.NewInsert().Model(&m).On("CONFLICT (chat_id, submit_key) DO NOTHING").Returning("id").Scan(ctx)
		if isNotFound(s.classify(err)) {
			return tx.NewSelect().Model(&m).Where("cm.chat_id = ? AND cm.submit_key = ?", chatID, submitKey).Scan(ctx)
		}
		if err != nil {
			return fmt.Errorf("insert question: %w", err)
		}
		isNew = true
		_, err = tx.NewRaw("UPDATE chats SET updated_at = ? WHERE id = ?", s.now(), chatID).Exec(ctx)
		return err
	})
	return m, isNew, err
}

// openChat begins a conversation and drops the owner's oldest beyond the bound. The same form begins one only.
func (s *Store) openChat(ctx context.Context, tx bun.Tx, o ChatOwner, question, submitKey string) (int64, error) {
	chat := Chat{Title: text.Truncate(text.Line(question), chatTitle), OpenKey: ChatVisitor(fmt.Sprint(o.UserID, o.Visitor, submitKey)), CreatedAt: s.now(), UpdatedAt: s.now()}
	if o.UserID != 0 {
		chat.UserID = &o.UserID
	} else {
		chat.Visitor = &o.Visitor
	}
	err := tx.NewInsert().Model(&chat).On("CONFLICT (open_key) DO NOTHING").Returning("id").Scan(ctx)
	if isNotFound(s.classify(err)) {
		err = tx.NewSelect().Model(&chat).Where("ch.open_key = ?", chat.OpenKey).Scan(ctx)
		return chat.ID, err
	}
	if err != nil {
		return 0, fmt.Errorf("insert chat: %w", err)
	}
	var old []int64
	q := o.where(tx.NewSelect().Model((*Chat)(nil)).Column("id")).Order("ch.updated_at DESC", "ch.id DESC").Limit(1000).Offset(maxChats)
	if err := q.Scan(ctx, &old); err != nil || len(old) == 0 {
		return chat.ID, err
	}
	return chat.ID, dropChats(ctx, tx, old)
}

func (s *Store) ownChat(ctx context.Context, tx bun.Tx, o ChatOwner, id int64) error {
	n, err := o.where(tx.NewSelect().Model((*Chat)(nil))).Where("ch.id = ?", id).Count(ctx)
	if err != nil {
		return err
	}
	if n == 0 {
		return errNoChat
	}
	if n, err = tx.NewSelect().Model((*ChatMessage)(nil)).Where("cm.chat_id = ?", id).Count(ctx); err == nil && n >= maxChatMessages {
		return apperr.New(apperr.Invalid, "Conversația e lungă deja. Începe una nouă.")
	}
	return err
}

// Answered stores how an answer ended, and counts its tokens.
func (s *Store) Answered(ctx context.Context, m *ChatMessage) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := s.spendTokens(ctx, tx, m.Tokens); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model(m).Column("answer", "state", "failure", "links", "prices", "tokens", "draft").WherePK().Exec(ctx)
		return err
	})
}

// SummariseChat stores the summary of the messages up to the id.
func (s *Store) SummariseChat(ctx context.Context, chatID, upTo int64, summary string) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE chats SET summary = ?, summed_id = ? WHERE id = ? AND summed_id < ?", summary, upTo, chatID, upTo).Exec(ctx)
		return err
	})
}

// ChatMessage returns one of the owner's questions with its answer; NotFound otherwise.
func (s *Store) ChatMessage(ctx context.Context, o ChatOwner, id int64) (ChatMessage, error) {
	var m ChatMessage
	err := s.classify(o.where(s.read.NewSelect().Model(&m).Join("JOIN chats AS ch ON ch.id = cm.chat_id")).Where("cm.id = ?", id).Scan(ctx))
	if isNotFound(err) {
		return m, errNoChat
	}
	return m, err
}

// RateAnswer records what the owner thinks of an answer: 1, -1, or 0 to take it back.
func (s *Store) RateAnswer(ctx context.Context, o ChatOwner, messageID int64, feedback int) (chatID int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := o.where(tx.NewSelect().Model((*ChatMessage)(nil)).ColumnExpr("ch.id").Join("JOIN chats AS ch ON ch.id = cm.chat_id")).Where("cm.id = ?", messageID)
		if err := q.Scan(ctx, &chatID); err != nil {
			return err
		}
		_, err := tx.NewRaw("UPDATE chat_messages SET feedback = ? WHERE id = ?", feedback, messageID).Exec(ctx)
		return err
	})
	if isNotFound(err) {
		err = errNoChat
	}
	return chatID, err
}

// DeleteChat removes one of the owner's conversations, or all with id 0.
func (s *Store) DeleteChat(ctx context.Context, o ChatOwner, id int64) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := o.where(tx.NewSelect().Model((*Chat)(nil)).Column("id"))
		if id != 0 {
			q.Where("ch.id = ?", id)
		}
		var ids []int64
		if err := q.Scan(ctx, &ids); err != nil {
			return err
		}
		if len(ids) == 0 && id != 0 {
			return errNoChat
		}
		return dropChats(ctx, tx, ids)
	})
}

func dropChats(ctx context.Context, tx bun.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	for _, query := range []string{"DELETE FROM chat_messages WHERE chat_id IN (?)", "DELETE FROM chats WHERE id IN (?)"} {
		if _, err := tx.NewRaw(query, bun.List(ids)).Exec(ctx); err != nil {
			return fmt.Errorf("delete chats: %w", err)
		}
	}
	return nil
}

// AdoptChats gives the browser's conversations to the person who signed in with it.
func (s *Store) AdoptChats(ctx context.Context, visitor string, userID int64) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE chats SET user_id = ?, visitor = NULL WHERE visitor = ?", userID, visitor).Exec(ctx)
		return err
	})
}

// DeleteOldChats removes a batch of conversations of browsers that are a day old, and the counts of days long past. It returns how many went.
func (s *Store) DeleteOldChats(ctx context.Context, limit int) (int, error) {
	var ids []int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewSelect().Model((*Chat)(nil)).Column("id").Where("ch.visitor IS NOT NULL AND ch.updated_at < ?", s.now().Add(-visitorChatLife)).Limit(int64(limit))
		if err := q.Scan(ctx, &ids); err != nil {
			return err
		}
		if err := dropChats(ctx, tx, ids); err != nil {
			return err
		}
		_, err := tx.NewRaw("DELETE FROM chat_usage WHERE day < ?", text.ISODay(s.now().AddDate(0, 0, -30))).Exec(ctx)
		return err
	})
	return len(ids), err
}
