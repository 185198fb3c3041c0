package models

import (
	"context"
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
const filing = 100*search.Version + 1

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
func (s *Store) file(ctx context.Context, tx bun.Tx, searchID int64, f ListingFilter) error {
	ways := s.catalog.ways(f)
	way, err := emptiest(ctx, tx, ways)
	if err != nil {
		return fmt.Errorf("file search: %w", err)
	}
	rows := make([]savedSearchKey, len(way))
	for i, key := range way {
		rows[i] = savedSearchKey{Key: key, SearchID: searchID, PriceMin: f.PriceMin, PriceMax: f.PriceMax}
		if f.Category != nil {
			rows[i].CategoryID = f.Category.ID
		}
	}
	if _, err := tx.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("file search: %w", err)
	}
	return nil
}

// emptiest returns the way with the fewest searches.
func emptiest(ctx context.Context, tx bun.Tx, ways [][]string) ([]string, error) {
	if len(ways) == 1 {
		return ways[0], nil
	}
	var rows []struct {
		Key string
		N   int
	}
	err := tx.NewRaw("SELECT key, count(*) AS n FROM saved_search_keys WHERE key IN (?) GROUP BY key", bun.List(slices.Concat(ways...))).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	held := map[string]int{}
	for _, r := range rows {
		held[r.Key] = r.N
	}
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
	return best, nil
}

// SearchesToFile returns saved searches whose keys an older program wrote.
func (s *Store) SearchesToFile(ctx context.Context, limit int) ([]SavedSearch, error) {
	var rows []SavedSearch
	err := s.read.NewSelect().Model(&rows).Where("ss.filed_as < ?", filing).Limit(int64(limit)).Scan(ctx)
	return rows, s.classify(err)
}

// FileSearch writes the keys of a search anew. A nil filter takes them away: nobody understands the query any more.
func (s *Store) FileSearch(ctx context.Context, id int64, f *ListingFilter) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE saved_searches SET filed_as = ? WHERE id = ?", filing, id).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // deleted meanwhile
		}
		if _, err := tx.NewRaw("DELETE FROM saved_search_keys WHERE search_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		if f == nil {
			return nil
		}
		return s.file(ctx, tx, id, *f)
	})
}

// Candidates returns the saved searches of others that the listing may answer: their id, name, query and time.
func (s *Store) Candidates(ctx context.Context, b *Subject) ([]SavedSearch, error) {
	l := &b.Listing
	price := "k.price_min IS NULL AND k.price_max IS NULL"
	var args []any
	if l.PriceRON != nil {
		price, args = "(k.price_min IS NULL OR k.price_min <= ?) AND (k.price_max IS NULL OR k.price_max >= ?)", []any{*l.PriceRON, *l.PriceRON}
	}
	// The keys consist of letters, digits and # (search.Analyze), so they can stand in the statement as one text: bun would take longer to
	// write hundreds of arguments than the database to answer.
	keys := "'" + strings.Join(b.keys(), "','") + "'"
	found := s.read.NewSelect().TableExpr("saved_search_keys AS k").Column("k.search_id").Where("k.key IN (?)", bun.Safe(keys)).
		Where("k.category_id IN (0, ?, ?)", l.CategoryID, l.TopCategoryID).Where(price, args...)
	var rows []SavedSearch
	err := s.read.NewSelect().Model(&rows).Column("ss.id", "ss.name", "ss.query", "ss.created_at").Where("ss.id IN (?)", found).Where("ss.user_id <> ?", l.OwnerID).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("select candidates: %w", s.classify(err))
	}
	return rows, nil
}
