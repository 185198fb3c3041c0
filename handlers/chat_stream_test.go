package handlers

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	fake "piata.ro/internal/assistant/fakellm"
)

// openStream asks on a connection of its own and returns it with what comes.
func openStream(ctx context.Context, t testing.TB, address, question string) *http.Response {
	t.Helper()
	body := "mesaj=" + url.QueryEscape(question) + "&conversatie=0"
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/chat/", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "HX-Request-Type": "partial", "Sec-Fetch-Site": "same-origin"} {
		r.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestChatStream(t *testing.T) {
	t.Parallel()
	site, _ := chatSite(t, func(fake.Request) []fake.Step {
		return []fake.Step{fake.Say("Bună **ziua**, "), fake.Say("oameni."), fake.Finish("stop", 1, 1)}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	res := openStream(ctx, t, site.listen(t), "Bună?")
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || kind != "text/event-stream" {
		t.Fatalf("%d %s", res.StatusCode, kind)
	}
	var frames []string
	var frame strings.Builder
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if line, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			frame.WriteString(line)
		} else if frame.Len() > 0 {
			frames = append(frames, frame.String())
			frame.Reset()
		}
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream does not end: %v", err)
	}
	if len(frames) < 3 || !strings.Contains(frames[0], "Bună?") || !strings.Contains(frames[1], "<strong>ziua</strong>") ||
		!strings.Contains(frames[len(frames)-1], `hx-target="#raspuns-1"`) || !strings.Contains(frames[len(frames)-1], "oameni.") {
		t.Errorf("frames %q", frames)
	}
}

// TestStoppedStreams closes many streams in the middle: the model stops within a second, and nothing is left behind.
func TestStoppedStreams(t *testing.T) {
	t.Parallel()
	const streams = 60 // a thousand are in the test of the assistant itself, which needs no database
	site, model := chatSite(t, func(fake.Request) []fake.Step { return []fake.Step{fake.Say("Am "), fake.Hang()} }, func(p *siteParts) { p.config.RateLimits = false })
	address := site.listen(t)
	var wg sync.WaitGroup
	slots := make(chan struct{}, 40)
	for range streams {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
			defer cancel()
			res := openStream(ctx, t, address, "Bună?")
			defer res.Body.Close()
			reader := bufio.NewReader(res.Body)
			for line := ""; !strings.Contains(line, "Am"); {
				var err error
				if line, err = reader.ReadString('\n'); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	waitFor(t, func() bool { return model.Ended() == streams && len(site.server.answers) == 0 })
	http.DefaultClient.CloseIdleConnections()
	waitFor(t, func() bool {
		return site.count(t, "SELECT count(*) FROM chat_messages WHERE state = 'stopped'") == streams
	})
	waitFor(t, func() bool { return !strings.Contains(goroutines(), "handlers.(*chatStream)") }) // the few of other tests end too
}

// TestLeavingWithoutScripts: the model also stops when nobody waits for the whole page any more, and only then.
func TestLeavingWithoutScripts(t *testing.T) {
	t.Parallel()
	site, model := chatSite(t, func(r fake.Request) []fake.Step {
		if r.Last().Content == "Stai?" {
			return []fake.Step{fake.Say("Am "), fake.Hang()}
		}
		return []fake.Step{fake.Say("Bună "), fake.Pause(200 * time.Millisecond), fake.Say("ziua."), fake.Finish("stop", 1, 1)}
	})
	address := site.listen(t)
	ask := func(ctx context.Context, question string) (*http.Response, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/chat/", strings.NewReader("conversatie=0&mesaj="+question))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		return http.DefaultClient.Do(r)
	}
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		res, err := ask(ctx, "Stai%3F")
		if err == nil {
			_ = res.Body.Close()
		}
		left <- err
	}()
	waitFor(t, func() bool { return len(model.Requests()) == 1 })
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	waitFor(t, func() bool {
		return model.Ended() == 1 && site.count(t, "SELECT count(*) FROM chat_messages WHERE state = 'stopped'") == 1
	})

	res, err := ask(t.Context(), "Bună%3F")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if page, err := io.ReadAll(res.Body); err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(page), "Bună ziua.") || !res.Close {
		t.Errorf("%d, closes %v, %v: %s", res.StatusCode, res.Close, err, page)
	}
}

// goroutines returns what every goroutine is doing.
func goroutines() string {
	stacks := make([]byte, 8<<20)
	return string(stacks[:runtime.Stack(stacks, true)])
}

// waitFor waits until something that happens by itself has happened.
func waitFor(t testing.TB, done func() bool) {
	t.Helper()
	deadline := time.After(time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-deadline:
			t.Fatal("it did not happen in a minute")
		case <-tick.C:
		}
	}
}

// BenchmarkFirstWords measures from the model's first words to the browser's, on loopback.
func BenchmarkFirstWords(b *testing.B) {
	var said time.Time
	site, _ := chatSite(b, func(fake.Request) []fake.Step {
		said = time.Now()
		return []fake.Step{fake.Say("Bună."), fake.Finish("stop", 1, 1)}
	}, func(p *siteParts) { p.config.RateLimits = false })
	address := site.listen(b)
	var took []time.Duration
	for b.Loop() {
		res := openStream(b.Context(), b, address, "Bună?")
		reader := bufio.NewReader(res.Body)
		for line := ""; !strings.Contains(line, "Bună.<"); {
			var err error
			if line, err = reader.ReadString('\n'); err != nil {
				b.Fatal(err)
			}
		}
		took = append(took, time.Since(said))
		_ = res.Body.Close()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}
