package models

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/search"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// testClock is a clock that tests set.
type testClock struct{ at time.Time }

func (c *testClock) now() time.Time          { return c.at }
func (c *testClock) advance(d time.Duration) { c.at = c.at.Add(d) }

// fresh is a database with schema and reference data and nothing else.
var fresh = dbtest.Prepare(func(databaseURL, dataDir string) error {
	s, err := Open(context.Background(), Options{DatabaseURL: databaseURL, DataDir: dataDir})
	if err != nil {
		return err
	}
	return s.Close()
})

// eachStore runs the test on both databases.
func eachStore(t *testing.T, test func(t *testing.T, s *Store, clock *testClock)) {
	fresh.Each(t, func(t *testing.T, databaseURL, dataDir string) {
		clock := &testClock{at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
		s, err := Open(context.Background(), Options{DatabaseURL: databaseURL, DataDir: dataDir, Now: clock.now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
		test(t, s, clock)
	})
}

func mustUser(t *testing.T, s *Store, name string) User {
	t.Helper()
	u, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_" + name, FirstName: name, Email: name + "@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// bicycle is a good input; tests alter it.
func bicycle() ListingInput {
	return ListingInput{
		Category: "biciclete", Title: "Bicicletă Pegas de oraș", Description: "Cadru de oțel, frâne noi, folosită două veri.",
		Price: "1.250", Currency: "RON", County: "CJ", Locality: "Turda",
		Attributes: map[string]string{"tip": "Oraș", "roata": "28", "stare": "Bună"},
	}
}

func mustDraft(t *testing.T, s *Store, in ListingInput) ListingDraft {
	t.Helper()
	d, errs := s.Catalog().ParseListing(in)
	if len(errs) > 0 {
		t.Fatalf("ParseListing: %v", errs)
	}
	return d
}

func mustListing(t *testing.T, s *Store, owner User, in ListingInput) Listing {
	t.Helper()
	l, err := s.CreateListing(t.Context(), Submission{OwnerID: owner.ID, Draft: mustDraft(t, s, in)})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func find(t *testing.T, s *Store, f ListingFilter) []int64 {
	t.Helper()
	refs, _, err := s.Listings(t.Context(), f, Cursor{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]int64, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return ids
}

func TestCreateFindSell(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		l := mustListing(t, s, ana, bicycle())
		for _, q := range []string{"bicicleta", "BICICLETĂ pegas", "biciclete", "pega", "turda frane"} {
			if got := find(t, s, ListingFilter{Query: search.ParseQuery(q), Sort: SortRelevance}); len(got) != 1 || got[0] != l.ID {
				t.Errorf("search %q found %v, want [%d]", q, got, l.ID)
			}
		}
		if _, err := s.MarkSold(t.Context(), ana.ID, l.ID); err != nil {
			t.Fatal(err)
		}
		if got := find(t, s, ListingFilter{Query: search.ParseQuery("bicicleta")}); len(got) != 0 {
			t.Errorf("sold listing still found: %v", got)
		}
		d, err := s.Listing(t.Context(), l.ID)
		if err != nil || d.Status != StatusSold || !strings.HasPrefix(d.Title, "Bicicletă") {
			t.Errorf("Listing = %+v, %v", d.Listing, err)
		}
	})
}

func closeStore(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// Compiling a statement takes Postgres longer than ours run.
func TestWithoutJIT(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		if s.sqlite() {
			return
		}
		var jit string
		if err := s.read.NewRaw("SHOW jit").Scan(t.Context(), &jit); err != nil || jit != "off" {
			t.Errorf("jit is %q, %v", jit, err)
		}
	})
}
