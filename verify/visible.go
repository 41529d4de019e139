package verify

import (
	"fmt"
	"strings"
	"unicode"
)

// Quoted is what a party wrote as the account and the command line show it: in 「…」,
// which nothing in it can end, so that no part of it passes for the words around it. A
// quotation mark of these in it becomes 『 or 』, as within Chinese quotations; what only
// looks like one is written out.
func Quoted(text string) string { return "「" + nested(visible(text)) + "」" }

// Identifier is an id, code or name of a chain as the account shows it: as it is while it is
// made of ASCII letters, digits, '.', '_' and '-', so that it cannot look like more than
// one word; else it is Quoted.
func Identifier(text string) string {
	for _, r := range text {
		if r > unicode.MaxASCII || !unicode.In(r, unicode.L, unicode.Nd) && !strings.ContainsRune("._-", r) {
			return Quoted(text)
		}
	}
	if text == "" {
		return Quoted(text)
	}
	return text
}

// corners look like the quotation marks, more or less by font.
const corners = "﹁﹂⌈⌉⌊⌋⌜⌝⌞⌟⸢⸣⸤⸥⎡⎤⎣⎦┌┐└┘┏┓┗┛"

// nested takes the quotation marks out of a text.
func nested(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case r == '「' || r == '｢':
			out.WriteRune('『')
		case r == '」' || r == '｣':
			out.WriteRune('』')
		case strings.ContainsRune(corners, r):
			fmt.Fprintf(&out, `\u{%04X}`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// visible makes text safe for a line of what people read. A run of
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
