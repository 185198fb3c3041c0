package models

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"piata.ro/internal/apperr"
	"piata.ro/internal/search"
)

// A listing that came in bulk must be found and shown like one that was typed.
func TestInsertListingsEqualsCreateListing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		in := bicycle()
		in.Title, in.Attributes["marca"] = "Bicicletă Pegas ”Strada”, 28 inch", "Pegas & Fiii"
		typed := mustListing(t, s, ana, in)
		ids, err := s.InsertListings(t.Context(), []BulkListing{{Draft: mustDraft(t, s, in), OwnerID: ana.ID}})
		if err != nil {
			t.Fatal(err)
		}
		a, b := mustDetail(t, s, typed.ID), mustDetail(t, s, ids[0])
		if diff := cmp.Diff(a, b, cmp.Comparer(time.Time.Equal), cmpopts.IgnoreFields(Listing{}, "ID", "SortKey"), cmpopts.IgnoreFields(AttributeValue{}, "ListingID")); diff != "" {
			t.Errorf("rows differ (-typed +bulk)\n%s", diff)
		}
		both := []int64{ids[0], typed.ID}
		tip := []AttributeFilter{{Key: "tip", AnyOf: []string{"Oraș"}}}
		for _, f := range []ListingFilter{
			{}, {Query: search.ParseQuery("pegas strada")}, {Query: search.ParseQuery("28")}, {Query: search.ParseQuery("turda")}, {Query: search.ParseQuery("fiii")},
			{Query: search.ParseQuery("bicicleta"), Sort: SortRelevance}, {Query: search.ParseQuery("bicicleta"), Category: s.Catalog().Category("biciclete"), County: s.Catalog().County("CJ")},
			{Attributes: tip}, {Attributes: tip, Query: search.ParseQuery("pegas"), Condition: ConditionUsed},
		} {
			if got := find(t, s, f); !slices.Equal(got, both) {
				t.Errorf("%s: found %v, want %v", describe(f), got, both)
			}
		}
		for _, id := range both {
			points, err := s.PriceHistory(t.Context(), id)
			if err != nil || len(points) != 1 || *points[0].Price != (Money{125000, RON}) {
				t.Errorf("price history of %d: %v, %v", id, points, err)
			}
		}
		if _, err := s.MarkSold(t.Context(), ana.ID, ids[0]); err != nil {
			t.Fatal(err)
		}
		if got := find(t, s, ListingFilter{Query: search.ParseQuery("pegas")}); !slices.Equal(got, []int64{typed.ID}) {
			t.Errorf("after selling the bulk one: %v", got)
		}
	})
}

func TestInsertFirstListings(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		items := []BulkListing{{Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID}, {Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID}}
		errs := make(chan error, 4)
		for range cap(errs) {
			go func() {
				_, err := s.InsertFirstListings(t.Context(), items)
				errs <- err
			}()
		}
		added := 0
		for range cap(errs) {
			switch err := <-errs; {
			case err == nil:
				added++
			case !errors.Is(err, ErrNotFirst):
				t.Errorf("InsertFirstListings: %v", err)
			}
		}
		if got := find(t, s, ListingFilter{}); added != 1 || len(got) != 2 {
			t.Errorf("%d of %d succeeded and left %d listings, want 1 and 2", added, cap(errs), len(got))
		}
	})
}

func TestInsertListings(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		day := clock.at.AddDate(0, 0, -3)
		items := []BulkListing{
			{Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID, PublishedAt: day, Photos: []Photo{{Hash: "h1", Width: 1600, Height: 900}, {Hash: "h2", Width: 10, Height: 20}}},
			{Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID},
		}
		ids, err := s.InsertListings(t.Context(), items)
		if err != nil || len(ids) != 2 {
			t.Fatalf("InsertListings = %v, %v", ids, err)
		}
		d := mustDetail(t, s, ids[0])
		if !d.PublishedAt.Equal(day) || !d.ExpiresAt.Equal(day.Add(ListingLife)) || d.CoverHash != "h1" || d.CoverWidth != 1600 || d.PhotoCount != 2 || len(d.Photos) != 2 || d.Photos[1].Hash != "h2" {
			t.Errorf("first: %+v, photos %+v", d.Listing, d.Photos)
		}
		if got := find(t, s, ListingFilter{}); !slices.Equal(got, []int64{ids[1], ids[0]}) {
			t.Errorf("found %v, want the last given first", got)
		}
		before, err := s.LastSortKey(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		bad := mustDraft(t, s, bicycle())
		bad.Title = ""
		if _, err := s.InsertListings(t.Context(), []BulkListing{items[1], {Draft: bad, OwnerID: ana.ID}}); !apperr.Is(err, apperr.Invalid) {
			t.Errorf("with a bad one: %v, want Invalid", err)
		}
		if _, err := s.InsertListings(t.Context(), []BulkListing{items[1], {Draft: items[1].Draft, OwnerID: 999}}); err == nil {
			t.Error("an unknown owner was accepted")
		}
		if after, err := s.LastSortKey(t.Context()); err != nil || after != before {
			t.Errorf("a refused batch left something: sort key %d, then %d, %v", before, after, err)
		}
		if ids, err := s.InsertListings(t.Context(), nil); err != nil || ids != nil {
			t.Errorf("of nothing: %v, %v", ids, err)
		}
	})
}

// Numbers that look secret must not be found by words.
func TestSecretAttributesAreNotSearchable(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		in := bicycle()
		in.Attributes["serie_cadru"] = "WTU123456"
		mustListing(t, s, mustUser(t, s, "ana"), in)
		for _, q := range []string{"WTU123456", "wtu"} {
			if got := find(t, s, ListingFilter{Query: search.ParseQuery(q)}); len(got) != 0 {
				t.Errorf("%q finds %v", q, got)
			}
		}
	})
}
