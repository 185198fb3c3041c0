package preview

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Cache keeps drawn pictures in a folder, the latest used ones. It is safe for concurrent use.
type Cache struct {
	dir  string
	most int

	mu     sync.Mutex
	writes int // since the folder was last looked through
}

var cacheName = regexp.MustCompile(`^[a-z0-9-]{1,60}\.jpg$`)

// NewCache keeps at most about so many files in the folder, which is made when the first is written.
func NewCache(dir string, most int) *Cache { return &Cache{dir: dir, most: most} }

// Get returns the file, or fs.ErrNotExist. Looking at a file makes it stay longer.
func (c *Cache) Get(name string) ([]byte, error) {
	if !cacheName.MatchString(name) {
		return nil, fs.ErrNotExist
	}
	path := filepath.Join(c.dir, name)
	data, err := os.ReadFile(path) //nolint:gosec // the name has no way out of the folder
	if err == nil {
		now := time.Now()
		_ = os.Chtimes(path, now, now) // only the order of leaving suffers
	}
	return data, err
}

// Put keeps the file, all of it or nothing, and now and then drops those that were not used for the longest time.
func (c *Cache) Put(name string, data []byte) error {
	if !cacheName.MatchString(name) {
		return fmt.Errorf("keep card: bad name %q", name)
	}
	if err := os.MkdirAll(c.dir, 0o750); err != nil {
		return fmt.Errorf("keep card: %w", err)
	}
	f, err := os.CreateTemp(c.dir, "*.tmp")
	if err != nil {
		return fmt.Errorf("keep card: %w", err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(c.dir, name))
	}
	if err != nil {
		return fmt.Errorf("keep card: %w", errors.Join(err, os.Remove(f.Name())))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.writes++; c.writes%max(1, c.most/10) == 1 || c.most < 10 {
		return c.sweep()
	}
	return nil
}

// sweep leaves the files used last.
func (c *Cache) sweep() error {
	entries, err := os.ReadDir(c.dir)
	if err != nil || len(entries) <= c.most {
		return err
	}
	type aged struct {
		name string
		used time.Time
	}
	var files []aged
	for _, e := range entries {
		if info, err := e.Info(); err == nil { // one that is just gone needs no removing
			files = append(files, aged{e.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(files, func(a, b aged) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.name, b.name)) })
	for _, f := range files[:max(0, len(files)-c.most)] {
		if err := os.Remove(filepath.Join(c.dir, f.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("drop card: %w", err)
		}
	}
	return nil
}
