package models

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"piata.ro/internal/apperr"
)

func mustAsk(t *testing.T, s *Store, o ChatOwner, chatID int64, question string) ChatMessage {
	t.Helper()
	m, isNew, err := s.Ask(t.Context(), o, chatID, question, question)
	if err != nil || !isNew {
		t.Fatalf("Ask(%q) = %v, %v", question, isNew, err)
	}
	return m
}

func TestChat(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := ChatOwner{UserID: mustUser(t, s, "ana").ID}, ChatOwner{UserID: mustUser(t, s, "dan").ID}
		m := mustAsk(t, s, ana, 0, "Ce golf ieftin aveți?")
		again, isNew, err := s.Ask(t.Context(), ana, 0, "Ce golf ieftin aveți?", m.SubmitKey)
		if err != nil || isNew || again.ID != m.ID {
			t.Errorf("the same form again: %+v, %v, %v", again, isNew, err)
		}
		m.Answer, m.State, m.Links, m.Prices, m.Tokens = "Acesta.", ChatWhole, "/anunt/a-1/\n/anunt/b-2/", "100 200", 42
		if err := s.Answered(t.Context(), &m); err != nil {
			t.Fatal(err)
		}
		mustAsk(t, s, ana, m.ChatID, "Și altele?")
		chat, messages, err := s.Chat(t.Context(), ana, m.ChatID)
		if err != nil || chat.Title != "Ce golf ieftin aveți?" || len(messages) != 2 || messages[0].Answer != "Acesta." || len(messages[0].LinkList()) != 2 {
			t.Errorf("Chat = %+v, %+v, %v", chat, messages, err)
		}
		if _, _, err := s.Chat(t.Context(), dan, m.ChatID); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("somebody else reads it: %v", err)
		}
		if _, _, err := s.Ask(t.Context(), dan, m.ChatID, "x", "x"); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("somebody else asks in it: %v", err)
		}
		if _, err := s.RateAnswer(t.Context(), dan, m.ID, 1); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("somebody else rates it: %v", err)
		}
		if id, err := s.RateAnswer(t.Context(), ana, m.ID, -1); err != nil || id != m.ChatID {
			t.Errorf("RateAnswer = %d, %v", id, err)
		}
		if err := s.DeleteChat(t.Context(), dan, m.ChatID); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("somebody else deletes it: %v", err)
		}
		if err := s.DeleteChat(t.Context(), ana, m.ChatID); err != nil {
			t.Fatal(err)
		}
		if chats, err := s.Chats(t.Context(), ana); err != nil || len(chats) != 0 {
			t.Errorf("after the deletion: %v, %v", chats, err)
		}
	})
}

func TestAskAtOnce(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		owner := ChatOwner{Visitor: ChatVisitor("key")}
		var made atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, isNew, err := s.Ask(t.Context(), owner, 0, "Bună?", "same"); err != nil {
					t.Error(err)
				} else if isNew {
					made.Add(1)
				}
			})
		}
		wg.Wait()
		if chats, err := s.Chats(t.Context(), owner); err != nil || len(chats) != 1 || made.Load() != 1 {
			t.Errorf("%d chats, asked %d times, %v", len(chats), made.Load(), err)
		}
	})
}

func TestChatBounds(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		owner := ChatOwner{Visitor: ChatVisitor("key")}
		for i := range maxChats + 2 {
			mustAsk(t, s, owner, 0, "Întrebarea "+strconv.Itoa(i))
			clock.advance(time.Second)
		}
		chats, err := s.Chats(t.Context(), owner)
		if err != nil || len(chats) != maxChats || !strings.HasSuffix(chats[0].Title, strconv.Itoa(maxChats+1)) {
			t.Errorf("%d chats, %v", len(chats), err)
		}
		if n, err := s.DeleteOldChats(t.Context(), 500); err != nil || n != 0 {
			t.Errorf("young chats: %d deleted, %v", n, err)
		}
		ana := mustUser(t, s, "ana")
		if err := s.AdoptChats(t.Context(), owner.Visitor, ana.ID); err != nil {
			t.Fatal(err)
		}
		mustAsk(t, s, owner, 0, "Alta")
		clock.advance(visitorChatLife + time.Minute)
		if n, err := s.DeleteOldChats(t.Context(), 500); err != nil || n != 1 {
			t.Errorf("%d old chats deleted, %v", n, err)
		}
		if err := s.DeleteUser(t.Context(), Deletion{ClerkID: ana.ClerkID}); err != nil {
			t.Fatal(err)
		}
		if chats, err := s.Chats(t.Context(), ChatOwner{UserID: ana.ID}); err != nil || len(chats) != 0 {
			t.Errorf("a deleted account keeps %d chats, %v", len(chats), err)
		}
	})
}

func TestChatUsage(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		for i, want := range []bool{true, true, false, false} {
			if ok, err := s.TakeQuestion(t.Context(), "address x", 2); err != nil || ok != want {
				t.Errorf("question %d: %v, %v", i, ok, err)
			}
		}
		if ok, err := s.TakeQuestion(t.Context(), "address y", 2); err != nil || !ok {
			t.Errorf("another address: %v, %v", ok, err)
		}
		for range 3 {
			if err := s.SpendTokens(t.Context(), 100); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.TokensSpent(t.Context()); err != nil || n != 300 {
			t.Errorf("TokensSpent = %d, %v", n, err)
		}
		clock.advance(24 * time.Hour)
		if n, err := s.TokensSpent(t.Context()); err != nil || n != 0 {
			t.Errorf("on the next day: %d, %v", n, err)
		}
		if ok, err := s.TakeQuestion(t.Context(), "address x", 2); err != nil || !ok {
			t.Errorf("on the next day: %v, %v", ok, err)
		}
	})
}
