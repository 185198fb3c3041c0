package models

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
)

// Signal wakes up those who wait. It carries nothing that may not be lost: what there is to tell stands in the database.
type Signal struct {
	UserIDs   []int64 // have new events
	Typing    int64   // the conversation in which the other person is typing to the one of UserIDs; 0 for events
	Everybody bool    // signals may have been missed
}

// signalChannel is the name in Postgres under which signals go from machine to machine.
const signalChannel = "piata"

// signals is the way of signals into and out of this process.
type signals struct {
	receive func(Signal)
	origin  string // tells this process' own signals from others'
}

// OnSignal sets who takes the signals of this process and, while Listen runs, of the others; it is called once, before the store is used by
// several. receive must not wait.
func (s *Store) OnSignal(receive func(Signal)) {
	s.signals = signals{receive: receive, origin: rand.Text()[:8]}
}

// Send passes a signal on to every machine, this one included.
func (s *Store) Send(ctx context.Context, signal Signal) error {
	s.deliver(signal)
	if s.sqlite() {
		return nil
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error { return s.notify(ctx, tx, signal) })
}

func (s *Store) deliver(signal Signal) {
	if s.signals.receive != nil {
		s.signals.receive(signal)
	}
}

// notify sends the signal to the other machines when the transaction is committed. Embedded databases have no others.
func (s *Store) notify(ctx context.Context, tx bun.Tx, signal Signal) error {
	if s.sqlite() {
		return nil
	}
	_, err := tx.NewRaw("SELECT pg_notify(?, ?)", signalChannel, s.signals.origin+" "+signal.encode()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}

// encode writes the signal as "e 12,15" or "t 12 7".
func (sig Signal) encode() string {
	ids := make([]string, len(sig.UserIDs))
	for i, id := range sig.UserIDs {
		ids[i] = strconv.FormatInt(id, 10)
	}
	people := strings.Join(ids, ",")
	if sig.Typing != 0 {
		return "t " + people + " " + strconv.FormatInt(sig.Typing, 10)
	}
	return "e " + people
}

// decodeSignal reads what encode wrote; what it cannot read wakes everybody, which is always safe.
func decodeSignal(text string) Signal {
	kind, rest, _ := strings.Cut(text, " ")
	people, conversation, _ := strings.Cut(rest, " ")
	var sig Signal
	for id := range strings.SplitSeq(people, ",") {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return Signal{Everybody: true}
		}
		sig.UserIDs = append(sig.UserIDs, n)
	}
	if kind == "t" {
		n, err := strconv.ParseInt(conversation, 10, 64)
		if err != nil {
			return Signal{Everybody: true}
		}
		sig.Typing = n
	}
	return sig
}

// How Listen comes back after the connection was lost, and how it notices that it was.
const (
	listenRetry   = 500 * time.Millisecond
	listenTimeout = 5 * time.Second
	listenCheck   = 30 * time.Second
)

// Listen takes in the signals of other machines until ctx ends. It has a connection of its own; whenever that is new, signals may have
// been missed and everybody is woken up. With an embedded database there is nobody to listen to.
func (s *Store) Listen(ctx context.Context) {
	if s.sqlite() {
		return
	}
	for ctx.Err() == nil {
		if err := s.listen(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "listening to other machines", slog.String("error", err.Error()))
		}
		timer := time.NewTimer(listenRetry)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}

func (s *Store) listen(ctx context.Context) error {
	dial, cancel := context.WithTimeout(ctx, listenTimeout)
	defer cancel()
	conn, err := pgx.Connect(dial, s.postgresURL)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() {
		bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(bye) // it is given up either way
	}()
	if _, err := conn.Exec(dial, "LISTEN "+signalChannel); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.deliver(Signal{Everybody: true})
	for {
		wait, cancel := context.WithTimeout(ctx, listenCheck)
		n, err := conn.WaitForNotification(wait)
		quiet := wait.Err() != nil && ctx.Err() == nil
		cancel()
		switch {
		case err == nil:
			if origin, text, _ := strings.Cut(n.Payload, " "); origin != s.signals.origin {
				s.deliver(decodeSignal(text))
			}
		case quiet && !conn.IsClosed():
			if err := s.ping(ctx, conn); err != nil {
				return err
			}
		default:
			return fmt.Errorf("wait: %w", err)
		}
	}
}

// ping finds out whether a connection that has been quiet for a while is still one.
func (s *Store) ping(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, listenTimeout)
	defer cancel()
	if err := conn.Ping(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}
