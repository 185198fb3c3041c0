package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/urls"
	"piata.ro/models"
)

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

// updateListing saves what was edited. Somebody else's listing is not found.
func (s *Server) updateListing(c *fiber.Ctx) error {
	if viewerOf(c) == nil {
		return s.keepEditForSignIn(c)
	}
	d, err := s.ownListing(c)
	if err != nil {
		return err
	}
	viewer := viewerOf(c)
	draft := editDraft(viewer.ID, d.ID)
	form, err := s.readListingForm(c)
	if err != nil {
		return err
	}
	form.addPhotos(len(editedPhotos(form, &d)))
	if form.values.Get(fieldStep) == stepCategory {
		return s.showEditForm(c, http.StatusOK, &d, form)
	}
	if err := s.movePhones(c, form); err != nil {
		return err
	}
	waiting, err := s.store.DraftPhotos(c.UserContext(), draft.id)
	if err != nil {
		return err
	}
	if err := s.turnPhotos(c.UserContext(), form, slices.Concat(d.Photos, waiting)); err != nil {
		return err
	}
	ld, ok := form.parse(s.store.Catalog())
	if !ok {
		return s.showEditForm(c, http.StatusUnprocessableEntity, &d, form)
	}
	l, err := s.store.UpdateListing(c.UserContext(), d.ID, versionOf(form), models.Submission{Draft: ld, OwnerID: viewer.ID, DraftID: draft.id, New: form.added, PhotoIDs: editedPhotos(form, &d)})
	if err != nil {
		return formProblem(err, form, func(status int) error { return s.showEditForm(c, status, &d, form) })
	}
	setFlash(c, "salvat", form.tally)
	return seeOther(c, urls.Listing(l.Slug, l.ID))
}

// versionOf is the version that the form was made from; a program that sends none overwrites what is there.
func versionOf(form *listingForm) int64 {
	v, err := strconv.ParseInt(form.values.Get(fieldVersion), 10, 64)
	if err != nil || v < 0 {
		return 0
	}
	return v
}

// editedPhotos returns the photos wanted. A form that says nothing of photos, as a program's, keeps those of the listing before its own.
func editedPhotos(form *listingForm, d *models.ListingDetail) []string {
	ids := form.photoIDs()
	named := slices.ContainsFunc(d.Photos, func(p models.Photo) bool { return slices.Contains(form.values[fieldPhoto], p.ID) })
	if named || form.values.Has(fieldVersion) {
		return ids
	}
	var kept []string
	for _, p := range d.Photos {
		if !slices.Contains(form.values[fieldPhotoDelete], p.ID) {
			kept = append(kept, p.ID)
		}
	}
	return append(kept, ids...)
}

// showEditForm shows the form with the photos of the listing and those added since, in the order wanted.
func (s *Server) showEditForm(c *fiber.Ctx, status int, d *models.ListingDetail, form *listingForm) error {
	waiting := editDraft(d.OwnerID, d.ID)
	if len(form.added) > 0 {
		if err := s.saveDraft(c, waiting, form); err != nil {
			return err
		}
	}
	added, err := s.store.DraftPhotos(c.UserContext(), waiting.id)
	if err != nil {
		return err
	}
	byID := map[string]models.Photo{}
	for _, p := range append(added, d.Photos...) {
		byID[p.ID] = p
	}
	var photos []models.Photo
	for _, id := range form.photoIDs() {
		if p, ok := byID[id]; ok {
			photos = append(photos, p)
		}
	}
	p := s.formPage(c, "Editează anunțul", form, photos)
	p.Action, p.PhotosURL, p.SubmitLabel = urls.EditListing(d.ID), urls.EditPhotos(d.ID), "Salvează"
	p.Version = strconv.FormatInt(d.Version, 10)
	p.Canonical = s.absolute(urls.EditListing(d.ID))
	return s.page(c, status, "listing_form", p)
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
