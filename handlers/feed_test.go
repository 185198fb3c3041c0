package handlers

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"
)

type testFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"http://www.w3.org/2005/Atom id"`
	Title   string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		ID        string `xml:"http://www.w3.org/2005/Atom id"`
		Title     string `xml:"http://www.w3.org/2005/Atom title"`
		Published string `xml:"http://www.w3.org/2005/Atom published"`
		Updated   string `xml:"http://www.w3.org/2005/Atom updated"`
		Links     []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
		Author struct {
			Name string `xml:"http://www.w3.org/2005/Atom name"`
		} `xml:"http://www.w3.org/2005/Atom author"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func (c *client) feed(t testing.TB, path string) testFeed {
	t.Helper()
	res := c.get(t, path).status(t, http.StatusOK)
	if got := res.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	var f testFeed
	if err := xml.Unmarshal([]byte(res.body), &f); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if f.ID == "" || f.Title == "" || f.Updated == "" {
		t.Errorf("%s lacks what Atom requires: %+v", path, f)
	}
	return f
}

func TestFeed(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, visitor := site.as(t, "Ana"), site.visitor()
	if empty := visitor.feed(t, "/feed.xml"); len(empty.Entries) != 0 {
		t.Errorf("entries %v", empty.Entries)
	}
	const title = `Bicicletă <b>„Pegas”</b> & "co" ]]>`
	address, id := ana.publish(t, with(bicycleForm(), "titlu", title), picture(0))
	f := visitor.feed(t, "/feed.xml?q=pegas&judet=CJ")
	if len(f.Entries) != 1 || f.Entries[0].Title != title || f.Entries[0].Author.Name == "" || f.Entries[0].Links[0].Href != testOrigin+address {
		t.Fatalf("feed %+v", f)
	}
	if f.Entries[0].Links[1].Rel != "enclosure" {
		t.Errorf("links %+v", f.Entries[0].Links)
	}
	for _, at := range []string{f.Updated, f.Entries[0].Published, f.Entries[0].Updated} {
		if _, err := time.Parse(time.RFC3339, at); err != nil {
			t.Error(err)
		}
	}
	if f.Links[0].Rel != "self" || f.Links[0].Href != f.ID || !strings.HasPrefix(f.ID, testOrigin+"/feed.xml?") {
		t.Errorf("links %+v, id %q", f.Links, f.ID)
	}
	if other := visitor.feed(t, "/feed.xml?judet=IS"); len(other.Entries) != 0 || other.ID == f.ID {
		t.Errorf("another search's feed: %+v", other)
	}
	// The entry stays the same one when its title changes.
	site.clock.advance(30 * time.Second)
	form := shownForm(t, ana.get(t, "/anunt/"+id+"/editare/").doc(t))
	ana.upload(t, "/anunt/"+id+"/editare/", with(form, "titlu", "Bicicletă Pegas altfel")).status(t, http.StatusSeeOther)
	again := visitor.feed(t, "/feed.xml?judet=CJ&q=pegas")
	if again.ID != f.ID || again.Entries[0].ID != f.Entries[0].ID || again.Entries[0].Updated <= f.Entries[0].Updated || again.Updated <= f.Updated {
		t.Errorf("after the edit %+v", again)
	}
	// Results pages name their feed.
	if href := visitor.get(t, "/anunturi/?q=pegas").doc(t).Attr(`link[type="application/atom+xml"]`, "href"); !strings.HasSuffix(href, "/feed.xml?q=pegas") {
		t.Errorf("the page's feed is %q", href)
	}
}

// sitemap follows the index and returns all addresses.
func (c *client) sitemap(t testing.TB) map[string]bool {
	t.Helper()
	var index struct {
		XMLName  xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Sitemaps []string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap>loc"`
	}
	if err := xml.Unmarshal([]byte(c.get(t, "/sitemap.xml").status(t, http.StatusOK).body), &index); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, part := range index.Sitemaps {
		var set struct {
			XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
			Locs    []string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url>loc"`
		}
		if err := xml.Unmarshal([]byte(c.get(t, strings.TrimPrefix(part, testOrigin)).status(t, http.StatusOK).body), &set); err != nil {
			t.Fatal(err)
		}
		for _, loc := range set.Locs {
			all[strings.TrimPrefix(loc, testOrigin)] = true
		}
	}
	return all
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	ana, visitor := site.as(t, "Ana"), site.visitor()
	one, _ := ana.publish(t, bicycleForm())
	two, id := ana.publish(t, with(bicycleForm(), "titlu", "Altă bicicletă"))
	all := visitor.sitemap(t)
	for _, want := range []string{one, two, "/", "/categorii/biciclete/", "/ajutor/"} {
		if !all[want] {
			t.Errorf("the sitemap lacks %s", want)
		}
	}
	ana.post(t, "/anunt/"+id+"/vandut/", nil).status(t, http.StatusSeeOther)
	if all := visitor.sitemap(t); all[two] || !all[one] {
		t.Errorf("after the sale: %v", all)
	}
	for path := range visitor.sitemap(t) {
		visitor.get(t, path).status(t, http.StatusOK)
	}
	for _, part := range []string{"anunturi-0.xml", "anunturi--1.xml", "anunturi-01.xml", "anunturi-99999999999999999999.xml", "x.xml", "anunturi-1", "pagini.xml.gz"} {
		visitor.get(t, "/sitemap/"+part).status(t, http.StatusNotFound)
	}
	visitor.get(t, "/sitemap/anunturi-2000000000.xml").status(t, http.StatusOK)
}
