package models

import (
	"fmt"
	"testing"
	"time"
)

func TestVocabulary(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		keep := func() {
			t.Helper()
			if err := s.KeepVocabulary(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got, changed := s.Vocabulary().Correct("bicilceta"); changed {
			t.Errorf("an empty vocabulary corrects to %q", got)
		}
		keep()
		if got, _ := s.Vocabulary().Correct("bicilceta"); got != "bicicleta" {
			t.Errorf("our own lists correct to %q", got)
		}
		owner := mustUser(t, s, "ana")
		published := 0
		publish := func(title string) Listing {
			t.Helper()
			in := bicycle()
			published++
			in.Title, in.Description = title, fmt.Sprintf("Frâne noi, folosită %d veri.", published) // the same advert would be taken for a second submit
			return mustListing(t, s, owner, in)
		}
		for range 3 {
			publish("Bicicletă Pegas de oraș")
		}
		unique := publish("Bicicletă Ghiocela")
		clock.advance(time.Minute)
		keep()
		if got, _ := s.Vocabulary().Correct("gihocela"); got != "ghiocela" {
			t.Errorf("corrected to %q", got)
		}
		if got := s.Vocabulary().Complete("bicicleta p", 5); len(got) != 2 || got[0] != "bicicletă pegas" {
			t.Errorf("completed to %q", got)
		}
		if err := s.DeleteListing(t.Context(), owner.ID, unique.ID); err != nil {
			t.Fatal(err)
		}
		publish("Bicicletă Pegas de oraș")
		clock.advance(time.Minute)
		keep()
		if v := s.Vocabulary(); v.Count("ghiocela") != 0 || v.Count("pegas") != 4 {
			t.Errorf("%d and %d adverts", v.Count("ghiocela"), v.Count("pegas"))
		}
		other := s.Vocabulary()
		keep()
		if s.Vocabulary() != other {
			t.Error("a vocabulary without changes is read again")
		}
	})
}
