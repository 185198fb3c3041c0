package handlers

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
)

// How much of a refused body is read and thrown away before its connection closes, and for how long.
const (
	lingerBytes = 2 * maxFormBytes
	lingerTime  = 5 * time.Second
)

// silentTime is how long a connection that has said nothing yet may still begin when the listener closes: browsers open connections in
// advance, and waiting for those would hold up every stop.
const silentTime = 200 * time.Millisecond

// Linger returns the listener with connections that close gently when the client is still sending: closing with unread data makes the
// kernel reset the connection, and the client may lose the answer that says why. When the listener closes, connections that have said
// nothing end soon.
func Linger(l net.Listener) net.Listener {
	return &lingerListener{Listener: l, silent: map[*lingerConn]struct{}{}}
}

type lingerListener struct {
	net.Listener
	mu     sync.Mutex
	silent map[*lingerConn]struct{} // nothing was read from them yet
}

// Accept implements net.Listener.
func (l *lingerListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if tcp, ok := conn.(*net.TCPConn); ok {
		c := &lingerConn{TCPConn: tcp, listener: l}
		l.mu.Lock()
		l.silent[c] = struct{}{}
		l.mu.Unlock()
		return c, nil
	}
	return conn, err
}

// Close implements net.Listener.
func (l *lingerListener) Close() error {
	err := l.Listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.silent {
		_ = c.SetReadDeadline(time.Now().Add(silentTime)) // fails on a connection that has just ended
	}
	return err
}

func (l *lingerListener) heard(c *lingerConn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.silent, c)
}

// lingerConn embeds the TCP connection, not the interface, so that files still go out by sendfile.
type lingerConn struct {
	*net.TCPConn
	listener *lingerListener
	heard    atomic.Bool // the first read has ended
	unread   atomic.Bool // the client may still be sending
}

// Read implements net.Conn.
func (c *lingerConn) Read(b []byte) (int, error) {
	n, err := c.TCPConn.Read(b)
	if !c.heard.Swap(true) {
		c.listener.heard(c)
	}
	return n, err
}

// Close ends our side first and reads on for a while when the client may still be sending.
func (c *lingerConn) Close() error {
	c.listener.heard(c)
	if c.unread.Load() && c.CloseWrite() == nil && c.SetReadDeadline(time.Now().Add(lingerTime)) == nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(c.TCPConn, lingerBytes)) // ends with the client, the deadline or the limit
	}
	return c.TCPConn.Close()
}

// leaveUnread ends the connection after the answer, because what is left of the body would be taken for the next request.
func leaveUnread(c *fiber.Ctx) {
	c.Context().SetConnectionClose()
	if conn, ok := c.Context().Conn().(*lingerConn); ok {
		conn.unread.Store(true)
	}
}

// watchLeaving calls left when the other side closes the connection before stop is called. What else comes on it is thrown away.
func watchLeaving(conn net.Conn, left func()) (stop func()) {
	switch conn.(type) {
	case *lingerConn, *net.TCPConn:
	default: // made by a test, which waits for its answer
		return func() {}
	}
	_ = conn.SetReadDeadline(time.Time{}) // an error means that it has ended, which reading tells
	var watcher sync.WaitGroup
	watcher.Go(func() {
		if _, err := io.Copy(io.Discard, conn); !errors.Is(err, os.ErrDeadlineExceeded) {
			left()
		}
	})
	return func() {
		_ = conn.SetReadDeadline(time.Now()) // ends the watcher
		watcher.Wait()
	}
}
