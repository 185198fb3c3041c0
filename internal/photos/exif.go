package photos

import "encoding/binary"

// The Exif fields that matter here, and the types they must have.
const (
	tagOrientation = 0x0112
	tagGPS         = 0x8825 // offset of the GPS fields
	tagLatitude    = 0x0002
	tagLongitude   = 0x0004

	typeShort    = 3
	typeLong     = 4
	typeRational = 5
)

// readExif finds two facts in an Exif block (a TIFF header and its fields):
// how to turn the picture, and whether it tells where it was taken. Whatever is
// broken counts as absent.
//
// A general reader such as github.com/bep/imagemeta gives up at the first field
// it cannot parse, often in the maker's own notes, and would miss a position
// that comes after; two lookups need no such reader.
func readExif(block []byte) (o orientation, location bool) {
	o = upright
	if len(block) < 8 {
		return o, false
	}
	t := tiff{block: block}
	switch string(block[:4]) {
	case "II*\x00":
		t.order = binary.LittleEndian
	case "MM\x00*":
		t.order = binary.BigEndian
	default:
		return o, false
	}
	main := t.uint32(4)
	if value, ok := t.find(main, tagOrientation, typeShort, 1); ok {
		if v := orientation(t.order.Uint16(value)); v.valid() {
			o = v
		}
	}
	if value, ok := t.find(main, tagGPS, typeLong, 1); ok {
		gps := t.order.Uint32(value)
		location = t.hasAngle(gps, tagLatitude) && t.hasAngle(gps, tagLongitude)
	}
	return o, location
}

// tiff reads fields out of a block, always within its bounds.
type tiff struct {
	block []byte
	order binary.ByteOrder
}

// find returns the four value bytes of a field in the directory at offset dir.
func (t tiff) find(dir uint32, tag, kind uint16, count uint32) (value []byte, ok bool) {
	if int64(dir)+2 > int64(len(t.block)) {
		return nil, false
	}
	fields := t.block[dir+2:]
	for range t.order.Uint16(t.block[dir:]) {
		if len(fields) < 12 {
			return nil, false
		}
		f := fields[:12]
		if t.order.Uint16(f) == tag && t.order.Uint16(f[2:]) == kind && t.order.Uint32(f[4:]) == count {
			return f[8:], true
		}
		fields = fields[12:]
	}
	return nil, false
}

// hasAngle reports whether a GPS field holds degrees, minutes and seconds.
// Phones with the position switched off leave it out or write zero by zero.
func (t tiff) hasAngle(gps uint32, tag uint16) bool {
	value, ok := t.find(gps, tag, typeRational, 3)
	if !ok {
		return false
	}
	degrees := int64(t.order.Uint32(value))
	return degrees+24 <= int64(len(t.block)) && t.uint32(degrees+4) != 0
}

// uint32 returns the number at an offset that the caller has checked.
func (t tiff) uint32(offset int64) uint32 {
	return t.order.Uint32(t.block[offset:])
}
