package handlers

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
	"piata.ro/internal/text"
)

// ErrorPage says what went wrong and what to do next.
type ErrorPage struct {
	Page
	Status  int
	Heading string
	Message string
	Query   string        // words of the address, offered as a search on 404
	Found   template.HTML // cards of what that search finds
	SignOut bool          // offers to leave the account that is locked out
}

// statusOf is the only place where kinds become statuses.
var statusOf = map[apperr.Kind]int{
	apperr.Internal:        http.StatusInternalServerError,
	apperr.NotFound:        http.StatusNotFound,
	apperr.Gone:            http.StatusGone,
	apperr.Invalid:         http.StatusUnprocessableEntity,
	apperr.Conflict:        http.StatusConflict,
	apperr.Unauthenticated: http.StatusUnauthorized,
	apperr.Forbidden:       http.StatusForbidden,
	apperr.TooLarge:        http.StatusRequestEntityTooLarge,
	apperr.Unsupported:     http.StatusUnsupportedMediaType,
	apperr.TooMany:         http.StatusTooManyRequests,
	apperr.Unavailable:     http.StatusServiceUnavailable,
	apperr.NoSpace:         http.StatusInsufficientStorage,
	apperr.Malformed:       http.StatusBadRequest,
	apperr.Outdated:        http.StatusPreconditionFailed,
	apperr.Misconfigured:   http.StatusInternalServerError,
}

// explanation is the heading and the sentence for errors that bring none.
var explanation = map[int][2]string{
	http.StatusBadRequest:            {"Nu am înțeles cererea", "Adresa sau formularul nu este întreg. Mergi înapoi și încearcă din nou."},
	http.StatusUnauthorized:          {"Intră în cont", "Ai nevoie de un cont pentru pagina aceasta."},
	http.StatusForbidden:             {"Nu ai voie aici", "Pagina aceasta nu este pentru contul tău."},
	http.StatusNotFound:              {"Nu am găsit pagina", "Poate anunțul a fost șters sau adresa e scrisă greșit."},
	http.StatusMethodNotAllowed:      {"Nu am găsit pagina", "Adresa aceasta nu se deschide așa. Pornește de la prima pagină."},
	http.StatusConflict:              {"S-a schimbat ceva între timp", "Reîncarcă pagina și încearcă din nou."},
	http.StatusPreconditionFailed:    {"S-a schimbat ceva între timp", "Citește anunțul din nou și repetă schimbarea."},
	http.StatusGone:                  {"Anunțul a fost șters", "Cel care l-a pus l-a șters. Poate găsești altul la fel."},
	http.StatusRequestEntityTooLarge: {"E prea mult deodată", "Trimite mai puțin: cel mult 64 MB într-un formular și 15 MB o fotografie."},
	http.StatusUnsupportedMediaType:  {"Nu putem citi datele", "Formatul trimis nu este unul pe care îl înțelegem."},
	http.StatusUnprocessableEntity:   {"Ceva nu e completat bine", "Uită-te peste formular și încearcă din nou."},
	http.StatusTooManyRequests:       {"Mai încet puțin", "Ai făcut prea multe într-un timp scurt. Încearcă din nou peste un minut."},
	431:                              {"Cererea e prea lungă", "Șterge cookie-urile pentru Piața.ro și încearcă din nou."},
	http.StatusInternalServerError:   {"S-a stricat ceva la noi", "Am notat problema. Încearcă din nou peste puțin timp."},
	http.StatusServiceUnavailable:    {"Revenim imediat", "Ceva de care avem nevoie nu răspunde. Încearcă din nou peste câteva secunde."},
	http.StatusInsufficientStorage:   {"Nu mai avem loc", "Nu am putut salva pentru că discul e plin. Încearcă mai târziu."},
}

// handleError answers for every error: a page, a fragment, a problem document or plain text, by what was asked for.
func (s *Server) handleError(c *fiber.Ctx, err error) error {
	status, message := describe(err)
	c.Status(status)
	c.Set(fiber.HeaderCacheControl, "no-store")
	s.retryAfter(c, status, err)
	if message == "" {
		message = explanationOf(status)[1]
	}
	switch {
	case isAPI(c):
		return problem(c, status, message, apiErrors(err))
	case isHTMX(c) && status == http.StatusUnauthorized:
		c.Set("HX-Redirect", s.afterRefusal(c))
	}
	page := ErrorPage{Page: s.errorFrame(c), Status: status, Heading: explanationOf(status)[0], Message: message}
	page.SignOut = status == http.StatusForbidden && lockoutOf(c) != nil
	if status == http.StatusNotFound || status == http.StatusGone {
		page.Query = wordsOfPath(c.Path())
		page.Found = s.guess(c, page.Query)
	}
	return s.renderError(c, page)
}

// afterRefusal is where a whole page load helps somebody whom htmx could not: one whose token has expired is recognised again by loading
// any page, the others sign in.
func (s *Server) afterRefusal(c *fiber.Ctx) string {
	back := currentPage(c)
	if isStale, _ := c.Locals(keyStaleSession).(string); isStale != "" && c.Method() == http.MethodGet {
		return back
	}
	return s.signInURL(back)
}

func explanationOf(status int) [2]string {
	if e, ok := explanation[status]; ok {
		return e
	}
	return explanation[http.StatusBadRequest]
}

// describe finds the status and the sentence for people. Fiber's own texts are not shown: they repeat the path.
func describe(err error) (int, string) {
	if e, ok := errors.AsType[*fiber.Error](err); ok {
		return e.Code, ""
	}
	if errors.Is(err, photos.ErrNoSpace) {
		return http.StatusInsufficientStorage, ""
	}
	kind := apperr.KindOf(err)
	if kind == apperr.Internal && deadlineError(err) {
		kind = apperr.Unavailable
	}
	if kind == apperr.Internal {
		return http.StatusInternalServerError, ""
	}
	return statusOf[kind], apperr.Message(err)
}

func (s *Server) retryAfter(c *fiber.Ctx, status int, err error) {
	if status != http.StatusServiceUnavailable && status != http.StatusTooManyRequests {
		return
	}
	seconds := 5
	if e, ok := errors.AsType[*apperr.Error](err); ok && e.RetryAfter > 0 {
		seconds = int(math.Ceil(e.RetryAfter.Seconds()))
	}
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds))
}

// errorFrame is the frame of an error page; it asks the database nothing.
func (s *Server) errorFrame(c *fiber.Ctx) Page {
	p := s.newFrame(c, "Eroare")
	p.NoIndex = true
	return p
}

// renderError must not fail: when the template does, a page made at start-up is sent.
func (s *Server) renderError(c *fiber.Ctx, page ErrorPage) error {
	var b bytes.Buffer
	var err error
	page.Title = page.Heading
	if isFragment(c) {
		err = s.views.Partial(&b, "partials/error", page)
	} else {
		err = s.views.Page(&b, "pages/error", page)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	varyOnFragment(c)
	if err != nil {
		s.log.ErrorContext(c.UserContext(), "render error page", "error", err)
		return c.Send(s.fallback)
	}
	return c.Send(b.Bytes())
}

func (s *Server) renderFallback() error {
	var b bytes.Buffer
	e := explanation[http.StatusInternalServerError]
	page := ErrorPage{Page: Page{Title: e[0], NoIndex: true}, Status: http.StatusInternalServerError, Heading: e[0], Message: e[1]}
	if err := s.views.Page(&b, "pages/error", page); err != nil {
		return fmt.Errorf("error page: %w", err)
	}
	s.fallback = b.Bytes()
	return nil
}

// wordsOfPath guesses what somebody looked for from an address that leads nowhere: "/anunt/dacia-logan-17/" → "dacia logan".
func wordsOfPath(path string) string {
	var words []string
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' || r == '+' }) {
		if part = text.Line(part); len(part) > 2 && strings.Trim(part, "0123456789") != "" && part != "anunt" && part != "anunturi" && part != "categorii" && part != "html" && part != "php" {
			words = append(words, part)
		}
	}
	return text.Truncate(strings.Join(words, " "), 60)
}
