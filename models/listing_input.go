package models

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"piata.ro/internal/text"
)

// ListingInput is a listing as somebody typed it, whatever the way in: form, API or import.
type ListingInput struct {
	Category    string // slug
	Title       string
	Description string
	Price       string // "1.250,50", "gratis"
	Currency    string // "RON", "EUR", "" for RON
	Negotiable  bool
	County      string // code
	Locality    string // name
	Condition   string
	Attributes  map[string]string // by key
	Import      bool              // required attributes and a long description are not demanded
}

// FieldErrors holds a Romanian sentence for each field that is not right, by the form's field name.
type FieldErrors map[string]string

// Names of the form's fields; attributes are AttributePrefix + key.
const (
	FieldCategory    = "categorie"
	FieldTitle       = "titlu"
	FieldDescription = "descriere"
	FieldPrice       = "pret"
	FieldCurrency    = "moneda"
	FieldCounty      = "judet"
	FieldLocality    = "localitate"
	FieldCondition   = "stare"
	FieldPhotos      = "fotografii"
	AttributePrefix  = "atribut_"
)

// ParseListing turns what was typed into a draft. With errors the draft is incomplete.
func (c *Catalog) ParseListing(in ListingInput) (ListingDraft, FieldErrors) {
	errs := FieldErrors{}
	d := ListingDraft{Title: text.Line(in.Title), Description: text.Paragraphs(in.Description), Negotiable: in.Negotiable}
	d.parseTexts(in, errs)
	d.Category = c.parseCategory(in.Category, errs)
	d.parsePrice(in, errs)
	d.Locality = c.ParsePlace(in.County, in.Locality, errs)
	if d.Category != nil {
		d.parseAttributes(in, errs)
	}
	d.parseCondition(in, errs)
	return d, errs
}

func (d *ListingDraft) parseTexts(in ListingInput, errs FieldErrors) {
	switch n := text.Runes(d.Title); {
	case !utf8.ValidString(in.Title):
		errs[FieldTitle] = "Titlul conține semne pe care nu le putem citi."
	case n == 0:
		errs[FieldTitle] = "Scrie un titlu."
	case n < TitleMin:
		errs[FieldTitle] = fmt.Sprintf("Titlul are %s; scrie cel puțin %d.", text.Count(int64(n), "caracter", "caractere"), TitleMin)
	case n > TitleMax:
		errs[FieldTitle] = fmt.Sprintf("Titlul are %s; păstrează cel mult %d.", text.Count(int64(n), "caracter", "caractere"), TitleMax)
	}
	switch n := text.Runes(d.Description); {
	case !utf8.ValidString(in.Description):
		errs[FieldDescription] = "Descrierea conține semne pe care nu le putem citi."
	case n == 0 && !in.Import:
		errs[FieldDescription] = "Scrie o descriere."
	case n < DescriptionMin && !in.Import:
		errs[FieldDescription] = fmt.Sprintf("Descrierea are %s; scrie cel puțin %d.", text.Count(int64(n), "caracter", "caractere"), DescriptionMin)
	case n > DescriptionMax:
		errs[FieldDescription] = fmt.Sprintf("Descrierea are %s; păstrează cel mult 9.000.", text.Count(int64(n), "caracter", "caractere"))
	}
}

func (c *Catalog) parseCategory(slug string, errs FieldErrors) *Category {
	cat := c.Category(strings.TrimSpace(slug))
	switch {
	case strings.TrimSpace(slug) == "":
		errs[FieldCategory] = "Alege o categorie."
	case cat == nil:
		errs[FieldCategory] = "Nu avem categoria aceasta. Alege una din listă."
	case !cat.IsLeaf():
		errs[FieldCategory] = "Alege o subcategorie din „" + cat.Name + "”."
		return nil
	}
	return cat
}

func (d *ListingDraft) parsePrice(in ListingInput, errs FieldErrors) {
	currency := Currency(strings.ToUpper(strings.TrimSpace(in.Currency)))
	if currency == "" {
		currency = RON
	}
	if !currency.Valid() {
		errs[FieldCurrency] = "Moneda este RON sau EUR."
		return
	}
	if strings.TrimSpace(in.Price) == "" {
		if d.Category != nil && !d.Category.PriceOptional() {
			errs[FieldPrice] = "Scrie prețul, sau „gratis” dacă oferi."
		}
		return
	}
	amount, err := text.ParseAmount(in.Price)
	switch {
	case errors.Is(err, text.ErrAmountTooLarge):
		errs[FieldPrice] = "Prețul este prea mare; cel mult 100 de milioane."
	case errors.Is(err, text.ErrAmountDecimals):
		errs[FieldPrice] = "Prețul are cel mult două zecimale, ca în 1.250,50."
	case err != nil:
		errs[FieldPrice] = "Scrie prețul ca număr, de exemplu 1.250 sau 1250,50, ori „gratis”."
	default:
		if amount.Currency != "" {
			currency = Currency(amount.Currency)
		}
		d.Price = &Money{Minor: amount.Minor, Currency: currency}
	}
}

// ParsePlace finds the locality by its county's code and its name as typed; what is wrong goes into errs and the answer is nil.
func (c *Catalog) ParsePlace(countyCode, name string, errs FieldErrors) *Locality {
	county := c.County(countyCode)
	switch {
	case strings.TrimSpace(countyCode) == "":
		errs[FieldCounty] = "Alege județul."
		return nil
	case county == nil:
		errs[FieldCounty] = "Nu cunoaștem județul acesta. Alege unul din listă."
		return nil
	case strings.TrimSpace(name) == "":
		errs[FieldLocality] = "Scrie localitatea."
		return nil
	}
	l := c.Locality(name, county)
	if l == nil {
		errs[FieldLocality] = "Nu găsim localitatea în județul " + county.Name + ". Verifică numele sau scrie comuna de care ține."
	}
	return l
}

// parseCondition takes the condition from the category's own attribute where it has one: options that begin with „Nou” are new.
func (d *ListingDraft) parseCondition(in ListingInput, errs FieldErrors) {
	if d.Category != nil && d.Category.OwnCondition() {
		for _, v := range d.Attributes {
			if v.Key == conditionKey {
				d.Condition = ConditionUsed
				if strings.HasPrefix(v.MatchValue, "nou") {
					d.Condition = ConditionNew
				}
			}
		}
		return
	}
	d.Condition = Condition(text.Fold(strings.TrimSpace(in.Condition)))
	if !d.Condition.Valid() {
		errs[FieldCondition] = "Starea este „nou” sau „folosit”."
	}
}

func (d *ListingDraft) parseAttributes(in ListingInput, errs FieldErrors) {
	for key, raw := range in.Attributes {
		if _, known := d.Category.Attribute(key); !known && strings.TrimSpace(raw) != "" {
			errs[AttributePrefix+key] = "Categoria „" + d.Category.Name + "” nu are detaliul acesta."
		}
	}
	for _, a := range d.Category.Attributes {
		raw := text.Line(in.Attributes[a.Key])
		if raw == "" {
			if a.Required && !in.Import {
				errs[AttributePrefix+a.Key] = "Completează „" + a.Label + "”."
			}
			continue
		}
		if v, problem := a.Parse(raw); problem != "" {
			errs[AttributePrefix+a.Key] = problem
		} else if v != nil {
			d.Attributes = append(d.Attributes, *v)
		}
	}
}

// Bounds of attribute values.
const (
	attributeTextMax   = 100
	attributeNumberMax = 1e9
	yearMin            = 1850
	yearMax            = 2100
)

// Parse turns a value as typed into a stored one, or says in a sentence what is wrong; a bool that is false gives neither.
func (a Attribute) Parse(raw string) (*AttributeValue, string) {
	switch a.Kind {
	case KindSelect:
		option, ok := a.Option(raw)
		if !ok {
			return nil, "Alege „" + a.Label + "” din listă."
		}
		v := textAttribute(a.Key, option)
		return &v, ""
	case KindNumber:
		return a.parseNumber(raw)
	case KindBool:
		switch text.Fold(raw) {
		case AttributeBool, "on", "true", "1":
			v := textAttribute(a.Key, AttributeBool)
			return &v, ""
		case "nu", "off", "false", "0":
			return nil, ""
		}
		return nil, "Bifează sau lasă gol „" + a.Label + "”."
	default:
		if text.Runes(raw) > attributeTextMax {
			return nil, fmt.Sprintf("„%s” are cel mult %d de caractere.", a.Label, attributeTextMax)
		}
		v := textAttribute(a.Key, raw)
		return &v, ""
	}
}

func (a Attribute) parseNumber(raw string) (*AttributeValue, string) {
	n, ok := ParseNumber(strings.TrimSuffix(strings.ToLower(raw), strings.ToLower(a.Unit)))
	switch {
	case !ok:
		return nil, "Scrie „" + a.Label + "” ca număr."
	case n < 0 || n > attributeNumberMax:
		return nil, "„" + a.Label + "” nu poate fi atât."
	case a.Year() && (n < yearMin || n > yearMax || n != float64(int(n))):
		return nil, "„" + a.Label + "” este un an, de exemplu 2015."
	}
	v := numberAttribute(a.Key, n)
	return &v, ""
}

// ParseNumber reads a number as Romanians type it: „1.500” is fifteen hundred, „1,5” and „1.5” are one and a half.
func ParseNumber(raw string) (float64, bool) {
	s := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, strings.TrimSpace(raw))
	if len(s) > 20 || strings.Trim(s, "-0123456789.,") != "" {
		return 0, false
	}
	if whole, decimals, found := strings.Cut(s, ","); found {
		s = strings.ReplaceAll(whole, ".", "") + "." + decimals
	} else if dotsAreThousands(s) {
		s = strings.ReplaceAll(s, ".", "")
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// dotsAreThousands reports whether every dot stands before exactly three digits.
func dotsAreThousands(s string) bool {
	groups := strings.Split(s, ".")
	if len(groups) < 2 || len(groups[0]) == 0 || len(groups[0]) > 3 || groups[0] == "0" {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}
