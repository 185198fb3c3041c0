package mail_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/mail"
	"piata.ro/internal/mail/mailtest"
)

var sentAt = time.Date(2026, 11, 23, 7, 30, 0, 0, time.UTC)

func sender(t *testing.T, server *mailtest.Server, change func(*mail.Options)) *mail.Sender {
	t.Helper()
	o := mail.Options{Host: server.Host, Port: server.Port, From: "Piața.ro <anunt@piata.ro>", Now: func() time.Time { return sentAt }}
	if change != nil {
		change(&o)
	}
	s, err := mail.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func message() mail.Message {
	return mail.Message{To: "ana@example.ro", ToName: "Ana Țepeș", Subject: "3 anunțuri noi pentru „biciclete”", ID: "alert-7", StopURL: "https://piata.ro/cautari/oprire/abc/",
		Text: "Bună, Ana!\nȘtiri = bune.\n.\n" + strings.Repeat("lung ", 60) + "\n", HTML: "<p>Bună, Ana! Știri bune.</p>"}
}

// certificate returns a server's TLS settings and a client's that trusts them.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	site := httptest.NewUnstartedServer(nil)
	site.StartTLS()
	defer site.Close()
	pool := x509.NewCertPool()
	pool.AddCert(site.Certificate())
	return &tls.Config{Certificates: site.TLS.Certificates, MinVersion: tls.VersionTLS12}, &tls.Config{RootCAs: pool, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}

func TestMailAsItArrives(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mailtest.Options{})
	if err := sender(t, server, nil).Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	got := server.Mails()
	if len(got) != 1 || got[0].From != "anunt@piata.ro" || got[0].To != "ana@example.ro" {
		t.Fatalf("%+v", got)
	}
	for i, b := range got[0].Raw {
		if b > 0x7e {
			t.Fatalf("byte %d is not ASCII: %q", i, got[0].Raw)
		}
	}
	for line := range strings.SplitSeq(string(got[0].Raw), "\n") {
		if len(line) > 100 {
			t.Errorf("line of %d characters: %s", len(line), line)
		}
	}
	msg := got[0].Parse(t)
	words := new(mime.WordDecoder)
	for name, want := range map[string]string{
		"Subject": "3 anunțuri noi pentru „biciclete”", "From": `"Piața.ro" <anunt@piata.ro>`, "To": `"Ana Țepeș" <ana@example.ro>`, "Message-ID": "<alert-7@piata.ro>",
		"Date": "Mon, 23 Nov 2026 07:30:00 +0000", "List-Unsubscribe": "<https://piata.ro/cautari/oprire/abc/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"MIME-Version": "1.0", "Auto-Submitted": "auto-generated",
	} {
		if value, err := words.DecodeHeader(msg.Header.Get(name)); err != nil || strings.ReplaceAll(value, `"`, "") != strings.ReplaceAll(want, `"`, "") {
			t.Errorf("%s: %q, %v; want %q", name, value, err, want)
		}
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%q, %v", kind, err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for _, want := range []struct{ kind, body string }{{"text/plain", message().Text}, {"text/html", message().HTML}} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		if part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" || part.Header.Get("Content-Type") != want.kind+"; charset=UTF-8" {
			t.Errorf("part is %v", part.Header)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil || strings.TrimSpace(strings.ReplaceAll(string(body), "\r\n", "\n")) != strings.TrimSpace(want.body) {
			t.Errorf("%s says %q, %v", want.kind, body, err)
		}
	}
}

func TestNobodyAddsHeaders(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mailtest.Options{})
	m := message()
	m.Subject, m.ToName, m.ID, m.HTML, m.StopURL = "Salut\r\nBcc: dan@example.ro", "Ana\r\nBcc: dan@example.ro\x00\" <x@example.ro>", "a b\r\n>c", "", ""
	if err := sender(t, server, nil).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := server.Mails()[0]
	msg := got.Parse(t)
	if msg.Header.Get("Bcc") != "" || got.To != "ana@example.ro" || msg.Header.Get("Message-Id") != "<a-b---c@piata.ro>" || msg.Header.Get("List-Unsubscribe") != "" {
		t.Errorf("%+v", msg.Header)
	}
	if to, err := msg.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "ana@example.ro" {
		t.Errorf("to %v, %v", to, err)
	}
	for _, to := range []string{"", "ana", "ana@example.ro\r\nRCPT TO:<dan@example.ro>", "Ana <ana@example.ro>", "ana@example.ro, dan@example.ro"} {
		m.To = to
		if err := sender(t, server, nil).Send(t.Context(), m); !mail.Permanent(err) {
			t.Errorf("to %q: %v; want it refused for good", to, err)
		}
	}
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails", n)
	}
}

func TestEncryptionAndSigningIn(t *testing.T) {
	t.Parallel()
	serverTLS, clientTLS := certificate(t)
	tests := []struct {
		name             string
		offers, implicit bool
		asks             bool
		change           func(*mail.Options)
		want             string // in the error; "" for delivered
		encrypted        bool
	}{
		{"plain", false, false, false, nil, "", false},
		{"STARTTLS", true, false, true, func(o *mail.Options) { o.User, o.Password, o.TLS = "piata", "secret", clientTLS }, "", true},
		{"TLS from the start", true, true, true, func(o *mail.Options) { o.User, o.Password, o.TLS, o.Encrypted = "piata", "secret", clientTLS, true }, "", true},
		{"password to this computer", false, false, true, func(o *mail.Options) { o.User, o.Password = "piata", "secret" }, "", false},
		{"nobody asks for the password", false, false, false, func(o *mail.Options) { o.User, o.Password = "piata", "secret" }, "", false},
		{"wrong password", false, false, true, func(o *mail.Options) { o.User, o.Password = "piata", "wrong" }, "535", false},
		{"no password", false, false, true, nil, "530", false},
		{"unknown authority", true, false, false, nil, "certificate", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := mailtest.Options{Implicit: tt.implicit}
			if tt.offers {
				o.TLS = serverTLS
			}
			if tt.asks {
				o.User, o.Password = "piata", "secret"
			}
			server := mailtest.Start(t, o)
			err := sender(t, server, tt.change).Send(t.Context(), message())
			mails := server.Mails()
			if tt.want == "" {
				if err != nil || len(mails) != 1 || mails[0].Encrypted != tt.encrypted {
					t.Errorf("%v; %d mails, encrypted %v", err, len(mails), len(mails) > 0 && mails[0].Encrypted)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) || mail.Permanent(err) || strings.Contains(err.Error(), "secret") || len(mails) > 0 {
				t.Errorf("%v, %d mails; want an error with %q that is worth another try", err, len(mails), tt.want)
			}
		})
	}
}

// answering lets a server answer one command differently.
func answering(command, answer string) mailtest.Options {
	return mailtest.Options{Answer: func(got, _ string) string {
		if got == command {
			return answer
		}
		return ""
	}}
}

func TestWhatIsTriedAgain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		command, answer string
		permanent       bool
	}{
		{"RCPT", "550 5.1.1 no such user", true},
		{"BODY", "554 5.7.1 looks like spam", true},
		{"RCPT", "450 4.2.1 try later", false},
		{"BODY", "452 4.3.1 disk full", false},
		{"MAIL", "550 5.7.1 not your sender", false},
		{"DATA", "421 4.3.2 going down", false},
	}
	for _, tt := range tests {
		server := mailtest.Start(t, answering(tt.command, tt.answer))
		err := sender(t, server, nil).Send(t.Context(), message())
		if err == nil || mail.Permanent(err) != tt.permanent {
			t.Errorf("%s %s: %v, permanent %v", tt.command, tt.answer, err, mail.Permanent(err))
		} else if strings.Contains(err.Error(), "ana@") {
			t.Errorf("%v names the recipient", err)
		}
	}
	server := mailtest.Start(t, answering("QUIT", "421 too late"))
	if err := sender(t, server, nil).Send(t.Context(), message()); err != nil || len(server.Mails()) != 1 {
		t.Errorf("a bad good-bye after delivery: %v", err)
	}
}

func TestSendEndsInTime(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mailtest.Options{Stall: true})
	if err := sender(t, server, func(o *mail.Options) { o.Timeout = 50 * time.Millisecond }).Send(t.Context(), message()); err == nil || mail.Permanent(err) {
		t.Errorf("a server that says nothing: %v", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error)
	go func() { done <- sender(t, server, nil).Send(ctx, message()) }()
	cancel(errors.New("stop"))
	if err := <-done; err == nil || mail.Permanent(err) {
		t.Errorf("stopped: %v", err)
	}
}

func TestBadSender(t *testing.T) {
	t.Parallel()
	if s, err := mail.New(mail.Options{From: "nobody"}); err == nil || s != nil {
		t.Errorf("%v, %v", s, err)
	}
}
