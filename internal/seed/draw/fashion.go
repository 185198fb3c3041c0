package draw

func fashion() map[string]motif {
	return map[string]motif{
		"dress":   {studio, Red, 0, drawDress},
		"gown":    {studio, White, 150, drawGown},
		"shirt":   {studio, Blue, 0, drawShirt},
		"jacket":  {studio, Brown, 0, drawJacket},
		"sneaker": {table, White, 210, drawSneakers},
		"boot":    {table, Brown, 190, drawBoots},
		"heel":    {table, Red, 170, drawHeel},
		"bag":     {table, Brown, 180, drawHandbag},
		"clock":   {table, Brown, 110, drawWristwatch},
		"ring":    {table, Yellow, 130, drawRing},
		"perfume": {table, Pink, 130, drawPerfume},
	}
}

// hanger hangs clothes on a rail.
func (c canvas) hanger() {
	c.line(0x9B7653, 9, -far, -262, far, -262)
	c.arc(steel.dark(.2), 6, 0, -234, 18, 150, 380)
	c.line(wood, 12, -96, -166, 0, -212, 96, -166)
	c.line(steel.dark(.2), 6, 0, -212, 0, -218)
}

func drawDress(c canvas, t Tone) {
	c.hanger()
	c.svg(t, "M -66 -184 C -30 -150 30 -150 66 -184 L 100 -166 C 90 -110 84 -70 72 -30 C 100 40 140 100 160 166 C 60 196 -60 196 -160 166 C -140 100 -100 40 -72 -30 C -84 -70 -90 -110 -100 -166")
	c.svg(t.dark(.25), "M -76 -44 L 76 -44 L 78 -14 L -78 -14")
	for i := range 14 {
		x, y := float64(i*67%200)-100, 30+float64(i*41%130)
		c.disc(t.light(.55), x*(.6+y/320), y, 8)
	}
	c.faint(.3).svg(0x2A2438, "M -40 -10 C -50 60 -64 120 -76 180 L -62 182 C -52 120 -40 60 -30 -10")
	c.faint(.3).svg(0x2A2438, "M 40 -10 C 50 60 64 120 76 180 L 62 182 C 52 120 40 60 30 -10")
}

func drawGown(c canvas, t Tone) {
	c.disc(0xE6C9A8, 0, -252, 26)
	c.box(0xE6C9A8, -12, -236, 24, 40, 8)
	c.svg(t, "M -64 -190 C -40 -168 -16 -160 0 -176 C 16 -160 40 -168 64 -190 C 74 -130 62 -90 50 -56 C 90 30 170 90 208 170 L -208 170 C -170 90 -90 30 -50 -56 C -62 -90 -74 -130 -64 -190")
	c.svg(t.dark(.12), "M -54 -66 L 54 -66 L 56 -44 L -56 -44")
	c.disc(Pink, 40, -55, 13)
	for i := range 22 {
		x, y := float64(i*71%300)-150, float64(i*47%150)
		c.disc(t.dark(.14), x*(.3+y/190), y+6, 4)
	}
	for i := range 9 {
		c.disc(t.dark(.08), -184+float64(i)*46, 166, 24)
		c.disc(t.light(.3), -184+float64(i)*46, 160, 22)
	}
}

func drawShirt(c canvas, t Tone) {
	c.hanger()
	c.svg(t, "M -50 -188 C -26 -166 26 -166 50 -188 L 112 -164 L 196 -50 L 138 -6 L 104 -52 L 110 168 L -110 168 L -104 -52 L -138 -6 L -196 -50 L -112 -164")
	c.svg(t.dark(.28), "M -50 -188 C -26 -166 26 -166 50 -188 L 36 -192 C 18 -180 -18 -180 -36 -192")
	c.line(t.dark(.2), 3, 0, -166, 0, 164)
	for i := range 6 {
		c.disc(0xFBF5E8, 0, -136+float64(i)*54, 7)
	}
	c.svg(t.light(.2), "M -50 -188 L 0 -150 L -34 -116 L -72 -178")
	c.svg(t.light(.2), "M 50 -188 L 0 -150 L 34 -116 L 72 -178")
	c.box(t.dark(.14), 34, -70, 48, 52, 5)
}

func drawJacket(c canvas, t Tone) {
	c.hanger()
	c.svg(t.dark(.08), "M -108 -164 C -170 -140 -196 -20 -206 110 L -146 124 L -116 -20")
	c.svg(t.dark(.08), "M 108 -164 C 170 -140 196 -20 206 110 L 146 124 L 116 -20")
	c.svg(t, "M -60 -190 L 60 -190 L 116 -162 L 130 160 L -130 160 L -116 -162")
	c.svg(0xF2E6D2, "M -60 -192 C -90 -190 -96 -160 -80 -130 L -6 -96 L 0 -150 L 6 -96 L 80 -130 C 96 -160 90 -190 60 -192 C 40 -164 -40 -164 -60 -192")
	c.line(t.dark(.4), 5, 0, -100, 0, 158)
	c.box(t.dark(.2), -104, 50, 70, 14, 6)
	c.box(t.dark(.2), 34, 50, 70, 14, 6)
	c.box(t.dark(.22), -132, 148, 264, 22, 8)
	c.box(t.dark(.25), -208, 104, 64, 22, 8)
	c.box(t.dark(.25), 144, 104, 64, 22, 8)
	c.box(steel, -5, -60, 10, 24, 4)
}

func (c canvas) sneaker(t Tone) {
	c.svg(t, "M -180 40 C -184 -20 -176 -70 -150 -84 C -120 -70 -90 -74 -60 -92 C -20 -40 30 -8 100 4 C 160 14 196 30 198 62 L -176 66")
	c.svg(t.dark(.18), "M -180 30 C -182 -20 -176 -66 -150 -84 C -140 -60 -136 -20 -140 30")
	c.svg(Red, "M -120 30 C -60 40 0 10 40 -14 L 56 -6 C 10 40 -60 58 -122 50")
	c.svg(t.dark(.1), "M 110 6 C 166 14 196 34 198 62 L 120 60 C 130 40 124 20 110 6")
	for i := range 4 {
		x, y := -54+float64(i)*30, -74+float64(i)*22
		c.line(0xFFFFFF, 7, x-14, y+10, x+14, y-8)
	}
	c.box(0xFBF7EE, -186, 58, 390, 34, 16)
	c.line(Red.light(.2), 5, -170, 76, 190, 76)
}

func drawSneakers(c canvas, t Tone) {
	c.at(50, 20, .86).sneaker(t.dark(.08))
	c.at(-30, 78, 1).sneaker(t)
}

func (c canvas) boot(t Tone) {
	c.svg(t, "M -90 -150 L 30 -150 C 30 -60 30 0 50 30 C 90 50 150 60 160 110 L 160 134 L -96 134 C -100 40 -84 -40 -90 -150")
	c.svg(t.dark(.3), "M -98 128 L 164 128 L 166 164 L 60 164 L 50 152 L -40 152 L -44 166 L -98 166")
	c.box(t.dark(.2), -96, -160, 132, 26, 10)
	for i := range 5 {
		c.line(0xF2E6D2, 6, 0, -110+float64(i)*30, 36, -116+float64(i)*30)
	}
	c.svg(t.light(.15), "M 70 44 C 120 56 156 70 160 112 L 96 112 C 96 84 88 60 70 44")
}

func drawBoots(c canvas, t Tone) {
	c.at(70, -6, .94).boot(t.dark(.1))
	c.at(-60, 4, 1).boot(t)
}

func drawHeel(c canvas, t Tone) {
	for i, x := range []float64{60, -40} {
		s := c.at(x, float64(i)*8-6, 1)
		tone := t.dark(.12 * float64(1-i))
		s.svg(tone.dark(.2), "M -150 -60 L -118 -50 C -128 20 -130 90 -132 166 L -148 166 C -152 90 -160 10 -150 -60")
		s.svg(tone, "M -156 -90 C -130 -60 -90 -30 -40 20 C 0 60 50 84 110 84 C 170 86 206 120 208 156 L 90 160 C 30 150 -20 100 -60 50 C -90 14 -120 -20 -152 -40")
		s.svg(tone.dark(.35), "M -120 -52 C -60 -30 10 50 100 86 C 70 104 20 84 -30 34 C -60 4 -90 -24 -120 -52")
		s.box(tone.dark(.3), 84, 154, 128, 14, 6)
	}
}

func drawHandbag(c canvas, t Tone) {
	c.arc(t.dark(.2), 16, 0, -40, 92, 180, 360)
	c.svg(t, "M -150 -50 L 150 -50 C 176 20 190 90 186 150 C 184 166 172 170 160 170 L -160 170 C -172 170 -184 166 -186 150 C -190 90 -176 20 -150 -50")
	c.svg(t.dark(.14), "M -156 -52 L 156 -52 C 160 10 130 60 60 66 L -60 66 C -130 60 -160 10 -156 -52")
	c.box(Yellow, -24, 42, 48, 44, 8)
	c.disc(t.dark(.4), 0, 60, 7)
	c.disc(Yellow, -92, -44, 11)
	c.disc(Yellow, 92, -44, 11)
	c.faint(.5).line(t.light(.5), 3, -150, 150, 150, 150)
}

func drawWristwatch(c canvas, t Tone) {
	c.svg(t, "M -56 -100 L -46 -240 L 46 -240 L 56 -100")
	c.svg(t, "M -56 60 L -46 168 L 46 168 L 56 60")
	for i := range 3 {
		c.disc(t.dark(.4), 0, 96+float64(i)*26, 5)
	}
	c.disc(Yellow.dark(.1), 0, -20, 122)
	c.box(Yellow.dark(.2), 116, -32, 24, 24, 6)
	c.disc(0xFBF7EE, 0, -20, 102)
	for i := range 12 {
		c.at(0, -20, 1).turned(float64(i)*30).box(0x33343C, -3, -92, 6, 18, 3)
	}
	c.line(0x33343C, 9, 0, -20, -40, -50)
	c.line(0x33343C, 6, 0, -20, 52, -62)
	c.line(Red, 3, 0, -20, 14, 60)
	c.disc(0x33343C, 0, -20, 8)
}

func drawRing(c canvas, t Tone) {
	c.svg(0x8B3D4B, "M -200 90 L 200 90 L 180 170 L -180 170")
	c.svg(0xA6505F, "M -200 90 C -120 60 120 60 200 90 C 120 116 -120 116 -200 90")
	c.ring(t, 0, 0, 92, 24)
	c.faint(.5).arc(0xFFFFFF, 6, 0, 0, 92, 150, 230)
	c.poly(0xCDE9F2, -54, -140, 54, -140, 82, -104, 0, -44, -82, -104)
	c.poly(0xA9D5E4, -54, -140, -26, -104, -82, -104)
	c.poly(0xE9F8FC, -26, -104, 0, -140, 26, -104)
	c.poly(0x8FC3D6, -26, -104, 26, -104, 0, -44)
	for _, p := range [][2]float64{{-130, -170}, {120, -190}, {150, -90}} {
		c.faint(.9).poly(0xFFFFFF, p[0], p[1]-18, p[0]+5, p[1], p[0], p[1]+18, p[0]-5, p[1])
		c.faint(.9).poly(0xFFFFFF, p[0]-18, p[1], p[0], p[1]-5, p[0]+18, p[1], p[0], p[1]+5)
	}
}

func drawPerfume(c canvas, t Tone) {
	c.box(0x33343C, -36, -210, 72, 90, 8)
	c.box(Yellow, -30, -124, 60, 34, 4)
	c.box(t.light(.25), -124, -94, 248, 264, 30)
	c.box(t, -102, -20, 204, 170, 18)
	c.faint(.45).box(0xFFFFFF, -104, -70, 24, 200, 12)
	c.box(0xFBF5E8, -56, 20, 112, 76, 4)
	c.box(t.dark(.2), -36, 42, 72, 9, 4)
	c.box(t.light(.2), -24, 64, 48, 7, 3)
	c.disc(Pink, 164, 146, 22)
	c.disc(Pink.light(.4), 158, 140, 10)
}
