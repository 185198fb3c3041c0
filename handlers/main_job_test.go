package handlers

import (
	"bytes"
	"image"
	_ "image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"piata.ro/internal/photos/phototest"
)

// TestMainJob is what the market is for: a seller posts, a buyer finds and saves, the seller lowers the price, renews and sells.
func TestMainJob(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, buyer := site.as(t, "Ioana"), site.visitor()

	phone := phototest.JPEG(600, 800, phototest.Exif{Orientation: 6, GPS: true})
	other := phototest.JPEG(620, 800, phototest.Exif{Orientation: 6, GPS: true})
	address := seller.upload(t, "/adauga-anunt/", bicycleForm(), phone, other).location(t, http.StatusSeeOther)
	page := seller.get(t, address).status(t, http.StatusOK).doc(t)
	page.Has(t, "h1", "Bicicletă Pegas de oraș")
	page.Has(t, "body", "Am îndreptat 2 fotografii și am șters locația din ele.")

	for _, path := range []string{"/anunturi/?q=bicicleta+pegas", "/anunturi/?q=BICICLETE", "/categorii/biciclete/", "/anunturi/?judet=CJ&pret_min=1000&pret_max=1.300", "/", "/anunturi/?categorie=biciclete&atribut_tip=Oraș&stare=folosit"} {
		found := buyer.get(t, path).status(t, http.StatusOK).doc(t)
		found.Has(t, `a[href="`+address+`"]`, "Bicicletă Pegas")
	}
	buyer.get(t, "/anunturi/?pret_min=2000").status(t, http.StatusOK).doc(t).HasNot(t, `a[href="`+address+`"]`)

	public := buyer.get(t, address).status(t, http.StatusOK).doc(t)
	photo := public.Attr(".gallery img", "src")
	res := buyer.get(t, photo).status(t, http.StatusOK)
	img, format, err := image.Decode(strings.NewReader(res.body))
	if err != nil || format != "jpeg" || img.Bounds().Dx() >= img.Bounds().Dy() {
		t.Errorf("photo %s is %s %v, %v; want an upright JPEG", photo, format, img.Bounds(), err)
	}
	if bytes.Contains([]byte(res.body), []byte("Exif")) {
		t.Error("photo still has metadata")
	}
	if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("photo headers: %v", res.Header)
	}

	save := public.Attr("form.fav--large", "action")
	if loc := buyer.with("Referer", testOrigin+address).post(t, save, nil).location(t, http.StatusSeeOther); !strings.HasPrefix(loc, "/auth/clerk/login/?redirect_url=") {
		t.Errorf("signed-out save goes to %q", loc)
	}
	buyer.post(t, "/__clerk/sign-in", url.Values{"email": {"dan@example.com"}, "first_name": {"Dan"}, "redirect_url": {address}}).status(t, http.StatusSeeOther)
	buyer.with("Referer", testOrigin+address).post(t, save, nil).status(t, http.StatusSeeOther)
	buyer.get(t, "/favorite/").status(t, http.StatusOK).doc(t).Has(t, `a[href="`+address+`"]`)

	id := address[strings.LastIndex(address, "-")+1 : len(address)-1]
	edit := seller.get(t, "/anunt/"+id+"/editare/").status(t, http.StatusOK).doc(t)
	form := bicycleForm()
	form.Set("pret", "1.000")
	form.Set("versiune", edit.Attr("[name=versiune]", "value"))
	for i := range edit.Find("[name=foto]").Length() {
		form.Add("foto", edit.Find("[name=foto]").Eq(i).AttrOr("value", ""))
	}
	seller.upload(t, "/anunt/"+id+"/editare/", form).status(t, http.StatusSeeOther)
	cheaper := buyer.get(t, address).status(t, http.StatusOK).doc(t)
	cheaper.Has(t, "main", "1.000 lei", "1.250 lei", "−20 %")
	if n := cheaper.Find(".gallery img").Length(); n < 2 {
		t.Errorf("%d photos after the edit, want 2", n)
	}

	seller.post(t, "/anunt/"+id+"/reinnoire/", nil).status(t, http.StatusSeeOther)
	seller.post(t, "/anunt/"+id+"/vandut/", nil).status(t, http.StatusSeeOther)
	buyer.get(t, "/anunturi/?q=bicicleta+pegas").status(t, http.StatusOK).doc(t).HasNot(t, `a[href="`+address+`"]`)
	buyer.get(t, address).status(t, http.StatusOK).doc(t).Has(t, ".band--sold")
}
