package handlers

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// reports is what the person reported and what came of it, in the words of the page. Notes are for those whom they concern.
func (e *export) reports(ctx context.Context) error {
	rows, err := e.server.store.ExportReports(ctx, e.user.ID)
	if err != nil {
		return err
	}
	items := make([]fiber.Map, len(rows))
	for i, r := range rows {
		items[i] = fiber.Map{"kind": r.Kind, "id": r.TargetID, "reason": r.Reason, "details": r.Details, "sent_at": r.CreatedAt, "decision": reportStatus(r.Decision), "decided_at": nil}
		if r.Decision != nil {
			items[i]["decided_at"] = r.Decision.CreatedAt
		}
	}
	return e.json("raportari.json", items)
}

// reveals are the phone numbers that the person asked for.
func (e *export) reveals(ctx context.Context) error {
	rows, err := e.server.store.ExportReveals(ctx, e.user.ID)
	if err != nil {
		return err
	}
	items := make([]fiber.Map, len(rows))
	for i, r := range rows {
		items[i] = fiber.Map{"listing_id": r.ListingID, "title": r.Title, "asked_at": r.RevealedAt}
	}
	return e.json("telefoane-cerute.json", items)
}
