package handlers

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"

	"piata.ro/internal/assets"
	"piata.ro/internal/urls"
)

const (
	// pageLife is how long a page is kept for visitors although another process may have changed something; what this process
	// changes shows at once.
	pageLife = time.Second
	// pageCacheBytes bounds one generation of pages, encodings included.
	pageCacheBytes = 8 << 20
	// largestKept is the largest page worth keeping.
	largestKept = 512 << 10
)

// keptPage is a page as every visitor gets it.
type keptPage struct {
	body    []byte
	pushURL string // HX-Push-Url of a fragment
	swapURL string // HX-Replace-Url of one that somebody's typing asks for
	etag    string
	changes int64 // of the store, before the page was made
	at      time.Time
	packed  map[string]func() []byte // by encoding, made on first use
}

// pageCache keeps pages for visitors without a session, in two generations.
type pageCache struct {
	flights singleflight.Group

	mu         sync.Mutex
	young, old map[string]*keptPage
	size       int // bytes of the young generation
}

func newPageCache() *pageCache { return &pageCache{young: map[string]*keptPage{}} }

func (pc *pageCache) get(key string) *keptPage {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	if p := pc.young[key]; p != nil {
		return p
	}
	return pc.old[key]
}

func (pc *pageCache) put(key string, p *keptPage) {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	if pc.size > pageCacheBytes {
		pc.old, pc.young, pc.size = pc.young, map[string]*keptPage{}, 0
	}
	pc.young[key] = p
	pc.size += len(p.body) * 3 / 2
}

// keyCapture is set while a page is made that will be kept: it is not to be compressed yet.
const keyCapture = "capture"

// cached answers visitors from kept pages. Several asking for the same page wait for one of them to make it.
func (s *Server) cached(c *fiber.Ctx) error {
	if !isPlainVisit(c) {
		return c.Next()
	}
	key := c.OriginalURL()
	if isFragment(c) {
		key = "fragment " + key
	}
	if p := s.fresh(key); p != nil {
		return s.sendKept(c, p)
	}
	made := false
	kept, err, _ := s.pages.flights.Do(key, func() (any, error) {
		if p := s.fresh(key); p != nil {
			return p, nil
		}
		made = true
		return s.makePage(c, key)
	})
	page, _ := kept.(*keptPage)
	switch {
	case page != nil:
		return s.sendKept(c, page)
	case made:
		return err // the answer, or the error, is this request's own
	}
	return c.Next()
}

// isPlainVisit reports whether the answer depends on the address alone: nobody is signed in, nothing was just done, no draft is open, and the
// front page has nothing of the person to show.
func isPlainVisit(c *fiber.Ctx) bool {
	cookies := c.Request().Header.Peek(fiber.HeaderCookie)
	return viewerOf(c) == nil && !bytes.Contains(cookies, []byte("__")) && !bytes.Contains(cookies, []byte("piata_")) &&
		(c.Method() == http.MethodGet || c.Method() == http.MethodHead) && len(c.OriginalURL()) < 512 &&
		(c.Path() != urls.Home || !hasHabits(c))
}

// fresh returns the kept page while it is true.
func (s *Server) fresh(key string) *keptPage {
	p := s.pages.get(key)
	if p == nil || p.changes != s.store.Changes() || s.now().Sub(p.at) > pageLife {
		return nil
	}
	return p
}

// makePage lets the handler answer and keeps the answer when it is a page for everybody; otherwise it returns nil and leaves the answer.
func (s *Server) makePage(c *fiber.Ctx, key string) (*keptPage, error) {
	changes, at := s.store.Changes(), s.now()
	c.Locals(keyCapture, true)
	err := c.Next()
	c.Locals(keyCapture, false)
	r := c.Response()
	if err != nil || r.StatusCode() != http.StatusOK || len(r.Header.Peek(fiber.HeaderSetCookie)) > 0 || len(r.Body()) > largestKept {
		return nil, err
	}
	body := bytes.Clone(r.Body())
	sum := sha256.Sum256(body)
	p := &keptPage{body: body, pushURL: string(r.Header.Peek("HX-Push-Url")), swapURL: string(r.Header.Peek("HX-Replace-Url")), etag: hex.EncodeToString(sum[:12]), changes: changes, at: at, packed: map[string]func() []byte{}}
	for _, encoding := range []string{assets.Brotli, assets.Gzip} {
		p.packed[encoding] = sync.OnceValue(func() []byte {
			packed, err := compress(body, encoding, brotliKept)
			if err != nil {
				s.log.Error("compress page", "error", err)
				return nil
			}
			return packed
		})
	}
	s.pages.put(key, p)
	return p, nil
}

// sendKept sends the page in the best encoding, or says that the browser has it already.
func (s *Server) sendKept(c *fiber.Ctx, p *keptPage) error {
	body, encoding := p.body, encodingFor(c)
	if encoding != assets.Identity {
		if body = p.packed[encoding](); body == nil {
			body, encoding = p.body, assets.Identity
		}
	}
	etag := `"` + p.etag + "-" + encoding + `"`
	varyOnFragment(c)
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	if p.pushURL != "" {
		c.Set("HX-Push-Url", p.pushURL)
	}
	if p.swapURL != "" {
		c.Set("HX-Replace-Url", p.swapURL)
	}
	if strings.Contains(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Response().ResetBody()
		return c.SendStatus(http.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	if encoding != assets.Identity {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Response().SetBodyRaw(body) // kept pages are never changed
	return nil
}
