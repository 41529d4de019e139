package words

import (
	"fmt"
	"io"
	"time"

	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

var contractStatuses = map[trade.Status]string{
	trade.STATUS_QUOTED:    "quoted, waits for the buyer 已报价，待买方签约",
	trade.STATUS_AGREED:    "agreed, waits for the price 已签约，待付款",
	trade.STATUS_FUNDED:    "funded, waits for delivery 已托管，待交付",
	trade.STATUS_DELIVERED: "delivered, waits for acceptance 已交付，待验收",
	trade.STATUS_SETTLED:   "settled 已结算",
	trade.STATUS_CANCELLED: "cancelled 已取消",
	trade.STATUS_REFUNDED:  "refunded 已退款",
}

// afterwards is what comes of a contract when its deadline passes.
var afterwards = map[trade.Status]string{
	trade.STATUS_QUOTED:    "then the offer lapses 逾期报价失效",
	trade.STATUS_AGREED:    "then it is cancelled 逾期取消",
	trade.STATUS_FUNDED:    "then the price goes back 逾期退款",
	trade.STATUS_DELIVERED: "then it settles by silence 逾期视为验收",
}

// ContractStatus is how a contract stands, in words.
func ContractStatus(s trade.Status) string { return word(contractStatuses, s) }

var deliveryModes = map[product.DeliveryMode]string{product.DELIVERY_MODE_FILE: "file, sealed to the buyer 文件，向买方加密"}

// Contract tells a contract, as a node shows it, to a person.
func Contract(w io.Writer, c trade.Contract, names Names) {
	s, d := sheet{w}, c.Deal
	fmt.Fprintf(w, "Contract 合同 %s\n", c.Id)
	s.line("status 状态", "%s, since 自 height 高度 %d", ContractStatus(c.Status), c.Height)
	if c.Deadline != 0 {
		s.line("until 期限", "%s UTC+8, %s", stamp(c.Deadline), afterwards[c.Status])
	}
	s.line("seller 卖方", "%s", names.Member(d.Seller))
	s.line("buyer 买方", "%s", names.Member(d.Buyer))
	s.line("exchange 交易所", "%s", names.Member(c.Exchange))
	s.line("product 产品", "%s version 版本 %d, industry 行业 %s", d.Product, d.ProductVersion, c.Industry)
	for i, l := range d.Lines {
		s.line(fmt.Sprintf("line %d 明细", i+1), "%s, %s unit(s) 份, %s", Quoted(l.What), grouped(l.Units), yuan(l.Amount))
	}
	s.line("total 合计", "%s", yuan(d.Total))
	s.split(d.Split, names)
	s.line("delivery 交付方式", "%s", word(deliveryModes, d.DeliveryMode))
	for _, within := range []struct {
		label   string
		seconds int64
	}{{"to fund 付款时限", d.FundWithin}, {"to deliver 交付时限", d.DeliverWithin}, {"to accept 验收时限", d.AcceptWithin}} {
		s.line(within.label, "%s", bilingual(Period(time.Duration(within.seconds)*time.Second)))
	}
	s.told("order reference 订单号", d.OrderReference)
	s.line("terms 合同条款", "root %x", d.TermsRoot)
	s.digest("manifest 数据清单", c.ProductDigest)
	s.digest("sealed file 加密文件", c.SealedDigest)
	s.digest("content 交付内容", c.ContentDigest)
	if c.Voucher != "" {
		how := ""
		if c.BySilence {
			how = ", by silence 逾期未答复，视为验收"
		}
		s.line("voucher 凭证", "%s%s", voucher.FormatNumber(c.Voucher), how)
		fmt.Fprintf(w, "This is the node's word 此为节点所述. A proof 证明: shugud query voucher proof %s > bundle.json\n", voucher.FormatNumber(c.Voucher))
		return
	}
	s.nodesWord()
}

// Contracts tells contracts in short, one a paragraph.
func Contracts(w io.Writer, contracts []trade.Contract, names Names) {
	for _, c := range contracts {
		fmt.Fprintf(w, "%s  %s  %s\n", c.Id, yuan(c.Deal.Total), ContractStatus(c.Status))
		fmt.Fprintf(w, "  %s → %s, product 产品 %s version 版本 %d\n", names.Member(c.Deal.Seller), names.Member(c.Deal.Buyer), c.Deal.Product, c.Deal.ProductVersion)
		if c.Deadline != 0 {
			fmt.Fprintf(w, "  until 期限 %s UTC+8, %s\n", stamp(c.Deadline), afterwards[c.Status])
		}
		if c.Voucher != "" {
			fmt.Fprintf(w, "  voucher 凭证 %s\n", voucher.FormatNumber(c.Voucher))
		}
	}
}

// Record tells a settlement record, as a node shows it, to a person.
func Record(w io.Writer, r settlement.Record, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Settlement 结算 %s\n", r.Id)
	s.line("chain 链", "%s", r.ChainId)
	s.line("seller 卖方", "%s", names.Member(r.Seller))
	s.line("buyer 买方", "%s", names.Member(r.Buyer))
	s.line("paid by the buyer 买方支付", "%s", yuan(r.Amount))
	for _, p := range r.Payouts {
		s.line("paid out 分配", "%s: %s", names.Member(p.Member), yuan(p.Amount))
	}
	s.line("voucher 凭证", "%s", voucher.FormatNumber(r.Voucher))
	s.line("settled 结算时间", "%s UTC+8, height 高度 %d", stamp(r.SettledAt), r.Height)
	fmt.Fprintf(w, "This is the node's word 此为节点所述. A proof 证明: shugud query voucher proof %s > bundle.json\n", voucher.FormatNumber(r.Voucher))
}

// Debts tells debts since reversals, paid ones too.
func Debts(w io.Writer, debts []settlement.Debt, names Names) {
	for _, d := range debts {
		state := "open 未清"
		if d.Outstanding().IsZero() {
			state = "paid 已清"
		}
		english, chinese := Debt(d, names)
		fmt.Fprintf(w, "%s  %s\n  %s\n  %s\n  settlement 结算 %s, height 高度 %d\n", d.Id, state, english, chinese, d.Settlement, d.Height)
	}
}
