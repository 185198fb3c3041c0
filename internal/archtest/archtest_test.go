package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	module = "piata.ro"
	root   = "../.."
)

// mayImport lists for each package which of ours it may import, tests excepted. A new package gets its line here.
var mayImport = map[string][]string{
	// The top: main wires everything, handlers know everything that answers a request.
	"": {"handlers", "models", "internal/apperr", "internal/assets", "internal/assistant", "internal/auth", "internal/bulk", "internal/clerkdev", "internal/config", "internal/jobs",
		"internal/mail", "internal/metrics", "internal/photos", "internal/ratelimit", "internal/render", "internal/seed", "internal/text", "internal/urls"},
	"handlers": {"models", "internal/apperr", "internal/assets", "internal/assistant", "internal/auth", "internal/chart", "internal/config", "internal/events", "internal/jobs", "internal/linkguard", "internal/mail", "internal/metrics", "internal/photos", "internal/preview", "internal/ratelimit", "internal/render",
		"internal/search", "internal/text", "internal/urls"},

	// Capabilities beside each other; those that need the data stand on models.
	"internal/assets":           {},
	"internal/auth":             {"models", "internal/apperr", "internal/text", "internal/urls"},
	"internal/chart":            {},
	"internal/bulk":             {"models", "internal/apperr", "internal/photos", "internal/text"},
	"internal/clerkdev":         {},
	"internal/linkguard":        {"internal/text"},
	"internal/events":           {},
	"internal/jobs":             {"models"},
	"internal/mail":             {},
	"internal/mail/mailtest":    {},
	"internal/metrics":          {},
	"internal/photos":           {"internal/apperr", "internal/photos/webp"},
	"internal/photos/phototest": {},
	"internal/photos/webp":      {},
	"internal/preview":          {},
	"internal/ratelimit":        {},
	"internal/render":           {"models", "internal/assets", "internal/text", "internal/urls"},
	"internal/seed":             {"models", "internal/seed/draw", "internal/text"},
	"internal/seed/draw":        {},

	"internal/assistant":               {"internal/apperr", "internal/text"},
	"internal/assistant/fakellm":       {},
	"internal/assistant/fakellm/serve": {"internal/assistant/fakellm"},

	// The data and, below it, the leaves.
	"models":          {"internal/apperr", "internal/search", "internal/text", "internal/urls"},
	"internal/search": {"internal/text"},
	"internal/apperr": {},
	"internal/config": {},
	"internal/text":   {},
	"internal/urls":   {},

	// For tests only.
	"internal/archtest": {},
	"internal/dbtest":   {},
	"internal/htmltest": {},
}

// homes says where a family of packages may be imported, tests excepted. A family covers everything below its path.
var homes = map[string][]string{
	"github.com/gofiber/fiber":            {"", "handlers"},
	"github.com/valyala/fasthttp":         {"", "handlers"},
	"github.com/gofiber/template":         {"internal/render"},
	"html/template":                       {"handlers", "internal/clerkdev", "internal/render"},
	"github.com/uptrace/bun":              {"models"},
	"github.com/jackc/pgx":                {"models", "internal/dbtest"},
	"modernc.org/sqlite":                  {"models"},
	"database/sql":                        {"models", "internal/dbtest"},
	"github.com/clerk":                    {"internal/auth"},
	"github.com/go-jose":                  {"internal/auth"},
	"github.com/gen2brain":                {"internal/photos", "internal/photos/webp", "internal/seed", "internal/seed/draw"},
	"github.com/tetratelabs/wazero":       {"internal/photos", "internal/photos/webp"},
	"golang.org/x/image":                  {"internal/photos", "internal/preview", "internal/seed", "internal/seed/draw"},
	"image":                               {"", "internal/photos", "internal/photos/phototest", "internal/photos/webp", "internal/preview", "internal/seed", "internal/seed/draw"},
	"github.com/blevesearch/snowballstem": {"internal/search"},
	"github.com/PuerkitoBio/goquery":      {"internal/htmltest"},
	"github.com/wneessen/go-mail":         {"internal/mail"},
	"github.com/sashabaranov/go-openai":   {"internal/assistant"},
	"github.com/yuin/goldmark":            {"internal/assistant"},
	"github.com/microcosm-cc/bluemonday":  {"internal/assistant"},
	"github.com/chromedp":                 {},
	"net/http":                            {"", "handlers", "internal/assistant", "internal/assistant/fakellm", "internal/assistant/fakellm/serve", "internal/auth", "internal/bulk", "internal/clerkdev", "internal/metrics", "internal/photos", "internal/render"}, // the template engine takes a http.FileSystem; models know nothing of HTTP
}

// standardOnly are the leaves: besides ours, only the standard library.
var standardOnly = []string{"internal/apperr", "internal/chart", "internal/config", "internal/text", "internal/urls", "internal/clerkdev", "internal/ratelimit", "internal/jobs", "internal/events"}

type goPackage struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

// short is the path inside the module; "" is main.
func (p goPackage) short() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// goList runs go list in the root of the module. Packages that do not build yet are listed all the same.
func goList(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-e", "-json=ImportPath,Name,Imports,TestImports,XTestImports"}, args...)...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, stderr.String())
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func within(path, family string) bool {
	return path == family || strings.HasPrefix(path, family+"/")
}

func TestImports(t *testing.T) {
	t.Parallel()
	packages := goList(t, "./...")
	if len(packages) < 10 {
		t.Fatalf("only %d packages", len(packages))
	}
	for _, p := range packages {
		allowed, known := mayImport[p.short()]
		if !known {
			t.Errorf("%s has no line in mayImport: say there what it may import", p.ImportPath)
			continue
		}
		for _, path := range p.Imports {
			ours, isOurs := strings.CutPrefix(path, module+"/")
			if isOurs && !slices.Contains(allowed, ours) {
				t.Errorf("%s must not import %s", p.ImportPath, path)
			}
			for family, home := range homes {
				if within(path, family) && !slices.Contains(home, p.short()) {
					t.Errorf("%s must not import %s: its home is %q", p.ImportPath, path, home)
				}
			}
			if first, _, _ := strings.Cut(path, "/"); !isOurs && strings.Contains(first, ".") && slices.Contains(standardOnly, p.short()) {
				t.Errorf("%s must not import %s: it keeps to the standard library", p.ImportPath, path)
			}
		}
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			if path == module+"/handlers" && p.short() != "" && p.short() != "handlers" {
				t.Errorf("the tests of %s must not import %s", p.ImportPath, path)
			}
		}
	}
}

// What only tests need must not get into the program.
func TestProgramHasNoTestCode(t *testing.T) {
	t.Parallel()
	for _, p := range goList(t, "-deps", ".") {
		switch {
		case within(p.ImportPath, module) && strings.HasSuffix(p.ImportPath, "test"), within(p.ImportPath, "github.com/google/go-cmp"):
			t.Errorf("the program contains %s", p.ImportPath)
		}
	}
}

// The table of folders in README.md names every package and every file of main, and nothing that is not there.
func TestReadmeNamesTheFolders(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "\n## Where things are\n")
	table, _, _ = strings.Cut(table, "\nTo find a page")
	var listed []string
	for _, name := range regexp.MustCompile("\\n\\| (`.*?) \\|").FindAllStringSubmatch(table, -1) {
		for path := range strings.SplitSeq(name[1], ", ") {
			path = strings.TrimSuffix(strings.Trim(path, "`"), "/")
			listed = append(listed, path)
			if _, err := os.Stat(filepath.Join(root, path)); err != nil {
				t.Errorf("README.md names %s: %v", path, err)
			}
		}
	}
	want, err := fs.Glob(os.DirFS(root), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	want = slices.DeleteFunc(want, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	for _, p := range goList(t, "./...") {
		want = append(want, p.short())
	}
	for _, path := range want {
		if path != "" && !slices.ContainsFunc(listed, func(l string) bool { return within(path, l) }) {
			t.Errorf("the table of folders in README.md lacks %s", path)
		}
	}
}

// The letters of old keyboards: Romanian is written with a comma below. Packages that translate them may hold them.
func TestNoCedilla(t *testing.T) {
	t.Parallel()
	const cedilla = "\u015e\u015f\u0162\u0163"
	files := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		if entry.IsDir() {
			if entry.Name() == "testdata" || entry.Name() == ".git" || entry.Name() == "node_modules" || inside == "data" || within(inside, "internal/text") || within(inside, "internal/search") {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".html", ".css", ".js", ".txt", ".sql", ".csv", ".md"}, filepath.Ext(path)) {
			return nil
		}
		files++
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(body), "\n") {
			if strings.ContainsAny(line, cedilla) {
				t.Errorf("%s:%d has a letter with a cedilla", inside, i+1)
			}
		}
		return nil
	})
	if err != nil || files < 50 {
		t.Errorf("looked at %d files, %v", files, err)
	}
}
