package models

import (
	"math"
	"strings"
	"testing"
)

func TestCursorRoundTrip(t *testing.T) {
	t.Parallel()
	for _, c := range []Cursor{
		{}, {Key: 1}, {ID: 1}, {Phase: 1}, {Phase: 1, Key: 125000, ID: 42}, {Phase: 3186, Key: 1 << 40, ID: 1 << 50},
		{Phase: math.MaxInt64, Key: math.MaxInt64, ID: math.MaxInt64},
	} {
		if got := DecodeCursor(c.Encode()); got != c {
			t.Errorf("DecodeCursor(%q) = %+v, want %+v", c.Encode(), got, c)
		}
	}
	if got := (Cursor{}).Encode(); got != "" {
		t.Errorf("the beginning encodes as %q", got)
	}
}

func TestDecodeCursorForged(t *testing.T) {
	t.Parallel()
	good := Cursor{Key: 7, ID: 9}.Encode()
	for _, s := range []string{"", "x", "!!!", good + "AA", good[:len(good)-1], "-1", "AQEB", strings.Repeat("A", 1000), "\x00", "ă", good + "=", Cursor{Key: -1, ID: 1}.Encode()} {
		if got := DecodeCursor(s); !got.IsZero() {
			t.Errorf("DecodeCursor(%q) = %+v, want the beginning", s, got)
		}
	}
}

func FuzzDecodeCursor(f *testing.F) {
	for _, c := range []Cursor{{}, {Key: 1, ID: 1}, {Phase: 2, Key: 1 << 40, ID: 7}} {
		f.Add(c.Encode())
	}
	f.Add("AAAA")
	f.Add("gICAgICAgICAgAE")
	f.Fuzz(func(t *testing.T, s string) {
		c := DecodeCursor(s)
		if c.Phase < 0 || c.Key < 0 || c.ID < 0 {
			t.Fatalf("DecodeCursor(%q) = %+v", s, c)
		}
		if again := DecodeCursor(c.Encode()); again != c {
			t.Fatalf("%q gives %+v, and that gives %+v", s, c, again)
		}
	})
}
