package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assistant"
	"piata.ro/internal/text"
)

var errTooManyAnswers = errors.New("too many answers at once")

const (
	streamWriteTimeout = 10 * time.Second
	streamHeartbeat    = 10 * time.Second
	// streamPause is how long text is gathered before the answer is sent again; the first words go at once.
	streamPause = 120 * time.Millisecond
)

// asFailure is the failure that an error of an answer counts as.
func asFailure(err error) *assistant.Failure {
	if f, ok := errors.AsType[*assistant.Failure](err); ok {
		return f
	}
	return &assistant.Failure{Kind: assistant.Down, Err: err}
}

// streamAnswer answers with server-sent events on the connection itself: it ends as soon as the browser is gone, which a body stream would
// only notice with the next words.
func (s *Server) streamAnswer(c *fiber.Ctx, w *chatWork) error {
	form, m := newChatForm(w.message.ChatID), &w.message
	answer := ChatAnswer{ID: m.ID, Running: true, Streams: true, Question: m.Question, ChatID: m.ChatID, RetryKey: newChatForm(0).Key}
	first, err := s.views.HTML("partials/chat_turn", ChatTurn{ID: m.ID, Question: m.Question, Answer: answer, Form: &form})
	if err != nil {
		return fmt.Errorf("render question: %w", err)
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("X-Accel-Buffering", "no")
	varyOnFragment(c)
	c.Context().SetConnectionClose()
	c.Response().Header.SetContentLength(-2)                                                               // until the connection closes
	head := bytes.Replace(c.Response().Header.Header(), []byte("Transfer-Encoding: identity\r\n"), nil, 1) // fasthttp's way to say so; no longer HTTP's
	c.Context().HijackSetNoResponse(true)
	c.Context().Hijack(func(conn net.Conn) {
		s.work.Add(1)
		defer s.work.Done()
		st := &chatStream{work: w, conn: conn}
		s.noteFailure(recovered(func() error { return st.serve(head, string(first)) }))
	})
	return nil
}

// chatStream writes one answer to one browser.
type chatStream struct {
	work *chatWork
	conn net.Conn

	mu      sync.Mutex // between the answer and the heartbeat
	failed  error
	text    strings.Builder
	flushed time.Time
}

func (st *chatStream) serve(head []byte, first string) error {
	ctx, cancel := context.WithTimeout(st.work.server.base, answerTimeout)
	defer cancel()
	if err := st.write(append(head, sseFrame(first)...)); err != nil {
		st.work.finish(&assistant.Failure{Kind: assistant.Stopped, Err: err})
		return nil
	}
	var watchers sync.WaitGroup
	defer watchers.Wait()
	defer st.conn.Close() // wakes up the reader
	watchers.Go(func() {  // nothing more is to come from the browser: whatever ends the read means that it has gone
		_, _ = io.Copy(io.Discard, st.conn)
		cancel()
	})
	beats, stop := context.WithCancel(ctx)
	defer stop()
	watchers.Go(func() { st.beat(beats) })
	st.work.run(ctx, st.emit)
	stop()
	st.last(ctx)
	st.work.server.work.Go(st.work.summarise)
	return nil
}

// emit sends what is new. Rendering the whole answer again keeps its markup right while it grows.
func (st *chatStream) emit(e assistant.Event) error {
	id := st.work.message.ID
	if e.Working != "" {
		return st.write(sseFrame(fmt.Sprintf(`<hx-partial hx-target="#lucru-%d" hx-swap="textContent">%s</hx-partial>`, id, e.Working)))
	}
	st.text.WriteString(e.Text)
	if time.Since(st.flushed) < streamPause {
		return st.failure()
	}
	st.flushed = time.Now()
	html := st.work.server.answerHTML(wholeLinks(st.text.String()), assistant.Checks{})
	return st.write(sseFrame(fmt.Sprintf(`<hx-partial hx-target="#text-%d" hx-swap="innerHTML">%s</hx-partial>`, id, html)))
}

// wholeLinks drops a link that has only begun: its address would flash by.
func wholeLinks(source string) string {
	if open := strings.LastIndexByte(source, '['); open >= 0 && !strings.Contains(source[open:], ")") && len(source)-open < 400 {
		return source[:open]
	}
	return source
}

// last replaces the answer by its final form: links, cards, advice, buttons.
func (st *chatStream) last(ctx context.Context) {
	s := st.work.server
	turn, err := s.chatTurn(context.WithoutCancel(ctx), st.work.owner.UserID, &st.work.message)
	if err != nil {
		s.log.ErrorContext(ctx, "answer's cards", slog.String("error", err.Error()))
	}
	html, err := s.views.HTML("partials/chat_final", turn)
	if err != nil {
		s.log.ErrorContext(ctx, "render answer", slog.String("error", err.Error()))
		return
	}
	_ = st.write(sseFrame(string(html))) // the reader may have gone
}

func (st *chatStream) beat(ctx context.Context) {
	ticker := time.NewTicker(streamHeartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if st.write([]byte(":\n\n")) != nil {
				return
			}
		}
	}
}

func (st *chatStream) failure() error {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.failed
}

func (st *chatStream) write(b []byte) error {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.failed != nil {
		return st.failed
	}
	if st.failed = st.conn.SetWriteDeadline(time.Now().Add(streamWriteTimeout)); st.failed == nil {
		_, st.failed = st.conn.Write(b)
	}
	return st.failed
}

// sseFrame is one unnamed server-sent event.
func sseFrame(html string) []byte {
	var b bytes.Buffer
	for line := range strings.SplitSeq(strings.TrimSpace(html), "\n") {
		if line = strings.TrimRight(line, "\r"); text.Line(line) != "" {
			b.WriteString("data: " + line + "\n")
		}
	}
	b.WriteByte('\n')
	return b.Bytes()
}
