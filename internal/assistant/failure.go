package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Kind says what went wrong, for the sentence that the person gets.
type Kind string

// The kinds of failures; they name a metric too.
const (
	Rejected Kind = "rejected" // the model's address did not accept the request (400, 422)
	Denied   Kind = "denied"   // the key or the address is wrong (401, 403, 404, a redirect)
	NoFunds  Kind = "no_funds" // nothing is left on the account (402)
	Busy     Kind = "busy"     // too many requests (429)
	Down     Kind = "down"     // 5xx, no connection, or the breaker is open
	Silent   Kind = "silent"   // no answer in time
	Cut      Kind = "cut"      // the stream ended in the middle
	Garbled  Kind = "garbled"  // what came could not be read
	Stopped  Kind = "stopped"  // by the person
)

var (
	errGarbled = errors.New("the model's answer cannot be read")
	errCut     = errors.New("the model's answer ended in the middle")
	errOpen    = errors.New("the model failed too often; waiting")
)

// Failure is why there is no whole answer.
type Failure struct {
	Kind       Kind
	RetryAfter time.Duration // 0 when unknown
	Err        error
}

// Error describes the failure for the log.
func (f *Failure) Error() string { return fmt.Sprintf("assistant %s: %v", f.Kind, f.Err) }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Sentence is what the person gets to read; "" when the person stopped the answer.
func (f *Failure) Sentence() string {
	switch f.Kind {
	case Rejected, Garbled:
		return "Asistentul nu a putut răspunde la întrebarea aceasta. Încearcă s-o scrii altfel."
	case Denied, NoFunds:
		return "Asistentul nu e disponibil acum. Poți căuta direct printre anunțuri."
	case Busy:
		return "Prea multe întrebări deodată. Încearcă din nou peste puțin timp."
	case Cut:
		return "Răspunsul s-a întrerupt. Încearcă din nou."
	case Stopped:
		return ""
	}
	return "Asistentul nu răspunde acum. Încearcă din nou peste câteva clipe."
}

// failureOf understands an error of a request.
func failureOf(ctx context.Context, err error) *Failure {
	if f, ok := errors.AsType[*Failure](err); ok {
		return f
	}
	f := &Failure{Kind: Down, Err: err}
	if r, ok := errors.AsType[*refused](err); ok {
		f.RetryAfter = r.retryAfter
		f.Kind = kindOf(r.status)
		return f
	}
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	switch {
	case ctx.Err() != nil:
		f.Kind = Stopped
	case errors.Is(err, errSilent), errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		f.Kind = Silent
	case errors.Is(err, errCut), errors.Is(err, io.ErrUnexpectedEOF):
		f.Kind = Cut
	case errors.Is(err, errGarbled), errors.As(err, &syntax), errors.As(err, &shape):
		f.Kind = Garbled
	}
	return f
}

func kindOf(status int) Kind {
	switch status {
	case http.StatusPaymentRequired:
		return NoFunds
	case http.StatusTooManyRequests:
		return Busy
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return Rejected
	}
	if status < http.StatusInternalServerError {
		return Denied
	}
	return Down
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// passing reports whether the same request may succeed soon.
func (f *Failure) passing() bool {
	return f.Kind == Busy || f.Kind == Down || f.Kind == Cut
}

// counts reports whether the failure says something about the other side's health.
func (f *Failure) counts() bool {
	return f.Kind == Down || f.Kind == Silent || f.Kind == Cut || f.Kind == Garbled
}
