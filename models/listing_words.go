package models

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/bits"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"piata.ro/internal/search"
	"piata.ro/internal/text"
)

// wordsVersion says how listings are written into the index; it rises with every change of what stands there.
const wordsVersion = 100*search.Version + 4

// words is a listing as the full-text index sees it: folded and stemmed words.
type words struct {
	title   []string
	body    []string // description, values of attributes, names of category and place
	details []string // words of attributes that people write themselves, under the attribute's name
}

func (s *Store) wordsOf(l *Listing, attributes []AttributeValue) words {
	var w words
	var extra strings.Builder
	extra.WriteString(text.WithoutPhones(l.Description))
	category := s.catalog.CategoryByID(l.CategoryID)
	for _, v := range attributes {
		if v.TextValue == AttributeBool || (Attribute{Key: v.Key}).Secret() {
			continue
		}
		extra.WriteString("\n" + v.TextValue)
		if category == nil {
			continue
		}
		if a, ok := category.Attribute(v.Key); ok && a.Kind == KindText {
			for _, word := range plainWords(v.MatchValue) {
				w.details = append(w.details, detailToken(v.Key, word))
			}
		}
	}
	if category != nil {
		extra.WriteString("\n" + category.Name + "\n" + category.Top().Name)
	}
	if p := s.catalog.LocalityByCode(l.LocalitySiruta); p != nil {
		extra.WriteString("\n" + p.Name + "\n" + p.County.Name)
	}
	w.title, w.body = search.Analyze(text.WithoutPhones(l.Title)), upToRepeats(search.Analyze(extra.String()))
	return w
}

// maxRepeats is how many places of one word a tsvector remembers. A text that repeats a word more often says nothing more behind that;
// with the rest of it the two databases would find different phrases.
const maxRepeats = 255

func upToRepeats(tokens []string) []string {
	if len(tokens) <= maxRepeats {
		return tokens
	}
	seen := make(map[string]int, len(tokens))
	for i, token := range tokens {
		if seen[token]++; seen[token] > maxRepeats {
			return tokens[:i]
		}
	}
	return tokens
}

// plainWords are the runs of letters and digits in a folded text.
func plainWords(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// maxDetailWord bounds one word of a detail, in bytes.
const maxDetailWord = 40

// detailToken names one word of a text attribute; it goes on after the zero, so that the beginning of a word finds it too.
func detailToken(key, word string) string {
	return "w" + strings.ReplaceAll(key, "_", "") + "0" + word[:min(len(word), maxDetailWord)]
}

// everything is a token of each listing, for questions that only exclude.
const everything = "x"

// filterTokens are the filters that the full-text index answers together with the words.
func filterTokens(l *Listing, attributes []AttributeValue, w words) []string {
	tokens := []string{everything, "c" + itoa(l.CategoryID), "t" + itoa(l.TopCategoryID), "j" + l.CountyCode, "l" + itoa(l.LocalitySiruta)}
	if l.Condition != "" {
		tokens = append(tokens, "s"+string(l.Condition))
	}
	if l.PriceRON == nil {
		tokens = append(tokens, noPrice)
	} else {
		step := stepOf(*l.PriceRON)
		tokens = append(tokens, step.token(), step.octave().token())
	}
	for _, v := range attributes {
		if v.TextValue != "" {
			tokens = append(tokens, optionToken(v.Key, v.MatchValue))
		}
		if v.NumberValue != nil {
			at := numberStep(v.Key, *v.NumberValue)
			tokens = append(tokens, numberToken(v.Key, at.token()), numberToken(v.Key, at.octave().token()))
		}
	}
	return append(tokens, w.details...)
}

// optionToken names one value of an attribute.
func optionToken(key, matchValue string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key + "=" + matchValue)) // a hash never fails
	return "a" + strconv.FormatUint(h.Sum64(), 36)
}

// numberToken names a range of an attribute's numbers.
func numberToken(key, step string) string { return "n" + strings.ReplaceAll(key, "_", "") + "0" + step }

// numberStep is the range that a number lies in. Years are counted from firstYear, or one step would hold a lifetime.
func numberStep(key string, value float64) step {
	const firstYear = 1900
	if (Attribute{Key: key}).Year() {
		value -= firstYear
	}
	return stepOf(int64(min(max(value, 0), maxStepped)))
}

// maxStepped is where the last step begins: more than any price, also in euro at MaxRate.
const maxStepped = MaxPriceMinor * 20

// noPrice is the token of a listing without a price.
const noPrice = "q"

// stepsPerOctave is into how many steps numbers are divided while they double: a step begins about 5 % above the one before.
const stepsPerOctave = 16

// step is a narrow range of prices or other numbers, counted upwards.
type step int

// stepOf is the step that n lies in, which is not negative; each of the lowest numbers is a step of its own.
func stepOf(n int64) step {
	if n < stepsPerOctave {
		return step(n)
	}
	length := bits.Len64(uint64(n))
	return step((length-4)*stepsPerOctave + int(n>>(length-5))%stepsPerOctave)
}

func (s step) token() string { return "p" + strconv.Itoa(int(s)) }

func (s step) octave() octave { return octave(s / stepsPerOctave) }

// octave is a wide range: from a number to its double.
type octave int

func (o octave) token() string { return "q" + strconv.Itoa(int(o)) }

func (o octave) steps() (first, last step) {
	return step(o) * stepsPerOctave, step(o)*stepsPerOctave + stepsPerOctave - 1
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
	if _, err := tx.NewRaw("UPDATE listings SET words = ?::tsvector WHERE id = ?", tsvector(l, w, attributes), l.ID).Exec(ctx); err != nil {
		return fmt.Errorf("index words: %w", err)
	}
	return nil
}

// insertWords writes the words of a listing that SQLite's index does not hold.
func insertWords(ctx context.Context, tx bun.Tx, l *Listing, w words, attributes []AttributeValue) error {
	_, err := tx.NewRaw("INSERT INTO listing_words (rowid, title, body, tokens) VALUES (?, ?, ?, ?)",
		l.SortKey, strings.Join(w.title, " "), strings.Join(w.body, " "), strings.Join(filterTokens(l, attributes, w), " ")).Exec(ctx)
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

// tsvector writes the words in Postgres' own notation; they consist of a–z and 0–9 only, so nothing needs escaping. A place stays free
// between title and body, so that no phrase reaches from one into the other.
func tsvector(l *Listing, w words, attributes []AttributeValue) string {
	var b strings.Builder
	position := 0
	for _, part := range [][]string{w.title, w.body} {
		for _, word := range part {
			position = min(position+1, maxPosition)
			b.WriteString(word + ":" + strconv.Itoa(position) + " ")
		}
		position++
	}
	for _, word := range w.title {
		b.WriteString(titleMark + word + " ")
	}
	for _, token := range append(filterTokens(l, attributes, w), ageTokens(l.SortKey)...) {
		b.WriteString(tokenMark + token + " ")
	}
	return b.String()
}

// matchValue is a text attribute's value as filters compare it.
func matchValue(value string) string { return text.Fold(text.Line(value)) }
