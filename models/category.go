package models

import (
	"slices"
	"strings"

	"piata.ro/internal/text"
)

// Category is a node of the tree: a top category or one of its subcategories, which are what listings are posted in.
type Category struct {
	ID         int64
	Slug       string // "autoturisme"
	Name       string // "Autoturisme"
	Icon       string // Lucide name, "car-front"
	Position   int
	Parent     *Category   // nil for a top category
	Subs       []*Category // of a top category, in order
	Attributes []Attribute // in order; none for a top category
}

// AttributeKind says what values an attribute has.
type AttributeKind string

// The kinds of attributes.
const (
	KindText   AttributeKind = "text"
	KindNumber AttributeKind = "number"
	KindSelect AttributeKind = "select"
	KindBool   AttributeKind = "bool"
)

// Attribute is a detail that a category asks for.
type Attribute struct {
	Key      string // "marca"
	Label    string // "Marcă"
	Kind     AttributeKind
	Unit     string   // "km", "" for none
	Options  []string // of a select
	Required bool
	Filter   bool // offered as a filter
}

// AttributeBool is the stored value of a bool that is true.
const AttributeBool = "da"

// conditionKey is the attribute that replaces the general condition in some categories.
const conditionKey = "stare"

// Top returns the top category that c belongs to.
func (c *Category) Top() *Category {
	if c.Parent != nil {
		return c.Parent
	}
	return c
}

// IsLeaf reports whether listings can be posted in c.
func (c *Category) IsLeaf() bool { return c.Parent != nil }

// Attribute returns the attribute with the key.
func (c *Category) Attribute(key string) (Attribute, bool) {
	i := slices.IndexFunc(c.Attributes, func(a Attribute) bool { return a.Key == key })
	if i < 0 {
		return Attribute{}, false
	}
	return c.Attributes[i], true
}

// OwnCondition reports whether the category asks for its own attribute „Stare” instead of the general condition.
func (c *Category) OwnCondition() bool {
	_, ok := c.Attribute(conditionKey)
	return ok
}

// PriceOptional reports whether a listing may leave its price to be discussed, as jobs and services do.
func (c *Category) PriceOptional() bool {
	switch c.Top().Slug {
	case "locuri-de-munca", "servicii", "comunitate":
		return true
	}
	return false
}

// Option returns the option that equals s in everything but case and diacritics.
func (a Attribute) Option(s string) (string, bool) {
	if i := slices.Index(a.Options, s); i >= 0 {
		return a.Options[i], true
	}
	folded := text.Fold(strings.TrimSpace(s))
	i := slices.IndexFunc(a.Options, func(o string) bool { return text.Fold(o) == folded })
	if i < 0 {
		return "", false
	}
	return a.Options[i], true
}

// Secret reports whether the value is for checks only and must not be shown whole in public.
func (a Attribute) Secret() bool { return a.Key == "vin" || a.Key == "serie_cadru" }

// Year reports whether the value is a calendar year, which is written without a dot for thousands.
func (a Attribute) Year() bool { return a.Key == "an" || strings.HasPrefix(a.Key, "an_") }

// AttributesOf joins the attributes of several categories, each key once with the options of all.
func AttributesOf(categories []*Category) []Attribute {
	var out []Attribute
	at := map[string]int{}
	for _, c := range categories {
		for _, a := range c.Attributes {
			i, known := at[a.Key]
			if !known {
				at[a.Key] = len(out)
				a.Options = slices.Clone(a.Options)
				out = append(out, a)
				continue
			}
			for _, option := range a.Options {
				if out[i].Kind == a.Kind && !slices.Contains(out[i].Options, option) {
					out[i].Options = append(out[i].Options, option)
				}
			}
		}
	}
	return out
}

// Attributes are those of all categories, joined; callers must not change them.
func (c *Catalog) Attributes() []Attribute { return c.attributes() }

func (c *Catalog) allAttributes() []Attribute {
	var leaves []*Category
	for _, top := range c.Top {
		leaves = append(leaves, top.Subs...)
	}
	return AttributesOf(leaves)
}
