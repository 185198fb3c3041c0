package handlers

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"piata.ro/models"
)

// benchSite has a page of listings.
func benchSite(b *testing.B) (*testSite, *client) {
	b.Helper()
	site := newTestSite(b)
	seller := site.as(b, "Ioana")
	for i := range pageSize + 6 {
		form := bicycleForm()
		form.Set("titlu", "Bicicletă Pegas numărul "+strconv.Itoa(i))
		seller.upload(b, "/adauga-anunt/", form).status(b, http.StatusSeeOther)
	}
	return site, site.visitor()
}

// BenchmarkRenderResults renders the results page with its cards in the cache, without a request around it.
func BenchmarkRenderResults(b *testing.B) {
	site, _ := benchSite(b)
	s := site.server
	refs, _, err := site.store.Listings(b.Context(), models.ListingFilter{}, models.Cursor{}, pageSize)
	if err != nil {
		b.Fatal(err)
	}
	ls := parseSearch(site.store.Catalog(), nil)
	page := ResultsPage{Heading: heading(ls), Count: "peste 1.000 de anunțuri", Sorts: sortOptions(ls), ResultsPath: "/anunturi/", Filters: s.filterForm(ls, models.Total{Count: 30, Exact: true})}
	b.ReportAllocs()
	for b.Loop() {
		if page.List.Cards, err = s.renderCards(b.Context(), 0, refs); err != nil {
			b.Fatal(err)
		}
		if err := s.views.Page(io.Discard, "pages/results", page); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRenderCards renders a page's cards that are not in the cache.
func BenchmarkRenderCards(b *testing.B) {
	site, _ := benchSite(b)
	refs, _, err := site.store.Listings(b.Context(), models.ListingFilter{}, models.Cursor{}, pageSize)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		site.server.cards = newCardCache()
		if _, err := site.server.renderCards(b.Context(), 0, refs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkResultsRequest is the whole way of an anonymous request through the router.
func BenchmarkResultsRequest(b *testing.B) {
	site, _ := benchSite(b)
	b.ReportAllocs()
	for b.Loop() {
		res, err := site.app.Test(httptest.NewRequest(http.MethodGet, testOrigin+"/anunturi/", nil), -1)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			b.Fatal(err)
		}
		res.Body.Close()
	}
}
