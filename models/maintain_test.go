package models

import (
	"testing"
	"time"

	"piata.ro/internal/search"
)

// TestMergeWords: once a day, in steps, and found is what was found before.
func TestMergeWords(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 11, 60)
		f := ListingFilter{Query: search.ParseQuery("bicicleta "), Sort: SortRelevance}
		want := m.expected(f)
		merge := func() (steps int) {
			t.Helper()
			for more := true; more; steps++ {
				var err error
				if more, err = s.MergeWords(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			return steps
		}
		if !s.sqlite() {
			if steps := merge(); steps != 1 {
				t.Errorf("%d steps on Postgres", steps)
			}
			return
		}
		pieces := func() (n int) {
			t.Helper()
			if err := s.read.NewRaw("SELECT count(DISTINCT segid) FROM listing_words_idx").Scan(t.Context(), &n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := pieces(); n < 3 {
			t.Fatalf("only %d pieces before", n)
		}
		if steps := merge(); steps < 2 || pieces() != 1 {
			t.Errorf("%d pieces after %d steps", pieces(), steps)
		}
		if steps := merge(); steps != 1 {
			t.Errorf("%d steps on the same day", steps)
		}
		if got := m.walk(t, f, 7); len(want) == 0 || len(got) != len(want) {
			t.Errorf("found %v, want %v", got, want)
		}
		tomorrow := s.clock().Add(24 * time.Hour)
		s.clock = func() time.Time { return tomorrow }
		if steps := merge(); steps < 2 {
			t.Errorf("%d steps on the next day", steps)
		}
		if err := s.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := pieces(); n != 1 {
			t.Errorf("%d pieces once settled", n)
		}
	})
}
