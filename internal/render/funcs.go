package render

import "html/template"

// Funcs returns the functions that templates may call. asset gives the address of a static file, for instance
// "/static/3f9a2c/app.css" for "app.css".
func Funcs(asset func(name string) string) template.FuncMap {
	sprite := template.HTMLEscapeString(asset("img/icons.svg"))
	return template.FuncMap{
		"asset": asset,
		"icon":  func(name string) template.HTML { return icon(sprite, name) },
	}
}

// icon draws one symbol of the sprite. It is decoration: the text beside it, or the control's label, has the meaning. The
// size is for when the stylesheet did not come.
func icon(sprite, name string) template.HTML {
	if name == "" {
		return ""
	}
	return template.HTML(`<svg class="icon" width="20" height="20" aria-hidden="true"><use href="` + sprite + `#` + template.HTMLEscapeString(name) + `"/></svg>`)
}
