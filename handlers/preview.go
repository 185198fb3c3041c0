package handlers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
	"piata.ro/internal/preview"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	// previewsKept bounds the folder of drawn pictures, at most 100 KB each.
	previewsKept = 1000
	// previewsWaiting is how many requests may wait for a picture; drawing takes a tenth of a second, one at a time.
	previewsWaiting = 8
	// previewStyle is part of the names in the folder, so that pictures of an earlier look are not found.
	previewStyle = 1
)

// previews draws and keeps the pictures that stand for pages where their addresses are shared.
type previews struct {
	painter *preview.Painter
	cache   *preview.Cache
	flights singleflight.Group
	turns   chan struct{}
}

func newPreviews(dataDir string) (*previews, error) {
	painter, err := preview.New()
	if err != nil {
		return nil, err
	}
	return &previews{painter: painter, cache: preview.NewCache(filepath.Join(dataDir, "previews"), previewsKept), turns: make(chan struct{}, previewsWaiting)}, nil
}

// showPreview sends the picture of a listing, or of the market. A version that is not the present one leads to the present one.
func (s *Server) showPreview(c *fiber.Ctx) error {
	if c.Path() == urls.PreviewMarket {
		return s.sendPreview(c, "piata", func(context.Context) (preview.Card, error) { return preview.Card{}, nil })
	}
	number, version, ok := strings.Cut(strings.TrimSuffix(c.Params("file"), ".jpg"), "-")
	id, isID := parseID(number)
	if _, isVersion := parseID(version); !ok || !isID || !isVersion {
		return fiber.ErrNotFound
	}
	found, err := s.store.ListingsByID(c.UserContext(), []int64{id})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fiber.ErrNotFound
	}
	l := &found[0]
	if l.Status == models.StatusDeleted {
		return apperr.New(apperr.Gone, "")
	}
	if present := urls.Preview(l.ID, l.Version); c.Path() != present {
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
		return c.Redirect(present)
	}
	return s.sendPreview(c, fmt.Sprintf("%d-%d", l.ID, l.Version), func(ctx context.Context) (preview.Card, error) { return s.previewCard(ctx, l) })
}

// sendPreview sends the picture that is kept under the name, drawn first when there is none.
func (s *Server) sendPreview(c *fiber.Ctx, name string, card func(ctx context.Context) (preview.Card, error)) error {
	ctx := c.UserContext()
	name = fmt.Sprintf("%s-v%d.jpg", name, previewStyle)
	drawn, err, _ := s.previews.flights.Do(name, func() (any, error) { return s.drawPreview(ctx, name, card) })
	if err != nil {
		return err
	}
	data, _ := drawn.([]byte)
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return c.Send(data)
}

func (s *Server) drawPreview(ctx context.Context, name string, card func(ctx context.Context) (preview.Card, error)) ([]byte, error) {
	if data, err := s.previews.cache.Get(name); err == nil {
		return data, nil
	}
	select {
	case s.previews.turns <- struct{}{}:
		defer func() { <-s.previews.turns }()
	default:
		return nil, apperr.New(apperr.Unavailable, "Prea multe imagini se cer deodată. Încearcă din nou peste câteva secunde.")
	}
	what, err := card(ctx)
	if err != nil {
		return nil, err
	}
	data, err := s.previews.painter.JPEG(what)
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	if err := s.previews.cache.Put(name, data); err != nil {
		s.log.WarnContext(ctx, "preview not kept", slog.String("error", err.Error())) // a full disk costs time, not the picture
	}
	return data, nil
}

// previewCard reads what the picture of a listing shows. A photo that is not there any more is left out.
func (s *Server) previewCard(ctx context.Context, l *models.Listing) (preview.Card, error) {
	card := preview.Card{Title: l.Title, Price: priceText(l.Price())}
	if p := s.store.Catalog().LocalityByCode(l.LocalitySiruta); p != nil {
		card.Place = p.Full()
	}
	if l.CoverHash == "" {
		return card, nil
	}
	file, err := s.photos.Open(ctx, l.CoverHash, photos.Widths[1], false)
	if errors.Is(err, fs.ErrNotExist) {
		return card, nil
	}
	if err != nil {
		return card, apperr.Wrap(apperr.Unavailable, "Fotografia nu poate fi citită acum.", err)
	}
	card.Photo, err = io.ReadAll(io.LimitReader(file, photos.MaxBytes))
	return card, errors.Join(err, file.Close())
}
