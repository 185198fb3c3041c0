package seed

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"piata.ro/models"
)

// thisYear bounds the years of manufacture; a constant, so that a seed gives the same listings next year.
const thisYear = 2026

// invent chooses title, price and the attributes that belong together.
func (g *generator) invent(it *item) {
	if it.high > 0 {
		it.price = g.priceBetween(it.low, it.high)
	}
	switch it.group {
	case "auto":
		g.vehicle(it)
	case "telefon", "laptop":
		g.gadget(it)
	case "locuinta":
		g.home(it)
	case "piese":
		g.part(it)
	case "anvelope":
		g.tyres(it)
	case "tv", "electro", "mobila":
		g.furnishing(it)
	case "haine", "pantofi", "copii", "bicicleta", "carti":
		g.branded(it)
	case "animal":
		g.pet(it)
	case "job", "serviciu", "spatiu", "alt", "animale":
		it.title = g.one(it.things)
		if g.chance(60) || len(it.title) < 2*models.TitleMin {
			it.title += ", zona " + g.words.pick(g.rng, "loc")
		}
	default:
		it.title = g.dress(g.one(it.things))
	}
}

// dress puts a few more words behind the name of a thing.
func (g *generator) dress(thing string) string {
	n := g.rng.IntN(4)
	if len(thing) < 2*models.TitleMin {
		n = 1 // a bare „Grâu” is too short for a title
	}
	switch n {
	case 0:
		return thing
	case 1:
		return thing + ", " + g.words.pick(g.rng, "titlu")
	case 2:
		return thing + " " + g.words.fill(g.rng, "cod")
	}
	return thing + " " + g.words.pick(g.rng, "titlu") + ", " + g.words.pick(g.rng, "titlu")
}

// product returns a product of the category, the frequent ones often, with the year it was made and how much of its price is left.
func (g *generator) product(it *item, yearly float64) (product, int) {
	all := g.products[it.category.Slug]
	p := all[skewed(g.rng, len(all))]
	year := p.from + g.rng.IntN(p.to-p.from+1)
	it.age = thisYear - year
	it.price = p.price * math.Pow(yearly, float64(it.age)) * (.8 + .4*g.rng.Float64())
	it.attributes["marca"], it.attributes["model"] = p.brand, p.model
	return p, year
}

func (g *generator) vehicle(it *item) {
	p, year := g.product(it, .87)
	km := (it.age*13 + g.rng.IntN(1+it.age*9) + g.rng.IntN(12)) * 1000
	it.price *= 1 - min(.4, float64(km)/1e6)
	a := it.attributes
	a["an"], a["km"] = strconv.Itoa(year), strconv.Itoa(km+g.rng.IntN(1000))
	it.used = it.age > 1
	if it.category.Slug == "motociclete-scutere-atv" {
		a["tip"], a["cilindree"], _ = strings.Cut(p.detail, " ")
		it.motif = "motorbike"
		if a["tip"] == "Scuter" || a["tip"] == "Moped" {
			it.motif = "scooter"
		}
		it.title = fmt.Sprintf("%s %s, %d", p.brand, p.model, year)
		return
	}
	a["combustibil"] = g.fuel(p, it.age)
	if it.category.Slug == "autoutilitare" {
		a["tip_utilitara"] = p.detail
	} else {
		a["caroserie"] = p.detail
		it.motif = map[string]string{"SUV": "suv", "Sedan": "sedan", "Break": "sedan"}[p.detail]
		if it.motif == "" {
			it.motif = "car"
		}
		a["stare_tehnica"] = "Fără daune"
		if g.chance(6) {
			a["stare_tehnica"] = "Cu daune"
			it.price *= .5
		}
	}
	a["cutie"] = "Manuală"
	if a["combustibil"] == "Electric" || g.chance(15+max(0, 60-4*it.age)) {
		a["cutie"] = "Automată"
	}
	a["putere"] = strconv.Itoa(60 + int(p.price/300) + 10*g.rng.IntN(6))
	liters := []string{"1.0", "1.2", "1.4", "1.5", "1.6", "1.9", "2.0", "2.2", "3.0"}
	size := liters[min(len(liters)-1, int(p.price/9000)+g.rng.IntN(4))]
	engine := size + " " + strings.ToLower(a["combustibil"])
	if a["combustibil"] == "Electric" {
		engine = "electric"
	} else if it.category.Slug == "autoturisme" {
		a["cilindree"] = strings.Replace(size, ".", "", 1) + "00"
	}
	it.title = fmt.Sprintf("%s %s %s, %d", p.brand, p.model, engine, year)
	if g.chance(40) {
		it.title += ", " + g.words.pick(g.rng, "titlu")
	}
}

func (g *generator) fuel(p product, age int) string {
	switch {
	case p.brand == "Tesla" || p.model == "Spring" || p.model == "Zoe" || p.model == "Atto 3":
		return "Electric"
	case age < 8 && g.chance(22):
		return "Hibrid"
	case g.chance(8):
		return "GPL"
	case p.price > 19000 && g.chance(65):
		return "Diesel"
	}
	return "Benzină"
}

func (g *generator) gadget(it *item) {
	p, _ := g.product(it, .76)
	a := it.attributes
	a["stare"] = g.condition(it)
	it.price = max(it.price, 80)
	if it.group == "telefon" {
		a["stocare"] = p.detail
		it.title = fmt.Sprintf("%s %s %s GB", p.brand, p.model, p.detail)
		a["baterie"] = strconv.Itoa(max(70, 100-4*it.age-g.rng.IntN(8)))
	} else {
		a["diagonala"] = p.detail
		a["ram"] = g.one([]string{"8", "8", "16", "16", "16", "32"})
		a["procesor"] = g.one([]string{"Intel Core i5", "Intel Core i5", "Intel Core i7", "AMD Ryzen 5", "AMD Ryzen 7", "Intel Core i3"})
		if p.brand == "Apple" {
			a["procesor"] = g.one([]string{"Apple M1", "Apple M2", "Apple M3"})
		}
		it.title = fmt.Sprintf("%s %s, %s, %s GB RAM", p.brand, p.model, strings.TrimPrefix(a["procesor"], "Intel Core "), a["ram"])
	}
	if g.chance(50) {
		it.title += ", " + g.words.pick(g.rng, "titlu")
	}
}

// condition chooses an option of the category's own „Stare” and lets the price follow.
func (g *generator) condition(it *item) string {
	attribute, ok := it.category.Attribute("stare")
	if !ok {
		return ""
	}
	n := len(attribute.Options)
	i := min(n-1, (g.rng.IntN(n)+g.rng.IntN(n))/2)
	it.price *= 1.15 - .12*float64(i)
	return attribute.Options[i]
}

func (g *generator) home(it *item) {
	rooms := 1 + (g.rng.IntN(4)+g.rng.IntN(4))/2
	area := rooms*20 + 8 + g.rng.IntN(25)
	a, slug := it.attributes, it.category.Slug
	middle := math.Sqrt(it.low * it.high)
	it.price = middle * float64(area) / 62 * (.6 + .9*g.rng.Float64())
	a["suprafata"] = strconv.Itoa(area)
	switch slug {
	case "terenuri":
		land := 200 + g.rng.IntN(40)*50*(1+g.rng.IntN(4))
		a["suprafata"] = strconv.Itoa(land)
		it.price = float64(land) * (3 + 60*g.rng.Float64()*g.rng.Float64())
		it.title = fmt.Sprintf("Teren %d mp, %s", land, g.words.pick(g.rng, "loc"))
		return
	case "case-de-vanzare", "case-de-inchiriat":
		a["camere"], a["suprafata"] = strconv.Itoa(min(6, rooms+1)), strconv.Itoa(area+40)
		a["suprafata_teren"] = strconv.Itoa(150 + 50*g.rng.IntN(40))
		it.title = fmt.Sprintf("%s %d camere, lângă %s", g.one([]string{"Casă", "Vilă", "Casă cu grădină", "Duplex"}), rooms+1, g.words.pick(g.rng, "loc"))
	default:
		a["camere"] = g.one([]string{strconv.Itoa(rooms), strconv.Itoa(rooms)})
		kind := fmt.Sprintf("Apartament %d camere", rooms)
		if rooms == 1 {
			a["camere"], kind = "Garsonieră", "Garsonieră"
		}
		it.title = fmt.Sprintf("%s, %d mp, %s", kind, area, g.words.pick(g.rng, "loc"))
		if g.chance(40) {
			it.title = kind + ", Strada " + g.words.pick(g.rng, "strada")
		}
	}
	if g.chance(70) {
		a["an_constructie"] = strconv.Itoa(1960 + g.rng.IntN(66))
	}
}

var partNames = strings.Split("Far,Stop,Bară față,Bară spate,Oglindă,Alternator,Electromotor,Turbină,Injector,Radiator,Compresor climă,Planetară,Amortizor,Disc frână,Etrier,Pompă apă,Kit distribuție,Kit ambreiaj,Volantă,Cutie de viteze,Motor,Chiulasă,Ușă,Aripă,Capotă,Parbriz,Lunetă,Senzor ABS,Calculator motor,Airbag,Bujii,Filtru particule,Catalizator,Galerie evacuare,Suport motor,Rulment,Bieletă,Casetă direcție,Pompă servodirecție,Debitmetru,EGR,Vas expansiune,Macara geam,Broască ușă,Ștergător", ",")

func (g *generator) part(it *item) {
	all := g.products["autoturisme"]
	p := all[skewed(g.rng, len(all))]
	it.attributes["marca_auto"], it.attributes["model_auto"] = p.brand, p.model
	it.attributes["stare"] = g.condition(it)
	it.title = fmt.Sprintf("%s %s %s", partNames[skewed(g.rng, len(partNames))], p.brand, p.model)
	if g.chance(50) {
		code := g.words.fill(g.rng, "cod")
		it.attributes["cod_piesa"] = code
		it.title += " " + code
	}
}

func (g *generator) tyres(it *item) {
	a := it.attributes
	inch := 13 + (g.rng.IntN(8)+g.rng.IntN(8))/2
	width, height := 155+10*g.rng.IntN(10), 35+5*g.rng.IntN(8)
	a["tip"], a["sezon"], a["diametru"] = g.one([]string{"Anvelope", "Anvelope", "Jante", "Roți complete"}), g.one([]string{"Vară", "Iarnă", "All season"}), strconv.Itoa(inch)
	brand := g.one([]string{"Michelin", "Continental", "Goodyear", "Hankook", "Nokian", "Pirelli", "Debica", "Matador", "Bridgestone", "Kumho"})
	it.title = fmt.Sprintf("%s %s R%d", a["tip"], brand, inch)
	if a["tip"] != "Jante" {
		a["latime"], a["inaltime"] = strconv.Itoa(width), strconv.Itoa(height)
		it.title = fmt.Sprintf("%s %s %s %d/%d R%d", a["tip"], strings.ToLower(a["sezon"]), brand, width, height, inch)
	}
}

// furnishing names a thing by its kind and brand, which are options of the category.
func (g *generator) furnishing(it *item) {
	a := it.attributes
	a["stare"] = g.condition(it)
	if brand, ok := it.category.Attribute("marca"); ok {
		a["marca"] = brand.Options[skewed(g.rng, len(brand.Options)-1)]
	}
	switch it.group {
	case "tv":
		sizes, _ := it.category.Attribute("diagonala")
		i := g.rng.IntN(len(sizes.Options))
		a["diagonala"] = sizes.Options[i]
		it.price = 250 * math.Pow(1.45, float64(i)) * (.6 + .8*g.rng.Float64())
		it.title = fmt.Sprintf("Televizor %s %s cm", a["marca"], a["diagonala"])
	default:
		types, _ := it.category.Attribute("tip")
		a["tip"] = types.Options[skewed(g.rng, len(types.Options))]
		it.motif = furnitureMotif(a["tip"])
		it.title = g.dress(strings.TrimSpace(a["tip"] + " " + a["marca"]))
	}
}

// furnitureMotif finds the drawing for a kind of furniture or appliance.
func furnitureMotif(name string) string {
	for part, motif := range map[string]string{"Canapele": "sofa", "Fotolii": "armchair", "Paturi": "bed", "Saltele": "bed", "Dulapuri": "wardrobe",
		"Comode": "wardrobe", "Mese": "dining", "Scaune": "dining", "Birouri": "desk", "Bucătării": "kitchen", "Mașină": "washer", "Uscător": "washer",
		"Frigider": "fridge", "Combină": "fridge", "Congelator": "fridge"} {
		if strings.HasPrefix(name, part) {
			return motif // no two parts begin one name, so the order of the map does not matter
		}
	}
	if name == "Altele" {
		return "lamp"
	}
	return "stove"
}

// branded is what people look for by brand or author and size.
func (g *generator) branded(it *item) {
	a := it.attributes
	a["stare"] = g.condition(it)
	lists := map[string]string{"haine": "marca_haine", "pantofi": "marca_pantofi", "bicicleta": "marca_bicicleta", "carti": "autor", "copii": "marca_haine"}
	types, ok := it.category.Attribute("tip")
	if !ok {
		types, _ = it.category.Attribute("pentru")
	}
	option := types.Options[skewed(g.rng, len(types.Options))]
	a[types.Key] = option
	list := lists[it.group]
	if option == "Vinil" || option == "CD" {
		list = "artist"
	}
	name := g.words.pick(g.rng, list)
	it.title = option + " " + name
	switch it.group {
	case "carti":
		a["autor"] = name
		it.motif = "books"
		if list == "artist" {
			it.motif = "vinyl"
		}
	case "copii":
		it.title = "Haine " + strings.ToLower(option) + " " + name
	case "bicicleta":
		a["marca"] = name
		it.title = "Bicicletă " + it.title
	default:
		a["marca"] = name
		sizes, _ := it.category.Attribute("marime")
		a["marime"] = sizes.Options[(g.rng.IntN(len(sizes.Options))+g.rng.IntN(len(sizes.Options)))/2]
		it.title += ", mărimea " + a["marime"]
		it.motif = clothesMotif(option, it.motif)
	}
	if g.chance(35) {
		it.title += ", " + g.words.pick(g.rng, "titlu")
	}
}

func clothesMotif(option, otherwise string) string {
	switch option {
	case "Rochii", "Fuste":
		return "dress"
	case "Geci și paltoane", "Costume", "Pulovere", "Pulovere și hanorace":
		return "jacket"
	case "Bluze și cămăși", "Cămăși", "Tricouri":
		return "shirt"
	case "Sport":
		if otherwise == "heel" || otherwise == "boot" {
			return "sneaker"
		}
	case "Cizme și ghete":
		return "boot"
	}
	return otherwise
}

func (g *generator) pet(it *item) {
	breeds, _ := it.category.Attribute("rasa")
	breed := breeds.Options[skewed(g.rng, len(breeds.Options))]
	it.attributes["rasa"] = breed
	it.attributes["varsta"] = strconv.Itoa(2 + skewed(g.rng, 60))
	if breed == "Metis" || breed == "Europeană" {
		it.price = 0
	}
	it.title = g.dress(g.one([]string{"Pui de ", "", "Pui jucăuși "}) + breed)
}
