package handlers

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/models"
)

// conversations writes a file for each conversation, what both have said in it, and its pictures.
func (e *export) conversations(ctx context.Context) error {
	for _, archived := range []bool{false, true} {
		for after := (models.Cursor{}); ; {
			rows, next, err := e.server.store.Conversations(ctx, e.user.ID, archived, after, exportBatch)
			if err != nil {
				return err
			}
			for i := range rows {
				if err := e.conversation(ctx, &rows[i]); err != nil {
					return err
				}
			}
			if after = next; after.IsZero() {
				break
			}
		}
	}
	return nil
}

func (e *export) conversation(ctx context.Context, c *models.ConversationSummary) error {
	folder := fmt.Sprintf("mesaje/%d/", c.ConversationID)
	var items []apiMessageJSON
	for before := int64(0); ; {
		messages, more, err := e.server.store.Messages(ctx, e.user.ID, c.ConversationID, before, messagePage)
		if err != nil {
			return err
		}
		photos, err := e.server.store.MessagePhotos(ctx, messages)
		if err != nil {
			return err
		}
		page := make([]apiMessageJSON, len(messages))
		for i := range messages {
			page[i] = apiMessage(&messages[i], e.user.ID)
			for j, p := range photos[messages[i].ID] {
				name := fmt.Sprintf("%smesaj-%d-foto-%d.jpg", folder, messages[i].ID, j+1)
				page[i].Photos = append(page[i].Photos, name)
				if err := e.photo(ctx, name, p.Hash); err != nil {
					return err
				}
			}
		}
		items = append(page, items...)
		if !more {
			break
		}
		before = messages[0].ID
	}
	return e.json(folder+"conversatie.json", fiber.Map{"listing_id": c.Listing.ID, "listing": listingTitle(&c.Listing), "with": peerName(&c.Peer), "archived": c.Archived,
		"last_message_at": c.Last.CreatedAt.UTC().Format(time.RFC3339), "messages": items})
}
