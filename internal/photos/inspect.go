package photos

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"

	"golang.org/x/image/webp"
)

// header is what can be known of a picture without decoding it.
type header struct {
	format        string // "jpeg", "png", "webp" or "gif"
	width, height int    // as stored; an orientation may swap them
	decodeBytes   int64  // estimate of what decoding allocates, never too low

	orientation orientation
	location    bool // holds a GPS position
	metadata    bool // holds anything besides the picture, sizes and colour profile
}

// maxMetadata bounds the Exif or XMP block that is looked at, in bytes; JPEG
// cannot hold more than 64 KB in one.
const maxMetadata = 1 << 20

// inspect finds the format by the first bytes, as the decoders do, and reads
// the header. It leaves the file anywhere.
func inspect(file io.ReadSeeker) (header, error) {
	var magic [16]byte
	if err := rewind(file); err != nil {
		return header{}, err
	}
	if n, err := io.ReadFull(file, magic[:]); err != nil {
		return header{}, pictureError(fmt.Errorf("%d bytes: %w", n, err))
	}
	h := header{orientation: upright}
	var config func(io.Reader) (image.Config, error)
	var scan func(*header, *bufio.Reader) error
	switch {
	case bytes.HasPrefix(magic[:], []byte("\xff\xd8\xff")):
		h.format, config, scan = "jpeg", jpeg.DecodeConfig, scanJPEG
	case bytes.HasPrefix(magic[:], []byte(pngSignature)):
		h.format, config, scan = "png", png.DecodeConfig, scanPNG
	case string(magic[:4]) == "RIFF" && string(magic[8:14]) == "WEBPVP":
		h.format, config, scan = "webp", webp.DecodeConfig, scanWebP
	case string(magic[:6]) == "GIF87a", string(magic[:6]) == "GIF89a":
		h.format, config, scan = "gif", gif.DecodeConfig, scanGIF
	default:
		return header{}, fmt.Errorf("%w: unknown format", ErrNotAPicture)
	}

	c, err := readConfig(file, config)
	if err != nil {
		return header{}, err
	}
	h.width, h.height = c.Width, c.Height
	if err := rewind(file); err != nil {
		return header{}, err
	}
	if err := scan(&h, bufio.NewReaderSize(file, 64<<10)); err != nil {
		return header{}, pictureError(err)
	}
	return h, nil
}

// readConfig reads the size of the picture and refuses impossible ones.
func readConfig(file io.ReadSeeker, config func(io.Reader) (image.Config, error)) (c image.Config, err error) {
	defer recoverPicture(&err)
	if err := rewind(file); err != nil {
		return c, err
	}
	if c, err = config(file); err != nil {
		return c, pictureError(err)
	}
	if c.Width < 1 || c.Height < 1 {
		return c, fmt.Errorf("%w: %d by %d pixels", ErrNotAPicture, c.Width, c.Height)
	}
	if int64(c.Width)*int64(c.Height) > MaxPixels {
		return c, ErrTooManyPixels
	}
	return c, nil
}

// pixels returns how many pixels the picture has.
func (h *header) pixels() int64 { return int64(h.width) * int64(h.height) }

// bounds returns the picture's rectangle as stored.
func (h *header) bounds() image.Rectangle { return image.Rect(0, 0, h.width, h.height) }

// variant returns the size of the upright variant for a width bucket.
func (h *header) variant(bucket int) (width, height int) {
	if h.orientation.swapsSides() {
		return fit(h.height, h.width, bucket)
	}
	return fit(h.width, h.height, bucket)
}

// weight estimates the memory that rendering the picture takes at its peak: the
// decoded picture, the largest variant before and after turning, in full colour
// and encoded, and some rows.
func (h *header) weight() int64 {
	w, hgt := h.variant(Widths[0])
	return h.decodeBytes + 6*int64(w)*int64(hgt) + 64*int64(h.width) + 256<<10
}

// scanGIF only estimates: one byte a pixel, twice when rows are interlaced.
func scanGIF(h *header, _ *bufio.Reader) error {
	h.decodeBytes = 2 * h.pixels()
	return nil
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// scanPNG walks the chunks for the pixel type, Exif and texts.
func scanPNG(h *header, r *bufio.Reader) error {
	if _, err := r.Discard(len(pngSignature)); err != nil {
		return err
	}
	for {
		var head [8]byte // length, type
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return err
		}
		size, kind := int64(binary.BigEndian.Uint32(head[:4])), string(head[4:])
		switch kind {
		case "IHDR":
			var ihdr [13]byte
			if _, err := io.ReadFull(r, ihdr[:]); err != nil {
				return err
			}
			h.decodeBytes = pngBytes(h.pixels(), ihdr[8], ihdr[12])
			size -= int64(len(ihdr))
		case "eXIf", "iTXt":
			block, err := peekBlock(r, size)
			if err != nil {
				return err
			}
			size -= int64(len(block))
			h.metadata = true
			if kind == "eXIf" {
				h.addExif(block)
			} else {
				h.addXMP(block)
			}
		case "tEXt", "zTXt", "tIME":
			h.metadata = true
		case "IEND":
			return nil
		}
		if err := skip(r, size+4); err != nil { // and the checksum
			return err
		}
	}
}

// pngBytes estimates the memory to decode a PNG. Everything but sixteen bits a
// channel fits four bytes a pixel; interlaced passes take as much again.
func pngBytes(pixels int64, depth, interlace byte) int64 {
	n := 4 * pixels
	if depth == 16 {
		n *= 2
	}
	if interlace != 0 {
		n *= 2
	}
	return n
}

// scanWebP walks the chunks; metadata comes after the picture.
func scanWebP(h *header, r *bufio.Reader) error {
	if _, err := r.Discard(12); err != nil { // "RIFF", size, "WEBP"
		return err
	}
	for {
		var head [8]byte // type, length
		_, err := io.ReadFull(r, head[:])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		kind, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		padded := size + size&1
		switch kind {
		case "VP8 ":
			h.decodeBytes += 2 * h.pixels()
		case "VP8L":
			h.decodeBytes += losslessBytes(h.pixels(), size)
		case "ALPH":
			h.decodeBytes += h.pixels() + losslessBytes(h.pixels(), size)
		case "EXIF", "XMP ":
			block, err := peekBlock(r, size)
			if err != nil {
				return err
			}
			padded -= int64(len(block))
			h.metadata = true
			if kind == "EXIF" {
				h.addExif(bytes.TrimPrefix(block, []byte(exifPrefix)))
			} else {
				h.addXMP(block)
			}
		}
		if err := skip(r, padded); err != nil {
			return err
		}
	}
}

// losslessBytes bounds what the lossless WebP decoder allocates: the picture
// twice, and Huffman trees, which a hostile file can make 256 times as large as
// itself, up to the 2,600 sets of trees that the decoder allows.
func losslessBytes(pixels, size int64) int64 {
	const fullSet = 56 << 10 // five trees with every symbol and their tables
	const emptySet = 6 << 10
	sets := min(2600, 1+pixels/16)
	return 8*pixels + min(sets*fullSet, 256*size+sets*emptySet)
}

// addExif takes orientation and GPS from an Exif block.
func (h *header) addExif(block []byte) {
	o, location := readExif(block)
	if h.orientation == upright {
		h.orientation = o
	}
	h.location = h.location || location
}

// addXMP looks for a position in an XMP packet by its property name: whether
// one is there matters, not where it is.
func (h *header) addXMP(packet []byte) {
	h.location = h.location || bytes.Contains(packet, []byte("GPSLatitude"))
}

// peekBlock reads the metadata of a chunk of the given size, as far as it is
// worth looking at.
func peekBlock(r io.Reader, size int64) ([]byte, error) {
	block, err := io.ReadAll(io.LimitReader(r, min(size, maxMetadata)))
	if err == nil && int64(len(block)) < min(size, maxMetadata) {
		err = io.ErrUnexpectedEOF
	}
	return block, err
}

// skip discards n bytes, all of which must be there.
func skip(r *bufio.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, r, max(n, 0))
	return err
}

func rewind(file io.ReadSeeker) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read photo: %w", err)
	}
	return nil
}

// pictureError marks err as the picture's fault, unless reading the disk failed.
func pictureError(err error) error {
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return fmt.Errorf("read photo: %w", err)
	}
	return fmt.Errorf("%w: %w", ErrNotAPicture, err)
}

// recoverPicture turns a panic in a decoder into an error: strangers' files
// must not take the process down.
func recoverPicture(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: decoder panic: %v", ErrNotAPicture, r)
	}
}
