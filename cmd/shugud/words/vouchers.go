package words

import (
	"fmt"
	"io"
	"strings"

	"cosmossdk.io/math"

	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Vouchers tells vouchers in short, one a paragraph.
func Vouchers(w io.Writer, vouchers []voucher.Voucher) {
	for _, v := range vouchers {
		kind := "blue 蓝字"
		if v.Kind == voucher.KIND_RED {
			kind = "red 红字, takes back 冲红 " + voucher.FormatNumber(v.Reverses)
		}
		fmt.Fprintf(w, "%s  %s  %s\n", voucher.FormatNumber(v.Number), yuan(v.Total), kind)
		fmt.Fprintf(w, "  %06d %s → %06d %s, product 产品 %s version 版本 %d, issued 签发 %s UTC+8\n",
			v.Seller.Member, Quoted(v.Seller.Name), v.Buyer.Member, Quoted(v.Buyer.Name), v.Product, v.ProductVersion, stamp(v.IssuedAt))
	}
}

// Requests tells open requests for red reversals, one a paragraph. Lines count from 1.
func Requests(w io.Writer, requests []voucher.ReversalRequest, names Names) {
	for _, r := range requests {
		total, lines := math.ZeroInt(), []string{}
		for _, l := range r.Lines {
			total = total.Add(l.Amount)
			lines = append(lines, fmt.Sprintf("line 明细 %d: %s", l.Line+1, yuan(l.Amount)))
		}
		number := voucher.FormatNumber(r.Number)
		fmt.Fprintf(w, "%s  to take back 申请冲红 %s (%s)\n", number, yuan(total), strings.Join(lines, ", "))
		fmt.Fprintf(w, "  asked for by 申请方 %s, height 高度 %d; the other party may confirm until 对方确认期限 %s UTC+8; in full 详情: shugud voucher request %s\n",
			names.Member(r.Requester), r.Height, stamp(r.ExpiresAt), number)
	}
}

// RequestFailures tells requests whose end failed and is tried again, one a paragraph.
func RequestFailures(w io.Writer, failures []voucher.ExpiryFailure) {
	for _, f := range failures {
		fmt.Fprintf(w, "request to reverse 冲红申请 %s: its end failed 终止失败, height 高度 %d\n", voucher.FormatNumber(f.Number), f.Height)
		retried(w, registered(f.Codespace, f.Code, f.Error), f.Attempts, stamp(f.RetryAt)+" UTC+8")
	}
}

// ContractFailures tells contracts whose deadline's exit failed and is tried again, one a paragraph.
func ContractFailures(w io.Writer, failures []trade.Failure) {
	for _, f := range failures {
		fmt.Fprintf(w, "contract 合同 %s: its deadline could not be carried out 到期处理失败, height 高度 %d\n", f.Contract, f.Height)
		retried(w, registered(f.Codespace, f.Code, f.Error), f.Attempts, stamp(f.RetryAt)+" UTC+8")
	}
}

// registered names an error as all nodes agree on it.
func registered(codespace string, code uint32, text string) string {
	return fmt.Sprintf("%s (%s/%d)", text, codespace, code)
}
