package handlers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"piata.ro/internal/photos/phototest"
)

// block makes requests whose address matches fail, until it is called with none.
func (b *tab) block(t testing.TB, patterns ...string) {
	t.Helper()
	params := network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{}}
	for _, p := range patterns {
		params.URLPatterns = append(params.URLPatterns, &network.BlockPattern{URLPattern: p, Block: true})
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		b.fail(t, err)
	}
	if _, err := chromedp.Call(b.ctx, network.SetBlockedURLs, params); err != nil {
		b.fail(t, err)
	}
}

// TestBrowserMore: more cards are added under the same address, a failure is said and can be repeated, and Back, whether
// within the results or from a listing, returns to the same place in the list.
func TestBrowserMore(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	site.many(t, 60)
	b := newTab(t, origin)
	const cards = `document.querySelectorAll(".card").length`

	b.open(t, "/anunturi/?categorie=biciclete")
	b.block(t, "*://*:*/*")
	b.click(t, "[data-more]")
	b.waitFor(t, `document.querySelector(".toast button")?.textContent === "Încearcă din nou"`)
	b.block(t)
	b.click(t, ".toast button")
	b.waitFor(t, cards+" === 48")
	if got := b.eval(t, `document.querySelector("#vestire").textContent + document.activeElement.closest(".card").matches(":nth-child(25)") + location.search`); got != "Sunt afișate 48 de anunțuri.true?categorie=biciclete" {
		t.Errorf("after more: %s", got)
	}
	b.click(t, "[data-more]")
	b.waitFor(t, cards+" === 60")
	b.eval(t, `document.querySelector(".card:nth-child(55)").scrollIntoView({block: "center", behavior: "instant"})`)
	b.waitFor(t, `history.state.y > 1000`)
	y := b.eval(t, `Math.round(scrollY)`)

	// A listing and back, as a new page: as when the browser did not keep the old one.
	b.eval(t, `addEventListener("unload", () => {})`)
	b.click(t, ".card:nth-child(55) .card__title a")
	b.waitFor(t, `location.pathname.startsWith("/anunt/")`)
	b.eval(t, `history.back()`)
	b.waitFor(t, cards+` === 60 && Math.abs(scrollY - `+y+`) < 2`)

	// Another order and back: htmx fetches the list again.
	b.eval(t, `(scrollTo(0, 0), document.querySelector("#sort").value = "ieftine", document.querySelector("#sort").dispatchEvent(new Event("change", {bubbles: true})))`)
	b.waitFor(t, `location.search.includes("sort=ieftine") && `+cards+" === 24")
	b.eval(t, `history.back()`)
	b.waitFor(t, `!location.search.includes("sort") && `+cards+" === 60")

	for _, problem := range b.takeProblems() {
		if !strings.Contains(problem, "Failed to fetch") { // what was blocked
			t.Errorf("problem: %s", problem)
		}
	}
}

// TestBrowserFilters: results follow what is typed and chosen, the form follows the chips and Back, and lists stay open.
func TestBrowserFilters(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	site.market(t)
	b := newTab(t, origin)
	const dacia = `document.querySelector("[name=atribut_marca][value=Dacia]")`
	chips := func(want string) {
		t.Helper()
		b.waitFor(t, `[...document.querySelectorAll("[aria-label='Filtre active'] a")].map((a) => a.firstChild.textContent).join() === "`+want+`"`)
	}
	b.open(t, "/categorii/autoturisme/")
	b.eval(t, `window.sameDocument = true`)
	b.click(t, ".results__filters")
	b.eval(t, `document.querySelector("#atribut_marca-optiuni summary").click()`) // the sheet may still be moving
	b.do(t, chromedp.SendKeys(chromedp.CSS("#f-q"), "logan"))
	chips("„logan”,Autoturisme")
	if got := b.eval(t, `[location.search, document.activeElement.id, document.querySelector("#atribut_marca-optiuni").open, document.querySelector(".filters__actions button").textContent]`); got != "?categorie=autoturisme&q=logan,f-q,true,Arată 1 anunț" {
		t.Errorf("while typing: %s", got)
	}
	b.eval(t, dacia+`.click()`)
	chips("„logan”,Autoturisme,Marcă: Dacia")
	b.eval(t, `((s) => { s.value = "B"; s.dispatchEvent(new Event("change", {bubbles: true})); })(document.querySelector("#filtre-form [name=judet]"))`)
	chips("„logan”,Autoturisme,București,Marcă: Dacia")
	for _, chip := range []string{"4", "3"} {
		b.eval(t, `document.querySelector("[aria-label='Filtre active'] li:nth-child(`+chip+`) a").click()`)
		b.waitFor(t, `document.querySelectorAll("[aria-label='Filtre active'] a").length === `+chip+` - 1`)
	}
	if got := b.eval(t, `[`+dacia+`.checked, document.querySelector("#filtre-form [name=judet]").value, document.querySelector("#atribut_marca-optiuni").open]`); got != "false,,true" {
		t.Errorf("the form after the chips: %s", got)
	}
	b.eval(t, `history.back()`)
	chips("„logan”,Autoturisme,București")
	b.eval(t, `history.back()`)
	chips("„logan”,Autoturisme,București,Marcă: Dacia")
	if got := b.eval(t, `[`+dacia+`.checked, document.querySelector("#filtre-form [name=judet]").value, document.querySelector("#f-q").value, location.search, window.sameDocument]`); got != "true,B,logan,?atribut_marca=Dacia&categorie=autoturisme&judet=B&q=logan,true" {
		t.Errorf("after Back: %s", got)
	}
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}

// TestBrowserHeart: two presses in a row are one, and what was pressed keeps the focus.
func TestBrowserHeart(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	site.market(t)
	b := newTab(t, origin)
	dan := site.as(t, "Dan")
	dan.get(t, "/profil/")
	b.setCookies(t, dan.cookies)
	b.open(t, "/anunturi/")
	b.eval(t, `(document.querySelector(".fav__btn").focus(), document.querySelector(".fav__btn").click(), document.querySelector(".fav__btn").click())`)
	b.waitFor(t, `document.querySelector(".fav__btn").getAttribute("aria-pressed") === "true"`)
	if !strings.Contains(b.eval(t, `document.activeElement.className`), "fav__btn") {
		t.Error("the heart lost the focus")
	}
	site.wantRows(t, "favorites", 1)
}

// TestBrowserGallery: a photo opens on the whole screen, keys go on and enlarge, and closing shows the last one where it was opened.
func TestBrowserGallery(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	address, _ := site.as(t, "Ana").publish(t, bicycleForm(), picture(0), picture(1), picture(2))
	b := newTab(t, origin)
	b.open(t, address)
	const strip = `document.querySelector(".viewer__strip")`
	const count = `document.querySelector("[data-viewer-count]").textContent`
	b.waitFor(t, `document.querySelector(".gallery__strip").children.length === 3`)
	b.click(t, ".gallery__slide a")
	b.waitFor(t, `document.querySelector("dialog[open]") && `+count+` === "1 / 3"`)
	b.keys(t, kb.ArrowRight, kb.ArrowRight)
	b.waitFor(t, count+` === "3 / 3" && Math.abs(`+strip+`.scrollLeft - 2 * `+strip+`.clientWidth) < 2`)
	b.keys(t, "+")
	b.waitFor(t, strip+`.querySelector("li:nth-child(3)[data-zoomed]").scrollWidth > 2 * innerWidth`)
	b.keys(t, kb.Escape)
	b.waitFor(t, `!document.querySelector("dialog[open]") && document.querySelector("[data-gallery-now]").textContent === "3"`)
	if got := b.eval(t, `document.activeElement.closest(".gallery__slide").id`); got != "foto-0" {
		t.Errorf("the focus went to %s", got)
	}
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}

// TestBrowserPhotos: photos go ahead of the form with a bar each, are arranged with the keyboard and turned; one that does not
// get through goes with the form.
func TestBrowserPhotos(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	b := newTab(t, origin)
	ana := site.as(t, "Ana")
	ana.get(t, "/profil/")
	b.setCookies(t, ana.cookies)
	b.fillListing(t, "Bicicletă cu multe fotografii")
	const stored = `document.querySelectorAll(".photos__item [name=foto]").length`
	b.waitFor(t, stored+" === 2")
	b.want(t, `document.querySelector("#fotografii").files.length`, "0")
	first := b.eval(t, `document.querySelector("[name=foto]").value`)
	b.eval(t, `document.querySelector(".photos__item [data-move='1']").focus()`)
	b.keys(t, enterKey)
	b.waitFor(t, `document.querySelector(".photos__item:nth-child(2) [name=foto]").value === "`+first+`"`)
	b.want(t, `document.activeElement.dataset.move + document.querySelector("#vestire").textContent`, "1Fotografia e acum a 2-a din 2.")
	b.click(t, ".photos__item:nth-child(2) [data-turn]")
	b.want(t, `document.querySelector("[name='roteste_`+first+`']").value`, "1")

	b.block(t, "*://*:*/adauga-anunt/fotografii/")
	third := filepath.Join(t.TempDir(), "IMG_3.jpg")
	if err := os.WriteFile(third, phototest.JPEG(340, 200, phototest.Exif{}), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.SetUploadFiles(chromedp.CSS("#fotografii"), []string{third}))
	b.waitFor(t, `document.querySelector(".photos__note")?.textContent === "N-a ajuns încă. Pleacă odată cu anunțul." && document.querySelector("#fotografii").files.length === 1`)
	b.click(t, submitListing)
	b.waitFor(t, `location.pathname.startsWith("/anunt/bicicleta-cu-multe-") && document.querySelectorAll(".gallery__slide img").length === 3`)
	b.want(t, `[...document.querySelectorAll(".gallery__slide img")].map((i) => Number(i.getAttribute("width")) > Number(i.getAttribute("height")) ? "wide" : "high").join(" ")`, "wide high wide")
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}
