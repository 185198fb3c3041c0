package models

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/apperr"
)

func TestDraftOwnership(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		id := DraftID("key of the cookie")
		save := func(user int64, title string) error {
			return s.SaveDraft(t.Context(), id, user, map[string][]string{"titlu": {title}})
		}
		if err := save(0, "înainte de intrare"); err != nil {
			t.Fatal(err)
		}
		if d, err := s.Draft(t.Context(), id, dan.ID); err != nil || d.UserID != 0 { // nobody's yet: whoever has the cookie
			t.Errorf("draft before sign-in: %+v, %v", d, err)
		}
		if err := save(ana.ID, "a Anei"); err != nil {
			t.Fatal(err)
		}
		for _, other := range []int64{dan.ID, 0} {
			if _, err := s.Draft(t.Context(), id, other); !apperr.Is(err, apperr.NotFound) {
				t.Errorf("Ana's draft read by %d: %v, want NotFound", other, err)
			}
		}
		if err := save(dan.ID, "a lui Dan"); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("Ana's draft written by Dan: %v, want NotFound", err)
		}
		if err := save(0, "a nimănui"); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("Ana's draft written signed out: %v, want NotFound", err)
		}
		d, err := s.Draft(t.Context(), id, ana.ID)
		if err != nil || d.UserID != ana.ID || d.Fields["titlu"][0] != "a Anei" {
			t.Errorf("Ana's draft: %+v, %v", d, err)
		}
	})
}

func TestDraftKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	fields := map[string][]string{"titlu": {"Ce faci? „'\"\\ 50% <b>"}, "descriere": {"a\x00b\nșț\u202e"}, "fotografii": {"1", "2"}, "": nil}
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		if err := s.SaveDraft(t.Context(), "d", 0, fields); err != nil {
			t.Fatal(err)
		}
		d, err := s.Draft(t.Context(), "d", 0)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fields, d.Fields); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

func TestDeleteOldDrafts(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		ana := mustUser(t, s, "ana")
		mustDraftPhotos(t, s, "owned", ana.ID, "p1")
		mustDraftPhotos(t, s, "anonymous", 0, "p2")
		left := func(what string, deleted int, want ...string) {
			t.Helper()
			n, err := s.DeleteOldDrafts(t.Context(), 10)
			if err != nil || n != deleted {
				t.Errorf("%s: deleted %d, %v; want %d", what, n, err, deleted)
			}
			var got []string
			if err := s.read.NewRaw("SELECT id FROM form_drafts ORDER BY id").Scan(t.Context(), &got); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: left %v, want %v", what, got, want)
			}
		}
		left("fresh", 0, "anonymous", "owned")
		clock.advance(anonymousDraftLife + time.Second)
		left("next day", 1, "owned")
		clock.advance(draftLife)
		left("next month", 1)
		if used, err := s.PhotosInUse(t.Context(), []string{"hash-p1", "hash-p2"}); err != nil || len(used) != 0 {
			t.Errorf("photos still in use: %v, %v", used, err)
		}
	})
}
