package handlers

import (
	"bytes"
	"image"
	_ "image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// preview fetches the picture that a page names for where it is shared.
func (c *client) preview(t testing.TB, page string) (address string, data []byte) {
	t.Helper()
	doc := c.get(t, page).doc(t)
	address = strings.TrimPrefix(doc.Attr(`meta[property="og:image"]`, "content"), testOrigin)
	res := c.get(t, address).status(t, http.StatusOK)
	img, format, err := image.DecodeConfig(strings.NewReader(res.body))
	if err != nil || format != "jpeg" || img.Width != 1200 || img.Height != 630 || len(res.body) > 100<<10 || res.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("%s: %s %dx%d, %d bytes, %v, %v", address, format, img.Width, img.Height, len(res.body), err, res.Header)
	}
	return address, []byte(res.body)
}

func TestPreview(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, visitor := site.as(t, "Ana"), site.visitor()
	address, id := seller.publish(t, bicycleForm(), picture(0))
	first, data := visitor.preview(t, address)
	kept, err := filepath.Glob(filepath.Join(site.dir, "previews", "*.jpg"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %v, %v", kept, err)
	}
	if onDisk, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(onDisk, data) {
		t.Errorf("on disk are %d bytes, %v", len(onDisk), err)
	}
	// A new price is a new picture; who has the old address is led to it.
	form := shownForm(t, seller.get(t, "/anunt/"+id+"/editare/").doc(t))
	seller.upload(t, "/anunt/"+id+"/editare/", with(form, "pret", "999")).status(t, http.StatusSeeOther)
	second, changed := visitor.preview(t, address)
	if second == first || bytes.Equal(changed, data) {
		t.Error("the picture did not change with the price")
	}
	if got := visitor.get(t, first).location(t, http.StatusFound); got != second {
		t.Errorf("the old picture leads to %q", got)
	}
	// Pages without one of their own share the market's.
	for _, page := range []string{"/", "/anunturi/?q=nimic", "/ajutor/"} {
		if got, _ := visitor.preview(t, page); got != "/previzualizare/piata.jpg" {
			t.Errorf("%s has %s", page, got)
		}
	}
	bare, _ := seller.publish(t, with(bicycleForm(), "titlu", "Fără fotografii"))
	visitor.preview(t, bare)
	seller.post(t, "/anunt/"+id+"/sterge/", nil).status(t, http.StatusSeeOther)
	visitor.get(t, second).status(t, http.StatusGone)
	for _, path := range []string{"9999-1.jpg", "x.jpg", "1.jpg", "-1-1.jpg", "1-x.jpg", "1-1.png", "..%2fpiata.jpg"} {
		if got := visitor.get(t, "/previzualizare/"+path).StatusCode; got != http.StatusNotFound && got != http.StatusGone {
			t.Errorf("%s: %d", path, got)
		}
	}
}

// Many who ask for the same picture wait for one drawing.
func TestPreviewOnce(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	var g sync.WaitGroup
	for range 30 {
		g.Go(func() { site.visitor().get(t, "/previzualizare/piata.jpg").status(t, http.StatusOK) })
	}
	g.Wait()
}
