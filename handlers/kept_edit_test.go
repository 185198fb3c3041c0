package handlers

import (
	"net/http"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
)

// TestKeptEdit: an edit that took longer than the session's token lives is not lost.
func TestKeptEdit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.as(t, "Ana")
		address, id := ana.publish(t, bicycleForm(), picture(0), picture(1))
		edit := "/anunt/" + id + "/editare/"
		form := shownForm(t, ana.get(t, edit).doc(t))
		form.Set("pret", "999")
		form.Set("titlu", "Bicicletă Pegas mai ieftină")
		form.Add("sterge_foto", form["foto"][0])
		site.clock.advance(10 * time.Minute)
		login := ana.upload(t, edit, form, picture(2)).location(t, http.StatusSeeOther)
		ana.follow(t, address).doc(t).Has(t, "main", "1.250 lei")

		// Somebody else at this browser does not get it.
		dan := site.as(t, "Dan")
		dan.cookies[editCookie] = ana.cookies[editCookie]
		dan.get(t, edit).status(t, http.StatusNotFound)
		_, other := dan.publish(t, with(bicycleForm(), "titlu", "Bicicleta lui Dan"))
		if got := shownForm(t, dan.get(t, "/anunt/"+other+"/editare/").doc(t)).Get("titlu"); got != "Bicicleta lui Dan" {
			t.Errorf("another listing's form shows %q", got)
		}

		page := ana.follow(t, login).status(t, http.StatusOK).doc(t)
		page.Has(t, "[data-draft-note]", "Schimbările tale de mai devreme")
		again := shownForm(t, page)
		if again.Get("pret") != "999" || again.Get("titlu") != "Bicicletă Pegas mai ieftină" || again.Get("versiune") != form.Get("versiune") || len(again["foto"]) != 2 {
			t.Fatalf("form shows %v", again)
		}
		ana.upload(t, edit, again).status(t, http.StatusSeeOther)
		ana.follow(t, address).doc(t).Has(t, "main", "999 lei", "mai ieftină")
		site.wantRows(t, "photos WHERE listing_id = "+id, 2)
		if got := shownForm(t, ana.get(t, edit).doc(t)); len(got["foto"]) != 2 || got.Get("pret") != "999" {
			t.Errorf("the form shows %v afterwards", got)
		}
	})
}
