package models

import (
	"testing"
	"time"
)

// One mail for a conversation until it is read, and none for who has a page open.
func TestNotifyUnread(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan, first := twoTalking(t, s)
		id := first.ConversationID
		notify := func(when string, want int) {
			t.Helper()
			if n, err := s.NotifyUnread(t.Context(), 10); n != want || err != nil {
				t.Errorf("%s: %d mails, %v; want %d", when, n, err, want)
			}
		}
		notify("at once", 0)
		clock.advance(2*time.Minute + time.Second)
		must(t, s.SetOnline(t.Context(), []int64{ana.ID, dan.ID}))
		notify("while a page is open", 0)
		clock.advance(5 * time.Minute)
		notify("later", 1)
		say(t, s, dan, id, "Alo?")
		clock.advance(5 * time.Minute)
		notify("after another message", 0)
		must(t, s.MarkRead(t.Context(), ana.ID, id, 1<<40))
		say(t, s, dan, id, "Mai ești?")
		clock.advance(5 * time.Minute)
		notify("after reading and another message", 1)
		if jobs, err := s.ClaimJobs(t.Context(), []string{MailMessage}, 10, time.Minute); len(jobs) != 1 || err != nil {
			t.Errorf("jobs %+v, %v", jobs, err)
		}
	})
}
