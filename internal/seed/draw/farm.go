package draw

func farm() map[string]motif {
	return map[string]motif{
		"dog":      {outside, Brown, 170, drawDog},
		"puppy":    {studio, Beige, 150, drawPuppy},
		"cat":      {studio, Grey, 140, drawCat},
		"parrot":   {studio, Green, 0, drawParrot},
		"aquarium": {table, Blue, 230, drawAquarium},
		"kibble":   {studio, Orange, 170, drawKibble},
		"cow":      {outside, White, 220, drawCow},
		"sheep":    {outside, White, 190, drawSheep},
		"hen":      {outside, Brown, 150, drawHen},
		"sacks":    {outside, Beige, 230, drawSacks},
		"honey":    {table, Yellow, 200, drawHoney},
		"apples":   {table, Red, 220, drawApples},
		"firewood": {outside, Brown, 250, drawFirewood},
	}
}

func drawDog(c canvas, t Tone) {
	c.svg(t.dark(.1), "M 116 60 C 190 40 206 -20 190 -60 C 176 -50 170 0 104 20")
	c.svg(t, "M -70 -60 C 20 -60 130 -10 134 90 C 136 130 120 166 120 170 L 40 170 L 20 110 L -10 170 L -80 170 C -90 90 -90 0 -70 -60")
	c.svg(t.light(.35), "M -82 0 C -40 20 -30 90 -46 150 L -84 150")
	c.oval(t.dark(.06), -52, 160, 42, 15)
	c.oval(t.dark(.06), 70, 160, 58, 16)
	c.disc(t, -76, -110, 78)
	c.svg(t.dark(.25), "M -20 -170 C 30 -170 40 -100 16 -60 C -10 -70 -30 -110 -34 -150")
	c.svg(t.dark(.25), "M -128 -160 C -170 -160 -176 -110 -160 -76 C -140 -80 -124 -110 -122 -140")
	c.svg(t.light(.4), "M -146 -96 C -150 -60 -110 -44 -84 -50 C -56 -56 -58 -100 -84 -108 C -110 -114 -140 -116 -146 -96")
	c.oval(0x33343C, -136, -100, 17, 13)
	c.disc(0x33343C, -84, -134, 9)
	c.disc(0x33343C, -126, -136, 8)
	c.arc(0x33343C, 4, -112, -80, 20, 20, 120)
	c.svg(Pink, "M -112 -58 C -112 -30 -88 -30 -90 -58")
	c.line(Red, 17, -122, -42, -30, -46)
	c.disc(Yellow, -84, -28, 12)
}

func drawPuppy(c canvas, t Tone) {
	c.oval(0xB56B5A, 0, 150, 200, 40)
	c.oval(0xD98C78, 0, 138, 180, 30)
	c.oval(t, 0, 80, 110, 84)
	for _, side := range []float64{-1, 1} {
		c.oval(t.light(.15), side*46, 148, 36, 20)
		c.at(side*88, -60, 1).turned(side*-16).oval(t.dark(.25), 0, 0, 36, 72)
	}
	c.disc(t.light(.05), 0, -60, 100)
	c.oval(t.dark(.2), 44, -84, 36, 42)
	c.oval(t.light(.5), 0, -30, 52, 40)
	c.oval(0x33343C, 0, -48, 18, 13)
	for _, x := range []float64{-42, 42} {
		c.disc(0x33343C, x, -82, 13)
		c.disc(0xFFFFFF, x-4, -87, 4)
	}
	c.arc(0x33343C, 4, -13, -34, 13, 10, 150)
	c.arc(0x33343C, 4, 13, -34, 13, 30, 170)
	c.svg(Pink, "M -12 -16 C -10 10 12 10 12 -16")
}

func drawCat(c canvas, t Tone) {
	c.arc(t.dark(.1), 30, 130, 90, 70, -60, 100)
	c.svg(t, "M -80 170 C -110 60 -70 -30 0 -40 C 80 -30 120 70 100 170")
	c.svg(t.light(.5), "M -30 170 C -44 90 -30 10 0 6 C 30 10 44 90 30 170")
	c.poly(t, -96, -210, -90, -110, -20, -160)
	c.poly(t, 96, -210, 90, -110, 20, -160)
	c.poly(Pink, -84, -186, -80, -130, -42, -158)
	c.poly(Pink, 84, -186, 80, -130, 42, -158)
	c.oval(t.light(.03), 0, -90, 108, 88)
	for i := range 3 {
		c.line(t.dark(.3), 8, -20+float64(i)*20, -170, -14+float64(i)*14, -136)
	}
	for _, side := range []float64{-1, 1} {
		c.oval(0xCFE08A, side*44, -98, 22, 25)
		c.oval(0x2A2A30, side*44, -98, 9, 22)
		c.disc(0xFFFFFF, side*44+5, -108, 5)
		c.line(0xFBF7EE, 2.5, side*40, -54, side*134, -64)
		c.line(0xFBF7EE, 2.5, side*40, -46, side*132, -40)
		c.oval(t.light(.2), side*44, 158, 36, 16)
	}
	c.poly(Pink.dark(.1), -13, -70, 13, -70, 0, -54)
	c.arc(0x55474F, 3, -12, -52, 12, 10, 140)
	c.arc(0x55474F, 3, 12, -52, 12, 40, 170)
}

func drawParrot(c canvas, t Tone) {
	c.line(wood, 17, -220, 110, 220, 96)
	c.svg(t.dark(.2), "M 30 60 L 90 250 L 46 240 L 0 90")
	c.svg(t, "M -70 -110 C -80 -180 20 -210 60 -150 C 110 -70 100 40 40 96 C -20 90 -60 20 -56 -60")
	c.svg(Yellow, "M -58 -40 C -30 -50 0 10 30 92 C -24 84 -58 20 -58 -40")
	c.svg(t.dark(.25), "M 40 -90 C 96 -40 100 50 60 130 C 30 80 10 -20 40 -90")
	c.svg(Blue, "M 60 -20 C 88 20 84 80 60 130 C 50 90 46 30 60 -20")
	c.disc(0xFBF5E8, -26, -140, 25)
	c.disc(0x33343C, -30, -142, 10)
	c.svg(0x55474F, "M -66 -150 C -120 -150 -120 -96 -96 -80 C -92 -106 -80 -114 -60 -112")
	c.line(0x8C5F45, 9, 6, 90, -8, 110)
	c.line(0x8C5F45, 9, 30, 90, 30, 110)
}

func drawAquarium(c canvas, t Tone) {
	c.box(wood, -250, 130, 500, 40, 8)
	c.faint(.9).box(t.light(.45), -230, -140, 460, 274, 10)
	c.box(t.light(.2), -222, -100, 444, 230, 6)
	c.svg(0xE3D09B, "M -222 104 C -120 84 60 116 222 94 L 222 130 L -222 130")
	for i := range 3 {
		c.at(-170+float64(i)*26, 100, 1).svg(Green, "M -8 0 C -30 -50 16 -80 -8 -140 C 24 -90 -6 -50 14 0")
	}
	for i, p := range [][3]float64{{-60, -30, 1}, {90, 30, .7}, {120, -50, .8}} {
		f := c.at(p[0], p[1], p[2])
		tone := [...]Tone{Orange, Yellow, Red}[i]
		f.poly(tone.dark(.1), 40, 0, 90, -36, 80, 0, 90, 36)
		f.oval(tone, 0, 0, 56, 34)
		f.box(0xFBF5E8, -14, -30, 14, 60, 6)
		f.disc(0x33343C, -34, -6, 6)
	}
	for i := range 5 {
		c.faint(.7).ring(0xFFFFFF, 180, 70-float64(i)*34, 5+float64(i%3)*2, 3)
	}
	c.box(0x44464E, -236, -160, 472, 26, 8)
}

func drawKibble(c canvas, t Tone) {
	c.svg(t, "M -180 -170 L 40 -190 C 50 -60 56 60 50 168 L -190 170 C -186 60 -190 -60 -180 -170")
	c.svg(t.dark(.25), "M -182 -170 L 40 -190 L 42 -160 L -182 -138")
	c.oval(0xFBF5E8, -66, 10, 88, 92)
	c.at(-66, 30, .46).paw(t.dark(.2))
	c.svg(steel, "M 60 110 L 226 110 L 244 170 L 42 170")
	for i := range 9 {
		c.disc(Brown.light(.1*float64(i%3)), 76+float64(i)*17, 104-float64(i*7%14), 13)
	}
}

func (c canvas) paw(t Tone) {
	c.oval(t, 0, 50, 84, 66)
	for _, p := range [][3]float64{{-96, -20, 36}, {-36, -82, 38}, {36, -82, 38}, {96, -20, 36}} {
		c.oval(t, p[0], p[1], p[2]*.85, p[2]*1.15)
	}
}

func drawCow(c canvas, t Tone) {
	for _, x := range []float64{-110, -70, 110, 150} {
		c.box(t.dark(.08), x-16, 80, 32, 90, 6)
		c.box(0x44464E, x-17, 152, 34, 18, 4)
	}
	c.svg(t, "M -150 20 C -150 -50 -100 -66 0 -62 C 110 -66 190 -60 196 20 C 200 90 160 112 60 112 C -60 116 -140 110 -150 20")
	c.svg(0x4B4247, "M -60 -62 C -10 -70 40 -60 40 -20 C 30 20 -50 30 -70 -10")
	c.svg(0x4B4247, "M 110 -50 C 180 -60 200 0 180 40 C 140 50 100 10 110 -50")
	c.oval(0x4B4247, 10, 90, 46, 24)
	c.oval(Pink, 90, 112, 40, 19)
	c.line(t.dark(.1), 8, 194, -10, 220, 70)
	c.disc(0x4B4247, 220, 80, 13)
	c.svg(t, "M -220 -100 C -230 -150 -120 -150 -120 -100 C -110 -50 -130 10 -170 12 C -212 10 -230 -50 -220 -100")
	c.oval(Pink.light(.15), -172, -6, 46, 32)
	c.disc(0x9C5C66, -188, -8, 6)
	c.disc(0x9C5C66, -156, -8, 6)
	for _, side := range []float64{-1, 1} {
		c.disc(0x33343C, -170+side*28, -72, 8)
		c.at(-170+side*66, -110, 1).turned(side*16).oval(0x4B4247, 0, 0, 32, 16)
		c.at(-170+side*34, -138, 1).turned(side*20).box(0xE8D9B8, -7, -30, 14, 36, 7)
	}
}

func drawSheep(c canvas, t Tone) {
	for _, x := range []float64{-80, -44, 70, 106} {
		c.box(0x4B4247, x-11, 90, 22, 80, 6)
	}
	for i := range 9 {
		x, y := -110+float64(i%5)*58, -10+float64(i/5)*60
		c.disc(t.dark(.03*float64(i%3)), x+float64(i/5)*28, y, 62)
	}
	c.oval(0x4B4247, -158, -20, 48, 64)
	for _, side := range []float64{-1, 1} {
		c.at(-158+side*54, -50, 1).turned(side*22).oval(0x4B4247, 0, 0, 28, 13)
		c.disc(0xFBF5E8, -158+side*18, -34, 10)
		c.disc(0x22242A, -160+side*18, -34, 5)
	}
	c.disc(t, -158, -84, 34)
	c.disc(t, -186, -70, 24)
	c.disc(t, -130, -70, 24)
}

func drawHen(c canvas, t Tone) {
	c.line(Orange, 8, -6, 110, -10, 168, -34, 168)
	c.line(Orange, 8, 34, 110, 34, 168, 10, 168)
	c.svg(t.dark(.2), "M 80 20 C 140 -20 170 -80 150 -130 C 190 -110 200 -40 190 0 C 180 60 140 90 100 96")
	c.svg(t, "M -110 -110 C -100 -160 -30 -160 -22 -100 C -10 -50 60 -10 130 -20 C 160 60 100 124 20 124 C -60 124 -120 60 -104 -30")
	c.svg(t.dark(.15), "M -20 20 C 30 0 90 10 110 40 C 80 90 10 90 -20 20")
	for i := range 3 {
		c.disc(Red, -90+float64(i)*24, -152+float64(i*i)*3, 18)
	}
	c.poly(Yellow, -106, -108, -152, -92, -104, -82)
	c.oval(Red, -104, -64, 11, 21)
	c.disc(0xFBF5E8, -74, -108, 12)
	c.disc(0x22242A, -77, -108, 6)
	for i := range 3 {
		c.oval(0xF2E6D2, 130+float64(i)*38, 154, 17, 21)
	}
}

func drawSacks(c canvas, t Tone) {
	for i, p := range [][3]float64{{-130, 0, 1}, {120, 0, 1}, {0, 30, .92}} {
		s := c.at(p[0], p[1], p[2])
		tone := t.dark(.05 * float64(i))
		s.svg(tone, "M -86 -60 C -120 0 -124 110 -100 170 L 100 170 C 124 110 120 0 86 -60 C 40 -80 -40 -80 -86 -60")
		s.svg(tone.dark(.15), "M -86 -60 C -60 -100 60 -100 86 -60 C 40 -40 -40 -40 -86 -60")
		s.svg(Yellow, "M -74 -64 C -40 -120 40 -120 74 -64 C 40 -52 -40 -52 -74 -64")
		for j := range 9 {
			s.disc(Yellow.dark(.2), -50+float64(j)*12, -74-float64(j*17%22), 4)
		}
		s.line(tone.dark(.25), 4, -80, 120, 80, 120)
		s.at(0, 46, .5).svg(Yellow.dark(.15), "M 0 70 C -60 40 -60 -20 0 -70 C 60 -20 60 40 0 70")
	}
}

func drawHoney(c canvas, t Tone) {
	for i, p := range [][3]float64{{-120, 30, .82}, {130, 48, .7}, {10, 0, 1}} {
		j := c.at(p[0], p[1], p[2])
		tone := [...]Tone{t.dark(.25), t.light(.2), t}[i]
		j.box(tone.light(.1), -100, -110, 200, 280, 40)
		j.faint(.4).box(0xFFFFFF, -80, -80, 20, 210, 10)
		j.box(0xD9B38C, -88, -156, 176, 52, 12)
		j.poly(Red.light(.15), -88, -112, 88, -112, 104, -84, 60, -94, 20, -80, -30, -94, -70, -82, -104, -90)
		j.box(0xFFF8E6, -64, 0, 128, 96, 8)
		j.poly(tone, 0, 14, 30, 31, 30, 64, 0, 81, -30, 64, -30, 31)
	}
	c.line(wood, 11, 196, 160, 120, -190)
}

func drawApples(c canvas, t Tone) {
	for i, p := range [][2]float64{{-120, 0}, {-40, -34}, {50, -30}, {126, 4}, {0, 20}, {-80, 30}, {80, 34}} {
		tone := [...]Tone{t, t.mix(Yellow, .35), Green.mix(Yellow, .35)}[i%3]
		c.disc(tone, p[0], p[1], 58)
		c.faint(.35).oval(0xFFFFFF, p[0]-20, p[1]-22, 15, 10)
		c.line(0x6B4A36, 6, p[0], p[1]-50, p[0]+8, p[1]-72)
		c.at(p[0]+8, p[1]-62, 1).svg(Green, "M 0 0 C 10 -24 36 -26 46 -14 C 36 4 14 8 0 0")
	}
	c.crateAt(40)
}

// crateAt draws the front of a wooden crate whose upper edge is at y.
func (c canvas) crateAt(y float64) {
	for i := range 3 {
		c.box(wood.light(.06*float64(i%2)), -230, y+float64(i)*44, 460, 38, 4)
	}
	c.box(wood.dark(.16), -230, y-12, 34, 140, 4)
	c.box(wood.dark(.16), 196, y-12, 34, 140, 4)
	for i := range 3 {
		c.disc(0x6B4A36, -213, y+18+float64(i)*44, 4)
		c.disc(0x6B4A36, 213, y+18+float64(i)*44, 4)
	}
}

// crate is a whole box.
func (c canvas) crate(t Tone) {
	c.box(t, -110, -40, 220, 210, 6)
	c.line(t.dark(.25), 16, -96, -26, 96, 156)
	c.box(t.dark(.15), -110, -40, 220, 30, 5)
	c.box(t.dark(.15), -110, 140, 220, 30, 5)
}

func drawFirewood(c canvas, t Tone) {
	for row := range 5 {
		for col := range 7 - row%2 {
			x, y := -210+float64(col)*70+float64(row%2)*35, 136-float64(row)*60
			r := 32 + float64((row*3+col*5)%4)
			c.disc(t.dark(.15), x, y, r)
			c.disc(0xE2BE8E, x, y, r-6)
			c.ring(0xC99B66, x, y, r*.5, 3)
			c.disc(0xC99B66, x, y, 5)
			c.line(0xC99B66, 3, x, y, x+r*.6, y-r*.3)
		}
	}
	c.box(t.dark(.35), -262, -150, 18, 320, 4)
	c.box(t.dark(.35), 244, -150, 18, 320, 4)
}
