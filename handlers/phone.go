package handlers

import (
	"context"
	"html/template"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// PhoneBox is the seller's phone on a listing's page: a button until somebody who is signed in asks for the number.
type PhoneBox struct {
	Numbers   []PhoneLink // asked for
	RevealURL string      // POST target; "" when there is no number
	SignInURL string      // where visitors go first; "" for people who are signed in
}

// PhoneLink calls a number. The address is safe: it is made of digits.
type PhoneLink struct {
	Href  template.URL // "tel:+40722123456"
	Label string       // "0722 123 456"
}

// fieldMovePhone asks to move the numbers of the texts into the profile.
const fieldMovePhone = "muta_telefon"

// phoneBox says whether the seller can be called, not under which number.
func phoneBox(c *fiber.Ctx, p *Page, d *models.ListingDetail) PhoneBox {
	if d.Status != models.StatusActive || d.Owner.Phone == "" && !d.HidesPhone {
		return PhoneBox{}
	}
	b := PhoneBox{RevealURL: urls.RevealPhone(d.ID)}
	if viewerOf(c) == nil {
		b.SignInURL = p.SignInURL
	}
	return b
}

// revealPhone shows the seller's number: in place of the button to htmx, else on the whole page.
func (s *Server) revealPhone(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	numbers, err := s.store.RevealPhone(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	box := PhoneBox{RevealURL: urls.RevealPhone(id)}
	for _, n := range numbers {
		box.Numbers = append(box.Numbers, PhoneLink{Href: template.URL("tel:" + n), Label: text.FormatPhone(n)})
	}
	if isFragment(c) {
		return s.fragment(c, http.StatusOK, "phone", box)
	}
	d, err := s.store.Listing(c.UserContext(), id)
	if err != nil {
		return err
	}
	p, err := s.listingPage(c, &d)
	if err != nil {
		return err
	}
	p.Phone, p.NoIndex = box, true
	return s.page(c, http.StatusOK, "listing", p)
}

// movePhone takes the numbers out of a listing's texts and keeps the first in the profile; the owner's page of the listing offers it.
func (s *Server) movePhone(c *fiber.Ctx) error {
	d, err := s.ownListing(c)
	if err != nil {
		return err
	}
	form := &listingForm{values: listingValues(s.store.Catalog(), &d)}
	form.values.Set(fieldMovePhone, "da")
	if err := s.movePhones(c, form); err != nil {
		return err
	}
	ld, ok := form.parse(s.store.Catalog())
	if !ok {
		return s.showEditForm(c, http.StatusUnprocessableEntity, &d, form)
	}
	l, err := s.store.UpdateListing(c.UserContext(), d.ID, d.Version, models.Submission{Draft: ld, OwnerID: d.OwnerID, PhotoIDs: editedPhotos(form, &d)})
	if err != nil {
		return err
	}
	setFlash(c, "telefon", photoTally{})
	return seeOther(c, urls.Listing(l.Slug, l.ID))
}

// movePhones does what the box under the form asks, before the form is read.
func (s *Server) movePhones(c *fiber.Ctx, form *listingForm) error {
	v := viewerOf(c)
	numbers := phonesIn(form.values)
	if v == nil || form.values.Get(fieldMovePhone) == "" || len(numbers) == 0 {
		return nil
	}
	for _, field := range []string{models.FieldTitle, models.FieldDescription} {
		form.values.Set(field, text.WithoutPhones(form.values.Get(field)))
	}
	return s.store.KeepPhone(c.UserContext(), v.ID, numbers[0].Number)
}

// phonesIn finds the phone numbers that somebody typed into the texts of a listing.
func phonesIn(values url.Values) []text.PhoneSpan {
	return text.FindPhones(values.Get(models.FieldTitle) + "\n" + values.Get(models.FieldDescription))
}

// revealsText says how many people asked for the number.
func revealsText(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "o persoană a cerut telefonul"
	}
	return text.Count(int64(n), "persoană", "persoane") + " au cerut telefonul"
}

// addReveals tells the owner how many people asked for the number, and offers to move one that stands in the texts.
func (s *Server) addReveals(ctx context.Context, panel *OwnerPanel, d *models.ListingDetail) error {
	reveals, err := s.store.PhoneRevealsOf(ctx, []int64{d.ID})
	if err != nil {
		return err
	}
	panel.Reveals = revealsText(reveals[d.ID])
	if d.HidesPhone && panel.EditURL != "" {
		panel.MovePhoneURL = urls.MovePhone(d.ID)
	}
	return nil
}
