package models

import (
	"testing"
	"time"
)

func TestEraseDeleted(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		gone, kept := mustListing(t, s, ana, bicycle()), mustListing(t, s, ana, differentBicycle())
		if err := s.DeleteListing(t.Context(), ana.ID, gone.ID); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			wait time.Duration
			want int
		}{{29 * 24 * time.Hour, 0}, {2 * 24 * time.Hour, 1}, {0, 0}} {
			clock.advance(step.wait)
			if n, err := s.EraseDeleted(t.Context(), 10); n != step.want || err != nil {
				t.Errorf("erased %d, %v; want %d", n, err, step.want)
			}
		}
		d, err := s.Listing(t.Context(), gone.ID)
		if err != nil || d.Title != "" || d.Description != "" || len(d.Attributes) != 0 || d.PriceMinor == nil {
			t.Errorf("left are %+v, %v", d, err)
		}
		if d, err := s.Listing(t.Context(), kept.ID); err != nil || d.Title == "" || len(d.Attributes) == 0 {
			t.Errorf("the other one: %+v, %v", d, err)
		}
	})
}
