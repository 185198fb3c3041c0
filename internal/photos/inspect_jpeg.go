package photos

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	exifPrefix = "Exif\x00\x00"
	xmpPrefix  = "http://ns.adobe.com/xap/1.0/\x00"
)

// JPEG markers that matter here.
const (
	markerSOF0  = 0xc0
	markerSOF1  = 0xc1
	markerSOF2  = 0xc2 // progressive
	markerRST0  = 0xd0
	markerRST7  = 0xd7
	markerEOI   = 0xd9
	markerSOS   = 0xda
	markerAPP1  = 0xe1
	markerAPP13 = 0xed
	markerAPP14 = 0xee
	markerCOM   = 0xfe
)

// maxScans bounds the passes of a progressive JPEG: real ones have about ten,
// and each costs a walk over the whole picture however few bytes it has.
const maxScans = 100

// scanJPEG walks the segments just as image/jpeg does, for the pixel layout and
// the metadata. It goes on past the first scan only to count the passes of a
// progressive picture.
func scanJPEG(h *header, r *bufio.Reader) error {
	if _, err := r.Discard(2); err != nil {
		return err
	}
	var progressive, rgb bool
	scans := 0
	for {
		marker, err := nextMarker(r)
		if err != nil {
			return err
		}
		if marker == markerEOI {
			return nil
		}
		if markerRST0 <= marker && marker <= markerRST7 {
			continue
		}
		body, err := segment(r)
		if err != nil {
			return err
		}
		switch marker {
		case markerSOF0, markerSOF1, markerSOF2:
			progressive = marker == markerSOF2
			if h.decodeBytes, err = jpegBytes(body, progressive); err != nil {
				return err
			}
			rgb = rgb || len(body) == 6+3*3 && body[6] == 'R' && body[9] == 'G' && body[12] == 'B'
		case markerAPP14:
			rgb = rgb || len(body) >= 12 && string(body[:5]) == "Adobe" && body[11] == 0
		case markerAPP1, markerAPP13, markerCOM:
			h.addSegment(marker, body)
		case markerSOS:
			if scans++; scans > maxScans {
				return errors.New("too many scans")
			}
			if scans == 1 && rgb {
				h.decodeBytes += 4 * h.pixels() // image/jpeg makes a second picture of it
			}
			if !progressive {
				return nil
			}
		}
	}
}

// addSegment notes the metadata of one segment.
func (h *header) addSegment(marker byte, body []byte) {
	h.metadata = true
	if marker != markerAPP1 {
		return
	}
	if block, ok := bytes.CutPrefix(body, []byte(exifPrefix)); ok {
		h.addExif(block)
	} else if packet, ok := bytes.CutPrefix(body, []byte(xmpPrefix)); ok {
		h.addXMP(packet)
	}
}

// nextMarker skips to the next marker and returns it. Bytes between segments
// are ignored, as image/jpeg does; within a scan they are the picture.
func nextMarker(r *bufio.Reader) (byte, error) {
	for {
		for {
			_, err := r.ReadSlice(0xff)
			if err == nil {
				break
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				return 0, err
			}
		}
		marker, err := r.ReadByte()
		for err == nil && marker == 0xff {
			marker, err = r.ReadByte()
		}
		if err != nil || marker != 0 {
			return marker, err
		}
	}
}

// segment reads the body of a segment.
func segment(r *bufio.Reader) ([]byte, error) {
	var size [2]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(size[:])) - 2
	if n < 0 {
		return nil, errors.New("short segment")
	}
	body := make([]byte, n)
	_, err := io.ReadFull(r, body)
	return body, err
}

// jpegBytes estimates the memory to decode a JPEG with the given frame header:
// a byte a sample in whole blocks, four more when the coefficients of all
// passes are kept, and another picture for four colours.
func jpegBytes(sof []byte, progressive bool) (int64, error) {
	if len(sof) < 6 || len(sof) != 6+3*int(sof[5]) {
		return 0, fmt.Errorf("frame header of %d bytes", len(sof))
	}
	height := int64(binary.BigEndian.Uint16(sof[1:]))
	width := int64(binary.BigEndian.Uint16(sof[3:]))
	components := sof[6:]
	sampling := func(i int) (h, v int64) {
		if len(components) == 3 {
			return 1, 1 // a single component is never subsampled
		}
		return int64(components[3*i+1] >> 4), int64(components[3*i+1] & 15)
	}
	h0, v0 := sampling(0)
	if h0 == 0 || v0 == 0 {
		return 0, errors.New("no samples")
	}
	blocks := ((width + 8*h0 - 1) / (8 * h0)) * ((height + 8*v0 - 1) / (8 * v0))
	var n int64
	for i := range len(components) / 3 {
		h, v := sampling(i)
		n += 64 * blocks * h * v
	}
	if progressive {
		n *= 5
	}
	if len(components) == 4*3 {
		n += 4 * width * height
	}
	return n, nil
}
