package auth

import (
	"time"

	"golang.org/x/sync/singleflight"
)

const (
	// recallEntries bounds each half of what is remembered.
	recallEntries = 2048
	// recallAfter is how often the same question is passed on while its answer stays the same.
	recallAfter = 5
	// recallFor is how long the answer then stands for the next one.
	recallFor = 2 * time.Second
)

// recall asks the Backend API once for all who ask at the same time, and remembers what it keeps answering: a browser that
// comes again and again with what cannot help it, or does not keep the cookies that it is given, costs few calls.
type recall struct {
	flights singleflight.Group
	last    *bounded[string, recalled]
	now     func() time.Time
}

// recalled is the answer to the latest question about something.
type recalled struct {
	question string
	lines    []string
	err      error
	times    int // in a row
	until    time.Time
}

func newRecall(now func() time.Time) *recall {
	return &recall{last: newBounded[string, recalled](recallEntries), now: now}
}

// do answers a question about something. What was got with one question is never given to another, but about what keeps
// failing, all questions count as the same.
func (r *recall) do(about, question string, ask func() ([]string, error)) ([]string, error) {
	if last, ok := r.last.get(about); ok && last.times >= recallAfter && r.now().Before(last.until) && (last.err != nil || last.question == question) {
		return last.lines, last.err
	}
	got, err, _ := r.flights.Do(question, func() (any, error) {
		lines, err := ask()
		r.note(about, recalled{question: question, lines: lines, err: err, times: 1, until: r.now().Add(recallFor)})
		return lines, err
	})
	lines, _ := got.([]string)
	return lines, err
}

func (r *recall) note(about string, now recalled) {
	last, ok := r.last.get(about)
	sameError := last.err != nil && now.err != nil && refreshFailure(last.err) == refreshFailure(now.err)
	sameAnswer := last.err == nil && now.err == nil && last.question == now.question
	if ok && (sameError || sameAnswer) {
		now.times = last.times + 1
	}
	r.last.put(about, now)
}
