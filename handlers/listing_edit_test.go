package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/dbtest"
)

// publish posts a good form and returns the address and the number of the listing.
func (c *client) publish(t testing.TB, form url.Values, pictures ...[]byte) (address, id string) {
	t.Helper()
	address = c.upload(t, "/adauga-anunt/", form, pictures...).location(t, http.StatusSeeOther)
	return address, strings.TrimSuffix(address[strings.LastIndexByte(address, '-')+1:], "/")
}

func TestEdit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		seller := site.as(t, "Ana")
		form := bicycleForm()
		form.Set("negociabil", "da")
		form.Set("pret", "1.250,50")
		address, id := seller.publish(t, form, picture(0), picture(1))
		edit := "/anunt/" + id + "/editare/"

		// What the form shows, sent back, changes nothing.
		shown := shownForm(t, seller.get(t, edit).status(t, http.StatusOK).doc(t))
		for name, want := range form {
			if got := shown.Get(name); got != want[0] {
				t.Errorf("%s is shown as %q, want %q", name, got, want[0])
			}
		}
		before := seller.get(t, address).doc(t).Find("main").Text()
		seller.upload(t, edit, shown).status(t, http.StatusSeeOther)
		if after := seller.get(t, address).doc(t).Find(".gallery").Text(); !strings.Contains(before, after) {
			t.Errorf("the gallery changed: %q", after)
		}
		site.wantRows(t, "photos", 2)

		// A bad price keeps the rest, a new photo included; the shown form saves it all, in the new order.
		shown = shownForm(t, seller.get(t, edit).doc(t))
		ids := shown["foto"]
		shown.Set("pret", "mult")
		shown.Set("titlu", "Bicicletă Pegas reparată")
		shown.Add("sterge_foto", ids[0])
		page := seller.upload(t, edit, shown, picture(2)).status(t, http.StatusUnprocessableEntity).doc(t)
		page.Has(t, "#pret-eroare", "ca număr")
		if n := page.Find(".photos__item").Length(); n != 2 {
			t.Fatalf("%d photos in the form, want 2", n)
		}
		added := page.Find(".photos__item img").Eq(1).AttrOr("src", "")
		again := shownForm(t, page)
		if again.Get("titlu") != "Bicicletă Pegas reparată" || again.Get("pret") != "mult" {
			t.Errorf("form shows %v", again)
		}
		again.Set("pret", "900")
		again.Set("ordine_"+again["foto"][1], "0")
		moved := seller.upload(t, edit, again).location(t, http.StatusSeeOther)
		public := site.visitor().get(t, moved).status(t, http.StatusOK).doc(t)
		public.Has(t, "h1", "Bicicletă Pegas reparată")
		if first := public.Attr(".gallery img", "src"); first[:38] != added[:38] {
			t.Errorf("cover is %q, want %q", first, added)
		}
		site.wantRows(t, "photos", 2)
		if got := site.visitor().get(t, address).location(t, http.StatusMovedPermanently); got != moved {
			t.Errorf("old address leads to %q, want %q", got, moved)
		}
	})
}

func TestEditConflict(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	address, id := seller.publish(t, bicycleForm(), picture(0))
	edit := "/anunt/" + id + "/editare/"
	mine := shownForm(t, seller.get(t, edit).doc(t))
	other := shownForm(t, seller.get(t, edit).doc(t))
	seller.upload(t, edit, with(other, "pret", "900")).status(t, http.StatusSeeOther)

	mine.Set("titlu", "Bicicletă Pegas, alt titlu")
	page := seller.upload(t, edit, mine, picture(1)).status(t, http.StatusConflict).doc(t)
	page.Has(t, "[role=alert]", "schimbat între timp")
	again := shownForm(t, page)
	if again.Get("titlu") != "Bicicletă Pegas, alt titlu" || again.Get("pret") != "1.250" || len(again["foto"]) != 2 {
		t.Errorf("form shows %v", again)
	}
	seller.get(t, address).doc(t).Has(t, "main", "900 lei")
	moved := seller.upload(t, edit, again).location(t, http.StatusSeeOther)
	seller.get(t, moved).doc(t).Has(t, "main", "1.250 lei", "alt titlu")
	site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 2)
}

func TestEditPhotoLimit(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	var pictures [][]byte
	for i := range 12 {
		pictures = append(pictures, picture(i))
	}
	_, id := seller.publish(t, bicycleForm(), pictures[:11]...)
	edit := "/anunt/" + id + "/editare/"
	// Photos of an edit that was given up do not stand in the way of the next.
	given := shownForm(t, seller.get(t, edit).doc(t))
	for _, p := range given["foto"] {
		given.Add("sterge_foto", p)
	}
	seller.upload(t, edit, with(given, "pret", "mult"), pictures[:10]...).status(t, http.StatusUnprocessableEntity)

	form := shownForm(t, seller.get(t, edit).doc(t))
	page := seller.upload(t, edit, form, picture(20), picture(21)).status(t, http.StatusUnprocessableEntity).doc(t)
	page.Has(t, "#fotografii-eroare", "cel mult 12")
	if n := page.Find(".photos__item").Length(); n != 12 {
		t.Fatalf("%d photos in the form, want 12", n)
	}
	seller.upload(t, edit, shownForm(t, page)).status(t, http.StatusSeeOther)
	site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 12)

	// A program that says nothing of photos keeps them and may not go over the limit unheard.
	seller.upload(t, edit, with(bicycleForm(), "pret", "800")).status(t, http.StatusSeeOther)
	site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 12)
	seller.upload(t, edit, bicycleForm(), picture(30)).status(t, http.StatusUnprocessableEntity)
}

// TestEditPhotosWithoutVersion: a program that leaves the version out can arrange and remove photos all the same.
func TestEditPhotosWithoutVersion(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	_, id := seller.publish(t, bicycleForm(), picture(1), picture(2), picture(3))
	edit := "/anunt/" + id + "/editare/"
	shown := func() []string { return shownForm(t, seller.get(t, edit).doc(t))["foto"] }
	before := shown()

	form := bicycleForm()
	form["foto"] = []string{before[2], before[0], before[1]}
	form["sterge_foto"] = []string{before[1]}
	seller.upload(t, edit, form).status(t, http.StatusSeeOther)
	if diff := cmp.Diff([]string{before[2], before[0]}, shown()); diff != "" {
		t.Errorf("after naming photos (-want +got)\n%s", diff)
	}
	form = bicycleForm()
	form["sterge_foto"] = []string{before[2]}
	seller.upload(t, edit, form, picture(4)).status(t, http.StatusSeeOther)
	if got := shown(); len(got) != 2 || got[0] != before[0] {
		t.Errorf("after removing one and adding one: %v, want %s and another", got, before[0])
	}
}

func TestEditCategory(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	_, id := seller.publish(t, bicycleForm())
	edit := "/anunt/" + id + "/editare/"
	form := shownForm(t, seller.get(t, edit).doc(t))
	form.Set("categorie", "telefoane")
	form.Set("pas", "categorie")
	page := seller.upload(t, edit, form).status(t, http.StatusOK).doc(t)
	page.HasNot(t, "[name=atribut_roata]")
	form = shownForm(t, page)
	if form.Get("categorie") != "telefoane" || form.Get("versiune") == "" {
		t.Fatalf("form shows %v", form)
	}
	for _, a := range site.store.Catalog().Category("telefoane").Attributes {
		if a.Required && len(a.Options) > 0 {
			form.Set("atribut_"+a.Key, a.Options[0])
		} else if a.Required {
			form.Set("atribut_"+a.Key, "5")
		}
	}
	address := seller.upload(t, edit, form).location(t, http.StatusSeeOther)
	site.visitor().get(t, "/categorii/telefoane/").doc(t).Has(t, `a[href="`+address+`"]`)
	site.visitor().get(t, "/categorii/biciclete/").doc(t).HasNot(t, `a[href="`+address+`"]`)
	site.visitor().get(t, "/anunturi/?categorie=biciclete&atribut_roata=28").doc(t).HasNot(t, `a[href="`+address+`"]`)
}

// TestNotYours: whatever one tries with somebody else's listing, it is not there.
func TestNotYours(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		seller, stranger := site.as(t, "Ana"), site.as(t, "Dan")
		address, id := seller.publish(t, bicycleForm(), picture(0))
		form := shownForm(t, seller.get(t, "/anunt/"+id+"/editare/").doc(t))
		stranger.get(t, "/anunt/"+id+"/editare/").status(t, http.StatusNotFound)
		for _, action := range []string{"editare", "vandut", "sterge", "reinnoire", "rezervat"} {
			stranger.post(t, "/anunt/"+id+"/"+action+"/", form).status(t, http.StatusNotFound)
			stranger.upload(t, "/anunt/"+id+"/"+action+"/", form).status(t, http.StatusNotFound)
			for _, bad := range []string{"0", "-1", "999", "01", "+1", "1e3", "9999999999999999999", "abc", "%31", "1%00"} {
				if res := stranger.post(t, "/anunt/"+bad+"/"+action+"/", form); res.StatusCode != http.StatusNotFound {
					t.Errorf("POST %s of %q: %d", action, bad, res.StatusCode)
				}
			}
			loc := site.visitor().post(t, "/anunt/"+id+"/"+action+"/", form).location(t, http.StatusSeeOther)
			if !strings.HasPrefix(loc, "/auth/clerk/login/") {
				t.Errorf("signed out %s leads to %q", action, loc)
			}
		}
		// Nor can a photo of theirs be taken over.
		_, mine := stranger.publish(t, with(bicycleForm(), "titlu", "Bicicleta mea"), picture(5))
		taken := shownForm(t, stranger.get(t, "/anunt/"+mine+"/editare/").doc(t))
		taken["foto"] = append(taken["foto"], form["foto"]...)
		stranger.upload(t, "/anunt/"+mine+"/editare/", taken).status(t, http.StatusSeeOther)
		site.wantRows(t, "photos WHERE listing_id = "+id, 1)
		site.wantRows(t, "photos WHERE listing_id = "+mine, 1)
		site.visitor().get(t, address).status(t, http.StatusOK).doc(t).HasNot(t, ".band--sold")
	})
}

func TestStates(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, visitor := site.as(t, "Ana"), site.visitor()
	address, id := seller.publish(t, bicycleForm(), picture(0))
	act := func(action string, status int) *response {
		return seller.post(t, "/anunt/"+id+"/"+action+"/", nil).status(t, status)
	}
	act("rezervat", 303)
	visitor.get(t, address).status(t, 200).doc(t).Has(t, ".band--reserved")
	visitor.get(t, "/anunturi/").doc(t).Has(t, ".card--reserved")
	act("rezervat", 303)
	visitor.get(t, "/anunturi/").doc(t).HasNot(t, ".card--reserved")

	act("vandut", 303)
	act("vandut", 303) // twice is once
	act("rezervat", 409)
	form := shownForm(t, seller.get(t, "/anunt/"+id+"/editare/").doc(t))
	seller.upload(t, "/anunt/"+id+"/editare/", form).status(t, 409).doc(t).Has(t, "[role=alert]", "vândut")
	sold := visitor.get(t, address).status(t, 200).doc(t)
	sold.Has(t, ".band--sold")
	sold.Has(t, `meta[name=robots][content*=noindex]`)
	act("reinnoire", 303)
	visitor.get(t, "/anunturi/").doc(t).Has(t, `a[href="`+address+`"]`)

	site.clock.advance(31 * 24 * 3600e9)
	if n, err := site.store.ExpireDue(t.Context(), 10); err != nil || n != 1 {
		t.Fatalf("expired %d, %v", n, err)
	}
	visitor.get(t, address).status(t, 200).doc(t).Has(t, ".band--expired")
	visitor.get(t, "/anunturi/").doc(t).HasNot(t, `a[href="`+address+`"]`)
	seller = site.as(t, "Ana")
	act("reinnoire", 303)
	visitor.get(t, address).status(t, 200).doc(t).HasNot(t, ".band--expired")

	act("sterge", 303)
	act("sterge", 404)
	act("reinnoire", 404)
	visitor.get(t, address).status(t, http.StatusGone).doc(t).Has(t, "h1", "Anunțul a fost șters")
	site.wantRows(t, "photos", 0)
}

// TestRenewedFirst: renewing puts a listing on top again.
func TestRenewedFirst(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	var addresses, ids []string
	for i := range 3 {
		address, id := seller.publish(t, with(bicycleForm(), "titlu", fmt.Sprintf("Bicicleta numărul %d", i)))
		addresses, ids = append(addresses, address), append(ids, id)
		site.clock.advance(60e9)
	}
	seller = site.as(t, "Ana")
	if loc := seller.with("Referer", testOrigin+"/profil/anunturi/").post(t, "/anunt/"+ids[0]+"/reinnoire/", nil).location(t, 303); loc != "/profil/anunturi/" {
		t.Errorf("after renewing: %q", loc)
	}
	if loc := seller.with("Referer", "https://evil.example/x/").post(t, "/anunt/"+ids[0]+"/reinnoire/", nil).location(t, 303); loc != addresses[0] {
		t.Errorf("after renewing from elsewhere: %q", loc)
	}
	if first := site.visitor().get(t, "/anunturi/").doc(t).Attr(".card__title a", "href"); first != addresses[0] {
		t.Errorf("first is %q, want %q", first, addresses[0])
	}
}
