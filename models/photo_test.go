package models

import (
	"slices"
	"strconv"
	"sync"
	"testing"

	"piata.ro/internal/apperr"
)

// mustDraftPhotos saves a draft for the owner and puts photos with the ids into it.
func mustDraftPhotos(t *testing.T, s *Store, draftID string, owner int64, ids ...string) {
	t.Helper()
	if err := s.SaveDraft(t.Context(), draftID, owner, map[string][]string{"titlu": {"Bicicletă"}}); err != nil {
		t.Fatal(err)
	}
	photos := make([]Photo, len(ids))
	for i, id := range ids {
		photos[i] = Photo{ID: id, Hash: "hash-" + id, Width: 1600 + i, Height: 1200}
	}
	if err := s.AddPhotos(t.Context(), draftID, photos); err != nil {
		t.Fatal(err)
	}
}

func photoIDs(photos []Photo) []string {
	var out []string
	for _, p := range photos {
		out = append(out, p.ID)
	}
	return out
}

func TestPhotosOfListing(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		mustDraftPhotos(t, s, "d1", ana.ID, "a", "b", "c", "d")
		mustDraftPhotos(t, s, "d2", dan.ID, "x")
		l, err := s.CreateListing(t.Context(), Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, bicycle()), DraftID: "d1",
			PhotoIDs: []string{"c", "x", "a", "nothing", "c", "b"}})
		if err != nil {
			t.Fatal(err)
		}
		check := func(what string, want ...string) Listing {
			t.Helper()
			d := mustDetail(t, s, l.ID)
			if got := photoIDs(d.Photos); !slices.Equal(got, want) || d.PhotoCount != len(want) {
				t.Errorf("%s: photos %v (count %d), want %v", what, got, d.PhotoCount, want)
			}
			cover := ""
			if len(want) > 0 {
				cover = "hash-" + want[0]
			}
			if d.CoverHash != cover || (d.CoverWidth == 0) != (cover == "") {
				t.Errorf("%s: cover %q %d×%d", what, d.CoverHash, d.CoverWidth, d.CoverHeight)
			}
			return d.Listing
		}
		created := check("created", "c", "a", "b")
		if created.CoverHash != l.CoverHash || created.PhotoCount != l.PhotoCount {
			t.Errorf("CreateListing answered %+v, stored is %+v", l, created)
		}
		if got, err := s.DraftPhotos(t.Context(), "d2"); err != nil || !slices.Equal(photoIDs(got), []string{"x"}) {
			t.Errorf("the other person's draft has %v, %v", photoIDs(got), err)
		}
		if _, err := s.Draft(t.Context(), "d1", ana.ID); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("the published draft is still there: %v", err)
		}

		update := func(draftID string, ids ...string) {
			t.Helper()
			_, err := s.UpdateListing(t.Context(), l.ID, 0, Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, bicycle()), DraftID: draftID, PhotoIDs: ids})
			if err != nil {
				t.Fatal(err)
			}
		}
		update("", "b", "c", "a")
		check("reordered", "b", "c", "a")
		update("", "a")
		check("two removed", "a")
		mustDraftPhotos(t, s, "d3", ana.ID, "e", "f")
		update("d3", "f", "a", "x", "b")
		check("one added", "f", "a")
		update("d2", "f", "x", "a")
		check("with somebody else's draft", "f", "a")
		_, err = s.UpdateListing(t.Context(), l.ID, 0, Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, bicycle()), PhotoIDs: []string{"n2", "f", "n1", "a"},
			New: []Photo{{ID: "n1", Hash: "hash-n1", Width: 10, Height: 20}, {ID: "n2", Hash: "hash-n2", Width: 30, Height: 40}, {ID: "n3", Hash: "hash-n3"}}})
		if err != nil {
			t.Fatal(err)
		}
		check("with new ones, one of them not wanted", "n2", "f", "n1", "a")
		if got, err := s.DraftPhotos(t.Context(), "d2"); err != nil || len(got) != 1 {
			t.Errorf("the other person's draft has %v, %v", photoIDs(got), err)
		}
		used, err := s.PhotosInUse(t.Context(), []string{"hash-a", "hash-b", "hash-f", "hash-x", "hash-q"})
		if err != nil || !used["hash-a"] || !used["hash-f"] || !used["hash-x"] || used["hash-b"] || used["hash-q"] {
			t.Errorf("in use: %v, %v", used, err)
		}
		if err := s.DeleteListing(t.Context(), ana.ID, l.ID); err != nil {
			t.Fatal(err)
		}
		check("deleted")
	})
}

func TestPhotosOfSomebodyElsesDraft(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana, dan := mustUser(t, s, "ana"), mustUser(t, s, "dan")
		mustDraftPhotos(t, s, "shared-browser", ana.ID, "a", "b")
		l, err := s.CreateListing(t.Context(), Submission{OwnerID: dan.ID, Draft: mustDraft(t, s, bicycle()), DraftID: "shared-browser", PhotoIDs: []string{"a", "b"}})
		if err != nil || l.PhotoCount != 0 {
			t.Errorf("Dan's listing took %d of Ana's photos, %v", l.PhotoCount, err)
		}
		d, err := s.Draft(t.Context(), "shared-browser", ana.ID)
		if err != nil || d.Fields["titlu"][0] != "Bicicletă" {
			t.Errorf("Ana's draft: %+v, %v", d, err)
		}
	})
}

func TestPhotoLimit(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		mustDraftPhotos(t, s, "d1", ana.ID)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				err := s.AddPhotos(t.Context(), "d1", []Photo{{ID: "p" + strconv.Itoa(i), Hash: "h"}})
				if err != nil && apperr.Field(err) != FieldPhotos {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got, err := s.DraftPhotos(t.Context(), "d1")
		if err != nil || len(got) != MaxPhotos {
			t.Errorf("%d photos, %v; want %d", len(got), err, MaxPhotos)
		}
		for i, p := range got {
			if p.Position != i {
				t.Errorf("photo %d has position %d", i, p.Position)
			}
		}
		if err := s.AddPhotos(t.Context(), "no such draft", []Photo{{ID: "q", Hash: "h"}}); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("photo for no draft: %v, want NotFound", err)
		}
	})
}

func TestWebPQueue(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		mustDraftPhotos(t, s, "d1", ana.ID, "a", "b")
		queue := func(what string, want ...string) {
			t.Helper()
			got, err := s.PhotosWithoutWebP(t.Context(), 10)
			slices.Sort(got)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, %v; want %v", what, got, err, want)
			}
		}
		queue("draft only")
		if _, err := s.CreateListing(t.Context(), Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, bicycle()), DraftID: "d1", PhotoIDs: []string{"a", "b"}}); err != nil {
			t.Fatal(err)
		}
		queue("published", "hash-a", "hash-b")
		if err := s.MarkWebP(t.Context(), "hash-a"); err != nil {
			t.Fatal(err)
		}
		queue("one done", "hash-b")
	})
}
