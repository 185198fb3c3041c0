package handlers

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	measureChat    = flag.String("measure-chat", "", "address of a running program whose assistant is asked many things at once")
	measureProcess = flag.Int("measure-process", 0, "number of its process, to read how much memory it uses")
)

// TestMeasureStreams asks 500 questions at once, whose answers take half a minute, and tells how much memory the program needed. It runs with
// RATE_LIMITS=off and fakellm, which answers „încet” slowly.
func TestMeasureStreams(t *testing.T) {
	if *measureChat == "" {
		t.Skip("-measure-chat names no program")
	}
	const streams = 500
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	t.Logf("before: %s", memory(t))
	var open, whole atomic.Int32
	var wg sync.WaitGroup
	for range streams {
		wg.Go(func() {
			res := openStream(ctx, t, *measureChat, "încet")
			defer res.Body.Close()
			open.Add(1)
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != 200 {
				t.Errorf("%d, %v", res.StatusCode, err)
			} else if strings.Contains(string(body), "Atât.") && strings.Contains(string(body), "chat__tools") {
				whole.Add(1)
			}
			open.Add(-1)
		})
	}
	ended := make(chan struct{})
	go func() { wg.Wait(); close(ended) }()
	for tick := time.NewTicker(3 * time.Second); ; {
		select {
		case <-tick.C:
			t.Logf("%d open: %s", open.Load(), memory(t))
			continue
		case <-ended:
		}
		break
	}
	t.Logf("after: %s", memory(t))
	if whole.Load() != streams {
		t.Errorf("%d of %d answers are whole", whole.Load(), streams)
	}
}

// memory returns what the system says that the process uses and has used at most.
func memory(t *testing.T) string {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", *measureProcess))
	if err != nil {
		return "unknown"
	}
	var now, most string
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			now = strings.TrimSpace(value)
		} else if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			most = strings.TrimSpace(value)
		}
	}
	return now + ", at most " + most
}
