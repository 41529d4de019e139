package valid

import (
	"sort"
	"unicode/utf8"

	errorsmod "cosmossdk.io/errors"
)

// unfit are the characters, first and last of each range, that no text in state may hold,
// since they show nothing, look like a space, or change how their neighbours are shown.
// The list is our own and not package unicode's: its tables grow with Go, and two nodes
// that were built with different ones must judge alike. It follows Unicode 15: General_Category
// Cc, Cf, Zl, Zp, Zs but for U+0020, Co, the noncharacters, Default_Ignorable_Code_Point,
// U+2800, which is a braille cell without dots, and U+FFFC and U+FFFD, which stand for what is missing.
var unfit = [...][2]rune{
	{0x0000, 0x001f}, {0x007f, 0x00a0}, {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x0600, 0x0605}, {0x061c, 0x061c}, {0x06dd, 0x06dd},
	{0x070f, 0x070f}, {0x0890, 0x0891}, {0x08e2, 0x08e2}, {0x115f, 0x1160}, {0x1680, 0x1680}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
	{0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164}, {0xe000, 0xf8ff},
	{0xfdd0, 0xfdef}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xffff}, {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
	{0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0x1fffe, 0x1ffff}, {0x2fffe, 0x2ffff}, {0x3fffe, 0x3ffff},
	{0x4fffe, 0x4ffff}, {0x5fffe, 0x5ffff}, {0x6fffe, 0x6ffff}, {0x7fffe, 0x7ffff}, {0x8fffe, 0x8ffff}, {0x9fffe, 0x9ffff},
	{0xafffe, 0xaffff}, {0xbfffe, 0xbffff}, {0xcfffe, 0xcffff}, {0xdfffe, 0xe0fff}, {0xefffe, 0x10ffff},
}

// Text checks UTF-8 text of minBytes to maxBytes bytes: no control characters, none that
// show nothing, no space but U+0020, and that neither at its ends nor after another.
func Text(field, s string, minBytes, maxBytes int) error {
	if len(s) < minBytes || len(s) > maxBytes {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected %d to %d bytes, got %d", field, minBytes, maxBytes, len(s))
	}
	if !utf8.ValidString(s) {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected valid UTF-8", field)
	}
	if s != "" && (s[0] == ' ' || s[len(s)-1] == ' ') {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected no space at the ends", field)
	}
	before := rune(0)
	for i, r := range s {
		if isUnfit(r) {
			return errorsmod.Wrapf(ErrInvalid, "%s: expected characters that can be seen, and no space but U+0020, got U+%04X at byte %d", field, r, i)
		}
		if r == ' ' && before == ' ' {
			return errorsmod.Wrapf(ErrInvalid, "%s: expected single spaces, got two at byte %d", field, i-1)
		}
		before = r
	}
	return nil
}

func isUnfit(r rune) bool {
	if r >= ' ' && r <= '~' || r >= 0x4e00 && r <= 0x9fff {
		return false // printable ASCII and the common Chinese characters need no look-up
	}
	i := sort.Search(len(unfit), func(i int) bool { return unfit[i][1] >= r })
	return i < len(unfit) && unfit[i][0] <= r
}
