// Package models holds the domain types, their rules and their queries, on SQLite and on Postgres alike. It knows nothing of HTTP.
package models

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // driver "sqlite"
)

// Options says where the data lives.
type Options struct {
	DatabaseURL string           // postgres://…; "" for the embedded database
	DataDir     string           // folder of the embedded database
	Rate        Rate             // of the euro; 0 means DefaultRate
	Now         func() time.Time // nil means time.Now
	Logger      *slog.Logger     // nil means slog.Default()
}

// Store is the database. Its methods are safe for concurrent use.
type Store struct {
	write   *bun.DB // one connection on SQLite, so that writers queue in Go instead of failing
	read    *bun.DB // the same pool as write on Postgres
	clock   func() time.Time
	log     *slog.Logger
	catalog *Catalog
	changes atomic.Int64
	closed  atomic.Bool
	sparse  int // how few rows may be fetched and sorted instead of walking an index that is sorted already
	signals signals

	vocabulary atomic.Pointer[loadedVocabulary] // nil until it is read

	postgresURL string // "" for the embedded database

	rate Rate // of the euro, to write prices with

	ranked int // how many matches are compared by points
}

// Open connects, brings the schema and the reference data up to date and returns the store. The caller closes it.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{clock: o.Now, log: o.Logger, sparse: sparse, ranked: ranked, rate: cmp.Or(o.Rate, DefaultRate)}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	connect := s.openSQLite
	if o.DatabaseURL != "" {
		connect = s.openPostgres
	}
	if err := connect(o); err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		if o.DatabaseURL == "" {
			err = fmt.Errorf("database in DATA_DIR %s: %w", o.DataDir, err)
		}
		return nil, closeAfter(s, err)
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context) error {
	if err := s.migrate(ctx, embeddedMigrations(s.dialect())); err != nil {
		return err
	}
	catalog, err := s.loadReference(ctx)
	if err != nil {
		return err
	}
	catalog.Rate = s.rate
	s.catalog = catalog
	return s.startWords(ctx)
}

func closeAfter(s *Store, err error) error {
	if cerr := s.Close(); cerr != nil {
		return fmt.Errorf("%w (and closing the database: %w)", err, cerr)
	}
	return err
}

// openSQLite opens two pools on one file: a single writer whose transactions take the lock at once, and readers that cannot write.
func (s *Store) openSQLite(o Options) error {
	if err := os.MkdirAll(o.DataDir, 0o750); err != nil {
		return fmt.Errorf("DATA_DIR: %w", err)
	}
	if err := probe(o.DataDir); err != nil {
		return fmt.Errorf("DATA_DIR: %w", err)
	}
	path := filepath.Join(o.DataDir, "piata.db")
	writer, err := sql.Open("sqlite", sqliteDSN(path, "immediate", "synchronous(normal)", "cache_size(-16000)", "wal_autocheckpoint(4000)"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", sqliteDSN(path, "deferred", "query_only(1)", "cache_size(-4000)"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	readers := max(4, runtime.NumCPU())
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	s.write = s.observed(bun.NewDB(writer, sqlitedialect.New()))
	s.read = s.observed(bun.NewDB(reader, sqlitedialect.New()))
	return nil
}

// probe reports why nothing can be written into the folder; SQLite would only say that it cannot open its file.
func probe(folder string) error {
	f, err := os.CreateTemp(folder, ".probe-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// sqliteDSN sets the pragmas in the DSN because they belong to a connection, not to the pool; busy_timeout comes first so that the others wait.
func sqliteDSN(path, txlock string, pragmas ...string) string {
	q := url.Values{"_txlock": {txlock}, "_time_format": {"sqlite"}}
	q["_pragma"] = append([]string{
		"busy_timeout(5000)", "journal_mode(wal)", "foreign_keys(1)", "temp_store(2)", "mmap_size(67108864)",
	}, pragmas...)
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// openPostgres uses the simple protocol: bun writes arguments into the statement, so prepared statements would never be used twice.
func (s *Store) openPostgres(o Options) error {
	u, err := url.Parse(o.DatabaseURL)
	if err != nil {
		return errors.New("DATABASE_URL is not an address") // the reason would repeat a part of the password
	}
	q := u.Query()
	q.Set("default_query_exec_mode", "simple_protocol")
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", "5")
	}
	u.RawQuery = q.Encode()
	s.postgresURL = u.String()
	settings, err := pgx.ParseConfig(s.postgresURL)
	if err != nil {
		return errors.New("DATABASE_URL is not an address of a Postgres database")
	}
	pool := stdlib.OpenDB(*settings, stdlib.OptionAfterConnect(withoutJIT))
	const maxConns = 24
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxConns) // making one takes longer than most of what it is then asked
	pool.SetConnMaxIdleTime(time.Minute)
	s.write = s.observed(bun.NewDB(pool, pgdialect.New()))
	s.read = s.write
	return nil
}

// withoutJIT keeps Postgres from compiling statements: that takes longer than ours do. Not in the address, where some poolers refuse it.
func withoutJIT(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SET jit = off")
	return err
}

// Close ends all connections.
func (s *Store) Close() error {
	s.closed.Store(true)
	err := s.write.Close()
	if s.read != s.write {
		if rerr := s.read.Close(); err == nil {
			err = rerr
		}
	}
	return err
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	return s.classify(s.read.NewRaw("SELECT 1").Scan(ctx, &one))
}

// Catalog returns the categories and places; it does not change while the program runs.
func (s *Store) Catalog() *Catalog { return s.catalog }

// Changes counts what this process has written that visitors can see; caches compare it.
func (s *Store) Changes() int64 { return s.changes.Load() }

// now is the time as both databases can store it.
func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

func (s *Store) dialect() dialect.Name { return s.write.Dialect().Name() }

func (s *Store) sqlite() bool { return s.dialect() == dialect.SQLite }

// inTx runs fn in one write transaction; nothing but queries may happen inside.
func (s *Store) inTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	return s.classify(s.write.RunInTx(ctx, nil, fn))
}

// inPublicTx is inTx for what visitors can see.
func (s *Store) inPublicTx(ctx context.Context, fn func(ctx context.Context, tx bun.Tx) error) error {
	err := s.inTx(ctx, fn)
	if err == nil {
		s.changes.Add(1)
	}
	return err
}

// slowQuery is how long a query may take before the log says so.
const slowQuery = 200 * time.Millisecond

type queryHook struct{ log *slog.Logger }

// BeforeQuery implements bun.QueryHook.
func (queryHook) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

// AfterQuery logs slow queries by their shape; values stay out of the log because they may be personal. Of a query made from a model bun
// writes the values into the template too, so it is cut at the first text.
func (h queryHook) AfterQuery(ctx context.Context, e *bun.QueryEvent) {
	if d := time.Since(e.StartTime); d > slowQuery {
		template, _, _ := strings.Cut(e.QueryTemplate, "'")
		h.log.WarnContext(ctx, "slow query", slog.String("operation", e.Operation()), slog.String("template", template), slog.Duration("took", d))
	}
}

func (s *Store) observed(db *bun.DB) *bun.DB { return db.WithQueryHook(queryHook{log: s.log}) }
