package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// Names and limits of the form's fields.
const (
	fieldSearch    = "cautare"
	fieldFrequency = "frecventa"

	searchNameMax  = 80
	searchQueryMax = 2000
)

// frequencies are the choices for e-mails, by their value in the form.
var frequencies = []struct {
	value, label string
	frequency    models.AlertFrequency
}{
	{"fara", "Fără e-mail", models.AlertNever},
	{"zilnic", "O dată pe zi, dimineața", models.AlertDaily},
	{"imediat", "Imediat", models.AlertAtOnce},
}

// SaveSearch is the form that saves the search of a results page; the fragment that it answers with.
type SaveSearch struct {
	Action string
	Query  string
	Saved  bool
}

// SavedSearchesPage lists what the viewer keeps.
type SavedSearchesPage struct {
	Page
	Items     []SavedSearchView
	Mails     bool   // the site sends e-mails
	FeedURL   string // "" before the first search was saved
	RotateURL string
}

// SavedSearchView is one saved search.
type SavedSearchView struct {
	ID          int64
	Name        string
	New         string // "3 noi"; "" for none
	URL         string // what it found since it was saved
	ResultsURL  string // everything that answers it now
	Outdated    bool   // its address means something else by now
	DeleteURL   string
	Frequencies []Option
}

// SavedSearchPage shows what a search found since it was saved.
type SavedSearchPage struct {
	Page
	Search SavedSearchView
	List   CardList
	Empty  bool
}

// unsaved are the parameters of a results page that are no part of a saved search.
var unsaved = []string{paramSort, paramView, paramAge, paramRead, paramLive, paramExact}

// saveForm offers to save the search; nil for one that asks for nothing.
func (s *Server) saveForm(c *fiber.Ctx, ls *listingSearch) (*SaveSearch, error) {
	if ls.filter.Unbounded() || len(ls.values.Encode()) > searchQueryMax {
		return nil, nil
	}
	form := &SaveSearch{Action: urls.SavedSearches, Query: ls.without(unsaved...).Encode()}
	var err error
	if viewer := viewerID(c); viewer != 0 {
		form.Saved, err = s.store.HasSavedSearch(c.UserContext(), viewer, form.Query)
	}
	return form, err
}

// saveSearch keeps the search whose address the form carries.
func (s *Server) saveSearch(c *fiber.Ctx) error {
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(form.Get(fieldSearch))
	if err != nil || len(form.Get(fieldSearch)) > searchQueryMax {
		return apperr.New(apperr.Invalid, "Nu am înțeles căutarea. Salvează-o din pagina cu rezultate.")
	}
	ls := parseSearch(s.store.Catalog(), q)
	search := models.SavedSearch{UserID: viewerID(c), Name: text.Truncate(heading(ls), searchNameMax), Query: ls.without(unsaved...).Encode(), Frequency: models.AlertNever}
	if name := text.Line(form.Get(fieldName)); name != "" {
		search.Name = text.Truncate(name, searchNameMax)
	}
	if s.mail != nil {
		search.Frequency = frequencyOf(form.Get(fieldFrequency), models.AlertDaily)
	}
	if _, _, err := s.store.SaveSearch(c.UserContext(), search, savedFilter(ls)); err != nil {
		return err
	}
	if isFragment(c) {
		return s.fragment(c, http.StatusOK, "save_search", SaveSearch{Action: urls.SavedSearches, Query: search.Query, Saved: true})
	}
	setFlash(c, "cautare", photoTally{})
	return seeOther(c, urls.SavedSearches)
}

func frequencyOf(value string, fallback models.AlertFrequency) models.AlertFrequency {
	for _, f := range frequencies {
		if f.value == value {
			return f.frequency
		}
	}
	return fallback
}

// savedFilter is the filter of a search without what concerns its results page only.
func savedFilter(ls *listingSearch) models.ListingFilter {
	f := ls.filter
	f.Sort, f.MaxAge = models.SortNewest, 0
	return f
}

// readSaved understands a saved query; nil when something in it means nothing any more, as a category that is gone.
func (s *Server) readSaved(query string) *models.ListingFilter {
	q, err := url.ParseQuery(query)
	if err != nil {
		return nil
	}
	ls := parseSearch(s.store.Catalog(), q)
	if f := savedFilter(ls); len(ls.notices) == 0 && !f.Unbounded() {
		return &f
	}
	return nil
}

func (s *Server) savedSearchView(row models.SavedSearch) SavedSearchView {
	v := SavedSearchView{ID: row.ID, Name: row.Name, URL: urls.SavedSearch(row.ID), ResultsURL: resultsOf(row.Query), DeleteURL: urls.DeleteSavedSearch(row.ID),
		Outdated: s.readSaved(row.Query) == nil}
	switch {
	case row.Unseen == 1:
		v.New = "unul nou"
	case row.Unseen > 1:
		v.New = text.Count(int64(row.Unseen), "nou", "noi")
	}
	for _, f := range frequencies {
		v.Frequencies = append(v.Frequencies, Option{Value: f.value, Label: f.label, Selected: f.frequency == row.Frequency})
	}
	return v
}

// resultsOf is the address of everything that answers a saved query now. Its words are words: they are not read as a sentence again, and
// none is left out when nothing is found.
func resultsOf(query string) string {
	q, err := url.ParseQuery(query)
	if err != nil {
		return urls.Results
	}
	if q.Has(paramQuery) {
		q.Set(paramExact, models.AttributeBool)
	}
	return urls.WithQuery(urls.Results, q)
}

func (s *Server) showSavedSearches(c *fiber.Ctx) error {
	ctx, viewer := c.UserContext(), viewerID(c)
	rows, err := s.store.SavedSearches(ctx, viewer)
	if err != nil {
		return err
	}
	token, err := s.store.FeedToken(ctx, viewer)
	if err != nil {
		return err
	}
	p := SavedSearchesPage{Page: s.newPage(c, "Căutări salvate"), Mails: s.mail != nil, RotateURL: urls.RotateAlertFeed}
	p.Tab, p.NoIndex = "cont", true
	for _, row := range rows {
		p.Items = append(p.Items, s.savedSearchView(row))
	}
	if token != "" {
		p.FeedURL = s.absolute(urls.AlertFeed(token))
	}
	return s.page(c, http.StatusOK, "saved_searches", p)
}

// showSavedSearch lists what the search found. What is shown counts as seen.
func (s *Server) showSavedSearch(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	ctx, viewer := c.UserContext(), viewerID(c)
	row, err := s.store.SavedSearch(ctx, viewer, id)
	if err != nil {
		return err
	}
	refs, next, err := s.store.SearchMatches(ctx, id, models.DecodeCursor(c.Query(paramCursor)), pageSize)
	if err != nil {
		return err
	}
	p := SavedSearchPage{Page: s.newPage(c, row.Name), Search: s.savedSearchView(row), Empty: len(refs) == 0}
	p.Tab, p.NoIndex = "cont", true
	if p.List.Cards, err = s.renderCards(ctx, viewer, refs); err != nil {
		return err
	}
	if !next.IsZero() {
		p.List.NextURL = urls.WithQuery(urls.SavedSearch(id), url.Values{paramCursor: {next.Encode()}})
	}
	if !isPrefetch(c) {
		if err := s.store.MarkSeen(ctx, viewer, id, refIDs(refs)); err != nil {
			return err
		}
	}
	if isFragment(c) && c.Query(paramCursor) != "" {
		return s.fragment(c, http.StatusOK, "card_list", p.List)
	}
	return s.page(c, http.StatusOK, "saved_search", p)
}

// isPrefetch reports whether the browser only guesses that the page will be wanted.
func isPrefetch(c *fiber.Ctx) bool {
	return slices.Contains([]string{"prefetch", "prefetch;prerender"}, c.Get("Sec-Purpose")) || c.Get("Purpose") == "prefetch"
}

func (s *Server) updateSavedSearch(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	ctx, viewer := c.UserContext(), viewerID(c)
	row, err := s.store.SavedSearch(ctx, viewer, id)
	if err != nil {
		return err
	}
	if name := text.Line(form.Get(fieldName)); name != "" { // an empty name keeps the old one
		row.Name = text.Truncate(name, searchNameMax)
	}
	if err := s.store.UpdateSavedSearch(ctx, viewer, id, row.Name, frequencyOf(form.Get(fieldFrequency), row.Frequency)); err != nil {
		return err
	}
	setFlash(c, "salvat", photoTally{})
	return seeOther(c, urls.SavedSearches)
}

func (s *Server) deleteSavedSearch(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if err := s.store.DeleteSavedSearch(c.UserContext(), viewerID(c), id); err != nil {
		return err
	}
	setFlash(c, "uitata", photoTally{})
	return seeOther(c, urls.SavedSearches)
}

func (s *Server) rotateAlertFeed(c *fiber.Ctx) error {
	if err := s.store.RotateFeedToken(c.UserContext(), viewerID(c)); err != nil {
		return err
	}
	setFlash(c, "flux", photoTally{})
	return seeOther(c, urls.SavedSearches)
}
