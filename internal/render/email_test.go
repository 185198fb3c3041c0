package render

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEmail(t *testing.T) {
	t.Parallel()
	views := fstest.MapFS{
		"layouts/base.html":  {Data: []byte(`{{template "content" .}}`)},
		"emails/layout.html": {Data: []byte(`<body>{{template "content" .}}</body>`)},
		"emails/hello.txt":   {Data: []byte("Salut, {{.}}\n\nText & <b> pentru {{.}}\n")},
		"emails/hello.html":  {Data: []byte(`<p>{{.}}</p>`)},
		"emails/plain.txt":   {Data: []byte("Numai text\nUn rând")},
	}
	r, err := New(views, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]Email{
		"hello": {Subject: "Salut, Ana & <Dan>", Text: "Text & <b> pentru Ana & <Dan>\n", HTML: "<body><p>Ana &amp; &lt;Dan&gt;</p></body>"},
		"plain": {Subject: "Numai text", Text: "Un rând\n"},
	} {
		if got, err := r.Email(name, "Ana & <Dan>"); err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := r.Email("missing", nil); err == nil {
		t.Error("a mail without templates")
	}
	delete(views, "emails/hello.txt")
	if _, err := New(views, nil); err == nil || !strings.Contains(err.Error(), "hello") {
		t.Errorf("HTML without text: %v", err)
	}
}
