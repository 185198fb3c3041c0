package models

import (
	"context"
	"fmt"
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
func filterTokens(l *Listing) string {
	tokens := []string{"c" + itoa(l.CategoryID), "t" + itoa(l.TopCategoryID), "j" + l.CountyCode, "l" + itoa(l.LocalitySiruta)}
	if l.Condition != "" {
		tokens = append(tokens, "s"+string(l.Condition))
	}
	return strings.Join(tokens, " ")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// indexWords makes an active listing findable under its present sort key, replacing what was there.
func (s *Store) indexWords(ctx context.Context, tx bun.Tx, l *Listing, attributes []AttributeValue) error {
	w := s.wordsOf(l, attributes)
	if s.sqlite() {
		if err := s.unindexWords(ctx, tx, l); err != nil {
			return err
		}
		_, err := tx.NewRaw("INSERT INTO listing_words (rowid, title, body, tokens) VALUES (?, ?, ?, ?)",
			l.SortKey, strings.Join(w.title, " "), strings.Join(w.body, " "), filterTokens(l)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("index words: %w", err)
		}
		return nil
	}
	if _, err := tx.NewRaw("UPDATE listings SET words = ?::tsvector WHERE id = ?", tsvector(w), l.ID).Exec(ctx); err != nil {
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

// tsvector writes the words in Postgres' own notation; they consist of a–z and 0–9 only, so nothing needs escaping.
func tsvector(w words) string {
	var b strings.Builder
	position := 0
	for i, list := range [][]string{w.title, w.body} {
		weight := "AD"[i]
		for _, word := range list {
			position = min(position+1, maxPosition)
			fmt.Fprintf(&b, "'%s':%d%c ", word, position, weight)
		}
	}
	return b.String()
}

// matchAny is the SQLite expression for listings that hold all terms in title or body; matchTitle for those that hold them all in the title.
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

// tsquery is the same for Postgres; weight is "A" for the title and "" for anywhere.
func tsquery(q search.Query, weight string) string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = "'" + t.Stem + "':" + weight
		if weight == "" {
			parts[i] = "'" + t.Stem + "'"
		}
		if t.Prefix != "" {
			parts[i] = "(" + parts[i] + " | '" + t.Prefix + "':*" + weight + ")"
		}
	}
	return strings.Join(parts, " & ")
}
