package handlers

import (
	"net/url"
	"slices"
	"strings"

	"piata.ro/internal/text"
	"piata.ro/models"
)

// maxDetail is how much of a text attribute is looked for, in characters.
const maxDetail = 60

// attributes are what can be filtered: those of the subcategory, or of all subcategories of the search. A key means the same everywhere.
func (ls *listingSearch) attributes() []models.Attribute {
	switch category := ls.filter.Category; {
	case category == nil:
		return ls.catalog.Attributes()
	case category.IsLeaf():
		return category.Attributes
	default:
		return models.AttributesOf(category.Subs)
	}
}

// parseAttributes reads atribut_<key>, repeated for several options, and atribut_<key>_min and _max.
func (ls *listingSearch) parseAttributes(q url.Values) {
	known := map[string]bool{}
	for _, a := range ls.attributes() {
		name := models.AttributePrefix + a.Key
		known[name], known[name+"_min"], known[name+"_max"] = true, true, true
		if f := ls.attributeFilter(a, name, q); f != nil {
			ls.filter.Attributes = append(ls.filter.Attributes, *f)
		}
	}
	for name := range q {
		if strings.HasPrefix(name, models.AttributePrefix) && !known[name] && q.Get(name) != "" {
			ls.note("Căutarea aceasta nu are toate detaliile din adresă.")
		}
	}
}

func (ls *listingSearch) attributeFilter(a models.Attribute, name string, q url.Values) *models.AttributeFilter {
	f := models.AttributeFilter{Key: a.Key}
	switch a.Kind {
	case models.KindNumber:
		f.Min = ls.numberBound(a, name+"_min", q)
		f.Max = ls.numberBound(a, name+"_max", q)
		if exact := ls.numberBound(a, name, q); exact != nil {
			f.Min, f.Max = exact, exact
		}
		if f.Min == nil && f.Max == nil {
			return nil
		}
		if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
			ls.note("La „" + a.Label + "” începutul e peste sfârșit, așa că niciun anunț nu se potrivește.")
		}
	case models.KindText:
		value := text.Truncate(text.Line(q.Get(name)), maxDetail)
		if f.Contains = text.Fold(value); strings.Trim(f.Contains, " ") == "" {
			return nil
		}
		if !hasLetters(f.Contains) {
			ls.note("Nu am înțeles „" + text.Truncate(value, 30) + "” la „" + a.Label + "”.")
			return nil
		}
		ls.keep(name, value)
	default:
		ls.optionFilter(&f, a, name, q[name])
		if len(f.AnyOf) == 0 {
			return nil
		}
	}
	return &f
}

func (ls *listingSearch) numberBound(a models.Attribute, name string, q url.Values) *float64 {
	raw := text.Line(q.Get(name))
	if raw == "" {
		return nil
	}
	n, ok := models.ParseNumber(strings.TrimSuffix(raw, a.Unit))
	if !ok {
		ls.note("Nu am înțeles „" + text.Truncate(raw, 30) + "” la „" + a.Label + "”.")
		return nil
	}
	ls.keep(name, raw)
	return &n
}

func (ls *listingSearch) optionFilter(f *models.AttributeFilter, a models.Attribute, name string, raw []string) {
	for _, r := range raw[:min(len(raw), maxFilterOptions)] {
		value := text.Line(r)
		if value == "" {
			continue
		}
		if v, problem := a.Parse(value); problem != "" {
			ls.note("La „" + a.Label + "” nu avem „" + text.Truncate(value, 30) + "”.")
		} else if v != nil && !slices.Contains(f.AnyOf, v.TextValue) {
			f.AnyOf = append(f.AnyOf, v.TextValue)
			ls.values.Add(name, v.TextValue)
		}
	}
}

func hasLetters(folded string) bool {
	return strings.ContainsFunc(folded, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' })
}
