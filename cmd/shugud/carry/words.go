package carry

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/shugu-network/shugu/verify"
)

// Way is what is done with bundles.
type Way int

// Ways.
const (
	// Recognise vouchers, with their settlements and statuses.
	Recognise Way = iota
	// StatusOnly proves how vouchers stand, and recognises none.
	StatusOnly
	// Reaffirm restores vouchers that stand in doubt.
	Reaffirm
	// UpdateOnly tells the light client of a header, and proves nothing by it.
	UpdateOnly
)

// cst is China Standard Time, the zone of every time that people read.
var cst = time.FixedZone("UTC+8", 8*60*60)

// flagsZH are the flags of a status in Chinese.
var flagsZH = map[string]string{"partly reversed": "部分冲红", "reversed": "已冲红", "preserved": "已保全", "contested": "有争议"}

// Tell says in English and Chinese what a transaction with the batch does.
func (b *Batch) Tell(w io.Writer, way Way, clientID string, plan Updates) {
	at := b.Time.In(cst).Format("2006-01-02 15:04:05")
	if plan.Conflict != "" {
		fmt.Fprintf(w, "EVIDENCE OF MISBEHAVIOUR 不当行为证据\n"+
			"  %[1]s signed header %[2]d (%[3]s UTC+8), and %[4]s was told %[5]s. Both cannot be true.\n"+
			"  This transaction holds nothing but that header: it freezes %[4]s and puts in doubt what rests on it. Nothing is recognised by it.\n"+
			"  %[1]s 签署了区块头 %[2]d，而轻客户端 %[4]s 此前得知与之矛盾的内容，二者不能同真。\n"+
			"  本交易仅提交该区块头：冻结 %[4]s，并将依其承认的记录标为存疑；不承认任何凭证。\n",
			b.ChainID, b.Height, at, clientID, plan.Conflict)
		return
	}
	what := map[Way][2]string{
		Recognise:  {"Recognise from %s, as of block %d (%s UTC+8):", "承认 %s 截至区块 %d（%s UTC+8）的凭证："},
		StatusOnly: {"Prove how vouchers of %s stand, as of block %d (%s UTC+8):", "证明 %s 的凭证截至区块 %d（%s UTC+8）的状态："},
		Reaffirm:   {"Reaffirm from %s, as of block %d (%s UTC+8):", "重新确认 %s 截至区块 %d（%s UTC+8）的凭证："},
		UpdateOnly: {"Update our light client of %s, which then knows the state after block %d (%s UTC+8):", "更新 %s 的轻客户端，使其获知区块 %d（%s UTC+8）之后的状态："},
	}[way]
	for _, text := range what {
		fmt.Fprintf(w, text+"\n", b.ChainID, b.Height-1, at)
	}
	for _, h := range plan.Headers {
		fmt.Fprintf(w, "  client 轻客户端 %s: height 高度 %d → %d\n", clientID, h.TrustedHeight.RevisionHeight, h.Header.Height)
	}
	if len(plan.Headers) == 0 {
		fmt.Fprintf(w, "  client 轻客户端 %s has height %d already 已有该高度\n", clientID, b.Height)
	}
	for _, s := range b.Shown {
		a := s.Account
		fmt.Fprintf(w, "  %s  %s CNY  %s → %s  %s\n", a.Number, a.Total.CNY, verify.Quoted(a.Seller.Name), verify.Quoted(a.Buyer.Name), s.standing())
	}
}

// standing says what stands against the voucher.
func (s Shown) standing() string {
	if s.Account.Status == nil {
		return "nothing stands against it 无异常"
	}
	var flags []string
	for _, flag := range s.Account.Status.Flags {
		flags = append(flags, strings.TrimSpace(flag+" "+flagsZH[flag]))
	}
	if len(flags) == 0 {
		flags = []string{"nothing now 现无异常"}
	}
	of := ""
	if s.Red() {
		of = "its blue voucher 蓝字凭证 " + verify.FormatNumber(s.StatusNumber()) + ": "
	}
	return of + strings.Join(flags, ", ")
}
