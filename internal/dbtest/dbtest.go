// Package dbtest gives tests a database of their own: a file for SQLite, and for Postgres a fresh database on a temporary server that is
// started from the installed binaries, or on the server of TEST_DATABASE_URL. It is for tests only.
package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
)

// server is the Postgres that the tests of one process share.
type server struct {
	once   sync.Once
	err    error
	admin  *url.URL // connects to its maintenance database
	stop   func()
	serial atomic.Int64

	mu    sync.Mutex
	atEnd []func()
}

var shared server

// Main runs the tests and ends the temporary server afterwards: func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }.
func Main(m *testing.M) int {
	defer func() {
		for _, f := range slices.Backward(shared.atEnd) {
			f()
		}
		if shared.stop != nil {
			shared.stop()
		}
	}()
	return m.Run()
}

// Prepared is a database that a test fills once in a process; its tests get copies, which is much quicker than filling each.
type Prepared struct {
	fill func(databaseURL, dataDir string) error

	sqlite, postgres struct {
		once   sync.Once
		err    error
		source string // folder with the file, or name of the database
	}
}

// Prepare returns a database that fill opens, fills and closes when a test first asks for a copy. databaseURL is "" for SQLite, which
// lives in dataDir.
func Prepare(fill func(databaseURL, dataDir string) error) *Prepared { return &Prepared{fill: fill} }

// Each runs the test once with a copy on SQLite and once with a copy on Postgres.
func (p *Prepared) Each(t *testing.T, test func(t *testing.T, databaseURL, dataDir string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, "", p.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, p.Postgres(t), t.TempDir()) })
}

// SQLite returns a folder with a copy, which is removed after the test.
func (p *Prepared) SQLite(t testing.TB) string {
	t.Helper()
	p.sqlite.once.Do(func() {
		if p.sqlite.source, p.sqlite.err = os.MkdirTemp("", "piata-sqlite-"); p.sqlite.err == nil {
			AtEnd(func() { _ = os.RemoveAll(p.sqlite.source) })
			p.sqlite.err = p.fill("", p.sqlite.source)
		}
	})
	folder := t.TempDir()
	if err := errors.Join(p.sqlite.err, copyFiles(folder, p.sqlite.source)); err != nil {
		t.Fatalf("prepare SQLite: %v", err)
	}
	return folder
}

func copyFiles(to, from string) error {
	if from == "" {
		return nil
	}
	return os.CopyFS(to, os.DirFS(from))
}

// Postgres returns the address of a copy that is dropped after the test, and skips like the function of that name.
func (p *Prepared) Postgres(t testing.TB) string {
	t.Helper()
	start(t)
	p.postgres.once.Do(func() {
		name := newName()
		p.postgres.source = name
		if p.postgres.err = admin("CREATE DATABASE " + name); p.postgres.err == nil {
			AtEnd(func() { _ = drop(name) })
			p.postgres.err = p.fill(address(name), t.TempDir())
		}
	})
	if p.postgres.err != nil {
		t.Fatalf("prepare Postgres: %v", p.postgres.err)
	}
	return lend(t, " TEMPLATE "+p.postgres.source+"")
}

// AtEnd makes Main call f when all tests are over, the last given first: for what several benchmarks share.
func AtEnd(f func()) {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	shared.atEnd = append(shared.atEnd, f)
}

// Each runs the test once for SQLite and once for Postgres; databaseURL is "" for SQLite.
func Each(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, Postgres(t)) })
}

// Postgres returns the address of a new, empty database that is dropped after the test. Without Postgres the test is skipped, or fails
// where CI is set.
func Postgres(t testing.TB) string {
	t.Helper()
	start(t)
	return lend(t, "")
}

// lend creates a database that is dropped after the test.
func lend(t testing.TB, options string) string {
	t.Helper()
	name := newName()
	if err := admin("CREATE DATABASE " + name + options); err != nil {
		t.Fatalf("create database: %v", err)
	}
	t.Cleanup(func() {
		if err := drop(name); err != nil {
			t.Logf("drop database: %v", err)
		}
	})
	return address(name)
}

// LastingPostgres is like Postgres, but the database stays until the tests of the process are over.
func LastingPostgres(t testing.TB) string {
	t.Helper()
	start(t)
	name := newName()
	if err := admin("CREATE DATABASE " + name); err != nil {
		t.Fatalf("create database: %v", err)
	}
	AtEnd(func() { _ = drop(name) })
	return address(name)
}

// start makes sure that there is a server.
func start(t testing.TB) {
	t.Helper()
	shared.once.Do(func() { shared.err = shared.start() })
	if errors.Is(shared.err, errNoPostgres) && os.Getenv("CI") == "" {
		t.Skip("Postgres is not installed (initdb not found) and TEST_DATABASE_URL is not set")
	}
	if shared.err != nil {
		t.Fatalf("start Postgres: %v", shared.err)
	}
}

func newName() string {
	return fmt.Sprintf("piata_test_%d_%d", os.Getpid(), shared.serial.Add(1))
}

func address(name string) string {
	u := *shared.admin
	u.Path = "/" + name
	return u.String()
}

func drop(name string) error { return admin("DROP DATABASE " + name + " WITH (FORCE)") }

// admin runs a statement in the maintenance database.
func admin(query string) error {
	db, err := sql.Open("pgx", shared.admin.String())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(context.Background(), query)
	return err
}

var errNoPostgres = errors.New("initdb not found")

func (s *server) start() error {
	if v := os.Getenv("TEST_DATABASE_URL"); v != "" {
		u, err := url.Parse(v)
		s.admin = u
		return err
	}
	bin, err := findBinaries()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "piata-pg-") // short: a socket's path has at most 107 bytes
	if err != nil {
		return err
	}
	// No durability: the data ends with the tests.
	c := &Cluster{dir: dir, bin: bin, options: []string{"-c", "synchronous_commit=off"}}
	if err := c.create(); err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	s.admin = c.url()
	s.stop = func() {
		_ = c.end(syscall.SIGINT) // fast shutdown; the tests are over whatever it answers
		_ = os.RemoveAll(dir)
	}
	return nil
}
