package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Send delivers the mail to the server. nil means that the server has taken it; an error leaves open whether it did when the connection
// broke at the very end, so a retry may deliver a second copy with the same Message-ID.
func (s *Sender) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	var open connection
	defer open.close()
	client, err := s.client(ctx, &open)
	if err != nil {
		return verdict(err)
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return verdict(err)
	}
	if err := s.signIn(session); err != nil {
		return verdict(err)
	}
	err = client.SendWithSMTPClient(session, msg)
	if msg.IsDelivered() { // what goes wrong after the server has taken it is no reason to send it twice
		_ = client.CloseWithSMTPClient(session)
		return nil
	}
	return verdict(err)
}

// connection is the one network connection of a mail. The library leaves it open where a greeting fails and does not watch the context
// while it talks; closing it ends both.
type connection struct {
	conn net.Conn
	stop func() bool
}

func (c *connection) close() {
	if c.conn != nil {
		c.stop()
		_ = c.conn.Close()
	}
}

func (s *Sender) client(ctx context.Context, open *connection) (*gomail.Client, error) {
	dial := func(dialCtx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(dialCtx, network, address)
		if err != nil {
			return nil, err
		}
		open.conn, open.stop = conn, context.AfterFunc(ctx, func() { _ = conn.Close() })
		if s.o.Encrypted {
			conn = tls.Client(conn, s.o.TLS)
		}
		return conn, nil
	}
	options := []gomail.Option{
		gomail.WithPort(s.o.Port), gomail.WithTimeout(s.o.Timeout), gomail.WithTLSConfig(s.o.TLS), gomail.WithTLSPolicy(gomail.TLSOpportunistic),
		gomail.WithDialContextFunc(dial), gomail.WithoutNoop(), gomail.WithoutRset(), gomail.WithoutSMTPUTF8(),
	}
	if s.o.Encrypted {
		options = append(options, gomail.WithSSL())
	}
	return gomail.NewClient(s.o.Host, options...)
}

// signIn identifies us where the server asks for it. Without encryption a password goes to this computer only.
func (s *Sender) signIn(session *smtp.Client) error {
	asks, mechanisms := session.Extension("AUTH")
	if s.o.User == "" || !asks {
		return nil
	}
	offered := strings.Fields(mechanisms)
	switch {
	case slices.Contains(offered, "PLAIN"):
		return session.Auth(smtp.PlainAuth("", s.o.User, s.o.Password, s.o.Host, false))
	case slices.Contains(offered, "LOGIN"):
		return session.Auth(smtp.LoginAuth(s.o.User, s.o.Password, s.o.Host, false))
	case slices.Contains(offered, "SCRAM-SHA-256"):
		return session.Auth(smtp.ScramSHA256Auth(s.o.User, s.o.Password))
	case slices.Contains(offered, "CRAM-MD5"):
		return session.Auth(smtp.CRAMMD5Auth(s.o.User, s.o.Password))
	}
	return errors.New("the server offers no way to sign in that is known here")
}
