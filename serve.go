package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"piata.ro/internal/assistant"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/errgroup"

	"piata.ro/handlers"
	"piata.ro/internal/auth"
	"piata.ro/internal/clerkdev"
	"piata.ro/internal/config"
	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/photos"
	"piata.ro/internal/seed"
	"piata.ro/models"
)

// Shutdown in steps: /readyz says 503 first, so that a load balancer looks elsewhere, then requests in flight get their time.
const (
	drainTime    = 700 * time.Millisecond
	shutdownTime = 7 * time.Second
)

// memoryLimit makes the garbage collector work harder before big pictures take more than a small machine has; GOMEMLIMIT overrides it.
const memoryLimit = 220 << 20

// app is a running program.
type app struct {
	cfg     config.Config
	log     *slog.Logger
	store   *models.Store
	photos  *photos.Processor
	mail    *mail.Sender    // nil without SMTP_URL
	local   *clerkdev.Clerk // nil with real keys
	auth    *auth.Authenticator
	numbers numbers
	server  *handlers.Server
	fiber   *fiber.App
}

// serve runs the market until ctx ends.
func (p program) serve(ctx context.Context, cfg config.Config) error {
	if p.getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	log := p.logger(cfg)
	listener, err := listen(ctx, &cfg, p.getenv("APP_URL") == "")
	if err != nil {
		return usageError{err}
	}
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	a, err := open(base, cfg, log)
	if err != nil {
		return usageError{errors.Join(err, listener.Close())}
	}
	log.InfoContext(ctx, "listening", slog.String("url", cfg.AppURL), slog.String("address", listener.Addr().String()), slog.Bool("local_mode", cfg.Local()))
	if p.terminal {
		fmt.Fprintf(p.stderr, "\n  Piața.ro: %s\n\n", cfg.AppURL)
	}
	if p.listening != nil {
		p.listening(listener.Addr().String())
	}
	err = a.run(ctx, base, listener)
	cancel()
	return errors.Join(err, a.close())
}

// listen takes the port before anything else is touched. With port 0 the address of the site follows the port found.
func listen(ctx context.Context, cfg *config.Config, defaultURL bool) (net.Listener, error) {
	address := net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port))
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("port %d is in use by another program; stop it or choose another with PORT", cfg.Port)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s (HOST, PORT): %w", address, err)
	}
	if tcp, ok := l.Addr().(*net.TCPAddr); ok && cfg.Port == 0 && defaultURL {
		cfg.AppURL = "http://localhost:" + strconv.Itoa(tcp.Port)
	}
	return l, nil
}

// open makes everything that requests need, the quickest order first; nothing here waits for the network except Postgres.
func open(base context.Context, cfg config.Config, log *slog.Logger) (*app, error) {
	a := &app{cfg: cfg, log: log}
	if err := a.openAll(base); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) openAll(base context.Context) error {
	var err error
	if a.store, err = openStore(base, a.cfg, a.log); err != nil {
		return err
	}
	if a.photos, err = openPhotos(a.cfg); err != nil {
		return err
	}
	if err := a.openMail(); err != nil {
		return err
	}
	var pages http.Handler
	authConfig := auth.Config{AppURL: a.cfg.AppURL, Logger: a.log, PublishableKey: a.cfg.Clerk.PublishableKey, SecretKey: a.cfg.Clerk.SecretKey,
		APIURL: a.cfg.Clerk.APIURL, JWTKey: a.cfg.Clerk.JWTKey, ProxyURL: a.cfg.Clerk.ProxyURL, AuthorizedParties: a.cfg.Clerk.AuthorizedParties}
	if a.cfg.Local() {
		if a.local, err = clerkdev.New(clerkdev.Options{Dir: a.cfg.DataDir, Origin: a.cfg.AppURL, Logger: a.log}); err != nil {
			return fmt.Errorf("DATA_DIR: %w", err)
		}
		pages = a.local.Handler()
		authConfig.PublishableKey, authConfig.SecretKey, authConfig.ProxyURL = a.local.PublishableKey(), a.local.SecretKey(), clerkdev.ProxyPath
		authConfig.RefreshWrites = true
		authConfig.HTTPClient = &http.Client{Transport: a.local.Transport(), Timeout: 5 * time.Second}
	}
	if a.auth, err = auth.New(authConfig); err != nil {
		return fmt.Errorf("sign-in: %w", err)
	}
	if err = a.openNumbers(base); err != nil {
		return err
	}
	views, err := fs.Sub(viewFiles, "views")
	if err != nil {
		return err
	}
	static, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return err
	}
	a.server, err = handlers.New(base, handlers.Deps{Config: a.cfg, Store: a.store, Auth: a.auth, Local: pages, Photos: a.photos, Mail: a.mail, Assistant: newAssistant(a.cfg.Assistant, a.log), Views: views, Static: static, Now: time.Now, Logger: a.log, Metrics: a.numbers.set})
	if err != nil {
		return err
	}
	if err := a.server.LearnEndedSessions(base); err != nil {
		return err
	}
	a.fiber = a.server.App()
	return nil
}

// newAssistant returns nil when no key is set.
func newAssistant(c config.Assistant, log *slog.Logger) *assistant.Assistant {
	if !c.Enabled() {
		return nil
	}
	return assistant.New(assistant.Options{APIKey: c.APIKey, BaseURL: c.BaseURL, Model: c.Model, Logger: log, Now: time.Now})
}

func openStore(ctx context.Context, cfg config.Config, log *slog.Logger) (*models.Store, error) {
	s, err := models.Open(ctx, models.Options{DatabaseURL: cfg.DatabaseURL, DataDir: cfg.DataDir, Rate: models.Rate(cfg.EURRate), Logger: log})
	if err != nil && cfg.DatabaseURL != "" {
		return nil, fmt.Errorf("DATABASE_URL: the database cannot be used: %w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("DATA_DIR=%q cannot be used: %w", cfg.DataDir, err)
	}
	return s, nil
}

func openPhotos(cfg config.Config) (*photos.Processor, error) {
	disk, err := photos.NewDisk(filepath.Join(cfg.DataDir, "photos"))
	if err != nil {
		return nil, fmt.Errorf("DATA_DIR=%q cannot be used: %w", cfg.DataDir, err)
	}
	return photos.New(disk, photos.Options{TempDir: disk.TempDir()}), nil
}

func (a *app) openMail() error {
	c := a.cfg.SMTP
	if !c.On() {
		return nil
	}
	sender, err := mail.New(mail.Options{Host: c.Host, Port: c.Port, Encrypted: c.Encrypted, User: c.User, Password: c.Password, From: c.From})
	if err != nil {
		return fmt.Errorf("SMTP_URL, MAIL_FROM: %w", err)
	}
	a.mail = sender
	return nil
}

// run serves until ctx ends, then drains and stops: first the listener, then the background work.
func (a *app) run(ctx, base context.Context, listener net.Listener) error {
	work, stopWork := context.WithCancel(base)
	defer stopWork()
	var g errgroup.Group
	g.Go(func() error { return a.startUp(work) })
	g.Go(func() error { return a.numbers.serve(work) })
	g.Go(func() error { a.server.Warm(work); return nil })
	g.Go(func() error { jobs.Run(work, a.log, append(a.jobs(), a.lanes()...)...); return nil })

	served := make(chan error, 1)
	go func() { served <- a.fiber.Listener(handlers.Linger(listener)) }()
	select {
	case err := <-served:
		stopWork()
		return errors.Join(fmt.Errorf("serve: %w", err), g.Wait())
	case <-ctx.Done():
	}
	a.log.InfoContext(base, "stopping")
	a.server.Drain()
	wait(base, drainTime)
	stopWork()
	a.server.EndStreams()
	stop, cancel := context.WithTimeout(base, shutdownTime)
	defer cancel()
	err := a.fiber.ShutdownWithContext(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.WarnContext(base, "some requests did not end in time") // an upload that stalls must not make a stop fail
		err = nil
	}
	return errors.Join(err, g.Wait())
}

// startUp does what may take longer than a first page: demo listings for an empty market in local mode.
func (a *app) startUp(ctx context.Context) error {
	defer a.server.MarkStarted()
	if !a.cfg.Local() {
		return nil
	}
	empty, err := a.store.EmptyOfListings(ctx)
	if err == nil && empty {
		err = seed.Demo(ctx, a.store, a.savePicture(), time.Now(), a.log)
	}
	if err != nil && ctx.Err() == nil {
		a.log.ErrorContext(ctx, "demo listings", slog.String("error", err.Error())) // the market works without them
	}
	return nil
}

// close ends what open began, in reverse.
func (a *app) close() error {
	errs := []error{a.numbers.close()}
	if a.server != nil {
		a.server.Wait()
		errs = append(errs, a.writeVisits())
	}
	if a.auth != nil {
		a.auth.Close()
	}
	if a.local != nil {
		a.local.Close()
	}
	if a.photos != nil {
		errs = append(errs, a.photos.Close(context.Background()))
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	return errors.Join(errs...)
}

// writeVisits stores the views of the last requests.
func (a *app) writeVisits() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return a.server.WriteVisits(ctx)
}

// wait sleeps unless ctx ends first.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

func (p program) logger(cfg config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogJSON {
		return slog.New(slog.NewJSONHandler(p.stderr, options))
	}
	return slog.New(slog.NewTextHandler(p.stderr, options))
}
