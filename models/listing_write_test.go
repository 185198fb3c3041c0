package models

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/apperr"
	"piata.ro/internal/search"
)

func mustDetail(t *testing.T, s *Store, id int64) ListingDetail {
	t.Helper()
	d, err := s.Listing(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCreateListingStoresAll(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		in := bicycle()
		in.Price, in.Currency, in.Negotiable, in.Attributes["roata"], in.Attributes["stare"] = "300", "EUR", true, "27.5", "Nou"
		l := mustListing(t, s, ana, in)
		d := mustDetail(t, s, l.ID)
		turda := s.Catalog().Locality("Turda", s.Catalog().County("CJ"))
		price, comparable := int64(30000), int64(30000*DefaultRate/100)
		want := Listing{ID: l.ID, OwnerID: ana.ID, CategoryID: s.Catalog().Category("biciclete").ID, TopCategoryID: s.Catalog().Category("biciclete").Parent.ID,
			Title: "Bicicletă Pegas de oraș", Slug: "bicicleta-pegas-de-oras", Description: in.Description, PriceMinor: &price, PriceRON: &comparable, Currency: EUR,
			Negotiable: true, Condition: ConditionNew, CountyCode: "CJ", LocalitySiruta: turda.Siruta, Status: StatusActive, Version: 1, SortKey: 1,
			ContentHash: l.ContentHash, PublishedAt: clock.at, ExpiresAt: clock.at.Add(30 * 24 * time.Hour), CreatedAt: clock.at, UpdatedAt: clock.at}
		if diff := cmp.Diff(want, d.Listing, cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Errorf("row (-want +got)\n%s", diff)
		}
		values := map[string]string{}
		for _, v := range d.Attributes {
			values[v.Key] = v.TextValue
		}
		if diff := cmp.Diff(map[string]string{"tip": "Oraș", "roata": "27.5", "stare": "Nou"}, values); diff != "" {
			t.Errorf("attributes (-want +got)\n%s", diff)
		}
		if d.Owner.ID != ana.ID || d.Price().String() != "300.00 EUR" {
			t.Errorf("owner %d, price %v", d.Owner.ID, d.Price())
		}
	})
}

func TestCreateListingByNobody(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		_, err := s.CreateListing(t.Context(), Submission{OwnerID: 99, Draft: mustDraft(t, s, bicycle())})
		if !apperr.Is(err, apperr.NotFound) {
			t.Errorf("CreateListing for an unknown owner: %v", err)
		}
		ana := mustUser(t, s, "ana")
		if _, err = s.CreateListing(t.Context(), Submission{OwnerID: ana.ID}); !apperr.Is(err, apperr.Invalid) {
			t.Errorf("CreateListing of an empty draft: %v", err)
		}
		if empty, err := s.EmptyOfListings(t.Context()); err != nil || !empty {
			t.Errorf("EmptyOfListings = %v, %v", empty, err)
		}
	})
}

func TestDoubleSubmit(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		other := bicycle()
		other.Title = "Bicicletă Tohan de munte"
		worn := bicycle()
		worn.Negotiable = true
		create := func(owner User, key string, in ListingInput) int64 {
			t.Helper()
			l, err := s.CreateListing(t.Context(), Submission{OwnerID: owner.ID, SubmitKey: key, Draft: mustDraft(t, s, in)})
			if err != nil {
				t.Fatal(err)
			}
			return l.ID
		}
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		first := create(ana, "k1", bicycle())
		same := func(what string, id, want int64) {
			t.Helper()
			if id != want {
				t.Errorf("%s: listing %d, want %d", what, id, want)
			}
		}
		differs := func(what string, id int64, not ...int64) int64 {
			t.Helper()
			if slices.Contains(not, id) {
				t.Errorf("%s: listing %d again", what, id)
			}
			return id
		}
		same("same key", create(ana, "k1", bicycle()), first)
		clock.advance(24 * time.Hour)
		same("same key next day", create(ana, "k1", bicycle()), first)
		second := differs("same key, other content", create(ana, "k1", other), first)
		same("double click on that", create(ana, "k1", other), second)
		third := differs("same key, only the haggling changed", create(ana, "k1", worn), first, second)
		differs("other key", create(ana, "k2", bicycle()), first, second, third)
		differs("same key of another person", create(dan, "k1", bicycle()), first, second, third)

		noKey := differs("no key", create(ana, "", bicycle()), first, second, third)
		clock.advance(9 * time.Second)
		same("no key, within ten seconds", create(ana, "", bicycle()), noKey)
		clock.advance(2 * time.Second)
		later := differs("no key, later", create(ana, "", bicycle()), noKey)

		if err := s.DeleteListing(t.Context(), ana.ID, first); err != nil {
			t.Fatal(err)
		}
		differs("key of a deleted listing", create(ana, "k1", bicycle()), first, noKey)
		long := strings.Repeat("k", 100_000)
		clock.advance(time.Minute)
		odd := differs("a key that cannot be ours", create(ana, long, bicycle()), first, noKey, later)
		same("twice", create(ana, long, bicycle()), odd)
		same("with NUL", create(ana, "\x00", bicycle()), odd)
	})
}

func TestDoubleSubmitAtOnce(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"form-7", ""} {
		t.Run("key "+key, func(t *testing.T) {
			t.Parallel()
			eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
				ana := mustUser(t, s, "ana")
				draft := mustDraft(t, s, bicycle())
				ids := make([]int64, 12)
				var wg sync.WaitGroup
				for i := range ids {
					wg.Go(func() {
						l, err := s.CreateListing(t.Context(), Submission{OwnerID: ana.ID, SubmitKey: key, Draft: draft})
						if err != nil {
							t.Error(err)
						}
						ids[i] = l.ID
					})
				}
				wg.Wait()
				slices.Sort(ids)
				if all := slices.Compact(ids); len(all) != 1 {
					t.Errorf("listings %v, want one", all)
				}
				if got := find(t, s, ListingFilter{}); len(got) != 1 {
					t.Errorf("found %v", got)
				}
			})
		})
	}
}

func TestUpdateListing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		l := mustListing(t, s, ana, bicycle())
		clock.advance(time.Hour)
		in := bicycle()
		in.Title, in.Locality, in.Attributes = "Tricicletă pentru copii", "Cluj-Napoca", map[string]string{"tip": "Copii", "stare": "Ca nou"}
		sub := Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, in)}
		changed, err := s.UpdateListing(t.Context(), l.ID, l.Version, sub)
		if err != nil {
			t.Fatal(err)
		}
		d := mustDetail(t, s, l.ID)
		if d.Title != in.Title || d.Slug != "tricicleta-pentru-copii" || d.Version != l.Version+1 || changed.Version != d.Version || d.SortKey != l.SortKey || len(d.Attributes) != 2 {
			t.Errorf("after the edit: %+v with %d attributes", d.Listing, len(d.Attributes))
		}
		if !d.CreatedAt.Equal(l.CreatedAt) || !d.PublishedAt.Equal(l.PublishedAt) || !d.ExpiresAt.Equal(l.ExpiresAt) || !d.UpdatedAt.Equal(clock.at) {
			t.Errorf("times after the edit: %+v", d.Listing)
		}
		for query, want := range map[string]int{"tricicleta": 1, "pegas": 0, "cluj napoca": 1, "turda": 0} {
			if got := find(t, s, ListingFilter{Query: search.ParseQuery(query)}); len(got) != want {
				t.Errorf("%q finds %v after the edit", query, got)
			}
		}
		if _, err := s.UpdateListing(t.Context(), l.ID, l.Version, sub); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("edit from an old form: %v, want Conflict", err)
		}
		if _, err := s.UpdateListing(t.Context(), l.ID, 0, sub); err != nil {
			t.Errorf("edit without a version: %v", err)
		}
		sub.OwnerID = dan.ID
		if _, err := s.UpdateListing(t.Context(), l.ID, 0, sub); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("edit of somebody else's: %v, want NotFound", err)
		}
		if _, err := s.MarkSold(t.Context(), ana.ID, l.ID); err != nil {
			t.Fatal(err)
		}
		sub.OwnerID = ana.ID
		if _, err := s.UpdateListing(t.Context(), l.ID, 0, sub); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("edit of a sold one: %v, want Conflict", err)
		}
	})
}

func TestConcurrentEdits(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		l := mustListing(t, s, ana, bicycle())
		var wg sync.WaitGroup
		var mu sync.Mutex
		outcome := map[apperr.Kind]int{}
		for range 8 {
			wg.Go(func() {
				_, err := s.UpdateListing(t.Context(), l.ID, l.Version, Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, bicycle())})
				kind := apperr.Kind(-1)
				if err != nil {
					kind = apperr.KindOf(err)
				}
				mu.Lock()
				outcome[kind]++
				mu.Unlock()
			})
		}
		wg.Wait()
		if diff := cmp.Diff(map[apperr.Kind]int{-1: 1, apperr.Conflict: 7}, outcome); diff != "" {
			t.Errorf("outcomes (-want +got)\n%s", diff)
		}
	})
}

func TestPriceHistory(t *testing.T) {
	t.Parallel()
	steps := []struct {
		price, currency string
		wantOld         string // "" for none
	}{
		{"1000", "RON", ""},
		{"900", "RON", "1000.00 RON"},
		{"900", "RON", "1000.00 RON"}, // no change: the drop is still told
		{"850", "RON", "900.00 RON"},
		{"950", "RON", ""}, // dearer
		{"100", "EUR", ""}, // another currency cannot be compared at a glance
		{"gratis", "EUR", "100.00 EUR"},
		{"5", "EUR", ""},
	}
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		var id int64
		var want []string
		last := ""
		for i, step := range steps {
			in := bicycle()
			in.Price, in.Currency = step.price, step.currency
			sub := Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, in)}
			if i == 0 {
				l, err := s.CreateListing(t.Context(), sub)
				if err != nil {
					t.Fatal(err)
				}
				id = l.ID
			} else if _, err := s.UpdateListing(t.Context(), id, 0, sub); err != nil {
				t.Fatal(err)
			}
			d := mustDetail(t, s, id)
			old := ""
			if p := d.OldPrice(); p != nil {
				old = p.String()
			}
			if old != step.wantOld {
				t.Errorf("step %d, %s %s: old price %q, want %q", i, step.price, step.currency, old, step.wantOld)
			}
			if now := d.Price().String(); now != last {
				want = append(want, clock.at.Format(time.DateTime)+" "+now)
				last = now
			}
			clock.advance(time.Hour)
		}
		points, err := s.PriceHistory(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range points {
			got = append(got, p.At.UTC().Format(time.DateTime)+" "+p.Price.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("history (-want +got)\n%s", diff)
		}
	})
}

func TestPriceHistoryOfPriceless(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		in := bicycle()
		in.Category, in.Price, in.Attributes, in.Import = "horeca", "", nil, true
		l := mustListing(t, s, ana, in)
		in.Price = "3.000"
		if _, err := s.UpdateListing(t.Context(), l.ID, 0, Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, in)}); err != nil {
			t.Fatal(err)
		}
		points, err := s.PriceHistory(t.Context(), l.ID)
		if err != nil || len(points) != 2 || points[0].Price != nil || points[1].Price.String() != "3000.00 RON" {
			t.Errorf("history %v, %v", points, err)
		}
	})
}

func TestDraftIsNotAltered(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		draft := mustDraft(t, s, bicycle())
		if _, err := s.CreateListing(t.Context(), Submission{OwnerID: mustUser(t, s, "ana").ID, Draft: draft}); err != nil {
			t.Fatal(err)
		}
		for _, v := range draft.Attributes {
			if v.ListingID != 0 {
				t.Errorf("the caller's attribute %s now has listing %d", v.Key, v.ListingID)
			}
		}
	})
}
