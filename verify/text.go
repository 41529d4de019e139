package verify

import (
	"fmt"
	"strings"
)

func (a *Account) write(out *strings.Builder) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(out, "  %s  %s\n", pad(label, 20), fmt.Sprintf(format, args...))
	}
	kind := "blue 蓝字, a settled trade 已结算交易"
	if a.Kind == "red" {
		kind = "red 红字, takes back 冲红 " + a.Reverses
	}
	fmt.Fprintf(out, "Data voucher 数据交易凭证 %s\n", a.Number)
	out.WriteString("非税务发票 (not a tax invoice)\n\n")
	line("kind 类型", "%s", kind)
	line("chain 链", "%s", Identifier(a.ChainID))
	line("seller 卖方", "%s", a.Seller)
	line("buyer 买方", "%s", a.Buyer)
	line("exchange 交易所", "%s", a.Exchange)
	line("product 产品", "%s version %d, industry %s", Identifier(a.Product), a.ProductVersion, Identifier(a.Industry))
	for _, l := range a.Lines {
		line(fmt.Sprintf("line %d 明细", l.Line+1), "%s", l)
	}
	line("total 合计", "%s", a.Total)
	line("delivery 交付", "%s, SHA-256 %s", a.DeliveryMode, a.DeliveryDigest)
	line("terms 合同条款", "root %s", a.TermsRoot)
	line("nullifier 交易唯一码", "%s", a.Nullifier)
	line("issued 签发", "%s, unchanged since block %d", a.IssuedAt, a.RecordedHeight)
	line("settled 结算", "%s, %s, block %d, %s", Identifier(a.Settlement.ID), a.Settlement.Amount, a.Settlement.Height, a.Settlement.SettledAt)
	for _, p := range a.Settlement.Payouts {
		line("  paid to 付给", "member %06d: %s", p.Member, p.Amount)
	}
	line("status 状态", "%s", a.Status)
	a.writeTime(out, line)
	out.WriteString("\nNot shown 本证明不能说明\n")
	for _, s := range a.NotShown {
		fmt.Fprintf(out, "  - %s\n    %s\n", s.EN, s.ZH)
	}
	out.WriteString("\n")
}

func (a *Account) writeTime(out *strings.Builder, line func(label, format string, args ...any)) {
	fmt.Fprintf(out, "\nState after block %d, in header %d 区块 %d 之后的状态\n", a.StateHeight, a.StateHeight+1, a.StateHeight)
	line("header 区块头", "%s", a.HeaderHash)
	line("signed from 签署自", "%s", a.Interval.From)
	line("signed to 签署至", "%s", a.Interval.To)
	out.WriteString("    The first is the header's own time: the middle of the clocks that voted for the block before.\n")
	out.WriteString("    The second is the middle of the clocks in the votes below. The state stood not later than that.\n")
	out.WriteString("    前者为区块头时间，即对前一区块投票各时钟的中位数；后者为下列投票各时钟的中位数，状态不晚于此时已存在。\n")
	line("votes 投票", "%d of power %d for this block, %d change(s) of validators since the trust root", a.Power, a.TotalPower, a.SetChanges)
	for _, s := range a.Signers {
		name := "(no name in the trust root)"
		if s.Name != "" {
			name = Quoted(s.Name)
		}
		at := ""
		if s.At != nil {
			at = ", " + s.At.String()
		}
		line("  signer 签署人", "%s %s: %s%s", name, s.Address, votes[s.Vote], at)
	}
}

var votes = map[string]string{"block": "for the block 赞成", "nil": "for no block 空票", "absent": "no vote 未投票"}

func (p Party) String() string {
	return fmt.Sprintf("%s, %s, member %06d", Quoted(p.Name), Identifier(p.CreditCode), p.Member)
}

func (l AccountLine) String() string {
	if l.What == "" {
		return fmt.Sprintf("%s taken back 冲回", l.Amount)
	}
	s := fmt.Sprintf("%s, %d unit(s), %s", Quoted(l.What), l.Units, l.Amount)
	if l.Remaining != nil {
		s += fmt.Sprintf(", of which %s remain 余额", l.Remaining)
	}
	return s
}

func (s *AccountStatus) String() string {
	if s == nil {
		return "nothing stands against it 无任何状态记录"
	}
	text := fmt.Sprintf("%s (version %d, since block %d, last change in block %d)", flagText(s.Flags), s.Version, s.FirstHeight, s.Height)
	if s.RedNumber != "" {
		text += ", last red voucher 最近红字凭证 " + s.RedNumber
	}
	return text + ", against 针对 " + s.Number
}

var flagsZH = map[string]string{
	"partly reversed": "部分冲红", "reversed": "全部冲红", "preserved": "司法保全", "contested": "存在争议",
}

// flagText shows flags; a status whose flags were all lifted has none.
func flagText(flags []string) string {
	if len(flags) == 0 {
		return "no flags any more 已无标记"
	}
	shown := make([]string, len(flags))
	for i, f := range flags {
		shown[i] = f + " " + flagsZH[f]
	}
	return strings.Join(shown, ", ")
}

// pad fills a label to a width on a terminal, where Chinese characters take two columns.
func pad(s string, width int) string {
	for _, r := range s {
		width--
		if r > 0x2E80 {
			width--
		}
	}
	return s + strings.Repeat(" ", max(width, 0))
}
