package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/search"
)

const benchSearches = 100_000

// benchFilter is a search as people save it: two in three have words, most a category or a place, one in three a price.
func benchFilter(c *Catalog, r *rand.Rand) ListingFilter {
	d := spreadDraft(c, r)
	var f ListingFilter
	if r.IntN(3) > 0 {
		f.Query = search.ParseQuery(zipfWords(r, 1+r.IntN(3)))
	}
	if f.Query.Empty() || r.IntN(2) == 0 {
		f.Category = d.Category
	}
	switch r.IntN(4) {
	case 0:
		f.County = d.Locality.County
	case 1:
		f.Locality, f.RadiusKm = d.Locality, []int{0, 10, 30}[r.IntN(3)]
	}
	if r.IntN(3) == 0 && d.Price != nil {
		high := d.Price.InBani(DefaultRate)
		f.PriceMax = &high
	}
	return f
}

// spreadDraft is a listing of any category and place, with made-up words.
func spreadDraft(c *Catalog, r *rand.Rand) ListingDraft {
	d := benchDraft(c, r)
	d.Category = pick(r, pick(r, c.Top).Subs)
	d.Locality = pick(r, pick(r, c.Counties).Localities)
	d.Title, d.Description = zipfWords(r, 5), zipfWords(r, 40)
	return d
}

// zipfWords are made-up words, few of them frequent and many rare, as in any language.
func zipfWords(r *rand.Rand, n int) string {
	zipf := rand.NewZipf(r, 1.1, 20, 30_000)
	var b strings.Builder
	for range n {
		b.WriteString("cuv")
		for at := zipf.Uint64() + 26; at > 0; at /= 26 {
			b.WriteByte(byte('a' + at%26))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// fillSearches saves benchSearches searches of a thousand people, a thousand in a transaction.
func fillSearches(b *testing.B, s *Store) map[int64]ListingFilter {
	b.Helper()
	ctx := context.Background()
	r := rand.New(rand.NewPCG(5, 6))
	var people []User
	for i := range 1000 {
		u, err := s.EnsureUser(ctx, Identity{ClerkID: fmt.Sprint("user_reader_", i), FirstName: "Reader"})
		if err != nil {
			b.Fatal(err)
		}
		people = append(people, u)
	}
	filters := make(map[int64]ListingFilter, benchSearches)
	start := time.Now()
	for batch := range benchSearches / 1000 {
		err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			for i := range 1000 {
				f := benchFilter(s.catalog, r)
				name := fmt.Sprint(batch, "-", i)
				row := SavedSearch{UserID: people[i].ID, Name: name, Query: name, Frequency: AlertNever, StopToken: name, FiledAs: filing, CreatedAt: s.now(), UpdatedAt: s.now()}
				if _, err := tx.NewInsert().Model(&row).Returning("id").Exec(ctx); err != nil {
					return err
				}
				filters[row.ID] = f
				if err := s.file(ctx, tx, row.ID, f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.write.ExecContext(ctx, map[bool]string{true: "ANALYZE", false: "VACUUM ANALYZE"}[s.sqlite()]); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d searches in %v", benchSearches, time.Since(start).Round(time.Millisecond))
	return filters
}

// BenchmarkMatchSaved matches one new listing against all saved searches: candidates, then the check of each. It reports the middle and
// the slow end of many different listings.
func BenchmarkMatchSaved(b *testing.B) {
	for _, postgres := range []bool{false, true} {
		b.Run(map[bool]string{false: "sqlite", true: "postgres"}[postgres], func(b *testing.B) {
			o := Options{DataDir: b.TempDir()}
			if postgres {
				o.DatabaseURL = dbtest.Postgres(b)
			}
			s, err := Open(b.Context(), o)
			if err != nil {
				b.Fatal(err)
			}
			defer closeStore(b, s)
			filters := fillSearches(b, s)
			r := rand.New(rand.NewPCG(7, 8))
			var took []time.Duration
			candidates, answers := 0, 0
			for b.Loop() {
				d := spreadDraft(s.catalog, r)
				l := Listing{ID: 1, Status: StatusActive, PublishedAt: s.now()}
				l.apply(d, s.rate)
				start := time.Now()
				subject := s.Subject(l, d.Attributes, false)
				found, err := s.Candidates(b.Context(), &subject)
				if err != nil {
					b.Fatal(err)
				}
				candidates += len(found)
				for _, c := range found {
					if subject.Answers(filters[c.ID]) {
						answers++
					}
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(candidates)/float64(len(took)), "candidates")
			b.ReportMetric(float64(answers)/float64(len(took)), "answers")
		})
	}
}
