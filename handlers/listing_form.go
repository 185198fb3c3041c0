package handlers

import (
	"crypto/rand"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ListingFormPage posts or edits a listing.
type ListingFormPage struct {
	Page
	Heading     string
	Action      string // POST target
	PhotosURL   string // POST target of photos sent ahead by the script
	SubmitLabel string // "Publică anunțul", "Salvează"
	SubmitKey   string // makes a double submit harmless; hidden field "cheie"
	Account     string // who writes it; hidden field "cont", so that a form kept on a shared phone is not sent by somebody else
	Version     string // of the edited listing; hidden field "versiune"; "" when new
	Summary     string // sentence over the form when something is wrong
	Errors      []FieldError
	PhoneNote   string            // what was found in the texts, e.g. "0722 123 456"; "" for no phone number
	Error       map[string]string // by field name: categorie, titlu, descriere, pret, moneda, judet, localitate, stare, fotografii, atribut_<key>
	Values      map[string]string // as typed: titlu, descriere, pret, localitate
	Negotiable  bool              // checkbox "negociabil"
	Categories  template.HTML     // options, in groups
	Counties    template.HTML     // options
	Currencies  []Option
	Details     DetailsForm
	Photos      []FormPhoto
	PhotoNotes  []string // what was done with the photos, or wrong with one
	MaxPhotos   int
	DraftNote   string // "Ciorna ta, salvată la 14:20."
}

// FieldError is one line of the error summary, linking to its field.
type FieldError struct {
	Field   string // id of the field's element
	Message string
}

// FormPhoto is a photo already stored for this form.
type FormPhoto struct {
	ID    string
	Src   string // 400 wide
	Order int    // 1, 2, … ; field "ordine_<ID>"
}

// Names of the form's fields that are not part of the listing itself.
const (
	fieldSubmitKey   = "cheie"
	fieldAccount     = "cont"
	fieldVersion     = "versiune"
	fieldNegotiable  = "negociabil"
	fieldPhoto       = "foto"
	fieldPhotoOrder  = "ordine_"
	fieldPhotoDelete = "sterge_foto"
	fieldPhotoTurn   = "roteste_"
	fieldStep        = "pas"
	stepCategory     = "categorie"
)

// listingForm is what somebody typed, with what is wrong about it.
type listingForm struct {
	values url.Values
	errors models.FieldErrors
	added  []models.Photo // pictures that came with this request
	note   string         // where the values come from
	tally  photoTally
}

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

// parse turns the form into a draft.
func (f *listingForm) parse(catalog *models.Catalog) (models.ListingDraft, bool) {
	photoError := f.errors[models.FieldPhotos]
	draft, errs := catalog.ParseListing(f.input())
	if photoError != "" {
		errs[models.FieldPhotos] = photoError
	}
	f.errors = errs
	return draft, len(errs) == 0
}

func (f *listingForm) input() models.ListingInput {
	in := models.ListingInput{
		Category: f.values.Get(models.FieldCategory), Title: f.values.Get(models.FieldTitle), Description: f.values.Get(models.FieldDescription),
		Price: f.values.Get(models.FieldPrice), Currency: f.values.Get(models.FieldCurrency), Negotiable: f.values.Get(fieldNegotiable) != "",
		County: f.values.Get(models.FieldCounty), Locality: f.values.Get(models.FieldLocality), Condition: f.values.Get(models.FieldCondition),
		Attributes: map[string]string{},
	}
	for name := range f.values {
		if key, ok := strings.CutPrefix(name, models.AttributePrefix); ok {
			in.Attributes[key] = f.values.Get(name)
		}
	}
	return in
}

// photoIDs returns the stored photos that the form keeps, in the order asked for: by the number beside each, then as they stood.
func (f *listingForm) photoIDs() []string {
	drop := f.values[fieldPhotoDelete]
	type place struct {
		id    string
		order int
	}
	var places []place
	for i, id := range f.values[fieldPhoto] {
		if !isKey(id) || slices.Contains(drop, id) || slices.ContainsFunc(places, func(p place) bool { return p.id == id }) {
			continue
		}
		order, err := strconv.Atoi(f.values.Get(fieldPhotoOrder + id))
		if err != nil {
			order = i + 1
		}
		places = append(places, place{id, order})
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.order - b.order })
	ids := make([]string, len(places))
	for i, p := range places {
		ids[i] = p.id
	}
	return ids
}

// newListing shows the posting form, with the draft that this browser left behind.
func (s *Server) newListing(c *fiber.Ctx) error {
	form := &listingForm{values: url.Values{models.FieldCategory: {c.Query(models.FieldCategory)}}}
	draftID, draft, err := s.openDraft(c)
	if err != nil {
		return err
	}
	if draft != nil {
		form.values = draft.Fields
		form.note = "Ciorna ta, salvată " + text.Ago(draft.UpdatedAt, s.now()) + "."
	}
	page, err := s.newListingPage(c, form, draftID)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "listing_form", page)
}

func (s *Server) newListingPage(c *fiber.Ctx, form *listingForm, draftID string) (ListingFormPage, error) {
	photos, err := s.store.DraftPhotos(c.UserContext(), draftID)
	if err != nil {
		return ListingFormPage{}, err
	}
	p := s.formPage(c, "Adaugă un anunț", form, photos)
	p.Action, p.PhotosURL, p.SubmitLabel, p.Tab = urls.NewListing, urls.DraftPhotos, "Publică anunțul", "adauga"
	if p.SubmitKey = form.values.Get(fieldSubmitKey); p.SubmitKey == "" {
		p.SubmitKey = rand.Text()
	}
	p.Canonical = s.absolute(urls.NewListing)
	if viewer := viewerID(c); viewer != 0 {
		p.Account = strconv.FormatInt(viewer, 10)
	}
	return p, nil
}

// createListing publishes what was posted. When something is wrong the draft keeps all of it, photos included.
func (s *Server) createListing(c *fiber.Ctx) error {
	draft := startDraft(c)
	form, err := s.readListingForm(c)
	if err != nil {
		return err
	}
	form.addPhotos(len(form.photoIDs()))
	viewer := viewerOf(c)
	if viewer == nil {
		return s.keepForSignIn(c, draft, form)
	}
	if account := form.values.Get(fieldAccount); account != "" && account != strconv.FormatInt(viewer.ID, 10) {
		return apperr.New(apperr.Forbidden, "Anunțul acesta a fost scris din alt cont. Intră în contul acela ca să-l publici.")
	}
	if form.values.Get(fieldStep) == stepCategory {
		return s.showNewForm(c, http.StatusOK, draft, form)
	}
	if err := s.movePhones(c, form); err != nil {
		return err
	}
	waiting, err := s.store.DraftPhotos(c.UserContext(), draft.id)
	if err != nil {
		return err
	}
	if err := s.turnPhotos(c.UserContext(), form, waiting); err != nil {
		return err
	}
	ld, ok := form.parse(s.store.Catalog())
	if !ok {
		return s.showNewForm(c, http.StatusUnprocessableEntity, draft, form)
	}
	l, err := s.store.CreateListing(c.UserContext(), models.Submission{Draft: ld, OwnerID: viewer.ID, SubmitKey: submitKey(form), DraftID: draft.id, New: form.added, PhotoIDs: form.photoIDs()})
	if err != nil {
		return formProblem(err, form, func(status int) error { return s.showNewForm(c, status, draft, form) })
	}
	draft.forget(c)
	setFlash(c, "publicat", form.tally)
	return seeOther(c, urls.Listing(l.Slug, l.ID))
}

// submitKey is the form's key when it looks like one of ours.
func submitKey(f *listingForm) string {
	if key := f.values.Get(fieldSubmitKey); isKey(key) {
		return key
	}
	return ""
}

// isKey reports whether s could be a random key: what else stands in a hidden field is not for the database.
func isKey(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

// showNewForm keeps everything typed in the draft and shows the form again.
func (s *Server) showNewForm(c *fiber.Ctx, status int, draft *draftSession, form *listingForm) error {
	if err := s.saveDraft(c, draft, form); err != nil {
		return err
	}
	page, err := s.newListingPage(c, form, draft.id)
	if err != nil {
		return err
	}
	return s.page(c, status, "listing_form", page)
}

// formProblem shows errors that belong into the form there and passes on the others.
func formProblem(err error, form *listingForm, show func(status int) error) error {
	status, message := describe(err)
	if status != http.StatusConflict && status != http.StatusUnprocessableEntity {
		return err
	}
	if form.errors == nil {
		form.errors = models.FieldErrors{}
	}
	form.errors[apperr.Field(err)] = message
	return show(status)
}

// keepForSignIn stores what a signed-out person typed and brings them back to it after sign-in.
func (s *Server) keepForSignIn(c *fiber.Ctx, draft *draftSession, form *listingForm) error {
	if err := s.saveDraft(c, draft, form); err != nil {
		return err
	}
	setFlash(c, "ciorna", photoTally{})
	return seeOther(c, s.signInURL(urls.NewListing))
}

// formPage fills the parts of the form that posting and editing share.
func (s *Server) formPage(c *fiber.Ctx, heading string, form *listingForm, photos []models.Photo) ListingFormPage {
	get := form.values.Get
	p := ListingFormPage{
		Page: s.newPage(c, heading), Heading: heading, MaxPhotos: models.MaxPhotos, Error: form.errors, DraftNote: form.note,
		Values:     map[string]string{},
		Negotiable: get(fieldNegotiable) != "",
		Categories: s.categoryOptions(get(models.FieldCategory), false), Counties: s.countyOptions(get(models.FieldCounty)),
		Currencies: currencyOptions(get(models.FieldCurrency)), Details: s.detailsForm(form),
	}
	p.NoIndex = true
	if found := phonesIn(form.values); len(found) > 0 {
		p.PhoneNote = text.FormatPhone(found[0].Number)
	}
	for _, name := range []string{models.FieldTitle, models.FieldDescription, models.FieldPrice, models.FieldLocality} {
		p.Values[name] = strings.ToValidUTF8(get(name), "\ufffd")
	}
	if sentence := form.tally.sentence(); sentence != "" {
		p.PhotoNotes = append(p.PhotoNotes, sentence)
	}
	for i, photo := range photos {
		p.Photos = append(p.Photos, FormPhoto{ID: photo.ID, Src: urls.Photo(photo.Hash, 400), Order: i + 1})
	}
	p.Errors = summary(form.errors, p.Details)
	if len(p.Errors) > 0 {
		p.Summary = "Mai sunt câteva lucruri de pus la punct:"
	}
	return p
}

// summary lists the errors in the order of the fields on the page.
func summary(errs models.FieldErrors, details DetailsForm) []FieldError {
	order := []string{"", models.FieldPhotos, models.FieldTitle, models.FieldCategory, models.FieldCondition}
	for _, f := range details.Fields {
		order = append(order, f.Name)
	}
	order = append(order, models.FieldDescription, models.FieldPrice, models.FieldCurrency, models.FieldCounty, models.FieldLocality)
	var out []FieldError
	for _, field := range order {
		if message := errs[field]; message != "" {
			out = append(out, FieldError{Field: field, Message: message})
		}
	}
	for field, message := range errs {
		if !slices.Contains(order, field) { // a detail that the category does not have
			out = append(out, FieldError{Field: models.FieldCategory, Message: message})
		}
	}
	return out
}
