package handlers

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// draftCookie holds the key of the draft that this browser is writing, signed in or not.
const draftCookie = "piata_ciorna"

const draftCookieLife = 30 * 24 * time.Hour

// draftSession is the draft that a request writes to. The row is made when there is something to keep.
type draftSession struct {
	id       string
	viewerID int64
	cookie   string // that holds its key; "" for the draft of an edit, which is found by its listing
}

// startDraft takes up the browser's draft or begins a new one.
func startDraft(c *fiber.Ctx) *draftSession {
	d := &draftSession{viewerID: viewerID(c), cookie: draftCookie}
	key := c.Cookies(draftCookie)
	if len(key) < 20 || len(key) > 64 {
		key = d.renew(c)
	}
	d.id = models.DraftID(key)
	return d
}

// editDraft is where photos wait that were added to a form that has an error.
func editDraft(userID, listingID int64) *draftSession {
	return &draftSession{id: models.DraftID(fmt.Sprintf("edit:%d:%d", userID, listingID)), viewerID: userID}
}

// renew gives the browser a new key.
func (d *draftSession) renew(c *fiber.Ctx) string {
	key := rand.Text()
	d.id = models.DraftID(key)
	setCookie(c, d.cookie, key, draftCookieLife)
	return key
}

// forget ends the draft in the browser; the store deleted it when the listing was made.
func (d *draftSession) forget(c *fiber.Ctx) { dropCookie(c, d.cookie) }

// write stores the fields. When the key in the cookie leads to somebody else's draft, as on a shared computer, a new one is begun.
func (d *draftSession) write(c *fiber.Ctx, store *models.Store, fields map[string][]string) error {
	err := store.SaveDraft(c.UserContext(), d.id, d.viewerID, fields)
	if apperr.Is(err, apperr.NotFound) && d.cookie != "" {
		d.renew(c)
		err = store.SaveDraft(c.UserContext(), d.id, d.viewerID, fields)
	}
	return err
}

// saveDraft keeps what was typed and the photos as arranged.
func (s *Server) saveDraft(c *fiber.Ctx, d *draftSession, form *listingForm) error {
	if err := d.write(c, s.store, draftFields(form)); err != nil {
		return err
	}
	// Those that the form no longer names go first, to make room.
	if err := s.store.ArrangeDraftPhotos(c.UserContext(), d.id, form.photoIDs()); err != nil {
		return err
	}
	if err := s.store.AddPhotos(c.UserContext(), d.id, form.added); err != nil || len(form.added) == 0 {
		return err
	}
	return s.store.ArrangeDraftPhotos(c.UserContext(), d.id, form.photoIDs())
}

// maxDraftFields bounds what strangers can leave in the database; the largest category has half as many.
const maxDraftFields = 60

// draftFields are the fields that say something of the listing; the draft knows its photos itself.
func draftFields(form *listingForm) map[string][]string {
	fields := map[string][]string{}
	for name := range form.values {
		if isDraftField(name) && len(fields) < maxDraftFields {
			fields[name] = []string{text.Truncate(form.values.Get(name), 2*models.DescriptionMax)}
		}
	}
	return fields
}

func isDraftField(name string) bool {
	switch name {
	case models.FieldCategory, models.FieldTitle, models.FieldDescription, models.FieldPrice, models.FieldCurrency, models.FieldCounty,
		models.FieldLocality, models.FieldCondition, fieldNegotiable, fieldSubmitKey:
		return true
	}
	return strings.HasPrefix(name, models.AttributePrefix) && len(name) < 60
}

// openDraft returns the id of the browser's draft and, when it holds something that this person may see, the draft.
func (s *Server) openDraft(c *fiber.Ctx) (string, *models.FormDraft, error) {
	key := c.Cookies(draftCookie)
	if key == "" {
		return "", nil, nil
	}
	id := models.DraftID(key)
	draft, err := s.store.Draft(c.UserContext(), id, viewerID(c))
	if apperr.Is(err, apperr.NotFound) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	return id, &draft, nil
}

// autosave keeps the text fields and the order of the photos while somebody types. It says nothing back.
func (s *Server) autosave(c *fiber.Ctx) error {
	values, err := readForm(c, nil)
	if err != nil {
		return err
	}
	d, form := startDraft(c), &listingForm{values: values}
	if err := d.write(c, s.store, draftFields(form)); err != nil {
		return err
	}
	if err := s.store.PlaceDraftPhotos(c.UserContext(), d.id, form.photoIDs(), values[fieldPhotoDelete]); err != nil {
		return err
	}
	return c.SendStatus(http.StatusNoContent)
}
