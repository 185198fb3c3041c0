// Package phototest makes pictures for tests: phone photos with Exif and GPS,
// and the same scene in other formats. It is not for the running site.
package phototest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// Exif is what a phone writes into a picture. The zero value writes nothing.
type Exif struct {
	Orientation int  // 1 to 8, as in the standard; 0: not written
	GPS         bool // a position in Bucharest
}

// The colours of the scene's corners, for checking which way up it is.
var (
	TopLeft     = color.RGBA{220, 40, 40, 255}
	TopRight    = color.RGBA{40, 200, 60, 255}
	BottomLeft  = color.RGBA{40, 60, 210, 255}
	BottomRight = color.RGBA{230, 220, 60, 255}
)

// JPEG returns a photo that is w by h pixels when shown upright, one quarter of
// it in each corner colour. The pixels are stored turned as e.Orientation says.
func JPEG(w, h int, e Exif) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, Scene(w, h, e.Orientation), &jpeg.Options{Quality: 90}); err != nil {
		panic(err) // a buffer does not fail
	}
	if e == (Exif{}) {
		return out.Bytes()
	}
	return WithSegment(out.Bytes(), 0xe1, append([]byte("Exif\x00\x00"), e.Block()...))
}

// PNG is like JPEG, in the other format.
func PNG(w, h int, e Exif) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, Scene(w, h, e.Orientation)); err != nil {
		panic(err)
	}
	if e == (Exif{}) {
		return out.Bytes()
	}
	return WithChunk(out.Bytes(), "eXIf", e.Block())
}

// WithSegment returns a copy of a JPEG with one more segment at its start.
func WithSegment(jpeg []byte, marker byte, body []byte) []byte {
	out := append([]byte{}, jpeg[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, jpeg[2:]...)
}

// WithChunk returns a copy of a PNG with one more chunk after its header.
func WithChunk(png []byte, kind string, body []byte) []byte {
	const afterHeader = 8 + 12 + 13
	out := append([]byte{}, png[:afterHeader]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	chunk := append([]byte(kind), body...)
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, png[afterHeader:]...)
}

// Block returns the Exif as the TIFF block that every format wraps.
func (e Exif) Block() []byte {
	type field struct {
		tag, kind uint16
		count     uint32
		value     uint32
	}
	le := binary.LittleEndian
	fields := func(dst []byte, all []field) []byte {
		dst = le.AppendUint16(dst, uint16(len(all)))
		for _, f := range all {
			dst = le.AppendUint16(dst, f.tag)
			dst = le.AppendUint16(dst, f.kind)
			dst = le.AppendUint32(dst, f.count)
			dst = le.AppendUint32(dst, f.value)
		}
		return le.AppendUint32(dst, 0) // no directory follows
	}
	size := func(all []field) uint32 { return uint32(2 + 12*len(all) + 4) }

	main := []field{{0x0100, 4, 1, 4000}} // a width, so that the directory is never empty
	if e.Orientation != 0 {
		main = append(main, field{0x0112, 3, 1, uint32(e.Orientation)})
	}
	if e.GPS {
		main = append(main, field{0x8825, 4, 1, 0})
		main[len(main)-1].value = 8 + size(main)
	}
	block := fields([]byte("II*\x00\x08\x00\x00\x00"), main)
	if !e.GPS {
		return block
	}
	gps := []field{{0x0001, 2, 2, 'N'}, {0x0002, 5, 3, 0}, {0x0003, 2, 2, 'E'}, {0x0004, 5, 3, 0}}
	angles := uint32(len(block)) + size(gps)
	gps[1].value, gps[3].value = angles, angles+24
	block = fields(block, gps)
	for _, n := range []uint32{44, 25, 36, 26, 6, 9} { // degrees, minutes, seconds, twice
		block = le.AppendUint32(block, n)
		block = le.AppendUint32(block, 1)
	}
	return block
}

// Scene returns the picture that the other functions encode, turned so that
// orientation (1 to 8; 0 is 1) brings it back to w by h.
func Scene(w, h, orientation int) *image.RGBA {
	sw, sh := w, h
	if orientation >= 5 {
		sw, sh = h, w
	}
	pic := image.NewRGBA(image.Rect(0, 0, sw, sh))
	for sy := range sh {
		for sx := range sw {
			x, y := uprightAt(orientation, sx, sy, w, h)
			pic.SetRGBA(sx, sy, sceneAt(x, y, w, h))
		}
	}
	return pic
}

// uprightAt returns where a stored pixel is shown.
func uprightAt(orientation, sx, sy, w, h int) (x, y int) {
	switch orientation {
	case 2:
		return w - 1 - sx, sy
	case 3:
		return w - 1 - sx, h - 1 - sy
	case 4:
		return sx, h - 1 - sy
	case 5:
		return sy, sx
	case 6:
		return w - 1 - sy, sx
	case 7:
		return w - 1 - sy, h - 1 - sx
	case 8:
		return sy, h - 1 - sx
	default:
		return sx, sy
	}
}

func sceneAt(x, y, w, h int) color.RGBA {
	left, top := x < w/2, y < h/2
	switch {
	case left && top:
		return TopLeft
	case top:
		return TopRight
	case left:
		return BottomLeft
	default:
		return BottomRight
	}
}
