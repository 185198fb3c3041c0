package seed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"log/slog"
	"strings"
	"testing"
	"time"

	"piata.ro/models"
)

var testNow = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

func openStore(t testing.TB) *models.Store {
	t.Helper()
	store, err := models.Open(t.Context(), models.Options{DataDir: t.TempDir(), Now: func() time.Time { return testNow }, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// hashPicture stands in for the photo store.
func hashPicture(_ context.Context, img image.Image) (models.Photo, error) {
	sum := sha256.Sum256(img.(*image.RGBA).Pix)
	return models.Photo{Hash: hex.EncodeToString(sum[:16]), Width: img.Bounds().Dx(), Height: img.Bounds().Dy()}, nil
}

func TestDemoRows(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	people, err := readTable("demo_people.csv")
	if err != nil {
		t.Fatal(err)
	}
	adverts, err := readDemo(store.Catalog(), people)
	if err != nil {
		t.Fatal(err)
	}
	tops, subs, texts, pictured := map[string]bool{}, map[string]bool{}, map[string]string{}, 0
	for _, a := range adverts {
		d := a.draft
		tops[d.Category.Top().Slug], subs[d.Category.Slug] = true, true
		if other, twice := texts[d.Description]; twice {
			t.Errorf("%q and %q have the same description", d.Title, other)
		}
		texts[d.Description] = d.Title
		if missing := models.MissingAttributes(d.Category, d.Attributes); len(missing) > 0 {
			t.Errorf("%q lacks %v", d.Title, missing)
		}
		if n := strings.Count(d.Description, ".") + strings.Count(d.Description, "!"); n < 2 {
			t.Errorf("%q has a short description: %q", d.Title, d.Description)
		}
		if len(a.pictures) > 0 {
			pictured++
		}
	}
	if len(tops) != 15 || len(subs) < 70 {
		t.Errorf("%d top categories and %d subcategories, want 15 and at least 70", len(tops), len(subs))
	}
	if share := float64(pictured) / float64(len(adverts)); share < .75 || share > .85 {
		t.Errorf("%.0f %% have pictures, want about 80", 100*share)
	}
	for _, a := range adverts[len(adverts)-24:] {
		if len(a.pictures) == 0 {
			t.Errorf("%q is among the newest and has no picture", a.draft.Title)
		}
	}
}

func TestTextsHaveNoCedillas(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"demo.csv", "demo_people.csv", "synthetic.csv", "products.csv", "sentences.txt", "words.txt"} {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if i := bytes.IndexAny(data, "\u015f\u0163\u015e\u0162"); i >= 0 {
			t.Errorf("%s: cedilla letter near %q", name, data[max(0, i-20):i+10])
		}
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	if err := Demo(t.Context(), store, hashPicture, testNow, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	seed, err := store.UserByClerkID(t.Context(), "demo_1")
	if err != nil || seed.PublicName() != "Andrei P." || seed.LocalitySiruta == nil {
		t.Errorf("demo_1 = %+v, %v", seed, err)
	}
	dropped, reserved := 0, 0
	for id := int64(1); ; id++ {
		l, err := store.Listing(t.Context(), id)
		if err != nil {
			break
		}
		if l.PublishedAt.After(testNow) || l.PublishedAt.Before(testNow.Add(-demoSpan-time.Hour)) {
			t.Errorf("%q published at %v", l.Title, l.PublishedAt)
		}
		if l.OldPrice() != nil {
			dropped++
			if len(l.Photos) == 0 {
				t.Errorf("%q lost its pictures with the price", l.Title)
			}
		}
		if l.Reserved {
			reserved++
		}
	}
	if dropped < 3 || reserved < 2 {
		t.Errorf("%d dropped prices and %d reserved adverts, want some of each", dropped, reserved)
	}
}
