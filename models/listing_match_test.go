package models

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// answers reports whether the filter finds the listing, by the conditions that a saved search is kept as and by what the database compares.
func (b *Subject) answers(f ListingFilter, now time.Time) bool {
	l := &b.Listing
	return l.Status == StatusActive && (f.Category == nil || l.CategoryID == f.Category.ID || l.TopCategoryID == f.Category.ID) &&
		(f.PriceMin == nil || l.PriceRON != nil && *l.PriceRON >= *f.PriceMin) && (f.PriceMax == nil || l.PriceRON != nil && *l.PriceRON <= *f.PriceMax) &&
		(f.OwnerID == 0 || l.OwnerID == f.OwnerID) && f.ExceptID != l.ID && (f.MaxAge == 0 || !l.PublishedAt.Before(now.Add(-f.MaxAge))) && b.meets(f.conditions())
}

// answered returns the ids of the listings that say themselves that they answer the filter.
func (m *market) answered(f ListingFilter) []int64 {
	ids := []int64{}
	for _, d := range m.listings {
		if b := m.store.Subject(d.Listing, d.Attributes, d.Owner.Dealer); b.answers(f, m.store.now()) {
			ids = append(ids, d.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// A listing that is asked whether it answers a filter says what the database says that was asked for the filter's listings.
func TestListingsAnswerWhatFindsThem(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 7, 160)
		filters := m.filters()
		r := rand.New(rand.NewPCG(7, 7))
		for i := range 300 {
			filters[fmt.Sprint("random ", i)] = m.randomFilter(r)
		}
		some := 0
		for name, f := range filters {
			f.Sort = SortNewest
			refs, _, err := s.Listings(t.Context(), f, Cursor{}, 1000)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			want := []int64{}
			for _, ref := range refs {
				want = append(want, ref.ID)
			}
			slices.Sort(want)
			if len(want) > 0 && len(want) < len(m.listings)/2 {
				some++
			}
			if got := m.answered(f); !slices.Equal(got, want) {
				t.Errorf("%s, %s:\n answering %v\n found %v", name, describe(f), got, want)
			}
		}
		if some < 40 {
			t.Errorf("only %d filters find some of the listings", some)
		}
	})
}
