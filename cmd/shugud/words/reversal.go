package words

import (
	"fmt"
	"strings"

	"cosmossdk.io/math"

	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Reversal says what a request for a red reversal would take back of a blue voucher.
// Lines count from 1, as people read a voucher.
func Reversal(blue voucher.Voucher, r voucher.ReversalRequest) (english, chinese string) {
	requester, other := blue.Seller, blue.Buyer
	if r.Requester == blue.Buyer.Member {
		requester, other = blue.Buyer, blue.Seller
	}
	var lines, linesZH []string
	total := math.ZeroInt()
	for _, l := range r.Lines {
		what := "?"
		if int(l.Line) < len(blue.Lines) {
			what = Quoted(blue.Lines[l.Line].What)
		}
		total = total.Add(l.Amount)
		lines = append(lines, fmt.Sprintf("%s of line %d (%s)", yuan(l.Amount), l.Line+1, what))
		linesZH = append(linesZH, fmt.Sprintf("第 %d 行（%s）%s", l.Line+1, what, yuan(l.Amount)))
	}
	until, untilZH := "", ""
	if r.ExpiresAt != 0 {
		until, untilZH = fmt.Sprintf(" before %s UTC+8", stamp(r.ExpiresAt)), fmt.Sprintf("于 %s (UTC+8) 前", stamp(r.ExpiresAt))
	}
	number := voucher.FormatNumber(blue.Number)
	return fmt.Sprintf("%06d %s asks to take back %s of voucher %s (%s): %s. Reason: SHA-256 %x. When %06d %s confirms%s, a red voucher is issued and each payee of the split gives back its part.",
			requester.Member, Quoted(requester.Name), yuan(total), number, yuan(blue.Total), strings.Join(lines, "; "), r.ReasonDigest, other.Member, Quoted(other.Name), until),
		fmt.Sprintf("%06d %s 申请冲红凭证 %s（%s）中的 %s：%s。理由摘要 SHA-256 %x。经 %06d %s %s确认，即开具红字凭证，并按收益分配向各方追回。",
			requester.Member, Quoted(requester.Name), number, yuan(blue.Total), yuan(total), strings.Join(linesZH, "；"), r.ReasonDigest, other.Member, Quoted(other.Name), untilZH)
}

// Debt says what a member owes since a reversal.
func Debt(d settlement.Debt, names Names) (english, chinese string) {
	red := voucher.FormatNumber(d.RedNumber)
	return fmt.Sprintf("%s owes %s to %s since the reversal by red voucher %s: %s, of which %s is paid.",
			names.Member(d.Debtor), yuan(d.Outstanding()), names.Member(d.Creditor), red, yuan(d.Amount), yuan(d.Paid)),
		fmt.Sprintf("%s 因红字凭证 %s 尚欠 %s %s（共 %s，已还 %s）。",
			names.Member(d.Debtor), red, names.Member(d.Creditor), yuan(d.Outstanding()), yuan(d.Amount), yuan(d.Paid))
}
