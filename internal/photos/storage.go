package photos

import (
	"context"
	"io"
	"regexp"
	"strconv"
	"time"
)

// Storage keeps files by name. Names are made by Name; they are never chosen by
// people. Implementations are safe for concurrent use.
type Storage interface {
	// Put stores data under name, all of it or nothing, and reports whether the
	// name is new. Data under an existing name is the same as before; putting it
	// again makes its modification time the present.
	Put(ctx context.Context, name string, data []byte) (created bool, err error)
	// Open returns the file for reading; the caller closes it. The error is
	// fs.ErrNotExist when there is none.
	Open(ctx context.Context, name string) (io.ReadSeekCloser, Info, error)
	// Delete removes the file; it is no error when there is none.
	Delete(ctx context.Context, name string) error
	// List calls fn for every file in the order of names, until fn fails.
	List(ctx context.Context, fn func(Info) error) error
}

// Info describes a stored file.
type Info struct {
	Name    string // "ab12…-800.jpg"
	Size    int64  // bytes
	ModTime time.Time
}

// Formats of stored files, for Name.
const (
	JPEG = "jpg"
	WebP = "webp"
)

const hashLen = 32 // hexadecimal digits: 128 bits of SHA-256

var namePattern = regexp.MustCompile(`^([0-9a-f]{32})-(1600|800|400)\.(jpg|webp)$`)

// Name returns the name of one file of a picture, such as "ab12…-800.jpg". The
// width must be one of Widths.
func Name(hash string, width int, format string) string {
	return hash + "-" + strconv.Itoa(width) + "." + format
}

// ParseName takes apart what Name made; ok is false for anything else.
func ParseName(name string) (hash string, width int, format string, ok bool) {
	m := namePattern.FindStringSubmatch(name)
	if m == nil {
		return "", 0, "", false
	}
	width, err := strconv.Atoi(m[2])
	return m[1], width, m[3], err == nil
}
