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

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
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

// countingReader reads a request's body, refuses more than its limit and notes when the end was reached.
type countingReader struct {
	c    *fiber.Ctx
	r    io.Reader
	left int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		// One byte more tells a body that just fits from one that is too large.
		var one [1]byte
		if n, err := r.r.Read(one[:]); n == 0 && errors.Is(err, io.EOF) {
			r.c.Locals(keyBodyRead, true)
			return 0, io.EOF
		}
		return 0, errFormTooLarge
	}
	if int64(len(p)) > r.left {
		p = p[:r.left]
	}
	n, err := r.r.Read(p)
	r.left -= int64(n)
	if errors.Is(err, io.EOF) {
		r.c.Locals(keyBodyRead, true)
	}
	return n, err
}

// body returns the request's body, at most limit bytes of it.
func body(c *fiber.Ctx, limit int64) io.Reader {
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return strings.NewReader("")
	}
	return &countingReader{c: c, r: stream, left: limit}
}

// fileHandler is given each file of a form as a stream, in order.
type fileHandler func(field string, file io.Reader) error

// readForm reads a form as a stream: fields into the values, files to onFile, which may be nil. A field longer than maxFieldBytes is cut,
// which its own limit then refuses.
func readForm(c *fiber.Ctx, onFile fileHandler) (url.Values, error) {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch {
	case err == nil && kind == fiber.MIMEMultipartForm:
		return readMultipart(body(c, maxFormBytes), params["boundary"], onFile)
	case err == nil && kind == fiber.MIMEApplicationForm:
		raw, err := io.ReadAll(body(c, maxPlainForm))
		if err != nil {
			return nil, badForm(err)
		}
		values, err := url.ParseQuery(string(raw))
		if err != nil || len(values) > maxFields {
			return nil, badForm(err)
		}
		return values, nil
	case c.Request().Header.ContentLength() == 0:
		return url.Values{}, nil
	}
	return nil, apperr.New(apperr.Unsupported, "Trimite formularul din pagină.")
}

func readMultipart(r io.Reader, boundary string, onFile fileHandler) (url.Values, error) {
	if boundary == "" {
		return nil, fiber.NewError(http.StatusBadRequest)
	}
	values := url.Values{}
	parts := multipart.NewReader(r, boundary)
	for count := 0; ; count++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			// To the very end, so that the connection can go on.
			_, err = io.Copy(io.Discard, r)
			return values, badFormOrNil(err)
		}
		if err != nil || count > maxFields {
			return nil, badForm(err)
		}
		if err := readPart(part, values, onFile); err != nil {
			return nil, err
		}
	}
}

func readPart(part *multipart.Part, values url.Values, onFile fileHandler) error {
	if part.FileName() != "" && onFile != nil {
		return onFile(part.FormName(), part)
	}
	if part.FileName() != "" || part.Header.Get("Content-Disposition") == "" {
		return nil // an unwanted file: NextPart skips it
	}
	raw, err := io.ReadAll(io.LimitReader(part, maxFieldBytes))
	if err != nil {
		return badForm(err)
	}
	if strings.Contains(part.Header.Get("Content-Disposition"), "filename=") {
		return nil // a file field left empty
	}
	values.Add(part.FormName(), string(raw))
	return nil
}

func badFormOrNil(err error) error {
	if err == nil {
		return nil
	}
	return badForm(err)
}

// badForm keeps an error that says what is wrong and calls everything else a bad request: the client sent half a form.
func badForm(err error) error {
	if _, ok := errors.AsType[*apperr.Error](err); ok {
		return err
	}
	return fmt.Errorf("%w: %w", fiber.NewError(http.StatusBadRequest), errors.Join(err))
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
