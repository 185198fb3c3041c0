package handlers

import (
	"net/http"
	"strings"
	"testing"
)

func TestFavorites(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
	address, id := ana.publish(t, bicycleForm())
	save := "/favorite/toggle/" + id + "/"
	small := dan.htmx().with("HX-Current-URL", testOrigin+"/anunturi/").post(t, save, nil).status(t, http.StatusOK)
	small.doc(t).Has(t, `form.fav button[aria-pressed=true]`)
	small.doc(t).HasNot(t, ".fav--large")
	if strings.Contains(small.body, "<html") {
		t.Error("the heart is a whole page")
	}
	dan.get(t, "/favorite/").status(t, http.StatusOK).doc(t).Has(t, `a[href="`+address+`"]`)
	large := dan.htmx().with("HX-Current-URL", testOrigin+address).post(t, save, nil).status(t, http.StatusOK).doc(t)
	large.Has(t, `form.fav--large button[aria-pressed=false]`)
	dan.get(t, "/favorite/").status(t, http.StatusOK).doc(t).HasNot(t, ".card")

	for from, want := range map[string]string{"": "/favorite/", testOrigin + "/anunturi/?q=a": "/anunturi/?q=a", "https://evil.example/": "/favorite/", "http://localhost:8080//evil.example/": "/favorite/"} {
		if got := dan.with("Referer", from).post(t, save, nil).location(t, http.StatusSeeOther); got != want {
			t.Errorf("from %q one gets to %q, want %q", from, got, want)
		}
	}
	for _, bad := range []string{"0", "-1", "999", "abc", "1e3", "99999999999999999999"} {
		dan.post(t, "/favorite/toggle/"+bad+"/", nil).status(t, http.StatusNotFound)
	}
	// What was saved and then sold stays in the list; what was deleted goes.
	dan.get(t, "/favorite/").doc(t)
	if pressed := dan.get(t, address).doc(t).Attr(".fav--large button", "aria-pressed"); pressed != "true" {
		dan.post(t, save, nil)
	}
	ana.post(t, "/anunt/"+id+"/vandut/", nil).status(t, http.StatusSeeOther)
	dan.get(t, "/favorite/").status(t, http.StatusOK)
	ana.post(t, "/anunt/"+id+"/sterge/", nil).status(t, http.StatusSeeOther)
	dan.get(t, "/favorite/").status(t, http.StatusOK).doc(t).HasNot(t, ".card")
	dan.post(t, save, nil).status(t, http.StatusNotFound)
	site.wantRows(t, "favorites", 0)
}
