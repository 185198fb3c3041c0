package handlers

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// apiCreateListing publishes a listing for a program, by the rules of the form. An Idempotency-Key makes repeating the request harmless.
func (s *Server) apiCreateListing(c *fiber.Ctx) error {
	key, err := idempotencyKey(c)
	if err != nil {
		return err
	}
	fields, err := readFields(c)
	if err != nil {
		return err
	}
	draft, err := fields.draft(s.store.Catalog(), models.ListingInput{Attributes: map[string]string{}})
	if err != nil {
		return err
	}
	l, err := s.store.CreateListing(c.UserContext(), models.Submission{Draft: draft, OwnerID: viewerID(c), SubmitKey: key, StrictKey: true})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderLocation, urls.APIListing(l.ID))
	return s.sendListing(c, http.StatusCreated, l.ID)
}

// idempotencyKey reads the header, with or without the quotes that its draft standard asks for.
func idempotencyKey(c *fiber.Ctx) (string, error) {
	header := c.Get("Idempotency-Key")
	if header == "" {
		return "", nil
	}
	key := header
	if n := len(header); n > 1 && header[0] == '"' && header[n-1] == '"' {
		key = header[1 : n-1]
	}
	if !isKey(key) {
		return "", apperr.New(apperr.Malformed, "Idempotency-Key are cel mult 64 de semne: litere, cifre, „-” și „_”.")
	}
	return key, nil
}

// apiUpdateListing changes the fields given of the viewer's own listing, its state included, all or nothing.
func (s *Server) apiUpdateListing(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	fields, err := readFields(c)
	if err != nil {
		return err
	}
	wanted := c.Get(fiber.HeaderIfMatch)
	_, err = s.store.PatchListing(c.UserContext(), viewerID(c), id, func(d models.ListingDetail) (models.ListingPatch, error) {
		if !matchesVersion(wanted, d.Version) {
			return models.ListingPatch{}, apperr.New(apperr.Outdated, "")
		}
		return fields.patch(s.store.Catalog(), &d)
	})
	if err != nil {
		return err
	}
	return s.sendListing(c, http.StatusOK, id)
}

// matchesVersion compares as If-Match does (RFC 9110, 13.1.1): with any of the tags, strongly. Without the header every version will do.
func matchesVersion(ifMatch string, version int64) bool {
	if ifMatch == "" {
		return true
	}
	for tag := range strings.SplitSeq(ifMatch, ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || tag == versionTag(version) {
			return true
		}
	}
	return false
}

// patch turns the fields into a change of the listing; what is not given stays as it is.
func (f *apiFields) patch(catalog *models.Catalog, d *models.ListingDetail) (models.ListingPatch, error) {
	var p models.ListingPatch
	f.status(&p)
	if len(f.fields) == 0 {
		return p, f.refused()
	}
	stored := listingForm{values: listingValues(catalog, d)}
	draft, err := f.draft(catalog, stored.input())
	p.Draft = &draft
	return p, err
}

// status reads the state that a listing is to have.
func (f *apiFields) status(p *models.ListingPatch) {
	var status string
	if !f.read("status", &status, wrongStatus) {
		return
	}
	switch status {
	case "active":
		p.Status = models.StatusActive
	case "reserved":
		p.Status, p.Reserved = models.StatusActive, true
	case "sold":
		p.Status = models.StatusSold
	default:
		f.errors["status"] = wrongStatus
	}
}

const wrongStatus = "Starea anunțului este „active”, „reserved” sau „sold”."

func (s *Server) apiDeleteListing(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if err := s.store.DeleteListing(c.UserContext(), viewerID(c), id); err != nil {
		return err
	}
	return noContent(c)
}
