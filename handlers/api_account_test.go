package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ids lists the listings of a page of a list and returns its cursor.
func (r *response) ids(t testing.TB) (ids []float64, next string) {
	t.Helper()
	got := r.status(t, http.StatusOK).object(t)
	items, isList := got["items"].([]any)
	if !isList {
		t.Fatalf("items %v", got["items"])
	}
	for _, item := range items {
		ids = append(ids, item.(map[string]any)["id"].(float64))
	}
	next, _ = got["next"].(string)
	return ids, next
}

func TestAPIFavorites(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.program(t, "Ana"), site.program(t, "Dan")
	for i := range 3 {
		ana.create(t, strings.Replace(bicycleJSON, "Pegas", fmt.Sprint("Pegas ", i), 1))
	}
	for _, id := range []string{"3", "1", "1", "2"} {
		dan.json(t, "PUT", "/api/v1/favorites/"+id, "").status(t, http.StatusNoContent)
		site.clock.advance(time.Second)
	}
	res := dan.get(t, "/api/v1/favorites")
	if got, next := res.ids(t); !cmp.Equal(got, []float64{2, 1, 3}) || next != "" || res.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("favourites %v, next %q, %v", got, next, res.Header)
	}
	if got, _ := ana.get(t, "/api/v1/favorites").ids(t); len(got) != 0 {
		t.Errorf("somebody else's favourites %v", got)
	}
	for _, id := range []string{"1", "1"} {
		dan.json(t, "DELETE", "/api/v1/favorites/"+id, "").status(t, http.StatusNoContent)
	}
	ana.json(t, "DELETE", "/api/v1/listings/2", "").status(t, http.StatusNoContent)
	for _, id := range []string{"2", "999", "0", "abc", "99999999999999999999"} {
		dan.json(t, "PUT", "/api/v1/favorites/"+id, "").wrong(t, http.StatusNotFound)
		dan.json(t, "DELETE", "/api/v1/favorites/"+id, "").wrong(t, http.StatusNotFound)
	}
	if got, _ := dan.get(t, "/api/v1/favorites").ids(t); !cmp.Equal(got, []float64{3}) {
		t.Errorf("favourites %v", got)
	}
	// The pages show the same.
	if got := titles(t, site.as(t, "Dan").get(t, "/favorite/")); len(got) != 1 {
		t.Errorf("the page shows %v", got)
	}
}

func TestAPIPaging(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	count := pageSize + 3
	for i := range count {
		one := ana.create(t, strings.Replace(bicycleJSON, "Pegas", fmt.Sprint("Pegas ", i), 1))
		ana.json(t, "PUT", strings.Replace(one, "listings", "favorites", 1), "").status(t, http.StatusNoContent)
	}
	for _, path := range []string{"/api/v1/favorites", "/api/v1/me/listings", "/api/v1/listings"} {
		seen := map[float64]bool{}
		first, next := ana.get(t, path).ids(t)
		second, last := ana.get(t, path+"?dupa="+next).ids(t)
		for _, id := range append(first, second...) {
			seen[id] = true
		}
		if len(first) != pageSize || len(second) != 3 || len(seen) != count || last != "" {
			t.Errorf("%s: %d and %d listings, %d different; next %q, %q", path, len(first), len(second), len(seen), next, last)
		}
	}
	if got, next := ana.get(t, "/api/v1/favorites?dupa=nimic").ids(t); len(got) != pageSize || next == "" {
		t.Errorf("a forged cursor shows %d listings", len(got))
	}
}

func TestAPIMyListings(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana := site.program(t, "Ana")
	for i := range 3 {
		ana.create(t, strings.Replace(bicycleJSON, "Pegas", fmt.Sprint("Pegas ", i), 1))
	}
	site.program(t, "Dan").create(t, bicycleJSON)
	ana.json(t, "PATCH", "/api/v1/listings/1", `{"status":"sold"}`).status(t, http.StatusOK)
	ana.json(t, "PATCH", "/api/v1/listings/2", `{"status":"reserved"}`).status(t, http.StatusOK)
	for query, want := range map[string][]float64{"": {3, 2}, "?status=active": {3, 2}, "?status=sold": {1}, "?status=expired": nil} {
		if got, _ := ana.get(t, "/api/v1/me/listings"+query).ids(t); !cmp.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	for _, status := range []string{"deleted", "reserved", "nimic", "ACTIVE"} {
		if errs := ana.get(t, "/api/v1/me/listings?status="+status).wrong(t, http.StatusUnprocessableEntity); errs["status"] == "" {
			t.Errorf("%s: %v", status, errs)
		}
	}
}

func TestAPIConversations(t *testing.T) {
	t.Parallel()
	res := newTestSite(t).program(t, "Ana").get(t, "/api/v1/conversations?dupa=x").status(t, http.StatusOK)
	if diff := cmp.Diff(map[string]any{"items": []any{}, "next": ""}, res.object(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
