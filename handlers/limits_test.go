package handlers

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"piata.ro/internal/config"
	"piata.ro/internal/ratelimit"
	"piata.ro/models"
)

// TestBusyPerson: a hundred adverts and six hundred favourites an hour are not too much; far more are.
func TestBusyPerson(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	_, id := ana.publish(t, bicycleForm())
	// left uses up what the person may still do.
	left := func(rule ratelimit.Rule) (count int) {
		for {
			if _, ok := site.server.limits.Allow(rule, "user 1"); !ok {
				return count
			}
			count++
		}
	}
	if n := left(limitListings); n < 99 || n > 300 {
		t.Errorf("%d more adverts were let through", n)
	}
	ana.upload(t, "/adauga-anunt/", bicycleForm()).status(t, http.StatusTooManyRequests)
	ana.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
	if n := left(limitFavorites); n < 599 || n > 2000 {
		t.Errorf("%d more favourites were let through", n)
	}
	last := ana.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusTooManyRequests)
	last.doc(t).Has(t, "h1", "Mai încet puțin")
	wait, err := strconv.Atoi(last.Header.Get("Retry-After"))
	if err != nil || wait < 1 || wait > 3600 {
		t.Fatalf("Retry-After %q", last.Header.Get("Retry-After"))
	}
	// Others are not stopped, and the promise of Retry-After is kept.
	site.as(t, "Dan").post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
	site.clock.advance(time.Duration(wait) * time.Second)
	ana.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
}

// TestReadLimit: in local mode reading from this computer is never limited; elsewhere robots are slowed down.
func TestReadLimit(t *testing.T) {
	t.Parallel()
	read := func(site *testSite, address string) (refused int) {
		w := dial(t, address)
		for range limitReads.Burst + 20 {
			w.send(t, head("GET", "/despre-noi/"))
			if w.answer(t, "GET").StatusCode == http.StatusTooManyRequests {
				refused++
			}
		}
		return refused
	}
	t.Run("local", func(t *testing.T) {
		t.Parallel()
		site := newTestSite(t)
		if n := read(site, site.listen(t)); n != 0 {
			t.Errorf("%d of our own reads were refused", n)
		}
	})
	t.Run("public", func(t *testing.T) {
		t.Parallel()
		site := newTestSite(t, func(p *siteParts) {
			p.config.Clerk = config.Clerk{PublishableKey: "pk_test_x", SecretKey: "sk_test_x"}
		})
		if n := read(site, site.listen(t)); n < 1 || n > 20 {
			t.Errorf("%d reads were refused, want a few", n)
		}
	})
	t.Run("off", func(t *testing.T) {
		t.Parallel()
		site := newTestSite(t, func(p *siteParts) { p.config.RateLimits = false })
		for range limitListings.Burst + 10 {
			site.visitor().post(t, "/adauga-anunt/", nil).status(t, http.StatusSeeOther)
		}
	})
}

// TestLimitsAreForOne: signed-out posts are limited by address, and only so.
func TestLimitsAreForOne(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	status := 0
	for range limitAnonymous.Burst + 1 {
		status = site.visitor().upload(t, "/adauga-anunt/", bicycleForm(), []byte("x")).StatusCode
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("visitor's upload %d: %d", limitAnonymous.Burst+1, status)
	}
	site.as(t, "Ana").publish(t, bicycleForm(), picture(0))
	for _, rule := range []ratelimit.Rule{limitListings, limitFavorites, limitChanges, limitUploads} {
		if rule.Burst < 100 || rule.Per > time.Hour {
			t.Errorf("rule %+v stops a busy person", rule)
		}
	}
}

// TestSharedLimits: what one machine has counted another one knows, in words and with Retry-After, and the target counts too.
func TestSharedLimits(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.as(t, "Ana").withPhone(t, "0722 123 456"), site.as(t, "Dan")
	_, id := ana.publish(t, bicycleForm())
	reveal := "/anunt/" + id + "/telefon/"
	dan.post(t, reveal, nil).status(t, http.StatusOK)
	for range sharedReveals.person.Burst { // on another machine
		if _, _, err := site.store.TakeLimit(t.Context(), "reveals user 2", models.RateLimit{Burst: sharedReveals.person.Burst, Per: time.Hour}); err != nil {
			t.Fatal(err)
		}
	}
	res := dan.post(t, reveal, nil).status(t, http.StatusTooManyRequests)
	res.doc(t).Has(t, "main", "Ai cerut prea multe numere de telefon într-un timp scurt. Încearcă din nou peste un minut.")
	if wait, err := strconv.Atoi(res.Header.Get("Retry-After")); err != nil || wait < 1 || wait > 60 {
		t.Errorf("Retry-After %q", res.Header.Get("Retry-After"))
	}
	for range sharedReveals.target.Burst {
		if _, _, err := site.store.TakeLimit(t.Context(), "reveals target "+reveal, models.RateLimit{Burst: sharedReveals.target.Burst, Per: time.Hour}); err != nil {
			t.Fatal(err)
		}
	}
	site.as(t, "Ion").post(t, reveal, nil).status(t, http.StatusTooManyRequests)
	for _, l := range []sharedLimit{sharedListings, sharedMessages} {
		if l.person.Burst < 100 || l.address.Burst < l.person.Burst || l.person.Per > time.Hour {
			t.Errorf("limit %+v stops a busy person", l)
		}
	}
}
