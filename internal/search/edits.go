package search

import "math/bits"

// What the mistakes of a hurried hand cost; one edit that nothing explains is 1.
const (
	maxShift      = 3   // how far a letter can have moved
	costNeighbour = 0.7 // a key beside the right one
	costSwap      = 0.7 // two letters in the wrong order
	costDouble    = 0.6 // a letter once too often or too few
	costSound     = 0.6 // letters that sound alike, or that folding tells apart: „pine” for „pâine”
	costFirst     = 0.4 // more, when the first letter is wrong
)

// keyRows are the letters of the keyboard; those beside each other and below each other are neighbours.
var keyRows = [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// alike holds pairs of letters that are taken for one another.
var alike = func() (pairs [26][26]float32) {
	set := func(a, b byte, cost float32) {
		pairs[a-'a'][b-'a'], pairs[b-'a'][a-'a'] = cost, cost
	}
	for y, row := range keyRows {
		for x := range len(row) {
			if x > 0 {
				set(row[x], row[x-1], costNeighbour)
			}
			if y > 0 {
				for _, above := range []int{x, x + 1} {
					if above < len(keyRows[y-1]) {
						set(row[x], keyRows[y-1][above], costNeighbour)
					}
				}
			}
		}
	}
	for _, sound := range []string{"ck", "ai", "yi", "vw", "sz", "kq", "ea", "ou"} {
		set(sound[0], sound[1], costSound)
	}
	return pairs
}()

// missing counts the letters of a that b does not have.
func missing(a, b uint32) int { return bits.OnesCount32(a &^ b) }

// beginsAlike tells whether a word can be meant for one with these first letters: the first may be missing, doubled, swapped with the second, or
// the key beside it.
func beginsAlike(word string, first, second byte) bool {
	return word[0] == first || word[1] == first || word[0] == second || alike[word[0]-'a'][first-'a'] > 0
}

// editCost is the weighted Damerau-Levenshtein distance of two words of a-z with two to 24 letters, or more than limit when it is more.
func editCost(a, b string, limit float32) float32 {
	const infinite = 1e9
	var rows [3][maxWord + 3]float32
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := 1; j <= len(b); j++ {
		last[j] = last[j-1] + insertion(b, j-1)
	}
	leastBefore := float32(0)
	for i := 1; i <= len(a); i++ {
		row[0] = last[0] + insertion(a, i-1)
		least := row[0]
		low, high := max(1, i-maxShift), min(len(b), i+maxShift)
		if low > 1 {
			row[low-1], least = infinite, infinite
		}
		if high < len(b) {
			row[high+1] = infinite
		}
		for j := low; j <= high; j++ {
			cost := min(last[j]+insertion(a, i-1), row[j-1]+insertion(b, j-1), last[j-1]+substitution(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] && a[i-1] != a[i-2] {
				cost = min(cost, before[j-2]+costSwap)
			}
			row[j] = cost
			least = min(least, cost)
		}
		if min(least, leastBefore+costSwap) > limit {
			return infinite
		}
		leastBefore = least
		before, last, row = last, row, before
	}
	cost := last[len(b)]
	if a[0] != b[0] && a[1] != b[0] && a[0] != b[1] {
		cost += costFirst
	}
	return cost
}

// insertion is the cost of a letter that only one of the words has.
func insertion(s string, i int) float32 {
	if i > 0 && s[i] == s[i-1] {
		return costDouble
	}
	return 1
}

func substitution(a, b byte) float32 {
	if a == b {
		return 0
	}
	if cost := alike[a-'a'][b-'a']; cost > 0 {
		return cost
	}
	return 1
}
