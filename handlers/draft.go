package handlers

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/models"
)

// draftCookie holds the key of the draft that this browser is writing, signed in or not.
const draftCookie = "piata_ciorna"

const draftCookieLife = 30 * 24 * time.Hour

// draftSession is the draft that a request writes to. The row is made when there is something to keep.
type draftSession struct {
	id       string
	viewerID int64
	cookie   bool // kept by a cookie; the draft of an edit is found by its listing
	made     bool
}

// startDraft takes up the browser's draft or begins a new one.
func startDraft(c *fiber.Ctx) *draftSession {
	d := &draftSession{viewerID: viewerID(c), cookie: true}
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
	c.Cookie(&fiber.Cookie{Name: draftCookie, Value: key, Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
		Secure: c.Protocol() == "https", MaxAge: int(draftCookieLife.Seconds())})
	return key
}

// forget ends the draft in the browser; the store deleted it when the listing was made.
func (d *draftSession) forget(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: draftCookie, Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Expires: time.Unix(1, 0)})
}

// write stores the fields. When the key in the cookie leads to somebody else's draft, as on a shared computer, a new one is begun.
func (d *draftSession) write(c *fiber.Ctx, store *models.Store, fields map[string][]string) error {
	err := store.SaveDraft(c.UserContext(), d.id, d.viewerID, fields)
	if apperr.Is(err, apperr.NotFound) && d.cookie {
		d.renew(c)
		err = store.SaveDraft(c.UserContext(), d.id, d.viewerID, fields)
	}
	d.made = err == nil
	return err
}

// ensure makes the row so that photos can refer to it, without losing what it holds.
func (d *draftSession) ensure(c *fiber.Ctx, store *models.Store) error {
	if d.made {
		return nil
	}
	fields := map[string][]string{}
	if old, err := store.Draft(c.UserContext(), d.id, d.viewerID); err == nil {
		fields = old.Fields
	}
	return d.write(c, store, fields)
}

// saveDraft keeps what was typed and the photos as arranged.
func (s *Server) saveDraft(c *fiber.Ctx, d *draftSession, form *listingForm) error {
	if err := d.write(c, s.store, draftFields(form)); err != nil {
		return err
	}
	return s.store.ArrangeDraftPhotos(c.UserContext(), d.id, form.photoIDs())
}

// draftFields leaves out what the draft knows itself: its photos.
func draftFields(form *listingForm) map[string][]string {
	fields := map[string][]string{}
	for name, values := range form.values {
		if name != fieldPhoto && name != fieldPhotoDelete && name != fieldStep && !strings.HasPrefix(name, fieldPhotoOrder) {
			fields[name] = values
		}
	}
	return fields
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

// autosave keeps the text fields while somebody types. It says nothing back.
func (s *Server) autosave(c *fiber.Ctx) error {
	values, err := readForm(c, nil)
	if err != nil {
		return err
	}
	d := startDraft(c)
	if err := d.write(c, s.store, draftFields(&listingForm{values: values})); err != nil {
		return err
	}
	return c.SendStatus(http.StatusNoContent)
}

// addPhoto stores the row of a picture that was just saved for the draft and returns its id.
func (d *draftSession) addPhoto(ctx context.Context, store *models.Store, p models.Photo) (string, error) {
	p.ID = rand.Text()
	return p.ID, store.AddPhotos(ctx, d.id, []models.Photo{p})
}
