package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"piata.ro/models"
)

// asProgram in the environment makes the test binary be the program itself, so that tests can kill it.
const asProgram = "PIATA_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// output collects what a program writes; it is safe for concurrent use.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

// running is a market served in this process.
type running struct {
	url  string
	stop context.CancelFunc
	done chan int
	log  *output
}

func start(t *testing.T, env map[string]string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{stop: cancel, done: make(chan int, 1), log: &output{}}
	address := make(chan string, 1)
	p := program{getenv: environment(env), stdout: io.Discard, stderr: r.log, listening: func(a string) { address <- a }}
	go func() { r.done <- p.run(ctx, nil) }()
	t.Cleanup(func() { cancel(); <-r.done })
	select {
	case a := <-address:
		r.url = "http://" + a
	case code := <-r.done:
		r.done <- code
		t.Fatalf("exit code %d before serving: %s", code, r.log)
	}
	return r
}

func getStatus(t *testing.T, url string) int {
	t.Helper()
	res, err := http.Get(url) //nolint:noctx // loopback
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.NewTimer(5 * time.Minute) // the race detector makes drawing slow
	defer deadline.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		select {
		case <-deadline.C:
			t.Fatalf("waited too long for: %s", what)
		case <-tick.C:
		}
	}
}

func TestFirstStartShowsDemoListingsAndStopsCleanly(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"PORT": "0", "DATA_DIR": t.TempDir()})
	if got := getStatus(t, r.url+"/"); got != http.StatusOK {
		t.Errorf("front page: %d", got)
	}
	eventually(t, "/readyz", func() bool { return getStatus(t, r.url+"/readyz") == http.StatusOK })
	res, err := http.Get(r.url + "/") //nolint:noctx // loopback
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil || bytes.Count(page, []byte(`class="card`)) < 20 {
		t.Errorf("the front page has %d cards, %v", bytes.Count(page, []byte(`class="card`)), err)
	}

	r.stop()
	eventually(t, "/readyz to say 503", func() bool { return getStatus(t, r.url+"/readyz") == http.StatusServiceUnavailable })
	if got := getStatus(t, r.url+"/anunturi/"); got != http.StatusOK {
		t.Errorf("page while draining: %d, want 200", got)
	}
	code := <-r.done
	r.done <- code
	if code != exitOK {
		t.Errorf("exit code %d, want 0: %s", code, r.log)
	}
}

func TestStopDoesNotWaitForSilentOrStalledConnections(t *testing.T) {
	t.Parallel()
	stop := func(request string) (code int, took time.Duration) {
		dir := t.TempDir()
		fillOne(t, dir) // no pictures in work, which would take their time too
		r := start(t, map[string]string{"PORT": "0", "DATA_DIR": dir})
		conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://")) //nolint:noctx // loopback
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		eventually(t, "/readyz", func() bool { return getStatus(t, r.url+"/readyz") == http.StatusOK })
		began := time.Now()
		r.stop()
		code = <-r.done
		r.done <- code
		return code, time.Since(began)
	}
	if code, took := stop(""); code != exitOK || took > 15*time.Second {
		t.Errorf("with a silent connection: exit code %d after %v", code, took)
	}
	if code, took := stop("GET / HTTP/1.1\r\nHos"); code != exitOK || took > 15*time.Second {
		t.Errorf("with a request that never ends: exit code %d after %v", code, took)
	}
}

func TestMistakesAtStart(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = busy.Close() }) // after the parallel tests below
	_, busyPort, err := net.SplitHostPort(busy.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		env  map[string]string
		args []string
		want []string
	}{
		{"half-set keys", map[string]string{"CLERK_SECRET_KEY": "sk_test_hidden"}, nil, []string{"CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"}},
		{"everything wrong at once", map[string]string{"PORT": "x", "APP_URL": "piata", "LOG_LEVEL": "loud"}, nil, []string{"PORT", "APP_URL", "LOG_LEVEL"}},
		{"bad database address", map[string]string{"DATABASE_URL": "mysql://u:hidden@h/db"}, nil, []string{"DATABASE_URL"}},
		{"database does not answer", map[string]string{"DATABASE_URL": "postgres://u:hidden@127.0.0.1:1/db"}, nil, []string{"DATABASE_URL"}},
		{"port in use", map[string]string{"PORT": busyPort}, nil, []string{busyPort, "PORT"}},
		{"unusable folder", map[string]string{"DATA_DIR": filepath.Join(file, "data")}, nil, []string{"DATA_DIR"}},
		{"unknown command", nil, []string{"sell"}, []string{"sell", "serve"}},
		{"seed without a number", nil, []string{"seed"}, []string{"--listings"}},
		{"import without an owner", nil, []string{"import", file}, []string{"--owner"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "data")
			env := map[string]string{"PORT": "0", "DATA_DIR": dir}
			for name, value := range tt.env {
				env[name] = value
			}
			log := &output{}
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			code := program{getenv: environment(env), stdout: io.Discard, stderr: log}.run(ctx, tt.args)
			if code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			for _, want := range tt.want {
				if !strings.Contains(log.String(), want) {
					t.Errorf("message does not name %s: %s", want, log)
				}
			}
			if strings.Contains(log.String(), "hidden") {
				t.Errorf("message shows a secret: %s", log)
			}
			if _, err := os.Stat(filepath.Join(dir, "piata.db")); err == nil {
				t.Error("a database was made all the same")
			}
		})
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "adverts.csv")
	csv := "titlu,descriere,pret,moneda,categorie,judet,localitate,stare,fotografii\n" +
		"Masă de bucătărie din lemn,Masă solidă cu patru scaune.,450,RON,mobila,CJ,Cluj-Napoca,folosit,\n" +
		"Scaun,Un scaun,abc,RON,nu-exista,CJ,Cluj-Napoca,,\n"
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args     []string
		code     int
		out, err string
	}{
		{[]string{"version"}, exitOK, "piata dev", ""},
		{[]string{"help"}, exitOK, "piata seed", ""},
		{[]string{"seed", "--listings", "30", "--seed", "7"}, exitOK, "30 listings", ""},
		{[]string{"import", file, "--owner", "dealer@example.com"}, exitFailed, "1 imported, 1 refused", "line 3"},
	}
	for _, tt := range tests { // one after the other: they share the folder
		out, log := &output{}, &output{}
		code := program{getenv: environment(map[string]string{"DATA_DIR": filepath.Join(dir, "data")}), stdout: out, stderr: log}.run(t.Context(), tt.args)
		if code != tt.code || !strings.Contains(out.String(), tt.out) || !strings.Contains(log.String(), tt.err) {
			t.Errorf("piata %s: exit code %d, want %d; said %q %q, want %q %q", strings.Join(tt.args, " "), code, tt.code, out, log, tt.out, tt.err)
		}
	}
}

// TestKilledServerLosesNothing posts listings while the program is killed, and finds every one that was answered with success.
func TestKilledServerLosesNothing(t *testing.T) {
	t.Parallel()
	dir, port := t.TempDir(), freePort(t)
	base := "http://127.0.0.1:" + port
	launch := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), asProgram+"=1", "DATA_DIR="+dir, "PORT="+port, "APP_URL="+base, "RATE_LIMITS=off", "LOG_LEVEL=error")
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = cmd.Process.Kill() // it may have ended already
			_ = cmd.Wait()
		})
		eventually(t, "the program to serve", func() bool {
			res, err := http.Get(base + "/readyz") //nolint:noctx // loopback
			if err != nil {
				return false
			}
			defer res.Body.Close()
			return res.StatusCode == http.StatusOK
		})
		return cmd
	}
	fillOne(t, dir)
	cmd := launch()
	browser := signIn(t, base)
	const enough = 5 // listings before the kill comes, in the middle of some later one
	var posted []string
	for n := 0; ; n++ {
		address, err := postListing(browser, base, n)
		if err != nil && n > enough {
			break // killed
		} else if err != nil {
			t.Fatal(err)
		}
		posted = append(posted, address)
		if n == enough {
			kill := time.AfterFunc(100*time.Millisecond, func() { _ = cmd.Process.Kill() })
			defer kill.Stop()
		}
	}
	_ = cmd.Wait() // killed
	launch()
	for _, address := range posted {
		if got := getStatus(t, base+address); got != http.StatusOK {
			t.Errorf("%s: %d after the kill", address, got)
		}
	}
}

// fillOne puts one listing into the market, so that no demo listings are drawn at start.
func fillOne(t *testing.T, dir string) {
	t.Helper()
	store, err := models.Open(t.Context(), models.Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	owner, err := store.EnsureUser(t.Context(), models.Identity{ClerkID: "user_first"})
	if err != nil {
		t.Fatal(err)
	}
	draft, errs := store.Catalog().ParseListing(models.ListingInput{Category: "mobila", Title: "Scaun de lemn", Price: "50", County: "CJ", Locality: "Turda", Import: true})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if _, err := store.InsertListings(t.Context(), []models.BulkListing{{Draft: draft, OwnerID: owner.ID}}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // test
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func signIn(t *testing.T, base string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(base+"/__clerk/sign-in", url.Values{"email": {"ana@example.com"}, "redirect_url": {"/"}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign-in: %d", res.StatusCode)
	}
	return c
}

func postListing(c *http.Client, base string, n int) (address string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	fields := map[string]string{"categorie": "mobila", "titlu": fmt.Sprintf("Masă de bucătărie numărul %d", n), "descriere": "Masă solidă din lemn, cu patru scaune.",
		"pret": "450", "moneda": "RON", "judet": "CJ", "localitate": "Turda", "atribut_tip": "Mese", "atribut_stare": "Bună"}
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			return "", err
		}
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	res, err := c.Post(base+"/adauga-anunt/", w.FormDataContentType(), &b)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		body, _ := io.ReadAll(res.Body) // only for the message
		return "", fmt.Errorf("status %d: %s", res.StatusCode, body)
	}
	return res.Header.Get("Location"), nil
}
