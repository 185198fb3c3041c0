package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"piata.ro/internal/bulk"
	"piata.ro/internal/config"
	"piata.ro/internal/seed"
	"piata.ro/models"
)

// maxSeed bounds piata seed.
const maxSeed = 10_000_000

// tools opens the store and the photos for a command that is not the server. It logs errors only: a bulk load is full of slow queries.
func (p program) tools(ctx context.Context, cfg config.Config) (*app, error) {
	cfg.LogLevel = max(cfg.LogLevel, slog.LevelError)
	a := &app{cfg: cfg, log: p.logger(cfg)}
	var err error
	if a.store, err = openStore(ctx, cfg, a.log); err == nil {
		a.photos, err = openPhotos(cfg)
	}
	if err != nil {
		return nil, usageError{errors.Join(err, a.close())}
	}
	return a, nil
}

// seed fills the database with synthetic listings.
func (p program) seed(ctx context.Context, cfg config.Config, args []string) error {
	flags := p.flags("seed")
	listings := flags.Int("listings", 0, "how many listings")
	number := flags.Uint64("seed", 1, "the same number gives the same listings")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 || *listings < 1 || *listings > maxSeed {
		return usageError{fmt.Errorf("usage: piata seed --listings N [--seed S], N from 1 to %d", maxSeed)}
	}
	a, err := p.tools(ctx, cfg)
	if err != nil {
		return err
	}
	start := time.Now()
	err = seed.Synthetic(ctx, a.store, seed.Options{Listings: *listings, Seed: *number, Now: start, Save: a.savePicture(), Progress: p.progress(*listings)})
	if err == nil {
		err = a.store.Settle(ctx)
	}
	if err = errors.Join(err, a.close()); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	fmt.Fprintf(p.stdout, "%d listings in %s\n", *listings, time.Since(start).Round(time.Millisecond))
	return nil
}

// progress redraws one line on a terminal and stays silent elsewhere.
func (p program) progress(total int) func(done int) {
	if !p.terminal {
		return func(int) {}
	}
	return func(done int) {
		fmt.Fprintf(p.stderr, "\r%d / %d (%d %%)", done, total, done*100/total)
		if done == total {
			fmt.Fprintln(p.stderr)
		}
	}
}

// importFile imports a CSV file; the flag may stand before or after the file.
func (p program) importFile(ctx context.Context, cfg config.Config, args []string) error {
	flags := p.flags("import")
	owner := flags.String("owner", "", "e-mail of the owner")
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		args = append(args[1:len(args):len(args)], args[0])
	}
	if err := flags.Parse(args); err != nil || flags.NArg() != 1 || *owner == "" {
		return usageError{errors.New("usage: piata import FILE.csv --owner EMAIL")}
	}
	path := flags.Arg(0)
	file, err := os.Open(path)
	if err != nil {
		return usageError{err}
	}
	defer file.Close() //nolint:errcheck // only read
	a, err := p.tools(ctx, cfg)
	if err != nil {
		return err
	}
	result, err := bulk.Import(ctx, a.store, file, bulk.Options{Owner: *owner, BaseDir: filepath.Dir(path), SavePhoto: a.savePhoto,
		Report: func(line int, reason string) { fmt.Fprintf(p.stderr, "line %d: %s\n", line, reason) }})
	if err = errors.Join(err, a.close()); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	fmt.Fprintf(p.stdout, "%d imported, %d refused, %d there already\n", result.Stored, result.Bad, result.Skipped)
	if result.Bad > 0 {
		return fmt.Errorf("import: %d rows refused", result.Bad)
	}
	return nil
}

func (p program) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// savePhoto stores somebody's picture.
func (a *app) savePhoto(ctx context.Context, r io.Reader) (models.Photo, error) {
	saved, err := a.photos.Save(ctx, r)
	return models.Photo{Hash: saved.Hash, Width: saved.Width, Height: saved.Height}, err
}

// savePicture stores a drawn picture the same way.
func (a *app) savePicture() seed.SavePicture {
	return func(ctx context.Context, img image.Image) (models.Photo, error) {
		saved, err := a.photos.SaveImage(ctx, img)
		return models.Photo{Hash: saved.Hash, Width: saved.Width, Height: saved.Height}, err
	}
}

// release is set when a release is built: -ldflags "-X main.release=1.2.3".
var release = "dev"

func (p program) version() {
	commit, goVersion := "unknown", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	fmt.Fprintf(p.stdout, "piata %s, commit %s, %s\n", release, commit, goVersion)
}
