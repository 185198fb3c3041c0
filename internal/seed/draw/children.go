package draw

func children() map[string]motif {
	return map[string]motif{
		"pram":     {studio, Blue, 190, drawPram},
		"carseat":  {studio, Red, 150, drawCarSeat},
		"cot":      {studio, White, 230, drawCot},
		"teddy":    {table, Brown, 150, drawTeddy},
		"blocks":   {table, Red, 210, drawBlocks},
		"onesie":   {studio, Pink, 0, drawOnesie},
		"backpack": {table, Blue, 150, drawBackpack},
	}
}

func drawPram(c canvas, t Tone) {
	c.line(0x55575F, 10, -100, 40, 90, 130)
	c.line(0x55575F, 10, 110, 40, -80, 130)
	c.line(0x55575F, 10, 130, 10, 220, -110, 236, -112)
	c.line(rubber, 16, 206, -96, 236, -114)
	c.svg(t, "M -170 -20 L 160 -20 C 160 50 110 84 20 84 L -40 84 C -120 84 -168 40 -170 -20")
	c.svg(t.light(.15), "M -174 -20 C -190 -130 -110 -190 -20 -186 C -14 -120 0 -70 20 -20")
	for _, path := range []string{"M -20 -186 C -60 -130 -80 -80 -90 -20 L -82 -20 C -72 -80 -52 -130 -14 -180"} {
		c.svg(t.dark(.2), path)
	}
	c.box(0xFBF7EE, -176, -32, 346, 22, 10)
	c.disc(0xF2CFB4, 70, -46, 26)
	c.arc(0x6B4A36, 4, 70, -44, 12, 20, 160)
	c.wireWheel(rubber, -90, 126, 40, 11)
	c.wireWheel(rubber, 96, 126, 40, 11)
}

func drawCarSeat(c canvas, t Tone) {
	c.svg(0x44464E, "M -110 170 L -130 -120 C -126 -200 -60 -226 10 -220 C 80 -210 112 -160 112 -100 L 130 70 C 160 90 170 130 150 170")
	c.svg(t, "M -90 90 L -104 -110 C -100 -170 -50 -196 4 -192 C 60 -186 84 -150 86 -100 L 100 90")
	c.svg(t.light(.14), "M -60 60 L -70 -100 C -64 -150 -30 -164 4 -162 C 40 -158 54 -130 54 -96 L 66 60")
	c.box(t.dark(.1), -112, 70, 236, 64, 26)
	c.line(0x33343C, 15, -40, -90, 0, 60)
	c.line(0x33343C, 15, 34, -90, 4, 60)
	c.box(Red.dark(.1), -18, 48, 40, 40, 8)
	c.box(0x33343C, -160, 10, 76, 30, 14)
	c.box(0x33343C, 100, 10, 76, 30, 14)
}

func drawCot(c canvas, t Tone) {
	c.box(0xFBF7EE, -210, 40, 420, 60, 14)
	c.svg(Blue.light(.3), "M -60 40 C 0 10 150 20 206 44 L 206 96 L -70 96")
	for i := range 11 {
		c.box(t, -206+float64(i)*40, -86, 12, 200, 4)
	}
	c.box(t.dark(.05), -230, -104, 460, 26, 10)
	c.box(t.dark(.08), -230, 104, 460, 26, 10)
	c.box(t.dark(.1), -236, -130, 24, 302, 10)
	c.box(t.dark(.1), 212, -130, 24, 302, 10)
	c.line(0x9B7653, 5, 0, -330, 0, -250)
	for i, x := range []float64{-80, 0, 80} {
		c.line(0x9B7653, 5, 0, -250, x, -240)
		c.line(0x9B7653, 3, x, -240, x, -206)
		c.disc([...]Tone{Yellow, Pink, Green}[i], x, -188, 20)
	}
	c.at(-150, -2, .32).teddy(Brown)
}

func (c canvas) teddy(t Tone) {
	for _, side := range []float64{-1, 1} {
		c.disc(t, side*76, -184, 38)
		c.disc(t.light(.4), side*76, -184, 20)
		c.oval(t, side*118, 20, 40, 68)
		c.oval(t.dark(.05), side*84, 136, 58, 42)
		c.disc(t.light(.4), side*92, 140, 24)
	}
	c.oval(t, 0, 60, 110, 116)
	c.oval(t.light(.35), 0, 76, 68, 76)
	c.disc(t.light(.03), 0, -110, 104)
	c.oval(t.light(.45), 0, -80, 50, 40)
	c.oval(0x33343C, 0, -100, 17, 12)
	c.disc(0x33343C, -42, -132, 10)
	c.disc(0x33343C, 42, -132, 10)
	c.arc(0x33343C, 4, 0, -86, 20, 30, 150)
	c.poly(Red, -8, -4, -60, -28, -60, 22)
	c.poly(Red, 8, -4, 60, -28, 60, 22)
	c.disc(Red.dark(.15), 0, -4, 14)
}

func drawTeddy(c canvas, t Tone) { c.teddy(t) }

func drawBlocks(c canvas, t Tone) {
	tones := [...]Tone{t, Blue, Yellow, Green, Orange, Violet}
	for i, p := range [][2]float64{{-190, 60}, {-70, 60}, {50, 60}, {-130, -54}, {-10, -54}, {-70, -168}} {
		b := c.at(p[0], p[1], 1)
		b.box(tones[i], 0, 0, 108, 108, 12)
		b.box(tones[i].light(.3), 14, 14, 80, 80, 8)
		switch i % 3 {
		case 0:
			b.disc(tones[i].dark(.1), 54, 54, 25)
		case 1:
			b.poly(tones[i].dark(.1), 54, 26, 82, 78, 26, 78)
		default:
			b.box(tones[i].dark(.1), 32, 32, 44, 44, 5)
		}
	}
	c.disc(Red, 214, 128, 42)
	c.arc(0xFBF5E8, 8, 214, 128, 24, 200, 320)
}

func drawOnesie(c canvas, t Tone) {
	c.line(0x9B7653, 4, -far, -214, far, -206)
	for _, x := range []float64{-92, 92} {
		c.box(wood, x-7, -226, 14, 46, 4)
	}
	c.svg(t.light(.2), "M -50 -190 C -30 -164 30 -164 50 -190 L 110 -186 L 190 -90 L 140 -46 L 104 -84 L 100 50 C 100 96 70 124 60 166 L 8 166 L 0 130 L -8 166 L -60 166 C -70 124 -100 96 -100 50 L -104 -84 L -140 -46 L -190 -90 L -110 -186")
	c.svg(t, "M -52 -192 C -30 -164 30 -164 52 -192 L 66 -186 C 40 -148 -40 -148 -66 -186")
	c.disc(t.light(.6), 0, -40, 54)
	c.svg(t.dark(.1), "M 0 -6 C -50 -40 -34 -76 0 -54 C 34 -76 50 -40 0 -6")
	c.box(t, -64, 150, 58, 20, 7)
	c.box(t, 6, 150, 58, 20, 7)
}

func drawBackpack(c canvas, t Tone) {
	c.arc(t.dark(.3), 12, 0, -180, 30, 180, 360)
	c.box(t.dark(.2), -156, -20, 50, 170, 20)
	c.box(t.dark(.2), 106, -20, 50, 170, 20)
	c.svg(t, "M -126 150 L -130 -90 C -126 -170 -70 -190 0 -190 C 70 -190 126 -170 130 -90 L 126 150 C 124 166 112 170 100 170 L -100 170 C -112 170 -124 166 -126 150")
	c.box(t.light(.15), -96, 10, 192, 130, 20)
	c.line(t.dark(.35), 5, -80, 44, 80, 44)
	c.line(t.dark(.35), 5, -106, -70, -80, -120, 80, -120, 106, -70)
	c.box(Yellow, -10, 40, 20, 28, 6)
	c.line(Orange, 15, 130, -60, 150, -150)
	c.poly(0xF2D9B8, 141, -146, 159, -150, 154, -176)
}
