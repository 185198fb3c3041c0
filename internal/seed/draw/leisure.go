package draw

func leisure() map[string]motif {
	return map[string]motif{
		"bicycle":  {street, Green, 230, drawBicycle},
		"weights":  {studio, Black, 240, drawWeights},
		"ski":      {studio, Blue, 120, drawSki},
		"tent":     {outside, Orange, 230, drawTent},
		"fishing":  {outside, Green, 0, drawFishing},
		"books":    {table, Red, 200, drawBooks},
		"vinyl":    {table, Black, 210, drawVinyl},
		"guitar":   {studio, Orange, 120, drawGuitar},
		"keyboard": {table, Black, 250, drawKeyboard},
		"painting": {studio, Yellow, 0, drawPainting},
		"tickets":  {page, Orange, 0, drawTickets},
		"stamps":   {table, Brown, 210, drawCoins},
	}
}

func drawBicycle(c canvas, t Tone) {
	c.wireWheel(rubber, -148, 70, 96, 12)
	c.wireWheel(rubber, 148, 70, 96, 12)
	c.line(0x6A6D75, 5, 10, 74, 148, 70)
	c.line(t, 13, -148, 70, -104, -80)
	c.line(t, 13, -108, -62, -8, 78, 60, -80, -100, -52)
	c.line(t, 11, -8, 78, 148, 70, 56, -60)
	c.line(steel, 9, 60, -80, 68, -112)
	c.svg(0x3B3C44, "M 24 -122 C 50 -132 100 -130 116 -116 C 104 -104 60 -102 28 -112")
	c.line(steel, 9, -104, -80, -112, -118, -150, -128)
	c.line(rubber, 14, -150, -128, -172, -118)
	c.ring(0x55575F, -8, 78, 22, 8)
	c.line(0x55575F, 8, -8, 78, 20, 112)
	c.box(rubber, 6, 110, 36, 10, 4)
}

func drawWeights(c canvas, t Tone) {
	c.box(steel, -250, 74, 500, 18, 8)
	for _, side := range []float64{-1, 1} {
		for i, h := range []float64{176, 140, 100} {
			x := side * (150 + float64(i)*36)
			c.box(t.light(.06*float64(i)), x-16, 84-h/2, 32, h, 9)
		}
	}
	for i, x := range []float64{-96, 0, 96} {
		k := c.at(x, 0, 1)
		tone := [...]Tone{Red, Blue, Green}[i]
		k.ring(tone.dark(.1), 0, -64, 28, 13)
		k.disc(tone, 0, -8, 48)
		k.disc(tone.light(.4), 0, -8, 20)
	}
	c.box(wood.dark(.2), -180, 40, 360, 14, 5)
	c.box(wood.dark(.35), -170, 54, 16, 116, 4)
	c.box(wood.dark(.35), 154, 54, 16, 116, 4)
}

func drawSki(c canvas, t Tone) {
	for i, tilt := range []float64{-7, 7} {
		s := c.at(float64(i)*60-30, -40, 1).turned(tilt)
		s.svg(t, "M -20 208 L -20 -230 C -20 -270 20 -270 20 -230 L 20 208 C 20 214 -20 214 -20 208")
		s.box(t.light(.5), -20, -120, 40, 60, 0)
		s.box(0x3B3C44, -24, 20, 48, 84, 8)
		s.box(Red, -16, 40, 32, 22, 4)
	}
	for _, side := range []float64{-1, 1} {
		c.line(steel, 8, side*150, 168, side*120, -210)
		c.line(rubber, 15, side*122, -186, side*119, -222)
		c.oval(0x55575F, side*148, 140, 22, 7)
	}
}

func drawTent(c canvas, t Tone) {
	c.svg(t.dark(.15), "M 30 -150 L 250 160 L 60 166")
	c.svg(t, "M 30 -150 L -230 160 L 120 166")
	c.svg(0x4A3B3A, "M 30 -150 L -70 162 L 90 165")
	c.svg(t.light(.3), "M 30 -150 L -70 162 L -110 162")
	c.line(0xF2E6D2, 3, 30, -150, -270, 168)
	c.line(0xF2E6D2, 3, 30, -150, 290, 168)
	c.line(0x8A5F42, 12, 190, 168, 250, 150)
	c.line(0x8A5F42, 12, 196, 150, 250, 168)
	c.svg(Orange, "M 222 156 C 190 130 216 110 222 80 C 240 110 256 132 222 156")
	c.svg(lamp, "M 222 156 C 208 140 218 126 222 112 C 234 128 238 142 222 156")
}

func drawFishing(c canvas, t Tone) {
	c.svg(0x7FB4C6, "M -900 120 C -300 90 300 150 900 120 L 900 900 L -900 900")
	for i := range 8 {
		x, y := float64(i*173%860)-430, 150+float64(i*37%110)
		c.faint(.5).line(0xE9F5F5, 4, x, y, x+60, y)
	}
	c.line(0x6B4A36, 9, 240, 150, 60, -120)
	c.line(0x6B4A36, 5, 60, -120, -120, -250)
	c.line(0xF6F3EA, 2, -120, -250, -150, 130)
	c.disc(steel, 170, 62, 24)
	c.disc(0x55575F, 170, 62, 10)
	c.disc(Red, -150, 132, 15)
	c.faint(.7).oval(0xE9F5F5, -150, 146, 40, 6)
	c.svg(t, "M -20 44 C 20 -10 100 0 130 40 C 100 84 20 90 -20 44")
	c.svg(t.dark(.2), "M -10 44 L -60 10 L -60 80")
	c.disc(0xFFFFFF, 98, 32, 9)
	c.disc(0x33343C, 100, 32, 5)
}

func drawBooks(c canvas, t Tone) {
	for i, tone := range []Tone{t, Blue, Yellow, Green} {
		y, w := 132-float64(i)*46, 330-float64(i*41%90)
		x := -w/2 + float64(i%2)*22 - 10
		c.box(tone, x, y-6, w, 46, 7)
		c.box(0xFBF5E8, x+26, y+2, w-22, 30, 3)
		c.box(tone, x, y-6, 30, 46, 6)
		c.line(tone.dark(.3), 3, x+w-60, y+12, x+w-6, y+12)
	}
	b := c.at(16, -96, 1).turned(-14)
	b.box(0x7A4F8C, -84, -96, 160, 200, 8)
	b.box(0x9467A8, -66, -96, 142, 200, 6)
	b.box(lamp, -36, -60, 84, 14, 5)
	b.box(lamp, -22, -34, 56, 9, 4)
	b.disc(lamp, 6, 40, 26)
}

func drawVinyl(c canvas, t Tone) {
	c.disc(0x26272C, 84, 20, 146)
	for i := range 5 {
		c.ring(0x3B3C44, 84, 20, 66+float64(i)*16, 3)
	}
	c.disc(Red, 84, 20, 46)
	c.disc(0xFBF5E8, 84, 20, 7)
	c.box(Orange, -230, -130, 300, 300, 6)
	c.box(t.mix(Orange, .15), -210, -110, 260, 260, 4)
	c.disc(Yellow, -80, -10, 76)
	c.svg(Red, "M -210 60 C -150 0 -90 90 50 20 L 50 150 L -210 150")
	c.box(0xFBF5E8, -190, -94, 120, 12, 4)
}

func drawGuitar(c canvas, t Tone) {
	g := c.at(0, 10, 1).turned(8)
	g.box(0x5E4030, -15, -250, 30, 240, 4)
	g.svg(0x4A3226, "M -24 -300 L 24 -300 L 20 -236 L -20 -236")
	for i := range 3 {
		g.disc(steel, -30, -286+float64(i)*20, 7)
		g.disc(steel, 30, -286+float64(i)*20, 7)
	}
	g.svg(t, "M 0 -40 C 60 -60 96 -24 84 20 C 78 44 110 60 116 96 C 120 144 70 162 0 162 C -70 162 -120 144 -116 96 C -110 60 -78 44 -84 20 C -96 -24 -60 -60 0 -40")
	g.svg(t.light(.25), "M 0 -28 C 50 -46 82 -18 72 18 C 64 46 98 64 102 98 C 104 136 60 150 0 150 C -60 150 -104 136 -102 98 C -98 64 -64 46 -72 18 C -82 -18 -50 -46 0 -28")
	g.disc(t.dark(.35), 0, 30, 36)
	g.disc(0x2F2420, 0, 30, 28)
	g.box(0x4A3226, -44, 108, 88, 16, 4)
	for i := range 6 {
		x := -11 + float64(i)*4.4
		g.line(0xF6EFE0, 1.4, x, -290, x*1.5, 114)
	}
}

func drawKeyboard(c canvas, t Tone) {
	c.line(0x55575F, 12, -170, 170, 150, 50)
	c.line(0x55575F, 12, 170, 170, -150, 50)
	c.box(t, -270, -40, 540, 100, 12)
	c.box(0x2F3A46, -60, -30, 120, 26, 5)
	for i := range 6 {
		c.disc([...]Tone{Red, Yellow, Green}[i%3], -230+float64(i)*26, -18, 7)
	}
	for i := range 20 {
		c.box(0xFFFDF6, -260+float64(i)*26, 4, 24, 54, 3)
	}
	for i := range 19 {
		if i%7 == 2 || i%7 == 6 {
			continue
		}
		c.box(0x26272C, -243+float64(i)*26, 4, 15, 32, 3)
	}
	c.box(0xFBF5E8, -80, -150, 160, 106, 4)
	for i := range 4 {
		c.line(0xB9BEC4, 3, -66, -130+float64(i)*24, 66, -130+float64(i)*24)
		c.disc(0x33343C, -50+float64(i)*32, -124+float64(i*7%40), 7)
	}
}

func drawPainting(c canvas, t Tone) {
	c.faint(.25).box(0x2B2A3A, -204, -226, 430, 320, 6)
	c.box(t.dark(.15), -220, -240, 440, 320, 8)
	c.box(t.light(.2), -206, -226, 412, 292, 4)
	c.box(0xC7DDE6, -186, -206, 372, 252, 2)
	c.disc(0xF7D9A0, 90, -130, 42)
	c.svg(0x8FA7B8, "M -186 -60 L -90 -160 L 0 -70 L 60 -120 L 186 -20 L 186 46 L -186 46")
	c.svg(0x7E9C6C, "M -186 -20 C -80 -60 40 20 186 -30 L 186 46 L -186 46")
	c.box(0xB0624F, -110, -34, 70, 44, 2)
	c.poly(0x8A4B3C, -122, -32, -75, -72, -28, -32)
	for i := range 6 {
		c.disc([...]Tone{Red, Yellow, Pink}[i%3], -10+float64(i)*32, 10+float64(i*13%28), 7)
	}
}

func drawTickets(c canvas, t Tone) {
	for i, tilt := range []float64{-16, 6} {
		k := c.at(float64(i)*30-20, float64(i)*70-50, 1).turned(tilt)
		tone := [...]Tone{Violet, t}[i]
		k.box(tone, -180, -66, 360, 132, 12)
		k.box(tone.light(.35), -164, -50, 236, 100, 6)
		for j := range 7 {
			k.disc(0xFBF5E8, 96, -54+float64(j)*18, 4)
		}
		k.svg(tone.dark(.1), "M -120 30 L -120 -24 L -70 -34 L -70 18 C -70 34 -98 34 -98 18 C -96 6 -84 4 -80 8 L -80 -18 L -110 -12 L -110 32 C -110 48 -138 48 -138 34 C -136 24 -126 22 -120 30")
		k.box(0xFFFFFF, -40, -26, 90, 14, 5)
		k.box(0xFFFFFF, -40, 2, 60, 10, 4)
		for j := range 5 {
			k.box(0x33343C, 116+float64(j)*11, -40, 4+float64(j%2)*3, 80, 0)
		}
	}
}

func drawCoins(c canvas, t Tone) {
	c.svg(t, "M -240 40 L 0 60 L 0 170 L -240 150")
	c.svg(t.dark(.12), "M 240 40 L 0 60 L 0 170 L 240 150")
	c.svg(0xFBF5E8, "M -220 20 C -150 0 -60 10 0 46 C 60 10 150 0 220 20 L 220 130 C 150 116 60 124 0 154 C -60 124 -150 116 -220 130")
	c.line(0xD8CDB8, 4, 0, 46, 0, 152)
	for i := range 6 {
		x, y := -176+float64(i%3)*62, 50+float64(i/3)*46
		c.box([...]Tone{Red, Blue, Green, Orange, Violet, Yellow}[i].light(.2), x, y-16, 44, 36, 2)
		c.disc(0xFBF5E8, x+22, y+2, 10)
	}
	for i := range 4 {
		x, y := 62+float64(i%2)*84, 54+float64(i/2)*50
		c.disc([...]Tone{Yellow, Silver, Silver, 0xC98A5B}[i], x, y, 25)
		c.ring([...]Tone{Yellow, Silver, Silver, 0xC98A5B}[i].dark(.25), x, y, 19, 3)
	}
	c.ring(steel, -40, -110, 66, 15)
	c.faint(.4).disc(glass, -40, -110, 60)
	c.line(0x5E4030, 20, 10, -60, 70, 6)
}
