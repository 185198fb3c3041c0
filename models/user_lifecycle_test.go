package models

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/apperr"
	"piata.ro/internal/search"
)

// scalar returns the number that a query gives.
func scalar(t *testing.T, s *Store, query string, args ...any) int {
	t.Helper()
	var n int
	if err := s.read.NewRaw(query, args...).Scan(t.Context(), &n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestTakeUserEvent(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		at := clock.at
		steps := []struct {
			event, name string
			updatedAt   time.Time
			banned      bool
			want        string // first name and ban afterwards
		}{
			{"msg_2", "Anca", at.Add(2 * time.Minute), false, "Anca false"}, // the first that arrives was not the first that was sent
			{"msg_1", "Ana", at.Add(time.Minute), false, "Anca false"},
			{"msg_3", "Anca", at.Add(3 * time.Minute), true, "Anca true"},
			{"msg_3", "Alta", at.Add(9 * time.Minute), false, "Anca true"}, // the same event never says anything else
			{"msg_4", "Anca", at.Add(4 * time.Minute), false, "Anca false"},
			{"msg_5", "Viitor", at.AddDate(500, 0, 0), false, "Viitor false"},
			{"msg_6", "Prezent", at.AddDate(0, 0, 2), false, "Prezent false"}, // a broken clock does not keep out what comes later
		}
		for _, step := range steps {
			clock.advance(time.Second)
			id := Identity{ClerkID: "user_ana", FirstName: step.name, UpdatedAt: step.updatedAt, Banned: step.banned, SyncedAt: clock.at}
			if step.name == "Prezent" {
				clock.advance(48 * time.Hour)
			}
			if err := s.TakeUserEvent(t.Context(), step.event, id); err != nil {
				t.Fatal(err)
			}
			u, err := s.UserByClerkID(t.Context(), "user_ana")
			if got := fmt.Sprint(u.FirstName, " ", u.Banned); err != nil || got != step.want {
				t.Errorf("after %s: %q, %v; want %q", step.event, got, err, step.want)
			}
		}
		clock.advance(eventLife + time.Hour)
		if n, err := s.DeleteOldEvents(t.Context(), 4); err != nil || n != 4 {
			t.Errorf("forgot %d events, %v", n, err)
		}
		if n, err := s.DeleteOldEvents(t.Context(), 100); err != nil || n != 2 || scalar(t, s, "SELECT count(*) FROM webhook_events") != 0 {
			t.Errorf("forgot %d events, %v", n, err)
		}
	})
}

// TestUserEventsRace: events and first requests of several people come at once, each event several times.
func TestUserEventsRace(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		var wg sync.WaitGroup
		for i := range 60 {
			id := Identity{ClerkID: fmt.Sprintf("user_%d", i%3), FirstName: "Ion", LastName: "Popescu", Email: "ion@example.com", EmailVerified: true,
				UpdatedAt: clock.at.Add(time.Duration(i) * time.Second), SyncedAt: clock.at}
			wg.Go(func() {
				var err error
				switch {
				case i%2 == 0:
					err = s.TakeUserEvent(t.Context(), fmt.Sprintf("msg_%d_%d", i%3, i/6), id)
				case i == 59:
					err = s.DeleteUser(t.Context(), Deletion{ClerkID: "user_2", EventID: "msg_deleted"})
				default:
					_, err = s.EnsureUser(t.Context(), id)
				}
				if err != nil {
					t.Errorf("step %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := scalar(t, s, "SELECT count(*) FROM users"); n != 3 {
			t.Errorf("%d users, want 3", n)
		}
		u, err := s.UserByClerkID(t.Context(), "user_2")
		if err != nil || u.DeletedAt == nil || u.Email != "" || u.FirstName != "" {
			t.Errorf("the deleted user is %+v, %v", u, err)
		}
	})
}

func TestDeleteUser(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		mine, other := mustListing(t, s, ana, bicycle()), mustListing(t, s, dan, bicycle())
		clock.advance(time.Minute) // or it would count as a second click
		sold := mustListing(t, s, ana, bicycle())
		if _, err := s.MarkSold(t.Context(), ana.ID, sold.ID); err != nil {
			t.Fatal(err)
		}
		for _, f := range [][2]int64{{ana.ID, other.ID}, {dan.ID, mine.ID}, {dan.ID, other.ID}} {
			if _, err := s.ToggleFavorite(t.Context(), f[0], f[1]); err != nil {
				t.Fatal(err)
			}
		}
		mustDraftPhotos(t, s, "draft", ana.ID, "p1", "p2")
		if err := s.UpdateProfile(t.Context(), ana.ID, Profile{Name: "Ana din Turda", Phone: "+40722123456", About: "Vând."}); err != nil {
			t.Fatal(err)
		}
		before := s.Changes()
		for range 2 { // the second time changes nothing
			if err := s.DeleteUser(t.Context(), Deletion{ClerkID: ana.ClerkID, DueAtClerk: true}); err != nil {
				t.Fatal(err)
			}
		}
		if s.Changes() == before {
			t.Error("kept pages are not told")
		}
		for query, want := range map[string]int{
			"SELECT count(*) FROM listings WHERE owner_id = {ana} AND (status <> 'deleted' OR title <> '' OR description <> '' OR content_hash <> '' OR closed_at IS NULL)": 0,
			"SELECT count(*) FROM listings WHERE owner_id = {ana}":                2,
			"SELECT count(*) FROM listings WHERE status = 'active'":               1,
			"SELECT count(*) FROM price_changes":                                  3,
			"SELECT count(*) FROM favorites":                                      1,
			"SELECT count(*) FROM form_drafts":                                    0,
			"SELECT count(*) FROM photos":                                         0,
			"SELECT count(*) FROM listing_attributes WHERE listing_id <> {other}": 0,
		} {
			query = strings.NewReplacer("{ana}", fmt.Sprint(ana.ID), "{other}", fmt.Sprint(other.ID)).Replace(query)
			if n := scalar(t, s, query); n != want {
				t.Errorf("%s: %d, want %d", query, n, want)
			}
		}
		if n := len(find(t, s, ListingFilter{Query: search.ParseQuery("pegas")})); n != 1 {
			t.Errorf("the search finds %d listings, want the other person's", n)
		}
		u, err := s.UserByClerkID(t.Context(), ana.ClerkID)
		if err != nil || u.DeletedAt == nil || u.PublicName() != "Cont șters" || u.Email+u.FirstName+u.Phone+u.About+u.ImageURL != "" || u.EmailVerified || u.LocalitySiruta != nil {
			t.Errorf("what is left: %+v, %v", u, err)
		}
		for _, name := range []string{"ana", u.Username} {
			if _, err := s.UserByUsername(t.Context(), name); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("/utilizator/%s/: %v", name, err)
			}
		}
		late := Identity{ClerkID: ana.ClerkID, FirstName: "Ana", Email: "ana@example.com", EmailVerified: true, UpdatedAt: clock.at.Add(time.Hour), SyncedAt: clock.at}
		if err := s.TakeUserEvent(t.Context(), "msg_late", late); err != nil {
			t.Error(err)
		}
		if u, err := s.EnsureUser(t.Context(), late); err != nil || u.DeletedAt == nil || u.FirstName != "" {
			t.Errorf("late news brought the account back: %+v, %v", u, err)
		}
		if _, err := s.CreateListing(t.Context(), Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, bicycle())}); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("a listing of a deleted account: %v", err)
		}
		again, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_ana2", FirstName: "ana"})
		if err != nil || again.Username != "ana" {
			t.Errorf("the username is not free: %q, %v", again.Username, err)
		}
		due, err := s.DeletionsDue(t.Context(), 10)
		if err != nil || len(due) != 1 || due[0] != ana.ClerkID {
			t.Errorf("due at Clerk: %v, %v", due, err)
		}
		if err := s.DeletedAtClerk(t.Context(), ana.ClerkID); err != nil {
			t.Error(err)
		}
		if due, err := s.DeletionsDue(t.Context(), 10); err != nil || len(due) != 0 {
			t.Errorf("still due at Clerk: %v, %v", due, err)
		}
	})
}

// TestDeleteUnknownUser: the end of an account may be told before its beginning.
func TestDeleteUnknownUser(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		if err := s.DeleteUser(t.Context(), Deletion{ClerkID: "user_gone", EventID: "msg_1"}); err != nil {
			t.Fatal(err)
		}
		u, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_gone", FirstName: "Ana", UpdatedAt: clock.at.Add(time.Hour)})
		if err != nil || u.DeletedAt == nil || u.FirstName != "" {
			t.Errorf("user = %+v, %v", u, err)
		}
		if err := s.DeleteUser(t.Context(), Deletion{}); err == nil {
			t.Error("a deletion without id was taken")
		}
	})
}

func TestSyncOnce(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		u, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_1", FirstName: "Ana", UpdatedAt: clock.at, SyncedAt: clock.at})
		if err != nil || s.NeedsSync(&u) {
			t.Fatalf("a new user needs asking: %v", err)
		}
		clock.advance(24 * time.Hour)
		for range 2 { // the first round gets no answer
			if u, err = s.UserByClerkID(t.Context(), "user_1"); err != nil || !s.NeedsSync(&u) {
				t.Fatalf("after a day: %+v, %v", u, err)
			}
			var mine int
			for range 3 {
				ok, err := s.BeginSync(t.Context(), &u)
				if err != nil {
					t.Fatal(err)
				}
				if ok {
					mine++
				}
			}
			if mine != 1 {
				t.Errorf("%d ask, want one", mine)
			}
			if u, err = s.UserByClerkID(t.Context(), "user_1"); err != nil || s.NeedsSync(&u) {
				t.Errorf("asked again at once: %v", err)
			}
			clock.advance(10 * time.Minute)
		}
		// The same data again is an answer too.
		u, err = s.EnsureUser(t.Context(), Identity{ClerkID: "user_1", FirstName: "Ana", UpdatedAt: u.ClerkUpdatedAt, SyncedAt: clock.at})
		if err != nil || s.NeedsSync(&u) || !u.SyncedAt.Equal(clock.at) {
			t.Errorf("after the answer: %+v, %v", u, err)
		}
	})
}

func TestExport(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		var ids []int64
		for range 5 {
			ids = append(ids, mustListing(t, s, ana, bicycle()).ID)
			clock.advance(time.Minute)
		}
		other := mustListing(t, s, dan, bicycle())
		mustDraftPhotos(t, s, "draft", ana.ID, "p1")
		mustDraftPhotos(t, s, "foreign", dan.ID, "p2")
		if _, err := s.ToggleFavorite(t.Context(), ana.ID, other.ID); err != nil {
			t.Fatal(err)
		}
		var got []int64
		for after := int64(0); ; {
			rows, err := s.ExportListings(t.Context(), ana.ID, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) == 0 {
				break
			}
			for _, l := range rows {
				if l.OwnerID != ana.ID || len(l.Attributes) == 0 || len(l.Prices) != 1 || l.Description == "" {
					t.Errorf("listing %+v", l)
				}
				got = append(got, l.ID)
			}
			after = got[len(got)-1]
		}
		if fmt.Sprint(got) != fmt.Sprint(ids) {
			t.Errorf("listings %v, want %v", got, ids)
		}
		favorites, err := s.ExportFavorites(t.Context(), ana.ID)
		if err != nil || len(favorites) != 1 || favorites[0].ID != other.ID || favorites[0].SavedAt.IsZero() || favorites[0].Title == "" {
			t.Errorf("favourites %+v, %v", favorites, err)
		}
		drafts, err := s.ExportDrafts(t.Context(), ana.ID)
		if err != nil || len(drafts) != 1 || drafts[0].ID != "draft" {
			t.Errorf("drafts %+v, %v", drafts, err)
		}
	})
}
