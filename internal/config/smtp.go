package config

import (
	"fmt"
	"log/slog"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
)

// SMTP is the server that takes e-mails; without a host none are sent.
type SMTP struct {
	Host      string // "smtp.example.ro"
	Port      int    // 587
	Encrypted bool   // smtps: TLS from the first byte
	User      string // "" for a server that asks for none
	Password  string // never printed
	From      string // "Piața.ro <anunt@piata.ro>"
}

// On reports whether e-mails are sent.
func (s SMTP) On() bool { return s.Host != "" }

// String describes the settings without the password.
func (s SMTP) String() string {
	type plain SMTP
	if s.Password != "" {
		s.Password = hidden
	}
	return fmt.Sprintf("%+v", plain(s))
}

// LogValue is what a log may say.
func (s SMTP) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Ports of RFC 8314 for an address without one.
const (
	portSMTP  = 587
	portSMTPS = 465
)

// smtp reads SMTP_URL and MAIL_FROM. The address is never repeated in a message: it holds a password.
func (r *reader) smtp(appHost string) SMTP {
	from := r.text("MAIL_FROM", "")
	if from != "" {
		if _, err := mail.ParseAddress(from); err != nil {
			r.fail("MAIL_FROM=%s must be an address such as anunt@piata.ro or Piața.ro <anunt@piata.ro>", shown(from))
		}
	}
	v := r.text("SMTP_URL", "")
	if v == "" {
		return SMTP{}
	}
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		r.fail("SMTP_URL must look like smtp://user:password@host:587, or smtps://… for TLS from the start; write special characters of the password as %%40")
		return SMTP{}
	}
	s := SMTP{Host: u.Hostname(), Port: portSMTP, Encrypted: u.Scheme == "smtps", User: u.User.Username(), From: from}
	s.Password, _ = u.User.Password()
	if (s.User == "") != (s.Password == "") {
		r.fail("SMTP_URL must have both a user and a password, as in smtp://user:password@host:587, or neither")
	}
	if s.Encrypted {
		s.Port = portSMTPS
	}
	if port := u.Port(); port != "" {
		if s.Port, err = strconv.Atoi(port); err != nil || s.Port < 1 || s.Port > 65535 {
			r.fail("SMTP_URL must have a port from 1 to 65535, as in smtp://host:587")
		}
	}
	if s.From == "" && strings.Contains(appHost, ":") {
		appHost = "localhost" // an IPv6 address cannot stand behind the @ as it is
	}
	if s.From == "" {
		s.From = "Piața.ro <nu-raspunde@" + appHost + ">"
	}
	return s
}
