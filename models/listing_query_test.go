package models

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"piata.ro/internal/search"
)

var allSorts = []Sort{"", SortNewest, SortRelevance, SortCheapest, SortDearest, SortNearest}

// describe names a filter in messages.
func describe(f ListingFilter) string {
	out := fmt.Sprintf("sort=%s q=%q cond=%s radius=%d owner=%d except=%d seller=%s photos=%t age=%s attrs=%+v", f.Sort, f.Query, f.Condition, f.RadiusKm, f.OwnerID, f.ExceptID,
		f.Seller, f.WithPhotos, f.MaxAge, f.Attributes)
	if f.Category != nil {
		out += " category=" + f.Category.Slug
	}
	if f.County != nil {
		out += " county=" + f.County.Code
	}
	if f.Locality != nil {
		out += " locality=" + f.Locality.Name
	}
	if f.PriceMin != nil {
		out += fmt.Sprint(" min=", *f.PriceMin)
	}
	if f.PriceMax != nil {
		out += fmt.Sprint(" max=", *f.PriceMax)
	}
	return out
}

// check compares all pages and the count of one filter, in every order, with the plain loop.
func (m *market) check(t *testing.T, f ListingFilter, limit int) {
	t.Helper()
	done := map[Sort]bool{}
	for _, sort := range allSorts {
		f.Sort = sort
		if done[f.order()] { // relevance without words and nearness without a place are newest first
			continue
		}
		done[f.order()] = true
		want := m.expected(f)
		if got := m.walk(t, f, limit); !slices.Equal(got, want) {
			t.Errorf("%s, %d a page:\n got %v\nwant %v", describe(f), limit, got, want)
		}
		total, err := m.store.CountListings(t.Context(), f)
		if err != nil || total != (Total{Count: len(want), Exact: true}) {
			t.Errorf("%s: count %+v, %v; want %d", describe(f), total, err, len(want))
		}
	}
}

// filters lists each filter alone and the combinations that take different ways through the queries.
func (m *market) filters() map[string]ListingFilter {
	c := m.store.Catalog()
	number := func(n float64) *float64 { return &n }
	money := func(n int64) *int64 { return &n }
	place := func(county, name string) *Locality { return c.Locality(name, c.County(county)) }
	words := search.ParseQuery
	return map[string]ListingFilter{
		"all":                          {},
		"leaf":                         {Category: c.Category("biciclete")},
		"top":                          {Category: c.Category("autoturisme").Parent},
		"top, not the first":           {Category: c.Category("telefoane").Parent},
		"county":                       {County: c.County("CJ")},
		"leaf and county":              {Category: c.Category("telefoane"), County: c.County("CJ")},
		"top and county":               {Category: c.Category("telefoane").Parent, County: c.County("B")},
		"locality":                     {Locality: place("CJ", "Turda")},
		"locality with its county":     {Locality: place("CJ", "Turda"), County: c.County("CJ")},
		"leaf and locality":            {Locality: place("CJ", "Cluj-Napoca"), Category: c.Category("mobila")},
		"Bucharest with its sectors":   {Locality: place("B", "București")},
		"Bucharest and leaf":           {Locality: place("B", "București"), Category: c.Category("biciclete")},
		"one sector":                   {Locality: place("B", "Sector 3")},
		"radius":                       {Locality: place("CJ", "Cluj-Napoca"), RadiusKm: 50},
		"radius over the border":       {Locality: place("CJ", "Turda"), RadiusKm: 100, County: c.County("CJ")},
		"radius around Bucharest":      {Locality: place("B", "București"), RadiusKm: 20},
		"small radius in Bucharest":    {Locality: place("B", "București"), RadiusKm: 1},
		"radius around nothing":        {Locality: place("CT", "Constanța"), RadiusKm: 30},
		"price from":                   {PriceMin: money(25000)},
		"price to":                     {PriceMax: money(50900)}, // one hundred euro, exactly
		"price range in leaf":          {PriceMin: money(1), PriceMax: money(100000), Category: c.Category("telefoane")},
		"free":                         {PriceMax: money(0)},
		"impossible price":             {PriceMin: money(10), PriceMax: money(9)},
		"new":                          {Condition: ConditionNew},
		"used in county":               {Condition: ConditionUsed, County: c.County("CJ")},
		"option":                       {Category: c.Category("biciclete"), Attributes: []AttributeFilter{{Key: "tip", AnyOf: []string{"Oraș"}}}},
		"two options":                  {Attributes: []AttributeFilter{{Key: "tip", AnyOf: []string{"oras", "MTB"}}}},
		"option with quote":            {Attributes: []AttributeFilter{{Key: "marca", AnyOf: []string{"B'Twin"}}}},
		"unknown option":               {Attributes: []AttributeFilter{{Key: "tip", AnyOf: []string{"Avion\x00\xff?"}}}},
		"number range":                 {Attributes: []AttributeFilter{{Key: "an", Min: number(2010), Max: number(2015)}}},
		"number from, option":          {Attributes: []AttributeFilter{{Key: "km", Max: number(150000)}, {Key: "marca", AnyOf: []string{"Dacia"}}}},
		"words behind each other":      {Query: words(`"bicicleta pegas"`)},
		"not a word":                   {Query: words("-pegas")},
		"a word and not another":       {Query: words("bicicleta -pegas -iphone"), Category: c.Category("biciclete")},
		"not these words":              {Query: words(`-"bicicleta pegas" -canapea`), County: c.County("CJ")},
		"dealers":                      {Seller: SellerDealer},
		"private, leaf, words":         {Seller: SellerPrivate, Category: c.Category("telefoane"), Query: words("telefon")},
		"with photos":                  {WithPhotos: true},
		"of the last day":              {MaxAge: 24 * time.Hour},
		"last day, leaf, words, price": {MaxAge: 24 * time.Hour, Category: c.Category("biciclete"), Query: words("bicicleta"), PriceMax: money(150000)},
		"last days around a place":     {MaxAge: 5 * 24 * time.Hour, Locality: place("CJ", "Cluj-Napoca"), RadiusKm: 60},
		"two words of a text":          {Attributes: []AttributeFilter{{Key: "model", Contains: "mcv log"}}},
		"text":                         {Attributes: []AttributeFilter{{Key: "model", Contains: "SERIA"}}},
		"text with percent":            {Attributes: []AttributeFilter{{Key: "marca", Contains: "100%"}}},
		"text with underscore":         {Attributes: []AttributeFilter{{Key: "model", Contains: "f_7"}}},
		"bool":                         {Attributes: []AttributeFilter{{Key: "prim_proprietar", AnyOf: []string{"da"}}}, Category: c.Category("autoturisme")},
		"attribute and locality":       {Attributes: []AttributeFilter{{Key: "marca", AnyOf: []string{"Apple"}}}, Locality: place("CJ", "Turda"), RadiusKm: 60},
		"words":                        {Query: words("bicicleta")},
		"unfinished word":              {Query: words("bici")},
		"two words":                    {Query: words("telefon rosie")},
		"words of the description":     {Query: words("de vânzare stare bună")},
		"words, leaf, county":          {Query: words("pegas"), Category: c.Category("biciclete"), County: c.County("CJ")},
		"words, top, price, condition": {Query: words("golf"), Category: c.Category("telefoane").Parent, PriceMax: money(100000), Condition: ConditionNew},
		"words and radius":             {Query: words("canapea"), Locality: place("CJ", "Cluj-Napoca"), RadiusKm: 40},
		"words in Bucharest":           {Query: words("canapea"), Locality: place("B", "București")},
		"words and attribute":          {Query: words("masina"), Attributes: []AttributeFilter{{Key: "an", Min: number(2012)}}},
		"words that nobody wrote":      {Query: words("zmeură proaspătă")},
		"owner":                        {OwnerID: m.owners[0].ID},
		"owner, leaf, words":           {OwnerID: m.owners[1].ID, Category: c.Category("telefoane"), Query: words("telefon")},
		"all but one in leaf":          {Category: c.Category("biciclete"), ExceptID: m.listings[8].ID},
	}
}

func TestListingsFilters(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 1, 120)
		for name, f := range m.filters() {
			if n := len(m.expected(f)); (n == 0) != slices.Contains([]string{"impossible price", "unknown option", "text with underscore", "radius around nothing", "words that nobody wrote"}, name) {
				t.Errorf("%s matches %d listings: the test shows nothing", name, n)
			}
			ways := []int{0, sparse} // however many rows count as few, the answer is the same
			if f.Locality == nil && f.Attributes == nil && f.Query.Empty() {
				ways = ways[:1]
			}
			for _, few := range ways {
				t.Run(fmt.Sprintf("%s, few is %d", name, few), func(t *testing.T) {
					s.sparse, s.ranked = few, 4+few
					m.check(t, f, 13)
				})
			}
		}
	})
}

// randomFilter combines filters at random.
func (m *market) randomFilter(r *rand.Rand) ListingFilter {
	c := m.store.Catalog()
	var f ListingFilter
	sometimes := func(do func()) {
		if r.IntN(3) == 0 {
			do()
		}
	}
	sometimes(func() { f.Category = c.Category(pick(r, marketCategories)) })
	if f.Category != nil && r.IntN(2) == 0 {
		f.Category = f.Category.Parent
	}
	sometimes(func() { f.County = c.County(pick(r, marketPlaces)[0]) })
	sometimes(func() {
		place := pick(r, marketPlaces)
		f.Locality, f.RadiusKm = c.Locality(place[1], c.County(place[0])), pick(r, []int{0, 5, 40, 300})
	})
	sometimes(func() {
		f.Query = search.ParseQuery(pick(r, []string{"", "-", `"roșie nouă" `}) + pick(r, marketWords) + " " + pick(r, []string{"", "", "nou", "tele"}))
	})
	sometimes(func() { low := r.Int64N(50000); f.PriceMin = &low })
	sometimes(func() { high := r.Int64N(200000); f.PriceMax = &high })
	sometimes(func() { f.Condition = pick(r, []Condition{ConditionNew, ConditionUsed}) })
	sometimes(func() {
		f.Seller, f.MaxAge = pick(r, []SellerKind{"", SellerDealer, SellerPrivate}), pick(r, []time.Duration{0, 100 * time.Hour})
	})
	sometimes(func() { f.WithPhotos = true })
	sometimes(func() { f.ExceptID = pick(r, m.listings).ID })
	sometimes(func() {
		low := float64(2000 + r.IntN(25))
		f.Attributes = []AttributeFilter{pick(r, []AttributeFilter{{Key: "an", Min: &low}, {Key: "marca", AnyOf: []string{"Dacia", "Apple"}}, {Key: "model", Contains: "o"}})}
	})
	return f
}

func TestListingsRandomFilters(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 2, 120)
		r := rand.New(rand.NewPCG(3, 0))
		for range 20 {
			s.sparse, s.ranked = pick(r, []int{sparse, 10, 0}), pick(r, []int{1, 10, ranked})
			m.check(t, m.randomFilter(r), 1+r.IntN(30))
		}
	})
}

// New listings on top must not disturb somebody who is turning pages.
func TestListingsPagesWhilePublishing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 4, 40)
		want := m.expected(ListingFilter{})
		var got []int64
		for at, pages := (Cursor{}), 0; pages == 0 || !at.IsZero(); pages++ {
			refs, next, err := s.Listings(t.Context(), ListingFilter{}, at, 5)
			if err != nil {
				t.Fatal(err)
			}
			for _, ref := range refs {
				got = append(got, ref.ID)
			}
			at = next
			in := bicycle()
			in.Title = fmt.Sprint("Bicicletă numărul ", pages)
			mustListing(t, s, m.owners[0], in)
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestListingsForgedCursor(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 5, 20)
		turda := s.Catalog().Locality("Turda", nil)
		for _, c := range []Cursor{{Phase: 9, Key: 1, ID: 1}, {Phase: math.MaxInt64, Key: math.MaxInt64, ID: math.MaxInt64}, {Key: math.MaxInt64}, {ID: 1}, {Phase: 1}} {
			for _, sort := range allSorts {
				for _, f := range []ListingFilter{{Sort: sort, Locality: turda}, {Sort: sort, Query: search.ParseQuery("pegas")}} {
					if _, _, err := s.Listings(t.Context(), f, c, 5); err != nil {
						t.Errorf("%s after %+v: %v", describe(f), c, err)
					}
				}
			}
			if _, _, err := s.OwnerListings(t.Context(), m.owners[0].ID, StatusActive, c, 5); err != nil {
				t.Errorf("own listings after %+v: %v", c, err)
			}
		}
	})
}

// What a person types must never reach the search engines as an operator.
func TestListingsOddQueries(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		mustListing(t, s, mustUser(t, s, "ana"), bicycle())
		for _, q := range []string{`"`, `'`, `pegas"`, `title:pegas`, `pegas*`, `(pegas`, `pegas OR`, `NOT`, `AND`, `NEAR(a b)`, `-pegas`, `pegas & !x`, `a:*`, `\`, `?`, `??`, `%`, "\x00", "\xff", `'; DROP TABLE listings; --`, `{title} : x`, `^pegas`, `pegas+x`} {
			for _, sort := range allSorts {
				if _, _, err := s.Listings(t.Context(), ListingFilter{Query: search.ParseQuery(q), Sort: sort}, Cursor{}, 5); err != nil {
					t.Errorf("%q, %s: %v", q, sort, err)
				}
			}
		}
	})
}
