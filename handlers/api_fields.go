package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// apiFields are the fields of a JSON object that a program sent. Reading one takes it out; what is left at the end is unknown.
type apiFields struct {
	fields map[string]json.RawMessage
	errors map[string]string // a Romanian sentence by the field's name
}

// fieldsError refuses fields by name.
type fieldsError struct{ errors map[string]string }

// Error implements error.
func (e *fieldsError) Error() string { return fmt.Sprintf("%d fields are not right", len(e.errors)) }

func refuseFields(wrong map[string]string) error {
	return apperr.Wrap(apperr.Invalid, "Unele câmpuri nu sunt bune; „errors” spune care și de ce.", &fieldsError{wrong})
}

// apiErrors returns what is wrong by field, under the names that programs know.
func apiErrors(err error) map[string]string {
	if e, ok := errors.AsType[*fieldsError](err); ok {
		return e.errors
	}
	if field := apperr.Field(err); field != "" {
		return map[string]string{apiFieldName(field): apperr.Message(err)}
	}
	return nil
}

// apiNames are the programs' names of the form's fields.
var apiNames = map[string]string{
	models.FieldCategory: "category", models.FieldTitle: "title", models.FieldDescription: "description", models.FieldPrice: "price",
	models.FieldCurrency: "price.currency", models.FieldCounty: "county", models.FieldLocality: "city", models.FieldCondition: "condition",
	models.FieldMessage: "text",
}

func apiFieldName(field string) string {
	if key, ok := strings.CutPrefix(field, models.AttributePrefix); ok {
		return "attributes." + key
	}
	if name, ok := apiNames[field]; ok {
		return name
	}
	return field
}

// readFields reads the request's JSON object strictly: another type of content, bytes that are no text and text after the object are
// refused as a whole.
func readFields(c *fiber.Ctx) (*apiFields, error) {
	if kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err != nil || kind != fiber.MIMEApplicationJSON {
		return nil, apperr.New(apperr.Unsupported, "Trimite datele ca application/json.")
	}
	raw, err := io.ReadAll(body(c, maxPlainForm, errTextTooLarge))
	if err != nil {
		return nil, badForm(err)
	}
	return parseFields(raw)
}

func parseFields(raw []byte) (*apiFields, error) {
	if !utf8.Valid(raw) || !json.Valid(raw) {
		return nil, apperr.New(apperr.Malformed, "Datele trimise nu sunt JSON.")
	}
	f := &apiFields{errors: map[string]string{}}
	var err error
	if f.fields, err = f.object("", raw); err != nil {
		return nil, apperr.Wrap(apperr.Malformed, "Trimite un obiect JSON cu câmpurile anunțului.", err)
	}
	return f, nil
}

var errNotObject = errors.New("not an object of a sensible size")

// object reads the members of valid JSON. A name that comes twice is noted as wrong, because readers differ in which one they take
// (RFC 8259, section 4).
func (f *apiFields) object(prefix string, raw json.RawMessage) (map[string]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, errNotObject
	}
	members := map[string]json.RawMessage{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string) // a member begins with nothing else
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		if _, known := members[name]; known {
			f.refuse(prefix+name, "Câmpul apare de două ori.")
		}
		if members[name] = value; len(members) > maxFields {
			return nil, errNotObject
		}
	}
	return members, nil
}

// refuse notes what is wrong with a field unless something is wrong with it already. The name may be a stranger's.
func (f *apiFields) refuse(name, sentence string) {
	name = text.Truncate(name, 80)
	if f.errors[name] == "" {
		f.errors[name] = sentence
	}
}

func (f *apiFields) take(name string) (json.RawMessage, bool) {
	raw, given := f.fields[name]
	delete(f.fields, name)
	return raw, given
}

// read puts the field into the value and reports whether it was there and of the right type.
func (f *apiFields) read(name string, into any, sentence string) bool {
	raw, given := f.take(name)
	if !given {
		return false
	}
	if isNull(raw) || json.Unmarshal(raw, into) != nil {
		f.refuse(name, sentence)
		return false
	}
	return true
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// refused is the error for all that is wrong, or nil.
func (f *apiFields) refused() error {
	if len(f.errors) == 0 {
		return nil
	}
	return refuseFields(f.errors)
}

// draft puts the fields over what the listing says already and decides about the whole as the form does.
func (f *apiFields) draft(catalog *models.Catalog, in models.ListingInput) (models.ListingDraft, error) {
	for name, into := range map[string]*string{"title": &in.Title, "description": &in.Description, "category": &in.Category, "county": &in.County, "city": &in.Locality} {
		f.read(name, into, "Câmpul este un text.")
	}
	f.read("negotiable", &in.Negotiable, "Câmpul este true sau false.")
	if raw := f.fields["condition"]; isNull(raw) {
		f.fields["condition"] = json.RawMessage(`""`)
	}
	f.read("condition", &in.Condition, "Câmpul este un text sau null.")
	f.price(&in)
	if category := catalog.Category(strings.TrimSpace(in.Category)); category != nil { // details that only the old category had go with it
		maps.DeleteFunc(in.Attributes, func(key, _ string) bool {
			_, known := category.Attribute(key)
			return !known
		})
	}
	f.attributes(&in)
	for name := range f.fields {
		f.refuse(name, "Nu cunoaștem câmpul acesta.")
	}
	draft, errs := catalog.ParseListing(in)
	for field, sentence := range errs {
		f.refuse(apiFieldName(field), sentence)
	}
	return draft, f.refused()
}

// price reads {"amount": bani or cents, "currency": code}, or null for not stated.
func (f *apiFields) price(in *models.ListingInput) {
	raw, given := f.take("price")
	if !given {
		return
	}
	in.Price, in.Currency = "", ""
	if isNull(raw) {
		return
	}
	members, err := f.object("price.", raw)
	if err != nil {
		f.refuse("price", "Prețul este un obiect cu amount și currency, sau null.")
		return
	}
	price := apiFields{fields: members, errors: map[string]string{}}
	amount, _ := price.take("amount")
	if in.Price = minorText(string(amount)); in.Price == "" {
		f.refuse("price", "amount este un număr întreg de bani sau de cenți, fără ghilimele.")
	}
	if !price.read("currency", &in.Currency, "") || in.Currency == "" {
		f.refuse("price.currency", "Spune moneda: RON sau EUR.")
	}
	for name := range price.fields {
		f.refuse("price."+name, "Nu cunoaștem câmpul acesta.")
	}
}

// attributes puts each detail over the one that the listing has; null takes it away.
func (f *apiFields) attributes(in *models.ListingInput) {
	raw, given := f.take("attributes")
	if !given {
		return
	}
	members, err := f.object("attributes.", raw)
	if err != nil {
		f.refuse("attributes", "Detaliile sunt un obiect: cheia fiecăruia și valoarea lui.")
		return
	}
	for key, raw := range members {
		value, ok := attributeInput(raw)
		if !ok {
			f.refuse("attributes."+key, "Valoarea este un text, un număr, true, false sau null.")
			continue
		}
		in.Attributes[key] = value
	}
}

// attributeInput is the value as one would type it into the form.
func attributeInput(raw json.RawMessage) (string, bool) {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return "", false // a number beyond all bounds
	}
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return map[bool]string{true: models.AttributeBool, false: "nu"}[v], true
	case float64:
		return typedNumber(v), true
	}
	return "", false
}

// minorText is a whole number of bani as one would type it in lei, „12,50” for 1250, or "" when it is no whole number.
func minorText(number string) string {
	digits, negative := strings.CutPrefix(number, "-")
	if _, err := strconv.ParseUint(digits, 10, 64); err != nil && !errors.Is(err, strconv.ErrRange) {
		return ""
	}
	digits = strings.Repeat("0", max(0, 3-len(digits))) + digits
	typed := digits[:len(digits)-2] + "," + digits[len(digits)-2:]
	if negative {
		return "-" + typed
	}
	return typed
}
