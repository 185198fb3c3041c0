package models

import (
	"sync"
	"testing"
	"time"
)

// However many machines announce at once, each owner is asked to be told once for a day, also when there are more than one batch holds.
func TestEndingsOnTwoMachines(t *testing.T) {
	t.Parallel()
	fresh.Each(t, func(t *testing.T, databaseURL, dataDir string) {
		clock := &testClock{at: time.Date(2026, 12, 20, 3, 0, 0, 0, time.UTC)}
		var machines [2]*Store
		for i := range machines {
			s, err := Open(t.Context(), Options{DatabaseURL: databaseURL, DataDir: dataDir, Now: clock.now})
			must(t, err)
			defer closeStore(t, s)
			machines[i] = s
		}
		s := machines[0]
		ends := clock.at.Add(-ListingLife + endingDays*24*time.Hour)
		for _, name := range []string{"ana", "dan", "eva", "ion", "mia"} {
			u := mustUser(t, s, name)
			_, err := s.InsertListings(t.Context(), []BulkListing{{Draft: mustDraft(t, s, bicycle()), OwnerID: u.ID, PublishedAt: ends}, {Draft: mustDraft(t, s, bicycle()), OwnerID: u.ID, PublishedAt: ends.Add(time.Minute)}})
			must(t, err)
		}
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for range 10 {
					if _, err := machines[i%2].AnnounceEndings(t.Context(), 2); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n, asked := scalar(t, s, "SELECT count(*) FROM jobs WHERE kind = 'mail ending'"), scalar(t, s, "SELECT sum(requests) FROM jobs WHERE kind = 'mail ending'"); n != 5 || asked != 5 {
			t.Errorf("%d mails, asked for %d times", n, asked)
		}
	})
}
