package events

import (
	"context"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Ending is why a stream ends.
type Ending string

// The endings. A page comes back after all of them but SignedOut.
const (
	Gone      Ending = "gone"       // the page no longer reads
	Replaced  Ending = "replaced"   // the person opened too many others
	Aged      Ending = "aged"       // it is time to look at the session anew
	SignedOut Ending = "signed out" // the session is over
	Stopping  Ending = "stopping"   // the server ends
)

// Source returns the frames that follow the number, ready to be sent, the number of the last of them, and whether there are more, which the
// next call returns. When there is nothing, last is after.
type Source func(ctx context.Context, after int64) (frames []byte, last int64, more bool, err error)

// Stream is what one open page listens to.
type Stream struct {
	hub       *Hub
	userID    int64
	sessionID string
	wake      chan struct{}
	notes     chan []byte

	at    atomic.Int64             // number of the last that was sent
	conn  atomic.Pointer[net.Conn] // while it is served
	once  sync.Once
	why   Ending
	ended chan struct{} // closed when why is set
}

const (
	writeTimeout = 10 * time.Second
	endTimeout   = 500 * time.Millisecond // for the last words; nobody waits longer for a page that reads nothing
	readTimeout  = 10 * time.Second
	retryAfter   = 2 * time.Second // when the source fails; the stream stays
	// retrySpread keeps the pages of a server that ends from all coming back at the same moment.
	retrySpread = 3 * time.Second
)

var heartbeat = []byte(":\n\n")

func (s *Stream) rouse() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Stream) end(why Ending) {
	s.once.Do(func() {
		s.why = why
		close(s.ended)
		if conn := s.conn.Load(); conn != nil {
			_ = (*conn).SetWriteDeadline(time.Now().Add(endTimeout)) // cuts a write that is under way; fails on a closed connection
		}
	})
}

// Close gives up a stream that is not served.
func (s *Stream) Close() {
	s.end(Gone)
	s.hub.mu.Lock()
	s.hub.drop(s)
	s.hub.mu.Unlock()
	s.hub.done.Done()
}

// Serve writes head and then what source gives after the number, until the stream ends, and closes the connection. Whoever calls it owns
// its goroutine; it ends with ctx, with the hub, or with the first write that fails.
func (s *Stream) Serve(ctx context.Context, conn net.Conn, head []byte, after int64, source Source) Ending {
	defer s.Close()
	defer conn.Close()
	s.conn.Store(&conn)
	s.at.Store(after)
	if !s.greet(conn, head) {
		return Gone
	}
	s.rouse()
	return s.loop(ctx, conn, source)
}

// greet sends the head and says how soon to come back.
func (s *Stream) greet(conn net.Conn, head []byte) bool {
	return s.write(conn, append(head, "retry: "+strconv.FormatInt((time.Second+rand.N(retrySpread)).Milliseconds(), 10)+"\n\n"...))
}

// loop waits most of the time, on as little stack as it can: beyond two kilobytes the runtime would keep eight for each stream.
func (s *Stream) loop(ctx context.Context, conn net.Conn, source Source) Ending {
	born := time.Now()
	failed := false
	alarm := time.NewTimer(s.hub.options.Heartbeat)
	defer alarm.Stop()
	for {
		var frames []byte
		asked := false
		select {
		case <-s.ended:
			s.sayGoodbye(conn)
			return s.why
		case <-ctx.Done():
			return Stopping
		case frames = <-s.notes:
		case <-s.wake:
			asked = true
		case <-alarm.C:
			frames, asked = heartbeat, failed
		}
		if asked {
			frames, failed = s.read(ctx, source)
		}
		if len(frames) > 0 && !s.write(conn, frames) {
			return Gone
		}
		if time.Since(born) >= s.hub.options.Life {
			return Aged
		}
		if failed {
			alarm.Reset(retryAfter)
		} else {
			alarm.Reset(s.hub.options.Heartbeat)
		}
	}
}

func (s *Stream) sayGoodbye(conn net.Conn) {
	if s.why == SignedOut {
		s.write(conn, []byte("event: iesit\ndata: 1\n\n"))
	}
}

// read asks the source. When that fails, as while a database restarts, it is asked again soon.
func (s *Stream) read(ctx context.Context, source Source) (frames []byte, failed bool) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	frames, last, more, err := source(ctx, s.at.Load())
	if err != nil {
		return nil, true
	}
	s.at.Store(last)
	if more {
		s.rouse()
	}
	return frames, false
}

// write reports whether everything was sent.
func (s *Stream) write(conn net.Conn, b []byte) bool {
	if conn.SetWriteDeadline(time.Now().Add(writeTimeout)) != nil {
		return false
	}
	select {
	case <-s.ended: // perhaps just now: end has set its deadline before or after the one above
		if conn.SetWriteDeadline(time.Now().Add(endTimeout)) != nil {
			return false
		}
	default:
	}
	_, err := conn.Write(b)
	return err == nil
}
