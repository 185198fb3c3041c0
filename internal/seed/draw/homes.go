package draw

func homes() map[string]motif {
	return map[string]motif{
		"block":   {street, Beige, 0, drawBlock},
		"house":   {outside, Beige, 0, drawHouse},
		"cabin":   {outside, Brown, 0, drawCabin},
		"living":  {studio, Green, 0, drawLivingRoom},
		"bedroom": {studio, Blue, 0, drawBedroom},
		"kitchen": {studio, White, 0, drawKitchen},
		"land":    {outside, Brown, 0, drawLand},
		"shop":    {street, Green, 0, drawShop},
		"hall":    {outside, Silver, 0, drawHall},
		"garage":  {street, Grey, 0, drawGarage},
	}
}

func (c canvas) window(x, y, w, h float64) {
	c.box(0xFBF7EE, x-5, y-5, w+10, h+10, 4)
	c.box(glass, x, y, w, h, 2)
	c.faint(.4).poly(0xFFFFFF, x+w*.15, y+h, x+w*.55, y, x+w*.8, y, x+w*.4, y+h)
	c.line(0xFBF7EE, 4, x+w/2, y, x+w/2, y+h)
}

func drawBlock(c canvas, t Tone) {
	c.faint(.25).box(0x2B2A3A, -190, 150, 420, 26, 12)
	c.box(t, -190, -262, 360, 424, 4)
	c.box(t.dark(.12), 90, -262, 80, 424, 4)
	c.box(t.dark(.3), -202, -276, 384, 20, 4)
	for row := range 5 {
		y := -236 + float64(row)*76
		for col := range 3 {
			c.window(-168+float64(col)*88, y, 50, 44)
			if (row+col)%3 == 0 {
				c.box(Orange.light(.25), -174+float64(col)*88, y+22, 62, 30, 3)
				c.line(t.dark(.35), 3, -174+float64(col)*88, y+24, -112+float64(col)*88, y+24)
			}
		}
		c.window(108, y, 40, 44)
	}
	c.box(0x6B5545, -30, 92, 56, 70, 4)
	c.box(t.dark(.35), -46, 80, 88, 12, 4)
	for _, x := range []float64{-232, 206, 250} {
		c.box(0x7C5B45, x-4, 110, 8, 56, 2)
		c.oval(0x7FA874, x, 84, 36, 46)
	}
}

func drawHouse(c canvas, t Tone) {
	c.faint(.25).box(0x2B2A3A, -226, 154, 470, 24, 12)
	c.box(0xB0624F, 96, -192, 40, 90, 3)
	c.box(t, -210, -40, 420, 204, 3)
	c.poly(0xB0624F, -246, -34, -110, -176, 112, -176, 246, -34)
	c.poly(t, -120, -40, -20, -150, 80, -40)
	c.poly(0xC47560, -146, -34, -20, -176, 106, -34, 78, -34, -20, -142, -118, -34)
	c.window(-52, -86, 64, 56)
	c.window(-176, 22, 84, 74)
	c.window(100, 22, 84, 74)
	c.box(0x7A4F3A, -50, 20, 76, 144, 6)
	c.box(0x9B6A4C, -40, 32, 56, 56, 4)
	c.disc(lamp, 12, 104, 5)
	c.box(0xD8D0C4, -66, 158, 108, 14, 3)
	for i, x := range []float64{-250, -216, 214, 250} {
		c.oval(0x7FA874, x, 148, 30, 28)
		c.disc([...]Tone{Red, Yellow, Pink, White}[i], x-8, 138, 6)
		c.disc([...]Tone{Yellow, Pink, White, Red}[i], x+9, 150, 6)
	}
}

func drawCabin(c canvas, t Tone) {
	for i := range 4 {
		x, s := -330+float64(i)*205, 1+.25*float64(i%2)
		c.box(0x6E523E, x-6, 70, 12, 60, 2)
		for j := range 3 {
			y := 84 - float64(j)*46*s
			c.poly(0x4F7F63, x-54*s, y, x, y-80*s, x+54*s, y)
		}
	}
	c.poly(t, -150, 160, 0, -170, 150, 160)
	for i := range 6 {
		y := 150 - float64(i)*44
		w := (y + 170) / 330 * 150
		c.line(t.dark(.2), 4, -w+8, y, w-8, y)
	}
	c.poly(0x5B4A52, -196, 170, -10, -214, 10, -214, 196, 170, 160, 170, 0, -158, -160, 170)
	c.window(-36, -40, 72, 62)
	c.box(0x5E4030, -30, 66, 60, 98, 4)
	c.disc(lamp, 18, 118, 5)
	c.box(wood, -110, 156, 220, 16, 3)
	c.faint(.6).oval(0xFFFFFF, 92, -196, 24, 12)
}

func drawLivingRoom(c canvas, t Tone) {
	c.faint(.5).oval(t.light(.3), 0, 190, 290, 46)
	c.window(-250, -230, 150, 170)
	c.box(0xB98A5E, 60, -196, 150, 96, 4)
	c.box(0xF4EBDA, 72, -184, 126, 72, 2)
	c.svg(t.light(.2), "M 72 -112 C 100 -160 130 -130 150 -150 C 170 -160 190 -130 198 -112")
	c.at(-30, 30, .82).sofa(t)
	c.box(wood, 208, 60, 10, 110, 3)
	c.box(wood, 262, 60, 10, 110, 3)
	c.box(wood.light(.2), 196, 52, 88, 14, 5)
	c.box(0xE2E0DA, 232, 10, 16, 44, 5)
	c.poly(lamp, 200, 14, 222, -40, 258, -40, 280, 14)
}

func drawBedroom(c canvas, t Tone) {
	c.window(120, -230, 140, 150)
	c.at(-30, 24, .86).bed(t)
	c.at(292, 68, .6).plant(0x7FA874)
}

func drawKitchen(c canvas, t Tone) {
	for i := range 3 {
		c.box(t.mix(Green, .35), -270+float64(i)*128, -250, 120, 118, 5)
		c.line(steel, 6, -176+float64(i)*128, -160, -176+float64(i)*128, -144)
	}
	c.box(Green.light(.1), 120, -250, 150, 420, 6)
	c.line(t, 7, 142, -60, 142, -10)
	c.line(Green.dark(.2), 3, 120, -80, 270, -80)
	c.box(t, -270, 40, 384, 130, 4)
	c.box(wood, -278, 22, 398, 22, 5)
	for i := range 3 {
		c.line(t.dark(.14), 3, -142+float64(i)*128, 48, -142+float64(i)*128, 166)
		c.line(steel, 6, -226+float64(i)*128, 66, -186+float64(i)*128, 66)
	}
	c.svg(steel, "M -210 22 L -210 -30 C -208 -56 -170 -56 -168 -30 L -168 -16 L -178 -16 L -178 -28 C -180 -42 -198 -42 -200 -28 L -200 22")
	c.box(0x4C4D55, -20, 14, 110, 8, 3)
	c.at(34, -30, .3).pot(Red)
}

func drawLand(c canvas, t Tone) {
	c.svg(0xC9B27C, "M -300 170 L -180 60 L 220 60 L 330 170")
	for i := range 7 {
		part := float64(i) / 6
		c.faint(.7).line(t.mix(0xC9B27C, .45), 6, -170+380*part, 66, -280+590*part, 166)
	}
	for _, p := range [][3]float64{{-300, 170, 1}, {-180, 60, .6}, {220, 60, .6}, {330, 170, 1}} {
		c.box(0x8A5F42, p[0]-6*p[2], p[1]-70*p[2], 12*p[2], 76*p[2], 2)
		c.disc(Red, p[0], p[1]-66*p[2], 7*p[2])
	}
	c.line(0xF6EFE0, 3, -300, 116, -180, 28, 220, 28, 330, 116, -300, 116)
	c.box(0x8A5F42, 14, 6, 12, 96, 2)
	c.box(0xFBF5E8, -60, -54, 160, 70, 6)
	c.box(t.light(.2), -44, -38, 128, 10, 4)
	c.box(t.light(.45), -44, -18, 90, 8, 4)
}

func drawShop(c canvas, t Tone) {
	c.faint(.25).box(0x2B2A3A, -240, 154, 490, 24, 12)
	c.box(0xEFE3CF, -230, -190, 460, 354, 4)
	c.box(t.dark(.2), -242, -206, 484, 24, 4)
	c.box(t, -200, -170, 400, 62, 6)
	for i := range 5 {
		c.box(0xFBF5E8, -150+float64(i)*64, -146, 44, 12, 5)
	}
	c.window(-206, -30, 240, 150)
	for i := range 4 {
		c.disc([...]Tone{Red, Orange, Yellow, Green}[i], -170+float64(i)*56, 96, 20)
	}
	c.box(0x6B5545, 70, -30, 120, 194, 4)
	c.box(glass, 86, -14, 88, 120, 3)
	c.disc(lamp, 84, 126, 6)
	for i := range 9 {
		stripe := t
		if i%2 == 1 {
			stripe = 0xFBF5E8
		}
		x := -230 + float64(i)*51
		c.box(stripe, x, -96, 52, 46, 0)
		c.disc(stripe, x+26, -50, 26)
	}
}

func drawHall(c canvas, t Tone) {
	c.faint(.25).box(0x2B2A3A, -290, 150, 590, 26, 12)
	c.svg(t, "M -280 162 L -280 -60 C -200 -190 200 -190 280 -60 L 280 162")
	c.svg(t.dark(.3), "M -292 -52 C -200 -206 200 -206 292 -52 L 276 -46 C 190 -176 -190 -176 -276 -46")
	for i := range 11 {
		c.faint(.3).line(t.dark(.4), 3, -250+float64(i)*50, -20, -250+float64(i)*50, 160)
	}
	c.box(Blue.dark(.1), -110, -30, 220, 192, 4)
	for i := range 6 {
		c.line(Blue.dark(.35), 4, -104, -6+float64(i)*30, 104, -6+float64(i)*30)
	}
	c.window(-230, 20, 70, 50)
	c.window(160, 20, 70, 50)
	c.at(196, 96, .4).crate(wood)
	c.at(240, 116, .3).crate(wood)
}

func drawGarage(c canvas, t Tone) {
	c.faint(.25).box(0x2B2A3A, -240, 154, 490, 24, 12)
	c.box(0xDDCDB6, -230, -130, 460, 294, 3)
	c.box(0x8C6A5A, -248, -150, 496, 28, 5)
	c.box(t.light(.25), -160, -70, 320, 234, 4)
	for i := range 4 {
		c.line(t, 4, -152, -18+float64(i)*46, 152, -18+float64(i)*46)
	}
	c.box(t.dark(.2), -24, 120, 48, 9, 4)
	c.box(Blue, 178, -84, 44, 44, 6)
	c.box(0xFBF5E8, 190, -74, 6, 26, 1)
	c.ring(0xFBF5E8, 202, -66, 8, 5)
}
