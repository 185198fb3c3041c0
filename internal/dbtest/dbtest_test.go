package dbtest

import (
	"database/sql"
	"os"
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
