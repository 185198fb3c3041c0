package handlers

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

const atomNS = "http://www.w3.org/2005/Atom"

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) all(name string) []element {
	var found []element
	for _, c := range e.Children {
		if c.XMLName == (xml.Name{Space: atomNS, Local: name}) {
			found = append(found, c)
		}
	}
	return found
}

// atomCounts are how often elements stand in a feed and in an entry, by RFC 4287, 4.1.1 and 4.1.2: least and most, most -1 for any number.
var atomCounts = map[string]map[string][2]int{
	"feed": {"id": {1, 1}, "title": {1, 1}, "updated": {1, 1}, "link": {1, -1}, "author": {0, -1}, "category": {0, -1}, "contributor": {0, -1}, "generator": {0, 1},
		"icon": {0, 1}, "logo": {0, 1}, "rights": {0, 1}, "subtitle": {0, 1}, "entry": {0, -1}},
	"entry": {"id": {1, 1}, "title": {1, 1}, "updated": {1, 1}, "link": {0, -1}, "author": {0, -1}, "category": {0, -1}, "content": {0, 1}, "contributor": {0, -1},
		"published": {0, 1}, "rights": {0, 1}, "source": {0, 1}, "summary": {0, 1}},
	"author": {"name": {1, 1}, "uri": {0, 1}, "email": {0, 1}},
}

// checkAtom reports what RFC 4287 does not allow.
func checkAtom(t *testing.T, body string) element {
	t.Helper()
	var feed element
	decoder := xml.NewDecoder(strings.NewReader(body))
	if err := decoder.Decode(&feed); err != nil {
		t.Fatalf("%v in %.300s", err, body)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("something follows the feed: %v", err)
	}
	if feed.XMLName != (xml.Name{Space: atomNS, Local: "feed"}) {
		t.Fatalf("the root is %v", feed.XMLName)
	}
	checkAtomElement(t, feed)
	authored := len(feed.all("author")) > 0
	ids := map[string]bool{}
	for _, entry := range feed.all("entry") {
		if id := entry.all("id")[0].Text; ids[id] {
			t.Errorf("two entries are %s", id)
		} else {
			ids[id] = true
		}
		if !authored && len(entry.all("author")) == 0 {
			t.Error("an entry has no author")
		}
		if len(entry.all("content")) == 0 && !slices.ContainsFunc(entry.all("link"), func(l element) bool { return l.attr("rel") == "alternate" || l.attr("rel") == "" }) {
			t.Error("an entry has neither content nor an address")
		}
	}
	if !slices.ContainsFunc(feed.all("link"), func(l element) bool { return l.attr("rel") == "self" }) {
		t.Error("the feed does not say where it is")
	}
	return feed
}

func checkAtomElement(t *testing.T, e element) {
	t.Helper()
	counts := atomCounts[e.XMLName.Local]
	for name, bounds := range counts {
		if n := len(e.all(name)); n < bounds[0] || bounds[1] >= 0 && n > bounds[1] {
			t.Errorf("%s has %d %s", e.XMLName.Local, n, name)
		}
	}
	alternates := map[string]bool{}
	for _, c := range e.Children {
		if _, known := counts[c.XMLName.Local]; !known || c.XMLName.Space != atomNS {
			t.Errorf("%s has an unknown %v", e.XMLName.Local, c.XMLName)
		}
		switch name := c.XMLName.Local; name {
		case "id", "icon", "logo", "uri":
			checkIRI(t, c.Text)
		case "updated", "published":
			if _, err := time.Parse(time.RFC3339, c.Text); err != nil {
				t.Error(err)
			}
		case "link":
			checkIRI(t, c.attr("href"))
			kind := c.attr("type") + " " + c.attr("hreflang")
			if c.attr("rel") == "alternate" && alternates[kind] {
				t.Errorf("two alternates of type %s", kind)
			}
			alternates[kind] = alternates[kind] || c.attr("rel") == "alternate"
		case "title", "summary", "content":
			if kind := c.attr("type"); !slices.Contains([]string{"", "text", "html", "xhtml"}, kind) || kind != "xhtml" && len(c.Children) > 0 {
				t.Errorf("%s of type %q with %d elements", name, kind, len(c.Children))
			}
		case "entry", "author":
			checkAtomElement(t, c)
		}
	}
}

func checkIRI(t *testing.T, s string) {
	t.Helper()
	if u, err := url.Parse(s); err != nil || !u.IsAbs() || strings.ContainsAny(s, " <>\"") {
		t.Errorf("%q is no absolute address, %v", s, err)
	}
}

func TestAtomIsStrict(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller, visitor := site.as(t, "Ana"), site.visitor()
	checkAtom(t, visitor.get(t, "/feed.xml?q=nimic").status(t, http.StatusOK).body)
	seller.publish(t, with(bicycleForm(), "titlu", `„Pegas” & <i>co</i> ]]> 🚲`), picture(0))
	seller.publish(t, with(bicycleForm(), "titlu", "Fără fotografii"))
	for _, path := range []string{"/feed.xml", "/feed.xml?categorie=biciclete&judet=CJ", `/feed.xml?q=%22pegas%22+%C8%99i&atribut_tip=Ora%C8%99`} {
		feed := checkAtom(t, visitor.get(t, path).status(t, http.StatusOK).body)
		if n := len(feed.all("entry")); n == 0 && !strings.Contains(path, "q=") {
			t.Errorf("%s has no entries", path)
		}
	}
}
