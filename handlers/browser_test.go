package handlers

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// serve makes a site that listens on a port of its own, for browsers, and returns its origin.
func serve(t testing.TB, options ...siteOption) (*testSite, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, listener, options...)
}

// serveOn is serve on a listener that the test has a hand on.
func serveOn(t testing.TB, listener net.Listener, options ...siteOption) (*testSite, string) {
	t.Helper()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	origin := "http://localhost:" + port
	site := newTestSite(t, append(options, func(p *siteParts) { p.config.AppURL, p.clerk.Origin, p.auth.AppURL = origin, origin, origin })...)
	ended := make(chan error, 1)
	go func() { ended <- site.app.Listener(listener) }()
	t.Cleanup(func() {
		if err := site.app.ShutdownWithTimeout(5 * time.Second); err != nil {
			t.Logf("shutdown: %v", err)
		}
		if err := <-ended; err != nil {
			t.Logf("serve: %v", err)
		}
	})
	return site, origin
}

// tab is a browser with one page open.
type tab struct {
	ctx    context.Context //nolint:containedctx // chromedp's context is the tab
	origin string

	mu       sync.Mutex
	problems []string // what the policy refused and what scripts did not catch
}

// newTab starts Chromium. Without one the test is skipped, in CI it fails.
func newTab(t testing.TB, origin string) *tab {
	t.Helper()
	dir, err := os.MkdirTemp("", "piata-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(dir), chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU, chromedp.WSURLReadTimeout(time.Minute),
	}
	for _, flag := range []string{"headless", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	ctx, cancelAllocator := chromedp.NewExecAllocator(ctx, options...)
	ctx, cancelTab := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for the browser to end
		cancelTab()
		cancelAllocator()
		cancel()
		_ = os.RemoveAll(dir) // Chromium's last writes may still be under way
	})
	b := &tab{ctx: ctx, origin: origin}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// hear remembers what the policy refused and what scripts did not catch.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Source == log.EntrySourceSecurity || strings.Contains(e.Entry.Text, "Content Security Policy") {
			b.problems = append(b.problems, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		problem := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			problem += " " + e.ExceptionDetails.Exception.Description
		}
		// A page that is left while it is still being shown skips its transition before any script of it ran: nothing of ours went wrong.
		if !strings.Contains(problem, "ViewTransition opt-in disabled") {
			b.problems = append(b.problems, problem)
		}
	}
}

func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("Chromium is not installed")
	}
	t.Skip("Chromium is not installed: the tests in a browser are skipped")
	return ""
}

// takeProblems returns what went wrong in the page since the last call.
func (b *tab) takeProblems() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	problems := b.problems
	b.problems = nil
	return problems
}

// patience is how long one step may take while other tests keep the machine busy.
const patience = time.Minute

func (b *tab) do(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.fail(t, err)
	}
}

// fail ends the test and shows the page.
func (b *tab) fail(t testing.TB, err error) {
	t.Helper()
	page, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 600)`))
	t.Fatalf("browser: %v; problems %q; page: %s", err, b.takeProblems(), page)
}

func (b *tab) open(t testing.TB, path string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.origin+path))
}

func (b *tab) click(t testing.TB, selector string) {
	t.Helper()
	b.do(t, chromedp.Click(chromedp.CSS(selector)))
}

// eval returns the text that an expression gives; promises are waited for.
func (b *tab) eval(t testing.TB, expression string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("(async () => String("+expression+"))()", chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail(t, err)
	}
	return text
}

// waitFor waits until an expression is true, across page loads.
func (b *tab) waitFor(t testing.TB, expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		// Between two pages there is nothing to ask, which is an error.
		if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); err == nil && is {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			b.fail(t, fmt.Errorf("waiting for %s: %w", expression, ctx.Err()))
		}
	}
}

func (b *tab) cookie(t testing.TB, name string) string {
	t.Helper()
	found, err := chromedp.Call(b.ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{b.origin + "/"}})
	if err != nil {
		b.fail(t, err)
	}
	for _, cookie := range found.Cookies {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

func (b *tab) setCookies(t testing.TB, cookies map[string]string) {
	t.Helper()
	for name, value := range cookies {
		if _, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: b.origin + "/"}); err != nil {
			b.fail(t, err)
		}
	}
}

// TestBrowserLocalMode: a person signs in, is still there when the token has expired, and leaves.
func TestBrowserLocalMode(t *testing.T) {
	t.Parallel()
	site, origin := serve(t, func(p *siteParts) { p.auth.RefreshWrites = true })
	_, id := site.as(t, "Dan").publish(t, bicycleForm())
	b := newTab(t, origin)

	b.open(t, "/profil/")
	b.waitFor(t, `location.pathname === "/auth/clerk/login/"`)
	b.do(t, chromedp.SendKeys(chromedp.CSS("#email"), "ana@example.com"), chromedp.SendKeys(chromedp.CSS("#first_name"), "Ana"))
	b.click(t, "main form button")
	b.waitFor(t, `document.querySelector('main a[href="/profil/editare/"]')`)
	if at := b.eval(t, `location.pathname`); at != "/profil/" {
		t.Errorf("signing in led to %s", at)
	}

	// The token expires; a page and then a heart are carried on without the person noticing.
	first := b.cookie(t, "__session")
	site.clock.advance(70 * time.Second)
	b.open(t, "/anunturi/")
	second := b.cookie(t, "__session")
	if second == first || second == "" {
		t.Error("the page did not renew the token")
	}
	site.clock.advance(70 * time.Second)
	heart := `form[action="/favorite/toggle/` + id + `/"] button`
	b.click(t, heart)
	b.waitFor(t, `document.querySelector('`+heart+`')?.getAttribute("aria-pressed") === "true"`)
	if third := b.cookie(t, "__session"); third == second {
		t.Error("the heart did not renew the token")
	}
	if at := b.eval(t, `location.pathname`); at != "/anunturi/" {
		t.Errorf("the heart led to %s", at)
	}

	b.open(t, "/auth/clerk/logout/")
	b.click(t, "main form[data-sign-out] button")
	b.waitFor(t, `location.pathname === "/" && document.body.innerText.includes("Ai ieșit din cont")`)
	if b.cookie(t, "__session") != "" {
		t.Error("the token is still there")
	}
	b.open(t, "/profil/")
	b.waitFor(t, `location.pathname === "/auth/clerk/login/"`)
	if problems := b.takeProblems(); problems != nil {
		t.Errorf("problems: %q", problems)
	}
}
