package dbtest

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

func open(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestPostgresIsFresh(t *testing.T) {
	t.Parallel()
	var first string
	t.Run("lent", func(t *testing.T) {
		first = Postgres(t)
		second := Postgres(t)
		if first == second {
			t.Fatalf("the same database twice: %s", first)
		}
		if _, err := open(t, first).ExecContext(t.Context(), "CREATE TABLE mark (id BIGINT)"); err != nil {
			t.Fatal(err)
		}
		var tables int
		if err := open(t, second).QueryRowContext(t.Context(), "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").Scan(&tables); err != nil || tables != 0 {
			t.Errorf("a new database has %d tables, %v", tables, err)
		}
	})
	if t.Failed() || first == "" {
		return
	}
	if err := open(t, first).PingContext(t.Context()); err == nil {
		t.Error("the database is still there after its test")
	}
}

func TestLastingPostgres(t *testing.T) {
	t.Parallel()
	var address string
	t.Run("lent", func(t *testing.T) { address = LastingPostgres(t) })
	if address == "" {
		t.Skip("no Postgres")
	}
	if err := open(t, address).PingContext(t.Context()); err != nil {
		t.Errorf("the database left with its test: %v", err)
	}
}

func TestEach(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, databaseURL string) {
		if (databaseURL == "") != (t.Name() == "TestEach/sqlite") {
			t.Errorf("%s has the address %q", t.Name(), databaseURL)
		}
	})
}

func TestPrepared(t *testing.T) {
	t.Parallel()
	fills := 0
	p := Prepare(func(databaseURL, dataDir string) error {
		fills++
		if databaseURL == "" {
			return os.WriteFile(filepath.Join(dataDir, "mark"), []byte("x"), 0o600)
		}
		db, err := sql.Open("pgx", databaseURL)
		if err != nil {
			return err
		}
		_, err = db.ExecContext(t.Context(), "CREATE TABLE mark (id BIGINT)")
		return errors.Join(err, db.Close())
	})
	for range 2 { // the second copy knows nothing of what happened to the first
		mark := filepath.Join(p.SQLite(t), "mark")
		if err := os.Remove(mark); err != nil {
			t.Error(err)
		}
		if _, err := open(t, p.Postgres(t)).ExecContext(t.Context(), "DROP TABLE mark"); err != nil {
			t.Error(err)
		}
	}
	if fills != 2 {
		t.Errorf("filled %d times, want once for each database", fills)
	}
}
