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

// TestEveryCategoryHasAForm: each category's own form can be shown and filled.
func TestEveryCategoryHasAForm(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	for _, top := range site.store.Catalog().Top {
		for _, sub := range top.Subs {
			form := bicycleForm()
			for name := range form {
				if strings.HasPrefix(name, "atribut_") {
					delete(form, name)
				}
			}
			form.Set("categorie", sub.Slug)
			form.Set("titlu", "Anunț din "+sub.Slug)
			for _, a := range sub.Attributes {
				value := map[string]string{"number": "2015", "bool": "da", "text": "text", "select": ""}[string(a.Kind)]
				if a.Kind == "select" {
					value = a.Options[len(a.Options)-1]
				}
				form.Set("atribut_"+a.Key, value)
			}
			address := seller.post(t, "/adauga-anunt/", form).location(t, http.StatusSeeOther)
			if address == "" {
				t.Fatalf("%s: no address", sub.Slug)
			}
		}
	}
}
