package handlers

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"piata.ro/internal/photos/phototest"
)

// listen serves the site on a port of its own and returns its address: framing and limits need a real connection.
func (s *testSite) listen(t testing.TB) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.app.Listener(Linger(l)) }()
	t.Cleanup(func() {
		if err := s.app.ShutdownWithTimeout(10 * time.Second); err != nil {
			t.Errorf("shut down: %v", err)
		}
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return l.Addr().String()
}

// wire is a connection that tests write bytes to.
type wire struct {
	*net.TCPConn
	r *bufio.Reader
}

func dial(t testing.TB, address string) *wire {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return &wire{TCPConn: conn.(*net.TCPConn), r: bufio.NewReader(conn)}
}

func (w *wire) send(t testing.TB, text string) {
	t.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatalf("send: %v", err)
	}
}

// answer reads one response and its body.
func (w *wire) answer(t testing.TB, method string) *response {
	t.Helper()
	res, err := http.ReadResponse(w.r, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("read answer: %v", err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("read body of answer: %v", err)
	}
	res.Request = &http.Request{Method: method}
	return &response{Response: res, body: string(body)}
}

// ends fails the test unless the server closes the connection without another answer.
func (w *wire) ends(t testing.TB) {
	t.Helper()
	rest, err := io.ReadAll(w.r)
	if err != nil {
		t.Errorf("connection ended with %v", err)
	}
	if len(rest) > 0 {
		t.Errorf("another answer came: %.200q", rest)
	}
}

// alive fails the test unless the connection takes another request.
func (w *wire) alive(t testing.TB) {
	t.Helper()
	w.send(t, "GET /healthz HTTP/1.1\r\nHost: localhost:8080\r\n\r\n")
	if res := w.answer(t, "GET"); res.StatusCode != http.StatusOK || res.body != "ok" {
		t.Errorf("next request: %d %q", res.StatusCode, res.body)
	}
}

func head(method, path string, headers ...string) string {
	return method + " " + path + " HTTP/1.1\r\nHost: localhost:8080\r\n" + strings.Join(append(headers, "", ""), "\r\n")
}

const smuggled = "GET /categorii/ HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"

// TestFraming: a body that nobody read is never taken for the next request.
func TestFraming(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address := site.listen(t)
	long := smuggled + strings.Repeat("x", 20_000)
	length := func(s string) string { return fmt.Sprintf("Content-Length: %d", len(s)) }
	chunked := func(s string) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(s), s) }
	const form = "Content-Type: application/x-www-form-urlencoded"
	tests := []struct {
		name   string
		send   string
		method string
		status int
		alive  bool // the connection goes on; otherwise it must be closed
	}{
		{"plain", head("GET", "/healthz"), "GET", 200, true},
		{"form of another site", head("POST", "/favorite/toggle/1/", form, length(smuggled), "Sec-Fetch-Site: cross-site") + smuggled, "POST", 403, true},
		{"unknown page", head("POST", "/nimic/", form, length(smuggled)) + smuggled, "POST", 404, true},
		{"signed out", head("POST", "/favorite/toggle/1/", form, length(smuggled)) + smuggled, "POST", 303, true},
		{"long and unread", head("POST", "/favorite/toggle/1/", form, length(long)) + long, "POST", 303, false},
		{"chunked and unread", head("POST", "/favorite/toggle/1/", form, "Transfer-Encoding: chunked") + chunked(smuggled), "POST", 303, false},
		{"page with a body", head("GET", "/ajutor/", length(smuggled)) + smuggled, "GET", 200, true},
		{"page with a long body", head("GET", "/ajutor/", length(long)) + long, "GET", 200, false},
		{"page with a chunked body", head("GET", "/ajutor/", "Transfer-Encoding: chunked") + chunked(smuggled), "GET", 200, false},
		{"file with a long body", head("GET", "/robots.txt", length(long)) + long, "GET", 200, false},
		{"HEAD with a body", head("HEAD", "/ajutor/", length(smuggled)) + smuggled, "HEAD", 200, true},
		{"no slash", head("POST", "/favorite/toggle/1", form, length(long)) + long, "POST", 308, false},
		{"two lengths", head("POST", "/nimic/", "Content-Length: 5", "Content-Length: 0") + "12345", "POST", 400, false},
		{"same length twice", head("POST", "/nimic/", "Content-Length: 5", "Content-Length: 5") + "12345", "POST", 400, false},
		{"length and encoding", head("POST", "/nimic/", "Content-Length: 5", "Transfer-Encoding: chunked") + chunked(smuggled), "POST", 400, false},
		{"encoding and length", head("POST", "/nimic/", "Transfer-Encoding: chunked", "Content-Length: 5") + chunked(smuggled), "POST", 400, false},
		{"strange encoding", head("POST", "/nimic/", "Transfer-Encoding: xchunked") + chunked(smuggled), "POST", 400, false},
		{"identity and length", head("POST", "/nimic/", "Transfer-Encoding: identity", length(smuggled)) + smuggled, "POST", 400, false},
		{"two encodings", head("POST", "/nimic/", "Transfer-Encoding: chunked", "Transfer-Encoding: identity") + chunked(smuggled), "POST", 400, false},
		{"folded encoding", head("POST", "/nimic/", "Transfer-Encoding:\r\n chunked", length(smuggled)) + smuggled, "POST", 400, false},
		{"negative length", head("POST", "/nimic/", "Content-Length: -5") + smuggled, "POST", 400, false},
		{"spaced name", head("POST", "/nimic/", "Content-Length : 5") + smuggled, "POST", 400, false},
		{"encoded body", head("POST", "/adauga-anunt/", form, "Content-Encoding: gzip", length(smuggled)) + smuggled, "POST", 415, true},
		{"encoded long body", head("POST", "/adauga-anunt/", form, "Content-Encoding: br", length(long)) + long, "POST", 415, false},
		{"form read to its end", head("POST", "/adauga-anunt/ciorna/", form, "Content-Length: 7") + "titlu=a", "POST", 204, true},
		{"chunked form read to its end", head("POST", "/adauga-anunt/ciorna/", form, "Transfer-Encoding: chunked") + chunked("titlu=a"), "POST", 204, true},
		{"multipart without last line break", head("POST", "/adauga-anunt/ciorna/", "Content-Type: multipart/form-data; boundary=b", "Transfer-Encoding: chunked") +
			chunked("--b\r\nContent-Disposition: form-data; name=\"titlu\"\r\n\r\na\r\n--b--"), "POST", 204, true},
		{"text after the multipart", head("POST", "/adauga-anunt/ciorna/", "Content-Type: multipart/form-data; boundary=b", length("--b--\r\n"+long)) + "--b--\r\n" + long, "POST", 204, true},
		{"sign-in form", head("POST", "/__clerk/sign-in", form, length("email=ana%40example.com")) + "email=ana%40example.com", "POST", 303, true},
		{"unknown method", head("FOO", "/ajutor/", length(smuggled)) + smuggled, "POST", 501, false},
		{"known method of no page", head("PUT", "/ajutor/", length(smuggled)) + smuggled, "POST", 405, true},
		{"asked to go on", head("POST", "/adauga-anunt/ciorna/", form, "Content-Length: 7", "Expect: 100-continue") + "titlu=a", "POST", 100, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := dial(t, address)
			w.send(t, tt.send)
			res := w.answer(t, tt.method).status(t, tt.status)
			if tt.status == http.StatusContinue {
				w.answer(t, tt.method).status(t, http.StatusNoContent)
			}
			if strings.Contains(res.body, "Toate categoriile de anunțuri") {
				t.Error("the body was answered")
			}
			if tt.alive {
				w.alive(t)
				return
			}
			if !res.Close {
				t.Error("the answer does not say that the connection closes")
			}
			w.ends(t)
		})
	}
}

// TestTooLarge: the answer comes before the body, and also reaches a client that sends everything before it reads.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address := site.listen(t)
	const declared = "Content-Length: 73400320"
	block := bytes.Repeat([]byte("a"), 1<<20)
	cookies := ""
	for name, value := range site.as(t, "Ana").cookies {
		cookies += name + "=" + value + "; "
	}
	form := []string{"Content-Type: multipart/form-data; boundary=b", "Cookie: " + strings.TrimSuffix(cookies, "; ")}
	t.Run("headers only", func(t *testing.T) {
		t.Parallel()
		w := dial(t, address)
		start := time.Now()
		w.send(t, head("POST", "/adauga-anunt/", append(form, declared)...))
		w.answer(t, "POST").status(t, http.StatusRequestEntityTooLarge).doc(t).Has(t, "h1", "E prea mult deodată")
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("answer took %v", took)
		}
	})
	t.Run("asks first", func(t *testing.T) {
		t.Parallel()
		w := dial(t, address)
		w.send(t, head("POST", "/adauga-anunt/", append(form, declared, "Expect: 100-continue")...))
		w.answer(t, "POST").status(t, http.StatusRequestEntityTooLarge)
	})
	t.Run("everything first", func(t *testing.T) {
		t.Parallel()
		w := dial(t, address)
		w.send(t, head("POST", "/adauga-anunt/", append(form, declared)...))
		for range 70 {
			w.send(t, string(block))
		}
		w.answer(t, "POST").status(t, http.StatusRequestEntityTooLarge)
		w.ends(t)
	})
	t.Run("chunked", func(t *testing.T) {
		t.Parallel()
		w := dial(t, address)
		w.send(t, head("POST", "/adauga-anunt/", append(form, "Transfer-Encoding: chunked")...))
		w.send(t, "53\r\n"+fmt.Sprintf("%-83s", "--b\r\nContent-Disposition: form-data; name=\"fotografii\"; filename=\"a.jpg\"\r\n\r\n")+"\r\n")
		for range 70 {
			w.send(t, "100000\r\n"+string(block)+"\r\n")
		}
		w.answer(t, "POST").status(t, http.StatusRequestEntityTooLarge)
		w.ends(t)
	})
	t.Run("chunked sign-in", func(t *testing.T) {
		t.Parallel()
		w := dial(t, address)
		w.send(t, head("POST", "/__clerk/sign-in", "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"))
		for range 70 {
			w.send(t, "100000\r\n"+string(block)+"\r\n")
		}
		w.answer(t, "POST").status(t, http.StatusRequestEntityTooLarge)
		w.ends(t)
	})
	t.Run("long text form", func(t *testing.T) {
		t.Parallel()
		w := dial(t, address)
		w.send(t, head("POST", "/adauga-anunt/", form[1], "Content-Type: application/x-www-form-urlencoded", "Content-Length: 10485760"))
		for range 10 {
			w.send(t, string(block))
		}
		w.answer(t, "POST").status(t, http.StatusRequestEntityTooLarge).doc(t).Has(t, "main", "prea mult text")
		w.ends(t)
	})
}

// TestHeaderSize: long sign-in cookies fit, and too long a head is told what to do, as a page.
func TestHeaderSize(t *testing.T) {
	t.Parallel()
	address := newTestSite(t).listen(t)
	w := dial(t, address)
	w.send(t, head("GET", "/ajutor/", "Cookie: a="+strings.Repeat("x", 30<<10)))
	w.answer(t, "GET").status(t, http.StatusOK)

	w = dial(t, address)
	w.send(t, head("GET", "/ajutor/", "Cookie: a="+strings.Repeat("x", 200<<10)))
	res := w.answer(t, "GET").status(t, http.StatusRequestHeaderFieldsTooLarge)
	res.doc(t).Has(t, "h1", "Cererea e prea lungă")
	if res.Header.Get("Content-Security-Policy") == "" {
		t.Error("no content security policy")
	}
	w.ends(t)

	w = dial(t, address)
	w.send(t, "GARBAGE\r\n\r\n")
	w.answer(t, "GET").status(t, http.StatusBadRequest)
}

// TestAbortedUpload: a client that goes away in the middle leaves nothing behind.
func TestAbortedUpload(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address := site.listen(t)
	part := "--b\r\nContent-Disposition: form-data; name=\"fotografii\"; filename=\"a.jpg\"\r\n\r\n"
	photo := string(phototest.WithSegment(phototest.JPEG(300, 300, phototest.Exif{}), 0xfe, make([]byte, 20_000))) // more than is read ahead
	w := dial(t, address)
	w.send(t, head("POST", "/adauga-anunt/", "Content-Type: multipart/form-data; boundary=b", "Content-Length: 1000000")+part+photo+"\r\n"+part+photo[:15_000])
	if err := w.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	w.answer(t, "POST").status(t, http.StatusBadRequest)
	w.ends(t)
	site.wantRows(t, "form_drafts", 0)
	site.wantRows(t, "photos", 0)
	if left, err := os.ReadDir(filepath.Join(site.dir, "photos", "tmp")); err != nil || len(left) > 0 {
		t.Errorf("temporary files: %v, %v", left, err)
	}
}

// TestAbortedForm: half a form is refused, however much sense it makes.
func TestAbortedForm(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	address := site.listen(t)
	w := dial(t, address)
	w.send(t, head("POST", "/adauga-anunt/ciorna/", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 30000")+"titlu=jumatate&descriere="+strings.Repeat("a", 20_000))
	if err := w.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	w.answer(t, "POST").status(t, http.StatusBadRequest)
	site.wantRows(t, "form_drafts", 0)
}
