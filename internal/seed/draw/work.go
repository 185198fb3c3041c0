package draw

func work() map[string]motif {
	return map[string]motif{
		"parcel":     {table, wood, 200, drawParcel},
		"briefcase":  {page, Brown, 0, drawBriefcase},
		"hardhat":    {page, Yellow, 0, drawHardHat},
		"chef":       {page, Orange, 0, drawChefHat},
		"code":       {page, Blue, 0, drawCode},
		"delivery":   {page, Orange, 0, func(c canvas, t Tone) { drawVan(c.at(0, 0, .72), t) }},
		"roller":     {page, Blue, 0, drawRoller},
		"wrench":     {page, Grey, 0, drawWrench},
		"bucket":     {page, Blue, 0, drawBucket},
		"school":     {page, Green, 0, drawBlackboard},
		"scissors":   {page, Pink, 0, drawScissors},
		"papers":     {page, Green, 0, drawPapers},
		"handshake":  {page, Orange, 0, drawHeart},
		"gears":      {page, Grey, 0, drawGears},
		"plug":       {page, Yellow, 0, drawPlug},
		"gift":       {table, Red, 170, drawGift},
		"key":        {page, Yellow, 0, drawKey},
		"market":     {street, Red, 240, drawMarketStall},
		"lathe":      {studio, Green, 260, drawLathe},
		"officeseat": {studio, Black, 150, drawOfficeChair},
		"showcase":   {studio, Silver, 190, drawShowcase},
		"plane":      {page, Blue, 0, drawPlane},
	}
}

func drawParcel(c canvas, t Tone) {
	c.poly(t, -170, -40, 10, 0, 10, 170, -170, 124)
	c.poly(t.dark(.18), 10, 0, 190, -50, 190, 110, 10, 170)
	c.poly(t.light(.15), -170, -40, 20, -96, 190, -50, 10, 0)
	c.poly(0xE8D9B8, -92, -22, 110, -74, 134, -66, -70, -16)
	c.poly(0xE8D9B8, -92, -22, -70, -16, -70, 40, -92, 34)
}

func drawBriefcase(c canvas, t Tone) {
	c.arc(t.dark(.35), 18, 0, -90, 54, 180, 360)
	c.box(t, -190, -90, 380, 240, 26)
	c.svg(t.dark(.18), "M -190 -64 C -190 -84 -180 -90 -164 -90 L 164 -90 C 180 -90 190 -84 190 -64 L 190 10 C 100 44 -100 44 -190 10")
	c.box(Yellow, -26, 6, 52, 50, 8)
	c.disc(t.dark(.4), 0, 28, 7)
}

func drawHardHat(c canvas, t Tone) {
	c.svg(t, "M -166 80 C -170 -60 -80 -130 0 -130 C 80 -130 170 -60 166 80")
	c.svg(t.dark(.12), "M -34 -134 C -14 -144 14 -144 34 -134 L 42 80 L -42 80")
	c.svg(t.dark(.2), "M -210 78 C -120 60 120 60 210 78 C 216 100 200 110 180 108 C 100 94 -100 94 -180 108 C -200 110 -216 100 -210 78")
	c.faint(.45).svg(0xFFFFFF, "M -134 40 C -130 -30 -96 -76 -60 -94 L -66 -60 C -96 -40 -108 0 -110 40")
}

func drawChefHat(c canvas, _ Tone) {
	c.disc(White, -96, -90, 78)
	c.disc(White, 96, -90, 78)
	c.disc(White.light(.3), 0, -120, 92)
	c.svg(White, "M -120 -60 L 120 -60 L 106 110 L -106 110")
	c.box(White.dark(.08), -116, 70, 232, 60, 14)
	for i := range 3 {
		c.line(White.dark(.16), 5, -52+float64(i)*52, -20, -48+float64(i)*48, 60)
	}
}

func drawCode(c canvas, t Tone) {
	c.box(0x2B3242, -230, -160, 460, 300, 18)
	c.box(0x3A4356, -230, -160, 460, 44, 18)
	for i, tone := range []Tone{Red, Yellow, Green} {
		c.disc(tone, -200+float64(i)*28, -138, 8)
	}
	for i := range 8 {
		indent, width := float64(i*37%4)*30, 60+float64(i*53%120)
		y := -92 + float64(i)*28
		c.box([...]Tone{0xE58FA6, 0x8FC7E5, 0xE5D38F, 0x9FE0B0}[i%4], -200+indent, y, width, 11, 5)
		c.box(0x66728A, -188+indent+width, y, 50+float64(i*29%60), 11, 5)
	}
	c.svg(t.light(.2), "M 120 10 L 160 50 L 120 90 L 104 76 L 130 50 L 104 24")
}

func drawRoller(c canvas, t Tone) {
	c.svg(t, "M -150 -140 L 90 -140 L 90 60 C 70 90 50 60 30 76 C 10 120 -20 70 -40 90 C -60 140 -90 80 -110 90 C -130 100 -150 80 -150 60")
	c.box(0xFBF5E8, -176, -190, 292, 90, 22)
	c.box(t.light(.2), -160, -180, 260, 70, 16)
	c.line(0x6A6D75, 14, 116, -146, 180, -146, 180, -40, 40, -20, 40, 30)
	c.line(Orange, 30, 40, 40, 40, 150)
}

func drawWrench(c canvas, t Tone) {
	w := c.turned(40)
	w.box(t, -30, -120, 60, 300, 28)
	w.disc(t, 0, -140, 76)
	w.poly(t.mix(White, .5), -26, -230, 26, -230, 26, -132, 0, -116, -26, -132)
	w.disc(t.dark(.3), 0, 148, 13)
	w.faint(.35).box(0xFFFFFF, -18, -60, 12, 190, 6)
	s := c.turned(-40)
	s.line(steel, 17, 0, -170, 0, 30)
	s.box(Red, -26, 20, 52, 150, 22)
	s.box(Red.dark(.2), -30, 16, 60, 24, 8)
}

func drawBucket(c canvas, t Tone) {
	c.line(wood, 15, 120, 150, 170, -220)
	c.svg(Yellow, "M 70 150 L 90 60 L 160 60 L 180 150")
	for i := range 5 {
		c.line(Yellow.dark(.25), 4, 92+float64(i)*16, 70, 84+float64(i)*22, 146)
	}
	c.arc(0x6A6D75, 7, -70, -20, 110, 180, 360)
	c.svg(t, "M -184 -20 L 44 -20 L 20 150 L -160 150")
	c.box(t.dark(.15), -194, -34, 248, 28, 12)
	for i, p := range [][3]float64{{-130, -52, 30}, {-80, -64, 38}, {-24, -54, 32}, {-160, -120, 15}, {-40, -130, 20}} {
		c.faint(.8).disc(0xFFFFFF, p[0], p[1], p[2])
		c.faint(.4).disc([...]Tone{Pink, Blue, Green, Violet, Yellow}[i], p[0], p[1], p[2]*.8)
	}
}

func drawBlackboard(c canvas, t Tone) {
	c.box(wood, -230, -170, 460, 300, 10)
	c.box(0x3E5F52, -212, -152, 424, 264, 4)
	c.line(0xF4F1EA, 6, -170, -90, -120, -90)
	c.line(0xF4F1EA, 6, -145, -116, -145, -64)
	c.poly(t.light(.5), -60, -40, 0, -130, 60, -40)
	c.poly(0x3E5F52, -42, -50, 0, -114, 42, -50)
	c.ring(0xF7D9A0, 140, -84, 40, 6)
	for i := range 3 {
		c.line(0xDCE6E0, 5, -170, 0+float64(i)*34, 90-float64(i*37%70), 0+float64(i)*34)
	}
	c.box(wood.dark(.2), -240, 120, 480, 18, 6)
	c.box(0xFBF5E8, -60, 108, 50, 14, 6)
	c.box(Pink, 10, 108, 40, 14, 6)
}

func drawScissors(c canvas, t Tone) {
	for _, side := range []float64{-1, 1} {
		s := c.at(0, -10, 1).turned(side * 20)
		s.svg(steel.dark(.06+.05*side), "M -14 20 L -10 -200 C 8 -190 16 -100 14 20")
		s.ring(t, side*-26, 110, 46, 22)
		s.line(t, 22, 0, 20, side*-12, 66)
	}
	c.disc(0x55575F, 0, 4, 11)
	k := c.at(170, 20, 1).turned(14)
	k.box(Violet, -26, -170, 52, 320, 14)
	for i := range 13 {
		k.box(Violet, 10, -150+float64(i)*23, 46, 11, 4)
	}
}

func drawPapers(c canvas, t Tone) {
	c.at(30, 10, 1).turned(8).box(0xEDE6D8, -130, -180, 260, 330, 8)
	p := c.at(-20, -10, 1).turned(-4)
	p.box(0xFFFDF6, -134, -184, 268, 340, 8)
	p.box(t, -104, -150, 120, 20, 6)
	for i := range 6 {
		p.line(0xC9C4B8, 7, -100, -98+float64(i)*34, 96-float64(i*41%80), -98+float64(i)*34)
	}
	p.disc(Red, 74, 106, 34)
	p.ring(0xFBF5E8, 74, 106, 24, 4)
	c.at(150, 40, 1).turned(30).box(Blue, -11, -150, 22, 230, 8)
	c.at(150, 40, 1).turned(30).poly(0xF2D9B8, -11, 80, 11, 80, 0, 112)
}

func drawHeart(c canvas, t Tone) {
	c.svg(Red, "M 0 60 C -150 -30 -110 -170 0 -110 C 110 -170 150 -30 0 60")
	c.faint(.4).oval(0xFFFFFF, -56, -86, 26, 16)
	c.svg(0xEBC5A4, "M -230 60 C -150 30 -80 70 -20 84 C 10 90 10 118 -20 116 L -80 112 C 0 150 60 120 130 70 C 160 56 176 80 156 104 C 90 170 20 196 -70 180 L -230 150")
	c.box(t, -262, 44, 70, 130, 12)
}

func drawGears(c canvas, t Tone) {
	for i, g := range [][3]float64{{-60, 0, 1}, {124, -96, .62}, {112, 104, .5}} {
		gear := c.at(g[0], g[1], g[2])
		tone := [...]Tone{t, Orange, Blue}[i]
		for j := range 10 {
			gear.turned(float64(j)*36).box(tone, -24, -156, 48, 60, 8)
		}
		gear.disc(tone, 0, 0, 122)
		gear.disc(tone.light(.35), 0, 0, 84)
		gear.disc(tone.dark(.25), 0, 0, 38)
	}
}

func drawPlug(c canvas, t Tone) {
	c.svg(t, "M 30 -190 L -110 30 L -10 30 L -50 170 L 120 -60 L 20 -60")
	c.faint(.45).svg(0xFFFFFF, "M 14 -140 L -78 10 L -60 10 L 20 -112")
	c.box(0x44464E, -214, -30, 76, 100, 18)
	c.line(steel, 11, -196, -30, -196, -70)
	c.line(steel, 11, -156, -30, -156, -70)
	c.line(0x44464E, 12, -176, 70, -176, 130, -110, 170)
	c.box(0xFBF5E8, 150, -40, 96, 110, 16)
	c.disc(0x55575F, 180, 14, 8)
	c.disc(0x55575F, 216, 14, 8)
}

func drawGift(c canvas, t Tone) {
	c.box(t, -150, -30, 300, 200, 8)
	c.box(t.dark(.1), -166, -70, 332, 56, 8)
	c.box(Yellow, -24, -70, 48, 240, 0)
	c.svg(Yellow, "M 0 -72 C -40 -150 -130 -150 -120 -100 C -110 -70 -50 -70 0 -72")
	c.svg(Yellow, "M 0 -72 C 40 -150 130 -150 120 -100 C 110 -70 50 -70 0 -72")
	c.svg(t.dark(.25), "M -20 -80 C -50 -120 -96 -126 -94 -104 C -90 -88 -50 -82 -20 -80")
	c.svg(t.dark(.25), "M 20 -80 C 50 -120 96 -126 94 -104 C 90 -88 50 -82 20 -80")
	c.disc(Yellow.dark(.15), 0, -76, 20)
}

func drawKey(c canvas, t Tone) {
	k := c.turned(-35)
	k.ring(t, -120, 0, 64, 32)
	k.box(t, -62, -17, 260, 34, 10)
	k.box(t, 140, 10, 26, 56, 6)
	k.box(t, 96, 10, 24, 42, 6)
	k.faint(.4).box(0xFFFFFF, -40, -11, 210, 8, 4)
	c.ring(steel, -150, 128, 44, 9)
	c.at(-190, 176, 1).turned(20).box(Red, -30, -26, 84, 60, 12)
}

func drawMarketStall(c canvas, t Tone) {
	c.box(wood.dark(.2), -236, -120, 16, 290, 3)
	c.box(wood.dark(.2), 220, -120, 16, 290, 3)
	for i, tone := range []Tone{Red, Orange, Green, Yellow, Violet} {
		for j := range 3 {
			c.disc(tone, -186+float64(i)*92+float64(j)*24-24, 32-float64(j%2)*18, 24)
		}
	}
	c.box(wood, -246, 40, 492, 44, 6)
	c.box(wood.dark(.12), -226, 84, 452, 86, 4)
	for i := range 5 {
		c.line(wood.dark(.3), 4, -180+float64(i)*90, 90, -180+float64(i)*90, 164)
	}
	for i := range 8 {
		stripe := t
		if i%2 == 1 {
			stripe = 0xFBF5E8
		}
		x := -256 + float64(i)*64
		c.poly(stripe, x*.86, -210, (x+64)*.86, -210, x+64, -120, x, -120)
		c.disc(stripe, x+32, -120, 32)
	}
}

func drawLathe(c canvas, t Tone) {
	c.box(t.dark(.2), -230, 70, 130, 100, 6)
	c.box(t.dark(.2), 120, 70, 110, 100, 6)
	c.box(t, -260, 30, 520, 50, 8)
	c.box(t.light(.08), -250, -120, 150, 156, 12)
	c.disc(steel, -86, -40, 56)
	c.disc(steel.dark(.2), -86, -40, 22)
	c.box(steel.light(.2), -60, -54, 190, 28, 6)
	c.box(t.dark(.1), 130, -76, 90, 108, 10)
	c.poly(steel, 90, -52, 134, -52, 134, -28, 90, -38)
	c.box(0x6A6D75, 0, -20, 70, 54, 6)
	c.ring(steel, 34, 46, 24, 8)
	c.disc(Red, -216, -88, 13)
	c.disc(Green.light(.2), -180, -88, 13)
	c.box(0x2F3A46, -226, -58, 80, 36, 5)
}

func drawOfficeChair(c canvas, t Tone) {
	c.line(0x6A6D75, 13, 0, 60, 0, 120)
	for _, x := range []float64{-110, -50, 50, 110} {
		c.line(0x6A6D75, 11, 0, 118, x, 148)
		c.disc(rubber, x, 156, 15)
	}
	c.box(t, -96, -230, 192, 200, 44)
	c.box(t.light(.14), -74, -206, 148, 150, 32)
	c.box(t.dark(.2), -14, -50, 28, 80, 6)
	c.box(t.light(.06), -120, 14, 240, 56, 26)
	c.line(0x55575F, 11, -112, 30, -140, -30)
	c.line(0x55575F, 11, 112, 30, 140, -30)
	c.box(rubber, -172, -46, 66, 19, 9)
	c.box(rubber, 106, -46, 66, 19, 9)
}

func drawShowcase(c canvas, t Tone) {
	c.box(t, -200, -230, 400, 400, 12)
	c.box(0xFFF6DE, -180, -190, 360, 250, 6)
	for i := range 3 {
		y := -126 + float64(i)*80
		c.box(steel, -180, y+14, 360, 7, 2)
		for j := range 6 {
			tone := [...]Tone{Red, Green, Orange, Yellow, Blue, Pink}[(i*2+j)%6]
			c.box(tone, -164+float64(j)*58, y-32, 34, 46, 8)
			c.box(tone.dark(.2), -154+float64(j)*58, y-46, 14, 16, 3)
		}
	}
	c.faint(.3).poly(0xFFFFFF, -140, 60, -40, -190, 10, -190, -90, 60)
	c.line(t.dark(.3), 6, 0, -190, 0, 60)
	c.box(t.dark(.15), -200, 74, 400, 96, 8)
	for i := range 4 {
		c.line(t.dark(.35), 6, -150, 96+float64(i)*16, 150, 96+float64(i)*16)
	}
}

func drawPlane(c canvas, t Tone) {
	p := c.at(0, -20, 1).turned(-18)
	p.svg(t.dark(.15), "M -20 -10 L -120 -150 L -80 -150 L 70 -10")
	p.svg(0xFBF7EE, "M -230 -4 L -210 -40 C -100 -46 120 -46 190 -30 C 236 -18 236 14 190 22 C 60 34 -120 30 -200 20")
	p.svg(t, "M -236 -6 L -256 -100 L -214 -96 L -170 -30")
	p.svg(t, "M -10 10 L -110 150 L -66 150 L 90 10")
	for i := range 7 {
		p.disc(glass.dark(.15), -110+float64(i)*38, -16, 9)
	}
	p.svg(glass.dark(.1), "M 176 -30 C 204 -26 216 -16 220 -8 L 170 -8")
	for i := range 2 {
		cloud := c.at(-150+float64(i)*290, 130-float64(i)*20, .8).faint(.9)
		cloud.oval(0xFFFFFF, 0, 0, 74, 19)
		cloud.oval(0xFFFFFF, 14, -16, 40, 26)
	}
}
