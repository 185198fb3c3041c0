package handlers

import (
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
)

// How much of a refused body is read and thrown away before its connection closes, and for how long.
const (
	lingerBytes = 2 * maxFormBytes
	lingerTime  = 5 * time.Second
)

// Linger returns the listener with connections that close gently when the client is still sending: closing with unread data makes the
// kernel reset the connection, and the client may lose the answer that says why.
func Linger(l net.Listener) net.Listener { return lingerListener{l} }

type lingerListener struct{ net.Listener }

// Accept implements net.Listener.
func (l lingerListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if tcp, ok := conn.(*net.TCPConn); ok {
		return &lingerConn{TCPConn: tcp}, nil
	}
	return conn, err
}

// lingerConn embeds the TCP connection, not the interface, so that files still go out by sendfile.
type lingerConn struct {
	*net.TCPConn
	unread atomic.Bool // the client may still be sending
}

// Close ends our side first and reads on for a while when the client may still be sending.
func (c *lingerConn) Close() error {
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
