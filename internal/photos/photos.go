// Package photos turns strangers' pictures into safe ones: it decodes them
// within a fixed memory budget, turns them upright, drops all metadata, makes
// three widths and stores them by content hash. It knows nothing of adverts,
// people or HTTP.
//
// Colour profiles are dropped unread: a picture in a wide gamut such as
// Display P3 comes out slightly less saturated, which nobody minds in an advert.
package photos

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"runtime"
	"sync"

	"piata.ro/internal/photos/webp"
)

// Limits on what people may send.
const (
	MaxBytes  = 15 << 20   // of one file as sent
	MaxPixels = 50_000_000 // width times height, as stored in the file
)

// Widths are the most that the stored variants may measure across, largest
// first. Nothing is ever enlarged: a smaller picture repeats its own size.
var Widths = [...]int{1600, 800, 400}

const (
	maxTallness   = 4         // a variant is at most this many times its width bucket high
	jpegQuality   = 82        // eye-equal to the original at these sizes
	defaultBudget = 208 << 20 // a PNG of 50 megapixels just fits, alone
)

// Options adjust a Processor; the zero value is usable.
type Options struct {
	TempDir      string // where uploads wait while they are worked on; empty: the system's
	MemoryBudget int64  // bytes that all pictures in work may take together; 0: 208 MB
}

// Processor saves, serves and cleans up pictures. It is safe for concurrent use.
type Processor struct {
	storage  Storage
	tempDir  string
	budget   *budget
	decoders chan struct{} // one token per picture being decoded
	webp     *webp.Encoder
	webpTurn chan struct{} // held by the one background encoding

	// locks serialise writers and removers of the same hash, so that a clean-up
	// or a failed upload never takes away the files of a successful one.
	locks [64]sync.Mutex
}

// New returns a Processor over storage. It starts nothing and allocates little;
// the WebP encoder is prepared on first use.
func New(storage Storage, opts Options) *Processor {
	if opts.TempDir == "" {
		opts.TempDir = os.TempDir()
	}
	if opts.MemoryBudget == 0 {
		opts.MemoryBudget = defaultBudget
	}
	return &Processor{
		storage:  storage,
		tempDir:  opts.TempDir,
		budget:   newBudget(opts.MemoryBudget),
		decoders: make(chan struct{}, runtime.GOMAXPROCS(0)),
		webp:     webp.NewEncoder(),
		webpTurn: make(chan struct{}, 1),
	}
}

// Close frees what the WebP encoder holds. The Processor must not be in use.
func (p *Processor) Close(ctx context.Context) error {
	return p.webp.Close(ctx)
}

// Saved tells what became of an upload.
type Saved struct {
	Hash          string // names the picture in Open, EncodeWebP and Delete
	Width, Height int    // of the largest variant, upright

	Turned      bool // the file asked to be shown turned or mirrored
	HadLocation bool // a GPS position was in it, and is gone now
	HadMetadata bool // any Exif, XMP, IPTC or comment was in it
}

// Save reads one picture from r, whatever its name or declared type, and stores
// its JPEG variants. The same picture gives the same hash and no new files. On
// an error nothing new stays behind; Sentence turns the error into words.
func (p *Processor) Save(ctx context.Context, r io.Reader) (Saved, error) {
	return p.save(ctx, r, contentName)
}

// SavePrivate is like Save for a picture that not everybody may see: its name is random, so that nobody who is not told it finds the files,
// not even with the same picture.
func (p *Processor) SavePrivate(ctx context.Context, r io.Reader) (Saved, error) {
	return p.save(ctx, r, randomName)
}

func (p *Processor) save(ctx context.Context, r io.Reader, name func(jpeg []byte) string) (Saved, error) {
	file, err := p.spool(r)
	if err != nil {
		return Saved{}, spaceError(err)
	}
	defer func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}()

	h, err := inspect(file)
	if err != nil {
		return Saved{}, err
	}
	vs, err := p.render(ctx, file, h)
	if err != nil {
		return Saved{}, err
	}
	saved := Saved{Turned: h.orientation != upright, HadLocation: h.location, HadMetadata: h.metadata}
	err = p.finish(ctx, &saved, vs, name)
	return saved, err
}

// SaveImage stores a picture that is in memory already, such as a drawn one, like Save.
func (p *Processor) SaveImage(ctx context.Context, img image.Image) (Saved, error) {
	b := img.Bounds()
	h := header{width: b.Dx(), height: b.Dy()}
	var pic *image.YCbCr
	w, height := h.variant(Widths[0])
	if rgba, ok := img.(*image.RGBA); ok && rgba.Opaque() && b.Min == (image.Point{}) && w == b.Dx() {
		pic = fromRGBA(rgba)
	} else {
		pic = shrinkColour(img, b, w, height)
	}
	vs, err := encodeVariants(pic, h)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	err = p.finish(ctx, &saved, vs, contentName)
	return saved, err
}

// contentName names a picture by its content.
func contentName(jpeg []byte) string {
	sum := sha256.Sum256(jpeg)
	return hex.EncodeToString(sum[:hashLen/2])
}

// randomName names a picture so that nobody can guess it.
func randomName([]byte) string {
	var b [hashLen / 2]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// finish names the picture and stores the variants.
func (p *Processor) finish(ctx context.Context, saved *Saved, vs [len(Widths)]variant, name func(jpeg []byte) string) error {
	saved.Hash, saved.Width, saved.Height = name(vs[0].jpeg), vs[0].width, vs[0].height
	if err := p.store(ctx, saved.Hash, vs); err != nil {
		*saved = Saved{}
		return fmt.Errorf("store photo: %w", spaceError(err))
	}
	return nil
}

// spool copies r to a temporary file, so that waiting for memory costs none.
func (p *Processor) spool(r io.Reader) (_ *os.File, err error) {
	file, err := os.CreateTemp(p.tempDir, tempPrefix+"*")
	if err != nil {
		return nil, fmt.Errorf("spool photo: %w", err)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}
	}()
	n, err := io.Copy(file, io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("spool photo: %w", err)
	case n > MaxBytes:
		return nil, ErrTooBig
	case n == 0:
		return nil, fmt.Errorf("%w: empty file", ErrNotAPicture)
	}
	return file, nil
}

// variant is one finished size of a picture.
type variant struct {
	jpeg          []byte
	width, height int
}

// render decodes the file and makes its variants, within the memory budget.
func (p *Processor) render(ctx context.Context, file *os.File, h header) ([len(Widths)]variant, error) {
	var vs [len(Widths)]variant
	select {
	case p.decoders <- struct{}{}:
		defer func() { <-p.decoders }()
	case <-ctx.Done():
		return vs, fmt.Errorf("wait to decode photo: %w", ctx.Err())
	}
	weight := h.weight()
	if err := p.budget.acquire(ctx, weight); err != nil {
		return vs, fmt.Errorf("wait to decode photo: %w", err)
	}
	defer p.budget.release(weight)

	pic, err := decodeSmall(file, h)
	if err != nil {
		return vs, err
	}
	return encodeVariants(turn(pic, h.orientation), h)
}

// encodeVariants makes the three sizes of an upright picture, each from the one before.
func encodeVariants(pic *image.YCbCr, h header) ([len(Widths)]variant, error) {
	var vs [len(Widths)]variant
	for i, bucket := range Widths {
		vw, vh := h.variant(bucket)
		if i > 0 && vw == vs[i-1].width && vh == vs[i-1].height {
			vs[i] = vs[i-1]
			continue
		}
		pic = shrink(pic, vw, vh)
		var out bytes.Buffer
		if err := jpeg.Encode(&out, pic, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return vs, fmt.Errorf("encode photo: %w", err)
		}
		vs[i] = variant{jpeg: out.Bytes(), width: vw, height: vh}
	}
	return vs, nil
}

// fit returns the size of the variant of a w by h picture for a width bucket.
func fit(w, h, bucket int) (vw, vh int) {
	vw = min(w, bucket)
	vh = max(1, (h*vw+w/2)/w)
	if most := maxTallness * bucket; vh > most {
		vw, vh = max(1, (w*most+h/2)/h), most
	}
	return vw, vh
}

// store writes the variants of a hash; on failure it removes those it created.
func (p *Processor) store(ctx context.Context, hash string, vs [len(Widths)]variant) error {
	defer p.lock(hash)()
	var created []string
	for i, width := range Widths {
		name := Name(hash, width, JPEG)
		isNew, err := p.storage.Put(ctx, name, vs[i].jpeg)
		if isNew {
			created = append(created, name)
		}
		if err != nil {
			for _, name := range created {
				_ = p.storage.Delete(context.WithoutCancel(ctx), name)
			}
			return err
		}
	}
	return nil
}

// lock takes the lock that a hash shares with a few others.
func (p *Processor) lock(hash string) (unlock func()) {
	mu := &p.locks[(int(hash[0])*31+int(hash[1]))%len(p.locks)]
	mu.Lock()
	return mu.Unlock
}
