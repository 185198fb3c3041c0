package models

import (
	"slices"
	"testing"
	"time"
)

func TestEndedSessions(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		for _, id := range []string{"sess_1", "sess_2", "sess_1"} {
			if err := s.EndSession(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			clock.advance(50 * time.Second)
		}
		for _, look := range []struct {
			name string
			got  func() ([]string, error)
			want []string
		}{
			{"recent", func() ([]string, error) {
				clock.advance(-55 * time.Second)
				return s.RecentlyEndedSessions(t.Context())
			}, []string{"sess_2"}},
			{"all", func() ([]string, error) { return s.EndedSessions(t.Context()) }, []string{"sess_2", "sess_1"}},
			{"after a day", func() ([]string, error) { clock.advance(endedLife); return s.EndedSessions(t.Context()) }, nil},
		} {
			if got, err := look.got(); err != nil || !slices.Equal(got, look.want) {
				t.Errorf("%s: %q, %v; want %q", look.name, got, err, look.want)
			}
		}
		for _, want := range []int{1, 1, 0} {
			if n, err := s.ForgetEndedSessions(t.Context(), 1); err != nil || n != want {
				t.Errorf("forgot %d, %v; want %d", n, err, want)
			}
		}
	})
}
