package models

import (
	"strings"

	"piata.ro/internal/search"
)

// notation writes questions to a full-text index the way that its database reads them. Words and tokens consist of a–z and 0–9
// only (search.Analyze), so nothing in them needs escaping.
type notation interface {
	// terms asks for all words of the query, in the title or anywhere.
	terms(q search.Query, inTitle bool) string
	// phrase asks for tokens that follow each other in the title or in the rest; unfinished says that the last one may go on.
	phrase(tokens []string, unfinished bool) string
	// anyToken asks for one of the filters' tokens.
	anyToken(tokens ...string) string
	// tokenBeginning asks for a filter's token that begins like this.
	tokenBeginning(beginning string) string
	// maxRange is how many tokens of a range of numbers are asked for at most; for more, looking at the rows is quicker.
	maxRange() int
	all(parts []string) string
	// without takes away what one of the others finds.
	without(found string, others []string) string
}

// notation returns that of the store's database.
func (s *Store) notation() notation {
	if s.sqlite() {
		return fts5{}
	}
	return tsquery{}
}

// fts5 is the notation of SQLite's index, which has a column for the title, one for the rest and one for the filters.
type fts5 struct{}

func (fts5) terms(q search.Query, inTitle bool) string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = `"` + t.Stem + `"`
		if t.Prefix != "" {
			parts[i] = `("` + t.Stem + `" OR "` + t.Prefix + `" *)`
		}
	}
	columns := "title body"
	if inTitle {
		columns = "title"
	}
	return "{" + columns + "} : (" + strings.Join(parts, " AND ") + ")"
}

func (fts5) phrase(tokens []string, unfinished bool) string {
	out := `{title body} : "` + strings.Join(tokens, " ") + `"`
	if unfinished {
		out += " *"
	}
	return out
}

func (fts5) anyToken(tokens ...string) string {
	return `tokens : ("` + strings.Join(tokens, `" OR "`) + `")`
}

func (fts5) tokenBeginning(beginning string) string { return `tokens : "` + beginning + `" *` }

func (fts5) maxRange() int { return 48 }

func (fts5) all(parts []string) string { return strings.Join(parts, " AND ") }

func (fts5) without(found string, others []string) string {
	return "(" + found + ") NOT (" + strings.Join(others, " OR ") + ")"
}

// tsquery is the notation of Postgres, which has all in one tsvector: marks tell the words of the title and the filters' tokens from the text.
type tsquery struct{}

// Marks before the words of a tsvector that are not the text itself. A weight would do for the title, but the index keeps no weights: each
// row that has the word anywhere would be read.
const (
	titleMark = "_"
	tokenMark = "="
)

func (tsquery) terms(q search.Query, inTitle bool) string {
	mark := ""
	if inTitle {
		mark = titleMark
	}
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = "'" + mark + t.Stem + "'"
		if t.Prefix != "" {
			parts[i] = "(" + parts[i] + " | '" + mark + t.Prefix + "':*)"
		}
	}
	return strings.Join(parts, " & ")
}

func (tsquery) phrase(tokens []string, unfinished bool) string {
	out := "'" + strings.Join(tokens, "' <-> '") + "'"
	if unfinished {
		out += ":*"
	}
	return "(" + out + ")"
}

func (tsquery) anyToken(tokens ...string) string {
	return "('" + tokenMark + strings.Join(tokens, "' | '"+tokenMark) + "')"
}

func (tsquery) tokenBeginning(beginning string) string { return "'" + tokenMark + beginning + "':*" }

func (tsquery) maxRange() int { return 8 }

func (tsquery) all(parts []string) string { return strings.Join(parts, " & ") }

func (tsquery) without(found string, others []string) string {
	return found + " & !(" + strings.Join(others, " | ") + ")"
}
