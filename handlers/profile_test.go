package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
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

// TestKeptProfile: a profile that was being written while the session ran out is not lost, and nobody else is shown it.
func TestKeptProfile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.as(t, "Ana") // has a refresh cookie, which is no use for a form
		ana.get(t, "/profil/editare/").status(t, http.StatusOK)
		site.clock.advance(10 * time.Minute)
		typed := url.Values{"nume": {"Ana din Turda"}, "despre": {"Repar biciclete."}, "judet": {"CJ"}, "localitate": {"Turda"}}
		if got := ana.post(t, "/profil/editare/", typed).location(t, http.StatusSeeOther); got != "/auth/clerk/login/?redirect_url=%2Fprofil%2Feditare%2F" {
			t.Errorf("leads to %q", got)
		}
		dan := site.as(t, "Dan")
		dan.cookies[profileCookie] = ana.cookies[profileCookie]
		if got := dan.get(t, "/profil/editare/").doc(t).Attr("#nume", "value"); got != "" {
			t.Errorf("somebody else is shown %q", got)
		}
		page := ana.follow(t, "/auth/clerk/login/?redirect_url=%2Fprofil%2Feditare%2F").status(t, http.StatusOK).doc(t)
		if page.Attr("#nume", "value") != "Ana din Turda" || page.Attr("#localitate", "value") != "Turda" {
			t.Error("what was typed is lost")
		}
		page.Has(t, "#despre", "Repar biciclete.")
		if got := ana.get(t, "/profil/editare/").doc(t).Attr("#nume", "value"); got != "" {
			t.Errorf("shown again: %q", got)
		}
		site.visitor().post(t, "/profil/editare/", typed).status(t, http.StatusSeeOther)
		site.wantRows(t, "form_drafts", 1)
	})
}
