// Package handlers turns requests into pages: it reads them, asks models for data and renders. It is the only package besides main
// that knows Fiber.
package handlers

import (
	"context"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"

	"piata.ro/internal/assets"
	"piata.ro/internal/assistant"
	"piata.ro/internal/auth"
	"piata.ro/internal/config"
	"piata.ro/internal/events"
	"piata.ro/internal/linkguard"
	"piata.ro/internal/mail"
	"piata.ro/internal/metrics"
	"piata.ro/internal/photos"
	"piata.ro/internal/ratelimit"
	"piata.ro/internal/render"
	"piata.ro/models"
)

// Deps is what the server works with; main and the tests make it.
type Deps struct {
	Config config.Config
	Store  *models.Store
	Auth   *auth.Authenticator
	Local  http.Handler // the stand-in for Clerk's pages in local mode; nil otherwise
	Photos *photos.Processor
	Mail   *mail.Sender // nil when no e-mails are sent
	Views  fs.FS        // rooted at views/
	Static fs.FS        // rooted at static/
	Now    func() time.Time
	Logger *slog.Logger

	Metrics   *metrics.Set         // nil when nobody asks for numbers
	Assistant *assistant.Assistant // nil when there is none
}

// Server answers the requests of the site.
type Server struct {
	cfg      config.Config
	store    *models.Store
	auth     *auth.Authenticator
	local    http.Handler
	photos   *photos.Processor
	mail     *mail.Sender // nil when no e-mails are sent
	views    *render.Renderer
	assets   *assets.Assets
	cards    *cardCache
	pages    *pageCache
	counts   *countsCache
	prices   *marketPrices
	visits   *visits
	previews *previews
	lists    optionLists
	limits   *ratelimit.Limiter
	guard    *linkguard.Guard
	streams  *events.Hub

	listening  sync.WaitGroup // to other machines
	crossing   *http.CrossOriginProtection
	clerk      clerkSources
	now        func() time.Time
	searchTime time.Duration // how long a page of results may look for them
	relaxTime  time.Duration // how long it may look for something else when there are none
	asideTime  time.Duration // how long a page may take for a row that it can do without
	facetTime  time.Duration // how long it may count what each option would leave
	log        *slog.Logger
	shapes     []countyPath   // the map
	fallback   []byte         // error page for when rendering fails
	webhooks   *auth.Webhooks // nil when they are off

	assistant *assistant.Assistant // nil when there is none
	markdown  *assistant.Markdown
	guesses   chan struct{} // holds a token for each error page that searches
	answers   chan struct{} // holds a token for each answer in the making
	answered  answerCounts

	provisions singleflight.Group // people seen for the first time, by Clerk's id
	syncs      chan struct{}      // holds a token for each person whom Clerk is being asked about
	work       sync.WaitGroup     // background work that requests began; it ends with base

	base     context.Context // ends when the server has stopped
	started  atomic.Bool     // start-up work is done
	draining atomic.Bool

	knowsEnded atomic.Bool  // the sessions that had ended when the program was started
	metrics    *metrics.Set // nil when nobody asks
}

// Limits of requests.
const (
	maxFormBytes  = 64 << 20
	headerTimeout = 20 * time.Second
	uploadTimeout = 10 * time.Minute // a slow phone with twelve photos
	pageDeadline  = 15 * time.Second
	idleTimeout   = 60 * time.Second
	// readBuffer holds the request line and all headers: 32 KB of cookies, which hold two session tokens or a handshake, and the rest.
	readBuffer = 40 << 10
)

// New prepares the server: templates, assets, caches. base ends when requests in flight must end too.
func New(base context.Context, d Deps) (*Server, error) {
	static, err := assets.New(d.Static)
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	views, err := render.New(d.Views, render.Funcs(static.URL))
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	s := &Server{
		cfg: d.Config, store: d.Store, auth: d.Auth, metrics: d.Metrics, local: d.Local, photos: d.Photos, mail: d.Mail, views: views, assets: static,
		assistant: d.Assistant, markdown: assistant.NewMarkdown(), answers: make(chan struct{}, maxAnswers), guesses: make(chan struct{}, maxGuesses),
		syncs: make(chan struct{}, maxSyncs),
		cards: newCardCache(), pages: newPageCache(), prices: newMarketPrices(d.Store, d.Now), visits: newVisits(),
		lists: optionLists{rendered: map[string]template.HTML{}}, limits: ratelimit.New(d.Now), guard: newGuard(d.Config.AppURL), now: d.Now, searchTime: searchTime, relaxTime: relaxTime, facetTime: facetTime, asideTime: asideTime, log: d.Logger, base: base,
	}
	s.streams = events.NewHub(events.Options{})
	d.Store.OnSignal(s.takeSignal)
	s.clerk = newClerkSources(d.Auth.FrontendURL())
	s.counts = newCountsCache(base, d.Store, d.Now)
	if s.previews, err = newPreviews(d.Config.DataDir); err != nil {
		return nil, fmt.Errorf("previews: %w", err)
	}
	if s.shapes, err = readMap(d.Static); err != nil {
		return nil, err
	}
	s.crossing = http.NewCrossOriginProtection()
	if err := s.crossing.AddTrustedOrigin(d.Config.AppURL); err != nil {
		return nil, fmt.Errorf("APP_URL: %w", err)
	}
	if secret := d.Config.Clerk.WebhookSecret; secret != "" {
		if s.webhooks, err = auth.NewWebhooks(secret, d.Now); err != nil {
			return nil, fmt.Errorf("CLERK_WEBHOOK_SIGNING_SECRET: %w", err)
		}
	}
	if err := s.renderFallback(); err != nil {
		return nil, err
	}
	s.listening.Go(func() { s.store.Listen(base) })
	return s, nil
}

// Warm packs the static files, so that the first visitors do not wait for it; it ends early with ctx. Packing takes fifty times the memory
// that is needed afterwards, which is given back at once.
func (s *Server) Warm(ctx context.Context) {
	_ = s.assets.Compress(ctx) // the only error is that of ctx
	debug.FreeOSMemory()
}

// MarkStarted makes /readyz answer 200.
func (s *Server) MarkStarted() { s.started.Store(true) }

// Drain makes /readyz answer 503 while everything else is still served.
func (s *Server) Drain() { s.draining.Store(true) }

// Wait returns when the server's background work has ended; the base context must be done.
func (s *Server) Wait() {
	s.EndStreams()
	s.listening.Wait()
	s.counts.wait()
	s.work.Wait()
}

// App returns the configured Fiber application.
func (s *Server) App() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:                      "Piața.ro",
		DisableStartupMessage:        true,
		Immutable:                    true, // strings from a request outlive it
		StrictRouting:                true,
		CaseSensitive:                true,
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		BodyLimit:                    maxFormBytes,
		ReadBufferSize:               readBuffer,
		ReadTimeout:                  headerTimeout,
		IdleTimeout:                  idleTimeout,
		EnableTrustedProxyCheck:      true,
		TrustedProxies:               s.cfg.TrustedProxies,
		ProxyHeader:                  s.cfg.ProxyHeader,
		EnableIPValidation:           true,
		ErrorHandler:                 s.refuse, // the middleware answers for all others
	})
	app.Server().CloseOnShutdown = true
	app.Server().KeepHijackedConns = true // streams go on after the request that opened them
	app.Server().HeaderReceived = tuneRequest
	s.refuseUnknownMethods(app)
	s.middleware(app)
	s.routes(app)
	return app
}
