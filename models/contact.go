package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// ContactMessage is what somebody wrote to those who look after the market.
type ContactMessage struct {
	bun.BaseModel `bun:"table:contact_messages,alias:m"`

	ID        int64  `bun:",pk,autoincrement"`
	UserID    *int64 // nil for visitors
	Name      string // may be ""
	Email     string // where the answer goes
	Body      string // plain text
	Digest    string // of the address, the text and the day
	CreatedAt time.Time
	DoneAt    *time.Time // nil while it waits
}

// Contact's limits, in characters, and its life.
const (
	ContactMin, ContactMax = 10, 4000

	contactLife = 365 * 24 * time.Hour
)

// ContactMail is the job that tells one moderator of a message.
type ContactMail struct {
	ID int64
	To string
}

// MailContact is the kind of that job.
const MailContact = "mail contact"

// SaveContact keeps a message and asks for a mail to each of the addresses. The same text from the same address on one day is kept once.
func (s *Store) SaveContact(ctx context.Context, m ContactMessage, tell []string) error {
	now := s.now()
	m.CreatedAt, m.DoneAt = now, nil
	sum := sha256.Sum256([]byte(text.ISODay(now) + "\x00" + m.Email + "\x00" + m.Body))
	m.Digest = hex.EncodeToString(sum[:])
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var ids []int64
		if err := tx.NewInsert().Model(&m).On("CONFLICT (digest) DO NOTHING").Returning("id").Scan(ctx, &ids); err != nil && !isNotFound(s.classify(err)) {
			return fmt.Errorf("insert contact message: %w", err)
		}
		for _, id := range ids {
			for _, to := range tell {
				if err := enqueue(ctx, tx, now, NewJob{Kind: MailContact, Payload: ContactMail{ID: id, To: to}}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Contact returns one message, or NotFound.
func (s *Store) Contact(ctx context.Context, id int64) (ContactMessage, error) {
	var m ContactMessage
	err := s.read.NewSelect().Model(&m).Where("m.id = ?", id).Scan(ctx)
	return m, s.classify(err)
}

// Contacts returns one page of the messages that wait, or of those that are done, the latest first, and the id to go on from, 0 at the end.
func (s *Store) Contacts(ctx context.Context, done bool, before int64, limit int) ([]ContactMessage, int64, error) {
	var rows []ContactMessage
	q := s.read.NewSelect().Model(&rows).Order("m.id DESC").Limit(int64(limit) + 1)
	if done {
		q.Where("m.done_at IS NOT NULL")
	} else {
		q.Where("m.done_at IS NULL")
	}
	if before > 0 {
		q.Where("m.id < ?", before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, 0, fmt.Errorf("select contact messages: %w", s.classify(err))
	}
	if len(rows) > limit {
		return rows[:limit], rows[limit-1].ID, nil
	}
	return rows, 0, nil
}

var errNoContact = apperr.New(apperr.NotFound, "Mesajul nu există.")

// SetContactDone says that a moderator is done with a message, or that it waits again.
func (s *Store) SetContactDone(ctx context.Context, id int64, done bool) error {
	var at *time.Time
	if done {
		now := s.now()
		at = &now
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE contact_messages SET done_at = ? WHERE id = ?", at, id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("update contact message: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return errNoContact
	})
}

// ContactsOf returns what a person wrote while signed in, for the copy of their data.
func (s *Store) ContactsOf(ctx context.Context, userID int64) ([]ContactMessage, error) {
	var rows []ContactMessage
	err := s.read.NewSelect().Model(&rows).Where("m.user_id = ?", userID).Order("m.id").Limit(1000).Scan(ctx)
	return rows, s.classify(err)
}

// DeleteOldContacts forgets messages after a year, at most limit of them, and returns how many.
func (s *Store) DeleteOldContacts(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM contact_messages WHERE id IN (SELECT id FROM contact_messages WHERE created_at < ? LIMIT ?)", s.now().Add(-contactLife), limit).Exec(ctx)
		if err == nil {
			n, err = res.RowsAffected()
		}
		return err
	})
	return int(n), err
}
