package models

import (
	"testing"
	"time"
)

func TestListingDays(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		first, second := mustListing(t, s, ana, bicycle()), mustListing(t, s, ana, differentBicycle())
		days := func(l Listing) []ListingDay {
			t.Helper()
			found, err := s.DaysOf(t.Context(), []int64{first.ID, second.ID}, "2026-11-20")
			if err != nil {
				t.Fatal(err)
			}
			return found[l.ID]
		}
		changes := s.Changes()
		for range 2 {
			counted := []ListingDay{{ListingID: second.ID, Day: "2026-11-23", Views: 1}, {ListingID: first.ID, Day: "2026-11-22", Views: 3},
				{ListingID: first.ID, Day: "2026-11-19", Views: 7}, {ListingID: 999, Day: "2026-11-23", Views: 5}}
			if err := s.AddViews(t.Context(), counted); err != nil {
				t.Fatal(err)
			}
		}
		if s.Changes() != changes {
			t.Error("counting views emptied the caches of pages")
		}
		if got := days(first); len(got) != 1 || got[0].Views != 6 || got[0].Day != "2026-11-22" {
			t.Errorf("first has %+v", got)
		}
		if _, err := s.ToggleFavorite(t.Context(), dan.ID, first.ID); err != nil {
			t.Fatal(err)
		}
		if got := days(first); len(got) != 2 || got[1].Favorites != 1 || got[1].Views != 0 {
			t.Errorf("saved: %+v", got)
		}
		// Forgotten a day later: it is taken from the day that it was counted on.
		clock.advance(24 * time.Hour)
		if _, err := s.ToggleFavorite(t.Context(), dan.ID, first.ID); err != nil {
			t.Fatal(err)
		}
		if got := days(first); len(got) != 2 || got[1].Favorites != 0 {
			t.Errorf("forgotten: %+v", got)
		}
		if err := s.DeleteListing(t.Context(), ana.ID, second.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.AddViews(t.Context(), []ListingDay{{ListingID: second.ID, Day: "2026-11-24", Views: 1}}); err != nil {
			t.Fatal(err)
		}
		if got := days(second); got != nil {
			t.Errorf("a deleted listing has %+v", got)
		}
		clock.advance(daysLife - 3*24*time.Hour)
		if n, err := s.DeleteOldDays(t.Context(), 10); n != 1 || err != nil {
			t.Errorf("forgot %d days, %v; want the one of 19 November", n, err)
		}
	})
}

func differentBicycle() ListingInput {
	in := bicycle()
	in.Title = "Bicicletă Pegas de munte"
	return in
}
