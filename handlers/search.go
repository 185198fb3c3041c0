package handlers

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// pageSize is how many cards a page of results has.
const pageSize = 24

// ResultsPage lists what a search or a category found.
type ResultsPage struct {
	Page
	Breadcrumbs []Link
	Heading     string   // "Biciclete în Cluj"
	Count       string   // "peste 1.000 de anunțuri"
	Notices     []string // what of the address could not be understood
	Chips       []Chip   // the filters that hold
	Loose       []Chip   // those that were let go
	Sorts       []Option
	ResultsPath string // path the filter form goes to
	Filters     FilterForm
	Subs        []CategoryTile // subcategories to go deeper into
	List        CardList
	View        ResultsView
	Save        *SaveSearch // nil for a search that asks for nothing
	Empty       bool
	EmptyLinks  []Link   // wider searches to try when nothing was found
	Relaxed     *Relaxed // what was let go because nothing was found; nil for nothing
	Read        string   // the sentence that the filters were read from; "" for none
	LiteralURL  string   // the same words without reading them
	Slow        bool     // the search took too long to show anything
}

// ResultsView is how the cards are shown, and the addresses of both ways.
type ResultsView struct {
	IsList  bool
	GridURL string
	ListURL string
}

// Chip is an active filter and the address without it.
type Chip struct {
	Label     string
	RemoveURL string
}

// showResults is the results page of any search.
func (s *Server) showResults(c *fiber.Ctx) error {
	q := queryValues(c)
	if target, old := s.modernQuery(q); old {
		return c.Redirect(urls.WithQuery(urls.Results, target), http.StatusMovedPermanently)
	}
	return s.results(c, s.readSearch(q), urls.Results)
}

// redirectSearch keeps the old address of the search working, with the same query.
func (s *Server) redirectSearch(c *fiber.Ctx) error {
	target := urls.Results
	if q, old := s.modernQuery(queryValues(c)); old {
		target = urls.WithQuery(target, q)
	} else if query := c.Request().URI().QueryString(); len(query) > 0 {
		target += "?" + string(query)
	}
	return c.Redirect(target, http.StatusMovedPermanently)
}

// showCategory is the results page of one category, under its own address.
func (s *Server) showCategory(c *fiber.Ctx) error {
	category := s.store.Catalog().Category(c.Params("slug"))
	if category == nil {
		return fiber.ErrNotFound
	}
	q := queryValues(c)
	if target, old := s.modernQuery(q); old {
		target.Del(paramCategory)
		return c.Redirect(urls.WithQuery(urls.Category(category.Slug), target), http.StatusMovedPermanently)
	}
	q.Set(paramCategory, category.Slug)
	return s.results(c, s.readSearch(q), urls.Category(category.Slug))
}

// oldNames are the old site's parameters and what they are called now.
var oldNames = map[string]string{"search": paramQuery, "category": paramCategory, "min_price": paramPriceMin, "max_price": paramPriceMax}

// modernQuery renames the old site's parameters; old reports whether there were any. Its page numbers mean nothing here.
func (s *Server) modernQuery(q url.Values) (modern url.Values, old bool) {
	modern = url.Values{}
	for name, values := range q {
		if now := oldNames[name]; now != "" {
			old = true
			if !q.Has(now) && values[0] != "" {
				modern.Set(now, values[0])
			}
			continue
		}
		switch name {
		case "page":
			old = true
		case "location":
			old = true
			s.modernPlace(modern, values[0])
		default:
			modern[name] = values
		}
	}
	return modern, old
}

// modernPlace reads a place that was one field: a county, or a locality with its county.
func (s *Server) modernPlace(q url.Values, location string) {
	catalog := s.store.Catalog()
	if county := catalog.County(location); county != nil {
		q.Set(paramCounty, county.Code)
	} else if l := catalog.Locality(location, nil); l != nil {
		q.Set(paramCounty, l.County.Code)
		q.Set(paramLocality, l.Name)
	} else if location != "" {
		q.Set(paramLocality, location)
	}
}

// results answers with the page, the results region when a filter changed, or the next cards.
func (s *Server) results(c *fiber.Ctx, ls *listingSearch, path string) error {
	path = ls.path(path)
	f, err := s.find(c.UserContext(), ls)
	if err != nil {
		return err
	}
	list := CardList{NextURL: f.nextURL(path)}
	if list.Cards, err = s.renderCards(c.UserContext(), viewerID(c), f.refs); err != nil {
		return err
	}
	if isFragment(c) && !ls.after.IsZero() {
		return s.fragment(c, http.StatusOK, "card_list", list)
	}
	page, err := s.resultsPage(c, ls, f, list)
	if err != nil {
		return err
	}
	if isFragment(c) {
		// Without the empty fields that a form sends along, and as what the words were read.
		header := "HX-Push-Url"
		if c.Query(paramLive) != "" {
			header = "HX-Replace-Url" // not a step of its own for each letter
		}
		c.Set(header, urls.WithQuery(path, pathValues(ls.values, path)))
		return s.fragment(c, http.StatusOK, "results", page)
	}
	return s.page(c, http.StatusOK, "results", page)
}

func (s *Server) resultsPage(c *fiber.Ctx, ls *listingSearch, f found, list CardList) (ResultsPage, error) {
	var total models.Total
	var err error
	if !f.slow {
		if total, err = s.store.CountListings(c.UserContext(), f.search.filter); err != nil {
			return ResultsPage{}, err
		}
	}
	empty := len(f.refs) == 0
	p := ResultsPage{
		Page: s.newPage(c, ""), Heading: heading(f.search), Count: totalText(total), Notices: ls.notices,
		Sorts: sortOptions(ls), ResultsPath: urls.Results, Breadcrumbs: breadcrumbs(f.search.filter.Category), List: list, Empty: empty,
		Relaxed: f.relaxed, Read: ls.values.Get(paramRead), LiteralURL: literalURL(ls), Slow: f.slow,
	}
	p.Chips, p.Loose = s.shownChips(ls, f.search)
	p.View = resultsView(ls)
	if p.Save, err = s.saveForm(c, ls); err != nil {
		return ResultsPage{}, err
	}
	p.Tab = "cauta"
	p.SearchBox.Query = cmp.Or(p.Read, ls.filter.Query.String())
	if ls.filter.County != nil {
		p.SearchBox.Counties = s.countyOptions(ls.filter.County.Code)
	}
	s.resultsMeta(&p, ls, empty || f.relaxed != nil)
	p.Filters = s.filterForm(ls, total)
	if empty {
		p.EmptyLinks = widerSearches(ls)
	} else {
		s.addFacets(c.UserContext(), f.search, &p)
	}
	if p.Subs == nil {
		p.Subs, err = s.subcategories(c, ls.filter.Category)
	}
	return p, err
}

// literalURL is the search for the words of a sentence as they stand there.
func literalURL(ls *listingSearch) string {
	sentence := ls.values.Get(paramRead)
	if sentence == "" {
		return ""
	}
	return urls.WithQuery(urls.Results, url.Values{paramQuery: {sentence}, paramExact: {models.AttributeBool}})
}

// resultsView reads the look from the address, so that it can be shared and needs no cookie.
func resultsView(ls *listingSearch) ResultsView {
	rows := ls.without()
	rows.Set(paramView, viewList)
	return ResultsView{IsList: ls.values.Get(paramView) == viewList, GridURL: urls.WithQuery(urls.Results, ls.without(paramView)), ListURL: urls.WithQuery(urls.Results, rows)}
}

// heading says what is listed, e.g. „Biciclete, județul Cluj”, „„golf 7” fără „avariate” în Autoturisme”.
func heading(ls *listingSearch) string {
	h := "Toate anunțurile"
	var words []string
	for _, chip := range wordChips(ls) {
		words = append(words, chip.Label)
	}
	switch {
	case !ls.filter.Query.Empty() && ls.filter.Category != nil:
		h = strings.Join(words, " ") + " în " + ls.filter.Category.Name
	case !ls.filter.Query.Empty():
		h = strings.Join(words, " ")
	case ls.filter.Category != nil:
		h = ls.filter.Category.Name
	}
	switch {
	case ls.filter.Locality != nil:
		h += ", " + ls.filter.Locality.Name
	case ls.filter.County != nil && ls.filter.County.Code == "B":
		h += ", București"
	case ls.filter.County != nil:
		h += ", județul " + ls.filter.County.Name
	}
	return h
}

func totalText(t models.Total) string {
	count := text.Count(int64(t.Count), "anunț", "anunțuri")
	if !t.Exact {
		return "peste " + count
	}
	return count
}

func breadcrumbs(category *models.Category) []Link {
	if category == nil {
		return nil
	}
	links := []Link{{Href: urls.Home, Label: "Acasă"}}
	if category.Parent != nil {
		links = append(links, Link{Href: urls.Category(category.Parent.Slug), Label: category.Parent.Name})
	}
	return append(links, Link{Href: urls.Category(category.Slug), Label: category.Name})
}

func sortOptions(ls *listingSearch) []Option {
	options := []Option{}
	if !ls.filter.Query.Empty() {
		options = append(options, Option{Value: string(models.SortRelevance), Label: "Cele mai potrivite"})
	}
	options = append(options,
		Option{Value: string(models.SortNewest), Label: "Cele mai noi"},
		Option{Value: string(models.SortCheapest), Label: "Cele mai ieftine"},
		Option{Value: string(models.SortDearest), Label: "Cele mai scumpe"})
	if ls.filter.Locality != nil {
		options = append(options, Option{Value: string(models.SortNearest), Label: "Cele mai apropiate"})
	}
	for i := range options {
		options[i].Selected = options[i].Value == string(ls.filter.Sort)
	}
	options[0].Value = "" // the order that no address names: words that are added later bring their own
	return options
}

// widerSearches are what to try when nothing was found.
func widerSearches(ls *listingSearch) []Link {
	var links []Link
	add := func(label string, q url.Values) {
		if len(q) > 0 && len(q) < len(ls.filters()) {
			links = append(links, Link{Label: label, Href: urls.WithQuery(urls.Results, q)})
		}
	}
	if ls.filter.County != nil {
		add("În toată țara", ls.without(paramCounty, paramLocality, paramRadius, paramSort, paramExact))
	}
	if !ls.filter.Query.Empty() {
		add("Doar „"+ls.filter.Query.String()+"”, fără filtre", url.Values{paramQuery: {ls.filter.Query.String()}})
	}
	if ls.filter.Category != nil {
		links = append(links, Link{Label: "Tot din " + ls.filter.Category.Name, Href: urls.Category(ls.filter.Category.Slug)})
	}
	return append(links, Link{Label: "Toate anunțurile", Href: urls.Results})
}
