// Package text knows how Romanians write: letters, plurals, numbers, dates, phone numbers and prices.
// It turns typed text into clean values and values into text for people. It knows nothing of HTML, of
// requests or of the database, and imports only the standard library.
package text

import (
	"strings"
	"unicode/utf8"
)

// Runes returns the length of s in characters, which is how limits are explained to people.
func Runes(s string) int { return utf8.RuneCountInString(s) }

// Truncate shortens s to at most n characters, the closing „…” included. It cuts at the end of a word
// when that keeps at least half of the room; a single endless word is cut where it stands.
func Truncate(s string, n int) string {
	if n <= 0 {
		return ""
	}
	if len(s) <= n || Runes(s) <= n {
		return s
	}
	cut, lastSpace, half, seen := len(s), 0, 0, 0
	for i, r := range s {
		if seen == n/2 {
			half = i
		}
		if r == ' ' || r == '\n' {
			lastSpace = i
		}
		if seen == n-1 {
			cut = i
			break
		}
		seen++
	}
	if lastSpace > 0 && lastSpace >= half {
		cut = lastSpace
	}
	return strings.TrimRight(s[:cut], " \n,;:.-–—") + "…"
}
