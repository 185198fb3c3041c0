package photos

import (
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

func TestSaveImage(t *testing.T) {
	t.Parallel()
	disk, err := NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := New(disk, Options{TempDir: disk.TempDir()})
	img := image.NewRGBA(image.Rect(0, 0, 2000, 1000))
	for x := range 2000 {
		for y := range 1000 {
			img.Set(x, y, color.RGBA{R: uint8(x / 8), G: 90, B: 160, A: 255})
		}
	}
	saved, err := p.SaveImage(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	if saved.Width != 1600 || saved.Height != 800 {
		t.Errorf("saved as %dx%d, want 1600x800", saved.Width, saved.Height)
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
