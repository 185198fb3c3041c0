package preview

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// noise is the heaviest photo there is.
func noise(w, h int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.UintN(256)) //nolint:gosec // below 256
	}
	return encoded(img)
}

func encoded(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func painter(t testing.TB) *Painter {
	t.Helper()
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCards(t *testing.T) {
	t.Parallel()
	p := painter(t)
	photo := image.NewUniform(color.RGBA{0xff, 0, 0, 0xff})
	red := image.NewRGBA(image.Rect(0, 0, 400, 1200))
	for y := range 1200 {
		for x := range 400 {
			red.Set(x, y, photo.C)
		}
	}
	for name, c := range map[string]Card{
		"market":  {},
		"photo":   {Photo: encoded(red), Title: "Bicicletă Pegas de oraș, cadru mic", Price: "1.250 lei", Place: "Turda, Cluj"},
		"noise":   {Photo: noise(800, 600), Title: "Ș ț Ș Ț ă î â", Price: "99.999.999,99 lei", Place: "Sfântu Gheorghe, Covasna"},
		"words":   {Title: strings.Repeat("foarte lung ", 30), Price: "Preț la discuție", Place: strings.Repeat("Satu Mare ", 20)},
		"endless": {Title: strings.Repeat("W", 200), Price: strings.Repeat("9", 80)},
		"unknown": {Title: "自転車 🚲 \u00a0", Price: "Gratis"},
		"tiny":    {Photo: noise(1, 1), Title: "x"},
	} {
		data, err := p.JPEG(c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds() != image.Rect(0, 0, Width, Height) || len(data) > MaxBytes || len(data) < 5000 {
			t.Errorf("%s: %v, %d bytes, %v", name, img.Bounds(), len(data), err)
		}
		if dir := os.Getenv("PREVIEW_DIR"); dir != "" { // to look at them
			_ = os.WriteFile(dir+"/"+name+".jpg", data, 0o600)
		}
		if name == "photo" {
			if r, g, _, _ := img.At(300, 300).RGBA(); r>>8 < 230 || g>>8 > 30 {
				t.Errorf("the photo's place is not red")
			}
		}
	}
}

func TestCardOfBrokenPhoto(t *testing.T) {
	t.Parallel()
	if _, err := painter(t).JPEG(Card{Photo: []byte("GIF89a")}); err == nil {
		t.Error("no error")
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	s := sheet{font: painter(t).face}
	for _, text := range []string{"", "unu", "unu doi trei patru cinci șase șapte opt", strings.Repeat("lung", 40), "a " + strings.Repeat("b", 90) + " c"} {
		lines, err := s.wrap(text, 40, 200, 3)
		if err != nil || len(lines) > 3 {
			t.Errorf("%q: %q, %v", text, lines, err)
		}
		for _, line := range lines {
			if fits, err := s.fits(line, 40, 200); !fits || err != nil {
				t.Errorf("%q is too wide, %v", line, err)
			}
		}
	}
}

func TestCache(t *testing.T) {
	t.Parallel()
	c := NewCache(t.TempDir()+"/previews", 5)
	for i := range 20 {
		name := fmt.Sprintf("%d-1.jpg", i)
		if err := c.Put(name, []byte(name)); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2020, 11, 23, 12, i, 0, 0, time.UTC)
		if err := os.Chtimes(c.dir+"/"+name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if files, err := os.ReadDir(c.dir); err != nil || len(files) != 5 {
		t.Errorf("%d files, %v; want 5", len(files), err)
	}
	if data, err := c.Get("19-1.jpg"); err != nil || string(data) != "19-1.jpg" {
		t.Errorf("got %q, %v", data, err)
	}
	for _, name := range []string{"0-1.jpg", "../x.jpg", "a/b.jpg", "", ".jpg"} {
		if _, err := c.Get(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", name, err)
		}
		if name != "0-1.jpg" && c.Put(name, nil) == nil {
			t.Errorf("%q was kept", name)
		}
	}
}

func BenchmarkCard(b *testing.B) {
	p := painter(b)
	c := Card{Photo: noise(800, 600), Title: "Bicicletă Pegas de oraș", Price: "1.250 lei", Place: "Turda, Cluj"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.JPEG(c); err != nil {
			b.Fatal(err)
		}
	}
}
