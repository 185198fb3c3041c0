package models

import (
	"testing"

	"piata.ro/internal/search"
)

// After a change of the analysis a market is written anew while it is used, and finds again.
func TestReindex(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 11, 30)
		f := ListingFilter{Query: search.ParseQuery("bicicleta "), Sort: SortRelevance}
		want := m.expected(f)
		forget := "DELETE FROM listing_words"
		if !s.sqlite() {
			forget = "UPDATE listings SET words = NULL"
		}
		if _, err := s.write.ExecContext(t.Context(), forget); err != nil {
			t.Fatal(err)
		}
		if more, err := s.Reindex(t.Context(), 4); err != nil || more {
			t.Fatalf("a current index is written anew: %v, %v", more, err)
		}
		if err := s.setSetting(t.Context(), s.write, settingWords, "101"); err != nil {
			t.Fatal(err)
		}
		rounds := 1
		for more := true; more; rounds++ {
			var err error
			if more, err = s.Reindex(t.Context(), 4); err != nil {
				t.Fatal(err)
			}
		}
		if rounds < 4 {
			t.Errorf("done in %d rounds", rounds)
		}
		if got := m.walk(t, f, 7); len(want) == 0 || len(got) != len(want) {
			t.Errorf("found %v, want %v", got, want)
		}
		if current, err := s.wordsCurrent(t.Context(), s.read); err != nil || !current {
			t.Errorf("current: %v, %v", current, err)
		}
	})
}
