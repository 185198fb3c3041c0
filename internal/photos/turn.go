package photos

import (
	"context"
	"fmt"
	"image"
	"image/jpeg"
)

// turns are the orientations that bring a picture round by so many quarters clockwise.
var turns = [...]orientation{upright, quarterRight, upsideDown, quarterLeft}

// Turn stores a picture again, turned clockwise by quarters of a circle. The one it is made from stays: others may show it.
func (p *Processor) Turn(ctx context.Context, hash string, quarters int) (Saved, error) {
	file, err := p.Open(ctx, hash, Widths[0], false)
	if err != nil {
		return Saved{}, err
	}
	defer file.Close()
	img, err := jpeg.Decode(file)
	if err != nil {
		return Saved{}, fmt.Errorf("decode stored photo: %w", err)
	}
	pic, ok := img.(*image.YCbCr)
	if !ok {
		return Saved{}, fmt.Errorf("stored photo %s has no colours", hash)
	}
	pic = turn(pic, turns[((quarters%4)+4)%4])
	vs, err := encodeVariants(pic, header{width: pic.Rect.Dx(), height: pic.Rect.Dy()})
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	err = p.finish(ctx, &saved, vs, contentName)
	return saved, err
}
