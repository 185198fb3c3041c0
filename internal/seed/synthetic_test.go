package seed

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piata.ro/models"
)

// invented returns what the generator makes of a seed, in a form that can be compared.
func invented(t testing.TB, catalog *models.Catalog, seed uint64, n int) ([]string, []models.BulkListing) {
	t.Helper()
	g, err := newGenerator(catalog, seed)
	if err != nil {
		t.Fatal(err)
	}
	b := g.batch(0, n, []int64{1, 2, 3}, Options{Listings: n, Now: testNow})
	if b.err != nil {
		t.Fatal(b.err)
	}
	lines := make([]string, n)
	for i, item := range b.items {
		lines[i] = item.Draft.Category.Slug + ": " + item.Draft.Title + " – " + item.Draft.Description
		if p := item.Draft.Price; p != nil {
			lines[i] += " – " + p.String()
		}
		for _, v := range item.Draft.Attributes {
			lines[i] += "; " + v.Key + "=" + v.TextValue
			if v.NumberValue != nil {
				lines[i] += strconv.FormatFloat(*v.NumberValue, 'f', -1, 64)
			}
		}
		for _, p := range b.pictures[i] {
			lines[i] += "; " + p.Motif
		}
	}
	return lines, b.items
}

func TestSyntheticIsDeterministic(t *testing.T) {
	t.Parallel()
	catalog := openStore(t).Catalog()
	first, _ := invented(t, catalog, 7, 600)
	again, _ := invented(t, catalog, 7, 600)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the same seed differs (-first +again):\n%s", diff)
	}
	other, _ := invented(t, catalog, 8, 600)
	same := 0
	for i := range first {
		if first[i] == other[i] {
			same++
		}
	}
	if same > 10 {
		t.Errorf("another seed gives %d of 600 equal listings", same)
	}
}

func TestSyntheticIsValid(t *testing.T) {
	t.Parallel()
	_, items := invented(t, openStore(t).Catalog(), 1, 8_000)
	categories, counties := map[string]int{}, map[string]int{}
	for i, item := range items {
		d := item.Draft
		categories[d.Category.Slug]++
		counties[d.Locality.County.Code]++
		if missing := models.MissingAttributes(d.Category, d.Attributes); len(missing) > 0 {
			t.Errorf("%q in %s lacks %v", d.Title, d.Category.Slug, missing)
		}
		if i > 0 && item.PublishedAt.Before(items[i-1].PublishedAt) {
			t.Errorf("listing %d is older than the one before", i)
		}
		if age := testNow.Sub(item.PublishedAt); age < 0 || age > syntheticSpan {
			t.Errorf("listing %d is %v old", i, age)
		}
	}
	if len(categories) != 110 || len(counties) != 42 {
		t.Errorf("%d categories and %d counties, want 110 and 42", len(categories), len(counties))
	}
	if categories["autoturisme"] < 8*categories["rulote-si-autorulote"] || counties["B"] < 3*counties["CV"] {
		t.Errorf("no realistic weights: %v, %v", categories, counties)
	}
}

func TestSynthetic(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	var progress []int
	err := Synthetic(t.Context(), store, Options{Listings: 450, Seed: 3, Now: testNow, Progress: func(done int) { progress = append(progress, done) }})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{400, 450}, progress); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	if _, err := store.Listing(t.Context(), 450); err != nil {
		t.Errorf("the last listing: %v", err)
	}
}

func TestSyntheticPictures(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	if err := Synthetic(t.Context(), store, Options{Listings: 60, Seed: 3, Now: testNow, Save: hashPicture}); err != nil {
		t.Fatal(err)
	}
	pictured := 0
	for id := int64(1); id <= 60; id++ {
		l, err := store.Listing(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if l.PhotoCount > 0 && l.CoverHash != "" && l.CoverWidth > 0 {
			pictured++
		}
	}
	if pictured < 32 || pictured > 52 {
		t.Errorf("%d of 60 have pictures, want about 70 %%", pictured)
	}
}

func TestSyntheticStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	err := Synthetic(ctx, openStore(t), Options{Listings: 1500, Now: testNow, Progress: func(int) { cancel() }})
	if err == nil {
		t.Error("a cancelled seed reports success")
	}
}

func TestSkewed(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	counts := make([]int, 50)
	for range 100_000 {
		counts[skewed(rng, len(counts))]++
	}
	if counts[0] < 5*counts[9] || counts[49] == 0 {
		t.Errorf("not Zipf-like: %v", counts)
	}
}

func BenchmarkInvent(b *testing.B) {
	catalog := openStore(b).Catalog()
	g, err := newGenerator(catalog, 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, problems := catalog.ParseListing(g.input(g.item())); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

func BenchmarkSynthetic(b *testing.B) {
	store := openStore(b)
	for b.Loop() {
		if err := Synthetic(b.Context(), store, Options{Listings: 10_000, Seed: 1, Now: testNow}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds(), "listings/s")
}
