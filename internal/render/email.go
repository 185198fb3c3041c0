package render

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	text "text/template"
)

// Email is a mail as its templates say it.
type Email struct {
	Subject string
	Text    string
	HTML    string
}

const (
	emailPrefix = "emails/"
	emailLayout = "emails/layout"
)

// emails are the templates under views/emails: NAME.txt, whose first line is the subject, and NAME.html, which fills emails/layout.html.
type emails struct {
	texts map[string]*text.Template
	pages map[string]*template.Template
}

func parseEmails(views fs.FS, funcs template.FuncMap, parsed []*template.Template) (emails, error) {
	e := emails{texts: map[string]*text.Template{}, pages: map[string]*template.Template{}}
	files, err := fs.Glob(views, emailPrefix+"*.txt")
	if err != nil {
		return e, fmt.Errorf("list e-mails: %w", err)
	}
	for _, file := range files {
		t, err := text.New(path.Base(file)).ParseFS(views, file)
		if err != nil {
			return e, fmt.Errorf("parse %s: %w", file, err)
		}
		e.texts[strings.TrimSuffix(path.Base(file), ".txt")] = t
	}
	var frame *template.Template
	for _, t := range parsed {
		if t.Name() == emailLayout {
			frame = t
		}
	}
	for _, t := range parsed {
		name := strings.TrimPrefix(t.Name(), emailPrefix)
		if t == frame || frame == nil {
			continue
		}
		if e.texts[name] == nil {
			return e, fmt.Errorf("e-mail %s has no text", name)
		}
		set := template.New(emailLayout).Funcs(funcs)
		if _, err := set.AddParseTree(emailLayout, frame.Tree.Copy()); err != nil {
			return e, fmt.Errorf("e-mail %s: %w", name, err)
		}
		if _, err := set.AddParseTree(slot, t.Tree); err != nil {
			return e, fmt.Errorf("e-mail %s: %w", name, err)
		}
		e.pages[name] = set
	}
	return e, nil
}

// Email makes the mail called name ("alerts").
func (r *Renderer) Email(name string, data any) (Email, error) {
	t := r.emails.texts[name]
	if t == nil {
		return Email{}, fmt.Errorf("render: no e-mail %q", name)
	}
	var plain, page strings.Builder
	if err := t.Execute(&plain, data); err != nil {
		return Email{}, fmt.Errorf("render e-mail %s: %w", name, err)
	}
	if p := r.emails.pages[name]; p != nil {
		if err := p.ExecuteTemplate(&page, emailLayout, data); err != nil {
			return Email{}, fmt.Errorf("render e-mail %s: %w", name, err)
		}
	}
	subject, body, _ := strings.Cut(plain.String(), "\n")
	return Email{Subject: strings.TrimSpace(subject), Text: strings.TrimSpace(body) + "\n", HTML: page.String()}, nil
}
