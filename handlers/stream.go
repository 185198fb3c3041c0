package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/events"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	paramAfter = "dupa"        // the last event that the page knows
	paramTalk  = "conversatie" // the conversation that is open on the page
	eventBatch = 50            // events read at once
)

// newsJSON is what a page is told by one event.
type newsJSON struct {
	Conversation int64  `json:"c"`
	Message      int64  `json:"m,omitempty"` // new or changed; the newest one seen
	Unread       int    `json:"u"`           // in all conversations
	HTML         string `json:"html,omitempty"`
}

// eventNames are the names of events in a stream.
var eventNames = map[models.EventKind]string{models.EventMessage: "mesaj", models.EventSeen: "vazut", models.EventRead: "citit"}

// openStream answers with a stream of what happens in the viewer's conversations, from after the event that the page knows. The connection
// is taken away from the server, which would keep large buffers for it: a stream then costs a goroutine and little more.
func (s *Server) openStream(c *fiber.Ctx) error {
	v := viewerOf(c)
	if v == nil {
		return apperr.New(apperr.Unauthenticated, "")
	}
	after, err := s.streamStart(c, v.ID)
	if err != nil {
		return err
	}
	stream, err := s.streams.Open(v.ID, v.SessionID)
	if errors.Is(err, events.ErrFull) {
		return apperr.Wrap(apperr.Unavailable, "", err)
	} else if err != nil {
		return err
	}
	talk, _ := parseID(c.Query(paramTalk))
	source := func(ctx context.Context, after int64) ([]byte, int64, bool, error) {
		return s.news(ctx, v.ID, talk, after)
	}
	header := &c.Response().Header
	header.SetContentType("text/event-stream")
	header.Set(fiber.HeaderCacheControl, "private, no-store")
	header.Set("X-Accel-Buffering", "no")
	header.SetContentLength(-2) // until the connection ends
	// Without a length and without chunks; that is said by leaving out the name that fasthttp has for it.
	head, conn := bytes.Replace(header.Header(), []byte("Transfer-Encoding: identity\r\n"), nil, 1), c.Context().Conn()
	c.Context().HijackSetNoResponse(true)
	c.Context().Hijack(func(net.Conn) {
		// In a goroutine of its own, so that the request and its buffers are given back; the hub waits for it.
		go func() {
			s.noteFailure(recovered(func() error { stream.Serve(s.base, conn, head, after, source); return nil }))
		}()
	})
	return nil
}

func (s *Server) noteFailure(err error) {
	if err != nil {
		s.log.ErrorContext(s.base, "stream", slog.String("error", err.Error()))
	}
}

// streamStart is the number of the last event that the page knows: what it was sent, or else what its address says, or else all so far.
func (s *Server) streamStart(c *fiber.Ctx, viewerID int64) (int64, error) {
	for _, given := range []string{c.Get("Last-Event-ID"), c.Query(paramAfter)} {
		if n, err := strconv.ParseInt(given, 10, 64); err == nil && n >= 0 {
			return n, nil
		}
	}
	return s.store.LastEvent(c.UserContext(), viewerID)
}

// news is the source of a stream: each event after the number as a frame of its own.
func (s *Server) news(ctx context.Context, viewerID, talk, after int64) (frames []byte, last int64, more bool, err error) {
	list, whole, err := s.store.Events(ctx, viewerID, after, eventBatch)
	if err != nil || whole && len(list) == 0 {
		return nil, after, false, err
	}
	unread, head, err := s.store.Unread(ctx, viewerID)
	switch {
	case err != nil:
		return nil, after, false, err
	case !whole: // slept too long: the page is to be loaded anew
		return frame("reincarca", head, newsJSON{Unread: unread}), head, false, nil
	}
	for _, e := range list {
		n := newsJSON{Conversation: e.ConversationID, Message: e.MessageID, Unread: unread}
		if e.Kind == models.EventMessage && e.ConversationID == talk {
			if n.HTML, err = s.messageHTML(ctx, viewerID, e.MessageID); err != nil && !apperr.Is(err, apperr.NotFound) {
				return nil, after, false, err
			}
		}
		frames = append(frames, frame(eventNames[e.Kind], e.Seq, n)...)
		last = e.Seq
	}
	return frames, last, len(list) == eventBatch, nil
}

func (s *Server) messageHTML(ctx context.Context, viewerID, id int64) (string, error) {
	view, err := s.messageView(ctx, viewerID, id)
	if err != nil {
		return "", err
	}
	html, err := s.views.HTML("partials/message", view)
	return string(html), err
}

// frame writes one event; without an id when it is passing, so that nobody asks for it again.
func frame(name string, id int64, data newsJSON) []byte {
	body, err := json.Marshal(data)
	if err != nil {
		panic(err) // plain values always encode
	}
	b := []byte("event: " + name + "\n")
	if id > 0 {
		b = append(b, "id: "+strconv.FormatInt(id, 10)+"\n"...)
	}
	b = append(b, "data: "...)
	b = append(b, body...)
	return append(b, "\n\n"...)
}

// takeSignal passes on what the store says, of this machine and of the others.
func (s *Server) takeSignal(signal models.Signal) {
	switch {
	case signal.Everybody:
		s.streams.WakeAll()
	case signal.Typing != 0:
		for _, id := range signal.UserIDs {
			s.streams.Note(id, frame("scrie", 0, newsJSON{Conversation: signal.Typing}))
		}
	default:
		s.streams.Wake(signal.UserIDs...)
	}
}

// EndStreams tells all streams to end and lets no new ones in.
func (s *Server) EndStreams() { s.streams.Close() }

// NoteOnline records who has a page open, which is who needs no mail.
func (s *Server) NoteOnline(ctx context.Context) (more bool, err error) {
	return false, s.store.SetOnline(ctx, s.streams.Online())
}

// CatchUp wakes the pages that have missed a signal: a process that dies right after storing a message tells nobody.
func (s *Server) CatchUp(ctx context.Context) (more bool, err error) {
	last, err := s.store.LastEvents(ctx, s.streams.Online())
	s.streams.CatchUp(last)
	return false, err
}

// streamURL is where a page hears what happens after the event.
func streamURL(after int64) string {
	return urls.Stream + "?" + paramAfter + "=" + strconv.FormatInt(after, 10)
}

// unreadTimeout bounds what the frame of a page asks; without an answer the page has no number.
const unreadTimeout = 2 * time.Second

// recount fills what the frame shows of the viewer's messages.
func (s *Server) recount(c *fiber.Ctx, p *Page) {
	ctx, cancel := context.WithTimeout(c.UserContext(), unreadTimeout)
	defer cancel()
	unread, last, err := s.store.Unread(ctx, viewerID(c))
	if err != nil {
		return // the page itself will say that the database does not answer
	}
	p.Viewer.Unread = badge(unread)
	if p.Viewer.StreamURL == "" {
		p.Viewer.StreamURL = streamURL(last)
	}
}
