package assistant_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"piata.ro/internal/apperr"
	"piata.ro/internal/assistant"
	fake "piata.ro/internal/assistant/fakellm"
)

// start returns an assistant whose model follows the script.
func start(t testing.TB, script func(fake.Request) []fake.Step) (*assistant.Assistant, *fake.Server) {
	t.Helper()
	return startWaiting(t, 300*time.Millisecond, script)
}

// startWaiting is start with an assistant that waits so long for words.
func startWaiting(t testing.TB, patience time.Duration, script func(fake.Request) []fake.Step) (*assistant.Assistant, *fake.Server) {
	t.Helper()
	model := &fake.Server{Script: script}
	server := httptest.NewServer(model)
	t.Cleanup(server.Close)
	return assistant.New(assistant.Options{
		APIKey: "test-key", BaseURL: server.URL, Model: "deepseek-chat", Logger: slog.New(slog.DiscardHandler), Now: time.Now,
		FirstToken: patience, Silence: patience, Backoff: time.Millisecond,
	}), model
}

func collect(text *strings.Builder) func(assistant.Event) error {
	return func(e assistant.Event) error {
		text.WriteString(e.Text)
		return nil
	}
}

func always(steps ...fake.Step) func(fake.Request) []fake.Step {
	return func(fake.Request) []fake.Step { return steps }
}

func TestAnswerStreams(t *testing.T) {
	t.Parallel()
	a, model := start(t, always(fake.KeepAlive(400), fake.Think("gând"), fake.Say("Bună "), fake.Say("ziua."), fake.Finish("stop", 7, 3)))
	var shown strings.Builder
	got, err := a.Answer(t.Context(), assistant.Question{Text: "salut"}, collect(&shown))
	if err != nil || got.Text != "Bună ziua." || shown.String() != got.Text {
		t.Fatalf("answer %+v, shown %q, error %v", got, shown.String(), err)
	}
	if got.Tokens != (assistant.Tokens{Prompt: 7, Completion: 3}) {
		t.Errorf("tokens %+v", got.Tokens)
	}
	request := model.Requests()[0]
	if request.Model != "deepseek-chat" || !request.Stream || request.Authorization != "Bearer test-key" || request.Last().Content != "salut" {
		t.Errorf("request %+v", request)
	}
}

func TestAnswerWithoutStream(t *testing.T) {
	t.Parallel()
	a, _ := start(t, always(fake.Whole("Bună.")))
	got, err := a.Answer(t.Context(), assistant.Question{Text: "salut"}, collect(&strings.Builder{}))
	if err != nil || got.Text != "Bună." || got.Tokens.Total() != 15 {
		t.Fatalf("answer %+v, error %v", got, err)
	}
}

// echo is a tool that returns its arguments.
func echo(name string) assistant.Tool {
	return assistant.Tool{Name: name, Schema: json.RawMessage(`{"type":"object"}`), Working: "Caut…",
		Run: func(_ context.Context, arguments json.RawMessage) (assistant.Result, error) {
			return assistant.Result{Data: map[string]any{"primit": arguments}, Links: []string{"/anunt/" + name + "-1/"}}, nil
		}}
}

func TestToolCalls(t *testing.T) {
	t.Parallel()
	fragments := []fake.Step{
		fake.Say("Caut."), fake.Call(0, "a", "unu", `{"q":`), fake.Call(1, "b", "doi", ""), fake.More(0, `"golf"}`), fake.More(1, `{"x":1}`), fake.Finish("tool_calls", 5, 5),
	}
	malformed := []fake.Step{fake.Call(0, "a", "unu", `{"q":`), fake.Call(1, "", "lipsa", "{}"), fake.Finish("tool_calls", 5, 5)}
	tests := []struct {
		name  string
		first []fake.Step
		want  []string // in the results that the model gets
	}{
		{"fragments of two parallel calls", fragments, []string{`"primit":{"q":"golf"}`, `"primit":{"x":1}`}},
		{"malformed arguments and an unknown tool", malformed, []string{"nu sunt JSON valid", "Nu există o unealtă"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, model := start(t, func(r fake.Request) []fake.Step {
				if r.Last().Role == "tool" {
					return []fake.Step{fake.Say("Gata."), fake.Finish("stop", 9, 2)}
				}
				return test.first
			})
			got, err := a.Answer(t.Context(), assistant.Question{Text: "golf", Tools: []assistant.Tool{echo("unu"), echo("doi")}}, collect(&strings.Builder{}))
			if err != nil || !strings.HasSuffix(got.Text, "Gata.") {
				t.Fatalf("answer %+v, error %v", got, err)
			}
			messages := model.Requests()[1].Messages
			results := messages[len(messages)-2:]
			for i, want := range test.want {
				if results[i].Role != "tool" || !strings.Contains(results[i].Content, want) {
					t.Errorf("result %d is %+v, want %q", i, results[i], want)
				}
			}
			calls := messages[len(messages)-3].ToolCalls
			if len(calls) != 2 || calls[0].ID != "a" || calls[1].ID != results[1].ToolCallID {
				t.Errorf("calls %+v", calls)
			}
		})
	}
}

func TestToolErrors(t *testing.T) {
	t.Parallel()
	failing := assistant.Tool{Name: "unu", Schema: json.RawMessage(`{"type":"object"}`), Run: func(context.Context, json.RawMessage) (assistant.Result, error) {
		return assistant.Result{}, apperr.New(apperr.NotFound, "Anunțul nu există.")
	}}
	broken := assistant.Tool{Name: "doi", Schema: json.RawMessage(`{"type":"object"}`), Run: func(context.Context, json.RawMessage) (assistant.Result, error) {
		return assistant.Result{}, errors.New("secret cause")
	}}
	a, model := start(t, func(r fake.Request) []fake.Step {
		if r.Last().Role == "tool" {
			return []fake.Step{fake.Say("Nu merge."), fake.Finish("stop", 1, 1)}
		}
		return []fake.Step{fake.Call(0, "a", "unu", "{}"), fake.Call(1, "b", "doi", "{}"), fake.Finish("tool_calls", 1, 1)}
	})
	if _, err := a.Answer(t.Context(), assistant.Question{Text: "x", Tools: []assistant.Tool{failing, broken}}, collect(&strings.Builder{})); err != nil {
		t.Fatal(err)
	}
	messages := model.Requests()[1].Messages
	if got := messages[len(messages)-2].Content; !strings.Contains(got, "Anunțul nu există.") {
		t.Errorf("the model hears %q", got)
	}
	if got := messages[len(messages)-1].Content; strings.Contains(got, "secret") {
		t.Errorf("the model hears %q", got)
	}
}

func TestEndlessToolCalls(t *testing.T) {
	t.Parallel()
	a, model := start(t, always(fake.Call(0, "a", "unu", "{}"), fake.Finish("tool_calls", 1, 1)))
	_, err := a.Answer(t.Context(), assistant.Question{Text: "x", Tools: []assistant.Tool{echo("unu")}}, collect(&strings.Builder{}))
	if kindOf(err) != assistant.Garbled || len(model.Requests()) != 5 {
		t.Errorf("error %v after %d requests", err, len(model.Requests()))
	}
}

func failure(err error) *assistant.Failure {
	f, _ := errors.AsType[*assistant.Failure](err)
	return f
}

func kindOf(err error) assistant.Kind {
	if f := failure(err); f != nil {
		return f.Kind
	}
	return ""
}

func TestFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		steps    []fake.Step
		want     assistant.Kind
		requests int
	}{
		{"400", []fake.Step{fake.Refuse(400, 0, "bad")}, assistant.Rejected, 1},
		{"401", []fake.Step{fake.Refuse(401, 0, "bad key")}, assistant.Denied, 1},
		{"404", []fake.Step{fake.Refuse(404, 0, "no such model")}, assistant.Denied, 1},
		{"402", []fake.Step{fake.Refuse(402, 0, "no balance")}, assistant.NoFunds, 1},
		{"422", []fake.Step{fake.Refuse(422, 0, "bad")}, assistant.Rejected, 1},
		{"429 for long", []fake.Step{fake.Refuse(429, 60, "slow")}, assistant.Busy, 1},
		{"429", []fake.Step{fake.Refuse(429, 0, "slow")}, assistant.Busy, 3},
		{"500", []fake.Step{fake.Refuse(500, 0, "x")}, assistant.Down, 3},
		{"503", []fake.Step{fake.Refuse(503, 0, "x")}, assistant.Down, 3},
		{"never starts", []fake.Step{fake.Hang()}, assistant.Silent, 1},
		{"stops in the middle", []fake.Step{fake.Say("Am găs"), fake.Hang()}, assistant.Silent, 1},
		{"connection lost in the middle", []fake.Step{fake.Say("Am găs"), fake.Drop()}, assistant.Cut, 1},
		{"ends without a reason", []fake.Step{fake.Say("Am găs")}, assistant.Cut, 1},
		{"connection lost before", []fake.Step{fake.Drop()}, assistant.Down, 3},
		{"nothing", []fake.Step{fake.Raw("data: [DONE]")}, assistant.Cut, 3},
		{"invalid JSON", []fake.Step{fake.Raw(`data: {"choices":[{]`)}, assistant.Garbled, 1},
		{"error inside the stream", []fake.Step{fake.Raw(`data: {"error":{"message":"overloaded"}}`)}, assistant.Down, 3},
		{"says nothing", []fake.Step{fake.Finish("stop", 1, 0)}, assistant.Garbled, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, model := start(t, always(test.steps...))
			_, err := a.Answer(t.Context(), assistant.Question{Text: "x"}, collect(&strings.Builder{}))
			if kindOf(err) != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
			if got := len(model.Requests()); got != test.requests {
				t.Errorf("%d requests, want %d", got, test.requests)
			}
			if f, ok := errors.AsType[*assistant.Failure](err); !ok || f.Sentence() == "" {
				t.Errorf("no sentence for %v", err)
			}
		})
	}
}

func TestRetrySucceeds(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	a, _ := start(t, func(fake.Request) []fake.Step {
		if n.Add(1) < 3 {
			return []fake.Step{fake.Refuse(503, 0, "x")}
		}
		return []fake.Step{fake.Say("Gata."), fake.Finish("stop", 1, 1)}
	})
	if got, err := a.Answer(t.Context(), assistant.Question{Text: "x"}, collect(&strings.Builder{})); err != nil || got.Text != "Gata." {
		t.Errorf("answer %+v, error %v", got, err)
	}
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	var clock atomic.Int64
	var healthy atomic.Bool
	model := &fake.Server{Script: func(fake.Request) []fake.Step {
		if healthy.Load() {
			return []fake.Step{fake.Say("Gata."), fake.Finish("stop", 1, 1)}
		}
		return []fake.Step{fake.Refuse(500, 0, "x")}
	}}
	server := httptest.NewServer(model)
	defer server.Close()
	a := assistant.New(assistant.Options{BaseURL: server.URL, Model: "m", Logger: slog.New(slog.DiscardHandler), Backoff: time.Millisecond,
		Now: func() time.Time { return time.Unix(clock.Load(), 0) }})
	ask := func() error {
		_, err := a.Answer(t.Context(), assistant.Question{Text: "x"}, collect(&strings.Builder{}))
		return err
	}
	for range 4 {
		_ = ask() // each fails
	}
	before := len(model.Requests())
	if before != 5 {
		t.Errorf("%d requests reached a model that is down, want 5", before)
	}
	healthy.Store(true)
	if err := ask(); kindOf(err) != assistant.Down {
		t.Errorf("the breaker let a request through: %v", err)
	}
	clock.Add(60)
	if err := ask(); err != nil {
		t.Errorf("after a while: %v", err)
	}
}

func TestStopReachesTheModel(t *testing.T) {
	t.Parallel()
	a, model := startWaiting(t, time.Minute, always(fake.Say("Am "), fake.Hang()))
	ctx, cancel := context.WithCancel(t.Context())
	began := time.Now()
	_, err := a.Answer(ctx, assistant.Question{Text: "x"}, func(assistant.Event) error { cancel(); return nil })
	if kindOf(err) != assistant.Stopped {
		t.Errorf("error %v", err)
	}
	for model.Ended() == 0 && time.Since(began) < time.Second {
		<-time.After(time.Millisecond)
	}
	if model.Ended() != 1 {
		t.Error("the model still works after a second")
	}
}

// TestNothingIsLeft stops a thousand answers in the middle; the model stops too, and no goroutine stays.
func TestNothingIsLeft(t *testing.T) {
	a, model := startWaiting(t, time.Minute, always(fake.Say("Am "), fake.Hang()))
	before := runtime.NumGoroutine()
	var wg sync.WaitGroup
	slots := make(chan struct{}, 50)
	for range 1000 {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := a.Answer(ctx, assistant.Question{Text: "x"}, func(assistant.Event) error { cancel(); return nil })
			if kindOf(err) != assistant.Stopped {
				t.Errorf("error %v", err)
			}
		})
	}
	wg.Wait()
	deadline := time.Now().Add(time.Minute)
	for (model.Ended() < 1000 || runtime.NumGoroutine() > before+10) && time.Now().Before(deadline) {
		<-time.After(5 * time.Millisecond)
	}
	if model.Ended() != 1000 || runtime.NumGoroutine() > before+10 {
		t.Errorf("the model noticed %d of 1000; %d goroutines before, %d after", model.Ended(), before, runtime.NumGoroutine())
	}
}
