package words_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func TestReversalInWords(t *testing.T) {
	blue := voucher.Voucher{
		Number: voucher.Number("3301", "261123", 12, 1), Total: math.NewInt(120_000),
		Seller: voucher.Party{Member: 12, Name: "云帆数据"}, Buyer: voucher.Party{Member: 13, Name: "智联软件"},
		Lines: []voucher.Line{{What: "数据", Amount: math.NewInt(100_000)}, {What: "培训", Amount: math.NewInt(20_000)}},
	}
	r := voucher.ReversalRequest{
		Number: blue.Number, Requester: 13, ReasonDigest: []byte{0xAB, 0xCD}, ExpiresAt: 1767225600,
		Lines: []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(1)}, {Line: 1, Amount: math.NewInt(5_000)}, {Line: 7, Amount: math.NewInt(1)}},
	}
	english, chinese := words.Reversal(blue, r)
	require.Contains(t, english, "000013 「智联软件」 asks to take back 50.02 CNY of voucher "+voucher.FormatNumber(blue.Number)+" (1,200.00 CNY): "+
		"0.01 CNY of line 1 (「数据」); 50.00 CNY of line 2 (「培训」); 0.01 CNY of line 8 (?). Reason: SHA-256 abcd. When 000012 「云帆数据」 confirms before 2026-01-01 08:00 UTC+8,")
	require.Contains(t, chinese, "000013 「智联软件」 申请冲红凭证 "+voucher.FormatNumber(blue.Number))
	require.Contains(t, chinese, "第 2 行（「培训」）50.00 CNY")
	require.Contains(t, chinese, "经 000012 「云帆数据」 于 2026-01-01 08:00 (UTC+8) 前确认")
	r.Requester, r.ExpiresAt = 12, 0
	english, chinese = words.Reversal(blue, r)
	require.Contains(t, english, "When 000013 「智联软件」 confirms, a red voucher is issued")
	require.Contains(t, chinese, "经 000013 「智联软件」 确认")
}

func TestDebtInWords(t *testing.T) {
	red := voucher.Number("3301", "261123", 12, 2)
	english, chinese := words.Debt(settlement.Debt{Debtor: 12, Creditor: 13, Amount: math.NewInt(500), Paid: math.NewInt(120), RedNumber: red}, names)
	require.Equal(t, "000012 「云帆数据」 owes 3.80 CNY to 000013 since the reversal by red voucher "+voucher.FormatNumber(red)+": 5.00 CNY, of which 1.20 CNY is paid.", english)
	require.Contains(t, chinese, "尚欠 000013 3.80 CNY（共 5.00 CNY，已还 1.20 CNY）")
}
