package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"piata.ro/internal/dbtest"
)

func TestDraft(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	form := bicycleForm()
	seller.get(t, "/adauga-anunt/?categorie=biciclete").status(t, http.StatusOK).doc(t).Has(t, "[name=atribut_tip]")
	seller.post(t, "/adauga-anunt/ciorna/", form).status(t, http.StatusNoContent)
	page := seller.get(t, "/adauga-anunt/").status(t, http.StatusOK).doc(t)
	page.Has(t, "[data-draft-note]", "Ciorna ta")
	got := shownForm(t, page)
	for name, want := range form {
		if got.Get(name) != want[0] {
			t.Errorf("%s is shown as %q, want %q", name, got.Get(name), want[0])
		}
	}
	// Saving again overwrites, and keeps the photos that came with a form in between.
	seller.upload(t, "/adauga-anunt/", with(bicycleForm(), "titlu"), picture(0)).status(t, http.StatusUnprocessableEntity)
	seller.post(t, "/adauga-anunt/ciorna/", with(form, "titlu", "Alt titlu")).status(t, http.StatusNoContent)
	page = seller.get(t, "/adauga-anunt/").doc(t)
	page.Has(t, ".photos__item")
	if got := shownForm(t, page).Get("titlu"); got != "Alt titlu" {
		t.Errorf("title is shown as %q", got)
	}
	seller.upload(t, "/adauga-anunt/", shownForm(t, page)).status(t, http.StatusSeeOther)
	site.wantRows(t, "form_drafts", 0)
	page = seller.get(t, "/adauga-anunt/").doc(t)
	page.HasNot(t, ".photos__item")
	if got := shownForm(t, page).Get("titlu"); got != "" {
		t.Errorf("the published draft is still shown: %q", got)
	}
}

// TestDraftAcrossSignIn: what a signed-out person filled in is there after signing in, photos included, and can be published.
func TestDraftAcrossSignIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		visitor := site.visitor()
		login := visitor.upload(t, "/adauga-anunt/", bicycleForm(), picture(0), picture(1)).location(t, http.StatusSeeOther)
		if login != "/auth/clerk/login/?redirect_url=%2Fadauga-anunt%2F" {
			t.Fatalf("signed-out post leads to %q", login)
		}
		page := visitor.get(t, login).status(t, http.StatusOK).doc(t)
		page.Has(t, "body", "Am păstrat ce ai scris")
		signIn := url.Values{"email": {"ana@example.com"}, "redirect_url": {page.Attr("[name=redirect_url]", "value")}}
		back := visitor.post(t, page.Attr("main form", "action"), signIn).location(t, http.StatusSeeOther)
		form := visitor.get(t, back).status(t, http.StatusOK).doc(t)
		if n := form.Find(".photos__item").Length(); n != 2 {
			t.Fatalf("%d photos, want 2", n)
		}
		shown := shownForm(t, form)
		for name, want := range bicycleForm() {
			if shown.Get(name) != want[0] {
				t.Errorf("%s is shown as %q, want %q", name, shown.Get(name), want[0])
			}
		}
		address := visitor.upload(t, "/adauga-anunt/", shown).location(t, http.StatusSeeOther)
		if n := visitor.get(t, address).status(t, http.StatusOK).doc(t).Find(".gallery img").Length(); n < 2 {
			t.Errorf("%d photos published, want 2", n)
		}
		site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 2)
		site.wantRows(t, "form_drafts", 0)
	})
}

// TestForeignDraft: the next person at the same computer sees nothing of the draft and cannot touch it.
func TestForeignDraft(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
		ana.upload(t, "/adauga-anunt/", with(bicycleForm(), "titlu", "abc"), picture(0)).status(t, http.StatusUnprocessableEntity)
		mine := shownForm(t, ana.get(t, "/adauga-anunt/").doc(t))

		for _, other := range []*client{dan, site.visitor()} {
			other.cookies[draftCookie] = ana.cookies[draftCookie]
			if res := other.get(t, "/adauga-anunt/"); res.StatusCode == http.StatusOK {
				page := res.doc(t)
				page.HasNot(t, ".photos__item")
				if got := shownForm(t, page).Get("titlu"); got != "" {
					t.Errorf("somebody else sees %q", got)
				}
			}
			other.post(t, "/adauga-anunt/ciorna/", url.Values{"titlu": {"Al meu"}}).status(t, http.StatusNoContent)
			if other.cookies[draftCookie] == ana.cookies[draftCookie] {
				t.Error("the foreign draft's key was kept")
			}
		}
		for _, form := range []url.Values{with(bicycleForm(), "titlu", "abc"), bicycleForm()} {
			dan.cookies[draftCookie] = ana.cookies[draftCookie]
			form["foto"] = mine["foto"]
			dan.upload(t, "/adauga-anunt/", form, picture(7))
		}
		site.wantRows(t, "listings", 1)
		site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 1)
		page := ana.get(t, "/adauga-anunt/").status(t, http.StatusOK).doc(t)
		if n := page.Find(".photos__item").Length(); n != 1 || shownForm(t, page).Get("titlu") != "abc" {
			t.Errorf("the owner sees %d photos and %v", n, shownForm(t, page))
		}
		ana.upload(t, "/adauga-anunt/", with(shownForm(t, page), "titlu", "Bicicleta mea")).status(t, http.StatusSeeOther)
	})
}

// TestDraftIsBounded: strangers cannot fill the database with it.
func TestDraftIsBounded(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	form := url.Values{"altceva": {strings.Repeat("x", 1000)}, "descriere": {strings.Repeat("ă", 100_000)}}
	for i := range 200 {
		form.Set(fmt.Sprintf("atribut_%d", i), "x")
	}
	visitor := site.visitor()
	visitor.post(t, "/adauga-anunt/ciorna/", form).status(t, http.StatusNoContent)
	if n := site.count(t, "SELECT length(fields) FROM form_drafts"); n > 40_000 {
		t.Errorf("the draft has %d characters", n)
	}
	visitor.post(t, "/adauga-anunt/ciorna/", url.Values{"descriere": {strings.Repeat("x", 2<<20)}}).status(t, http.StatusRequestEntityTooLarge)
	for _, key := range []string{"", "scurt", strings.Repeat("x", 200), "\"; DROP TABLE form_drafts; --"} {
		visitor.cookies[draftCookie] = key
		visitor.post(t, "/adauga-anunt/ciorna/", url.Values{"titlu": {"a"}}).status(t, http.StatusNoContent)
		if got := visitor.cookies[draftCookie]; len(got) != 26 {
			t.Errorf("key %q was answered with %q", key, got)
		}
	}
}
