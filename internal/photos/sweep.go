package photos

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const sweepBatch = 200 // pictures asked about at once

// tempLife is how long a temporary file is left alone: no upload takes longer.
const tempLife = time.Hour

// Sweep deletes the pictures that nothing uses and that nobody saved since
// olderThan before now, and the temporary files that a crash left. inUse answers
// which of the hashes are shown somewhere. It returns how many pictures went.
//
// A picture just saved is safe even when its row is not written yet: saving
// makes its files new again, which is checked once more before each removal.
func (p *Processor) Sweep(ctx context.Context, olderThan time.Duration, now time.Time,
	inUse func(ctx context.Context, hashes []string) (map[string]bool, error),
) (removed int, err error) {
	s := sweeper{p: p, cutoff: now.Add(-olderThan), inUse: inUse}
	err = p.storage.List(ctx, func(info Info) error { return s.visit(ctx, info) })
	if err == nil {
		err = s.finishPicture(ctx)
	}
	if err == nil {
		err = s.removeUnused(ctx)
	}
	if err != nil {
		return s.removed, fmt.Errorf("sweep photos: %w", err)
	}
	return s.removed, p.sweepTemp(now.Add(-max(olderThan, tempLife)))
}

// sweeper walks the files in the order of names, in which those of one picture
// are neighbours, and so needs to remember only the pictures not asked about yet.
type sweeper struct {
	p      *Processor
	cutoff time.Time
	inUse  func(ctx context.Context, hashes []string) (map[string]bool, error)

	hash    string    // of the files visited last
	newest  time.Time // of those files
	old     []string  // hashes to ask about
	removed int
}

func (s *sweeper) visit(ctx context.Context, info Info) error {
	hash, _, _, ok := ParseName(info.Name)
	if !ok {
		return nil // not ours
	}
	if hash != s.hash {
		if err := s.finishPicture(ctx); err != nil {
			return err
		}
		s.hash, s.newest = hash, time.Time{}
	}
	if info.ModTime.After(s.newest) {
		s.newest = info.ModTime
	}
	return nil
}

// finishPicture files the picture visited last.
func (s *sweeper) finishPicture(ctx context.Context) error {
	if s.hash != "" && s.newest.Before(s.cutoff) {
		s.old = append(s.old, s.hash)
	}
	s.hash = ""
	if len(s.old) < sweepBatch {
		return nil
	}
	return s.removeUnused(ctx)
}

// removeUnused asks about the old pictures and removes those not in use.
func (s *sweeper) removeUnused(ctx context.Context) error {
	if len(s.old) == 0 {
		return nil
	}
	used, err := s.inUse(ctx, s.old)
	if err != nil {
		return err
	}
	for _, hash := range s.old {
		if used[hash] {
			continue
		}
		gone, err := s.p.deleteOld(ctx, hash, s.cutoff)
		if err != nil {
			return err
		}
		if gone {
			s.removed++
		}
	}
	s.old = s.old[:0]
	return nil
}

// deleteOld removes a picture unless one of its files is newer than cutoff.
func (p *Processor) deleteOld(ctx context.Context, hash string, cutoff time.Time) (bool, error) {
	defer p.lock(hash)()
	for _, name := range fileNames(hash) {
		file, info, err := p.storage.Open(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return false, err
		}
		_ = file.Close()
		if !info.ModTime.Before(cutoff) {
			return false, nil
		}
	}
	return true, p.deleteFiles(ctx, hash)
}

// sweepTemp removes temporary files last written before cutoff.
func (p *Processor) sweepTemp(cutoff time.Time) error {
	entries, err := os.ReadDir(p.tempDir)
	if err != nil {
		return fmt.Errorf("sweep photo uploads: %w", err)
	}
	for _, e := range entries {
		st, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), tempPrefix) || !st.ModTime().Before(cutoff) {
			continue
		}
		if err := os.Remove(filepath.Join(p.tempDir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("sweep photo uploads: %w", err)
		}
	}
	return nil
}
