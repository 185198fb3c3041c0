package handlers

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	// editCookie holds the key of what somebody typed into an edit while their session ran out.
	editCookie = "piata_schimbari"
	// fieldListing names the listing in such a draft.
	fieldListing = "anunt"
)

// keepEditForSignIn keeps the form of an edit while its sender signs in, which for most is one look at the sign-in page. A program's form
// leaves out what stays as it is and would be shown as empty, so it is not kept.
func (s *Server) keepEditForSignIn(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	form, err := s.readListingForm(c)
	if err != nil {
		return err
	}
	back := s.signInURL(urls.EditListing(id))
	if !form.values.Has(fieldVersion) {
		return seeOther(c, back)
	}
	form.addPhotos(len(form.photoIDs()))
	d := &draftSession{cookie: editCookie}
	d.renew(c)
	fields := draftFields(form)
	fields[fieldListing] = []string{strconv.FormatInt(id, 10)}
	fields[fieldVersion] = []string{strconv.FormatInt(versionOf(form), 10)}
	fields[fieldPhoto] = form.photoIDs()
	if err := d.write(c, s.store, fields); err != nil {
		return err
	}
	if err := s.store.AddPhotos(c.UserContext(), d.id, form.added); err != nil {
		return err
	}
	setFlash(c, "ciorna", photoTally{})
	return seeOther(c, back)
}

// takeKeptEdit returns the form kept for the listing, or nil. Its photos are free to go into the draft of the edit.
func (s *Server) takeKeptEdit(c *fiber.Ctx, listingID int64) (*listingForm, error) {
	key := c.Cookies(editCookie)
	if key == "" {
		return nil, nil
	}
	d := &draftSession{id: models.DraftID(key), viewerID: viewerID(c), cookie: editCookie}
	draft, err := s.store.Draft(c.UserContext(), d.id, d.viewerID)
	if apperr.Is(err, apperr.NotFound) {
		return nil, nil
	}
	fields := url.Values(draft.Fields)
	if err != nil || fields.Get(fieldListing) != strconv.FormatInt(listingID, 10) {
		return nil, err
	}
	form := &listingForm{values: fields, note: "Schimbările tale de mai devreme. Salvează-le ca să apară în anunț."}
	if form.added, err = s.store.DraftPhotos(c.UserContext(), d.id); err != nil {
		return nil, err
	}
	d.forget(c)
	return form, s.store.ArrangeDraftPhotos(c.UserContext(), d.id, nil)
}
