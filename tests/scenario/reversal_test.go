package scenario_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	settlementkeeper "github.com/shugu-network/shugu/x/settlement/keeper"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// reversedLines are lines=(line:amount, …), lines from 1.
func reversedLines(a *args) (lines []voucher.ReversedLine) {
	for _, text := range a.list("lines") {
		line, amount, _ := strings.Cut(text, ":")
		n, err := strconv.Atoi(line)
		if err != nil {
			a.fail("lines: expected (line:amount, …), got %q", text)
		}
		lines = append(lines, voucher.ReversedLine{Line: uint32(n - 1), Amount: a.fen("lines", amount)})
	}
	return lines
}

func tellLines(lines []voucher.ReversedLine) string {
	var says []string
	for _, l := range lines {
		says = append(says, fmt.Sprintf("%s of line %d", cny(l.Amount), l.Line+1))
	}
	return strings.Join(says, ", ")
}

// askReversal has the buyer, or by=, ask to take lines of a contract's voucher back.
func (w *world) askReversal(a *args) string {
	c := w.contract(a)
	by, lines := a.or("by", c.buyer), reversedLines(a)
	var res voucher.MsgRequestReversalResponse
	msg := &voucher.MsgRequestReversal{
		Signer: c.on.Address(by), Number: w.voucher(a, c), Lines: lines, ReasonDigest: digest(a.or("reason", "the data were incomplete")),
	}
	if no := c.on.send(by, &res, msg); no != "" {
		return no
	}
	return fmt.Sprintf("%s asks to take back %s; the other party may confirm until %s.", c.on.called(by), tellLines(lines), unix(res.ExpiresAt))
}

// confirmReversal has the seller, or by=, restate the open request; lines= and reason= change it.
func (w *world) confirmReversal(a *args) string {
	c := w.contract(a)
	by, number := a.or("by", c.goods.seller), w.voucher(a, c)
	msg := &voucher.MsgConfirmReversal{Signer: c.on.Address(by), Number: number, Lines: reversedLines(a), ReasonDigest: digest(a.or("reason", "the data were incomplete"))}
	if request, err := c.on.Shugu.Voucher.Request(c.on.Query(), number); err == nil && msg.Lines == nil {
		msg.Lines = request.Lines
	}
	var res voucher.MsgConfirmReversalResponse
	if no := c.on.send(by, &res, msg); no != "" {
		return no
	}
	red, err := c.on.Shugu.Voucher.Voucher(c.on.Query(), res.RedNumber)
	require.NoError(a.t, err)
	says := fmt.Sprintf("Red voucher %s takes back %s of %s.", voucher.FormatNumber(red.Number), cny(red.Total), voucher.FormatNumber(red.Reverses))
	if res.Owed.IsPositive() {
		says += fmt.Sprintf(" %s could not be paid back and is owed.", cny(res.Owed))
	}
	return says
}

func (w *world) declineReversal(a *args) string {
	c := w.contract(a)
	by := a.or("by", c.goods.seller)
	return w.ends(c, by, "declines", &voucher.MsgDeclineReversal{
		Signer: c.on.Address(by), Number: w.voucher(a, c), ReasonDigest: digest(a.or("reason", "they were complete")),
	})
}

func (w *world) withdrawReversal(a *args) string {
	c := w.contract(a)
	by := a.or("by", c.buyer)
	return w.ends(c, by, "withdraws", &voucher.MsgWithdrawReversal{Signer: c.on.Address(by), Number: w.voucher(a, c)})
}

func (w *world) ends(c *contract, by, does string, msg sdk.Msg) string {
	if no := c.on.send(by, nil, msg); no != "" {
		return no
	}
	return fmt.Sprintf("%s %s; nothing is taken back.", c.on.called(by), does)
}

// payDebt pays on a member's first debt that is open.
func (w *world) payDebt(a *args) string {
	on, member, amount := w.on(a), a.text("member"), a.money("amount")
	by, id := a.or("by", member), ""
	for _, d := range w.debts(on, settlement.QueryDebtsRequest{Debtor: on.number(member)}) {
		if id == "" && d.Outstanding().IsPositive() {
			id = d.Id
		}
	}
	if id == "" {
		a.fail("%s has no open debt", member)
	}
	var res settlement.MsgPayDebtResponse
	if no := on.send(by, &res, &settlement.MsgPayDebt{Signer: on.Address(by), Debt: id, Amount: amount}); no != "" {
		return no
	}
	return fmt.Sprintf("%s pays %s; %s is still owed.", on.called(member), cny(amount), cny(res.Outstanding))
}

func (w *world) debts(on *side, r settlement.QueryDebtsRequest) []settlement.Debt {
	res, err := settlementkeeper.NewQueryServer(on.Shugu.Settlement).Debts(on.Query(), &r)
	require.NoError(on.TB, err)
	return res.Debts
}

// showDebts tells every debt of a chain.
func (w *world) showDebts(a *args) string {
	on := w.on(a)
	var lines []string
	for _, d := range w.debts(on, settlement.QueryDebtsRequest{}) {
		lines = append(lines, fmt.Sprintf("%s: %s owes %s %s, of which %s is paid", d.Id,
			on.member(d.Debtor).Name, on.member(d.Creditor).Name, cny(d.Amount), cny(d.Paid)))
	}
	if lines == nil {
		return "Nobody owes anything."
	}
	return strings.Join(lines, "\n")
}

// showRequest tells the open request of a contract's voucher.
func (w *world) showRequest(a *args) string {
	c := w.named(a, a.text("request"))
	r, err := c.on.Shugu.Voucher.Request(c.on.Query(), w.voucher(a, c))
	if err != nil {
		return "No request is open."
	}
	return fmt.Sprintf("%s asks to take back %s, until %s.", c.on.member(r.Requester).Name, tellLines(r.Lines), unix(r.ExpiresAt))
}
