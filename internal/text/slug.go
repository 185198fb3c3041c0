package text

import "strings"

// emptySlug stands for a title without a single Latin letter or digit.
const emptySlug = "anunt"

// Slug returns s as a part of an address: folded words joined by '-', at most limit bytes, cut at the end
// of a word unless the first word alone is longer. It is never empty: "anunt" stands for nothing.
func Slug(s string, limit int) string {
	var b strings.Builder
	gap := false
	for _, c := range []byte(Fold(s)) {
		if c < 'a' && (c < '0' || c > '9') || c > 'z' {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteByte(c)
		if b.Len() > limit {
			break
		}
	}
	slug := b.String()
	if len(slug) > limit {
		slug = slug[:max(limit, 0)]
		if i := strings.LastIndexByte(slug, '-'); i > 0 && b.String()[len(slug)] != '-' {
			slug = slug[:i]
		}
	}
	slug = strings.TrimRight(slug, "-")
	if slug == "" {
		return emptySlug
	}
	return slug
}
