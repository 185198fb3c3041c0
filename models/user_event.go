package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// EventKind says what an open page is told.
type EventKind string

// The kinds of events.
const (
	EventMessage EventKind = "message" // a message is new or has changed
	EventSeen    EventKind = "seen"    // the other has seen the messages up to one
	EventRead    EventKind = "read"    // the person has, on another page
)

// UserEvent is something that the open pages of a person are told, numbered for each person without gaps.
type UserEvent struct {
	bun.BaseModel `bun:"table:user_events,alias:e"`

	UserID         int64 `bun:",pk"`
	Seq            int64 `bun:",pk"`
	Kind           EventKind
	ConversationID int64
	MessageID      int64
	CreatedAt      time.Time
}

// userEventLife is how long a page may have been asleep and still be told everything; afterwards it is loaded anew.
const userEventLife = 3 * 24 * time.Hour

// Events returns what the person's pages are to be told after the number, in order, at most limit of them. whole is false when the events
// right after the number are no longer kept, or the number was never given out: the page is then to be loaded anew.
func (s *Store) Events(ctx context.Context, userID, after int64, limit int) (events []UserEvent, whole bool, err error) {
	if events, err = s.eventsAfter(ctx, userID, after, limit); err != nil || len(events) > 0 {
		return events, err == nil && events[0].Seq == after+1, err
	}
	last, err := s.LastEvent(ctx, userID)
	if err != nil || last == after {
		return nil, err == nil, err
	}
	// An event that was committed between the two is not one that is missing.
	if events, err = s.eventsAfter(ctx, userID, after, limit); err != nil || len(events) == 0 {
		return nil, false, err
	}
	return events, events[0].Seq == after+1, nil
}

func (s *Store) eventsAfter(ctx context.Context, userID, after int64, limit int) (events []UserEvent, err error) {
	err = s.read.NewSelect().Model(&events).Where("e.user_id = ? AND e.seq > ?", userID, after).Order("e.seq").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("select events: %w", s.classify(err))
	}
	return events, nil
}

// LastEvent returns the number of the person's last event; 0 when there was none.
func (s *Store) LastEvent(ctx context.Context, userID int64) (int64, error) {
	var last int64
	err := s.classify(s.read.NewRaw("SELECT last FROM user_event_heads WHERE user_id = ?", userID).Scan(ctx, &last))
	if isNotFound(err) {
		return 0, nil
	}
	return last, err
}

// LastEvents returns the numbers of the people's last events; who never had one is left out.
func (s *Store) LastEvents(ctx context.Context, userIDs []int64) (map[int64]int64, error) {
	if len(userIDs) == 0 {
		return nil, nil //nolint:nilnil // nobody was asked about
	}
	var rows []struct{ UserID, Last int64 }
	if err := s.read.NewRaw("SELECT user_id, last FROM user_event_heads WHERE user_id IN (?)", bun.List(userIDs)).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("select last events: %w", s.classify(err))
	}
	last := make(map[int64]int64, len(rows))
	for _, r := range rows {
		last[r.UserID] = r.Last
	}
	return last, nil
}

// DeleteOldUserEvents forgets events that no page waits for any more, at most limit of them, and returns how many.
func (s *Store) DeleteOldUserEvents(ctx context.Context, limit int) (int, error) {
	var n int64
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("DELETE FROM user_events WHERE (user_id, seq) IN (SELECT user_id, seq FROM user_events WHERE created_at < ? LIMIT ?)",
			s.now().Add(-userEventLife), limit).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return int(n), err
}

// storeEvents numbers and writes the events of a transaction. Locks are taken in the order of people, so that no two transactions wait for
// each other.
func (s *Store) storeEvents(ctx context.Context, tx bun.Tx, events []UserEvent) error {
	slices.SortStableFunc(events, func(a, b UserEvent) int { return cmp.Compare(a.UserID, b.UserID) })
	people := peopleOf(events)
	last, err := countEvents(ctx, tx, people, events)
	if err != nil {
		return fmt.Errorf("number events: %w", err)
	}
	for i := range slices.Backward(events) {
		e := &events[i]
		e.CreatedAt, e.Seq = s.now(), last[e.UserID]
		last[e.UserID]--
	}
	if _, err := tx.NewInsert().Model(&events).Exec(ctx); err != nil {
		return fmt.Errorf("insert events: %w", err)
	}
	return s.notify(ctx, tx, Signal{UserIDs: people})
}

// countEvents gives each of the people as many numbers as they have events, and returns the last one of each.
func countEvents(ctx context.Context, tx bun.Tx, people []int64, events []UserEvent) (map[int64]int64, error) {
	count, last := map[int64]int64{}, make(map[int64]int64, len(people))
	for _, e := range events {
		count[e.UserID]++
	}
	values, args := make([]string, len(people)), make([]any, 0, 2*len(people))
	for i, id := range people {
		values[i] = "(?, ?)"
		args = append(args, id, count[id])
	}
	var rows []struct{ UserID, Last int64 }
	err := tx.NewRaw("INSERT INTO user_event_heads AS h (user_id, last) VALUES "+strings.Join(values, ", ")+
		" ON CONFLICT (user_id) DO UPDATE SET last = h.last + EXCLUDED.last RETURNING user_id, last", args...).Scan(ctx, &rows)
	for _, r := range rows {
		last[r.UserID] = r.Last
	}
	return last, err
}

// peopleOf lists whom the sorted events concern, each once.
func peopleOf(events []UserEvent) []int64 {
	var ids []int64
	for _, e := range events {
		if len(ids) == 0 || ids[len(ids)-1] != e.UserID {
			ids = append(ids, e.UserID)
		}
	}
	return ids
}

// SetOnline records that the people have a page open.
func (s *Store) SetOnline(ctx context.Context, userIDs []int64) error {
	if len(userIDs) == 0 {
		return nil
	}
	slices.Sort(userIDs)
	now := s.now()
	rows := make([]string, len(userIDs))
	var args []any
	for i, id := range userIDs {
		rows[i] = "(?, 0, ?)"
		args = append(args, id, now)
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("INSERT INTO user_event_heads (user_id, last, online_at) VALUES "+strings.Join(rows, ", ")+
			" ON CONFLICT (user_id) DO UPDATE SET online_at = EXCLUDED.online_at", args...).Exec(ctx)
		return err
	})
}
