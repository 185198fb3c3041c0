// Package preview draws the picture that stands for a page where somebody shares its address: a photo, a price and a place under the awning
// of the market. It keeps nothing and knows nothing of listings; Cache keeps what it drew.
package preview

import (
	"bytes"
	_ "embed" // the display face
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Size of the picture, as the services that show it advise, and the most that it may weigh.
const (
	Width, Height = 1200, 630
	MaxBytes      = 100 << 10
)

// Card is what the picture shows. The zero value is the card of the market itself.
type Card struct {
	Photo []byte // a JPEG; nil for none
	Title string //  "Bicicletă Pegas de oraș"
	Price string //  "1.250 lei"
	Place string //  "Turda, Cluj"
}

// Colours of the site's light theme.
var (
	paper = color.RGBA{0xfc, 0xf9, 0xf2, 0xff}
	ink   = color.RGBA{0x17, 0x24, 0x1d, 0xff}
	soft  = color.RGBA{0x4f, 0x5b, 0x54, 0xff}
	leaf  = color.RGBA{0x11, 0x65, 0x38, 0xff}
	chalk = color.RGBA{0xf7, 0xfc, 0xf8, 0xff}
	sun   = color.RGBA{0xfb, 0xce, 0x45, 0xff}
)

//go:embed display.ttf
var display []byte // Bricolage Grotesque at weight 700, Latin letters; see static/fonts/OFL.txt

// Painter draws cards. It is safe for concurrent use; cards are drawn one after the other.
type Painter struct {
	face *opentype.Font
	mu   sync.Mutex // one picture at a time: each takes 6 MB
}

// New returns a Painter; it reads the face, and draws nothing yet.
func New() (*Painter, error) {
	face, err := opentype.Parse(display)
	if err != nil {
		return nil, fmt.Errorf("display face: %w", err)
	}
	return &Painter{face: face}, nil
}

// JPEG draws the card and encodes it in at most MaxBytes.
func (p *Painter) JPEG(c Card) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	img := image.NewRGBA(image.Rect(0, 0, Width, Height))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	s := sheet{img, p.face}
	var err error
	switch {
	case c.Photo != nil:
		err = s.withPhoto(c)
	case c.Title != "":
		err = s.withoutPhoto(c)
	default:
		err = s.market()
	}
	if err != nil {
		return nil, err
	}
	return encode(img)
}

// encode lowers the quality until the picture is light enough. A photo full of grass takes three turns.
func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	for _, quality := range []int{85, 75, 60, 40, 20} {
		b.Reset()
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("encode card: %w", err)
		}
		if b.Len() <= MaxBytes {
			break
		}
	}
	return b.Bytes(), nil
}

// sheet is the picture being drawn.
type sheet struct {
	img  *image.RGBA
	font *opentype.Font
}

const photoWidth = 680

// withPhoto puts the photo on the left and the words beside it.
func (s sheet) withPhoto(c Card) error {
	photo, err := jpeg.Decode(bytes.NewReader(c.Photo))
	if err != nil {
		return fmt.Errorf("photo of the card: %w", err)
	}
	draw.CatmullRom.Scale(s.img, image.Rect(0, 0, photoWidth, Height), photo, cover(photo.Bounds(), photoWidth, Height), draw.Src, nil)
	const left, right = photoWidth + 44, Width - 40
	s.awning(photoWidth, 84)
	if err := s.wordmark(left, 58, 46); err != nil {
		return err
	}
	y, err := s.paragraph(c.Title, ink, 44, left, 176, right-left, 4)
	if err != nil {
		return err
	}
	y, err = s.line(c.Price, leaf, 76, left, max(y+90, 440), right-left)
	if err != nil {
		return err
	}
	return s.place(c.Place, left, y+86, right-left)
}

// withoutPhoto lets the words take all the room.
func (s sheet) withoutPhoto(c Card) error {
	const left, right = 80, Width - 80
	s.awning(0, 96)
	if err := s.wordmark(left, 68, 54); err != nil {
		return err
	}
	y, err := s.paragraph(c.Title, ink, 66, left, 230, right-left, 3)
	if err != nil {
		return err
	}
	y, err = s.line(c.Price, leaf, 96, left, max(y+110, 450), right-left)
	if err != nil {
		return err
	}
	return s.place(c.Place, left, y+84, right-left)
}

// market is the card of pages without a picture of their own.
func (s sheet) market() error {
	s.awning(0, 150)
	if err := s.wordmarkOn(90, 400, 190, leaf, color.RGBA{0xb0, 0x7d, 0x00, 0xff}); err != nil {
		return err
	}
	_, err := s.line("Anunțuri din toată țara, de la om la om", soft, 48, 96, 500, Width-180)
	return err
}

// cover is the middle part of the photo that fills w × h.
func cover(b image.Rectangle, w, h int) image.Rectangle {
	cw, ch := b.Dx(), b.Dx()*h/w
	if ch > b.Dy() {
		cw, ch = b.Dy()*w/h, b.Dy()
	}
	x, y := b.Min.X+(b.Dx()-cw)/2, b.Min.Y+(b.Dy()-ch)/2
	return image.Rect(x, y, x+max(1, cw), y+max(1, ch))
}

// awning hangs over the words, from x to the right edge.
func (s sheet) awning(x, bottom int) {
	draw.Draw(s.img, image.Rect(x, 0, Width, bottom), image.NewUniform(leaf), image.Point{}, draw.Src)
	const scallop = 40
	for at := x; at < Width; at += scallop {
		s.disc(float64(at)+scallop/2, float64(bottom), scallop/2, leaf, image.Rect(x, bottom, Width, Height))
	}
}

func (s sheet) wordmark(x, y int, size float64) error {
	return s.wordmarkOn(x, y, size, chalk, sun)
}

func (s sheet) wordmarkOn(x, y int, size float64, name, ending color.Color) error {
	end, err := s.text("Piața", name, size, x, y)
	if err != nil {
		return err
	}
	_, err = s.text(".ro", ending, size, end, y)
	return err
}

// place writes where the thing is, after a pin.
func (s sheet) place(text string, x, y, width int) error {
	if text == "" {
		return nil
	}
	s.disc(float64(x)+14, float64(y)-14, 14, leaf, s.img.Bounds())
	s.disc(float64(x)+14, float64(y)-14, 5, paper, s.img.Bounds())
	_, err := s.line(text, soft, 36, x+44, y, width-44)
	return err
}

// disc fills a circle; its edge is smooth enough for a picture that is shown small.
func (s sheet) disc(cx, cy, r float64, c color.RGBA, clip image.Rectangle) {
	area := image.Rect(int(cx-r), int(cy-r), int(cx+r)+1, int(cy+r)+1).Intersect(clip).Intersect(s.img.Bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			inside := 0
			for i := range 16 {
				dx, dy := float64(x)+(float64(i%4)+.5)/4-cx, float64(y)+(float64(i/4)+.5)/4-cy
				if dx*dx+dy*dy <= r*r {
					inside++
				}
			}
			if inside > 0 {
				under := s.img.RGBAAt(x, y)
				mix := func(a, b uint8) uint8 { return uint8((int(a)*inside + int(b)*(16-inside)) / 16) } //nolint:gosec // at most 255
				s.img.SetRGBA(x, y, color.RGBA{mix(c.R, under.R), mix(c.G, under.G), mix(c.B, under.B), 0xff})
			}
		}
	}
}

func (s sheet) sized(size float64) (font.Face, error) {
	face, err := opentype.NewFace(s.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("display face: %w", err)
	}
	return face, nil
}

// text writes on one line and returns where it ends.
func (s sheet) text(text string, c color.Color, size float64, x, y int) (int, error) {
	face, err := s.sized(size)
	if err != nil {
		return 0, err
	}
	d := font.Drawer{Dst: s.img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return d.Dot.X.Round(), face.Close()
}

// line writes on one line, smaller when it would not fit, and cuts what still does not.
func (s sheet) line(text string, c color.Color, size float64, x, y, width int) (int, error) {
	text = s.known(text)
	for ; size > 28; size -= 4 {
		if fits, err := s.fits(text, size, width); err != nil || fits {
			if err != nil {
				return y, err
			}
			break
		}
	}
	lines, err := s.wrap(text, size, width, 1)
	if err != nil || len(lines) == 0 {
		return y, err
	}
	_, err = s.text(lines[0], c, size, x, y)
	return y, err
}

// paragraph writes on at most so many lines and returns the base line of the last.
func (s sheet) paragraph(text string, c color.Color, size float64, x, y, width, most int) (int, error) {
	lines, err := s.wrap(s.known(text), size, width, most)
	if err != nil {
		return y, err
	}
	for i, line := range lines {
		if i > 0 {
			y += int(size * 1.16)
		}
		if _, err := s.text(line, c, size, x, y); err != nil {
			return y, err
		}
	}
	return y, nil
}

func (s sheet) fits(text string, size float64, width int) (bool, error) {
	face, err := s.sized(size)
	if err != nil {
		return false, err
	}
	return font.MeasureString(face, text).Round() <= width, face.Close()
}

// wrap breaks the text between words into at most so many lines; what does not fit ends in „…”.
func (s sheet) wrap(text string, size float64, width, most int) ([]string, error) {
	face, err := s.sized(size)
	if err != nil {
		return nil, err
	}
	fits := func(line string) bool { return font.MeasureString(face, line).Round() <= width }
	var lines []string
	line := ""
	words := strings.Fields(text)
	for i, word := range words {
		joined := strings.TrimSpace(line + " " + word)
		if fits(joined) {
			line = joined
			continue
		}
		if line == "" || len(lines) == most-1 { // an endless word, or no line left
			line = cut(strings.Join(append([]string{line}, words[i:]...), " "), fits)
			return append(lines, line), face.Close()
		}
		lines, line = append(lines, line), word
		if !fits(line) {
			return append(lines, cut(line, fits)), face.Close()
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines, face.Close()
}

// cut shortens the text by letters until it fits with its „…”.
func cut(text string, fits func(string) bool) string {
	runes := []rune(strings.TrimSpace(text))
	for len(runes) > 0 && !fits(string(runes)+"…") {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ,.-–") + "…"
}

// known leaves out letters that the face does not have.
func (s sheet) known(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u00a0' {
			return ' '
		}
		if i, err := s.font.GlyphIndex(nil, r); err != nil || i == 0 {
			return -1
		}
		return r
	}, text)
}
