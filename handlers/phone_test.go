package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"piata.ro/internal/dbtest"
)

// withPhone gives the person a phone number.
func (c *client) withPhone(t testing.TB, number string) *client {
	t.Helper()
	c.post(t, "/profil/editare/", url.Values{"nume": {"Ana Pop"}, "telefon": {number}}).status(t, http.StatusSeeOther)
	return c
}

func TestRevealPhone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana, dan := site.as(t, "Ana").withPhone(t, "0722 123 456"), site.as(t, "Dan")
		form := bicycleForm()
		form.Set("titlu", "Bicicletă Pegas 0733 444 555")
		form.Set("descriere", "Cadru de oțel, frâne noi. Tel: 0744-555-666, oricând.")
		path := ana.post(t, "/adauga-anunt/", form).location(t, http.StatusSeeOther)
		id := path[strings.LastIndexByte(path, '-')+1 : len(path)-1]
		reveal := "/anunt/" + id + "/telefon/"

		for _, page := range []string{path, "/anunturi/?q=pegas", "/feed.xml", "/api/v1/listings", "/api/v1/listings/" + id, "/", "/utilizator/ana-pop/"} {
			for _, c := range []*client{site.visitor(), dan} {
				body := c.get(t, page).status(t, http.StatusOK).body
				for _, digits := range []string{"123 456", "722123456", "444 555", "733444555", "555-666", "744555666"} {
					if strings.Contains(body, digits) {
						t.Errorf("%s shows %q", page, digits)
					}
				}
			}
		}
		if strings.Contains(path, "0733") {
			t.Errorf("the address %s shows the number", path)
		}
		if body := site.visitor().get(t, "/anunturi/?q=0733444555").body; strings.Contains(body, path) {
			t.Error("the number finds the listing")
		}

		site.visitor().post(t, reveal, nil).status(t, http.StatusSeeOther)
		site.visitor().get(t, path).doc(t).HasNot(t, `form[action="`+reveal+`"]`)
		dan.get(t, path).doc(t).Has(t, `form[action="`+reveal+`"] button`)
		doc := dan.post(t, reveal, nil).status(t, http.StatusOK).doc(t)
		doc.Has(t, `a[href="tel:+40722123456"]`, "0722 123 456")
		doc.Has(t, `a[href="tel:+40744555666"]`)
		fragment := dan.htmx().post(t, reveal, nil).status(t, http.StatusOK)
		if strings.Contains(fragment.body, "<html") || !strings.Contains(fragment.body, "40733444555") {
			t.Errorf("fragment: %.300s", fragment.body)
		}
		ana.post(t, reveal, nil).status(t, http.StatusOK)
		site.wantRows(t, "phone_reveals", 1)
		ana.get(t, "/profil/anunturi/").doc(t).Has(t, ".mine__item", "o persoană a cerut telefonul")

		ana.post(t, "/anunt/"+id+"/vandut/", nil).status(t, http.StatusSeeOther)
		dan.post(t, reveal, nil).status(t, http.StatusNotFound)
		dan.post(t, "/anunt/999999/telefon/", nil).status(t, http.StatusNotFound)
	})
}

// A number in the texts is noticed: the form and the owner's page offer to move it into the profile.
func TestMovePhone(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	form := bicycleForm()
	form.Set("descriere", "Cadru de oțel, frâne noi, folosită două veri. Tel: 0744-555-666.")
	form.Del("judet")
	ana.post(t, "/adauga-anunt/", form).status(t, http.StatusUnprocessableEntity).doc(t).Has(t, `[name=muta_telefon]`)
	form = bicycleForm()
	form.Set("descriere", "Cadru de oțel, frâne noi, folosită două veri. Tel: 0744-555-666.")
	path := ana.post(t, "/adauga-anunt/", form).location(t, http.StatusSeeOther)
	id := path[strings.LastIndexByte(path, '-')+1 : len(path)-1]
	ana.get(t, path).doc(t).Has(t, `form[action="/anunt/`+id+`/muta-telefon/"]`)
	ana.get(t, "/anunt/"+id+"/editare/").doc(t).Has(t, `[name=muta_telefon][checked]`)
	site.as(t, "Dan").post(t, "/anunt/"+id+"/muta-telefon/", nil).status(t, http.StatusNotFound)

	ana.post(t, "/anunt/"+id+"/muta-telefon/", nil).location(t, http.StatusSeeOther)
	doc := ana.get(t, path).doc(t)
	doc.HasNot(t, `form[action$="/muta-telefon/"]`)
	doc.Has(t, ".listing__text", "Cadru de oțel, frâne noi, folosită două veri")
	ana.get(t, "/profil/").doc(t).Has(t, "main", "0744 555 666")
}
