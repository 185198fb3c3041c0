package handlers

import (
	"context"
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// addDraftPhotos stores pictures of a new listing before it is sent and answers with how the form shows them. The text fields come along
// and are kept too.
func (s *Server) addDraftPhotos(c *fiber.Ctx) error {
	draft := startDraft(c)
	form, err := s.readListingForm(c)
	if err != nil {
		return err
	}
	form.addPhotos(len(form.photoIDs()))
	return s.keepPhotos(c, draft, form)
}

// addEditPhotos does the same for a listing that is being changed: the pictures wait until the form is saved.
func (s *Server) addEditPhotos(c *fiber.Ctx) error {
	d, err := s.ownListing(c)
	if err != nil {
		return err
	}
	form, err := s.readListingForm(c)
	if err != nil {
		return err
	}
	form.addPhotos(len(editedPhotos(form, &d)))
	return s.keepPhotos(c, editDraft(d.OwnerID, d.ID), form)
}

func (s *Server) keepPhotos(c *fiber.Ctx, draft *draftSession, form *listingForm) error {
	if problem := form.errors[models.FieldPhotos]; problem != "" && len(form.added) == 0 {
		return apperr.OnField(models.FieldPhotos, problem)
	}
	if err := s.saveDraft(c, draft, form); err != nil {
		return err
	}
	var shown []FormPhoto
	for i, p := range form.added {
		shown = append(shown, FormPhoto{ID: p.ID, Src: urls.Photo(p.Hash, 400), Order: len(form.photoIDs()) - len(form.added) + i + 1})
	}
	return s.fragment(c, http.StatusOK, "photo_items", shown)
}

// turnPhotos makes turned copies of the photos that the form wants turned and puts them in the places of the others.
func (s *Server) turnPhotos(ctx context.Context, form *listingForm, have []models.Photo) error {
	ids := form.values[fieldPhoto]
	for _, p := range slices.Concat(have, form.added) {
		i := slices.Index(ids, p.ID)
		quarters, err := strconv.Atoi(form.values.Get(fieldPhotoTurn + p.ID))
		if i < 0 || err != nil || quarters < 1 || quarters > 3 || slices.Contains(form.values[fieldPhotoDelete], p.ID) {
			continue
		}
		turned, err := s.photos.Turn(ctx, p.Hash, quarters)
		if err != nil {
			return apperr.Wrap(apperr.Unavailable, "Nu am putut roti o fotografie. Încearcă din nou peste câteva minute.", err)
		}
		id := rand.Text()
		form.added = append(form.added, models.Photo{ID: id, Hash: turned.Hash, Width: turned.Width, Height: turned.Height})
		ids[i] = id
		form.values.Set(fieldPhotoOrder+id, form.values.Get(fieldPhotoOrder+p.ID))
	}
	form.added = slices.DeleteFunc(form.added, func(p models.Photo) bool { return !slices.Contains(ids, p.ID) })
	return nil
}
