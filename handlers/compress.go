package handlers

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assets"
)

const (
	// compressFrom is the size from which compressing is worth its time.
	compressFrom = 1400
	// Levels for a page that is sent once, and for one that is kept and sent often.
	brotliOnce, brotliKept = 1, 5
	gzipKept               = 6
)

// encodingFor chooses how to send a page: brotli, gzip, or as it is.
func encodingFor(c *fiber.Ctx) string {
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case assets.Accepts(accepted, assets.Brotli):
		return assets.Brotli
	case assets.Accepts(accepted, assets.Gzip):
		return assets.Gzip
	}
	return assets.Identity
}

// compress packs the body. Brotli at its lowest level takes no longer than gzip and packs better.
func compress(body []byte, encoding string, brotliLevel int) ([]byte, error) {
	var b bytes.Buffer
	var w io.WriteCloser
	switch encoding {
	case assets.Brotli:
		w = brotli.NewWriterLevel(&b, brotliLevel)
	case assets.Gzip:
		gz, err := gzip.NewWriterLevel(&b, gzipKept)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		w = gz
	default:
		return body, nil
	}
	if _, err := w.Write(body); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return b.Bytes(), nil
}
