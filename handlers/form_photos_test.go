package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestPhotosAhead: photos sent before the form are in the draft, in the order wanted, and go into the listing; a turned one is turned.
func TestPhotosAhead(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ids := []string{}
	for i := range 3 {
		form := url.Values{"titlu": {"Bicicletă"}, "foto": ids}
		item := ana.upload(t, "/adauga-anunt/fotografii/", form, picture(i)).status(t, http.StatusOK).doc(t)
		ids = append(ids, item.Attr("[name=foto]", "value"))
		if got := item.Attr("[name^=ordine_]", "value"); got != string(rune('1'+i)) {
			t.Errorf("photo %d has order %s", i+1, got)
		}
	}
	bad := ana.htmx().upload(t, "/adauga-anunt/fotografii/", url.Values{"foto": ids}, []byte("not a picture")).status(t, http.StatusUnprocessableEntity)
	if bad.doc(t).Find(".notice p + p").Text() == "" {
		t.Errorf("a bad picture is answered by %q", bad.body)
	}
	site.wantRows(t, "photos", 3)

	// The draft follows the form: the last one first, the second dropped.
	ana.post(t, "/adauga-anunt/ciorna/", url.Values{"titlu": {"Bicicletă"}, "foto": {ids[0], ids[1], ids[2]}, "sterge_foto": {ids[1]},
		"ordine_" + ids[0]: {"2"}, "ordine_" + ids[2]: {"1"}}).status(t, http.StatusNoContent)
	shown := ana.get(t, "/adauga-anunt/").status(t, http.StatusOK).doc(t)
	if got := shown.Find("[name=foto]").Length(); got != 2 || shown.Attr("[name=foto]", "value") != ids[2] {
		t.Errorf("the draft shows %d photos, first %s", got, shown.Attr("[name=foto]", "value"))
	}

	form := bicycleForm()
	form["foto"] = []string{ids[2], ids[0]}
	form.Set("roteste_"+ids[2], "1")
	address := ana.upload(t, "/adauga-anunt/", form).location(t, http.StatusSeeOther)
	page := ana.get(t, address).status(t, http.StatusOK).doc(t)
	images := page.Find(".gallery__slide img")
	if images.Length() != 2 || images.Eq(0).AttrOr("width", "") != images.Eq(1).AttrOr("height", "") {
		t.Errorf("%d photos; the first is %s wide, the second %s high", images.Length(), images.Eq(0).AttrOr("width", ""), images.Eq(1).AttrOr("height", ""))
	}

	// Editing: one more is sent ahead and waits until the form is saved; strangers cannot send any.
	id := strings.TrimSuffix(address[strings.LastIndexByte(address, '-')+1:], "/")
	edit := shownForm(t, ana.get(t, "/anunt/"+id+"/editare/").status(t, http.StatusOK).doc(t))
	more := ana.upload(t, "/anunt/"+id+"/fotografii/", edit, picture(5)).status(t, http.StatusOK).doc(t).Attr("[name=foto]", "value")
	if n := ana.get(t, address).doc(t).Find(".gallery__slide").Length(); n != 2 {
		t.Errorf("the listing shows %d photos before it is saved", n)
	}
	edit.Add("foto", more)
	ana.upload(t, "/anunt/"+id+"/editare/", edit).location(t, http.StatusSeeOther)
	if n := ana.get(t, address).doc(t).Find(".gallery__slide").Length(); n != 3 {
		t.Errorf("the listing shows %d photos, want 3", n)
	}
	site.as(t, "Dan").upload(t, "/anunt/"+id+"/fotografii/", edit, picture(6)).status(t, http.StatusNotFound)
}
