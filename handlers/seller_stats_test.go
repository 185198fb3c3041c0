package handlers

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

func TestViewsAndSaves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		seller, buyer := site.as(t, "Ioana"), site.as(t, "Dan")
		address, id := seller.publish(t, bicycleForm())
		look := func(c *client, agent string) *response {
			return c.with("User-Agent", agent).get(t, address).status(t, http.StatusOK)
		}
		for range 2 { // each counts once a day
			look(site.visitor(), firefox)
			look(site.visitor(), firefox+" alt")
			look(buyer, firefox)
		}
		// None of these is a visitor.
		look(seller, firefox)
		look(site.visitor(), "")
		look(site.visitor(), "Mozilla/5.0 (compatible; Googlebot/2.1)")
		look(site.visitor().with("Sec-Purpose", "prefetch"), firefox+" prefetch")
		site.visitor().with("User-Agent", firefox).get(t, "/anunt/altul-"+id+"/").status(t, http.StatusMovedPermanently)
		site.visitor().with("User-Agent", firefox).get(t, "/anunt/nimic-999/").status(t, http.StatusNotFound)
		buyer.post(t, "/favorite/toggle/"+id+"/", nil).status(t, http.StatusSeeOther)
		if err := site.server.WriteVisits(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := site.count(t, "SELECT sum(views) FROM listing_days"); n != 3 {
			t.Errorf("%d views were counted, want 3", n)
		}

		// The next day the same visitor counts again.
		site.clock.advance(24 * time.Hour)
		look(site.visitor(), firefox)
		if err := site.server.WriteVisits(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/profil/anunturi/", address} {
			page := site.as(t, "Ioana").get(t, path).status(t, http.StatusOK).doc(t)
			page.Has(t, ".stats figcaption", "4 vizualizări", "1 salvare", "în ultimele 14 zile")
			page.Has(t, ".stats svg[role=img] desc", "Cele mai multe pe 23 nov.: 3 vizualizări, 1 salvare.")
			if n := page.Find(".stats .chart__bar").Length(); n != 14 {
				t.Errorf("%s: %d days, want 14", path, n)
			}
		}
		look(buyer, firefox).doc(t).HasNot(t, ".stats")
	})
}

// What is counted while the database is away is written later.
func TestVisitsAreGivenBack(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.server.visits.add(7, "2026-11-23", "a")
	counted := site.server.visits.take()
	site.server.visits.add(7, "2026-11-23", "b")
	site.server.visits.giveBack(counted)
	if again := site.server.visits.take(); len(again) != 1 || again[0].Views != 2 {
		t.Errorf("got %+v, want two views", again)
	}
}

func TestVisitsAreBounded(t *testing.T) {
	t.Parallel()
	v := newVisits()
	var g sync.WaitGroup
	for part := range 4 {
		g.Go(func() {
			for i := range visitsKept {
				v.add(int64(i*4+part), "2026-11-23", "a")
			}
		})
	}
	g.Wait()
	if len(v.young) > visitorsKept || len(v.old) > visitorsKept || len(v.pending) > visitsKept {
		t.Errorf("kept %d and %d visitors and %d listings", len(v.young), len(v.old), len(v.pending))
	}
}

func BenchmarkCountVisit(b *testing.B) {
	v := newVisits()
	for i := range b.N {
		v.add(int64(i%5000), "2026-11-23", fmt.Sprint("10.0.0.", i%250))
	}
}
