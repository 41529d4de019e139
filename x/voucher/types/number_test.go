package types_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Check digits computed by another program.
func TestNumberVectors(t *testing.T) {
	for _, c := range []struct {
		region, day   string
		seller, seq   uint32
		number, shown string
	}{
		{"3301", "261123", 123, 42, "330126112300012300004228", "3301-261123-000123-000042-28"},
		{"3101", "270101", 1, 1, "310127010100000100000143", "3101-270101-000001-000001-43"},
		{"3301", "261231", 999_999, 999_999, "330126123199999999999975", "3301-261231-999999-999999-75"},
		{"3302", "000229", 7, 100, "330200022900000700010091", "3302-000229-000007-000100-91"},
	} {
		n := types.Number(c.region, c.day, c.seller, c.seq)
		require.Equal(t, c.number, n)
		require.Equal(t, c.shown, types.FormatNumber(n))
		parts, err := types.ParseNumber(n)
		require.NoError(t, err)
		require.Equal(t, types.NumberParts{Region: c.region, Day: c.day, Seller: c.seller, Sequence: c.seq}, parts)
		value, ok := new(big.Int).SetString(n, 10)
		require.True(t, ok)
		require.Equal(t, int64(1), value.Mod(value, big.NewInt(97)).Int64())
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"empty":                       "",
		"23 digits":                   "33012611230001230000422",
		"25 digits":                   "3301261123000123000042280",
		"20 digits of a tax invoice":  "26332000000012345678",
		"groups":                      "3301-261123-000123-000042-28",
		"a letter":                    "33012611230001230000422A",
		"full-width digit":            "3301261123000123000042２",
		"wrong check digits":          "330126112300012300004229",
		"congruent check digits 00":   congruent(t, 97, "00"),
		"congruent check digits 01":   congruent(t, 98, "01"),
		"no such day":                 types.Number("3301", "261131", 123, 42),
		"29 February of no leap year": types.Number("3301", "270229", 123, 42),
		"seller 0":                    types.Number("3301", "261123", 0, 42),
		"sequence 0":                  types.Number("3301", "261123", 123, 0),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.ParseNumber(s)
			require.ErrorIs(t, err, types.ErrNumber)
		})
	}
}

// congruent finds a number with the given check digits and replaces them by the other
// pair with the same remainder.
func congruent(t *testing.T, check int, replacement string) string {
	t.Helper()
	for seq := uint32(1); seq < 200; seq++ {
		n := types.Number("3301", "261123", 123, seq)
		if strings.HasSuffix(n, big.NewInt(int64(check)).String()) {
			return n[:22] + replacement
		}
	}
	t.Fatal("no such number")
	return ""
}

// ISO 7064 MOD 97-10 finds every wrong digit and every swap of neighbours.
func TestCheckDigitsFindSlips(t *testing.T) {
	for i := range blueNumber {
		for d := byte('0'); d <= '9'; d++ {
			if blueNumber[i] != d {
				_, err := types.ParseNumber(blueNumber[:i] + string(d) + blueNumber[i+1:])
				require.ErrorIs(t, err, types.ErrNumber)
			}
		}
		if i > 0 && blueNumber[i] != blueNumber[i-1] {
			swapped := blueNumber[:i-1] + string(blueNumber[i]) + string(blueNumber[i-1]) + blueNumber[i+1:]
			_, err := types.ParseNumber(swapped)
			require.ErrorIs(t, err, types.ErrNumber, swapped)
		}
	}
}

func TestParseDisplayed(t *testing.T) {
	for _, s := range []string{blueNumber, "3301-261123-000123-000042-28"} {
		n, err := types.ParseDisplayed(s)
		require.NoError(t, err)
		require.Equal(t, blueNumber, n)
	}
	for name, s := range map[string]string{
		"hyphens elsewhere":  "33012-61123-000123-000042-28",
		"spaces":             "3301 261123 000123 000042 28",
		"one hyphen missing": "3301-261123-000123-00004228",
		"hyphen at the end":  "3301-261123-000123-00004228-",
		"wrong check digits": "3301-261123-000123-000042-29",
		"white space":        " " + blueNumber,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.ParseDisplayed(s)
			require.ErrorIs(t, err, types.ErrNumber)
		})
	}
}

func TestFormatNumberLeavesOtherStrings(t *testing.T) {
	require.Equal(t, "330126", types.FormatNumber("330126"))
}

func TestNumberRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := types.NumberParts{
			Region:   rapid.StringMatching(`[0-9]{4}`).Draw(t, "region"),
			Day:      issuedAt.AddDate(0, 0, rapid.IntRange(0, 20_000).Draw(t, "days")).Format("060102"),
			Seller:   rapid.Uint32Range(1, 999_999).Draw(t, "seller"),
			Sequence: rapid.Uint32Range(1, 999_999).Draw(t, "sequence"),
		}
		n := types.Number(want.Region, want.Day, want.Seller, want.Sequence)
		got, err := types.ParseNumber(n)
		require.NoError(t, err)
		require.Equal(t, want, got)
		parsed, err := types.ParseDisplayed(types.FormatNumber(n))
		require.NoError(t, err)
		require.Equal(t, n, parsed)
	})
}

// Of all that looks like a number, only the two spellings of a number are one.
func TestParseDisplayedAcceptsTwoSpellings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := []byte(rapid.SampledFrom([]string{blueNumber, types.FormatNumber(blueNumber)}).Draw(t, "spelling"))
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			i := rapid.IntRange(0, len(s)-1).Draw(t, "position")
			s[i] = rapid.SampledFrom([]byte("0123456789-")).Draw(t, "character")
		}
		n, err := types.ParseDisplayed(string(s))
		if err != nil {
			require.ErrorIs(t, err, types.ErrNumber)
			return
		}
		require.Contains(t, []string{n, types.FormatNumber(n)}, string(s))
		p, err := types.ParseNumber(n)
		require.NoError(t, err)
		require.Equal(t, n, types.Number(p.Region, p.Day, p.Seller, p.Sequence))
	})
}

func FuzzParseNumber(f *testing.F) {
	f.Add(blueNumber)
	f.Add("3301-261123-000123-000042-28")
	f.Add("330126112300012300004200")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := types.ParseNumber(s); err == nil {
			require.Equal(t, s, types.Number(p.Region, p.Day, p.Seller, p.Sequence))
		} else {
			require.ErrorIs(t, err, types.ErrNumber)
		}
		if n, err := types.ParseDisplayed(s); err == nil {
			require.Contains(t, []string{n, types.FormatNumber(n)}, s)
		} else {
			require.ErrorIs(t, err, types.ErrNumber)
		}
	})
}
