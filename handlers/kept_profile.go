package handlers

import (
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	// profileCookie holds the key of a profile that somebody changed while their session ran out.
	profileCookie = "piata_profil"
	// fieldSession names the session in which it was typed, as the token said that had just run out.
	fieldSession = "sesiune"
)

// profileFields are the fields of the form.
var profileFields = []string{fieldName, fieldPhone, fieldAbout, fieldKind, models.FieldCounty, models.FieldLocality}

// keepProfile keeps what somebody whose token has just run out changed of their profile, and sends them to sign in, which for most is one
// look at the sign-in page. What others send is nobody's profile.
func (s *Server) keepProfile(c *fiber.Ctx) error {
	session, _ := c.Locals(keyStaleSession).(string)
	if viewerOf(c) != nil || session == "" || isHTMX(c) {
		return c.Next()
	}
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	if err := s.take(c, limitDrafts); err != nil {
		return err
	}
	fields := map[string][]string{fieldSession: {session}}
	for _, name := range profileFields {
		fields[name] = []string{text.Truncate(form.Get(name), 2*aboutMax)}
	}
	d := &draftSession{cookie: profileCookie}
	d.renew(c)
	if err := d.write(c, s.store, fields); err != nil {
		return err
	}
	setFlash(c, "ciorna", photoTally{})
	return c.Redirect(s.signInURL(urls.EditProfile), http.StatusSeeOther)
}

// takeKeptProfile puts what was kept in the place of the values, once, and only in the session in which it was typed.
func (s *Server) takeKeptProfile(c *fiber.Ctx, values map[string]string) error {
	key := c.Cookies(profileCookie)
	if key == "" {
		return nil
	}
	draft, err := s.store.Draft(c.UserContext(), models.DraftID(key), viewerID(c))
	if apperr.Is(err, apperr.NotFound) {
		return nil
	}
	fields := url.Values(draft.Fields)
	if err != nil || fields.Get(fieldSession) != viewerOf(c).SessionID {
		return err
	}
	for _, name := range profileFields {
		values[name] = fields.Get(name)
	}
	dropCookie(c, profileCookie)
	return nil
}
