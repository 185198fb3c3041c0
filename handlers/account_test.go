package handlers

import (
	"archive/zip"
	"bytes"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/photos/phototest"
	"piata.ro/models"
)

// publishTitled publishes a bicycle of the name, with a photo.
func (c *client) publishTitled(t testing.TB, title string) (address, id string) {
	t.Helper()
	form := bicycleForm()
	form.Set("titlu", title)
	return c.publish(t, form, phototest.JPEG(300, 200, phototest.Exif{}))
}

func TestDeleteAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		wire := &backendWire{}
		site := newTestSite(t, onDatabase(databaseURL), onWire(wire))
		ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
		listing, id := ana.publishTitled(t, "Bicicletă de vândut")
		dan.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
		copied := site.visitor()
		for name, value := range ana.cookies {
			copied.cookies[name] = value
		}

		site.visitor().get(t, "/profil/stergere/").status(t, http.StatusSeeOther)
		ana.get(t, "/profil/").status(t, http.StatusOK).doc(t).Has(t, `main a[href="/profil/stergere/"]`)
		page := ana.get(t, "/profil/stergere/").status(t, http.StatusOK).doc(t)
		page.Has(t, `a[href="/profil/date/"]`)
		page.Has(t, "label", "ana-pop")
		for _, typed := range []string{"", "ana", "dan-pop"} {
			page := ana.post(t, "/profil/stergere/", url.Values{"confirmare": {typed}}).status(t, http.StatusUnprocessableEntity).doc(t)
			page.Has(t, "#confirmare-eroare", "ana-pop")
			if page.Attr("#confirmare", "value") != typed {
				t.Errorf("what was typed is gone: %q", typed)
			}
		}
		site.wantRows(t, "users WHERE deleted_at IS NOT NULL", 0)

		wire.down.Store(true)
		if loc := ana.post(t, "/profil/stergere/", url.Values{"confirmare": {"Ana-Pop"}}).location(t, http.StatusSeeOther); loc != "/" {
			t.Errorf("leads to %q", loc)
		}
		ana.get(t, "/").status(t, http.StatusOK).doc(t).Has(t, ".notice", "șters contul")
		if ana.cookies["__session"] != "" {
			t.Error("the session's cookie is still there")
		}
		if res := copied.get(t, "/profil/"); res.StatusCode == http.StatusOK {
			t.Error("the session goes on elsewhere")
		}
		dan.get(t, listing).status(t, http.StatusGone)
		dan.get(t, "/favorite/").status(t, http.StatusOK).doc(t).HasNot(t, ".card")
		site.visitor().get(t, "/utilizator/ana-pop/").status(t, http.StatusNotFound)
		if res := site.visitor().get(t, "/anunturi/?q=bicicleta").status(t, http.StatusOK); strings.Contains(res.body, "Bicicletă de vândut") {
			t.Error("the listing is still found")
		}
		for _, table := range []string{"photos", "favorites", "form_drafts", "users WHERE first_name = 'Ana'", "listings WHERE title <> ''"} {
			site.wantRows(t, table, 0)
		}
		site.wantRows(t, "users WHERE due_at_clerk", 1)
		if _, err := site.server.DeleteAtClerk(t.Context()); err == nil {
			t.Error("deleted at Clerk, which is down")
		}
		wire.down.Store(false)
		if more, err := site.server.DeleteAtClerk(t.Context()); more || err != nil {
			t.Errorf("deleting at Clerk: %v, %v", more, err)
		}
		site.wantRows(t, "users WHERE due_at_clerk", 0)
		site.as(t, "Ana").get(t, "/profil/").status(t, http.StatusOK).doc(t).Has(t, `a[href="/utilizator/ana-pop/"]`)
	})
}

func TestDeleteAccountTellsClerkAtOnce(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.get(t, "/profil/").status(t, http.StatusOK)
	ana.post(t, "/profil/stergere/", url.Values{"confirmare": {"ana-pop"}}).status(t, http.StatusSeeOther)
	site.wantRows(t, "users WHERE deleted_at IS NOT NULL AND NOT due_at_clerk", 1)
}

// unzip returns the files of an archive by name.
func unzip(t testing.TB, body string) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		files[f.Name] = string(data)
	}
	return files
}

func TestExportData(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
		mine, _ := ana.publishTitled(t, "Bicicleta Anei")
		foreign, id := dan.publishTitled(t, "Bicicleta lui Dan")
		ana.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
		ana.upload(t, "/adauga-anunt/", url.Values{"titlu": {"Ceva început"}}, phototest.JPEG(320, 200, phototest.Exif{})).status(t, http.StatusUnprocessableEntity)
		ana.post(t, "/profil/editare/", url.Values{"nume": {"Ana din Turda"}, "telefon": {"0722 123 456"}, "judet": {"CJ"}, "localitate": {"Turda"}}).status(t, http.StatusSeeOther)

		ana.post(t, "/raportare/"+id+"/", url.Values{"motiv": {"spam"}, "detalii": {"De trei ori."}}).status(t, http.StatusSeeOther)
		if _, err := site.store.Decide(t.Context(), 1, models.ReportListing, 2, models.ActionDismiss, "notă"); err != nil {
			t.Fatal(err)
		}
		dan.post(t, "/profil/editare/", url.Values{"nume": {"Dan"}, "telefon": {"0733 444 555"}}).status(t, http.StatusSeeOther)
		ana.post(t, "/anunt/"+id+"/telefon/", nil).status(t, http.StatusOK)
		site.visitor().get(t, "/profil/date/").status(t, http.StatusSeeOther)
		res := ana.get(t, "/profil/date/").status(t, http.StatusOK)
		if res.Header.Get("Cache-Control") != "private, no-store" || res.Header.Get("Content-Type") != "application/zip" ||
			!strings.Contains(res.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("headers %v", res.Header)
		}
		files := unzip(t, res.body)
		folder := "anunturi" + strings.TrimPrefix(mine, "/anunt")
		for name, wants := range map[string][]string{
			"profil.json":           {`"email": "ana@example.com"`, `"phone": "+40722123456"`, `"city": "Turda"`},
			"favorite.json":         {"Bicicleta lui Dan", foreign},
			"mesaje-contact.json":   {"[]"},
			"raportari.json":        {`"kind": "listing"`, `"reason": "spam"`, "De trei ori.", "nu am găsit nimic", `"decided_at": "20`},
			"telefoane-cerute.json": {"Bicicleta lui Dan", `"listing_id": 2`, `"asked_at": "20`},
			"ciorne.json":           {"Ceva început", `"ciorne/1/foto-1.jpg"`},
			folder + "anunt.json":   {`"title": "Bicicleta Anei"`, `"roata": "28"`, `"prices"`, `"amount": 125000`, "Cadru de oțel"},
			folder + "foto-1.jpg":   nil,
		} {
			for _, want := range wants {
				if !strings.Contains(files[name], want) {
					t.Errorf("%s lacks %s: %s", name, want, files[name])
				}
			}
		}
		for _, name := range []string{folder + "foto-1.jpg", "ciorne/1/foto-1.jpg"} {
			if _, err := jpeg.Decode(strings.NewReader(files[name])); err != nil || len(files) != 10 {
				t.Errorf("%s: %v; %d files", name, err, len(files))
			}
		}
		if strings.Contains(strings.Join([]string{files["profil.json"], files["ciorne.json"], files[folder+"anunt.json"]}, ""), "Dan") {
			t.Error("somebody else's data")
		}
		site.server.work.Wait()
	})
}

func TestExportIsLimited(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	for range limitExports.Burst {
		ana.get(t, "/profil/date/").status(t, http.StatusOK)
	}
	ana.get(t, "/profil/date/").status(t, http.StatusTooManyRequests)
	if res := site.as(t, "Dan").do(t, httptest.NewRequest(http.MethodHead, testOrigin+"/profil/date/", nil)).status(t, http.StatusOK); res.body != "" {
		t.Error("HEAD has a body")
	}
}

// TestExportEnds: a client that goes away, or the end of the program, ends the work.
func TestExportEnds(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	ana.publishTitled(t, "Bicicleta Anei")
	user, err := site.store.UserByUsername(t.Context(), "ana-pop")
	if err != nil {
		t.Fatal(err)
	}
	e := &export{server: site.server, user: user, at: site.clock.now()}
	reader, writer := io.Pipe()
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.write(t.Context(), writer); err == nil {
		t.Error("wrote to nobody")
	}
}
