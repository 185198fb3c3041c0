package metrics

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func told(s *Set) string {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestSet(t *testing.T) {
	t.Parallel()
	s := New(Source{Name: "piata_refusals_total", Help: "Refusals.", Label: "reason", Values: func() map[string]int64 { return map[string]int64{"token-invalid": 7} }})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { s.Observe("GET", "/anunt/:slug/", 200, 30*time.Millisecond) })
	}
	wg.Wait()
	s.Observe("GET", "/anunt/:slug/", 404, time.Minute)
	s.Observe("GET", "/", 200, time.Millisecond)
	text := told(s)
	for _, want := range []string{
		`piata_http_requests_total{method="GET",route="/anunt/:slug/",status="200"} 20`,
		`piata_http_requests_total{method="GET",route="/anunt/:slug/",status="404"} 1`,
		`piata_http_request_seconds_bucket{route="/anunt/:slug/",le="0.025"} 0`,
		`piata_http_request_seconds_bucket{route="/anunt/:slug/",le="0.05"} 20`,
		`piata_http_request_seconds_bucket{route="/anunt/:slug/",le="+Inf"} 21`,
		`piata_http_request_seconds_sum{route="/anunt/:slug/"} 60.6`,
		`piata_http_request_seconds_bucket{route="/",le="0.001"} 1`,
		`piata_refusals_total{reason="token-invalid"} 7`,
		"# TYPE piata_http_request_seconds histogram", "go_goroutines ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s:\n%s", want, text)
		}
	}
}

func TestSetIsBounded(t *testing.T) {
	t.Parallel()
	s := New()
	for n := range 3 * maxSeries {
		s.Observe("GET", fmt.Sprint("/", n), 200, 0)
	}
	if got := strings.Count(told(s), "piata_http_requests_total{"); got > maxSeries+1 {
		t.Errorf("%d series", got)
	}
}
