package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestCheckLink(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	v := site.visitor()
	v.get(t, "/verifica-link/").status(t, http.StatusOK).doc(t).HasNot(t, "[data-verdict]")
	for link, want := range map[string]string{
		"https://www.fancourier.ro/awb-tracking/":  "cunoscut",
		"https://fancourier.ro.plata-sigura.top/x": "periculos",
		"fan-curier.com":                   "periculos",
		"bit.ly/abc":                       "suspect",
		"https://mobilalalupu.ro/canapele": "necunoscut",
		"javascript:alert(1)":              "periculos",
		"<script>alert(1)</script>":        "necunoscut",
		"http://localhost:8080/anunturi/":  "cunoscut",
		"https://sameday.ro@plata.top/\"><img src=x onerror=a()>": "periculos",
		strings.Repeat("a", 5000):                                 "necunoscut",
	} {
		doc := v.get(t, "/verifica-link/?link="+url.QueryEscape(link)).status(t, http.StatusOK).doc(t)
		doc.Has(t, `[data-verdict="`+want+`"]`)
		doc.HasNot(t, "main img, main script")
	}
}

// The page between never sends anybody on by itself and offers no way to a dangerous address.
func TestLeaveSite(t *testing.T) {
	t.Parallel()
	v := newTestSite(t).visitor()
	doc := v.get(t, "/iesire/?catre="+url.QueryEscape("https://mobilalalupu.ro/x?a=1")).status(t, http.StatusOK).doc(t)
	doc.Has(t, `main a[href="https://mobilalalupu.ro/x?a=1"][rel~="noopener"][rel~="nofollow"]`)
	doc = v.get(t, "/iesire/?catre="+url.QueryEscape("https://fancourier-plata.top/x")).status(t, http.StatusOK).doc(t)
	doc.Has(t, `[data-verdict="periculos"]`)
	doc.HasNot(t, `main a[href*="fancourier-plata"]`)
	v.get(t, "/iesire/?catre=javascript:alert(1)").status(t, http.StatusOK).doc(t).HasNot(t, `a[href^="javascript"]`)
	v.get(t, "/iesire/").status(t, http.StatusSeeOther)
}

// Links in descriptions lead to the page between.
func TestDescriptionLinks(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	form := bicycleForm()
	form.Set("descriere", "Detalii pe https://mobilalalupu.ro/pegas, iar plata la\nfancourier-livrare.top/plata <b>acum</b>.")
	path := site.as(t, "Ana").post(t, "/adauga-anunt/", form).location(t, http.StatusSeeOther)
	doc := site.visitor().get(t, path).status(t, http.StatusOK).doc(t)
	doc.Has(t, `.listing__text a[href^="/iesire/?catre="][data-verdict="necunoscut"]`)
	doc.Has(t, `.listing__text a[href^="/iesire/?catre="][data-verdict="periculos"] ~ .warned`)
	doc.HasNot(t, `.listing__text a[href^="http"], .listing__text b`)
}

// A message that needs a warning says so to whoever gets it, with its reasons; its links lead to the page between.
func TestMessageWarnings(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
	_, id := ana.publish(t, bicycleForm())
	talk := dan.post(t, "/trimite-mesaj/"+id+"/", url.Values{"mesaj": {"Bună, mai e valabil? Numărul meu e 0722 123 456."}}).location(t, http.StatusSeeOther)
	ana.get(t, talk).doc(t).HasNot(t, "[data-verdict], .msg__warning")
	dan.post(t, talk, url.Values{"mesaj": {"Am plătit, intră pe fancourier.ro.plata-sigura.top/x ca să primești banii."}}).status(t, http.StatusSeeOther)
	doc := ana.get(t, talk).doc(t)
	doc.Has(t, `.msg[data-verdict="periculos"] .msg__warning li`, "Adresa imită fancourier.ro.")
	doc.Has(t, `.msg__text a[href^="/iesire/?catre="]`)
}
