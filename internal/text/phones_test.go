package text

import "testing"

func TestPhonesInTexts(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, hidden, without string }{
		{"Sunați la 0722 123 456 seara.", "Sunați la 07•• ••• ••• seara.", "Sunați la seara."},
		{"Preț fix. Tel: 0722-123-456", "Preț fix. Tel: 07•• ••• •••", "Preț fix"},
		{"0722123456 sau 021.123.45.67, oricând", "07•• ••• ••• sau 07•• ••• •••, oricând", "sau, oricând"},
		{"+40 722 123 456", "07•• ••• •••", ""},
		{"piesa Bosch 0281002568, cod 0445110369", "piesa Bosch 0281002568, cod 0445110369", "piesa Bosch 0281002568, cod 0445110369"},
		{"85.000 km, 12.500 €, an 2015, VIN WVW0722123456XYZ", "85.000 km, 12.500 €, an 2015, VIN WVW0722123456XYZ", "85.000 km, 12.500 €, an 2015, VIN WVW0722123456XYZ"},
		{"0722123456 0733123456 și 20 0744 111 222", "07•• ••• ••• 07•• ••• ••• și 20 07•• ••• •••", "și 20"},
		{"IBAN RO49AAAA1B31007593840000", "IBAN RO49AAAA1B31007593840000", "IBAN RO49AAAA1B31007593840000"},
		{"", "", ""},
	}
	for _, tt := range tests {
		if got := HidePhones(tt.in); got != tt.hidden {
			t.Errorf("HidePhones(%q) = %q, want %q", tt.in, got, tt.hidden)
		}
		if got := WithoutPhones(tt.in); got != tt.without {
			t.Errorf("WithoutPhones(%q) = %q, want %q", tt.in, got, tt.without)
		}
	}
}

// FuzzFindPhones holds that spans lie inside the text, in order, and that a hidden text hides all of them.
func FuzzFindPhones(f *testing.F) {
	f.Add("tel 0722 123 456 și 021/1234567")
	f.Add("+40+40722123456 0722123456 0")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, p := range FindPhones(s) {
			if p.Start < end || p.End <= p.Start || p.End > len(s) {
				t.Fatalf("%q: %+v after %d", s, p, end)
			}
			end = p.End
		}
		if again := FindPhones(HidePhones(s)); len(again) > 0 {
			t.Errorf("%q still shows %+v", HidePhones(s), again)
		}
	})
}
