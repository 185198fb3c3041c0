package handlers

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// news is an event as a page gets it.
type news struct {
	name, id string
	newsJSON
}

// listener is a page that listens to its stream.
type listener struct {
	res   *http.Response
	lines *bufio.Scanner
}

// request makes a request of the client's to a listening site.
func (c *client) request(t testing.TB, method, address, lastID string, form url.Values) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func (c *client) listen(t testing.TB, origin, query, lastID string) *listener {
	t.Helper()
	res := c.request(t, http.MethodGet, origin+urls.Stream+query, lastID, nil)
	t.Cleanup(func() { _ = res.Body.Close() })
	if kind := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("%s: status %d, %s", urls.Stream, res.StatusCode, kind)
	}
	return newListener(res)
}

func newListener(res *http.Response) *listener {
	return &listener{res: res, lines: bufio.NewScanner(res.Body)}
}

// next waits for an event; ok is false at the end of the stream.
func (l *listener) next(t testing.TB) (n news, ok bool) {
	t.Helper()
	for l.lines.Scan() {
		name, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch {
		case name == "event":
			n.name = value
		case name == "id":
			n.id = value
		case name == "data" && value != "1":
			if err := json.Unmarshal([]byte(value), &n.newsJSON); err != nil {
				t.Error(err)
			}
		case name == "" && n.name != "":
			return n, true
		}
	}
	return n, false
}

func TestStreamResumes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site, origin := serve(t, onDatabase(databaseURL))
		ana, dan := site.as(t, "Ana"), site.as(t, "Dan")
		ana.post(t, urls.NewListing, bicycleForm()).status(t, http.StatusSeeOther)
		talk := dan.post(t, "/trimite-mesaj/1/", message("Mesajul 1")).location(t, http.StatusSeeOther)
		page := ana.listen(t, origin, "?dupa=0&conversatie=1", "")
		for i := 2; i <= 5; i++ {
			dan.post(t, talk, message(fmt.Sprint("Mesajul ", i))).status(t, http.StatusSeeOther)
		}
		expect := func(l *listener, from, to int) {
			t.Helper()
			for i := from; i <= to; i++ {
				n, ok := l.next(t)
				if !ok || n.name != "mesaj" || n.id != fmt.Sprint(i) || n.Message != int64(i) || !strings.Contains(n.HTML, fmt.Sprint("Mesajul ", i)) {
					t.Fatalf("event %d: %+v, %v", i, n, ok)
				}
			}
		}
		expect(page, 1, 2)
		_ = page.res.Body.Close() // the train goes into a tunnel
		page = ana.listen(t, origin, "?dupa=0&conversatie=1", "2")
		expect(page, 3, 5)

		dan.post(t, talk+"scrie/", nil).status(t, http.StatusNoContent)
		if n, _ := page.next(t); n.name != "scrie" || n.id != "" || n.Conversation != 1 {
			t.Errorf("typing: %+v", n)
		}
		ana.get(t, talk).status(t, http.StatusOK)
		if n, _ := page.next(t); n.name != "citit" || n.id != "6" || n.Unread != 0 {
			t.Errorf("read: %+v", n)
		}
		late := ana.listen(t, origin, "", "999")
		if n, _ := late.next(t); n.name != "reincarca" || n.id != "6" {
			t.Errorf("a number never given out: %+v", n)
		}
		ana.post(t, urls.Logout, nil).status(t, http.StatusSeeOther)
		for _, l := range []*listener{page, late} {
			if n, ok := l.next(t); !ok || n.name != "iesit" {
				t.Errorf("after signing out: %+v", n)
			}
			if n, ok := l.next(t); ok {
				t.Errorf("after the end: %+v", n)
			}
		}
		site.server.EndStreams() // waits for those that are just ending
		if online := site.server.streams.Online(); len(online) != 0 {
			t.Errorf("still online: %v", online)
		}
	})
}

// A process that is killed between storing and telling leaves messages that nobody was woken up for: pages hear of them all the same, once
// and in order, those that are open and those that come back.
func TestMessageOfKilledProcess(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		site, origin := serve(t, onDatabase(databaseURL))
		p := newPairs(t, site, site, 1, 1)[0]
		send := func(store *models.Store, text string) {
			t.Helper()
			if _, err := store.SendMessage(t.Context(), p.seller.ID, p.talk, models.NewMessage{Body: text}); err != nil {
				t.Fatal(err)
			}
		}
		expect := func(l *listener, id, text string) {
			t.Helper()
			for {
				n, ok := l.next(t)
				if !ok {
					t.Fatal("the stream has ended")
				}
				if n.name == "mesaj" {
					if n.id != id || !strings.Contains(n.HTML, text) {
						t.Fatalf("event %s %q, want %s %q", n.id, n.HTML, id, text)
					}
					return
				}
			}
		}
		send(site.store, "Primul")
		expect(p.page, "3", "Primul")
		killed, err := models.Open(t.Context(), models.Options{DatabaseURL: databaseURL, DataDir: site.dir, Now: site.clock.now})
		if err != nil {
			t.Fatal(err)
		}
		send(killed, "Al doilea")
		if err := killed.Close(); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := site.server.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		expect(p.page, "4", "Al doilea")
		send(site.store, "Al treilea")
		expect(p.page, "5", "Al treilea")
		back := p.client.listen(t, origin, fmt.Sprintf("?conversatie=%d", p.talk), "3")
		expect(back, "4", "Al doilea")
		expect(back, "5", "Al treilea")
	})
}
