package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"piata.ro/internal/photos/phototest"
	"piata.ro/internal/photos/webp"
)

// newDisk returns a processor over a fresh folder.
func newDisk(t testing.TB) (*Processor, *Disk) {
	t.Helper()
	disk, err := NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return New(disk, Options{TempDir: disk.TempDir()}), disk
}

// filesIn returns the names of all files below a disk's folder, temporary ones
// included.
func filesIn(t testing.TB, disk *Disk) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(disk.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, e.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func save(t testing.TB, p *Processor, data []byte) Saved {
	t.Helper()
	saved, err := p.Save(t.Context(), bytes.NewReader(data))
	if err != nil {
		t.Fatalf("Save: %v", err)
	}
	return saved
}

// stored decodes a stored JPEG.
func stored(t testing.TB, p *Processor, hash string, width int) (image.Image, []byte) {
	t.Helper()
	file, err := p.Open(t.Context(), hash, width, false)
	if err != nil {
		t.Fatalf("Open %d: %v", width, err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	pic, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("decode stored %d: %v", width, err)
	}
	return pic, data
}

// checkCorners compares the middle of each quarter with the scene's colours.
func checkCorners(t *testing.T, pic image.Image) {
	t.Helper()
	b := pic.Bounds()
	for _, c := range []struct {
		name string
		x, y int
		want color.RGBA
	}{
		{"top left", 1, 1, phototest.TopLeft},
		{"top right", 3, 1, phototest.TopRight},
		{"bottom left", 1, 3, phototest.BottomLeft},
		{"bottom right", 3, 3, phototest.BottomRight},
	} {
		got := pic.At(c.x*b.Dx()/4, c.y*b.Dy()/4)
		if !near(got, c.want, 8) {
			t.Errorf("%s is %v, want %v", c.name, got, c.want)
		}
	}
}

func near(a, b color.Color, most int) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	for _, d := range []int{int(r1>>8) - int(r2>>8), int(g1>>8) - int(g2>>8), int(b1>>8) - int(b2>>8)} {
		if d < -most || d > most {
			return false
		}
	}
	return true
}

func TestSaveTurnsUprightAndDropsMetadata(t *testing.T) {
	t.Parallel()
	for o := 1; o <= 8; o++ {
		t.Run(fmt.Sprint(o), func(t *testing.T) {
			t.Parallel()
			p, _ := newDisk(t)
			w, h := 901, 451
			if o == 6 { // what phones write; once is enough at a size that shrinks twice
				w, h = 1801, 901
			}
			saved := save(t, p, phototest.JPEG(w, h, phototest.Exif{Orientation: o, GPS: true}))
			if saved.Width != min(w, 1600) || saved.Height != min(h, 800) {
				t.Errorf("size %dx%d of %dx%d", saved.Width, saved.Height, w, h)
			}
			if saved.Turned != (o != 1) || !saved.HadLocation || !saved.HadMetadata {
				t.Errorf("facts %+v", saved)
			}
			for _, width := range Widths {
				pic, data := stored(t, p, saved.Hash, width)
				if got := pic.Bounds().Dx(); got != min(w, width) {
					t.Errorf("variant %d is %d wide", width, got)
				}
				checkCorners(t, pic)
				if again, err := inspect(bytes.NewReader(data)); err != nil || again.metadata || again.location {
					t.Errorf("variant %d: metadata %+v, %v", width, again, err)
				}
				if bytes.Contains(data, []byte("Exif")) {
					t.Errorf("variant %d still has Exif", width)
				}
			}
		})
	}
}

func TestSaveFormats(t *testing.T) {
	t.Parallel()
	const w, h = 500, 300
	scene := phototest.Scene(w, h, 1)
	encode := func(enc func(io.Writer) error) []byte {
		var b bytes.Buffer
		if err := enc(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"jpeg", phototest.JPEG(w, h, phototest.Exif{})},
		{"jpeg 4:4:4", file(t, "ycc444.jpg")},
		{"jpeg progressive", file(t, "progressive.jpg")},
		{"jpeg cmyk", file(t, "cmyk.jpg")},
		{"png", phototest.PNG(w, h, phototest.Exif{})},
		{"png 16 bit", encode(func(b io.Writer) error { return png.Encode(b, redrawn(image.NewNRGBA64(scene.Rect), scene)) })},
		{"png palette", encode(func(b io.Writer) error {
			return png.Encode(b, redrawn(image.NewPaletted(scene.Rect, scenePalette), scene))
		})},
		{"gif", encode(func(b io.Writer) error {
			return gif.Encode(b, redrawn(image.NewPaletted(scene.Rect, scenePalette), scene), nil)
		})},
		{"webp", webpScene(t, w, h)},
		{"webp lossless", file(t, "lossless.webp")},
		{"webp transparent", file(t, "alpha.webp")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, _ := newDisk(t)
			saved := save(t, p, c.data)
			if saved.Width != w || saved.Height != h {
				t.Fatalf("size %dx%d, want %dx%d", saved.Width, saved.Height, w, h)
			}
			for _, width := range Widths {
				pic, _ := stored(t, p, saved.Hash, width)
				if got := pic.Bounds().Dx(); got != min(w, width) {
					t.Errorf("variant %d is %d wide", width, got)
				}
				checkCorners(t, pic)
			}
		})
	}
}

var scenePalette = append(color.Palette{
	phototest.TopLeft, phototest.TopRight, phototest.BottomLeft, phototest.BottomRight,
}, palette.WebSafe[:100]...)

// redrawn copies a picture into another kind.
func redrawn[P interface {
	image.Image
	Set(x, y int, c color.Color)
}](dst P, src image.Image) P {
	b := src.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			dst.Set(x, y, src.At(x, y))
		}
	}
	return dst
}

// webpScene returns the scene as lossy WebP by our own encoder.
func webpScene(t testing.TB, w, h int) []byte {
	t.Helper()
	pic, err := jpeg.Decode(bytes.NewReader(phototest.JPEG(w, h, phototest.Exif{})))
	if err != nil {
		t.Fatal(err)
	}
	enc := webp.NewEncoder()
	data, err := enc.Encode(t.Context(), pic.(*image.YCbCr), 90, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := enc.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return data
}

// file reads a picture of testdata, made of the scene by other people's encoders.
func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSaveLaysTransparencyOnWhite(t *testing.T) {
	t.Parallel()
	for _, pic := range []image.Image{
		image.NewNRGBA(image.Rect(0, 0, 40, 30)),
		image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Transparent, color.Black}),
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, pic); err != nil {
			t.Fatal(err)
		}
		p, _ := newDisk(t)
		got, _ := stored(t, p, save(t, p, b.Bytes()).Hash, 400)
		if !near(got.At(20, 15), color.White, 2) {
			t.Errorf("%T: transparent became %v, want white", pic, got.At(20, 15))
		}
	}
}

func TestSaveSmallGIFFrameOnItsCanvas(t *testing.T) {
	t.Parallel()
	frame := image.NewPaletted(image.Rect(10, 10, 20, 20), color.Palette{color.Black})
	var b bytes.Buffer
	err := gif.EncodeAll(&b, &gif.GIF{
		Image: []*image.Paletted{frame}, Delay: []int{0},
		Config: image.Config{Width: 40, Height: 30},
	})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := newDisk(t)
	saved := save(t, p, b.Bytes())
	pic, _ := stored(t, p, saved.Hash, 1600)
	if got := pic.Bounds().Size(); got != image.Pt(40, 30) {
		t.Errorf("size %v, want the canvas", got)
	}
	if !near(pic.At(14, 14), color.Black, 20) || !near(pic.At(35, 25), color.White, 20) {
		t.Errorf("inside %v, outside %v", pic.At(14, 14), pic.At(35, 25))
	}
}

func TestSaveTwiceKeepsOneCopy(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	first := save(t, p, phototest.JPEG(900, 600, phototest.Exif{}))
	second := save(t, p, phototest.JPEG(900, 600, phototest.Exif{GPS: true}))
	if first.Hash != second.Hash {
		t.Errorf("hashes %s and %s differ", first.Hash, second.Hash)
	}
	if got := filesIn(t, disk); len(got) != 3 {
		t.Errorf("files %v, want three", got)
	}
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	good := phototest.JPEG(640, 480, phototest.Exif{Orientation: 6})
	progressive := file(t, "progressive.jpg")
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrNotAPicture},
		{"one byte", []byte{0xff}, ErrNotAPicture},
		{"HTML named .jpg", []byte("<!doctype html><script>alert(1)</script>"), ErrNotAPicture},
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>`), ErrNotAPicture},
		{"only a JPEG header", good[:200], ErrNotAPicture},
		{"half a JPEG", good[:len(good)/2], ErrNotAPicture},
		{"half a JPEG, ended", append(bytes.Clone(good[:len(good)/2]), 0xff, 0xd9), ErrNotAPicture},
		{"JPEG without its end", good[:len(good)-2], ErrNotAPicture},
		{"half a progressive JPEG", progressive[:len(progressive)/2], ErrNotAPicture},
		{"half a PNG", phototest.PNG(64, 48, phototest.Exif{})[:120], ErrNotAPicture},
		{"half a WebP", file(t, "lossless.webp")[:60], ErrNotAPicture},
		{"too many bytes", append(bytes.Clone(good), make([]byte, MaxBytes)...), ErrTooBig},
		{"huge sides in a tiny PNG", pngSays(60000, 60000, 8, 0), ErrTooManyPixels},
		{"sides of nothing", pngSays(0, 10, 8, 0), ErrNotAPicture},
		{"an allowed 50 megapixels, no data", pngSays(10000, 5000, 8, 0), ErrNotAPicture},
		{"16 bits of 50 megapixels", pngSays(5000, 10000, 16, 0), ErrTooHeavy},
		{"interlaced 50 megapixels", pngSays(5000, 10000, 8, 1), ErrTooHeavy},
		{"progressive of 50 megapixels", jpegSays(progressive, 7000, 7000), ErrTooHeavy},
		{"passes without end", endlessScans(progressive), ErrNotAPicture},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, disk := newDisk(t)
			_, err := p.Save(t.Context(), bytes.NewReader(c.data))
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if left := filesIn(t, disk); len(left) != 0 {
				t.Errorf("left behind %v", left)
			}
		})
	}
}

// pngSays returns a PNG of a few bytes whose header claims a size.
func pngSays(w, h uint32, depth, interlace byte) []byte {
	data := phototest.PNG(8, 8, phototest.Exif{})
	header := []byte{byte(w >> 24), byte(w >> 16), byte(w >> 8), byte(w), byte(h >> 24), byte(h >> 16), byte(h >> 8), byte(h),
		depth, 2, 0, 0, interlace}
	claimed := phototest.WithChunk(data, "IHDR", header)
	return append(claimed[:8:8], claimed[8+12+13:]...) // drops the true header
}

// jpegSays changes the size in the frame header of a progressive JPEG.
func jpegSays(data []byte, w, h uint16) []byte {
	data = bytes.Clone(data)
	i := bytes.Index(data, []byte{0xff, markerSOF2})
	copy(data[i+5:], []byte{byte(h >> 8), byte(h), byte(w >> 8), byte(w)})
	return data
}

// endlessScans repeats the last pass of a progressive JPEG.
func endlessScans(data []byte) []byte {
	last := bytes.LastIndex(data, []byte{0xff, markerSOS})
	pass := data[last : len(data)-2]
	out := bytes.Clone(data[:last])
	for range maxScans {
		out = append(out, pass...)
	}
	return append(out, 0xff, markerEOI)
}

func TestSaveRefusesEveryTruncation(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	whole := phototest.JPEG(40, 30, phototest.Exif{})
	for n := range whole {
		if _, err := p.Save(t.Context(), bytes.NewReader(whole[:n])); !errors.Is(err, ErrNotAPicture) {
			t.Fatalf("first %d of %d bytes: %v", n, len(whole), err)
		}
	}
	save(t, p, append(bytes.Clone(whole), "what some phones append"...))
	if left := filesIn(t, disk); len(left) != 3 {
		t.Errorf("files %v", left)
	}
}

func TestSaveBrokenExifIsNoFailure(t *testing.T) {
	t.Parallel()
	p, _ := newDisk(t)
	whole := phototest.Exif{Orientation: 6, GPS: true}.Block()
	for n := range whole {
		data := phototest.WithSegment(phototest.JPEG(16, 12, phototest.Exif{}), 0xe1,
			append([]byte(exifPrefix), whole[:n]...))
		save(t, p, data)
	}
}

func TestSaveReportsTheReadersError(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	gone := errors.New("client gone")
	_, err := p.Save(t.Context(), io.MultiReader(strings.NewReader("\xff\xd8\xff"), failingReader{gone}))
	if !errors.Is(err, gone) || errors.Is(err, ErrNotAPicture) {
		t.Errorf("error %v", err)
	}
	if left := filesIn(t, disk); len(left) != 0 {
		t.Errorf("left behind %v", left)
	}
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }

func TestDecoderPanicIsNotAPicture(t *testing.T) {
	t.Parallel()
	_, err := readConfig(bytes.NewReader(nil), func(io.Reader) (image.Config, error) { panic("index out of range") })
	if !errors.Is(err, ErrNotAPicture) {
		t.Errorf("error %v", err)
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, bucket, wantW, wantH int }{
		{4000, 3000, 1600, 1600, 1200},
		{3000, 4000, 800, 800, 1067},
		{300, 200, 400, 300, 200},
		{1, 1, 400, 1, 1},
		{50000, 10, 400, 400, 1},
		{1000, 50000, 1600, 128, 6400},
	} {
		if w, h := fit(c.w, c.h, c.bucket); w != c.wantW || h != c.wantH {
			t.Errorf("fit(%d, %d, %d) = %d, %d, want %d, %d", c.w, c.h, c.bucket, w, h, c.wantW, c.wantH)
		}
	}
}

func TestSentence(t *testing.T) {
	t.Parallel()
	seen := map[string]error{}
	for _, err := range []error{
		ErrTooBig, ErrTooManyPixels, ErrNotAPicture, ErrTooHeavy, ErrNoSpace, context.DeadlineExceeded, io.ErrUnexpectedEOF,
	} {
		s := Sentence(fmt.Errorf("save: %w", err))
		if other, ok := seen[s]; ok || s == "" {
			t.Errorf("%v says %q, as %v does", err, s, other)
		}
		seen[s] = err
	}
}
