package photos

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"testing"
)

// phonePhoto returns a JPEG of 12 megapixels with the detail and the grain of a
// photo: a flat one would decode too fast to compare anything with.
func phonePhoto(tb testing.TB) []byte {
	tb.Helper()
	const w, h = 4000, 3000
	pic := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	r := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			shape := (x*x/4000 + y*y/3000) >> 4 & 127
			pic.Y[y*pic.YStride+x] = byte(40 + shape + r.IntN(12))
		}
	}
	for i := range pic.Cb {
		pic.Cb[i] = byte(100 + i>>9&31)
		pic.Cr[i] = byte(120 + i>>11&31)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, pic, &jpeg.Options{Quality: 85}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// nowhere is a Storage that forgets everything, to measure the pipeline alone.
type nowhere struct{ Storage }

func (nowhere) Put(context.Context, string, []byte) (bool, error) { return true, nil }

// The aim is at most 1.7 times BenchmarkJPEGDecode.
func BenchmarkPhotoPipeline(b *testing.B) {
	p := New(nowhere{}, Options{TempDir: b.TempDir()})
	data := phonePhoto(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Save(b.Context(), bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJPEGDecode(b *testing.B) {
	data := phonePhoto(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeWebP(b *testing.B) {
	p, _ := newDisk(b)
	saved := save(b, p, phonePhoto(b))
	file, err := p.Open(b.Context(), saved.Hash, 1600, false)
	if err != nil {
		b.Fatal(err)
	}
	data, err := io.ReadAll(file)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		out, err := p.toWebP(b.Context(), data)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(out))/float64(len(data)), "of-JPEG")
	}
}
