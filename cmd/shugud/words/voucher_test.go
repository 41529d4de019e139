package words_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// What people read of vouchers and money, as a golden file.
func TestVoucherInWords(t *testing.T) {
	var out bytes.Buffer
	blue := voucher.Voucher{
		Number: voucher.Number("3301", "261123", 12, 1), Kind: voucher.KIND_BLUE, ChainId: "shugu-hangzhou-1",
		Seller: voucher.Party{Member: 12, Name: "云帆数据", CreditCode: "91330108MA2CYUNF16"}, Buyer: voucher.Party{Member: 13, Name: "智联软件", CreditCode: "91330108MA2CXXXX12"},
		Exchange: voucher.Party{Member: 2, Name: "杭州数据交易所", CreditCode: "91330100330000011M"}, Product: "000012-000001", ProductVersion: 1, Industry: "science",
		Lines: []voucher.Line{{What: "数据", Units: 1, Amount: math.NewInt(120_000)}}, Total: math.NewInt(120_000),
		DeliveryDigest: bytes.Repeat([]byte{1}, 32), TermsRoot: bytes.Repeat([]byte{2}, 32), Nullifier: bytes.Repeat([]byte{3}, 32),
		Settlement: "261123-000012-000001", IssuedAt: 1767225600,
	}
	words.Voucher(&out, blue)
	red := blue
	red.Number, red.Kind, red.Reverses, red.Lines = voucher.Number("3301", "261123", 12, 2), voucher.KIND_RED, blue.Number, nil
	red.ReversedLines, red.Total = []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(5_000)}}, math.NewInt(5_000)
	words.Voucher(&out, red)

	number := voucher.FormatNumber(blue.Number)
	words.VoucherStatus(&out, number, voucher.QueryStatusResponse{})
	words.VoucherStatus(&out, number, voucher.QueryStatusResponse{
		Status: &voucher.Status{Version: 3, Height: 90, Flags: voucher.FlagPartlyReversed | voucher.FlagContested},
		Details: []voucher.StatusDetail{
			{Version: 1, Height: 60, Flags: voucher.FlagContested, Remaining: []math.Int{math.NewInt(120_000)}},
			{Version: 2, Height: 70, Remaining: []math.Int{math.NewInt(120_000)}},
			{Version: 3, Height: 90, Flags: voucher.FlagPartlyReversed | voucher.FlagContested, RedNumber: red.Number, Remaining: []math.Int{math.NewInt(115_000)}},
		},
	})
	words.Balance(&out, settlement.QueryBalanceResponse{Owner: "shugu1x", Available: math.NewInt(880_000), Withdrawing: math.NewInt(1), Unpaid: math.ZeroInt()})
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile("testdata/voucher.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/voucher.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}

func TestEveryFlagHasWords(t *testing.T) {
	for flag := uint32(1); flag < 16; flag <<= 1 {
		require.Regexp(t, `\p{Han}`, words.Flags(flag))
	}
}
