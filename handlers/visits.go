package handlers

import (
	"context"
	"hash/maphash"
	"net/http"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/models"
)

const (
	// visitorsKept bounds one of the two generations of who has looked at what today; 8 bytes each and their place in the map.
	visitorsKept = 1 << 16
	// visitsKept bounds the listings whose views wait to be written; what comes beyond that before they are is not counted.
	visitsKept = 1 << 15
)

// visits counts who looks at which listing, in memory, until the counts are written. Of a visitor it knows a number that is worth nothing
// outside this process and this day.
type visits struct {
	seed maphash.Seed

	mu         sync.Mutex
	day        string
	young, old map[uint64]struct{} // who has looked at what today
	pending    map[visitKey]int
}

type visitKey struct {
	listingID int64
	day       string
}

func newVisits() *visits {
	return &visits{seed: maphash.MakeSeed(), young: map[uint64]struct{}{}, pending: map[visitKey]int{}}
}

// add counts the visitor's look at the listing, once a day.
func (v *visits) add(listingID int64, day, visitor string) {
	sum := maphash.Comparable(v.seed, struct {
		visitKey
		visitor string
	}{visitKey{listingID, day}, visitor})
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.day != day {
		v.day, v.young, v.old = day, map[uint64]struct{}{}, nil
	}
	if _, seen := v.young[sum]; seen {
		return
	}
	if len(v.young) >= visitorsKept {
		v.old, v.young = v.young, make(map[uint64]struct{}, visitorsKept)
	}
	v.young[sum] = struct{}{}
	if _, seen := v.old[sum]; seen {
		return
	}
	key := visitKey{listingID, day}
	if _, waiting := v.pending[key]; waiting || len(v.pending) < visitsKept {
		v.pending[key]++
	}
}

// take returns what waits to be written and forgets it.
func (v *visits) take() []models.ListingDay {
	v.mu.Lock()
	defer v.mu.Unlock()
	counted := make([]models.ListingDay, 0, len(v.pending))
	for key, n := range v.pending {
		counted = append(counted, models.ListingDay{ListingID: key.listingID, Day: key.day, Views: n})
	}
	clear(v.pending)
	return counted
}

// giveBack keeps counts that could not be written for the next time.
func (v *visits) giveBack(counted []models.ListingDay) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, c := range counted {
		key := visitKey{c.ListingID, c.Day}
		if _, waiting := v.pending[key]; waiting || len(v.pending) < visitsKept {
			v.pending[key] += c.Views
		}
	}
}

// WriteVisits stores the views counted since the last time.
func (s *Server) WriteVisits(ctx context.Context) error {
	counted := s.visits.take()
	if len(counted) == 0 {
		return nil
	}
	err := s.store.AddViews(ctx, counted)
	if err != nil {
		s.visits.giveBack(counted)
	}
	return err
}

// keyOwnListing is set while the owner looks at a listing of theirs.
const keyOwnListing = "own_listing"

// countVisit counts a look at a listing, also at a kept page or one that the browser has already. Owners and machines do not count.
func (s *Server) countVisit(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	status := c.Response().StatusCode()
	own, _ := c.Locals(keyOwnListing).(bool)
	if own || c.Method() != http.MethodGet || status != http.StatusOK && status != http.StatusNotModified || !isPerson(c) {
		return nil
	}
	if id, ok := listingRefID(c.Params("ref")); ok {
		s.visits.add(id, text.ISODay(s.now()), s.visitorOf(c))
	}
	return nil
}

// visitorOf tells visitors apart as well as a day's count needs.
func (s *Server) visitorOf(c *fiber.Ctx) string {
	if v := viewerOf(c); v != nil {
		return v.ClerkID
	}
	return c.IP() + " " + c.Get(fiber.HeaderUserAgent)
}

// machines are words in the names of programs that read pages for nobody in particular.
var machines = []string{"bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit", "whatsapp", "curl/", "wget/", "python", "go-http-client", "java/", "okhttp", "headless", "lighthouse", "monitor", "scan"}

// isPerson reports whether a person seems to look: no program that says what it is, and no page fetched in case somebody clicks.
func isPerson(c *fiber.Ctx) bool {
	agent := strings.ToLower(c.Get(fiber.HeaderUserAgent))
	if agent == "" || strings.Contains(c.Get("Sec-Purpose")+c.Get("Purpose"), "prefetch") {
		return false
	}
	for _, word := range machines {
		if strings.Contains(agent, word) {
			return false
		}
	}
	return true
}
