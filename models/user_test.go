package models

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"piata.ro/internal/apperr"
)

func TestEnsureUserRace(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		const visitors = 50
		identity := Identity{ClerkID: "user_ana", FirstName: "Ana", LastName: "Pop", Email: "Ana@Example.com", UpdatedAt: clock.at}
		ids := make([]int64, visitors)
		var wg sync.WaitGroup
		for i := range visitors {
			wg.Go(func() {
				u, err := s.EnsureUser(t.Context(), identity)
				if err != nil {
					t.Errorf("EnsureUser: %v", err)
				}
				ids[i] = u.ID
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id != ids[0] || id == 0 {
				t.Fatalf("ids = %v, want one user", ids)
			}
		}
		var rows int
		if err := s.read.NewRaw("SELECT count(*) FROM users").Scan(t.Context(), &rows); err != nil || rows != 1 {
			t.Errorf("%d users, %v; want 1", rows, err)
		}
		u, err := s.UserByEmail(t.Context(), "ANA@example.com")
		if err != nil || u.Username != "ana-pop" || u.Email != "ana@example.com" {
			t.Errorf("user = %+v, %v", u, err)
		}
	})
}

func TestEnsureUserKeepsNewest(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		steps := []struct {
			name      string
			updatedAt time.Time
			wantFirst string
		}{
			{"Ana", clock.at, "Ana"},
			{"Anca", clock.at.Add(time.Hour), "Anca"},
			{"Ancuța", clock.at.Add(time.Minute), "Anca"}, // late news
			{"Alta", clock.at.Add(time.Hour), "Anca"},     // the same news again
			{"Fără dată", time.Time{}, "Anca"},
			{"Ileana", clock.at.Add(2 * time.Hour), "Ileana"},
		}
		for _, step := range steps {
			u, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_1", FirstName: step.name, Email: "a@example.com", UpdatedAt: step.updatedAt})
			if err != nil || u.FirstName != step.wantFirst || u.Username != "ana" {
				t.Errorf("after %s: first name %q, username %q, %v; want %q, ana", step.name, u.FirstName, u.Username, err, step.wantFirst)
			}
		}
	})
}

func TestEnsureUserWritesOnlyNews(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		mustUser(t, s, "ana")
		before := s.Changes()
		mustUser(t, s, "ana")
		if got := s.Changes(); got != before {
			t.Errorf("a second sight of the same person counted %d changes", got-before)
		}
	})
}

func TestUsernameBase(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		id   Identity
		want string
	}{
		{"name with Romanian letters", Identity{FirstName: "Ștefăniță", LastName: "Țîrlea"}, "stefanita-tirlea"},
		{"chosen at Clerk", Identity{Username: "Măr_Roșu", FirstName: "Ion"}, "mar-rosu"},
		{"only an address", Identity{Email: "gigi.marga+olx@example.com"}, "gigi-marga-olx"},
		{"reserved username", Identity{Username: "admin", FirstName: "Radu"}, "radu"},
		{"everything reserved", Identity{Username: "ADMIN", FirstName: "Piața", Email: "suport@example.com"}, "vecin"},
		{"nothing", Identity{}, "vecin"},
		{"too short", Identity{FirstName: "Li"}, "vecin"},
		{"only signs", Identity{FirstName: "🙂🙂🙂", LastName: "…"}, "vecin"},
		{"markup", Identity{FirstName: "<script>alert(1)</script>"}, "script-alert-1-script"},
		{"long", Identity{FirstName: strings.Repeat("Ana Maria ", 20)}, "ana-maria-ana-maria-ana-maria"},
		{"NUL and broken UTF-8", Identity{FirstName: "Ra\x00du\xff"}, "radu"},
	}
	for _, tt := range tests {
		if got := usernameBase(tt.id); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestUsernameCollisions(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		const namesakes = 25
		seen := map[string]bool{}
		for i := range namesakes {
			u, err := s.EnsureUser(t.Context(), Identity{ClerkID: fmt.Sprintf("user_namesake%02d", i), FirstName: "Ion", LastName: "Popescu"})
			if err != nil {
				t.Fatalf("namesake %d: %v", i, err)
			}
			if seen[u.Username] || !strings.HasPrefix(u.Username, "ion-popescu") {
				t.Errorf("namesake %d is %q", i, u.Username)
			}
			seen[u.Username] = true
		}
	})
}

func TestUserLookups(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		for _, name := range []string{"nimeni", "", "a\x00b", "\xff", "' OR 1=1 --", "?", "ana'"} {
			if _, err := s.UserByUsername(t.Context(), name); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("UserByUsername(%q): %v, want NotFound", name, err)
			}
		}
		if u, err := s.UserByUsername(t.Context(), "ana"); err != nil || u.ID != ana.ID {
			t.Errorf("UserByUsername(ana) = %d, %v", u.ID, err)
		}
		u, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_odd", FirstName: "Ra\x00du\xff", ImageURL: "https://x.ro/\x00", Email: "\x00@\xff"})
		if err != nil || u.FirstName != "Radu" || u.ImageURL != "https://x.ro/" || u.Username != "radu" {
			t.Errorf("odd bytes: %+v, %v", u, err)
		}
		if _, err := s.EnsureUser(t.Context(), Identity{}); err == nil {
			t.Error("an identity without id was stored")
		}
	})
}

func TestUpdateProfile(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		clock.advance(time.Hour)
		turda := s.Catalog().Locality("Turda", s.Catalog().County("CJ"))
		if err := s.UpdateProfile(t.Context(), ana.ID, Profile{Name: "Ana din Turda", Phone: "+40722123456", Locality: turda, About: "Vând\x00 ce\nam făcut."}); err != nil {
			t.Fatal(err)
		}
		u, err := s.UserByUsername(t.Context(), "ana")
		if err != nil || u.PublicName() != "Ana din Turda" || u.Phone != "+40722123456" || u.LocalitySiruta == nil || *u.LocalitySiruta != turda.Siruta || u.About != "Vând ce\nam făcut." {
			t.Errorf("profile = %+v, %v", u, err)
		}
		if u.Email != ana.Email || u.FirstName != ana.FirstName || !u.CreatedAt.Equal(ana.CreatedAt) || !u.UpdatedAt.Equal(clock.at) {
			t.Errorf("what the person did not edit changed: %+v", u)
		}
		if err := s.UpdateProfile(t.Context(), ana.ID, Profile{}); err != nil {
			t.Fatal(err)
		}
		if u, err = s.UserByUsername(t.Context(), "ana"); err != nil || u.LocalitySiruta != nil || u.PublicName() != "ana" {
			t.Errorf("emptied profile = %+v, %v", u, err)
		}
	})
}

func TestPublicName(t *testing.T) {
	t.Parallel()
	tests := []struct {
		user User
		want string
	}{
		{User{FirstName: "Ioana", LastName: "Țepeș"}, "Ioana Ț."},
		{User{FirstName: "Ioana"}, "Ioana"},
		{User{LastName: "Pop", Username: "vecin-3"}, "vecin-3"},
		{User{Name: "Atelierul Ioanei", FirstName: "Ioana"}, "Atelierul Ioanei"},
	}
	for _, tt := range tests {
		if got := tt.user.PublicName(); got != tt.want {
			t.Errorf("PublicName(%+v) = %q, want %q", tt.user, got, tt.want)
		}
	}
}

func TestImportedOwnerJoinsAtFirstSignIn(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ctx := t.Context()
		imported, err := s.EnsureUser(ctx, Identity{ClerkID: ImportedID("Dealer@example.com"), Email: "dealer@example.com"})
		if err != nil {
			t.Fatal(err)
		}
		unproven, err := s.EnsureUser(ctx, Identity{ClerkID: "user_thief", Email: "dealer@example.com"})
		if err != nil || unproven.ID == imported.ID {
			t.Fatalf("an unverified address took over the imported user: %v", err)
		}
		dealer, err := s.EnsureUser(ctx, Identity{ClerkID: "user_dealer", Email: "dealer@example.com", EmailVerified: true, FirstName: "Dana"})
		if err != nil || dealer.ID != imported.ID || dealer.FirstName != "Dana" || !dealer.EmailVerified {
			t.Errorf("first verified sign-in gave %+v, %v; want user %d", dealer, err, imported.ID)
		}
		again, err := s.EnsureUser(ctx, Identity{ClerkID: "user_other", Email: "dealer@example.com", EmailVerified: true})
		if err != nil || again.ID == imported.ID {
			t.Errorf("a second person took over the user: %+v, %v", again, err)
		}
	})
}
