package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// The worked example of GB 32100-2015 has the check character 3; the others
// are codes of well-known enterprises, as they print them.
func TestCreditCodeCheck(t *testing.T) {
	for _, code := range []string{
		"91350100M000100Y43", "91330100799655058B", "91330000733796106P", "9144030071526726XG", "914403001922038216", "91110000802100433B",
	} {
		check, err := types.CreditCodeCheck(code)
		require.NoError(t, err)
		require.Equal(t, string(code[17]), string(check), code)
		require.Empty(t, types.WarnOfCreditCode(code))
	}
	for _, code := range []string{"", "9133010079965505", "91330100O99655058B", "9133010079965505SB", "9133010079965505数B", "91330100799655o58B"} {
		_, err := types.CreditCodeCheck(code)
		require.Error(t, err, code)
		require.Contains(t, types.WarnOfCreditCode(code), "GB 32100")
	}
}

func TestWarnOfCreditCode(t *testing.T) {
	require.Contains(t, types.WarnOfCreditCode("91350100M000100Y4Z"), "would be 3", "the standard's own example of a wrong code")
	require.Contains(t, types.WarnOfCreditCode("91330100799655058B1"), "would be B")
	require.Contains(t, types.WarnOfCreditCode("91330108MA2CLOUD1X"), `'O' at position 14`)
}

// One wrong character, and two neighbours that change places, are always noticed.
func TestCreditCodeCheckNoticesSlips(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(rapid.StringOfN(rapid.SampledFrom([]rune(alphabet)), 17, 17, -1).Draw(t, "code"))
		check, err := types.CreditCodeCheck(string(code))
		require.NoError(t, err)
		code = append(code, check)
		require.Empty(t, types.WarnOfCreditCode(string(code)))

		i := rapid.IntRange(0, 17).Draw(t, "position")
		wrong := append([]byte(nil), code...)
		wrong[i] = alphabet[rapid.IntRange(0, 30).Draw(t, "character")]
		require.Equal(t, wrong[i] == code[i], types.WarnOfCreditCode(string(wrong)) == "")

		i = min(i, 15)
		wrong = append([]byte(nil), code...)
		wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
		require.Equal(t, wrong[i] == code[i], types.WarnOfCreditCode(string(wrong)) == "")
	})
}
