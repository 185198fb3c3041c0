package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

const (
	// notifyAfter is how long a message waits to be seen before a mail tells of it.
	notifyAfter = 2 * time.Minute
	// onlineFor is how long somebody who had a page open counts as being there; machines note it every minute.
	onlineFor = 3 * time.Minute
)

// MailMessage is the kind of job that tells somebody by e-mail of messages in one conversation.
const MailMessage = "mail message"

// MessageMail is the payload of that job.
type MessageMail struct {
	UserID         int64
	ConversationID int64
}

// NotifyUnread asks for a mail to each person, at most limit of them, who has not seen a message for a while and has no page open. There is
// one for a conversation until it is read. It returns how many it asked for.
func (s *Store) NotifyUnread(ctx context.Context, limit int) (int, error) {
	now := s.now()
	var due []Membership
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		q := tx.NewSelect().Model(&due).Where("m.unread > 0 AND NOT m.notified AND m.unread_since < ?", now.Add(-notifyAfter)).
			Where("NOT EXISTS (SELECT 1 FROM user_event_heads AS h WHERE h.user_id = m.user_id AND h.online_at > ?)", now.Add(-onlineFor)).
			Order("m.unread_since").Limit(int64(limit))
		if !s.sqlite() {
			q.For("UPDATE SKIP LOCKED") // several machines may do this at once
		}
		if err := q.Scan(ctx); err != nil {
			return fmt.Errorf("select unread: %w", err)
		}
		for i := range due {
			m := &due[i]
			m.Notified = true
			if _, err := tx.NewUpdate().Model(m).Column("notified").WherePK().Exec(ctx); err != nil {
				return fmt.Errorf("mark notified: %w", err)
			}
			job := NewJob{Kind: MailMessage, Key: fmt.Sprintf("%d-%d", m.UserID, m.ConversationID), Payload: MessageMail{UserID: m.UserID, ConversationID: m.ConversationID}}
			if err := enqueue(ctx, tx, now, job); err != nil {
				return err
			}
		}
		return nil
	})
	return len(due), err
}
