package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// TestCardsFollowChanges: a card that was shown before shows what is true now.
func TestCardsFollowChanges(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, visitor := site.as(t, "Ana"), site.visitor()
	address, id := ana.publish(t, bicycleForm(), picture(0))
	card := func() string {
		return visitor.get(t, "/anunturi/").status(t, http.StatusOK).doc(t).Find(".card").Text()
	}
	photo := func() string { return visitor.get(t, "/anunturi/").doc(t).Attr(".card img", "src") }
	edit := func(name, value string, pictures ...[]byte) {
		t.Helper()
		form := shownForm(t, ana.get(t, "/anunt/"+id+"/editare/").doc(t))
		if name == "sterge_foto" {
			form.Set(name, form.Get("foto"))
		} else {
			form.Set(name, value)
		}
		address = ana.upload(t, "/anunt/"+id+"/editare/", form, pictures...).location(t, http.StatusSeeOther)
	}
	first := photo()
	if got := card(); !strings.Contains(got, "1.250 lei") || first == "" {
		t.Fatalf("card %q, photo %q", got, first)
	}
	edit("pret", "1.000")
	if got := card(); !strings.Contains(got, "1.000 lei") || !strings.Contains(got, "−20 %") {
		t.Errorf("after a lower price: %q", got)
	}
	edit("pret", "1.500")
	if got := card(); !strings.Contains(got, "1.500 lei") || strings.Contains(got, "%") {
		t.Errorf("after a higher price: %q", got)
	}
	edit("titlu", "Bicicletă cu alt titlu")
	if got := visitor.get(t, "/anunturi/").doc(t).Attr(".card__title a", "href"); got != address || !strings.Contains(card(), "alt titlu") {
		t.Errorf("after a new title: %q, %q", got, card())
	}
	edit("localitate", "Dej")
	if got := card(); !strings.Contains(got, "Dej") {
		t.Errorf("after a new place: %q", got)
	}
	edit("sterge_foto", "", picture(5))
	if got := photo(); got == first || got == "" {
		t.Errorf("after a new photo: %q", got)
	}
	ana.post(t, "/anunt/"+id+"/rezervat/", nil)
	if got := card(); !strings.Contains(got, "Rezervat") {
		t.Errorf("reserved: %q", got)
	}
}

// TestHearts: everybody sees their own favourites, whoever came before.
func TestHearts(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan, visitor := site.as(t, "Ana"), site.as(t, "Dan"), site.visitor()
	address, id := ana.publish(t, bicycleForm())
	save := "/favorite/toggle/" + id + "/"
	pressed := func(c *client, path string) string {
		return c.get(t, path).status(t, http.StatusOK).doc(t).Attr(`form[action="`+save+`"] button`, "aria-pressed")
	}
	check := func(forAna, forDan string) {
		t.Helper()
		for _, path := range []string{"/anunturi/", "/", address, "/utilizator/ana-pop/"} {
			if a, d, v := pressed(ana, path), pressed(dan, path), pressed(visitor, path); a != forAna || d != forDan || v != "false" {
				t.Errorf("%s: %s for Ana, %s for Dan, %s for a visitor", path, a, d, v)
			}
		}
	}
	check("false", "false")
	dan.post(t, save, nil).status(t, http.StatusSeeOther)
	check("false", "true")
	ana.post(t, save, nil).status(t, http.StatusSeeOther)
	dan.post(t, save, nil).status(t, http.StatusSeeOther)
	check("true", "false")
}
