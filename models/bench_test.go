package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/search"
)

const benchListings = 100_000

// benchData is a big market on one database, made at the first benchmark that asks for it.
type benchData struct {
	once  sync.Once
	store *Store
	owner User
}

var bigSQLite, bigPostgres benchData

// eachBig runs the benchmark on both databases with benchListings listings in them.
func eachBig(b *testing.B, bench func(b *testing.B, s *Store, owner User)) {
	for name, data := range map[string]*benchData{"sqlite": &bigSQLite, "postgres": &bigPostgres} {
		b.Run(name, func(b *testing.B) {
			data.once.Do(func() { data.fill(b, name == "postgres") })
			bench(b, data.store, data.owner)
		})
	}
}

func (d *benchData) fill(b *testing.B, postgres bool) {
	b.Helper()
	o := Options{}
	if postgres {
		o.DatabaseURL = dbtest.LastingPostgres(b)
	} else {
		folder, err := os.MkdirTemp("", "piata-bench-")
		if err != nil {
			b.Fatal(err)
		}
		dbtest.AtEnd(func() { _ = os.RemoveAll(folder) })
		o.DataDir = folder
	}
	ctx := context.Background() // the store outlives this benchmark
	s, err := Open(ctx, o)
	if err != nil {
		b.Fatal(err)
	}
	dbtest.AtEnd(func() { _ = s.Close() })
	if d.owner, err = s.EnsureUser(ctx, Identity{ClerkID: "user_dealer", FirstName: "Dealer"}); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	start := time.Now()
	for range benchListings / 1000 {
		items := make([]BulkListing, 1000)
		for i := range items {
			items[i] = BulkListing{Draft: benchDraft(s.Catalog(), r), OwnerID: d.owner.ID, PublishedAt: start}
		}
		if _, err := s.InsertListings(ctx, items); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.write.ExecContext(ctx, map[bool]string{true: "VACUUM ANALYZE", false: "ANALYZE"}[postgres]); err != nil { // as autovacuum does
		b.Fatal(err)
	}
	b.Logf("%d listings in %v", benchListings, time.Since(start).Round(time.Millisecond))
	d.store = s
}

// benchDraft spreads listings as a real market does: the first categories and the biggest places have the most. One in five is a
// „bicicletă”, one in five hundred a „tandem”.
func benchDraft(c *Catalog, r *rand.Rand) ListingDraft {
	few := func(n int) int { return int(float64(n) * r.Float64() * r.Float64() * r.Float64()) }
	top := c.Top[few(len(c.Top))]
	cat := top.Subs[few(len(top.Subs))]
	county := c.Counties[r.IntN(len(c.Counties))]
	if r.IntN(4) == 0 {
		county = c.County("B")
	}
	title := pick(r, marketWords[1:]) + " " + pick(r, marketWords[1:]) + " " + fmt.Sprint(r.IntN(1000))
	switch {
	case r.IntN(5) == 0:
		title += " bicicletă"
	case r.IntN(400) == 0:
		title += " tandem"
	}
	d := ListingDraft{Category: cat, Title: title, Locality: county.Localities[few(len(county.Localities))],
		Description: "De vânzare, în stare foarte bună, folosit puțin, se poate vedea oricând după ora cinci. " + pick(r, marketWords),
		Condition:   pick(r, []Condition{ConditionNew, ConditionUsed, ConditionUsed}), Price: &Money{Minor: 1000 + r.Int64N(1_000_000), Currency: RON}}
	for _, a := range cat.Attributes {
		switch {
		case a.Kind == KindSelect:
			d.Attributes = append(d.Attributes, textAttribute(a.Key, a.Options[few(len(a.Options))]))
		case a.Kind == KindNumber && a.Required:
			d.Attributes = append(d.Attributes, numberAttribute(a.Key, float64(1900+r.IntN(120))))
		case a.Kind == KindText && a.Required:
			d.Attributes = append(d.Attributes, textAttribute(a.Key, pick(r, marketWords)))
		}
	}
	return d
}

// benchPage measures one page of the filter after a cursor.
func benchPage(b *testing.B, s *Store, name string, f ListingFilter, after Cursor) {
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			refs, _, err := s.Listings(b.Context(), f, after, 24)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(refs)), "refs")
		}
	})
}

func BenchmarkNewestIDs(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, _ User) {
		c := s.Catalog()
		first := c.Top[0]
		leaf := first.Subs[0]
		last := c.Top[len(c.Top)-1]
		price := func(n int64) *int64 { return &n }
		deep := Cursor{Key: benchListings / 50, ID: 1}
		benchPage(b, s, "page1", ListingFilter{}, Cursor{})
		benchPage(b, s, "deep", ListingFilter{}, deep)
		benchPage(b, s, "category", ListingFilter{Category: leaf}, Cursor{})
		benchPage(b, s, "category-county", ListingFilter{Category: leaf, County: c.County("CJ")}, Cursor{})
		benchPage(b, s, "category-county-deep", ListingFilter{Category: leaf, County: c.County("CJ")}, deep)
		benchPage(b, s, "top-county", ListingFilter{Category: first, County: c.County("CJ")}, Cursor{})
		benchPage(b, s, "rare-top-county", ListingFilter{Category: last, County: c.County("B")}, Cursor{})
		benchPage(b, s, "narrow-price", ListingFilter{Category: leaf, PriceMin: price(500_000), PriceMax: price(505_000)}, Cursor{})
		benchPage(b, s, "no-such-price", ListingFilter{Category: leaf, PriceMin: price(9_000_000)}, Cursor{})
		benchPage(b, s, "condition", ListingFilter{Category: leaf, Condition: ConditionNew}, Cursor{})
		benchPage(b, s, "cheapest", ListingFilter{Category: leaf, Sort: SortCheapest}, Cursor{})
		benchPage(b, s, "cheapest-county", ListingFilter{County: c.County("CJ"), Sort: SortCheapest}, Cursor{})
		benchPage(b, s, "cheapest-rare-top-county", ListingFilter{Category: last, County: c.County("CJ"), Sort: SortCheapest}, Cursor{})
	})
}

func BenchmarkAttributes(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, _ User) {
		c := s.Catalog()
		cars, phones := c.Category("autoturisme"), c.Category("telefoane")
		number := func(n float64) *float64 { return &n }
		benchPage(b, s, "common-option", ListingFilter{Category: cars, Attributes: []AttributeFilter{{Key: "marca", AnyOf: []string{"Dacia"}}}}, Cursor{})
		benchPage(b, s, "rare-option", ListingFilter{Category: cars, Attributes: []AttributeFilter{{Key: "marca", AnyOf: []string{"BYD"}}}}, Cursor{})
		benchPage(b, s, "not-in-category", ListingFilter{Category: phones, Attributes: []AttributeFilter{{Key: "combustibil", AnyOf: []string{"Benzină"}}}}, Cursor{})
		benchPage(b, s, "range", ListingFilter{Category: cars, Attributes: []AttributeFilter{{Key: "an", Min: number(1950), Max: number(1980)}}}, Cursor{})
		benchPage(b, s, "two-exclude-each-other", ListingFilter{Category: cars, Attributes: []AttributeFilter{{Key: "an", Min: number(1950)}, {Key: "km", Min: number(1e8)}}}, Cursor{})
		benchPage(b, s, "text-nothing", ListingFilter{Category: cars, Attributes: []AttributeFilter{{Key: "model", Contains: "zzz"}}}, Cursor{})
	})
}

func BenchmarkSearchCommonWord(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, _ User) {
		common, rare := search.ParseQuery("bicicleta "), search.ParseQuery("tandem ")
		benchPage(b, s, "newest", ListingFilter{Query: common}, Cursor{})
		benchPage(b, s, "newest-deep", ListingFilter{Query: common}, Cursor{Key: benchListings / 50, ID: 1})
		benchPage(b, s, "unfinished", ListingFilter{Query: search.ParseQuery("bici")}, Cursor{})
		benchPage(b, s, "relevance", ListingFilter{Query: common, Sort: SortRelevance}, Cursor{})
		benchPage(b, s, "relevance-body-only", ListingFilter{Query: search.ParseQuery("oricand "), Sort: SortRelevance}, Cursor{})
		benchPage(b, s, "cheapest", ListingFilter{Query: common, Sort: SortCheapest}, Cursor{})
		benchPage(b, s, "cheapest-everything", ListingFilter{Query: search.ParseQuery("vanzare "), Sort: SortCheapest}, Cursor{})
		benchPage(b, s, "rare-newest", ListingFilter{Query: rare}, Cursor{})
		benchPage(b, s, "rare-cheapest", ListingFilter{Query: rare, Sort: SortCheapest}, Cursor{})
		benchPage(b, s, "nothing", ListingFilter{Query: search.ParseQuery("zmeura ")}, Cursor{})
	})
}

func BenchmarkSearchFiltered(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, _ User) {
		c := s.Catalog()
		leaf, last := c.Top[0].Subs[0], c.Top[len(c.Top)-1]
		common := search.ParseQuery("bicicleta ")
		price := int64(9_000_000)
		benchPage(b, s, "category-county", ListingFilter{Query: common, Category: leaf, County: c.County("CJ")}, Cursor{})
		benchPage(b, s, "rare-category-county", ListingFilter{Query: common, Category: last, County: c.County("TL")}, Cursor{})
		benchPage(b, s, "no-such-price", ListingFilter{Query: common, PriceMin: &price}, Cursor{})
		benchPage(b, s, "locality", ListingFilter{Query: common, Locality: c.Locality("Turda", c.County("CJ"))}, Cursor{})
		benchPage(b, s, "radius", ListingFilter{Query: common, Locality: c.Locality("Turda", c.County("CJ")), RadiusKm: 50}, Cursor{})
		benchPage(b, s, "nearest", ListingFilter{Query: common, Locality: c.Locality("Turda", c.County("CJ")), Sort: SortNearest}, Cursor{})
	})
}

func BenchmarkCappedCount(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, _ User) {
		c := s.Catalog()
		for name, f := range map[string]ListingFilter{
			"all": {}, "category-county": {Category: c.Top[0].Subs[0], County: c.County("CJ")}, "word": {Query: search.ParseQuery("bicicleta ")},
			"radius": {Locality: c.Locality("Turda", c.County("CJ")), RadiusKm: 50},
		} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := s.CountListings(b.Context(), f); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func BenchmarkNear(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, _ User) {
		c := s.Catalog()
		city, village := c.Locality("București", c.County("B")), c.County("TL").Localities[30]
		benchPage(b, s, "nearest-dense", ListingFilter{Locality: city, Sort: SortNearest}, Cursor{})
		benchPage(b, s, "nearest-sparse", ListingFilter{Locality: village, Sort: SortNearest}, Cursor{})
		benchPage(b, s, "nearest-rare-category", ListingFilter{Locality: village, Sort: SortNearest, Category: c.Top[len(c.Top)-1]}, Cursor{})
		benchPage(b, s, "nearest-deep", ListingFilter{Locality: village, Sort: SortNearest}, Cursor{Phase: 2500, Key: benchListings})
		benchPage(b, s, "newest-in-city", ListingFilter{Locality: city}, Cursor{})
		benchPage(b, s, "newest-in-village", ListingFilter{Locality: village}, Cursor{})
		benchPage(b, s, "newest-around-city", ListingFilter{Locality: city, RadiusKm: 30}, Cursor{})
		benchPage(b, s, "newest-around-village", ListingFilter{Locality: village, RadiusKm: 30}, Cursor{})
		benchPage(b, s, "newest-around-town", ListingFilter{Locality: c.Locality("Turda", c.County("CJ")), RadiusKm: 50}, Cursor{})
		benchPage(b, s, "newest-around-town-category", ListingFilter{Locality: c.Locality("Turda", c.County("CJ")), RadiusKm: 50, Category: c.Top[0].Subs[0]}, Cursor{})
	})
}

func BenchmarkPublish(b *testing.B) {
	eachBig(b, func(b *testing.B, s *Store, owner User) {
		r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0)) // other content each time, or it would be a double submit
		b.Run("listing", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.CreateListing(b.Context(), Submission{OwnerID: owner.ID, SubmitKey: fmt.Sprint(r.Int64()), Draft: benchDraft(s.Catalog(), r)}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("bare-row", func(b *testing.B) {
			for b.Loop() {
				l := Listing{OwnerID: owner.ID, Status: StatusActive, SortKey: 1<<40 + r.Int64N(1<<40)}
				l.apply(benchDraft(s.Catalog(), r), s.rate)
				if _, err := s.write.NewInsert().Model(&l).Returning("id").Exec(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
