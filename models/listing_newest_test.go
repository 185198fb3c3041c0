package models

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// However many matches there are, the parts follow each other without a gap down to the lowest key, and their tokens cover them.
func TestNextPart(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(31, 0))
	for range 300 {
		top := r.Int64N(1 << 21)
		lowest := r.Int64N(top + 1)
		found, limit := 0, 1+r.IntN(1000)
		rate := r.Float64() * r.Float64() * r.Float64()
		parts := 0
		for last := top; last >= lowest && found < limit; parts++ {
			p := nextPart(top, last, lowest, found, limit)
			if p.last != last || p.first > last || p.first < lowest {
				t.Fatalf("from %d down to %d after %d: %+v", top, lowest, last, p)
			}
			for range 20 {
				key := p.first + r.Int64N(p.last-p.first+1)
				if covered := slices.ContainsFunc(ageTokens(key), func(token string) bool { return slices.Contains(p.tokens, token) }); !covered && p.tokens != nil {
					t.Fatalf("%d is in %+v without a token", key, p)
				}
			}
			found += int(rate * float64(p.last-p.first+1))
			last = p.first - 1
		}
		if parts > 12 {
			t.Errorf("%d parts from %d down to %d for %d at a rate of %g", parts, top, lowest, limit, rate)
		}
	}
}
