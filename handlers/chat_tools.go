package handlers

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"piata.ro/internal/apperr"
	"piata.ro/internal/assistant"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	toolListings    = 8
	toolDescription = 1200 // letters
	toolTitle       = 120
)

// tools are what the model may do for this person. Each sees what the person could see on the pages, and nothing else.
func (w *chatWork) tools() []assistant.Tool {
	tools := []assistant.Tool{
		{Name: "search_listings", Working: "Caut printre anunțuri…", Schema: searchSchema, Run: w.searchListings,
			Description: "Caută anunțuri active. Întoarce cel mult 8, cu titlu, preț, loc și adresă, și numărul total."},
		{Name: "get_listing", Working: "Citesc anunțul…", Schema: objectSchema(`"adresa":{"type":"string","description":"adresa primită la căutare, /anunt/…/"}`, "adresa"), Run: w.getListing,
			Description: "Citește un anunț: descriere, detalii, preț, loc."},
		{Name: "price_stats", Working: "Compar prețurile…", Schema: searchSchema, Run: w.priceStats,
			Description: "Cât cere piața pentru o căutare: câte prețuri, minim, mediană, maxim. Cere aceleași filtre ca search_listings."},
		{Name: "list_categories", Working: "Mă uit prin categorii…", Schema: objectSchema(`"categorie":{"type":"string","description":"slug; gol pentru toate"}`), Run: w.listCategories,
			Description: "Categoriile sau, pentru una, detaliile după care se poate filtra."},
		{Name: "draft_listing", Working: "Pregătesc anunțul…", Schema: draftSchema, Run: w.draftListing,
			Description: "Pregătește un anunț nou din ce a spus persoana; ea îl verifică și îl publică singură din formular."},
	}
	if w.signedIn {
		tools = append(tools, assistant.Tool{Name: "my_listings", Working: "Mă uit la anunțurile tale…", Schema: objectSchema(""), Run: w.myListings,
			Description: "Anunțurile proprii ale persoanei, cu starea lor."},
			assistant.Tool{Name: "my_messages", Working: "Mă uit la mesajele tale…", Schema: objectSchema(""), Run: w.myMessages,
				Description: "Conversațiile persoanei: despre ce anunț, câte mesaje necitite. Fără textul lor."})
	}
	return tools
}

func objectSchema(properties string, required ...string) json.RawMessage {
	list := "[]"
	if len(required) > 0 {
		list = `["` + strings.Join(required, `","`) + `"]`
	}
	return json.RawMessage(`{"type":"object","properties":{` + properties + `},"required":` + list + `}`)
}

var searchSchema = objectSchema(`"q":{"type":"string","description":"cuvinte"},
"categorie":{"type":"string","description":"slug, din list_categories"},"judet":{"type":"string","description":"cod sau nume"},"localitate":{"type":"string"},
"raza":{"type":"integer","description":"km în jurul localității"},"pret_min":{"type":"number"},"pret_max":{"type":"number"},"moneda":{"type":"string","enum":["RON","EUR"]},
"stare":{"type":"string","enum":["nou","folosit"]},"sort":{"type":"string","enum":["potrivire","noi","ieftine","scumpe","aproape"]},
"detalii":{"type":"object","description":"cheie → valoare, ori cheie_min și cheie_max pentru numere; numai cu o subcategorie"}`)

var draftSchema = objectSchema(`"titlu":{"type":"string"},"descriere":{"type":"string"},"categorie":{"type":"string","description":"slug de subcategorie"},
"pret":{"type":"string"},"moneda":{"type":"string","enum":["RON","EUR"]},"judet":{"type":"string"},"localitate":{"type":"string"},"stare":{"type":"string","enum":["nou","folosit"]},
"detalii":{"type":"object","description":"cheie → valoare"}`, "titlu")

// search turns the arguments into the query of a results page, so that the model searches as people do.
func (w *chatWork) search(arguments json.RawMessage) (*listingSearch, error) {
	var fields map[string]any
	if err := json.Unmarshal(arguments, &fields); err != nil {
		return nil, apperr.New(apperr.Invalid, "Argumentele trebuie să fie un obiect JSON.")
	}
	catalog, values := w.server.store.Catalog(), url.Values{}
	for _, name := range []string{paramQuery, paramCategory, paramCounty, paramLocality, paramRadius, paramPriceMin, paramPriceMax, paramCurrency, paramCondition, paramSort} {
		if v := argument(fields[name]); v != "" {
			values.Set(name, v)
		}
	}
	if county := catalog.County(values.Get(paramCounty)); county != nil {
		values.Set(paramCounty, county.Code)
	}
	details, _ := fields["detalii"].(map[string]any)
	for key, v := range details {
		for _, one := range listOf(v) {
			values.Add(models.AttributePrefix+key, one)
		}
	}
	return parseSearch(catalog, values), nil
}

// argument is a text, number or truth as somebody would type it.
func argument(v any) string {
	switch v := v.(type) {
	case string:
		return text.Truncate(text.Line(v), 200)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		if v {
			return "da"
		}
	}
	return ""
}

// listOf returns the values of one detail: several for a list.
func listOf(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, one := range list[:min(len(list), maxFilterOptions)] {
		if s := argument(one); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// toolListing is a listing as the model sees it: nothing about its owner.
type toolListing struct {
	Title string `json:"titlu"`
	Price string `json:"pret"`
	Place string `json:"loc,omitempty"`
	State string `json:"stare,omitempty"`
	Date  string `json:"publicat"`
	URL   string `json:"adresa"`
}

func (s *Server) toolListing(l *models.Listing) toolListing {
	t := toolListing{Title: assistant.Data(l.Title, toolTitle), Price: priceText(l.Price()), State: string(l.Condition), Date: text.ISODay(l.PublishedAt), URL: urls.Listing(l.Slug, l.ID)}
	if p := s.store.Catalog().LocalityByCode(l.LocalitySiruta); p != nil {
		t.Place = p.Full()
	}
	return t
}

func (w *chatWork) searchListings(ctx context.Context, arguments json.RawMessage) (assistant.Result, error) {
	ls, err := w.search(arguments)
	if err != nil {
		return assistant.Result{}, err
	}
	refs, _, err := w.server.store.Listings(ctx, ls.filter, models.Cursor{}, toolListings)
	if err != nil {
		return assistant.Result{}, err
	}
	total, err := w.server.store.CountListings(ctx, ls.filter)
	if err != nil {
		return assistant.Result{}, err
	}
	rows, err := w.server.store.ListingsByID(ctx, refIDs(refs))
	if err != nil {
		return assistant.Result{}, err
	}
	items, links := []toolListing{}, []string{}
	for _, ref := range refs {
		if i := slices.IndexFunc(rows, func(l models.Listing) bool { return l.ID == ref.ID }); i >= 0 {
			item := w.server.toolListing(&rows[i])
			items, links = append(items, item), append(links, item.URL)
		}
	}
	results := urls.WithQuery(urls.Results, ls.values)
	return assistant.Result{Links: append(links, results), Data: map[string]any{
		"total": cappedTotal(total), "anunturi": items, "toate_rezultatele": results, "observatii": ls.notices,
	}}, nil
}

func cappedTotal(t models.Total) string {
	if t.Exact {
		return strconv.Itoa(t.Count)
	}
	return "peste " + text.Number(int64(t.Count))
}

func (w *chatWork) getListing(ctx context.Context, arguments json.RawMessage) (assistant.Result, error) {
	var in struct {
		Address string `json:"adresa"`
	}
	if err := json.Unmarshal(arguments, &in); err != nil {
		return assistant.Result{}, apperr.New(apperr.Invalid, "Lipsește adresa.")
	}
	id, ok := listingRefID(strings.TrimSuffix(in.Address, "/"))
	if !ok || !strings.Contains(in.Address, "/anunt/") {
		return assistant.Result{}, apperr.New(apperr.NotFound, "Anunțul nu există.")
	}
	d, err := w.server.store.Listing(ctx, id)
	if err != nil {
		return assistant.Result{}, err
	}
	if d.Status == models.StatusDeleted {
		return assistant.Result{}, apperr.New(apperr.NotFound, "Anunțul a fost șters.")
	}
	details := map[string]string{}
	if category := w.server.store.Catalog().CategoryByID(d.CategoryID); category != nil {
		for _, row := range attributeRows(category, &d) {
			details[row.Label] = assistant.Data(row.Value, toolTitle)
		}
	}
	item := w.server.toolListing(&d.Listing)
	state, _ := listingState(&d.Listing)
	return assistant.Result{Links: []string{item.URL}, Data: map[string]any{
		"anunt": item, "descriere": assistant.Data(d.Description, toolDescription), "detalii": details, "situatie": state, "negociabil": d.Negotiable, "fotografii": len(d.Photos),
	}}, nil
}

func (w *chatWork) priceStats(ctx context.Context, arguments json.RawMessage) (assistant.Result, error) {
	ls, err := w.search(arguments)
	if err != nil {
		return assistant.Result{}, err
	}
	f := ls.filter
	if least := int64(1); f.PriceMin == nil {
		f.PriceMin = &least // what is free is given, not sold
	}
	f.Sort = models.SortNewest
	refs, _, err := w.server.store.Listings(ctx, f, models.Cursor{}, comparableMax)
	if err != nil {
		return assistant.Result{}, err
	}
	prices := make([]int64, len(refs))
	for i, r := range refs {
		prices[i] = r.Price
	}
	slices.Sort(prices)
	results := urls.WithQuery(urls.Results, ls.values)
	data := map[string]any{"preturi": len(prices), "toate_rezultatele": results, "observatii": ls.notices}
	if n := len(prices); n > 0 {
		lei := func(bani int64) string { return text.Number(bani/100) + " lei" }
		data["minim"], data["sfert_de_jos"], data["mediana"], data["sfert_de_sus"], data["maxim"] = lei(prices[0]), lei(prices[n/4]), lei(prices[n/2]), lei(prices[n*3/4]), lei(prices[n-1])
	}
	return assistant.Result{Links: []string{results}, Data: data}, nil
}

func (w *chatWork) listCategories(_ context.Context, arguments json.RawMessage) (assistant.Result, error) {
	var in struct {
		Slug string `json:"categorie"`
	}
	_ = json.Unmarshal(arguments, &in) // without arguments it is all of them
	catalog := w.server.store.Catalog()
	if category := catalog.Category(in.Slug); category != nil && category.IsLeaf() {
		return assistant.Result{Data: categorySchema(category), Links: []string{urls.Category(category.Slug)}}, nil
	}
	tree := map[string]map[string]string{}
	for _, top := range catalog.Top {
		subs := map[string]string{}
		for _, sub := range top.Subs {
			subs[sub.Slug] = sub.Name
		}
		tree[top.Name] = subs
	}
	return assistant.Result{Data: tree}, nil
}

// categorySchema tells what a listing of the category says about itself.
func categorySchema(category *models.Category) map[string]any {
	details := map[string]any{}
	for _, a := range category.Attributes {
		d := map[string]any{"nume": a.Label, "fel": a.Kind}
		if a.Unit != "" {
			d["unitate"] = a.Unit
		}
		if len(a.Options) > 0 {
			d["optiuni"] = a.Options[:min(len(a.Options), 60)]
		}
		details[a.Key] = d
	}
	return map[string]any{"slug": category.Slug, "nume": category.Name, "detalii": details}
}

func (w *chatWork) myListings(ctx context.Context, _ json.RawMessage) (assistant.Result, error) {
	var rows []models.Listing
	for _, status := range []models.Status{models.StatusActive, models.StatusExpired, models.StatusSold} {
		some, _, err := w.server.store.OwnerListings(ctx, w.owner.UserID, status, models.Cursor{}, toolListings)
		if err != nil {
			return assistant.Result{}, err
		}
		rows = append(rows, some...)
	}
	items, links := []map[string]any{}, []string{}
	for i := range rows {
		item := w.server.toolListing(&rows[i])
		items = append(items, map[string]any{"anunt": item, "situatie": rows[i].Status, "expira": text.ISODay(rows[i].ExpiresAt)})
		links = append(links, item.URL)
	}
	return assistant.Result{Links: links, Data: map[string]any{"anunturi": items}}, nil
}

// myMessages tells where something waits. What others wrote, and who they are, stays between the two.
func (w *chatWork) myMessages(ctx context.Context, _ json.RawMessage) (assistant.Result, error) {
	rows, _, err := w.server.store.Conversations(ctx, w.owner.UserID, false, models.Cursor{}, toolListings)
	if err != nil {
		return assistant.Result{}, err
	}
	items, links := []map[string]any{}, []string{}
	for i := range rows {
		address := urls.Conversation(rows[i].ConversationID)
		items = append(items, map[string]any{"anunt": assistant.Data(rows[i].Listing.Title, toolTitle), "necitite": rows[i].Unread, "adresa": address})
		links = append(links, address)
	}
	return assistant.Result{Links: links, Data: map[string]any{"conversatii": items}}, nil
}

// draftListing keeps an advert beside the answer; the person opens it in the form.
func (w *chatWork) draftListing(_ context.Context, arguments json.RawMessage) (assistant.Result, error) {
	fields, err := draftOfAdvert(w.server.store.Catalog(), string(arguments))
	if err != nil {
		return assistant.Result{}, apperr.New(apperr.Invalid, "Argumentele nu sunt un anunț.")
	}
	if len(fields) == 0 {
		return assistant.Result{}, apperr.New(apperr.Invalid, "Lipsește tot: spune măcar un titlu.")
	}
	w.draft = string(arguments)
	filled := map[string]string{}
	for name, v := range fields {
		filled[name] = v[0]
	}
	return assistant.Result{Data: map[string]any{"pregatit": filled, "nota": "Sub răspuns apare butonul „Deschide anunțul pregătit”."}}, nil
}
