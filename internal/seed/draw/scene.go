package draw

// Object space: the origin is in the middle of the thing, which reaches about 260 to each side and 230 up, and stands on floor.
const floor = 170

// far is beyond every edge of a picture.
const far = 900

// backgrounds are the soft colours behind things: wall and floor.
var backgrounds = [...][2]Tone{
	{0xF3E3CF, 0xE2C7A6}, {0xDCE8E2, 0xB9CFC3}, {0xE6E1F0, 0xCBC3DE}, {0xF6DDD3, 0xE5BEAE},
	{0xDDE7F0, 0xBBCDDD}, {0xF5EBC9, 0xE3D09B}, {0xE9EDD6, 0xCAD3A9}, {0xEFE3E0, 0xD6C0BA},
}

var skies = [...][2]Tone{
	{0x9CCBE8, 0xE9F3EC}, {0xF6C9A0, 0xFBEBD3}, {0xB7D8EE, 0xFDF2DC}, {0xA9C6E6, 0xF4E1E6}, {0x8FC4D8, 0xE3F1E0},
}

func (c canvas) backdrop(p place, scene int, tone Tone) {
	switch p {
	case outside:
		c.sky(scene)
		c.hills(scene)
	case street:
		c.sky(scene)
		c.town(scene)
	case page:
		c.field(scene, tone)
	case table:
		c.room(scene, 118)
	default:
		c.room(scene, 92)
	}
}

// band paints a strip across the whole picture, row by row because it is most of the pixels.
func (c canvas) band(top, bottom Tone, y0, y1 float64) {
	_, from := c.point(0, y0)
	_, to := c.point(0, y1)
	for y := max(0, int(from+.5)); y < min(c.img.Rect.Max.Y, int(to+.5)); y++ {
		r, g, b := top.mix(bottom, (float64(y)-from)/(to-from)).rgb()
		row := c.img.Pix[c.img.PixOffset(0, y):][:c.img.Stride]
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = r, g, b, 255
		}
	}
}

// room is a wall with a patch of light from a window, and a floor.
func (c canvas) room(scene int, edge float64) {
	b := backgrounds[scene%len(backgrounds)]
	c.band(b[0].dark(.02), b[0].light(.25), -far, edge)
	light := c.faint(.34)
	x := float64(scene%3)*120 - 300
	for i := range 2 {
		shift := float64(i) * 118
		light.poly(0xFFFDF3, x+shift, -290, x+100+shift, -290, x+190+shift, -70, x+90+shift, -70)
		light.poly(0xFFFDF3, x+96+shift, -56, x+196+shift, -56, x+262+shift, edge, x+162+shift, edge)
	}
	c.band(b[1].light(.08), b[1].dark(.06), edge, far)
	c.band(b[1].light(.5), b[1].light(.5), edge, edge+5)
}

func (c canvas) sky(scene int) {
	s := skies[scene%len(skies)]
	c.band(s[0], s[1], -520, 170)
	sun := float64(scene%5)*110 - 240
	c.faint(.7).glow(0xFFF6D8, sun, -190, 190, 190)
	c.disc(0xFFF4D2, sun, -190, 44)
	for i := range 3 {
		cloud := c.at(float64((scene*97+i*260)%760)-380, -250+float64((scene*31+i*53)%110), .8+.2*float64(i)).faint(.75)
		cloud.oval(0xFFFFFF, 0, 0, 70, 17)
		cloud.oval(0xFFFFFF, -22, -12, 34, 18)
		cloud.oval(0xFFFFFF, 20, -18, 38, 24)
	}
}

func (c canvas) hills(scene int) {
	green := [...]Tone{0x9DBF8A, 0x8DB59A, 0xB3BF7E, 0x86B080}[scene%4]
	c.svg(green.light(.45), "M -900 40 Q -600 -90 -380 0 Q -180 -110 60 -10 Q 300 -120 520 10 Q 700 -60 900 40 L 900 400 L -900 400")
	c.svg(green.light(.2), "M -900 90 Q -480 -20 -120 70 Q 260 -30 900 80 L 900 400 L -900 400")
	for i := range 5 {
		tree := c.at(float64((scene*53+i*190)%840)-420, 62+float64(i%2)*12, .7+.1*float64(i%3))
		tree.box(0x7C5B45, -4, -8, 8, 34, 2)
		tree.oval(green.dark(.2), 0, -28, 26, 36)
	}
	c.band(green, green.dark(.12), 104, far)
	for i := range 14 {
		x, y := float64((scene*71+i*127)%900)-450, 200+float64((i*43+scene*17)%90)
		c.line(green.dark(.22), 3, x-5, y-9, x, y, x+6, y-11)
	}
}

func (c canvas) town(scene int) {
	for i := range 11 {
		wall := backgrounds[(scene+i*3)%len(backgrounds)][1].light(.15)
		x, h := float64(i)*92-500, 90+float64((scene*37+i*61)%90)
		c.box(wall, x, 96-h, 84, h+20, 0)
		roof := [...]Tone{0xC98B73, 0xB5807A, 0x9A8C98, 0xD09B72}[(i+scene)%4].light(.2)
		c.poly(roof, x-6, 97-h, x+42, 62-h, x+90, 97-h)
		for j := range 4 {
			c.faint(.55).box(0x7E93A8, x+14+float64(j%2)*34, 114-h+float64(j/2)*44, 20, 26, 2)
		}
	}
	c.band(0xD9D4CB, 0xCFC9BF, 96, 128)
	c.band(0x8F9199, 0x7B7E88, 128, far)
	for i := range 7 {
		c.box(0xE9E4D8, float64(i)*170-560, 206, 84, 8, 3)
	}
}

// field is a calm surface with a large disc, in the thing's own colour.
func (c canvas) field(scene int, tone Tone) {
	b := backgrounds[scene%len(backgrounds)]
	c.band(b[0], b[1].light(.2), -far, far)
	c.disc(tone.mix(b[0], .62), 0, -20, 238)
	c.faint(.5).disc(b[0].light(.7), 0, -20, 206)
	for i := range 7 {
		x, y := float64((scene*83+i*149)%760)-380, float64((scene*47+i*101)%520)-330
		c.faint(.6).disc(tone.light(.5), x, y, 6+float64(i%3)*4)
	}
}
