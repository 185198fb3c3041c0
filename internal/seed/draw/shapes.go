package draw

import (
	"math"
	"strconv"
	"strings"
)

// box fills a rectangle with rounded corners.
func (c canvas) box(t Tone, x, y, w, h, r float64) {
	var o outline
	c.roundRect(&o, x, y, w, h, r)
	c.fill(&o, t)
}

func (c canvas) roundRect(o *outline, x, y, w, h, r float64) {
	r = min(r, w/2, h/2)
	k := r * .4477 // distance of a cubic's handle from the corner
	c.path(o, 'M', x+r, y)
	c.path(o, 'L', x+w-r, y)
	c.path(o, 'C', x+w-k, y, x+w, y+k, x+w, y+r)
	c.path(o, 'L', x+w, y+h-r)
	c.path(o, 'C', x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	c.path(o, 'L', x+r, y+h)
	c.path(o, 'C', x+k, y+h, x, y+h-k, x, y+h-r)
	c.path(o, 'L', x, y+r)
	c.path(o, 'C', x, y+k, x+k, y, x+r, y)
}

// disc fills a circle, oval an ellipse.
func (c canvas) disc(t Tone, cx, cy, r float64) { c.oval(t, cx, cy, r, r) }

func (c canvas) oval(t Tone, cx, cy, rx, ry float64) {
	var o outline
	c.ellipse(&o, cx, cy, rx, ry)
	c.fill(&o, t)
}

// ellipse adds a clockwise ellipse for ry > 0 and a counter-clockwise one, a hole, for ry < 0.
func (c canvas) ellipse(o *outline, cx, cy, rx, ry float64) {
	const k = .5523
	c.path(o, 'M', cx+rx, cy)
	c.path(o, 'C', cx+rx, cy+k*ry, cx+k*rx, cy+ry, cx, cy+ry)
	c.path(o, 'C', cx-k*rx, cy+ry, cx-rx, cy+k*ry, cx-rx, cy)
	c.path(o, 'C', cx-rx, cy-k*ry, cx-k*rx, cy-ry, cx, cy-ry)
	c.path(o, 'C', cx+k*rx, cy-ry, cx+rx, cy-k*ry, cx+rx, cy)
}

// ring fills a circle with a hole; r is its middle.
func (c canvas) ring(t Tone, cx, cy, r, width float64) {
	var o outline
	c.ellipse(&o, cx, cy, r+width/2, r+width/2)
	c.ellipse(&o, cx, cy, r-width/2, -(r - width/2))
	c.fill(&o, t)
}

// arc strokes a part of a circle between two angles in degrees, clockwise from the right.
func (c canvas) arc(t Tone, width, cx, cy, r, from, to float64) {
	var o outline
	const steps = 24
	for side, radius := range []float64{r + width/2, r - width/2} {
		for i := range steps + 1 {
			part := float64(i) / steps
			if side == 1 {
				part = 1 - part
			}
			sin, cos := math.Sincos((from + (to-from)*part) * math.Pi / 180)
			op := byte('L')
			if side == 0 && i == 0 {
				op = 'M'
			}
			c.path(&o, op, cx+radius*cos, cy+radius*sin)
		}
	}
	c.fill(&o, t)
	for _, angle := range []float64{from, to} {
		sin, cos := math.Sincos(angle * math.Pi / 180)
		c.disc(t, cx+r*cos, cy+r*sin, width/2)
	}
}

// poly fills a polygon given as x, y, x, y …
func (c canvas) poly(t Tone, coords ...float64) {
	var o outline
	c.path(&o, 'M', coords[:2]...)
	for i := 2; i+1 < len(coords); i += 2 {
		c.path(&o, 'L', coords[i:i+2]...)
	}
	c.fill(&o, t)
}

// line strokes a polyline with round ends and joints.
func (c canvas) line(t Tone, width float64, coords ...float64) {
	for i := 0; i+1 < len(coords); i += 2 {
		x, y := coords[i], coords[i+1]
		c.disc(t, x, y, width/2)
		if i+3 >= len(coords) {
			break
		}
		x2, y2 := coords[i+2], coords[i+3]
		length := math.Hypot(x2-x, y2-y)
		nx, ny := -(y2-y)/length*width/2, (x2-x)/length*width/2
		c.poly(t, x+nx, y+ny, x2+nx, y2+ny, x2-nx, y2-ny, x-nx, y-ny)
	}
}

// svg fills a shape written like the path of an SVG, with the commands M, L, Q and C, each once before its coordinates.
func (c canvas) svg(t Tone, commands string) {
	var o outline
	var op byte
	var coords []float64
	flush := func() {
		if len(coords) > 0 {
			c.path(&o, op, coords...)
			coords = coords[:0]
		}
	}
	for word := range strings.FieldsSeq(commands) {
		if len(word) == 1 && strings.ContainsAny(word, "MLQC") {
			flush()
			op = word[0]
			continue
		}
		n, err := strconv.ParseFloat(word, 64)
		if err != nil {
			panic("draw: bad path: " + word) // the paths are constants, and a test draws them all
		}
		coords = append(coords, n)
	}
	flush()
	c.fill(&o, t)
}
