package assistant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"piata.ro/internal/apperr"
)

// answering is one answer in the making: rounds of text and tool calls until the model has nothing more to ask.
type answering struct {
	a        *Assistant
	question Question
	emit     func(Event) error
	messages []openai.ChatCompletionMessage
	answer   Answer
	round    int
}

func (r *answering) rounds(ctx context.Context) error {
	for r.round = 1; ; r.round++ {
		last := r.round == maxRounds
		turn, err := r.ask(ctx, !last)
		if err != nil {
			return err
		}
		if len(turn.calls) == 0 {
			if strings.TrimSpace(r.answer.Text) == "" {
				return &Failure{Kind: Garbled, Err: errors.New("the model said nothing")}
			}
			return nil
		}
		if last {
			return &Failure{Kind: Garbled, Err: errors.New("the model calls tools without end")}
		}
		if err := r.runTools(ctx, turn); err != nil {
			return err
		}
	}
}

// turn is what the model said in one round.
type turn struct {
	text      strings.Builder
	reasoning strings.Builder // some models want theirs back with the results of the tools; people never see it
	calls     []openai.ToolCall
	started   bool // something came, so the request must not be repeated
	finished  bool // the model said that it had finished
	cut       bool // because there was no more room
	tokens    Tokens
}

// ask sends the conversation so far. A request that fails before anything came of it is repeated twice at most.
func (r *answering) ask(ctx context.Context, withTools bool) (*turn, error) {
	request := openai.ChatCompletionRequest{
		Model: r.a.model, Messages: r.messages, Temperature: 0.3,
		StreamOptions: &openai.StreamOptions{IncludeUsage: true},
	}
	//lint:ignore SA1019 DeepSeek and most others understand only this name.
	request.MaxTokens = maxAnswerTokens //nolint:staticcheck // the same
	if withTools {
		request.Tools = toolList(r.question.Tools)
	}
	pause := r.a.backoff
	for attempt := 0; ; attempt++ {
		t, err := r.attempt(ctx, request)
		if err == nil {
			return t, nil
		}
		f := failureOf(ctx, err)
		if t.started || attempt == 2 || !f.passing() || errors.Is(err, errOpen) || f.RetryAfter > 3*time.Second {
			r.a.log.WarnContext(ctx, "assistant failed", slog.String("kind", string(f.Kind)), slog.String("error", f.Err.Error()))
			return nil, f
		}
		if err := wait(ctx, f.RetryAfter+jitter(pause)); err != nil {
			return nil, &Failure{Kind: Stopped, Err: err}
		}
		pause *= 2
	}
}

// attempt makes one request, unless the breaker says no, and tells the breaker how it went.
func (r *answering) attempt(ctx context.Context, request openai.ChatCompletionRequest) (*turn, error) {
	t := &turn{}
	if pause, ok := r.a.breaker.allow(); !ok {
		return t, &Failure{Kind: Down, RetryAfter: pause, Err: errOpen}
	}
	err := r.stream(ctx, request, t)
	if err == nil {
		r.a.breaker.record(nil)
		return t, nil
	}
	f := failureOf(ctx, err)
	r.a.breaker.record(f)
	return t, f
}

func (r *answering) stream(ctx context.Context, request openai.ChatCompletionRequest, t *turn) error {
	stream, err := r.a.api.CreateChatCompletionStream(ctx, request)
	if err != nil {
		return err
	}
	defer stream.Close() //nolint:errcheck // it was only read
	defer func() {
		r.answer.Tokens.Prompt += t.tokens.Prompt
		r.answer.Tokens.Completion += t.tokens.Completion
	}()
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			if !t.finished && t.started {
				return errCut
			}
			if !t.started {
				return fmt.Errorf("%w: nothing came", errCut)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.take(t, chunk); err != nil {
			return err
		}
	}
}

// take adds one chunk to the turn and passes its text on.
func (r *answering) take(t *turn, chunk openai.ChatCompletionStreamResponse) error {
	if chunk.Usage != nil {
		t.tokens = Tokens{Prompt: chunk.Usage.PromptTokens, Completion: chunk.Usage.CompletionTokens}
	}
	for _, choice := range chunk.Choices {
		if choice.Index != 0 {
			continue
		}
		if choice.FinishReason != "" && choice.FinishReason != openai.FinishReasonNull {
			t.finished, t.started = true, true
			t.cut = choice.FinishReason == openai.FinishReasonLength
		}
		if t.reasoning.Len() < maxAnswerBytes {
			t.reasoning.WriteString(choice.Delta.ReasoningContent)
		}
		t.addCalls(choice.Delta.ToolCalls)
		if text := choice.Delta.Content; text != "" && len(r.answer.Text) < maxAnswerBytes {
			t.started = true
			if t.text.Len() == 0 && r.answer.Text != "" {
				text = "\n\n" + text // what was said before the tools stands by itself
			}
			t.text.WriteString(text)
			r.answer.Text += text
			if err := r.emit(Event{Text: text}); err != nil {
				return &Failure{Kind: Stopped, Err: err}
			}
		}
	}
	return nil
}

// addCalls joins the fragments that tool calls come in. Some addresses give no position: a fragment with an id then begins a new call.
func (t *turn) addCalls(fragments []openai.ToolCall) {
	for _, f := range fragments {
		t.started = true
		i := len(t.calls) - 1
		switch {
		case f.Index != nil:
			i = *f.Index
		case f.ID != "" || i < 0:
			i++
		}
		if i < 0 || i >= maxCalls {
			continue
		}
		for len(t.calls) <= i {
			t.calls = append(t.calls, openai.ToolCall{Type: openai.ToolTypeFunction})
		}
		call := &t.calls[i]
		if f.ID != "" {
			call.ID = f.ID
		}
		call.Function.Name += f.Function.Name
		if len(call.Function.Arguments) < maxArguments {
			call.Function.Arguments += f.Function.Arguments
		}
	}
}

const maxArguments = 4 << 10

// runTools answers the calls of a turn and puts both into the conversation.
func (r *answering) runTools(ctx context.Context, t *turn) error {
	malformed := map[int]bool{}
	for i := range t.calls {
		if t.calls[i].ID == "" {
			t.calls[i].ID = fmt.Sprintf("call_%d_%d", r.round, i)
		}
		if !json.Valid([]byte(t.calls[i].Function.Arguments)) {
			t.calls[i].Function.Arguments = "{}" // some addresses refuse to get back what they sent
			malformed[i] = true
		}
	}
	r.messages = append(r.messages, openai.ChatCompletionMessage{
		Role: openai.ChatMessageRoleAssistant, Content: t.text.String(), ReasoningContent: t.reasoning.String(), ToolCalls: t.calls,
	})
	for i, call := range t.calls {
		content := toolError("Argumentele nu sunt JSON valid.")
		if !malformed[i] {
			var err error
			if content, err = r.runTool(ctx, call); err != nil {
				return err
			}
		}
		r.messages = append(r.messages, openai.ChatCompletionMessage{Role: openai.ChatMessageRoleTool, ToolCallID: call.ID, Content: content})
	}
	return nil
}

// runTool runs one call. What goes wrong is told to the model, which can try otherwise; only a reader who has gone ends the answer.
func (r *answering) runTool(ctx context.Context, call openai.ToolCall) (string, error) {
	i := slices.IndexFunc(r.question.Tools, func(t Tool) bool { return t.Name == call.Function.Name })
	if i < 0 {
		return toolError("Nu există o unealtă cu numele acesta."), nil
	}
	tool := r.question.Tools[i]
	if err := r.emit(Event{Working: tool.Working}); err != nil {
		return "", &Failure{Kind: Stopped, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, toolTimeout)
	defer cancel()
	result, err := tool.Run(ctx, json.RawMessage(call.Function.Arguments))
	if err != nil {
		if sentence := apperr.Message(err); sentence != "" {
			return toolError(sentence), nil
		}
		r.a.log.ErrorContext(ctx, "assistant tool failed", slog.String("tool", tool.Name), slog.String("error", err.Error()))
		return toolError("Unealta nu merge acum."), nil
	}
	content, err := json.Marshal(map[string]any{"nota": dataNote, "date": result.Data})
	if err != nil {
		return "", fmt.Errorf("result of %s: %w", tool.Name, err)
	}
	content = bytes.ToValidUTF8(content[:min(len(content), maxToolResult)], nil)
	r.answer.Links = append(r.answer.Links, result.Links...)
	r.answer.Known += "\n" + string(content)
	return string(content), nil
}

const maxToolResult = 16 << 10

func toolError(sentence string) string {
	out, err := json.Marshal(map[string]string{"eroare": sentence})
	if err != nil {
		return `{"eroare":"Unealta nu merge acum."}`
	}
	return string(out)
}

func toolList(tools []Tool) []openai.Tool {
	out := make([]openai.Tool, len(tools))
	for i, t := range tools {
		out[i] = openai.Tool{Type: openai.ToolTypeFunction, Function: &openai.FunctionDefinition{Name: t.Name, Description: t.Description, Parameters: t.Schema}}
	}
	return out
}

// estimate guesses the tokens of an answer whose address did not count them: about three bytes each in Romanian.
func (r *answering) estimate() Tokens {
	var bytes int
	for _, m := range r.messages {
		bytes += len(m.Content)
	}
	return Tokens{Prompt: EstimateTokens(bytes), Completion: EstimateTokens(len(r.answer.Text))}
}

// EstimateTokens guesses how many tokens a text of so many bytes has, rather too many than too few.
func EstimateTokens(bytes int) int { return (bytes + 2) / 3 }
