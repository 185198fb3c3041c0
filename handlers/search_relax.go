package handlers

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"piata.ro/internal/search"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// relaxTime is how long a search that finds nothing is tried in other ways (Server.relaxTime).
const relaxTime = 500 * time.Millisecond

// Relaxed says what of a search was let go because all of it together found nothing.
type Relaxed struct {
	Said      []string // "în toată țara, nu doar în Cluj"
	StrictURL string   // the search as it was asked for, and nothing else
}

// step lets one thing of a search go. It changes the parameters and says what it did; "" when there was nothing to do.
type step func(q url.Values) string

// relax tries the search with less and less asked for, until something is found: first each thing by itself, then one after the other.
// It returns nil when nothing helps.
func (s *Server) relax(ctx context.Context, ls *listingSearch) (*listingSearch, *Relaxed, error) {
	ctx, cancel := context.WithTimeout(ctx, s.relaxTime)
	defer cancel()
	found, said, err := s.tryRelaxed(ctx, ls, s.relaxSteps(ls))
	if errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
		return nil, nil, nil //nolint:nilerr // then the page says that there is nothing
	}
	if err != nil || found == nil {
		return nil, nil, err
	}
	strict := ls.without()
	strict.Set(paramExact, models.AttributeBool)
	return found, &Relaxed{Said: said, StrictURL: urls.WithQuery(urls.Results, strict)}, nil
}

func (s *Server) tryRelaxed(ctx context.Context, ls *listingSearch, steps []step) (*listingSearch, []string, error) {
	for _, do := range steps {
		if found, said, err := s.trySteps(ctx, ls, []step{do}); found != nil || err != nil {
			return found, said, err
		}
	}
	var taken []step
	for _, do := range steps {
		taken = append(taken, do)
		found, said, err := s.trySteps(ctx, ls, taken)
		if err != nil {
			return nil, nil, err
		}
		if found != nil {
			return s.takeBack(ctx, ls, taken, found, said)
		}
	}
	return nil, nil, nil
}

// takeBack asks again for what did not have to be let go, beginning with what matters most.
func (s *Server) takeBack(ctx context.Context, ls *listingSearch, taken []step, found *listingSearch, said []string) (*listingSearch, []string, error) {
	for i := len(taken) - 1; i >= 0; i-- {
		fewer := slices.Concat(taken[:i], taken[i+1:])
		better, sayBetter, err := s.trySteps(ctx, ls, fewer)
		if err != nil {
			return nil, nil, err
		}
		if better != nil {
			taken, found, said = fewer, better, sayBetter
		}
	}
	return found, said, nil
}

// trySteps returns the search after the steps when that finds something, and what they did.
func (s *Server) trySteps(ctx context.Context, ls *listingSearch, steps []step) (*listingSearch, []string, error) {
	q := cloneValues(ls.values)
	var said []string
	for _, do := range steps {
		if what := do(q); what != "" {
			said = append(said, what)
		}
	}
	if len(said) == 0 {
		return nil, nil, nil
	}
	q.Set(paramExact, models.AttributeBool)
	next := parseSearch(ls.catalog, q)
	if len(next.filters()) == 0 {
		return nil, nil, nil // everything there is helps nobody
	}
	any, err := s.store.HasListings(ctx, next.filter)
	if err != nil || !any {
		return nil, nil, err
	}
	return next, said, nil
}

func cloneValues(q url.Values) url.Values {
	out := make(url.Values, len(q))
	for name, values := range q {
		out[name] = slices.Clone(values)
	}
	return out
}

// relaxSteps are what can be let go, the cheapest for the person first. What must not be there goes last.
func (s *Server) relaxSteps(ls *listingSearch) []step {
	steps := []step{s.correctTypos, readLiterally, dropQuotes, widenToCounty(ls), widenToCountry(ls), dropPrice}
	words, _ := splitExclusions(ls.values.Get(paramQuery))
	for i := range slices.Backward(strings.Fields(words)) {
		steps = append(steps, dropWord(i))
	}
	return append(steps, dropDetails(ls), dropCategory(ls), dropExclusions)
}

// correctTypos writes the words as other listings do.
func (s *Server) correctTypos(q url.Values) string {
	words, excluded := splitExclusions(q.Get(paramQuery))
	better, changed := s.store.Vocabulary().Correct(words)
	if !changed {
		return ""
	}
	q.Set(paramQuery, strings.Join(append([]string{better}, excluded...), " "))
	return "am căutat " + quoted(better) + ": poate asta ai vrut să scrii"
}

// readLiterally takes a sentence for words again.
func readLiterally(q url.Values) string {
	sentence := q.Get(paramRead)
	if sentence == "" {
		return ""
	}
	for name := range q {
		if name != paramSort && name != paramView {
			q.Del(name)
		}
	}
	q.Set(paramQuery, sentence)
	return "am căutat cuvintele așa cum le-ai scris, nu ca filtre"
}

func dropQuotes(q url.Values) string {
	words, excluded := splitExclusions(q.Get(paramQuery))
	if len(search.ParseQuery(words).Phrases) == 0 {
		return ""
	}
	q.Set(paramQuery, strings.Join(append(strings.Fields(noQuotes.Replace(words)), excluded...), " "))
	return "cuvintele din ghilimele pot sta și despărțite"
}

func widenToCounty(ls *listingSearch) step {
	return func(q url.Values) string {
		if ls.filter.Locality == nil || !q.Has(paramLocality) || ls.filter.Locality.County.Code == "B" {
			return ""
		}
		q.Del(paramLocality)
		q.Del(paramRadius)
		return "în tot județul " + ls.filter.Locality.County.Name + ", nu doar în " + ls.filter.Locality.Name
	}
}

func widenToCountry(ls *listingSearch) step {
	return func(q url.Values) string {
		if ls.filter.County == nil || !q.Has(paramCounty) {
			return ""
		}
		place := ls.filter.County.Name
		if ls.filter.Locality != nil {
			place = ls.filter.Locality.Name
		}
		for _, name := range []string{paramCounty, paramLocality, paramRadius} {
			q.Del(name)
		}
		return "în toată țara, nu doar în " + place
	}
}

func dropPrice(q url.Values) string {
	if !q.Has(paramPriceMin) && !q.Has(paramPriceMax) {
		return ""
	}
	q.Del(paramPriceMin)
	q.Del(paramPriceMax)
	return "la orice preț"
}

// dropWord leaves out one of several words. They are tried from the end: what a thing is stands first, how it is comes after.
func dropWord(at int) step {
	return func(q url.Values) string {
		words, excluded := splitExclusions(q.Get(paramQuery))
		fields := strings.Fields(words)
		if at >= len(fields) || len(search.ParseQuery(words).Phrases) > 0 {
			return ""
		}
		left := strings.Join(slices.Concat(fields[:at], fields[at+1:]), " ")
		if before, after := search.ParseQuery(words), search.ParseQuery(left); len(after.Terms) == 0 || len(after.Terms) >= len(before.Terms) {
			return ""
		}
		q.Set(paramQuery, strings.TrimSpace(left+" "+strings.Join(excluded, " ")))
		return "fără cuvântul " + quoted(fields[at])
	}
}

func dropDetails(ls *listingSearch) step {
	return func(q url.Values) string {
		dropped := false
		for name := range q {
			switch name {
			case paramCondition, paramSeller, paramPhotos, paramAge:
			default:
				if !strings.HasPrefix(name, models.AttributePrefix) {
					continue
				}
			}
			q.Del(name)
			dropped = true
		}
		if !dropped {
			return ""
		}
		return "fără celelalte filtre (" + strings.Join(detailLabels(ls), ", ") + ")"
	}
}

// detailLabels names the filters on details, as their chips do.
func detailLabels(ls *listingSearch) []string {
	only := *ls
	only.filter = models.ListingFilter{Category: ls.filter.Category, Condition: ls.filter.Condition, Seller: ls.filter.Seller, WithPhotos: ls.filter.WithPhotos, MaxAge: ls.filter.MaxAge}
	var labels []string
	for _, chip := range append(traitChips(&only), attributeChips(&only)...) {
		labels = append(labels, chip.Label)
	}
	return labels
}

func dropCategory(ls *listingSearch) step {
	return func(q url.Values) string {
		if words, _ := splitExclusions(q.Get(paramQuery)); ls.filter.Category == nil || !q.Has(paramCategory) || words == "" {
			return ""
		}
		q.Del(paramCategory)
		return "în toate categoriile, nu doar în " + ls.filter.Category.Name
	}
}

func dropExclusions(q url.Values) string {
	words, excluded := splitExclusions(q.Get(paramQuery))
	if len(excluded) == 0 {
		return ""
	}
	q.Set(paramQuery, words)
	return "și cu ce ai vrut să lași deoparte: " + strings.Join(excluded, " ")
}
