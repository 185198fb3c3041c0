package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"piata.ro/internal/metrics"
)

// numbers are what the program counts, on an address of their own; the zero value counts nothing.
type numbers struct {
	set      *metrics.Set
	listener net.Listener
}

// openNumbers takes the address, if there is one.
func (a *app) openNumbers(ctx context.Context) error {
	if a.cfg.MetricsAddr == "" {
		return nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.MetricsAddr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s (METRICS_ADDR): %w", a.cfg.MetricsAddr, err)
	}
	a.numbers = numbers{listener: l, set: metrics.New(metrics.Source{
		Name: "piata_auth_refusals_total", Help: "Requests that were not simply signed in, by Clerk's reason.", Label: "reason", Values: a.refusals,
	}, metrics.Source{
		Name: "piata_assistant_answers_total", Help: "Answers of the assistant, by how they ended.", Label: "ended", Values: a.answers,
	}, metrics.Source{
		Name: "piata_assistant_tokens_total", Help: "Tokens that the assistant's answers cost.", Label: "kind", Values: a.tokens,
	})}
	a.log.InfoContext(ctx, "metrics", slog.String("url", "http://"+l.Addr().String()+"/metrics"))
	return nil
}

func (a *app) refusals() map[string]int64 {
	counts := map[string]int64{}
	for reason, n := range a.auth.Refusals() {
		counts[string(reason)] = n
	}
	return counts
}

// answers may be asked for before there is a server.
func (a *app) answers() map[string]int64 {
	if a.server == nil {
		return nil
	}
	ended, _ := a.server.Answers()
	return ended
}

func (a *app) tokens() map[string]int64 {
	if a.server == nil {
		return nil
	}
	_, tokens := a.server.Answers()
	return map[string]int64{"prompt": int64(tokens.Prompt), "completion": int64(tokens.Completion)}
}

// serve answers until ctx ends.
func (n numbers) serve(ctx context.Context) error {
	if n.set == nil {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", n.set)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // nobody waits for half an answer
	defer stop()
	if err := server.Serve(n.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve metrics: %w", err)
	}
	return nil
}

func (n numbers) close() error {
	if n.listener == nil {
		return nil
	}
	if err := n.listener.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
