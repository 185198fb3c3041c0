package draw

// Materials that recur.
const (
	rubber Tone = 0x35363D
	steel  Tone = 0xB9BEC4
	glass  Tone = 0x9FC3D4
	wood   Tone = 0xB98A5E
	lamp   Tone = 0xFFE6A3
)

func vehicles() map[string]motif {
	return map[string]motif{
		"car":       {street, Red, 250, drawHatchback},
		"sedan":     {street, Blue, 270, drawSedan},
		"suv":       {street, Grey, 260, drawSUV},
		"van":       {street, White, 270, drawVan},
		"truck":     {street, Yellow, 290, drawTruck},
		"motorbike": {street, Red, 230, drawMotorbike},
		"scooter":   {street, Green, 190, drawScooter},
		"kick":      {street, Black, 170, drawKickScooter},
		"caravan":   {outside, Beige, 250, drawCaravan},
		"trailer":   {street, Silver, 250, drawTrailer},
		"boat":      {outside, Blue, 0, drawBoat},
		"tractor":   {outside, Green, 240, drawTractor},
		"tyre":      {studio, Black, 150, drawTyres},
		"brake":     {table, Grey, 170, drawBrake},
		"radio":     {table, Black, 190, drawCarRadio},
		"helmet":    {table, Red, 150, drawHelmet},
	}
}

// wheel draws a tyre with a rim; r is its whole radius and it stands at cy + r.
func (c canvas) wheel(cx, cy, r float64) {
	c.disc(rubber, cx, cy, r)
	c.disc(0x4A4B53, cx, cy, r*.78)
	c.disc(steel, cx, cy, r*.62)
	spokes := c.at(cx, cy, 1)
	for range 5 {
		spokes = spokes.turned(72)
		spokes.box(0x8C929A, -r*.07, -r*.56, r*.14, r*.5, r*.05)
	}
	c.disc(0x7D838B, cx, cy, r*.16)
}

// wireWheel is the wheel of something light.
func (c canvas) wireWheel(tyre Tone, cx, cy, r, width float64) {
	spokes := c.at(cx, cy, 1)
	for range 9 {
		spokes = spokes.turned(20)
		spokes.line(0xC9CDD1, 1.8, 0, -r, 0, r)
	}
	c.ring(tyre, cx, cy, r, width)
	c.ring(steel, cx, cy, r-width*.8, width*.35)
	c.disc(0x7D838B, cx, cy, r*.1)
}

func drawHatchback(c canvas, t Tone) {
	c.svg(t, "M -245 120 C -250 70 -240 48 -205 40 L -150 30 C -120 -20 -90 -52 -40 -56 L 60 -58 C 120 -56 150 -20 172 22 L 222 40 C 246 50 248 80 244 122 L 230 132 L -232 132")
	c.svg(t.dark(.15), "M -246 98 L 245 98 L 243 124 L 230 134 L -232 134 L -245 122")
	c.svg(glass, "M -128 28 C -106 -14 -80 -38 -38 -40 L 4 -41 L 6 28")
	c.svg(glass.dark(.05), "M 20 28 L 18 -41 L 58 -42 C 104 -40 126 -10 142 26")
	c.faint(.4).poly(0xFFFFFF, -84, 26, -48, -38, -26, -39, -62, 27)
	c.line(t.dark(.25), 3, 12, 34, 10, 120)
	c.box(t.dark(.35), 22, 52, 34, 8, 4)
	c.box(lamp, -240, 58, 30, 18, 8)
	c.box(0xD5533F, 218, 54, 26, 22, 6)
	c.line(t.light(.35), 4, -200, 48, 190, 44)
	c.wheel(-150, 122, 52)
	c.wheel(146, 122, 52)
}

func drawSedan(c canvas, t Tone) {
	c.svg(t, "M -268 122 C -272 78 -262 58 -220 48 L -140 34 C -104 -12 -76 -38 -24 -42 L 50 -42 C 104 -40 136 -8 168 30 L 240 38 C 268 44 272 80 266 124 L 250 134 L -252 134")
	c.svg(t.dark(.15), "M -268 100 L 268 100 L 264 126 L 250 136 L -252 136 L -266 124")
	c.svg(glass, "M -116 32 C -88 -6 -66 -26 -22 -28 L 6 -28 L 8 31")
	c.svg(glass.dark(.05), "M 22 31 L 20 -28 L 48 -28 C 94 -26 118 0 142 30")
	c.faint(.4).poly(0xFFFFFF, -70, 30, -36, -26, -16, -27, -48, 30)
	c.line(t.dark(.25), 3, 14, 36, 12, 120)
	c.box(t.dark(.35), -36, 54, 32, 8, 4)
	c.box(t.dark(.35), 96, 54, 32, 8, 4)
	c.box(lamp, -264, 64, 36, 16, 8)
	c.box(0xD5533F, 238, 58, 30, 16, 6)
	c.line(t.light(.35), 4, -216, 54, 220, 50)
	c.wheel(-166, 124, 50)
	c.wheel(160, 124, 50)
}

func drawSUV(c canvas, t Tone) {
	c.svg(t, "M -255 112 C -262 50 -252 24 -210 16 L -146 6 L -100 -72 C -92 -84 -80 -88 -64 -88 L 150 -88 C 176 -88 190 -76 200 -40 L 214 10 C 246 18 254 40 252 114 L 236 128 L -240 128")
	c.svg(0x54565E, "M -256 86 L 253 86 L 251 116 L 236 130 L -240 130 L -254 114")
	c.svg(glass, "M -122 4 L -84 -62 C -80 -68 -74 -70 -66 -70 L 0 -70 L 0 4")
	c.box(glass.dark(.05), 14, -70, 84, 74, 6)
	c.svg(glass.dark(.1), "M 112 -70 L 150 -70 C 166 -70 174 -60 180 -36 L 190 4 L 112 4")
	c.faint(.4).poly(0xFFFFFF, -76, 2, -38, -68, -16, -68, -54, 2)
	c.line(0x54565E, 7, -70, -98, 150, -98)
	c.line(t.dark(.25), 3, 6, 12, 6, 84)
	c.box(t.dark(.35), 20, 26, 34, 8, 4)
	c.box(lamp, -250, 30, 34, 22, 8)
	c.box(0xD5533F, 228, 20, 22, 34, 6)
	c.wheel(-156, 112, 60)
	c.wheel(150, 112, 60)
}

func drawVan(c canvas, t Tone) {
	c.svg(t, "M -262 122 C -268 60 -262 34 -220 24 L -150 -64 C -130 -100 -110 -112 -70 -112 L 246 -112 C 260 -112 266 -104 266 -90 L 266 124 L 250 134 L -246 134")
	c.svg(t.dark(.18), "M -264 98 L 266 98 L 266 126 L 250 136 L -246 136 L -262 124")
	c.svg(glass, "M -194 20 L -136 -58 C -122 -80 -108 -86 -84 -86 L -60 -86 L -60 20")
	c.faint(.4).poly(0xFFFFFF, -150, 18, -110, -78, -88, -84, -124, 18)
	c.line(t.dark(.2), 3, -46, -104, -46, 120)
	c.line(t.dark(.2), 3, 110, -104, 110, 120)
	c.line(t.dark(.3), 4, 110, 20, 250, 20)
	c.box(t.dark(.4), -38, 24, 34, 8, 4)
	c.box(lamp, -256, 46, 32, 24, 8)
	c.box(0xD5533F, 252, 20, 12, 44, 4)
	c.faint(.5).line(Blue, 14, -30, 60, 240, 60)
	c.wheel(-166, 118, 54)
	c.wheel(168, 118, 54)
}

func drawTruck(c canvas, t Tone) {
	c.box(0x5A5C64, -280, 84, 550, 34, 6)
	c.svg(t.dark(.08), "M -60 -70 L 286 -70 L 262 76 L -60 76")
	for i := range 5 {
		c.line(t.dark(.25), 7, -30+float64(i)*62, -58, -30+float64(i)*62, 64)
	}
	c.svg(0x9B7653, "M -40 -70 C 0 -104 50 -120 110 -116 C 180 -116 220 -94 262 -70")
	c.svg(t, "M -284 104 L -284 -20 C -282 -34 -278 -38 -268 -46 L -250 -108 C -246 -118 -240 -120 -230 -120 L -94 -120 L -94 104")
	c.svg(glass, "M -262 -30 L -242 -96 L -190 -96 L -190 -30")
	c.box(glass.dark(.06), -176, -96, 62, 66, 6)
	c.box(lamp, -284, 40, 20, 30, 6)
	c.box(t.dark(.4), -170, 2, 34, 8, 4)
	c.wheel(-200, 116, 56)
	c.wheel(84, 116, 56)
	c.wheel(204, 116, 56)
}

func drawMotorbike(c canvas, t Tone) {
	c.wheel(-152, 96, 74)
	c.wheel(150, 96, 74)
	c.line(steel, 12, -152, 96, -92, -54)
	c.line(0x55575F, 16, 150, 96, 20, 92)
	c.svg(0x6A6D75, "M -72 20 L 60 14 L 76 96 L -40 112")
	c.ring(0x8D9299, -4, 64, 28, 8)
	c.line(steel, 13, -20, 108, 100, 118, 210, 96)
	c.svg(t, "M -104 -14 C -90 -66 -20 -76 40 -36 L 56 6 L -70 26")
	c.faint(.4).svg(0xFFFFFF, "M -84 -22 C -66 -54 -20 -58 16 -40 L 8 -30 C -30 -46 -60 -42 -84 -22")
	c.svg(0x3B3C44, "M 30 -34 C 80 -30 120 -34 176 -66 L 186 -48 C 150 -8 90 8 52 8")
	c.svg(t, "M 140 -40 L 206 -74 L 214 -58 L 160 -12")
	c.svg(t, "M -220 32 C -196 -8 -130 -8 -98 30 L -110 40 C -136 16 -180 12 -208 44")
	c.line(0x3B3C44, 9, -92, -54, -70, -92, -38, -96)
	c.disc(steel, -116, -50, 26)
	c.disc(lamp, -121, -50, 17)
}

func drawScooter(c canvas, t Tone) {
	c.wheel(-130, 118, 52)
	c.wheel(128, 118, 52)
	c.line(steel, 12, -130, 118, -92, -70)
	c.svg(t, "M -112 -86 C -80 -80 -76 -20 -62 40 C -54 74 -30 84 0 84 L 40 84 C 40 20 70 -14 120 -16 C 186 -14 206 40 204 92 C 180 70 150 64 128 66 C 100 68 76 84 70 116 L -50 116 C -84 106 -92 60 -104 20")
	c.svg(t, "M -190 116 C -182 66 -140 50 -104 62 L -92 92 C -124 84 -150 96 -162 122")
	c.svg(0x6B4636, "M 34 -20 C 40 -46 80 -50 130 -44 C 160 -40 172 -30 172 -14 L 36 -8")
	c.line(0x3B3C44, 9, -100, -84, -92, -124, -58, -134)
	c.disc(steel, -108, -98, 24)
	c.disc(lamp, -112, -98, 16)
	c.disc(0x8FA8B8, -58, -152, 16)
	c.box(0xD5533F, 186, 26, 18, 22, 6)
	c.line(t.light(.4), 4, 76, 16, 176, 16)
}

func drawKickScooter(c canvas, t Tone) {
	c.wheel(-138, 136, 34)
	c.wheel(150, 136, 34)
	c.line(t, 16, -138, 130, -92, -190)
	c.line(t.light(.12), 20, -112, -50, -104, -108)
	c.line(t, 12, -150, -182, -60, -208)
	c.line(rubber, 17, -150, -182, -132, -187)
	c.line(rubber, 17, -60, -208, -78, -203)
	c.svg(t, "M -126 104 L -84 120 L 108 120 L 128 96 L 176 96 L 176 112 L 140 114 L 122 142 L -96 142 L -138 122")
	c.box(0x6FB07F, -80, 116, 180, 7, 3)
	c.disc(lamp, -110, -160, 11)
	c.box(0x50525A, -104, -204, 24, 15, 4)
}

func drawCaravan(c canvas, t Tone) {
	c.line(0x6A6D75, 10, -230, 132, -284, 140)
	c.line(0x6A6D75, 8, -276, 140, -276, 168)
	c.svg(t, "M -236 120 L -236 -30 C -232 -100 -190 -128 -130 -130 L 170 -130 C 214 -128 232 -100 234 -60 L 234 126 L 210 134 L -220 134")
	c.svg(Orange.light(.15), "M -236 46 L 234 46 L 234 78 L -236 78")
	c.box(glass, -206, -84, 110, 78, 16)
	c.box(0xF6EFE0, -198, -76, 24, 62, 6)
	c.box(glass, 110, -84, 96, 78, 16)
	c.box(t.dark(.1), -60, -92, 100, 216, 12)
	c.box(glass.dark(.05), -46, -78, 72, 62, 10)
	c.disc(0x7D838B, 24, 22, 6)
	c.box(0xD5533F, 218, 90, 12, 22, 4)
	c.wheel(104, 128, 42)
}

func drawTrailer(c canvas, t Tone) {
	c.line(0x6A6D75, 12, -180, 104, -290, 104)
	c.disc(0x55575F, -288, 102, 12)
	c.line(0x6A6D75, 9, -258, 108, -258, 168)
	c.box(t, -190, 6, 430, 96, 6)
	for i := range 6 {
		c.line(t.dark(.2), 5, -160+float64(i)*74, 14, -160+float64(i)*74, 92)
	}
	c.box(t.dark(.3), -196, -4, 442, 14, 5)
	c.svg(wood, "M -150 -4 L -130 -50 L 40 -64 L 180 -34 L 200 -4")
	c.svg(wood.dark(.2), "M -60 -4 L -20 -72 L 90 -58 L 120 -4")
	c.box(0xD5533F, 222, 66, 18, 26, 4)
	c.wheel(40, 118, 52)
}

func drawBoat(c canvas, t Tone) {
	c.band(0x7FB4C6, 0x4F8CA6, 66, far)
	for i := range 9 {
		x, y := float64(i*173%860)-430, 96+float64(i*37%180)
		c.faint(.5).line(0xE9F5F5, 4, x, y, x+60, y)
	}
	c.line(0x8C6B4E, 9, 6, 40, 6, -232)
	c.svg(0xFBF5E8, "M 18 -222 C 100 -150 140 -70 150 14 L 18 14")
	c.svg(Red.light(.1), "M -6 -200 C -60 -120 -100 -60 -112 14 L -6 14")
	c.svg(t, "M -230 40 L 246 40 C 226 100 190 124 130 128 L -150 128 C -196 124 -220 84 -230 40")
	c.box(0xF4EBDA, -240, 28, 496, 18, 8)
	c.line(t.light(.4), 5, -204, 74, 214, 74)
	c.faint(.35).oval(0x2F5A70, 0, 136, 220, 16)
}

func drawTractor(c canvas, t Tone) {
	c.box(0x55575F, -196, 66, 260, 34, 8)
	c.svg(t, "M -220 78 L -220 6 C -218 -14 -200 -22 -180 -24 L -10 -34 L -10 78")
	for i := range 4 {
		c.line(t.dark(.35), 5, -196+float64(i)*20, 10, -196+float64(i)*20, 56)
	}
	c.line(0x4C4D55, 12, -104, -28, -104, -108)
	c.faint(.5).oval(0xE8E6E2, -92, -134, 24, 12)
	c.faint(.35).oval(0xE8E6E2, -62, -156, 30, 15)
	c.svg(t.dark(.1), "M -16 80 L -2 -30 L 150 -30 L 160 80")
	c.svg(glass, "M 4 -22 L 16 -134 L 124 -134 L 140 -22")
	c.line(0x4C4D55, 8, 0, -22, 14, -140)
	c.line(0x4C4D55, 8, 142, -22, 126, -140)
	c.box(t, -4, -156, 152, 22, 9)
	c.box(lamp, -224, 14, 14, 24, 5)
	c.disc(rubber, 116, 62, 108)
	for i := range 18 {
		c.at(116, 62, 1).turned(float64(i)*20).box(rubber, -9, -116, 18, 20, 4)
	}
	c.disc(Yellow, 116, 62, 62)
	c.disc(Yellow.dark(.25), 116, 62, 36)
	c.disc(rubber, 116, 62, 14)
	c.svg(t, "M 4 -6 C 40 -66 150 -84 224 -30 L 214 -16 C 150 -62 70 -50 26 8")
	c.disc(rubber, -158, 108, 62)
	c.disc(Yellow, -158, 108, 34)
	c.disc(rubber, -158, 108, 11)
}

func drawTyres(c canvas, t Tone) {
	for i := range 3 {
		y := 140 - float64(i)*66
		c.box(t, -190, y-34, 250, 62, 28)
		for j := range 9 {
			c.line(t.light(.14), 5, -160+float64(j)*24, y-20, -150+float64(j)*24, y+14)
		}
	}
	c.disc(t, 120, 60, 110)
	c.ring(t.light(.14), 120, 60, 96, 5)
	c.disc(0x55575F, 120, 60, 74)
	c.disc(steel, 120, 60, 68)
	for i := range 5 {
		spoke := c.at(120, 60, 1).turned(float64(i) * 72)
		spoke.svg(0x7F868E, "M -10 -60 L 10 -60 L 6 0 L -6 0")
		spoke.disc(0x55575F, 15, -22, 4)
	}
	c.disc(0x666B73, 120, 60, 15)
}

func drawBrake(c canvas, t Tone) {
	c.disc(steel.dark(.15), -10, 20, 146)
	c.disc(steel, -16, 16, 142)
	for i := range 24 {
		sin := c.at(-16, 16, 1).turned(float64(i) * 15)
		sin.disc(0x7A8088, 0, -118+float64(i%3)*14, 5)
	}
	c.disc(t.light(.1), -16, 16, 72)
	c.disc(t.dark(.2), -16, 16, 34)
	for i := range 5 {
		c.at(-16, 16, 1).turned(float64(i)*72).disc(0x4C4D55, 0, -52, 9)
	}
	c.svg(Red, "M 96 -110 C 150 -90 180 -30 172 50 C 168 80 150 96 120 100 L 96 70 C 116 20 104 -40 66 -76")
	c.line(0xF7EFE2, 7, 128, -44, 142, 26)
}

func drawCarRadio(c canvas, t Tone) {
	c.box(t, -240, -70, 480, 240, 22)
	c.box(0x1F2937, -170, -46, 340, 190, 10)
	c.svg(0x3C6E71, "M -170 90 C -80 20 0 100 170 20 L 170 144 L -170 144")
	c.line(lamp, 8, -140, 126, -60, 60, 10, 70, 60, 10, 140, -20)
	c.disc(Orange, 60, 10, 13)
	c.disc(t.light(.3), -206, -20, 20)
	c.disc(t.light(.3), 206, -20, 20)
	for i := range 3 {
		c.box(t.light(.2), -222, 26+float64(i)*38, 32, 20, 5)
		c.box(t.light(.2), 190, 26+float64(i)*38, 32, 20, 5)
	}
}

func drawHelmet(c canvas, t Tone) {
	c.svg(t, "M -150 80 C -170 -90 -70 -170 30 -164 C 130 -156 180 -80 166 30 C 162 90 150 140 120 164 L -60 168 C -110 160 -146 130 -150 80")
	c.svg(0x2C3440, "M -160 -6 C -150 -66 -90 -80 -10 -72 C 50 -66 70 -40 64 10 C 58 56 20 66 -30 66 L -140 62 C -156 50 -162 20 -160 -6")
	c.faint(.3).svg(0xFFFFFF, "M -136 -14 C -126 -52 -90 -58 -60 -58 L -100 44 L -132 42")
	c.line(t.dark(.3), 9, -130, 116, -20, 118)
	c.faint(.8).svg(0xFBF5E8, "M -40 -150 C 40 -172 120 -130 150 -40 L 132 -34 C 100 -104 40 -140 -40 -150")
}
