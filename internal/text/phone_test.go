package text

import (
	"strings"
	"testing"
)

func TestPhone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"0722123456":             "+40722123456",
		" 0722 123 456 ":         "+40722123456",
		"0722.123.456":           "+40722123456",
		"0722-123-456":           "+40722123456",
		"+40 722 123 456":        "+40722123456",
		"+40 (0)722 123 456":     "+40722123456",
		"0040722123456":          "+40722123456",
		"40722123456":            "+40722123456",
		"021/123.45.67":          "+40211234567",
		"0364\u00a0123\u00a0456": "+40364123456",
		"":                       "",
		"0722":                   "",
		"722123456":              "",
		"+722123456":             "",
		"+0722123456":            "",
		"0800123456":             "",
		"0900123456":             "",
		"+373 69 123 456":        "",
		"07221234567":            "",
		"0722 123 456 int. 5":    "",
		"0722+123456":            "",
		"++40722123456":          "",
		"٠٧٢٢١٢٣٤٥٦":             "",
		strings.Repeat("0", 99):  "",
	} {
		got, ok := Phone(in)
		if got != want || ok != (want != "") {
			t.Errorf("Phone(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestFormatPhone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"+40722123456": "0722 123 456",
		"+40211234567": "021 123 4567",
		"+40364123456": "0364 123 456",
		"+37369123456": "+37369123456",
		"":             "",
	} {
		if got := FormatPhone(in); got != want {
			t.Errorf("FormatPhone(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzPhone(f *testing.F) {
	f.Add("+40 (0)722-123.456")
	f.Add("0040 21 123 45 67")
	f.Fuzz(func(t *testing.T, s string) {
		number, ok := Phone(s)
		if !ok {
			if number != "" {
				t.Errorf("Phone(%q) refused and gave %q", s, number)
			}
			return
		}
		if len(number) != len("+40722123456") {
			t.Errorf("Phone(%q) = %q", s, number)
		}
		if again, ok := Phone(FormatPhone(number)); !ok || again != number {
			t.Errorf("%q written for people reads %q", number, again)
		}
	})
}
