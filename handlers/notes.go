package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/assistant"
	"piata.ro/internal/search"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	fieldNotes   = "notite"
	notesMax     = 2000
	writeTimeout = 12 * time.Second // inside the deadline of a page
)

// fillFromNotes fills the posting form from a few words: by the rules that read searches and, where there is one, by the model. The person
// reviews the form; nothing is published.
func (s *Server) fillFromNotes(c *fiber.Ctx) error {
	values, err := readForm(c, nil)
	if err != nil {
		return err
	}
	notes := text.Truncate(text.Paragraphs(values.Get(fieldNotes)), notesMax)
	if notes == "" {
		return seeOther(c, urls.NewListing)
	}
	fields := fieldsOfNotes(s.store.Catalog(), notes)
	if s.assistant != nil && s.allowQuestion(c) == nil {
		maps.Copy(fields, s.writtenFields(c, notes, fields))
	}
	if err := s.mergeDraft(c, fields); err != nil {
		return err
	}
	setFlash(c, flashNotesUsed, photoTally{})
	return seeOther(c, urls.NewListing)
}

// writtenFields is what the model makes of the notes. When it cannot, the rules alone have to do.
func (s *Server) writtenFields(c *fiber.Ctx, notes string, known map[string][]string) map[string][]string {
	ctx, cancel := context.WithTimeout(c.UserContext(), writeTimeout)
	defer cancel()
	advert, tokens, err := s.assistant.WriteAdvert(ctx, notes, writeSchema(s.store.Catalog(), url.Values(known).Get(models.FieldCategory)))
	if spent := s.store.SpendTokens(c.UserContext(), tokens.Total()); spent != nil {
		s.log.ErrorContext(ctx, "count tokens", slog.String("error", spent.Error()))
	}
	if err != nil {
		s.log.WarnContext(ctx, "advert not written", slog.String("error", err.Error()))
		return nil
	}
	return fieldsOfAdvert(s.store.Catalog(), advert)
}

// writeSchema tells the model what to choose from: the details of the category when the rules know it, and otherwise the categories.
func writeSchema(catalog *models.Catalog, slug string) string {
	if category := catalog.Category(slug); category != nil && category.IsLeaf() {
		if schema, err := json.Marshal(categorySchema(category)); err == nil {
			return "Categoria și detaliile ei: " + string(schema)
		}
	}
	var slugs []string
	for _, top := range catalog.Top {
		for _, sub := range top.Subs {
			slugs = append(slugs, sub.Slug)
		}
	}
	return "Categorii: " + strings.Join(slugs, ", ") + ". Lasă detalii gol."
}

// fieldsOfNotes fills what the rules understand.
func fieldsOfNotes(catalog *models.Catalog, notes string) map[string][]string {
	sentence := catalog.Reader().Read(text.Line(notes))
	advert := assistant.Advert{Title: titleOfNotes(notes, sentence.Pieces), Description: sentenceOf(notes), Attributes: map[string]string{}}
	for _, p := range sentence.Pieces {
		switch p.Kind {
		case search.PieceCategory:
			advert.Category = p.Values[0]
		case search.PieceAttribute:
			advert.Attributes[p.Key] = valueOfPiece(p)
		case search.PiecePrice:
			advert.Price, advert.Currency = valueOfPiece(p), p.Currency
		case search.PieceCounty:
			advert.County = p.Values[0]
		case search.PieceLocality:
			advert.Locality = p.Values[0]
		case search.PieceCondition:
			advert.Condition = p.Values[0]
		case search.PieceFree:
			advert.Price = "gratis"
		}
	}
	return fieldsOfAdvert(catalog, advert)
}

// valueOfPiece is the one value that a piece names: an option, or a number. A range says nothing exact.
func valueOfPiece(p search.Piece) string {
	switch {
	case len(p.Values) == 1:
		return p.Values[0]
	case p.Max != nil:
		return argument(*p.Max)
	case p.Min != nil:
		return argument(*p.Min)
	}
	return ""
}

// titleOfNotes is the first line of the notes without price and place, which a title need not repeat, and with names as they are written („BMW”).
func titleOfNotes(notes string, pieces []search.Piece) string {
	whole, _, _ := strings.Cut(notes, "\n")
	whole = text.Line(whole)
	line := whole
	for _, p := range pieces {
		switch p.Kind {
		case search.PiecePrice, search.PieceFree, search.PieceCounty, search.PieceLocality:
			line = strings.Replace(line, p.Source, "", 1)
		case search.PieceAttribute:
			if len(p.Values) == 1 && text.Fold(p.Values[0]) == text.Fold(p.Source) && p.Values[0] == strings.ToUpper(p.Values[0]) {
				line = strings.Replace(line, p.Source, p.Values[0], 1)
			}
		}
	}
	line = strings.Trim(text.Line(line), " ,.;:-–")
	if text.Runes(line) < models.TitleMin {
		line = whole
	}
	return upperFirst(strings.TrimSuffix(text.Truncate(line, models.TitleMax), "…"))
}

// sentenceOf makes the notes look like sentences.
func sentenceOf(notes string) string {
	notes = upperFirst(notes)
	if !strings.ContainsAny(notes[len(notes)-1:], ".!?") {
		notes += "."
	}
	return notes
}

func upperFirst(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// draftOfAdvert reads the JSON of an advert that the model prepared.
func draftOfAdvert(catalog *models.Catalog, raw string) (map[string][]string, error) {
	advert, err := assistant.ReadAdvert(raw)
	if err != nil {
		return nil, fmt.Errorf("prepared advert: %w", err)
	}
	return fieldsOfAdvert(catalog, advert), nil
}

// fieldsOfAdvert keeps what the form accepts; everything else is left for the person.
func fieldsOfAdvert(catalog *models.Catalog, a assistant.Advert) map[string][]string {
	fields := map[string][]string{}
	set := func(name, value string) {
		if value != "" {
			fields[name] = []string{value}
		}
	}
	set(models.FieldTitle, text.Truncate(text.Line(a.Title), models.TitleMax))
	set(models.FieldDescription, text.Truncate(text.Paragraphs(a.Description), models.DescriptionMax))
	if amount, err := text.ParseAmount(a.Price); err == nil {
		set(models.FieldPrice, a.Price)
		if currency := models.Currency(strings.ToUpper(a.Currency)); currency.Valid() {
			set(models.FieldCurrency, string(currency))
		} else {
			set(models.FieldCurrency, amount.Currency)
		}
	}
	setPlace(catalog, a, set)
	if condition := models.Condition(text.Fold(a.Condition)); condition.Valid() {
		set(models.FieldCondition, string(condition))
	}
	category := catalog.Category(a.Category)
	if category == nil || !category.IsLeaf() {
		return fields
	}
	set(models.FieldCategory, category.Slug)
	for _, attribute := range category.Attributes {
		if v, problem := attribute.Parse(a.Attributes[attribute.Key]); problem == "" && v != nil {
			set(models.AttributePrefix+attribute.Key, a.Attributes[attribute.Key])
		}
	}
	return fields
}

func setPlace(catalog *models.Catalog, a assistant.Advert, set func(name, value string)) {
	county := catalog.County(a.County)
	locality := catalog.Locality(strings.ReplaceAll(a.Locality, "-", " "), county)
	if locality == nil && a.Locality != "" {
		locality = catalog.Locality(a.Locality, county)
	}
	switch {
	case locality != nil:
		set(models.FieldCounty, locality.County.Code)
		set(models.FieldLocality, locality.Name)
	case county != nil:
		set(models.FieldCounty, county.Code)
	}
}

// mergeDraft writes the fields into the browser's draft; what was typed before into other fields stays.
func (s *Server) mergeDraft(c *fiber.Ctx, fields map[string][]string) error {
	_, before, err := s.openDraft(c)
	if err != nil {
		return err
	}
	merged := map[string][]string{}
	if before != nil {
		maps.Copy(merged, before.Fields)
	}
	maps.Copy(merged, fields)
	d := startDraft(c)
	return d.write(c, s.store, merged)
}

// improveText rewrites the description in the posting form, keeping its facts; everything else typed so far is kept in the draft.
func (s *Server) improveText(c *fiber.Ctx) error {
	form, err := s.readListingForm(c)
	if err != nil {
		return err
	}
	d := startDraft(c)
	if err := s.saveDraft(c, d, form); err != nil {
		return err
	}
	description := text.Paragraphs(form.values.Get(models.FieldDescription))
	if text.Runes(description) < models.DescriptionMin {
		setFlash(c, flashTextShort, photoTally{})
		return seeOther(c, urls.NewListing)
	}
	if text.Runes(description) > assistant.ImproveMax {
		setFlash(c, flashTextLong, photoTally{})
		return seeOther(c, urls.NewListing)
	}
	if err := s.allowQuestion(c); apperr.KindOf(err) == apperr.TooMany {
		setFlash(c, flashTextLater, photoTally{})
		return seeOther(c, urls.NewListing)
	} else if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(s.base, writeTimeout)
	defer cancel()
	better, tokens, err := s.assistant.ImproveText(ctx, description)
	if spent := s.store.SpendTokens(c.UserContext(), tokens.Total()); spent != nil {
		return spent
	}
	if err != nil {
		s.log.WarnContext(ctx, "text not improved", slog.String("error", err.Error()))
		setFlash(c, flashTextFailed, photoTally{})
		return seeOther(c, urls.NewListing)
	}
	if err := s.mergeDraft(c, map[string][]string{models.FieldDescription: {better}}); err != nil {
		return err
	}
	setFlash(c, flashTextBetter, photoTally{})
	return seeOther(c, urls.NewListing+"#"+models.FieldDescription)
}
