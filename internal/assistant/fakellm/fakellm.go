// Package fakellm is a small OpenAI-compatible server whose model does what a script says, errors included. Tests use it, and people who want to
// try the assistant without an account; the program itself never does.
package fakellm

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Message is one message of a request.
type Message struct {
	Role       string     `json:"role"`
	Content    string     `json:"content"`
	ToolCallID string     `json:"tool_call_id,omitempty"`
	ToolCalls  []ToolCall `json:"tool_calls,omitempty"`
}

// ToolCall is a call that the model made earlier.
type ToolCall struct {
	ID       string `json:"id"`
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

// Request is what the client sent.
type Request struct {
	Model    string    `json:"model"`
	Messages []Message `json:"messages"`
	Stream   bool      `json:"stream"`
	Tools    []struct {
		Function struct {
			Name string `json:"name"`
		} `json:"function"`
	} `json:"tools"`
	Authorization string `json:"-"`
}

// Last returns the newest message.
func (r Request) Last() Message {
	if len(r.Messages) == 0 {
		return Message{}
	}
	return r.Messages[len(r.Messages)-1]
}

// Server answers chat completions. Script decides what the model does with each request; it may be called by several at once.
type Server struct {
	Script func(Request) []Step

	mu       sync.Mutex
	requests []Request
	ended    int // requests whose client went away before the end
}

const (
	maxBody = 4 << 20
	maxKept = 2000 // requests
)

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || (r.URL.Path != "/chat/completions" && r.URL.Path != "/v1/chat/completions") {
		http.NotFound(w, r)
		return
	}
	var request Request
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&request); err != nil {
		refuse(w, http.StatusBadRequest, 0, "malformed request")
		return
	}
	request.Authorization = r.Header.Get("Authorization")
	s.keep(request)
	out := &reply{w: w, r: r}
	for _, step := range s.Script(request) {
		if !step(out) {
			break
		}
	}
	if r.Context().Err() != nil {
		s.mu.Lock()
		s.ended++
		s.mu.Unlock()
	}
}

func (s *Server) keep(r Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests) < maxKept {
		s.requests = append(s.requests, r)
	}
}

// Requests returns what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Ended counts the requests whose client went away before the end.
func (s *Server) Ended() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

// reply is the answer being written.
type reply struct {
	w       http.ResponseWriter
	r       *http.Request
	started bool
}

// Step does one thing of an answer and reports whether the next may follow.
type Step func(*reply) bool

// line sends one line of the stream, beginning it when need be.
func (o *reply) line(text string) bool {
	if !o.started {
		o.started = true
		o.w.Header().Set("Content-Type", "text/event-stream")
		o.w.WriteHeader(http.StatusOK)
	}
	if _, err := fmt.Fprintf(o.w, "%s\n\n", text); err != nil {
		return false
	}
	return http.NewResponseController(o.w).Flush() == nil
}

func (o *reply) chunk(fields map[string]any) bool {
	body, err := json.Marshal(fields)
	return err == nil && o.line("data: "+string(body))
}

func (o *reply) delta(delta map[string]any) bool {
	return o.chunk(map[string]any{"id": "1", "object": "chat.completion.chunk", "choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": nil}}})
}

// Say streams a piece of text.
func Say(text string) Step {
	return func(o *reply) bool { return o.delta(map[string]any{"content": text}) }
}

// Think streams a piece of reasoning, which people must not see.
func Think(text string) Step {
	return func(o *reply) bool { return o.delta(map[string]any{"reasoning_content": text}) }
}

// Call begins the tool call with the position; the arguments follow with More.
func Call(position int, id, name, arguments string) Step {
	return func(o *reply) bool {
		return o.delta(map[string]any{"tool_calls": []any{map[string]any{
			"index": position, "id": id, "type": "function", "function": map[string]any{"name": name, "arguments": arguments},
		}}})
	}
}

// More streams a further piece of the arguments.
func More(position int, arguments string) Step {
	return func(o *reply) bool {
		return o.delta(map[string]any{"tool_calls": []any{map[string]any{"index": position, "function": map[string]any{"arguments": arguments}}}})
	}
}

// KeepAlive sends comments as busy addresses do.
func KeepAlive(n int) Step {
	return func(o *reply) bool {
		for range n {
			if !o.line(": keep-alive") {
				return false
			}
		}
		return true
	}
}

// Pause waits, unless the client goes away.
func Pause(d time.Duration) Step {
	return func(o *reply) bool {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-o.r.Context().Done():
			return false
		case <-timer.C:
			return true
		}
	}
}

// Await goes on once the channel is closed, unless the client goes away.
func Await(goOn <-chan struct{}) Step {
	return func(o *reply) bool {
		select {
		case <-o.r.Context().Done():
			return false
		case <-goOn:
			return true
		}
	}
}

// Hang sends nothing more until the client goes away.
func Hang() Step {
	return func(o *reply) bool {
		if o.started || o.line(": thinking") {
			<-o.r.Context().Done()
		}
		return false
	}
}

// Raw sends a line as it is.
func Raw(line string) Step {
	return func(o *reply) bool { return o.line(line) }
}

// Finish ends the answer with its reason ("stop", "tool_calls", "length") and the tokens used.
func Finish(reason string, prompt, completion int) Step {
	return func(o *reply) bool {
		return o.chunk(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": reason}}}) &&
			o.chunk(map[string]any{"choices": []any{}, "usage": map[string]any{"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}}) &&
			o.line("data: [DONE]")
	}
}

// Refuse answers with an error status; retryAfter is in seconds, 0 for none.
func Refuse(status, retryAfter int, reason string) Step {
	return func(o *reply) bool {
		refuse(o.w, status, retryAfter, reason)
		return false
	}
}

// RefuseWith answers with an error status and such headers.
func RefuseWith(status int, headers map[string]string) Step {
	return func(o *reply) bool {
		for name, value := range headers {
			o.w.Header().Set(name, value)
		}
		refuse(o.w, status, 0, "asked for it")
		return false
	}
}

func refuse(w http.ResponseWriter, status, retryAfter int, reason string) {
	if retryAfter > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(retryAfter))
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": reason, "type": "error"}}) // the client may have gone
}

// Drop closes the connection without another word.
func Drop() Step {
	return func(*reply) bool { panic(http.ErrAbortHandler) }
}

// Whole answers without a stream, as a plain JSON document.
func Whole(text string) Step {
	return func(o *reply) bool {
		o.w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(o.w).Encode(map[string]any{ // the client may have gone
			"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": text}}},
			"usage":   map[string]any{"prompt_tokens": 10, "completion_tokens": 5},
		})
		return false
	}
}
