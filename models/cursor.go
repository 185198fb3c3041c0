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
	return base64.RawURLEncoding.EncodeToString(b)
}

// DecodeCursor reads what Encode wrote. Anything else is the beginning: a forged cursor shows the first page.
func DecodeCursor(s string) Cursor {
	if len(s) > 64 {
		return Cursor{}
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return Cursor{}
	}
	var parts [3]int64
	for i := range parts {
		v, n := binary.Varint(b)
		if n <= 0 || v < 0 {
			return Cursor{}
		}
		parts[i], b = v, b[n:]
	}
	if len(b) != 0 {
		return Cursor{}
	}
	return Cursor{Phase: parts[0], Key: parts[1], ID: parts[2]}
}
