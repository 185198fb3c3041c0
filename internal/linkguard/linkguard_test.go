package linkguard

import (
	"strings"
	"testing"
)

// FuzzMessage holds that findings lie inside the text, in order and apart, and that nothing panics.
func FuzzMessage(f *testing.F) {
	g := New("piata.ro")
	f.Add("intră pe fancourier.ro.plata-sigura.top/x, tel 0722 123 456, ion@gmail.com")
	f.Add("c a r g u s - p l a t i . t o p și fan\u200bcourier punct top \u202e")
	f.Add("https://a@b:99999/%zz?u=//x")
	f.Fuzz(func(t *testing.T, s string) {
		r := g.Message(s)
		end := 0
		for _, found := range r.Findings {
			if found.End == 0 {
				continue
			}
			if found.Start < end || found.End <= found.Start || found.End > len(s) {
				t.Fatalf("%q: finding %+v after %d", s, found, end)
			}
			end = found.End
		}
		if severity[r.Verdict] == 0 && r.Verdict != Known {
			t.Fatalf("%q: verdict %q", s, r.Verdict)
		}
		g.Link(s)
	})
}

// A message has to be judged in less than 5 ms, also one of 10 KB.
func BenchmarkMessage(b *testing.B) {
	g := New("piata.ro")
	var all strings.Builder
	for _, m := range readLabelled(b, "testdata/tuning.csv") {
		all.WriteString(m.text + "\n")
	}
	long := strings.Repeat("am plătit prin fan curier, intră pe https://fancourier-livrare.top/plata/83921 ca să primești banii pe card. ", 100)
	for name, text := range map[string]string{"ordinary": all.String()[:300], "10KB": all.String()[:10<<10], "10KB repeated": long[:10<<10]} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				g.Message(text)
			}
		})
	}
}
