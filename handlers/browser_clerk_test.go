package handlers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// fakeUI stands for the components: a constructor that draws something with a style of its own.
const fakeUI = `window.__internal_ClerkUICtor = class ClerkUI {
  constructor(nonce) { this.nonce = nonce; }
  draw(node, name) {
    const style = document.createElement("style");
    if (this.nonce) style.nonce = this.nonce;
    style.textContent = ".fake { outline-style: dotted }";
    document.head.append(style);
    const box = document.createElement("p");
    box.className = "fake";
    box.textContent = name;
    box.style.color = "rgb(1, 2, 3)";
    node.append(box);
  }
};`

// fakeClerk stands for ClerkJS: it writes down how it was called and does what the real one does to the browser: a chunk from beside it, a
// worker, a call of the Frontend API, the session's cookie.
const fakeClerk = `(() => {
  const tag = document.currentScript, base = new URL(tag.src);
  const note = (name, detail) => {
    const calls = JSON.parse(sessionStorage.getItem("calls") ?? "[]");
    sessionStorage.setItem("calls", JSON.stringify([...calls, { name, ...detail }]));
  };
  const hasSession = /(^|; )__session=./.test(document.cookie);
  let ui;
  const session = {
    id: "sess_1",
    async getToken({ skipCache = false } = {}) {
      note("getToken", { skipCache });
      if (window.fakeTokenIsCached && !skipCache) return "cached";
      const token = await (await fetch(base.origin + "/v1/token")).text();
      for (const name of document.cookie.match(/__session[^=]*(?==)/g)) document.cookie = name + "=" + token + "; path=/; SameSite=Lax";
      return token;
    },
  };
  const mount = (name) => (node, props) => { note("mount" + name, { props }); ui.draw(node, name); };
  window.Clerk = {
    session: null, isSignedIn: false,
    async load(options) {
      note("load", {
        key: tag.dataset.clerkPublishableKey, proxy: tag.dataset.clerkProxyUrl, hasUI: Boolean(options.ui?.ClerkUI), locale: options.localization?.locale,
        hasNonce: Boolean(options.nonce), telemetry: options.telemetry, signInUrl: options.signInUrl, signUpUrl: options.signUpUrl,
        fallback: options.signInFallbackRedirectUrl, afterSignOutUrl: options.afterSignOutUrl,
      });
      await new Promise((resolve, reject) => {
        const chunk = Object.assign(document.createElement("script"), { src: new URL("chunk.js", base), crossOrigin: "anonymous", onload: resolve, onerror: reject });
        document.head.append(chunk);
      });
      new Worker(URL.createObjectURL(new Blob(["close()"], { type: "text/javascript" })));
      await fetch(base.origin + "/v1/environment");
      if (options.ui) ui = new options.ui.ClerkUI(options.nonce);
      if (hasSession) { this.session = session; this.isSignedIn = true; }
      note("loaded");
    },
    addListener(fn) { this.listener = fn; fn({ session: this.session }); return () => {}; },
    unmountSignIn: () => note("unmountSignIn"), mountSignIn: mount("SignIn"), mountSignUp: mount("SignUp"), mountUserProfile: mount("UserProfile"),
    async signOut(options) {
      note("signOut", options);
      for (const name of document.cookie.match(/__session[^=]*(?==)/g)) document.cookie = name + "=; path=/; max-age=0";
      for (const name of document.cookie.match(/__client_uat[^=]*(?==)/g)) document.cookie = name + "=0; path=/";
      location.assign(options.redirectUrl);
    },
  };
})();`

// fakeFrontend is a Frontend API on an origin of its own.
type fakeFrontend struct {
	*httptest.Server
	mu    sync.Mutex
	token func() string
}

func newFakeFrontend(t *testing.T) *fakeFrontend {
	t.Helper()
	f := &fakeFrontend{}
	mux := http.NewServeMux()
	answer := func(path, kind, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write([]byte(body))
		})
	}
	answer(clerkScript, "text/javascript", fakeClerk)
	answer(clerkUI, "text/javascript", fakeUI)
	answer("/npm/@clerk/clerk-js@6/dist/chunk.js", "text/javascript", "window.fakeChunk = true;")
	answer("/v1/environment", "application/json", "{}")
	mux.HandleFunc("GET /v1/token", func(w http.ResponseWriter, _ *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		w.Header().Set("Access-Control-Allow-Origin", "*")
		_, _ = w.Write([]byte(f.token()))
	})
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// clerkCall is one call of the stand-in script.
type clerkCall struct {
	Name            string
	Key, Proxy      string
	HasUI, HasNonce bool
	Locale          string
	Telemetry       *bool
	SignInURL       string `json:"signInUrl"`
	SignUpURL       string `json:"signUpUrl"`
	Fallback        string
	AfterSignOutURL string `json:"afterSignOutUrl"`
	RedirectURL     string `json:"redirectUrl"`
	SkipCache       bool
	Props           struct{ Routing string }
}

// calls returns what the scripts were called with since the last time.
func (b *tab) calls(t *testing.T) map[string]clerkCall {
	t.Helper()
	var list []clerkCall
	if err := json.Unmarshal([]byte(b.eval(t, `sessionStorage.getItem("calls") ?? "[]"`)), &list); err != nil {
		t.Fatal(err)
	}
	b.eval(t, `sessionStorage.removeItem("calls")`)
	byName := map[string]clerkCall{}
	for _, call := range list {
		byName[call.Name] = call
	}
	return byName
}

// TestBrowserClerk: our module calls Clerk's scripts as it should, and the real policies refuse nothing of what they do.
func TestBrowserClerk(t *testing.T) {
	t.Parallel()
	fake := newFakeFrontend(t)
	site, origin := serve(t, withKeys(func(p *siteParts) { p.auth.ProxyURL, p.config.Clerk.ProxyURL = fake.URL, fake.URL }))
	fake.token = func() string { return site.memberCookies(t, "Ana")["__session"] }
	_, id := site.member(t, "Dan").publish(t, bicycleForm())
	b := newTab(t, origin)
	noProblems := func(where string) {
		t.Helper()
		if problems := b.takeProblems(); problems != nil {
			t.Errorf("%s: %q", where, problems)
		}
	}

	// Signing in and up.
	for _, tt := range []struct{ path, component string }{
		{"/auth/clerk/login/?redirect_url=%2Ffavorite%2F", "SignIn"}, {"/auth/clerk/signup/?redirect_url=%2Ffavorite%2F", "SignUp"},
	} {
		b.open(t, tt.path)
		b.waitFor(t, `document.querySelector("[data-clerk-mount] .fake")`)
		calls := b.calls(t)
		load, mounted := calls["load"], calls["mount"+tt.component]
		if load.Key != site.clerk.PublishableKey() || load.Proxy != fake.URL || !load.HasUI || !load.HasNonce || load.Locale != "ro-RO" || load.Telemetry == nil || *load.Telemetry ||
			load.SignInURL != "/auth/clerk/login/" || load.SignUpURL != "/auth/clerk/signup/" || load.Fallback != "/favorite/" || load.AfterSignOutURL != "/" {
			t.Errorf("%s: load was called with %+v", tt.path, load)
		}
		if mounted.Props.Routing != "hash" {
			t.Errorf("%s: mounted with %+v", tt.path, mounted)
		}
		if got := b.eval(t, `document.querySelectorAll("[data-clerk-mount] a").length`); got != "0" {
			t.Errorf("%s: the links stay beside the component", tt.path)
		}
		if got := b.eval(t, `getComputedStyle(document.querySelector(".fake")).outlineStyle`); got != "dotted" {
			t.Errorf("%s: the component's style does not apply: %s", tt.path, got)
		}
		noProblems(tt.path)
	}
	// A swap takes the component away and brings a new place for it.
	b.open(t, "/auth/clerk/login/")
	b.waitFor(t, `document.querySelector("[data-clerk-mount] .fake")`)
	b.eval(t, `(document.querySelector("[data-clerk-mount]").outerHTML = '<div data-clerk-mount="SignIn" data-return-to="/"></div>', document.dispatchEvent(new Event("htmx:after:swap")), 0)`)
	b.waitFor(t, `document.querySelector("[data-clerk-mount] .fake")`)
	if _, ok := b.calls(t)["unmountSignIn"]; !ok {
		t.Error("the component that was swapped away is not unmounted")
	}
	noProblems("a swap")
	// The policy is there: what has no nonce is refused, and seen.
	b.eval(t, `document.head.appendChild(Object.assign(document.createElement("style"), {textContent: "body { color: red }"}))`)
	if b.takeProblems() == nil {
		t.Error("a style without the nonce is not refused, or violations are not seen")
	}
	// Visitors' pages load nothing of it.
	b.open(t, "/anunturi/")
	if got := b.eval(t, `typeof window.Clerk`); got != "undefined" {
		t.Errorf("a visitor's page has Clerk: %s", got)
	}

	// Signed in.
	b.setCookies(t, site.memberCookies(t, "Ana"))
	b.open(t, "/profil/securitate/")
	b.waitFor(t, `document.querySelector("[data-clerk-mount] .fake")?.textContent === "UserProfile"`)
	if load := b.calls(t)["load"]; !load.HasUI || !load.HasNonce {
		t.Errorf("load was called with %+v", load)
	}
	noProblems("/profil/securitate/")
	b.open(t, "/anunturi/")
	b.waitFor(t, `window.Clerk?.listener`)
	if load := b.calls(t)["load"]; load.HasUI || load.Locale != "" {
		t.Errorf("load was called with %+v", load)
	}

	// The laptop slept: the click waits for a fresh token.
	site.clock.advance(10 * time.Minute)
	heart := `form[action="/favorite/toggle/` + id + `/"] button`
	b.click(t, heart)
	b.waitFor(t, `document.querySelector('`+heart+`')?.getAttribute("aria-pressed") === "true"`)
	if token, ok := b.calls(t)["getToken"]; !ok || token.SkipCache {
		t.Errorf("getToken was called with %+v, %t", token, ok)
	}
	// ClerkJS took an old token for a fresh one: what only reads is asked for again.
	site.clock.advance(10 * time.Minute)
	b.eval(t, `(window.fakeTokenIsCached = true, htmx.ajax("GET", "/favorite/", {target: "#continut", swap: "innerHTML"}))`)
	b.waitFor(t, `!document.querySelector("#results") && document.querySelector("main").textContent.includes("Pegas")`)
	if token := b.calls(t)["getToken"]; !token.SkipCache {
		t.Error("the refused request was not repeated with a new token")
	}
	if at := b.eval(t, `location.pathname`); at != "/anunturi/" {
		t.Errorf("the repeated request led to %s", at)
	}
	noProblems("/anunturi/")

	// Signing out is Clerk's.
	b.open(t, "/auth/clerk/logout/")
	b.waitFor(t, `window.Clerk?.listener`)
	b.click(t, "main form[data-sign-out] button")
	b.waitFor(t, `location.pathname === "/"`)
	if call := b.calls(t)["signOut"]; call.RedirectURL != "/" {
		t.Errorf("signOut was called with %+v", call)
	}
	b.open(t, "/auth/clerk/logout/")
	if got := b.eval(t, `typeof window.Clerk`); got != "undefined" {
		t.Error("still signed in")
	}
	noProblems("signing out")
}
