package handlers

import (
	"net/url"
	"strings"
	"testing"

	fake "piata.ro/internal/assistant/fakellm"
)

func TestChatDraft(t *testing.T) {
	t.Parallel()
	site, _ := chatSite(t, calling("draft_listing",
		`{"titlu":"Pegas verde","descriere":"Merge bine, două viteze.","categorie":"biciclete","pret":800,"moneda":"RON","judet":"Cluj","localitate":"Turda","detalii":{"tip":"Oraș","inventat":"x"}}`,
		"Gata, verifică."))
	ana := site.as(t, "Ana")
	ana.post(t, "/chat/", ask("Fă un anunț")).status(t, 200).doc(t).Has(t, "form[action='/chat/raspuns/1/ciorna/']")
	site.as(t, "Dan").post(t, "/chat/raspuns/1/ciorna/", nil).status(t, 404)
	if to := ana.post(t, "/chat/raspuns/1/ciorna/", nil).location(t, 303); to != "/adauga-anunt/" {
		t.Errorf("sent to %q", to)
	}
	doc := ana.get(t, "/adauga-anunt/").doc(t)
	doc.Has(t, "[name=titlu][value='Pegas verde']")
	doc.Has(t, "[name=pret][value='800']")
	doc.Has(t, "[name=categorie] option[value=biciclete][selected]")
	doc.Has(t, "[name=judet] option[value=CJ][selected]")
}

func TestFillFromNotes(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.post(t, "/adauga-anunt/din-note/", url.Values{"notite": {"bmw 320 2015 diesel 180 mii km cluj 11500 euro usor zgariata"}}).status(t, 303)
	doc := ana.get(t, "/adauga-anunt/").doc(t)
	doc.Has(t, "[name=categorie] option[value=autoturisme][selected]")
	doc.Has(t, "[name=moneda] option[value=EUR][selected]")
	doc.Has(t, "[name=pret][value='11500']")
	doc.Has(t, "[name=judet] option[value=CJ][selected]")
	doc.Has(t, "[name=atribut_combustibil] option[selected]")
	doc.Has(t, "[name=titlu][value='BMW 320 2015 diesel 180 mii km usor zgariata']")
	site.visitor().post(t, "/adauga-anunt/din-note/", url.Values{"notite": {"x"}}).status(t, 303)
	site.wantRows(t, "form_drafts", 1)
}

func TestImproveText(t *testing.T) {
	t.Parallel()
	answer := "Bicicletă Pegas din 1985, verificată, cu frâne noi."
	site, _ := chatSite(t, func(fake.Request) []fake.Step { return []fake.Step{fake.Say(answer), fake.Finish("stop", 1, 1)} })
	ana := site.as(t, "Ana")
	form := bicycleForm()
	form.Set("descriere", "pegas din 1985 frane noi verificata")
	if to := ana.upload(t, "/adauga-anunt/imbunatateste/", form).location(t, 303); to != "/adauga-anunt/#descriere" {
		t.Errorf("sent to %q", to)
	}
	if body := ana.get(t, "/adauga-anunt/").body; !strings.Contains(body, answer) || !strings.Contains(body, "1.250") {
		t.Error("the better text or the rest of the form is not there")
	}
	form.Set("descriere", "pegas din 1999 frane noi verificata") // the model would change the year
	kept := func(sentence string) {
		t.Helper()
		ana.upload(t, "/adauga-anunt/imbunatateste/", form).status(t, 303)
		if body := ana.get(t, "/adauga-anunt/").body; !strings.Contains(body, form.Get("descriere")) || !strings.Contains(body, sentence) {
			t.Errorf("the text as typed is lost, or %q is not said", sentence)
		}
	}
	kept("N-am reușit")
	form.Set("descriere", "Bicicletă. "+strings.Repeat("Merge bine. ", 200))
	kept("prea lungă")
	form.Set("descriere", "pegas din 1998 frane noi verificata")
	if err := site.store.SpendTokens(t.Context(), 100_000); err != nil {
		t.Fatal(err)
	}
	kept("Pentru azi ajunge")
}
