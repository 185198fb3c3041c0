package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// Conversation is what a buyer and a seller say to each other about one listing.
type Conversation struct {
	bun.BaseModel `bun:"table:conversations,alias:c"`

	ID        int64 `bun:",pk,autoincrement"`
	ListingID int64
	BuyerID   int64
	SellerID  int64
	CreatedAt time.Time
}

// Membership is a conversation as one of the two sees it.
type Membership struct {
	bun.BaseModel `bun:"table:conversation_members,alias:m"`

	ConversationID int64 `bun:",pk"`
	UserID         int64 `bun:",pk"`
	PeerID         int64
	LastID         int64 // newest message
	ReadID         int64 // newest message that was seen
	Unread         int
	UnreadSince    *time.Time // of the oldest unread message
	Archived       bool
	Notified       bool // a mail tells of the unread messages
}

// ConversationSummary is a row of somebody's inbox.
type ConversationSummary struct {
	Membership
	Listing Listing // without its description
	Peer    User
	Last    Message
}

// ConversationDetail is a conversation with what surrounds its messages.
type ConversationDetail struct {
	Conversation
	Mine        Membership
	PeerReadID  int64 // newest message that the other has seen; 0 when they are gone
	Listing     Listing
	Peer        User
	BlockedByMe bool
	IsBlocked   bool // by either
}

var errNoConversation = apperr.New(apperr.NotFound, "Conversația nu există.")

// Conversations returns one page of the person's conversations, the latest first, either the archived ones or the others.
func (s *Store) Conversations(ctx context.Context, userID int64, archived bool, after Cursor, limit int) ([]ConversationSummary, Cursor, error) {
	var rows []Membership
	q := s.read.NewSelect().Model(&rows).Where("m.user_id = ? AND m.archived = ?", userID, archived).Order("m.last_id DESC").Limit(int64(limit) + 1)
	if !after.IsZero() {
		q.Where("m.last_id < ?", after.Key)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, Cursor{}, fmt.Errorf("select conversations: %w", s.classify(err))
	}
	var next Cursor
	if len(rows) > limit {
		rows = rows[:limit]
		next = Cursor{Key: rows[limit-1].LastID}
	}
	out, err := s.summaries(ctx, rows)
	return out, next, err
}

// summaries adds to each row the listing, the other person and the last message.
func (s *Store) summaries(ctx context.Context, rows []Membership) ([]ConversationSummary, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	conversations, peers, lasts := make([]int64, len(rows)), make([]int64, len(rows)), make([]int64, len(rows))
	for i, m := range rows {
		conversations[i], peers[i], lasts[i] = m.ConversationID, m.PeerID, m.LastID
	}
	var listings []struct {
		Listing
		ConversationID int64
	}
	err := s.read.NewSelect().Model((*Listing)(nil)).ExcludeColumn("description").ColumnExpr("c.id AS conversation_id").
		Join("JOIN conversations AS c ON c.listing_id = l.id").Where("c.id IN (?)", bun.List(conversations)).Scan(ctx, &listings)
	if err != nil {
		return nil, fmt.Errorf("select listings: %w", s.classify(err))
	}
	var users []User
	if err := s.read.NewSelect().Model(&users).Where("u.id IN (?)", bun.List(peers)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select users: %w", s.classify(err))
	}
	var messages []Message
	if err := s.read.NewSelect().Model(&messages).Where("msg.id IN (?)", bun.List(lasts)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select messages: %w", s.classify(err))
	}
	byConversation, byUser, byMessage := map[int64]Listing{}, map[int64]User{}, map[int64]Message{}
	for _, l := range listings {
		byConversation[l.ConversationID] = l.Listing
	}
	for _, u := range users {
		byUser[u.ID] = u
	}
	for _, m := range messages {
		byMessage[m.ID] = m
	}
	out := make([]ConversationSummary, len(rows))
	for i, m := range rows {
		out[i] = ConversationSummary{Membership: m, Listing: byConversation[m.ConversationID], Peer: byUser[m.PeerID], Last: byMessage[m.LastID]}
	}
	return out, nil
}

// Conversation returns a conversation of the person's own; NotFound otherwise.
func (s *Store) Conversation(ctx context.Context, userID, id int64) (ConversationDetail, error) {
	var d ConversationDetail
	err := s.read.NewSelect().Model(&d.Mine).Where("m.user_id = ? AND m.conversation_id = ?", userID, id).Scan(ctx)
	if err = s.classify(err); isNotFound(err) {
		return d, errNoConversation
	} else if err != nil {
		return d, fmt.Errorf("select membership: %w", err)
	}
	if err := s.read.NewSelect().Model(&d.Conversation).Where("c.id = ?", id).Scan(ctx); err != nil {
		return d, fmt.Errorf("select conversation: %w", s.classify(err))
	}
	if err := s.read.NewSelect().Model(&d.Listing).ExcludeColumn("description").Where("l.id = ?", d.ListingID).Scan(ctx); err != nil {
		return d, fmt.Errorf("select listing: %w", s.classify(err))
	}
	if err := s.read.NewSelect().Model(&d.Peer).Where("u.id = ?", d.Mine.PeerID).Scan(ctx); err != nil {
		return d, fmt.Errorf("select peer: %w", s.classify(err))
	}
	if d.PeerReadID, err = s.SeenByPeer(ctx, userID, id); err != nil {
		return d, err
	}
	d.BlockedByMe, d.IsBlocked, err = s.blocks(ctx, s.read, userID, d.Mine.PeerID)
	return d, err
}

// SeenByPeer returns the newest message of the conversation that the other person has seen; 0 when they are gone.
func (s *Store) SeenByPeer(ctx context.Context, userID, id int64) (int64, error) {
	var read int64
	err := s.classify(s.read.NewRaw("SELECT read_id FROM conversation_members WHERE conversation_id = ? AND user_id <> ?", id, userID).Scan(ctx, &read))
	if err != nil && !isNotFound(err) {
		return 0, fmt.Errorf("select peer's membership: %w", err)
	}
	return read, nil
}

// Talked is how much people have talked about a listing.
type Talked struct {
	Conversations int
	Messages      int
}

// TalkedAbout returns how much was said about each of the listings; those that nobody asked about are left out.
func (s *Store) TalkedAbout(ctx context.Context, listingIDs []int64) (map[int64]Talked, error) {
	talked := map[int64]Talked{}
	if len(listingIDs) == 0 {
		return talked, nil
	}
	var rows []struct {
		ListingID int64
		Talked
	}
	err := s.read.NewRaw(`SELECT c.listing_id, count(DISTINCT c.id) AS conversations, count(*) AS messages FROM conversations AS c
		JOIN messages AS msg ON msg.conversation_id = c.id WHERE c.listing_id IN (?) GROUP BY c.listing_id`, bun.List(listingIDs)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count messages: %w", s.classify(err))
	}
	for _, r := range rows {
		talked[r.ListingID] = r.Talked
	}
	return talked, nil
}

// FindConversation returns the id of the person's conversation about the listing, or 0.
func (s *Store) FindConversation(ctx context.Context, buyerID, listingID int64) (int64, error) {
	var id int64
	err := s.classify(s.read.NewRaw("SELECT id FROM conversations WHERE buyer_id = ? AND listing_id = ?", buyerID, listingID).Scan(ctx, &id))
	if isNotFound(err) {
		return 0, nil
	}
	return id, err
}

// Unread returns how many messages the person has not seen, and the number of their last event.
func (s *Store) Unread(ctx context.Context, userID int64) (messages int, lastEvent int64, err error) {
	var row struct {
		Messages  int
		LastEvent int64
	}
	err = s.read.NewRaw(`SELECT (SELECT COALESCE(SUM(unread), 0) FROM conversation_members WHERE user_id = ? AND unread > 0) AS messages,
		COALESCE((SELECT last FROM user_event_heads WHERE user_id = ?), 0) AS last_event`, userID, userID).Scan(ctx, &row)
	return row.Messages, row.LastEvent, s.classify(err)
}

// blocks reports whether the person blocked the other, and whether either blocked the other.
func (s *Store) blocks(ctx context.Context, db bun.IDB, userID, peerID int64) (byMe, byAny bool, err error) {
	var blockers []int64
	err = db.NewRaw("SELECT user_id FROM blocks WHERE (user_id = ? AND blocked_id = ?) OR (user_id = ? AND blocked_id = ?)", userID, peerID, peerID, userID).Scan(ctx, &blockers)
	if err != nil {
		return false, false, fmt.Errorf("select blocks: %w", s.classify(err))
	}
	for _, id := range blockers {
		byMe = byMe || id == userID
	}
	return byMe, len(blockers) > 0, nil
}

// SetArchived puts the conversation among the archived ones or takes it back; a new message takes it back too.
func (s *Store) SetArchived(ctx context.Context, userID, id int64, archived bool) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE conversation_members SET archived = ? WHERE user_id = ? AND conversation_id = ?", archived, userID, id).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err == nil && n == 0 {
			return errNoConversation
		}
		return nil
	})
}

// SetBlocked makes the other person of the conversation unable to write to this one, or able again, in all their conversations.
func (s *Store) SetBlocked(ctx context.Context, userID, conversationID int64, blocked bool) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var peerID int64
		err := s.classify(tx.NewRaw("SELECT peer_id FROM conversation_members WHERE user_id = ? AND conversation_id = ?", userID, conversationID).Scan(ctx, &peerID))
		if isNotFound(err) {
			return errNoConversation
		} else if err != nil {
			return err
		}
		if blocked {
			_, err = tx.NewRaw("INSERT INTO blocks (user_id, blocked_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", userID, peerID, s.now()).Exec(ctx)
		} else {
			_, err = tx.NewRaw("DELETE FROM blocks WHERE user_id = ? AND blocked_id = ?", userID, peerID).Exec(ctx)
		}
		return err
	})
}

// MarkRead records that the person has seen the messages up to the id, and tells the other. Doing it twice changes nothing.
func (s *Store) MarkRead(ctx context.Context, userID, id, upTo int64) error {
	return s.inTalk(ctx, func(ctx context.Context, t *talk) error {
		if err := t.open(ctx, userID, id); err != nil {
			return err
		}
		m := t.mine
		if upTo = min(upTo, m.LastID); upTo <= m.ReadID {
			return nil
		}
		left, err := t.tx.NewSelect().Model((*Message)(nil)).Where("msg.conversation_id = ? AND msg.id > ? AND (msg.sender_id IS NULL OR msg.sender_id <> ?)", id, upTo, userID).Count(ctx)
		if err != nil {
			return fmt.Errorf("count unread: %w", err)
		}
		m.ReadID, m.Unread = upTo, int(left)
		if left == 0 {
			m.UnreadSince, m.Notified = nil, false
		}
		if _, err := t.tx.NewUpdate().Model(&m).Column("read_id", "unread", "unread_since", "notified").WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("mark read: %w", err)
		}
		t.tell(userID, EventRead, upTo)
		t.tell(m.PeerID, EventSeen, upTo)
		return nil
	})
}
