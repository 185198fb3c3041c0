package chart

import (
	"slices"
	"strings"
)

// Spread says how a set of numbers is spread: a quarter of them lie below Low, half below Middle, a quarter above High. Least and Most
// bound nine in ten of them, so that one absurd price does not squeeze the others together.
type Spread struct {
	Least, Low, Middle, High, Most int64
}

// SpreadOf computes the spread of sorted numbers; of none it is zero.
func SpreadOf(sorted []int64) Spread {
	return Spread{
		Least: quantile(sorted, 5), Low: quantile(sorted, 25), Middle: quantile(sorted, 50), High: quantile(sorted, 75), Most: quantile(sorted, 95),
	}
}

// quantile interpolates between neighbours, as spreadsheets do.
func quantile(sorted []int64, percent int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	place := float64(len(sorted)-1) * float64(percent) / 100
	i := int(place)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + int64((place-float64(i))*float64(sorted[i+1]-sorted[i]))
}

// Distribution is how prices are spread, with one of them marked.
type Distribution struct {
	Text
	Sorted []int64 // rising
	Marked int64   // the price to mark; below 0 for none
}

const (
	bins               = 24
	distributionHeight = 72
)

// SVG draws the prices in equal steps between the rare ends, which gather what lies beyond them; the middle half stands on a band, a thin
// line marks the median and a pointed one the marked price.
func (c Distribution) SVG() string {
	var b strings.Builder
	c.svg(&b, "spread", distributionHeight)
	spread := SpreadOf(c.Sorted)
	from, to := spread.Least, spread.Most
	if to <= from {
		from, to = from-1, to+1
	}
	const top, base = 12.0, distributionHeight - 4.0 // the pointer stands in the room above
	x := func(price int64) float64 {
		return width * float64(min(max(price, from), to)-from) / float64(to-from)
	}
	counts, most := binned(c.Sorted, from, to)
	rect(&b, "chart__band", x(spread.Low), top, max(1, x(spread.High)-x(spread.Low)), base-top+4, "")
	step := float64(width) / bins
	for i, n := range counts {
		if n == 0 {
			continue
		}
		height := max(1, float64(n)/float64(most)*(base-top-4))
		rect(&b, "chart__bar", float64(i)*step+gap/2, base-height, step-gap, height, "")
	}
	middle := number(x(spread.Middle))
	b.WriteString(`<path class="chart__middle" d="M` + middle + ` ` + number(top) + `V` + number(base+4) + `"/>`)
	if c.Marked >= 0 && len(c.Sorted) > 0 {
		at := min(max(x(c.Marked), 5), width-5)
		b.WriteString(`<path class="chart__mark" d="M` + number(at) + ` 10l-5-8h10zM` + number(at-1) + ` 9h2V` + number(base+4) + `h-2z"/>`)
	}
	b.WriteString("</svg>")
	return b.String()
}

// binned counts the prices in equal steps between from and to.
func binned(sorted []int64, from, to int64) (counts [bins]int, most int) {
	most = 1
	for _, price := range sorted {
		i := int(float64(min(max(price, from), to)-from) / float64(to-from) * bins)
		i = min(i, bins-1)
		counts[i]++
		most = max(most, counts[i])
	}
	return counts, most
}

// Share returns how many of a hundred sorted numbers are below n.
func Share(sorted []int64, n int64) int {
	if len(sorted) == 0 {
		return 0
	}
	i, _ := slices.BinarySearch(sorted, n)
	return i * 100 / len(sorted)
}
