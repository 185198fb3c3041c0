package photos

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// decodeSmall decodes the picture and shrinks it to its largest variant, still
// turned as it was stored, so that only small pictures are ever turned.
func decodeSmall(file io.ReadSeeker, h header) (*image.YCbCr, error) {
	pic, err := decode(file, h)
	if err != nil {
		return nil, err
	}
	w, hgt := h.variant(Widths[0])
	if h.orientation.swapsSides() {
		w, hgt = hgt, w
	}
	switch pic := pic.(type) {
	case *image.YCbCr:
		small := shrink(pic, w, hgt)
		if h.format == "webp" {
			fullRange(small)
		}
		return small, nil
	case *image.NYCbCrA:
		return shrinkTransparent(pic, w, hgt), nil
	case *image.Gray:
		return shrinkGray(pic, w, hgt), nil
	default:
		return shrinkColour(pic, h.bounds(), w, hgt), nil
	}
}

// decode runs the decoder of the format over the whole file.
func decode(file io.ReadSeeker, h header) (pic image.Image, err error) {
	defer recoverPicture(&err)
	if err := rewind(file); err != nil {
		return nil, err
	}
	switch h.format {
	case "jpeg":
		pic, err = jpeg.Decode(file)
	case "png":
		pic, err = png.Decode(file)
	case "webp":
		pic, err = webp.Decode(file)
	case "gif":
		pic, err = gif.Decode(file) // its first frame, which may be smaller than its canvas
	}
	if err != nil {
		return nil, pictureError(err)
	}
	if b := pic.Bounds(); b != h.bounds() && h.format != "gif" {
		return nil, fmt.Errorf("%w: %v, header says %v", ErrNotAPicture, b, h.bounds())
	}
	return pic, nil
}

// shrinkGray takes the one channel of a gray picture as brightness.
func shrinkGray(pic *image.Gray, w, h int) *image.YCbCr {
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	b := pic.Rect
	shrinkPlane(planesOf(out)[0], plane{pix: pic.Pix, stride: pic.Stride, w: b.Dx(), h: b.Dy()})
	for i := range out.Cb {
		out.Cb[i], out.Cr[i] = 128, 128
	}
	return out
}

// shrinkColour handles every other kind of picture: rows of the canvas are drawn
// on white one by one, averaged as red, green and blue, and turned to YCbCr when
// small.
func shrinkColour(pic image.Image, b image.Rectangle, w, h int) *image.YCbCr {
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	rows := [][]byte{make([]byte, b.Dx()), make([]byte, b.Dx()), make([]byte, b.Dx())}
	last := -1
	read := func(y int) [][]byte {
		if y == last {
			return rows
		}
		last = y
		draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(line, line.Rect, pic, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
		for x := range rows[0] {
			px := line.Pix[4*x:][:3]
			rows[0][x], rows[1][x], rows[2][x] = px[0], px[1], px[2]
		}
		return rows
	}
	full := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio444)
	channels := planesOf(full)
	newBoxFilter(w, h, b.Dx(), b.Dy(), len(channels)).run(channels[:], read)
	for i := range full.Y { // red, green and blue so far
		full.Y[i], full.Cb[i], full.Cr[i] = color.RGBToYCbCr(full.Y[i], full.Cb[i], full.Cr[i])
	}
	return shrink(full, w, h)
}

// shrinkTransparent handles lossy WebP with transparency: shrunk, then laid on
// white.
func shrinkTransparent(pic *image.NYCbCrA, w, h int) *image.YCbCr {
	out := shrink(&pic.YCbCr, w, h)
	fullRange(out)
	size := pic.Rect.Size()
	alpha := plane{pix: pic.A, stride: pic.AStride, w: size.X, h: size.Y}
	for i, channel := range planesOf(out) {
		over := newPlane(channel.w, channel.h)
		shrinkPlane(over, alpha)
		white := 255
		if i > 0 {
			white = 128
		}
		for y := range channel.h {
			row, cover := channel.row(y), over.row(y)
			for x := range row {
				a := int(cover[x])
				row[x] = byte((int(row[x])*a + white*(255-a) + 127) / 255)
			}
		}
	}
	return out
}

// fullRange stretches the narrow range of video, which lossy WebP keeps its
// channels in, to the full range of JPEG; the decoder leaves that to its caller.
func fullRange(pic *image.YCbCr) {
	for i, y := range pic.Y {
		pic.Y[i] = stretch(int(y)-16, 219, 0)
	}
	for i := range pic.Cb {
		pic.Cb[i] = stretch(int(pic.Cb[i])-128, 224, 128)
		pic.Cr[i] = stretch(int(pic.Cr[i])-128, 224, 128)
	}
}

// stretch scales v from a range of the given width to 255, around centre.
func stretch(v, width, centre int) byte {
	return byte(min(max((v*255*2+width)/(2*width)+centre, 0), 255))
}
