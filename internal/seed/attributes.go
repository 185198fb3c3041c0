package seed

import (
	"fmt"
	"strconv"
	"strings"

	"piata.ro/models"
)

// complete fills the required attributes that are still empty, and some of the others, with something valid.
func (g *generator) complete(it *item) {
	for _, a := range it.category.Attributes {
		if it.attributes[a.Key] == "" && !a.Secret() && (a.Required || g.chance(30)) {
			it.attributes[a.Key] = g.value(it, a)
		}
		if a.Key == "culoare" && toneOf(it.attributes[a.Key]) != 0 {
			it.tone = toneOf(it.attributes[a.Key])
		}
	}
}

func (g *generator) value(it *item, a models.Attribute) string {
	switch a.Kind {
	case models.KindSelect:
		for _, option := range a.Options {
			if len(option) > 3 && strings.Contains(it.title, option) {
				return option // „Tractor Fendt” is a tractor
			}
		}
		return a.Options[skewed(g.rng, len(a.Options))]
	case models.KindBool:
		return models.AttributeBool
	case models.KindNumber:
		return g.number(a)
	}
	switch a.Key {
	case "marca":
		return g.words.pick(g.rng, "marca_bicicleta")
	case "domeniu":
		return strings.TrimPrefix(it.title, "Caut ")
	case "isbn":
		return fmt.Sprintf("978973%07d", g.rng.IntN(10_000_000))
	case "disponibil_de", "itp_pana":
		return months[g.rng.IntN(len(months))] + " 2027"
	}
	return g.words.fill(g.rng, "cod")
}

// number draws a value that is believable for the attribute.
func (g *generator) number(a models.Attribute) string {
	low, high := 1, 20
	switch {
	case a.Year():
		low, high = 2005, 2026
	case a.Key == "dot":
		low, high = 2018, 2026
	case a.Key == "bai":
		low, high = 1, 3
	case a.Key == "locuri":
		low, high = 4, 7
	case a.Key == "etaje_bloc":
		low, high = 4, 11
	case a.Key == "salariu_min":
		low, high = 27, 45
	case a.Key == "salariu_max":
		low, high = 46, 90
	case a.Unit == "cm":
		low, high = 50, 220
	case a.Unit == "km" || a.Unit == "kg" || a.Unit == "W" || a.Unit == "h":
		low, high = 20, 900
	case a.Unit == "cm³":
		low, high = 900, 3000
	case a.Unit == "CP":
		low, high = 15, 220
	case a.Unit == "lei" || a.Unit == "lei/oră" || a.Unit == "%":
		low, high = 40, 99
	}
	n := low + g.rng.IntN(high-low+1)
	if strings.HasPrefix(a.Key, "salariu_") {
		n *= 100
	}
	return strconv.Itoa(n)
}
