package assets

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func testTree() fstest.MapFS {
	return fstest.MapFS{
		"css/_global.css":   file("@layer base;"),
		"css/base.css":      file(strings.Repeat("b{color:red}", 50)),
		"css/utilities.css": file("u{}"),
		"js/app.js":         file(strings.Repeat("console.log(1);", 50)),
		"fonts/a.woff2":     file(strings.Repeat("x", 500)),
		"img/a.svg":         file("<svg/>"),
	}
}

func testAssets(t *testing.T, tree fstest.MapFS) *Assets {
	t.Helper()
	a, err := New(tree)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestStylesheetIsJoinedInNameOrder(t *testing.T) {
	t.Parallel()
	a := testAssets(t, testTree())
	f, ok := a.Get("app.css")
	if !ok {
		t.Fatal("no app.css")
	}
	got := string(f.Variant(Identity).Body)
	if !strings.HasPrefix(got, "@layer base;\nb{") || !strings.HasSuffix(got, "u{}\n") {
		t.Errorf("got %q", got)
	}
	if _, ok := a.Get("css/base.css"); ok {
		t.Error("the parts of the stylesheet are served too")
	}
}

func TestHashFollowsTheContent(t *testing.T) {
	t.Parallel()
	first, again := testAssets(t, testTree()), testAssets(t, testTree())
	if first.Hash() != again.Hash() {
		t.Errorf("same tree: %s and %s", first.Hash(), again.Hash())
	}
	changed := testTree()
	changed["css/base.css"] = file("b{}")
	if other := testAssets(t, changed); other.Hash() == first.Hash() {
		t.Error("hash did not change with a stylesheet")
	}
	if got, want := first.URL("js/app.js"), "/static/"+first.Hash()+"/js/app.js"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	a := testAssets(t, testTree())
	tests := []struct {
		rest        string
		current, ok bool
	}{
		{a.Hash() + "/js/app.js", true, true},
		{"0ld/js/app.js", false, true},
		{a.Hash() + "/js/none.js", false, false},
		{a.Hash() + "/../secret", false, false},
		{"js", false, false},
		{"", false, false},
	}
	for _, tt := range tests {
		if f, current, ok := a.Find(tt.rest); current != tt.current || ok != tt.ok || ok && f == nil {
			t.Errorf("Find(%q) = %v, %v, want %v, %v", tt.rest, current, ok, tt.current, tt.ok)
		}
	}
}

func TestNegotiate(t *testing.T) {
	t.Parallel()
	a := testAssets(t, testTree())
	tests := []struct{ name, accept, want string }{
		{"js/app.js", "gzip, deflate, br, zstd", Brotli},
		{"js/app.js", "gzip;q=0.8, br;q=0", Gzip},
		{"js/app.js", "GZIP", Gzip},
		{"js/app.js", "br; q=0.5", Brotli},
		{"js/app.js", "br;q=nimic", Identity},
		{"js/app.js", "", Identity},
		{"js/app.js", "*", Identity},
		{"fonts/a.woff2", "br, gzip", Identity},
		{"img/a.svg", "gzip", Identity}, // would grow
	}
	for _, tt := range tests {
		f, _ := a.Get(tt.name)
		if got := f.Negotiate(tt.accept); got.Encoding != tt.want {
			t.Errorf("%s for %q: got %q, want %q", tt.name, tt.accept, got.Encoding, tt.want)
		}
	}
}

func TestVariantsUnpackToTheFile(t *testing.T) {
	t.Parallel()
	f, _ := testAssets(t, testTree()).Get("js/app.js")
	plain, gz, br := f.Variant(Identity), f.Variant(Gzip), f.Variant(Brotli)
	if plain.ETag == gz.ETag || gz.ETag == br.ETag || !strings.HasPrefix(br.ETag, `"`) {
		t.Errorf("tags %s %s %s", plain.ETag, gz.ETag, br.ETag)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(gz.Body))
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{"gzip": unzip, "brotli": brotli.NewReader(bytes.NewReader(br.Body))} {
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain.Body) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

func TestCompressStopsWithItsContext(t *testing.T) {
	t.Parallel()
	a := testAssets(t, testTree())
	if err := a.Compress(t.Context()); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.Compress(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"app.css": "text/css; charset=utf-8", "a.js": "text/javascript; charset=utf-8", "a.svg": "image/svg+xml", "a.png": "image/png",
		"a.ico": "image/x-icon", "a.woff2": "font/woff2", "OFL.txt": "text/plain; charset=utf-8", "a.webmanifest": "application/manifest+json", "LICENSE": "application/octet-stream",
	} {
		if got := contentType(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
