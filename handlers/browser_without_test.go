package handlers

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// media makes the browser say that the person prefers something, for instance less motion.
func (b *tab) media(t testing.TB, name, value string) {
	t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.fail(t, err)
	}
}

func (b *tab) resize(t testing.TB, width, height int64) {
	t.Helper()
	b.do(t, chromedp.EmulateViewport(width, height))
}

// want fails the test unless the expression gives the text.
func (b *tab) want(t testing.TB, expression, text string) {
	t.Helper()
	if got := b.eval(t, expression); got != text {
		t.Errorf("%s is %q, want %q", expression, got, text)
	}
}

// keys types into what has the focus.
func (b *tab) keys(t testing.TB, keys ...string) {
	t.Helper()
	for _, k := range keys {
		b.do(t, chromedp.KeyEvent(k))
	}
}

const tabKey, enterKey = "\t", "\r"

// tabTo presses Tab until the focus is where it should be.
func (b *tab) tabTo(t testing.TB, selector string) {
	t.Helper()
	for range 80 {
		b.keys(t, tabKey)
		if b.eval(t, `document.activeElement.matches(`+strconv.Quote(selector)+`)`) == "true" {
			return
		}
	}
	t.Fatalf("Tab does not lead to %s; the focus is on %s", selector, b.eval(t, `document.activeElement.outerHTML.slice(0, 200)`))
}

// TestBrowserWithout: the site keeps working when something is missing.
func TestBrowserWithout(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	site.many(t, 30)
	seller := site.as(t, "Ana")
	address, id := seller.publish(t, bicycleForm(), picture(0), picture(1))
	dan := site.as(t, "Dan")
	dan.get(t, "/profil/")
	b := newTab(t, origin)
	b.setCookies(t, dan.cookies)
	for _, test := range []struct {
		name string
		run  func(t *testing.T, b *tab)
	}{
		{"scripts", func(t *testing.T, b *tab) { withoutScripts(t, b, site, address, id) }},
		{"styles", func(t *testing.T, b *tab) { withoutStyles(t, b, address) }},
		{"images", func(t *testing.T, b *tab) { withoutImages(t, b, address) }},
		{"room", func(t *testing.T, b *tab) { withoutRoom(t, b, address) }},
		{"mouse", func(t *testing.T, b *tab) { withoutMouse(t, b, site) }},
		{"motion", func(t *testing.T, b *tab) { withoutMotion(t, b, address) }},
		{"colours", func(t *testing.T, b *tab) { withoutColours(t, b, address) }},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, b) })
	}
}

func (b *tab) scripts(t testing.TB, isOff bool) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: isOff}); err != nil {
		b.fail(t, err)
	}
}

// withoutScripts searches, sorts, opens a listing, saves it and posts one, with plain links and forms.
func withoutScripts(t *testing.T, b *tab, site *testSite, address, id string) {
	b.scripts(t, true)
	defer b.scripts(t, false)
	b.open(t, "/")
	b.do(t, chromedp.SendKeys(chromedp.CSS("main .search__what"), "bicicleta"))
	b.click(t, "main .search__go")
	b.waitFor(t, `location.search.includes("q=bicicleta") && document.querySelectorAll(".card").length === 24`)
	b.waitFor(t, `document.querySelector("[data-more]").focus() === undefined`) // where it stands changes while pictures load
	b.keys(t, enterKey)
	b.waitFor(t, `location.search.includes("dupa=") && document.querySelectorAll(".card").length === 7`)
	b.open(t, address)
	b.click(t, ".fav--large button")
	b.waitFor(t, `document.querySelector(".fav--large button").getAttribute("aria-pressed") === "true"`)
	site.wantRows(t, "favorites WHERE listing_id = "+id, 1)

	b.open(t, "/adauga-anunt/")
	b.do(t, chromedp.SetValue(chromedp.CSS("#categorie"), "biciclete"))
	b.click(t, "noscript + .form__fields, button[name=pas]")
	b.waitFor(t, `document.querySelector("#atribut_tip")`)
	form := bicycleForm()
	for _, name := range []string{"titlu", "descriere", "pret", "localitate"} {
		b.do(t, chromedp.SetValue(chromedp.CSS("#"+name), form.Get(name)))
	}
	for _, name := range []string{"atribut_tip", "atribut_roata", "atribut_stare", "judet"} {
		b.do(t, chromedp.SetValue(chromedp.CSS("#"+name), form.Get(name)))
	}
	b.waitFor(t, `document.querySelector(".form__end [type=submit]").focus() === undefined`) // fields grow with their text
	b.keys(t, enterKey)
	b.waitFor(t, `location.pathname.startsWith("/anunt/") && document.body.innerText.includes("Anunțul tău e publicat")`)
}

// withoutStyles reads in a sensible order and no icon grows over the page.
func withoutStyles(t *testing.T, b *tab, address string) {
	b.block(t, "*://*:*/static/*/app.css")
	defer b.block(t)
	for _, path := range []string{"/", "/anunturi/", address, "/adauga-anunt/"} {
		b.open(t, path)
		b.want(t, `getComputedStyle(document.body).display`, "block")
		b.want(t, `Math.max(0, ...[...document.querySelectorAll("svg.icon")].map((i) => i.getBoundingClientRect().width)) <= 32`, "true")
		b.want(t, `document.querySelector("a, button, input, select").className`, "skip")
		b.want(t, `Boolean(document.querySelector("h1").compareDocumentPosition(document.querySelector("footer")) & Node.DOCUMENT_POSITION_FOLLOWING)`, "true")
	}
}

// withoutImages keeps the room of each picture and says what it would show.
func withoutImages(t *testing.T, b *tab, address string) {
	b.open(t, "/anunturi/")
	before := b.eval(t, `document.querySelector(".cards").offsetHeight`)
	b.block(t, "*://*:*/foto/*")
	defer b.block(t)
	b.open(t, "/anunturi/?sort=noi")
	b.want(t, `document.querySelector(".cards").offsetHeight`, before)
	b.open(t, address)
	b.want(t, `document.querySelector(".gallery__slide img").alt`, "Bicicletă Pegas de oraș")
	b.want(t, `document.querySelector(".gallery__slide img").offsetHeight > 200`, "true")
}

// withoutRoom is a window of 320 px, and the same at 400 %, where it is not high either: nothing scrolls sideways and what
// stays in place leaves most of the window to the page.
func withoutRoom(t *testing.T, b *tab, address string) {
	defer b.resize(t, 1280, 800)
	for _, path := range []string{"/", "/anunturi/?q=bicicleta&judet=CJ", "/anunturi/?aspect=lista", "/categorii/", address, "/adauga-anunt/?categorie=autoturisme", "/favorite/", "/profil/", "/ajutor/", "/nimic-aici/", "/utilizator/ana-pop/"} {
		b.resize(t, 320, 640)
		b.open(t, path)
		b.wantRoom(t, path, 640)
		b.resize(t, 320, 256)
		b.wantRoom(t, path, 256)
	}
}

// wantRoom fails the test where the page is too wide, or where too much of the height stays put.
func (b *tab) wantRoom(t *testing.T, path string, height int) {
	t.Helper()
	if over := b.eval(t, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over != "0" {
		t.Errorf("%s at 320×%d is %s px too wide", path, height, over)
	}
	fixed := b.eval(t, `[...document.querySelectorAll(".awning, .tabbar")].filter((e) => ["sticky", "fixed"].includes(getComputedStyle(e).position)).reduce((sum, e) => sum + e.offsetHeight, 0)`)
	if n, err := strconv.Atoi(fixed); err != nil || n > height/3 {
		t.Errorf("%s at 320×%d: %s px do not scroll away", path, height, fixed)
	}
}

// withoutMouse goes the whole way with the keyboard: skip link, search, a listing, saving it, back.
func withoutMouse(t *testing.T, b *tab, site *testSite) {
	b.open(t, "/")
	b.keys(t, tabKey)
	b.want(t, `document.activeElement.className`, "skip")
	b.keys(t, enterKey)
	b.want(t, `document.activeElement.id`, "continut")
	b.tabTo(t, "#cauta-q")
	b.keys(t, "bicicleta", enterKey)
	b.waitFor(t, `location.search.includes("q=bicicleta")`)
	b.tabTo(t, ".card .card__title a")
	if outline := b.eval(t, `getComputedStyle(document.activeElement, "::after").outlineStyle`); outline != "solid" {
		t.Errorf("the focused card has outline %s", outline)
	}
	b.tabTo(t, ".card .fav__btn")
	saved := site.count(t, "SELECT count(*) FROM favorites")
	b.keys(t, enterKey)
	b.waitFor(t, `document.activeElement.getAttribute("aria-pressed") === "true"`)
	site.wantRows(t, "favorites", saved+1)
	b.tabTo(t, ".card .card__title a")
	b.keys(t, enterKey)
	b.waitFor(t, `location.pathname.startsWith("/anunt/")`)
	b.tabTo(t, ".fav--large button")
}

// withoutMotion leaves nothing that moves.
func withoutMotion(t *testing.T, b *tab, address string) {
	b.media(t, "prefers-reduced-motion", "reduce")
	defer b.media(t, "prefers-reduced-motion", "")
	b.open(t, address)
	b.want(t, `getComputedStyle(document.querySelector(".gallery__strip")).scrollBehavior`, "auto")
	b.resize(t, 360, 700)
	defer b.resize(t, 1280, 800)
	b.open(t, "/anunturi/")
	b.click(t, ".results__filters")
	b.want(t, `document.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 1).length`, "0")
}

// withoutColours: when the system sets the colours, edges stay visible and a pressed heart differs from others.
func withoutColours(t *testing.T, b *tab, address string) {
	b.media(t, "forced-colors", "active")
	defer b.media(t, "forced-colors", "")
	b.open(t, address)
	b.want(t, `matchMedia("(forced-colors: active)").matches`, "true")
	const edge = `((s) => { const e = getComputedStyle(document.querySelector(s)); return e.borderTopStyle + (parseFloat(e.borderTopWidth) > 0); })`
	for _, selector := range []string{".panel", ".fav__btn", ".search"} {
		b.want(t, edge+`("`+selector+`")`, "solidtrue")
	}
	b.open(t, "/anunturi/")
	pressed := b.eval(t, `[...document.querySelectorAll(".fav__btn")].map((f) => f.getAttribute("aria-pressed") + getComputedStyle(f.querySelector("svg")).color).filter((v, i, all) => all.indexOf(v) === i).length`)
	if pressed != "2" || !strings.Contains(b.eval(t, `document.querySelector(".cards").innerHTML.includes('aria-pressed="true"')`), "true") {
		t.Errorf("%s ways of a heart, want 2", pressed)
	}
}
