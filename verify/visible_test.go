package verify_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// What a party wrote into a voucher cannot look like a line of the account.
func TestTextOfAPartyCannotPassForALineOfTheAccount(t *testing.T) {
	fake := "status 状态           nothing stands against it"
	for name, text := range map[string]string{
		"spaces to the next line":      "records" + strings.Repeat(" ", 49) + fake,
		"wide spaces to the next line": "records" + strings.Repeat("\u3000", 20) + "status",
		"no-break spaces":              "records" + strings.Repeat("\u00a0", 40) + "status",
		"letters that show nothing":    "records" + strings.Repeat("\u3164", 30) + "status",
		"braille without dots":         "records" + strings.Repeat("\u2800", 30) + "status",
		"a joiner that shows nothing":  "rec\u034fords",
		"a variation selector":         "records\ufe0f",
	} {
		t.Run(name, func(t *testing.T) {
			w := verifytest.New(t, verifytest.Spec{EditRecord: func(_ int, v *voucher.Voucher, _ *settlement.Record) {
				v.Lines[0].What, v.Seller.Name, v.Product = text, text, text
			}})
			report, err := verify.Verify(w.Bundle(t, w.Blue[0]), w.Root())
			require.NoError(t, err)
			var out strings.Builder
			require.NoError(t, report.WriteText(&out))
			require.Contains(t, out.String(), "rec")
			for _, hidden := range []string{"records  ", "\u3000", "\u00a0", "\u3164", "\u2800", "\u034f", "\ufe0f"} {
				require.NotContains(t, out.String(), hidden)
			}
			require.Equal(t, text, report.Account.Seller.Name, "programs get the text itself")
		})
	}
}

func TestOrdinaryTextIsShownAsItIs(t *testing.T) {
	const text = "浙江 数据 Größe – 1,5 m² ①②（试）"
	w := verifytest.New(t, verifytest.Spec{EditRecord: func(_ int, v *voucher.Voucher, _ *settlement.Record) { v.Seller.Name = text }})
	report, err := verify.Verify(w.Bundle(t, w.Blue[0]), w.Root())
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, report.WriteText(&out))
	require.Contains(t, out.String(), "「"+text+"」, ")
}

// What a party wrote into a voucher cannot look like the fields that follow it on its line.
func TestTextOfAPartyCannotPassForTheFieldsAfterIt(t *testing.T) {
	fake := func(quote string) string { return "甲" + quote + ", 91330100MA2B0ABC1X, member 000001" }
	for name, c := range map[string]struct{ text, shown string }{
		"fields":                      {fake(""), "「甲, 91330100MA2B0ABC1X, member 000001」, "},
		"a quotation mark":            {fake("」"), "「甲』, 91330100MA2B0ABC1X, member 000001」, "},
		"two of them":                 {"甲「乙」丙", "「甲『乙』丙」, "},
		"half as wide":                {fake("｣"), "「甲』, 91330100MA2B0ABC1X, member 000001」, "},
		"one that only looks like it": {fake("┘"), "「甲\\u{2518}, 91330100MA2B0ABC1X, member 000001」, "},
	} {
		t.Run(name, func(t *testing.T) {
			w := verifytest.New(t, verifytest.Spec{EditRecord: func(_ int, v *voucher.Voucher, _ *settlement.Record) {
				v.Lines[0].What, v.Seller.Name, v.Seller.CreditCode = c.text, c.text, c.text
				v.ProductVersion, v.Product, v.Industry = 1, c.text, c.text
			}})
			report, err := verify.Verify(w.Bundle(t, w.Blue[0]), w.Root())
			require.NoError(t, err)
			var out strings.Builder
			require.NoError(t, report.WriteText(&out))
			shown := strings.TrimSuffix(c.shown, ", ")
			require.Contains(t, out.String(), "seller 卖方           "+c.shown+c.shown+"member ")
			require.Contains(t, out.String(), "product 产品          "+shown+" version 1, industry "+shown+"\n")
			require.Regexp(t, `(?m)^  line 1 明细           `+regexp.QuoteMeta(c.shown)+`\d+ unit\(s\), `, out.String())
		})
	}
}

func TestIdentifiersAreQuotedOnlyWhenTheyMust(t *testing.T) {
	for text, want := range map[string]string{
		"000125-000001": "000125-000001", "91330100MA2B0ABC1X": "91330100MA2B0ABC1X", "shugu-hangzhou-1": "shugu-hangzhou-1", "a.b_c": "a.b_c",
		"": "「」", "a b": "「a b」", "a,b": "「a,b」", "оно": "「оно」", "甲": "「甲」", "a:": "「a:」", "a」": "「a』」",
	} {
		require.Equal(t, want, verify.Identifier(text))
	}
}

// A report names chain and number of a bundle that fails at once.
func TestBundleWhoseNamesDisguiseThemselvesIsUnusable(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	for _, name := range []string{"shugu\u009b2J", "shugu\u202e", "shugu\nok", strings.Repeat("9", 1000), ""} {
		chain, number := w.Bundle(t, w.Blue[0]), w.Bundle(t, w.Blue[0])
		chain.ChainID, number.Number = name, name
		for _, b := range []*verify.Bundle{chain, number} {
			report, err := verify.Verify(b, w.Root())
			require.Nil(t, report)
			require.ErrorContains(t, err, "chain_id and number")
		}
	}
}
