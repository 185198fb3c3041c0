package models

import (
	"testing"

	"piata.ro/internal/search"
)

// When the rate changes, stored prices in euro follow in small steps, whatever state their listings are in, and are found by the new ones.
func TestReprice(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 17, 40)
		if more, err := s.Reprice(t.Context(), 4); err != nil || more {
			t.Fatalf("prices at the current rate are written anew: %v, %v", more, err)
		}
		s.rate, s.catalog.Rate = 1000, 1000
		for more, rounds := true, 0; more; rounds++ {
			var err error
			if more, err = s.Reprice(t.Context(), 1); err != nil || rounds > 100 {
				t.Fatalf("round %d: %v", rounds, err)
			}
		}
		var rows []Listing
		if err := s.read.NewSelect().Model(&rows).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		euros := 0
		for _, l := range rows {
			if p := l.Price(); p != nil && *l.PriceRON != p.InBani(1000) {
				t.Errorf("%s is compared as %d bani", p, *l.PriceRON)
			} else if p != nil && p.Currency == EUR {
				euros++
			}
		}
		if euros == 0 {
			t.Fatal("nothing costs euro")
		}
		for i, d := range m.listings {
			m.listings[i] = mustDetail(t, s, d.ID)
		}
		low := int64(20_000)
		f := ListingFilter{Query: search.ParseQuery("bicicleta "), PriceMin: &low, Sort: SortCheapest}
		if want, got := m.expected(f), m.walk(t, f, 7); len(want) == 0 || len(got) != len(want) {
			t.Errorf("found %v, want %v", got, want)
		}
		if current, err := s.rateCurrent(t.Context(), s.read); err != nil || !current {
			t.Errorf("current: %v, %v", current, err)
		}
		if _, err := s.write.ExecContext(t.Context(), "UPDATE listings SET price_ron = 1 WHERE currency = 'EUR'"); err != nil {
			t.Fatal(err)
		}
		if more, err := s.Reprice(t.Context(), 4); err != nil || more {
			t.Errorf("done twice: %v, %v", more, err)
		}
	})
}
