package handlers

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// object decodes a JSON answer as it stands, so that a missing or additional name shows.
func (r *response) object(t testing.TB) map[string]any {
	t.Helper()
	if got := r.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
		t.Errorf("Content-Type %q", got)
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		t.Fatalf("decode %.200q: %v", r.body, err)
	}
	return out
}

func TestAPIListings(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	address, id := ana.publish(t, bicycleForm(), picture(0), picture(1))
	n, err := strconv.ParseFloat(id, 64)
	if err != nil {
		t.Fatal(err)
	}
	visitor := site.visitor()
	got := visitor.get(t, "/api/v1/listings").status(t, http.StatusOK).object(t)
	item, _ := got["items"].([]any)[0].(map[string]any)
	photos, _ := item["photos"].([]any)
	if len(photos) != 2 {
		t.Fatalf("photos %v", photos)
	}
	for _, p := range photos {
		path, isOurs := strings.CutPrefix(p.(string), testOrigin)
		if !isOurs {
			t.Errorf("photo %q", p)
		}
		visitor.get(t, path).status(t, http.StatusOK)
	}
	delete(item, "photos")
	want := map[string]any{
		"items": []any{map[string]any{
			"id": n, "title": "Bicicletă Pegas de oraș", "price": map[string]any{"amount": 125000.0, "currency": "RON"}, "category": "biciclete",
			"county": "CJ", "city": "Turda", "url": testOrigin + address, "status": "active", "condition": "folosit", "created_at": "2026-11-23T12:00:00Z",
		}},
		"next": "", "total": map[string]any{"count": 1.0, "exact": true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("listings (-want +got):\n%s", diff)
	}

	one := visitor.get(t, "/api/v1/listings/"+id).status(t, http.StatusOK).object(t)
	for name, value := range map[string]any{"id": n, "seller": "ana-pop", "description": "Cadru de oțel, frâne noi, folosită două veri."} {
		if one[name] != value {
			t.Errorf("%s is %v, want %v", name, one[name], value)
		}
	}
	if diff := cmp.Diff(map[string]any{"tip": "Oraș", "roata": "28", "stare": "Bună"}, one["attributes"]); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}

	empty := visitor.get(t, "/api/v1/listings?q=inexistent").status(t, http.StatusOK)
	if !strings.Contains(empty.body, `"items":[]`) {
		t.Errorf("no results: %s", empty.body)
	}
	ana.post(t, "/anunt/"+id+"/rezervat/", nil)
	if one := visitor.get(t, "/api/v1/listings/"+id).object(t); one["status"] != "reserved" {
		t.Errorf("status %v", one["status"])
	}
	ana.post(t, "/anunt/"+id+"/vandut/", nil)
	if one := visitor.get(t, "/api/v1/listings/"+id).status(t, http.StatusOK).object(t); one["status"] != "sold" {
		t.Errorf("status %v", one["status"])
	}
	if got := visitor.get(t, "/api/v1/listings").object(t); len(got["items"].([]any)) != 0 {
		t.Error("a sold listing is listed")
	}
	ana.post(t, "/anunt/"+id+"/sterge/", nil)
	visitor.get(t, "/api/v1/listings/"+id).status(t, http.StatusGone)
}

// TestAPIHidesSecrets: what is for checks only is not shown whole to programs either.
func TestAPIHidesSecrets(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	address, id := ana.publish(t, with(bicycleForm(), "atribut_serie_cadru", "WTU123456789"))
	ana.post(t, "/profil/editare/", map[string][]string{"telefon": {"0722 123 456"}}).status(t, http.StatusSeeOther)
	for _, path := range []string{address, "/api/v1/listings/" + id, "/api/v1/listings", "/anunturi/", "/feed.xml", "/utilizator/ana-pop/"} {
		res := site.visitor().get(t, path).status(t, http.StatusOK)
		for _, secret := range []string{"WTU123456789", "ana@example.com", "722123456", "722 123 456"} {
			if strings.Contains(res.body, secret) {
				t.Errorf("%s shows %q", path, secret)
			}
		}
	}
}

func TestAPICategories(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.as(t, "Ana").publish(t, bicycleForm())
	items, _ := site.visitor().get(t, "/api/v1/categories").status(t, http.StatusOK).object(t)["items"].([]any)
	if len(items) != len(site.store.Catalog().Top) {
		t.Fatalf("%d categories", len(items))
	}
	for _, raw := range items {
		top, _ := raw.(map[string]any)
		if top["slug"] != "sport-timp-liber-si-arta" {
			continue
		}
		if top["count"] != 1.0 {
			t.Errorf("count %v, want 1", top["count"])
		}
		for _, raw := range top["subcategories"].([]any) {
			if sub, _ := raw.(map[string]any); sub["slug"] == "biciclete" {
				attribute, _ := sub["attributes"].([]any)[0].(map[string]any)
				if sub["count"] != 1.0 || attribute["key"] != "tip" || attribute["type"] != "select" || attribute["required"] != true || len(attribute["options"].([]any)) < 5 {
					t.Errorf("subcategory %v", sub)
				}
				return
			}
		}
	}
	t.Error("no bicycles")
}

func TestAPIMe(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.as(t, "Ana")
	res := site.visitor().get(t, "/api/v1/me").status(t, http.StatusUnauthorized)
	if res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("Content-Type %q", res.Header.Get("Content-Type"))
	}
	me := site.visitor().with("Authorization", "Bearer "+ana.cookies["__session"]).get(t, "/api/v1/me").status(t, http.StatusOK).object(t)
	if diff := cmp.Diff(map[string]any{"id": "1", "username": "ana-pop", "name": "Ana P.", "email": "ana@example.com", "is_moderator": false, "created_at": "2026-11-23T12:00:00Z"}, me); diff != "" {
		t.Errorf("me (-want +got):\n%s", diff)
	}
	ana.get(t, "/api/v1/me").status(t, http.StatusOK)
}
