// Package draw makes the pictures of the demo adverts: flat drawings of the things people sell, in one style and in many colours.
package draw

import (
	"image"
	"slices"
)

// Spec says what to draw. The same Spec gives the same picture.
type Spec struct {
	Motif    string // one of Motifs; anything else gives a parcel
	Tone     Tone   // main colour of the thing; 0 for the motif's own
	Scene    int    // picks the background's colours
	View     int    // 0 is the whole thing; 1, 2 and 3 are closer or mirrored ones of the same
	Portrait bool   // 480 × 640 instead of 640 × 480
}

// Colours that things come in.
const (
	White  Tone = 0xF4F1EA
	Black  Tone = 0x33343C
	Grey   Tone = 0x8A9099
	Silver Tone = 0xC3C9CE
	Blue   Tone = 0x4A7FB5
	Red    Tone = 0xC9503F
	Green  Tone = 0x5C9468
	Yellow Tone = 0xE9B949
	Orange Tone = 0xE0823D
	Brown  Tone = 0x8C5F45
	Beige  Tone = 0xDCC6A4
	Violet Tone = 0x8568A8
	Pink   Tone = 0xDE8FA0
)

type motif struct {
	place  place
	tone   Tone    // when the Spec asks for none
	shadow float64 // half its width; 0 for none
	draw   func(canvas, Tone)
}

// place is the kind of surroundings.
type place int

const (
	studio  place = iota // a plain wall and a floor
	table                // a wall and a table top
	outside              // sky, hills and grass
	street               // sky, houses far away and a road
	page                 // a coloured field with a disc, for what has no body: jobs and services
)

// Motifs returns the names of all motifs in order.
func Motifs() []string {
	names := make([]string, 0, 100)
	for _, group := range groups() {
		for name := range group {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func groups() []map[string]motif {
	return []map[string]motif{vehicles(), homes(), electronics(), appliances(), fashion(), household(), children(), leisure(), farm(), work()}
}

func find(name string) motif {
	for _, group := range groups() {
		if m, ok := group[name]; ok {
			return m
		}
	}
	return work()["parcel"]
}

// Size of a picture's long and short side.
const long, short = 640, 480

// Picture draws what the Spec asks for.
func Picture(s Spec) *image.RGBA {
	w, h := long, short
	if s.Portrait {
		w, h = short, long
	}
	m := find(s.Motif)
	tone := s.Tone
	if tone == 0 {
		tone = m.tone
	}
	c := newCanvas(w, h)
	c = c.at(float64(w)/2, float64(h)*.6, .8*view(s.View))
	switch s.View {
	case 1:
		c = c.at(90, -58, 1)
	case 3:
		c = c.at(-80, -72, 1)
	}
	c.backdrop(m.place, s.Scene, tone)
	if s.View == 2 {
		c = c.flipped()
	}
	if m.shadow > 0 {
		c.faint(.4).glow(0x2B2A3A, 0, floor+4, m.shadow*1.25, 26)
	}
	m.draw(c, tone)
	return c.img
}

func view(n int) float64 { return [...]float64{1, 1.5, 1.12, 1.75}[n&3] }
