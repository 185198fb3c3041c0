package models

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/search"
)

var (
	measureSQLite   = flag.String("measure-sqlite", "", "folder of a filled database to measure searches on")
	measurePostgres = flag.String("measure-postgres", "", "address of another one")
)

const measureRounds = 100

// measured is one kind of question with the times its answers took.
type measured struct {
	name  string
	ask   func(s *Store, x *example) error
	times []time.Duration
}

// example is what a question is about, drawn from a listing that exists.
type example struct {
	t        *testing.T
	r        *rand.Rand
	listing  Listing
	category *Category
	place    *Locality
	common   string // a word of very many titles
	rare     string // a word of very few
	last     int64  // newest sort key
}

// TestMeasure prints how long searches take on a big market, as a table. It is skipped unless it is told where one is:
//
//	go test ./models -run TestMeasure -v -measure-sqlite DIR -measure-postgres URL
func TestMeasure(t *testing.T) {
	for name, o := range map[string]Options{"SQLite": {DataDir: *measureSQLite}, "Postgres": {DataDir: t.TempDir(), DatabaseURL: *measurePostgres}} {
		if *measureSQLite == "" && name == "SQLite" || *measurePostgres == "" && name == "Postgres" {
			continue
		}
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer closeStore(t, s)
		if err := s.KeepVocabulary(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s\n%s", name, measure(t, s))
	}
	if *measureSQLite+*measurePostgres == "" {
		t.Skip("no database to measure was named")
	}
}

// measure asks all questions in turn, so that a slow moment of the machine hits all alike, and returns the table.
func measure(t *testing.T, s *Store) string {
	t.Helper()
	questions := questions()
	x := newExample(t, s)
	for round := range measureRounds + 5 {
		x.draw(s)
		for i := range questions {
			start := time.Now()
			if err := questions[i].ask(s, x); err != nil {
				t.Fatalf("%s: %v", questions[i].name, err)
			}
			if round >= 5 { // the first ones warm up
				questions[i].times = append(questions[i].times, time.Since(start))
			}
		}
	}
	var table strings.Builder
	fmt.Fprintf(&table, "listings: %d, common word %q, rare word %q\n%-44s %9s %9s\n", x.last, x.common, x.rare, "", "p50 ms", "p99 ms")
	for _, q := range questions {
		slices.Sort(q.times)
		ms := func(share int) float64 { return float64(q.times[len(q.times)*share/100].Microseconds()) / 1000 }
		fmt.Fprintf(&table, "%-44s %9.2f %9.2f\n", q.name, ms(50), ms(99))
	}
	return table.String()
}

// newExample chooses the words: what most titles of a sample have, and what one has.
func newExample(t *testing.T, s *Store) *example {
	t.Helper()
	x := &example{t: t, r: rand.New(rand.NewPCG(5, 0))}
	var err error
	if x.last, err = s.LastSortKey(t.Context()); err != nil || x.last == 0 {
		t.Fatalf("an empty market: %v", err)
	}
	counts := map[string]int{}
	for range 1500 {
		x.draw(s)
		for _, word := range strings.Fields(x.listing.Title) {
			counts[word]++
		}
	}
	fewest := countCap
	for _, word := range slices.Sorted(mapKeys(counts)) {
		q := search.ParseQuery(word + " ")
		if q.Empty() {
			continue
		}
		if counts[word] > counts[x.common] {
			x.common = word
		}
		if counts[word] == 1 {
			total, err := s.CountListings(t.Context(), ListingFilter{Query: q})
			if err == nil && total.Count < fewest {
				x.rare, fewest = word, total.Count
			}
		}
	}
	return x
}

func mapKeys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// draw takes a listing at random.
func (x *example) draw(s *Store) {
	x.t.Helper()
	err := s.read.NewSelect().Model(&x.listing).ExcludeColumn("description").Where("l.status = 'active' AND l.sort_key <= ?", 1+x.r.Int64N(x.last)).OrderExpr("l.sort_key DESC").Limit(1).Scan(x.t.Context())
	if err != nil {
		x.t.Fatal(err)
	}
	x.category, x.place = s.catalog.CategoryByID(x.listing.CategoryID), s.catalog.LocalityByCode(x.listing.LocalitySiruta)
}

// around is a price range that the listing is in.
func (x *example) around() (low, high *int64) {
	price := int64(10_000)
	if x.listing.PriceRON != nil {
		price = *x.listing.PriceRON
	}
	a, b := price*7/10, price*13/10
	return &a, &b
}

// words are the first n words of the listing's title.
func (x *example) words(n int) search.Query {
	fields := strings.Fields(x.listing.Title)
	return search.ParseQuery(strings.Join(fields[:min(n, len(fields))], " ") + " ")
}

func questions() []measured {
	page := func(name string, filter func(x *example) (ListingFilter, Cursor)) measured {
		return measured{name: name, ask: func(s *Store, x *example) error {
			f, after := filter(x)
			_, _, err := s.Listings(x.t.Context(), f, after, 24)
			return err
		}}
	}
	first := func(name string, filter func(x *example) ListingFilter) measured {
		return page(name, func(x *example) (ListingFilter, Cursor) { return filter(x), Cursor{} })
	}
	common := func(x *example, by Sort) ListingFilter {
		return ListingFilter{Query: search.ParseQuery(x.common + " "), Sort: by}
	}
	filtered := func(x *example) ListingFilter {
		low, high := x.around()
		return ListingFilter{Query: x.words(2), Category: x.category, County: x.place.County, PriceMin: low, PriceMax: high, Sort: SortRelevance}
	}
	return []measured{
		first("newest page", func(*example) ListingFilter { return ListingFilter{} }),
		page("deep page", func(x *example) (ListingFilter, Cursor) {
			return ListingFilter{}, Cursor{Key: x.listing.SortKey, ID: x.listing.ID}
		}),
		page("category, county, deep page", func(x *example) (ListingFilter, Cursor) {
			return ListingFilter{Category: x.category, County: x.place.County}, Cursor{Key: x.listing.SortKey, ID: x.listing.ID}
		}),
		first("category, county, price range, by price", func(x *example) ListingFilter {
			low, high := x.around()
			return ListingFilter{Category: x.category, County: x.place.County, PriceMin: low, PriceMax: high, Sort: SortCheapest}
		}),
		first("rare word, by relevance", func(x *example) ListingFilter {
			return ListingFilter{Query: search.ParseQuery(x.rare + " "), Sort: SortRelevance}
		}),
		first("common word, by relevance", func(x *example) ListingFilter { return common(x, SortRelevance) }),
		first("common word, newest", func(x *example) ListingFilter { return common(x, SortNewest) }),
		first("common word, by price", func(x *example) ListingFilter { return common(x, SortCheapest) }),
		first("common word, nearest", func(x *example) ListingFilter {
			f := common(x, SortNearest)
			f.Locality = x.place
			return f
		}),
		first("two words, by relevance", func(x *example) ListingFilter { return ListingFilter{Query: x.words(2), Sort: SortRelevance} }),
		first("two words, category, county, price", filtered),
		first("unfinished word", func(x *example) ListingFilter {
			return ListingFilter{Query: search.ParseQuery(x.common[:min(len(x.common), 4)]), Sort: SortRelevance}
		}),
		first("two options, dealer, last 7 days", func(x *example) ListingFilter {
			return ListingFilter{Category: x.category, Seller: SellerPrivate, MaxAge: 7 * 24 * time.Hour,
				Attributes: []AttributeFilter{{Key: "marca", AnyOf: []string{"Dacia", "Apple", "Bosch"}}, {Key: "stare", AnyOf: []string{"Bună", "Ca nou"}}}}
		}),
		first("number range", func(x *example) ListingFilter {
			low, high := float64(1995+x.r.IntN(10)), float64(2006+x.r.IntN(10))
			return ListingFilter{Attributes: []AttributeFilter{{Key: "an", Min: &low, Max: &high}}, County: x.place.County}
		}),
		first("text detail that nobody wrote", func(*example) ListingFilter {
			return ListingFilter{Attributes: []AttributeFilter{{Key: "model", Contains: "zzz"}}}
		}),
		first("radius 50 km, newest", func(x *example) ListingFilter { return ListingFilter{Locality: x.place, RadiusKm: 50} }),
		first("radius 50 km, category, nearest", func(x *example) ListingFilter {
			return ListingFilter{Locality: x.place, RadiusKm: 50, Category: x.category, Sort: SortNearest}
		}),
		{name: "count, capped", ask: func(s *Store, x *example) error {
			_, err := s.CountListings(x.t.Context(), common(x, SortNewest))
			return err
		}},
		{name: "suggestions", ask: func(s *Store, x *example) error {
			s.catalog.Reader().Suggest(s.Vocabulary(), x.common[:min(len(x.common), 4)])
			return nil
		}},
		{name: "facets of a category", ask: func(s *Store, x *example) error { return x.facets(s, ListingFilter{Category: x.category}) }},
		{name: "facets of a common word", ask: func(s *Store, x *example) error { return x.facets(s, common(x, SortRelevance)) }},
	}
}

func (x *example) facets(s *Store, f ListingFilter) error {
	var keys []string
	if f.Category != nil {
		for _, a := range f.Category.Attributes {
			if a.Filter && len(a.Options) > 0 {
				keys = append(keys, a.Key)
			}
		}
	}
	_, err := s.Facets(x.t.Context(), f, keys)
	return err
}
