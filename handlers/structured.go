package handlers

import (
	"strconv"
	"strings"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ld is one thing in the vocabulary of schema.org, written into the page as JSON-LD.
type ld map[string]any

const schema = "https://schema.org/"

// graph is what a page says about itself to machines; things that are nil are left out. Without any it is nil.
func graph(things ...ld) ld {
	var known []ld
	for _, t := range things {
		if t != nil {
			known = append(known, t)
		}
	}
	if known == nil {
		return nil
	}
	return ld{"@context": "https://schema.org", "@graph": known}
}

// siteLD says whose site this is and how it is searched.
func (s *Server) siteLD() (site, owner ld) {
	home := s.absolute(urls.Home)
	owner = ld{"@type": "Organization", "@id": home + "#piata", "name": "Piața.ro", "url": home, "logo": s.absolute(s.assets.URL("img/icon-512.png"))}
	site = ld{"@type": "WebSite", "@id": home + "#site", "name": "Piața.ro", "url": home, "inLanguage": "ro", "publisher": ld{"@id": home + "#piata"},
		"potentialAction": ld{"@type": "SearchAction", "query-input": "required name=search_term_string",
			"target": ld{"@type": "EntryPoint", "urlTemplate": s.absolute(urls.Results) + "?" + paramQuery + "={search_term_string}"}}}
	return site, owner
}

// crumbsLD is the way to the page; last is what stands at its end, "" when the links end with the page itself.
func (s *Server) crumbsLD(links []Link, last string) ld {
	if len(links) == 0 {
		return nil
	}
	var items []ld
	for i, l := range links {
		items = append(items, ld{"@type": "ListItem", "position": i + 1, "name": l.Label, "item": s.absolute(l.Href)})
	}
	if last != "" {
		items = append(items, ld{"@type": "ListItem", "position": len(items) + 1, "name": last})
	}
	return ld{"@type": "BreadcrumbList", "itemListElement": items}
}

// listingLD describes listings one at a time.
type listingLD struct {
	page     *ListingPage
	detail   *models.ListingDetail
	category *models.Category
	place    *models.Locality
	images   []string
}

// describeListing says what is offered, by the kind of its category; nil where schema.org has no word for it, or asks for what is not known.
func (s *Server) describeListing(p *ListingPage, d *models.ListingDetail, category *models.Category) ld {
	l := listingLD{page: p, detail: d, category: category, place: s.store.Catalog().LocalityByCode(d.LocalitySiruta)}
	if category == nil || l.place == nil || d.Status == models.StatusExpired {
		return nil
	}
	for _, photo := range p.Photos {
		l.images = append(l.images, s.absolute(photo.Large))
	}
	top := category.Top().Slug
	switch {
	case category.Slug == "caut-loc-de-munca", top == "comunitate" && category.Slug != "ofer-gratuit":
		return nil // somebody looks for something, or tells it
	case top == "locuri-de-munca":
		return l.job()
	case top == "servicii":
		return l.service()
	case d.PriceMinor == nil:
		return nil // an offer without its price is none
	case top == "imobiliare", top == "cazare-si-turism" && category.Slug != "bilete-si-vouchere-de-vacanta":
		return l.home()
	case top == "auto-moto-si-ambarcatiuni":
		return l.vehicle()
	}
	return l.product("Product")
}

// thing has what all kinds share.
func (l *listingLD) thing(kind any) ld {
	t := ld{"@type": kind, "name": l.detail.Title, "description": text.Truncate(l.detail.Description, 1000), "url": l.page.Canonical}
	if len(l.images) > 0 {
		t["image"] = l.images
	}
	return t
}

func (l *listingLD) product(kind any) ld {
	t := l.thing(kind)
	t["sku"], t["category"] = strconv.FormatInt(l.detail.ID, 10), l.category.Name
	t["offers"] = l.offer()
	if brand := l.word("marca"); brand != "" && !strings.HasPrefix(brand, "Alt") {
		t["brand"] = ld{"@type": "Brand", "name": brand}
	}
	l.say(t, "model", "model")
	l.say(t, "color", "culoare")
	return t
}

func (l *listingLD) offer() ld {
	d := l.detail
	o := ld{"@type": "Offer", "url": l.page.Canonical, "price": plainAmount(*d.PriceMinor), "priceCurrency": string(d.Currency),
		"availability": schema + "InStock", "seller": ld{"@type": "Person", "name": l.page.Seller.Name}, "availableAtOrFrom": l.at()}
	if d.Status == models.StatusSold {
		o["availability"] = schema + "SoldOut"
	} else {
		o["priceValidUntil"] = text.ISODay(d.ExpiresAt)
	}
	if condition := l.condition(); condition != "" {
		o["itemCondition"] = schema + condition
	}
	return o
}

// plainAmount writes a price as machines do: "1250.00".
func plainAmount(minor int64) string {
	cents := strconv.FormatInt(minor%100+100, 10)[1:]
	return strconv.FormatInt(minor/100, 10) + "." + cents
}

func (l *listingLD) condition() string {
	switch own := l.word("stare_tehnica") + l.word("stare"); {
	case l.detail.Condition == models.ConditionNew, strings.HasPrefix(own, "Nou"):
		return "NewCondition"
	case own == "Pentru piese", own == "Cu daune":
		return "DamagedCondition"
	case l.detail.Condition == models.ConditionUsed, own != "":
		return "UsedCondition"
	}
	return ""
}

// at is the place of the listing.
func (l *listingLD) at() ld { return ld{"@type": "Place", "address": l.address()} }

func (l *listingLD) address() ld {
	return ld{"@type": "PostalAddress", "addressLocality": l.place.Name, "addressRegion": l.place.County.Name, "addressCountry": "RO"}
}

func (l *listingLD) service() ld {
	t := l.thing("Service")
	t["serviceType"], t["provider"] = l.category.Name, ld{"@type": "Person", "name": l.page.Seller.Name}
	t["areaServed"] = ld{"@type": "AdministrativeArea", "name": l.place.County.Name}
	if l.detail.PriceMinor != nil {
		t["offers"] = l.offer()
	}
	return t
}

// word returns the text of a detail, number its number.
func (l *listingLD) word(key string) string {
	for _, v := range l.detail.Attributes {
		if v.Key == key {
			return v.TextValue
		}
	}
	return ""
}

func (l *listingLD) number(key string) (float64, bool) {
	for _, v := range l.detail.Attributes {
		if v.Key == key && v.NumberValue != nil {
			return *v.NumberValue, true
		}
	}
	return 0, false
}

// say adds the text of a detail, measure its number with the unit's code of UN/CEFACT.
func (l *listingLD) say(t ld, property, key string) {
	if v := l.word(key); v != "" {
		t[property] = v
	}
}

func (l *listingLD) measure(t ld, property, key, unit string) {
	if n, ok := l.number(key); ok {
		t[property] = ld{"@type": "QuantitativeValue", "value": n, "unitCode": unit}
	}
}
