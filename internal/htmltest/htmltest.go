// Package htmltest checks pages by structure, with CSS selectors. It is for tests only.
package htmltest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Doc is a parsed page or fragment.
type Doc struct{ *goquery.Document }

// Parse reads a page.
func Parse(t testing.TB, body string) Doc {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatalf("parse HTML: %v", err)
	}
	return Doc{d}
}

// Has fails the test unless something matches the selector and, when texts are given, contains each of them.
func (d Doc) Has(t testing.TB, selector string, texts ...string) {
	t.Helper()
	found := d.Find(selector)
	if found.Length() == 0 {
		t.Errorf("nothing matches %q", selector)
		return
	}
	got := strings.Join(strings.Fields(found.Text()), " ")
	for _, text := range texts {
		if !strings.Contains(got, text) {
			t.Errorf("%q has text %q, want it to contain %q", selector, got, text)
		}
	}
}

// HasNot fails the test when something matches the selector.
func (d Doc) HasNot(t testing.TB, selector string) {
	t.Helper()
	if n := d.Find(selector).Length(); n > 0 {
		t.Errorf("%d elements match %q, want none", n, selector)
	}
}

// Attr returns an attribute of the first match, or "".
func (d Doc) Attr(selector, name string) string {
	return d.Find(selector).First().AttrOr(name, "")
}
