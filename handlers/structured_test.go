package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/htmltest"
	"piata.ro/models"
)

// ldRules are the properties that we use of each type of schema.org; those with a star are required, by Google's documents about
// structured data where they say something of the type.
var ldRules = map[string]string{
	"WebSite":            "@id *name *url inLanguage publisher potentialAction",
	"Organization":       "@id *name url logo",
	"SearchAction":       "*target *query-input",
	"EntryPoint":         "*urlTemplate",
	"BreadcrumbList":     "*itemListElement",
	"ListItem":           "*position *name item",
	"Product":            "*name *offers description image url sku category brand model color",
	"Car":                "*name *offers *brand *model *vehicleModelDate *mileageFromOdometer description image url sku category color fuelType vehicleTransmission bodyType driveWheelConfiguration numberOfDoors",
	"Motorcycle":         "*name *offers *brand description image url sku category model color vehicleModelDate mileageFromOdometer fuelType",
	"Vehicle":            "*name *offers description image url sku category brand model color vehicleModelDate mileageFromOdometer fuelType vehicleTransmission",
	"Brand":              "*name",
	"Offer":              "*price *priceCurrency *availability url priceValidUntil itemCondition seller availableAtOrFrom businessFunction",
	"Person":             "*name",
	"Place":              "*address name",
	"PostalAddress":      "*addressCountry addressLocality addressRegion",
	"AdministrativeArea": "*name",
	"Country":            "*name",
	"QuantitativeValue":  "value unitCode unitText minValue maxValue",
	"PropertyValue":      "*name *value",
	"MonetaryAmount":     "*currency *value",
	"RealEstateListing":  "*name *url *datePosted *offers *mainEntity description image",
	"Apartment":          "*address name numberOfRooms floorSize yearBuilt numberOfBathroomsTotal",
	"House":              "*address name numberOfRooms floorSize yearBuilt numberOfBathroomsTotal",
	"JobPosting":         "*title *description *datePosted *hiringOrganization *jobLocation *validThrough url directApply identifier employmentType baseSalary jobLocationType applicantLocationRequirements",
	"Service":            "*name *serviceType *provider areaServed offers description image url",
}

// checkLD walks through the data and reports what schema.org or Google would not take.
func checkLD(t *testing.T, at string, v any) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			checkLD(t, fmt.Sprintf("%s[%d]", at, i), x)
		}
	case map[string]any:
		types := typesOf(v)
		if len(v) == 1 && v["@id"] != nil {
			return // a reference
		}
		var allowed []string
		for _, kind := range types {
			rule, ok := ldRules[kind]
			if !ok {
				t.Errorf("%s: unknown type %q", at, kind)
			}
			for property := range strings.FieldsSeq(rule) {
				name, required := strings.CutPrefix(property, "*")
				if allowed = append(allowed, name); required && v[name] == nil {
					t.Errorf("%s: %s lacks %s", at, kind, name)
				}
			}
		}
		for name, x := range v {
			if name != "@type" && !slices.Contains(allowed, name) {
				t.Errorf("%s: %v has %s, which we do not know", at, types, name)
			}
			checkLDValue(t, at+"."+name, name, x)
			checkLD(t, at+"."+name, x)
		}
	}
}

func typesOf(v map[string]any) []string {
	switch kind := v["@type"].(type) {
	case string:
		return []string{kind}
	case []any:
		var out []string
		for _, k := range kind {
			out = append(out, fmt.Sprint(k))
		}
		return out
	}
	return nil
}

// checkLDValue knows how the values of some properties are written.
func checkLDValue(t *testing.T, at, name string, v any) {
	t.Helper()
	ok := true
	text, isText := v.(string)
	switch name {
	case "url", "item", "logo":
		u, err := url.Parse(text)
		ok = err == nil && u.IsAbs()
	case "image":
		images, _ := v.([]any)
		ok = len(images) > 0 && strings.HasPrefix(fmt.Sprint(images[0]), testOrigin)
	case "datePosted", "priceValidUntil":
		_, err := time.Parse(time.DateOnly, text)
		ok = err == nil
	case "validThrough":
		_, err := time.Parse(time.RFC3339, text)
		ok = err == nil
	case "price":
		whole, cents, _ := strings.Cut(text, ".")
		ok = isText && len(cents) == 2 && strings.Trim(whole+cents, "0123456789") == "" && whole != ""
	case "priceCurrency", "currency":
		ok = len(text) == 3 && strings.ToUpper(text) == text
	case "availability", "itemCondition", "driveWheelConfiguration":
		ok = strings.HasPrefix(text, "https://schema.org/")
	case "addressCountry":
		ok = text != ""
	case "employmentType":
		for _, kind := range v.([]any) {
			ok = ok && slices.Contains([]string{"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN"}, fmt.Sprint(kind))
		}
	case "itemListElement":
		for i, item := range v.([]any) {
			m, _ := item.(map[string]any)
			ok = ok && m["position"] == float64(i+1) && (m["item"] != nil || i == len(v.([]any))-1)
		}
	case "value", "minValue", "maxValue", "numberOfRooms", "position":
		_, isNumber := v.(float64)
		_, isThing := v.(map[string]any)
		ok = isNumber || isThing || strings.Contains(at, "identifier")
	}
	if !ok {
		t.Errorf("%s is %v", at, v)
	}
}

// graphOf returns the things that a page describes, checked, by type.
func graphOf(t *testing.T, doc htmltest.Doc) map[string]map[string]any {
	t.Helper()
	scripts := doc.Find(`head script[type="application/ld+json"]`)
	things := map[string]map[string]any{}
	if scripts.Length() == 0 {
		return things
	}
	var data struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(scripts.Text()), &data); err != nil || data.Context != "https://schema.org" || scripts.Length() != 1 {
		t.Fatalf("%d scripts, %v: %s", scripts.Length(), err, scripts.Text())
	}
	for _, thing := range data.Graph {
		kinds := typesOf(thing)
		checkLD(t, strings.Join(kinds, "+"), map[string]any(thing))
		for _, kind := range kinds {
			things[kind] = thing
		}
	}
	return things
}

func TestStructuredData(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	visitor := site.visitor()
	home := graphOf(t, visitor.get(t, "/").doc(t))
	action, _ := home["WebSite"]["potentialAction"].(map[string]any)
	if fmt.Sprint(action["target"]) != "map[@type:EntryPoint urlTemplate:"+testOrigin+"/anunturi/?q={search_term_string}]" || home["Organization"] == nil {
		t.Errorf("home: %v", home)
	}
	if crumbs := graphOf(t, visitor.get(t, "/categorii/biciclete/").doc(t))["BreadcrumbList"]; len(crumbs["itemListElement"].([]any)) != 3 {
		t.Errorf("crumbs of a category: %v", crumbs)
	}

	const nasty = `Bicicletă </script><script>alert("1")</script> & "co"`
	base := models.ListingInput{Title: "Anunț de probă", Description: "O descriere destul de lungă pentru formular.", Price: "1.250,50", Currency: "RON", County: "CJ", Locality: "Turda"}
	input := func(category, attributes string) models.ListingInput {
		in := base
		in.Category, in.Attributes = category, map[string]string{}
		for pair := range strings.SplitSeq(attributes, ";") {
			if key, value, ok := strings.Cut(pair, "="); ok {
				in.Attributes[key] = value
			}
		}
		return in
	}
	tests := []struct {
		name, category, attributes string
		change                     func(*models.ListingInput)
		kind                       string         // "" for nothing but breadcrumbs
		want                       map[string]any // of the thing, by path
	}{
		{"bicycle", "biciclete", "tip=Oraș;roata=28;stare=Bună", func(in *models.ListingInput) { in.Title = nasty }, "Product",
			map[string]any{"name": nasty, "offers.price": "1250.50", "offers.itemCondition": schema + "UsedCondition", "offers.availability": schema + "InStock"}},
		{"car", "autoturisme", "marca=Dacia;model=Logan;an=2016;km=120000;combustibil=Benzină;cutie=Manuală;stare_tehnica=Cu daune;tractiune=Față", nil, "Car",
			map[string]any{"brand.name": "Dacia", "vehicleModelDate": "2016", "mileageFromOdometer.value": 120000.0, "offers.itemCondition": schema + "DamagedCondition", "driveWheelConfiguration": schema + "FrontWheelDriveConfiguration"}},
		{"flat to let", "apartamente-de-inchiriat", "camere=2;suprafata=54;compartimentare=Decomandat;etaj=3", func(in *models.ListingInput) { in.Price, in.Currency = "350", "EUR" }, "RealEstateListing",
			map[string]any{"mainEntity.@type": "Apartment", "mainEntity.numberOfRooms": 2.0, "mainEntity.floorSize.value": 54.0, "offers.priceCurrency": "EUR", "offers.businessFunction": "http://purl.org/goodrelations/v1#LeaseOut"}},
		{"land", "terenuri", "suprafata=500;tip_teren=Intravilan", nil, "RealEstateListing", map[string]any{"mainEntity.@type": "Place", "offers.businessFunction": "http://purl.org/goodrelations/v1#Sell"}},
		{"job", "vanzari-si-casierie", "tip_contract=Perioadă determinată;program=Part-time;salariu_min=3000;salariu_max=3500;loc_munca=La sediu;angajator=Angajator direct;experienta=Fără experiență", func(in *models.ListingInput) { in.Price = "" }, "JobPosting",
			map[string]any{"baseSalary.currency": "RON", "baseSalary.value.maxValue": 3500.0, "jobLocation.address.addressLocality": "Turda"}},
		{"job abroad", "munca-in-strainatate", "tip_contract=Sezonier;program=Full-time;loc_munca=La sediu;angajator=Angajator direct;experienta=Fără experiență;tara=Germania", func(in *models.ListingInput) { in.Price = "" }, "JobPosting",
			map[string]any{"jobLocation.address.addressCountry": "Germania"}},
		{"job wanted", "caut-loc-de-munca", "domeniu=Contabilitate", func(in *models.ListingInput) { in.Price = "" }, "", nil},
		{"service", "curatenie", "", func(in *models.ListingInput) { in.Price = "" }, "Service", map[string]any{"serviceType": "Curățenie", "areaServed.name": "Cluj"}},
		{"gift", "ofer-gratuit", "", func(in *models.ListingInput) { in.Price = "gratis" }, "Product", map[string]any{"offers.price": "0.00"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(tt.category, tt.attributes)
			in.Import = true // details that the category asks for are not the matter here
			if tt.change != nil {
				tt.change(&in)
			}
			l := site.stock(t, in)[0]
			address := fmt.Sprintf("/anunt/%s-%d/", l.Slug, l.ID)
			things := graphOf(t, visitor.get(t, address).status(t, http.StatusOK).doc(t))
			if things["BreadcrumbList"] == nil || tt.kind == "" && len(things) != 1 {
				t.Errorf("things %v", things)
			}
			for path, want := range tt.want {
				if got := valueAt(things[tt.kind], path); got != want {
					t.Errorf("%s is %v, want %v", path, got, want)
				}
			}
		})
	}
}

func valueAt(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

// What is sold says so; what has expired is not offered any more.
func TestStructuredDataOfTheSold(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ana")
	address, id := seller.publish(t, bicycleForm(), picture(0))
	seller.post(t, "/anunt/"+id+"/vandut/", nil).status(t, http.StatusSeeOther)
	product := graphOf(t, site.visitor().get(t, address).doc(t))["Product"]
	if got := valueAt(product, "offers.availability"); got != schema+"SoldOut" {
		t.Errorf("availability %v", got)
	}
	address, _ = seller.publish(t, with(bicycleForm(), "titlu", "Altă bicicletă"))
	site.clock.advance(models.ListingLife + time.Hour)
	if _, err := site.store.ExpireDue(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	if things := graphOf(t, site.visitor().get(t, address).doc(t)); things["Product"] != nil {
		t.Errorf("expired: %v", things)
	}
}
