package traffic

import (
	"fmt"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	settlementkeeper "github.com/shugu-network/shugu/x/settlement/keeper"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// asked is a request for a reversal that is open as far as is known.
type asked struct {
	of               *contract
	requester, other string
	voucher.Reversal
}

// askForReversal takes back a part of a voucher's lines, all of them, or more than there is.
func (t *Traffic) askForReversal() {
	if len(t.settled) == 0 {
		return
	}
	c := oneOf(t, t.settled)
	a := &asked{of: c, requester: c.buyer, other: c.seller, Reversal: voucher.Reversal{
		Number: c.voucher, ReasonDigest: digest(fmt.Sprintf("reason %d", t.rand.Intn(1_000))),
	}}
	if t.chance(40) {
		a.requester, a.other = c.seller, c.buyer
	}
	for i, l := range c.deal.Lines {
		if i == 0 || t.chance(60) {
			amount := l.Amount
			if t.chance(75) {
				amount = math.NewInt(1 + t.rand.Int63n(l.Amount.Int64()))
			}
			a.Lines = append(a.Lines, voucher.ReversedLine{Line: uint32(i), Amount: amount})
		}
	}
	t.send("ask for a reversal", a.requester, func(*abci.ExecTxResult) { t.asked = append(t.asked, a) }, &voucher.MsgRequestReversal{
		Signer: t.here.Address(a.requester), Number: a.Number, Lines: a.Lines, ReasonDigest: a.ReasonDigest,
	})
}

// answerReversal confirms, declines or withdraws a request, or confirms what was not asked.
func (t *Traffic) answerReversal() {
	if len(t.asked) == 0 {
		return
	}
	a := oneOf(t, t.asked)
	gone := func(*abci.ExecTxResult) {
		t.asked = slices.DeleteFunc(t.asked, func(other *asked) bool { return other == a })
	}
	confirm := &voucher.MsgConfirmReversal{Signer: t.here.Address(a.other), Number: a.Number, Lines: a.Lines, ReasonDigest: a.ReasonDigest}
	switch n := t.rand.Intn(100); {
	case n < 65:
		if t.chance(30) {
			t.emptyPockets(a.of.seller)
		}
		t.send("confirm a reversal", a.other, gone, confirm)
	case n < 75:
		t.send("decline a reversal", a.other, gone, &voucher.MsgDeclineReversal{Signer: t.here.Address(a.other), Number: a.Number, ReasonDigest: digest("no")})
	case n < 85:
		t.send("withdraw a reversal", a.requester, gone, &voucher.MsgWithdrawReversal{Signer: t.here.Address(a.requester), Number: a.Number})
	case n < 93:
		confirm.Lines = slices.Clone(confirm.Lines)
		confirm.Lines[0].Amount = confirm.Lines[0].Amount.AddRaw(1)
		t.send("fault: confirm what was not asked", a.other, nil, confirm)
	default:
		confirm.Signer = t.here.Address(a.requester)
		t.send("fault: confirm one's own request", a.requester, nil, confirm)
	}
}

// emptyPockets has a member withdraw all that it has, so that it cannot give anything back.
func (t *Traffic) emptyPockets(member string) {
	owner := sdk.MustAccAddressFromBech32(t.here.Address(member))
	if has := t.here.Shugu.Bank.GetBalance(t.here.Query(), owner, settlement.Denom).Amount; has.IsPositive() {
		t.withdrawAs(member, has)
	}
}

// payDebt pays on a debt that a reversal left, sometimes more than is owed.
func (t *Traffic) payDebt() {
	res, err := settlementkeeper.NewQueryServer(t.here.Shugu.Settlement).Debts(t.here.Query(), &settlement.QueryDebtsRequest{})
	if err != nil {
		panic(err)
	}
	open := slices.DeleteFunc(res.Debts, func(d settlement.Debt) bool { return !d.Outstanding().IsPositive() })
	if len(open) == 0 {
		return
	}
	d := oneOf(t, open)
	for _, party := range append([]string{"exchange", "exchange-2"}, t.merchants...) {
		if t.members[party] == d.Debtor {
			amount := math.MinInt(d.Outstanding().AddRaw(1), math.NewInt(1+t.rand.Int63n(20_000)))
			t.send("pay a debt", party, nil, sdk.Msg(&settlement.MsgPayDebt{Signer: t.here.Address(party), Debt: d.Id, Amount: amount}))
			return
		}
	}
}

// tidyReversals forgets requests that were answered, or ended by themselves.
func (t *Traffic) tidyReversals(ctx sdk.Context) {
	t.asked = slices.DeleteFunc(t.asked, func(a *asked) bool {
		_, err := t.here.Shugu.Voucher.Request(ctx, a.Number)
		return err != nil
	})
}
