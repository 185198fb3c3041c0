package models

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/search"
)

func TestCounts(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 6, 80)
		want := Counts{ByCategory: map[int64]int64{}, ByCounty: map[string]int64{}}
		for _, d := range m.listings {
			if d.Status == StatusActive {
				want.Total++
				want.ByCategory[d.CategoryID]++
				want.ByCategory[d.TopCategoryID]++
				want.ByCounty[d.CountyCode]++
			}
		}
		got, err := s.Counts(t.Context())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
	})
}

func TestCountIsCapped(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		items := slices.Repeat([]BulkListing{{Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID}}, countCap)
		if _, err := s.InsertListings(t.Context(), items); err != nil {
			t.Fatal(err)
		}
		filters := []ListingFilter{{}, {Query: search.ParseQuery("pegas")}, {County: s.Catalog().County("CJ")}, {Sort: SortCheapest}}
		check := func(want Total) {
			t.Helper()
			for _, f := range filters {
				if got, err := s.CountListings(t.Context(), f); err != nil || got != want {
					t.Errorf("%s: %+v, %v; want %+v", describe(f), got, err, want)
				}
			}
		}
		check(Total{Count: countCap, Exact: true})
		in := bicycle()
		in.Title = "Bicicletă Pegas în plus"
		mustListing(t, s, ana, in)
		check(Total{Count: countCap, Exact: false})
	})
}

func TestSitemapListings(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 7, 40)
		want := m.expected(ListingFilter{})
		slices.Reverse(want)
		last, err := s.LastSortKey(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for after := int64(0); after < last; after += 7 {
			rows, err := s.SitemapListings(t.Context(), after, after+7)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if r.Slug == "" || r.UpdatedAt.IsZero() || r.SortKey <= after || r.SortKey > after+7 {
					t.Errorf("row %+v after %d", r, after)
				}
				got = append(got, r.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestMissingAttributesOf(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		whole := mustListing(t, s, ana, bicycle())
		in := bicycle()
		in.Title, in.Import, in.Attributes = "Bicicletă importată", true, map[string]string{"tip": "Oraș"}
		part := mustListing(t, s, ana, in)
		missing, err := s.MissingAttributesOf(t.Context(), []Listing{whole, part})
		if diff := cmp.Diff(map[int64][]string{part.ID: {"Stare"}}, missing); diff != "" || err != nil {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
	})
}
