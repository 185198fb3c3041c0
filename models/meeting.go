package models

import (
	"context"
	"fmt"
	"time"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// IsAgreed reports whether the message is a meeting that is still to come and that both want.
func (m *Message) IsAgreed(now time.Time) bool {
	return m.Kind == MessageMeeting && m.State == StateAccepted && m.MeetAt != nil && m.MeetAt.After(now)
}

// callOff withdraws from an agreed meeting and says so to the other in a message of its own: a changed line above is easily missed. To whom one
// cannot write, that line is all.
func (t *talk) callOff(ctx context.Context, meeting *Message) error {
	if err := t.setState(ctx, meeting, StateWithdrawn); err != nil {
		return err
	}
	if err := t.mayWrite(ctx); apperr.Is(err, apperr.Conflict) {
		return nil
	} else if err != nil {
		return err
	}
	notice := NewMessage{Kind: MessageText, Body: "Nu mai pot veni la întâlnirea din " + text.DateTime(*meeting.MeetAt) + "."}
	m := notice.row(t.id, t.mine.UserID, t.store.now())
	return t.insert(ctx, &m, nil)
}

// remindAhead is how long before a meeting both are reminded of it.
const remindAhead = 3 * time.Hour

// RemindOfMeetings puts a reminder into the conversations whose accepted meetings begin soon, at most limit of them, and returns how many.
func (s *Store) RemindOfMeetings(ctx context.Context, limit int) (int, error) {
	now := s.now()
	var due []Message
	err := s.read.NewSelect().Model(&due).Where("msg.state = 'accepted' AND msg.meet_at IS NOT NULL AND NOT msg.reminded AND msg.meet_at <= ?", now.Add(remindAhead)).
		Order("msg.meet_at").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return 0, fmt.Errorf("select meetings: %w", s.classify(err))
	}
	for i := range due {
		if err := s.remind(ctx, &due[i], now); err != nil {
			return i, err
		}
	}
	return len(due), nil
}

// remind tells both of the meeting, unless another machine has; one that has begun already is only marked.
func (s *Store) remind(ctx context.Context, meeting *Message, now time.Time) error {
	return s.inTalk(ctx, func(ctx context.Context, t *talk) error {
		t.id = meeting.ConversationID
		if err := t.lock(ctx); err != nil {
			return err
		}
		res, err := t.tx.NewRaw("UPDATE messages SET reminded = TRUE WHERE id = ? AND NOT reminded", meeting.ID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("mark reminded: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 || !meeting.MeetAt.After(now) {
			return err
		}
		m := Message{ConversationID: t.id, Kind: MessageReminder, Place: meeting.Place, MeetAt: meeting.MeetAt, CreatedAt: now}
		if _, err := t.tx.NewInsert().Model(&m).Returning("id").Exec(ctx); err != nil {
			return fmt.Errorf("insert reminder: %w", err)
		}
		var members []Membership
		if err := t.tx.NewSelect().Model(&members).Where("m.conversation_id = ?", t.id).Scan(ctx); err != nil {
			return fmt.Errorf("select members: %w", err)
		}
		for _, member := range members {
			if err := t.addUnread(ctx, member.UserID, m.ID, now); err != nil {
				return fmt.Errorf("update member: %w", err)
			}
			t.tell(member.UserID, EventMessage, m.ID)
		}
		return nil
	})
}
