package assistant_test

import (
	"strings"
	"testing"

	"piata.ro/internal/assistant"
	fake "piata.ro/internal/assistant/fakellm"
)

func TestImproveText(t *testing.T) {
	t.Parallel()
	const given = "vand pegas 1985, suna la 0722 123 456 sau 0733 000 111"
	tests := []struct {
		name, answer, reason, want string
	}{
		{"what is hidden comes back", "Vând Pegas din 1985. Sună la [telefon ascuns] sau [telefon ascuns].", "stop", "Vând Pegas din 1985. Sună la 0722 123 456 sau 0733 000 111."},
		{"a number is lost", "Vând Pegas din 1985. Sună la [telefon ascuns].", "stop", ""},
		{"a number is made up", "Vând Pegas din 1985. [telefon ascuns] [telefon ascuns] [e-mail ascuns]", "stop", ""},
		{"another year", "Vând Pegas din 1986. Sună la [telefon ascuns] sau [telefon ascuns].", "stop", ""},
		{"an address is added", "Vând Pegas din 1985, https://x.ro. Sună la [telefon ascuns] sau [telefon ascuns].", "stop", ""},
		{"no room for the end", "Vând Pegas din 1985. Sună la [telefon ascuns] sau [telefon ascuns].", "length", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, model := start(t, always(fake.Say(test.answer), fake.Finish(test.reason, 1, 1)))
			got, _, err := a.ImproveText(t.Context(), given)
			if got != test.want || (err == nil) != (test.want != "") {
				t.Errorf("got %q, error %v", got, err)
			}
			if seen := model.Requests()[0].Last().Content; strings.Contains(seen, "0722") {
				t.Errorf("the model reads %q", seen)
			}
		})
	}
}

func TestWriteAdvert(t *testing.T) {
	t.Parallel()
	a, _ := start(t, always(fake.Say("```json\n"+`{"titlu":"Pegas","descriere":"Sună la [telefon ascuns]","pret":800,"detalii":{"viteze":2,"nou":false}}`+"\n```"), fake.Finish("stop", 1, 1)))
	got, _, err := a.WriteAdvert(t.Context(), "pegas 800 lei 0722 123 456", "")
	if err != nil || got.Title != "Pegas" || got.Price != "800" || got.Description != "Sună la" || got.Attributes["viteze"] != "2" {
		t.Errorf("got %+v, error %v", got, err)
	}
	b, _ := start(t, always(fake.Say("nu pot"), fake.Finish("stop", 1, 1)))
	if _, _, err := b.WriteAdvert(t.Context(), "x", ""); kindOf(err) != assistant.Garbled {
		t.Errorf("error %v", err)
	}
}

// TestRetryAfter waits as long as it is told to, by either way to say so.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]float64{"60": 60, "999999": 3600, "-5": 0, "x": 0, "Mon, 23 Nov 2026 10:00:30 GMT": 30} {
		a, _ := start(t, always(fake.RefuseWith(429, map[string]string{"Retry-After": header, "Date": "Mon, 23 Nov 2026 10:00:00 GMT"})))
		_, err := a.Answer(t.Context(), assistant.Question{Text: "x"}, collect(&strings.Builder{}))
		if f := failure(err); f == nil || f.RetryAfter.Seconds() != want {
			t.Errorf("%q: error %+v, want %v s", header, err, want)
		}
	}
}
