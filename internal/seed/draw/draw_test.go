package draw

import (
	"bytes"
	"image"
	"testing"
)

func TestEveryMotif(t *testing.T) {
	t.Parallel()
	names := Motifs()
	if len(names) < 100 {
		t.Errorf("%d motifs, want at least 100", len(names))
	}
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := Spec{Motif: name, View: i % 4, Scene: i, Portrait: i%3 == 1}
			img := Picture(s)
			for i := 3; i < len(img.Pix); i += 4 {
				if img.Pix[i] != 255 {
					t.Fatalf("%+v: pixel %d is not painted", s, i/4)
				}
			}
			if !bytes.Equal(img.Pix, Picture(s).Pix) {
				t.Errorf("%+v differs from time to time", s)
			}
		})
	}
}

func TestUnknownMotifIsAParcel(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(Picture(Spec{Motif: "unicorn"}).Pix, Picture(Spec{Motif: "parcel"}).Pix) {
		t.Error("an unknown motif is not a parcel")
	}
}

func TestToneChangesThePicture(t *testing.T) {
	t.Parallel()
	red, blue := Picture(Spec{Motif: "car", Tone: Red}), Picture(Spec{Motif: "car", Tone: Blue})
	if bytes.Equal(red.Pix, blue.Pix) {
		t.Error("a red car looks like a blue one")
	}
}

func TestPictureSize(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		portrait bool
		want     image.Point
	}{{false, image.Pt(640, 480)}, {true, image.Pt(480, 640)}} {
		if got := Picture(Spec{Motif: "cat", Portrait: tt.portrait}).Bounds().Size(); got != tt.want {
			t.Errorf("portrait %v: size %v, want %v", tt.portrait, got, tt.want)
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	names := Motifs()
	for i := 0; b.Loop(); i++ {
		Picture(Spec{Motif: names[i%len(names)], Scene: i})
	}
}
