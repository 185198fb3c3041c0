package handlers

import (
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/dbtest"
)

func TestAPIPatch(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.program(t, "Ana")
		one := ana.create(t, bicycleJSON)
		// Photos come by the form and stay.
		_, id := site.as(t, "Ana").publish(t, bicycleForm(), picture(0), picture(1))
		withPhotos := "/api/v1/listings/" + id
		if got := ana.json(t, "PATCH", withPhotos, `{"price":{"amount":99,"currency":"EUR"}}`).status(t, http.StatusOK).object(t); len(got["photos"].([]any)) != 2 {
			t.Errorf("photos %v", got["photos"])
		}
		for _, step := range []struct {
			body string
			want map[string]any
		}{
			{`{}`, map[string]any{"title": "Bicicletă Pegas de oraș"}},
			{`{"title":"Bicicletă vopsită"}`, map[string]any{"title": "Bicicletă vopsită", "city": "Turda", "price": map[string]any{"amount": 125050.0, "currency": "RON"}}},
			{`{"price":{"amount":100,"currency":"RON"}}`, map[string]any{"price": map[string]any{"amount": 100.0, "currency": "RON"}}},
			{`{"negotiable":true}`, map[string]any{"negotiable": true, "price": map[string]any{"amount": 100.0, "currency": "RON"}}},
			{`{"price":{"amount":0,"currency":"EUR"}}`, map[string]any{"price": map[string]any{"amount": 0.0, "currency": "EUR"}, "title": "Bicicletă vopsită"}},
			{`{"negotiable":false,"county":"B","city":"București"}`, map[string]any{"negotiable": nil, "county": "B", "price": map[string]any{"amount": 0.0, "currency": "EUR"}}},
			{`{"attributes":{"roata":26}}`, map[string]any{"attributes": map[string]any{"tip": "Oraș", "roata": "26", "stare": "Bună"}}},
			{`{"attributes":{"roata":null}}`, map[string]any{"attributes": map[string]any{"tip": "Oraș", "stare": "Bună"}}},
			{`{"status":"reserved"}`, map[string]any{"status": "reserved"}},
			{`{"status":"active"}`, map[string]any{"status": "active"}},
			{`{"status":"sold","price":{"amount":5000,"currency":"RON"}}`, map[string]any{"status": "sold", "price": map[string]any{"amount": 5000.0, "currency": "RON"}}},
			{`{"status":"sold"}`, map[string]any{"status": "sold"}},
			{`{"status":"active","title":"Bicicletă înapoi"}`, map[string]any{"status": "active", "title": "Bicicletă înapoi"}},
		} {
			got := ana.json(t, "PATCH", one, step.body).status(t, http.StatusOK).object(t)
			for name, want := range step.want {
				if diff := cmp.Diff(want, got[name]); diff != "" {
					t.Errorf("%s: %s (-want +got):\n%s", step.body, name, diff)
				}
			}
			if diff := cmp.Diff(got, site.visitor().get(t, one).object(t)); diff != "" {
				t.Errorf("%s: (-answered +read):\n%s", step.body, diff)
			}
		}
		for query, want := range map[string]int{"q=vopsita": 0, "q=inapoi": 1, "judet=CJ": 1, "judet=B": 1, "categorie=biciclete&atribut_roata=28": 1} {
			if got := site.visitor().get(t, "/api/v1/listings?"+query).object(t)["items"].([]any); len(got) != want {
				t.Errorf("%s finds %d, want %d", query, len(got), want)
			}
		}
	})
}

// TestAPIPatchRefuses: a change is made whole or not at all.
func TestAPIPatchRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.program(t, "Ana")
		one := ana.create(t, bicycleJSON)
		before := site.visitor().get(t, one)
		for body, field := range map[string]string{
			`{"title":null}`: "title", `{"title":""}`: "title", `{"price":null}`: "price", `{"status":"deleted"}`: "status", `{"status":null}`: "status", `{"status":1}`: "status",
			`{"status":"sold","title":"x"}`: "title", `{"status":"nimic","title":"Un titlu bun"}`: "status", `{"county":"TM"}`: "city", `{"owner_id":2}`: "owner_id",
			`{"attributes":{"tip":null}}`: "attributes.tip", `{"attributes":null}`: "attributes", `{"category":"autoturisme"}`: "attributes.marca", `{"title":"Unu doi","title":"Trei patru"}`: "title",
		} {
			if errs := ana.json(t, "PATCH", one, body).wrong(t, http.StatusUnprocessableEntity); errs[field] == "" {
				t.Errorf("%s: %v", body, errs)
			}
		}
		after := site.visitor().get(t, one)
		if before.body != after.body || after.Header.Get("ETag") != `"1"` {
			t.Errorf("changed to %s %s", after.Header.Get("ETag"), after.body)
		}
		// The state and the text go together or not at all.
		ana.json(t, "PATCH", one, `{"status":"sold"}`).status(t, http.StatusOK)
		ana.json(t, "PATCH", one, `{"status":"reserved","title":"Nu se schimbă"}`).wrong(t, http.StatusConflict)
		ana.json(t, "PATCH", one, `{"title":"Nu se schimbă"}`).wrong(t, http.StatusConflict)
		if got := site.visitor().get(t, one).object(t); got["status"] != "sold" || got["title"] != "Bicicletă Pegas de oraș" {
			t.Errorf("changed to %v", got)
		}
	})
}

// TestAPIPatchCategory: details that the new category does not have are dropped, those that it asks for are asked for.
func TestAPIPatchCategory(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	one := ana.create(t, bicycleJSON)
	got := ana.json(t, "PATCH", one, `{"category":"autoturisme","attributes":{"marca":"Dacia","model":"Logan","an":2015,"km":2500000,"combustibil":"Benzină","cutie":"Manuală","stare_tehnica":"Cu daune","vin":"UU1LSDAAH12345678","stare":null}}`)
	details, _ := got.status(t, http.StatusOK).object(t)["attributes"].(map[string]any)
	if details["roata"] != nil || details["marca"] != "Dacia" || details["km"] != 2500000.0 {
		t.Errorf("attributes %v", details)
	}
	// A number of seven digits and a number shown in part survive the next change and the edit form.
	details, _ = ana.json(t, "PATCH", one, `{"title":"Dacia Logan bătrână"}`).status(t, http.StatusOK).object(t)["attributes"].(map[string]any)
	if details["km"] != 2500000.0 {
		t.Errorf("attributes %v", details)
	}
	site.wantRows(t, "listing_attributes WHERE text_value = 'UU1LSDAAH12345678'", 1)
	if got := site.as(t, "Ana").get(t, "/anunt/1/editare/").doc(t).Attr("[name=atribut_km]", "value"); got != "2500000" {
		t.Errorf("the form shows %q", got)
	}
}

func TestAPIVersions(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	one := ana.create(t, bicycleJSON)
	patch := func(ifMatch string, status int) *response {
		t.Helper()
		return ana.with("If-Match", ifMatch).json(t, "PATCH", one, `{"description":"O descriere nouă, destul de lungă."}`).status(t, status)
	}
	if got := patch(`"1"`, http.StatusOK).Header.Get("ETag"); got != `"2"` {
		t.Errorf("ETag %s", got)
	}
	for _, stale := range []string{`"1"`, `W/"2"`, `2`, `"x"`, `"02"`, `"1", "3"`, `nimic`} {
		patch(stale, http.StatusPreconditionFailed)
	}
	patch(`"1", "2"`, http.StatusOK)
	patch(`*`, http.StatusOK)
	// Of two changes made for the same version one is refused.
	tag := site.visitor().get(t, one).Header.Get("ETag")
	var wg sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	for range 6 {
		wg.Go(func() {
			res := ana.with("If-Match", tag).json(t, "PATCH", one, `{"negotiable":true}`)
			mu.Lock()
			defer mu.Unlock()
			statuses[res.StatusCode]++
		})
	}
	wg.Wait()
	if diff := cmp.Diff(map[int]int{200: 1, 412: 5}, statuses); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAPIPatchAtOnce: changes of different fields at the same time do not undo each other.
func TestAPIPatchAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site := newTestSite(t, onDatabase(databaseURL))
		ana := site.program(t, "Ana")
		one := ana.create(t, bicycleJSON)
		var wg sync.WaitGroup
		for _, body := range []string{`{"title":"Bicicletă nouă-nouță"}`, `{"negotiable":true}`, `{"price":{"amount":7,"currency":"EUR"}}`, `{"attributes":{"roata":24}}`, `{"city":"Dej"}`} {
			wg.Go(func() {
				if res := ana.json(t, "PATCH", one, body); res.StatusCode != http.StatusOK {
					t.Errorf("%s: %d %s", body, res.StatusCode, res.body)
				}
			})
		}
		wg.Wait()
		got := site.visitor().get(t, one).object(t)
		want := map[string]any{"title": "Bicicletă nouă-nouță", "negotiable": true, "price": map[string]any{"amount": 7.0, "currency": "EUR"}, "city": "Dej"}
		for name, value := range want {
			if diff := cmp.Diff(value, got[name]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		if details, _ := got["attributes"].(map[string]any); details["roata"] != "24" {
			t.Errorf("attributes %v", details)
		}
	})
}
