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
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

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
	if err := s.startIn(dir, bin); err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	return nil
}

func (s *server) startIn(dir, bin string) error {
	attr, err := unprivileged(dir)
	if err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	// No durability: the data ends with the tests.
	run := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	run.SysProcAttr, run.Dir = attr, dir
	if err := run.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	s.stop = func() {
		_ = run.Process.Signal(syscall.SIGINT) // fast shutdown; the tests are over whatever it answers
		_ = run.Wait()
		_ = os.RemoveAll(dir)
	}
	s.admin = &url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	return s.wait()
}

func (s *server) wait() error {
	db, err := sql.Open("pgx", s.admin.String())
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w", err)
		case <-ticker.C:
		}
	}
}

func findBinaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errNoPostgres
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged makes the server run as the user postgres when the tests run as root, which Postgres refuses, and gives it the folder.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return attr, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("tests run as root and there is no user postgres: %w", err)
	}
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(account.Gid)
	if err != nil {
		return nil, err
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(dir, uid, gid)
}
