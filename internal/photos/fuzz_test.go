package photos

import (
	"bytes"
	"errors"
	"testing"

	"piata.ro/internal/photos/phototest"
)

// FuzzSave checks that no file, however broken, gives anything but a picture or
// an error for people, and that the estimate of memory is sane.
func FuzzSave(f *testing.F) {
	f.Add(phototest.JPEG(40, 30, phototest.Exif{Orientation: 6, GPS: true}))
	f.Add(phototest.PNG(40, 30, phototest.Exif{Orientation: 3, GPS: true}))
	for _, name := range []string{"progressive.jpg", "cmyk.jpg", "lossless.webp", "alpha.webp"} {
		f.Add(file(f, name))
	}
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	disk, err := NewDisk(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	p := New(disk, Options{TempDir: disk.TempDir(), MemoryBudget: 16 << 20})
	f.Fuzz(func(t *testing.T, data []byte) {
		saved, err := p.Save(t.Context(), bytes.NewReader(data))
		if err == nil {
			if saved.Width < 1 || saved.Width > 1600 || saved.Height < 1 || saved.Height > 6400 {
				t.Errorf("saved %+v", saved)
			}
			return
		}
		if !errors.Is(err, ErrNotAPicture) && !errors.Is(err, ErrTooManyPixels) && !errors.Is(err, ErrTooHeavy) {
			t.Errorf("error %v", err)
		}
	})
}

func FuzzReadExif(f *testing.F) {
	for o := range 9 {
		f.Add(phototest.Exif{Orientation: o, GPS: o%2 == 0}.Block())
	}
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, block []byte) {
		if o, _ := readExif(block); !o.valid() {
			t.Errorf("orientation %d", o)
		}
	})
}
