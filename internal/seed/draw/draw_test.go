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
			img := paint(s)
			for i := 3; i < len(img.Pix); i += 4 {
				if img.Pix[i] != 255 {
					t.Fatalf("%+v: pixel %d is not painted", s, i/4)
				}
			}
			if !bytes.Equal(img.Pix, paint(s).Pix) {
				t.Errorf("%+v differs from time to time", s)
			}
		})
	}
}

func TestUnknownMotifIsAParcel(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(paint(Spec{Motif: "unicorn"}).Pix, paint(Spec{Motif: "parcel"}).Pix) {
		t.Error("an unknown motif is not a parcel")
	}
}

func TestToneChangesThePicture(t *testing.T) {
	t.Parallel()
	red, blue := Picture(Spec{Motif: "car", Tone: Red}), Picture(Spec{Motif: "car", Tone: Blue})
	if bytes.Equal(red.Cr, blue.Cr) {
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

func TestToYCbCrKeepsColours(t *testing.T) {
	t.Parallel()
	for _, tone := range []Tone{0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, Beige} {
		c := newCanvas(8, 8)
		c.band(tone, tone, 0, 8)
		r, g, b := tone.rgb()
		gr, gg, gb, _ := toYCbCr(c.img).At(3, 5).RGBA()
		for i, pair := range [][2]int{{int(r), int(gr >> 8)}, {int(g), int(gg >> 8)}, {int(b), int(gb >> 8)}} {
			if d := pair[0] - pair[1]; d > 3 || d < -3 {
				t.Errorf("%06x: channel %d became %d", tone, i, pair[1])
			}
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	names := Motifs()
	for i := 0; b.Loop(); i++ {
		Picture(Spec{Motif: names[i%len(names)], Scene: i})
	}
}
