// Package render turns page structs into HTML. It lets the gofiber engine load the files and then keeps one
// template set per page: the engine's own layouts share one function between requests and break under load.
// It knows nothing of requests, and strings arrive here already finished.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"

	"github.com/gofiber/template/html/v2"
)

const (
	layout        = "layouts/base"
	pagePrefix    = "pages/"
	partialPrefix = "partials/"
	slot          = "content"

	// maxPooledBytes keeps an unusually large page from holding its buffer for the life of the process.
	maxPooledBytes = 256 << 10
)

// Renderer executes pages and partials. It is safe for concurrent use.
type Renderer struct {
	pages    map[string]func() (*template.Template, error) // the layout of each page's own set, by page name
	partials *template.Template
	emails   emails
	buffers  sync.Pool
}

// New parses every template under views, so that a misspelt template, function or partial stops the start and
// not a visitor. Pages live in "pages/", the frame in "layouts/base", everything shared in "partials/" and mails in "emails/".
func New(views fs.FS, funcs template.FuncMap) (*Renderer, error) {
	engine := html.NewFileSystem(http.FS(views), ".html")
	engine.AddFuncMap(funcs)
	if err := engine.Load(); err != nil {
		return nil, fmt.Errorf("load templates: %w", err)
	}
	shared, pages, mails := template.New("shared").Funcs(funcs), []*template.Template{}, []*template.Template{}
	for _, t := range engine.Templates.Templates() {
		switch {
		case t.Tree == nil:
			continue
		case strings.HasPrefix(t.Name(), pagePrefix):
			pages = append(pages, t)
		case strings.HasPrefix(t.Name(), emailPrefix):
			mails = append(mails, t)
		default:
			if _, err := shared.AddParseTree(t.Name(), t.Tree); err != nil {
				return nil, fmt.Errorf("add template %s: %w", t.Name(), err)
			}
		}
	}
	if shared.Lookup(layout) == nil {
		return nil, fmt.Errorf("template %s is missing", layout)
	}
	// A set cannot be cloned once it was executed: shared stays untouched, fragments come from a clone.
	partials, err := shared.Clone()
	if err != nil {
		return nil, fmt.Errorf("clone templates: %w", err)
	}
	letters, err := parseEmails(views, funcs, mails)
	if err != nil {
		return nil, err
	}
	r := &Renderer{emails: letters, partials: partials, pages: make(map[string]func() (*template.Template, error), len(pages))}
	r.buffers.New = func() any { return new(bytes.Buffer) }
	for _, t := range pages {
		// Cloning is half the cost of starting and cannot fail on what has been parsed, so each page pays on first use.
		r.pages[t.Name()] = sync.OnceValues(func() (*template.Template, error) { return pageSet(shared, t) })
	}
	return r, nil
}

// pageSet returns the layout of a copy of the shared templates in which the page fills the slot.
func pageSet(shared, page *template.Template) (*template.Template, error) {
	set, err := shared.Clone()
	if err != nil {
		return nil, fmt.Errorf("clone templates for %s: %w", page.Name(), err)
	}
	if _, err := set.AddParseTree(slot, page.Tree); err != nil {
		return nil, fmt.Errorf("add page %s: %w", page.Name(), err)
	}
	return set.Lookup(layout), nil
}

// Page writes the page called name ("pages/home") inside the layout. Nothing is written when it fails.
func (r *Renderer) Page(w io.Writer, name string, data any) error {
	t, err := r.page(name)
	if err != nil {
		return err
	}
	return r.execute(w, t, name, data)
}

// Content writes the page called name without the layout, for those who have the frame already. Nothing is written when it fails.
func (r *Renderer) Content(w io.Writer, name string, data any) error {
	t, err := r.page(name)
	if err != nil {
		return err
	}
	return r.execute(w, t.Lookup(slot), name, data)
}

// Partial writes the partial called name ("partials/listing_card"). Nothing is written when it fails.
func (r *Renderer) Partial(w io.Writer, name string, data any) error {
	t, err := r.partial(name)
	if err != nil {
		return err
	}
	return r.execute(w, t, name, data)
}

// HTML returns a partial as a value that other templates insert unescaped, for fragments that are kept.
func (r *Renderer) HTML(name string, data any) (template.HTML, error) {
	var b strings.Builder
	if err := r.Partial(&b, name, data); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil // made by a template, so already escaped
}

func (r *Renderer) page(name string) (*template.Template, error) {
	if set, ok := r.pages[name]; ok {
		return set()
	}
	return nil, fmt.Errorf("render: no page %q", name)
}

func (r *Renderer) partial(name string) (*template.Template, error) {
	if t := r.partials.Lookup(name); t != nil && strings.HasPrefix(name, partialPrefix) {
		return t, nil
	}
	return nil, fmt.Errorf("render: no partial %q", name)
}

func (r *Renderer) execute(w io.Writer, t *template.Template, name string, data any) error {
	buf := r.buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= maxPooledBytes {
			buf.Reset()
			r.buffers.Put(buf)
		}
	}()
	if err := t.Execute(buf, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	if _, err := w.Write(buf.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
