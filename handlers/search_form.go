package handlers

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// FilterForm is the form beside the results, a plain GET.
type FilterForm struct {
	Query       string
	Categories  template.HTML // options, in groups
	Counties    template.HTML // options
	Locality    string
	Radii       []Option
	PriceMin    string
	PriceMax    string
	Currencies  []Option
	Conditions  []Option
	Sellers     []Option
	WithPhotos  bool
	PhotosCount string
	Sampled     bool // the counts beside the options are of the newest matches alone
	Ages        []Option
	Read        string // the sentence that the form was read from
	Exact       bool
	Rate        string // "1 € ≈ 5,09 lei"
	Attributes  []FilterField
	ApplyLabel  string // "Arată 212 anunțuri"
	ResetURL    string
}

// FilterField is the part of that form for one attribute of the category.
type FilterField struct {
	Name    string // form name, "atribut_marca"
	Label   string
	Unit    string // "km"
	Kind    string // number, select, bool, text
	Min     string // number
	Max     string
	Value   string // text; bool is "da" when on
	Count   string // of a bool
	Chosen  string // the options chosen, joined; for a list that is folded
	Options []Option
}

func (s *Server) filterForm(ls *listingSearch, total models.Total) FilterForm {
	f := FilterForm{
		Query: ls.filter.Query.String(), Categories: s.categoryOptions(ls.values.Get(paramCategory), true),
		Counties: s.countyOptions(ls.values.Get(paramCounty)), Locality: ls.values.Get(paramLocality),
		Radii: radiusOptions(ls.filter.RadiusKm), PriceMin: ls.values.Get(paramPriceMin), PriceMax: ls.values.Get(paramPriceMax),
		Currencies: currencyOptions(string(ls.currency)), Conditions: conditionOptions(string(ls.filter.Condition)),
		Sellers: sellerOptions(ls.filter.Seller), WithPhotos: ls.filter.WithPhotos, Ages: ageOptions(ls.filter.MaxAge),
		Read: ls.values.Get(paramRead), Exact: ls.values.Has(paramExact), Rate: rateText(ls.catalog.Rate),
		ApplyLabel: "Arată " + totalText(total),
	}
	if len(ls.filters()) > 0 {
		f.ResetURL = urls.Results
	}
	leaf := ls.filter.Category != nil && ls.filter.Category.IsLeaf()
	for _, a := range ls.attributes() {
		// Outside a subcategory only what the search asks for already is shown: all would be a hundred fields.
		if leaf && a.Filter || ls.asks(a) {
			f.Attributes = append(f.Attributes, filterField(a, ls))
		}
	}
	return f
}

func filterField(a models.Attribute, ls *listingSearch) FilterField {
	name := models.AttributePrefix + a.Key
	f := FilterField{Name: name, Label: a.Label, Unit: a.Unit, Kind: string(a.Kind), Value: ls.values.Get(name),
		Min: ls.values.Get(name + "_min"), Max: ls.values.Get(name + "_max")}
	if a.Kind == models.KindSelect {
		for _, o := range a.Options {
			f.Options = append(f.Options, Option{Value: o, Label: o, Selected: slices.Contains(ls.values[name], o)})
		}
		f.Chosen = strings.Join(ls.values[name], ", ")
	}
	return f
}

func radiusOptions(km int) []Option {
	choices := []int{5, 10, 20, 50, 100}
	if km > 0 && !slices.Contains(choices, km) {
		choices = append(choices, km)
		slices.Sort(choices)
	}
	options := make([]Option, len(choices))
	for i, n := range choices {
		options[i] = Option{Value: strconv.Itoa(n), Label: "+ " + text.Number(int64(n)) + " km", Selected: n == km}
	}
	return options
}

func currencyOptions(selected string) []Option {
	return []Option{
		{Value: string(models.RON), Label: "lei", Selected: selected != string(models.EUR)},
		{Value: string(models.EUR), Label: "€", Selected: selected == string(models.EUR)},
	}
}

var conditionLabels = map[models.Condition]string{models.ConditionNew: "Nou", models.ConditionUsed: "Folosit"}

func conditionOptions(selected string) []Option {
	var options []Option
	for _, c := range []models.Condition{models.ConditionNew, models.ConditionUsed} {
		options = append(options, Option{Value: string(c), Label: conditionLabels[c], Selected: selected == string(c)})
	}
	return options
}

var sellerLabels = map[models.SellerKind]string{models.SellerPrivate: "Particular", models.SellerDealer: "Firmă"}

func sellerOptions(selected models.SellerKind) []Option {
	var options []Option
	for _, k := range []models.SellerKind{models.SellerPrivate, models.SellerDealer} {
		options = append(options, Option{Value: string(k), Label: sellerLabels[k], Selected: selected == k})
	}
	return options
}

func ageOptions(selected time.Duration) []Option {
	var options []Option
	for _, a := range ages {
		options = append(options, Option{Value: a.name, Label: a.label, Selected: a.age == selected})
	}
	return options
}

// rateText says at which rate prices are compared.
func rateText(rate models.Rate) string {
	return fmt.Sprintf("1 € ≈ %d,%02d lei, un curs aproximativ", rate/100, rate%100)
}

// asks reports whether the search has a filter for the attribute.
func (ls *listingSearch) asks(a models.Attribute) bool {
	return slices.ContainsFunc(ls.filter.Attributes, func(f models.AttributeFilter) bool { return f.Key == a.Key })
}
