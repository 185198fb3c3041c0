package models

import (
	"math"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/apperr"
)

func TestToggleFavorite(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		l := mustListing(t, s, ana, bicycle())
		for i, want := range []bool{true, false, true} {
			saved, err := s.ToggleFavorite(t.Context(), dan.ID, l.ID)
			if err != nil || saved != want {
				t.Errorf("toggle %d: %v, %v; want %v", i, saved, err, want)
			}
		}
		ids, err := s.FavoriteIDs(t.Context(), dan.ID, []int64{l.ID, 999})
		if err != nil || !ids[l.ID] || len(ids) != 1 {
			t.Errorf("FavoriteIDs = %v, %v", ids, err)
		}
		if ids, err := s.FavoriteIDs(t.Context(), ana.ID, []int64{l.ID}); err != nil || len(ids) != 0 {
			t.Errorf("of somebody else: %v, %v", ids, err)
		}
		if saves, err := s.SavesOf(t.Context(), []int64{l.ID}); err != nil || saves[l.ID] != 1 {
			t.Errorf("SavesOf = %v, %v", saves, err)
		}
		if _, err := s.ToggleFavorite(t.Context(), dan.ID, 999); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("unknown listing: %v, want NotFound", err)
		}
		if err := s.DeleteListing(t.Context(), ana.ID, l.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ToggleFavorite(t.Context(), dan.ID, l.ID); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("deleted listing: %v, want NotFound", err)
		}
		if n, err := s.CountFavorites(t.Context(), dan.ID); err != nil || n != 0 {
			t.Errorf("%d favourites after the deletion, %v", n, err)
		}
	})
}

func TestToggleFavoriteAtOnce(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		l := mustListing(t, s, ana, bicycle())
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if _, err := s.ToggleFavorite(t.Context(), ana.ID, l.ID); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n, err := s.CountFavorites(t.Context(), ana.ID); err != nil || n > 1 {
			t.Errorf("%d favourites of one listing, %v", n, err)
		}
	})
}

func TestFavoritesPages(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		var want []int64
		for i := range 10 {
			in := bicycle()
			in.Title += " " + strconv.Itoa(i)
			l := mustListing(t, s, ana, in)
			if i%3 == 0 { // some at the very same moment, some microseconds apart
				clock.advance(1500 * time.Nanosecond)
			}
			if _, err := s.ToggleFavorite(t.Context(), dan.ID, l.ID); err != nil {
				t.Fatal(err)
			}
			want = append(want, l.ID)
		}
		if _, err := s.MarkSold(t.Context(), ana.ID, want[4]); err != nil { // still shown, as sold
			t.Fatal(err)
		}
		slices.Reverse(want)
		var got []int64
		for after, pages := (Cursor{}), 0; pages == 0 || !after.IsZero(); pages++ {
			refs, next, err := s.Favorites(t.Context(), dan.ID, DecodeCursor(after.Encode()), 3)
			if err != nil || pages > 4 {
				t.Fatalf("page %d: %v", pages, err)
			}
			for _, r := range refs {
				got = append(got, r.ID)
			}
			after = next
		}
		if !slices.Equal(got, want) {
			t.Errorf("favourites %v, want %v", got, want)
		}
		if refs, _, err := s.Favorites(t.Context(), dan.ID, Cursor{Key: math.MaxInt64, ID: math.MaxInt64}, 3); err != nil || len(refs) != 3 {
			t.Errorf("forged cursor: %v, %v", refs, err)
		}
	})
}
