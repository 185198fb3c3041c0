package draw

func appliances() map[string]motif {
	return map[string]motif{
		"washer":    {studio, White, 170, drawWasher},
		"fridge":    {studio, Silver, 150, drawFridge},
		"stove":     {studio, White, 170, drawStove},
		"coffee":    {table, Red, 160, drawCoffeeMachine},
		"mixer":     {table, Red, 170, drawMixer},
		"vacuum":    {studio, Orange, 220, drawVacuum},
		"aircon":    {studio, White, 0, drawAirConditioner},
		"boiler":    {studio, White, 0, drawBoiler},
		"tap":       {studio, White, 190, drawSink},
		"drill":     {table, Green, 190, drawDrill},
		"toolbox":   {table, Red, 210, drawToolbox},
		"sewing":    {table, Green, 210, drawSewingMachine},
		"lawnmower": {outside, Orange, 220, drawLawnMower},
	}
}

func drawWasher(c canvas, t Tone) {
	c.box(t, -160, -210, 320, 380, 16)
	c.box(t.dark(.1), -160, -210, 320, 70, 16)
	c.disc(steel, 0, -174, 24)
	c.line(0x55575F, 5, 0, -178, 0, -192)
	c.box(t.light(.5), -136, -192, 84, 36, 6)
	c.box(0x2F3A46, 62, -190, 74, 30, 6)
	c.disc(steel.dark(.1), 0, 24, 122)
	c.disc(t, 0, 24, 108)
	c.disc(0x4B6478, 0, 24, 88)
	c.svg(0x8FB9CE, "M -84 40 C -50 20 -30 60 0 40 C 30 22 56 54 84 36 C 78 90 40 112 0 112 C -40 112 -78 90 -84 40")
	c.svg(Pink, "M -50 60 C -20 30 10 90 50 54 C 40 90 -20 104 -50 60")
	c.disc(Yellow, 34, 20, 15)
	c.faint(.35).svg(0xFFFFFF, "M -66 -6 C -50 -44 -16 -58 12 -56 L 4 -42 C -20 -42 -44 -30 -54 0")
	c.box(t.dark(.25), -130, 158, 30, 14, 3)
	c.box(t.dark(.25), 100, 158, 30, 14, 3)
}

func drawFridge(c canvas, t Tone) {
	c.box(t, -132, -262, 264, 430, 16)
	c.box(t.dark(.08), 96, -262, 36, 430, 14)
	c.line(t.dark(.3), 5, -130, -40, 130, -40)
	c.box(t.dark(.4), -108, -130, 12, 74, 6)
	c.box(t.dark(.4), -108, -22, 12, 100, 6)
	c.box(Yellow, -30, -210, 40, 44, 2)
	c.disc(Red, -10, -212, 7)
	c.box(0xFBF5E8, 26, -190, 46, 58, 2)
	c.svg(Green, "M 32 -150 L 48 -176 L 66 -150")
	c.disc(Blue, 49, -192, 7)
	c.box(0x55575F, -110, 164, 30, 8, 2)
	c.box(0x55575F, 80, 164, 30, 8, 2)
}

func drawStove(c canvas, t Tone) {
	c.box(t, -160, -90, 320, 260, 10)
	c.box(0x3B3C44, -170, -104, 340, 18, 5)
	for i := range 5 {
		c.disc(0x55575F, -116+float64(i)*58, -58, 16)
		c.line(0xFBF5E8, 4, -116+float64(i)*58, -60, -116+float64(i)*58, -70)
	}
	c.box(0x2F3036, -126, -20, 252, 150, 12)
	c.box(0x6B4A36, -108, -2, 216, 114, 8)
	c.oval(0xE0A458, 0, 80, 60, 32)
	c.box(0x8C9299, -108, 92, 216, 6, 2)
	c.line(steel, 11, -110, -30, 110, -30)
	c.at(-70, -146, .42).pot(Red)
	for i := range 3 {
		c.svg(0x6FA8DC, "M "+[...]string{"74 -104 C 66 -116 76 -122 80 -134 C 90 -122 94 -112 88 -104", "96 -104 C 88 -116 98 -122 102 -134 C 112 -122 116 -112 110 -104", "118 -104 C 110 -116 120 -122 124 -134 C 134 -122 138 -112 132 -104"}[i])
	}
}

func drawCoffeeMachine(c canvas, t Tone) {
	c.box(t, -140, -190, 280, 120, 26)
	c.box(t.dark(.12), 40, -190, 100, 360, 20)
	c.box(t.dark(.25), -150, 130, 290, 40, 12)
	c.box(0x3B3C44, -130, 122, 180, 14, 5)
	c.box(0x3B3C44, -80, -72, 76, 34, 8)
	c.box(steel, -56, -40, 28, 18, 4)
	c.faint(.8).line(0x5B3A26, 6, -42, -20, -42, 66)
	c.svg(0xFFFDF6, "M -84 50 L 0 50 C 0 96 -14 120 -42 122 C -70 120 -84 96 -84 50")
	c.arc(0xFFFDF6, 10, 0, 80, 19, -80, 80)
	c.oval(0x5B3A26, -42, 53, 38, 7)
	for i := range 2 {
		x := -58 + float64(i)*30
		c.faint(.6).svg(0xFFFFFF, "M "+[...]string{"-64 34 C -74 20 -54 14 -62 -4 C -48 8 -66 20 -58 34", "-30 34 C -40 20 -20 14 -28 -4 C -14 8 -32 20 -24 34"}[i])
		c.disc(lamp, x+90, -130, 9)
	}
	c.disc(steel, -90, -130, 24)
	c.box(0x8FB3C4, 62, -150, 50, 100, 10)
}

func drawMixer(c canvas, t Tone) {
	c.svg(t, "M 60 160 L 60 20 C 60 -10 74 -24 100 -24 L 170 -24 L 170 160")
	c.box(t.dark(.12), -180, 136, 370, 34, 16)
	c.svg(t, "M -190 -70 C -190 -130 -150 -150 -90 -150 L 120 -150 C 170 -150 190 -120 190 -80 C 190 -30 160 -20 120 -20 L -140 -20 C -176 -20 -190 -40 -190 -70")
	c.line(steel, 12, -176, -84, -60, -90)
	c.disc(steel, 130, -84, 20)
	c.box(steel.dark(.2), -116, -22, 30, 30, 4)
	c.line(steel.dark(.15), 7, -100, 8, -100, 60)
	c.svg(steel, "M -200 20 L 10 20 C 10 90 -20 134 -60 138 L -130 138 C -170 134 -200 90 -200 20")
	c.faint(.5).svg(0xFFFFFF, "M -180 32 L -150 32 C -150 80 -140 110 -120 130 C -160 120 -180 80 -180 32")
	c.box(steel.dark(.2), -206, 12, 222, 14, 7)
}

func drawVacuum(c canvas, t Tone) {
	c.line(0x55575F, 18, 60, 70, 0, -80, -110, -150, -190, -60)
	c.line(steel, 13, -190, -60, -226, 130)
	c.svg(0x3B3C44, "M -280 170 L -262 136 L -196 130 L -184 170")
	c.svg(t, "M -20 120 C -20 30 40 -10 120 -10 C 210 -6 256 50 256 130 L 250 154 L -14 154")
	c.svg(0x33343C, "M 40 8 C 80 -20 160 -20 200 14 L 186 34 C 150 10 90 10 58 32")
	c.disc(0x44464E, 190, 130, 42)
	c.disc(t.light(.2), 190, 130, 20)
	c.disc(0x44464E, 20, 148, 24)
	c.oval(t.light(.35), 110, 74, 44, 22)
}

func drawAirConditioner(c canvas, t Tone) {
	c.box(t, -240, -200, 480, 150, 26)
	c.box(t.dark(.1), -240, -96, 480, 46, 18)
	c.box(0x55575F, -206, -80, 412, 14, 6)
	c.disc(0x7BE0A4, 200, -130, 6)
	c.box(t.dark(.06), 120, -144, 60, 28, 6)
	for i := range 4 {
		x := -170 + float64(i)*96
		c.faint(.75).at(x, -26, 1).svg(0x9CCBE8, "M 0 0 C 30 30 -20 60 10 110 C 16 114 22 110 20 104 C 0 66 44 30 14 -6")
	}
	c.at(-236, 34, .8).plant(0x7FA874)
}

func drawBoiler(c canvas, t Tone) {
	c.line(0xC98A5B, 12, -70, 50, -70, 300)
	c.line(0xC98A5B, 12, -20, 50, -20, 300)
	c.line(0xE9B949, 12, 40, 50, 40, 300)
	c.box(steel, -26, -330, 52, 110, 4)
	c.box(t, -130, -240, 260, 330, 18)
	c.box(t.dark(.1), -130, 20, 260, 70, 18)
	c.box(0x2F3A46, -46, -30, 92, 40, 8)
	c.svg(Orange, "M 0 -70 C -34 -90 -20 -124 0 -160 C 22 -124 36 -92 0 -70")
	c.svg(lamp, "M 0 -74 C -14 -86 -8 -104 0 -120 C 10 -104 14 -86 0 -74")
	c.disc(steel, -84, 54, 17)
	c.disc(steel, 84, 54, 17)
}

func drawSink(c canvas, t Tone) {
	c.box(glass.light(.3), -130, -320, 260, 220, 20)
	c.faint(.5).poly(0xFFFFFF, -90, -110, 0, -310, 40, -310, -50, -110)
	c.box(wood, -220, 60, 440, 110, 8)
	c.line(wood.dark(.25), 4, 0, 70, 0, 162)
	c.svg(t, "M -180 -8 L 180 -8 C 176 40 140 66 90 66 L -90 66 C -140 66 -176 40 -180 -8")
	c.box(t.dark(.06), -190, -20, 380, 18, 9)
	c.svg(steel, "M -14 -18 L -14 -70 C -12 -104 66 -104 70 -66 L 70 -52 L 50 -52 L 50 -62 C 48 -78 14 -78 12 -62 L 12 -18")
	c.line(steel, 9, 0, -92, -40, -104)
	c.svg(0x9CCBE8, "M 60 -42 C 48 -26 52 -20 60 -18 C 68 -20 72 -26 60 -42")
	c.box(Pink.light(.2), -130, -44, 60, 24, 10)
}

func drawDrill(c canvas, t Tone) {
	c.box(steel, -270, -104, 130, 10, 4)
	c.poly(0x6A6D75, -150, -122, -100, -134, -100, -64, -150, -76)
	c.svg(t, "M -104 -140 L 120 -146 C 170 -144 186 -110 184 -80 C 182 -52 160 -46 130 -46 L -104 -54")
	c.svg(t.dark(.15), "M 30 -48 L 132 -48 L 158 96 L 74 100")
	c.svg(0x33343C, "M 56 90 L 178 84 C 190 90 194 150 186 160 L 66 166 C 52 160 48 100 56 90")
	c.box(0x33343C, 6, -46, 22, 44, 8)
	for i := range 4 {
		c.line(t.dark(.4), 6, 90+float64(i)*18, -124, 90+float64(i)*18, -82)
	}
	c.box(0xFBF5E8, -60, -114, 110, 30, 6)
	c.box(t, -44, -104, 60, 9, 4)
	c.line(Yellow, 7, -80, -136, 60, -141)
}

func drawToolbox(c canvas, t Tone) {
	c.line(wood, 20, -120, 10, -170, -150)
	c.svg(0x6A6D75, "M -220 -130 L -206 -190 L -120 -168 L -134 -116")
	c.line(steel, 16, 60, 10, 110, -130)
	c.ring(steel, 118, -156, 26, 15)
	c.line(Yellow, 22, -10, 10, 4, -90)
	c.line(steel, 9, 4, -90, 16, -180)
	c.arc(0x33343C, 18, 0, 6, 76, 190, 350)
	c.box(t, -220, 0, 440, 170, 16)
	c.box(t.dark(.16), -230, -6, 460, 44, 12)
	c.box(steel, -140, 20, 44, 40, 6)
	c.box(steel, 96, 20, 44, 40, 6)
	c.box(t.light(.3), -60, 80, 120, 44, 6)
}

func drawSewingMachine(c canvas, t Tone) {
	c.box(wood, -240, 130, 480, 40, 8)
	c.box(t.dark(.12), -210, 96, 420, 38, 8)
	c.svg(t, "M 90 100 L 90 -60 L -120 -60 L -120 -10 L -200 -10 L -200 -110 C -196 -140 -170 -150 -140 -150 L 140 -150 C 186 -148 200 -120 200 -80 L 200 100")
	c.line(steel, 7, -160, -10, -160, 88)
	c.box(steel, -186, 78, 50, 10, 3)
	c.disc(steel, 214, -60, 36)
	c.disc(steel.dark(.2), 214, -60, 14)
	c.box(Red, 40, -200, 44, 52, 8)
	c.line(Red, 2, 60, -190, -160, -160, -160, 80)
	c.faint(.8).svg(lamp, "M -60 -110 C -20 -130 20 -90 70 -112 L 72 -100 C 20 -80 -20 -118 -58 -98")
	c.svg(Pink.light(.2), "M -240 96 C -220 80 -140 86 -90 96 L -110 150 C -160 140 -220 160 -250 140")
}

func drawLawnMower(c canvas, t Tone) {
	c.line(0x55575F, 11, 60, 70, 230, -170, 200, -186)
	c.line(rubber, 17, 232, -172, 190, -190)
	c.svg(0x4C4D55, "M -60 20 L -44 -50 L 70 -54 L 84 20")
	c.box(0x6A6D75, -30, -66, 84, 16, 6)
	c.svg(t, "M -220 120 C -216 50 -150 20 -80 16 L 110 16 C 150 20 166 60 166 120")
	c.svg(0x44464E, "M 120 30 L 236 8 C 256 40 254 100 236 130 L 150 120")
	c.wheel(-150, 122, 46)
	c.wheel(120, 118, 52)
	for i := range 9 {
		x := -280 + float64(i)*18
		c.line(0x6F9A63, 5, x, 172, x-6, 140+float64(i%3)*8)
	}
}
