package handlers

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/photos"
)

// Limits of the parts of a form.
const (
	maxPlainForm  = 1 << 20  // a form without files
	maxFieldBytes = 64 << 10 // one field; every text limit of the site is far below
	maxFields     = 300
)

func isMultipart(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEMultipartForm)
}

// bodyReader reads a request's body, refuses more than its limit and notes when the end was reached.
type bodyReader struct {
	c      *fiber.Ctx
	r      io.Reader
	limit  int64
	excess error // when there is more than limit
	read   int64
	done   bool
}

// Read implements io.Reader.
func (b *bodyReader) Read(p []byte) (int, error) {
	if b.done {
		return 0, io.EOF // fasthttp's stream would go on into the next request
	}
	// One byte more than the limit tells a body that just fits from one that is too large.
	n, err := b.r.Read(p[:min(int64(len(p)), b.limit+1-b.read)])
	b.read += int64(n)
	switch {
	case b.read > b.limit:
		return 0, b.excess
	case !errors.Is(err, io.EOF):
		return n, err
	case b.read < int64(b.c.Request().Header.ContentLength()):
		return n, io.ErrUnexpectedEOF // the client went away; fasthttp calls that an end too
	}
	b.done = true
	b.c.Locals(keyBodyRead, true)
	return n, io.EOF
}

// body returns the request's body; reading more than limit bytes of it fails with excess.
func body(c *fiber.Ctx, limit int64, excess error) io.Reader {
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return strings.NewReader("")
	}
	return &bodyReader{c: c, r: stream, limit: limit, excess: excess}
}

// fileHandler is given each file of a form as a stream, in order.
type fileHandler func(field string, file io.Reader) error

// readForm reads a form as a stream: fields into the values, files to onFile, which may be nil. A field longer than maxFieldBytes is cut,
// which its own limit then refuses.
func readForm(c *fiber.Ctx, onFile fileHandler) (url.Values, error) {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch {
	case err == nil && kind == fiber.MIMEMultipartForm:
		f := formReader{values: url.Values{}, onFile: onFile}
		if err := f.read(body(c, maxFormBytes, errFormTooLarge), params["boundary"]); err != nil {
			return nil, badForm(err)
		}
		return f.values, nil
	case err == nil && kind == fiber.MIMEApplicationForm:
		raw, err := io.ReadAll(body(c, maxPlainForm, errTextTooLarge))
		if err != nil {
			return nil, badForm(err)
		}
		values, err := url.ParseQuery(string(raw))
		if err == nil && len(values) > maxFields {
			err = errTooManyFields
		}
		if err != nil {
			return nil, badForm(err)
		}
		return values, nil
	case c.Request().Header.ContentLength() == 0:
		return url.Values{}, nil
	}
	return nil, apperr.New(apperr.Unsupported, "Trimite formularul din pagină.")
}

var errTooManyFields = errors.New("too many fields")

// formReader reads a multipart form part by part.
type formReader struct {
	values url.Values
	onFile fileHandler
	text   int // bytes of all fields so far
}

func (f *formReader) read(r io.Reader, boundary string) error {
	if boundary == "" {
		return errors.New("no boundary")
	}
	parts := multipart.NewReader(r, boundary)
	for range maxFields {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			_, err = io.Copy(io.Discard, r) // to the very end, so that the connection can go on
			return err
		}
		if err != nil {
			return err
		}
		if err := f.readPart(part); err != nil {
			return err
		}
	}
	return errTooManyFields
}

func (f *formReader) readPart(part *multipart.Part) error {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return nil //nolint:nilerr // a part without a name is nobody's field
	}
	if name, isFile := params["filename"]; isFile {
		if name == "" || f.onFile == nil {
			return nil // a file field left empty, or an unwanted file: NextPart skips it
		}
		return f.onFile(part.FormName(), part)
	}
	raw, err := io.ReadAll(io.LimitReader(part, maxFieldBytes))
	if err != nil {
		return err
	}
	if f.text += len(raw); f.text > maxPlainForm {
		return errTextTooLarge
	}
	f.values.Add(part.FormName(), cutRune(raw))
	return nil
}

// cutRune leaves out the piece of a letter at the end of a text that was cut.
func cutRune(raw []byte) string {
	if len(raw) == maxFieldBytes {
		for range utf8.UTFMax - 1 {
			if r, size := utf8.DecodeLastRune(raw); r == utf8.RuneError && size == 1 {
				raw = raw[:len(raw)-1]
			}
		}
	}
	return string(raw)
}

// badForm keeps an error that has an answer of its own and calls everything else a bad request: the client sent half a form.
func badForm(err error) error {
	if _, ok := errors.AsType[*apperr.Error](err); ok || errors.Is(err, photos.ErrNoSpace) {
		return err
	}
	return fmt.Errorf("%w: %w", fiber.NewError(http.StatusBadRequest), err)
}

// pathID reads a number of the path; anything else is a page that does not exist.
func pathID(c *fiber.Ctx) (int64, error) {
	id, ok := parseID(c.Params("id"))
	if !ok {
		return 0, fiber.ErrNotFound
	}
	return id, nil
}

func parseID(s string) (int64, bool) {
	id, err := strconv.ParseInt(s, 10, 64)
	return id, err == nil && id > 0 && s == strconv.FormatInt(id, 10)
}

// queryValues returns the query as url.Values; parts that cannot be decoded are left out.
func queryValues(c *fiber.Ctx) url.Values {
	values, _ := url.ParseQuery(string(c.Request().URI().QueryString())) // the error only says that something was left out
	return values
}
