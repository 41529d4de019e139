package verify

import (
	"fmt"
	"strings"
	"unicode"
)

// visible makes text that was checked by showable safe for a line of the account. A run of
// spaces could push what follows to the beginning of a screen's next line, where it would
// look like a line of the account itself; and characters that show nothing could make two
// names look alike. Both are written out: " ␠␠", "\u{3164}".
func visible(s string) string {
	var out strings.Builder
	before := 'x'
	for _, r := range s {
		switch {
		case r == ' ' && (before == ' '):
			out.WriteRune('␠')
		case r != ' ' && blank(r):
			fmt.Fprintf(&out, `\u{%04X}`, r)
		default:
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// blank says whether a character takes room or none but shows nothing.
func blank(r rune) bool {
	return unicode.In(r, unicode.Zs, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u2800' || // a braille cell without dots
		!unicode.IsGraphic(r) // not assigned
}
