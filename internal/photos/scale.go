package photos

import (
	"image"
	"image/color"
)

// plane is one channel of a picture.
type plane struct {
	pix    []byte
	stride int
	w, h   int
}

func newPlane(w, h int) plane {
	return plane{pix: make([]byte, w*h), stride: w, w: w, h: h}
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.w] }

// planesOf returns the channels of a picture, sharing its memory.
func planesOf(pic *image.YCbCr) [3]plane {
	b := pic.Rect
	w, h := b.Dx(), b.Dy()
	y, c := pic.YOffset(b.Min.X, b.Min.Y), pic.COffset(b.Min.X, b.Min.Y)
	cw, ch := w, h
	switch pic.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		cw = (w + 1) / 2
	case image.YCbCrSubsampleRatio420:
		cw, ch = (w+1)/2, (h+1)/2
	case image.YCbCrSubsampleRatio440:
		ch = (h + 1) / 2
	case image.YCbCrSubsampleRatio411:
		cw = (w + 3) / 4
	case image.YCbCrSubsampleRatio410:
		cw, ch = (w+3)/4, (h+1)/2
	}
	return [3]plane{
		{pix: pic.Y[y:], stride: pic.YStride, w: w, h: h},
		{pix: pic.Cb[c:], stride: pic.CStride, w: cw, h: ch},
		{pix: pic.Cr[c:], stride: pic.CStride, w: cw, h: ch},
	}
}

// shrink returns the picture at w by h, in 4:2:0 whatever it was before.
func shrink(pic *image.YCbCr, w, h int) *image.YCbCr {
	if pic.Rect.Size() == image.Pt(w, h) && pic.SubsampleRatio == image.YCbCrSubsampleRatio420 {
		return pic
	}
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	from, to := planesOf(pic), planesOf(out)
	for i := range from {
		shrinkPlane(to[i], from[i])
	}
	return out
}

// shrinkPlane averages src over the area of each pixel of dst. Straight on the
// planes of a decoded JPEG this takes a fraction of the decoding, where filters
// that go through RGBA take several times as long and ten times the memory.
func shrinkPlane(dst, src plane) {
	if dst.w == src.w && dst.h == src.h {
		for y := range dst.h {
			copy(dst.row(y), src.row(y))
		}
		return
	}
	row := make([][]byte, 1)
	newBoxFilter(dst.w, dst.h, src.w, src.h, 1).run([]plane{dst}, func(y int) [][]byte {
		row[0] = src.row(y)
		return row
	})
}

// boxFilter averages rows first down, then across; down is the cheap way to
// handle the many rows of the original.
type boxFilter struct {
	across, down []taps
	sums         [][]uint32 // one row of sums for each channel
}

// taps are the source pixels under one target pixel.
type taps struct {
	first   int
	weights []uint32 // they add up to 1<<16
}

func newBoxFilter(dw, dh, sw, sh, channels int) *boxFilter {
	f := &boxFilter{across: makeTaps(dw, sw), down: makeTaps(dh, sh)}
	for range channels {
		f.sums = append(f.sums, make([]uint32, sw))
	}
	return f
}

// makeTaps divides n source pixels evenly over m target pixels. Weights are
// differences of a running total, so that rounding never gains or loses light.
func makeTaps(m, n int) []taps {
	all := make([]taps, m)
	weights := make([]uint32, 0, m+n) // of all, side by side for the cache
	for j := range all {
		// In units of 1/m of a source pixel, the target covers [from, to).
		from, to := j*n, (j+1)*n
		first, start, done := from/m, len(weights), uint32(0)
		for i := first; i*m < to; i++ {
			upTo := uint32((min((i+1)*m, to) - from) << 16 / n)
			weights = append(weights, upTo-done)
			done = upTo
		}
		all[j] = taps{first: first, weights: weights[start:]}
	}
	return all
}

// run fills dst from source rows, one slice for each channel. A row is asked for
// again when two target rows share it; it may be overwritten by the next.
func (f *boxFilter) run(dst []plane, rows func(y int) [][]byte) {
	for j, t := range f.down {
		for i, weight := range t.weights {
			for c, row := range rows(t.first + i) {
				sums := f.sums[c]
				if i == 0 {
					for x, v := range row[:len(sums)] {
						sums[x] = uint32(v) * weight
					}
					continue
				}
				for x, v := range row[:len(sums)] {
					sums[x] += uint32(v) * weight
				}
			}
		}
		for c := range dst {
			f.acrossRow(dst[c].row(j), f.sums[c])
		}
	}
}

// acrossRow averages one row of sums. A sum of at most 255<<16 loses its lowest
// byte so that the products fit 32 bits.
func (f *boxFilter) acrossRow(dst []byte, sums []uint32) {
	for x, t := range f.across {
		total := uint32(1 << 23) // rounds to nearest
		under := sums[t.first:][:len(t.weights)]
		for k, weight := range t.weights {
			total += under[k] >> 8 * weight
		}
		dst[x] = byte(total >> 24)
	}
}

// fromRGBA converts a picture of full opacity to the planes that JPEG wants, colour at half size both ways.
func fromRGBA(src *image.RGBA) *image.YCbCr {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := 0; y < h; y += 2 {
		for x := 0; x < w; x += 2 {
			var cb, cr, n int
			for _, at := range [...]image.Point{{X: x, Y: y}, {X: x + 1, Y: y}, {X: x, Y: y + 1}, {X: x + 1, Y: y + 1}} {
				if at.X >= w || at.Y >= h {
					continue
				}
				p := src.Pix[at.Y*src.Stride+at.X*4:]
				yy, b, r := color.RGBToYCbCr(p[0], p[1], p[2])
				dst.Y[at.Y*dst.YStride+at.X] = yy
				cb, cr, n = cb+int(b), cr+int(r), n+1
			}
			c := (y/2)*dst.CStride + x/2
			dst.Cb[c], dst.Cr[c] = uint8((cb+n/2)/n), uint8((cr+n/2)/n)
		}
	}
	return dst
}
