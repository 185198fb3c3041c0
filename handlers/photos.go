package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
	"piata.ro/models"
)

// storePhoto stores one picture of the form and counts what was done with it.
func (s *Server) storePhoto(c *fiber.Ctx, form *listingForm, file io.Reader) error {
	if err := s.allowUpload(c); err != nil {
		return err
	}
	source := &sourceReader{r: file}
	saved, err := s.photos.Save(c.UserContext(), source)
	switch {
	case err == nil:
	case source.err != nil:
		return source.err
	case isAboutPhoto(err), errors.Is(err, photos.ErrNoSpace):
		return err
	default:
		return apperr.Wrap(apperr.Unavailable, "Nu putem salva fotografii acum. Încearcă din nou peste câteva minute.", err)
	}
	form.added = append(form.added, models.Photo{ID: rand.Text(), Hash: saved.Hash, Width: saved.Width, Height: saved.Height})
	if saved.Turned {
		form.tally.turned++
	}
	if saved.HadLocation {
		form.tally.located++
	}
	return nil
}

// sourceReader remembers why reading failed, to tell a client that went away from a disk that fails.
type sourceReader struct {
	r   io.Reader
	err error
}

// Read implements io.Reader.
func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// isAboutPhoto tells what is wrong with one picture from what goes wrong with us or with the whole request.
func isAboutPhoto(err error) bool {
	for _, known := range []error{photos.ErrNotAPicture, photos.ErrTooBig, photos.ErrTooHeavy, photos.ErrTooManyPixels, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// servePhoto sends one width of a photo, as WebP where the browser takes it and it is there already.
func (s *Server) servePhoto(c *fiber.Ctx) error {
	hash, width, _, ok := photos.ParseName(c.Params("file"))
	if !ok {
		return fiber.ErrNotFound
	}
	c.Vary(fiber.HeaderAccept)
	file, err := s.photos.Open(c.UserContext(), hash, width, strings.Contains(c.Get(fiber.HeaderAccept), "image/webp"))
	if errors.Is(err, fs.ErrNotExist) {
		return fiber.ErrNotFound
	}
	if err != nil {
		return apperr.Wrap(apperr.Unavailable, "Fotografia nu poate fi citită acum.", err)
	}
	etag := `"` + file.Name + `"`
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	if c.Get(fiber.HeaderIfNoneMatch) == etag {
		return errors.Join(file.Close(), c.SendStatus(http.StatusNotModified))
	}
	c.Set(fiber.HeaderContentType, file.ContentType)
	c.Context().SetBodyStream(file, int(file.Size)) // fasthttp closes the file
	return nil
}
