package models

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// makeRoom prepares for a new offer or meeting: of each kind one is open at a time. The other's open one is answered by it, one's own has to
// be withdrawn first.
func (t *talk) makeRoom(ctx context.Context, m *Message) error {
	if m.State != StateOpen {
		return nil
	}
	if m.Kind == MessageOffer {
		if err := t.needActiveListing(ctx); err != nil {
			return err
		}
	}
	var open Message
	err := t.store.classify(t.tx.NewSelect().Model(&open).Where("msg.conversation_id = ? AND msg.kind = ? AND msg.state = 'open'", t.id, m.Kind).Scan(ctx))
	switch {
	case isNotFound(err):
		return nil
	case err != nil:
		return fmt.Errorf("select open: %w", err)
	case open.IsFrom(t.mine.UserID):
		return apperr.New(apperr.Conflict, "Ai deja o propunere fără răspuns. Retrage-o înainte să faci alta.")
	}
	return t.setState(ctx, &open, StateCountered)
}

// needActiveListing refuses to trade what is sold or gone.
func (t *talk) needActiveListing(ctx context.Context) error {
	var status Status
	err := t.tx.NewRaw("SELECT l.status FROM listings AS l JOIN conversations AS c ON c.listing_id = l.id WHERE c.id = ?", t.id).Scan(ctx, &status)
	if err != nil {
		return fmt.Errorf("select listing: %w", err)
	}
	if status != StatusActive {
		return apperr.New(apperr.Conflict, "Anunțul nu mai e activ, așa că oferta nu se mai poate face sau accepta.")
	}
	return nil
}

func (t *talk) setState(ctx context.Context, m *Message, state MessageState) error {
	m.State = state
	if _, err := t.tx.NewUpdate().Model(m).Column("state").WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("set state: %w", err)
	}
	t.tellBoth(m.ID)
	return nil
}

// AnswerMessage accepts, refuses or withdraws an open offer or meeting in a conversation of the person's own. Accepting and refusing is for
// whom it was made to, withdrawing for who made it; either may still withdraw from a meeting that was accepted. The same answer twice changes
// nothing.
func (s *Store) AnswerMessage(ctx context.Context, userID, conversationID, messageID int64, answer MessageState) (Message, error) {
	var m Message
	err := s.inTalk(ctx, func(ctx context.Context, t *talk) error {
		if err := t.open(ctx, userID, conversationID); err != nil {
			return err
		}
		err := s.classify(t.tx.NewSelect().Model(&m).Where("msg.id = ? AND msg.conversation_id = ? AND msg.state <> ''", messageID, conversationID).Scan(ctx))
		if isNotFound(err) {
			return errNoConversation
		} else if err != nil {
			return fmt.Errorf("select message: %w", err)
		}
		if answer == StateWithdrawn && m.IsAgreed(s.now()) {
			return t.callOff(ctx, &m)
		}
		if err := m.allows(userID, answer); err != nil || m.State == answer {
			return err
		}
		if answer == StateAccepted {
			if err := t.mayWrite(ctx); err != nil {
				return err
			}
			if err := t.mayAccept(ctx, &m); err != nil {
				return err
			}
		}
		return t.setState(ctx, &m, answer)
	})
	return m, err
}

// allows reports whether the person may give the answer.
func (m *Message) allows(userID int64, answer MessageState) error {
	isMine := m.IsFrom(userID)
	switch answer {
	case StateAccepted, StateRefused:
		if isMine {
			return apperr.New(apperr.Forbidden, "La propunerea ta răspunde celălalt.")
		}
	case StateWithdrawn:
		if !isMine && m.State != StateWithdrawn {
			return apperr.New(apperr.Forbidden, "Numai cine a făcut propunerea o poate retrage.")
		}
	default:
		return apperr.New(apperr.Invalid, "Alege un răspuns.")
	}
	if m.State != StateOpen && m.State != answer {
		return apperr.New(apperr.Conflict, "Propunerea a primit deja un răspuns.")
	}
	return nil
}

func (t *talk) mayAccept(ctx context.Context, m *Message) error {
	if m.Kind == MessageOffer {
		return t.needActiveListing(ctx)
	}
	if m.MeetAt != nil && !m.MeetAt.After(t.store.now()) {
		return apperr.New(apperr.Conflict, "Ora întâlnirii a trecut. Propune alta.")
	}
	return nil
}

// eraseTalk removes what a person who deletes the account leaves in conversations, except what the others have received: that stays theirs,
// without a name. When neither is left, the conversation goes.
func (s *Store) eraseTalk(ctx context.Context, tx bun.Tx, userID int64) error {
	const nobodys = "(SELECT c.id FROM conversations AS c WHERE (c.buyer_id = ? OR c.seller_id = ?) AND NOT EXISTS (SELECT 1 FROM conversation_members AS m WHERE m.conversation_id = c.id))"
	statements := []struct {
		query string
		ids   int // how often the query names the person
	}{
		{"DELETE FROM conversation_members WHERE user_id = ?", 1},
		{"DELETE FROM message_photos WHERE message_id IN (SELECT msg.id FROM messages AS msg WHERE msg.conversation_id IN " + nobodys + ")", 2},
		{"DELETE FROM messages WHERE conversation_id IN " + nobodys, 2},
		{"DELETE FROM conversations WHERE id IN " + nobodys, 2},
		{"UPDATE messages SET state = 'withdrawn' WHERE state = 'open' AND conversation_id IN (SELECT id FROM conversations WHERE buyer_id = ? OR seller_id = ?)", 2},
		{"UPDATE messages SET submit_key = NULL WHERE sender_id = ? AND submit_key IS NOT NULL", 1},
		{"DELETE FROM blocks WHERE user_id = ? OR blocked_id = ?", 2},
		{"DELETE FROM user_events WHERE user_id = ?", 1},
		{"DELETE FROM user_event_heads WHERE user_id = ?", 1},
	}
	for _, st := range statements {
		if _, err := tx.NewRaw(st.query, []any{userID, userID}[:st.ids]...).Exec(ctx); err != nil {
			return fmt.Errorf("erase conversations: %w", err)
		}
	}
	return nil
}
