package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"piata.ro/internal/apperr"
	"piata.ro/internal/search"
)

func TestClassify(t *testing.T) {
	t.Parallel()
	code := func(c string) error { return fmt.Errorf("insert: %w", &pgconn.PgError{Code: c}) }
	tests := []struct {
		err  error
		want apperr.Kind
	}{
		{sql.ErrNoRows, apperr.NotFound},
		{code("23505"), apperr.Conflict},
		{code("53100"), apperr.NoSpace},
		{syscall.ENOSPC, apperr.NoSpace},
		{code("53300"), apperr.Unavailable}, // too many connections
		{code("57P01"), apperr.Unavailable}, // server shuts down
		{code("57P03"), apperr.Unavailable}, // server starts
		{code("08006"), apperr.Unavailable},
		{code("40001"), apperr.Unavailable},
		{code("40P01"), apperr.Unavailable},
		{code("25006"), apperr.Unavailable}, // a standby, during a failover
		{fmt.Errorf("receive message: %w", io.ErrUnexpectedEOF), apperr.Unavailable},
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, apperr.Unavailable},
		{context.DeadlineExceeded, apperr.Unavailable},
		{context.Canceled, apperr.Unavailable},
		{code("42601"), apperr.Internal}, // our own mistake in SQL
		{code("23514"), apperr.Internal},
		{errors.New("anything"), apperr.Internal},
		{fmt.Errorf("wrapped: %w", apperr.New(apperr.Forbidden, "")), apperr.Forbidden},
	}
	var s Store
	for _, tt := range tests {
		got := s.classify(tt.err)
		if apperr.KindOf(got) != tt.want || !errors.Is(got, tt.err) {
			t.Errorf("classify(%v) = %v of kind %d, want kind %d", tt.err, got, apperr.KindOf(got), tt.want)
		}
	}
	if s.classify(nil) != nil {
		t.Error("classify(nil) is an error")
	}
}

// passing runs one of everything that a page does and reports what is neither fine nor a passing outage.
func passing(ctx context.Context, s *Store, owner User, draft ListingDraft) (failures int, wrong []error) {
	steps := []func() error{
		func() error { return s.Ping(ctx) },
		func() error { _, err := s.EnsureUser(ctx, Identity{ClerkID: owner.ClerkID}); return err },
		func() error { _, err := s.EnsureUser(ctx, Identity{ClerkID: "user_new", FirstName: "Nou"}); return err },
		func() error {
			_, _, err := s.Listings(ctx, ListingFilter{Query: search.ParseQuery("pegas")}, Cursor{}, 10)
			return err
		},
		func() error { _, err := s.CountListings(ctx, ListingFilter{}); return err },
		func() error { _, err := s.Counts(ctx); return err },
		func() error { _, err := s.CreateListing(ctx, Submission{OwnerID: owner.ID, Draft: draft}); return err },
		func() error { _, _, err := s.Favorites(ctx, owner.ID, Cursor{}, 10); return err },
		func() error { return s.SaveDraft(ctx, "d", owner.ID, nil) },
		func() error { _, err := s.ExpireDue(ctx, 10); return err },
	}
	for i, step := range steps {
		err := step()
		if err != nil {
			failures++
		}
		if err != nil && !apperr.Is(err, apperr.Unavailable) {
			wrong = append(wrong, fmt.Errorf("step %d: %w", i, err))
		}
	}
	return failures, wrong
}

func TestPostgresConnectionsKilled(t *testing.T) {
	t.Parallel()
	address := fresh.Postgres(t)
	s, err := Open(t.Context(), Options{DatabaseURL: address})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	admin, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	kill := func() {
		_, err := admin.ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		if err != nil {
			t.Error(err)
		}
	}
	ana := mustUser(t, s, "ana")
	draft := mustDraft(t, s, bicycle())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				if _, wrong := passing(t.Context(), s, ana, draft); len(wrong) > 0 {
					t.Errorf("while connections are killed: %v", errors.Join(wrong...))
				}
			}
		})
	}
	for range 20 {
		kill()
	}
	wg.Wait()
	kill()
	if _, wrong := passing(t.Context(), s, ana, draft); len(wrong) > 0 {
		t.Errorf("right after: %v", errors.Join(wrong...))
	}
	if failures, _ := passing(t.Context(), s, ana, draft); failures > 0 {
		t.Errorf("%d failures although the server is there again", failures)
	}
}

// gate passes connections on to Postgres until it is shut.
type gate struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

func newGate(t *testing.T, network, target string) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{Listener: l}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial(network, target)
			if err != nil {
				t.Error(err)
				return
			}
			g.mu.Lock()
			g.conns = append(g.conns, c, server)
			g.mu.Unlock()
			wg.Go(func() { _, _ = io.Copy(server, c); _ = server.Close() })
			wg.Go(func() { _, _ = io.Copy(c, server); _ = c.Close() })
		}
	})
	t.Cleanup(func() { g.shut(); wg.Wait() })
	return g
}

func (g *gate) shut() {
	_ = g.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range g.conns {
		_ = c.Close()
	}
}

func TestPostgresGone(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(fresh.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	network, target := "tcp", u.Host
	q := u.Query()
	if folder := q.Get("host"); folder != "" {
		network, target = "unix", folder+"/.s.PGSQL.5432"
		q.Del("host")
	}
	g := newGate(t, network, target)
	u.Host, u.RawQuery = g.Addr().String(), q.Encode()
	s, err := Open(t.Context(), Options{DatabaseURL: u.String()})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	ana := mustUser(t, s, "ana")
	draft := mustDraft(t, s, bicycle())
	if failures, wrong := passing(t.Context(), s, ana, draft); failures > 0 {
		t.Fatalf("before: %v", wrong)
	}
	g.shut()
	if failures, wrong := passing(t.Context(), s, ana, draft); len(wrong) > 0 || failures == 0 {
		t.Errorf("without a server: %d failures, %v", failures, errors.Join(wrong...))
	}
	if again, err := Open(t.Context(), Options{DatabaseURL: u.String()}); err == nil {
		_ = again.Close()
		t.Error("Open succeeded without a server")
	}
}

func TestCancelledRequest(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		ana := mustUser(t, s, "ana")
		draft := mustDraft(t, s, bicycle())
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer cancel()
		for _, ctx := range []context.Context{gone, late} {
			if failures, wrong := passing(ctx, s, ana, draft); len(wrong) > 0 || failures == 0 {
				t.Errorf("%v: %d failures, %v", ctx.Err(), failures, errors.Join(wrong...))
			}
		}
		if failures, wrong := passing(t.Context(), s, ana, draft); failures > 0 {
			t.Errorf("afterwards: %v", wrong)
		}
	})
}

func TestSQLiteDiskFull(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), Options{DataDir: fresh.SQLite(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	ana := mustUser(t, s, "ana")
	limit := func(pages int) {
		t.Helper()
		if _, err := s.write.ExecContext(t.Context(), fmt.Sprint("PRAGMA max_page_count = ", pages)); err != nil {
			t.Fatal(err)
		}
	}
	var pages int
	if err := s.write.NewRaw("PRAGMA page_count").Scan(t.Context(), &pages); err != nil {
		t.Fatal(err)
	}
	limit(pages + 10)
	in := bicycle()
	published := 0
	for ; published < 1000; published++ {
		in.Title = fmt.Sprint("Bicicletă numărul ", published)
		_, err = s.CreateListing(t.Context(), Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, in)})
		if err != nil {
			break
		}
	}
	if !apperr.Is(err, apperr.NoSpace) {
		t.Fatalf("after %d listings: %v, want NoSpace", published, err)
	}
	consistent := func(want int) {
		t.Helper()
		for _, f := range []ListingFilter{{}, {Query: search.ParseQuery("bicicleta")}} {
			if total, err := s.CountListings(t.Context(), f); err != nil || total.Count != want {
				t.Errorf("%s: %+v, %v; want %d", describe(f), total, err, want)
			}
		}
		var parts int
		if err := s.read.NewRaw("SELECT count(*) FROM listing_attributes").Scan(t.Context(), &parts); err != nil || parts != 3*want {
			t.Errorf("%d attributes, %v; want %d", parts, err, 3*want)
		}
	}
	consistent(published)
	limit(1 << 30)
	if _, err := s.CreateListing(t.Context(), Submission{OwnerID: ana.ID, Draft: mustDraft(t, s, in)}); err != nil {
		t.Errorf("with space again: %v", err)
	}
	consistent(published + 1)
}
