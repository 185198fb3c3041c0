// Package mail sends messages to people through an SMTP server. It knows nothing of what they say, nor of templates. Requests never send:
// they enqueue a job (models.Enqueue) and the job sends, so that a slow server slows nobody down.
package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one person.
type Message struct {
	To      string // "ana@example.ro"
	ToName  string // may be empty
	Subject string // one line; line breaks and control characters become spaces
	Text    string // what every program shows
	HTML    string // the same, nicer; "" for none
	ReplyTo string // "" for none

	// ID names the mail for good, such as "alert-71-20261123". Sent again after a crash it has the same Message-ID, by which mailboxes
	// recognise it.
	ID string
	// StopURL is the page that ends mails of this kind, where a POST does it at once and without signing in (RFC 8058); "" for mails that
	// belong to something the person just did.
	StopURL string
}

// Options name the server and how to send.
type Options struct {
	Host      string // "smtp.example.ro"
	Port      int    // 587
	Encrypted bool   // TLS from the first byte; otherwise STARTTLS when the server offers it
	User      string // "" for a server that asks for none
	Password  string
	From      string // "Piața.ro <anunt@piata.ro>"

	TLS     *tls.Config      // nil trusts the system's authorities
	Timeout time.Duration    // for one mail as a whole; 0 means 30 seconds
	Now     func() time.Time // nil means time.Now
}

// Sender sends through one server. It is safe for concurrent use; every mail has a connection of its own.
type Sender struct {
	o    Options
	from mail.Address
}

// New returns a sender; nothing is contacted before the first mail.
func New(o Options) (*Sender, error) {
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("address that mails come from: %w", err)
	}
	if o.TLS == nil {
		o.TLS = &tls.Config{ServerName: o.Host, MinVersion: tls.VersionTLS12}
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Sender{o: o, from: *from}, nil
}

// compose builds the mail; the library encodes names and the subject (RFC 2047) and the bodies (quoted-printable).
func (s *Sender) compose(m Message) (*gomail.Msg, error) {
	to, err := mail.ParseAddress(m.To)
	if err != nil || to.Address != m.To {
		return nil, &refusal{errors.New("the address of the recipient is not valid")} // the address stays out of logs
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&s.from)
	msg.ToMailAddress(&mail.Address{Name: oneLine(m.ToName), Address: to.Address})
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return nil, &refusal{errors.New("the address for answers is not valid")}
		}
	}
	msg.Subject(oneLine(m.Subject))
	msg.SetDateWithValue(s.o.Now())
	_, domain, _ := strings.Cut(s.from.Address, "@")
	msg.SetMessageIDWithValue(messageID(m.ID) + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answers from machines
	if m.StopURL != "" {
		msg.SetListUnsubscribe(m.StopURL)
		msg.SetListUnsubscribePost()
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// oneLine replaces what could begin a header of its own.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }), " ")
}

// messageID keeps the characters that need no quoting in front of the @.
func messageID(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '.' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, id)
}

// refusal is an error that trying again would only repeat.
type refusal struct{ error }

func (r *refusal) Unwrap() error { return r.error }

// Permanent reports whether a failed mail must not be tried again: the server refused the recipient or the content for good (a bounce), or
// the message itself is wrong. Refused credentials and a refused sender are mistakes of the settings, which someone will mend.
func Permanent(err error) bool {
	var r *refusal
	return errors.As(err, &r)
}

// verdict wraps what the library reports so that Permanent can tell.
func verdict(err error) error {
	var sent *gomail.SendError
	if errors.As(err, &sent) && sent.ErrorCode() >= 500 &&
		(sent.Reason == gomail.ErrSMTPRcptTo || sent.Reason == gomail.ErrSMTPData || sent.Reason == gomail.ErrSMTPDataClose) {
		return &refusal{fmt.Errorf("mail refused (code %d %s)", sent.ErrorCode(), sent.EnhancedStatusCode())}
	}
	if sent != nil {
		return fmt.Errorf("send mail: %s (code %d %s)", sent.Reason, sent.ErrorCode(), sent.EnhancedStatusCode()) // the whole text names the recipient
	}
	return fmt.Errorf("send mail: %w", err)
}
