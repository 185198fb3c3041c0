// Package webp encodes lossy WebP with libwebp 1.4.0 compiled to WebAssembly, so
// that the program needs neither cgo nor a shared library. It does not decode.
//
// The module webp.wasm.gz is the one that github.com/gen2brain/webp v0.5.5
// ships; licences are beside it. That package itself is not used because it
// links against the system's loader even without cgo, which ends static
// binaries, and copies pictures as RGBA, which takes 300 MB where this takes 40.
package webp

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"io"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

//go:embed webp.wasm.gz
var moduleGzip []byte

const (
	colourYUVA = 4    // WEBP_YUV420A
	maxPages   = 2048 // of 64 KB: all the memory one picture may take
	maxSide    = 16383
)

// Encoder encodes pictures one at a time. The zero value is not usable.
type Encoder struct {
	mu      sync.Mutex
	runtime wazero.Runtime // nil until first use
	module  wazero.CompiledModule
}

// NewEncoder returns an encoder that has done nothing yet: the first picture
// waits a third of a second for the module to be compiled.
func NewEncoder() *Encoder { return &Encoder{} }

// Close frees the compiled module. The encoder may be used again.
func (e *Encoder) Close(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.runtime == nil {
		return nil
	}
	err := e.runtime.Close(ctx)
	e.runtime, e.module = nil, nil
	return err
}

// Encode returns the WebP of a 4:2:0 picture. Quality is from 1 to 100, method
// from 0 (fast) to 6 (small).
func (e *Encoder) Encode(ctx context.Context, pic *image.YCbCr, quality, method int) ([]byte, error) {
	w, h := pic.Rect.Dx(), pic.Rect.Dy()
	if pic.SubsampleRatio != image.YCbCrSubsampleRatio420 || w < 1 || h < 1 || w > maxSide || h > maxSide {
		return nil, fmt.Errorf("webp: cannot encode %d by %d pixels in %v", w, h, pic.SubsampleRatio)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.compile(ctx); err != nil {
		return nil, fmt.Errorf("webp: compile: %w", err)
	}
	// A fresh instance each time: its memory goes with it.
	inst, err := e.runtime.InstantiateModule(ctx, e.module,
		wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, fmt.Errorf("webp: start: %w", err)
	}
	defer inst.Close(ctx) //nolint:errcheck // the picture is made or not by then
	return encode(ctx, inst, pic, quality, method)
}

// compile makes the module ready on first use.
func (e *Encoder) compile(ctx context.Context) error {
	if e.runtime != nil {
		return nil
	}
	zr, err := gzip.NewReader(bytes.NewReader(moduleGzip))
	if err != nil {
		return err
	}
	code, err := io.ReadAll(zr)
	if err != nil {
		return err
	}
	rt := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(maxPages))
	module, err := rt.CompileModule(ctx, code)
	if err != nil {
		return errors.Join(err, rt.Close(ctx))
	}
	e.runtime, e.module = rt, module
	return nil
}

// encode runs the module's encode function, declared in C as
//
//	uint8_t *encode(uint8_t *in, int w, int h, size_t *size,
//		int colorspace, int quality, int method, int lossless, int exact)
func encode(ctx context.Context, inst api.Module, pic *image.YCbCr, quality, method int) ([]byte, error) {
	w, h := pic.Rect.Dx(), pic.Rect.Dy()
	cw, ch := (w+1)/2, (h+1)/2
	input := 2*w*h + 2*cw*ch
	sizeAt := (input + 3) &^ 3
	res, err := inst.ExportedFunction("malloc").Call(ctx, uint64(sizeAt+4))
	if err != nil {
		return nil, fmt.Errorf("webp: allocate: %w", err)
	}
	in := uint32(res[0])
	view, ok := inst.Memory().Read(in, uint32(sizeAt+4))
	if in == 0 || !ok {
		return nil, errors.New("webp: out of memory")
	}
	fill(view, pic)

	res, err = inst.ExportedFunction("encode").Call(ctx, uint64(in), uint64(w), uint64(h), uint64(in)+uint64(sizeAt),
		colourYUVA, uint64(quality), uint64(method), 0, 0)
	if err != nil {
		return nil, fmt.Errorf("webp: encode: %w", err)
	}
	out := uint32(res[0])
	size, _ := inst.Memory().ReadUint32Le(in + uint32(sizeAt))
	data, ok := inst.Memory().Read(out, size)
	if out == 0 || size == 0 || !ok {
		return nil, errors.New("webp: encoding failed")
	}
	return bytes.Clone(data), nil
}

// fill writes the channels one after the other, with opaque alpha last, in the
// narrow range of video that WebP prescribes: JPEG uses the full one.
func fill(dst []byte, pic *image.YCbCr) {
	b := pic.Rect
	w, h := b.Dx(), b.Dy()
	cw, ch := (w+1)/2, (h+1)/2
	var luma, chroma [256]byte
	for v := range 256 {
		luma[v] = byte(16 + (v*219+127)/255)
		chroma[v] = byte(16 + (v*224+127)/255)
	}
	channel := func(pix []byte, stride, w, h int, narrow *[256]byte) {
		for y := range h {
			for x, v := range pix[y*stride:][:w] {
				dst[x] = narrow[v]
			}
			dst = dst[w:]
		}
	}
	channel(pic.Y[pic.YOffset(b.Min.X, b.Min.Y):], pic.YStride, w, h, &luma)
	channel(pic.Cb[pic.COffset(b.Min.X, b.Min.Y):], pic.CStride, cw, ch, &chroma)
	channel(pic.Cr[pic.COffset(b.Min.X, b.Min.Y):], pic.CStride, cw, ch, &chroma)
	for i := range w * h {
		dst[i] = 255
	}
}
