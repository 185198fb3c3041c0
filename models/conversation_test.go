package models

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/apperr"
)

// twoTalking returns a seller, a buyer and the first message between them.
func twoTalking(t *testing.T, s *Store) (seller, buyer User, first Message) {
	t.Helper()
	seller, buyer = mustUser(t, s, "ana"), mustUser(t, s, "dan")
	l := mustListing(t, s, seller, bicycle())
	first, err := s.StartConversation(t.Context(), buyer.ID, l.ID, NewMessage{Body: "Mai e disponibilă?", SubmitKey: "k1"})
	if err != nil {
		t.Fatal(err)
	}
	return seller, buyer, first
}

func say(t *testing.T, s *Store, from User, conversationID int64, body string) Message {
	t.Helper()
	m, err := s.SendMessage(t.Context(), from.ID, conversationID, NewMessage{Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// told lists the events of somebody after the number: "1 message 1/5".
func told(t *testing.T, s *Store, userID, after int64) []string {
	t.Helper()
	events, whole, err := s.Events(t.Context(), userID, after, 100)
	if err != nil || !whole {
		t.Fatalf("Events(%d, %d): whole %v, %v", userID, after, whole, err)
	}
	var out []string
	for _, e := range events {
		out = append(out, fmt.Sprintf("%d %s %d/%d", e.Seq, e.Kind, e.ConversationID, e.MessageID))
	}
	return out
}

func TestConversation(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan, first := twoTalking(t, s)
		ion := mustUser(t, s, "ion")
		id := first.ConversationID
		again, err := s.StartConversation(t.Context(), dan.ID, 1, NewMessage{Body: "Mai e disponibilă?", SubmitKey: "k1"})
		if err != nil || again.ID != first.ID {
			t.Errorf("the same form twice: message %d, %v; want %d", again.ID, err, first.ID)
		}
		clock.advance(time.Minute)
		reply := say(t, s, ana, id, "Da.")
		if n, last, err := s.Unread(t.Context(), dan.ID); n != 1 || last == 0 || err != nil {
			t.Errorf("unread %d, last event %d, %v", n, last, err)
		}
		for range 2 {
			if err := s.MarkRead(t.Context(), dan.ID, id, reply.ID+100); err != nil {
				t.Fatal(err)
			}
		}
		if n, _, _ := s.Unread(t.Context(), dan.ID); n != 0 {
			t.Errorf("%d unread after reading", n)
		}
		d, err := s.Conversation(t.Context(), ana.ID, id)
		if err != nil || d.PeerReadID != reply.ID || d.Peer.ID != dan.ID || d.Listing.Title == "" {
			t.Errorf("conversation %+v, %v", d, err)
		}
		event := func(seq int64, kind EventKind, m Message) string {
			return fmt.Sprintf("%d %s %d/%d", seq, kind, id, m.ID)
		}
		want := []string{event(1, EventMessage, first), event(2, EventSeen, first), event(3, EventMessage, reply), event(4, EventRead, reply)}
		if diff := cmp.Diff(want, told(t, s, dan.ID, 0)); diff != "" {
			t.Errorf("what the buyer is told (-want +got)\n%s", diff)
		}
		if diff := cmp.Diff(want[2:], told(t, s, dan.ID, 2)); diff != "" {
			t.Errorf("after the second event (-want +got)\n%s", diff)
		}
		for _, err := range []error{
			second(s.Conversation(t.Context(), ion.ID, id)), second(s.SendMessage(t.Context(), ion.ID, id, NewMessage{Body: "Bună"})),
			s.MarkRead(t.Context(), ion.ID, id, 1), s.SetArchived(t.Context(), ion.ID, id, true), s.SetBlocked(t.Context(), ion.ID, id, true),
			second(s.StartConversation(t.Context(), ion.ID, 999, NewMessage{Body: "Bună"})),
		} {
			if !apperr.Is(err, apperr.NotFound) {
				t.Errorf("a stranger: %v, want NotFound", err)
			}
		}
		if rows, _, err := s.Messages(t.Context(), ion.ID, id, 0, 10); len(rows) > 0 || err != nil {
			t.Errorf("a stranger reads %d messages, %v", len(rows), err)
		}
		if _, err := s.StartConversation(t.Context(), ana.ID, 1, NewMessage{Body: "Bună"}); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("writing to oneself: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestMessageTexts(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		_, dan, first := twoTalking(t, s)
		m := say(t, s, dan, first.ConversationID, "  <b>Bun\u0103\u202e</b>\x00\a\r\n\r\n\r\n\u200bziua  ")
		if want := "<b>Bună</b>\n\nziua"; m.Body != want {
			t.Errorf("stored %q, want %q", m.Body, want)
		}
		for _, body := range []string{"", " \n\u200b", strings.Repeat("a", MessageMax+1), "a\xff"} {
			_, err := s.SendMessage(t.Context(), dan.ID, first.ConversationID, NewMessage{Body: body})
			if !apperr.Is(err, apperr.Invalid) || apperr.Field(err) != FieldMessage {
				t.Errorf("%.10q: %v", body, err)
			}
		}
		if _, err := s.SendMessage(t.Context(), dan.ID, first.ConversationID, NewMessage{Photos: []MessagePhoto{{ID: "p1", Hash: "h1", Width: 4, Height: 3}}}); err != nil {
			t.Errorf("a picture alone: %v", err)
		}
		if used, err := s.PhotosInUse(t.Context(), []string{"h1", "h2"}); err != nil || !used["h1"] || used["h2"] {
			t.Errorf("photos in use: %v, %v", used, err)
		}
	})
}

func TestConversationBlocked(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan, first := twoTalking(t, s)
		id := first.ConversationID
		if err := s.SetBlocked(t.Context(), ana.ID, id, true); err != nil {
			t.Fatal(err)
		}
		_, err := s.SendMessage(t.Context(), dan.ID, id, NewMessage{Body: "Alo?"})
		if !apperr.Is(err, apperr.Conflict) || strings.Contains(apperr.Message(err), "bloca") {
			t.Errorf("the blocked person is told %v", err)
		}
		if _, err := s.SendMessage(t.Context(), ana.ID, id, NewMessage{Body: "Alo?"}); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("who blocked writes: %v", err)
		}
		if err := s.SetBlocked(t.Context(), ana.ID, id, false); err != nil {
			t.Fatal(err)
		}
		say(t, s, dan, id, "Alo?")
	})
}

func TestInbox(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		var ids []int64
		for i := range 5 {
			in := bicycle()
			in.Title = fmt.Sprint("Bicicletă numărul ", i)
			m, err := s.StartConversation(t.Context(), dan.ID, mustListing(t, s, ana, in).ID, NewMessage{Body: "Bună"})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, m.ConversationID)
		}
		if err := s.SetArchived(t.Context(), ana.ID, ids[2], true); err != nil {
			t.Fatal(err)
		}
		inbox := func(archived bool) (got []int64) {
			for after := (Cursor{}); ; {
				rows, next, err := s.Conversations(t.Context(), ana.ID, archived, after, 2)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					got = append(got, r.ConversationID)
					if r.Peer.ID != dan.ID || r.Last.Body != "Bună" || r.Listing.Title == "" || r.Unread != 1 {
						t.Errorf("row %+v", r)
					}
				}
				if after = next; after.IsZero() {
					return got
				}
			}
		}
		if diff := cmp.Diff([]int64{ids[4], ids[3], ids[1], ids[0]}, inbox(false)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]int64{ids[2]}, inbox(true)); diff != "" {
			t.Error(diff)
		}
		say(t, s, dan, ids[2], "Bună")
		if got := inbox(true); len(got) != 0 {
			t.Errorf("still archived after a new message: %v", got)
		}
	})
}

func TestOffers(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan, first := twoTalking(t, s)
		id := first.ConversationID
		offer := func(from User, lei int64) (Message, error) {
			return s.SendMessage(t.Context(), from.ID, id, NewMessage{Kind: MessageOffer, Amount: &Money{Minor: lei * 100, Currency: RON}})
		}
		answer := func(who User, m Message, state MessageState) error {
			return second(s.AnswerMessage(t.Context(), who.ID, id, m.ID, state))
		}
		want := func(what string, err error, kind apperr.Kind) {
			t.Helper()
			if apperr.KindOf(err) != kind || (err == nil) != (kind == apperr.Internal) {
				t.Errorf("%s: %v, want kind %d", what, err, kind)
			}
		}
		const fine = apperr.Internal // no error
		_, err := offer(dan, 0)
		want("an offer of nothing", err, apperr.Invalid)
		one, err := offer(dan, 900)
		want("an offer", err, fine)
		_, err = offer(dan, 950)
		want("a second one while the first is open", err, apperr.Conflict)
		want("accepting one's own", answer(dan, one, StateAccepted), apperr.Forbidden)
		want("withdrawing the other's", answer(ana, one, StateWithdrawn), apperr.Forbidden)
		want("no answer at all", answer(ana, one, StateOpen), apperr.Invalid)
		want("answering a text", answer(ana, first, StateAccepted), apperr.NotFound)
		two, err := offer(ana, 1100)
		want("a counter-offer", err, fine)
		want("accepting what was countered", answer(ana, one, StateAccepted), apperr.Conflict)
		for range 2 {
			want("accepting", answer(dan, two, StateAccepted), fine)
		}
		want("refusing what was accepted", answer(dan, two, StateRefused), apperr.Conflict)
		three, err := offer(dan, 800)
		want("a new offer after an accepted one", err, fine)
		if _, err := s.MarkSold(t.Context(), ana.ID, 1); err != nil {
			t.Fatal(err)
		}
		want("accepting for a sold listing", answer(ana, three, StateAccepted), apperr.Conflict)
		want("withdrawing", answer(dan, three, StateWithdrawn), fine)
		_, err = offer(dan, 700)
		want("an offer for a sold listing", err, apperr.Conflict)
		say(t, s, dan, id, "Mulțumesc!") // a sold listing does not end the conversation
	})
}

func TestMeetings(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan, first := twoTalking(t, s)
		id := first.ConversationID
		meet := func(place string, in time.Duration) (Message, error) {
			return s.SendMessage(t.Context(), dan.ID, id, NewMessage{Kind: MessageMeeting, Place: place, MeetAt: clock.now().Add(in)})
		}
		for place, in := range map[string]time.Duration{"": time.Hour, "Piața Mare": -time.Hour, "Piața Mică": 100 * 24 * time.Hour} {
			if _, err := meet(place, in); !apperr.Is(err, apperr.Invalid) {
				t.Errorf("%q in %v: %v", place, in, err)
			}
		}
		m, err := meet("Piața Mare", 24*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.AnswerMessage(t.Context(), ana.ID, id, m.ID, StateAccepted); err != nil {
			t.Fatal(err)
		}
		remind := func(want int) {
			t.Helper()
			if n, err := s.RemindOfMeetings(t.Context(), 10); n != want || err != nil {
				t.Errorf("reminded of %d, %v; want %d", n, err, want)
			}
		}
		remind(0)
		clock.advance(22 * time.Hour)
		remind(1)
		remind(0)
		for _, u := range []User{ana, dan} {
			rows, _, err := s.Conversations(t.Context(), u.ID, false, Cursor{}, 1)
			if err != nil || rows[0].Last.Kind != MessageReminder || rows[0].Last.Place != "Piața Mare" || rows[0].Unread == 0 {
				t.Errorf("%s: %+v, %v", u.FirstName, rows, err)
			}
		}
	})
}

// TestMeetingCalledOff: either may withdraw from an agreed meeting; the other hears of it, and nobody is reminded.
func TestMeetingCalledOff(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan, first := twoTalking(t, s)
		id := first.ConversationID
		agreed := func() Message {
			t.Helper()
			m, err := s.SendMessage(t.Context(), dan.ID, id, NewMessage{Kind: MessageMeeting, Place: "Piața Mare", MeetAt: clock.now().Add(24 * time.Hour)})
			if err == nil {
				_, err = s.AnswerMessage(t.Context(), ana.ID, id, m.ID, StateAccepted)
			}
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		for _, pair := range [][2]User{{ana, dan}, {dan, ana}} {
			m := agreed()
			for range 2 {
				if got, err := s.AnswerMessage(t.Context(), pair[0].ID, id, m.ID, StateWithdrawn); err != nil || got.State != StateWithdrawn {
					t.Fatal(got.State, err)
				}
			}
			rows, _, err := s.Conversations(t.Context(), pair[1].ID, false, Cursor{}, 1)
			if err != nil || rows[0].Last.Body != "Nu mai pot veni la întâlnirea din 24 nov. 2026, 14:00." || rows[0].Unread == 0 || !rows[0].Last.IsFrom(pair[0].ID) {
				t.Errorf("%s: %+v, %v", pair[1].FirstName, rows[0].Last, err)
			}
		}
		blocked := agreed()
		if err := s.SetBlocked(t.Context(), dan.ID, id, true); err != nil {
			t.Fatal(err)
		}
		if m, err := s.AnswerMessage(t.Context(), ana.ID, id, blocked.ID, StateWithdrawn); err != nil || m.State != StateWithdrawn {
			t.Errorf("from somebody who has blocked her: %v, %v", m.State, err)
		}
		clock.advance(22 * time.Hour)
		if n, err := s.RemindOfMeetings(t.Context(), 10); n != 0 || err != nil {
			t.Errorf("reminded of %d, %v", n, err)
		}
	})
}

func TestDeletedPersonInConversation(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan, first := twoTalking(t, s)
		id := first.ConversationID
		if err := s.DeleteUser(t.Context(), Deletion{ClerkID: dan.ClerkID}); err != nil {
			t.Fatal(err)
		}
		d, err := s.Conversation(t.Context(), ana.ID, id)
		if err != nil || d.Peer.DeletedAt == nil || d.Peer.FirstName != "" {
			t.Fatalf("the other's copy: %+v, %v", d.Peer, err)
		}
		if rows, _, err := s.Messages(t.Context(), ana.ID, id, 0, 10); err != nil || len(rows) != 1 || rows[0].Body == "" {
			t.Errorf("messages %+v, %v", rows, err)
		}
		if _, err := s.SendMessage(t.Context(), ana.ID, id, NewMessage{Body: "Alo?"}); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("writing to somebody who is gone: %v", err)
		}
		if _, err := s.Conversation(t.Context(), dan.ID, id); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("the deleted person's copy: %v", err)
		}
		if err := s.DeleteUser(t.Context(), Deletion{ClerkID: ana.ClerkID}); err != nil {
			t.Fatal(err)
		}
		var left int
		if err := s.read.NewRaw("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM conversations)").Scan(t.Context(), &left); err != nil || left != 0 {
			t.Errorf("%d rows left of a conversation without people, %v", left, err)
		}
	})
}

// Many at once: each message once, numbers of events without gaps, counts right.
func TestConversationAtOnce(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		l := mustListing(t, s, ana, bicycle())
		var wg sync.WaitGroup
		for i := range 10 {
			for range 2 { // each form twice
				wg.Go(func() {
					if _, err := s.StartConversation(t.Context(), dan.ID, l.ID, NewMessage{Body: fmt.Sprint("Întrebarea ", i), SubmitKey: fmt.Sprint("k", i)}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		rows, _, err := s.Conversations(t.Context(), ana.ID, false, Cursor{}, 10)
		if err != nil || len(rows) != 1 || rows[0].Unread != 10 {
			t.Fatalf("inbox %+v, %v", rows, err)
		}
		messages, _, err := s.Messages(t.Context(), ana.ID, rows[0].ConversationID, 0, 50)
		if err != nil || len(messages) != 10 {
			t.Errorf("%d messages, %v", len(messages), err)
		}
		if got := told(t, s, ana.ID, 0); len(got) != 10 || !strings.HasPrefix(got[9], "10 ") {
			t.Errorf("events %v", got)
		}
	})
}

func TestSignalsOfAnotherMachine(t *testing.T) {
	t.Parallel()
	address := fresh.Postgres(t)
	got := make(chan Signal, 100)
	open := func(receive func(Signal)) *Store {
		s, err := Open(t.Context(), Options{DatabaseURL: address})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, s) })
		s.OnSignal(receive)
		return s
	}
	here, there := open(func(Signal) {}), open(func(sig Signal) { got <- sig })
	done := make(chan struct{})
	go func() { there.Listen(t.Context()); close(done) }()
	t.Cleanup(func() { <-done })
	next := func() Signal {
		t.Helper()
		select {
		case sig := <-got:
			return sig
		case <-time.After(10 * time.Second):
			t.Fatal("no signal")
			return Signal{}
		}
	}
	if sig := next(); !sig.Everybody {
		t.Errorf("first %+v, want one that wakes everybody", sig)
	}
	ana, dan, _ := twoTalking(t, here)
	if diff := cmp.Diff(Signal{UserIDs: []int64{ana.ID, dan.ID}}, next()); diff != "" {
		t.Error(diff)
	}
	for _, want := range []Signal{{UserIDs: []int64{7}, Typing: 9}, {UserIDs: []int64{7, 8}}} {
		if err := here.Send(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, next()); diff != "" {
			t.Error(diff)
		}
	}
	// Whatever was missed while the connection was lost, its return wakes everybody.
	if _, err := here.write.ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"); err != nil {
		t.Fatal(err)
	}
	if sig := next(); !sig.Everybody {
		t.Errorf("after the connection was lost %+v, want one that wakes everybody", sig)
	}
}
