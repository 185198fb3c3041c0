package handlers

import (
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"piata.ro/internal/photos/phototest"
)

// cable is the network between a browser and the site, which can fail.
type cable struct {
	net.Listener

	mu    sync.Mutex
	mode  cableMode
	conns map[net.Conn]struct{}
}

type cableMode int

const (
	cableWhole cableMode = iota
	cableCut             // nothing gets through
	cableDeaf            // what the browser sends arrives, no answer comes back
)

func newCable(t testing.TB) *cable {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return &cable{Listener: listener, conns: map[net.Conn]struct{}{}}
}

// set changes what gets through; open connections end, except when only answers get lost.
func (w *cable) set(mode cableMode) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.mode = mode; mode != cableCut {
		return
	}
	for c := range w.conns {
		_ = c.Close()
	}
}

func (w *cable) is(mode cableMode) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mode == mode
}

// Accept implements net.Listener.
func (w *cable) Accept() (net.Conn, error) {
	for {
		c, err := w.Listener.Accept()
		if err != nil {
			return nil, err
		}
		w.mu.Lock()
		mode := w.mode
		w.conns[c] = struct{}{}
		w.mu.Unlock()
		if mode != cableCut {
			return &cableConn{c, w}, nil
		}
		_ = c.Close()
	}
}

// cableConn loses answers while the cable is deaf.
type cableConn struct {
	net.Conn
	cable *cable
}

// Write implements net.Conn.
func (c *cableConn) Write(p []byte) (int, error) {
	if c.cable.is(cableDeaf) {
		return 0, errors.Join(errors.New("the cable is deaf"), c.Conn.Close())
	}
	return c.Conn.Write(p)
}

// Close implements net.Conn.
func (c *cableConn) Close() error {
	c.cable.mu.Lock()
	delete(c.cable.conns, c.Conn)
	c.cable.mu.Unlock()
	return c.Conn.Close()
}

// unplug cuts the cable and tells the page, plug mends it.
func (b *tab) unplug(t testing.TB, w *cable) {
	t.Helper()
	w.set(cableCut)
	b.network(t, true)
}

func (b *tab) plug(t testing.TB, w *cable) {
	t.Helper()
	w.set(cableWhole)
	b.network(t, false)
}

func (b *tab) network(t testing.TB, offline bool) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
		b.fail(t, err)
	}
}

// fillListing writes a good advert with two photos into the form.
func (b *tab) fillListing(t testing.TB, title string) {
	t.Helper()
	b.open(t, "/adauga-anunt/?categorie=biciclete")
	form := bicycleForm()
	form.Set("titlu", title)
	values, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	b.eval(t, `(() => { for (const [name, [value]] of Object.entries(`+string(values)+`)) document.querySelector("#anunt").elements[name].value = value })()`)
	b.choosePhotos(t, 300, 320)
}

// choosePhotos chooses photos of these widths for the form.
func (b *tab) choosePhotos(t testing.TB, widths ...int) {
	t.Helper()
	var files []string
	for i, width := range widths {
		files = append(files, filepath.Join(t.TempDir(), "IMG_"+string(rune('1'+i))+".jpg"))
		if err := os.WriteFile(files[i], phototest.JPEG(width, 200, phototest.Exif{}), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.do(t, chromedp.SetUploadFiles(chromedp.CSS("#fotografii"), files))
}

const submitListing = "#anunt .form__end [type=submit]"

func (b *tab) kept(t testing.TB) string {
	t.Helper()
	return b.eval(t, `await new Promise((done) => { const o = indexedDB.open("piata", 1); o.onsuccess = () => {
		const all = o.result.transaction("ciorne").objectStore("ciorne").getAll(); all.onsuccess = () => { o.result.close(); done(all.result.length) } } })`)
}

// TestBrowserOffline: what was seen can be read without a network, and what was written appears once when it is back.
func TestBrowserOffline(t *testing.T) {
	t.Parallel()
	w := newCable(t)
	site, origin := serveOn(t, w)
	seenPath, _ := site.as(t, "Dan").publish(t, bicycleForm(), phototest.JPEG(400, 300, phototest.Exif{}))
	b := newTab(t, origin)
	b.setCookies(t, site.as(t, "Ana").cookies)

	b.open(t, seenPath)
	b.waitFor(t, `navigator.serviceWorker.controller`)
	b.waitFor(t, `(globalThis.seen ??= caches.match(location.pathname).then((kept) => (globalThis.isSeen = kept) ?? (globalThis.seen = null))) && globalThis.isSeen`)
	if cached := b.eval(t, `await (await caches.match(location.pathname)).text()`); cached == "" || containsAny(cached, "Contul meu", "Ana P.") {
		t.Error("the advert was kept as the signed-in person sees it")
	}

	b.unplug(t, w)
	b.open(t, "/anunturi/")
	b.waitFor(t, `document.querySelector("h1")?.textContent === "Nu ai internet acum" && document.querySelector('[data-seen] a[href="`+seenPath+`"]')`)
	b.open(t, seenPath)
	b.waitFor(t, `document.querySelector("h1")?.textContent.includes("Bicicletă Pegas") && getComputedStyle(document.querySelector(".btn")).borderRadius !== "0px"`)
	b.waitFor(t, `document.querySelector(".gallery img").naturalWidth > 0`)

	// An advert is written with a network and sent without one.
	b.plug(t, w)
	b.fillListing(t, "Bicicletă scrisă pe drum")
	b.waitFor(t, `document.querySelectorAll("[name=foto]").length === 2`)
	b.unplug(t, w)
	b.choosePhotos(t, 340) // this one stays in the form
	b.waitFor(t, `document.querySelector(".photos__note")?.textContent.includes("Pleacă odată cu anunțul")`)
	b.click(t, submitListing)
	b.waitFor(t, `document.querySelector("[data-kept]")`)
	if n := b.kept(t); n != "1" {
		t.Errorf("%s adverts are kept, want 1", n)
	}
	b.plug(t, w)
	b.waitFor(t, `location.pathname.startsWith("/anunt/bicicleta-scrisa-pe-drum-") && document.querySelectorAll(".gallery__slide img").length === 3`)
	site.wantRows(t, "listings", 2)

	// This time it arrives and only the answer is lost: the phone sends it again, and it is there once, with its photos.
	b.fillListing(t, "Bicicletă trimisă de două ori")
	w.set(cableDeaf)
	b.click(t, submitListing)
	b.waitFor(t, `document.querySelector("[data-kept]")`)
	site.wantRows(t, "listings", 3)
	b.plug(t, w)
	b.eval(t, `dispatchEvent(new Event("online"))`)
	b.waitFor(t, `location.pathname.startsWith("/anunt/bicicleta-trimisa-") && document.querySelectorAll(".gallery__slide img").length === 2`)
	site.wantRows(t, "listings", 3)
	if n := b.kept(t); n != "0" {
		t.Errorf("%s adverts are still kept", n)
	}

	// Leaving takes along what was kept.
	b.open(t, "/auth/clerk/logout/")
	b.click(t, "main form[data-sign-out] button")
	b.waitFor(t, `location.pathname === "/" && document.body.innerText.includes("Ai ieșit din cont")`)
	b.waitFor(t, `(globalThis.left ??= caches.keys().then((names) => (globalThis.isGone = !names.some((n) => n.startsWith("piata-vazute"))) || (globalThis.left = null))) && globalThis.isGone`)
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}
