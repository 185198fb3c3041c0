package handlers

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"piata.ro/internal/urls"
)

// TestBrowserTalk: two people talk, Ana with a browser. What Dan does shows on her page by itself, and what she does he hears.
func TestBrowserTalk(t *testing.T) {
	t.Parallel()
	site, origin := serve(t)
	ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
	_, id := ana.publish(t, bicycleForm())
	b := newTab(t, origin)
	b.setCookies(t, ana.cookies)

	// Anywhere on the site the number of unread messages changes.
	b.open(t, urls.Help)
	b.waitFor(t, `document.readyState === "complete"`)
	talk := dan.post(t, "/trimite-mesaj/"+id+"/", message("Mai e disponibilă?")).location(t, http.StatusSeeOther)
	b.waitFor(t, `document.querySelector("[data-unread]").textContent === "1" && document.title.startsWith("(1) ")`)

	page := dan.listen(t, origin, "?conversatie=1", "")
	hears := func(name string) {
		t.Helper()
		end := time.AfterFunc(patience, func() { _ = page.res.Body.Close() })
		defer end.Stop()
		if !page.until(t, name) {
			t.Fatalf("heard nothing of %s", name)
		}
	}
	b.open(t, talk)
	b.waitFor(t, `document.querySelector("#m-1") && document.querySelector("[data-unread]").textContent === ""`)
	hears("vazut")
	// What listens to the keys is fetched last.
	b.waitFor(t, `performance.getEntriesByType("resource").some(({name}) => name.includes("/compose."))`)
	b.eval(t, `import(performance.getEntriesByType("resource").find(({name}) => name.includes("/compose.")).name)`)
	b.click(t, "#mesaj")
	b.keys(t, "Da, este.")
	hears("scrie")
	b.click(t, "#scrie .compose__send")
	b.waitFor(t, `document.querySelectorAll("[data-message]").length === 2 && document.activeElement.id === "mesaj" && document.activeElement.value === ""`)
	hears("mesaj")

	// The message shows that the page listens, before what is said once and kept nowhere: that somebody is typing.
	dan.post(t, talk, message("Vin sâmbătă.")).status(t, http.StatusSeeOther)
	b.waitFor(t, `document.querySelector("#m-3:not(.msg--mine) .msg__text")?.textContent === "Vin sâmbătă." && document.querySelector("#m-2 [data-read]").textContent === "Văzut"`)
	hears("vazut") // she is looking at the page
	dan.post(t, talk+"scrie/", nil).status(t, http.StatusNoContent)
	b.waitFor(t, `!document.querySelector("[data-typing]").hidden`)

	b.click(t, "#oferta summary")
	b.click(t, "#suma")
	b.keys(t, "1.100")
	b.click(t, "#oferta button")
	b.waitFor(t, `document.querySelector("#m-4 [value=retrage]")`)
	b.eval(t, `window.early = document.querySelector("#m-4").outerHTML`)
	dan.post(t, talk+"raspuns/4/", url.Values{"raspuns": {"accepta"}}).status(t, http.StatusSeeOther)
	b.waitFor(t, `document.querySelector("#m-4 .proposal--accepted") && document.querySelectorAll("[data-message]").length === 4`)
	// The answer to what she sent may come after the stream told what became of it.
	const late = `document.querySelector("#mesaje").insertAdjacentHTML("beforeend", window.early) || document.dispatchEvent(new CustomEvent("htmx:after:swap"))`
	b.eval(t, late)
	b.waitFor(t, `document.querySelector("#m-4 .proposal--accepted") && document.querySelectorAll("[data-message]").length === 4`)

	// So may the answer to what she accepted come after he has called it off.
	day := site.clock.now().Add(48 * time.Hour).Format(time.DateOnly)
	dan.post(t, talk+"intalnire/", url.Values{"loc": {"Piața Mare"}, "zi": {day}, "ora": {"10:00"}}).status(t, http.StatusSeeOther)
	b.click(t, "#m-5 [value=accepta]")
	b.waitFor(t, `document.querySelector("#m-5 .proposal--accepted [value=retrage]")`)
	b.eval(t, `window.early = document.querySelector("#m-5").outerHTML`)
	dan.post(t, talk+"raspuns/5/", url.Values{"raspuns": {"retrage"}}).status(t, http.StatusSeeOther)
	b.waitFor(t, `document.querySelector("#m-5 .proposal--withdrawn") && document.querySelector("#m-6 .msg__text").textContent.startsWith("Nu mai pot veni")`)
	b.eval(t, late)
	b.waitFor(t, `document.querySelector("#m-5 .proposal--withdrawn") && document.querySelectorAll("[data-message]").length === 6`)
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}
