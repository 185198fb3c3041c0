package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/htmltest"
	"piata.ro/internal/mail/mailtest"
	"piata.ro/internal/urls"
)

// announceAt does what the background does at a time: it asks for the mails of all days that are due, and sends those that may go.
func (s *testSite) announceAt(t testing.TB, at time.Time) {
	t.Helper()
	s.clock.mu.Lock()
	s.clock.at = at
	s.clock.mu.Unlock()
	for range 5 {
		if _, err := s.server.AnnounceEndings(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.work(t)
}

// Owners are told once, in the morning three days before, of what then still ends.
func TestEndingMails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		server := mailtest.Start(t, mailtest.Options{})
		site := newTestSite(t, onDatabase(databaseURL), sendingTo(t, server))
		december := func(day, hour int) time.Time { return time.Date(2026, 12, day, hour, 30, 0, 0, time.UTC) }
		site.announceAt(t, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC))
		ids := map[string]string{}
		for _, title := range []string{"Pegas care rămâne", "Pegas de familie", "Pegas care se vinde", "Pegas care se șterge", "Pegas care urcă"} {
			_, ids[title] = site.as(t, "Ana").publish(t, with(bicycleForm(), "titlu", title))
		}
		change := func(title, verb string) {
			t.Helper()
			site.as(t, "Ana").post(t, "/anunt/"+ids[title]+"/"+verb+"/", nil).status(t, http.StatusSeeOther)
		}
		change("Pegas care se vinde", "vandut")
		site.announceAt(t, december(19, 22)) // past midnight in Romania; the days since November were missed
		change("Pegas care se șterge", "sterge")
		change("Pegas care urcă", "reinnoire")
		if n := len(server.Mails()); n != 0 {
			t.Errorf("%d mails at night", n)
		}
		site.announceAt(t, december(20, 7))
		site.announceAt(t, december(21, 7))
		mails := server.Mails()
		if len(mails) != 1 || mails[0].To != "ana@example.com" || mails[0].Subject(t) != "2 anunțuri de-ale tale expiră pe 23 dec." {
			t.Fatalf("%d mails: %+v", len(mails), mails)
		}
		plain, html := mails[0].Bodies(t)
		for title, told := range map[string]bool{"care rămâne": true, "de familie": true, "se vinde": false, "se șterge": false, "care urcă": false} {
			if strings.Contains(plain, title) != told || strings.Contains(html, title) != told {
				t.Errorf("%s is told: %t\n%s", title, !told, plain)
			}
		}
		htmltest.Parse(t, html).Has(t, "td strong", "1.250 lei")
		site.announceAt(t, time.Date(2027, 1, 16, 8, 0, 0, 0, time.UTC)) // what was renewed ends three days later
		if mails = server.Mails(); len(mails) != 2 || mails[1].Subject(t) != "Anunțul tău „Pegas care urcă” expiră pe 19 ian." {
			t.Fatalf("%d mails, the last: %q", len(mails), mails[len(mails)-1].Subject(t))
		}
	})
}

// Who does not want these mails ends them with one click, and begins them again in the account.
func TestEndingMailsStop(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mailtest.Options{})
	site := newTestSite(t, sendingTo(t, server))
	site.as(t, "Ana").get(t, urls.MyListings).doc(t).Has(t, ".mine__mails button", "Nu-mi mai scrie")
	site.as(t, "Ana").publish(t, bicycleForm())
	site.announceAt(t, time.Date(2026, 12, 20, 8, 0, 0, 0, time.UTC))
	if n := len(server.Mails()); n != 1 {
		t.Fatalf("%d mails", n)
	}
	stop := strings.Trim(server.Mails()[0].Parse(t).Header.Get("List-Unsubscribe"), "<>")
	path := strings.TrimPrefix(stop, testOrigin)
	site.visitor().get(t, path).status(t, http.StatusOK).doc(t).Has(t, "form[method=post] p", "trei zile")
	site.wantRows(t, "ending_mails WHERE NOT stopped", 1)
	site.visitor().post(t, path, url.Values{"List-Unsubscribe": {"One-Click"}}).status(t, http.StatusOK).doc(t).Has(t, "h1", "Gata")
	site.as(t, "Ana").publish(t, with(bicycleForm(), "titlu", "Alt Pegas"))
	site.announceAt(t, time.Date(2027, 1, 16, 8, 0, 0, 0, time.UTC))
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails after the stop", n)
	}
	ana := site.as(t, "Ana")
	form := ana.get(t, urls.MyListings).doc(t)
	form.Has(t, ".mine__mails button", "Scrie-mi")
	ana.post(t, form.Attr(".mine__mails", "action"), url.Values{"scrie": {form.Attr(".mine__mails input", "value")}}).status(t, http.StatusSeeOther)
	ana.get(t, urls.MyListings).doc(t).Has(t, ".mine__mails button", "Nu-mi mai scrie")
	site.wantRows(t, "ending_mails WHERE NOT stopped", 1)
}
