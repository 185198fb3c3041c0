package handlers

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// facetTime is how long the numbers beside the options may take (Server.facetTime); a page without them is as good.
const facetTime = 400 * time.Millisecond

// maxFacetCategories is how many categories are offered beside the results of a search in all of them.
const maxFacetCategories = 10

// addFacets writes beside each option how many of the results it would leave. In a search outside a subcategory the categories of the
// results take the place of the list of subcategories.
func (s *Server) addFacets(ctx context.Context, ls *listingSearch, p *ResultsPage) {
	limited, cancel := context.WithTimeout(ctx, s.facetTime)
	defer cancel()
	form := &p.Filters
	var keys []string
	for _, f := range form.Attributes {
		if len(f.Options) > 0 || f.Kind == string(models.KindBool) {
			keys = append(keys, strings.TrimPrefix(f.Name, models.AttributePrefix))
		}
	}
	facets, err := s.store.Facets(limited, ls.filter, keys)
	if err != nil {
		if limited.Err() == nil {
			s.log.WarnContext(ctx, "count facets", slog.String("error", err.Error()))
		}
		return
	}
	form.Sampled, form.PhotosCount = !facets.Whole, facetText(facets.WithPhotos)
	countOptions(form.Conditions, func(o string) int { return facets.Conditions[models.Condition(o)] })
	countOptions(form.Sellers, func(o string) int { return facets.Sellers[models.SellerKind(o)] })
	for i := range form.Attributes {
		counts := facets.Options[strings.TrimPrefix(form.Attributes[i].Name, models.AttributePrefix)]
		countOptions(form.Attributes[i].Options, func(o string) int { return counts[text.Fold(o)] })
		form.Attributes[i].Count = facetText(counts[models.AttributeBool])
	}
	narrowed := len(ls.filters()) > 1 || ls.filter.Category == nil && len(ls.filters()) > 0
	if narrowed && (ls.filter.Category == nil || !ls.filter.Category.IsLeaf()) {
		p.Subs = s.categoryFacets(ls, facets)
	}
}

func countOptions(options []Option, count func(value string) int) {
	for i := range options {
		options[i].Count = facetText(count(options[i].Value))
	}
}

func facetText(n int) string { return text.Number(int64(n)) }

// categoryFacets are the subcategories with most of the results, each as a link that goes into it.
func (s *Server) categoryFacets(ls *listingSearch, facets models.Facets) []CategoryTile {
	ids := slices.SortedFunc(maps.Keys(facets.Categories), func(a, b int64) int {
		return cmp.Or(cmp.Compare(facets.Categories[b], facets.Categories[a]), cmp.Compare(a, b))
	})
	tiles := []CategoryTile{}
	for _, id := range ids[:min(len(ids), maxFacetCategories)] {
		category := s.store.Catalog().CategoryByID(id)
		if category == nil {
			continue
		}
		q := ls.without()
		q.Set(paramCategory, category.Slug)
		tiles = append(tiles, CategoryTile{Href: urls.WithQuery(urls.Results, q), Name: category.Name, Icon: category.Icon, Count: facetText(facets.Categories[id])})
	}
	return tiles
}
