package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/search"
)

// sameMarket fills a store on the database like every other one that it is given.
func sameMarket(t *testing.T, databaseURL, dataDir string) *market {
	t.Helper()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s, err := Open(context.Background(), Options{DatabaseURL: databaseURL, DataDir: dataDir, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return newMarket(t, s, 21, 150)
}

// oddQuery is what somebody could type, or somebody else who tries to break in.
func oddQuery(r *rand.Rand) string {
	parts := []string{`"`, "-", "„nouă”", "NEAR(", "*", ":", "^", "NOT", "OR", "title:", "🚲", "\x00", "'", "de la", "16 gb", "tele", "-pegas", `"șină roșie"`, `-"mașină nouă"`, "(", "||", "&!", "\\"}
	var words []string
	for range 1 + r.IntN(4) {
		if r.IntN(3) == 0 {
			words = append(words, pick(r, parts))
		} else {
			words = append(words, pick(r, marketWords))
		}
	}
	return strings.Join(words, pick(r, []string{" ", " ", ""}))
}

// However a search is put together, both databases find the same listings in the same order, page by page, and count them alike.
func TestDatabasesAgree(t *testing.T) {
	t.Parallel()
	lite, post := sameMarket(t, "", fresh.SQLite(t)), sameMarket(t, fresh.Postgres(t), t.TempDir())
	r := rand.New(rand.NewPCG(22, 0))
	for range 60 {
		f := lite.randomFilter(r)
		if r.IntN(2) == 0 {
			f.Query = search.ParseQuery(oddQuery(r))
		}
		f.Sort = pick(r, allSorts)
		few := 1 + r.IntN(20)
		var answers []string
		for _, m := range []*market{lite, post} {
			m.store.ranked = few
			total, err := m.store.CountListings(t.Context(), f)
			if err != nil {
				t.Fatalf("%s: %v", describe(f), err)
			}
			facets, err := m.store.Facets(t.Context(), f, []string{"marca", "tip", "stare"})
			if err != nil {
				t.Fatalf("%s: %v", describe(f), err)
			}
			ids := m.walk(t, f, 11)
			if !slices.Equal(ids, slices.Compact(slices.Clone(ids))) || total.Count != len(ids) {
				t.Errorf("%s: %v of %d", describe(f), ids, total.Count)
			}
			answers = append(answers, fmt.Sprint(ids, total, facets))
		}
		if answers[0] != answers[1] {
			t.Errorf("%s:\nSQLite   %s\nPostgres %s", describe(f), answers[0], answers[1])
		}
	}
}
