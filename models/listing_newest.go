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

// age is a level of ranges of sort keys. Postgres' full-text index knows no order, so it is asked for one range after the other: each
// listing has a token for the range that its key is in, on every level. More than two ranges in one question would take it longer than
// all matches of a rare word.
type age struct {
	mark string
	bits int // of the sort keys in a range
}

// ages are the levels, narrow to wide: 4,096 sort keys to 65,536.
var ages = [...]age{{"k", 12}, {"m", 14}, {"e", 16}}

func (a age) token(sortKey int64) string { return a.mark + itoa(sortKey>>a.bits) }

// first is the lowest sort key of the range that the key is in.
func (a age) first(sortKey int64) int64 { return sortKey >> a.bits << a.bits }

func ageTokens(sortKey int64) []string {
	tokens := make([]string, len(ages))
	for i, a := range ages {
		tokens[i] = a.token(sortKey)
	}
	return tokens
}

// fewMatches is how many matches are sooner fetched and sorted than looked for in one range after the other.
const fewMatches = 3000

// part is a piece of the walk: sort keys from first to last, both included, and the tokens that cover them; none for all that is left.
type part struct {
	first, last int64
	tokens      []string
}

// scanAges is scanNewest for Postgres' full-text index.
func scanAges[T any](ctx context.Context, s *Store, n newest, limit int) ([]T, error) {
	top, err := s.LastSortKey(ctx)
	if err != nil {
		return nil, err
	}
	if n.before != 0 {
		top = min(top, n.before-1) // whoever forges a cursor may name any key
	}
	lowest := max(n.from, n.filter.since, 0)
	var rows []T
	for last := top; last >= lowest && len(rows) < limit; {
		next := nextPart(top, last, lowest, len(rows), limit)
		more, err := scanPart[T](ctx, s, n, next, limit-len(rows))
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
		last = next.first - 1
	}
	return rows, nil
}

// nextPart chooses what to look through after the sort keys from last+1 to top, where so many matches were found: at first little, to
// learn how common they are; then the range where the rest of the limit should be; and all that is left, down to lowest, when that is little.
func nextPart(top, last, lowest int64, found, limit int) part {
	looked := top - last
	if looked == 0 {
		return newestPart(last, lowest)
	}
	if left := int64(found) * (last - lowest + 1) / looked; left <= max(fewMatches, 2*int64(limit)) {
		return part{first: lowest, last: last}
	}
	wanted := looked * int64(limit-found) / int64(found)
	a := ages[len(ages)-1]
	for _, narrower := range ages {
		if last-narrower.first(last) >= wanted {
			a = narrower
			break
		}
	}
	return part{first: max(a.first(last), lowest), last: last, tokens: []string{a.token(last)}}
}

// newestPart is the last range, and the one before when there is little of it yet.
func newestPart(last, lowest int64) part {
	a := ages[0]
	p := part{first: a.first(last), last: last, tokens: []string{a.token(last)}}
	if before := p.first - 1; before >= lowest && last-p.first < 1<<a.bits/2 {
		p.first, p.tokens = a.first(before), append(p.tokens, a.token(before))
	}
	p.first = max(p.first, lowest)
	return p
}

// scanPart fetches the newest matches of a part.
func scanPart[T any](ctx context.Context, s *Store, n newest, p part, limit int) ([]T, error) {
	more := n.more
	if len(p.tokens) > 0 {
		more = append([]string{s.notation().anyToken(p.tokens...)}, more...)
	}
	q, err := s.selectRefs(ctx, n.filter, n.at, more...)
	if err != nil {
		return nil, err
	}
	q.ColumnExpr(n.columns).Where("l.sort_key + 0 BETWEEN ? AND ?", p.first, p.last) // an expression, which hides the keys' own index
	var rows []T
	err = s.found(n.filter, q).OrderExpr("l.sort_key DESC").Limit(int64(limit)).Scan(ctx, &rows)
	return rows, err
}
