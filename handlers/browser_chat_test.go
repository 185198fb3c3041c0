package handlers

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	fake "piata.ro/internal/assistant/fakellm"
)

// say asks the assistant.
func (b *tab) say(t testing.TB, question string) {
	t.Helper()
	b.do(t, chromedp.SendKeys(chromedp.CSS("[data-chat-main] textarea"), question))
	b.click(t, "[data-chat-main] [type=submit]")
}

// TestBrowserChat: an answer appears while it is written and ends with cards, can be stopped and asked for again, and the focus stays where one
// writes, on the page of the assistant and beside another.
func TestBrowserChat(t *testing.T) {
	t.Parallel()
	const link = "/anunt/bicicleta-pegas-de-oras-1/"
	seen := make(chan struct{})
	var stops atomic.Int32
	script := func(r fake.Request) []fake.Step {
		switch {
		case r.Last().Role == "tool":
			return []fake.Step{fake.Say("Uite "), fake.Await(seen), fake.Say("[Pegas](" + link + "), 1.250 lei."), fake.Finish("stop", 1, 1)}
		case r.Last().Content == "Stai" && stops.Add(1) == 1:
			return []fake.Step{fake.Say("Am început"), fake.Hang()}
		case r.Last().Content == "Stai":
			return []fake.Step{fake.Say("Gata acum."), fake.Finish("stop", 1, 1)}
		}
		return []fake.Step{fake.Call(0, "a", "search_listings", `{"q":"pegas"}`), fake.Finish("tool_calls", 1, 1)}
	}
	option, model := withModel(t, script)
	site, origin := serve(t, option, func(p *siteParts) { p.config.RateLimits = false })
	site.as(t, "Dan").publish(t, bicycleForm())
	b := newTab(t, origin)
	const writes = `document.activeElement.matches("[data-chat-main] textarea") && document.activeElement.value === ""`

	for _, where := range []string{"/chat/", "/anunturi/"} {
		b.resize(t, 1280, 800)
		b.open(t, where)
		if where == "/anunturi/" {
			b.click(t, "[data-assistant]")
			b.waitFor(t, `document.querySelector(".side[open] .chat__turn:last-child .chat__tools")`)
			b.click(t, ".chat__new")
			b.waitFor(t, `document.querySelector(".side .chat") && !document.querySelector(".side .chat__turn")`)
			stops.Store(0)
		}
		b.eval(t, `Boolean(await import(document.querySelector("script[type=module]").src.replace("app.js", "chat.js")))`) // pages fetch it after they were loaded
		b.say(t, "Ai un Pegas?")
		if where == "/chat/" {
			b.waitFor(t, `document.querySelector(".chat__text")?.textContent.trim() === "Uite" && document.querySelector("[data-chat-running]")`)
			close(seen)
		}
		b.waitFor(t, `document.querySelector(".chat__answer .card a[href='`+link+`']") && document.querySelector(".chat__text a[href='`+link+`']")`)
		b.waitFor(t, writes)

		b.say(t, "Stai")
		b.waitFor(t, `document.querySelector(".chat__turn:last-child .chat__text").textContent.includes("început")`)
		before := model.Ended()
		b.click(t, "[data-chat-stop]")
		pressed := time.Now()
		waitFor(t, func() bool { return model.Ended() > before })
		if took := time.Since(pressed); took > time.Second {
			t.Errorf("the model was stopped after %v", took)
		}
		b.waitFor(t, `document.querySelector(".chat__turn:last-child").textContent.includes("Ai oprit răspunsul.") && document.querySelector("[data-chat-stop]").hidden`)
		b.waitFor(t, writes)
		b.click(t, ".chat__turn:last-child [data-chat-form] button")
		b.waitFor(t, `document.querySelector(".chat__turn:last-child .chat__text").textContent.includes("Gata acum.") && document.querySelectorAll(".chat__turn").length === 3`)
		b.waitFor(t, writes+` && !document.querySelector("[data-chat-running]")`)
	}
	b.keys(t, kb.Escape)
	b.waitFor(t, `!document.querySelector(".side").open && document.activeElement.matches("[data-assistant]") && location.pathname === "/anunturi/"`)
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}
