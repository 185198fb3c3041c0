package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"piata.ro/internal/dbtest"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// pair is a buyer who listens and a seller who writes to them.
type pair struct {
	seller models.User
	talk   int64
	from   *client // the seller's browser
	client *client // the buyer's
	page   *listener
}

// newPairs makes pairs with as many sellers as are asked for, of one listing each; several buyers may write to one. Sellers and buyers may
// be on different machines.
func newPairs(t testing.TB, selling, buying *testSite, n, sellers int) []pair {
	t.Helper()
	from, listings := make([]*client, sellers), make([]models.ListingDetail, sellers)
	for i := range from {
		from[i] = selling.as(t, fmt.Sprintf("Ana%03d", i))
		_, id := from[i].publish(t, bicycleForm())
		number, _ := parseID(id)
		var err error
		if listings[i], err = selling.store.Listing(t.Context(), number); err != nil {
			t.Fatal(err)
		}
	}
	pairs := make([]pair, n)
	for i := range pairs {
		l, name := &listings[i%sellers], fmt.Sprintf("Dan%03d", i)
		c := buying.as(t, name)
		c.get(t, urls.APIMe).status(t, http.StatusOK)
		u, err := buying.store.UserByEmail(t.Context(), strings.ToLower(name)+"@example.com")
		if err != nil {
			t.Fatal(err)
		}
		m, err := buying.store.StartConversation(t.Context(), u.ID, l.ID, models.NewMessage{Body: "Bună"})
		if err != nil {
			t.Fatal(err)
		}
		pairs[i] = pair{seller: l.Owner, talk: m.ConversationID, from: from[i%sellers], client: c}
		pairs[i].page = pairs[i].listen(t, "1")
	}
	return pairs
}

// listen opens the buyer's page, which knows the events up to the number.
func (p *pair) listen(t testing.TB, lastID string) *listener {
	t.Helper()
	return p.client.listen(t, p.client.site.server.cfg.AppURL, fmt.Sprintf("?conversatie=%d", p.talk), lastID)
}

// say sends the seller's message with the form's key and returns the status of the answer.
func (p *pair) say(t testing.TB, text, key string) int {
	t.Helper()
	form := url.Values{models.FieldMessage: {text}, fieldSubmitKey: {key}}
	res := p.from.request(t, http.MethodPost, p.from.site.server.cfg.AppURL+urls.Conversation(p.talk), "", form)
	_ = res.Body.Close()
	return res.StatusCode
}

// outage is a database that is down for a while. Those who notice wait for its return, as people do.
type outage struct {
	noticed chan struct{}
	over    chan struct{}
}

func (o *outage) sitOut() {
	select {
	case o.noticed <- struct{}{}:
	case <-o.over:
	}
	<-o.over
}

// The database crashes in the middle of 200 conversations and comes back. Those who write try again with the same form, pages come back with
// the number of the last event or never noticed: each message is there once, and each page hears of each once and in order.
func TestTalkWhileDatabaseRestarts(t *testing.T) {
	t.Parallel()
	const people, messages, sellers = 200, 3, 10
	cluster := dbtest.OwnCluster(t)
	site, _ := serve(t, onDatabase(cluster.Address()))
	pairs := newPairs(t, site, site, people, sellers)
	o := outage{noticed: make(chan struct{}), over: make(chan struct{})}
	var sent atomic.Int64
	middle := make(chan struct{})
	var wg sync.WaitGroup
	for i := range pairs {
		p := &pairs[i]
		wg.Go(func() {
			for i := range messages {
				if !p.sayUntilSent(t, &o, i) {
					return
				}
				if sent.Add(1) == people {
					close(middle)
				}
			}
		})
		wg.Go(func() { p.hearAll(t, &o, messages) })
	}
	<-middle
	cluster.Crash(t)
	for i := range pairs {
		if i%2 == 0 {
			_ = pairs[i].page.res.Body.Close() // the page comes back while the database is down
		}
	}
	for range people / 2 { // pages that come back, and at least some of those who write
		<-o.noticed
	}
	cluster.Restart(t)
	close(o.over)
	wg.Wait()
	site.wantRows(t, "messages", people*(messages+1))
	// Both hear of each message, and the buyer that the seller has seen the first.
	site.wantRows(t, "user_events", people*(2*(messages+1)+1))
}

// sayUntilSent sends the numbered message, again and again with the same form.
func (p *pair) sayUntilSent(t testing.TB, o *outage, number int) bool {
	for range 50 {
		switch status := p.say(t, fmt.Sprint("Mesajul ", number), fmt.Sprintf("cheia-%d-%d", p.talk, number)); status {
		case http.StatusSeeOther:
			return true
		default:
			t.Errorf("message %d: status %d", number, status)
			fallthrough // the page waits for it
		case http.StatusServiceUnavailable:
			o.sitOut()
		}
	}
	t.Errorf("message %d could not be sent", number)
	return false
}

// hearAll listens until the last of the numbered messages; when the connection ends, it comes back as browsers do.
func (p *pair) hearAll(t testing.TB, o *outage, messages int) {
	last, page := "1", p.page
	// The page knows of the buyer's own message, event 1; who answers has seen it, event 2.
	for want := 2; want < messages+3; {
		n, ok := page.next(t)
		if !ok {
			if page = p.comeBack(t, o, last); page == nil {
				return
			}
			continue
		}
		text := fmt.Sprint("Mesajul ", want-3)
		if n.id != fmt.Sprint(want) || want == 2 && n.name != "vazut" || want > 2 && (n.name != "mesaj" || !strings.Contains(n.HTML, text)) {
			t.Errorf("event %d: %+v", want, n)
			return
		}
		last = n.id
		want++
	}
}

func (p *pair) comeBack(t testing.TB, o *outage, last string) *listener {
	for range 50 {
		res := p.client.request(t, http.MethodGet, p.client.site.server.cfg.AppURL+urls.Stream+fmt.Sprintf("?dupa=1&conversatie=%d", p.talk), last, nil)
		switch res.StatusCode {
		case http.StatusOK:
			t.Cleanup(func() { _ = res.Body.Close() })
			return newListener(res)
		case http.StatusServiceUnavailable:
			_ = res.Body.Close()
			o.sitOut()
		default:
			_ = res.Body.Close()
			t.Errorf("coming back: status %d", res.StatusCode)
			return nil
		}
	}
	t.Error("could not come back")
	return nil
}

// BenchmarkMessageArrives measures from sending to the other's page, 200 pairs talking: each seller writes once in a second. On Postgres
// sellers and buyers are on two machines.
func BenchmarkMessageArrives(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			selling, buying := sellersAndBuyers(b, kind == "postgres")
			pairs := newPairs(b, selling, buying, 200, 200)
			var mu sync.Mutex
			var took []time.Duration
			b.ResetTimer()
			for b.Loop() {
				var wg sync.WaitGroup
				for i := range pairs {
					p := &pairs[i]
					wg.Go(func() {
						time.Sleep(time.Duration(i) * time.Second / time.Duration(len(pairs))) // people do not write in one moment
						start := time.Now()
						if status := p.say(b, "Da, sigur.", ""); status != http.StatusSeeOther {
							b.Errorf("status %d", status)
							return
						}
						if !p.page.until(b, "mesaj") {
							b.Error("the stream has ended")
							return
						}
						mu.Lock()
						took = append(took, time.Since(start))
						mu.Unlock()
					})
				}
				wg.Wait()
			}
			slices.Sort(took)
			if len(took) > 0 {
				b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
				b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "p99-ms")
			}
		})
	}
}

// sellersAndBuyers returns their machines: two over one Postgres, or the only one over SQLite.
func sellersAndBuyers(b *testing.B, two bool) (selling, buying *testSite) {
	b.Helper()
	if !two {
		selling, _ = serve(b, unlimited)
		return selling, selling
	}
	address := dbtest.LastingPostgres(b)
	selling, _ = serve(b, onDatabase(address), unlimited)
	buying, _ = serve(b, onDatabase(address), unlimited)
	return selling, buying
}

func unlimited(p *siteParts) { p.config.RateLimits = false }

// until reads up to the next event of the name.
func (l *listener) until(t testing.TB, name string) bool {
	t.Helper()
	for {
		n, ok := l.next(t)
		if !ok || n.name == name {
			return ok
		}
	}
}
