// Package assistant answers questions with a language model behind an OpenAI-compatible address, such as DeepSeek's. The model only speaks
// of what the tools it is given returned; texts that people wrote reach it as marked data. The package knows nothing of the site's pages.
package assistant

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// Options says which model answers and how long it may take.
type Options struct {
	APIKey  string
	BaseURL string // without /chat/completions, e.g. "https://api.deepseek.com"
	Model   string
	Logger  *slog.Logger
	Now     func() time.Time

	FirstToken time.Duration // how long an answer may take to begin; 0 means 40 s
	Silence    time.Duration // how long it may pause later; 0 means 20 s
	Backoff    time.Duration // before the first repetition, doubled for the next; 0 means 400 ms
}

// Assistant talks to the model. It is safe for concurrent use.
type Assistant struct {
	api     *openai.Client
	model   string
	now     func() time.Time
	log     *slog.Logger
	breaker breaker
	backoff time.Duration
}

// New returns an assistant; nothing is sent before the first question.
func New(o Options) *Assistant {
	config := openai.DefaultConfig(o.APIKey)
	config.BaseURL = o.BaseURL
	config.EmptyMessagesLimit = maxLines
	config.HTTPClient = newUpstream(orDefault(o.FirstToken, 40*time.Second), orDefault(o.Silence, 20*time.Second))
	return &Assistant{
		api: openai.NewClientWithConfig(config), model: o.Model, now: o.Now, log: o.Logger,
		breaker: breaker{now: o.Now}, backoff: orDefault(o.Backoff, 400*time.Millisecond),
	}
}

func orDefault(d, fallback time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return fallback
}

// Role is who said something.
type Role string

// The roles that are kept.
const (
	Person Role = "person"
	Model  Role = "model"
)

// Turn is one earlier message of the conversation.
type Turn struct {
	Role Role
	Text string
}

// Question is what an answer is made from.
type Question struct {
	Summary  string // of what was said before History; "" for nothing
	History  []Turn // oldest first
	Text     string // what the person asks now
	SignedIn bool
	Tools    []Tool
}

// Tool is something the model may ask for.
type Tool struct {
	Name        string
	Description string          // for the model
	Schema      json.RawMessage // JSON schema of the arguments
	Working     string          // what the page says meanwhile, e.g. "Caut printre anunțuri…"
	// Run returns what the model may know. An error with a sentence for people (apperr) is told to the model; any other only ends in the log.
	Run func(ctx context.Context, arguments json.RawMessage) (Result, error)
}

// Result is what a tool found.
type Result struct {
	Data  any      // becomes JSON
	Links []string // local paths of what was found; only these may be links of the answer
}

// Event is a piece of an answer that is being made: either more text or what is being done.
type Event struct {
	Text    string
	Working string
}

// Answer is a whole answer.
type Answer struct {
	Text   string
	Links  []string // local paths that the tools returned
	Known  string   // all that the tools said, to check prices against
	Tokens Tokens
}

// Tokens counts what an answer cost.
type Tokens struct {
	Prompt, Completion int
}

// Total is all of them.
func (t Tokens) Total() int { return t.Prompt + t.Completion }

const (
	maxRounds       = 5 // of tool calls in one answer
	maxCalls        = 8 // in one round
	maxAnswerTokens = 900
	maxAnswerBytes  = 12 << 10
	toolTimeout     = 6 * time.Second
)

// Answer streams an answer to emit and returns it whole. When emit fails, because the reader has gone, the model is stopped. On an error the
// answer so far is returned with it; the error is a *Failure.
func (a *Assistant) Answer(ctx context.Context, q Question, emit func(Event) error) (Answer, error) {
	run := &answering{a: a, question: q, emit: emit, messages: prompt(q, a.now())}
	err := run.rounds(ctx)
	if run.answer.Tokens == (Tokens{}) {
		run.answer.Tokens = run.estimate()
	}
	a.log.InfoContext(ctx, "assistant answered", slog.Int("prompt_tokens", run.answer.Tokens.Prompt),
		slog.Int("completion_tokens", run.answer.Tokens.Completion), slog.Int("rounds", run.round), slog.Bool("failed", err != nil))
	return run.answer, err
}

// jitter spreads repetitions of many requests: half the time and a random part of the rest.
func jitter(d time.Duration) time.Duration {
	return d/2 + rand.N(d/2+1) //nolint:gosec // not a secret
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

var _ openai.HTTPDoer = (*upstream)(nil)
