package draw

func household() map[string]motif {
	return map[string]motif{
		"sofa":     {studio, Green, 260, func(c canvas, t Tone) { c.sofa(t) }},
		"armchair": {studio, Yellow, 170, drawArmchair},
		"bed":      {studio, Blue, 270, func(c canvas, t Tone) { c.bed(t) }},
		"wardrobe": {studio, Brown, 190, drawWardrobe},
		"dining":   {studio, Brown, 260, drawDiningTable},
		"desk":     {studio, Brown, 240, drawDesk},
		"lamp":     {studio, Orange, 100, drawLamp},
		"pot":      {table, Red, 190, func(c canvas, t Tone) { c.pot(t) }},
		"plant":    {studio, Green, 90, func(c canvas, t Tone) { c.plant(t) }},
		"bricks":   {outside, Orange, 240, drawBricks},
		"door":     {studio, Brown, 0, drawDoor},
		"grill":    {outside, Black, 160, drawGrill},
		"swing":    {outside, Green, 240, drawSwing},
		"carpet":   {studio, Red, 0, drawCarpet},
	}
}

func (c canvas) sofa(t Tone) {
	for _, x := range []float64{-210, 194} {
		c.box(0x6B4A36, x, 146, 16, 26, 4)
	}
	c.box(t.dark(.08), -230, -90, 460, 180, 36)
	c.box(t, -196, -70, 190, 130, 22)
	c.box(t, 6, -70, 190, 130, 22)
	c.box(t.dark(.1), -226, 76, 452, 76, 18)
	c.box(t.light(.12), -190, 34, 188, 62, 18)
	c.box(t.light(.12), 2, 34, 188, 62, 18)
	c.box(t.dark(.04), -262, -10, 80, 164, 30)
	c.box(t.dark(.04), 182, -10, 80, 164, 30)
	c.at(-130, 0, 1).turned(-10).box(Yellow, -42, -44, 84, 84, 16)
	c.at(128, 4, 1).turned(8).box(Pink.light(.2), -40, -42, 80, 80, 16)
}

func drawArmchair(c canvas, t Tone) {
	c.line(0x6B4A36, 14, -96, 110, -116, 166)
	c.line(0x6B4A36, 14, 96, 110, 116, 166)
	c.svg(t.dark(.06), "M -110 60 L -124 -120 C -120 -190 -70 -206 0 -206 C 70 -206 120 -190 124 -120 L 110 60")
	c.box(t.light(.1), -110, 20, 220, 70, 26)
	c.box(t.dark(.12), -120, 70, 240, 54, 20)
	c.box(t, -166, -20, 66, 140, 30)
	c.box(t, 100, -20, 66, 140, 30)
	for i := range 3 {
		c.disc(t.dark(.3), -50+float64(i)*50, -130, 6)
		c.disc(t.dark(.3), -50+float64(i)*50, -70, 6)
	}
}

func (c canvas) bed(t Tone) {
	c.box(wood, -280, -120, 40, 290, 12)
	c.box(wood.dark(.1), -260, 90, 530, 50, 8)
	c.box(wood.dark(.3), 240, 100, 22, 72, 5)
	c.box(0xFBF7EE, -246, 40, 510, 64, 20)
	c.box(0xFFFFFF, -236, -16, 120, 66, 26)
	c.box(0xF1ECE2, -214, -2, 120, 60, 26)
	c.svg(t, "M -100 30 C -60 10 200 14 256 30 C 272 40 276 80 270 116 L -120 116 C -130 80 -124 50 -100 30")
	c.svg(t.light(.4), "M -100 30 C -80 20 -60 20 -40 20 C -56 50 -60 80 -54 116 L -120 116 C -130 80 -124 50 -100 30")
	for i := range 4 {
		c.line(t.light(.2), 4, 10+float64(i)*62, 28, 20+float64(i)*62, 112)
	}
}

func drawWardrobe(c canvas, t Tone) {
	c.box(t, -180, -250, 360, 404, 8)
	c.box(t.dark(.25), -190, -262, 380, 20, 6)
	c.box(t.light(.1), -164, -230, 158, 366, 5)
	c.box(t.light(.1), 6, -230, 158, 366, 5)
	c.box(glass.light(.35), 24, -212, 122, 300, 4)
	c.faint(.5).poly(0xFFFFFF, 40, 80, 100, -210, 130, -210, 70, 80)
	c.box(steel, -26, -70, 9, 60, 4)
	c.box(steel, 14, -70, 9, 60, 4)
	c.box(t.dark(.35), -168, 152, 36, 20, 3)
	c.box(t.dark(.35), 132, 152, 36, 20, 3)
}

func (c canvas) chair(t Tone) {
	c.line(t.dark(.2), 12, -50, -170, -56, 166)
	c.line(t.dark(.2), 12, 46, 50, 56, 166)
	c.line(t.dark(.1), 12, -40, 50, -30, 160)
	c.box(t, -62, -180, 22, 190, 9)
	c.box(t.light(.1), -64, 34, 124, 24, 11)
}

func drawDiningTable(c canvas, t Tone) {
	c.at(-200, 0, 1).chair(t)
	c.at(200, 0, 1).flipped().chair(t)
	c.box(t.dark(.2), -130, 10, 20, 160, 5)
	c.box(t.dark(.2), 110, 10, 20, 160, 5)
	c.box(t.light(.08), -190, -14, 380, 30, 10)
	c.svg(0xE8E2D6, "M -28 -14 L -36 -74 L 36 -74 L 28 -14")
	for i, x := range []float64{-30, 0, 30} {
		c.line(0x6F9A63, 5, x*.5, -74, x, -128)
		c.disc([...]Tone{Pink, Yellow, Red}[i], x, -136, 20)
		c.disc(lamp, x, -136, 8)
	}
	c.disc(Red, 110, -28, 15)
	c.disc(Green, 136, -26, 13)
}

func drawDesk(c canvas, t Tone) {
	c.at(-40, -78, .5).monitor(Black)
	c.at(170, -96, .5).lampShape(Orange)
	c.box(t.light(.08), -240, 4, 480, 24, 6)
	c.box(t, 90, 26, 140, 144, 4)
	for i := range 3 {
		c.line(t.dark(.25), 4, 92, 72+float64(i)*48, 228, 72+float64(i)*48)
		c.box(steel, 142, 44+float64(i)*46, 36, 8, 4)
	}
	c.box(t.dark(.2), -226, 26, 20, 144, 4)
	for i, tone := range []Tone{Red, Blue, Yellow} {
		c.box(tone, -220+float64(i)*20, -52-float64(i%2)*10, 18, 56+float64(i%2)*10, 2)
	}
}

func (c canvas) lampShape(t Tone) {
	c.box(wood, -7, -100, 14, 266, 5)
	c.box(wood.dark(.2), -64, 156, 128, 16, 8)
	c.faint(.35).glow(0xFFF1C4, 0, -60, 190, 150)
	c.poly(t, -104, -74, -58, -220, 58, -220, 104, -74)
	c.box(t.dark(.2), -106, -82, 212, 12, 5)
}

func drawLamp(c canvas, t Tone) { c.lampShape(t) }

func (c canvas) pot(t Tone) {
	c.box(t.dark(.2), -200, -20, 400, 30, 14)
	c.svg(t, "M -160 0 L 160 0 L 150 130 C 146 160 130 170 100 170 L -100 170 C -130 170 -146 160 -150 130")
	c.svg(t.light(.12), "M -164 -12 C -150 -70 -60 -84 0 -84 C 60 -84 150 -70 164 -12")
	c.disc(0x33343C, 0, -98, 18)
	c.faint(.4).svg(0xFFFFFF, "M -130 20 L -104 20 L -98 140 C -114 138 -122 130 -122 110")
	for _, x := range []float64{-60, 0, 60} {
		c.faint(.5).at(x, -140, 1).svg(0xFFFFFF, "M 0 0 C -16 -24 18 -36 0 -64 C 28 -40 -6 -24 10 0")
	}
}

func (c canvas) plant(t Tone) {
	for i := range 7 {
		leaf := c.at(0, 40, 1).turned(float64(i)*24 - 72)
		leaf.svg(t.dark(.05*float64(i%3)), "M 0 0 C -46 -60 -36 -140 0 -190 C 36 -140 46 -60 0 0")
		leaf.line(t.light(.3), 3, 0, -20, 0, -160)
	}
	c.svg(0xC97B57, "M -76 40 L 76 40 L 58 170 L -58 170")
	c.box(0xB56B4A, -84, 28, 168, 30, 8)
}

func drawBricks(c canvas, t Tone) {
	for row := range 6 {
		for col := range 6 - row%2 {
			x := -228 + float64(col)*76 + float64(row%2)*38
			c.box(t.dark(.04*float64((row*5+col*3)%5)), x, 134-float64(row)*40, 72, 36, 4)
		}
	}
	c.line(wood, 14, 170, -120, 250, -190)
	c.svg(steel, "M 90 -84 L 176 -138 L 190 -96 C 160 -76 120 -74 90 -84")
	c.svg(0xB9B2A6, "M -250 170 C -236 130 -200 122 -176 150 L -160 170")
}

func drawDoor(c canvas, t Tone) {
	c.box(0xFBF7EE, -136, -276, 272, 400, 4)
	c.box(t, -116, -256, 232, 378, 4)
	for i := range 2 {
		for j := range 2 {
			c.box(t.dark(.14), -92+float64(i)*98, -226+float64(j)*172, 84, 140, 6)
			c.box(t.light(.06), -82+float64(i)*98, -216+float64(j)*172, 64, 120, 4)
		}
	}
	c.disc(Yellow, 92, -50, 13)
	c.box(Yellow.dark(.1), 60, -56, 34, 11, 5)
	c.box(0xA8705A, -110, 128, 220, 30, 6)
	c.at(218, 20, .7).plant(0x7FA874)
}

func drawGrill(c canvas, t Tone) {
	c.line(0x55575F, 11, -70, 30, -130, 166)
	c.line(0x55575F, 11, 70, 30, 130, 166)
	c.line(0x55575F, 8, -104, 110, 104, 110)
	c.disc(rubber, 126, 152, 20)
	c.svg(t, "M -160 -40 L 160 -40 C 150 20 90 52 0 52 C -90 52 -150 20 -160 -40")
	c.box(steel, -170, -52, 340, 14, 6)
	for i := range 4 {
		c.box(0xA65A3A, -118+float64(i)*62, -68, 48, 20, 10)
		c.faint(.45).at(-96+float64(i)*62, -80, 1).svg(0xFFFFFF, "M 0 0 C -18 -30 18 -46 -2 -84 C 30 -50 -4 -28 12 0")
	}
	c.box(wood, 166, -50, 60, 12, 5)
}

func drawSwing(c canvas, t Tone) {
	for _, x := range []float64{-220, 220} {
		c.line(wood, 15, x-40, 168, x, -190)
		c.line(wood, 15, x+40, 168, x, -190)
	}
	c.line(wood.dark(.1), 18, -236, -190, 236, -190)
	c.svg(t, "M -250 -186 C -120 -232 120 -232 250 -186 L 250 -160 L -250 -160")
	for _, x := range []float64{-140, 140} {
		c.line(0x6A6D75, 5, x, -180, x, 60)
	}
	c.box(t.light(.2), -160, -40, 320, 86, 16)
	c.box(t, -166, 46, 332, 40, 16)
	c.box(Yellow, -130, -20, 74, 68, 16)
}

func drawCarpet(c canvas, t Tone) {
	c.svg(0xF2E6D2, "M -250 190 L -170 40 L 170 40 L 250 190")
	c.svg(t, "M -236 184 L -162 46 L 162 46 L 236 184")
	c.svg(t.dark(.3), "M -196 170 L -140 60 L 140 60 L 196 170")
	c.svg(t.light(.1), "M -176 164 L -128 66 L 128 66 L 176 164")
	for i := range 5 {
		x := -116 + float64(i)*58
		c.poly(Yellow, x, 116, x+22, 94, x+44, 116, x+22, 140)
		c.poly(0x3E5C76, x+10, 116, x+22, 104, x+34, 116, x+22, 128)
	}
	c.at(-210, -110, .8).plant(0x7FA874)
	c.at(150, -80, .72).armchairAt()
}

func (c canvas) armchairAt() { drawArmchair(c, Blue.light(.2)) }
