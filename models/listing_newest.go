package models

import (
	"context"
)

// newest is a walk through the matches of a filter from the newest to the oldest, which is the order of the sort keys.
type newest struct {
	filter  ListingFilter
	at      where
	more    []string // further questions to the full-text index
	from    int64    // lowest sort key
	before  int64    // the sort keys are lower; 0 for the newest of all
	columns string   // of the listing, l; with its sort key
}

// scanNewest fetches the first rows of the walk, at most limit.
func scanNewest[T any](ctx context.Context, s *Store, n newest, limit int) ([]T, error) {
	if !s.sqlite() && s.walksWords(n.filter) {
		return scanAges[T](ctx, s, n, limit)
	}
	q, err := s.selectRefs(ctx, n.filter, n.at, n.more...)
	if err != nil {
		return nil, err
	}
	key := s.sortKey(n.filter)
	if n.from > 0 {
		q.Where(key+" >= ?", n.from)
	}
	if n.before != 0 {
		q.Where(key+" < ?", n.before)
	}
	var rows []T
	err = q.ColumnExpr(n.columns).OrderExpr(key+" DESC").Limit(int64(limit)).Scan(ctx, &rows)
	return rows, err
}

// Postgres' full-text index knows no order, so it is asked for one range of sort keys after the other: each listing has a token for the
// narrow range that its key is in, and one for the wide range.
const (
	narrowBits = 12 // 4,096 sort keys
	wideBits   = 17 // 32 narrow ranges
)

// ageTokens name the ranges of a sort key.
func ageTokens(sortKey int64) []string {
	return []string{narrowToken(sortKey >> narrowBits), wideToken(sortKey >> wideBits)}
}

func narrowToken(n int64) string { return "k" + itoa(n) }
func wideToken(n int64) string   { return "e" + itoa(n) }

// rangeTokens are the fewest ranges that cover the sort keys from first to last.
func rangeTokens(first, last int64) []string {
	const inWide = 1 << (wideBits - narrowBits)
	var tokens []string
	for at, end := first>>narrowBits, last>>narrowBits; at <= end; {
		if at%inWide == 0 && at+inWide-1 <= end {
			tokens = append(tokens, wideToken(at/inWide))
			at += inWide
		} else {
			tokens = append(tokens, narrowToken(at))
			at++
		}
	}
	return tokens
}

// How many narrow ranges are asked for at first, and how many times as many next: as it takes for the rest at the rate of those before,
// within bounds.
const (
	firstRanges = 2
	leastGrowth = 2
	mostGrowth  = 16
)

// scanAges is scanNewest for Postgres' full-text index. It reads little more than the rows wanted, be the words common or rare.
func scanAges[T any](ctx context.Context, s *Store, n newest, limit int) ([]T, error) {
	last, err := s.LastSortKey(ctx)
	if err != nil {
		return nil, err
	}
	if n.before != 0 {
		last = min(last, n.before-1) // whoever forges a cursor may name any key
	}
	first := max(n.from, n.filter.since, 0)
	var rows []T
	for ranges := int64(firstRanges); last >= first && len(rows) < limit; {
		from := max(first, (last>>narrowBits-ranges+1)<<narrowBits)
		more, err := scanAge[T](ctx, s, n, from, last, limit-len(rows))
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
		ranges *= min(max(int64(limit)/int64(len(rows)+1), leastGrowth), mostGrowth)
		last = from - 1
	}
	return rows, nil
}

// scanAge fetches the newest matches with sort keys from first to last.
func scanAge[T any](ctx context.Context, s *Store, n newest, first, last int64, limit int) ([]T, error) {
	q, err := s.selectRefs(ctx, n.filter, n.at, append([]string{s.notation().anyToken(rangeTokens(first, last)...)}, n.more...)...)
	if err != nil {
		return nil, err
	}
	q.ColumnExpr(n.columns).Where("l.sort_key + 0 BETWEEN ? AND ?", first, last) // an expression, which hides the keys' own index
	var rows []T
	err = s.found(n.filter, q).OrderExpr("l.sort_key DESC").Limit(int64(limit)).Scan(ctx, &rows)
	return rows, err
}
