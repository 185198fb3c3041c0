package handlers

import (
	"maps"
	"net/url"
	"slices"

	"piata.ro/internal/urls"
)

// resultsMeta fills what machines read of a page of results. They are shown a category, a county and both together: every other
// combination of filters is a view of one of these, and there are more of them than anybody can count.
func (s *Server) resultsMeta(p *ResultsPage, ls *listingSearch, empty bool) {
	p.Title = p.Heading
	p.Description = p.Count + " pe Piața.ro: " + p.Heading + ". Vezi prețuri și fotografii, de la oameni din toată țara."
	p.Canonical = s.absolute(canonicalResults(ls))
	p.NoIndex = !isPlainPlace(ls) || empty
	p.FeedURL = urls.WithQuery(urls.Feed, ls.filters())
	p.Graph = graph(s.crumbsLD(p.Breadcrumbs, ""))
}

// isPlainPlace reports whether nothing is asked but a category and a county.
func isPlainPlace(ls *listingSearch) bool {
	return ls.after.IsZero() && !slices.ContainsFunc(slices.Collect(maps.Keys(ls.values)), func(name string) bool {
		return name != paramCategory && name != paramCounty && ls.values.Get(name) != ""
	})
}

// canonicalResults is the address that machines should know the page by: that of its category and county.
func canonicalResults(ls *listingSearch) string {
	path, q := urls.Results, url.Values{}
	if ls.filter.Category != nil {
		path = urls.Category(ls.filter.Category.Slug)
	}
	if ls.filter.County != nil {
		q.Set(paramCounty, ls.filter.County.Code)
	}
	return urls.WithQuery(path, q)
}
