package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/mail/mailtest"
	"piata.ro/models"
)

// moderated is a site where Mara is a moderator.
func moderated(p *siteParts) { p.config.AdminEmails = []string{"mara@example.com"} }

func userNamed(t *testing.T, site *testSite, username string) models.User {
	t.Helper()
	u, err := site.store.UserByUsername(t.Context(), username)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// wantLetter does the work that waits and expects one letter of it.
func (s *testSite) wantLetter(t *testing.T, letters *mailtest.Server, to string, words ...string) {
	t.Helper()
	s.work(t)
	got := letters.Mails()
	if len(got) != 1 {
		t.Fatalf("%d letters, want 1", len(got))
	}
	plain, _ := got[0].Bodies(t)
	for _, want := range words {
		if address := got[0].Parse(t).Header.Get("To"); !strings.Contains(plain, want) || !strings.Contains(address, to) {
			t.Errorf("to %s: %q misses %q", address, plain, want)
		}
	}
}

func TestReportListing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		letters := mailtest.Start(t, mailtest.Options{})
		site := newTestSite(t, onDatabase(databaseURL), moderated, sendingTo(t, letters))
		ana, dan, mara := site.as(t, "Ana"), site.as(t, "Dan"), site.as(t, "Mara")
		path, id := ana.publish(t, bicycleForm())
		report := "/raportare/" + id + "/"

		site.visitor().get(t, path).doc(t).Has(t, `a[href="`+report+`"]`)
		ana.get(t, path).doc(t).HasNot(t, `a[href="`+report+`"]`)
		site.visitor().post(t, report, url.Values{"motiv": {"spam"}}).status(t, http.StatusSeeOther)
		site.wantRows(t, "reports", 0)
		ana.get(t, report).status(t, http.StatusConflict)
		dan.get(t, report).status(t, http.StatusOK).doc(t).Has(t, `[name=motiv][value=inselatorie]`)
		dan.get(t, "/raportare/999999/").status(t, http.StatusNotFound)
		dan.post(t, report, url.Values{"motiv": {"x"}, "detalii": {"păstrează"}}).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, "[name=detalii]", "păstrează")
		dan.post(t, report, url.Values{"motiv": {"inselatorie"}, "detalii": {"Cere <b>avans</b>."}}).status(t, http.StatusSeeOther)
		dan.get(t, path).doc(t).Has(t, "[role=status]", "Mulțumim!")
		dan.post(t, report, url.Values{"motiv": {"spam"}}).status(t, http.StatusSeeOther)
		dan.get(t, path).doc(t).Has(t, "[role=status]", "deja")
		site.wantRows(t, "reports", 1)
		dan.get(t, "/profil/raportari/").doc(t).Has(t, ".reports__item", "În verificare")

		for _, c := range []*client{ana, dan} {
			c.get(t, "/moderare/").status(t, http.StatusNotFound)
			c.post(t, "/moderare/listing/"+id+"/", url.Values{"actiune": {"ascunde"}, "nota": {"x"}}).status(t, http.StatusNotFound)
		}
		site.visitor().get(t, "/moderare/").status(t, http.StatusSeeOther)
		doc := mara.get(t, "/moderare/").status(t, http.StatusOK).doc(t)
		doc.Has(t, ".reports__item", "Bicicletă Pegas", "1 raportare", "Pare o înșelătorie", "Cere <b>avans</b>.")
		mara.post(t, "/moderare/listing/"+id+"/", url.Values{"actiune": {"ascunde"}}).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, "[role=alert]", "Scrie de ce")
		mara.post(t, "/moderare/listing/"+id+"/", url.Values{"actiune": {"ascunde"}, "nota": {"Cere bani înainte."}}).status(t, http.StatusSeeOther)
		mara.post(t, "/moderare/listing/"+id+"/", url.Values{"actiune": {"respinge"}}).status(t, http.StatusNotFound)

		site.wantLetter(t, letters, "ana@example.com", "ți-a ascuns anunțul „Bicicletă Pegas", "Cere bani înainte.")
		dan.get(t, "/profil/raportari/").doc(t).Has(t, ".reports__item", "Am ascuns anunțul")
		dan.get(t, path).status(t, http.StatusGone)
		site.visitor().get(t, "/api/v1/listings/"+id).status(t, http.StatusGone)
		if body := site.visitor().get(t, "/anunturi/?q=pegas").body; strings.Contains(body, path) {
			t.Error("the hidden listing is found")
		}
		doc = ana.get(t, path).status(t, http.StatusOK).doc(t)
		doc.Has(t, ".band", "Cere bani înainte.")
		doc.HasNot(t, `form[action$="/reinnoire/"]`)
		ana.get(t, "/profil/anunturi/?stare=expirate").doc(t).Has(t, ".mine__item", "Cere bani înainte.")
		ana.post(t, "/anunt/"+id+"/reinnoire/", nil).status(t, http.StatusConflict)
		ana.post(t, "/anunt/"+id+"/vandut/", nil).status(t, http.StatusConflict)

		mara.get(t, "/moderare/").doc(t).Has(t, `form[action="/moderare/hotarare/1/retrage/"]`)
		dan.post(t, "/moderare/hotarare/1/retrage/", nil).status(t, http.StatusNotFound)
		mara.post(t, "/moderare/hotarare/1/retrage/", nil).status(t, http.StatusSeeOther)
		mara.post(t, "/moderare/hotarare/1/retrage/", nil).status(t, http.StatusNotFound)
		site.visitor().get(t, path).status(t, http.StatusOK)
		if body := site.visitor().get(t, "/anunturi/?q=pegas").body; !strings.Contains(body, path) {
			t.Error("the listing shown again is not found")
		}
	})
}

func TestSuspendPerson(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		letters := mailtest.Start(t, mailtest.Options{})
		site := newTestSite(t, onDatabase(databaseURL), moderated, sendingTo(t, letters))
		ana, dan, mara := site.as(t, "Ana"), site.as(t, "Dan"), site.as(t, "Mara")
		path, _ := ana.publish(t, bicycleForm())
		dan.get(t, "/utilizator/ana-pop/").doc(t).Has(t, `a[href="/raportare/utilizator/ana-pop/"]`)
		dan.post(t, "/raportare/utilizator/ana-pop/", url.Values{"motiv": {"inselatorie"}}).status(t, http.StatusSeeOther)
		dan.post(t, "/raportare/utilizator/nimeni/", url.Values{"motiv": {"spam"}}).status(t, http.StatusNotFound)
		id := strconv.FormatInt(userNamed(t, site, "ana-pop").ID, 10)
		mara.post(t, "/moderare/user/"+id+"/", url.Values{"actiune": {"ascunde"}, "nota": {"x"}}).status(t, http.StatusUnprocessableEntity)
		mara.post(t, "/moderare/user/"+id+"/", url.Values{"actiune": {"suspenda"}, "nota": {"Înșală."}}).status(t, http.StatusSeeOther)
		ana.get(t, "/profil/").status(t, http.StatusForbidden).doc(t).Has(t, ".oops__text", "„Înșală.”", "pagina de contact")
		site.wantLetter(t, letters, "ana@example.com", "ți-a suspendat contul", "Înșală.")
		site.visitor().get(t, path).status(t, http.StatusGone)
		if body := site.visitor().get(t, "/utilizator/ana-pop/").body; strings.Contains(body, path) {
			t.Error("the profile shows a hidden listing")
		}
		dan.get(t, "/profil/raportari/").doc(t).Has(t, ".reports__item", "Am suspendat contul")
		mara.post(t, "/moderare/hotarare/1/retrage/", nil).status(t, http.StatusSeeOther)
		ana.get(t, "/profil/").status(t, http.StatusOK)
		site.visitor().get(t, path).status(t, http.StatusOK)
	})
}

// Only whom a message was sent to can report it, and a moderator sees that message and the few around it, no more.
func TestReportMessage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL), moderated)
		ana, dan, ion, mara := site.as(t, "Ana"), site.as(t, "Dan"), site.as(t, "Ion"), site.as(t, "Mara")
		_, id := ana.publish(t, bicycleForm())
		for _, c := range []*client{dan, ion} {
			c.get(t, "/profil/").status(t, http.StatusOK)
		}
		listing, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		var sent []models.Message
		for i := range 12 {
			m, err := site.store.StartConversation(t.Context(), userNamed(t, site, "dan-pop").ID, listing, models.NewMessage{Body: "mesajul numărul " + strconv.Itoa(100+i)})
			if err != nil {
				t.Fatal(err)
			}
			sent = append(sent, m)
		}
		report := "/raportare/mesaj/" + strconv.FormatInt(sent[6].ID, 10) + "/"
		form := url.Values{"motiv": {"inselatorie"}}
		ion.get(t, report).status(t, http.StatusNotFound)
		ion.post(t, report, form).status(t, http.StatusNotFound)
		mara.get(t, report).status(t, http.StatusNotFound)
		dan.post(t, report, form).status(t, http.StatusConflict)
		ana.post(t, report, form).status(t, http.StatusSeeOther)
		if _, err := site.store.MessageWithNeighbours(t.Context(), sent[0].ID); err == nil {
			t.Error("a message that nobody reported is shown")
		}
		doc := mara.get(t, "/moderare/").status(t, http.StatusOK).doc(t)
		doc.Has(t, ".reports__reported", "mesajul numărul 106")
		doc.Has(t, ".reports__talk", "mesajul numărul 103", "mesajul numărul 109")
		for _, other := range []string{"numărul 102", "numărul 110"} {
			if strings.Contains(doc.Find("main").Text(), other) {
				t.Errorf("a moderator sees the message %q", other)
			}
		}
		mara.post(t, "/moderare/message/"+strconv.FormatInt(sent[6].ID, 10)+"/", url.Values{"actiune": {"respinge"}}).status(t, http.StatusSeeOther)
		ana.get(t, "/profil/raportari/").doc(t).Has(t, ".reports__item", "nu am găsit nimic")
	})
}
