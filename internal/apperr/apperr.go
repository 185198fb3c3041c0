// Package apperr is the one error type that crosses package borders: a kind that decides the status, a Romanian sentence
// that is safe to show, and the cause for the log. It knows nothing of HTTP.
package apperr

import (
	"errors"
	"time"
)

// Kind says what went wrong in terms a caller can act on.
type Kind int

// The kinds; the zero value is Internal so that an unclassified error never looks like the caller's fault.
const (
	Internal Kind = iota
	NotFound
	Gone
	Invalid
	Conflict
	Unauthenticated
	Forbidden
	TooLarge
	Unsupported
	TooMany
	Unavailable
	NoSpace
	Malformed     // the request cannot be read
	Outdated      // it was meant for another version than there is
	Misconfigured // the settings contradict each other; only development shows its sentence
)

// Error carries a kind, a sentence for people and the cause.
type Error struct {
	Kind       Kind
	Message    string        // Romanian, safe to show, e.g. "Anunțul nu există."
	Field      string        // form field it belongs to, e.g. "titlu"; empty for none
	RetryAfter time.Duration // for TooMany and Unavailable; 0 when unknown
	Err        error         // the cause, for the log; may be nil
}

// New returns an error of the kind with a sentence for people.
func New(kind Kind, message string) *Error { return &Error{Kind: kind, Message: message} }

// Wrap returns an error of the kind that keeps its cause for the log.
func Wrap(kind Kind, message string, err error) *Error {
	return &Error{Kind: kind, Message: message, Err: err}
}

// OnField returns an Invalid error that belongs to one form field.
func OnField(field, message string) *Error {
	return &Error{Kind: Invalid, Field: field, Message: message}
}

// Error describes the error for the log.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first *Error in the chain, or Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Message returns the sentence for people of the first *Error in the chain, or "".
func Message(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return ""
}

// Field returns the form field that the first *Error in the chain belongs to, or "".
func Field(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Field
	}
	return ""
}
