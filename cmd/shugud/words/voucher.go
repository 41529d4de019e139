package words

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"cosmossdk.io/math"

	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

var flagWords = map[string]string{
	"partly-reversed": "partly reversed 部分冲红", "reversed": "reversed 全部冲红", "preserved": "preserved 司法保全", "contested": "contested 存在争议",
}

// Flags are what stands against a voucher, in words.
func Flags(flags uint32) string {
	var out []string
	for _, name := range voucher.FlagNames(flags) {
		out = append(out, flagWords[name])
	}
	if len(out) == 0 {
		return "nothing any more 已无标记"
	}
	return strings.Join(out, ", ")
}

// Voucher tells a voucher, as a node shows it, to a person.
func Voucher(w io.Writer, v voucher.Voucher) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "  %s: %s\n", label, fmt.Sprintf(format, args...))
	}
	fmt.Fprintf(w, "Data voucher 数据交易凭证 %s\n非税务发票 (not a tax invoice)\n", voucher.FormatNumber(v.Number))
	if v.Kind == voucher.KIND_RED {
		line("kind 类型", "red 红字, takes back 冲红 %s", voucher.FormatNumber(v.Reverses))
	} else {
		line("kind 类型", "blue 蓝字, a settled trade 已结算交易")
	}
	line("chain 链", "%s", v.ChainId)
	for _, p := range []struct {
		label string
		party voucher.Party
	}{{"seller 卖方", v.Seller}, {"buyer 买方", v.Buyer}, {"exchange 交易所", v.Exchange}} {
		line(p.label, "%s, %s, member %06d", Quoted(p.party.Name), p.party.CreditCode, p.party.Member)
	}
	line("product 产品", "%s version 版本 %d, industry 行业 %s", v.Product, v.ProductVersion, v.Industry)
	for i, l := range v.Lines {
		line(fmt.Sprintf("line %d 明细", i+1), "%s, %d unit(s) 份, %s", Quoted(l.What), l.Units, yuan(l.Amount))
	}
	for _, l := range v.ReversedLines {
		line(fmt.Sprintf("line %d 明细", l.Line+1), "%s taken back 冲回", yuan(l.Amount))
	}
	line("total 合计", "%s", yuan(v.Total))
	line("delivered 交付摘要", "SHA-256 %s", hex.EncodeToString(v.DeliveryDigest))
	line("terms 合同条款", "root %s", hex.EncodeToString(v.TermsRoot))
	line("nullifier 交易唯一码", "%s", hex.EncodeToString(v.Nullifier))
	line("settlement 结算", "%s", v.Settlement)
	line("issued 签发", "%s UTC+8", stamp(v.IssuedAt))
}

// VoucherStatus tells what stands against a blue voucher, and its history, to a person.
func VoucherStatus(w io.Writer, number string, s voucher.QueryStatusResponse) {
	if s.Status == nil {
		fmt.Fprintf(w, "%s: nothing has ever stood against it 无任何状态记录\n", number)
		return
	}
	fmt.Fprintf(w, "%s: %s, since 自 height 高度 %d\n", number, Flags(s.Status.Flags), s.Status.Height)
	for _, d := range s.Details {
		fmt.Fprintf(w, "  version 第 %d 版, height 高度 %d: %s", d.Version, d.Height, Flags(d.Flags))
		if d.RedNumber != "" {
			fmt.Fprintf(w, "; red voucher 红字凭证 %s", voucher.FormatNumber(d.RedNumber))
		}
		fmt.Fprintf(w, "; remains by line 各行余额: %s\n", Amounts(d.Remaining))
	}
	if s.Status.Flags&voucher.FlagContested != 0 {
		fmt.Fprintf(w, "  which vouchers tell the same trade 争议详情: shugud query recognition contest %s\n", number)
	}
}

// Amounts are such in a row, of the lines of a voucher.
func Amounts(fen []math.Int) string {
	out := make([]string, len(fen))
	for i, amount := range fen {
		out[i] = yuan(amount)
	}
	return strings.Join(out, ", ")
}

// Balance tells what a member has to a person.
func Balance(w io.Writer, b settlement.QueryBalanceResponse) {
	fmt.Fprintf(w, "available 可用: %s\nin withdrawals 提现中: %s\nowed to it and not booked yet 待入账: %s\nowner 主账户: %s\n",
		yuan(b.Available), yuan(b.Withdrawing), yuan(b.Unpaid), b.Owner)
}
