package photos

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/photos/phototest"
)

const someHash = "0123456789abcdef0123456789abcdef"

func TestParseName(t *testing.T) {
	t.Parallel()
	for _, width := range Widths {
		for _, format := range []string{JPEG, WebP} {
			hash, w, f, ok := ParseName(Name(someHash, width, format))
			if hash != someHash || w != width || f != format || !ok {
				t.Errorf("ParseName of %d %s: %s %d %s %v", width, format, hash, w, f, ok)
			}
		}
	}
	for _, bad := range []string{
		"", someHash, someHash + "-900.jpg", someHash + "-800.png", "../" + someHash + "-800.jpg",
		strings.ToUpper(someHash) + "-800.jpg", someHash + "-800.jpg\n", someHash + "-800.jpg/..",
	} {
		if _, _, _, ok := ParseName(bad); ok {
			t.Errorf("ParseName(%q) is ok", bad)
		}
	}
}

func TestDisk(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	disk, err := NewDisk(filepath.Join(t.TempDir(), "new", "folder"))
	if err != nil {
		t.Fatal(err)
	}
	name := Name(someHash, 800, JPEG)
	if _, _, err := disk.Open(ctx, name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open before Put: %v", err)
	}
	if err := disk.Delete(ctx, name); err != nil {
		t.Errorf("Delete before Put: %v", err)
	}
	for i, wantCreated := range []bool{true, false} {
		created, err := disk.Put(ctx, name, []byte("picture"))
		if created != wantCreated || err != nil {
			t.Errorf("Put %d: created %v, %v", i, created, err)
		}
	}
	file, info, err := disk.Open(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(file)
	if string(data) != "picture" || err != nil || info.Size != 7 || info.Name != name {
		t.Errorf("read %q, %v, %+v", data, err, info)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	if got := filesIn(t, disk); len(got) != 1 {
		t.Errorf("files %v", got)
	}
	if _, err := os.Stat(filepath.Join(disk.dir, "01", name)); err != nil {
		t.Errorf("not in its subfolder: %v", err)
	}
	if err := disk.Delete(ctx, name); err != nil {
		t.Error(err)
	}
	if got := filesIn(t, disk); len(got) != 0 {
		t.Errorf("files %v after Delete", got)
	}
}

func TestDiskPutMakesNew(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	name := Name(someHash, 800, JPEG)
	put := func() {
		if _, err := disk.Put(t.Context(), name, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	put()
	age(t, disk, time.Now().Add(-time.Hour))
	put()
	file, info, err := disk.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if time.Since(info.ModTime) > time.Minute {
		t.Errorf("modified %v", info.ModTime)
	}
}

func TestDiskRefusesNames(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	for _, name := range []string{"", "..", "../x", "/etc/passwd", "tmp/x", "ab/cd.jpg", "photo.jpg", someHash} {
		if _, err := disk.Put(t.Context(), name, nil); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Put %q: %v", name, err)
		}
		if _, _, err := disk.Open(t.Context(), name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open %q: %v", name, err)
		}
	}
}

func TestDiskFailedPutLeavesNothing(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	name := Name(someHash, 800, JPEG)
	inTheWay := filepath.Join(disk.dir, "01", name)
	if err := os.MkdirAll(inTheWay, 0o755); err != nil { // a folder that a rename cannot replace
		t.Fatal(err)
	}
	if created, err := disk.Put(t.Context(), name, []byte("picture")); created || err == nil {
		t.Errorf("Put: created %v, %v", created, err)
	}
	if got := filesIn(t, disk); len(got) != 0 {
		t.Errorf("left %v", got)
	}
}

// faulty is a storage whose n-th Put fails after storing nothing.
type faulty struct {
	Storage
	failAt int32
	err    error
	puts   atomic.Int32
}

func (f *faulty) Put(ctx context.Context, name string, data []byte) (bool, error) {
	if f.puts.Add(1) == f.failAt {
		return false, f.err
	}
	return f.Storage.Put(ctx, name, data)
}

func TestSaveFailureRemovesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	full := &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	picture := phototest.JPEG(90, 60, phototest.Exif{})
	for failAt := int32(1); failAt <= 3; failAt++ {
		_, disk := newDisk(t)
		p := New(&faulty{Storage: disk, failAt: failAt, err: full}, Options{TempDir: disk.TempDir()})
		if _, err := p.Save(t.Context(), bytes.NewReader(picture)); !errors.Is(err, ErrNoSpace) || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("failing Put %d: %v", failAt, err)
		}
		if got := filesIn(t, disk); len(got) != 0 {
			t.Errorf("failing Put %d left %v", failAt, got)
		}

		saved := save(t, p, picture) // works now, and is there from before for the next
		p = New(&faulty{Storage: disk, failAt: failAt, err: full}, Options{TempDir: disk.TempDir()})
		if _, err := p.Save(t.Context(), bytes.NewReader(picture)); !errors.Is(err, ErrNoSpace) {
			t.Errorf("failing Put %d again: %v", failAt, err)
		}
		if got := filesIn(t, disk); len(got) != 3 {
			t.Errorf("failing Put %d of known %s left only %v", failAt, saved.Hash, got)
		}
	}
}

func TestSpoolOnFullDisk(t *testing.T) {
	t.Parallel()
	_, disk := newDisk(t)
	p := New(disk, Options{TempDir: filepath.Join(disk.dir, "missing")})
	if _, err := p.Save(t.Context(), strings.NewReader("x")); err == nil || errors.Is(err, ErrNotAPicture) {
		t.Errorf("error %v", err)
	}
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if err := spaceError(&fs.PathError{Err: cause}); !errors.Is(err, ErrNoSpace) {
			t.Errorf("%v is not recognised", cause)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	p, _ := newDisk(t)
	t.Cleanup(func() { _ = p.Close(context.Background()) })
	saved := save(t, p, phototest.JPEG(900, 600, phototest.Exif{}))
	for _, c := range []struct {
		hash  string
		width int
	}{{saved.Hash, 801}, {saved.Hash, 0}, {"../../etc/passwd", 800}, {"", 800}, {someHash, 800}} {
		if _, err := p.Open(t.Context(), c.hash, c.width, true); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open(%q, %d): %v", c.hash, c.width, err)
		}
	}
	kind := func(acceptWebP bool) string {
		file, err := p.Open(t.Context(), saved.Hash, 800, acceptWebP)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		return file.ContentType
	}
	if got := []string{kind(false), kind(true)}; !cmp.Equal(got, []string{"image/jpeg", "image/jpeg"}) {
		t.Errorf("before encoding: %v", got)
	}
	if err := p.EncodeWebP(t.Context(), saved.Hash); err != nil {
		t.Fatal(err)
	}
	if got := []string{kind(false), kind(true)}; !cmp.Equal(got, []string{"image/jpeg", "image/webp"}) {
		t.Errorf("after encoding: %v", got)
	}
	if err := p.Delete(t.Context(), saved.Hash); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Open(t.Context(), saved.Hash, 800, true); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open after Delete: %v", err)
	}
}

// age sets the modification time of every file.
func age(t testing.TB, disk *Disk, when time.Time) {
	t.Helper()
	err := filepath.WalkDir(disk.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return os.Chtimes(path, when, when)
	})
	if err != nil {
		t.Fatal(err)
	}
}
