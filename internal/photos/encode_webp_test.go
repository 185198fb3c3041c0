package photos

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"testing"

	xwebp "golang.org/x/image/webp"

	"piata.ro/internal/photos/phototest"
)

func TestEncodeWebP(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	t.Cleanup(func() { _ = p.Close(context.Background()) })
	saved := save(t, p, phototest.JPEG(901, 601, phototest.Exif{Orientation: 8}))
	for range 2 { // again is harmless
		if err := p.EncodeWebP(t.Context(), saved.Hash); err != nil {
			t.Fatal(err)
		}
	}
	if got := filesIn(t, disk); len(got) != 6 {
		t.Fatalf("files %v", got)
	}
	for _, width := range Widths {
		file, err := p.Open(t.Context(), saved.Hash, width, true)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
		pic, err := xwebp.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got := pic.Bounds().Dx(); got != min(901, width) {
			t.Errorf("variant %d is %d wide", width, got)
		}
		// Through our own upload the colours must come out as they went in.
		q, _ := newDisk(t)
		again, _ := stored(t, q, save(t, q, data).Hash, 400)
		checkCorners(t, again)
	}
}

func TestEncodeWebPOfNothing(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	t.Cleanup(func() { _ = p.Close(context.Background()) })
	for _, hash := range []string{someHash, "", "../x"} {
		if err := p.EncodeWebP(t.Context(), hash); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("EncodeWebP(%q): %v", hash, err)
		}
	}
	if got := filesIn(t, disk); len(got) != 0 {
		t.Errorf("files %v", got)
	}
}

// A picture removed while its WebP was being made must not come back in part.
func TestStoreWebPOfRemovedPicture(t *testing.T) {
	t.Parallel()
	p, disk := newDisk(t)
	if err := p.storeWebP(t.Context(), someHash, 800, []byte("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if got := filesIn(t, disk); len(got) != 0 {
		t.Errorf("files %v", got)
	}
}

func TestEncodeWebPWaitsWithItsContext(t *testing.T) {
	t.Parallel()
	p, _ := newDisk(t)
	p.webpTurn <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.EncodeWebP(ctx, someHash); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
