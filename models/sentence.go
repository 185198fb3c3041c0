package models

import "piata.ro/internal/search"

// Reader returns what understands sentences about these categories and places. It is made on first use.
func (c *Catalog) Reader() *search.Reader { return c.reader() }

// newReader hands the reference data to the rules for sentences.
func newReader(c *Catalog) *search.Reader {
	var ref search.Reference
	for _, county := range c.Counties {
		ref.Counties = append(ref.Counties, search.ReferenceCounty{Code: county.Code, Name: county.Name, Seat: county.Seat})
		for _, l := range county.Localities {
			ref.Localities = append(ref.Localities,
				search.ReferenceLocality{Slug: l.Slug, Name: l.Name, County: county.Code, Kind: l.Kind, Population: l.Population})
		}
	}
	for _, top := range c.Top {
		for _, sub := range top.Subs {
			category := search.ReferenceCategory{Slug: sub.Slug, Name: sub.Name, Parent: top.Slug}
			for _, a := range sub.Attributes {
				category.Attributes = append(category.Attributes,
					search.ReferenceAttribute{Key: a.Key, Kind: string(a.Kind), Unit: a.Unit, Options: a.Options})
			}
			ref.Categories = append(ref.Categories, category)
		}
	}
	return search.NewReader(ref)
}
