package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
	"piata.ro/models"
)

// readListingForm reads the form of a listing. Pictures are stored as they come, but no row refers to them yet; what is wrong with one is
// said beside the field and the rest of the form goes on.
func (s *Server) readListingForm(c *fiber.Ctx) (*listingForm, error) {
	form := &listingForm{errors: models.FieldErrors{}}
	count := 0
	var err error
	form.values, err = readForm(c, func(field string, file io.Reader) error {
		if field != models.FieldPhotos {
			return nil
		}
		if count++; count > models.MaxPhotos {
			form.errors[models.FieldPhotos] = tooManyPhotos
			return nil
		}
		err := s.storePhoto(c, form, file)
		if err == nil || !isAboutPhoto(err) {
			return err
		}
		form.errors[models.FieldPhotos] = fmt.Sprintf("Fotografia %d: %s", count, photos.Sentence(err))
		return nil
	})
	return form, err
}

var tooManyPhotos = fmt.Sprintf("Un anunț are cel mult %d fotografii; am păstrat primele.", models.MaxPhotos)

// addPhotos puts the new pictures behind the kept ones, as far as there is room.
func (f *listingForm) addPhotos(kept int) {
	if room := max(0, models.MaxPhotos-kept); len(f.added) > room {
		f.errors[models.FieldPhotos] = tooManyPhotos
		f.added = f.added[:room]
	}
	for _, p := range f.added {
		f.values.Add(fieldPhoto, p.ID)
	}
}

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

// editListing shows the form with what the listing says, or with what was typed before the session ran out.
func (s *Server) editListing(c *fiber.Ctx) error {
	d, err := s.ownListing(c)
	if err != nil {
		return err
	}
	form, err := s.takeKeptEdit(c, d.ID)
	if err != nil {
		return err
	}
	if form == nil {
		form = &listingForm{values: listingValues(s.store.Catalog(), &d)}
	}
	return s.showEditForm(c, http.StatusOK, &d, form)
}

func (s *Server) ownListing(c *fiber.Ctx) (models.ListingDetail, error) {
	id, err := pathID(c)
	if err != nil {
		return models.ListingDetail{}, err
	}
	return s.store.OwnListing(c.UserContext(), viewerID(c), id)
}

// listingValues is the listing as its form would send it.
func listingValues(catalog *models.Catalog, d *models.ListingDetail) url.Values {
	v := url.Values{
		models.FieldTitle: {d.Title}, models.FieldDescription: {d.Description}, models.FieldPrice: {priceField(d.Price())},
		models.FieldCurrency: {string(d.Currency)}, models.FieldCounty: {d.CountyCode}, models.FieldCondition: {string(d.Condition)},
		fieldVersion: {fmt.Sprint(d.Version)},
	}
	if d.Negotiable {
		v.Set(fieldNegotiable, "da")
	}
	if category := catalog.CategoryByID(d.CategoryID); category != nil {
		v.Set(models.FieldCategory, category.Slug)
	}
	if l := catalog.LocalityByCode(d.LocalitySiruta); l != nil {
		v.Set(models.FieldLocality, l.Name)
	}
	for _, a := range d.Attributes {
		value := a.TextValue
		if a.NumberValue != nil {
			value = typedNumber(*a.NumberValue)
		}
		v.Set(models.AttributePrefix+a.Key, value)
	}
	for _, p := range d.Photos {
		v.Add(fieldPhoto, p.ID)
	}
	return v
}

// typedNumber is the number as one would type it, in digits whatever its size.
func typedNumber(n float64) string {
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
}

// priceField is the price as one would type it.
func priceField(m *models.Money) string {
	switch {
	case m == nil:
		return ""
	case m.Minor == 0:
		return "gratis"
	}
	return strings.TrimSuffix(strings.TrimSuffix(priceText(m), " lei"), " €")
}
