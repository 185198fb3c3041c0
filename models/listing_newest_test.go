package models

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The ranges for some keys are those of the keys, and few.
func TestRangeTokens(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(31, 0))
	for range 200 {
		first := r.Int64N(1 << 22)
		last := first + r.Int64N(1<<22)
		tokens := rangeTokens(first, last)
		if len(tokens) > 2*31+(1<<23)>>wideBits {
			t.Errorf("%d tokens for %d to %d", len(tokens), first, last)
		}
		for range 50 {
			key := r.Int64N(1 << 23)
			found := slices.ContainsFunc(ageTokens(key), func(token string) bool { return slices.Contains(tokens, token) })
			if want := key>>narrowBits >= first>>narrowBits && key>>narrowBits <= last>>narrowBits; found != want {
				t.Errorf("%d is in the ranges for %d to %d: %v", key, first, last, found)
			}
		}
	}
}
