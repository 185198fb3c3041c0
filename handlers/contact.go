package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ContactPage lets anybody write to those who look after the market.
type ContactPage struct {
	Page
	Values map[string]string // nume, email, mesaj
	Error  map[string]string
	Errors []FieldError
}

// Names and limits of the form's fields.
const (
	fieldEmail   = "email"
	fieldMessage = "mesaj"
	fieldTrap    = "site" // people do not see it; programs fill it in

	emailMax = 200
)

func (s *Server) showContact(c *fiber.Ctx) error {
	values := map[string]string{}
	if v := viewerOf(c); v != nil {
		values[fieldName], values[fieldEmail] = v.PublicName(), v.Email
	}
	if about := text.Truncate(text.Line(c.Query(fieldMessage)), 200); about != "" {
		values[fieldMessage] = about + "\n\n"
	}
	return s.contactForm(c, http.StatusOK, values, nil)
}

func (s *Server) contactForm(c *fiber.Ctx, status int, values map[string]string, errs models.FieldErrors) error {
	p := ContactPage{Page: s.newPage(c, "Contact"), Values: values, Error: errs}
	p.Description = "Scrie-ne: întrebări, probleme, greșeli găsite pe Piața.ro."
	p.Canonical = s.absolute(urls.Contact)
	for _, name := range []string{fieldName, fieldEmail, fieldMessage} {
		if errs[name] != "" {
			p.Errors = append(p.Errors, FieldError{Field: name, Message: errs[name]})
		}
	}
	return s.page(c, status, "contact", p)
}

// sendContact keeps a message. What a program wrote into the trap is thanked for and forgotten.
func (s *Server) sendContact(c *fiber.Ctx) error {
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	if form.Get(fieldTrap) == "" {
		message, errs := parseContact(form)
		if len(errs) > 0 {
			values := map[string]string{fieldName: form.Get(fieldName), fieldEmail: form.Get(fieldEmail), fieldMessage: form.Get(fieldMessage)}
			return s.contactForm(c, http.StatusUnprocessableEntity, values, errs)
		}
		if v := viewerOf(c); v != nil {
			message.UserID = &v.ID
		}
		if err := s.take(c, limitContact); err != nil {
			return err
		}
		var tell []string
		if s.mail != nil {
			tell = s.cfg.AdminEmails
		}
		if err := s.store.SaveContact(c.UserContext(), message, tell); err != nil {
			return err
		}
	}
	setFlash(c, "mesaj", photoTally{})
	return seeOther(c, urls.Contact)
}

func parseContact(form url.Values) (models.ContactMessage, models.FieldErrors) {
	errs := models.FieldErrors{}
	m := models.ContactMessage{Name: text.Line(form.Get(fieldName)), Email: text.Line(form.Get(fieldEmail)), Body: text.Paragraphs(form.Get(fieldMessage))}
	if text.Runes(m.Name) > nameMax {
		errs[fieldName] = "Numele are cel mult 50 de caractere."
	}
	if address, err := netmail.ParseAddress(m.Email); err != nil || address.Address != m.Email || len(m.Email) > emailMax || !strings.Contains(m.Email[strings.LastIndexByte(m.Email, '@')+1:], ".") {
		errs[fieldEmail] = "Scrie adresa ta de e-mail, ca să-ți putem răspunde."
	}
	if n := text.Runes(m.Body); n < models.ContactMin || n > models.ContactMax {
		errs[fieldMessage] = fmt.Sprintf("Mesajul are între %d și %s de caractere.", models.ContactMin, text.Number(models.ContactMax))
	}
	return m, errs
}

// contactLetter is what the e-mail about a message shows.
type contactLetter struct {
	Home, Name, Email, Body, Time, ListURL string
}

// mailContact tells a moderator of a message; answering the e-mail answers the person.
func (s *Server) mailContact(ctx context.Context, payload []byte) error {
	var job models.ContactMail
	if err := json.Unmarshal(payload, &job); err != nil {
		return jobs.Permanent(err)
	}
	m, err := s.store.Contact(ctx, job.ID)
	if apperr.Is(err, apperr.NotFound) || s.mail == nil {
		return nil // forgotten meanwhile, or mails were turned off
	}
	if err != nil {
		return err
	}
	letter := contactLetter{Home: s.absolute(urls.Home), Name: m.Name, Email: m.Email, Body: m.Body, Time: text.DateTime(m.CreatedAt), ListURL: s.absolute(urls.ContactInbox)}
	return s.sendMail(ctx, "contact", letter, mail.Message{To: job.To, ReplyTo: m.Email, ID: "contact-" + strconv.FormatInt(m.ID, 10)})
}

// ContactInboxPage is the moderators' list of messages.
type ContactInboxPage struct {
	Page
	Tabs    []Option // value is the address
	Items   []ContactItem
	NextURL string
}

// ContactItem is one message in the list.
type ContactItem struct {
	Name, Email, Body string
	Time, TimeISO     string
	DoneURL           string // POST target that says it is done, or that it waits again
	Done              bool
}

const (
	contactPage  = 50
	paramBefore  = "inainte"
	contactsDone = "rezolvate"
)

func (s *Server) showContactInbox(c *fiber.Ctx) error {
	done := c.Query(paramState) == contactsDone
	before, _ := parseID(c.Query(paramBefore))
	rows, next, err := s.store.Contacts(c.UserContext(), done, before, contactPage)
	if err != nil {
		return err
	}
	p := ContactInboxPage{Page: s.newPage(c, "Mesaje primite")}
	p.NoIndex = true
	finished := url.Values{paramState: {contactsDone}}
	p.Tabs = []Option{{Value: urls.ContactInbox, Label: "Așteaptă", Selected: !done}, {Value: urls.WithQuery(urls.ContactInbox, finished), Label: "Rezolvate", Selected: done}}
	for i := range rows {
		m := &rows[i]
		p.Items = append(p.Items, ContactItem{Name: m.Name, Email: m.Email, Body: m.Body, Time: text.DateTime(m.CreatedAt), TimeISO: m.CreatedAt.UTC().Format(time.RFC3339),
			DoneURL: urls.ContactDone(m.ID), Done: done})
	}
	if next > 0 {
		q := url.Values{paramBefore: {strconv.FormatInt(next, 10)}}
		if done {
			q.Set(paramState, contactsDone)
		}
		p.NextURL = urls.WithQuery(urls.ContactInbox, q)
	}
	return s.page(c, http.StatusOK, "contact_inbox", p)
}

// fieldDone says whether a moderator is done with a message.
const fieldDone = "gata"

func (s *Server) setContactDone(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	if err := s.store.SetContactDone(c.UserContext(), id, form.Get(fieldDone) != ""); err != nil {
		return err
	}
	return seeOther(c, s.backOr(c, urls.ContactInbox))
}
