package models

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/search"
	"piata.ro/internal/text"
)

// market is a made-up population of listings and what a plain loop over it would find.
type market struct {
	store    *Store
	words    map[int64]words // by listing
	owners   []User
	listings []ListingDetail
}

var (
	marketWords      = []string{"bicicletă", "Pegas", "cărucior", "mașină", "telefon", "nouă", "roșie", "iPhone", "canapea", "extensibilă", "șină", "Golf"}
	marketCategories = []string{"biciclete", "autoturisme", "telefoane", "horeca", "mobila", "unelte-si-bricolaj"}
	marketPlaces     = [][2]string{{"CJ", "Cluj-Napoca"}, {"CJ", "Turda"}, {"CJ", "Florești"}, {"B", "București"}, {"B", "Sector 1"}, {"B", "Sector 3"},
		{"IF", "Voluntari"}, {"IS", "Iași"}, {"TM", "Timișoara"}, {"AB", "Alba Iulia"}, {"MS", "Târgu Mureș"}}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// randomInput is a listing as somebody could type it.
func randomInput(r *rand.Rand) ListingInput {
	title := make([]string, 2+r.IntN(3))
	for i := range title {
		title[i] = pick(r, marketWords)
	}
	place := pick(r, marketPlaces)
	in := ListingInput{Category: pick(r, marketCategories), Title: strings.Join(title, " "), County: place[0], Locality: place[1],
		Description: "De vânzare: " + pick(r, marketWords) + " și " + pick(r, marketWords) + ", stare bună.", Currency: pick(r, []string{"RON", "RON", "EUR"}),
		Price: pick(r, []string{"100", "100", "1.500", "250,50", "gratis", fmt.Sprint(r.IntN(2000))}), Attributes: map[string]string{}, Import: true}
	switch in.Category {
	case "biciclete":
		in.Attributes = map[string]string{"tip": pick(r, []string{"Oraș", "MTB", "Copii"}), "stare": pick(r, []string{"Nou", "Bună"}), "marca": pick(r, []string{"Pegas", "DHS 100%", "B'Twin"})}
	case "autoturisme":
		in.Attributes = map[string]string{"marca": pick(r, []string{"Dacia", "BMW"}), "an": fmt.Sprint(2000 + r.IntN(25)), "km": fmt.Sprint(r.IntN(300) * 1000),
			"model": pick(r, []string{"Logan MCV", "Seria 3", "golf_7"}), "prim_proprietar": pick(r, []string{"da", "nu"})}
	case "telefoane":
		in.Attributes = map[string]string{"marca": pick(r, []string{"Apple", "Samsung"}), "stare": pick(r, []string{"Nou", "Ca nou"})}
	case "horeca":
		in.Price = pick(r, []string{"", "", "3000"})
	default:
		in.Condition = pick(r, []string{"", "nou", "folosit"})
	}
	return in
}

// newMarket fills the store with n listings by every way in, and then sells, deletes, edits and renews some.
func newMarket(t *testing.T, s *Store, seed uint64, n int) *market {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	m := &market{store: s, words: map[int64]words{}, owners: []User{mustUser(t, s, "ana"), mustUser(t, s, "dan")}}
	if err := s.UpdateProfile(t.Context(), m.owners[1].ID, Profile{Dealer: true}); err != nil {
		t.Fatal(err)
	}
	end := s.now()
	clock := end.Add(-10 * 24 * time.Hour)
	s.clock = func() time.Time { return clock }
	defer func() { s.clock = func() time.Time { return end } }()
	tick := func() {
		clock = clock.Add(time.Duration(r.IntN(180)) * time.Minute)
		m.skipSortKeys(t, r)
	}
	var ids []int64
	var bulk []BulkListing
	for i := range n {
		draft, owner := mustDraft(t, s, randomInput(r)), pick(r, m.owners)
		if i%4 != 0 {
			bulk = append(bulk, BulkListing{Draft: draft, OwnerID: owner.ID, Photos: make([]Photo, r.IntN(2))})
			continue
		}
		tick()
		l, err := s.CreateListing(t.Context(), Submission{OwnerID: owner.ID, SubmitKey: fmt.Sprint(i), Draft: draft})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, l.ID)
	}
	more, err := s.InsertListings(t.Context(), bulk)
	if err != nil {
		t.Fatal(err)
	}
	ids = append(ids, more...)
	for i, id := range ids {
		tick()
		d := mustDetail(t, s, id)
		var err error
		switch i % 13 {
		case 1:
			_, err = s.MarkSold(t.Context(), d.OwnerID, id)
		case 2, 3:
			_, err = s.Renew(t.Context(), d.OwnerID, id)
		case 4:
			err = s.DeleteListing(t.Context(), d.OwnerID, id)
		case 5, 6:
			_, err = s.UpdateListing(t.Context(), id, d.Version, Submission{OwnerID: d.OwnerID, Draft: mustDraft(t, s, randomInput(r))})
		case 7:
			if _, err = s.MarkSold(t.Context(), d.OwnerID, id); err == nil {
				_, err = s.Renew(t.Context(), d.OwnerID, id)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		d = mustDetail(t, s, id)
		m.listings = append(m.listings, d)
		m.words[id] = s.wordsOf(&d.Listing, d.Attributes)
	}
	return m
}

// skipSortKeys goes on as if many others had published, so that the listings lie in several of the ranges that Postgres is asked for.
func (m *market) skipSortKeys(t *testing.T, r *rand.Rand) {
	t.Helper()
	if _, err := m.store.write.NewRaw("UPDATE listing_sort_keys SET last = last + ?", r.IntN(1<<14)).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// expected returns the ids that the filter should give, in order, worked out without a database.
func (m *market) expected(f ListingFilter) []int64 {
	var hits []ListingDetail
	for _, d := range m.listings {
		if m.matches(f, d) {
			hits = append(hits, d)
		}
	}
	slices.SortFunc(hits, func(a, b ListingDetail) int { return m.compare(f, a, b) })
	ids := make([]int64, len(hits))
	for i, d := range hits {
		ids[i] = d.ID
	}
	return ids
}

func (m *market) matches(f ListingFilter, d ListingDetail) bool {
	switch {
	case d.Status != StatusActive,
		f.Category != nil && d.CategoryID != f.Category.ID && d.TopCategoryID != f.Category.ID,
		f.County != nil && f.Locality == nil && d.CountyCode != f.County.Code,
		f.Locality != nil && !m.near(f, d),
		f.PriceMin != nil && (d.PriceRON == nil || *d.PriceRON < *f.PriceMin),
		f.PriceMax != nil && (d.PriceRON == nil || *d.PriceRON > *f.PriceMax),
		f.Condition != "" && d.Condition != f.Condition,
		f.OwnerID != 0 && d.OwnerID != f.OwnerID,
		f.ExceptID == d.ID,
		!m.hasWords(f.Query, d, false),
		f.WithPhotos && d.PhotoCount == 0,
		f.Seller != "" && d.Owner.Dealer != (f.Seller == SellerDealer),
		f.MaxAge > 0 && d.PublishedAt.Before(m.store.now().Add(-f.MaxAge)):
		return false
	}
	for _, a := range f.Attributes {
		if !slices.ContainsFunc(d.Attributes, func(v AttributeValue) bool { return v.Key == a.Key && satisfies(a, v) }) {
			return false
		}
	}
	return true
}

func satisfies(a AttributeFilter, v AttributeValue) bool {
	inOptions := func(o string) bool { return text.Fold(o) == text.Fold(v.TextValue) }
	return (len(a.AnyOf) == 0 || slices.ContainsFunc(a.AnyOf, inOptions)) &&
		hasBeginnings(text.Fold(v.TextValue), text.Fold(a.Contains)) &&
		(a.Min == nil || v.NumberValue != nil && *v.NumberValue >= *a.Min) && (a.Max == nil || v.NumberValue != nil && *v.NumberValue <= *a.Max)
}

// hasBeginnings: every word asked for begins a word of the text.
func hasBeginnings(value, asked string) bool {
	for _, word := range plainWords(asked) {
		if !slices.ContainsFunc(plainWords(value), func(w string) bool { return strings.HasPrefix(w, word) }) {
			return false
		}
	}
	return true
}

// near: in the place, or in a sector when the place is Bucharest, or within the radius; anywhere when the order is the distance.
func (m *market) near(f ListingFilter, d ListingDetail) bool {
	if f.Sort == SortNearest && f.RadiusKm == 0 {
		return true
	}
	place := m.store.Catalog().LocalityByCode(d.LocalitySiruta)
	return place == f.Locality || f.Locality.Name == "București" && d.CountyCode == "B" || f.RadiusKm > 0 && f.Locality.Distance(place) <= float64(f.RadiusKm)
}

func (m *market) hasWords(q search.Query, d ListingDetail, titleOnly bool) bool {
	w := m.words[d.ID]
	tokens := w.title
	if !titleOnly {
		tokens = slices.Concat(w.title, w.body)
	}
	hasPhrase := func(phrase []string) bool { return follows(w.title, phrase) || follows(w.body, phrase) }
	if !titleOnly && (slices.ContainsFunc(q.Excluded, hasPhrase) || slices.ContainsFunc(q.Phrases, func(p []string) bool { return !hasPhrase(p) })) {
		return false
	}
	for _, term := range q.Terms {
		if !slices.ContainsFunc(tokens, func(token string) bool {
			return token == term.Stem || term.Prefix != "" && strings.HasPrefix(token, term.Prefix)
		}) {
			return false
		}
	}
	return true
}

// follows: the tokens have the phrase in one piece.
func follows(tokens, phrase []string) bool {
	for i := range tokens {
		if len(tokens)-i >= len(phrase) && slices.Equal(tokens[i:i+len(phrase)], phrase) {
			return true
		}
	}
	return false
}

// points is the formula of Rank, written down a second time.
func (m *market) points(f ListingFilter, d ListingDetail) int {
	title, n := m.words[d.ID].title, len(f.Query.Terms)
	hits, first, together := 0, 0, n > 1
	var stems []string
	for _, term := range f.Query.Terms {
		stems = append(stems, term.Stem)
		for i, token := range title {
			if token == term.Stem || term.Prefix != "" && strings.HasPrefix(token, term.Prefix) {
				hits++
				if first == 0 || i+1 < first {
					first = i + 1
				}
				break
			}
		}
	}
	together = together && (follows(title, stems) || follows(m.words[d.ID].body, stems))
	total := 400 * hits / n
	if hits == n {
		best := 1000
		for from := range title {
			for to := from + 1; to <= len(title); to++ {
				piece := ListingDetail{Listing: Listing{ID: -1}}
				m.words[-1] = words{title: title[from:to]}
				if m.hasWords(search.Query{Terms: f.Query.Terms}, piece, true) {
					best = min(best, to-from)
				}
			}
		}
		total += 150 * min(n, best) / best
	} else if together {
		total += 75
	}
	if first > 0 {
		total += 100 / first
	}
	total += int(250 * 168 / (168 + m.store.now().Unix()/3600 - d.PublishedAt.Unix()/3600))
	if f.Locality != nil {
		total += 2000 / (20 + int(m.km(f, d)))
	}
	return total
}

// older: behind the newest that are compared by points.
func (m *market) older(f ListingFilter, d ListingDetail) bool {
	inTitle, newerTitles, newer := m.hasWords(f.Query, d, true), 0, 0
	for _, other := range m.listings {
		if !m.matches(f, other) || other.SortKey <= d.SortKey {
			continue
		}
		newer++
		if m.hasWords(f.Query, other, true) {
			newerTitles++
		}
	}
	return newer >= m.store.ranked && (!inTitle || newerTitles >= m.store.ranked)
}

func (m *market) compare(f ListingFilter, a, b ListingDetail) int {
	newest := cmp.Compare(b.SortKey, a.SortKey)
	switch {
	case f.Sort == SortRelevance && !f.Query.Empty():
		oldA, oldB := m.older(f, a), m.older(f, b)
		if oldA && oldB {
			return cmp.Or(after(!m.hasWords(f.Query, a, true), !m.hasWords(f.Query, b, true)), newest)
		}
		return cmp.Or(after(oldA, oldB), cmp.Compare(m.points(f, b), m.points(f, a)), newest)
	case f.Sort == SortCheapest || f.Sort == SortDearest:
		if a.PriceRON == nil && b.PriceRON == nil && (f.hasWords() || len(f.Attributes) > 0) {
			return newest
		}
		if a.PriceRON == nil || b.PriceRON == nil {
			return cmp.Or(after(a.PriceRON == nil, b.PriceRON == nil), cmp.Compare(b.ID, a.ID))
		}
		up := cmp.Or(cmp.Compare(*a.PriceRON, *b.PriceRON), cmp.Compare(a.ID, b.ID))
		if f.Sort == SortDearest {
			return -up
		}
		return up
	case f.Sort == SortNearest && f.Locality != nil:
		return cmp.Or(cmp.Compare(m.km(f, a), m.km(f, b)), cmp.Compare(a.LocalitySiruta, b.LocalitySiruta), newest)
	}
	return newest
}

func (m *market) km(f ListingFilter, d ListingDetail) float64 {
	return f.Locality.Distance(m.store.Catalog().LocalityByCode(d.LocalitySiruta))
}

// after orders false before true.
func after(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// walk reads all pages and returns the ids in order.
func (m *market) walk(t *testing.T, f ListingFilter, limit int) []int64 {
	t.Helper()
	ids := []int64{}
	for at, pages := (Cursor{}), 0; pages == 0 || !at.IsZero(); pages++ {
		refs, next, err := m.store.Listings(t.Context(), f, DecodeCursor(at.Encode()), limit)
		if err != nil {
			t.Fatalf("page %d: %v", pages, err)
		}
		if len(refs) > limit || pages > len(m.listings) || !next.IsZero() && len(refs) != limit {
			t.Fatalf("page %d has %d listings, next %+v", pages, len(refs), next)
		}
		for _, ref := range refs {
			ids = append(ids, ref.ID)
			m.checkRef(t, ref)
		}
		at = next
	}
	return ids
}

// checkRef compares what a page says of a listing with the listing.
func (m *market) checkRef(t *testing.T, ref ListingRef) {
	t.Helper()
	i := slices.IndexFunc(m.listings, func(d ListingDetail) bool { return d.ID == ref.ID })
	l := m.listings[i].Listing
	price := int64(0)
	if l.PriceRON != nil {
		price = *l.PriceRON
	}
	if ref.Version != l.Version || ref.SortKey != 0 && ref.SortKey != l.SortKey || ref.Price != price {
		t.Errorf("ref %+v of %+v", ref, l)
	}
}
