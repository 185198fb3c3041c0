// Package seed fills a database with adverts that look real: a hand-written set for the first start in local mode, and any number of
// synthetic ones for measuring. Both are the same every time.
package seed

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"image"
	"strings"

	"golang.org/x/sync/errgroup"

	"piata.ro/internal/seed/draw"
	"piata.ro/models"
)

//go:embed *.csv *.txt
var files embed.FS

// SavePicture stores a drawn picture and returns its Hash, Width and Height. It is called from two goroutines at once.
type SavePicture func(ctx context.Context, img image.Image) (models.Photo, error)

// readTable returns the rows of an embedded file without its header; "|" separates fields because the texts are full of commas.
func readTable(name string) ([][]string, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.Comma = '|'
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return rows[1:], nil
}

// parsePairs reads "marca=Dacia;model=Logan".
func parsePairs(s string) map[string]string {
	pairs := map[string]string{}
	for pair := range strings.SplitSeq(s, ";") {
		if key, value, found := strings.Cut(pair, "="); found {
			pairs[key] = value
		}
	}
	return pairs
}

// album draws and saves each picture once.
type album struct {
	save   SavePicture // nil for adverts without pictures
	photos map[draw.Spec]models.Photo
}

func newAlbum(save SavePicture) *album {
	return &album{save: save, photos: map[draw.Spec]models.Photo{}}
}

// pictureWorkers keeps both cores of a small machine busy; each holds one drawing in memory.
const pictureWorkers = 2

// add makes the pictures that are not in the album yet.
func (a *album) add(ctx context.Context, specs []draw.Spec) error {
	if a.save == nil {
		return nil
	}
	var missing []draw.Spec
	for _, spec := range specs {
		if _, have := a.photos[spec]; !have {
			a.photos[spec] = models.Photo{}
			missing = append(missing, spec)
		}
	}
	made := make([]models.Photo, len(missing))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(pictureWorkers)
	for i, spec := range missing {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			photo, err := a.save(ctx, draw.Picture(spec))
			made[i] = photo
			if err != nil {
				return fmt.Errorf("save picture of %s: %w", spec.Motif, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, spec := range missing {
		a.photos[spec] = made[i]
	}
	return nil
}

// of returns the photos of the specs, which have been added.
func (a *album) of(specs []draw.Spec) []models.Photo {
	if a.save == nil {
		return nil
	}
	photos := make([]models.Photo, len(specs))
	for i, spec := range specs {
		photos[i] = a.photos[spec]
	}
	return photos
}

// spec returns the drawing of a thing; the background goes with the thing, so that its pictures belong together.
func spec(motif string, tone draw.Tone, view int) draw.Spec {
	scene := int(tone>>4) * 7
	for _, letter := range motif {
		scene = scene*31 + int(letter)
	}
	return draw.Spec{Motif: motif, Tone: tone, Scene: scene & 0xFFFF, View: view, Portrait: isTall(motif)}
}

func isTall(motif string) bool {
	switch motif {
	case "dress", "gown", "phone", "cat", "fridge", "guitar", "lamp", "plant", "perfume":
		return true
	}
	return false
}

// toneOf translates a colour's name in the data, Romanian or English, to the one things are drawn in; 0 for the thing's own.
func toneOf(name string) draw.Tone {
	switch name {
	case "Alb", "white":
		return draw.White
	case "Negru", "black":
		return draw.Black
	case "Gri", "grey":
		return draw.Grey
	case "Argintiu", "silver":
		return draw.Silver
	case "Albastru", "blue":
		return draw.Blue
	case "Roșu", "red":
		return draw.Red
	case "Verde", "green":
		return draw.Green
	case "Galben", "yellow":
		return draw.Yellow
	case "Portocaliu", "orange":
		return draw.Orange
	case "Maro", "brown":
		return draw.Brown
	case "Bej", "beige":
		return draw.Beige
	case "Violet", "violet":
		return draw.Violet
	case "pink":
		return draw.Pink
	}
	return 0
}
