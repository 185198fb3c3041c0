package models

import "testing"

// TestReader checks that the reader knows the reference data: what it reads is measured in internal/search.
func TestReader(t *testing.T) {
	t.Parallel()
	c, _, err := parseReference(referenceFiles)
	if err != nil {
		t.Fatal(err)
	}
	got := c.Reader().Read("golf 7 diesel sub 9000 euro în Turda")
	if len(got.Pieces) != 4 || c.Category(got.Pieces[0].Values[0]) == nil || c.Locality(got.Pieces[3].Values[0], nil) == nil {
		t.Errorf("read %+v", got.Pieces)
	}
}
