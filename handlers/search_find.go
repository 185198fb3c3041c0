package handlers

import (
	"context"
	"net/url"
	"time"

	"piata.ro/internal/urls"
	"piata.ro/models"
)

// searchTime bounds the queries of one page of results (Server.searchTime); beyond it a person has gone, and others wait for the database.
const searchTime = 4 * time.Second

// found is one page of a search, or of a wider one when the search itself finds nothing.
type found struct {
	search  *listingSearch // what was really looked for
	refs    []models.ListingRef
	next    models.Cursor
	relaxed *Relaxed
	slow    bool // there was no time to find anything
}

// find looks for the listings. A search that takes too long finds nothing and says so: it is no outage, and asking again would not help.
func (s *Server) find(ctx context.Context, ls *listingSearch) (found, error) {
	limited, cancel := context.WithTimeout(ctx, s.searchTime)
	defer cancel()
	f := found{search: ls}
	var err error
	if f.refs, f.next, err = s.store.Listings(limited, ls.filter, ls.after, pageSize); err != nil {
		f.slow = limited.Err() != nil && ctx.Err() == nil
		if f.slow {
			err = nil
		}
		return f, err
	}
	if len(f.refs) > 0 || !ls.after.IsZero() || ls.values.Has(paramExact) {
		return f, nil
	}
	wider, relaxed, err := s.relax(limited, ls)
	if err != nil || wider == nil {
		return f, err
	}
	f.search, f.relaxed = wider, relaxed
	f.refs, f.next, err = s.store.Listings(ctx, wider.filter, models.Cursor{}, pageSize)
	return f, err
}

// nextURL is the address of the next page; path is that of this one.
func (f found) nextURL(path string) string {
	if f.next.IsZero() {
		return ""
	}
	path = f.search.path(path)
	q := pathValues(f.search.values, path)
	q.Set(paramCursor, f.next.Encode())
	return urls.WithQuery(path, q)
}

// path is the category's own path while the search is in that category, and the general one otherwise.
func (ls *listingSearch) path(path string) string {
	if ls.filter.Category != nil && path == urls.Category(ls.filter.Category.Slug) {
		return path
	}
	return urls.Results
}

// pathValues are the parameters less the category when the path names it.
func pathValues(values url.Values, path string) url.Values {
	q := cloneValues(values)
	if path != urls.Results {
		q.Del(paramCategory)
	}
	return q
}
