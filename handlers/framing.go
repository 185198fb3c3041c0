package handlers

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// framing is what the headers of a request say about where its body ends.
type framing struct {
	length    int64 // declared; 0 when it is not
	ambiguous bool  // two programs could find two different ends
}

// readFraming looks at the headers as they came: fasthttp keeps only the last of several and forgets a length beside an encoding.
func readFraming(raw []byte) framing {
	var f framing
	lengths, encodings := 0, 0
	for line := range bytes.SplitSeq(raw, []byte("\n")) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		text := string(bytes.TrimSpace(value))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			n, err := strconv.ParseInt(text, 10, 64)
			f.length = n
			f.ambiguous = f.ambiguous || err != nil || n < 0
			lengths++
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			f.ambiguous = f.ambiguous || !strings.EqualFold(text, "chunked")
			encodings++
		}
	}
	f.ambiguous = f.ambiguous || lengths+encodings > 1
	return f
}

// tuneRequest is called between a request's headers and its body. Photos get their time; of a body that will be refused nothing is waited
// for, neither its first bytes nor, by a client that asked whether to send it, the leave to do so.
func tuneRequest(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if readFraming(h.RawHeaders()).length > maxFormBytes {
		h.SetContentLength(0)
		h.Del(fiber.HeaderExpect)
	}
	if strings.HasPrefix(string(h.ContentType()), fiber.MIMEMultipartForm) {
		return fasthttp.RequestConfig{ReadTimeout: uploadTimeout}
	}
	return fasthttp.RequestConfig{}
}
