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
	"strconv"
	"syscall"
	"testing"
	"time"
)

// Cluster is a Postgres server in a folder of its own.
type Cluster struct {
	dir, bin string
	options  []string
	run      *exec.Cmd // nil while it is down
}

// OwnCluster starts a server for one test, which may crash and restart it. What was committed outlives a crash. Without Postgres the
// test is skipped, or fails where CI is set.
func OwnCluster(t testing.TB) *Cluster {
	t.Helper()
	bin, err := findBinaries()
	if errors.Is(err, errNoPostgres) && os.Getenv("CI") == "" {
		t.Skip("Postgres is not installed (initdb not found)")
	}
	c := &Cluster{bin: bin}
	if err == nil {
		c.dir, err = os.MkdirTemp("", "piata-pg-")
	}
	if err == nil {
		t.Cleanup(func() {
			if c.run != nil {
				_ = c.end(syscall.SIGINT)
			}
			_ = os.RemoveAll(c.dir)
		})
		err = c.create()
	}
	if err != nil {
		t.Fatalf("start Postgres: %v", err)
	}
	return c
}

// Address is that of the server's database.
func (c *Cluster) Address() string { return c.url().String() }

// Crash ends the server at once, as when its machine's power fails.
func (c *Cluster) Crash(t testing.TB) {
	t.Helper()
	if err := c.end(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
}

// Restart starts the server again and returns when it answers.
func (c *Cluster) Restart(t testing.TB) {
	t.Helper()
	if err := c.start(); err != nil {
		t.Fatal(err)
	}
}

// create makes the data folder and starts the server. The folder's name is short: a socket's path has at most 107 bytes.
func (c *Cluster) create() error {
	attr, err := unprivileged(c.dir)
	if err != nil {
		return err
	}
	initdb := exec.Command(filepath.Join(c.bin, "initdb"), "-D", filepath.Join(c.dir, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, c.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return c.start()
}

func (c *Cluster) start() error {
	attr, err := unprivileged(c.dir)
	if err != nil {
		return err
	}
	run := exec.Command(filepath.Join(c.bin, "postgres"), append([]string{"-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB"}, c.options...)...)
	run.SysProcAttr, run.Dir = attr, c.dir
	if err := run.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	c.run = run
	return c.wait()
}

// end sends the signal and waits for the end; how the server takes it is its own affair.
func (c *Cluster) end(how syscall.Signal) error {
	err := c.run.Process.Signal(how)
	_ = c.run.Wait()
	c.run = nil
	return err
}

func (c *Cluster) url() *url.URL {
	return &url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {c.dir}}.Encode()}
}

func (c *Cluster) wait() error {
	db, err := sql.Open("pgx", c.url().String())
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
