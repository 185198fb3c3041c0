package photos

import (
	"bytes"
	"encoding/binary"
	"testing"

	"piata.ro/internal/photos/phototest"
)

func TestReadExif(t *testing.T) {
	t.Parallel()
	bigEndian := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	off := phototest.Exif{GPS: true}.Block()
	binary.LittleEndian.PutUint32(off[len(off)-48+4:], 0) // zero by zero degrees: position switched off
	// The field before the GPS one has a type that does not exist.
	odd := phototest.Exif{Orientation: 3, GPS: true}.Block()
	binary.LittleEndian.PutUint16(odd[10+2:], 99)
	for _, c := range []struct {
		name     string
		block    []byte
		want     orientation
		location bool
	}{
		{"empty", nil, upright, false},
		{"text", []byte("not a TIFF header at all"), upright, false},
		{"plain", phototest.Exif{Orientation: 1}.Block(), upright, false},
		{"turned", phototest.Exif{Orientation: 6}.Block(), quarterRight, false},
		{"GPS", phototest.Exif{GPS: true}.Block(), upright, true},
		{"both", phototest.Exif{Orientation: 8, GPS: true}.Block(), quarterLeft, true},
		{"big endian", bigEndian, quarterRight, false},
		{"no such orientation", phototest.Exif{Orientation: 9}.Block(), upright, false},
		{"position switched off", off, upright, false},
		{"unknown type", odd, upsideDown, true},
		{"directory outside", []byte("II*\x00\xff\xff\xff\xff"), upright, false},
	} {
		if got, location := readExif(c.block); got != c.want || location != c.location {
			t.Errorf("%s: orientation %d, location %v, want %d, %v", c.name, got, location, c.want, c.location)
		}
	}
}

func TestInspectMetadata(t *testing.T) {
	t.Parallel()
	plain := phototest.JPEG(20, 10, phototest.Exif{})
	e := phototest.Exif{Orientation: 6, GPS: true}
	xmp := []byte(`<x:xmpmeta exif:GPSLatitude="44,25.6N"/>`)
	type facts struct {
		orientation        orientation
		location, metadata bool
	}
	for _, c := range []struct {
		name string
		data []byte
		want facts
	}{
		{"JPEG plain", plain, facts{upright, false, false}},
		{"JPEG comment", phototest.WithSegment(plain, markerCOM, []byte("Ana")), facts{upright, false, true}},
		{"JPEG IPTC", phototest.WithSegment(plain, markerAPP13, []byte("Photoshop 3.0")), facts{upright, false, true}},
		{"JPEG Exif", phototest.JPEG(20, 10, e), facts{quarterRight, true, true}},
		{"JPEG XMP", phototest.WithSegment(plain, markerAPP1, append([]byte(xmpPrefix), xmp...)), facts{upright, true, true}},
		{"JPEG colour profile", phototest.WithSegment(plain, 0xe2, []byte("ICC_PROFILE\x00")), facts{upright, false, false}},
		{"PNG plain", phototest.PNG(20, 10, phototest.Exif{}), facts{upright, false, false}},
		{"PNG Exif", phototest.PNG(20, 10, e), facts{quarterRight, true, true}},
		{"PNG text", phototest.WithChunk(phototest.PNG(20, 10, phototest.Exif{}), "tEXt", []byte("Author\x00Ana")), facts{upright, false, true}},
		{"PNG XMP", phototest.WithChunk(phototest.PNG(20, 10, phototest.Exif{}), "iTXt", xmp), facts{upright, true, true}},
		{"WebP plain", file(t, "lossless.webp"), facts{upright, false, false}},
		{"WebP Exif", withRIFF(file(t, "lossless.webp"), "EXIF", e.Block()), facts{quarterRight, true, true}},
		{"WebP Exif with prefix", withRIFF(file(t, "alpha.webp"), "EXIF", append([]byte(exifPrefix), e.Block()...)), facts{quarterRight, true, true}},
		{"WebP odd XMP", withRIFF(withRIFF(file(t, "alpha.webp"), "XMP ", append(xmp, ' ')), "EXIF", e.Block()), facts{quarterRight, true, true}},
	} {
		h, err := inspect(bytes.NewReader(c.data))
		if got := (facts{h.orientation, h.location, h.metadata}); got != c.want || err != nil {
			t.Errorf("%s: %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
}

// withRIFF returns a copy of a WebP with one more chunk at its end.
func withRIFF(data []byte, kind string, body []byte) []byte {
	data = append(bytes.Clone(data), kind...)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(body)))
	data = append(data, body...)
	if len(body)%2 != 0 {
		data = append(data, 0)
	}
	binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
	return data
}
