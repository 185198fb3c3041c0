package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

type person struct {
	Name  string
	Items []string
}

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func testViews() fstest.MapFS {
	return fstest.MapFS{
		"layouts/base.html":     file(`<main>{{template "content" .}}</main>`),
		"pages/hello.html":      file(`Salut, {{.Name}}!{{range .Items}}{{template "partials/item" .}}{{end}}`),
		"pages/bye.html":        file(`La revedere, {{.Name}}. {{icon "heart"}}`),
		"partials/item.html":    file(`<li>{{.}}</li>`),
		"partials/_hidden.html": file(`ascuns`),
		"notes.txt":             file(`{{broken`),
	}
}

func testRenderer(t testing.TB) *Renderer {
	t.Helper()
	r, err := New(testViews(), Funcs(func(name string) string { return "/static/x/" + name }))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRenderer(t *testing.T) {
	t.Parallel()
	r := testRenderer(t)
	tests := []struct {
		name string
		run  func(*bytes.Buffer) error
		want string
	}{
		{"page in the layout", func(b *bytes.Buffer) error {
			return r.Page(b, "pages/hello", person{Name: "Ioana & co", Items: []string{"a"}})
		}, `<main>Salut, Ioana &amp; co!<li>a</li></main>`},
		{"another page with the same slot", func(b *bytes.Buffer) error {
			return r.Page(b, "pages/bye", person{Name: "Ion"})
		}, `<main>La revedere, Ion. <svg class="icon" width="20" height="20" aria-hidden="true"><use href="/static/x/img/icons.svg#heart"/></svg></main>`},
		{"page without the layout", func(b *bytes.Buffer) error {
			return r.Content(b, "pages/hello", person{Name: "Ioana & co", Items: []string{"a"}})
		}, `Salut, Ioana &amp; co!<li>a</li>`},
		{"partial alone", func(b *bytes.Buffer) error { return r.Partial(b, "partials/item", "<b>") }, `<li>&lt;b&gt;</li>`},
		{"name with an underscore", func(b *bytes.Buffer) error { return r.Partial(b, "partials/_hidden", nil) }, `ascuns`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := tt.run(&b); err != nil {
				t.Fatal(err)
			}
			if got := b.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRendererErrorsWriteNothing(t *testing.T) {
	t.Parallel()
	r := testRenderer(t)
	tests := map[string]func(*bytes.Buffer) error{
		"unknown page":             func(b *bytes.Buffer) error { return r.Page(b, "pages/nope", nil) },
		"partial is no page":       func(b *bytes.Buffer) error { return r.Page(b, "partials/item", "a") },
		"layout is no partial":     func(b *bytes.Buffer) error { return r.Partial(b, "layouts/base", nil) },
		"unknown partial":          func(b *bytes.Buffer) error { return r.Partial(b, "partials/nope", nil) },
		"field missing in the end": func(b *bytes.Buffer) error { return r.Page(b, "pages/hello", struct{ Name string }{"Ana"}) },
	}
	for name, run := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := run(&b); err == nil {
				t.Error("got no error")
			}
			if b.Len() != 0 {
				t.Errorf("wrote %q", b.String())
			}
		})
	}
}

func TestNewRefusesBrokenViews(t *testing.T) {
	t.Parallel()
	tests := map[string]fstest.MapFS{
		"no layout":        {"pages/a.html": file("a")},
		"syntax error":     {"layouts/base.html": file(`{{template "content" .}}`), "pages/a.html": file("{{if}}")},
		"unknown function": {"layouts/base.html": file(`{{template "content" .}}`), "pages/a.html": file("{{nope}}")},
	}
	for name, views := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := New(views, nil); err == nil {
				t.Error("got no error")
			}
		})
	}
}

func TestHTMLIsInsertedUnescaped(t *testing.T) {
	t.Parallel()
	r := testRenderer(t)
	got, err := r.HTML("partials/item", "5 < 6")
	if want := template.HTML("<li>5 &lt; 6</li>"); err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if got, err := r.HTML("partials/nope", nil); err == nil || got != "" {
		t.Errorf("unknown partial: got %q, %v", got, err)
	}
}

// TestConcurrentPagesAndFragments guards against what the engine's own layouts do under load: under -race this
// mix reports a race there, and pages fail.
func TestConcurrentPagesAndFragments(t *testing.T) {
	t.Parallel()
	r := testRenderer(t)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			name := fmt.Sprintf("om-%d", g)
			for range 200 {
				var page, bye, item strings.Builder
				err := errors.Join(
					r.Page(&page, "pages/hello", person{Name: name}),
					r.Page(&bye, "pages/bye", person{Name: name}),
					r.Partial(&item, "partials/item", name))
				switch {
				case err != nil:
					t.Error(err)
					return
				case page.String() != "<main>Salut, "+name+"!</main>",
					!strings.HasPrefix(bye.String(), "<main>La revedere, "+name+"."),
					item.String() != "<li>"+name+"</li>":
					t.Errorf("mixed up: %q %q %q", page.String(), bye.String(), item.String())
					return
				}
			}
		})
	}
	wg.Wait()
}
