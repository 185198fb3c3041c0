package models

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"piata.ro/internal/search"
	"piata.ro/internal/text"
)

// County is a județ; Bucharest is one, with code B.
type County struct {
	Code       string // "CJ"
	Name       string // "Cluj"
	Slug       string // "cluj"
	Seat       string // "Cluj-Napoca"
	Lat, Lon   float64
	Population int64
	Localities []*Locality // most populous first
}

// Locality is a municipality, town, commune or sector of Bucharest.
type Locality struct {
	Siruta     int64  // official unit code
	Name       string // "Cluj-Napoca"; sectors are "București, Sector 3"
	Slug       string // unique in the country
	County     *County
	Kind       string // municipiu, oraș, comună, sector
	Lat, Lon   float64
	Population int64
}

// bucharest is the whole city; its sectors are localities of their own.
const bucharest = 179132

// Full is the name with its county, e.g. "Turda, Cluj"; Bucharest needs none.
func (l *Locality) Full() string {
	if l.County.Code == "B" {
		return l.Name
	}
	return l.Name + ", " + l.County.Name
}

// kmPerDegree is a little less than one degree of latitude.
const kmPerDegree = 111.0

// Distance is the great-circle distance between two localities in kilometres.
func (l *Locality) Distance(o *Locality) float64 {
	const earthRadius, degree = 6371.0, math.Pi / 180
	dLat, dLon := (o.Lat-l.Lat)*degree, (o.Lon-l.Lon)*degree
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(l.Lat*degree)*math.Cos(o.Lat*degree)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earthRadius * math.Asin(math.Sqrt(h))
}

// Catalog is the reference data in memory: categories, counties and localities. It is read-only.
type Catalog struct {
	Top      []*Category // in order, with their subcategories
	Counties []*County   // by name
	Rate     Rate        // of the euro

	categories   map[string]*Category
	categoryByID map[int64]*Category
	counties     map[string]*County
	localities   map[int64]*Locality
	bySlug       map[string]*Locality
	byName       map[string][]*Locality // folded name → most populous first
	reader       func() *search.Reader
	attributes   func() []Attribute
}

// Category returns the category with the slug, or nil.
func (c *Catalog) Category(slug string) *Category { return c.categories[slug] }

// CategoryByID returns the category, or nil.
func (c *Catalog) CategoryByID(id int64) *Category { return c.categoryByID[id] }

// County returns the county with the code, slug or name, or nil.
func (c *Catalog) County(s string) *County { return c.counties[text.Fold(strings.TrimSpace(s))] }

// LocalityByCode returns the locality with the SIRUTA code, or nil.
func (c *Catalog) LocalityByCode(siruta int64) *Locality { return c.localities[siruta] }

// Locality returns the locality with the name or slug, in the county when one is given and the most populous otherwise; nil when there is none.
func (c *Catalog) Locality(name string, in *County) *Locality {
	folded := foldPlace(name)
	if in != nil && in.Code == "B" && strings.HasPrefix(folded, "sector") {
		folded = "bucuresti " + folded
	}
	for _, l := range c.byName[folded] {
		if in == nil || l.County == in {
			return l
		}
	}
	if l := c.bySlug[strings.TrimSpace(name)]; l != nil && (in == nil || l.County == in) {
		return l
	}
	return nil
}

// foldPlace makes "București, Sector 3" and "bucuresti sector 3" the same.
func foldPlace(name string) string {
	words := strings.FieldsFunc(text.Fold(name), func(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == '.' })
	if i := slices.Index(words, "sectorul"); i >= 0 {
		words[i] = "sector"
	}
	return strings.Join(words, " ")
}

// Near is a locality with its distance from another.
type Near struct {
	*Locality
	Km float64
}

// Around returns the localities within km of centre, nearest first, centre included.
func (c *Catalog) Around(centre *Locality, km float64) []Near {
	var out []Near
	for _, l := range c.localities {
		if math.Abs(l.Lat-centre.Lat) > km/kmPerDegree {
			continue // too far north or south already: spares most of the trigonometry
		}
		if d := centre.Distance(l); d <= km {
			out = append(out, Near{l, d})
		}
	}
	slices.SortFunc(out, byKm)
	return out
}

func byKm(a, b Near) int {
	return cmp.Or(cmp.Compare(a.Km, b.Km), cmp.Compare(a.Siruta, b.Siruta))
}

// Inside returns the localities that a search in l covers: l itself and, for Bucharest, its sectors.
func (c *Catalog) Inside(l *Locality) []*Locality {
	if l.Siruta == bucharest {
		return l.County.Localities
	}
	return []*Locality{l}
}
