package handlers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/mail"
	"piata.ro/internal/mail/mailtest"
	"piata.ro/models"
)

func contactForm() url.Values {
	return url.Values{"nume": {"Ion Popa"}, "email": {"ion@example.com"}, "mesaj": {"Nu găsesc anunțul meu <b>de ieri</b>."}, "site": {""}}
}

func TestContact(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		letters := mailtest.Start(t, mailtest.Options{})
		site := newTestSite(t, onDatabase(databaseURL), func(p *siteParts) { p.config.AdminEmails = []string{"vera@example.com"} })
		var err error
		if site.server.mail, err = mail.New(mail.Options{Host: letters.Host, Port: letters.Port, From: "Piața.ro <anunt@example.com>", Now: site.clock.now}); err != nil {
			t.Fatal(err)
		}
		visitor, moderator := site.visitor(), site.as(t, "Vera")
		if got := visitor.post(t, "/contact/", contactForm()).location(t, http.StatusSeeOther); got != "/contact/" {
			t.Errorf("goes to %q", got)
		}
		visitor.get(t, "/contact/").doc(t).Has(t, "body", "Am primit mesajul tău.")
		visitor.post(t, "/contact/", contactForm()).status(t, http.StatusSeeOther) // a second press
		site.wantRows(t, "contact_messages", 1)

		// The moderators are told by e-mail, and can answer it.
		claimed, err := site.store.ClaimJobs(t.Context(), []string{models.MailContact}, 10, time.Minute)
		if err != nil || len(claimed) != 1 {
			t.Fatalf("%d jobs, %v", len(claimed), err)
		}
		if err := site.server.MailWork()[models.MailContact](t.Context(), claimed[0].Payload); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		letter := letters.Wait(ctx, 1)[0].Parse(t)
		if body, err := io.ReadAll(letter.Body); err != nil || !strings.Contains(letter.Header.Get("Reply-To"), "ion@example.com") || !strings.Contains(letter.Header.Get("To"), "vera@example.com") || len(body) == 0 {
			t.Errorf("letter %v %s %v", letter.Header, body, err)
		}

		list := moderator.get(t, "/moderare/mesaje-contact/").status(t, http.StatusOK).doc(t)
		list.Has(t, "main", "Ion Popa", "ion@example.com", "Nu găsesc anunțul meu <b>de ieri</b>.")
		moderator.post(t, list.Attr("main li form", "action"), url.Values{"gata": {"da"}}).status(t, http.StatusSeeOther)
		moderator.get(t, "/moderare/mesaje-contact/").doc(t).HasNot(t, "main li form")
		done := moderator.get(t, "/moderare/mesaje-contact/?stare=rezolvate").doc(t)
		moderator.post(t, done.Attr("main li form", "action"), nil).status(t, http.StatusSeeOther)
		moderator.get(t, "/moderare/mesaje-contact/").doc(t).Has(t, "main li form")
		moderator.post(t, "/moderare/mesaje-contact/999/", nil).status(t, http.StatusNotFound)
		site.as(t, "Dan").get(t, "/moderare/mesaje-contact/").status(t, http.StatusNotFound)
		site.as(t, "Dan").post(t, "/moderare/mesaje-contact/1/", nil).status(t, http.StatusNotFound)

		site.clock.advance(366 * 24 * time.Hour)
		if n, err := site.store.DeleteOldContacts(t.Context(), 10); n != 1 || err != nil {
			t.Errorf("forgot %d, %v", n, err)
		}
	})
}

func TestContactRefuses(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	for field, value := range map[string]string{"email": "nu e adresă", "mesaj": "scurt", "nume": strings.Repeat("x", 51)} {
		form := contactForm()
		form.Set(field, value)
		doc := site.visitor().post(t, "/contact/", form).status(t, http.StatusUnprocessableEntity).doc(t)
		doc.Has(t, "#"+field+"[aria-invalid=true]")
		doc.Has(t, "textarea[name=mesaj]", form.Get("mesaj"))
	}
	for _, address := range []string{"ion@localhost", "Ion <ion@example.com>", "a@b.ro\r\nBcc: x@y.ro", "@example.com", strings.Repeat("a", 200) + "@example.com"} {
		form := contactForm()
		form.Set("email", address)
		site.visitor().post(t, "/contact/", form).status(t, http.StatusUnprocessableEntity)
	}
	trapped := contactForm()
	trapped.Set("site", "https://example.com")
	site.visitor().post(t, "/contact/", trapped).status(t, http.StatusSeeOther)
	site.wantRows(t, "contact_messages", 0)

	for i := range 6 {
		form := contactForm()
		form.Set("mesaj", fmt.Sprintf("Mesajul cu numărul %d.", i))
		want := http.StatusSeeOther
		if i == 5 {
			want = http.StatusTooManyRequests
		}
		site.visitor().post(t, "/contact/", form).status(t, want)
	}
	site.wantRows(t, "contact_messages", 5)
	site.wantRows(t, "jobs", 0) // nobody to tell
}

// What a person wrote while signed in is in the copy of their data and goes with the account.
func TestContactIsTheirs(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	page := ana.get(t, "/contact/").doc(t)
	if page.Attr("#email", "value") != "ana@example.com" || page.Attr("#nume", "value") == "" {
		t.Error("the form does not know who writes")
	}
	ana.post(t, "/contact/", contactForm()).status(t, http.StatusSeeOther)
	if rows, err := site.store.ContactsOf(t.Context(), 1); err != nil || len(rows) != 1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	ana.post(t, "/profil/stergere/", url.Values{"confirmare": {"ana-pop"}}).status(t, http.StatusSeeOther)
	site.wantRows(t, "contact_messages", 0)
}
