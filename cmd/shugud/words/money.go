package words

import (
	"fmt"
	"io"

	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// Escrow tells the open escrow of a trade, as a node shows it, to a person.
func Escrow(w io.Writer, e settlement.Escrow, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Escrow 托管 %s\n", e.Id)
	s.line("amount 金额", "%s", yuan(e.Amount))
	s.line("paid in by 付款方", "%s", names.Member(e.Payer))
	s.line("contract 合同", "shugud query trade contract %s", e.Id)
	s.nodesWord()
}

// Ledgers tells how much fen banks owe, one a line.
func Ledgers(w io.Writer, ledgers []settlement.BankLedger, names Names) {
	for _, l := range ledgers {
		fmt.Fprintf(w, "bank 银行 %s: owes 未兑付 %s\n", names.Member(l.Bank), yuan(l.Outstanding))
	}
}

// Deposit tells what a bank booked under a reference of its own.
func Deposit(w io.Writer, d settlement.Deposit, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Deposit 入金 %s\n", Quoted(d.Reference))
	s.line("bank 银行", "%s", names.Member(d.Bank))
	s.line("to 存入", "%s", names.Member(d.Member))
	s.line("amount 金额", "%s", yuan(d.Amount))
	s.line("booked 入账", "height 高度 %d", d.Height)
	s.nodesWord()
}

// Withdrawals tells withdrawals that wait for a bank, one a paragraph.
func Withdrawals(w io.Writer, withdrawals []settlement.Withdrawal, names Names) {
	for _, x := range withdrawals {
		fmt.Fprintf(w, "%s  %s  waits for the bank 待银行处理\n", x.Id, yuan(x.Amount))
		fmt.Fprintf(w, "  %s → bank 银行 %s%s, requested 申请 height 高度 %d\n", names.Member(x.Member), names.Member(x.Bank), reason(", reference 附言 ", x.Reference), x.RequestedHeight)
	}
}

// UnpaidPayments tells payments that could not be booked and are tried again, one a paragraph.
func UnpaidPayments(w io.Writer, unpaid []settlement.Unpaid, names Names) {
	for _, u := range unpaid {
		fmt.Fprintf(w, "%s is owed 应付 %s, which cannot be booked since 未能入账，自 height 高度 %d\n", names.Member(u.Member), yuan(u.Amount), u.Since)
		retried(w, u.Error, u.Attempts, fmt.Sprintf("at height 于高度 %d", u.Due))
	}
}

// retried says why something that the chain does by itself failed, and when it tries again.
func retried(w io.Writer, failure string, attempts uint32, next string) {
	fmt.Fprintf(w, "  failed 失败 (attempts 次数 %d): %s; tried again 重试 %s\n", attempts, Quoted(failure), next)
}

// ClawBack tells what red vouchers took back of a settlement, payee by payee.
func ClawBack(w io.Writer, c settlement.ClawBack, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Taken back 追回 of settlement 结算 %s\n", c.Settlement)
	s.line("in all 合计", "%s", yuan(c.Reversed))
	for _, p := range c.Parts {
		text := fmt.Sprintf("gave back 已退回 %s", yuan(p.Paid))
		if !p.Owed.IsNil() && p.Owed.IsPositive() {
			text += fmt.Sprintf(", could not give back 未能退回 %s (what it paid since 其后偿还: shugud query settlement debts --debtor %d)", yuan(p.Owed), p.Member)
		}
		s.line("payee 收款方", "%s: %s", names.Member(p.Member), text)
	}
	s.nodesWord()
}
