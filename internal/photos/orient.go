package photos

import "image"

// orientation is how a stored picture must be turned to be upright, as Exif
// numbers it.
type orientation int

const (
	upright       orientation = 1
	mirrored      orientation = 2
	upsideDown    orientation = 3
	flipped       orientation = 4
	transposed    orientation = 5 // mirrored along the diagonal from the top left
	quarterRight  orientation = 6 // to be turned a quarter clockwise
	antitranspose orientation = 7 // mirrored along the other diagonal
	quarterLeft   orientation = 8
)

func (o orientation) valid() bool      { return upright <= o && o <= quarterLeft }
func (o orientation) swapsSides() bool { return o >= transposed }

// turn returns the picture upright. The picture must be 4:2:0.
func turn(pic *image.YCbCr, o orientation) *image.YCbCr {
	if o == upright {
		return pic
	}
	w, h := pic.Rect.Dx(), pic.Rect.Dy()
	if o.swapsSides() {
		w, h = h, w
	}
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	from, to := planesOf(pic), planesOf(out)
	for i := range from {
		turnPlane(to[i], from[i], o)
	}
	return out
}

// turnPlane fills dst with src turned. It walks src by two steps: one for each
// column of dst, one for each row.
func turnPlane(dst, src plane, o orientation) {
	right, down := 1, src.stride
	lastX, lastY := src.w-1, (src.h-1)*src.stride
	var start, stepX, stepY int
	switch o {
	case mirrored:
		start, stepX, stepY = lastX, -right, down
	case upsideDown:
		start, stepX, stepY = lastX+lastY, -right, -down
	case flipped:
		start, stepX, stepY = lastY, right, -down
	case transposed:
		start, stepX, stepY = 0, down, right
	case quarterRight:
		start, stepX, stepY = lastY, -down, right
	case antitranspose:
		start, stepX, stepY = lastX+lastY, -down, -right
	case quarterLeft:
		start, stepX, stepY = lastX, down, -right
	}
	for y := range dst.h {
		i := start + y*stepY
		for x := range dst.row(y) {
			dst.pix[y*dst.stride+x] = src.pix[i]
			i += stepX
		}
	}
}
