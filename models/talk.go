package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// talk is a change of one conversation. Everything that follows from it, the numbered events included, is in one transaction: the events
// are there exactly when the change is, however the process ends.
type talk struct {
	store  *Store
	tx     bun.Tx
	id     int64
	mine   Membership // of who makes the change
	events []UserEvent
}

// inTalk runs fn in one transaction and wakes up the pages of those whom it concerns.
func (s *Store) inTalk(ctx context.Context, fn func(ctx context.Context, t *talk) error) error {
	t := talk{store: s}
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		t.tx, t.events = tx, nil
		if err := fn(ctx, &t); err != nil || len(t.events) == 0 {
			return err
		}
		return s.storeEvents(ctx, tx, t.events)
	})
	if err == nil && len(t.events) > 0 {
		s.deliver(Signal{UserIDs: peopleOf(t.events)})
	}
	return err
}

// open loads the person's own conversation and makes other changes of it wait; NotFound otherwise.
func (t *talk) open(ctx context.Context, userID, id int64) error {
	t.id = id
	if err := t.lock(ctx); err != nil {
		return err
	}
	err := t.store.classify(t.tx.NewSelect().Model(&t.mine).Where("m.conversation_id = ? AND m.user_id = ?", id, userID).Scan(ctx))
	if isNotFound(err) {
		return errNoConversation
	} else if err != nil {
		return fmt.Errorf("select membership: %w", err)
	}
	return nil
}

// lock makes other changes of the conversation wait; on SQLite all writers do already.
func (t *talk) lock(ctx context.Context) error {
	if t.store.sqlite() {
		return nil
	}
	err := t.store.classify(t.tx.NewRaw("SELECT id FROM conversations WHERE id = ? FOR UPDATE", t.id).Scan(ctx, new(int64)))
	if isNotFound(err) {
		return errNoConversation
	} else if err != nil {
		return fmt.Errorf("lock conversation: %w", err)
	}
	return nil
}

// tell adds an event for one of the two.
func (t *talk) tell(userID int64, kind EventKind, messageID int64) {
	t.events = append(t.events, UserEvent{UserID: userID, Kind: kind, ConversationID: t.id, MessageID: messageID})
}

// tellBoth announces a message that is new or has changed.
func (t *talk) tellBoth(messageID int64) {
	t.tell(t.mine.UserID, EventMessage, messageID)
	t.tell(t.mine.PeerID, EventMessage, messageID)
}

var (
	errPeerGone    = apperr.New(apperr.Conflict, "Celălalt cont a fost șters, așa că nu mai poate primi mesaje.")
	errBlockedByMe = apperr.New(apperr.Conflict, "Ai blocat această persoană. Deblocheaz-o ca să-i poți scrie.")
	errUnreachable = apperr.New(apperr.Conflict, "Nu mai poți scrie în această conversație.") // says nothing of who decided so
)

// mayWrite refuses to write to somebody who is gone, or where one has blocked the other.
func (t *talk) mayWrite(ctx context.Context) error {
	query := "SELECT id FROM users WHERE id IN (?, ?) AND deleted_at IS NULL ORDER BY id"
	if !t.store.sqlite() {
		query += " FOR SHARE" // an account that is just being deleted goes first
	}
	var living []int64
	if err := t.tx.NewRaw(query, t.mine.UserID, t.mine.PeerID).Scan(ctx, &living); err != nil {
		return fmt.Errorf("select people: %w", err)
	}
	if len(living) < 2 {
		return errPeerGone
	}
	byMe, byAny, err := t.store.blocks(ctx, t.tx, t.mine.UserID, t.mine.PeerID)
	switch {
	case err != nil:
		return err
	case byMe:
		return errBlockedByMe
	case byAny:
		return errUnreachable
	}
	return nil
}

// SendMessage sends into a conversation of the sender's own. A second submit of the same form returns the message that the first one sent.
func (s *Store) SendMessage(ctx context.Context, senderID, conversationID int64, n NewMessage) (Message, error) {
	if err := n.clean(s.now()); err != nil {
		return Message{}, err
	}
	var m Message
	err := s.inTalk(ctx, func(ctx context.Context, t *talk) error {
		if err := t.open(ctx, senderID, conversationID); err != nil {
			return err
		}
		var err error
		m, err = t.send(ctx, n)
		return err
	})
	return m, err
}

// StartConversation sends a buyer's first message about a listing; when the two have a conversation about it already, it goes there.
func (s *Store) StartConversation(ctx context.Context, buyerID, listingID int64, n NewMessage) (Message, error) {
	if err := n.clean(s.now()); err != nil {
		return Message{}, err
	}
	var m Message
	err := s.inTalk(ctx, func(ctx context.Context, t *talk) error {
		id, err := t.findOrBegin(ctx, buyerID, listingID)
		if err != nil {
			return err
		}
		if err := t.open(ctx, buyerID, id); err != nil {
			return err
		}
		m, err = t.send(ctx, n)
		return err
	})
	return m, err
}

// findOrBegin returns the buyer's conversation about the listing, made when there is none.
func (t *talk) findOrBegin(ctx context.Context, buyerID, listingID int64) (int64, error) {
	var l Listing
	err := t.store.classify(t.tx.NewSelect().Model(&l).Column("id", "owner_id", "status").Where("l.id = ?", listingID).Scan(ctx))
	switch {
	case isNotFound(err) || err == nil && l.Status == StatusDeleted:
		return 0, errNoListing
	case err != nil:
		return 0, fmt.Errorf("select listing: %w", err)
	case l.OwnerID == buyerID:
		return 0, apperr.New(apperr.Conflict, "E anunțul tău: nu-ți poți scrie singur.")
	}
	var id int64
	const find = "SELECT id FROM conversations WHERE listing_id = ? AND buyer_id = ?"
	err = t.store.classify(t.tx.NewRaw(find, listingID, buyerID).Scan(ctx, &id))
	if !isNotFound(err) {
		return id, err
	}
	if l.Status != StatusActive {
		return 0, apperr.New(apperr.Conflict, "Anunțul nu mai e activ, așa că nu poți începe o conversație despre el.")
	}
	// Whoever comes at the same moment waits here for the first one's commit.
	res, err := t.tx.NewRaw("INSERT INTO conversations (listing_id, buyer_id, seller_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		listingID, buyerID, l.OwnerID, t.store.now()).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("insert conversation: %w", err)
	}
	if err := t.tx.NewRaw(find, listingID, buyerID).Scan(ctx, &id); err != nil {
		return 0, fmt.Errorf("select conversation: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return id, err
	}
	members := []Membership{{ConversationID: id, UserID: buyerID, PeerID: l.OwnerID}, {ConversationID: id, UserID: l.OwnerID, PeerID: buyerID}}
	if _, err := t.tx.NewInsert().Model(&members).Exec(ctx); err != nil {
		return 0, fmt.Errorf("insert members: %w", err)
	}
	return id, nil
}

// send stores the message, unless the same form sent it before.
func (t *talk) send(ctx context.Context, n NewMessage) (Message, error) {
	m := n.row(t.id, t.mine.UserID, t.store.now())
	if n.SubmitKey != "" {
		var sent Message
		err := t.store.classify(t.tx.NewSelect().Model(&sent).Where("msg.sender_id = ? AND msg.submit_key = ?", t.mine.UserID, n.SubmitKey).Scan(ctx))
		switch {
		case err == nil && sent.ConversationID == t.id && sent.Body == m.Body && sent.Kind == m.Kind && sent.PhotoCount == m.PhotoCount:
			return sent, nil
		case err == nil: // the browser's back button and another text: a message of its own
			m.SubmitKey = nil
		case !isNotFound(err):
			return m, fmt.Errorf("select sent: %w", err)
		}
	}
	if err := t.mayWrite(ctx); err != nil {
		return m, err
	}
	if err := t.makeRoom(ctx, &m); err != nil {
		return m, err
	}
	return m, t.insert(ctx, &m, n.Photos)
}

// insert writes the message and what it changes for the two.
func (t *talk) insert(ctx context.Context, m *Message, photos []MessagePhoto) error {
	if _, err := t.tx.NewInsert().Model(m).Returning("id").Exec(ctx); err != nil {
		return fmt.Errorf("insert message: %w", err)
	}
	for i := range photos {
		photos[i].MessageID, photos[i].Position = m.ID, i
	}
	if len(photos) > 0 {
		if _, err := t.tx.NewInsert().Model(&photos).Exec(ctx); err != nil {
			return fmt.Errorf("insert photos: %w", err)
		}
	}
	// Whoever writes has seen what was written before.
	_, err := t.tx.NewRaw(`UPDATE conversation_members SET last_id = ?, read_id = ?, unread = 0, unread_since = NULL, notified = FALSE, archived = FALSE
		WHERE conversation_id = ? AND user_id = ?`, m.ID, m.ID, t.id, t.mine.UserID).Exec(ctx)
	if err == nil {
		err = t.addUnread(ctx, t.mine.PeerID, m.ID, m.CreatedAt)
	}
	if err != nil {
		return fmt.Errorf("update members: %w", err)
	}
	if t.mine.Unread > 0 {
		t.tell(t.mine.PeerID, EventSeen, t.mine.LastID)
	}
	t.tellBoth(m.ID)
	return nil
}

func (t *talk) addUnread(ctx context.Context, userID, messageID int64, at time.Time) error {
	_, err := t.tx.NewRaw(`UPDATE conversation_members SET last_id = ?, unread = unread + 1, unread_since = COALESCE(unread_since, ?), archived = FALSE
		WHERE conversation_id = ? AND user_id = ?`, messageID, at, t.id, userID).Exec(ctx)
	return err
}
