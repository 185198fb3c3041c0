package assistant

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxStream = 4 << 20   // bytes of one answer of the model
	maxError  = 16 << 10  // bytes of a refusal
	maxLine   = 512 << 10 // of a stream
	maxLines  = 100_000
)

var errSilent = errors.New("the model fell silent")

// upstream sends requests to the model and hands the SDK only what it can digest: no keep-alive comments, which it counts as errors, no
// endless bodies, and refusals with their Retry-After, which it forgets.
type upstream struct {
	client     *http.Client
	firstToken time.Duration
	silence    time.Duration
}

func newUpstream(firstToken, silence time.Duration) *upstream {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	return &upstream{firstToken: firstToken, silence: silence, client: &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: firstToken,
			ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 32, IdleConnTimeout: 90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // the key goes nowhere else
	}}
}

// refused is an answer of the model's address with an error status.
type refused struct {
	status     int
	retryAfter time.Duration
	reason     string // of the other side, for the log
}

func (r *refused) Error() string {
	return fmt.Sprintf("the model's address answered %d: %s", r.status, r.reason)
}

// Do implements the SDK's HTTPDoer.
func (u *upstream) Do(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	res, err := u.client.Do(req.WithContext(ctx))
	if err != nil {
		cancel(nil)
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		defer cancel(nil)
		defer res.Body.Close()
		return nil, refusal(res)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		defer cancel(nil)
		defer res.Body.Close()
		return wholeAsStream(res)
	}
	body := &streamBody{source: res.Body, lines: bufio.NewReaderSize(io.LimitReader(res.Body, maxStream), 4<<10), cancel: cancel, silence: u.silence}
	body.timer = time.AfterFunc(u.firstToken, func() { cancel(errSilent) })
	body.ctx = ctx
	res.Body = body
	return res, nil
}

func refusal(res *http.Response) error {
	raw, _ := io.ReadAll(io.LimitReader(res.Body, maxError)) // half a reason is better than none
	r := &refused{status: res.StatusCode, reason: string(raw)}
	var document struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(raw, &document) == nil && document.Error.Message != "" {
		r.reason = document.Error.Message
	}
	if len(r.reason) > 300 {
		r.reason = r.reason[:300]
	}
	r.retryAfter = retryAfter(res.Header)
	return r
}

// retryAfter reads how long to wait: seconds or, as of some proxies, a point in time, by the clock of whoever says so.
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(seconds, 3600)) * time.Second
	} else if until, err := http.ParseTime(value); err == nil {
		if now, err := http.ParseTime(h.Get("Date")); err == nil {
			wait = until.Sub(now)
		}
	}
	return min(max(wait, 0), time.Hour)
}

// wholeAsStream lets an address that cannot stream answer as if it could.
func wholeAsStream(res *http.Response) (*http.Response, error) {
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxStream))
	if err != nil {
		return nil, err
	}
	var whole struct {
		Choices []map[string]json.RawMessage `json:"choices"`
		Usage   json.RawMessage              `json:"usage,omitempty"`
	}
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, fmt.Errorf("%w: %w", errGarbled, err)
	}
	for _, choice := range whole.Choices {
		choice["delta"] = numbered(choice["message"])
		delete(choice, "message")
	}
	line, err := json.Marshal(whole)
	if err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(fmt.Appendf(nil, "data: %s\n\ndata: [DONE]\n\n", line)))
	return res, nil
}

// numbered gives the tool calls of a whole message the positions that a stream has.
func numbered(message json.RawMessage) json.RawMessage {
	var fields map[string]any
	if json.Unmarshal(message, &fields) != nil {
		return message
	}
	calls, _ := fields["tool_calls"].([]any)
	for i, call := range calls {
		if c, ok := call.(map[string]any); ok {
			c["index"] = i
		}
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return message
	}
	return out
}

// streamBody lets only data lines through and ends the request when nothing comes for too long.
type streamBody struct {
	ctx     context.Context
	source  io.Closer
	lines   *bufio.Reader
	rest    []byte // of the line being read
	cancel  context.CancelCauseFunc
	timer   *time.Timer
	silence time.Duration
}

// Read implements io.Reader.
func (b *streamBody) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		line, err := b.line()
		if err != nil {
			if cause := context.Cause(b.ctx); cause != nil {
				err = cause
			}
			return 0, err
		}
		if bytes.HasPrefix(line, []byte("data:")) {
			b.rest = line
			b.timer.Reset(b.silence)
		}
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// line returns the next whole line, without more memory than a line may have. A last line that does not end is no line.
func (b *streamBody) line() ([]byte, error) {
	var whole []byte
	for {
		part, err := b.lines.ReadSlice('\n')
		whole = append(whole, part...)
		switch {
		case err == nil:
			return whole, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(whole) > maxLine:
			return nil, errGarbled
		}
	}
}

// Close ends the request.
func (b *streamBody) Close() error {
	b.timer.Stop()
	b.cancel(nil)
	return b.source.Close()
}
