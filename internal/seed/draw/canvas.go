package draw

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// canvas fills anti-aliased shapes. Copies share the picture and differ in position, turn and opacity, so that a motif can say
// c.at(40, 0, 1).turned(15).faint(.3) and go on.
type canvas struct {
	*surface
	xx, xy, yx, yy, dx, dy float64 // object space to pixels
	alpha                  float64
}

type surface struct {
	img  *image.RGBA
	mask *image.Alpha
	pen  *vector.Rasterizer
}

func newCanvas(w, h int) canvas {
	bounds := image.Rect(0, 0, w, h)
	s := &surface{img: image.NewRGBA(bounds), mask: image.NewAlpha(bounds), pen: vector.NewRasterizer(w, h)}
	return canvas{surface: s, xx: 1, yy: 1, alpha: 1}
}

// at moves the origin to x, y and scales around it.
func (c canvas) at(x, y, scale float64) canvas {
	c.dx, c.dy = c.point(x, y)
	c.xx, c.xy, c.yx, c.yy = c.xx*scale, c.xy*scale, c.yx*scale, c.yy*scale
	return c
}

// turned rotates clockwise around the origin.
func (c canvas) turned(degrees float64) canvas {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	c.xx, c.xy, c.yx, c.yy = c.xx*cos+c.xy*sin, c.xy*cos-c.xx*sin, c.yx*cos+c.yy*sin, c.yy*cos-c.yx*sin
	return c
}

// flipped mirrors left and right.
func (c canvas) flipped() canvas {
	c.xx, c.yx = -c.xx, -c.yx
	return c
}

// faint makes everything drawn more transparent.
func (c canvas) faint(alpha float64) canvas {
	c.alpha *= alpha
	return c
}

func (c canvas) point(x, y float64) (px, py float64) {
	return c.xx*x + c.xy*y + c.dx, c.yx*x + c.yy*y + c.dy
}

// outline is a closed or open shape in pixels.
type outline struct {
	ops    []byte // M, L, Q, C as in SVG; every M closes what came before
	points []float64
}

// path adds SVG-like commands with absolute coordinates to an outline, through the canvas's transformation.
func (c canvas) path(o *outline, op byte, coords ...float64) {
	o.ops = append(o.ops, op)
	for i := 0; i+1 < len(coords); i += 2 {
		x, y := c.point(coords[i], coords[i+1])
		o.points = append(o.points, x, y)
	}
}

// fill paints the outline from the light to the dark side of the tone, top to bottom, which gives flat shapes a little body.
func (c canvas) fill(o *outline, t Tone) { c.fade(o, t.light(.05), t.dark(.06)) }

// fade paints the outline with one tone at its top that turns into another at its bottom.
func (c canvas) fade(o *outline, top, bottom Tone) {
	box := o.box().Intersect(c.img.Rect)
	if box.Empty() {
		return
	}
	c.pen.Reset(box.Dx(), box.Dy())
	o.trace(c.pen, float32(box.Min.X), float32(box.Min.Y))
	mask := image.NewAlpha(image.Rectangle{})
	mask.Pix, mask.Stride, mask.Rect = c.mask.Pix, box.Dx(), image.Rect(0, 0, box.Dx(), box.Dy())
	clear(mask.Pix[:box.Dx()*box.Dy()])
	c.pen.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	c.blend(mask, box, top, bottom)
}

func (c canvas) blend(mask *image.Alpha, box image.Rectangle, top, bottom Tone) {
	opacity := uint32(c.alpha*256 + .5)
	for y := range box.Dy() {
		r, g, b := top.mix(bottom, float64(y)/float64(max(1, box.Dy()-1))).rgb()
		row := c.img.Pix[c.img.PixOffset(box.Min.X, box.Min.Y+y):]
		for x, m := range mask.Pix[y*mask.Stride : y*mask.Stride+box.Dx()] {
			if m == 0 {
				continue
			}
			a := uint32(m) * opacity >> 8
			p := row[4*x : 4*x+4 : 4*x+4]
			if a == 255 {
				p[0], p[1], p[2] = r, g, b
			} else {
				p[0], p[1], p[2] = mixByte(p[0], r, a), mixByte(p[1], g, a), mixByte(p[2], b, a)
			}
		}
	}
}

// mixByte puts b with the opacity a (of 255) over p.
func mixByte(p, b uint8, a uint32) uint8 {
	return uint8((uint32(p)*(255-a) + uint32(b)*a + 127) / 255)
}

func (o *outline) box() image.Rectangle {
	if len(o.points) == 0 {
		return image.Rectangle{}
	}
	x0, y0, x1, y1 := o.points[0], o.points[1], o.points[0], o.points[1]
	for i := 2; i < len(o.points); i += 2 {
		x0, x1 = min(x0, o.points[i]), max(x1, o.points[i])
		y0, y1 = min(y0, o.points[i+1]), max(y1, o.points[i+1])
	}
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1)))
}

func (o *outline) trace(pen *vector.Rasterizer, x0, y0 float32) {
	next := 0
	take := func() (x, y float32) {
		next += 2
		return float32(o.points[next-2]) - x0, float32(o.points[next-1]) - y0
	}
	for i, op := range o.ops {
		x, y := take()
		switch op {
		case 'M':
			if i > 0 {
				pen.ClosePath()
			}
			pen.MoveTo(x, y)
		case 'L':
			pen.LineTo(x, y)
		case 'Q':
			x2, y2 := take()
			pen.QuadTo(x, y, x2, y2)
		case 'C':
			x2, y2 := take()
			x3, y3 := take()
			pen.CubeTo(x, y, x2, y2, x3, y3)
		}
	}
	pen.ClosePath()
}

// glow paints a soft round spot, densest in its middle: a shadow, or light.
func (c canvas) glow(t Tone, cx, cy, rx, ry float64) {
	px, py := c.point(cx, cy)
	scale := math.Hypot(c.xx, c.yx)
	rx, ry = rx*scale, ry*scale
	box := image.Rect(int(px-rx), int(py-ry), int(px+rx)+1, int(py+ry)+1).Intersect(c.img.Rect)
	cr, cg, cb := t.rgb()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		v := (float64(y) - py) / ry
		for x := box.Min.X; x < box.Max.X; x++ {
			u := (float64(x) - px) / rx
			d := 1 - u*u - v*v
			if d <= 0 {
				continue
			}
			a := uint32(c.alpha * 255 * d * d)
			p := c.img.Pix[c.img.PixOffset(x, y):][:4:4]
			p[0], p[1], p[2] = mixByte(p[0], cr, a), mixByte(p[1], cg, a), mixByte(p[2], cb, a)
		}
	}
}

// Tone is a colour as 0xRRGGBB.
type Tone uint32

func (t Tone) rgb() (r, g, b uint8) { return uint8(t >> 16), uint8(t >> 8), uint8(t) }

// mix returns the colour between t and o; part 0 is t and 1 is o.
func (t Tone) mix(o Tone, part float64) Tone {
	tr, tg, tb := t.rgb()
	or, og, ob := o.rgb()
	a := uint32(part*255 + .5)
	return Tone(mixByte(tr, or, a))<<16 | Tone(mixByte(tg, og, a))<<8 | Tone(mixByte(tb, ob, a))
}

func (t Tone) light(part float64) Tone { return t.mix(0xFFFDF6, part) }
func (t Tone) dark(part float64) Tone  { return t.mix(0x2A2438, part) }
