package handlers

import (
	"net/http"
	"net/url"

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
