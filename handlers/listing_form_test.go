package handlers

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/htmltest"
	"piata.ro/internal/photos"
	"piata.ro/internal/photos/phototest"
)

// picture is a small good photo; each n gives another.
func picture(n int) []byte { return phototest.JPEG(60+n, 40, phototest.Exif{}) }

// shownForm is what a browser would send of the form on a page, as it stands.
func shownForm(t testing.TB, page htmltest.Doc) url.Values {
	t.Helper()
	form := url.Values{}
	page.Find("#anunt [name]").Each(func(_ int, field *goquery.Selection) {
		name, kind := field.AttrOr("name", ""), field.AttrOr("type", "")
		switch {
		case kind == "file" || field.Is("button"):
		case kind == "checkbox" || kind == "radio":
			if _, checked := field.Attr("checked"); checked {
				form.Add(name, field.AttrOr("value", "on"))
			}
		case field.Is("select"):
			form.Set(name, field.Find("option[selected]").Last().AttrOr("value", field.Find("option").First().AttrOr("value", "")))
		case field.Is("textarea"):
			form.Add(name, field.Text())
		default:
			form.Add(name, field.AttrOr("value", ""))
		}
	})
	return form
}

// with returns the form with one field changed; no values remove it.
func with(form url.Values, name string, values ...string) url.Values {
	form[name] = values
	if len(values) == 0 {
		delete(form, name)
	}
	return form
}

// files lists the stored files of photos.
func (s *testSite) files(t testing.TB) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.dir, "photos", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNewListingRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, testNewListingRefuses)
}

func testNewListingRefuses(t *testing.T, databaseURL string) {
	site := newTestSite(t, onDatabase(databaseURL))
	tests := []struct {
		name     string
		field    string
		values   []string
		at       string // where the sentence stands; "" for beside the field
		sentence string
	}{
		{"no category", "categorie", nil, "", "Alege o categorie."},
		{"unknown category", "categorie", []string{"rachete"}, "", "Nu avem categoria aceasta."},
		{"category by another name", "categorie", []string{"biciclete'--"}, "", "Nu avem categoria aceasta."},
		{"top category", "categorie", []string{"sport-timp-liber-si-arta"}, "", "Alege o subcategorie"},
		{"no county", "judet", nil, "", "Alege județul."},
		{"unknown county", "judet", []string{"ZZ"}, "", "Nu cunoaștem județul"},
		{"no place", "localitate", nil, "", "Scrie localitatea."},
		{"unknown place", "localitate", []string{"Atlantida"}, "", "Nu găsim localitatea"},
		{"place of another county", "localitate", []string{"Oradea"}, "", "Nu găsim localitatea"},
		{"unknown detail", "atribut_rachete", []string{"da"}, `[role=alert] a[href="#categorie"]`, "nu are detaliul acesta"},
		{"unknown option", "atribut_tip", []string{"Zburătoare"}, "", "din listă"},
		{"required detail missing", "atribut_tip", nil, "", "Completează"},
		{"negative price", "pret", []string{"-5"}, "", "Scrie prețul ca număr"},
		{"absurd price", "pret", []string{"999999999999999999999"}, "", "prea mare"},
		{"price with an exponent", "pret", []string{"1e9"}, "", "Scrie prețul ca număr"},
		{"price that is not a number", "pret", []string{"NaN"}, "", "Scrie prețul ca număr"},
		{"no price", "pret", nil, "", "Scrie prețul"},
		{"unknown currency", "moneda", []string{"USD"}, "", "RON sau EUR"},
		{"no title", "titlu", nil, "", "Scrie un titlu."},
		{"short title", "titlu", []string{"abcd"}, "", "cel puțin 5"},
		{"long title", "titlu", []string{strings.Repeat("a", 81)}, "", "cel mult 80"},
		{"invisible title", "titlu", []string{"\u200b\u200b\u200b\u200b\u200b\u200b"}, "", "Scrie un titlu."},
		{"broken title", "titlu", []string{"Bicicletă \xff\xfe frumoasă"}, "", "nu le putem citi"},
		{"title of zeros", "titlu", []string{"\x00\x00\x00\x00\x00\x00"}, "", "Scrie un titlu."},
		{"no description", "descriere", nil, "", "Scrie o descriere."},
		{"short description", "descriere", []string{"scurt"}, "", "cel puțin 20"},
		{"long description", "descriere", []string{strings.Repeat("ă", 9001)}, "", "cel mult 9.000"},
		{"ten megabytes", "descriere", []string{strings.Repeat("bicicletă ", 1<<20)}, "", "cel mult 9.000"},
		{"broken description", "descriere", []string{"\xc3 descrierea aceasta e stricată \xff"}, "", "nu le putem citi"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			seller := site.as(t, "Ana"+strings.ReplaceAll(tt.name, " ", ""))
			page := seller.upload(t, "/adauga-anunt/", with(bicycleForm(), tt.field, tt.values...), picture(0)).status(t, http.StatusUnprocessableEntity).doc(t)
			if tt.at == "" {
				tt.at = "#" + tt.field + "-eroare .field__error"
				page.Has(t, `[role=alert] a[href="#`+tt.field+`"]`)
			}
			page.Has(t, tt.at, tt.sentence)
			page.Has(t, ".photos__item")
			got := shownForm(t, page)
			for name, want := range bicycleForm() {
				if name != tt.field && got.Get(name) != want[0] {
					if tt.field == "categorie" && strings.HasPrefix(name, "atribut_") {
						continue // without a category its details cannot be shown
					}
					t.Errorf("%s is shown as %q, want %q", name, got.Get(name), want[0])
				}
			}
			// The browser that comes back finds the same.
			seller.get(t, "/adauga-anunt/").status(t, http.StatusOK).doc(t).Has(t, ".photos__item")
		})
	}
	t.Cleanup(func() { site.wantRows(t, "listings", 0) })
}

// TestNewListingCleans: what cannot be seen is taken out and the rest published.
func TestNewListingCleans(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		form := bicycleForm()
		form.Set("titlu", "Bicicletă\x00 \u202epegas\u202c  de\u200b ora\u015f")
		form.Set("descriere", "Prima linie\x00 întreagă.\r\n\r\n\r\n\u202eA doua linie.\x1b[31m")
		form.Set("cheie", "cheie\x00\xff")
		form.Add("foto", "\x00\xff")
		form.Add("sterge_foto", "\xff")
		form.Set("atribut_marca", "Pegas\x00\u202e")
		address := site.as(t, "Ana").upload(t, "/adauga-anunt/", form, picture(0)).location(t, http.StatusSeeOther)
		page := site.visitor().get(t, address).status(t, http.StatusOK)
		page.doc(t).Has(t, "h1", "Bicicletă pegas de oraș")
		if strings.ContainsAny(page.body, "\x00\u202e\u200b\x1b") {
			t.Error("the page has invisible characters")
		}
		if !strings.HasPrefix(address, "/anunt/bicicleta-pegas-de-oras-") {
			t.Errorf("address %q", address)
		}
		// Names that only a program sends, and the form shown again with all of it.
		form.Set("ordine_\xff", "\x00")
		form.Set("necunoscut\x00\xff", "\x00\xff")
		form.Set("atribut_\x00\xff", "\x00\xff")
		dan := site.as(t, "Dan")
		dan.post(t, "/adauga-anunt/", form).status(t, http.StatusUnprocessableEntity)
		delete(form, "atribut_\x00\xff")
		for _, key := range []string{"\xff", "\x00", strings.Repeat("x", 5000), "'; --"} {
			form.Set("titlu", "Altă bicicletă "+strings.Repeat("x", len(key)%7))
			dan.post(t, "/adauga-anunt/", with(form, "cheie", key)).status(t, http.StatusSeeOther)
		}
		site.visitor().post(t, "/adauga-anunt/", form).status(t, http.StatusSeeOther)
		site.visitor().get(t, "/anunturi/?q=pegas+oras").doc(t).Has(t, `a[href="`+address+`"]`)
	})
}

// TestBrokenForms: forms that no browser sends get an answer too, and change nothing.
func TestBrokenForms(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	post := func(kind, body string) *response {
		r := httptest.NewRequest(http.MethodPost, testOrigin+"/adauga-anunt/", strings.NewReader(body))
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		return seller.do(t, r)
	}
	many := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", 400) + "--b--\r\n"
	large := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"+strings.Repeat("x", 60_000)+"\r\n", 30) + "--b--\r\n"
	for _, tt := range []struct {
		name, kind, body string
		status           int
	}{
		{"empty", "", "", 422},
		{"no type", "", "titlu=a", 415},
		{"json", "application/json", `{"titlu":"a"}`, 415},
		{"no boundary", "multipart/form-data", "titlu=a", 400},
		{"empty multipart", "multipart/form-data; boundary=b", "--b--\r\n", 422},
		{"not multipart", "multipart/form-data; boundary=b", "titlu=a", 422},
		{"cut multipart", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"titlu\"\r\n\r\nab", 400},
		{"too many parts", "multipart/form-data; boundary=b", many, 400},
		{"too much text", "multipart/form-data; boundary=b", large, 413},
		{"too many fields", "application/x-www-form-urlencoded", strings.Join(slices.Collect(numbered("f%d=x", 400)), "&"), 400},
		{"broken escape", "application/x-www-form-urlencoded", "titlu=%zz", 400},
		{"two megabytes", "application/x-www-form-urlencoded", "descriere=" + strings.Repeat("a", 2<<20), 413},
		{"part without name", "multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n", 422},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := post(tt.kind, tt.body).status(t, tt.status)
			res.doc(t).Has(t, "h1")
		})
	}
	site.wantRows(t, "listings", 0)
}

func numbered(format string, n int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := range n {
			if !yield(fmt.Sprintf(format, i)) {
				return
			}
		}
	}
}

// TestDoubleClick: the same form sent several times, at once or later, is one advert.
func TestDoubleClick(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		for _, key := range []string{"", "0123456789abcdef"} {
			t.Run("key "+key, func(t *testing.T) {
				seller := site.as(t, "Ana"+key)
				form := bicycleForm()
				form.Set("cheie", key)
				seller.get(t, "/adauga-anunt/") // the draft's cookie is there before
				seller.post(t, "/adauga-anunt/ciorna/", url.Values{"titlu": {"Bici"}}).status(t, http.StatusNoContent)
				addresses := make([]string, 5)
				var wg sync.WaitGroup
				for i := range addresses {
					wg.Go(func() {
						tab := &client{site: site, cookies: maps.Clone(seller.cookies), header: http.Header{}}
						addresses[i] = tab.upload(t, "/adauga-anunt/", form, picture(1), picture(2), picture(3)).location(t, http.StatusSeeOther)
					})
				}
				wg.Wait()
				addresses = append(addresses, seller.upload(t, "/adauga-anunt/", form, picture(1)).location(t, http.StatusSeeOther))
				if all := slices.Compact(addresses); len(all) != 1 || all[0] == "" {
					t.Fatalf("addresses %q, want one", all)
				}
				page := seller.get(t, addresses[0]).status(t, http.StatusOK).doc(t)
				if n := page.Find(".gallery img").Length(); n < 3 {
					t.Errorf("%d photos, want 3", n)
				}
			})
		}
		site.wantRows(t, "listings", 2)
	})
}

// TestPhotoTrouble: a bad photo is named beside the field, good ones beside it stay, and the shown form publishes with them.
func TestPhotoTrouble(t *testing.T) {
	t.Parallel()
	good := picture(0)
	whole := phototest.JPEG(200, 200, phototest.Exif{})
	tests := []struct {
		name, sentence string
		bad            []byte
	}{
		{"fake", "nu este o fotografie", []byte("<?php echo 'jpg'; ?>")},
		{"empty", "nu este o fotografie", []byte{}},
		{"html", "nu este o fotografie", []byte("<html><script>alert(1)</script></html>")},
		{"truncated", "nu este o fotografie", whole[:len(whole)/2]},
		{"huge file", "peste 15 MB", append(slices.Clone(whole), make([]byte, photos.MaxBytes)...)},
		{"broken", "nu este o fotografie", append(slices.Clone(whole[:20]), bytes.Repeat([]byte{0xff, 0xd8}, 200)...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			site := newTestSite(t)
			seller := site.as(t, "Ana")
			page := seller.upload(t, "/adauga-anunt/", bicycleForm(), good, tt.bad, picture(1)).status(t, http.StatusUnprocessableEntity).doc(t)
			page.Has(t, "#fotografii-eroare .field__error", "Fotografia 2", tt.sentence)
			if n := page.Find(".photos__item").Length(); n != 2 {
				t.Fatalf("%d photos kept, want 2", n)
			}
			for i := range 2 {
				seller.get(t, page.Find(".photos__item img").Eq(i).AttrOr("src", "")).status(t, http.StatusOK)
			}
			if files := site.files(t); len(files) != 6 { // two pictures in three widths
				t.Errorf("files %q", files)
			}
			if left, err := os.ReadDir(filepath.Join(site.dir, "photos", "tmp")); err != nil || len(left) > 0 {
				t.Errorf("temporary files %v, %v", left, err)
			}
			address := seller.upload(t, "/adauga-anunt/", shownForm(t, page)).location(t, http.StatusSeeOther)
			published := seller.get(t, address).status(t, http.StatusOK).doc(t)
			published.Has(t, "h1", "Bicicletă Pegas de oraș")
			site.wantRows(t, "photos WHERE listing_id IS NOT NULL", 2)
			site.wantRows(t, "form_drafts", 0)
		})
	}
}

func TestTooManyPhotos(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	var pictures [][]byte
	for i := range 13 {
		pictures = append(pictures, picture(i))
	}
	page := seller.upload(t, "/adauga-anunt/", bicycleForm(), pictures...).status(t, http.StatusUnprocessableEntity).doc(t)
	page.Has(t, "#fotografii-eroare", "cel mult 12 fotografii")
	if n := page.Find(".photos__item").Length(); n != 12 {
		t.Fatalf("%d photos kept, want 12", n)
	}
	// One goes, two come: the second has no room.
	form := shownForm(t, page)
	form.Add("sterge_foto", form["foto"][3])
	page = seller.upload(t, "/adauga-anunt/", form, picture(20), picture(21)).status(t, http.StatusUnprocessableEntity).doc(t)
	page.Has(t, "#fotografii-eroare", "cel mult 12 fotografii")
	if n := page.Find(".photos__item").Length(); n != 12 {
		t.Fatalf("%d photos kept, want 12", n)
	}
	// Three go, three come.
	form = shownForm(t, page)
	for _, id := range form["foto"][:3] {
		form.Add("sterge_foto", id)
	}
	seller.upload(t, "/adauga-anunt/", form, picture(22), picture(23), picture(24)).status(t, http.StatusSeeOther)
	site.wantRows(t, "photos", 12)
}

func TestArrangePhotos(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	page := seller.upload(t, "/adauga-anunt/", with(bicycleForm(), "titlu"), picture(0), picture(1), picture(2)).status(t, http.StatusUnprocessableEntity).doc(t)
	var sources []string
	for i := range 3 {
		sources = append(sources, page.Find(".photos__item img").Eq(i).AttrOr("src", ""))
	}
	form := with(shownForm(t, page), "titlu", "Bicicletă Pegas de oraș")
	ids := form["foto"]
	form.Set("ordine_"+ids[0], "3")
	form.Set("ordine_"+ids[2], "1")
	form.Set("ordine_"+ids[1], "abc")
	form.Add("sterge_foto", ids[1])
	form.Add("foto", ids[2]) // twice
	address := seller.upload(t, "/adauga-anunt/", form).location(t, http.StatusSeeOther)
	hash := func(src string) string { return strings.TrimPrefix(src, "/foto/")[:32] }
	html := seller.get(t, address).status(t, http.StatusOK).body
	first, last := strings.Index(html, hash(sources[2])), strings.Index(html, hash(sources[0]))
	if first < 0 || last < 0 || first > last || strings.Contains(html, hash(sources[1])) {
		t.Errorf("photos stand in the wrong order: %d, %d", first, last)
	}
	seller.get(t, sources[2]).status(t, http.StatusOK)
}

// TestCategoryStep is the way without scripts: the chosen category's fields come with a reload that keeps everything.
func TestCategoryStep(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	form := url.Values{"categorie": {"biciclete"}, "titlu": {"Bicicletă"}, "pas": {"categorie"}}
	page := seller.upload(t, "/adauga-anunt/", form, picture(0)).status(t, http.StatusOK).doc(t)
	page.Has(t, "[name=atribut_tip]")
	page.Has(t, ".photos__item")
	page.HasNot(t, ".field__error")
	if got := shownForm(t, page); got.Get("titlu") != "Bicicletă" || got.Get("categorie") != "biciclete" {
		t.Errorf("form shows %v", got)
	}
	site.wantRows(t, "listings", 0)
}
