package handlers

import (
	"context"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"piata.ro/internal/chart"
	"piata.ro/internal/text"
	"piata.ro/models"
)

const (
	// comparableMin is how many prices say something about a market.
	comparableMin = 12
	// comparableMax is how many of the newest are looked at.
	comparableMax = 1000
	// tooSpread is how many times dearer the upper quarter may be than the lower one: beyond that, things of a category have too
	// little in common to be compared.
	tooSpread = 8
	// marketLife is how long prices are shown before they are looked up again.
	marketLife = 5 * time.Minute
	// marketGeneration bounds one of the two generations of kept prices, at most 8 KB each.
	marketGeneration = 256
)

// MarketView is what the market asks for the same kind of thing.
type MarketView struct {
	What    string        // "Autoturisme · Dacia Logan"
	Verdict string        // "Mai ieftin decât 72 % dintre ele."
	Count   string        // "din 48 de anunțuri"
	Picture template.HTML // the distribution with this price marked
	Low     string        // price a quarter lies below
	Middle  string        // median
	High    string        // price a quarter lies above
}

// keyAttributes are what makes two things of a category the same kind, the more important first.
var keyAttributes = []string{"marca", "model", "camere", "platforma", "tip", "tip_casa", "tip_teren", "marca_auto", "model_auto", "rasa"}

// marketPrices keeps the prices of kinds of things, rising, in two generations.
type marketPrices struct {
	store   *models.Store
	now     func() time.Time
	flights singleflight.Group

	mu         sync.Mutex
	young, old map[string]keptPrices
}

type keptPrices struct {
	prices []int64 // comparable, in bani, rising
	at     time.Time
}

func newMarketPrices(store *models.Store, now func() time.Time) *marketPrices {
	return &marketPrices{store: store, now: now, young: map[string]keptPrices{}}
}

// of returns the prices of the newest active listings of the kind.
func (m *marketPrices) of(ctx context.Context, category *models.Category, attributes []models.AttributeFilter) ([]int64, error) {
	key := marketKey(category, attributes)
	if prices, ok := m.kept(key); ok {
		return prices, nil
	}
	found, err, _ := m.flights.Do(key, func() (any, error) {
		if prices, ok := m.kept(key); ok {
			return prices, nil
		}
		return m.look(ctx, key, category, attributes)
	})
	prices, _ := found.([]int64)
	return prices, err
}

func marketKey(category *models.Category, attributes []models.AttributeFilter) string {
	parts := []string{category.Slug}
	for _, a := range attributes {
		parts = append(parts, a.Key, text.Fold(a.AnyOf[0]))
	}
	return strings.Join(parts, "\x00")
}

func (m *marketPrices) kept(key string) ([]int64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.young[key]
	if !ok {
		k, ok = m.old[key]
	}
	return k.prices, ok && m.now().Sub(k.at) < marketLife
}

func (m *marketPrices) look(ctx context.Context, key string, category *models.Category, attributes []models.AttributeFilter) ([]int64, error) {
	at, least := m.now(), int64(1) // what is free is given, not sold
	f := models.ListingFilter{Category: category, Attributes: attributes, PriceMin: &least, Sort: models.SortNewest}
	refs, _, err := m.store.Listings(ctx, f, models.Cursor{}, comparableMax)
	if err != nil {
		return nil, err
	}
	prices := make([]int64, len(refs))
	for i, r := range refs {
		prices[i] = r.Price
	}
	slices.Sort(prices)
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.young) >= marketGeneration {
		m.old, m.young = m.young, make(map[string]keptPrices, marketGeneration)
	}
	m.young[key] = keptPrices{prices, at}
	return prices, nil
}

// market compares a listing with others of its kind, the closest kind that has enough of them; nil when there is none.
func (s *Server) market(ctx context.Context, d *models.ListingDetail, category *models.Category) (*MarketView, error) {
	if category == nil || d.PriceRON == nil || *d.PriceRON == 0 || category.PriceOptional() {
		return nil, nil
	}
	filters := kindOf(category, d.Attributes)
	for n := len(filters); n >= 0; n-- {
		prices, err := s.prices.of(ctx, category, filters[:n])
		if err != nil {
			return nil, err
		}
		spread := chart.SpreadOf(prices)
		if len(prices) >= comparableMin && spread.High <= tooSpread*spread.Low {
			return drawMarket(d, category, filters[:n], prices, spread), nil
		}
	}
	return nil, nil
}

// kindOf returns filters for what makes the thing one of its kind. Two are as close as it gets before too few are left.
func kindOf(category *models.Category, values []models.AttributeValue) []models.AttributeFilter {
	var filters []models.AttributeFilter
	for _, key := range keyAttributes {
		if a, ok := category.Attribute(key); !ok || a.Kind != models.KindSelect && a.Kind != models.KindText {
			continue
		}
		i := slices.IndexFunc(values, func(v models.AttributeValue) bool { return v.Key == key && v.TextValue != "" })
		if i < 0 || strings.HasPrefix(values[i].TextValue, "Alt") { // „Altă marcă” is no kind
			break
		}
		if filters = append(filters, models.AttributeFilter{Key: key, AnyOf: []string{values[i].TextValue}}); len(filters) == 2 {
			break
		}
	}
	return filters
}

func drawMarket(d *models.ListingDetail, category *models.Category, kind []models.AttributeFilter, prices []int64, spread chart.Spread) *MarketView {
	m := &MarketView{What: category.Name, Count: text.Count(int64(len(prices)), "anunț", "anunțuri"),
		Low: roundLei(spread.Low), Middle: roundLei(spread.Middle), High: roundLei(spread.High)}
	for i, a := range kind {
		if i == 0 {
			m.What += " · "
		} else {
			m.What += " "
		}
		attribute, _ := category.Attribute(a.Key)
		if attribute.Key == "camere" && a.AnyOf[0] != "Garsonieră" {
			m.What += a.AnyOf[0] + map[bool]string{true: " cameră", false: " camere"}[a.AnyOf[0] == "1"]
		} else {
			m.What += a.AnyOf[0]
		}
	}
	m.Verdict = verdict(*d.PriceRON, prices, spread)
	picture := chart.Distribution{Sorted: prices, Marked: *d.PriceRON, Text: chart.Text{ID: "piata-" + strconv.FormatInt(d.ID, 10), Title: "Cum se împart prețurile",
		Description: "Jumătate dintre ele sunt între " + m.Low + " și " + m.High + ", cu mijlocul la " + m.Middle + ". Anunțul acesta cere " + roundLei(*d.PriceRON) + "."}}
	m.Picture = template.HTML(picture.SVG()) //nolint:gosec // the package escapes every word
	return m
}

// verdict says where the price stands among the others.
func verdict(price int64, prices []int64, spread chart.Spread) string {
	below := chart.Share(prices, price)
	above := 100 - chart.Share(prices, price+1)
	switch {
	case price < spread.Low:
		return "Mai ieftin decât " + percent(above) + " dintre ele."
	case price > spread.High:
		return "Mai scump decât " + percent(below) + " dintre ele."
	}
	return "Un preț obișnuit."
}

func percent(n int) string { return strconv.Itoa(n) + " %" }

// roundLei writes an amount in bani as whole lei; no more is known about a market.
func roundLei(bani int64) string {
	return priceText(&models.Money{Minor: (bani + 50) / 100 * 100, Currency: models.RON})
}
