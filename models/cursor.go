package models

import (
	"encoding/base64"
	"encoding/binary"
)

// Cursor marks the last row of a page; the next page begins after it. The zero value is the beginning.
type Cursor struct {
	Phase int64 // which part of the order: match in the title first, or the ring of a distance search
	Key   int64 // sort key, price or time in microseconds
	ID    int64 // tie-breaker

	window rankWindow // of an order of relevance
}

// IsZero reports whether the cursor is the beginning.
func (c Cursor) IsZero() bool { return c == Cursor{} }

// Encode returns the cursor as it stands in addresses; "" for the beginning.
func (c Cursor) Encode() string {
	if c.IsZero() {
		return ""
	}
	b := binary.AppendVarint(nil, c.Phase)
	b = binary.AppendVarint(b, c.Key)
	b = binary.AppendVarint(b, c.ID)
	if w := c.window; w != (rankWindow{}) {
		for _, n := range []int64{w.Top, w.Titles, w.Others, w.Hour} {
			b = binary.AppendVarint(b, n)
		}
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// maxCursor is the length of seven numbers of ten bytes.
const maxCursor = 94

// DecodeCursor reads what Encode wrote. Anything else is the beginning: a forged cursor shows the first page.
func DecodeCursor(s string) Cursor {
	if len(s) > maxCursor {
		return Cursor{}
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return Cursor{}
	}
	var parts []int64
	for len(b) > 0 {
		v, n := binary.Varint(b)
		if n <= 0 || v < 0 {
			return Cursor{}
		}
		parts, b = append(parts, v), b[n:]
	}
	switch len(parts) {
	case 3:
		return Cursor{Phase: parts[0], Key: parts[1], ID: parts[2]}
	case 7:
		return Cursor{Phase: parts[0], Key: parts[1], ID: parts[2], window: rankWindow{parts[3], parts[4], parts[5], parts[6]}}
	}
	return Cursor{}
}
