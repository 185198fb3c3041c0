package draw

func electronics() map[string]motif {
	return map[string]motif{
		"phone":      {table, Black, 110, drawPhone},
		"tablet":     {table, Grey, 170, drawTablet},
		"laptop":     {table, Silver, 240, drawLaptop},
		"computer":   {table, Black, 230, drawComputer},
		"monitor":    {table, Black, 170, drawMonitor},
		"printer":    {table, White, 200, drawPrinter},
		"tv":         {studio, Black, 240, drawTV},
		"headphones": {table, Black, 150, drawHeadphones},
		"speaker":    {studio, Brown, 210, drawSpeakers},
		"console":    {table, White, 210, drawConsole},
		"camera":     {table, Black, 190, drawCamera},
		"drone":      {outside, Grey, 0, drawDrone},
		"watch":      {table, Black, 110, drawWatch},
		"charger":    {table, White, 160, drawCharger},
	}
}

// screen is a lit display with a landscape on it.
func (c canvas) screen(x, y, w, h, r float64) {
	var o outline
	c.roundRect(&o, x, y, w, h, r)
	c.fade(&o, 0x4F7CAC, 0xF0B98D)
	c.disc(0xFFE9BF, x+w*.68, y+h*.42, min(w, h)*.13)
	s := c.at(x, y+h, 1)
	s.poly(0x5B7F95, 0, -h*.02, 0, -h*.22, w*.22, -h*.48, w*.46, -h*.16, w*.46, -h*.02)
	s.poly(0x3F6272, w*.2, -h*.02, w*.6, -h*.4, w*.98, -h*.06, w*.98, -h*.02)
	s.box(0x35535F, w*.02, -h*.12, w*.96, h*.1, r*.5)
	c.faint(.14).poly(0xFFFFFF, x+w*.1, y+h, x+w*.45, y, x+w*.7, y, x+w*.35, y+h)
}

func drawPhone(c canvas, t Tone) {
	back := c.at(66, 8, 1).turned(9)
	back.box(t, -86, -190, 172, 350, 30)
	back.box(t.light(.12), -70, -174, 70, 74, 20)
	for _, p := range [][2]float64{{-52, -154}, {-18, -154}, {-52, -120}} {
		back.disc(0x22242A, p[0], p[1], 14)
		back.disc(0x5D7D92, p[0]-3, p[1]-3, 6)
	}
	front := c.at(-52, 0, 1).turned(-5)
	front.box(t.dark(.3), -92, -196, 184, 364, 32)
	front.screen(-82, -186, 164, 344, 24)
	front.box(0x1E2026, -26, -178, 52, 14, 7)
	for i := range 4 {
		front.box([...]Tone{Green, White, Yellow, Red}[i], -66+float64(i)*34, 114, 28, 28, 8)
	}
}

func drawTablet(c canvas, t Tone) {
	c.box(t.dark(.25), -220, -130, 440, 300, 24)
	c.screen(-202, -112, 404, 264, 8)
	c.disc(0x22242A, -211, 20, 3)
	c.at(0, 0, 1).line(0xFBF5E8, 10, 130, -170, 250, 130)
	c.line(0x55575F, 7, 246, 122, 252, 142)
}

func drawLaptop(c canvas, t Tone) {
	c.box(t.dark(.3), -190, -150, 380, 262, 16)
	c.screen(-176, -136, 352, 226, 6)
	c.svg(t, "M -190 108 L 190 108 L 262 158 C 264 168 258 172 246 172 L -246 172 C -258 172 -264 168 -262 158")
	for row := range 3 {
		y := 116 + float64(row)*11
		half := 176 + float64(row)*16
		c.poly(t.dark(.45), -half, y, half, y, half+10, y+7, -half-10, y+7)
	}
	c.poly(t.dark(.16), -52, 150, 52, 150, 58, 164, -58, 164)
}

func drawComputer(c canvas, t Tone) {
	c.box(t, 90, -190, 150, 360, 12)
	c.box(t.light(.1), 104, -176, 122, 332, 6)
	for i := range 3 {
		y := -116 + float64(i)*104
		c.ring([...]Tone{0x6FD3E3, 0xC58BE8, 0x7BE0A4}[i], 165, y, 38, 7)
		for j := range 4 {
			c.at(165, y, 1).turned(float64(j)*45).box(t.light(.3), -4, -30, 8, 60, 4)
		}
	}
	c.at(-90, 10, .82).monitor(t)
	c.box(t.light(.08), -230, 150, 270, 22, 7)
	for i := range 12 {
		c.box(t.light(.35), -220+float64(i)*21, 154, 16, 8, 2)
	}
}

func (c canvas) monitor(t Tone) {
	c.svg(t.light(.15), "M -24 90 L 24 90 L 34 160 L -34 160")
	c.box(t.light(.1), -90, 156, 180, 14, 7)
	c.box(t, -230, -170, 460, 278, 14)
	c.screen(-216, -156, 432, 236, 4)
	c.disc(0x7BE0A4, 0, 94, 4)
}

func drawMonitor(c canvas, t Tone) { c.monitor(t) }

func drawPrinter(c canvas, t Tone) {
	c.poly(0xFFFDF6, -110, -150, 120, -150, 130, -20, -120, -20)
	for i := range 4 {
		c.line(0xC9CDD1, 5, -80, -124+float64(i)*24, 80-float64(i%2)*50, -124+float64(i)*24)
	}
	c.box(t, -220, -40, 440, 170, 24)
	c.box(t.dark(.15), -220, 60, 440, 80, 20)
	c.box(0x3B3C44, -150, 72, 300, 22, 8)
	c.poly(0xFFFDF6, -126, 84, 126, 84, 150, 164, -150, 164)
	c.svg(Blue.light(.2), "M -60 150 C -20 90 30 150 70 110 L 80 152")
	c.box(0x2F3A46, 110, -20, 84, 40, 6)
	c.disc(0x7BE0A4, -186, 0, 7)
}

func drawTV(c canvas, t Tone) {
	c.box(wood, -260, 96, 520, 60, 6)
	c.line(wood.dark(.25), 4, -86, 104, -86, 150)
	c.line(wood.dark(.25), 4, 86, 104, 86, 150)
	c.box(wood.dark(.3), -230, 154, 16, 18, 2)
	c.box(wood.dark(.3), 214, 154, 16, 18, 2)
	c.box(t.light(.1), -70, 84, 140, 12, 5)
	c.box(t, -236, -200, 472, 288, 10)
	c.screen(-226, -190, 452, 264, 3)
	c.at(238, 96, .34).plant(0x7FA874)
}

func drawHeadphones(c canvas, t Tone) {
	c.arc(t, 26, 0, 10, 140, 172, 368)
	c.arc(t.light(.18), 12, 0, 10, 134, 200, 340)
	for _, side := range []float64{-1, 1} {
		cup := c.at(side*136, 70, 1).turned(side * -8)
		cup.box(t.light(.1), -34, -74, 68, 150, 32)
		cup.at(side*-26, 0, 1).box(t.dark(.35), -22, -64, 44, 130, 22)
		cup.disc(t.light(.3), side*10, 0, 15)
	}
}

func drawSpeakers(c canvas, t Tone) {
	for _, x := range []float64{-130, 130} {
		s := c.at(x, 0, 1)
		s.box(t, -86, -190, 172, 360, 8)
		s.box(0x33343C, -74, -178, 148, 336, 6)
		s.disc(0x55575F, 0, -112, 40)
		s.disc(0x22242A, 0, -112, 26)
		s.disc(0x8D9299, 0, -112, 9)
		s.disc(0x55575F, 0, 48, 68)
		s.disc(0x22242A, 0, 48, 54)
		s.disc(0x44464E, 0, 48, 24)
		s.faint(.25).oval(0xFFFFFF, -22, 22, 18, 12)
	}
}

func drawConsole(c canvas, t Tone) {
	c.svg(t, "M -220 166 L -236 -150 C -234 -164 -220 -170 -206 -166 L -150 -154 L -150 166")
	c.svg(0x33343C, "M -152 166 L -152 -144 L -112 -144 L -112 166")
	c.svg(t, "M -114 166 L -114 -154 L -66 -166 C -50 -168 -42 -160 -44 -146 L -56 166")
	c.line(0x6FB7F0, 5, -134, -140, -134, 60)
	p := c.at(112, 70, 1.1)
	p.svg(t, "M -120 40 C -126 -30 -100 -66 -66 -66 L 66 -66 C 100 -66 126 -30 120 40 C 116 84 84 92 66 62 L 46 34 L -46 34 L -66 62 C -84 92 -116 84 -120 40")
	p.box(0x33343C, -34, -58, 68, 38, 8)
	p.box(0x44464E, -88, -30, 36, 12, 4)
	p.box(0x44464E, -76, -42, 12, 36, 4)
	for i, d := range [][2]float64{{70, -42}, {86, -26}, {70, -10}, {54, -26}} {
		p.disc([...]Tone{Green, Red, Blue, Pink}[i], d[0], d[1], 8)
	}
	for _, x := range []float64{-34, 34} {
		p.disc(0x33343C, x, 8, 19)
		p.disc(0x55575F, x, 5, 13)
	}
}

func drawCamera(c canvas, t Tone) {
	c.svg(t.light(.08), "M -70 -90 L -46 -146 L 56 -146 L 80 -90")
	c.box(t, -220, -96, 440, 266, 26)
	c.box(t.light(.14), -220, -40, 440, 150, 0)
	c.box(t.dark(.3), -190, -116, 64, 26, 8)
	c.disc(Red, 168, -104, 17)
	c.disc(steel.dark(.1), 6, 38, 122)
	c.disc(0x22242A, 6, 38, 108)
	c.disc(0x3B4A5C, 6, 38, 76)
	c.disc(0x1A2230, 6, 38, 50)
	c.disc(0x5E86A6, 6, 38, 28)
	c.faint(.55).oval(0xFFFFFF, -30, 2, 24, 14)
	c.box(lamp, -186, -70, 50, 22, 5)
}

func drawDrone(c canvas, t Tone) {
	c.faint(.3).glow(0x2B2A3A, 0, 190, 190, 22)
	for _, side := range []float64{-1, 1} {
		c.line(t.dark(.2), 16, side*50, -26, side*196, -74)
		c.box(t.dark(.4), side*196-11, -96, 22, 42, 8)
		c.faint(.5).oval(0x6A6D75, side*196, -100, 112, 9)
		c.line(t.dark(.3), 9, side*46, 10, side*86, 92, side*108, 92)
	}
	c.svg(t, "M -92 -22 C -86 -70 -40 -78 0 -78 C 40 -78 86 -70 92 -22 C 84 26 40 32 0 32 C -40 32 -84 26 -92 -22")
	c.faint(.5).svg(0xFFFFFF, "M -66 -38 C -50 -64 -20 -66 10 -66 L 4 -54 C -24 -54 -46 -50 -66 -38")
	c.box(0x33343C, -34, 22, 68, 52, 16)
	c.disc(0x1A2230, 0, 48, 19)
	c.disc(0x5E86A6, -4, 44, 8)
	c.disc(0x7BE0A4, -66, -14, 6)
	c.disc(Red, 66, -14, 6)
}

func drawWatch(c canvas, t Tone) {
	c.svg(t, "M -66 -100 L -54 -232 C -52 -244 52 -244 54 -232 L 66 -100")
	c.svg(t, "M -66 60 L -54 166 C -52 176 52 176 54 166 L 66 60")
	c.box(steel, -112, -128, 224, 216, 56)
	c.box(steel.dark(.2), 108, -50, 16, 48, 7)
	c.box(0x1A1C22, -98, -114, 196, 188, 46)
	c.arc(Red, 13, 0, -20, 66, -90, 180)
	c.arc(0x7BE0A4, 13, 0, -20, 48, -90, 110)
	c.arc(0x6FD3E3, 13, 0, -20, 30, -90, 220)
}

func drawCharger(c canvas, t Tone) {
	c.box(t, -190, 0, 130, 150, 24)
	c.box(steel, -160, -44, 16, 48, 4)
	c.box(steel, -106, -44, 16, 48, 4)
	c.line(t.dark(.12), 13, -126, 150, -126, 164, 0, 164, 40, 120, 10, 40, 60, -20, 130, -10)
	c.box(t.dark(.05), 120, -30, 70, 40, 10)
	c.box(steel, 188, -20, 34, 20, 4)
	c.box(Black, 60, 60, 170, 110, 18)
	for i := range 4 {
		c.disc(0x7BE0A4, 92+float64(i)*20, 90, 5)
	}
}
