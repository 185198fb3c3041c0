package handlers

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"piata.ro/models"
)

// StylePage shows every component in every state, in both themes; in local mode only.
type StylePage struct {
	Page
	Themes []StyleTheme
}

// StyleButton is a button with its variant.
type StyleButton struct{ Class, Icon, Label string }

// StyleTheme is one copy of the components; its name keeps the ids of the copies apart.
type StyleTheme struct {
	Name    string // light, dark
	Cards   []CardView
	Seller  SellerView
	Owner   OwnerPanel
	Errors  []FieldError
	Fields  []AttributeField
	Hearts  []FavoriteButton
	Crumbs  []Link
	Buttons []StyleButton
	Colours []string // names of tokens
}

func (s *Server) showStyle(c *fiber.Ctx) error {
	p := StylePage{Page: s.newPage(c, "Stil")}
	p.NoIndex = true
	for _, name := range []string{"light", "dark"} {
		p.Themes = append(p.Themes, styleTheme(name))
	}
	return s.page(c, http.StatusOK, "style", p)
}

func styleTheme(name string) StyleTheme {
	const href = "#continut"
	card := CardView{Href: href, Title: "Bicicletă Pegas de oraș", Price: "1.250 lei", Place: "Turda", Time: "23 nov. 2026, 14:20", TimeISO: "2026-11-23T12:20:00Z", Icon: "bike", SaveURL: href}
	drop, reserved, long := card, card, card
	drop.Price, drop.OldPrice, drop.Drop, drop.Photos, drop.Saved = "1.000 lei", "1.250 lei", "−20 %", "4", true
	reserved.Price, reserved.Reserved = "Gratis", true
	long.Title, long.Price, long.Place = "Apartament cu trei camere decomandate, centrală proprie și loc de parcare, lângă parc", "129.500 €", "București, Sector 3"
	return StyleTheme{
		Name: name, Cards: []CardView{card, drop, reserved, long},
		Seller: SellerView{Name: "Ioana P.", Initial: "I", Href: href, Since: "pe Piața din noiembrie 2026", Listings: "12 anunțuri", Place: "Turda, Cluj"},
		Owner:  OwnerPanel{Status: "Activ", Until: "până pe 23 dec.", EditURL: href, RenewURL: href, ReserveURL: href, SoldURL: href, DeleteURL: href, Missing: []string{"roată"}},
		Errors: []FieldError{{Field: "stil-" + name + "-2", Message: "Scrie un titlu."}},
		Fields: []AttributeField{
			{Name: "stil-" + name + "-1", Label: "Rulaj", Unit: "km", Kind: string(models.KindNumber), Value: "142.000"},
			{Name: "stil-" + name + "-2", Label: "Titlu", Kind: string(models.KindText), Required: true, Error: "Scrie un titlu."},
			{Name: "stil-" + name + "-3", Label: "Combustibil", Kind: string(models.KindSelect), Required: true, Options: []Option{{Value: "d", Label: "Diesel"}, {Value: "b", Label: "Benzină"}}},
			{Name: "stil-" + name + "-4", Label: "Prim proprietar", Kind: string(models.KindBool), Value: "da"},
		},
		Hearts: []FavoriteButton{{SaveURL: href, Title: card.Title, Large: true}, {SaveURL: href, Title: card.Title, Large: true, Saved: true}},
		Crumbs: []Link{{Href: href, Label: "Acasă"}, {Label: "Biciclete"}},
		Buttons: []StyleButton{{"", "share-2", "Trimite"}, {"btn--primary", "", "Publică anunțul"}, {"btn--sun", "plus", "Adaugă anunț"}, {"btn--danger", "trash-2", "Șterge"},
			{"btn--quiet", "", "Renunță"}, {"btn--primary btn--big", "", "Trimite"}},
		Colours: []string{"paper", "surface", "sunken", "ink", "ink-soft", "line", "control", "brand", "brand-strong", "brand-wash", "alert", "alert-wash", "awning", "sun", "sun-wash"},
	}
}
