package handlers

import (
	"context"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"
	"time"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// cardKey names a rendered card: the version changes with everything that the card shows.
type cardKey struct {
	id, version int64
	saved       bool
}

// cardGeneration bounds the cache: two generations of about a kilobyte each card.
const cardGeneration = 4096

// cardCache keeps rendered cards. When the young generation is full the old one is dropped.
type cardCache struct {
	mu         sync.Mutex
	young, old map[cardKey]template.HTML
}

func newCardCache() *cardCache {
	return &cardCache{young: map[cardKey]template.HTML{}}
}

func (cc *cardCache) get(k cardKey) (template.HTML, bool) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	if h, ok := cc.young[k]; ok {
		return h, true
	}
	h, ok := cc.old[k]
	if ok {
		cc.add(k, h)
	}
	return h, ok
}

func (cc *cardCache) put(k cardKey, h template.HTML) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	cc.add(k, h)
}

func (cc *cardCache) add(k cardKey, h template.HTML) {
	if len(cc.young) >= cardGeneration {
		cc.old, cc.young = cc.young, make(map[cardKey]template.HTML, cardGeneration)
	}
	cc.young[k] = h
}

// renderCards returns the cards of the listings, joined, in order. Only listings whose card is not cached are read from the database.
func (s *Server) renderCards(ctx context.Context, viewerID int64, refs []models.ListingRef) (template.HTML, error) {
	saved, err := s.store.FavoriteIDs(ctx, viewerID, refIDs(refs))
	if err != nil {
		return "", fmt.Errorf("favourites: %w", err)
	}
	cards := make([]template.HTML, len(refs))
	var missing []int64
	place := map[int64]int{}
	for i, r := range refs {
		h, ok := s.cards.get(cardKey{r.ID, r.Version, saved[r.ID]})
		if !ok {
			missing = append(missing, r.ID)
			place[r.ID] = i
		}
		cards[i] = h
	}
	listings, err := s.store.ListingsByID(ctx, missing)
	if err != nil {
		return "", err
	}
	for i := range listings {
		l := &listings[i]
		h, err := s.views.HTML("partials/listing_card", s.card(l, saved[l.ID]))
		if err != nil {
			return "", fmt.Errorf("render card: %w", err)
		}
		s.cards.put(cardKey{l.ID, l.Version, saved[l.ID]}, h)
		cards[place[l.ID]] = h
	}
	var b strings.Builder
	for i, h := range cards {
		why, err := s.whyHTML(refs[i].Why)
		if err != nil {
			return "", fmt.Errorf("render reasons: %w", err)
		}
		b.WriteString(string(withWhy(h, why)))
	}
	return template.HTML(b.String()), nil //nolint:gosec // joined from rendered templates
}

func refIDs(refs []models.ListingRef) []int64 {
	ids := make([]int64, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return ids
}

// card prepares what a card shows.
func (s *Server) card(l *models.Listing, saved bool) CardView {
	v := CardView{
		ID: l.ID, Href: urls.Listing(l.Slug, l.ID), Title: l.Title, Price: priceText(l.Price()),
		Time: text.DateTime(l.PublishedAt), TimeISO: l.PublishedAt.UTC().Format(time.RFC3339),
		Reserved: l.Reserved, Saved: saved, SaveURL: urls.Favorite(l.ID),
	}
	v.OldPrice, v.Drop = priceDrop(l)
	if p := s.store.Catalog().LocalityByCode(l.LocalitySiruta); p != nil {
		v.Place = p.Name
	}
	if c := s.store.Catalog().CategoryByID(l.CategoryID); c != nil {
		v.Icon = c.Icon
	}
	if l.CoverHash != "" {
		v.Photo = photoView(l.CoverHash, l.CoverWidth, l.CoverHeight, l.Title)
	}
	if l.PhotoCount > 1 {
		v.Photos = strconv.Itoa(l.PhotoCount)
	}
	return v
}

// priceText writes a price as people do: „1.250 lei”, „12.500,50 €”, „Gratis”.
func priceText(m *models.Money) string {
	switch {
	case m == nil:
		return "Preț la discuție"
	case m.Minor == 0:
		return "Gratis"
	}
	s := text.Number(m.Minor / 100)
	if cents := m.Minor % 100; cents != 0 {
		s += fmt.Sprintf(",%02d", cents)
	}
	if m.Currency == models.EUR {
		return s + " €"
	}
	if m.Minor == 100 {
		return "1 leu"
	}
	return s + " lei"
}

// priceDrop returns the price before the last drop and by how much it fell, or nothing.
func priceDrop(l *models.Listing) (old, drop string) {
	before, now := l.OldPrice(), l.Price()
	if before == nil || now == nil || before.Minor <= now.Minor {
		return "", ""
	}
	percent := (before.Minor - now.Minor) * 100 / before.Minor
	if percent < 1 {
		return priceText(before), ""
	}
	return priceText(before), "−" + strconv.FormatInt(percent, 10) + " %"
}

// photoView prepares an img element with its three widths.
func photoView(hash string, width, height int, alt string) *PhotoView {
	return &PhotoView{
		Src:    urls.Photo(hash, 800),
		Srcset: srcset(hash, width),
		Large:  urls.Photo(hash, 1600),
		Width:  width, Height: height, Alt: alt,
	}
}

// srcset names each width once; a small picture has fewer.
func srcset(hash string, width int) string {
	var parts []string
	for _, w := range []int{400, 800, 1600} {
		parts = append(parts, urls.Photo(hash, w)+" "+strconv.Itoa(min(w, width))+"w")
		if w >= width {
			break
		}
	}
	return strings.Join(parts, ", ")
}
