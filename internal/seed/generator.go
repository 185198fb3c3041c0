package seed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
	"time"

	"piata.ro/internal/seed/draw"
	"piata.ro/models"
)

// generator invents listings. Everything it draws comes from one stream of numbers, in one order.
type generator struct {
	catalog  *models.Catalog
	rng      *rand.Rand
	words    *words
	kinds    []kind
	weights  []int // running totals of the kinds
	places   []*models.Locality
	people   []int64 // running totals of the places' populations
	products map[string][]product
}

// kind is a row of synthetic.csv: what is sold in a category, how often and for how much.
type kind struct {
	category *models.Category
	low      float64 // price; high is 0 where none is stated
	high     float64
	currency string
	group    string // which function fills it in, and which sentences describe it
	motifs   []string
	things   []string
}

// product is a row of products.csv.
type product struct {
	brand, model string
	price        float64 // new
	from, to     int     // years it was made
	detail       string
}

// item is a listing in the making.
type item struct {
	kind
	title      string
	price      float64
	age        int // years
	attributes map[string]string
	used       bool
	motif      string
	tone       draw.Tone
}

func newGenerator(catalog *models.Catalog, seed uint64) (*generator, error) {
	g := &generator{catalog: catalog, rng: rand.New(rand.NewPCG(seed, 0)), products: map[string][]product{}}
	var err error
	if g.words, err = readWords(); err != nil {
		return nil, err
	}
	if err := g.readProducts(); err != nil {
		return nil, err
	}
	if err := g.readKinds(); err != nil {
		return nil, err
	}
	total := int64(0)
	for _, county := range catalog.Counties {
		for _, l := range county.Localities {
			if county.Code == "B" && l.Kind != "sector" {
				continue // its people are counted in the sectors
			}
			total += l.Population
			g.places, g.people = append(g.places, l), append(g.people, total)
		}
	}
	return g, nil
}

func (g *generator) readProducts() error {
	rows, err := readTable("products.csv")
	if err != nil {
		return err
	}
	for _, row := range rows {
		numbers, err := parseNumbers(row[3:6])
		if err != nil {
			return fmt.Errorf("products.csv, %q: %w", row[2], err)
		}
		g.products[row[0]] = append(g.products[row[0]], product{brand: row[1], model: row[2], price: numbers[0],
			from: int(numbers[1]), to: int(numbers[2]), detail: row[6]})
	}
	return nil
}

func (g *generator) readKinds() error {
	rows, err := readTable("synthetic.csv")
	if err != nil {
		return err
	}
	total := 0
	for _, row := range rows {
		category := g.catalog.Category(row[0])
		numbers, err := parseNumbers(row[1:4])
		if err != nil || category == nil {
			return fmt.Errorf("synthetic.csv, %q: bad row: %w", row[0], err)
		}
		total += int(numbers[0])
		g.weights = append(g.weights, total)
		g.kinds = append(g.kinds, kind{category: category, low: numbers[1], high: numbers[2], currency: row[4], group: row[5],
			motifs: strings.Split(row[6], ","), things: strings.Split(row[7], ",")})
	}
	return nil
}

// parseNumbers reads whole numbers; "" is 0.
func parseNumbers(fields []string) ([]float64, error) {
	numbers := make([]float64, len(fields))
	for i, field := range fields {
		if field == "" {
			continue
		}
		n, err := strconv.Atoi(field)
		if err != nil {
			return nil, err
		}
		numbers[i] = float64(n)
	}
	return numbers, nil
}

// batch invents n listings, of which the first is number first of all.
func (g *generator) batch(first, n int, owners []int64, o Options) batch {
	b := batch{items: make([]models.BulkListing, n), pictures: make([][]draw.Spec, n)}
	for i := range n {
		it := g.item()
		draft, problems := g.catalog.ParseListing(g.input(it))
		if len(problems) > 0 {
			b.err = fmt.Errorf("synthetic listing %d in %s: %v", first+i, it.category.Slug, problems)
			return b
		}
		age := 1 - float64(first+i+1)/float64(o.Listings+1)
		b.items[i] = models.BulkListing{Draft: draft, OwnerID: owners[g.owner(len(owners))], PublishedAt: o.Now.Add(-time.Duration(age * float64(syntheticSpan)))}
		b.pictures[i] = g.pictures(it)
	}
	return b
}

// owner lets a few dealers post much and most people little.
func (g *generator) owner(n int) int {
	if g.rng.IntN(3) == 0 {
		return skewed(g.rng, n)
	}
	return g.rng.IntN(n)
}

func (g *generator) item() item {
	k := g.kinds[sort.SearchInts(g.weights, 1+g.rng.IntN(g.weights[len(g.weights)-1]))]
	it := item{kind: k, attributes: map[string]string{}, motif: k.motifs[g.rng.IntN(len(k.motifs))], used: g.rng.IntN(5) > 0}
	g.invent(&it)
	g.complete(&it)
	return it
}

func (g *generator) input(it item) models.ListingInput {
	place := g.places[sort.Search(len(g.people), func() func(int) bool {
		n := g.rng.Int64N(g.people[len(g.people)-1])
		return func(i int) bool { return g.people[i] > n }
	}())]
	kind, last := sentencesFor(it)
	in := models.ListingInput{Category: it.category.Slug, Title: it.title, Description: g.words.describe(g.rng, kind, last, 2+g.rng.IntN(4)),
		Currency: it.currency, County: place.County.Code, Locality: place.Name, Attributes: it.attributes, Negotiable: g.rng.IntN(4) == 0}
	if it.high > 0 {
		in.Price = strconv.Itoa(tidy(it.price))
	} else if !it.category.PriceOptional() || it.category.Slug == "ofer-gratuit" {
		in.Price = "gratis"
	}
	switch it.group {
	case "lucru", "auto":
		in.Condition = "folosit"
		if !it.used {
			in.Condition = "nou"
		}
	}
	return in
}

// sentencesFor names the sentences that suit a listing, and those that end it.
func sentencesFor(it item) (kind, last string) {
	switch it.group {
	case "job", "serviciu", "alt", "locuinta":
		return it.group, "oricum"
	case "spatiu":
		return "locuinta", "oricum"
	case "animal", "animale":
		return "animal", "oricum"
	case "auto", "haine", "hrana", "mobila":
		return it.group, "vanzare"
	case "pantofi", "copii":
		return "haine", "vanzare"
	}
	if it.category.Top().Slug == "electronice-si-electrocasnice" {
		return "aparat", "vanzare"
	}
	return "lucru", "vanzare"
}

// tidy rounds a price the way people do: 7, 45, 380, 1.250, 14.900.
func tidy(price float64) int {
	step := 1.0
	for _, level := range []struct{ above, step float64 }{{20, 5}, {200, 10}, {1000, 50}, {10000, 100}, {50000, 500}, {200000, 1000}} {
		if price >= level.above {
			step = level.step
		}
	}
	n := int(math.Round(price/step) * step)
	if step >= 500 && n%2000 == 0 {
		n -= int(step) // 19.500 rather than 20.000
	}
	return max(1, n)
}

// priceBetween spreads prices evenly over their order of magnitude.
func (g *generator) priceBetween(low, high float64) float64 {
	low = max(1, low)
	return low * math.Pow(high/low, (g.rng.Float64()+g.rng.Float64())/2)
}

// pictures picks one or two drawings of the thing for most listings.
func (g *generator) pictures(it item) []draw.Spec {
	if g.rng.Float64() >= pictureShare {
		return nil
	}
	tone := it.tone
	if tone == 0 && isPainted(it.group) {
		tone = []draw.Tone{0, draw.Blue, draw.Orange}[g.rng.IntN(3)]
	}
	specs := make([]draw.Spec, 1+g.rng.IntN(2))
	for i := range specs {
		specs[i] = spec(it.motif, tone, i)
	}
	return specs
}

// isPainted reports whether things of the group come in any colour; dogs and apples do not.
func isPainted(group string) bool {
	switch group {
	case "auto", "mobila", "haine", "pantofi", "bicicleta":
		return true
	}
	return false
}

func (g *generator) one(options []string) string { return options[g.rng.IntN(len(options))] }

// chance is true in percent of the cases.
func (g *generator) chance(percent int) bool { return g.rng.IntN(100) < percent }
