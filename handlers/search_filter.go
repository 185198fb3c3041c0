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

// Names of the query's parameters.
const (
	paramQuery     = "q"
	paramCategory  = "categorie"
	paramCounty    = "judet"
	paramLocality  = "localitate"
	paramRadius    = "raza"
	paramPriceMin  = "pret_min"
	paramPriceMax  = "pret_max"
	paramCurrency  = "moneda"
	paramCondition = "stare"
	paramSort      = "sort"
	paramCursor    = "dupa"
	paramView      = "aspect"
)

// viewList shows the results as rows instead of a grid.
const viewList = "lista"

const (
	maxRadiusKm      = 500
	maxFilterOptions = 20
)

// listingSearch is a results page's address, understood.
type listingSearch struct {
	filter   models.ListingFilter
	currency models.Currency
	values   url.Values // the parameters that were understood, as typed; without the cursor
	notices  []string   // sentences about those that were not
	after    models.Cursor
}

func (ls *listingSearch) note(sentence string) {
	if !slices.Contains(ls.notices, sentence) {
		ls.notices = append(ls.notices, sentence)
	}
}

// parseSearch reads the parameters of a results page. What it does not understand is left out of the filter and said in a notice.
func parseSearch(catalog *models.Catalog, q url.Values) *listingSearch {
	ls := &listingSearch{values: url.Values{}, after: models.DecodeCursor(q.Get(paramCursor))}
	get := func(name string) string { return text.Line(q.Get(name)) }

	ls.filter.Query = search.ParseQuery(q.Get(paramQuery))
	ls.keep(paramQuery, ls.filter.Query.String())
	if slug := get(paramCategory); slug != "" {
		if ls.filter.Category = catalog.Category(slug); ls.filter.Category != nil {
			ls.keep(paramCategory, slug)
		} else {
			ls.note("Nu avem categoria „" + text.Truncate(slug, 40) + "”, așa că am căutat în toate.")
		}
	}
	ls.parsePlace(catalog, get)
	ls.parsePrice(get)
	ls.parseCondition(get(paramCondition))
	ls.parseAttributes(q)
	ls.parseSort(get(paramSort))
	if get(paramView) == viewList {
		ls.keep(paramView, viewList)
	}
	return ls
}

// keep remembers a parameter that was understood.
func (ls *listingSearch) keep(name, value string) {
	if value != "" {
		ls.values.Set(name, value)
	}
}

func (ls *listingSearch) parsePlace(catalog *models.Catalog, get func(string) string) {
	if code := get(paramCounty); code != "" {
		if ls.filter.County = catalog.County(code); ls.filter.County != nil {
			ls.keep(paramCounty, ls.filter.County.Code)
		} else {
			ls.note("Nu cunoaștem județul „" + text.Truncate(code, 40) + "”, așa că am căutat în toată țara.")
		}
	}
	if name := get(paramLocality); name != "" {
		ls.filter.Locality = catalog.Locality(name, ls.filter.County)
		if ls.filter.Locality == nil && ls.filter.County != nil {
			ls.note("Nu găsim „" + text.Truncate(name, 40) + "” în județul " + ls.filter.County.Name + ".")
			return
		}
		if ls.filter.Locality == nil {
			ls.note("Nu găsim localitatea „" + text.Truncate(name, 40) + "”.")
			return
		}
		ls.filter.County = ls.filter.Locality.County
		ls.keep(paramCounty, ls.filter.County.Code)
		ls.keep(paramLocality, ls.filter.Locality.Name)
	}
	radius := get(paramRadius)
	if radius == "" || ls.filter.Locality == nil {
		return
	}
	if km, err := strconv.Atoi(radius); err == nil && km >= 0 && km <= maxRadiusKm {
		ls.filter.RadiusKm = km
		ls.keep(paramRadius, radius)
	} else {
		ls.note("Raza este un număr de kilometri, cel mult " + strconv.Itoa(maxRadiusKm) + ".")
	}
}

func (ls *listingSearch) parsePrice(get func(string) string) {
	ls.currency = models.Currency(strings.ToUpper(get(paramCurrency)))
	if !ls.currency.Valid() {
		ls.currency = models.RON
	}
	ls.filter.PriceMin = ls.priceBound(paramPriceMin, get)
	ls.filter.PriceMax = ls.priceBound(paramPriceMax, get)
}

// priceBound reads one end of the price range and returns it in bani; nil when there is none.
func (ls *listingSearch) priceBound(name string, get func(string) string) *int64 {
	raw := get(name)
	if raw == "" {
		return nil
	}
	amount, err := text.ParseAmount(raw)
	if err != nil {
		ls.note("Nu am înțeles prețul „" + text.Truncate(raw, 30) + "”.")
		return nil
	}
	money := models.Money{Minor: amount.Minor, Currency: ls.currency}
	if amount.Currency != "" {
		money.Currency = models.Currency(amount.Currency)
	}
	ls.keep(name, raw)
	ls.keep(paramCurrency, string(ls.currency))
	bani := money.InBani()
	return &bani
}

func (ls *listingSearch) parseCondition(raw string) {
	if raw == "" {
		return
	}
	if condition := models.Condition(text.Fold(raw)); condition.Valid() {
		ls.filter.Condition = condition
		ls.keep(paramCondition, string(condition))
	} else {
		ls.note("Starea este „nou” sau „folosit”.")
	}
}

func (ls *listingSearch) parseSort(raw string) {
	switch order := models.Sort(raw); order {
	case models.SortRelevance, models.SortNewest, models.SortCheapest, models.SortDearest, models.SortNearest:
		ls.filter.Sort = order
		ls.keep(paramSort, raw)
	default:
		ls.filter.Sort = models.SortNewest
		if !ls.filter.Query.Empty() {
			ls.filter.Sort = models.SortRelevance
		}
	}
}

// parseAttributes reads atribut_<key>, repeated for several options, and atribut_<key>_min and _max.
func (ls *listingSearch) parseAttributes(q url.Values) {
	if ls.filter.Category == nil || !ls.filter.Category.IsLeaf() {
		if hasAttributes(q) {
			ls.note("Detaliile se pot filtra după ce alegi o subcategorie.")
		}
		return
	}
	known := map[string]bool{}
	for _, a := range ls.filter.Category.Attributes {
		name := models.AttributePrefix + a.Key
		known[name], known[name+"_min"], known[name+"_max"] = true, true, true
		if f := ls.attributeFilter(a, name, q); f != nil {
			ls.filter.Attributes = append(ls.filter.Attributes, *f)
		}
	}
	for name := range q {
		if strings.HasPrefix(name, models.AttributePrefix) && !known[name] && q.Get(name) != "" {
			ls.note("Categoria „" + ls.filter.Category.Name + "” nu are toate detaliile din adresă.")
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
	case models.KindText:
		value := text.Line(q.Get(name))
		if value == "" {
			return nil
		}
		f.Contains = text.Fold(text.Truncate(value, 60))
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

// without returns the search's parameters less the named ones.
func (ls *listingSearch) without(names ...string) url.Values {
	out := url.Values{}
	for name, v := range ls.values {
		if !slices.Contains(names, name) {
			out[name] = v
		}
	}
	return out
}

// filters lists the parameters that narrow the search: not the order and the look.
func (ls *listingSearch) filters() url.Values { return ls.without(paramSort, paramView) }

func hasAttributes(q url.Values) bool {
	for name := range q {
		if strings.HasPrefix(name, models.AttributePrefix) && q.Get(name) != "" {
			return true
		}
	}
	return false
}
