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
	address, drop := create(t)
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Logf("drop database: %v", err)
		}
	})
	return address
}

// LastingPostgres is like Postgres, but the database stays until the tests of the process are over.
func LastingPostgres(t testing.TB) string {
	t.Helper()
	address, drop := create(t)
	AtEnd(func() {
		if err := drop(); err != nil {
			fmt.Fprintln(os.Stderr, "drop database:", err)
		}
	})
	return address
}

// create makes a database and returns its address and what removes it.
func create(t testing.TB) (address string, drop func() error) {
	t.Helper()
	shared.once.Do(func() { shared.err = shared.start() })
	if errors.Is(shared.err, errNoPostgres) && os.Getenv("CI") == "" {
		t.Skip("Postgres is not installed (initdb not found) and TEST_DATABASE_URL is not set")
	}
	if shared.err != nil {
		t.Fatalf("start Postgres: %v", shared.err)
	}
	name := fmt.Sprintf("piata_test_%d_%d", os.Getpid(), shared.serial.Add(1))
	exec := func(query string) error {
		db, err := sql.Open("pgx", shared.admin.String())
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.ExecContext(context.Background(), query)
		return err
	}
	if err := exec("CREATE DATABASE " + name); err != nil {
		t.Fatalf("create database: %v", err)
	}
	u := *shared.admin
	u.Path = "/" + name
	return u.String(), func() error { return exec("DROP DATABASE " + name + " WITH (FORCE)") }
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
