// Package chart draws small pictures of numbers as inline SVG: bars by day, a line, and how prices are spread. Nothing in them is styled
// where it stands: static/css/chart.css gives the classes their colours, light and dark. Each picture has a title and a description, which
// is what people who do not see it get; the text around it should say the main thing to everybody.
package chart

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// Size of the pictures in their own units; the stylesheet makes them as wide as their place.
const (
	width  = 240
	gap    = 1.5 // between bars
	radius = 1
)

// Text is what a picture says in words.
type Text struct {
	ID          string // unique on the page; ties the words to the picture
	Title       string // "Vizualizări pe zi"
	Description string // "34 de vizualizări în 14 zile, cele mai multe pe 12 nov.: 9."
}

// svg opens the picture and says its words. The caller appends shapes and "</svg>".
func (t Text) svg(b *strings.Builder, kind string, height int) {
	id := html.EscapeString(t.ID)
	b.WriteString(`<svg class="chart chart--` + kind + `" viewBox="0 0 ` + strconv.Itoa(width) + " " + strconv.Itoa(height) + `" width="` + strconv.Itoa(width) +
		`" height="` + strconv.Itoa(height) + `" role="img" aria-labelledby="` + id + `-t ` + id + `-d"><title id="` + id + `-t">` + html.EscapeString(t.Title) +
		`</title><desc id="` + id + `-d">` + html.EscapeString(t.Description) + `</desc>`)
}

// Bars are counts in equal steps, for instance one bar a day. The zero value draws an empty base line.
type Bars struct {
	Text
	Values []int    // not negative
	Marks  []int    // where above 0, a dot stands over the bar; may be nil
	Labels []string // one for each value, shown when a mouse rests on it; may be nil
}

const barsHeight = 48

// SVG draws the bars. A day without anything keeps a line of its own, so that it can be told from a missing one.
func (c Bars) SVG() string {
	var b strings.Builder
	c.svg(&b, "bars", barsHeight)
	most := 1
	for _, v := range c.Values {
		most = max(most, v)
	}
	const top, base = 8.0, barsHeight - 1.0 // dots stand in the room above
	step := float64(width) / float64(max(1, len(c.Values)))
	for i, v := range c.Values {
		height := max(1, float64(max(0, v))/float64(most)*(base-top))
		x := float64(i)*step + gap/2
		class := "chart__bar"
		if v <= 0 {
			class = "chart__bar chart__bar--none"
		}
		rect(&b, class, x, base-height, max(step-gap, .5), height, at(c.Labels, i))
		if i < len(c.Marks) && c.Marks[i] > 0 {
			b.WriteString(`<circle class="chart__dot" cx="` + number(x+(step-gap)/2) + `" cy="` + number(base-height-4) + `" r="2.5"/>`)
		}
	}
	b.WriteString("</svg>")
	return b.String()
}

func rect(b *strings.Builder, class string, x, y, w, h float64, label string) {
	b.WriteString(`<rect class="` + class + `" x="` + number(x) + `" y="` + number(y) + `" width="` + number(w) + `" height="` + number(h) + `" rx="` + strconv.Itoa(radius) + `"`)
	if label == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString("><title>" + html.EscapeString(label) + "</title></rect>")
}

func at(labels []string, i int) string {
	if i < len(labels) {
		return labels[i]
	}
	return ""
}

// number writes a coordinate with at most one decimal; what is no number is 0.
func number(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "0"
	}
	return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64)
}
