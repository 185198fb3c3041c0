package models

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun/dialect"

	"piata.ro/internal/dbtest"
)

func TestMigrationNames(t *testing.T) {
	t.Parallel()
	names := func(d dialect.Name) []string {
		found, err := fs.Glob(embeddedMigrations(d), "*")
		if err != nil || len(found) == 0 {
			t.Fatalf("%v migrations: %v, %v", d, found, err)
		}
		return found
	}
	sqlite := names(dialect.SQLite)
	if diff := gocmp.Diff(sqlite, names(dialect.PG)); diff != "" {
		t.Errorf("names differ (-sqlite +postgres)\n%s", diff)
	}
	for _, name := range sqlite {
		if !strings.HasSuffix(name, migrationSuffix) {
			t.Errorf("%s does not end in %s and would never run", name, migrationSuffix)
		}
	}
}

// onlyIn are the columns that one database alone has, because their full-text indexes differ.
func onlyIn(column string) bool {
	return column == "listings.words" || strings.HasPrefix(column, "listing_words")
}

// columns lists table.column of everything in the database.
func columns(t *testing.T, s *Store) []string {
	t.Helper()
	query := "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
	if s.sqlite() {
		query = "SELECT m.name || '.' || c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'"
	}
	var out []string
	if err := s.read.NewRaw(query).Scan(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func TestSameColumns(t *testing.T) {
	t.Parallel()
	open := func(databaseURL string) []string {
		s, err := Open(t.Context(), Options{DatabaseURL: databaseURL, DataDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer closeStore(t, s)
		return slices.DeleteFunc(columns(t, s), onlyIn)
	}
	if diff := gocmp.Diff(open(""), open(dbtest.Postgres(t))); diff != "" {
		t.Errorf("columns differ (-sqlite +postgres)\n%s", diff)
	}
}

func TestFailingMigration(t *testing.T) {
	t.Parallel()
	file := func(sql string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(sql)} }
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		before := columns(t, s)
		bad := fstest.MapFS{
			"20270101000000_first.tx.up.sql":  file("CREATE TABLE first_one (id BIGINT PRIMARY KEY, note TEXT NOT NULL DEFAULT 'ce faci?');"),
			"20270101000001_second.tx.up.sql": file("CREATE TABLE second_one (id BIGINT PRIMARY KEY);\nALTER TABLE settings ADD COLUMN extra TEXT;\nINSERT INTO no_such_table VALUES (1);"),
			"20270101000002_third.tx.up.sql":  file("CREATE TABLE third_one (id BIGINT PRIMARY KEY);"),
		}
		err := s.migrate(t.Context(), bad)
		if err == nil || !strings.Contains(err.Error(), "20270101000001_second") {
			t.Errorf("error %v, want one that names the migration", err)
		}
		with := func(more ...string) []string {
			out := slices.Concat(before, more)
			slices.Sort(out)
			return out
		}
		first := with("first_one.id", "first_one.note")
		if diff := gocmp.Diff(first, columns(t, s)); diff != "" {
			t.Errorf("after the failure (-want +got)\n%s", diff)
		}
		applied, err := s.appliedMigrations(t.Context())
		if err != nil || !applied["20270101000000_first"] || applied["20270101000001_second"] || applied["20270101000002_third"] {
			t.Errorf("recorded: %v, %v", applied, err)
		}
		if err := s.migrate(t.Context(), bad); err == nil {
			t.Error("a second run of the failing migration reported success")
		}
		bad["20270101000001_second.tx.up.sql"] = file("CREATE TABLE second_one (id BIGINT PRIMARY KEY);")
		for range 2 { // the second time there is nothing to do
			if err := s.migrate(t.Context(), bad); err != nil {
				t.Fatal(err)
			}
		}
		if diff := gocmp.Diff(with("first_one.id", "first_one.note", "second_one.id", "third_one.id"), columns(t, s)); diff != "" {
			t.Errorf("after the repair (-want +got)\n%s", diff)
		}
	})
}

func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		folder := t.TempDir()
		stores := make([]*Store, 8)
		var wg sync.WaitGroup
		for i := range stores {
			wg.Go(func() {
				s, err := Open(context.Background(), Options{DatabaseURL: databaseURL, DataDir: folder})
				if err != nil {
					t.Errorf("store %d: %v", i, err)
					return
				}
				stores[i] = s
			})
		}
		wg.Wait()
		for i, s := range stores {
			if s == nil {
				continue
			}
			var categories int
			if err := s.read.NewRaw("SELECT count(*) FROM categories").Scan(t.Context(), &categories); err != nil || categories != 125 {
				t.Errorf("store %d: %d categories, %v", i, categories, err)
			}
			if _, err := s.EnsureUser(t.Context(), Identity{ClerkID: "user_ana", FirstName: "Ana"}); err != nil {
				t.Errorf("store %d: %v", i, err)
			}
			if err := s.Close(); err != nil {
				t.Errorf("close store %d: %v", i, err)
			}
		}
	})
}

func TestReopen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, databaseURL string) {
		folder := t.TempDir()
		open := func() *Store {
			t.Helper()
			s, err := Open(t.Context(), Options{DatabaseURL: databaseURL, DataDir: folder})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			return s
		}
		s := open()
		ana := mustUser(t, s, "ana")
		l := mustListing(t, s, ana, bicycle())
		before, bikes := columns(t, s), s.Catalog().Category("biciclete").ID
		// An older version of the reference data: another name, one attribute fewer, a place moved.
		for _, query := range []string{
			"UPDATE categories SET name = 'Velocipede', position = 99 WHERE slug = 'biciclete'", "DELETE FROM category_attributes WHERE key = 'roata'",
			"UPDATE localities SET lat = 0, name = 'Potaissa' WHERE slug = 'turda'", "UPDATE counties SET population = 1", "UPDATE settings SET value = 'old' WHERE name = 'reference_hash'",
		} {
			if _, err := s.write.ExecContext(t.Context(), query); err != nil {
				t.Fatal(err)
			}
		}
		again := open()
		if diff := gocmp.Diff(before, columns(t, again)); diff != "" {
			t.Errorf("columns after reopening (-before +after)\n%s", diff)
		}
		if got := again.Catalog().Category("biciclete").ID; got != bikes {
			t.Errorf("the category has number %d, had %d", got, bikes)
		}
		for query, want := range map[string]string{
			"SELECT name FROM categories WHERE slug = 'biciclete'":                                             "Biciclete",
			"SELECT name FROM localities WHERE slug = 'turda'":                                                 "Turda",
			"SELECT CAST(count(*) AS TEXT) FROM localities":                                                    "3187",
			"SELECT CAST(count(*) AS TEXT) FROM counties WHERE population > 1":                                 "42",
			"SELECT CAST(count(*) AS TEXT) FROM category_attributes":                                           "400",
			"SELECT CAST(count(*) AS TEXT) FROM localities WHERE name LIKE '%\u015f%' OR name LIKE '%\u0163%'": "0",
		} {
			var got string
			if err := again.read.NewRaw(query).Scan(t.Context(), &got); err != nil || got != want {
				t.Errorf("%s: %q, %v; want %q", query, got, err, want)
			}
		}
		if d := mustDetail(t, again, l.ID); d.Title != l.Title {
			t.Errorf("the listing is now %+v", d.Listing)
		}
	})
}

func TestReferenceData(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	subs := 0
	for _, top := range c.Top {
		subs += len(top.Subs)
		if top.IsLeaf() || len(top.Subs) == 0 {
			t.Errorf("top category %s has %d subcategories", top.Slug, len(top.Subs))
		}
		for _, sub := range top.Subs {
			if sub.Top() != top || !sub.IsLeaf() {
				t.Errorf("%s is under %s", sub.Slug, sub.Top().Slug)
			}
			for _, a := range sub.Attributes {
				if (a.Kind == KindSelect) != (len(a.Options) > 0) {
					t.Errorf("%s.%s is a %s with %d options", sub.Slug, a.Key, a.Kind, len(a.Options))
				}
			}
		}
	}
	if len(c.Top) != 15 || subs != 110 || len(c.Counties) != 42 || len(c.localities) != 3187 {
		t.Errorf("%d top, %d sub, %d counties, %d localities", len(c.Top), subs, len(c.Counties), len(c.localities))
	}
	cluj, turda := c.Locality("Cluj-Napoca", nil), c.Locality("Turda", nil)
	if km := cluj.Distance(turda); km < 20 || km > 35 {
		t.Errorf("Cluj-Napoca to Turda: %.1f km", km)
	}
	around := c.Around(cluj, 40)
	if around[0].Locality != cluj || !slices.IsSortedFunc(around, func(a, b Near) int { return cmp.Compare(a.Km, b.Km) }) {
		t.Errorf("Around begins with %s", around[0].Name)
	}
	n := 0
	for _, l := range c.localities {
		if cluj.Distance(l) <= 40 {
			n++
		}
	}
	if len(around) != n {
		t.Errorf("Around found %d of %d", len(around), n)
	}
	if got := len(c.Inside(c.Locality("București", nil))); got != 7 {
		t.Errorf("Bucharest covers %d localities, want itself and six sectors", got)
	}
}

func TestUnwritableDataDir(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(folder, "read-only")
	if err := os.Mkdir(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(folder, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "piata.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below"), readOnly, taken, "\x00"} {
		if dir == readOnly && os.Getuid() == 0 {
			continue // root writes anywhere
		}
		s, err := Open(t.Context(), Options{DataDir: dir})
		if err == nil {
			_ = s.Close()
			t.Errorf("Open in %q succeeded", dir)
		} else if !strings.Contains(err.Error(), "DATA_DIR") {
			t.Errorf("Open in %q: %v; want it to name DATA_DIR", dir, err)
		}
	}
}
