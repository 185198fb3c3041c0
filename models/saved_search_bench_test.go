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

// fillSearches saves benchSearches searches of a thousand people, a thousand in a statement; a quarter wants e-mails.
func fillSearches(b *testing.B, s *Store) {
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
	start := time.Now()
	held := map[string]int{}
	for batch := range benchSearches / 1000 {
		saved, keys := make([]SavedSearch, 1000), []savedSearchKey(nil)
		for i := range saved {
			name := fmt.Sprint(batch, "-", i)
			saved[i] = SavedSearch{ID: int64(1 + batch*1000 + i), UserID: people[i].ID, Name: name, Query: name, Frequency: AlertNever, StopToken: name, FiledAs: filing, CreatedAt: s.now(), UpdatedAt: s.now()}
			if r.IntN(4) == 0 {
				saved[i].Frequency = AlertDaily
			}
			f := benchFilter(s.catalog, r)
			way := emptiest(s.catalog.ways(f), held)
			for _, key := range way {
				held[key]++
			}
			keys = append(keys, keyRows(saved[i], f, way)...)
		}
		err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
			if _, err := tx.NewInsert().Model(&saved).Exec(ctx); err != nil {
				return err
			}
			_, err := tx.NewInsert().Model(&keys).On("CONFLICT DO NOTHING").Exec(ctx)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.write.ExecContext(ctx, map[bool]string{true: "ANALYZE", false: "VACUUM ANALYZE"}[s.sqlite()]); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d searches in %v", benchSearches, time.Since(start).Round(time.Millisecond))
}

// BenchmarkMatchSaved tells 100,000 saved searches of one new listing after the other: first it is decided which of them it answers, then
// that is recorded. It reports the middle and the slow end of both.
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
			fillSearches(b, s)
			owner, err := s.EnsureUser(b.Context(), Identity{ClerkID: "user_seller", FirstName: "Seller"})
			if err != nil {
				b.Fatal(err)
			}
			r := rand.New(rand.NewPCG(7, 8))
			var decided, recorded []time.Duration
			answers := 0
			for b.Loop() {
				l, err := s.CreateListing(b.Context(), Submission{OwnerID: owner.ID, SubmitKey: fmt.Sprint(r.Int64()), Draft: spreadDraft(s.catalog, r)})
				if err != nil {
					b.Fatal(err)
				}
				start := time.Now()
				subject, _, err := s.LoadSubject(b.Context(), l.ID)
				if err != nil {
					b.Fatal(err)
				}
				found, err := s.Matches(b.Context(), &subject, MatchListing{ListingID: l.ID})
				if err != nil {
					b.Fatal(err)
				}
				decided = append(decided, time.Since(start))
				start = time.Now()
				n, err := s.RecordMatches(b.Context(), l.ID, found, true)
				if err != nil {
					b.Fatal(err)
				}
				recorded = append(recorded, time.Since(start))
				answers += n
			}
			b.ReportMetric(0, "ns/op") // it would count the publishing
			b.ReportMetric(float64(answers)/float64(len(decided)), "answers")
			for name, took := range map[string][]time.Duration{"decide": decided, "record": recorded} {
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, name+"-p50-ms")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, name+"-p99-ms")
			}
		})
	}
}
