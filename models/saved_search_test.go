package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/apperr"
	"piata.ro/internal/search"
)

// saver keeps searches and does what the job about a listing does; it remembers what the queries mean.
type saver struct {
	*Store
	filters map[int64]ListingFilter
	names   map[int64]string
}

func newSaver(s *Store) *saver { return &saver{s, map[int64]ListingFilter{}, map[int64]string{}} }

func (s *saver) save(t *testing.T, u User, name string, frequency AlertFrequency, f ListingFilter) SavedSearch {
	t.Helper()
	saved, created, err := s.SaveSearch(t.Context(), SavedSearch{UserID: u.ID, Name: name, Query: "q=" + name, Frequency: frequency}, f)
	if err != nil || !created {
		t.Fatalf("save %s: created %v, %v", name, created, err)
	}
	s.filters[saved.ID], s.names[saved.ID] = f, name
	return saved
}

// match returns the names of the searches that the listing is news for.
func (s *saver) match(t *testing.T, m MatchListing) []string {
	t.Helper()
	b, ok, err := s.LoadSubject(t.Context(), m.ListingID)
	if err != nil || !ok {
		t.Fatalf("listing %d: %v, %v", m.ListingID, ok, err)
	}
	ids, err := s.Matches(t.Context(), &b, m)
	must(t, err)
	var names []string
	for _, id := range ids {
		names = append(names, s.names[id])
	}
	n, err := s.RecordMatches(t.Context(), m.ListingID, ids, true)
	must(t, err)
	if n > len(ids) {
		t.Errorf("%d matches of %d", n, len(ids))
	}
	slices.Sort(names)
	return names
}

// queued returns what the changes so far ask to be matched.
func queued(t *testing.T, s *Store) []MatchListing {
	t.Helper()
	jobs, err := s.ClaimJobs(t.Context(), []string{JobMatchListing}, 1000, testLease)
	must(t, err)
	out := make([]MatchListing, len(jobs))
	for i, j := range jobs {
		must(t, json.Unmarshal(j.Payload, &out[i]))
		must(t, s.FinishJob(t.Context(), j))
	}
	return out
}

// However searches are filed, every listing finds those that it answers.
func TestFiledSearchesAreFound(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		m := newMarket(t, s, 11, 80)
		saver := newSaver(s)
		r := rand.New(rand.NewPCG(11, 0))
		filters := m.filters()
		for i := range 250 {
			filters[fmt.Sprint("random ", i)] = m.randomFilter(r)
		}
		n := 0
		for name, f := range filters {
			if f.Sort, f.ExceptID, f.OwnerID = "", 0, 0; f.Unbounded() {
				continue
			}
			saver.save(t, mustUser(t, s, fmt.Sprint("cititor", n/90)), name, AlertNever, f)
			n++
		}
		answers := 0
		for _, d := range m.listings {
			if d.Status != StatusActive {
				continue
			}
			b := s.Subject(d.Listing, d.Attributes, d.Owner.Dealer)
			b.Listing.PublishedAt = s.now() // after they were saved
			found, err := s.Matches(t.Context(), &b, MatchListing{})
			must(t, err)
			for id, f := range saver.filters {
				if b.answers(f, s.now()) {
					answers++
				}
				if b.answers(f, s.now()) != slices.Contains(found, id) {
					t.Errorf("%q is found: %t; %s", d.Title, slices.Contains(found, id), describe(f))
				}
			}
		}
		t.Logf("%d searches; %d answers", n, answers)
		if answers < 500 {
			t.Errorf("only %d answers", answers)
		}
	})
}

// When a listing is news for a search.
func TestEachMatchOnce(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		saver := newSaver(s)
		cheap := int64(100_000)
		bikes := ListingFilter{Category: s.Catalog().Category("biciclete")}
		cheapBikes := bikes
		cheapBikes.PriceMax = &cheap
		old := mustListing(t, s, ana, bicycle())
		clock.advance(time.Hour)
		saver.save(t, dan, "biciclete", AlertNever, bikes)
		saver.save(t, dan, "ieftine", AlertNever, cheapBikes)
		saver.save(t, ana, "ale mele", AlertNever, bikes)
		step := func(what string, want string) {
			t.Helper()
			clock.advance(time.Hour)
			var got []string
			for _, m := range queued(t, s) {
				got = append(got, saver.match(t, m)...)
			}
			if strings.Join(got, ",") != want {
				t.Errorf("%s: news for %q, want %q", what, got, want)
			}
		}
		edit := func(l Listing, price string) {
			t.Helper()
			in := bicycle()
			in.Price = price
			_, err := s.UpdateListing(t.Context(), l.ID, 0, Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, in)})
			must(t, err)
		}
		step("published before", "")
		edit(old, "1.200")
		step("an old one, still too dear", "")
		edit(old, "900")
		step("an old one, into the range", "ieftine")
		edit(old, "800")
		step("an old one, lower again", "")
		fresh := mustListing(t, s, ana, bicycle())
		step("published", "biciclete")
		edit(fresh, "950")
		step("a new one, into the range", "biciclete,ieftine") // the first is known already
		_, err := s.MarkSold(t.Context(), ana.ID, fresh.ID)
		must(t, err)
		_, err = s.Renew(t.Context(), ana.ID, fresh.ID)
		must(t, err)
		step("sold and put back", "biciclete,ieftine")
		_, err = s.InsertListings(t.Context(), []BulkListing{{Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID}, {Draft: mustDraft(t, s, bicycle()), OwnerID: ana.ID, PublishedAt: clock.at}})
		must(t, err)
		step("imported, one of them of the past", "biciclete")
		if n := scalar(t, s, "SELECT count(*) FROM saved_search_matches"); n != 4 {
			t.Errorf("%d matches kept, want each once", n)
		}
		if n, err := s.CountUnseen(t.Context(), dan.ID); err != nil || n != 4 {
			t.Errorf("%d new for dan, %v", n, err)
		}
		if n, err := s.CountUnseen(t.Context(), ana.ID); err != nil || n != 0 {
			t.Errorf("%d new for ana, %v", n, err)
		}
	})
}

// Two machines that record the same match at once keep it once and mail it once.
func TestMatchesOnTwoMachines(t *testing.T) {
	t.Parallel()
	fresh.Each(t, func(t *testing.T, databaseURL, dataDir string) {
		var machines [2]*Store
		for i := range machines {
			s, err := Open(t.Context(), Options{DatabaseURL: databaseURL, DataDir: dataDir})
			must(t, err)
			defer closeStore(t, s)
			machines[i] = s
		}
		s := machines[0]
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		saved := newSaver(s).save(t, dan, "biciclete", AlertAtOnce, ListingFilter{Category: s.Catalog().Category("biciclete")})
		var ids []int64
		for range 5 {
			in := bicycle()
			in.Title += strings.Repeat(" bună", len(ids))
			ids = append(ids, mustListing(t, s, ana, in).ID)
		}
		var mu sync.Mutex
		found := 0
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for _, id := range ids {
					n, err := machines[i%2].RecordMatches(t.Context(), id, []int64{saved.ID}, true)
					mu.Lock()
					found += n
					if err != nil {
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if jobs := scalar(t, s, "SELECT count(*) FROM jobs WHERE kind = 'mail alerts'"); found != len(ids) || jobs != 1 {
			t.Errorf("%d matches, %d mails", found, jobs)
		}
	})
}

func TestAlertMails(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		dan, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_dan", FirstName: "Dan", Email: "dan@example.com", EmailVerified: true})
		must(t, err)
		saver := newSaver(s)
		words := saver.save(t, dan, "pegas", AlertAtOnce, ListingFilter{Query: search.ParseQuery("pegas ")})
		saver.save(t, dan, "cluj", AlertDaily, ListingFilter{County: s.Catalog().County("CJ")})
		silent := saver.save(t, dan, "biciclete", AlertNever, ListingFilter{Category: s.Catalog().Category("biciclete")})
		publish := func() Listing {
			l := mustListing(t, s, ana, bicycle())
			for _, m := range queued(t, s) {
				saver.match(t, m)
			}
			clock.advance(time.Minute)
			return l
		}
		due := func() []string {
			t.Helper()
			jobs, err := s.ClaimJobs(t.Context(), []string{JobMailAlerts}, 10, testLease)
			must(t, err)
			var out []string
			for _, j := range jobs {
				out = append(out, string(j.Payload))
				must(t, s.FinishJob(t.Context(), j))
			}
			return out
		}
		prepare := func(frequency AlertFrequency) (AlertMail, bool) {
			t.Helper()
			mail, ok, err := s.PrepareAlerts(t.Context(), MailAlerts{UserID: dan.ID, Frequency: frequency})
			must(t, err)
			return mail, ok
		}
		publish()
		second := publish()
		if got := due(); len(got) > 0 {
			t.Errorf("mails before the wait: %q", got)
		}
		clock.advance(2 * time.Minute)
		if got := due(); len(got) != 1 || got[0] != fmt.Sprintf(`{"user":%d,"frequency":"at_once"}`, dan.ID) {
			t.Errorf("at once: %q", got)
		}
		mail, ok := prepare(AlertAtOnce)
		if !ok || mail.User.Email != "dan@example.com" || len(mail.Searches) != 1 || mail.Searches[0].Name != "pegas" || len(mail.Searches[0].Listings) != 2 || mail.Searches[0].Listings[0].ID != second.ID {
			t.Fatalf("%+v", mail)
		}
		publish() // between a crash and the next try
		if again, ok := prepare(AlertAtOnce); !ok || again.Batch != mail.Batch || len(again.Searches[0].Listings) != 2 || again.More != 0 {
			t.Errorf("tried again: %+v", again)
		}
		must(t, s.MarkAlerted(t.Context(), mail.Batch))
		if next, ok := prepare(AlertAtOnce); !ok || next.Batch == mail.Batch || len(next.Searches[0].Listings) != 1 {
			t.Errorf("the next mail: %+v", next)
		}
		clock.at = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC) // eight in Romania
		if got := due(); len(got) != 2 {                         // the digest, and the listing of before
			t.Errorf("in the morning: %q", got)
		}
		must(t, s.StopAlerts(t.Context(), words.StopToken))
		if mail, ok := prepare(AlertAtOnce); ok {
			t.Errorf("stopped, and still %+v", mail)
		}
		if stop, err := s.FindStop(t.Context(), words.StopToken); err != nil || stop.Name != "pegas" || stop.UserID != dan.ID {
			t.Errorf("%+v, %v", stop, err)
		}
		if mail, ok := prepare(AlertDaily); !ok || len(mail.Searches[0].Listings) != 3 {
			t.Errorf("the digest: %+v", mail)
		}
		must(t, s.UpdateSavedSearch(t.Context(), dan.ID, silent.ID, "altfel", AlertAtOnce))
		if mail, ok := prepare(AlertAtOnce); ok {
			t.Errorf("what was found in silence is told: %+v", mail)
		}
		must(t, s.StopAlerts(t.Context(), mail.StopAll))
		if n := scalar(t, s, "SELECT count(*) FROM saved_searches WHERE frequency <> 'never'"); n != 0 {
			t.Errorf("%d searches go on", n)
		}
		if _, err := s.FindStop(t.Context(), "nothing"); !isNotFound(err) {
			t.Errorf("unknown token: %v", err)
		}
	})
}

func TestSavedSearchesBelongToOnePerson(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		saver := newSaver(s)
		f := ListingFilter{County: s.Catalog().County("CJ")}
		mine := saver.save(t, ana, "Cluj", AlertDaily, f)
		if again, created, err := s.SaveSearch(t.Context(), SavedSearch{UserID: ana.ID, Name: "Tot Clujul", Query: "q=Cluj", Frequency: AlertNever}, f); err != nil || created || again.ID != mine.ID {
			t.Errorf("saved twice: %+v, %v, %v", again, created, err)
		}
		if err := s.UpdateSavedSearch(t.Context(), dan.ID, mine.ID, "al meu", AlertNever); !isNotFound(err) {
			t.Errorf("somebody else's: %v", err)
		}
		if err := s.DeleteSavedSearch(t.Context(), dan.ID, mine.ID); !isNotFound(err) {
			t.Errorf("somebody else's: %v", err)
		}
		if _, _, err := s.SaveSearch(t.Context(), SavedSearch{UserID: ana.ID, Name: "tot", Query: "", Frequency: AlertNever}, ListingFilter{}); !errors.Is(err, errUnboundedSearch) {
			t.Errorf("everything: %v", err)
		}
		for i := range maxSavedSearches - 1 {
			saver.save(t, ana, fmt.Sprint(i), AlertNever, f)
		}
		var refused *apperr.Error
		if _, _, err := s.SaveSearch(t.Context(), SavedSearch{UserID: ana.ID, Name: "una", Query: "q=una", Frequency: AlertNever}, f); !errors.As(err, &refused) || refused.Kind != apperr.Conflict {
			t.Errorf("one more: %v", err)
		}
		must(t, s.DeleteSavedSearch(t.Context(), ana.ID, mine.ID))
		l := mustListing(t, s, dan, bicycle())
		if names := saver.match(t, queued(t, s)[0]); len(names) != maxSavedSearches-1 {
			t.Errorf("found by %d", len(names))
		}
		must(t, s.DeleteUser(t.Context(), Deletion{ClerkID: ana.ClerkID}))
		for _, table := range []string{"saved_searches", "saved_search_keys", "saved_search_matches", "alert_addresses"} {
			if n := scalar(t, s, "SELECT count(*) FROM "+table); n != 0 {
				t.Errorf("%d rows of a deleted account in %s", n, table)
			}
		}
		if n, err := s.RecordMatches(t.Context(), l.ID, []int64{mine.ID}, true); err != nil || n != 0 {
			t.Errorf("a match of a search that is gone: %d, %v", n, err)
		}
	})
}
