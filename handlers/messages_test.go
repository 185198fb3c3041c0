package handlers

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/htmltest"
	"piata.ro/internal/urls"
)

// talking is a site on which Dan wrote to Ana about her bicycle.
type talking struct {
	*testSite
	ana, dan, ion *client
	talk          string // address of the conversation
}

func newTalking(t *testing.T, options ...siteOption) talking {
	t.Helper()
	site := newTestSite(t, options...)
	s := talking{testSite: site, ana: site.as(t, "Ana"), dan: site.as(t, "Dan"), ion: site.as(t, "Ion")}
	s.ana.post(t, urls.NewListing, bicycleForm()).status(t, http.StatusSeeOther)
	s.talk = s.dan.post(t, "/trimite-mesaj/1/", url.Values{"mesaj": {"Mai e disponibilă?"}}).location(t, http.StatusSeeOther)
	return s
}

func message(text string) url.Values { return url.Values{"mesaj": {text}} }

func countOf(t *testing.T, d htmltest.Doc, selector string, want int) {
	t.Helper()
	if n := d.Find(selector).Length(); n != want {
		t.Errorf("%d elements match %q, want %d", n, selector, want)
	}
}

func TestTalk(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		s := newTalking(t, onDatabase(databaseURL))
		page := s.ana.get(t, urls.Inbox).status(t, http.StatusOK).doc(t)
		page.Has(t, `.inbox__item[href="`+s.talk+`"] .badge`, "1")
		page.Has(t, `.awning [data-unread]`, "1")
		page.Has(t, `body[data-flux="/flux/?dupa=1"]`)
		page = s.ana.get(t, s.talk).status(t, http.StatusOK).doc(t)
		page.Has(t, `.msg__text`, "Mai e disponibilă?")
		page.Has(t, `a.talk__listing[href="/anunt/bicicleta-pegas-de-oras-1/"]`, "1.250 lei")
		page.HasNot(t, `.awning [data-unread]:not(:empty)`)
		s.ana.get(t, urls.MyListings).doc(t).Has(t, ".mine__price", "1 conversație, 1 mesaj")
		form := message("Da, este.")
		form.Set("cheie", page.Attr(`#scrie [name=cheie]`, "value"))
		for range 2 {
			if to := s.ana.post(t, s.talk, form).location(t, http.StatusSeeOther); to != s.talk {
				t.Errorf("sent on to %s", to)
			}
		}
		page = s.dan.get(t, s.talk).doc(t)
		countOf(t, page, `[data-message]`, 2)
		page.Has(t, `.msg--mine [data-read]`, "Văzut")

		s.ana.post(t, s.talk+"arhiva/", nil).location(t, http.StatusSeeOther)
		s.ana.get(t, urls.Inbox).doc(t).HasNot(t, `.inbox__item`)
		s.ana.get(t, urls.Inbox+"?arhiva=da").doc(t).Has(t, `.inbox__item`)
		s.ana.post(t, "/anunt/1/vandut/", nil).status(t, http.StatusSeeOther)
		s.dan.get(t, s.talk).doc(t).Has(t, `.talk__listing .tag`, "vândut")
		s.ana.post(t, "/anunt/1/sterge/", nil).status(t, http.StatusSeeOther)
		s.dan.get(t, s.talk).status(t, http.StatusOK).doc(t).Has(t, `div.talk__listing .tag`, "șters")
	})
}

func TestTalkIsPrivate(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	offer := s.dan.post(t, s.talk+"oferta/", url.Values{"suma": {"1000"}, "moneda": {"RON"}})
	offer.location(t, http.StatusSeeOther)
	for _, path := range []string{s.talk, s.talk + "calendar/2.ics", s.talk + "foto/a-400.jpg", "/conversatie/99/", "/conversatie/x/"} {
		s.ion.get(t, path).status(t, http.StatusNotFound)
	}
	for path, form := range map[string]url.Values{
		s.talk: message("Bună"), s.talk + "oferta/": {"suma": {"10"}}, s.talk + "intalnire/": {"loc": {"Piață"}, "zi": {"2026-11-25"}, "ora": {"10:00"}},
		s.talk + "raspuns/2/": {"raspuns": {"accepta"}}, s.talk + "arhiva/": nil, s.talk + "blocare/": nil, s.talk + "scrie/": nil, s.talk + "citit/": {"pana": {"1"}},
	} {
		s.ion.post(t, path, form).status(t, http.StatusNotFound)
	}
	visitor := s.visitor()
	for _, path := range []string{s.talk, urls.Inbox} {
		visitor.get(t, path).status(t, http.StatusSeeOther)
	}
	visitor.get(t, urls.Stream).status(t, http.StatusUnauthorized)
	s.ana.post(t, "/trimite-mesaj/1/", message("Bună")).status(t, http.StatusConflict).doc(t).Has(t, `.notice`, "nu-ți poți scrie")
	s.ana.get(t, "/anunt/bicicleta-pegas-de-oras-1/").doc(t).HasNot(t, `form[action^="/trimite-mesaj/"]`)
}

func TestBadMessages(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	s.dan.post(t, s.talk, message(" \n")).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `#scrie .field__error`, "Scrie un mesaj.")
	long := strings.Repeat("a", 4001)
	s.dan.post(t, s.talk, message(long)).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `#scrie textarea`, long)
	s.dan.post(t, s.talk, message(strings.Repeat("a", 10<<20))).status(t, http.StatusRequestEntityTooLarge)
	s.dan.upload(t, s.talk, message(strings.Repeat("a", 10<<20))).status(t, http.StatusUnprocessableEntity)
	s.dan.htmx().post(t, s.talk, message("")).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `form#scrie [aria-invalid=true]`)
	s.dan.htmx().post(t, s.talk, message("<img src=x> \u202etxt.exe\x00")).status(t, http.StatusOK).doc(t).Has(t, `hx-partial .msg--mine .msg__text`, "<img src=x> txt.exe")
	s.dan.post(t, s.talk+"oferta/", url.Values{"suma": {"mult"}}).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `#oferta[open] .field__error`)
	s.dan.post(t, s.talk+"intalnire/", url.Values{"loc": {"Piață"}, "zi": {"ieri"}, "ora": {"10:00"}}).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `#intalnire[open] .field__error`)
	s.dan.upload(t, s.talk, message("Poză"), []byte("nu e poză")).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `#scrie .field__error`)

	s.ana.post(t, s.talk+"blocare/", nil).status(t, http.StatusSeeOther)
	blocked := s.dan.post(t, s.talk, message("Alo?")).status(t, http.StatusConflict).doc(t)
	blocked.Has(t, `.notice`, "Nu mai poți scrie în această conversație.")
	blocked.HasNot(t, `#scrie`)
	s.wantRows(t, "messages", 2)
}

func TestMessagePhotos(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 40)), nil); err != nil {
		t.Fatal(err)
	}
	s.dan.upload(t, s.talk, message(""), b.Bytes(), b.Bytes()).location(t, http.StatusSeeOther)
	page := s.ana.get(t, s.talk)
	countOf(t, page.doc(t), `.msg__photos img`, 2)
	src := page.doc(t).Attr(`.msg__photos img`, "src")
	photo := s.ana.get(t, src).status(t, http.StatusOK)
	if kind, cache := photo.Header.Get("Content-Type"), photo.Header.Get("Cache-Control"); kind != "image/jpeg" || !strings.HasPrefix(cache, "private") {
		t.Errorf("%s, %s", kind, cache)
	}
	s.ion.get(t, src).status(t, http.StatusNotFound)
	s.visitor().get(t, src).status(t, http.StatusSeeOther)
	if strings.Contains(page.body, "/foto/") && strings.Contains(strings.ReplaceAll(page.body, s.talk+"foto/", ""), "/foto/") {
		t.Error("the page leads past the conversation")
	}
}

// What a moderator has to judge, pictures included, is what was reported; the messages around it are words.
func TestReportedPhoto(t *testing.T) {
	t.Parallel()
	s := newTalking(t, moderated)
	mara := s.as(t, "Mara")
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 40)), nil); err != nil {
		t.Fatal(err)
	}
	s.dan.post(t, s.talk+"oferta/", url.Values{"suma": {"1000"}}).status(t, http.StatusSeeOther)
	s.dan.upload(t, s.talk, message(""), b.Bytes()).status(t, http.StatusSeeOther)
	s.dan.upload(t, s.talk, message(""), b.Bytes()).status(t, http.StatusSeeOther)
	page := s.ana.get(t, s.talk).doc(t)
	src, other := page.Attr(`#m-3 img`, "src"), page.Attr(`#m-4 img`, "src")
	mara.get(t, src).status(t, http.StatusNotFound)
	s.ana.post(t, "/raportare/mesaj/3/", url.Values{"motiv": {"interzis"}}).status(t, http.StatusSeeOther)
	cases := mara.get(t, "/moderare/").doc(t)
	cases.Has(t, `.reports__reported img[src="`+src+`"]`)
	cases.Has(t, `.reports__talk`, "Ofertă: 1.000 lei", "Fotografie")
	cases.HasNot(t, `.reports__talk img[src="`+other+`"]`)
	mara.get(t, src).status(t, http.StatusOK)
	mara.get(t, other).status(t, http.StatusNotFound)
	s.ion.get(t, src).status(t, http.StatusNotFound)
	mara.get(t, s.talk).status(t, http.StatusNotFound)
}

func TestOfferAndMeeting(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	s.dan.post(t, s.talk+"oferta/", url.Values{"suma": {"1.000"}}).location(t, http.StatusSeeOther)
	s.dan.get(t, s.talk).doc(t).Has(t, `#m-2 [value=retrage]`)
	s.ana.get(t, s.talk).doc(t).Has(t, `#m-2 [value=accepta]`)
	s.ana.post(t, s.talk+"oferta/", url.Values{"suma": {"1.100"}}).location(t, http.StatusSeeOther)
	page := s.dan.get(t, s.talk).doc(t)
	page.Has(t, `#m-2 .proposal--countered`)
	page.Has(t, `#m-3 .proposal--open strong`, "Ofertă: 1.100 lei")
	s.dan.htmx().post(t, s.talk+"raspuns/3/", url.Values{"raspuns": {"accepta"}}).status(t, http.StatusOK).doc(t).Has(t, `li#m-3 .proposal--accepted`)
	s.dan.post(t, s.talk+"raspuns/3/", url.Values{"raspuns": {"refuza"}}).status(t, http.StatusConflict)
	s.dan.post(t, s.talk+"intalnire/", url.Values{"loc": {"Piața Mare; la ceas, sub turn"}, "zi": {"2026-11-24"}, "ora": {"18:00"}}).location(t, http.StatusSeeOther)
	s.dan.get(t, s.talk+"calendar/4.ics").status(t, http.StatusNotFound)
	s.ana.post(t, s.talk+"raspuns/4/", url.Values{"raspuns": {"accepta"}}).location(t, http.StatusSeeOther)
	file := s.dan.get(t, s.talk+"calendar/4.ics").status(t, http.StatusOK)
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "\r\nDTSTART:20261124T160000Z\r\n", `LOCATION:Piața Mare\; la ceas\, sub turn`, "END:VCALENDAR\r\n"} {
		if !strings.Contains(file.body, want) {
			t.Errorf("no %q in\n%s", want, file.body)
		}
	}
	for line := range strings.SplitSeq(file.body, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d bytes in a line: %s", len(line), line)
		}
	}
	s.ana.get(t, s.talk).doc(t).Has(t, `#m-4 [value=retrage]`, "Nu mai pot veni")
	s.ion.post(t, s.talk+"raspuns/4/", url.Values{"raspuns": {"retrage"}}).status(t, http.StatusNotFound)
	s.ana.post(t, s.talk+"raspuns/4/", url.Values{"raspuns": {"retrage"}}).location(t, http.StatusSeeOther)
	page = s.dan.get(t, s.talk).doc(t)
	page.Has(t, `#m-4 .proposal--withdrawn`)
	page.Has(t, `#m-5 .msg__text`, "Nu mai pot veni la întâlnirea din 24 nov. 2026, 18:00.")
	s.dan.get(t, s.talk+"calendar/4.ics").status(t, http.StatusNotFound)
}

func TestMessageBeforeSignIn(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	visitor := s.visitor()
	visitor.get(t, "/anunt/bicicleta-pegas-de-oras-1/").doc(t).Has(t, `form[action="/trimite-mesaj/1/"] [name=intrebare]`)
	to := visitor.post(t, "/trimite-mesaj/1/", url.Values{"mesaj": {"Bună!"}, "intrebare": {"pret"}}).location(t, http.StatusSeeOther)
	if to != urls.SignIn("/trimite-mesaj/1/") {
		t.Errorf("sent on to %s", to)
	}
	s.wantRows(t, "messages", 1)
	eva := s.as(t, "Eva")
	eva.cookies[messageCookie] = visitor.cookies[messageCookie]
	page := eva.get(t, "/trimite-mesaj/1/").status(t, http.StatusOK).doc(t)
	page.Has(t, `#scrie textarea`, "Bună! Care este ultimul preț?")
	s.wantRows(t, "messages", 1)
	form := message(page.Find(`#scrie textarea`).Text())
	form.Set("cheie", page.Attr(`#scrie [name=cheie]`, "value"))
	eva.post(t, "/trimite-mesaj/1/", form).location(t, http.StatusSeeOther)
	if eva.cookies[messageCookie] != "" {
		t.Error("what was sent is still kept")
	}
	s.wantRows(t, "messages", 2)

	// A session that ran out while somebody was writing.
	again := s.visitor()
	again.post(t, s.talk, message("Revin mâine.")).location(t, http.StatusSeeOther)
	s.dan.cookies[messageCookie] = again.cookies[messageCookie]
	s.dan.get(t, s.talk).doc(t).Has(t, `#scrie textarea`, "Revin mâine.")
	s.visitor().htmx().post(t, s.talk, message("Revin")).status(t, http.StatusUnauthorized)
}

func TestOlderMessages(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	for range messagePage {
		s.ana.post(t, s.talk, message("Mesaj")).status(t, http.StatusSeeOther)
	}
	page := s.dan.get(t, s.talk).doc(t)
	countOf(t, page, `[data-message]`, messagePage)
	older := page.Attr(`.thread__older a`, "href")
	s.dan.get(t, older).doc(t).Has(t, `.msg__text`, "Mai e disponibilă?")
	part := s.dan.htmx().get(t, older).status(t, http.StatusOK).doc(t)
	countOf(t, part, `[data-message]`, 1)
	part.HasNot(t, `.thread__older, #scrie`)
}

func TestMessageWithWarning(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	text := "Am plătit deja, intră pe https://fancourier-ro.top/primeste și scrie datele cardului ca să primești banii"
	s.dan.post(t, s.talk, message(text)).status(t, http.StatusSeeOther)
	page := s.ana.get(t, s.talk).doc(t)
	page.Has(t, `#m-2[data-verdict=periculos] .msg__warning li`, "fancourier")
	page.Has(t, `#m-2 .msg__text a[href^="/iesire/?catre="]`, "https://fancourier-ro.top/primeste")
	page.HasNot(t, `a[href*="//fancourier"]`)
	page.HasNot(t, `#m-1[data-verdict]`)
}

func TestExportOfMessages(t *testing.T) {
	t.Parallel()
	s := newTalking(t)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 40)), nil); err != nil {
		t.Fatal(err)
	}
	s.ana.upload(t, s.talk, message("Uite-o."), b.Bytes()).status(t, http.StatusSeeOther)
	files := unzip(t, s.dan.get(t, urls.ExportData).status(t, http.StatusOK).body)
	for _, want := range []string{"Mai e disponibilă?", `"from": "me"`, `"from": "them"`, "mesaje/1/mesaj-2-foto-1.jpg"} {
		if !strings.Contains(files["mesaje/1/conversatie.json"], want) {
			t.Errorf("no %s in %s", want, files["mesaje/1/conversatie.json"])
		}
	}
	if files["mesaje/1/mesaj-2-foto-1.jpg"] == "" {
		t.Error("no picture")
	}
	for _, text := range unzip(t, s.ion.get(t, urls.ExportData).body) {
		if strings.Contains(text, "disponibilă") {
			t.Error("a stranger's export has the message")
		}
	}
}
