package models

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/search"
)

// queryLog remembers the statements that a pool runs.
type queryLog struct {
	mu      sync.Mutex
	queries []string
}

func (l *queryLog) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (l *queryLog) AfterQuery(_ context.Context, e *bun.QueryEvent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queries = append(l.queries, e.Query)
}

// plans returns how SQLite runs the statements of do, one text for each, in order.
func plans(t *testing.T, s *Store, do func(logged *Store) error) []string {
	t.Helper()
	seen := &queryLog{}
	logged := &Store{write: s.write, read: s.read.WithQueryHook(seen), clock: s.clock, log: s.log, catalog: s.catalog, sparse: s.sparse, ranked: s.ranked}
	if err := do(logged); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, query := range seen.queries {
		var steps []struct {
			ID, Parent, Notused int
			Detail              string
		}
		if err := s.read.NewRaw("EXPLAIN QUERY PLAN ?", bun.Safe(query)).Scan(t.Context(), &steps); err != nil {
			t.Fatalf("explain %s: %v", query, err)
		}
		var text strings.Builder
		for _, step := range steps {
			text.WriteString(step.Detail + "\n")
		}
		out = append(out, text.String())
	}
	return out
}

// The page queries must walk one index in its order, whatever the statistics say of the data.
func TestSQLitePlans(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), Options{DataDir: fresh.SQLite(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	c := s.Catalog()
	leaf := c.Category("autoturisme")
	top, cluj, turda := leaf.Parent, c.County("CJ"), c.Locality("Turda", nil)
	low, high := int64(1000), int64(2000)
	priced := func(f ListingFilter) ListingFilter { f.PriceMin, f.PriceMax = &low, &high; return f }
	sorted := func(f ListingFilter, by Sort) ListingFilter { f.Sort = by; return f }
	tests := []struct {
		name   string
		filter ListingFilter
		index  string
	}{
		{"all", ListingFilter{}, "COVERING INDEX listings_newest"},
		{"all, price", priced(ListingFilter{}), "COVERING INDEX listings_newest"},
		{"leaf", ListingFilter{Category: leaf}, "COVERING INDEX listings_category_newest (category_id=?"},
		{"leaf, price", priced(ListingFilter{Category: leaf}), "COVERING INDEX listings_category_newest (category_id=?"},
		{"top", ListingFilter{Category: top}, "COVERING INDEX listings_top_newest (top_category_id=?"},
		{"county", ListingFilter{County: cluj}, "COVERING INDEX listings_county_newest (county_code=?"},
		{"leaf, county, price", priced(ListingFilter{Category: leaf, County: cluj}), "COVERING INDEX listings_category_county_newest (category_id=? AND county_code=?"},
		{"top, county", ListingFilter{Category: top, County: cluj}, "COVERING INDEX listings_top_county_newest (top_category_id=? AND county_code=?"},
		{"place", ListingFilter{Locality: turda}, "COVERING INDEX listings_locality_newest (locality_siruta=?"},
		{"place, leaf", ListingFilter{Locality: turda, Category: leaf}, "COVERING INDEX listings_locality_newest (locality_siruta=?"},
		{"Bucharest", ListingFilter{Locality: c.Locality("București", nil)}, "COVERING INDEX listings_county_newest (county_code=?"},
		{"many places", ListingFilter{Locality: turda, RadiusKm: 300}, "COVERING INDEX listings_newest"},
		{"many places, leaf", ListingFilter{Locality: turda, RadiusKm: 300, Category: leaf}, "COVERING INDEX listings_category_newest (category_id=?"},
		{"used", ListingFilter{Category: leaf, Condition: ConditionUsed}, "INDEX listings_category_newest (category_id=?"},
		{"owner", ListingFilter{OwnerID: 1}, "INDEX listings_owner (owner_id=? AND status=?"},
		{"all but one", ListingFilter{Category: leaf, ExceptID: 4}, "COVERING INDEX listings_category_newest (category_id=?"},
		{"number range", ListingFilter{Category: leaf, Attributes: []AttributeFilter{{Key: "an", Min: new(float64)}}}, "COVERING INDEX listings_newest (sort_key=?"},
		{"words", ListingFilter{Query: search.ParseQuery("bicicleta ")}, "COVERING INDEX listings_newest (sort_key=?"},
		{"words, leaf, price", priced(ListingFilter{Query: search.ParseQuery("bicicleta "), Category: leaf, County: cluj}), "COVERING INDEX listings_newest (sort_key=?"},
		{"words, relevance", ListingFilter{Query: search.ParseQuery("bicicleta "), Sort: SortRelevance}, "INDEX listings_newest (sort_key=?"},
		{"words, of the last day", ListingFilter{Query: search.ParseQuery("bicicleta "), MaxAge: 24 * time.Hour}, "COVERING INDEX listings_newest (sort_key=?"},
		{"of the last day", ListingFilter{Category: leaf, MaxAge: 24 * time.Hour}, "COVERING INDEX listings_category_newest (category_id=? AND sort_key>?"},
		{"dealers with photos", ListingFilter{Category: leaf, Seller: SellerDealer, WithPhotos: true}, "INDEX listings_category_newest (category_id=?"},
		{"words by price", sorted(ListingFilter{Query: search.ParseQuery("bicicleta ")}, SortCheapest), "COVERING INDEX listings_newest (sort_key=?"},
		{"option", ListingFilter{Category: leaf, Attributes: []AttributeFilter{{Key: "marca", AnyOf: []string{"Dacia"}}}}, "COVERING INDEX listings_newest (sort_key=?"},
		{"cheapest", sorted(ListingFilter{}, SortCheapest), "COVERING INDEX listings_price"},
		{"dearest", sorted(ListingFilter{County: cluj}, SortDearest), "COVERING INDEX listings_price"},
		{"cheapest, leaf", sorted(priced(ListingFilter{Category: leaf}), SortCheapest), "COVERING INDEX listings_category_price (category_id=?"},
		{"cheapest, top", sorted(ListingFilter{Category: top, County: cluj}, SortCheapest), "COVERING INDEX listings_top_price (top_category_id=?"},
		{"cheapest, leaf, county", sorted(ListingFilter{Category: leaf, County: cluj}, SortDearest), "COVERING INDEX listings_category_county_price (category_id=? AND county_code=?"},
	}
	check := func(state string) {
		for _, tt := range tests {
			for page, after := range map[string]Cursor{"first page": {}, "next page": {Key: 40, ID: 40}} {
				s.sparse = -1 // every place and value has many listings
				got := plans(t, s, func(logged *Store) error {
					_, _, err := logged.Listings(t.Context(), tt.filter, after, 24)
					return err
				})
				last := got[len(got)-1] // the ones before ask for how many rows there are
				name := fmt.Sprintf("%s, %s, %s", state, tt.name, page)
				if strings.Contains(last, "TEMP B-TREE") {
					t.Errorf("%s sorts:\n%s", name, last)
				}
				if !strings.Contains(last, "USING "+tt.index) {
					t.Errorf("%s: want %s in the plan:\n%s", name, tt.index, last)
				}
			}
		}
	}
	fillSkewed(t, s)
	check("without statistics")
	if _, err := s.write.ExecContext(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
	s.read = reopenedReader(t, s)
	check("with statistics")
}

// fillSkewed publishes listings that are nearly all in one category, county and price, which leads a planner into temptation.
func fillSkewed(t *testing.T, s *Store) {
	t.Helper()
	ana := mustUser(t, s, "ana")
	r := rand.New(rand.NewPCG(8, 0))
	items := make([]BulkListing, 500)
	for i := range items {
		in := bicycle()
		in.Price = fmt.Sprint(5000 + r.IntN(50))
		if i%25 == 0 {
			in = randomInput(r)
		}
		items[i] = BulkListing{Draft: mustDraft(t, s, in), OwnerID: ana.ID}
	}
	if _, err := s.InsertListings(t.Context(), items); err != nil {
		t.Fatal(err)
	}
}

// reopenedReader is a second reading pool, whose connections know the statistics.
func reopenedReader(t *testing.T, s *Store) *bun.DB {
	t.Helper()
	var file string
	if err := s.read.NewRaw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	folder, _, _ := strings.Cut(file, "/piata.db")
	again, err := Open(t.Context(), Options{DataDir: folder})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	return again.read
}

// Few rows in a place or for a value: those are read by their own index and sorted.
func TestSQLitePlansForFew(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), Options{DataDir: fresh.SQLite(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	fillSkewed(t, s)
	if _, err := s.write.ExecContext(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
	s.read = reopenedReader(t, s)
	s.sparse = 100
	c := s.Catalog()
	tests := []struct {
		name   string
		filter ListingFilter
		index  string
	}{
		{"places", ListingFilter{Locality: c.Locality("Iași", nil), RadiusKm: 50}, "COVERING INDEX listings_locality_newest (locality_siruta=?"},
		{"places by price", ListingFilter{Locality: c.Locality("Iași", nil), RadiusKm: 50, Sort: SortCheapest}, "COVERING INDEX listings_locality_newest (locality_siruta=?"},
	}
	for _, tt := range tests {
		got := plans(t, s, func(logged *Store) error {
			_, _, err := logged.Listings(t.Context(), tt.filter, Cursor{}, 24)
			return err
		})
		if !strings.Contains(got[0]+got[len(got)-1], "USING "+tt.index) {
			t.Errorf("%s: want %s in\n%s", tt.name, tt.index, got)
		}
	}
	got := plans(t, s, func(logged *Store) error {
		_, err := logged.CountListings(t.Context(), ListingFilter{Locality: c.Locality("Turda", nil), RadiusKm: 50})
		return err
	})
	if len(got) != 1 || !strings.Contains(got[0], "COVERING INDEX listings_locality_newest") {
		t.Errorf("count around a place:\n%s", got)
	}
	got = plans(t, s, func(logged *Store) error {
		_, err := logged.Facets(t.Context(), ListingFilter{Category: c.Category("biciclete")}, []string{"tip", "stare"})
		return err
	})
	if last := got[len(got)-1]; !strings.Contains(last, "PRIMARY KEY (listing_id=?") {
		t.Errorf("facets:\n%s", last)
	}
}
