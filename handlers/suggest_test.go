package handlers

import (
	"strconv"
	"testing"
	"time"

	"piata.ro/internal/urls"
)

func TestSuggestions(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	for i := range 3 {
		form := bicycleForm()
		form.Set("titlu", "Bicicletă Ghiocela de oraș")
		form.Set("pret", strconv.Itoa(100+i)) // the same advert would be taken for a second submit
		site.as(t, "Ana").post(t, urls.NewListing, form).status(t, 303)
	}
	site.clock.advance(time.Minute)
	if err := site.store.KeepVocabulary(t.Context()); err != nil {
		t.Fatal(err)
	}
	visitor := site.visitor()
	res := visitor.get(t, "/sugestii/?q=bicicleta+gh")
	res.status(t, 200)
	res.doc(t).Has(t, `li[role=option][data-words="bicicletă ghiocela"]`)
	visitor.get(t, "/sugestii/?q=golf+7+%C3%AEn+turd").doc(t).Has(t, `li[role=option][data-href="/anunturi/?judet=CJ&localitate=Turda&q=golf+7"]`)
	visitor.get(t, "/sugestii/?q=telefoa").doc(t).Has(t, `li[role=option][data-href="/categorii/telefoane/"]`)
	for _, nothing := range []string{"", "?q=", "?q=%00", "?q=%F0%9F%99%82", "?q=NEAR(%22*"} {
		res := visitor.get(t, "/sugestii/"+nothing)
		res.status(t, 200)
		res.doc(t).HasNot(t, "li")
	}
	visitor.get(t, "/sugestii/?q=%3Cscript%3Ealert(1)").doc(t).HasNot(t, "script")
}
