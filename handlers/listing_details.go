package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/models"
)

// DetailsForm is the part of the form that depends on the category; the fragment when the category changes.
type DetailsForm struct {
	ShowCondition bool // false when the category has its own attribute "stare"
	Conditions    []Option
	ConditionErr  string
	Fields        []AttributeField
}

// AttributeField is one attribute in the form.
type AttributeField struct {
	Name     string // "atribut_marca"
	Label    string
	Unit     string
	Kind     string // number, select, bool, text
	Value    string // as typed; "da" for a ticked bool
	Options  []Option
	Required bool
	Error    string
}

// showDetails answers with the fields of the category, keeping what was typed into fields of the same name.
func (s *Server) showDetails(c *fiber.Ctx) error {
	form := &listingForm{values: queryValues(c)}
	return s.fragment(c, http.StatusOK, "details", s.detailsForm(form))
}

// hintCategory suggests the category that a title begins with, unless it is chosen already.
func (s *Server) hintCategory(c *fiber.Ctx) error {
	q, catalog := queryValues(c), s.store.Catalog()
	if catalog.Category(q.Get(models.FieldCategory)) != nil {
		return s.fragment(c, http.StatusOK, "category_hint", Option{})
	}
	var hint Option
	words := strings.Fields(text.Truncate(text.Line(q.Get(models.FieldTitle)), models.TitleMax))
	for _, word := range words[:min(len(words), hintWords)] {
		// One letter less finds the plural, which is how categories are called.
		for _, start := range []string{word, text.Truncate(word, max(4, text.Runes(word)-1))} {
			if category := s.categoryOfWord(start); category != nil && hint.Value == "" {
				hint = Option{Value: category.Slug, Label: category.Name}
			}
		}
	}
	return s.fragment(c, http.StatusOK, "category_hint", hint)
}

// hintWords is how many words of a title are looked at: what is sold comes first.
const hintWords = 3

// categoryOfWord is the first category to post in that the word begins, or nil.
func (s *Server) categoryOfWord(word string) *models.Category {
	if text.Runes(word) < 4 {
		return nil
	}
	for _, suggestion := range s.store.Catalog().Reader().Suggest(s.store.Vocabulary(), word) {
		if category := s.store.Catalog().Category(suggestion.Category); category != nil && category.IsLeaf() {
			return category
		}
	}
	return nil
}

func (s *Server) detailsForm(form *listingForm) DetailsForm {
	category := s.store.Catalog().Category(form.values.Get(models.FieldCategory))
	if category == nil || !category.IsLeaf() {
		return DetailsForm{}
	}
	d := DetailsForm{ShowCondition: !category.OwnCondition(), Conditions: conditionOptions(form.values.Get(models.FieldCondition)), ConditionErr: form.errors[models.FieldCondition]}
	for _, a := range category.Attributes {
		d.Fields = append(d.Fields, attributeField(a, form.values, form.errors))
	}
	return d
}

func attributeField(a models.Attribute, values url.Values, errs models.FieldErrors) AttributeField {
	name := models.AttributePrefix + a.Key
	f := AttributeField{Name: name, Label: a.Label, Unit: a.Unit, Kind: string(a.Kind), Required: a.Required, Error: errs[name],
		Value: text.Truncate(values.Get(name), 200)}
	for _, o := range a.Options {
		f.Options = append(f.Options, Option{Value: o, Label: o, Selected: o == f.Value})
	}
	return f
}
