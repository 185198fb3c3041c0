// Package mailtest is an SMTP server for tests: it takes mails on this computer, keeps them, and refuses or stalls when told to.
package mailtest

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// Mail is one that the server took.
type Mail struct {
	From, To  string // of the envelope
	Encrypted bool   // came over TLS
	Raw       []byte
}

// Options are how a server behaves; the zero value takes everything without encryption.
type Options struct {
	TLS            *tls.Config                                    // offers STARTTLS; nil does not
	Implicit       bool                                           // TLS from the first byte
	User, Password string                                         // asked for by AUTH PLAIN; "" asks for nothing
	Answer         func(command, argument string) (refuse string) // "550 5.1.1 no such user" instead of the usual answer; "" for that
	Stall          bool                                           // never greets
}

// Server is running until the test ends.
type Server struct {
	Host string // "127.0.0.1"
	Port int

	o        Options
	listener net.Listener
	mu       sync.Mutex
	mails    []Mail
	arrived  chan struct{} // closed and replaced at each mail
	sessions sync.WaitGroup
	open     map[net.Conn]bool
}

// Start listens on a free port of this computer.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, o: o, listener: listener, arrived: make(chan struct{}), open: map[net.Conn]bool{}}
	s.sessions.Go(s.accept)
	t.Cleanup(s.close)
	return s
}

func (s *Server) close() {
	_ = s.listener.Close()
	s.mu.Lock()
	for conn := range s.open {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.sessions.Wait()
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.open[conn] = true
		s.mu.Unlock()
		s.sessions.Go(func() {
			s.serve(conn)
			_ = conn.Close()
			s.mu.Lock()
			delete(s.open, conn)
			s.mu.Unlock()
		})
	}
}

// Mails returns what has been taken so far, the oldest first.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Wait returns the mails as soon as there are n, or what there is when ctx ends.
func (s *Server) Wait(ctx context.Context, n int) []Mail {
	for {
		s.mu.Lock()
		mails, arrived := append([]Mail(nil), s.mails...), s.arrived
		s.mu.Unlock()
		if len(mails) >= n {
			return mails
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return mails
		}
	}
}

// Parse reads headers and body.
func (m Mail) Parse(t testing.TB) *mail.Message {
	t.Helper()
	msg, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, m.Raw)
	}
	return msg
}

// session is one connection.
type session struct {
	*Server
	conn      net.Conn
	text      *textproto.Conn
	encrypted bool
	signedIn  bool
	from, to  string
}

func (s *Server) serve(conn net.Conn) {
	if s.o.Stall {
		_, _ = io.Copy(io.Discard, conn)
		return
	}
	c := &session{Server: s, conn: conn, encrypted: s.o.Implicit}
	if s.o.Implicit {
		c.conn = tls.Server(conn, s.o.TLS)
	}
	c.text = textproto.NewConn(c.conn)
	_ = c.text.PrintfLine("220 mailtest")
	for {
		line, err := c.text.ReadLine()
		if err != nil || !c.handle(line) {
			return
		}
	}
}

// handle answers one command and reports whether the session goes on.
func (c *session) handle(line string) bool {
	command, argument, _ := strings.Cut(line, " ")
	command = strings.ToUpper(command)
	if c.o.Answer != nil {
		if refuse := c.o.Answer(command, argument); refuse != "" {
			return c.text.PrintfLine("%s", refuse) == nil
		}
	}
	answer := "250 2.0.0 ok"
	switch command {
	case "EHLO":
		answer = c.extensions()
	case "STARTTLS":
		_ = c.text.PrintfLine("220 go ahead")
		c.conn, c.encrypted = tls.Server(c.conn, c.o.TLS), true
		c.text = textproto.NewConn(c.conn)
		return true
	case "AUTH":
		want := base64.StdEncoding.EncodeToString([]byte("\x00" + c.o.User + "\x00" + c.o.Password))
		answer = "235 2.7.0 welcome"
		if c.signedIn = argument == "PLAIN "+want; !c.signedIn {
			answer = "535 5.7.8 wrong user or password"
		}
	case "MAIL":
		if c.from = between(argument); c.o.User != "" && !c.signedIn {
			answer = "530 5.7.0 sign in first"
		}
	case "RCPT":
		c.to = between(argument)
	case "DATA":
		return c.data()
	case "QUIT":
		_ = c.text.PrintfLine("221 bye")
		return false
	}
	return c.text.PrintfLine("%s", answer) == nil
}

func (c *session) extensions() string {
	out := "250-mailtest\r\n"
	if c.o.TLS != nil && !c.encrypted {
		out += "250-STARTTLS\r\n"
	}
	if c.o.User != "" {
		out += "250-AUTH PLAIN\r\n"
	}
	return out + "250-ENHANCEDSTATUSCODES\r\n250 8BITMIME"
}

func (c *session) data() bool {
	_ = c.text.PrintfLine("354 go ahead")
	raw, err := c.text.ReadDotBytes()
	if err != nil {
		return false
	}
	if c.o.Answer != nil {
		if refuse := c.o.Answer("BODY", string(raw)); refuse != "" {
			return c.text.PrintfLine("%s", refuse) == nil
		}
	}
	c.mu.Lock()
	c.mails = append(c.mails, Mail{From: c.from, To: c.to, Encrypted: c.encrypted, Raw: raw})
	close(c.arrived)
	c.arrived = make(chan struct{})
	c.mu.Unlock()
	return c.text.PrintfLine("250 2.0.0 taken") == nil
}

// between returns the address in FROM:<ana@example.ro>.
func between(argument string) string {
	_, address, _ := strings.Cut(argument, "<")
	address, _, _ = strings.Cut(address, ">")
	return address
}

// Subject returns the subject, decoded.
func (m Mail) Subject(t testing.TB) string {
	t.Helper()
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Parse(t).Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return subject
}

// Bodies returns the plain text and the HTML, decoded; one alone is the text.
func (m Mail) Bodies(t testing.TB) (plain, html string) {
	t.Helper()
	msg := m.Parse(t)
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return decoded(t, msg.Body), ""
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for i := range 2 {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			plain = decoded(t, part)
		} else {
			html = decoded(t, part)
		}
	}
	return plain, html
}

func decoded(t testing.TB, r io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(quotedprintable.NewReader(r))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
