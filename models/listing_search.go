package models

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"piata.ro/internal/search"
)

// words is a listing as the full-text index sees it: folded and stemmed words.
type words struct {
	title []string
	body  []string // description, values of attributes, names of category and place
}

func (s *Store) wordsOf(l *Listing, attributes []AttributeValue) words {
	var extra strings.Builder
	extra.WriteString(l.Description)
	for _, v := range attributes {
		if v.TextValue != AttributeBool && !(Attribute{Key: v.Key}).Secret() {
			extra.WriteString("\n" + v.TextValue)
		}
	}
	if c := s.catalog.CategoryByID(l.CategoryID); c != nil {
		extra.WriteString("\n" + c.Name + "\n" + c.Top().Name)
	}
	if p := s.catalog.LocalityByCode(l.LocalitySiruta); p != nil {
		extra.WriteString("\n" + p.Name + "\n" + p.County.Name)
	}
	return words{title: search.Analyze(l.Title), body: search.Analyze(extra.String())}
}

// filterTokens are the filters that the SQLite index answers together with the words.
func filterTokens(l *Listing, attributes []AttributeValue) string {
	tokens := []string{"c" + itoa(l.CategoryID), "t" + itoa(l.TopCategoryID), "j" + l.CountyCode, "l" + itoa(l.LocalitySiruta)}
	if l.Condition != "" {
		tokens = append(tokens, "s"+string(l.Condition))
	}
	for _, v := range attributes {
		if v.TextValue != "" {
			tokens = append(tokens, optionToken(v.Key, v.MatchValue))
		}
	}
	return strings.Join(tokens, " ")
}

// optionToken names one value of an attribute.
func optionToken(key, matchValue string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key + "=" + matchValue)) // a hash never fails
	return "a" + strconv.FormatUint(h.Sum64(), 36)
}

// maxPlaceTokens bounds the places of one match; for more the rows are looked at.
const maxPlaceTokens = 80

// match is the expression for the words in the columns and for the filters that are tokens.
func (s *Store) match(f ListingFilter, columns string) string {
	var parts []string
	if !f.Query.Empty() {
		parts = append(parts, ftsMatch(f.Query, columns))
	}
	add := func(tokens ...string) {
		parts = append(parts, `tokens : ("`+strings.Join(tokens, `" OR "`)+`")`)
	}
	if f.Category != nil && f.Category.IsLeaf() {
		add("c" + itoa(f.Category.ID))
	} else if f.Category != nil {
		add("t" + itoa(f.Category.ID))
	}
	if f.County != nil {
		add("j" + f.County.Code)
	}
	if f.Condition != "" {
		add("s" + string(f.Condition))
	}
	if places := f.localities(s.catalog); len(places) > 0 && len(places) <= maxPlaceTokens {
		tokens := make([]string, len(places))
		for i, siruta := range places {
			tokens[i] = "l" + itoa(siruta)
		}
		add(tokens...)
	}
	for _, a := range f.Attributes {
		var tokens []string
		for _, value := range a.matchValues() {
			tokens = append(tokens, optionToken(a.Key, value))
		}
		if len(tokens) > 0 {
			add(tokens...)
		}
	}
	return strings.Join(parts, " AND ")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// indexWords makes an active listing findable under its present sort key, replacing what was there.
func (s *Store) indexWords(ctx context.Context, tx bun.Tx, l *Listing, attributes []AttributeValue) error {
	w := s.wordsOf(l, attributes)
	if s.sqlite() {
		if err := s.unindexWords(ctx, tx, l); err != nil {
			return err
		}
		return insertWords(ctx, tx, l, w, attributes)
	}
	if _, err := tx.NewRaw("UPDATE listings SET words = ?::tsvector WHERE id = ?", tsvector(w), l.ID).Exec(ctx); err != nil {
		return fmt.Errorf("index words: %w", err)
	}
	return nil
}

// insertWords writes the words of a listing that SQLite's index does not hold.
func insertWords(ctx context.Context, tx bun.Tx, l *Listing, w words, attributes []AttributeValue) error {
	_, err := tx.NewRaw("INSERT INTO listing_words (rowid, title, body, tokens) VALUES (?, ?, ?, ?)",
		l.SortKey, strings.Join(w.title, " "), strings.Join(w.body, " "), filterTokens(l, attributes)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("index words: %w", err)
	}
	return nil
}

// unindexWords takes the listing out of the index.
func (s *Store) unindexWords(ctx context.Context, tx bun.Tx, l *Listing) error {
	var err error
	if s.sqlite() {
		_, err = tx.NewRaw("DELETE FROM listing_words WHERE rowid = ?", l.SortKey).Exec(ctx)
	} else {
		_, err = tx.NewRaw("UPDATE listings SET words = NULL WHERE id = ?", l.ID).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("unindex words: %w", err)
	}
	return nil
}

// maxPosition is the highest word position that a tsvector keeps.
const maxPosition = 16383

// titleMark stands before a word of the title in a tsvector. A weight would do the same, but the index keeps no weights: each row that
// has the word anywhere would be read.
const titleMark = "_"

// tsvector writes the words in Postgres' own notation; they consist of a–z and 0–9 only, so nothing needs escaping.
func tsvector(w words) string {
	var b strings.Builder
	position := 0
	for _, word := range slices.Concat(w.title, w.body) {
		position = min(position+1, maxPosition)
		fmt.Fprintf(&b, "%s:%d ", word, position)
	}
	for _, word := range w.title {
		b.WriteString(titleMark + word + " ")
	}
	return b.String()
}

// ftsMatch is the SQLite expression for listings that hold all terms in the columns.
func ftsMatch(q search.Query, columns string) string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = `"` + t.Stem + `"`
		if t.Prefix != "" {
			parts[i] = `("` + t.Stem + `" OR "` + t.Prefix + `"*)`
		}
	}
	return "{" + columns + "} : (" + strings.Join(parts, " AND ") + ")"
}

// tsquery is the same for Postgres; mark is titleMark for the title and "" for anywhere.
func tsquery(q search.Query, mark string) string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = "'" + mark + t.Stem + "'"
		if t.Prefix != "" {
			parts[i] = "(" + parts[i] + " | '" + mark + t.Prefix + "':*)"
		}
	}
	return strings.Join(parts, " & ")
}
