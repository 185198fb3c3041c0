package handlers

import (
	"strconv"
	"strings"
	"time"

	"piata.ro/internal/text"
	"piata.ro/models"
)

// vehicleKinds are the categories for whose vehicles schema.org has a closer word.
var vehicleKinds = map[string]string{"autoturisme": "Car", "motociclete-scutere-atv": "Motorcycle"}

// driven are the wheels that drive a car.
var driven = map[string]string{"Față": "FrontWheelDriveConfiguration", "Spate": "RearWheelDriveConfiguration", "Integrală": "AllWheelDriveConfiguration"}

func (l *listingLD) vehicle() ld {
	kind := "Vehicle"
	if closer := vehicleKinds[l.category.Slug]; closer != "" {
		kind = closer
	}
	t := l.product([]string{"Product", kind})
	if year, ok := l.number("an"); ok {
		t["vehicleModelDate"] = strconv.Itoa(int(year))
	}
	l.measure(t, "mileageFromOdometer", "km", "KMT")
	l.say(t, "fuelType", "combustibil")
	l.say(t, "vehicleTransmission", "cutie")
	l.say(t, "bodyType", "caroserie")
	if wheels := driven[l.word("tractiune")]; wheels != "" {
		t["driveWheelConfiguration"] = schema + wheels
	}
	if doors, ok := l.number("usi"); ok {
		t["numberOfDoors"] = doors
	}
	return t
}

// homeKinds are the words for what is let or sold, by the beginning of the category's slug.
var homeKinds = []struct{ prefix, kind string }{
	{"apartamente-", "Apartment"}, {"case-", "House"}, {"camere-", "Room"}, {"cazare-", "Accommodation"},
}

// home is a listing of a place to live or to work, with the place itself in it.
func (l *listingLD) home() ld {
	place := ld{"@type": "Place", "name": l.detail.Title, "address": l.address()}
	for _, k := range homeKinds {
		if strings.HasPrefix(l.category.Slug, k.prefix) {
			place["@type"] = k.kind
			l.measure(place, "floorSize", "suprafata", "MTK")
			if rooms := strings.TrimSuffix(strings.Replace(l.word("camere"), "Garsonieră", "1", 1), "+"); rooms != "" && k.kind != "Room" {
				if n, err := strconv.Atoi(rooms); err == nil {
					place["numberOfRooms"] = n
				}
			}
			if year, ok := l.number("an_constructie"); ok {
				place["yearBuilt"] = int(year)
			}
			if baths, ok := l.number("bai"); ok {
				place["numberOfBathroomsTotal"] = int(baths)
			}
		}
	}
	t := l.thing("RealEstateListing")
	offer := l.offer()
	delete(offer, "availableAtOrFrom") // the place says it
	offer["businessFunction"] = "http://purl.org/goodrelations/v1#Sell"
	if strings.Contains(l.category.Slug, "inchiriat") || strings.HasPrefix(l.category.Slug, "camere-") || l.category.Top().Slug == "cazare-si-turism" {
		offer["businessFunction"] = "http://purl.org/goodrelations/v1#LeaseOut"
	}
	t["datePosted"], t["offers"], t["mainEntity"] = text.ISODay(l.detail.PublishedAt), offer, place
	return t
}

// employment translates kinds of work.
var employment = map[string]string{"Full-time": "FULL_TIME", "Part-time": "PART_TIME", "Perioadă determinată": "TEMPORARY", "Sezonier": "TEMPORARY",
	"Colaborare/PFA": "CONTRACTOR", "Internship": "INTERN"}

// job is a place of work that is still to be had.
func (l *listingLD) job() ld {
	if l.detail.Status != models.StatusActive {
		return nil
	}
	t := ld{"@type": "JobPosting", "title": l.detail.Title, "description": text.Truncate(l.detail.Description, 5000), "url": l.page.Canonical,
		"datePosted": text.ISODay(l.detail.PublishedAt), "validThrough": l.detail.ExpiresAt.UTC().Format(time.RFC3339), "directApply": false,
		"hiringOrganization": ld{"@type": "Organization", "name": l.page.Seller.Name},
		"jobLocation":        l.at(), "identifier": ld{"@type": "PropertyValue", "name": "Piața.ro", "value": strconv.FormatInt(l.detail.ID, 10)}}
	if country := l.word("tara"); country != "" { // the place of the listing is where the recruiter sits
		t["jobLocation"] = ld{"@type": "Place", "address": ld{"@type": "PostalAddress", "addressCountry": country}}
	}
	if l.word("loc_munca") == "De acasă" {
		t["jobLocationType"] = "TELECOMMUTE"
		t["applicantLocationRequirements"] = ld{"@type": "Country", "name": "RO"}
	}
	var kinds []string
	for _, key := range []string{"program", "tip_contract"} {
		if kind := employment[l.word(key)]; kind != "" {
			kinds = append(kinds, kind)
		}
	}
	if kinds != nil {
		t["employmentType"] = kinds
	}
	l.salary(t)
	return t
}

// salary is what is paid a month.
func (l *listingLD) salary(t ld) {
	amount := ld{"@type": "QuantitativeValue", "unitText": "MONTH"}
	for key, property := range map[string]string{"salariu_min": "minValue", "salariu_max": "maxValue"} {
		if n, ok := l.number(key); ok {
			amount[property] = n
		}
	}
	if len(amount) == 2 {
		return
	}
	currency := l.word("moneda_salariu")
	if currency == "" {
		currency = string(models.RON)
	}
	t["baseSalary"] = ld{"@type": "MonetaryAmount", "currency": currency, "value": amount}
}
