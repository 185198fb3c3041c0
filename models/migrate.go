package models

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrationFiles embed.FS

const migrationSuffix = ".tx.up.sql"

func embeddedMigrations(name dialect.Name) fs.FS {
	folder := "migrations/sqlite"
	if name == dialect.PG {
		folder = "migrations/postgres"
	}
	sub, err := fs.Sub(migrationFiles, folder)
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// migrationLock is the key of the Postgres advisory lock that lets one process at a time migrate.
const migrationLock = 0x7069617461 // "piata"

// migrate applies the files that are not yet recorded, in name order. Each file and its record share one transaction that starts by
// taking the lock, so a failure leaves no trace and two processes cannot clash.
func (s *Store) migrate(ctx context.Context, files fs.FS) error {
	names, err := fs.Glob(files, "*"+migrationSuffix)
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	applied, err := s.appliedMigrations(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		id := strings.TrimSuffix(path.Base(name), migrationSuffix)
		if applied[id] {
			continue
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read migration %s: %w", id, err)
		}
		if err := s.applyMigration(ctx, id, string(body)); err != nil {
			return fmt.Errorf("migration %s: %w", id, err)
		}
	}
	return nil
}

// appliedMigrations returns the recorded ids; it creates the table of records when it is missing.
func (s *Store) appliedMigrations(ctx context.Context) (map[string]bool, error) {
	err := s.inLockedTx(ctx, func(tx bun.Tx) error {
		_, err := tx.Tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("prepare migrations: %w", err)
	}
	var ids []string
	if err := s.write.NewRaw("SELECT id FROM schema_migrations").Scan(ctx, &ids); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	applied := make(map[string]bool, len(ids))
	for _, id := range ids {
		applied[id] = true
	}
	return applied, nil
}

func (s *Store) applyMigration(ctx context.Context, id, body string) error {
	return s.inLockedTx(ctx, func(tx bun.Tx) error {
		var done int
		if err := tx.NewRaw("SELECT count(*) FROM schema_migrations WHERE id = ?", id).Scan(ctx, &done); err != nil {
			return err
		}
		if done > 0 { // another process was quicker
			return nil
		}
		// Straight to the driver: bun would take a question mark in the SQL for a placeholder.
		if _, err := tx.Tx.ExecContext(ctx, body); err != nil {
			return err
		}
		_, err := tx.NewRaw("INSERT INTO schema_migrations (id, applied_at) VALUES (?, ?)", id, s.now().Format("2006-01-02T15:04:05Z")).Exec(ctx)
		return err
	})
}

// lockAttempts is how often a start waits for the busy_timeout of another process that is migrating.
const lockAttempts = 12

// inLockedTx runs fn while no other process can: SQLite's writer transactions lock at once, Postgres takes an advisory lock.
func (s *Store) inLockedTx(ctx context.Context, fn func(tx bun.Tx) error) error {
	var err error
	for range lockAttempts {
		if err = s.lockedTx(ctx, fn); sqliteCode(err)&0xff != sqlite3.SQLITE_BUSY {
			return err
		}
	}
	return err
}

func (s *Store) lockedTx(ctx context.Context, fn func(tx bun.Tx) error) error {
	return s.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if !s.sqlite() {
			if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", migrationLock).Exec(ctx); err != nil {
				return err
			}
		}
		return fn(tx)
	})
}
