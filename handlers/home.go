package handlers

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// HomePage is the front page.
type HomePage struct {
	Page
	Total      string // "150 de anunțuri"
	Examples   []Link // searches to try
	Categories []CategoryTile
	Counties   []CountyShape // the map
	Newest     CardList
	Near       *NearView     // nil when nobody knows where the person is
	Seen       template.HTML // cards of the listings looked at last
}

// CountyShape is a county on the map.
type CountyShape struct {
	Name  string
	Href  string
	Path  string // SVG path data
	Shade int    // 0–4 by number of listings (class map__county--N)
	Count string // "12 anunțuri"
}

// CategoriesPage is the tree of categories.
type CategoriesPage struct {
	Page
	Categories []CategoryTile
}

// examples are searches that show what can be typed.
var examples = []string{"golf 7 diesel", "apartament 2 camere cluj", "bicicletă copii"}

func (s *Server) showHome(c *fiber.Ctx) error {
	if target, old := s.modernQuery(queryValues(c)); old {
		return c.Redirect(urls.WithQuery(urls.Results, target), http.StatusMovedPermanently)
	}
	ctx := c.UserContext()
	counts, err := s.counts.get(ctx)
	if err != nil {
		return err
	}
	refs, next, err := s.store.Listings(ctx, models.ListingFilter{}, models.Cursor{}, pageSize)
	if err != nil {
		return err
	}
	p := HomePage{Page: s.newPage(c, ""), Total: text.Count(counts.Total, "anunț", "anunțuri"), Categories: s.categoryTiles(counts, false), Counties: s.countyShapes(counts)}
	if p.Newest.Cards, err = s.renderCards(ctx, viewerID(c), refs); err != nil {
		return err
	}
	if !next.IsZero() {
		p.Newest.NextURL = urls.WithQuery(urls.Results, url.Values{paramSort: {string(models.SortNewest)}, paramCursor: {next.Encode()}})
	}
	s.addPersonal(c, &p)
	for _, e := range examples {
		p.Examples = append(p.Examples, Link{Label: e, Href: urls.WithQuery(urls.Results, url.Values{paramQuery: {e}})})
	}
	p.Description = "Piața.ro: anunțuri din toată România. Mașini, case, telefoane, locuri de muncă și servicii, de la oameni ca tine."
	p.Graph = graph(s.siteLD())
	p.Canonical, p.FeedURL, p.Tab = s.absolute(urls.Home), urls.Feed, "acasa"
	return s.page(c, http.StatusOK, "home", p)
}

func (s *Server) showCategories(c *fiber.Ctx) error {
	counts, err := s.counts.get(c.UserContext())
	if err != nil {
		return err
	}
	p := CategoriesPage{Page: s.newPage(c, "Toate categoriile"), Categories: s.categoryTiles(counts, true)}
	p.Description = "Toate categoriile de anunțuri de pe Piața.ro, cu numărul de anunțuri din fiecare."
	p.Canonical, p.Tab = s.absolute(urls.Categories), "cauta"
	return s.page(c, http.StatusOK, "categories", p)
}

func (s *Server) categoryTiles(counts models.Counts, withSubs bool) []CategoryTile {
	var tiles []CategoryTile
	for _, top := range s.store.Catalog().Top {
		tile := categoryTile(top, counts)
		if withSubs {
			for _, sub := range top.Subs {
				tile.Subs = append(tile.Subs, categoryTile(sub, counts))
			}
		}
		tiles = append(tiles, tile)
	}
	return tiles
}

func categoryTile(c *models.Category, counts models.Counts) CategoryTile {
	return CategoryTile{Href: urls.Category(c.Slug), Name: c.Name, Icon: c.Icon, Count: text.Number(counts.ByCategory[c.ID])}
}

// subcategories are the tiles under a top category; a subcategory has none.
func (s *Server) subcategories(c *fiber.Ctx, category *models.Category) ([]CategoryTile, error) {
	if category == nil || category.IsLeaf() {
		return nil, nil
	}
	counts, err := s.counts.get(c.UserContext())
	if err != nil {
		return nil, err
	}
	var tiles []CategoryTile
	for _, sub := range category.Subs {
		tiles = append(tiles, categoryTile(sub, counts))
	}
	return tiles, nil
}

// countyPath is the outline of a county.
type countyPath struct {
	Code string `xml:"data-judet,attr"`
	Path string `xml:"d,attr"`
}

// mapFile is the county map under static/; its credit stands in the file and in NOTICE.
const mapFile = "img/judete-harta.svg"

// readMap takes the outlines from the map.
func readMap(static fs.FS) ([]countyPath, error) {
	data, err := fs.ReadFile(static, mapFile)
	if err != nil {
		return nil, fmt.Errorf("county map: %w", err)
	}
	var svg struct {
		Paths  []countyPath `xml:"path"`
		Groups []struct {
			Paths []countyPath `xml:"path"`
		} `xml:"g"`
	}
	if err := xml.Unmarshal(data, &svg); err != nil {
		return nil, fmt.Errorf("county map: %w", err)
	}
	paths := svg.Paths
	for _, g := range svg.Groups {
		paths = append(paths, g.Paths...)
	}
	return paths, nil
}

// countyShapes colours the map by the number of listings, on a logarithmic scale so that one big city does not pale the rest.
func (s *Server) countyShapes(counts models.Counts) []CountyShape {
	var most int64 = 1
	for _, n := range counts.ByCounty {
		most = max(most, n)
	}
	var shapes []CountyShape
	for _, outline := range s.shapes {
		county := s.store.Catalog().County(outline.Code)
		if county == nil {
			continue
		}
		n := counts.ByCounty[county.Code]
		shapes = append(shapes, CountyShape{
			Name: county.Name, Path: outline.Path, Count: text.Count(n, "anunț", "anunțuri"),
			Href:  urls.WithQuery(urls.Results, url.Values{paramCounty: {county.Code}}),
			Shade: int(math.Round(4 * math.Log1p(float64(n)) / math.Log1p(float64(most)))),
		})
	}
	return shapes
}
