// Package assets prepares the static files for serving: one stylesheet joined from many small ones, addresses that
// change with the content, compressed forms and entity tags. It serves nothing itself.
package assets

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

const (
	// Prefix is the path below which the files are served.
	Prefix = "/static/"
	// Stylesheet is the name of all of css/*.css joined; it stands at the top so that url(fonts/…) resolves below the hash.
	Stylesheet = "app.css"

	cssDir = "css"
)

// Assets is the static tree. It does not change after New and is safe for concurrent use.
type Assets struct {
	files map[string]*File
	names []string // in the order of the tree, for Compress
	hash  string
}

// New reads the tree and joins css/*.css in name order. Nothing is compressed yet.
func New(static fs.FS) (*Assets, error) {
	a := &Assets{files: map[string]*File{}}
	var sheet bytes.Buffer
	err := fs.WalkDir(static, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		if path.Dir(name) == cssDir && path.Ext(name) == ".css" {
			sheet.Write(body)
			sheet.WriteByte('\n')
			return nil
		}
		a.add(name, body)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	if sheet.Len() > 0 {
		a.add(Stylesheet, sheet.Bytes())
	}
	a.hash = a.treeHash()
	return a, nil
}

func (a *Assets) add(name string, body []byte) {
	a.files[name] = newFile(name, body)
	a.names = append(a.names, name)
}

// treeHash covers names and contents. WalkDir is ordered, so the same tree gives the same hash everywhere.
func (a *Assets) treeHash() string {
	h := sha256.New()
	for _, name := range a.names {
		f := a.files[name]
		fmt.Fprintf(h, "%s %d %s\n", name, len(f.body), f.etag)
	}
	return hex.EncodeToString(h.Sum(nil))[:10]
}

// Hash is the part of every address that changes when any file does, e.g. "3f9a2c41d0".
func (a *Assets) Hash() string { return a.hash }

// URL is the address of the file called name ("js/app.js"), good for ever because it holds the hash.
func (a *Assets) URL(name string) string { return Prefix + a.hash + "/" + name }

// Get returns the file called name ("app.css").
func (a *Assets) Get(name string) (*File, bool) {
	f, ok := a.files[name]
	return f, ok
}

// Find returns the file for what follows Prefix in an address ("3f9a2c41d0/js/app.js"). current tells whether the
// hash is the present one; only then may the answer be kept for ever. Pages from before an update ask with the old
// hash and get today's file.
func (a *Assets) Find(rest string) (f *File, current, ok bool) {
	hash, name, found := strings.Cut(rest, "/")
	if !found {
		return nil, false, false
	}
	f, ok = a.files[name]
	return f, ok && hash == a.hash, ok
}

// Compress prepares the compressed forms of all files, so that no visitor waits for one. It is meant to run in the
// background after the start and returns early when ctx ends.
func (a *Assets) Compress(ctx context.Context) error {
	for _, name := range a.names {
		for _, encoding := range [...]string{Brotli, Gzip} {
			if err := ctx.Err(); err != nil {
				return err
			}
			a.files[name].Variant(encoding)
		}
	}
	return nil
}

// contentType does not ask the machine's MIME tables, which differ from one to the next.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".webmanifest":
		return "application/manifest+json"
	}
	return "application/octet-stream"
}
