package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
)

// WebP settings: half the bytes of our JPEGs for about a third of a second of
// work on the largest; more effort gains little.
const (
	webpQuality = 75
	webpMethod  = 2
)

// EncodeWebP writes the WebP of each variant from its stored JPEG, for the
// background: one picture at a time however many callers. Variants that have one
// already, or would not get smaller, are passed over. The error is
// fs.ErrNotExist when the picture is gone.
func (p *Processor) EncodeWebP(ctx context.Context, hash string) error {
	if !validHash(hash) {
		return fs.ErrNotExist
	}
	select {
	case p.webpTurn <- struct{}{}:
		defer func() { <-p.webpTurn }()
	case <-ctx.Done():
		return fmt.Errorf("wait to encode webp: %w", ctx.Err())
	}
	var source, encoded []byte // of the width before, which a small picture repeats
	for _, width := range Widths {
		if has, err := p.exists(ctx, Name(hash, width, WebP)); has || err != nil {
			if err != nil {
				return fmt.Errorf("encode webp: %w", err)
			}
			continue
		}
		data, err := p.read(ctx, Name(hash, width, JPEG))
		if err != nil {
			return fmt.Errorf("encode webp: %w", err)
		}
		if !bytes.Equal(data, source) {
			source = data
			if encoded, err = p.toWebP(ctx, data); err != nil {
				return fmt.Errorf("encode webp: %w", err)
			}
		}
		if len(encoded) < len(data) {
			if err := p.storeWebP(ctx, hash, width, encoded); err != nil {
				return fmt.Errorf("store webp: %w", spaceError(err))
			}
		}
	}
	return nil
}

// toWebP encodes one JPEG of ours again, within the memory budget.
func (p *Processor) toWebP(ctx context.Context, data []byte) ([]byte, error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	// Measured: 3 bytes a pixel in the encoder, 2 outside it, and once 35 MB to
	// compile it. Never ask for more than there is: then it waits for all of it.
	weight := min(8*int64(c.Width)*int64(c.Height)+40<<20, p.budget.size)
	if err := p.budget.acquire(ctx, weight); err != nil {
		return nil, err
	}
	defer p.budget.release(weight)

	pic, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	ycc, ok := pic.(*image.YCbCr)
	if !ok {
		return nil, fmt.Errorf("stored photo is %T", pic)
	}
	return p.webp.Encode(ctx, ycc, webpQuality, webpMethod)
}

// storeWebP writes one WebP unless the picture was removed meanwhile.
func (p *Processor) storeWebP(ctx context.Context, hash string, width int, data []byte) error {
	defer p.lock(hash)()
	has, err := p.exists(ctx, Name(hash, width, JPEG))
	if err != nil {
		return err
	}
	if !has {
		return fs.ErrNotExist
	}
	_, err = p.storage.Put(ctx, Name(hash, width, WebP), data)
	return err
}

func (p *Processor) exists(ctx context.Context, name string) (bool, error) {
	file, _, err := p.storage.Open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, file.Close()
}

func (p *Processor) read(ctx context.Context, name string) ([]byte, error) {
	file, _, err := p.storage.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}
