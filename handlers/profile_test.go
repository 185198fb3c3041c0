package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestProfile(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	good := url.Values{"nume": {"Ana din Turda"}, "telefon": {"0722 123 456"}, "judet": {"CJ"}, "localitate": {"Turda"}, "despre": {"Repar biciclete.\n\nScrie-mi."}}
	ana.post(t, "/profil/editare/", good).status(t, http.StatusSeeOther)
	account := ana.get(t, "/profil/").status(t, http.StatusOK).doc(t)
	account.Has(t, "main", "Ana din Turda", "Turda, Cluj", "Repar biciclete.")
	site.visitor().get(t, "/utilizator/ana-pop/").status(t, http.StatusOK).doc(t).Has(t, "main", "Ana din Turda")
	form := ana.get(t, "/profil/editare/").status(t, http.StatusOK).doc(t)
	if got := form.Attr("[name=localitate]", "value"); got != "Turda" {
		t.Errorf("place is shown as %q", got)
	}
	for field, value := range map[string]string{"nume": "A", "telefon": "123", "judet": "ZZ", "localitate": "Atlantida", "despre": strings.Repeat("x", 1001)} {
		bad := url.Values{}
		for name := range good {
			bad.Set(name, good.Get(name))
		}
		bad.Set(field, value)
		page := ana.post(t, "/profil/editare/", bad).status(t, http.StatusUnprocessableEntity).doc(t)
		page.Has(t, `[role=alert] a[href="#`+field+`"]`)
		page.Has(t, "#"+field)
	}
	ana.get(t, "/profil/").doc(t).Has(t, "main", "Ana din Turda")
	ana.post(t, "/profil/editare/", url.Values{"nume": {"\x00\xff\u202e"}, "despre": {"\x00"}, "telefon": {"\x00"}}).status(t, http.StatusSeeOther)
	ana.get(t, "/profil/").doc(t).Has(t, "main", "Ana P.")
	for _, name := range []string{"nimeni", "ANA-POP", "%00", "%ff", "ana-pop%20", strings.Repeat("a", 5000)} {
		site.visitor().get(t, "/utilizator/"+name+"/").status(t, http.StatusNotFound)
	}
	for i := range 3 {
		_, id := ana.publish(t, with(bicycleForm(), "titlu", fmt.Sprintf("Bicicleta numărul %d", i)))
		if i == 0 {
			ana.post(t, "/anunt/"+id+"/vandut/", nil)
		}
	}
	if n := ana.get(t, "/profil/anunturi/").status(t, http.StatusOK).doc(t).Find(`main a[href^="/anunt/bicicleta"]`).Length(); n < 2 {
		t.Errorf("%d own listings", n)
	}
	ana.get(t, "/profil/anunturi/?stare=vandute").status(t, http.StatusOK).doc(t).Has(t, "main", "Bicicleta numărul 0")
	ana.get(t, "/profil/anunturi/?stare=nimic&dupa=x").status(t, http.StatusOK)
}
