package models

import (
	"context"
	"slices"
	"testing"
	"time"

	"piata.ro/internal/apperr"
	"piata.ro/internal/search"
)

func TestSomebodyElsesListing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		l := mustListing(t, s, ana, bicycle())
		before := mustDetail(t, s, l.ID).Listing
		deeds := map[string]func(ctx context.Context, owner, id int64) error{
			"sold":  func(ctx context.Context, owner, id int64) error { _, err := s.MarkSold(ctx, owner, id); return err },
			"renew": func(ctx context.Context, owner, id int64) error { _, err := s.Renew(ctx, owner, id); return err },
			"reserve": func(ctx context.Context, owner, id int64) error {
				_, err := s.SetReserved(ctx, owner, id, true)
				return err
			},
			"delete": s.DeleteListing,
			"open":   func(ctx context.Context, owner, id int64) error { _, err := s.OwnListing(ctx, owner, id); return err },
		}
		for name, deed := range deeds {
			if err := deed(t.Context(), dan.ID, l.ID); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("%s by somebody else: %v, want NotFound", name, err)
			}
			if err := deed(t.Context(), ana.ID, l.ID+1000); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("%s of no listing: %v, want NotFound", name, err)
			}
		}
		if after := mustDetail(t, s, l.ID).Listing; after.Version != before.Version || after.Status != before.Status || after.SortKey != before.SortKey {
			t.Errorf("the listing changed: %+v", after)
		}
		if err := s.DeleteListing(t.Context(), ana.ID, l.ID); err != nil {
			t.Fatal(err)
		}
		for name, deed := range deeds {
			if err := deed(t.Context(), ana.ID, l.ID); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("%s after deletion: %v, want NotFound", name, err)
			}
		}
	})
}

func TestListingLife(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		bike := mustListing(t, s, ana, bicycle())
		in := bicycle()
		in.Title = "Tricicletă pentru copii"
		trike := mustListing(t, s, ana, in)
		words := ListingFilter{Query: search.ParseQuery("turda")}
		shows := func(what string, want ...int64) {
			t.Helper()
			for _, f := range []ListingFilter{{}, words} {
				if got := find(t, s, f); !slices.Equal(got, want) {
					t.Errorf("%s: found %v, want %v", what, got, want)
				}
			}
		}
		state := func(id int64) Listing { t.Helper(); return mustDetail(t, s, id).Listing }
		shows("new", trike.ID, bike.ID)

		if _, err := s.SetReserved(t.Context(), ana.ID, bike.ID, true); err != nil {
			t.Fatal(err)
		}
		if l := state(bike.ID); !l.Reserved || l.Status != StatusActive || l.Version != 2 {
			t.Errorf("reserved: %+v", l)
		}
		shows("reserved", trike.ID, bike.ID)

		clock.advance(time.Hour)
		if _, err := s.Renew(t.Context(), ana.ID, bike.ID); err != nil {
			t.Fatal(err)
		}
		if l := state(bike.ID); l.Reserved || !l.ExpiresAt.Equal(clock.at.Add(ListingLife)) || !l.PublishedAt.Equal(clock.at) || !l.CreatedAt.Equal(bike.CreatedAt) {
			t.Errorf("renewed: %+v", l)
		}
		shows("renewed", bike.ID, trike.ID)

		clock.advance(time.Hour)
		if _, err := s.MarkSold(t.Context(), ana.ID, bike.ID); err != nil {
			t.Fatal(err)
		}
		sold := state(bike.ID)
		if sold.Status != StatusSold || sold.ClosedAt == nil || !sold.ClosedAt.Equal(clock.at) {
			t.Errorf("sold: %+v", sold)
		}
		shows("sold", trike.ID)
		clock.advance(time.Minute)
		if _, err := s.MarkSold(t.Context(), ana.ID, bike.ID); err != nil {
			t.Fatal(err)
		}
		if l := state(bike.ID); !l.ClosedAt.Equal(*sold.ClosedAt) || l.Version != sold.Version || !l.UpdatedAt.Equal(sold.UpdatedAt) {
			t.Errorf("sold twice: %+v, want %+v", l, sold)
		}
		if _, err := s.SetReserved(t.Context(), ana.ID, bike.ID, true); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("reserve a sold one: %v, want Conflict", err)
		}

		if _, err := s.Renew(t.Context(), ana.ID, bike.ID); err != nil {
			t.Fatal(err)
		}
		if l := state(bike.ID); l.Status != StatusActive || l.ClosedAt != nil {
			t.Errorf("back after sold: %+v", l)
		}
		shows("back", bike.ID, trike.ID)
		if err := s.DeleteListing(t.Context(), ana.ID, trike.ID); err != nil {
			t.Fatal(err)
		}
		shows("deleted", bike.ID)
		if l := state(trike.ID); l.Status != StatusDeleted {
			t.Errorf("deleted: %+v", l)
		}
		counts, err := s.CountOwnerListings(t.Context(), ana.ID)
		if err != nil || counts[StatusActive] != 1 || counts[StatusDeleted] != 1 || len(counts) != 2 {
			t.Errorf("counts %v, %v", counts, err)
		}
	})
}

func TestExpireDue(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		var ids []int64
		for i := range 5 {
			in := bicycle()
			in.Title += " " + string(rune('A'+i))
			ids = append(ids, mustListing(t, s, ana, in).ID)
			clock.advance(time.Minute)
		}
		expire := func(limit, want int) {
			t.Helper()
			if n, err := s.ExpireDue(t.Context(), limit); err != nil || n != want {
				t.Errorf("ExpireDue(%d) = %d, %v; want %d", limit, n, err, want)
			}
		}
		expire(100, 0)
		if _, err := s.Renew(t.Context(), ana.ID, ids[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SetReserved(t.Context(), ana.ID, ids[1], true); err != nil {
			t.Fatal(err)
		}
		clock.at = mustDetail(t, s, ids[3]).ExpiresAt // to the instant
		expire(2, 2)
		expire(100, 1)
		expire(100, 0)
		for _, f := range []ListingFilter{{}, {Query: search.ParseQuery("pegas")}} {
			if got := find(t, s, f); !slices.Equal(got, []int64{ids[0], ids[4]}) {
				t.Errorf("still found: %v, want %v", got, []int64{ids[0], ids[4]})
			}
		}
		l := mustDetail(t, s, ids[1]).Listing
		if l.Status != StatusExpired || l.Reserved || l.ClosedAt == nil || l.Version != 3 {
			t.Errorf("expired: %+v", l)
		}
		if _, err := s.Renew(t.Context(), ana.ID, ids[1]); err != nil {
			t.Fatal(err)
		}
		if got := find(t, s, ListingFilter{Query: search.ParseQuery("pegas")}); len(got) != 3 || got[0] != ids[1] {
			t.Errorf("after renewing an expired one: %v", got)
		}
		if _, err := s.MarkSold(t.Context(), ana.ID, ids[2]); err != nil { // sold after it expired
			t.Fatal(err)
		}
		if l := mustDetail(t, s, ids[2]).Listing; l.Status != StatusSold {
			t.Errorf("expired, then sold: %+v", l)
		}
	})
}

func TestOwnerListings(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		var want []int64
		for i := range 7 {
			in := bicycle()
			in.Title += " " + string(rune('A'+i))
			want = append(want, mustListing(t, s, ana, in).ID)
			mustListing(t, s, dan, in)
		}
		slices.Reverse(want)
		var got []int64
		for after, pages := (Cursor{}), 0; pages == 0 || !after.IsZero(); pages++ {
			rows, next, err := s.OwnerListings(t.Context(), ana.ID, StatusActive, after, 3)
			if err != nil || pages > 3 {
				t.Fatalf("page %d: %v", pages, err)
			}
			for _, l := range rows {
				got = append(got, l.ID)
			}
			after = next
		}
		if !slices.Equal(got, want) {
			t.Errorf("own listings %v, want %v", got, want)
		}
		rows, _, err := s.OwnerListings(t.Context(), ana.ID, StatusSold, Cursor{}, 3)
		if err != nil || len(rows) != 0 {
			t.Errorf("sold ones: %v, %v", rows, err)
		}
	})
}

func TestListingsByID(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		a := mustListing(t, s, ana, bicycle())
		in := bicycle()
		in.Title = "Tricicletă pentru copii"
		b := mustListing(t, s, ana, in)
		rows, err := s.ListingsByID(t.Context(), []int64{b.ID, 12345, a.ID})
		if err != nil || len(rows) != 2 || rows[0].ID != b.ID || rows[1].ID != a.ID || rows[0].Title != in.Title {
			t.Errorf("ListingsByID = %v, %v", rows, err)
		}
		if rows, err := s.ListingsByID(t.Context(), nil); err != nil || rows != nil {
			t.Errorf("ListingsByID of nothing = %v, %v", rows, err)
		}
		if _, err := s.Listing(t.Context(), 12345); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("Listing that never was: %v", err)
		}
	})
}
