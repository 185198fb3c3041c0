package photos

import (
	"bytes"
	"errors"
	"image/jpeg"
	"io/fs"
	"testing"

	"piata.ro/internal/photos/phototest"
)

func TestTurn(t *testing.T) {
	t.Parallel()
	disk, err := NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := New(disk, Options{TempDir: disk.TempDir()})
	first, err := p.Save(t.Context(), bytes.NewReader(phototest.JPEG(900, 600, phototest.Exif{})))
	if err != nil {
		t.Fatal(err)
	}
	brightness := func(saved Saved, right, down bool) uint32 {
		file, err := p.Open(t.Context(), saved.Hash, 400, false)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		img, err := jpeg.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		x, y := 5, 5
		if right {
			x = img.Bounds().Dx() - 6
		}
		if down {
			y = img.Bounds().Dy() - 6
		}
		r, g, b, _ := img.At(x, y).RGBA()
		return (r + g + b) >> 8
	}
	near := func(a, b uint32) bool { return max(a, b)-min(a, b) < 40 }
	for quarters, corner := range map[int][2]bool{1: {true, false}, 2: {true, true}, 3: {false, true}, -1: {false, true}} {
		turned, err := p.Turn(t.Context(), first.Hash, quarters)
		if err != nil {
			t.Fatal(err)
		}
		if swapped := turned.Width == 600 && turned.Height == 900; swapped != (quarters%2 != 0) {
			t.Errorf("%d quarters: %d×%d", quarters, turned.Width, turned.Height)
		}
		if was, is := brightness(first, false, false), brightness(turned, corner[0], corner[1]); !near(was, is) {
			t.Errorf("%d quarters: the top left corner was %d and is %d", quarters, was, is)
		}
	}
	if _, err := p.Turn(t.Context(), "0123456789abcdef0123456789abcdef", 1); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a picture that is not there: %v", err)
	}
}
