package handlers

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"piata.ro/internal/urls"
)

// description is the OpenAPI document as far as the tests read it.
type description struct {
	Paths map[string]map[string]json.RawMessage
}

func readDescription(t *testing.T) description {
	t.Helper()
	var d description
	if err := json.Unmarshal(apiDescription, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// operations lists what the document describes: "GET /api/v1/me".
func (d description) operations() []string {
	var out []string
	for path, item := range d.Paths {
		for method := range item {
			if method != "parameters" {
				out = append(out, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.Sort(out)
	return out
}

// answers lists each answer that the document promises: "GET /api/v1/me 401".
func (d description) answers(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, o := range d.operations() {
		method, path, _ := strings.Cut(o, " ")
		var operation struct{ Responses map[string]any }
		if err := json.Unmarshal(d.Paths[path][strings.ToLower(method)], &operation); err != nil {
			t.Fatal(err)
		}
		for status := range operation.Responses {
			out = append(out, o+" "+status)
		}
	}
	slices.Sort(out)
	return out
}

// TestOpenAPIRoutes: every route below /api/ is described, and nothing else.
func TestOpenAPIRoutes(t *testing.T) {
	t.Parallel()
	var routes []string
	for _, r := range newTestSite(t).app.GetRoutes(true) {
		if strings.HasPrefix(r.Path, "/api/") && r.Method != http.MethodHead {
			routes = append(routes, r.Method+" "+strings.ReplaceAll(r.Path, ":id", "{id}"))
		}
	}
	slices.Sort(routes)
	if diff := cmp.Diff(slices.Compact(routes), readDescription(t).operations()); diff != "" {
		t.Errorf("(-routes +described):\n%s", diff)
	}
}

// specClient is a program that holds the document against every answer that it gets.
type specClient struct {
	schemas *jsonschema.Compiler
	root    map[string]any
	seen    map[string]bool
}

const documentURL = "https://piata.ro/openapi.json"

func newSpecClient(t *testing.T) *specClient {
	t.Helper()
	decode := func(data []byte) map[string]any {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return v.(map[string]any)
	}
	s := &specClient{schemas: jsonschema.NewCompiler(), root: decode(apiDescription), seen: map[string]bool{}}
	s.schemas.AssertFormat()
	s.schemas.DefaultDraft(jsonschema.Draft2020)
	standard, err := os.ReadFile("testdata/openapi-3.1.schema.json")
	if err == nil {
		err = s.schemas.AddResource("https://spec.openapis.org/oas/3.1/schema/2022-10-07", decode(standard))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.compile(t, "https://spec.openapis.org/oas/3.1/schema/2022-10-07").Validate(decode(apiDescription)); err != nil {
		t.Errorf("the document is not OpenAPI 3.1: %v", err)
	}
	closeObjects(s.root)
	if err := s.schemas.AddResource(documentURL, s.root); err != nil {
		t.Fatal(err)
	}
	return s
}

// closeObjects makes members that are not described an error too.
func closeObjects(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			closeObjects(item)
		}
	case map[string]any:
		if _, open := v["additionalProperties"]; !open && v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, item := range v {
			closeObjects(item)
		}
	}
}

func (s *specClient) compile(t *testing.T, location string) *jsonschema.Schema {
	t.Helper()
	schema, err := s.schemas.Compile(location)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// at follows the names into the document, through references, and returns what stands there and where that is.
func (s *specClient) at(t *testing.T, names ...string) (any, string) {
	t.Helper()
	var here any = s.root
	pointer := "#"
	for _, name := range names {
		object, _ := here.(map[string]any)
		var found bool
		if here, found = object[name]; !found {
			t.Fatalf("%s describes no %q", pointer, name)
		}
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(name)
		if object, isObject := here.(map[string]any); isObject {
			if ref, isRef := object["$ref"].(string); isRef {
				here, pointer = s.at(t, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
			}
		}
	}
	return here, pointer
}

// check holds JSON against a schema of the document.
func (s *specClient) check(t *testing.T, body string, names ...string) {
	t.Helper()
	_, pointer := s.at(t, names...)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err == nil {
		err = s.compile(t, documentURL+pointer).Validate(value)
	}
	if err != nil {
		t.Errorf("%v: %v\n%.300s", names, err, body)
	}
}

// call sends the request and checks the answer; the body of a request that was taken must be as described, too.
func (s *specClient) call(t *testing.T, c *client, method, path, body string, want int, headers ...string) *response {
	t.Helper()
	r := httptest.NewRequest(method, testOrigin+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res := c.do(t, r).status(t, want)
	template, _, _ := strings.Cut(path, "?")
	if parts := strings.Split(template, "/"); len(parts) == 5 {
		if _, err := strconv.Atoi(parts[4]); err == nil {
			template = strings.Join(append(parts[:4], "{id}"), "/")
		}
	}
	operation := []string{"paths", template, strings.ToLower(method)}
	if want < 400 && body != "" {
		s.check(t, body, append(operation, "requestBody", "content", "application/json", "schema")...)
	}
	s.checkAnswer(t, res, append(operation, "responses", strconv.Itoa(want)))
	s.seen[method+" "+template+" "+strconv.Itoa(want)] = true
	return res
}

// checkAnswer wants the headers and the body that are described, and no other body.
func (s *specClient) checkAnswer(t *testing.T, res *response, names []string) {
	t.Helper()
	described, _ := s.at(t, names...)
	answer, _ := described.(map[string]any)
	headers, _ := answer["headers"].(map[string]any)
	for name := range headers {
		if res.Header.Get(name) == "" {
			t.Errorf("%v: no %s", names, name)
		}
	}
	if _, hasBody := answer["content"]; !hasBody {
		if res.body != "" {
			t.Errorf("%v: %q", names, res.body)
		}
		return
	}
	s.check(t, res.body, append(slices.Clone(names), "content", res.Header.Get("Content-Type"), "schema")...)
}

// talk calls what is said between a seller and a buyer of listing 1.
func (s *specClient) talk(t *testing.T, visitor, ana, dan, ion *client, huge string) {
	t.Helper()
	const all, first = "/api/v1/conversations", `{"listing_id":1,"text":"Mai e disponibilă?"}`
	one := s.call(t, dan, "POST", all, first, http.StatusCreated, "Idempotency-Key", "m-1").Header.Get("Location")
	for _, path := range []string{all, one} {
		good := map[string]string{all: first, one: `{"text":"Da."}`}[path]
		s.call(t, dan, "POST", path, good, http.StatusCreated)
		s.call(t, visitor, "POST", path, good, http.StatusUnauthorized)
		s.call(t, dan, "POST", path, `{`, http.StatusBadRequest)
		s.call(t, dan, "POST", path, huge, http.StatusRequestEntityTooLarge)
		s.call(t, dan, "POST", path, good, http.StatusUnsupportedMediaType, "Content-Type", "text/plain")
		s.call(t, dan, "POST", path, strings.Replace(good, `"text"`, `"mesaj"`, 1), http.StatusUnprocessableEntity)
		s.call(t, visitor, "GET", path, "", http.StatusUnauthorized)
		s.call(t, ana, "GET", path, "", http.StatusOK)
	}
	s.call(t, ana, "POST", all, first, http.StatusConflict)
	s.call(t, dan, "POST", all, `{"listing_id":999,"text":"Bună"}`, http.StatusNotFound)
	s.call(t, ion, "GET", one, "", http.StatusNotFound)
	s.call(t, ion, "POST", one, `{"text":"Bună"}`, http.StatusNotFound)
	ana.post(t, "/conversatie/1/blocare/", nil).status(t, http.StatusSeeOther)
	s.call(t, dan, "POST", one, `{"text":"Alo?"}`, http.StatusConflict)
}

// TestOpenAPI calls every operation so that each answer that the document promises comes once, and holds them against it.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	site, spec := newTestSite(t), newSpecClient(t)
	visitor, ana, dan := site.visitor(), site.program(t, "Ana"), site.program(t, "Dan")
	huge := `{"title":"` + strings.Repeat("a", 2<<20) + `"}`

	created := spec.call(t, ana, "POST", "/api/v1/listings", bicycleJSON, http.StatusCreated, "Idempotency-Key", "a-1")
	one := created.Header.Get("Location")
	spec.call(t, visitor, "POST", "/api/v1/listings", bicycleJSON, http.StatusUnauthorized)
	spec.call(t, ana, "POST", "/api/v1/listings", `{`, http.StatusBadRequest)
	spec.call(t, ana, "POST", "/api/v1/listings", strings.Replace(bicycleJSON, "Pegas", "Tohan", 1), http.StatusConflict, "Idempotency-Key", "a-1")
	spec.call(t, ana, "POST", "/api/v1/listings", huge, http.StatusRequestEntityTooLarge)
	spec.call(t, ana, "POST", "/api/v1/listings", bicycleJSON, http.StatusUnsupportedMediaType, "Content-Type", "text/plain")
	spec.call(t, ana, "POST", "/api/v1/listings", `{"titlu":"x"}`, http.StatusUnprocessableEntity)

	spec.call(t, visitor, "GET", "/api/v1/listings", "", http.StatusOK)
	spec.call(t, visitor, "GET", "/api/v1/listings?categorie=nimic", "", http.StatusUnprocessableEntity)
	spec.call(t, visitor, "GET", one, "", http.StatusOK)
	spec.call(t, visitor, "GET", urls.APIListing(999), "", http.StatusNotFound)
	spec.call(t, visitor, "GET", "/api/v1/categories", "", http.StatusOK)
	spec.call(t, visitor, "GET", "/api/v1/openapi.json", "", http.StatusOK)

	spec.call(t, ana, "PATCH", one, `{"price":{"amount":99900,"currency":"EUR"},"negotiable":true,"condition":null,"attributes":{"roata":null}}`, http.StatusOK, "If-Match", created.Header.Get("ETag"))
	spec.call(t, ana, "PATCH", one, `{"title":"Altceva"}`, http.StatusPreconditionFailed, "If-Match", created.Header.Get("ETag"))
	spec.call(t, ana, "PATCH", one, `[]`, http.StatusBadRequest)
	spec.call(t, visitor, "PATCH", one, `{}`, http.StatusUnauthorized)
	spec.call(t, dan, "PATCH", one, `{}`, http.StatusNotFound)
	spec.call(t, ana, "PATCH", one, huge, http.StatusRequestEntityTooLarge)
	spec.call(t, ana, "PATCH", one, `{}`, http.StatusUnsupportedMediaType, "Content-Type", "application/xml")
	spec.call(t, ana, "PATCH", one, `{"status":"expired"}`, http.StatusUnprocessableEntity)

	spec.call(t, dan, "PUT", "/api/v1/favorites/1", "", http.StatusNoContent)
	spec.call(t, dan, "PUT", "/api/v1/favorites/999", "", http.StatusNotFound)
	spec.call(t, visitor, "PUT", "/api/v1/favorites/1", "", http.StatusUnauthorized)
	spec.call(t, dan, "GET", "/api/v1/favorites", "", http.StatusOK)
	spec.call(t, visitor, "GET", "/api/v1/favorites", "", http.StatusUnauthorized)
	spec.call(t, dan, "DELETE", "/api/v1/favorites/1", "", http.StatusNoContent)
	spec.call(t, dan, "DELETE", "/api/v1/favorites/999", "", http.StatusNotFound)
	spec.call(t, visitor, "DELETE", "/api/v1/favorites/1", "", http.StatusUnauthorized)

	spec.call(t, ana, "GET", "/api/v1/me", "", http.StatusOK)
	spec.call(t, visitor, "GET", "/api/v1/me", "", http.StatusUnauthorized)
	spec.call(t, ana, "GET", "/api/v1/me/listings?status=active", "", http.StatusOK)
	spec.call(t, ana, "GET", "/api/v1/me/listings?status=deleted", "", http.StatusUnprocessableEntity)
	spec.call(t, visitor, "GET", "/api/v1/me/listings", "", http.StatusUnauthorized)
	spec.talk(t, visitor, ana, dan, site.program(t, "Ion"), huge)

	spec.call(t, ana, "PATCH", one, `{"status":"sold"}`, http.StatusOK)
	spec.call(t, ana, "PATCH", one, `{"title":"Alt titlu"}`, http.StatusConflict)
	spec.call(t, visitor, "DELETE", one, "", http.StatusUnauthorized)
	spec.call(t, dan, "DELETE", one, "", http.StatusNotFound)
	spec.call(t, ana, "DELETE", one, "", http.StatusNoContent)
	spec.call(t, visitor, "GET", one, "", http.StatusGone)

	if diff := cmp.Diff(readDescription(t).answers(t), slices.Sorted(maps.Keys(spec.seen))); diff != "" {
		t.Errorf("(-described +called):\n%s", diff)
	}
}
