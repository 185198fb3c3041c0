package photos

import (
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

func TestSaveImage(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]image.Point{"shrunk": {X: 2000, Y: 1000}, "as it is, odd": {X: 801, Y: 401}} {
		t.Run(name, func(t *testing.T) { t.Parallel(); testSaveImage(t, size) })
	}
}

func testSaveImage(t *testing.T, size image.Point) {
	disk, err := NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := New(disk, Options{TempDir: disk.TempDir()})
	img := image.NewRGBA(image.Rectangle{Max: size})
	for x := range size.X {
		for y := range size.Y {
			img.Set(x, y, color.RGBA{R: uint8(x / 16), G: 90, B: 160, A: 255})
		}
	}
	saved, err := p.SaveImage(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	if want := min(size.X, 1600); saved.Width != want {
		t.Errorf("saved %d wide, want %d", saved.Width, want)
	}
	file, err := p.Open(t.Context(), saved.Hash, 400, false)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	small, err := jpeg.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if b := small.Bounds(); b.Dx() != 400 || b.Dy() != 200 {
		t.Errorf("small variant is %v", b)
	}
	r, g, b, _ := small.At(0, 100).RGBA()
	if r>>8 > 12 || g>>8 < 80 || b>>8 < 150 {
		t.Errorf("left edge is %d %d %d, want about 0 90 160", r>>8, g>>8, b>>8)
	}
}
