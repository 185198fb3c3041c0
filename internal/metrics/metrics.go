// Package metrics counts what the program does and tells it in Prometheus' text format.
package metrics

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxSeries bounds what is told apart; routes, methods and statuses are few.
	maxSeries = 2000
	other     = "other"
)

// buckets are the upper bounds of durations, in seconds.
var buckets = [...]float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// Source tells counters that something else keeps.
type Source struct {
	Name, Help, Label string
	Values            func() map[string]int64 // by the label's value
}

// Set is all that is told. It is safe for concurrent use.
type Set struct {
	mu       sync.RWMutex
	requests map[request]*atomic.Int64
	times    map[string]*histogram // by route
	sources  []Source
}

type request struct {
	method, route string
	status        int
}

type histogram struct {
	counts [len(buckets) + 1]atomic.Int64
	nanos  atomic.Int64
}

// New returns a set that also tells what the sources say.
func New(sources ...Source) *Set {
	return &Set{requests: map[request]*atomic.Int64{}, times: map[string]*histogram{}, sources: sources}
}

// Observe counts a request that was answered. The route is a pattern, never a path.
func (s *Set) Observe(method, route string, status int, took time.Duration) {
	count, times := s.series(request{method, route, status})
	count.Add(1)
	times.nanos.Add(int64(took))
	seconds := took.Seconds()
	n, _ := slices.BinarySearch(buckets[:], seconds)
	times.counts[n].Add(1)
}

func (s *Set) series(key request) (*atomic.Int64, *histogram) {
	s.mu.RLock()
	count, times := s.requests[key], s.times[key.route]
	s.mu.RUnlock()
	if count != nil && times != nil {
		return count, times
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.requests[key] == nil && len(s.requests) >= maxSeries {
		key = request{other, other, 0}
	}
	if s.requests[key] == nil {
		s.requests[key] = &atomic.Int64{}
	}
	if s.times[key.route] == nil {
		s.times[key.route] = &histogram{}
	}
	return s.requests[key], s.times[key.route]
}

// ServeHTTP answers with everything.
func (s *Set) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	var b strings.Builder
	s.write(&b)
	_, _ = io.WriteString(w, b.String()) // who asked has gone
}

func (s *Set) write(w io.Writer) {
	s.mu.RLock()
	requests, times := maps.Clone(s.requests), maps.Clone(s.times)
	s.mu.RUnlock()
	describe(w, "piata_http_requests_total", "counter", "Requests answered.")
	for key, count := range requests {
		fmt.Fprintf(w, "piata_http_requests_total{method=%q,route=%q,status=\"%d\"} %d\n", key.method, key.route, key.status, count.Load())
	}
	describe(w, "piata_http_request_seconds", "histogram", "Time to answer.")
	for route, h := range times {
		h.write(w, route)
	}
	for _, source := range s.sources {
		describe(w, source.Name, "counter", source.Help)
		for value, n := range source.Values() {
			fmt.Fprintf(w, "%s{%s=%q} %d\n", source.Name, source.Label, value, n)
		}
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	describe(w, "go_goroutines", "gauge", "Goroutines.")
	fmt.Fprintf(w, "go_goroutines %d\n", runtime.NumGoroutine())
	describe(w, "go_memstats_heap_inuse_bytes", "gauge", "Heap in use.")
	fmt.Fprintf(w, "go_memstats_heap_inuse_bytes %d\n", memory.HeapInuse)
}

func describe(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (h *histogram) write(w io.Writer, route string) {
	total := int64(0)
	for n := range h.counts {
		total += h.counts[n].Load()
		bound := "+Inf"
		if n < len(buckets) {
			bound = strconv.FormatFloat(buckets[n], 'g', -1, 64)
		}
		fmt.Fprintf(w, "piata_http_request_seconds_bucket{route=%q,le=%q} %d\n", route, bound, total)
	}
	fmt.Fprintf(w, "piata_http_request_seconds_sum{route=%q} %g\n", route, time.Duration(h.nanos.Load()).Seconds())
	fmt.Fprintf(w, "piata_http_request_seconds_count{route=%q} %d\n", route, total)
}
