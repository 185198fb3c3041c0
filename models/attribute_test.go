package models

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAttributeParse(t *testing.T) {
	t.Parallel()
	number := func(n float64) *AttributeValue { v := numberAttribute("x", n); return &v }
	word := func(s string) *AttributeValue { v := textAttribute("x", s); return &v }
	year := Attribute{Key: "an", Label: "An", Kind: KindNumber}
	km := Attribute{Key: "x", Label: "Rulaj", Kind: KindNumber, Unit: "km"}
	percent := Attribute{Key: "x", Label: "Baterie", Kind: KindNumber, Unit: "%"}
	flag := Attribute{Key: "x", Label: "Lift", Kind: KindBool}
	choice := Attribute{Key: "x", Label: "Culoare", Kind: KindSelect, Options: []string{"Roșu", "4x4", "Altă culoare"}}
	tests := []struct {
		attribute Attribute
		raw       string
		want      *AttributeValue
		bad       bool
	}{
		{km, "120.000", number(120000), false},
		{km, "120 000 km", number(120000), false},
		{km, "120000KM", number(120000), false},
		{km, "1,5", number(1.5), false},
		{km, "0", number(0), false},
		{km, "1000000000", number(1e9), false},
		{km, "1000000001", nil, true},
		{km, "-1", nil, true},
		{km, "mulți", nil, true},
		{km, "km", nil, true},
		{km, "1e9", nil, true},
		{km, "NaN", nil, true},
		{km, "Inf", nil, true},
		{percent, "85%", number(85), false},
		{percent, "85 %", number(85), false},
		{year, "2015", &AttributeValue{Key: "an", NumberValue: number(2015).NumberValue}, false},
		{year, "1850", &AttributeValue{Key: "an", NumberValue: number(1850).NumberValue}, false},
		{year, "1849", nil, true},
		{year, "2101", nil, true},
		{year, "15", nil, true},
		{year, "2015,5", nil, true},
		{flag, "da", word("da"), false},
		{flag, "DA", word("da"), false},
		{flag, "on", word("da"), false},
		{flag, "true", word("da"), false},
		{flag, "nu", nil, false},
		{flag, "false", nil, false},
		{flag, "poate", nil, true},
		{choice, "Roșu", word("Roșu"), false},
		{choice, "rosu", word("Roșu"), false},
		{choice, "Ro\u015fu", word("Roșu"), false},
		{choice, "altă  culoare", nil, true},
		{choice, "Mov", nil, true},
	}
	for _, tt := range tests {
		got, problem := tt.attribute.Parse(tt.raw)
		if diff := cmp.Diff(tt.want, got); diff != "" || (problem != "") != tt.bad {
			t.Errorf("%s %q: problem %q (-want +got)\n%s", tt.attribute.Label, tt.raw, problem, diff)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw  string
		want float64
		ok   bool
	}{
		{"1500", 1500, true}, {"1.500", 1500, true}, {"1 500", 1500, true}, {"1,5", 1.5, true}, {"1.5", 1.5, true}, {"27.5", 27.5, true},
		{"1.500,25", 1500.25, true}, {"1.234.567", 1234567, true}, {"0.500", 0.5, true}, {"-3", -3, true}, {"0", 0, true},
		{"", 0, false}, {"-", 0, false}, {",", 0, false}, {".", 0, false}, {"1.2.3", 0, false}, {"1,2,3", 0, false}, {"12a", 0, false},
		{"0x1p4", 0, false}, {"1_000", 0, false}, {strings.Repeat("1", 21), 0, false}, {"½", 0, false},
	}
	for _, tt := range tests {
		if got, ok := ParseNumber(tt.raw); ok != tt.ok || ok && got != tt.want {
			t.Errorf("ParseNumber(%q) = %v, %v; want %v, %v", tt.raw, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, raw := range []string{"1.500", "1,5", "1.5", "-3", "1.250.000,75", " 12 ", "1e9", "--", ".", ",", "0.125", "99999999999999999999", "٣"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		n, ok := ParseNumber(raw)
		if !ok {
			return
		}
		if math.IsNaN(n) || math.IsInf(n, 0) {
			t.Fatalf("ParseNumber(%q) = %v", raw, n)
		}
		typed := strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
		if again, ok := ParseNumber(typed); len(typed) <= 20 && (!ok || again != n) {
			t.Errorf("%q is %v, but %q is %v, %v", raw, n, typed, again, ok)
		}
	})
}
