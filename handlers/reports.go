package handlers

import (
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ReportPage is the form that reports a listing, a person or a message.
type ReportPage struct {
	Page
	Heading string // "Raportează anunțul"
	Label   string // what is reported
	Action  string // POST target
	BackURL string
	Reasons []Option
	Details string
	Error   map[string]string
	Errors  []FieldError
}

// MyReportsPage lists what the viewer reported and what came of it.
type MyReportsPage struct {
	Page
	Items []ReportItem
}

// ReportItem is one report of the viewer's.
type ReportItem struct {
	What   string // "Anunț: Bicicletă Pegas"
	Reason string
	When   string
	Status string // "În verificare"
	Closed bool
}

// reasonLabels are the reasons as people choose them.
var reasonLabels = map[string]string{
	"spam": "E spam sau reclamă", "inselatorie": "Pare o înșelătorie", "interzis": "Ceva interzis sau jignitor",
	"categorie": "E în categoria greșită", "duplicat": "Apare de mai multe ori", "altul": "Altceva",
}

// kindLabels name the kinds of things in the headings and lists.
var kindLabels = map[models.ReportKind]struct{ heading, name string }{
	models.ReportListing: {"Raportează anunțul", "Anunț"},
	models.ReportUser:    {"Raportează persoana", "Persoană"},
	models.ReportMessage: {"Raportează mesajul", "Mesaj"},
}

// reportForm shows the form for a kind of thing.
func (s *Server) reportForm(kind models.ReportKind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		t, err := s.reportTarget(c, kind)
		if err != nil {
			return err
		}
		return s.page(c, http.StatusOK, "report", s.reportPage(c, t, "", "", nil))
	}
}

// sendReport takes the form. A second report of the same thing by the same person changes nothing and says so.
func (s *Server) sendReport(kind models.ReportKind) fiber.Handler {
	return func(c *fiber.Ctx) error {
		t, err := s.reportTarget(c, kind)
		if err != nil {
			return err
		}
		form, err := readForm(c, nil)
		if err != nil {
			return err
		}
		if err := s.takeTarget(c.UserContext(), sharedReports, string(kind)+" "+strconv.FormatInt(t.ID, 10)); err != nil {
			return err
		}
		reason, details := form.Get(models.FieldReason), form.Get(models.FieldDetails)
		isNew, err := s.store.AddReport(c.UserContext(), viewerID(c), t, reason, details)
		if fields := fieldOf(err); len(fields) > 0 {
			return s.page(c, http.StatusUnprocessableEntity, "report", s.reportPage(c, t, reason, details, fields))
		} else if err != nil {
			return err
		}
		setFlash(c, map[bool]string{true: "raportat", false: "raportat-deja"}[isNew], photoTally{})
		return seeOther(c, reportedURL(t))
	}
}

// reportTarget finds what the path names; a person stands there by their public name.
func (s *Server) reportTarget(c *fiber.Ctx, kind models.ReportKind) (models.ReportTarget, error) {
	var id int64
	if kind == models.ReportUser {
		u, err := s.store.UserByUsername(c.UserContext(), c.Params("username"))
		if err != nil {
			return models.ReportTarget{}, err
		}
		id = u.ID
	} else {
		var err error
		if id, err = pathID(c); err != nil {
			return models.ReportTarget{}, err
		}
	}
	return s.store.ReportTargetOf(c.UserContext(), viewerID(c), kind, id)
}

// reportedURL is the page of what was reported.
func reportedURL(t models.ReportTarget) string {
	switch t.Kind {
	case models.ReportListing:
		return urls.Listing(t.Path, t.ID)
	case models.ReportUser:
		return urls.PublicProfile(t.Path)
	}
	return urls.Conversation(t.Talk)
}

func (s *Server) reportPage(c *fiber.Ctx, t models.ReportTarget, reason, details string, errs map[string]string) ReportPage {
	p := ReportPage{Page: s.newPage(c, kindLabels[t.Kind].heading), Heading: kindLabels[t.Kind].heading, Label: t.Label, BackURL: reportedURL(t), Details: details, Error: errs}
	p.NoIndex = true
	switch t.Kind {
	case models.ReportListing:
		p.Action = urls.ReportListing(t.ID)
	case models.ReportUser:
		p.Action = urls.ReportUser(t.Path)
	default:
		p.Action = urls.ReportMessage(t.ID)
	}
	for _, r := range models.ReportReasons {
		if t.Kind == models.ReportListing || r != "categorie" && r != "duplicat" {
			p.Reasons = append(p.Reasons, Option{Value: r, Label: reasonLabels[r], Selected: r == reason})
		}
	}
	for _, field := range []string{models.FieldReason, models.FieldDetails} {
		if errs[field] != "" {
			p.Errors = append(p.Errors, FieldError{Field: field, Message: errs[field]})
		}
	}
	return p
}

// showMyReports is the answer to the reporter: what was decided.
func (s *Server) showMyReports(c *fiber.Ctx) error {
	reports, err := s.store.ReportsBy(c.UserContext(), viewerID(c))
	if err != nil {
		return err
	}
	p := MyReportsPage{Page: s.newPage(c, "Raportările mele")}
	p.Tab, p.NoIndex = "cont", true
	for _, r := range reports {
		label := r.Label
		if label == "" {
			label = "nu mai există"
		}
		p.Items = append(p.Items, ReportItem{What: kindLabels[r.Kind].name + ": " + text.Truncate(label, 80), Reason: reasonLabels[r.Reason], When: text.DateTime(r.CreatedAt),
			Status: reportStatus(r.Decision), Closed: r.Decision != nil})
	}
	return s.page(c, http.StatusOK, "my_reports", p)
}

// reportStatus says what came of a report.
func reportStatus(d *models.Decision) string {
	switch {
	case d == nil:
		return "În verificare"
	case d.UndoneAt != nil, d.Action == models.ActionDismiss:
		return "Am verificat și nu am găsit nimic împotriva regulilor"
	case d.Action == models.ActionHide:
		return "Am ascuns anunțul. Mulțumim!"
	}
	return "Am suspendat contul. Mulțumim!"
}

// fieldOf is the sentence of an error that belongs to a form field, under the field's name.
func fieldOf(err error) map[string]string {
	if field := apperr.Field(err); field != "" {
		return map[string]string{field: apperr.Message(err)}
	}
	return nil
}
