package handlers

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// serveMessagePhoto sends a picture of a conversation to the two who are in it, and to moderators when its message was reported.
func (s *Server) serveMessagePhoto(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	name, isJPEG := strings.CutSuffix(c.Params("file"), ".jpg")
	photoID, size, found := strings.Cut(name, "-")
	width, ok := parseID(size)
	if !isJPEG || !found || !ok {
		return fiber.ErrNotFound
	}
	p, err := s.store.MessagePhoto(c.UserContext(), viewerID(c), id, photoID)
	if apperr.Is(err, apperr.NotFound) && viewerOf(c).IsModerator {
		p, err = s.store.ReportedPhoto(c.UserContext(), id, photoID)
	}
	if err != nil {
		return err
	}
	file, err := s.photos.Open(c.UserContext(), p.Hash, int(width), false)
	if errors.Is(err, fs.ErrNotExist) {
		return fiber.ErrNotFound
	}
	if err != nil {
		return apperr.Wrap(apperr.Unavailable, "Fotografia nu poate fi citită acum.", err)
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=86400, immutable")
	c.Vary(fiber.HeaderCookie)
	c.Set(fiber.HeaderContentType, file.ContentType)
	c.Context().SetBodyStream(file, int(file.Size)) // fasthttp closes the file
	return nil
}

// meetingLength is how long a calendar shows a meeting to be.
const meetingLength = 30 * time.Minute

// sendCalendar sends an accepted meeting as a file for calendars (RFC 5545).
func (s *Server) sendCalendar(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	name, isCalendar := strings.CutSuffix(c.Params("file"), ".ics")
	messageID, ok := parseID(name)
	if !isCalendar || !ok {
		return fiber.ErrNotFound
	}
	m, _, err := s.store.Message(c.UserContext(), viewerID(c), messageID)
	if err != nil {
		return err
	}
	if m.ConversationID != id || m.MeetAt == nil || m.State != models.StateAccepted {
		return fiber.ErrNotFound
	}
	d, err := s.store.Conversation(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="intalnire-%d.ics"`, m.ID))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Status(http.StatusOK).SendString(calendar(&m, s.cfg.AppURL, listingTitle(&d.Listing), peerName(&d.Peer)))
}

// calendar writes the meeting; lines end in CRLF and are folded after 75 bytes, as the standard asks.
func calendar(m *models.Message, origin, title, peer string) string {
	const stamp = "20060102T150405Z"
	_, host, _ := strings.Cut(origin, "://")
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Piata.ro//Mesaje//RO", "METHOD:PUBLISH", "BEGIN:VEVENT",
		fmt.Sprintf("UID:intalnire-%d@%s", m.ID, calendarText(host)),
		"DTSTAMP:" + m.CreatedAt.UTC().Format(stamp),
		"DTSTART:" + m.MeetAt.UTC().Format(stamp),
		"DTEND:" + m.MeetAt.UTC().Add(meetingLength).Format(stamp),
		"SUMMARY:" + calendarText("Întâlnire pentru „"+title+"”"),
		"LOCATION:" + calendarText(m.Place),
		"DESCRIPTION:" + calendarText("Te vezi cu "+peer+". Vezi produsul înainte să plătești.\n"+origin+urls.Conversation(m.ConversationID)),
		"URL:" + origin + urls.Conversation(m.ConversationID),
		"BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:" + calendarText("Întâlnire pentru „"+title+"”"), "TRIGGER:-PT1H", "END:VALARM",
		"END:VEVENT", "END:VCALENDAR",
	}
	var b strings.Builder
	for _, line := range lines {
		foldLine(&b, line)
	}
	return b.String()
}

var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

func calendarText(s string) string { return calendarEscapes.Replace(s) }

// foldLine writes the line in pieces of at most 75 bytes, none of which cuts a letter; the next ones begin with a space.
func foldLine(b *strings.Builder, line string) {
	size := 0
	for _, r := range line {
		n := len(string(r))
		if size+n > 75 {
			b.WriteString("\r\n ")
			size = 1
		}
		b.WriteRune(r)
		size += n
	}
	b.WriteString("\r\n")
}
