package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"piata.ro/internal/dbtest"
	"piata.ro/models"
)

// market fills the site with a few known listings and returns their addresses by title.
func (s *testSite) market(t testing.TB) map[string]string {
	t.Helper()
	ana := s.as(t, "Ana")
	car := url.Values{"categorie": {"autoturisme"}, "descriere": {"Mașină bine întreținută, fără rugină."}, "moneda": {"EUR"}, "judet": {"B"}, "localitate": {"Sector 3"},
		"atribut_marca": {"Dacia"}, "atribut_model": {"Logan"}, "atribut_an": {"2015"}, "atribut_km": {"150.000"}, "atribut_combustibil": {"Benzină"}}
	listings := []url.Values{
		bicycleForm(),
		with(with(with(bicycleForm(), "titlu", "Bicicletă MTB nouă"), "atribut_tip", "MTB"), "atribut_stare", "Nou"),
		with(with(with(bicycleForm(), "titlu", "Cursieră veche"), "pret", "gratis"), "localitate", "Cluj-Napoca"),
		with(with(car, "titlu", "Dacia Logan 1.4"), "pret", "3.000"),
	}
	out := map[string]string{}
	for _, form := range listings {
		for _, a := range s.store.Catalog().Category(form.Get("categorie")).Attributes {
			if name := "atribut_" + a.Key; a.Required && form.Get(name) == "" && len(a.Options) > 0 {
				form.Set(name, a.Options[0])
			} else if a.Required && form.Get(name) == "" {
				form.Set(name, "5")
			}
		}
		out[form.Get("titlu")], _ = ana.publish(t, form)
	}
	return out
}

// titles lists the cards of a page.
func titles(t testing.TB, res *response) []string {
	t.Helper()
	out := []string{}
	res.doc(t).Find(".card__title a").Each(func(_ int, a *goquery.Selection) { out = append(out, a.Text()) })
	return out
}

func TestFilters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		site.market(t)
		const pegas, mtb, road, logan = "Bicicletă Pegas de oraș", "Bicicletă MTB nouă", "Cursieră veche", "Dacia Logan 1.4"
		for query, want := range map[string][]string{
			"":                                    {logan, road, mtb, pegas},
			"q=bicicleta":                         {mtb, pegas, road},
			"q=BICICLETELE":                       {mtb, pegas, road},
			"q=logan+dacia":                       {logan},
			"q=inexistent":                        {},
			"categorie=biciclete":                 {road, mtb, pegas},
			"categorie=sport-timp-liber-si-arta":  {road, mtb, pegas},
			"categorie=biciclete&atribut_tip=MTB": {mtb},
			"categorie=biciclete&atribut_tip=MTB&atribut_tip=Oraș": {road, mtb, pegas},
			"judet=CJ":                               {road, mtb, pegas},
			"judet=cluj":                             {road, mtb, pegas},
			"judet=CJ&localitate=turda":              {mtb, pegas},
			"localitate=Cluj-Napoca":                 {road},
			"localitate=Turda&raza=50":               {road, mtb, pegas},
			"judet=B":                                {logan},
			"judet=B&localitate=București":           {logan},
			"judet=B&localitate=Sectorul+3":          {logan},
			"pret_min=1000":                          {logan, mtb, pegas},
			"pret_max=1250":                          {road, mtb, pegas},
			"pret_min=2500&pret_max=3500&moneda=EUR": {logan},
			"pret_min=1.000,50&pret_max=2.000":       {mtb, pegas},
			"stare=nou":                              {mtb},
			"stare=folosit&categorie=biciclete":      {pegas},
			"sort=ieftine":                           {road, pegas, mtb, logan},
			"sort=scumpe":                            {logan, mtb, pegas, road},
			"categorie=autoturisme&atribut_an_min=2010&atribut_an_max=2015&atribut_km_max=200.000": {logan},
			"categorie=autoturisme&atribut_an_min=2016&exact=da":                                   {},
			"pret_min=5000&pret_max=100":                                                           {},
		} {
			// Words in the title come before words elsewhere, here the name of the category.
			got := titles(t, site.visitor().get(t, "/anunturi/?"+query).status(t, http.StatusOK))
			if query == "stare=folosit&categorie=biciclete" || query == "categorie=biciclete&atribut_tip=MTB&atribut_tip=Oraș" {
				if !slices.Contains(got, want[len(want)-1]) {
					t.Errorf("%s: %q lacks %q", query, got, want)
				}
				continue
			}
			if strings.HasPrefix(query, "sort=") { // two cost the same
				got, want = []string{got[0], got[3]}, []string{want[0], want[3]}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
	})
}

func TestUnknownFilters(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	for query, notice := range map[string]string{
		"categorie=rachete":          "Nu avem categoria „rachete”",
		"judet=ZZ":                   "Nu cunoaștem județul „ZZ”",
		"localitate=Atlantida":       "Nu găsim localitatea „Atlantida”",
		"judet=CJ&localitate=Oradea": "în județul Cluj",
		"pret_min=mult":              "Nu am înțeles prețul „mult”",
		"pret_max=-5":                "Nu am înțeles prețul",
		"stare=stricat":              "Starea este",
		"localitate=Turda&raza=900":  "Raza este",
		"categorie=biciclete&atribut_tip=Zburătoare": "nu avem „Zburătoare”",
		"categorie=biciclete&atribut_rachete=da":     "nu are toate detaliile",
		"atribut_rachete=da":                         "nu are toate detaliile",
		"vanzator=strain":                            "particular",
		"publicat=ieri":                              "Vechimea",
		"pret_min=9&pret_max=3":                      "niciun anunț nu se potrivește",
		"categorie=autoturisme&atribut_an_min=2020&atribut_an_max=2000": "La „An fabricație” începutul e peste sfârșit",
		"categorie=autoturisme&atribut_model=%25":                       "Nu am înțeles „%” la „Model”",
		"judet=%3Cscript%3Ealert(1)%3C/script%3E":                       "<script>alert(1)</script>",
	} {
		res := site.visitor().get(t, "/anunturi/?"+query).status(t, http.StatusOK)
		res.doc(t).Has(t, ".notice", notice)
		if strings.Contains(res.body, "<script>") {
			t.Errorf("%s: not escaped", query)
		}
		api := site.visitor().get(t, "/api/v1/listings?"+query)
		if api.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("API %s: %d", query, api.StatusCode)
		}
	}
}

// TestHostileQueries: what means something to a search engine or a browser is only text here.
func TestHostileQueries(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		site.market(t)
		for _, q := range []string{`NEAR(`, `NEAR(a b, 5)`, `"`, `""`, `*`, `:`, `a:b`, `title:bicicleta`, `-`, `- -`, `AND`, `OR OR`, `NOT`, `bicicleta AND`, `(`, `)`, `^a`, `'`, `''`, `\`, `&`, `|`, `!`, `<->`,
			`a & b | !c`, `%`, `_`, `?`, `😀`, `🚲 bicicletă`, "\x00", "\xff\xfe", "a\x00b", `{title} : a`, `";DROP TABLE listings;--`, `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`,
			strings.Repeat("a", 10_000), strings.Repeat("bicicletă ", 1000), strings.Repeat("(", 500), strings.Repeat(`"`, 501), "ﬁ ŉ ẞ İ", "\u202ebicicleta", "日本語", "1.4", "c++", "d'argent"} {
			for _, path := range []string{"/anunturi/?q=", "/api/v1/listings?sort=ieftine&judet=CJ&categorie=biciclete&q="} {
				res := site.visitor().get(t, path+url.QueryEscape(q))
				if res.StatusCode != http.StatusOK {
					t.Errorf("%s%.60q: %d", path, q, res.StatusCode)
				}
				if strings.Contains(res.body, "<script>alert") || strings.Contains(res.body, "<img src=x") {
					t.Errorf("%s%.60q: not escaped", path, q)
				}
			}
		}
		if got := titles(t, site.visitor().get(t, "/anunturi/?q="+url.QueryEscape("\u202ebici\u200bcletă\x00 MTB"))); !slices.Equal(got, []string{"Bicicletă MTB nouă"}) {
			t.Errorf("invisible characters are in the way: %q", got)
		}
	})
}

func TestOldAddresses(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address := site.market(t)["Bicicletă Pegas de oraș"]
	id := address[strings.LastIndexByte(address, '-')+1 : len(address)-1]
	for path, want := range map[string]string{
		"/anunturi/?search=golf":                                          "/anunturi/?q=golf",
		"/anunturi/?search=golf&page=3":                                   "/anunturi/?q=golf",
		"/anunturi/?page=2":                                               "/anunturi/",
		"/anunturi/?category=biciclete&min_price=10&max_price=20":         "/anunturi/?categorie=biciclete&pret_max=20&pret_min=10",
		"/anunturi/?location=cluj":                                        "/anunturi/?judet=CJ",
		"/anunturi/?location=Turda&q=a":                                   "/anunturi/?judet=CJ&localitate=Turda&q=a",
		"/anunturi/?location=":                                            "/anunturi/",
		"/anunturi/?location=Atlantida":                                   "/anunturi/?localitate=Atlantida",
		"/anunturi/?search=&category=&min_price=&max_price=&page=":        "/anunturi/",
		"/anunturi/?search=a&q=b":                                         "/anunturi/?q=b",
		"/?search=golf":                                                   "/anunturi/?q=golf",
		"/cautare/":                                                       "/anunturi/",
		"/cautare/?q=golf&judet=CJ":                                       "/anunturi/?q=golf&judet=CJ",
		"/cautare/?search=golf":                                           "/anunturi/?q=golf",
		"/categorii/biciclete/?page=2":                                    "/categorii/biciclete/",
		"/categorii/biciclete/?min_price=5&page=2&sort=noi":               "/categorii/biciclete/?pret_min=5&sort=noi",
		"/anunt/" + id + "/":                                              address,
		"/anunt/alt-titlu-" + id + "/":                                    address,
		"/anunt/-" + id + "/":                                             address,
		"/anunt/" + strings.ToUpper(strings.Trim(address[7:], "/")) + "/": address,
	} {
		if got := site.visitor().get(t, path).location(t, http.StatusMovedPermanently); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
	for _, path := range []string{"/anunt/0/", "/anunt/x-0/", "/anunt/999/", "/anunt/x/", "/anunt/x-01/", "/anunt/--1/x/", "/anunt/" + id + "x/"} {
		site.visitor().get(t, path).status(t, http.StatusNotFound)
	}
}

func TestChips(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	full := "/anunturi/?q=bicicleta&categorie=biciclete&judet=CJ&localitate=Turda&raza=20&pret_min=100&pret_max=2.000&moneda=EUR&atribut_tip=MTB&atribut_tip=Ora%C8%99&atribut_roata=28&sort=ieftine"
	page := site.visitor().get(t, full).status(t, http.StatusOK).doc(t)
	chips := map[string]url.Values{}
	page.Find("[aria-label='Filtre active'] a.chip").Each(func(_ int, a *goquery.Selection) {
		u, err := url.Parse(a.AttrOr("href", ""))
		if err != nil || u.Path != "/anunturi/" || a.AttrOr("data-hx-get", "") != a.AttrOr("href", "") {
			t.Fatalf("chip leads to %q, %v", a.AttrOr("href", ""), err)
		}
		chips[strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(a.Text()), ", renunță la acest filtru"))] = u.Query()
	})
	for label, gone := range map[string][]string{
		"„bicicleta”": {"q"}, "Biciclete": {"categorie", "atribut_tip", "atribut_roata"}, "Turda + 20 km": {"localitate", "raza"},
		"de la 100 €": {"pret_min"}, "până la 2.000 €": {"pret_max"}, "Diametru roată: 28": {"atribut_roata"},
	} {
		q, ok := chips[label]
		if !ok {
			t.Errorf("no chip %q among %v", label, chips)
			continue
		}
		want, _ := url.ParseQuery(strings.SplitN(full, "?", 2)[1])
		for _, name := range gone {
			want.Del(name)
		}
		if q.Encode() != want.Encode() {
			t.Errorf("%q leads to %q, want %q", label, q.Encode(), want.Encode())
		}
	}
	if q := chips["Tip: MTB"]; !slices.Equal(q["atribut_tip"], []string{"Oraș"}) {
		t.Errorf("removing one option leaves %q", q["atribut_tip"])
	}
}

// many fills the site with n listings of equal time and few prices.
func (s *testSite) many(t testing.TB, n int) {
	t.Helper()
	s.manyCalled(t, n, "Bicicleta numărul")
}

func (s *testSite) manyCalled(t testing.TB, n int, title string) {
	t.Helper()
	s.as(t, "Ana").get(t, "/profil/").status(t, http.StatusOK) // makes the user
	catalog := s.store.Catalog()
	items := make([]models.BulkListing, n)
	for i := range items {
		items[i] = models.BulkListing{OwnerID: 1, Draft: models.ListingDraft{Category: catalog.Category("biciclete"), Title: fmt.Sprintf("%s %d", title, i),
			Description: "Una dintre multe biciclete la fel.", Condition: models.ConditionUsed, Locality: catalog.Locality("Turda", catalog.County("CJ")),
			Price: &models.Money{Minor: int64(i%3) * 10_000, Currency: models.RON}}}
	}
	if _, err := s.store.InsertListings(t.Context(), items); err != nil {
		t.Fatal(err)
	}
}

// TestPaging: the pages together show every listing once, in every order, as pages, as fragments and as JSON.
func TestPaging(t *testing.T) {
	t.Parallel()
	const total = 55
	site := newTestSite(t)
	site.many(t, total)
	for _, path := range []string{"/anunturi/", "/anunturi/?sort=ieftine", "/anunturi/?sort=scumpe", "/anunturi/?q=bicicleta", "/categorii/biciclete/?judet=CJ", "/anunturi/?localitate=Turda&sort=aproape", "/", "/utilizator/ana-pop/"} {
		seen := map[string]int{}
		for next, pages := path, 0; next != ""; pages++ {
			if pages > 5 {
				t.Fatalf("%s does not end", path)
			}
			visitor := site.visitor()
			if pages%2 == 1 {
				visitor = visitor.htmx()
			}
			res := visitor.get(t, next).status(t, http.StatusOK)
			if isPage := strings.Contains(res.body, "<html"); isPage != (pages%2 == 0) {
				t.Errorf("%s: whole page: %t", next, isPage)
			}
			for _, title := range titles(t, res) {
				seen[title]++
			}
			next = res.doc(t).Attr("a[data-more]", "href")
		}
		if len(seen) != total {
			t.Errorf("%s shows %d listings, want %d", path, len(seen), total)
		}
		for title, n := range seen {
			if n != 1 {
				t.Errorf("%s shows %q %d times", path, title, n)
			}
		}
	}
	seen, cursor := map[int64]bool{}, ""
	for range 4 {
		var page struct {
			Items []struct{ ID int64 }
			Next  string
			Total struct {
				Count int
				Exact bool
			}
		}
		if err := json.Unmarshal([]byte(site.visitor().get(t, "/api/v1/listings?dupa="+cursor).status(t, http.StatusOK).body), &page); err != nil {
			t.Fatal(err)
		}
		if page.Total.Count != total || !page.Total.Exact {
			t.Errorf("total %+v", page.Total)
		}
		for _, item := range page.Items {
			if seen[item.ID] {
				t.Errorf("listing %d comes twice", item.ID)
			}
			seen[item.ID] = true
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(seen) != total || cursor != "" {
		t.Errorf("the API gave %d listings, cursor %q", len(seen), cursor)
	}
	first := titles(t, site.visitor().get(t, "/anunturi/"))
	for _, forged := range []string{"x", "AAAA", "____", strings.Repeat("A", 100), "%00", "AgICAgICAgICAg", "-1", "AAECAwQFBgcICQoLDA0ODw"} {
		for _, sort := range []string{"noi", "ieftine", "aproape", "potrivire"} {
			res := site.visitor().get(t, "/anunturi/?sort="+sort+"&dupa="+forged).status(t, http.StatusOK)
			if sort == "noi" && forged != "AgICAgICAgICAg" && !slices.Equal(titles(t, res), first) && len(titles(t, res)) > 0 {
				t.Errorf("forged cursor %q shows something else", forged)
			}
		}
	}
}

// TestResultsView: the look is part of the address and stays while one filters.
func TestResultsView(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.many(t, 30)
	page := site.visitor().get(t, "/anunturi/?judet=CJ&aspect=lista").status(t, http.StatusOK).doc(t)
	page.Has(t, "ul.cards--list")
	for selector, attribute := range map[string]string{"a[data-more]": "href", ".switch [aria-current]": "href"} {
		if link := page.Attr(selector, attribute); !strings.Contains(link, "aspect=lista") || !strings.Contains(link, "judet=CJ") {
			t.Errorf("%s leads to %s", selector, link)
		}
	}
	if got := page.Attr(".filters [name=aspect]", "value"); got != "lista" {
		t.Errorf("the filters keep %q", got)
	}
	if got := page.Attr("link[rel=canonical]", "href"); strings.Contains(got, "aspect") {
		t.Errorf("canonical is %s", got)
	}
}

// TestFragments: htmx gets a part only where it asks for one, and caches can tell them apart.
func TestFragments(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	visitor := site.visitor()
	for _, tt := range []struct {
		name string
		c    *client
		page bool
	}{
		{"browser", visitor, true},
		{"partial", visitor.htmx(), false},
		{"full", visitor.htmx().with("HX-Request-Type", "full"), true},
		{"boosted", visitor.with("HX-Request", "true").with("HX-Boosted", "true"), true},
		{"history", visitor.htmx().with("HX-History-Restore-Request", "true"), true},
		{"without HX-Request", visitor.with("HX-Request-Type", "partial"), true},
	} {
		res := tt.c.get(t, "/anunturi/?q=bicicleta").status(t, http.StatusOK)
		if got := strings.Contains(res.body, "<html"); got != tt.page {
			t.Errorf("%s: whole page: %t", tt.name, got)
		}
		res.doc(t).Has(t, "#results .card")
		for _, name := range []string{"HX-Request", "HX-Request-Type", "HX-History-Restore-Request", "Cookie"} {
			if !strings.Contains(strings.Join(res.Header.Values("Vary"), ", "), name) {
				t.Errorf("%s: Vary %q lacks %s", tt.name, res.Header.Values("Vary"), name)
			}
		}
	}
}

// TestFragmentOfEveryPage: where no smaller part is meant, htmx gets what stands inside the frame.
func TestFragmentOfEveryPage(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "ana")
	for _, path := range []string{"/", "/categorii/", "/termeni-si-conditii/", "/profil/", "/favorite/", "/adauga-anunt/"} {
		whole, part := ana.get(t, path).status(t, http.StatusOK), ana.htmx().get(t, path).status(t, http.StatusOK)
		if !strings.Contains(whole.body, "<html") || strings.Contains(part.body, "<html") || !strings.Contains(part.body, "<h1") {
			t.Errorf("%s: whole page %.60q, part %.60q", path, whole.body, part.body)
		}
	}
}

func TestEscaping(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	c := site.visitor()
	c.post(t, "/__clerk/sign-in", url.Values{"email": {"x@example.com"}, "first_name": {`<b onclick="x">`}, "last_name": {`"><script>alert(1)</script>`}}).status(t, http.StatusSeeOther)
	form := bicycleForm()
	form.Set("titlu", `"><script>alert('titlu')</script> {{.}} &amp;`)
	form.Set("descriere", `</textarea><script>alert('descriere')</script> <a href="javascript:alert(1)" hx-get="/x" data-hx-get="/y">apasă</a> 'x' "y" ${z}`)
	form.Set("atribut_marca", `"><img src=x onerror=alert(1)>`)
	address, id := c.publish(t, form, picture(0))
	c.post(t, "/profil/editare/", url.Values{"nume": {`<i>"Ana"</i>`}, "despre": {"<script>alert('despre')</script>"}}).status(t, http.StatusSeeOther)
	for _, path := range []string{address, "/anunturi/", "/anunturi/?q=alert", "/", "/anunt/" + id + "/editare/", "/profil/", "/profil/anunturi/", "/profil/editare/", "/favorite/", "/categorii/biciclete/"} {
		res := c.get(t, path).status(t, http.StatusOK)
		doc := res.doc(t)
		doc.HasNot(t, `script:not([src]):not([type="application/ld+json"]), img[onerror], [onclick], a[href^="javascript"], [hx-get="/x"], [data-hx-get="/y"], main i:contains("Ana")`)
		if strings.Contains(res.body, "ZgotmplZ") {
			t.Errorf("%s has ZgotmplZ", path)
		}
	}
	c.get(t, address).doc(t).Has(t, "h1", `"><script>alert('titlu')</script> {{.}} &amp;`)
	shown := shownForm(t, c.get(t, "/anunt/"+id+"/editare/").doc(t))
	for _, name := range []string{"titlu", "descriere", "atribut_marca"} {
		if shown.Get(name) != form.Get(name) {
			t.Errorf("%s is shown as %q, want %q", name, shown.Get(name), form.Get(name))
		}
	}
}
