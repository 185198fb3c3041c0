package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

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
	paramSeller    = "vanzator"
	paramPhotos    = "cu_poze"
	paramAge       = "publicat"
	paramRead      = "citit" // the sentence that the other parameters were read from
	paramLive      = "viu"   // somebody is typing: the words are not read as a sentence yet
	paramExact     = "exact" // the words are only words, and nothing is left out when nothing is found
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
	catalog  *models.Catalog
}

func (ls *listingSearch) note(sentence string) {
	if !slices.Contains(ls.notices, sentence) {
		ls.notices = append(ls.notices, sentence)
	}
}

// parseSearch reads the parameters of a results page. What it does not understand is left out of the filter and said in a notice.
func parseSearch(catalog *models.Catalog, q url.Values) *listingSearch {
	ls := &listingSearch{values: url.Values{}, after: models.DecodeCursor(q.Get(paramCursor)), catalog: catalog}
	get := func(name string) string { return text.Line(q.Get(name)) }

	ls.filter.Query = search.ParseQuery(search.ParseQuery(q.Get(paramQuery)).String()) // as the next page will read it
	ls.keep(paramQuery, ls.filter.Query.String())
	ls.keep(paramRead, search.ParseQuery(q.Get(paramRead)).String())
	if get(paramExact) == models.AttributeBool {
		ls.keep(paramExact, models.AttributeBool)
	}
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
	ls.parseSeller(get)
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
	if low, high := ls.filter.PriceMin, ls.filter.PriceMax; low != nil && high != nil && *low > *high {
		ls.note("Prețul cel mai mic cerut este peste cel mai mare, așa că niciun anunț nu se potrivește.")
	}
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
	bani := money.InBani(ls.catalog.Rate)
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

// ages are the choices of how new a listing is, by their name in addresses.
var ages = []struct {
	name, label string
	age         time.Duration
}{{"24h", "Ultimele 24 de ore", 24 * time.Hour}, {"7z", "Ultimele 7 zile", 7 * 24 * time.Hour}, {"30z", "Ultimele 30 de zile", 30 * 24 * time.Hour}}

// parseSeller reads who sells, whether there must be photos, and how new the listing is.
func (ls *listingSearch) parseSeller(get func(string) string) {
	if seller := models.SellerKind(text.Fold(get(paramSeller))); !seller.Valid() {
		ls.note("Vânzătorul este „particular” sau „firma”.")
	} else if seller != "" {
		ls.filter.Seller = seller
		ls.keep(paramSeller, string(seller))
	}
	if get(paramPhotos) == models.AttributeBool {
		ls.filter.WithPhotos = true
		ls.keep(paramPhotos, models.AttributeBool)
	}
	wanted := get(paramAge)
	for _, a := range ages {
		if a.name == wanted {
			ls.filter.MaxAge = a.age
			ls.keep(paramAge, wanted)
		}
	}
	if wanted != "" && ls.filter.MaxAge == 0 {
		ls.note("Vechimea anunțului este „24h”, „7z” sau „30z”.")
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

// filters are the parameters that narrow the search: not the order, the look and how the words are read.
func (ls *listingSearch) filters() url.Values {
	return ls.without(paramSort, paramView, paramCurrency, paramRead, paramExact)
}
