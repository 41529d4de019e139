package valid_test

import (
	"math/big"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestText(t *testing.T) {
	for _, good := range []string{"a", "数据产品", "Größe – 1,5 m²", "a b", strings.Repeat("数", 10), "①②"} {
		require.NoError(t, valid.Text("name", good, 1, 64), good)
	}
	for name, bad := range map[string]string{
		"empty": "", "too long": strings.Repeat("数", 22), "control character": "a\x00b", "new line": "a\nb", "delete": "a\x7fb",
		"C1 control": "a\u0085b", "right-to-left override": "a\u202eb", "zero-width space": "a\u200bb", "line separator": "a\u2028b",
		"private use": "a\ue000b", "replacement character": "a\ufffdb", "invalid UTF-8": "a\xff", "truncated UTF-8": "数"[:2],
		"leading space": " a", "trailing space": "a ", "two spaces": "a  b", "ideographic space": "a\u3000b", "no-break space": "a\u00a0b",
		"filler": "a\u3164b", "empty braille cell": "a\u2800b", "variation selector": "a\ufe0fb", "joiner": "a\u034fb", "tag": "a\U000e0041b",
		"noncharacter": "a\U0002ffffb", "last one": "a\U0010ffffb",
	} {
		require.ErrorIs(t, valid.Text("name", bad, 1, 64), valid.ErrInvalid, name)
		require.ErrorContains(t, valid.Text("name", bad, 1, 64), "name:", "the field must be named")
	}
}

func TestAmount(t *testing.T) {
	over := math.NewIntFromBigInt(new(big.Int).Lsh(big.NewInt(1), 96)).AddRaw(1)
	for _, good := range []math.Int{math.OneInt(), valid.MaxAmount()} {
		require.NoError(t, valid.Amount("amount", good))
	}
	require.NoError(t, valid.AmountOrZero("amount", math.ZeroInt()))
	for _, bad := range []math.Int{{}, math.ZeroInt(), math.NewInt(-1), over} {
		require.ErrorIs(t, valid.Amount("amount", bad), valid.ErrInvalid)
	}
	for _, bad := range []math.Int{{}, math.NewInt(-1), over} {
		require.ErrorIs(t, valid.AmountOrZero("amount", bad), valid.ErrInvalid)
	}
}

func TestFixedForms(t *testing.T) {
	require.NoError(t, valid.Digest("digest", make([]byte, 32)))
	require.NoError(t, valid.OptionalDigest("digest", nil))
	for _, length := range []int{0, 1, 31, 33, 64} {
		require.ErrorIs(t, valid.Digest("digest", make([]byte, length)), valid.ErrInvalid)
	}
	require.ErrorIs(t, valid.OptionalDigest("digest", make([]byte, 31)), valid.ErrInvalid)
	require.NoError(t, valid.Region("region", "3301"))
	require.NoError(t, valid.CreditCode("code", "91330108000042016X"))
	require.NoError(t, valid.MemberNumber("member", 999_999))
	require.NoError(t, valid.Industry("industry", "manufacturing"))
	for _, bad := range []error{
		valid.Region("region", "330"), valid.Region("region", "33o1"), valid.CreditCode("code", "91330108000042016x"),
		valid.CreditCode("code", "91330108"), valid.MemberNumber("member", 0), valid.MemberNumber("member", 1_000_000), valid.Industry("industry", "mining"),
	} {
		require.ErrorIs(t, bad, valid.ErrInvalid)
	}
}

// Whatever text passes is shown as it is: no invisible or disguising characters.
// Judged by a list of our own, since nodes may be built with tables of different age. Here
// every character is compared with the tables of the Go that runs the test: whatever these
// know as not to be seen must be on the list, and nothing that they know as a letter or digit.
func TestTextRefusesWhatUnicodeCallsInvisible(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r <= 0xdfff {
			continue // no characters: not in valid UTF-8
		}
		passes := valid.Text("s", "a"+string(r)+"b", 1, 16) == nil
		if r != ' ' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Z, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point) {
			require.False(t, passes, "U+%04X passed", r)
		}
		if unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point) {
			require.True(t, passes || r == 0x2800 || r >= 0xfff0 && r <= 0xffff, "U+%04X did not pass", r)
		}
	}
}
