package handlers

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/photos"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	exportTimeout = 15 * time.Minute
	exportBatch   = 20 // listings in memory at once
)

// exportData sends everything that is kept about the viewer as one ZIP, made while it is sent.
func (s *Server) exportData(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="piata-ro-`+viewerOf(c).Username+`.zip"`)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if c.Method() == http.MethodHead {
		return nil
	}
	e := &export{server: s, user: viewerOf(c).User, at: s.now()}
	ctx, cancel := context.WithTimeout(s.base, exportTimeout) // the request's own context ends with this function
	reader, writer := io.Pipe()
	s.work.Go(func() {
		defer cancel()
		stop := context.AfterFunc(ctx, func() { writer.CloseWithError(ctx.Err()) }) // wakes up a write that a slow client holds up
		defer stop()
		err := recovered(func() error { return e.write(ctx, writer) })
		if err != nil && !errors.Is(err, io.ErrClosedPipe) && s.base.Err() == nil {
			s.log.ErrorContext(ctx, "export", slog.String("error", err.Error()))
		}
		writer.CloseWithError(err) // an error cuts the connection, so that half a file is not taken for a whole one
	})
	// A client that stops reading is let go; the connection is not used again, so the deadline concerns nothing else.
	if err := c.Context().Conn().SetWriteDeadline(time.Now().Add(exportTimeout)); err != nil {
		s.log.WarnContext(ctx, "export without deadline", slog.String("error", err.Error()))
	}
	c.Context().SetConnectionClose()
	c.Context().SetBodyStream(reader, -1) // fasthttp closes the reader, also when the client has gone
	return nil
}

// export is one person's data on its way out.
type export struct {
	server *Server
	user   models.User
	at     time.Time
	zip    *zip.Writer
}

func (e *export) write(ctx context.Context, w io.Writer) error {
	e.zip = zip.NewWriter(w)
	for _, part := range []func(context.Context) error{e.profile, e.favorites, e.savedSearches, e.contacts, e.reports, e.reveals, e.chats, e.drafts, e.conversations, e.listings} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return e.zip.Close()
}

func (e *export) create(name string, method uint16) (io.Writer, error) {
	return e.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: e.at})
}

func (e *export) json(name string, value any) error {
	w, err := e.create(name, zip.Deflate)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func (e *export) profile(context.Context) error {
	u := &e.user
	fields := fiber.Map{
		"id": u.ID, "clerk_id": u.ClerkID, "username": u.Username, "first_name": u.FirstName, "last_name": u.LastName, "email": u.Email,
		"email_verified": u.EmailVerified, "image_url": u.ImageURL, "name": u.Name, "phone": u.Phone, "about": u.About, "dealer": u.Dealer, "role": u.Role,
		"created_at": u.CreatedAt, "updated_at": u.UpdatedAt,
	}
	if u.LocalitySiruta != nil {
		if place := e.server.store.Catalog().LocalityByCode(*u.LocalitySiruta); place != nil {
			fields["city"], fields["county"] = place.Name, place.County.Code
		}
	}
	return e.json("profil.json", fields)
}

func (e *export) favorites(ctx context.Context) error {
	rows, err := e.server.store.ExportFavorites(ctx, e.user.ID)
	if err != nil {
		return err
	}
	items := make([]fiber.Map, len(rows))
	for i, r := range rows {
		items[i] = fiber.Map{"listing_id": r.ID, "title": r.Title, "url": e.server.absolute(urls.Listing(r.Slug, r.ID)), "saved_at": r.SavedAt}
	}
	return e.json("favorite.json", items)
}

func (e *export) savedSearches(ctx context.Context) error {
	rows, err := e.server.store.SavedSearches(ctx, e.user.ID)
	if err != nil {
		return err
	}
	items := make([]fiber.Map, len(rows))
	for i, r := range rows {
		items[i] = fiber.Map{"name": r.Name, "url": e.server.absolute(urls.Results + "?" + r.Query), "emails": r.Frequency, "saved_at": r.CreatedAt, "changed_at": r.UpdatedAt}
	}
	return e.json("cautari.json", items)
}

// contacts is what the person wrote to those who look after the market.
func (e *export) contacts(ctx context.Context) error {
	rows, err := e.server.store.ContactsOf(ctx, e.user.ID)
	if err != nil {
		return err
	}
	items := make([]fiber.Map, len(rows))
	for i, m := range rows {
		items[i] = fiber.Map{"name": m.Name, "email": m.Email, "message": m.Body, "sent_at": m.CreatedAt}
	}
	return e.json("mesaje-contact.json", items)
}

// chats writes the conversations with the assistant.
func (e *export) chats(ctx context.Context) error {
	owner := models.ChatOwner{UserID: e.user.ID}
	rows, err := e.server.store.Chats(ctx, owner)
	if err != nil || len(rows) == 0 {
		return err
	}
	chats := make([]fiber.Map, len(rows))
	for i, row := range rows {
		_, messages, err := e.server.store.Chat(ctx, owner, row.ID)
		if err != nil {
			return err
		}
		turns := make([]fiber.Map, len(messages))
		for j, m := range messages {
			turns[j] = fiber.Map{"question": m.Question, "answer": m.Answer, "feedback": m.Feedback, "created_at": m.CreatedAt}
		}
		chats[i] = fiber.Map{"title": row.Title, "summary": row.Summary, "created_at": row.CreatedAt, "messages": turns}
	}
	return e.json("asistent.json", chats)
}

func (e *export) drafts(ctx context.Context) error {
	rows, err := e.server.store.ExportDrafts(ctx, e.user.ID)
	if err != nil {
		return err
	}
	items := make([]fiber.Map, len(rows))
	for i, r := range rows {
		names, err := e.draftPhotos(ctx, i+1, r.ID)
		if err != nil {
			return err
		}
		items[i] = fiber.Map{"fields": r.Fields, "photos": names, "updated_at": r.UpdatedAt}
	}
	return e.json("ciorne.json", items)
}

// draftPhotos writes the photos of an unpublished form and returns their names.
func (e *export) draftPhotos(ctx context.Context, number int, draftID string) ([]string, error) {
	photos, err := e.server.store.DraftPhotos(ctx, draftID)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(photos))
	for i, p := range photos {
		names[i] = fmt.Sprintf("ciorne/%d/foto-%d.jpg", number, i+1)
		if err := e.photo(ctx, names[i], p.Hash); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// listings writes a folder for each listing: what it says and its photos.
func (e *export) listings(ctx context.Context) error {
	for after := int64(0); ; {
		rows, err := e.server.store.ExportListings(ctx, e.user.ID, after, exportBatch)
		if err != nil || len(rows) == 0 {
			return err
		}
		for i := range rows {
			if err := e.listing(ctx, &rows[i]); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1].ID
	}
}

func (e *export) listing(ctx context.Context, l *models.ExportedListing) error {
	folder := fmt.Sprintf("anunturi/%s-%d/", l.Slug, l.ID)
	public := e.server.apiListingOf(&l.Listing, l.Photos)
	public.Description, public.Attributes = l.Description, map[string]any{}
	for _, a := range l.Attributes {
		public.Attributes[a.Key] = ownAttribute(a)
	}
	prices := make([]fiber.Map, len(l.Prices))
	for i, p := range l.Prices {
		prices[i] = fiber.Map{"price": nil, "from": p.At}
		if p.Price != nil {
			prices[i]["price"] = apiMoney{p.Price.Minor, string(p.Price.Currency)}
		}
	}
	err := e.json(folder+"anunt.json", struct {
		apiListingJSON
		Negotiable  bool        `json:"negotiable"`
		PublishedAt time.Time   `json:"published_at"`
		ExpiresAt   time.Time   `json:"expires_at"`
		ClosedAt    *time.Time  `json:"closed_at"`
		UpdatedAt   time.Time   `json:"updated_at"`
		Prices      []fiber.Map `json:"prices"`
	}{public, l.Negotiable, l.PublishedAt, l.ExpiresAt, l.ClosedAt, l.UpdatedAt, prices})
	for i := 0; err == nil && i < len(l.Photos); i++ {
		err = e.photo(ctx, fmt.Sprintf("%sfoto-%d.jpg", folder, i+1), l.Photos[i].Hash)
	}
	return err
}

// ownAttribute is the value in full: what others see may be masked.
func ownAttribute(a models.AttributeValue) any {
	if a.NumberValue != nil {
		return *a.NumberValue
	}
	return a.TextValue
}

// photo copies the widest variant; the one that was uploaded is not kept. A missing file leaves the others whole.
func (e *export) photo(ctx context.Context, name, hash string) error {
	file, err := e.server.photos.Open(ctx, hash, photos.Widths[len(photos.Widths)-1], false)
	if errors.Is(err, fs.ErrNotExist) {
		e.server.log.WarnContext(ctx, "export: photo missing", slog.String("hash", hash))
		return nil
	}
	if err != nil {
		return fmt.Errorf("open photo: %w", err)
	}
	defer file.Close()
	w, err := e.create(name, zip.Store)
	if err == nil {
		_, err = io.Copy(w, file)
	}
	return err
}
