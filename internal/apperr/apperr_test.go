package apperr

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"
)

func TestKindAndMessage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		err            error
		kind           Kind
		message, field string
	}{
		{"nil", nil, Internal, "", ""},
		{"unknown", io.EOF, Internal, "", ""},
		{"new", New(NotFound, "Anunțul nu există."), NotFound, "Anunțul nu există.", ""},
		{"on a field", OnField("titlu", "Scrie un titlu."), Invalid, "Scrie un titlu.", "titlu"},
		{"wrapped above", fmt.Errorf("select listing: %w", New(Gone, "Nu mai este.")), Gone, "Nu mai este.", ""},
		{"cause below", Wrap(Unavailable, "Încearcă mai târziu.", io.EOF), Unavailable, "Încearcă mai târziu.", ""},
		{"the outer one counts", Wrap(Conflict, "Există deja.", New(NotFound, "Nu există.")), Conflict, "Există deja.", ""},
		{"joined", errors.Join(io.EOF, OnField("pret", "Scrie prețul.")), Invalid, "Scrie prețul.", "pret"},
	}
	for _, tt := range tests {
		if got := KindOf(tt.err); got != tt.kind {
			t.Errorf("%s: kind %d, want %d", tt.name, got, tt.kind)
		}
		if got := Message(tt.err); got != tt.message {
			t.Errorf("%s: message %q, want %q", tt.name, got, tt.message)
		}
		if got := Field(tt.err); got != tt.field {
			t.Errorf("%s: field %q, want %q", tt.name, got, tt.field)
		}
		if got := Is(tt.err, tt.kind); got != (tt.err != nil) {
			t.Errorf("%s: Is its own kind: %v", tt.name, got)
		}
		if Is(tt.err, Forbidden) {
			t.Errorf("%s: is Forbidden", tt.name)
		}
	}
}

func TestCauseIsForTheLogOnly(t *testing.T) {
	t.Parallel()
	err := Wrap(Unavailable, "Încearcă mai târziu.", fmt.Errorf("dial: %w", io.ErrUnexpectedEOF))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
	if want := "Încearcă mai târziu.: dial: unexpected EOF"; err.Error() != want {
		t.Errorf("for the log: %q, want %q", err.Error(), want)
	}
	if got := Message(err); got != "Încearcă mai târziu." {
		t.Errorf("for people: %q", got)
	}
	if got := New(TooMany, "Ai încercat de prea multe ori.").Error(); got != "Ai încercat de prea multe ori." {
		t.Errorf("without a cause: %q", got)
	}
	late := &Error{Kind: TooMany, RetryAfter: time.Minute}
	if got, ok := errors.AsType[*Error](fmt.Errorf("limit: %w", late)); !ok || got.RetryAfter != time.Minute {
		t.Errorf("RetryAfter: %+v, %v", got, ok)
	}
}

// An error that nobody classified must never look like the caller's fault.
func TestZeroKindIsInternal(t *testing.T) {
	t.Parallel()
	if KindOf(&Error{}) != Internal {
		t.Error("the zero Error is not Internal")
	}
}
