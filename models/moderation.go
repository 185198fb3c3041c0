package models

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// Action is what a moderator does about something that was reported.
type Action string

// The actions.
const (
	ActionDismiss Action = "dismiss" // nothing is wrong with it
	ActionHide    Action = "hide"    // the listing is no longer public
	ActionSuspend Action = "suspend" // the person is kept out and their listings are hidden
)

// decisionNoteMax bounds the note, in characters.
const decisionNoteMax = 500

// Decision is what a moderator decided.
type Decision struct {
	bun.BaseModel `bun:"table:decisions,alias:d"`

	ID          int64 `bun:",pk,autoincrement"`
	ModeratorID int64
	Kind        ReportKind
	TargetID    int64
	Action      Action
	Note        string // told to the owner
	CreatedAt   time.Time
	UndoneAt    *time.Time // nil while it holds
	UndoneBy    *int64
}

// Case is a thing with everything that people say about it and nobody has decided.
type Case struct {
	Kind     ReportKind
	TargetID int64
	OwnerID  int64
	Reports  int // how many people
	FirstAt  time.Time
	Said     []Report // the first of them
}

const (
	maxCases = 50
	maxSaid  = 10 // of one case
)

// OpenCases returns what waits for a decision: what most people reported first, then the oldest.
func (s *Store) OpenCases(ctx context.Context) ([]Case, error) {
	var cases []Case
	err := s.read.NewRaw(`SELECT kind, target_id, min(owner_id) AS owner_id, count(*) AS reports FROM reports WHERE decision_id IS NULL
		GROUP BY kind, target_id ORDER BY count(*) DESC, min(id) LIMIT ?`, maxCases).Scan(ctx, &cases)
	if err != nil {
		return nil, fmt.Errorf("select cases: %w", s.classify(err))
	}
	for i := range cases {
		c := &cases[i]
		err := s.read.NewSelect().Model(&c.Said).Where("r.kind = ? AND r.target_id = ? AND r.decision_id IS NULL", c.Kind, c.TargetID).Order("r.id").Limit(maxSaid).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("select reports: %w", s.classify(err))
		}
		if len(c.Said) > 0 {
			c.FirstAt = c.Said[0].CreatedAt
		}
	}
	return cases, nil
}

// RecentDecisions returns the newest decisions.
func (s *Store) RecentDecisions(ctx context.Context, limit int) ([]Decision, error) {
	var rows []Decision
	err := s.read.NewSelect().Model(&rows).Order("d.id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, s.classify(err)
}

// DecisionsByID returns the decisions by their ids.
func (s *Store) DecisionsByID(ctx context.Context, ids []int64) (map[int64]Decision, error) {
	if len(ids) == 0 {
		return nil, nil //nolint:nilnil // nothing was asked for
	}
	var rows []Decision
	if err := s.read.NewSelect().Model(&rows).Where("d.id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select decisions: %w", s.classify(err))
	}
	byID := make(map[int64]Decision, len(rows))
	for _, d := range rows {
		byID[d.ID] = d
	}
	return byID, nil
}

// DecisionByID returns a decision; NotFound when there is none.
func (s *Store) DecisionByID(ctx context.Context, id int64) (Decision, error) {
	var d Decision
	if err := s.classify(s.read.NewSelect().Model(&d).Where("d.id = ?", id).Scan(ctx)); isNotFound(err) {
		return d, errNoCase
	} else if err != nil {
		return d, fmt.Errorf("select decision: %w", err)
	}
	return d, nil
}

// DecisionMail is the job that tells the owner of what a moderator decided.
type DecisionMail struct {
	DecisionID int64
	OwnerID    int64
}

// MailDecision is the kind of that job.
const MailDecision = "mail decision"

// Decide closes the open reports about a thing and does what the action says: a listing is hidden, or the person who answers for the thing
// is suspended. It returns NotFound when nothing is open, as after another moderator's decision.
func (s *Store) Decide(ctx context.Context, moderatorID int64, kind ReportKind, targetID int64, action Action, note string) (Decision, error) {
	d := Decision{ModeratorID: moderatorID, Kind: kind, TargetID: targetID, Action: action, Note: text.Paragraphs(note), CreatedAt: s.now()}
	switch {
	case action != ActionDismiss && d.Note == "":
		return d, apperr.OnField("nota", "Scrie de ce: persoana vede nota.")
	case text.Runes(d.Note) > decisionNoteMax:
		return d, apperr.OnField("nota", "Nota are cel mult 500 de caractere.")
	case action == ActionHide && kind != ReportListing, action != ActionDismiss && action != ActionHide && action != ActionSuspend:
		return d, apperr.New(apperr.Invalid, "Acțiunea aceasta nu se potrivește aici.")
	}
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		var ownerID int64
		err := tx.NewRaw("SELECT owner_id FROM reports WHERE kind = ? AND target_id = ? AND decision_id IS NULL ORDER BY id LIMIT 1", kind, targetID).Scan(ctx, &ownerID)
		if isNotFound(s.classify(err)) {
			return errNoCase
		} else if err != nil {
			return fmt.Errorf("select case: %w", err)
		}
		if _, err := tx.NewInsert().Model(&d).Exec(ctx); err != nil {
			return fmt.Errorf("insert decision: %w", err)
		}
		if _, err := tx.NewRaw("UPDATE reports SET decision_id = ? WHERE kind = ? AND target_id = ? AND decision_id IS NULL", d.ID, kind, targetID).Exec(ctx); err != nil {
			return fmt.Errorf("close reports: %w", err)
		}
		if err := s.carryOut(ctx, tx, d, ownerID); err != nil || action == ActionDismiss {
			return err
		}
		return enqueue(ctx, tx, d.CreatedAt, NewJob{Kind: MailDecision, Payload: DecisionMail{DecisionID: d.ID, OwnerID: ownerID}})
	})
	return d, err
}

var errNoCase = apperr.New(apperr.NotFound, "Nu mai e nimic de hotărât aici.")

func (s *Store) carryOut(ctx context.Context, tx bun.Tx, d Decision, ownerID int64) error {
	switch d.Action {
	case ActionHide:
		return s.block(ctx, tx, d.ID, "l.id = ? AND l.status <> 'deleted'", d.TargetID)
	case ActionSuspend:
		if d.ModeratorID == ownerID {
			return apperr.New(apperr.Conflict, "Nu te poți suspenda pe tine.")
		}
		if _, err := tx.NewRaw("UPDATE users SET suspended_by = ? WHERE id = ?", d.ID, ownerID).Exec(ctx); err != nil {
			return fmt.Errorf("suspend: %w", err)
		}
		return s.block(ctx, tx, d.ID, "l.owner_id = ? AND l.status = 'active'", ownerID)
	}
	return nil
}

// block takes listings out of the market by a decision.
func (s *Store) block(ctx context.Context, tx bun.Tx, decisionID int64, where string, arg int64) error {
	var rows []Listing
	if err := tx.NewSelect().Model(&rows).Where(where, arg).Where("l.blocked_by IS NULL").Scan(ctx); err != nil {
		return fmt.Errorf("select listings to hide: %w", err)
	}
	for i := range rows {
		l := &rows[i]
		if err := s.closeListing(ctx, tx, l, StatusExpired); err != nil {
			return err
		}
		l.BlockedBy, l.Version = &decisionID, l.Version+1
		if _, err := tx.NewUpdate().Model(l).Column("status", "reserved", "closed_at", "version", "blocked_by").WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("hide listing: %w", err)
		}
	}
	return nil
}

// UndoDecision takes a decision back: the person may come in again, and what it hid is public again.
func (s *Store) UndoDecision(ctx context.Context, moderatorID, id int64) error {
	return s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE decisions SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL AND action <> 'dismiss'", s.now(), moderatorID, id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("undo decision: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errNoCase
		}
		if _, err := tx.NewRaw("UPDATE users SET suspended_by = NULL WHERE suspended_by = ?", id).Exec(ctx); err != nil {
			return fmt.Errorf("lift suspension: %w", err)
		}
		var rows []Listing
		if err := tx.NewSelect().Model(&rows).Where("l.blocked_by = ?", id).Order("l.sort_key").Scan(ctx); err != nil {
			return fmt.Errorf("select hidden listings: %w", err)
		}
		for i := range rows {
			if err := s.unblock(ctx, tx, &rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// unblock makes a listing public again, unless its owner deleted it or its time was over anyway.
func (s *Store) unblock(ctx context.Context, tx bun.Tx, l *Listing) error {
	l.BlockedBy = nil
	if l.Status == StatusExpired && l.ExpiresAt.After(s.now()) {
		if err := s.reopen(ctx, tx, l); err != nil {
			return err
		}
	}
	l.Version++
	_, err := tx.NewUpdate().Model(l).Column("status", "reserved", "closed_at", "published_at", "expires_at", "version", "blocked_by").WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("show listing again: %w", err)
	}
	return nil
}

// neighbours is how many messages before and after a reported one a moderator sees.
const neighbours = 3

// MessageWithNeighbours returns a message that somebody reported, with the few around it in its conversation; NotFound when nobody did.
// It is for moderators, who see nothing else of a conversation.
func (s *Store) MessageWithNeighbours(ctx context.Context, id int64) ([]Message, error) {
	var m Message
	err := s.read.NewSelect().Model(&m).Where("msg.id = ?", id).
		Where("EXISTS (SELECT 1 FROM reports AS r WHERE r.kind = 'message' AND r.target_id = msg.id)").Scan(ctx)
	if err = s.classify(err); isNotFound(err) {
		return nil, errNoCase
	} else if err != nil {
		return nil, fmt.Errorf("select message: %w", err)
	}
	var rows []Message
	err = s.read.NewRaw(`SELECT * FROM (SELECT * FROM messages WHERE conversation_id = ?0 AND id <= ?1 ORDER BY id DESC LIMIT ?2) AS a
		UNION ALL SELECT * FROM (SELECT * FROM messages WHERE conversation_id = ?0 AND id > ?1 ORDER BY id LIMIT ?3) AS b ORDER BY id`,
		m.ConversationID, id, neighbours+1, neighbours).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("select neighbours: %w", s.classify(err))
	}
	return rows, nil
}

// ReportedPhoto returns a picture of a message that was reported; NotFound for others.
func (s *Store) ReportedPhoto(ctx context.Context, conversationID int64, id string) (MessagePhoto, error) {
	var p MessagePhoto
	err := s.classify(s.read.NewSelect().Model(&p).Join("JOIN messages AS msg ON msg.id = mp.message_id").
		Where("mp.id = ? AND msg.conversation_id = ?", id, conversationID).
		Where("EXISTS (SELECT 1 FROM reports AS r WHERE r.kind = 'message' AND r.target_id = msg.id)").Scan(ctx))
	if isNotFound(err) {
		return p, errNoCase
	}
	return p, err
}

// UserByID returns the person, or NotFound.
func (s *Store) UserByID(ctx context.Context, id int64) (User, error) {
	var u User
	if err := s.classify(s.read.NewSelect().Model(&u).Where("u.id = ?", id).Scan(ctx)); isNotFound(err) {
		return u, errNoUser
	} else if err != nil {
		return u, fmt.Errorf("select user: %w", err)
	}
	return u, nil
}
