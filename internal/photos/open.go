package photos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// File is a stored variant, open for serving. Its content never changes under
// its name, so the name serves as an entity tag.
type File struct {
	io.ReadSeekCloser
	Info
	ContentType string // "image/jpeg" or "image/webp"
}

// Open opens a variant for reading: the WebP when the client accepts one and it
// is there, else the JPEG. The caller closes the file. The error is
// fs.ErrNotExist for an unknown picture, width or malformed hash.
func (p *Processor) Open(ctx context.Context, hash string, width int, acceptWebP bool) (*File, error) {
	if !validHash(hash) || !slices.Contains(Widths[:], width) {
		return nil, fs.ErrNotExist
	}
	if acceptWebP {
		file, info, err := p.storage.Open(ctx, Name(hash, width, WebP))
		if err == nil {
			return &File{file, info, "image/webp"}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("open photo: %w", err)
		}
	}
	file, info, err := p.storage.Open(ctx, Name(hash, width, JPEG))
	if err != nil {
		return nil, fmt.Errorf("open photo: %w", err)
	}
	return &File{file, info, "image/jpeg"}, nil
}

// Delete removes all files of a picture; it is no error when there are none.
// The caller knows that nothing shows the picture any more.
func (p *Processor) Delete(ctx context.Context, hash string) error {
	if !validHash(hash) {
		return nil
	}
	defer p.lock(hash)()
	return p.deleteFiles(ctx, hash)
}

// deleteFiles removes all files of a picture whose lock is held. The largest
// goes last: while it is there, a failed removal can be tried again.
func (p *Processor) deleteFiles(ctx context.Context, hash string) error {
	for _, name := range slices.Backward(fileNames(hash)) {
		if err := p.storage.Delete(ctx, name); err != nil {
			return fmt.Errorf("delete photo: %w", err)
		}
	}
	return nil
}

// fileNames returns every name that a picture can have files under.
func fileNames(hash string) []string {
	var names []string
	for _, width := range Widths {
		names = append(names, Name(hash, width, JPEG), Name(hash, width, WebP))
	}
	return names
}

func validHash(hash string) bool {
	_, _, _, ok := ParseName(Name(hash, Widths[0], JPEG))
	return ok
}
