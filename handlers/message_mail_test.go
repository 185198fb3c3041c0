package handlers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/mail/mailtest"
)

// Who has no page open hears by e-mail of what waits, once until it was read, and not of what was read meanwhile. The mail repeats nothing
// of the message.
func TestMessageMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		letters := mailtest.Start(t, mailtest.Options{})
		s := newTalking(t, onDatabase(databaseURL), sendingTo(t, letters))
		ask := func() {
			t.Helper()
			if _, err := s.server.MailUnread(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		ask() // it has not waited long enough
		s.dan.post(t, s.talk, message("Vezi https://exemplu.ro/secret")).status(t, http.StatusSeeOther)
		s.clock.advance(3 * time.Minute)
		ask()
		ask()
		s.wantLetter(t, letters, "ana@example.com", "Dan P.", "2 mesaje noi", "Bicicletă Pegas de oraș", testOrigin+s.talk)
		plain, html := letters.Mails()[0].Bodies(t)
		for _, secret := range []string{"exemplu.ro", "disponibilă"} {
			if strings.Contains(plain+html, secret) {
				t.Errorf("the mail repeats %q", secret)
			}
		}

		s.dan.post(t, s.talk, message("Alo?")).status(t, http.StatusSeeOther)
		s.clock.advance(3 * time.Minute)
		ask()
		s.ana.get(t, s.talk).status(t, http.StatusOK)
		s.dan.post(t, s.talk, message("Mai e?")).status(t, http.StatusSeeOther)
		s.clock.advance(3 * time.Minute)
		ask()
		s.ana.get(t, s.talk).status(t, http.StatusOK) // before the mail could go
		s.work(t)
		if n := len(letters.Mails()); n != 1 {
			t.Errorf("%d mails, want 1", n)
		}
	})
}
