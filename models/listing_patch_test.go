package models

import (
	"errors"
	"testing"

	"piata.ro/internal/apperr"
)

// TestPatchListing: decide sees what is stored, its error undoes all, and somebody else's listing it never sees.
func TestPatchListing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		l := mustListing(t, s, ana, bicycle())
		refuse := errors.New("refused")
		if _, err := s.PatchListing(t.Context(), ana.ID, l.ID, func(d ListingDetail) (ListingPatch, error) {
			if d.ID != l.ID || d.Owner.ID != ana.ID || len(d.Attributes) == 0 {
				t.Errorf("decides about %+v", d)
			}
			return ListingPatch{Status: StatusSold}, refuse
		}); !errors.Is(err, refuse) {
			t.Errorf("refused: %v", err)
		}
		if _, err := s.PatchListing(t.Context(), dan.ID, l.ID, func(ListingDetail) (ListingPatch, error) {
			t.Error("decides about somebody else's listing")
			return ListingPatch{}, nil
		}); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("somebody else: %v", err)
		}
		nothing := mustDraft(t, s, bicycle())
		nothing.Locality = nil
		for name, patch := range map[string]ListingPatch{
			"a draft that is not valid":         {Draft: &nothing},
			"a state before a draft that isn't": {Draft: &nothing, Status: StatusActive, Reserved: true},
		} {
			if _, err := s.PatchListing(t.Context(), ana.ID, l.ID, func(ListingDetail) (ListingPatch, error) { return patch, nil }); !apperr.Is(err, apperr.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		got, err := s.PatchListing(t.Context(), ana.ID, l.ID, func(ListingDetail) (ListingPatch, error) { return ListingPatch{}, nil })
		if err != nil || got.Version != 1 || got.Status != StatusActive || got.Reserved {
			t.Errorf("after nothing: %+v, %v", got, err)
		}
	})
}

func TestPatchListingStates(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		l := mustListing(t, s, ana, bicycle())
		sort := l.SortKey
		for _, step := range []struct {
			status   Status
			reserved bool
			renews   bool
		}{
			{StatusActive, true, false}, {StatusActive, false, false}, {StatusActive, false, true}, {StatusSold, false, false}, {StatusActive, false, true},
		} {
			clock.advance(1)
			got, err := s.PatchListing(t.Context(), ana.ID, l.ID, func(ListingDetail) (ListingPatch, error) {
				return ListingPatch{Status: step.status, Reserved: step.reserved}, nil
			})
			if err != nil || got.Status != step.status || got.Reserved != step.reserved || (got.SortKey > sort) != step.renews {
				t.Fatalf("%+v: status %s, reserved %v, sort key %d after %d, %v", step, got.Status, got.Reserved, got.SortKey, sort, err)
			}
			sort = got.SortKey
		}
	})
}

func TestSetFavorite(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		l := mustListing(t, s, ana, bicycle())
		for i, saved := range []bool{false, true, true, false, false, true} {
			if err := s.SetFavorite(t.Context(), ana.ID, l.ID, saved); err != nil {
				t.Fatal(err)
			}
			if ids, err := s.FavoriteIDs(t.Context(), ana.ID, []int64{l.ID}); err != nil || ids[l.ID] != saved {
				t.Errorf("step %d: %v, %v", i, ids, err)
			}
		}
		for _, saved := range []bool{true, false} {
			if err := s.SetFavorite(t.Context(), ana.ID, 999, saved); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("unknown listing: %v, want NotFound", err)
			}
		}
	})
}

// TestStrictKey: a program's key stands for one content.
func TestStrictKey(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		sub := Submission{Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID, SubmitKey: "k", StrictKey: true}
		first, err := s.CreateListing(t.Context(), sub)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := s.CreateListing(t.Context(), sub); err != nil || again.ID != first.ID {
			t.Errorf("repeated: %d, %v; want %d", again.ID, err, first.ID)
		}
		sub.Draft.Title = "Altă bicicletă"
		if _, err := s.CreateListing(t.Context(), sub); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("other content: %v, want Conflict", err)
		}
	})
}
