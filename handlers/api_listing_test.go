package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/ratelimit"
	"piata.ro/models"
)

// bicycleJSON is bicycleForm for programs.
const bicycleJSON = `{"title":"Bicicletă Pegas de oraș","description":"Cadru de oțel, frâne noi, folosită două veri.","price":{"amount":125050,"currency":"RON"},
	"category":"biciclete","county":"CJ","city":"Turda","attributes":{"tip":"Oraș","roata":28,"stare":"Bună"}}`

// program returns a program of somebody's, which knows their token and no cookies.
func (s *testSite) program(t testing.TB, name string) *client {
	t.Helper()
	return s.visitor().with("Authorization", "Bearer "+s.as(t, name).cookies["__session"])
}

// json sends a body as JSON.
func (c *client) json(t testing.TB, method, path, body string) *response {
	t.Helper()
	r := httptest.NewRequest(method, testOrigin+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	return c.do(t, r)
}

// create publishes a listing and returns its path in the API.
func (c *client) create(t testing.TB, body string) string {
	t.Helper()
	return c.json(t, "POST", "/api/v1/listings", body).location(t, http.StatusCreated)
}

// wrong returns the errors of a problem document by field.
func (r *response) wrong(t testing.TB, status int) map[string]string {
	t.Helper()
	r.status(t, status)
	var problem struct {
		Status int
		Detail string
		Errors map[string]string
	}
	if err := json.Unmarshal([]byte(r.body), &problem); err != nil || r.Header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%q, %v: %.300s", r.Header.Get("Content-Type"), err, r.body)
	}
	if problem.Status != status || problem.Detail == "" {
		t.Errorf("problem %+v", problem)
	}
	return problem.Errors
}

func TestAPICreate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.program(t, "Ana")
		res := ana.json(t, "POST", "/api/v1/listings", bicycleJSON).status(t, http.StatusCreated)
		one := res.Header.Get("Location")
		if one != "/api/v1/listings/1" || res.Header.Get("ETag") != `"1"` || res.Header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("headers %v", res.Header)
		}
		want := map[string]any{
			"id": 1.0, "title": "Bicicletă Pegas de oraș", "description": "Cadru de oțel, frâne noi, folosită două veri.", "price": map[string]any{"amount": 125050.0, "currency": "RON"},
			"category": "biciclete", "county": "CJ", "city": "Turda", "url": testOrigin + "/anunt/bicicleta-pegas-de-oras-1/", "photos": []any{}, "status": "active",
			"condition": "folosit", "attributes": map[string]any{"tip": "Oraș", "roata": "28", "stare": "Bună"}, "seller": "ana-pop", "created_at": "2026-11-23T12:00:00Z",
		}
		if diff := cmp.Diff(want, res.object(t)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		// It is public and found at once.
		visitor := site.visitor()
		if diff := cmp.Diff(want, visitor.get(t, one).object(t)); diff != "" {
			t.Errorf("(-created +read):\n%s", diff)
		}
		visitor.get(t, "/anunt/bicicleta-pegas-de-oras-1/").status(t, http.StatusOK)
		if got := visitor.get(t, "/api/v1/listings?q=pegas").object(t)["items"].([]any); len(got) != 1 {
			t.Errorf("%d found", len(got))
		}
	})
}

// TestAPICreateRefuses: each mistake is named by the program's own field, and nothing is stored.
func TestAPICreateRefuses(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	change := func(old, new string) string {
		if !strings.Contains(bicycleJSON, old) {
			t.Fatalf("no %s", old)
		}
		return strings.Replace(bicycleJSON, old, new, 1)
	}
	const price = `{"amount":125050,"currency":"RON"}`
	for name, tt := range map[string]struct {
		body   string
		fields []string
	}{
		"nothing":           {`{}`, []string{"title", "description", "category", "county"}},
		"all wrong types":   {`{"title":1,"description":null,"price":"5","negotiable":"da","category":[],"county":{},"city":true,"condition":5,"attributes":[]}`, []string{"title", "description", "price", "negotiable", "category", "county", "city", "condition", "attributes"}},
		"short title":       {change(`"Bicicletă Pegas de oraș"`, `"Bici"`), []string{"title"}},
		"title of spaces":   {change(`"Bicicletă Pegas de oraș"`, `" \u0000\t\n \u200b"`), []string{"title"}},
		"unknown":           {change(`"category"`, `"status":"sold","id":7,"Title":"x","category"`), []string{"status", "id", "Title"}},
		"twice":             {change(`"category"`, `"titl\u0065":"Bicicletă Tohan","category"`), []string{"title"}},
		"twice in price":    {change(price, `{"amount":1,"currency":"RON","amount":2}`), []string{"price.amount"}},
		"twice in details":  {change(`"tip":"Oraș"`, `"tip":"Oraș","tip":"Oraș"`), []string{"attributes.tip"}},
		"top category":      {change(`"biciclete"`, `"sport-timp-liber-si-arta"`), []string{"category"}},
		"unknown category":  {change(`"biciclete"`, `"nimic"`), []string{"category"}},
		"unknown county":    {change(`"CJ"`, `"XX"`), []string{"county"}},
		"unknown city":      {change(`"Turda"`, `"Atlantida"`), []string{"city"}},
		"no price":          {change(price, `null`), []string{"price"}},
		"negative":          {change(price, `{"amount":-5,"currency":"RON"}`), []string{"price"}},
		"not whole":         {change(price, `{"amount":12.5,"currency":"RON"}`), []string{"price"}},
		"exponent":          {change(price, `{"amount":1e3,"currency":"RON"}`), []string{"price"}},
		"text amount":       {change(price, `{"amount":"1250","currency":"RON"}`), []string{"price"}},
		"too much":          {change(price, `{"amount":10000000001,"currency":"RON"}`), []string{"price"}},
		"beyond int64":      {change(price, `{"amount":99999999999999999999999,"currency":"RON"}`), []string{"price"}},
		"endless":           {change(price, `{"amount":`+strings.Repeat("9", 5000)+`,"currency":"RON"}`), []string{"price"}},
		"no currency":       {change(price, `{"amount":1250}`), []string{"price.currency"}},
		"null currency":     {change(price, `{"amount":1250,"currency":null}`), []string{"price.currency"}},
		"wrong currency":    {change(price, `{"amount":1250,"currency":"USD"}`), []string{"price.currency"}},
		"more in the price": {change(price, `{"amount":1250,"currency":"RON","vat":19}`), []string{"price.vat"}},
		"no detail":         {change(`"tip":"Oraș"`, `"tip":null`), []string{"attributes.tip"}},
		"wrong option":      {change(`"tip":"Oraș"`, `"tip":"Submarin"`), []string{"attributes.tip"}},
		"nested detail":     {change(`"tip":"Oraș"`, `"tip":{"a":1}`), []string{"attributes.tip"}},
		"unknown detail":    {change(`"tip":"Oraș"`, `"tip":"Oraș","aripi":2`), []string{"attributes.aripi"}},
		"huge number":       {change(`"roata":28`, `"roata":1e999`), []string{"attributes.roata"}},
		"condition":         {strings.Replace(change(`"biciclete"`, `"alte-anunturi"`), `,"attributes"`, `,"condition":"new","x"`, 1), []string{"condition"}},
	} {
		t.Run(name, func(t *testing.T) {
			errs := ana.json(t, "POST", "/api/v1/listings", tt.body).wrong(t, http.StatusUnprocessableEntity)
			for _, field := range tt.fields {
				if errs[field] == "" {
					t.Errorf("nothing about %s: %v", field, errs)
				}
			}
			if len(errs) != len(tt.fields) && name != "condition" {
				t.Errorf("errors %v, want only %v", errs, tt.fields)
			}
		})
	}
	site.wantRows(t, "listings", 0)
}

// TestAPIBrokenBodies: what is no JSON object is refused as a whole.
func TestAPIBrokenBodies(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	one := ana.create(t, bicycleJSON)
	var many strings.Builder
	for i := range 400 {
		fmt.Fprintf(&many, `"f%d":1,`, i)
	}
	for _, body := range []string{"", " ", "null", "1", `"x"`, "[]", `[{"title":"x"}]`, "{", `{"title"}`, `{"title":"x",}`, `{'title':'x'}`, `{"title":"x"}{}`, `{"title":"x"} x`,
		"{\"title\":\"\xff\xfe\"}", "\ufeff{}", strings.Repeat("[", 100_000), `{"a":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`,
		`{` + strings.TrimSuffix(many.String(), ",") + `}`, "title=x&category=biciclete"} {
		for _, to := range [][2]string{{"POST", "/api/v1/listings"}, {"PATCH", one}} {
			if errs := ana.json(t, to[0], to[1], body).wrong(t, http.StatusBadRequest); len(errs) != 0 {
				t.Errorf("%s %.50q: %v", to[0], body, errs)
			}
		}
	}
	large := `{"title":"` + strings.Repeat("ă", 600_000) + `"}`
	ana.json(t, "POST", "/api/v1/listings", large).wrong(t, http.StatusRequestEntityTooLarge)
	ana.json(t, "PATCH", one, large).wrong(t, http.StatusRequestEntityTooLarge)
	ana.json(t, "POST", "/api/v1/listings", `{"title":"`+strings.Repeat("a", 900_000)+`"}`).wrong(t, http.StatusUnprocessableEntity)
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", "application/", "json", "*/*", "application/json; charset"} {
		r := httptest.NewRequest("POST", testOrigin+"/api/v1/listings", strings.NewReader(bicycleJSON))
		r.Header.Set("Content-Type", kind)
		ana.do(t, r).wrong(t, http.StatusUnsupportedMediaType)
	}
	ana.with("Content-Encoding", "gzip").json(t, "POST", "/api/v1/listings", bicycleJSON).wrong(t, http.StatusUnsupportedMediaType)
	site.wantRows(t, "listings", 1)
}

// TestAPITexts: text is text, whatever it looks like, and numbers are what JSON says they are.
// What a program reads of its own listing it can write back without losing anything; others do not read phone numbers.
func TestAPIOwnText(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.program(t, "Ana"), site.program(t, "Dan")
	one := ana.create(t, `{"title":"Dacia Logan","description":"Mașină îngrijită, sunați la 0722 123 456 după cinci.","price":{"amount":500000,"currency":"EUR"},"category":"autoturisme","county":"CJ","city":"Turda",
		"attributes":{"marca":"Dacia","model":"Logan","an":2015,"km":1500,"combustibil":"Benzină","cutie":"Manuală","stare_tehnica":"Fără daune","vin":"UU1LSDAAH12345678"}}`)
	for _, other := range []*client{dan, site.visitor()} {
		if body := other.get(t, one).status(t, http.StatusOK).body; strings.Contains(body, "123 456") || strings.Contains(body, "UU1LS") {
			t.Errorf("somebody else reads %s", body)
		}
	}
	mine := ana.get(t, one).status(t, http.StatusOK).object(t)
	back, err := json.Marshal(map[string]any{"title": mine["title"], "description": mine["description"], "attributes": mine["attributes"]})
	if err != nil {
		t.Fatal(err)
	}
	after := ana.json(t, "PATCH", one, string(back)).status(t, http.StatusOK).object(t)
	if diff := cmp.Diff(mine, after); diff != "" || !strings.Contains(string(back), "0722 123 456") || !strings.Contains(string(back), "UU1LSDAAH12345678") {
		t.Errorf("%s after writing %s back (-before +after):\n%s", one, back, diff)
	}
}

func TestAPITexts(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	one := ana.create(t, `{"title":"<script>alert(1)</script> & co","description":"<img src=x onerror=alert(1)> 'x' \"y\" {{.}} a\u0000\u202eb\r\n\r\n\r\n\r\nfinal \ud83d\ude00",
		"price":{"amount":0,"currency":"EUR"},"negotiable":true,"category":"autoturisme","county":"B","city":"București",
		"attributes":{"marca":"Dacia","model":"<b>Logan</b>","an":2015,"km":1500.000,"combustibil":"Benzină","cutie":"Manuală","stare_tehnica":"fara daune","cilindree":1.5e3,"prim_proprietar":true,"carte_service":false,"vin":"UU1LSDAAH12345678"}}`)
	res := site.visitor().get(t, one).status(t, http.StatusOK)
	if strings.Contains(res.body, "<") {
		t.Errorf("markup in %s", res.body)
	}
	got := res.object(t)
	for name, want := range map[string]any{"title": "<script>alert(1)</script> & co", "negotiable": true, "price": map[string]any{"amount": 0.0, "currency": "EUR"}} {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if text, _ := got["description"].(string); !strings.HasPrefix(text, "<img src=x onerror=alert(1)> 'x' \"y\" {{.}} a") || strings.ContainsAny(text, "\x00\r") || !strings.HasSuffix(text, "final 😀") {
		t.Errorf("description %q", text)
	}
	details, _ := got["attributes"].(map[string]any)
	if details["an"] != 2015.0 || details["km"] != 1500.0 || details["cilindree"] != 1500.0 || details["model"] != "<b>Logan</b>" ||
		details["stare_tehnica"] != "Fără daune" || details["prim_proprietar"] != true || details["carte_service"] != nil || details["vin"] != "•••••••••••••5678" {
		t.Errorf("attributes %v", details)
	}
	page := site.visitor().get(t, strings.TrimPrefix(got["url"].(string), testOrigin)).status(t, http.StatusOK)
	if strings.Contains(page.body, "<script>alert") || strings.Contains(page.body, "<img src=x") {
		t.Error("the page runs what was posted")
	}
}

func TestAPIIdempotency(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.program(t, "Ana").with("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324")
		var mu sync.Mutex
		locations := map[string]int{}
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				res := ana.json(t, "POST", "/api/v1/listings", bicycleJSON)
				mu.Lock()
				defer mu.Unlock()
				locations[fmt.Sprint(res.StatusCode, " ", res.Header.Get("Location"))]++
			})
		}
		wg.Wait()
		if diff := cmp.Diff(map[string]int{"201 /api/v1/listings/1": 12}, locations); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		site.wantRows(t, "listings", 1)
		// The key stays good for its content: later, in quotes, after an edit.
		site.clock.advance(30 * time.Second)
		ana.json(t, "PATCH", "/api/v1/listings/1", `{"title":"Bicicletă reparată"}`).status(t, http.StatusOK)
		again := ana.with("Idempotency-Key", `"8e03978e-40d5-43dd-bc93-6894a57f9324"`).json(t, "POST", "/api/v1/listings", bicycleJSON)
		if got := again.location(t, http.StatusCreated); got != "/api/v1/listings/1" {
			t.Errorf("repeated: %s", got)
		}
		// Another content under the key, somebody else with the same key, another key.
		ana.json(t, "POST", "/api/v1/listings", strings.Replace(bicycleJSON, "Pegas", "Tohan", 1)).wrong(t, http.StatusConflict)
		site.program(t, "Dan").with("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324").create(t, bicycleJSON)
		ana.with("Idempotency-Key", "b").create(t, bicycleJSON)
		site.wantRows(t, "listings", 3)
		ana.json(t, "DELETE", "/api/v1/listings/1", "").status(t, http.StatusNoContent)
		ana.json(t, "POST", "/api/v1/listings", bicycleJSON).wrong(t, http.StatusConflict)
		for _, key := range []string{"a b", "é", `"`, `""`, strings.Repeat("k", 65), "a,b", "'; --"} {
			ana.with("Idempotency-Key", key).json(t, "POST", "/api/v1/listings", bicycleJSON).wrong(t, http.StatusBadRequest)
		}
	})
}

// TestAPINotYours: what belongs to somebody else is not there, and signed out nothing can be done.
func TestAPINotYours(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.program(t, "Ana"), site.program(t, "Dan")
	one := ana.create(t, bicycleJSON)
	for _, path := range []string{one, "/api/v1/listings/999", "/api/v1/listings/0", "/api/v1/listings/-1", "/api/v1/listings/abc", "/api/v1/listings/99999999999999999999"} {
		dan.json(t, "PATCH", path, `{"title":"Al meu acum"}`).wrong(t, http.StatusNotFound)
		dan.json(t, "DELETE", path, "").wrong(t, http.StatusNotFound)
	}
	dan.with("If-Match", `"7"`).json(t, "PATCH", one, `{"nimic":1}`).wrong(t, http.StatusNotFound) // tells nothing of the listing
	for _, c := range []*client{site.visitor(), site.visitor().with("Authorization", "Bearer x.y.z"), site.visitor().with("Authorization", "Basic YTpi")} {
		challenge := "Bearer"
		if c.header.Get("Authorization") != "" {
			challenge = `Bearer error="invalid_token"`
		}
		for _, to := range [][2]string{{"POST", "/api/v1/listings"}, {"PATCH", one}, {"DELETE", one}, {"PUT", "/api/v1/favorites/1"}, {"DELETE", "/api/v1/favorites/1"},
			{"GET", "/api/v1/me"}, {"GET", "/api/v1/me/listings"}, {"GET", "/api/v1/favorites"}, {"GET", "/api/v1/conversations"}} {
			res := c.json(t, to[0], to[1], bicycleJSON)
			res.wrong(t, http.StatusUnauthorized)
			if got := res.Header.Get("WWW-Authenticate"); got != challenge {
				t.Errorf("%v: WWW-Authenticate %q, want %q", to, got, challenge)
			}
		}
	}
	// The cookies of the pages do too, but not for another site.
	browser := site.as(t, "Ana")
	browser.with("Sec-Fetch-Site", "cross-site").json(t, "DELETE", one, "").wrong(t, http.StatusForbidden)
	browser.with("Origin", "https://evil.example").json(t, "PATCH", one, `{"status":"sold"}`).wrong(t, http.StatusForbidden)
	site.wantRows(t, "listings WHERE status = 'active' AND version = 1", 1)
	browser.with("Sec-Fetch-Site", "same-origin").json(t, "DELETE", one, "").status(t, http.StatusNoContent)
	ana.json(t, "DELETE", one, "").wrong(t, http.StatusNotFound)
	ana.json(t, "PATCH", one, `{}`).wrong(t, http.StatusNotFound)
}

// TestAPILimits: programs share the limits of the forms.
func TestAPILimits(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	one := ana.create(t, bicycleJSON)
	for rule, call := range map[*ratelimit.Rule]func() *response{
		&limitListings:  func() *response { return ana.json(t, "POST", "/api/v1/listings", bicycleJSON) },
		&limitChanges:   func() *response { return ana.json(t, "PATCH", one, `{}`) },
		&limitFavorites: func() *response { return ana.json(t, "PUT", "/api/v1/favorites/1", "") },
	} {
		for ok := true; ok; {
			_, ok = site.server.limits.Allow(*rule, "user 1")
		}
		res := call()
		res.wrong(t, http.StatusTooManyRequests)
		if res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", rule.Name)
		}
	}
}

func FuzzAPIFields(f *testing.F) {
	for _, seed := range []string{bicycleJSON, `{"title":"x","title":"y"}`, `{"price":{"amount":-0,"currency":"EUR"}}`, `{"attributes":{"tip":1e400,"roata":null}}`, `{"status":"sold"}`, `{"price":null,"condition":null}`} {
		f.Add(seed)
	}
	site := newTestSite(f)
	catalog := site.store.Catalog()
	f.Fuzz(func(t *testing.T, body string) {
		fields, err := parseFields([]byte(body))
		if err != nil {
			return
		}
		draft, err := fields.draft(catalog, models.ListingInput{Attributes: map[string]string{}})
		if err != nil && len(apiErrors(err)) == 0 {
			t.Errorf("%q is refused without a reason: %v", body, err)
		}
		if err == nil {
			if err := draft.Validate(); err != nil {
				t.Errorf("%q makes a draft that is not valid: %v", body, err)
			}
		}
	})
}
