package handlers

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"piata.ro/internal/dbtest"
)

// shownRank is what a result says of itself.
type shownRank struct {
	title  string
	total  int
	parts  []int
	newest int // place among all listings, newest first
}

// The reasons beside the results explain their order whole: whoever adds up what is shown gets the order that is shown.
func TestWhy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		site.market(t)
		ana := site.as(t, "Ana")
		for _, title := range []string{"Coș pentru bicicletă Pegas", "Pegas clasic, bicicletă rară", "Bicicletă de copii", "Pedale Pegas"} {
			ana.publish(t, with(bicycleForm(), "titlu", title))
		}
		newest := titles(t, site.visitor().get(t, "/anunturi/"))
		for _, query := range []string{"q=bicicleta+pegas", "q=bicicleta", "q=pegas&judet=CJ&localitate=Cluj-Napoca&raza=100"} {
			var shown []shownRank
			site.visitor().get(t, "/anunturi/?"+query).status(t, http.StatusOK).doc(t).Find(".card").Each(func(_ int, card *goquery.Selection) {
				r := shownRank{title: card.Find(".card__title a").Text(), total: value(t, card.Find(".why .why__total"))}
				card.Find(".why li data").Each(func(_ int, d *goquery.Selection) { r.parts = append(r.parts, value(t, d)) })
				r.newest = slices.Index(newest, r.title)
				shown = append(shown, r)
			})
			if len(shown) < 4 {
				t.Fatalf("%s: only %d results", query, len(shown))
			}
			for _, r := range shown {
				sum := 0
				for _, part := range r.parts {
					sum += part
				}
				if sum != r.total || len(r.parts) < 4 {
					t.Errorf("%s, %s: %v is not %d", query, r.title, r.parts, r.total)
				}
			}
			inOrder := func(a, b shownRank) int {
				return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(a.newest, b.newest))
			}
			if !slices.IsSortedFunc(shown, inOrder) {
				t.Errorf("%s: the points do not give the order: %+v", query, shown)
			}
		}
		site.visitor().get(t, "/anunturi/?q=bicicleta&sort=noi").doc(t).HasNot(t, ".why")
	})
}

func value(t *testing.T, data *goquery.Selection) int {
	t.Helper()
	n, err := strconv.Atoi(data.AttrOr("value", ""))
	if err != nil {
		t.Fatalf("value of %s: %v", data.Text(), err)
	}
	return n
}

// A sentence becomes filters that can be taken away one by one, and its words can be looked for as they are.
func TestSentences(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	const sentence = "dacia logan benzina sub 4000 euro bucuresti fara avariate"
	doc := site.visitor().get(t, "/anunturi/?q="+url.QueryEscape(sentence)).status(t, http.StatusOK).doc(t)
	doc.Has(t, ".card__title", "Dacia Logan 1.4")
	doc.HasNot(t, ".notice")
	chips := map[string]string{}
	doc.Find(`[aria-label="Filtre active"] a`).Each(func(_ int, a *goquery.Selection) {
		label, _, _ := strings.Cut(a.Text(), ", renunță")
		chips[label] = a.AttrOr("href", "")
	})
	for _, label := range []string{"Autoturisme", "București", "până la 4.000 €", "Combustibil: Benzină", "fără „avariate”"} {
		address := chips[label]
		if address == "" {
			t.Errorf("no chip %s among %v", label, chips)
			continue
		}
		without := site.visitor().get(t, address).status(t, http.StatusOK)
		without.doc(t).HasNot(t, `[aria-label="Filtre active"] a:contains("`+label+`,")`)
		if got := titles(t, without); !slices.Contains(got, "Dacia Logan 1.4") {
			t.Errorf("without %s: %v", label, got)
		}
	}
	literal := doc.Find(".results__read a").AttrOr("href", "")
	site.visitor().get(t, literal).doc(t).Has(t, ".empty", "N-am găsit nimic")
	// What is typed into the filters afterwards is read anew; what is still being typed is not read.
	q := url.Values{"q": {"logan sub 2000 euro"}, "citit": {sentence}}
	site.visitor().get(t, "/anunturi/?"+q.Encode()).doc(t).Has(t, ".chip", "până la 2.000 €")
	q.Set("viu", "da")
	site.visitor().get(t, "/anunturi/?"+q.Encode()).doc(t).HasNot(t, `.chip:contains("2.000 €")`)
}

// When nothing is found something is let go, the page says what, and the way back finds nothing.
func TestRelaxing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		site.market(t)
		if err := site.store.KeepVocabulary(t.Context()); err != nil {
			t.Fatal(err)
		}
		for query, said := range map[string][]string{
			"q=bicicelta+pegas":                            {"am căutat „bicicletă pegas”: poate asta ai vrut să scrii"},
			"q=pegas&judet=B":                              {"în toată țara, nu doar în București"},
			"q=pegas&judet=CJ&localitate=Cluj-Napoca":      {"în tot județul Cluj, nu doar în Cluj-Napoca"},
			"q=pegas&pret_max=10":                          {"la orice preț"},
			"q=bicicleta+pegas+zmeurie":                    {"fără cuvântul „zmeurie”"},
			"q=%22pegas+bicicleta%22":                      {"cuvintele din ghilimele pot sta și despărțite"},
			"q=pegas&stare=nou":                            {"fără celelalte filtre (Nou)"},
			"q=pegas&categorie=telefoane":                  {"în toate categoriile, nu doar în Telefoane mobile"},
			"q=pegas&judet=B&pret_max=10":                  {"în toată țara, nu doar în București", "la orice preț"},
			"q=bicicleta+pegas+zmeurie&judet=B":            {"în toată țara, nu doar în București", "fără cuvântul „zmeurie”"},
			"q=logan+sub+1000+euro":                        {"la orice preț"},
			"categorie=biciclete&atribut_tip=BMX&judet=CJ": {"fără celelalte filtre (Tip: BMX)"},
			"q=bicicleta+-bicicleta":                       {"și cu ce ai vrut să lași deoparte: -bicicleta"},
			"q=pegas+-oras+-mtb":                           {"și cu ce ai vrut să lași deoparte: -oras -mtb"},
		} {
			res := site.visitor().get(t, "/anunturi/?"+query).status(t, http.StatusOK)
			doc := res.doc(t)
			var got []string
			doc.Find(".notice li").Each(func(_ int, li *goquery.Selection) { got = append(got, li.Text()) })
			if !slices.Equal(got, said) || len(titles(t, res)) == 0 {
				t.Errorf("%s: %q with %v, want %q", query, got, titles(t, res), said)
				continue
			}
			strict := doc.Find(".notice a").AttrOr("href", "")
			site.visitor().get(t, strict).doc(t).Has(t, ".empty", "N-am găsit nimic")
		}
		site.visitor().get(t, "/anunturi/?q=zmeurie").doc(t).Has(t, ".empty", "N-am găsit nimic")
		if api := site.visitor().get(t, "/api/v1/listings?q=pegas&judet=B"); !strings.Contains(api.body, `"items":[]`) {
			t.Errorf("a program gets what it did not ask for: %s", api.body)
		}
	})
}

// A word that many adverts have is looked for as it stands; while somebody types, and where few have it, it may go on.
func TestLastWord(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.manyCalled(t, 200, "Stepway")
	site.manyCalled(t, 3, "Stepwayson")
	if err := site.store.KeepVocabulary(t.Context()); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"q=stepway": "200 de anunțuri", "q=stepway&viu=da": "203 anunțuri", "q=stepways": "3 anunțuri", "q=stepwa": "203 anunțuri"} {
		site.visitor().get(t, "/anunturi/?"+query).doc(t).Has(t, ".results__count", want)
	}
}

// What was let go stands beside the filters that hold, not among them, on the page as in the part that htmx asks for.
func TestRelaxedChips(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	if err := site.store.KeepVocabulary(t.Context()); err != nil {
		t.Fatal(err)
	}
	labels := func(doc *goquery.Selection, list string) string {
		var out []string
		doc.Find(`[aria-label="` + list + `"] a`).Each(func(_ int, a *goquery.Selection) {
			label, _, _ := strings.Cut(strings.TrimSpace(a.Text()), ", ")
			out = append(out, label)
		})
		return strings.Join(out, " | ")
	}
	for query, want := range map[string][3]string{
		"q=pegas&judet=CJ":                        {"„pegas” | Cluj", "", "„pegas”, județul Cluj"},
		"q=pegas&judet=B&pret_max=10":             {"„pegas”", "București | până la 10 lei", "„pegas”"},
		"q=pegas&judet=CJ&localitate=Cluj-Napoca": {"„pegas” | Cluj", "Cluj-Napoca", "„pegas”, județul Cluj"},
		"q=bicicelta+pegas+-mtb":                  {"„bicicletă pegas” | fără „mtb”", "„bicicelta”", "„bicicletă pegas” fără „mtb”"},
		"q=bicicleta+pegas+zmeurie":               {"„bicicleta pegas”", "„zmeurie”", "„bicicleta pegas”"},
		"q=%22pegas+bicicleta%22":                 {"„pegas bicicleta”", "", "„pegas bicicleta”"},
		"q=logan+sub+1000+euro":                   {"„logan” | Autoturisme", "până la 1.000 €", "„logan” în Autoturisme"},
		"q=pegas+-oras&stare=folosit":             {"„pegas” | Folosit", "fără „oras”", "„pegas”"},
		"categorie=biciclete&atribut_tip=BMX":     {"Biciclete", "Tip: BMX", "Biciclete"},
	} {
		for _, c := range []*client{site.visitor(), site.visitor().htmx()} {
			doc := c.get(t, "/anunturi/?"+query).status(t, http.StatusOK).doc(t)
			got := [3]string{labels(doc.Selection, "Filtre active"), labels(doc.Selection, "Filtre lăsate deoparte"), doc.Find("h1").Text()}
			if got != want {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
	}
	// Each is taken away from what was asked, so that the rest is asked for again.
	doc := site.visitor().get(t, "/anunturi/?q=pegas&judet=B&pret_max=10").doc(t)
	for selector, want := range map[string]string{"Filtre active": "/anunturi/?judet=B&moneda=RON&pret_max=10", "Filtre lăsate deoparte": "/anunturi/?moneda=RON&pret_max=10&q=pegas"} {
		if got := doc.Attr(`[aria-label="`+selector+`"] a`, "href"); got != want {
			t.Errorf("the first of %s leads to %s, want %s", selector, got, want)
		}
	}
	if got := site.visitor().get(t, "/anunturi/?q=bicicleta+pegas+zmeurie&judet=CJ").doc(t).Attr(`[aria-label="Filtre lăsate deoparte"] a`, "href"); got != "/anunturi/?exact=da&judet=CJ&q=bicicleta+pegas" {
		t.Errorf("the word leads to %s", got)
	}
}

// The numbers beside the options say what each would find; a choice of several counts as if none of them was made.
func TestFacets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		site.market(t)
		count := func(doc *goquery.Selection, input string) string {
			return doc.Find(input).Closest("label").Find("small").Text()
		}
		page := func(query string) *goquery.Selection {
			return site.visitor().get(t, "/anunturi/?"+query).status(t, http.StatusOK).doc(t).Selection
		}
		for query, want := range map[string]map[string]string{
			"categorie=biciclete":                                  {"MTB": "1", "BMX": ""},
			"categorie=biciclete&atribut_tip=MTB":                  {"MTB": "1", "Oraș": "2"},
			"categorie=biciclete&atribut_tip=MTB&localitate=Turda": {"MTB": "1", "Oraș": "1"},
		} {
			doc := page(query)
			for option, n := range want {
				if got := count(doc, `[name="atribut_tip"][value="`+option+`"]`); strings.TrimPrefix(got, "0") != n {
					t.Errorf("%s, %s: %q, want %q", query, option, got, n)
				}
			}
		}
		doc := page("judet=CJ")
		if got := doc.Find(".subs a").Text(); !strings.Contains(got, "Biciclete 3") {
			t.Errorf("categories of the results: %s", got)
		}
		if got := doc.Find(`[name="vanzator"] option[value="particular"]`).Text(); got != "Particular (3)" {
			t.Errorf("sellers: %s", got)
		}
	})
}

// Somebody who sells as a firm says so in the profile, and all their listings are found as a firm's at once.
func TestSellerKind(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	ana := site.as(t, "Ana")
	ana.post(t, "/profil/editare/", url.Values{"nume": {"Ana"}, "vanzator": {"firma"}}).status(t, http.StatusSeeOther)
	ana.get(t, "/profil/editare/").doc(t).Has(t, `[name="vanzator"][value="firma"][checked]`, "")
	if got := titles(t, site.visitor().get(t, "/anunturi/?vanzator=firma")); len(got) != 4 {
		t.Errorf("of firms: %v", got)
	}
	if got := titles(t, site.visitor().get(t, "/anunturi/?vanzator=particular&exact=da")); len(got) != 0 {
		t.Errorf("of private people: %v", got)
	}
	if got := titles(t, site.visitor().get(t, "/anunturi/?publicat=24h&sort=noi")); len(got) != 4 {
		t.Errorf("of the last day: %v", got)
	}
	if got := titles(t, site.visitor().get(t, "/anunturi/?cu_poze=da&exact=da")); len(got) != 0 {
		t.Errorf("with photos: %v", got)
	}
}

// A search that takes too long is no outage: the page says what to do, and there is no error to retry.
func TestSlowSearch(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.market(t)
	site.server.searchTime = 0
	for _, query := range []string{"q=bicicleta", "categorie=biciclete&sort=ieftine", "q=bicicleta&localitate=Turda&sort=aproape"} {
		site.visitor().get(t, "/anunturi/?"+query).status(t, http.StatusOK).doc(t).Has(t, ".empty", "Căutarea a durat prea mult")
	}
}
