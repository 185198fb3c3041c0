package handlers

import (
	"net/http"
	"strings"
	"testing"
)

func TestDetails(t *testing.T) {
	t.Parallel()
	visitor := newTestSite(t).visitor()
	page := visitor.htmx().get(t, "/adauga-anunt/atribute/?categorie=biciclete&atribut_roata=28&atribut_tip=%3Cscript%3E").status(t, http.StatusOK)
	doc := page.doc(t)
	doc.Has(t, "#details [name=atribut_tip]")
	doc.Has(t, "[name=atribut_roata] option[selected]", "28")
	if strings.Contains(page.body, "<html") || strings.Contains(page.body, "<script>") {
		t.Errorf("not a plain fragment: %.300s", page.body)
	}
	doc.HasNot(t, "[name=stare]") // bicycles have a condition of their own
	visitor.htmx().get(t, "/adauga-anunt/atribute/?categorie=rochii").status(t, http.StatusOK)
	for _, path := range []string{"?categorie=", "", "?categorie=nimic", "?categorie=sport-timp-liber-si-arta", "?categorie=%ff%00", "?" + strings.Repeat("a", 10_000)} {
		visitor.htmx().get(t, "/adauga-anunt/atribute/"+path).status(t, http.StatusOK).doc(t).Has(t, "#details")
	}
}

// TestEveryCategoryHasAForm: each category's fields can be shown, and what they offer is taken.
func TestEveryCategoryHasAForm(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	for _, top := range site.store.Catalog().Top {
		for i, sub := range top.Subs {
			form := bicycleForm()
			for _, name := range []string{"atribut_tip", "atribut_roata", "atribut_stare"} {
				form.Del(name)
			}
			form.Set("categorie", sub.Slug)
			fields := site.visitor().htmx().get(t, "/adauga-anunt/atribute/?categorie="+sub.Slug).status(t, http.StatusOK).doc(t)
			for _, a := range sub.Attributes {
				name := "atribut_" + a.Key
				fields.Has(t, "[name="+name+"]")
				form.Set(name, map[string]string{"number": "2015", "bool": "da", "text": "text"}[string(a.Kind)])
				if a.Kind == "select" {
					form.Set(name, fields.Find("[name="+name+"] option").Last().AttrOr("value", ""))
				}
			}
			if i == 0 { // one of each kind is enough: posting takes long
				seller.post(t, "/adauga-anunt/", form).status(t, http.StatusSeeOther)
			}
		}
	}
}

// TestCategoryHint: a title suggests the category that it speaks of.
func TestCategoryHint(t *testing.T) {
	t.Parallel()
	visitor := newTestSite(t).visitor().htmx()
	for query, want := range map[string]string{
		"titlu=Bicicletă+de+oraș":                   "biciclete",
		"titlu=bicicleta+pegas&categorie=biciclete": "",
		"titlu=Ceva+frumos":                         "",
		"titlu=Frigider+Arctic&categorie=":          "electrocasnice-mari",
	} {
		if got := visitor.get(t, "/adauga-anunt/categorie/?"+query).status(t, http.StatusOK).doc(t).Find("[data-category]").AttrOr("data-category", ""); got != want {
			t.Errorf("%s suggests %q, want %q", query, got, want)
		}
	}
}

// TestStylePage: the components are shown on this computer only.
func TestStylePage(t *testing.T) {
	t.Parallel()
	newTestSite(t).visitor().get(t, "/stil/").status(t, http.StatusOK).doc(t).Has(t, ".theme--dark .card")
	newTestSite(t, withKeys(nil)).visitor().get(t, "/stil/").status(t, http.StatusNotFound)
}
