package handlers

import (
	"html/template"
	"log/slog"
	"sync"
)

// optionLists keeps the long lists of choices rendered, once for each selected value: the places and categories do not change while the
// program runs, and writing their options took most of a page's time.
type optionLists struct {
	mu       sync.Mutex
	rendered map[string]template.HTML
}

// get returns the list under the key, made on first use. Callers pass only known values as selected, so the keys are few.
func (l *optionLists) get(key string, render func() (template.HTML, error)) (template.HTML, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if html, ok := l.rendered[key]; ok {
		return html, nil
	}
	html, err := render()
	if err == nil {
		l.rendered[key] = html
	}
	return html, err
}

// options renders a list; without it a form is poorer but works, so a failure is only logged.
func (s *Server) options(key, partial string, data func() any) template.HTML {
	html, err := s.lists.get(key, func() (template.HTML, error) { return s.views.HTML("partials/"+partial, data()) })
	if err != nil {
		s.log.Error("render options", slog.String("list", partial), slog.String("error", err.Error()))
	}
	return html
}

// countyOptions are the options of a select with all counties; the value is the code.
func (s *Server) countyOptions(selected string) template.HTML {
	county := s.store.Catalog().County(selected)
	code := ""
	if county != nil {
		code = county.Code
	}
	return s.options("counties "+code, "options", func() any {
		var options []Option
		for _, c := range s.store.Catalog().Counties {
			options = append(options, Option{Value: c.Code, Label: c.Name, Selected: c == county})
		}
		return options
	})
}

// categoryOptions are the options of a select with the subcategories by their top category; in filters the top category itself can be
// chosen too.
func (s *Server) categoryOptions(selected string, withTop bool) template.HTML {
	category := s.store.Catalog().Category(selected)
	key := "subcategories "
	if withTop {
		key = "categories "
	}
	if category != nil {
		key += category.Slug
	}
	return s.options(key, "option_groups", func() any {
		var groups []OptionGroup
		for _, top := range s.store.Catalog().Top {
			g := OptionGroup{Label: top.Name}
			if withTop {
				g.Options = append(g.Options, Option{Value: top.Slug, Label: "Tot din " + top.Name, Selected: top == category})
			}
			for _, sub := range top.Subs {
				g.Options = append(g.Options, Option{Value: sub.Slug, Label: sub.Name, Selected: sub == category})
			}
			groups = append(groups, g)
		}
		return groups
	})
}
