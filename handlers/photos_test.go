package handlers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"piata.ro/internal/photos"
	"piata.ro/internal/photos/phototest"
)

// failingStorage stores so many files and then fails.
type failingStorage struct {
	photos.Storage
	left atomic.Int64
	err  error
}

func (s *failingStorage) Put(ctx context.Context, name string, data []byte) (bool, error) {
	if s.left.Add(-1) < 0 {
		return false, s.err
	}
	return s.Storage.Put(ctx, name, data)
}

func (s *failingStorage) Open(ctx context.Context, name string) (io.ReadSeekCloser, photos.Info, error) {
	if s.left.Load() < 0 {
		return nil, photos.Info{}, s.err
	}
	return s.Storage.Open(ctx, name)
}

// failAfter makes the storage fail with err after n files.
func failAfter(n int64, err error, storage **failingStorage) siteOption {
	return func(p *siteParts) {
		*storage = &failingStorage{Storage: p.storage, err: err}
		(*storage).left.Store(n)
		p.storage = *storage
	}
}

// TestStorageFails: when a photo cannot be stored nothing is, and the answer says why.
func TestStorageFails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		err      error
		status   int
		sentence string
	}{
		{"full disk", fmt.Errorf("write: %w", syscall.ENOSPC), http.StatusInsufficientStorage, "discul e plin"},
		{"full quota", fmt.Errorf("write: %w", syscall.EDQUOT), http.StatusInsufficientStorage, "discul e plin"},
		{"broken disk", fmt.Errorf("write: %w", syscall.EIO), http.StatusServiceUnavailable, "Nu putem salva fotografii acum"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var storage *failingStorage
			site := newTestSite(t, failAfter(4, tt.err, &storage)) // the second photo's second width
			seller := site.as(t, "Ana")
			res := seller.upload(t, "/adauga-anunt/", bicycleForm(), picture(0), picture(1)).status(t, tt.status)
			res.doc(t).Has(t, "main", tt.sentence)
			if strings.Contains(res.body, "write:") || strings.Contains(res.body, "no space") {
				t.Error("the page tells the cause")
			}
			if tt.status == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			site.wantRows(t, "listings", 0)
			site.wantRows(t, "photos", 0)
			site.wantRows(t, "form_drafts", 0)
			if files := site.files(t); len(files) > 3 { // the first photo waits for the sweep
				t.Errorf("files %q", files)
			}
			if left, err := os.ReadDir(filepath.Join(site.dir, "photos", "tmp")); err != nil || len(left) > 0 {
				t.Errorf("temporary files %v, %v", left, err)
			}
			storage.left.Store(100)
			seller.upload(t, "/adauga-anunt/", bicycleForm(), picture(0), picture(1)).status(t, http.StatusSeeOther)
		})
	}
}

// TestTempDirFails: the folder where uploads wait can fail too.
func TestTempDirFails(t *testing.T) {
	t.Parallel()
	site := newTestSite(t, func(p *siteParts) { p.photos.TempDir = filepath.Join(p.config.DataDir, "nowhere") })
	seller := site.as(t, "Ana")
	if res := seller.upload(t, "/adauga-anunt/", bicycleForm(), picture(0)).status(t, http.StatusServiceUnavailable); res.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	seller.upload(t, "/adauga-anunt/", bicycleForm()).status(t, http.StatusSeeOther)
}

func TestServePhoto(t *testing.T) {
	t.Parallel()
	var storage *failingStorage
	site := newTestSite(t, failAfter(100, syscall.EIO, &storage))
	seller, visitor := site.as(t, "Ana"), site.visitor()
	address, _ := seller.publish(t, bicycleForm(), phototest.JPEG(900, 400, phototest.Exif{}))
	src := visitor.get(t, address).doc(t).Attr(".gallery img", "src")
	hash := strings.TrimPrefix(src, "/foto/")[:32]
	sizes := map[string]int{}
	for _, width := range []string{"400", "800", "1600"} {
		res := visitor.get(t, "/foto/"+hash+"-"+width+".jpg").status(t, http.StatusOK)
		sizes[width] = len(res.body)
		if res.Header.Get("Content-Type") != "image/jpeg" || res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || !strings.Contains(res.Header.Get("Vary"), "Accept") {
			t.Errorf("headers %v", res.Header)
		}
		if res.Header.Get("Set-Cookie") != "" || res.ContentLength != int64(len(res.body)) {
			t.Errorf("headers %v", res.Header)
		}
		etag := res.Header.Get("Etag")
		again := visitor.with("If-None-Match", etag).get(t, "/foto/"+hash+"-"+width+".jpg").status(t, http.StatusNotModified)
		if again.body != "" || again.Header.Get("Etag") != etag {
			t.Errorf("not modified: %v %d bytes", again.Header, len(again.body))
		}
	}
	if sizes["400"] >= sizes["800"] || sizes["800"] >= sizes["1600"] {
		t.Errorf("sizes %v", sizes)
	}
	if _, err := storage.Put(t.Context(), photos.Name(hash, 800, photos.WebP), []byte("RIFF as the encoder would write")); err != nil {
		t.Fatal(err)
	}
	webp := visitor.with("Accept", "image/avif,image/webp,*/*").get(t, "/foto/"+hash+"-800.jpg").status(t, http.StatusOK)
	if webp.Header.Get("Content-Type") != "image/webp" || !strings.HasPrefix(webp.body, "RIFF") {
		t.Errorf("asked for WebP, got %q", webp.Header.Get("Content-Type"))
	}
	visitor.get(t, "/foto/"+hash+"-800.jpg").status(t, http.StatusOK)
	for _, name := range []string{hash, hash + "-801.jpg", hash + "-800.png", strings.ToUpper(hash) + "-800.jpg", strings.Repeat("0", 32) + "-800.jpg", "../piata.db", "..%2fpiata.db",
		hash[:2] + "/" + hash + "-800.jpg", "tmp", "", "%00" + hash + "-800.jpg", hash + "-800.jpg%00", hash + "-800.jpg/"} {
		if res := visitor.get(t, "/foto/"+name); res.StatusCode != http.StatusNotFound {
			t.Errorf("/foto/%s: %d", name, res.StatusCode)
		}
	}
	storage.left.Store(-1)
	if res := visitor.get(t, "/foto/"+hash+"-800.jpg"); res.StatusCode != http.StatusServiceUnavailable || strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("broken storage: %d %v", res.StatusCode, res.Header)
	}
}

func TestPhotoTally(t *testing.T) {
	t.Parallel()
	for want, tally := range map[string]photoTally{
		"":                                   {},
		"Am îndreptat o fotografie.":         {turned: 1},
		"Am șters locația din 3 fotografii.": {located: 3},
		"Am îndreptat o fotografie și am șters locația din ea.":            {turned: 1, located: 1},
		"Am îndreptat 2 fotografii și am șters locația din ele.":           {turned: 2, located: 2},
		"Am îndreptat 2 fotografii și am șters locația din o fotografie.":  {turned: 2, located: 1},
		"Am îndreptat o fotografie și am șters locația din 12 fotografii.": {turned: 1, located: 12},
	} {
		if got := tally.sentence(); got != want {
			t.Errorf("%+v: %q, want %q", tally, got, want)
		}
	}
}
