package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Content encodings of a Variant.
const (
	Identity = ""
	Gzip     = "gzip"
	Brotli   = "br"
)

// File is one static file. Its bytes must not be changed.
type File struct {
	Name        string
	ContentType string

	body   []byte
	etag   string // hash of body, unquoted
	brotli func() Variant
	gzip   func() Variant
}

// Variant is a file in one encoding.
type Variant struct {
	Body     []byte
	Encoding string // for Content-Encoding; "" when the bytes are the file's own
	ETag     string // strong, quoted; differs between encodings as their bytes do
}

func newFile(name string, body []byte) *File {
	sum := sha256.Sum256(body)
	f := &File{Name: name, ContentType: contentType(name), body: body, etag: hex.EncodeToString(sum[:8])}
	f.brotli = sync.OnceValue(func() Variant { return f.compressed(Brotli, packBrotli) })
	f.gzip = sync.OnceValue(func() Variant { return f.compressed(Gzip, packGzip) })
	return f
}

// Variant returns the file in the encoding asked for, or as it is when that would not be smaller. Each encoding is
// made once, on first use, and kept.
func (f *File) Variant(encoding string) Variant {
	if f.compressible() {
		switch encoding {
		case Brotli:
			return f.brotli()
		case Gzip:
			return f.gzip()
		}
	}
	return f.plain()
}

// Negotiate returns the best variant that the request's Accept-Encoding allows.
func (f *File) Negotiate(acceptEncoding string) Variant {
	switch {
	case Accepts(acceptEncoding, Brotli):
		return f.Variant(Brotli)
	case Accepts(acceptEncoding, Gzip):
		return f.Variant(Gzip)
	}
	return f.plain()
}

func (f *File) plain() Variant { return Variant{Body: f.body, ETag: `"` + f.etag + `"`} }

// compressible leaves out what is packed already: pictures and fonts.
func (f *File) compressible() bool {
	return strings.HasPrefix(f.ContentType, "text/") || f.ContentType == "image/svg+xml" || f.ContentType == "application/manifest+json"
}

func (f *File) compressed(encoding string, pack func([]byte) []byte) Variant {
	packed := pack(f.body)
	if packed == nil || len(packed) >= len(f.body) {
		return f.plain()
	}
	return Variant{Body: packed, Encoding: encoding, ETag: `"` + f.etag + "-" + encoding + `"`}
}

func packBrotli(body []byte) []byte {
	var b bytes.Buffer
	// The window is as large as our largest file; the default one takes several times the memory.
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 18})
	if _, err := w.Write(body); err != nil || w.Close() != nil {
		return nil // memory cannot fail to take bytes; without them the plain file is served
	}
	return b.Bytes()
}

func packGzip(body []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(body); err != nil || w.Close() != nil {
		return nil
	}
	return b.Bytes()
}

// Accepts tells whether an Accept-Encoding header names encoding with a weight above zero. The wildcard is not
// honoured: what sends only "*" gets the plain file, which is always right.
func Accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(weight, 64)
		return err == nil && q > 0
	}
	return false
}
