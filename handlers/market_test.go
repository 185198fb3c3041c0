package handlers

import (
	"fmt"
	"net/http"
	"testing"

	"piata.ro/internal/dbtest"
	"piata.ro/models"
)

// car is a good input; tests alter it.
func car(make, model string, price int) models.ListingInput {
	return models.ListingInput{
		Category: "autoturisme", Title: make + " " + model + " în stare bună", Description: "Unic proprietar, revizie făcută la timp, fără rugină.",
		Price: fmt.Sprint(price), Currency: "EUR", County: "CJ", Locality: "Turda",
		Attributes: map[string]string{"marca": make, "model": model, "an": "2016", "km": "120000", "combustibil": "Benzină", "cutie": "Manuală", "stare_tehnica": "Fără daune"},
	}
}

// stock publishes listings past the forms.
func (s *testSite) stock(t *testing.T, inputs ...models.ListingInput) []models.Listing {
	t.Helper()
	owner, err := s.store.EnsureUser(t.Context(), models.Identity{ClerkID: "user_stoc", FirstName: "Stoc"})
	if err != nil {
		t.Fatal(err)
	}
	var listings []models.Listing
	for _, in := range inputs {
		draft, errs := s.store.Catalog().ParseListing(in)
		for field, message := range errs {
			t.Fatalf("%s: %s", field, message)
		}
		l, err := s.store.CreateListing(t.Context(), models.Submission{OwnerID: owner.ID, Draft: draft})
		if err != nil {
			t.Fatal(err)
		}
		listings = append(listings, l)
	}
	return listings
}

func TestMarketPrices(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		var inputs []models.ListingInput
		for i := range 12 {
			inputs = append(inputs, car("Dacia", "Logan", 3000+100*i))
		}
		for i := range 3 {
			inputs = append(inputs, car("Dacia", "Duster", 9000+500*i))
		}
		inputs = append(inputs, car("Skoda", "Fabia", 3600))
		listings := site.stock(t, inputs...)
		page := func(l models.Listing) *response {
			return site.visitor().get(t, fmt.Sprintf("/anunt/%s-%d/", l.Slug, l.ID)).status(t, http.StatusOK)
		}
		// Exactly enough Logans: they are compared with each other, the cheapest with all others.
		first := page(listings[0]).doc(t)
		first.Has(t, ".market", "Autoturisme · Dacia Logan", "12 anunțuri", "Mai ieftin decât 92 % dintre ele.")
		first.Has(t, ".market svg[role=img] .chart__mark")
		page(listings[6]).doc(t).Has(t, ".market__verdict", "Un preț obișnuit.")
		page(listings[11]).doc(t).Has(t, ".market__verdict", "Mai scump decât 91 % dintre ele.")
		// Too few Dusters and Fabias: all of the make, then all cars.
		page(listings[12]).doc(t).Has(t, ".market", "Autoturisme · Dacia", "15 anunțuri")
		page(listings[15]).doc(t).Has(t, ".market__what", "Autoturisme, 16 anunțuri")

		// A price that changes shows at once, compared with what was known of the others for up to five minutes.
		site.stock(t, car("Dacia", "Logan", 5000))
		page(listings[0]).doc(t).Has(t, ".market__what", "12 anunțuri")
		site.clock.advance(marketLife)
		page(listings[0]).doc(t).Has(t, ".market__what", "13 anunțuri")
	})
}

func TestMarketSaysNothing(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	var inputs []models.ListingInput
	for i := range 14 { // from 200 € to two million: nothing to compare
		inputs = append(inputs, car("Dacia", "Logan", 200<<i))
	}
	gift := car("Dacia", "Logan", 0)
	gift.Price = "gratis"
	for _, l := range site.stock(t, append(inputs, gift)...) {
		site.visitor().get(t, fmt.Sprintf("/anunt/%s-%d/", l.Slug, l.ID)).status(t, http.StatusOK).doc(t).HasNot(t, ".market")
	}
}
