package models

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
)

// facetSample is how many of the newest matches are looked at to say how many have a property.
const facetSample = 1000

// Facets say how many of a search's newest matches each further choice would leave.
type Facets struct {
	Sampled    int                       // matches looked at
	Whole      bool                      // all matches were; otherwise the counts are of the newest
	Categories map[int64]int             // subcategories
	Conditions map[Condition]int         // as if none was chosen
	Sellers    map[SellerKind]int        // as if none was chosen
	WithPhotos int                       //
	Options    map[string]map[string]int // of the attributes asked for, by key and folded value, as if none of the attribute was chosen
}

// sampled is a match with what facets count.
type sampled struct {
	ID         int64
	SortKey    int64
	CategoryID int64
	Condition  Condition
	Photos     bool
	Dealer     bool
}

// Facets counts the choices of a search: of the attributes with the keys, and the general ones. A choice already made does not
// narrow the counts of its own kind, because another option may be added to it.
func (s *Store) Facets(ctx context.Context, f ListingFilter, keys []string) (Facets, error) {
	out := Facets{Categories: map[int64]int{}, Conditions: map[Condition]int{}, Sellers: map[SellerKind]int{}, Options: map[string]map[string]int{}}
	rows, err := s.sample(ctx, f)
	if err != nil {
		return out, fmt.Errorf("facets: %w", s.classify(err))
	}
	out.Sampled, out.Whole = len(rows), len(rows) < facetSample
	for _, r := range rows {
		out.Categories[r.CategoryID]++
		if r.Photos {
			out.WithPhotos++
		}
	}
	if err := s.facetKinds(ctx, f, rows, &out); err != nil {
		return out, fmt.Errorf("facets: %w", s.classify(err))
	}
	var open []string
	for _, key := range keys {
		at := slices.IndexFunc(f.Attributes, func(a AttributeFilter) bool { return a.Key == key && len(a.AnyOf) > 0 })
		if at < 0 {
			open = append(open, key)
			continue
		}
		without := f
		without.Attributes = slices.Concat(f.Attributes[:at], f.Attributes[at+1:])
		others, err := s.sample(ctx, without)
		if err == nil {
			err = s.countOptions(ctx, others, []string{key}, out.Options)
		}
		if err != nil {
			return out, fmt.Errorf("facets: %w", s.classify(err))
		}
	}
	if err := s.countOptions(ctx, rows, open, out.Options); err != nil {
		return out, fmt.Errorf("facets: %w", s.classify(err))
	}
	return out, nil
}

// facetKinds counts conditions and sellers, each as if it was not chosen.
func (s *Store) facetKinds(ctx context.Context, f ListingFilter, rows []sampled, out *Facets) error {
	byCondition, bySeller := rows, rows
	var err error
	if f.Condition != "" {
		without := f
		without.Condition = ""
		if byCondition, err = s.sample(ctx, without); err != nil {
			return err
		}
	}
	if f.Seller != "" {
		without := f
		without.Seller = ""
		if bySeller, err = s.sample(ctx, without); err != nil {
			return err
		}
	}
	for _, r := range byCondition {
		out.Conditions[r.Condition]++
	}
	for _, r := range bySeller {
		if r.Dealer {
			out.Sellers[SellerDealer]++
		} else {
			out.Sellers[SellerPrivate]++
		}
	}
	return nil
}

// sample returns the newest matches.
func (s *Store) sample(ctx context.Context, f ListingFilter) ([]sampled, error) {
	f, err := s.dated(ctx, f.forCounting())
	if err != nil {
		return nil, err
	}
	f.counting = false // in order
	return scanNewest[sampled](ctx, s, newest{filter: f, columns: sampledColumns}, facetSample)
}

const sampledColumns = "l.id, l.sort_key, l.category_id, l.condition, l.photo_count > 0 AS photos, (SELECT u.dealer FROM users AS u WHERE u.id = l.owner_id) AS dealer"

// countOptions counts the values that the listings have, by key and folded value.
func (s *Store) countOptions(ctx context.Context, rows []sampled, keys []string, into map[string]map[string]int) error {
	if len(rows) == 0 || len(keys) == 0 {
		return nil
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var counts []struct {
		Key, MatchValue string
		N               int
	}
	// The joined empty text keeps SQLite from beginning with the key: it then reads every value there is, 300 ms at a million listings.
	err := s.read.NewRaw("SELECT a.key, a.match_value, count(*) AS n FROM listing_attributes AS a WHERE a.listing_id IN (?) AND a.key || '' IN (?) GROUP BY a.key, a.match_value",
		bun.List(ids), bun.List(keys)).Scan(ctx, &counts)
	for _, c := range counts {
		if into[c.Key] == nil {
			into[c.Key] = map[string]int{}
		}
		into[c.Key][c.MatchValue] += c.N
	}
	return err
}
