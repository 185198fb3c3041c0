package photos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// tempPrefix begins the name of every temporary file of this package.
const tempPrefix = "piata-photo-"

// Disk is a Storage in a folder, spread over 256 subfolders by the first two
// digits of the name.
type Disk struct {
	dir  string
	temp string
}

// NewDisk returns the storage in dir, creating the folder when it is missing.
func NewDisk(dir string) (*Disk, error) {
	d := &Disk{dir: dir, temp: filepath.Join(dir, "tmp")}
	if err := os.MkdirAll(d.temp, 0o755); err != nil {
		return nil, fmt.Errorf("photo storage: %w", err)
	}
	return d, nil
}

// TempDir returns a folder on the same disk for Options.TempDir, so that one
// clean-up finds whatever a crash left of uploads and of half-written files.
func (d *Disk) TempDir() string { return d.temp }

// Put implements Storage. The file is on the disk, name included, on return.
func (d *Disk) Put(ctx context.Context, name string, data []byte) (created bool, err error) {
	path, err := d.path(name)
	if err != nil {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	old, err := os.Stat(path)
	exists := err == nil
	if exists && old.Size() == int64(len(data)) {
		now := time.Now()
		return false, os.Chtimes(path, now, now)
	}
	if err := d.makeShard(filepath.Dir(path)); err != nil {
		return false, err
	}
	temp, err := d.writeTemp(data)
	if err != nil {
		return false, err
	}
	if err := os.Rename(temp, path); err != nil {
		_ = os.Remove(temp)
		return false, err
	}
	return !exists, syncDir(filepath.Dir(path))
}

// Open implements Storage.
func (d *Disk) Open(ctx context.Context, name string) (io.ReadSeekCloser, Info, error) {
	path, err := d.path(name)
	if err != nil {
		return nil, Info{}, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, Info{}, err
	}
	st, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, Info{}, err
	}
	return file, Info{Name: name, Size: st.Size(), ModTime: st.ModTime()}, nil
}

// Delete implements Storage.
func (d *Disk) Delete(ctx context.Context, name string) error {
	path, err := d.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// List implements Storage. It holds the names of one subfolder at a time.
func (d *Disk) List(ctx context.Context, fn func(Info) error) error {
	for shard := range 256 {
		entries, err := os.ReadDir(filepath.Join(d.dir, fmt.Sprintf("%02x", shard)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if err := ctx.Err(); err != nil {
				return err
			}
			st, err := e.Info()
			if err != nil || !st.Mode().IsRegular() {
				continue // removed meanwhile, or not ours
			}
			if err := fn(Info{Name: e.Name(), Size: st.Size(), ModTime: st.ModTime()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// path returns where name is kept. Only names made by Name are let through, so
// no name can lead out of the folder.
func (d *Disk) path(name string) (string, error) {
	if _, _, _, ok := ParseName(name); !ok {
		return "", fmt.Errorf("photo name %q: %w", name, fs.ErrNotExist)
	}
	return filepath.Join(d.dir, name[:2], name), nil
}

// makeShard creates a subfolder so that it survives a power cut.
func (d *Disk) makeShard(dir string) error {
	err := os.Mkdir(dir, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(d.dir)
}

// writeTemp writes data to a new temporary file and returns its path.
func (d *Disk) writeTemp(data []byte) (path string, err error) {
	file, err := os.CreateTemp(d.temp, tempPrefix+"*")
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = file.Chmod(0o644) // a backup run by another user may read it
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// syncDir makes a finished rename or creation in dir durable.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
