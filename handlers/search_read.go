package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"piata.ro/internal/search"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// readSearch is readWords for a page that is asked for. While somebody types the last word may be the beginning of any; once sent, a word that
// many adverts have is what was meant.
func (s *Server) readSearch(q url.Values) *listingSearch {
	ls := readWords(s.store.Catalog(), q)
	if !q.Has(paramLive) {
		ls.filter.Query = s.store.Vocabulary().Finish(ls.filter.Query)
	}
	return ls
}

// readWords is parseSearch for what somebody may have typed as a sentence: „golf 7 diesel sub 9000 euro cluj” becomes the filters that it
// names. The address of the result holds those filters and the sentence, which is then not read again, so that each can be taken away.
func readWords(catalog *models.Catalog, q url.Values) *listingSearch {
	words := text.Line(q.Get(paramQuery))
	if words == "" || q.Get(paramExact) == models.AttributeBool || wasRead(catalog, words, q.Get(paramRead)) {
		return parseSearch(catalog, q)
	}
	q = cloneValues(q)
	q.Del(paramRead) // the words are new
	if q.Has(paramLive) {
		return parseSearch(catalog, q)
	}
	sentence := catalog.Reader().Read(words)
	if len(sentence.Pieces) == 0 || refusesCategory(catalog, q, sentence) {
		return parseSearch(catalog, q)
	}
	return parseSearch(catalog, withPieces(catalog, q, sentence))
}

// wasRead reports whether the words are what a sentence left, or a part of that after something was taken away.
func wasRead(catalog *models.Catalog, words, sentence string) bool {
	if sentence == "" {
		return false
	}
	left := strings.Fields(withPieces(catalog, url.Values{}, catalog.Reader().Read(text.Line(sentence))).Get(paramQuery))
	return !slices.ContainsFunc(strings.Fields(words), func(w string) bool { return !slices.Contains(left, w) })
}

// refusesCategory reports whether the sentence names another category than the one that was chosen, which then stays.
func refusesCategory(catalog *models.Catalog, q url.Values, sentence search.Sentence) bool {
	chosen := catalog.Category(q.Get(paramCategory))
	return chosen != nil && slices.ContainsFunc(sentence.Pieces, func(p search.Piece) bool {
		if p.Kind != search.PieceCategory {
			return false
		}
		named := catalog.Category(p.Values[0])
		return named == nil || named != chosen && named.Parent != chosen
	})
}

// withPieces writes the pieces of the sentence as parameters. What the form says besides stays, but the sentence is newer.
func withPieces(catalog *models.Catalog, q url.Values, sentence search.Sentence) url.Values {
	out := cloneValues(q)
	words := sentence.Rest.String()
	for _, p := range sentence.Pieces {
		switch p.Kind {
		case search.PieceExcluded:
			words = withExclusion(words, p)
		case search.PieceExchange:
			words = withExchange(catalog, out, words, p)
		default:
			setPiece(catalog, out, p)
		}
	}
	if words = strings.TrimSpace(words); words == "" || search.ParseQuery(words).Empty() && len(search.ParseQuery(words).Excluded) == 0 {
		out.Del(paramQuery)
	} else {
		out.Set(paramQuery, words)
	}
	out.Set(paramRead, sentence.String())
	return out
}

func setPiece(catalog *models.Catalog, out url.Values, p search.Piece) {
	switch p.Kind {
	case search.PieceCategory:
		out.Set(paramCategory, p.Values[0])
	case search.PieceAttribute:
		setRange(out, models.AttributePrefix+p.Key, p)
		if len(p.Values) > 0 {
			out[models.AttributePrefix+p.Key] = slices.Clone(p.Values)
		}
	case search.PiecePrice:
		out.Del(paramPriceMin)
		out.Del(paramPriceMax)
		setRange(out, "pret", p)
		out.Set(paramCurrency, p.Currency)
	case search.PieceFree:
		out.Set(paramPriceMax, "0")
	case search.PieceCounty:
		out.Set(paramCounty, p.Values[0])
	case search.PieceLocality:
		if l := catalog.Locality(p.Values[0], nil); l != nil {
			out.Set(paramCounty, l.County.Code)
			out.Set(paramLocality, l.Name)
		}
		if p.RadiusKm > 0 {
			out.Set(paramRadius, strconv.Itoa(p.RadiusKm))
		}
	case search.PieceCondition:
		out.Set(paramCondition, p.Values[0])
	case search.PieceSeller:
		out.Set(paramSeller, p.Values[0])
	}
}

// setRange sets name_min and name_max; both are the same for one number.
func setRange(out url.Values, name string, p search.Piece) {
	for suffix, bound := range map[string]*float64{"_min": p.Min, "_max": p.Max} {
		if bound != nil {
			out.Set(name+suffix, strings.Replace(strconv.FormatFloat(*bound, 'f', -1, 64), ".", ",", 1))
		}
	}
}

// withExclusion writes „fără avarii” as „-avarii”, which means the same and can stand among other words.
func withExclusion(words string, p search.Piece) string {
	if hasExclusion(words, p.Excluded) {
		return words
	}
	fields := strings.Fields(strings.TrimLeft(p.Source, "-"))
	for len(fields) > 0 { // the longest end of what was typed that excludes the same
		written := "-" + fields[0]
		if len(fields) > 1 {
			written = `-"` + strings.Join(fields, " ") + `"`
		}
		if hasExclusion(written, p.Excluded) {
			return words + " " + written
		}
		fields = fields[1:]
	}
	return words + ` -"` + strings.Join(p.Excluded, " ") + `"`
}

func hasExclusion(words string, excluded []string) bool {
	return slices.ContainsFunc(search.ParseQuery(words).Excluded, func(e []string) bool { return slices.Equal(e, excluded) })
}

// withExchange asks for the detail „Accept schimb” where the category has it, and for the words elsewhere.
func withExchange(catalog *models.Catalog, out url.Values, words string, p search.Piece) string {
	const exchange = "schimb"
	if category := catalog.Category(out.Get(paramCategory)); category != nil {
		if a, ok := category.Attribute(exchange); ok && a.Kind == models.KindBool {
			out.Set(models.AttributePrefix+exchange, models.AttributeBool)
			return words
		}
	}
	return words + " " + p.Source
}

// splitExclusions separates what follows a minus from the words: „masă -sticlă -"fără blat"”.
func splitExclusions(q string) (words string, excluded []string) {
	var rest []string
	for q = strings.TrimSpace(q); q != ""; q = strings.TrimSpace(q) {
		end := strings.IndexByte(q, ' ')
		if end < 0 {
			end = len(q)
		}
		if open := strings.IndexAny(q, `"„“«`); open >= 0 && open < end {
			if closing := strings.IndexAny(q[open+1:], `"”“»`); closing >= 0 {
				end = open + 1 + closing
				for end < len(q) && q[end] != ' ' {
					end++
				}
			}
		}
		if part := q[:end]; len(part) > 1 && part[0] == '-' && len(search.ParseQuery(part).Excluded) > 0 {
			excluded = append(excluded, part)
		} else {
			rest = append(rest, part)
		}
		q = q[end:]
	}
	return strings.Join(rest, " "), excluded
}
