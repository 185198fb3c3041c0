package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"piata.ro/internal/search"
)

// Rank is why a listing stands where it does in an order of relevance: the points of the one formula, and what they were given for. The
// most points come first, of equal ones the newest. It is worked out in Go from what both databases hold alike. Nobody can pay for a
// point: there is nothing to pay for on this site, and nothing about the seller goes in.
//
//	title      400 × words of the query in the title / words of the query
//	closeness  150 × words / words from the first to the last of them, when the title has all; 75 when the text has them side by side
//	start      100 / place in the title of the first of them
//	freshness  250 × 168 / (168 + hours since publishing or renewal): half after a week
//	distance   100 × 20 / (20 + kilometres), when the search names a locality
//
// Divisions leave out the rest. Only the newest matches are compared like this: the newest with all words in the title, up to ranked, and
// the newest of all, up to as many. Older ones follow, newest first, those with all words in the title before the others.
type Rank struct {
	Words    int   // of the query
	InTitle  int   // of those
	Span     int   // from the first to the last of them in the title; 0 unless the title has all
	Start    int   // place in the title of the first of them, from 1; 0 for none
	Together bool  // they follow each other in the title or the text
	Hours    int64 // since publishing or renewal
	Km       int64 // from the locality searched for; -1 when there is none
	Older    bool  // too old to be compared, so there are no points
}

// The most points that each part of the formula gives.
const (
	TitlePoints     = 400
	ClosenessPoints = 150
	StartPoints     = 100
	FreshnessPoints = 250
	DistancePoints  = 100
)

const (
	halfFreshHours = 168
	halfNearKm     = 20

	ranked = 200 // Store.ranked in production: reading that many rows is most of the time that such a page takes
)

// Title are the points for words in the title.
func (r Rank) Title() int { return TitlePoints * r.InTitle / max(r.Words, 1) }

// Closeness are the points for words that stand near each other.
func (r Rank) Closeness() int {
	switch {
	case r.Span > 0:
		return ClosenessPoints * min(r.Words, r.Span) / r.Span
	case r.Together:
		return ClosenessPoints / 2
	}
	return 0
}

// Beginning are the points for a title that begins with the words.
func (r Rank) Beginning() int {
	if r.Start == 0 {
		return 0
	}
	return StartPoints / r.Start
}

// Freshness are the points for being new.
func (r Rank) Freshness() int {
	return int(FreshnessPoints * halfFreshHours / (halfFreshHours + r.Hours))
}

// Distance are the points for being near.
func (r Rank) Distance() int {
	if r.Km < 0 {
		return 0
	}
	return int(DistancePoints * halfNearKm / (halfNearKm + r.Km))
}

// Total are all points.
func (r Rank) Total() int {
	return r.Title() + r.Closeness() + r.Beginning() + r.Freshness() + r.Distance()
}

// rankWindow is which matches are compared, and at what time, so that the next page goes on in the same order.
type rankWindow struct {
	Top    int64 // highest sort key
	Titles int64 // lowest sort key of those with all words in the title when there may be older ones, else 0
	Others int64 // the same of the newest of all
	Hour   int64 // since 1970
}

// candidate is a match with what the formula needs.
type candidate struct {
	ListingRef
	Title          string
	PublishedAt    time.Time
	LocalitySiruta int64
	Together       bool
}

// byRelevance shows the newest matches by points, and then the older ones.
func (s *Store) byRelevance(ctx context.Context, f ListingFilter, after Cursor, limit int) ([]ListingRef, Cursor, error) {
	w := after.window
	if w.Top == 0 {
		after, w.Hour = Cursor{}, s.now().Unix()/3600
	}
	w.Hour = min(w.Hour, s.now().Unix()/3600)
	var best []ListingRef
	if after.Phase == 0 {
		var err error
		if best, err = s.rankNewest(ctx, f, &w); err != nil {
			return nil, Cursor{}, err
		}
	}
	rest := func(at where, floor int64) phase {
		return func(from Cursor, limit int) ([]ListingRef, error) {
			if floor == 0 {
				return nil, nil
			}
			if from.IsZero() {
				from = Cursor{Key: floor}
			}
			return s.olderPage(ctx, f, at, from, limit)
		}
	}
	return inPhases(after, limit, []phase{
		func(from Cursor, limit int) ([]ListingRef, error) { return rankedAfter(best, from, limit), nil },
		rest(inTitle, w.Titles),
		rest(elsewhere, w.Others),
	}, func(r ListingRef) Cursor {
		c := Cursor{Key: r.SortKey, ID: r.ID, window: w}
		if !r.Why.Older {
			c.Key, c.ID = int64(r.Why.Total()), r.SortKey
		}
		return c
	})
}

// rankedAfter cuts one page out of the ranked matches; the cursor holds points and sort key.
func rankedAfter(ranked []ListingRef, from Cursor, limit int) []ListingRef {
	if !from.IsZero() {
		ranked = slices.DeleteFunc(ranked, func(r ListingRef) bool {
			return cmp.Or(cmp.Compare(int64(r.Why.Total()), from.Key), cmp.Compare(r.SortKey, from.ID)) >= 0
		})
	}
	return ranked[:min(len(ranked), limit)]
}

// rankNewest returns the matches in the window, best first. An empty window is filled with the newest.
func (s *Store) rankNewest(ctx context.Context, f ListingFilter, w *rankWindow) ([]ListingRef, error) {
	titles, err := s.candidates(ctx, f, inTitle, *w, w.Titles)
	if err != nil {
		return nil, err
	}
	newest, err := s.candidates(ctx, f, anywhere, *w, w.Others)
	if err != nil {
		return nil, err
	}
	if w.Top == 0 && len(newest) > 0 {
		w.Top = newest[0].SortKey
		w.Titles, w.Others = s.floor(titles), s.floor(newest)
	}
	known := make(map[int64]bool, len(titles))
	for _, c := range titles {
		known[c.ID] = true
	}
	all := slices.Concat(titles, slices.DeleteFunc(newest, func(c candidate) bool { return known[c.ID] }))
	refs := make([]ListingRef, len(all))
	for i, c := range all {
		refs[i] = c.ListingRef
		refs[i].Why = s.rank(f, c, w.Hour)
	}
	slices.SortFunc(refs, func(a, b ListingRef) int {
		return cmp.Or(cmp.Compare(b.Why.Total(), a.Why.Total()), cmp.Compare(b.SortKey, a.SortKey))
	})
	return refs, nil
}

// floor is the lowest sort key of a list that is as long as it may be.
func (s *Store) floor(newestFirst []candidate) int64 {
	if len(newestFirst) < s.ranked {
		return 0
	}
	return newestFirst[len(newestFirst)-1].SortKey
}

// candidates returns the newest matches of the window, all or those with all words in the title.
func (s *Store) candidates(ctx context.Context, f ListingFilter, at where, w rankWindow, floor int64) ([]candidate, error) {
	n := newest{filter: f, at: at, columns: refColumns + ", l.title, l.published_at, l.locality_siruta"}
	if w.Top > 0 {
		n.from, n.before = floor, w.Top+1
	}
	if at == inTitle || len(f.Query.Terms) < 2 {
		return scanNewest[candidate](ctx, s, n, s.ranked)
	}
	if !s.sqlite() {
		n.columns += ", l.words @@ '" + strings.ReplaceAll(s.together(f.Query), "'", "''") + "'::tsquery AS together"
	}
	rows, err := scanNewest[candidate](ctx, s, n, s.ranked)
	if err != nil || !s.sqlite() || len(rows) == 0 {
		return rows, err
	}
	return rows, s.markTogether(ctx, f, rows)
}

// markTogether finds out which candidates have the words side by side: a second question to SQLite's index, between the same bounds.
func (s *Store) markTogether(ctx context.Context, f ListingFilter, rows []candidate) error {
	keys, err := scanNewest[sortKey](ctx, s, newest{filter: f, more: []string{s.together(f.Query)}, columns: "l.sort_key",
		from: rows[len(rows)-1].SortKey, before: rows[0].SortKey + 1}, len(rows))
	if err != nil {
		return fmt.Errorf("words side by side: %w", err)
	}
	has := make(map[int64]bool, len(keys))
	for _, key := range keys {
		has[key.SortKey] = true
	}
	for i := range rows {
		rows[i].Together = has[rows[i].SortKey]
	}
	return nil
}

// olderPage is one page, newest first, of the matches below the window.
func (s *Store) olderPage(ctx context.Context, f ListingFilter, at where, from Cursor, limit int) ([]ListingRef, error) {
	refs, err := scanNewest[ListingRef](ctx, s, newest{filter: f, at: at, before: from.Key, columns: refColumns}, limit)
	for i := range refs {
		refs[i].Why = &Rank{Older: true, Words: len(f.Query.Terms), Km: -1}
		if at == inTitle {
			refs[i].Why.InTitle = refs[i].Why.Words
		}
	}
	return refs, err
}

// rank looks for the words in the title and works out the rest.
func (s *Store) rank(f ListingFilter, c candidate, hour int64) *Rank {
	r := Rank{Words: len(f.Query.Terms), Together: c.Together, Hours: max(0, hour-c.PublishedAt.Unix()/3600), Km: -1}
	tokens := search.Analyze(c.Title)
	for _, term := range f.Query.Terms {
		at := slices.IndexFunc(tokens, term.Is)
		if at < 0 {
			continue
		}
		r.InTitle++
		if r.Start == 0 || at+1 < r.Start {
			r.Start = at + 1
		}
	}
	if r.InTitle == r.Words {
		r.Span = span(tokens, f.Query.Terms)
	}
	if place := s.catalog.LocalityByCode(c.LocalitySiruta); place != nil && f.Locality != nil {
		r.Km = int64(f.Locality.Distance(place))
	}
	return &r
}

// span is the length of the shortest piece of the title that has all the words.
func span(tokens []string, terms []search.Term) int {
	best := len(tokens)
	for from := range tokens {
		last := from
		for _, term := range terms {
			at := slices.IndexFunc(tokens[from:], term.Is)
			if at < 0 {
				return best // no later piece has it either
			}
			last = max(last, from+at)
		}
		best = min(best, last-from+1)
	}
	return best
}

// together asks the full-text index for the words of the query side by side, in its order.
func (s *Store) together(q search.Query) string {
	var stems []string
	for _, t := range q.Terms {
		stems = append(stems, t.Stem)
	}
	last := q.Terms[len(q.Terms)-1].Prefix
	if last != "" {
		stems[len(stems)-1] = last
	}
	return s.notation().phrase(stems, last != "")
}
