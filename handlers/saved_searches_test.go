package handlers

import (
	"database/sql"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/htmltest"
	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/mail/mailtest"
	"piata.ro/internal/urls"
)

// sendingTo is the site with a mail server.
func sendingTo(t testing.TB, server *mailtest.Server) siteOption {
	t.Helper()
	sender, err := mail.New(mail.Options{Host: server.Host, Port: server.Port, From: "Piața.ro <anunt@piata.ro>"})
	if err != nil {
		t.Fatal(err)
	}
	return func(p *siteParts) { p.mail = sender }
}

// work does the queued jobs that are due.
func (s *testSite) work(t testing.TB) {
	t.Helper()
	handlers := s.server.QuickWork()
	maps.Copy(handlers, s.server.MailWork())
	queue := &jobs.Queue{Store: s.store, Log: slog.New(slog.NewTextHandler(testLog{t}, nil)), Now: s.clock.now, Handlers: handlers}
	lane := queue.Lane("test", 50, slices.Sorted(maps.Keys(handlers))...)
	for more := true; more; {
		var err error
		if more, err = lane.Do(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// saveSearch saves the search of a results page and returns the path of its own.
func (c *client) saveSearch(t testing.TB, page string, more ...string) string {
	t.Helper()
	query := c.get(t, page).status(t, http.StatusOK).doc(t).Attr(".save-search [name=cautare]", "value")
	if query == "" {
		t.Fatalf("%s offers nothing to save", page)
	}
	form := url.Values{"cautare": {query}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	if to := c.post(t, urls.SavedSearches, form).location(t, http.StatusSeeOther); to != urls.SavedSearches {
		t.Fatalf("saved, and sent to %s", to)
	}
	path := c.get(t, urls.SavedSearches).status(t, http.StatusOK).doc(t).Attr(".mine__title a", "href")
	return path
}

func TestSavedSearchFindsEachListingOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
		path := dan.saveSearch(t, "/anunturi/?q=pegas&judet=CJ&sort=ieftine")
		dan.saveSearch(t, "/categorii/biciclete/")
		ana.saveSearch(t, "/categorii/biciclete/")
		ana.publish(t, bicycleForm())
		ana.publish(t, with(bicycleForm(), "titlu", "Bicicletă DHS de munte", "judet", "IS", "localitate", "Iași"))
		site.clock.advance(time.Second)
		site.work(t)
		site.work(t)

		dan.get(t, urls.Profile).status(t, http.StatusOK).doc(t).Has(t, ".account__link small", "3 anunțuri noi")
		list := dan.get(t, urls.SavedSearches).doc(t)
		list.Has(t, "li .tag", "unul nou")
		list.Has(t, "li .tag", "2 noi")
		list.HasNot(t, "[name=frecventa]") // no e-mails are sent here
		if results := list.Attr("li:last-child p a", "href"); results != "/anunturi/?exact=da&judet=CJ&q=pegas" {
			t.Errorf("its results are at %s", results)
		}
		found := dan.get(t, path).status(t, http.StatusOK).doc(t)
		found.Has(t, ".card", "Bicicletă Pegas de oraș")
		found.HasNot(t, ".card:nth-child(2)")
		dan.get(t, urls.SavedSearches).doc(t).HasNot(t, `li:last-child .tag`) // seen now
		ana.get(t, urls.SavedSearches).doc(t).HasNot(t, ".tag")               // her own are no news
		ana.get(t, path).status(t, http.StatusNotFound)

		address := dan.get(t, urls.SavedSearches).doc(t).Attr("#flux", "value")
		feed := strings.TrimPrefix(address, testOrigin)
		if entries := site.visitor().feed(t, feed).Entries; len(entries) != 2 || !strings.Contains(entries[0].Title, "DHS") {
			t.Errorf("feed %+v", entries)
		}
		dan.post(t, urls.RotateAlertFeed, nil).location(t, http.StatusSeeOther)
		site.visitor().get(t, feed).status(t, http.StatusNotFound)
		if next := dan.get(t, urls.SavedSearches).doc(t).Attr("#flux", "value"); next == address {
			t.Error("the feed has its old address")
		}
		dan.post(t, path, url.Values{"nume": {"Pegasul meu"}}).location(t, http.StatusSeeOther)
		dan.get(t, urls.SavedSearches).doc(t).Has(t, ".mine__title", "Pegasul meu")
		ana.post(t, path+"sterge/", nil).status(t, http.StatusNotFound)
		dan.post(t, path+"sterge/", nil).location(t, http.StatusSeeOther)
		dan.get(t, path).status(t, http.StatusNotFound)
	})
}

func TestSaveSearchForm(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	dan := site.as(t, "Dan")
	dan.get(t, "/anunturi/?sort=ieftine").doc(t).HasNot(t, ".save-search")
	site.visitor().get(t, "/anunturi/?q=pegas").doc(t).Has(t, ".save-search button", "Salvează căutarea")
	to := site.visitor().with("Referer", testOrigin+"/anunturi/?q=pegas").post(t, urls.SavedSearches, url.Values{"cautare": {"q=pegas"}}).location(t, http.StatusSeeOther)
	if !strings.HasPrefix(to, urls.Login) || !strings.Contains(to, url.QueryEscape("/anunturi/?q=pegas")) {
		t.Errorf("a visitor is sent to %s", to)
	}
	part := dan.htmx().post(t, urls.SavedSearches, url.Values{"cautare": {"q=pegas&sort=noi&judet=CJ"}, "nume": {"  Pegas \n Cluj "}}).status(t, http.StatusOK).doc(t)
	part.Has(t, "form.save-search [role=status]", "Căutare salvată")
	part.HasNot(t, "header")
	dan.get(t, "/anunturi/?q=pegas&judet=CJ").doc(t).Has(t, ".save-search a", "Căutare salvată")
	dan.get(t, urls.SavedSearches).doc(t).Has(t, ".mine__title", "Pegas Cluj")
	for form, want := range map[string]int{"": http.StatusConflict, "sort=noi": http.StatusConflict, "%zz": http.StatusUnprocessableEntity, "categorie=avioane": http.StatusConflict, "q=" + strings.Repeat("a", 3000): http.StatusUnprocessableEntity} {
		if got := dan.post(t, urls.SavedSearches, url.Values{"cautare": {form}}).StatusCode; got != want {
			t.Errorf("%.40q: status %d, want %d", form, got, want)
		}
	}
	site.wantRows(t, "saved_searches", 1)
}

// alertedSite has a mail server and somebody with two searches, told at once and in the morning.
func alertedSite(t *testing.T, databaseURL string, o mailtest.Options) (*testSite, *mailtest.Server, *client) {
	t.Helper()
	server := mailtest.Start(t, o)
	site := newTestSite(t, onDatabase(databaseURL), sendingTo(t, server))
	dan := site.as(t, "Dan")
	dan.saveSearch(t, "/anunturi/?q=pegas", "frecventa", "imediat", "nume", "„Pegas” & co")
	dan.saveSearch(t, "/categorii/biciclete/")
	return site, server, dan
}

func TestAlertsByMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site, server, dan := alertedSite(t, databaseURL, mailtest.Options{})
		ana := site.as(t, "Ana")
		address, _ := ana.publish(t, with(bicycleForm(), "titlu", "Bicicletă Pegas <b>nouă</b>"), picture(0))
		ana.publish(t, with(bicycleForm(), "titlu", "Altă bicicletă Pegas"))
		site.work(t)
		if n := len(server.Mails()); n != 0 {
			t.Errorf("%d mails before what comes together has come", n)
		}
		site.clock.advance(4 * time.Minute)
		site.work(t)
		site.work(t)
		mails := server.Mails()
		if len(mails) != 1 || mails[0].To != "dan@example.com" {
			t.Fatalf("mails %+v", mails)
		}
		plain, html := mails[0].Bodies(t)
		for _, want := range []string{"Bicicletă Pegas <b>nouă</b>", "Altă bicicletă", "1.250 lei · Turda", testOrigin + address, testOrigin + "/cautari/oprire/"} {
			if !strings.Contains(plain, want) {
				t.Errorf("the text lacks %q:\n%s", want, plain)
			}
		}
		if subject := mails[0].Subject(t); subject != "2 anunțuri noi pentru „Pegas” & co" {
			t.Errorf("subject %q", subject)
		}
		doc := htmltest.Parse(t, html)
		doc.Has(t, "h1", "2 anunțuri noi pentru „Pegas” & co")
		doc.Has(t, "td a", "Bicicletă Pegas <b>nouă</b>")
		if src := doc.Attr("img", "src"); !strings.HasPrefix(src, testOrigin+"/foto/") {
			t.Errorf("photo %q", src)
		}
		stop := strings.Trim(mails[0].Parse(t).Header.Get("List-Unsubscribe"), "<>")
		if mails[0].Parse(t).Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.Contains(plain, stop) {
			t.Errorf("stop %q", stop)
		}
		site.clock.advance(19 * time.Hour) // the next morning
		site.work(t)
		if mails = server.Mails(); len(mails) != 2 || mails[1].Subject(t) != "2 anunțuri noi pentru „Biciclete”" {
			t.Fatalf("the digest: %d mails", len(mails))
		}
		stopByMail(t, site, strings.TrimPrefix(stop, testOrigin))
		dan.get(t, urls.SavedSearches).doc(t).Has(t, "li:last-child option[selected]", "Fără e-mail")
		site.as(t, "Ana").publish(t, with(bicycleForm(), "titlu", "A treia bicicletă Pegas"))
		site.work(t)
		site.clock.advance(time.Hour)
		site.work(t)
		if n := len(server.Mails()); n != 2 {
			t.Errorf("%d mails after the stop", n)
		}
		dan.get(t, urls.Profile).doc(t).Has(t, ".account__link small", "6 anunțuri noi") // the account goes on
	})
}

// stopByMail does what people and mail programs do with the address, neither signed in.
func stopByMail(t *testing.T, site *testSite, path string) {
	t.Helper()
	visitor := site.visitor()
	asked := visitor.get(t, path).status(t, http.StatusOK)
	asked.doc(t).Has(t, "form[method=post] button", "Oprește e-mailurile")
	if asked.Header.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(asked.Header.Get("X-Robots-Tag"), "noindex") {
		t.Errorf("headers %v", asked.Header)
	}
	if n := site.count(t, "SELECT count(*) FROM saved_searches WHERE frequency = 'never'"); n != 0 {
		t.Error("looking at the address ended something")
	}
	r := httptest.NewRequest(http.MethodPost, testOrigin+path, strings.NewReader("List-Unsubscribe=One-Click"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://mail.example")
	visitor.do(t, r).status(t, http.StatusOK).doc(t).Has(t, "h1", "Gata, nu îți mai scriem")
	visitor.post(t, path, nil).status(t, http.StatusOK)
	visitor.post(t, "/cautari/oprire/AAAA/", nil).status(t, http.StatusNotFound)
}

// Searches that an older program filed are filed anew before a listing looks for them.
func TestListingFindsSearchesFiledBefore(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.as(t, "Dan").saveSearch(t, "/anunturi/?q=pegas")
	db, err := sql.Open("sqlite", "file:"+filepath.Join(site.dir, "piata.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "UPDATE saved_searches SET filed_as = 1; UPDATE saved_search_keys SET key = 'old ' || key, user_id = 0, terms = ''"); err != nil {
		t.Fatal(err)
	}
	site.as(t, "Ana").publish(t, bicycleForm())
	site.work(t)
	site.wantRows(t, "saved_search_matches", 1)
}

// Between people one of whom has blocked the other, searches find nothing and tell nothing of what they found before.
func TestAlertsHeedBlocks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Dan", "Ana"} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, databaseURL string) {
				site, server, dan := alertedSite(t, databaseURL, mailtest.Options{})
				ana := site.as(t, "Ana")
				_, id := ana.publish(t, bicycleForm())
				site.as(t, "Eva").publish(t, with(bicycleForm(), "titlu", "Pegas al Evei"))
				site.work(t)
				found := dan.get(t, urls.SavedSearches).doc(t).Attr("li:last-child .mine__title a", "href") // „pegas”
				feed := strings.TrimPrefix(dan.get(t, urls.SavedSearches).doc(t).Attr("#flux", "value"), testOrigin)
				talk := dan.post(t, "/trimite-mesaj/"+id+"/", url.Values{"mesaj": {"Bună ziua"}}).location(t, http.StatusSeeOther)
				site.as(t, name).post(t, talk+"blocare/", nil).location(t, http.StatusSeeOther)
				ana.publish(t, with(bicycleForm(), "titlu", "Alt Pegas al Anei"))
				site.work(t)
				if n := site.count(t, "SELECT count(*) FROM saved_search_matches"); n != 4 {
					t.Errorf("%d matches, want those of before", n)
				}
				dan.get(t, urls.Profile).doc(t).Has(t, ".account__link small", "2 anunțuri noi") // one listing, by two searches
				site.clock.advance(5 * time.Minute)
				site.work(t)
				if mails := server.Mails(); len(mails) != 1 || mails[0].Subject(t) != "un anunț nou pentru „Pegas” & co" {
					t.Errorf("%d mails", len(mails))
				}
				if got := titles(t, dan.get(t, found)); !slices.Equal(got, []string{"Pegas al Evei"}) {
					t.Errorf("the account shows %q", got)
				}
				if entries := site.visitor().feed(t, feed).Entries; len(entries) != 1 {
					t.Errorf("%d in the feed", len(entries))
				}
				site.as(t, name).post(t, talk+"blocare/", nil).location(t, http.StatusSeeOther)
				if got := titles(t, dan.get(t, found)); len(got) != 2 {
					t.Errorf("no longer blocked: the account shows %q", got)
				}
			})
		})
	}
}

// What the mail server answers decides whether a mail is tried again; the account shows everything anyway.
func TestAlertsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	answers := []string{"451 4.3.0 later", "", "550 5.1.1 no such user", ""}
	site, server, _ := alertedSite(t, "", mailtest.Options{Answer: func(command, _ string) string {
		if command != "RCPT" || len(answers) == 0 {
			return ""
		}
		answer := answers[0]
		answers = answers[1:]
		return answer
	}})
	tell := func(title string) {
		t.Helper()
		site.as(t, "Ana").publish(t, with(bicycleForm(), "titlu", title)) // a session does not last that long
		site.work(t)
		site.clock.advance(5 * time.Minute)
		site.work(t)
	}
	tell("Bicicletă Pegas întâi")
	if n := len(server.Mails()); n != 0 {
		t.Errorf("%d mails while the server is busy", n)
	}
	tell("Bicicletă Pegas a doua") // the first is tried again, alone
	if mails := server.Mails(); len(mails) != 1 || mails[0].Subject(t) != "un anunț nou pentru „Pegas” & co" {
		t.Fatalf("%d mails, the first about %q", len(mails), mails[0].Subject(t))
	}
	tell("Bicicletă Pegas a treia") // the second was refused for good
	mails := server.Mails()
	if len(mails) != 2 {
		t.Fatalf("%d mails", len(mails))
	}
	plain, _ := mails[1].Bodies(t)
	if !strings.Contains(plain, "a treia") || strings.Contains(plain, "întâi") {
		t.Errorf("the last mail:\n%s", plain)
	}
}

func TestExportHasSavedSearches(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	dan := site.as(t, "Dan")
	dan.saveSearch(t, "/anunturi/?q=pegas")
	if body := unzip(t, dan.get(t, urls.ExportData).body)["cautari.json"]; !strings.Contains(body, testOrigin+"/anunturi/?q=pegas") {
		t.Errorf("cautari.json: %s", body)
	}
}
