package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"piata.ro/internal/search"
)

// A saved search is filed so that a new listing finds it without looking at all the others. Each part of a search is a way to file it: every
// listing that answers the search carries at least one key of each way. One way is taken, that whose keys have the fewest searches so far,
// so that no key gets long while others are short.

// filing names the way in which keys are made; it changes with the keys below and with the analysis of words.
const filing = 100*search.Version + 2

const (
	maxOptionKeys = 6  // of one search; an attribute with more options wanted is no way
	maxPlaceKeys  = 20 // localities; a radius over more is filed by counties
	prefixKey     = 3  // letters; no unfinished word is shorter
)

type savedSearchKey struct {
	bun.BaseModel `bun:"table:saved_search_keys,alias:k"`

	Key        string `bun:",pk"`
	SearchID   int64  `bun:",pk"`
	CategoryID int64
	PriceMin   *int64
	PriceMax   *int64
	UserID     int64
	SavedAt    int64  // microseconds
	Terms      string // see ListingFilter.conditions
}

// ways lists the ways to file the filter, the most promising first.
func (c *Catalog) ways(f ListingFilter) [][]string {
	var ways [][]string
	for _, term := range f.Query.Terms {
		way := []string{"w" + term.Stem}
		if term.Prefix != "" {
			way = append(way, "p"+term.Prefix[:prefixKey])
		}
		ways = append(ways, way)
	}
	slices.SortStableFunc(ways, func(a, b []string) int { return len(b[0]) - len(a[0]) }) // long words are rarer
	for _, a := range f.Attributes {
		if len(a.AnyOf) > 0 && len(a.AnyOf) <= maxOptionKeys {
			var way []string
			for _, value := range a.matchValues() {
				way = append(way, "o"+optionToken(a.Key, value))
			}
			ways = append(ways, way)
		}
	}
	category := ""
	if f.Category != nil {
		category = "c" + itoa(f.Category.ID)
	}
	var way []string
	for _, place := range c.placeKeys(f.normalised()) {
		way = append(way, "#"+category+place)
	}
	return append(ways, way)
}

// placeKeys are the places of the filter: few localities, or the counties that they lie in; "" for everywhere.
func (c *Catalog) placeKeys(f ListingFilter) []string {
	if f.County != nil {
		return []string{"j" + f.County.Code}
	}
	codes := f.localities(c)
	if codes == nil {
		return []string{""}
	}
	var keys []string
	for _, siruta := range codes {
		key := "l" + itoa(siruta)
		if len(codes) > maxPlaceKeys {
			key = "j" + c.LocalityByCode(siruta).County.Code
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// keys lists every key that a search may be filed under which the listing answers.
func (b *Subject) keys() []string {
	l := &b.Listing
	var keys []string
	for _, token := range b.tokens {
		keys = append(keys, "w"+token)
		if len(token) >= prefixKey {
			keys = append(keys, "p"+token[:prefixKey])
		}
	}
	for _, v := range b.Attributes {
		if v.TextValue != "" {
			keys = append(keys, "o"+optionToken(v.Key, v.MatchValue))
		}
	}
	for _, category := range []string{"", "c" + itoa(l.CategoryID), "c" + itoa(l.TopCategoryID)} {
		for _, place := range []string{"", "j" + l.CountyCode, "l" + itoa(l.LocalitySiruta)} {
			keys = append(keys, "#"+category+place)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// file writes the keys of a search.
func (s *Store) file(ctx context.Context, tx bun.Tx, saved SavedSearch, f ListingFilter) error {
	ways := s.catalog.ways(f)
	held := map[string]int{}
	if len(ways) > 1 {
		var err error
		if held, err = heldKeys(ctx, tx, slices.Concat(ways...)); err != nil {
			return fmt.Errorf("file search: %w", err)
		}
	}
	rows := keyRows(saved, f, emptiest(ways, held))
	if _, err := tx.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("file search: %w", err)
	}
	return nil
}

// heldKeys counts the searches under each of the keys.
func heldKeys(ctx context.Context, tx bun.Tx, keys []string) (map[string]int, error) {
	var rows []struct {
		Key string
		N   int
	}
	err := tx.NewRaw("SELECT key, count(*) AS n FROM saved_search_keys WHERE key IN (?) GROUP BY key", bun.List(keys)).Scan(ctx, &rows)
	held := map[string]int{}
	for _, r := range rows {
		held[r.Key] = r.N
	}
	return held, err
}

// emptiest returns the way whose keys hold the fewest searches.
func emptiest(ways [][]string, held map[string]int) []string {
	best, least := ways[0], -1
	for _, way := range ways {
		n := 0
		for _, key := range way {
			n += held[key]
		}
		if least < 0 || n < least {
			best, least = way, n
		}
	}
	return best
}

func keyRows(saved SavedSearch, f ListingFilter, way []string) []savedSearchKey {
	rows := make([]savedSearchKey, len(way))
	for i, key := range way {
		rows[i] = savedSearchKey{Key: key, SearchID: saved.ID, PriceMin: f.PriceMin, PriceMax: f.PriceMax, UserID: saved.UserID, SavedAt: saved.CreatedAt.UnixMicro(), Terms: f.conditions()}
		if f.Category != nil {
			rows[i].CategoryID = f.Category.ID
		}
	}
	return rows
}

// SearchesToFile returns saved searches whose keys an older program wrote.
func (s *Store) SearchesToFile(ctx context.Context, limit int) ([]SavedSearch, error) {
	var rows []SavedSearch
	err := s.read.NewSelect().Model(&rows).Where("ss.filed_as < ?", filing).Limit(int64(limit)).Scan(ctx)
	return rows, s.classify(err)
}

// FileSearch writes the keys of a search anew. A nil filter takes them away: nobody understands the query any more.
func (s *Store) FileSearch(ctx context.Context, saved SavedSearch, f *ListingFilter) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE saved_searches SET filed_as = ? WHERE id = ?", filing, saved.ID).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // deleted meanwhile
		}
		if _, err := tx.NewRaw("DELETE FROM saved_search_keys WHERE search_id = ?", saved.ID).Exec(ctx); err != nil {
			return err
		}
		if f == nil {
			return nil
		}
		return s.file(ctx, tx, saved, *f)
	})
}

// Matches returns the saved searches that the listing answers and is news for: it appeared after they were saved, or its price was outside
// of their range before. Those of the seller, of people whom the seller has blocked and of people who have blocked the seller are left out.
func (s *Store) Matches(ctx context.Context, b *Subject, m MatchListing) (out []int64, err error) {
	l := &b.Listing
	price := "price_min IS NULL AND price_max IS NULL"
	var args []any
	if l.PriceRON != nil {
		price, args = "(price_min IS NULL OR price_min <= ?) AND (price_max IS NULL OR price_max >= ?)", []any{*l.PriceRON, *l.PriceRON}
	}
	news, before := "saved_at <= ?", []any{l.PublishedAt.UnixMicro()}
	switch {
	case m.Repriced && m.Before == nil:
		news = "(" + news + " OR price_min IS NOT NULL OR price_max IS NOT NULL)"
	case m.Repriced:
		news, before = "("+news+" OR price_min > ? OR price_max < ?)", append(before, *m.Before, *m.Before)
	}
	// The keys consist of letters, digits and # (search.Analyze), so they can stand in the statement as one text: bun would take longer to
	// write hundreds of arguments than the database to answer.
	keys := "'" + strings.Join(b.keys(), "','") + "'"
	args = slices.Concat([]any{bun.Safe(keys), l.CategoryID, l.TopCategoryID}, args, before, []any{l.OwnerID, l.OwnerID, l.OwnerID})
	rows, err := s.read.QueryContext(ctx, `SELECT search_id, terms FROM saved_search_keys WHERE key IN (?) AND category_id IN (0, ?, ?) AND `+price+` AND `+news+`
		AND user_id NOT IN (SELECT blocked_id FROM blocks WHERE user_id = ? UNION ALL SELECT user_id FROM blocks WHERE blocked_id = ? UNION ALL SELECT 0 UNION ALL SELECT ?)`, args...)
	if err != nil {
		return nil, fmt.Errorf("select searches: %w", s.classify(err))
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int64
		var terms sql.RawBytes
		if err := rows.Scan(&id, &terms); err != nil {
			return nil, fmt.Errorf("select searches: %w", s.classify(err))
		}
		if b.meets(string(terms)) {
			out = append(out, id)
		}
	}
	slices.Sort(out) // a search may stand under several keys of the listing
	return slices.Compact(out), s.classify(rows.Err())
}
