// Command piata is Piața.ro: the online market for Romania in one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"piata.ro/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := program{getenv: os.Getenv, stdout: os.Stdout, stderr: os.Stderr, terminal: isTerminal(os.Stderr)}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2 // the settings or the command line are wrong, or the program cannot start with them
)

// program is a run of the command with everything that it takes from outside, so that tests can run it too.
type program struct {
	getenv         func(string) string
	stdout, stderr io.Writer
	terminal       bool                 // stderr is one: logs are text, progress is shown
	listening      func(address string) // told the address served on; nil for nobody
}

const usage = `Piața.ro

  piata [serve]                              the whole market on one port
  piata seed --listings N [--seed S]         fill the database with N synthetic listings
  piata import FILE.csv --owner EMAIL        import listings
  piata version                              version, commit, Go version

Settings are environment variables; README.md lists them.
`

// run does what the arguments say until ctx ends, and returns the exit code.
func (p program) run(ctx context.Context, args []string) int {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	var err error
	switch command {
	case "serve":
		err = p.withConfig(func(cfg config.Config) error { return p.serve(ctx, cfg) })
	case "seed":
		err = p.withConfig(func(cfg config.Config) error { return p.seed(ctx, cfg, args) })
	case "import":
		err = p.withConfig(func(cfg config.Config) error { return p.importFile(ctx, cfg, args) })
	case "version":
		p.version()
	case "help", "-h", "--help":
		_, err = io.WriteString(p.stdout, usage)
	default:
		err = usageError{fmt.Errorf("unknown command %q\n\n%s", command, usage)}
	}
	if err == nil {
		return exitOK
	}
	fmt.Fprintln(p.stderr, "piata:", err)
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

// usageError is a mistake outside the program: settings, arguments, a port in use.
type usageError struct{ error }

// Unwrap returns the mistake itself.
func (e usageError) Unwrap() error { return e.error }

func (p program) withConfig(fn func(config.Config) error) error {
	cfg, err := config.Load(p.getenv, p.terminal)
	if err != nil {
		return usageError{fmt.Errorf("these settings are not right:\n%w", err)}
	}
	if err := dropRoot(p.getenv("RUN_AS"), cfg.DataDir); err != nil {
		return usageError{err}
	}
	return fn(cfg)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
