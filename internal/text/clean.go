package text

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Line cleans text typed into a one-line field: a title, a name, a place. What cannot be seen is removed
// (broken UTF-8, control characters, zero-width and direction marks), Romanian letters get their modern
// composed form, and white space becomes single spaces without any at the ends.
func Line(s string) string { return clean(s, false) }

// Paragraphs cleans like Line but keeps line breaks, as "\n" and at most two in a row.
func Paragraphs(s string) string { return clean(s, true) }

func clean(s string, keepLines bool) string {
	out := make([]byte, 0, len(s))
	spaces, lines := 0, 0 // white space seen since the last letter
	var before rune
	for _, r := range s {
		if r == utf8.RuneError {
			continue
		}
		switch {
		case isBreak(r):
			if r != '\n' || before != '\r' { // "\r\n" is one break
				lines++
			}
		case unicode.IsSpace(r):
			spaces++
		case isInvisible(r):
		case isCombining(r):
			if spaces == 0 && lines == 0 {
				out = compose(out, r)
			}
		default:
			if len(out) > 0 {
				out = appendGap(out, spaces, lines, keepLines)
			}
			spaces, lines = 0, 0
			out = utf8.AppendRune(out, modern(r))
		}
		before = r
	}
	return string(out)
}

func appendGap(out []byte, spaces, lines int, keepLines bool) []byte {
	if lines > 0 && keepLines {
		return append(out, "\n\n"[:min(lines, 2)]...)
	}
	if spaces > 0 || lines > 0 {
		return append(out, ' ')
	}
	return out
}

func isBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}

// isInvisible tells what a reader cannot see but a program can be fooled by: „Ana” with a zero-width
// space is not another person, and a direction override must not turn an address around.
func isInvisible(r rune) bool {
	if r < 0x80 {
		return r < ' ' || r == 0x7F
	}
	switch r {
	case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: // letters and a braille cell drawn as nothing
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector)
}

// modern replaces the cedilla letters of old keyboards and fonts by the right ones with a comma below.
func modern(r rune) rune {
	switch r {
	case 'ş':
		return 'ș'
	case 'Ş':
		return 'Ș'
	case 'ţ':
		return 'ț'
	case 'Ţ':
		return 'Ț'
	}
	return r
}

// composed lists, for each combining mark, letters and what they become with it: the letters of Romanian
// and of its neighbours, as phones and Macs sometimes send them in two pieces.
var composed = map[rune]string{
	0x0300: "aàeèiìoòuùAÀEÈIÌOÒUÙ",
	0x0301: "aáeéiíoóuúyýcćnńsśzźlĺrŕAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹLĹRŔ",
	0x0302: "aâeêiîoôuûAÂEÊIÎOÔUÛ",
	0x0303: "aãnñoõAÃNÑOÕ",
	0x0304: "aāeēiīoōuūAĀEĒIĪOŌUŪ",
	0x0306: "aăeĕgğiĭoŏuŭийAĂEĔGĞIĬOŎUŬИЙ",
	0x0307: "eėzżIİEĖZŻ",
	0x0308: "aäeëiïoöuüyÿеёіїAÄEËIÏOÖUÜYŸЕЁІЇ",
	0x030A: "aåuůAÅUŮ",
	0x030B: "oőuűOŐUŰ",
	0x030C: "cčdďeěnňrřsštťzžCČDĎEĚNŇRŘSŠTŤZŽ",
	0x0326: "sștțSȘTȚ",
	0x0327: "cçsștțCÇSȘTȚ",
	0x0328: "aąeęAĄEĘ",
}

// compose joins mark to the last letter of out. A mark that makes no letter of the list is dropped, so
// that nobody can pile them up over the lines above and below.
func compose(out []byte, mark rune) []byte {
	last, size := utf8.DecodeLastRune(out)
	pairs := []rune(composed[mark])
	if i := slices.Index(pairs, last); i >= 0 && i%2 == 0 {
		return utf8.AppendRune(out[:len(out)-size], pairs[i+1])
	}
	return out
}
