package render

import (
	"encoding/json"
	"html/template"
)

// Funcs returns the functions that templates may call. asset gives the address of a static file, for instance
// "/static/3f9a2c/app.css" for "app.css".
func Funcs(asset func(name string) string) template.FuncMap {
	sprite := template.HTMLEscapeString(asset("img/icons.svg"))
	return template.FuncMap{
		"asset": asset,
		"icon":  func(name string) template.HTML { return icon(sprite, name) },
		"json":  jsonText,
	}
}

// icon draws one symbol of the sprite. It is decoration: the text beside it, or the control's label, has the meaning.
func icon(sprite, name string) template.HTML {
	if name == "" {
		return ""
	}
	return template.HTML(`<svg class="icon" aria-hidden="true"><use href="` + sprite + `#` + template.HTMLEscapeString(name) + `"/></svg>`)
}

// jsonText is for attributes such as hx-vals: html/template escapes the quotes, JSON keeps a value from adding keys.
func jsonText(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
