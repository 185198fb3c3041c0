package events

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// page is the other end of a stream.
type page struct {
	mu   sync.Mutex
	text strings.Builder
	conn net.Conn
	why  chan Ending
}

func (p *page) read() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// open serves a stream of the person whose source has the numbers up to *have.
func open(t *testing.T, h *Hub, userID int64, source Source) *page {
	t.Helper()
	s, err := h.Open(userID, "sess")
	if err != nil {
		t.Fatal(err)
	}
	client, server := net.Pipe()
	p := &page{conn: client, why: make(chan Ending, 1)}
	go func() { p.why <- s.Serve(t.Context(), server, nil, 0, source) }()
	go func() {
		b := make([]byte, 512)
		for {
			n, err := client.Read(b)
			p.mu.Lock()
			p.text.Write(b[:n])
			p.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return p
}

func nothing(_ context.Context, after int64) ([]byte, int64, bool, error) {
	return nil, after, false, nil
}

func TestStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHub(Options{})
		var have atomic.Int64
		var failing atomic.Bool
		have.Store(3)
		p := open(t, h, 1, func(_ context.Context, after int64) ([]byte, int64, bool, error) {
			if failing.Load() {
				return nil, 0, false, errors.New("no database")
			}
			if after == have.Load() {
				return nil, after, false, nil
			}
			return []byte{'0' + byte(after+1)}, after + 1, after+1 < have.Load(), nil
		})
		got := func(want string) {
			t.Helper()
			synctest.Wait()
			if _, text, _ := strings.Cut(p.read(), "\n\n"); text != want {
				t.Errorf("read %q, want %q", text, want)
			}
		}
		got("123")
		have.Store(4)
		failing.Store(true)
		h.Wake(1)
		got("123")
		failing.Store(false)
		time.Sleep(retryAfter)
		got("1234")
		have.Store(5)
		h.CatchUp(map[int64]int64{1: 4, 2: 9})
		got("1234")
		h.CatchUp(map[int64]int64{1: 5, 2: 9})
		got("12345")
		h.Note(1, []byte("n"))
		got("12345n")
		time.Sleep(20 * time.Second)
		got("12345n:\n\n")
		h.EndSessions("other")
		h.EndSessions("other", "sess")
		if why := <-p.why; why != SignedOut {
			t.Errorf("ended: %s", why)
		}
		got("12345n:\n\nevent: iesit\ndata: 1\n\n")
	})
}

func TestStreamEndings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHub(Options{PerUser: 2, Total: 3})
		one, two, other := open(t, h, 1, nothing), open(t, h, 1, nothing), open(t, h, 2, nothing)
		synctest.Wait()
		if _, err := h.Open(3, "sess"); !errors.Is(err, ErrFull) {
			t.Errorf("one too many: %v", err)
		}
		three := open(t, h, 1, nothing)
		if why := <-one.why; why != Replaced {
			t.Errorf("the oldest: %s", why)
		}
		_ = other.conn.Close()
		if why := <-other.why; why != Gone {
			t.Errorf("after the page has gone: %s", why)
		}
		if time.Sleep(5 * time.Minute); <-two.why != Aged || <-three.why != Aged {
			t.Error("streams grow too old")
		}
		last := open(t, h, 4, nothing)
		synctest.Wait()
		h.Close()
		if why := <-last.why; why != Stopping || len(h.Online()) != 0 || h.total != 0 {
			t.Errorf("at the end: %s, %v online, %d streams", why, h.Online(), h.total)
		}
		if _, err := h.Open(1, "sess"); !errors.Is(err, ErrFull) {
			t.Errorf("after the end: %v", err)
		}
	})
}

// A page that reads nothing does not hold up the others, and is let go.
func TestStreamStalled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHub(Options{})
		s, err := h.Open(1, "sess")
		if err != nil {
			t.Fatal(err)
		}
		client, server := net.Pipe()
		defer client.Close()
		start := time.Now()
		if why := s.Serve(t.Context(), server, nil, 0, nothing); why != Gone || time.Since(start) != writeTimeout {
			t.Errorf("%s after %v", why, time.Since(start))
		}
		if _, err := io.ReadAll(client); err != nil {
			t.Error(err)
		}
	})
}

// The end of the server does not wait for a page that reads nothing.
func TestStreamStalledAtTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := NewHub(Options{})
		s, err := h.Open(1, "sess")
		if err != nil {
			t.Fatal(err)
		}
		client, server := net.Pipe()
		defer client.Close()
		go s.Serve(t.Context(), server, nil, 0, nothing)
		synctest.Wait()
		start := time.Now()
		if h.Close(); time.Since(start) > endTimeout {
			t.Errorf("took %v", time.Since(start))
		}
	})
}
