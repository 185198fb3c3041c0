package text

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseAmount(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Amount{
		"1250":                {Minor: 125000},
		"1.250":               {Minor: 125000},
		"1,250":               {Minor: 125000},
		"1250,50":             {Minor: 125050},
		"1250,5":              {Minor: 125050},
		"1250.5":              {Minor: 125050},
		"1.250,50":            {Minor: 125050},
		"1,250.50":            {Minor: 125050},
		"1 250,50":            {Minor: 125050},
		"0,50":                {Minor: 50},
		"1.250.000":           {Minor: 125000000},
		"1 250 lei":           {Minor: 125000, Currency: "RON"},
		"1\u00a0250\u202flei": {Minor: 125000, Currency: "RON"},
		"20 de lei":           {Minor: 2000, Currency: "RON"},
		"1 leu":               {Minor: 100, Currency: "RON"},
		"300 RON":             {Minor: 30000, Currency: "RON"},
		"300ron":              {Minor: 30000, Currency: "RON"},
		"12.500 €":            {Minor: 1250000, Currency: "EUR"},
		"€12.500":             {Minor: 1250000, Currency: "EUR"},
		"EUR 300":             {Minor: 30000, Currency: "EUR"},
		"300 Euro":            {Minor: 30000, Currency: "EUR"},
		"100.000.000":         {Minor: 10_000_000_000},
		"Gratis":              {Free: true},
		" gratuit ":           {Free: true},
		"0":                   {Free: true},
		"0 lei":               {Free: true, Currency: "RON"},
	} {
		got, err := ParseAmount(in)
		if err != nil {
			t.Errorf("ParseAmount(%q): %v", in, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseAmount(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestParseAmountRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]error{
		"":                           ErrNotAmount,
		"lei":                        ErrNotAmount,
		"la cerere":                  ErrNotAmount,
		"-5":                         ErrNotAmount,
		"100-200":                    ErrNotAmount,
		"100 200 50":                 ErrNotAmount,
		"1250 50":                    ErrNotAmount,
		"12.50.000":                  ErrNotAmount,
		"1250.500":                   ErrNotAmount,
		"0.500":                      ErrNotAmount,
		"1.250,50,50":                ErrNotAmount,
		"1.250.":                     ErrNotAmount,
		",50":                        ErrNotAmount,
		"1e5":                        ErrNotAmount,
		"5²":                         ErrNotAmount,
		"٣٠٠":                        ErrNotAmount,
		"lei 5 euro":                 ErrNotAmount,
		"1.250,505":                  ErrAmountDecimals,
		"12,3456":                    ErrAmountDecimals,
		"100.000.000,01":             ErrAmountTooLarge,
		"100000001":                  ErrAmountTooLarge,
		"99999999999999999999999999": ErrAmountTooLarge,
	} {
		if got, err := ParseAmount(in); !errors.Is(err, want) || got != (Amount{}) {
			t.Errorf("ParseAmount(%q) = %+v, %v, want %v", in, got, err, want)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1.250,50 lei", "€ 12.500", "gratis", "1 250", "-1", "1,250.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseAmount(s)
		if err != nil && got != (Amount{}) {
			t.Errorf("ParseAmount(%q) = %+v along with %v", s, got, err)
		}
		if got.Minor < 0 || got.Minor > maxWholeUnits*100 || got.Free && got.Minor != 0 {
			t.Errorf("ParseAmount(%q) = %+v", s, got)
		}
		if err == nil && !got.Free && got.Minor%100 == 0 {
			if again, err := ParseAmount(Number(got.Minor / 100)); err != nil || again.Minor != got.Minor {
				t.Errorf("%q written for people reads %+v, %v", s, again, err)
			}
		}
	})
}
