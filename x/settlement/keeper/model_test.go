package keeper_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// model is what the books should say, kept without any of the module's code.
type model struct {
	w *world
	// spendable is what each member's account holds now; due is added at the end of the block.
	spendable, due map[uint32]int64
	ledgers        map[uint32]int64
	escrows        map[string]int64
	withdrawals    map[string]withdrawal
	settled        map[string]int64
	reversals      int
	debts          map[string]int64 // outstanding
	trades         uint32
	tx             int
	refused        map[uint32]bool
}

type withdrawal struct {
	member, bank uint32
	amount       int64
	fresh        bool // requested in this block
}

var people = []uint32{bankA, seller, buyer, partner, exchange}

// TestConservation lives random lives of deposits, withdrawals, trades and
// failing accounts, and checks the books after each step and each block.
func TestConservation(t *testing.T) {
	for name, makeWorld := range map[string]func(testing.TB) *world{"fake": newWorld, "sdk": newSDKWorld} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				w := makeWorld(t)
				w.tb = rt
				m := &model{
					w: w, spendable: map[uint32]int64{}, due: map[uint32]int64{}, ledgers: map[uint32]int64{}, escrows: map[string]int64{},
					withdrawals: map[string]withdrawal{}, settled: map[string]int64{}, debts: map[string]int64{}, refused: map[uint32]bool{},
				}
				w.fault = m.fault
				rt.Repeat(map[string]func(*rapid.T){
					"deposit": m.deposit, "open": m.open, "settle": m.settle, "refund": m.refund,
					"request": m.request, "confirm": m.confirm, "decline": m.decline,
					"claw back": m.clawBack, "pay a debt": m.payDebt, "refuse": m.refuse, "end": m.end, "": m.check,
				})
			})
		})
	}
}

// run runs f as the block's next transaction, or in its BeginBlock.
func (m *model) run(rt *rapid.T, f func(ctx context.Context) error) error {
	i := -1
	if !rapid.Bool().Draw(rt, "begin block") {
		i, m.tx = m.tx, m.tx+1
	}
	return m.w.tx(i, f)
}

func (m *model) deposit(rt *rapid.T) {
	member, amount := person(rt), amount(rt)
	bank := rapid.SampledFrom([]uint32{bankA, bankB}).Draw(rt, "bank")
	err := m.run(rt, func(ctx context.Context) error {
		_, err := m.w.msg.Deposit(ctx, &types.MsgDeposit{Signer: signer(bank), Member: member, Amount: math.NewInt(amount)})
		return err
	})
	if m.refused[member] {
		require.ErrorIs(rt, err, sdkerrors.ErrUnauthorized)
		return
	}
	require.NoError(rt, err)
	m.spendable[member] += amount
	m.ledgers[bank] += amount
}

func (m *model) open(rt *rapid.T) {
	m.trades++
	id, amount := trade(m.trades), amount(rt)
	err := m.run(rt, func(ctx context.Context) error { return m.w.k.Open(ctx, id, buyer, math.NewInt(amount)) })
	if m.spendable[buyer] < amount {
		require.ErrorIs(rt, err, types.ErrInsufficientFunds)
		return
	}
	require.NoError(rt, err)
	m.spendable[buyer] -= amount
	m.escrows[id] = amount
}

func (m *model) settle(rt *rapid.T) {
	id := pick(rt, m.escrows)
	payees := rapid.SliceOfNDistinct(rapid.SampledFrom(people), 1, len(people), rapid.ID).Draw(rt, "payees")
	var record types.Record
	require.NoError(rt, m.run(rt, func(ctx context.Context) (err error) {
		record, err = m.w.k.Settle(ctx, equalShares(id, payees...))
		return err
	}))
	total := int64(0)
	for i, p := range record.Payouts {
		require.Equal(rt, payees[i], p.Member)
		m.due[p.Member] += p.Amount.Int64()
		total += p.Amount.Int64()
	}
	require.Equal(rt, m.escrows[id], total)
	m.settled[id] = total
	delete(m.escrows, id)
}

func (m *model) refund(rt *rapid.T) {
	id := pick(rt, m.escrows)
	require.NoError(rt, m.run(rt, func(ctx context.Context) error { return m.w.k.Refund(ctx, id) }))
	m.due[buyer] += m.escrows[id]
	delete(m.escrows, id)
}

func (m *model) request(rt *rapid.T) {
	member, amount := person(rt), amount(rt)
	bank := rapid.SampledFrom([]uint32{bankA, bankB}).Draw(rt, "bank")
	var id string
	err := m.run(rt, func(ctx context.Context) error {
		answer, err := m.w.msg.RequestWithdrawal(ctx, &types.MsgRequestWithdrawal{Signer: signer(member), Bank: bank, Amount: math.NewInt(amount)})
		if err == nil {
			id = answer.Id
		}
		return err
	})
	if m.spendable[member] < amount {
		require.ErrorIs(rt, err, types.ErrInsufficientFunds)
		return
	}
	require.NoError(rt, err)
	m.spendable[member] -= amount
	m.withdrawals[id] = withdrawal{member: member, bank: bank, amount: amount, fresh: true}
}

func (m *model) confirm(rt *rapid.T) {
	id := pick(rt, m.withdrawals)
	x := m.withdrawals[id]
	err := m.run(rt, func(ctx context.Context) error {
		_, err := m.w.msg.ConfirmWithdrawal(ctx, &types.MsgConfirmWithdrawal{Signer: signer(x.bank), Withdrawal: id})
		return err
	})
	switch {
	case x.fresh:
		require.ErrorIs(rt, err, types.ErrTooEarly)
	case m.ledgers[x.bank] < x.amount:
		require.ErrorIs(rt, err, types.ErrOutstanding)
	default:
		require.NoError(rt, err)
		m.ledgers[x.bank] -= x.amount
		delete(m.withdrawals, id)
	}
}

func (m *model) decline(rt *rapid.T) {
	id := pick(rt, m.withdrawals)
	x := m.withdrawals[id]
	require.NoError(rt, m.run(rt, func(ctx context.Context) error {
		_, err := m.w.msg.DeclineWithdrawal(ctx, &types.MsgDeclineWithdrawal{Signer: signer(x.bank), Withdrawal: id, Reason: "no"})
		return err
	}))
	m.due[x.member] += x.amount
	delete(m.withdrawals, id)
}

// refuse makes a member's account fail, by error or by panic, or work again.
func (m *model) refuse(rt *rapid.T) {
	member := person(rt)
	m.refused[member] = !m.refused[member]
}

func (m *model) fault(to sdk.AccAddress) error {
	for _, member := range people {
		if !m.refused[member] || !to.Equals(keys.Address(names[member])) {
			continue
		}
		if member == partner && m.tx < 0 {
			panic("account of the partner")
		}
		return sdkerrors.ErrUnauthorized
	}
	return nil
}

func (m *model) end(rt *rapid.T) {
	m.tx = -1 // from here on the partner's account panics
	m.w.endBlock()
	m.tx = 0
	for id, x := range m.withdrawals {
		x.fresh = false
		m.withdrawals[id] = x
	}
	for _, member := range people {
		m.spendable[member] += m.due[member]
		m.due[member] = 0
		answer, err := m.w.query.Balance(m.w.Ctx, &types.QueryBalanceRequest{Member: member})
		require.NoError(rt, err)
		require.Equal(rt, fmt.Sprint(m.spendable[member]), answer.Available.Add(answer.Unpaid).String())
		m.spendable[member] = answer.Available.Int64()
		m.due[member] = answer.Unpaid.Int64() // until a later block pays it
	}
}

// check runs after every step.
func (m *model) check(rt *rapid.T) {
	require.NoError(rt, m.w.k.Check(m.w.Ctx))
	for bank, outstanding := range m.ledgers {
		require.Equal(rt, fmt.Sprint(outstanding), m.w.ledger(bank))
	}
	for _, member := range people {
		m.w.requireHas(member, m.spendable[member])
	}
	for id, amount := range m.settled {
		record, err := m.w.k.Record(m.w.Ctx, id)
		require.NoError(rt, err)
		require.Equal(rt, fmt.Sprint(amount), record.Amount.String())
	}
}

func person(rt *rapid.T) uint32 { return rapid.SampledFrom(people).Draw(rt, "member") }

func amount(rt *rapid.T) int64 { return rapid.Int64Range(1, 1000).Draw(rt, "amount") }

// pick draws one key; a step without any is skipped.
func pick[V any](rt *rapid.T, from map[string]V) string {
	var ids []string
	for id := range from {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		rt.Skip("nothing is open")
	}
	slices.Sort(ids)
	return rapid.SampledFrom(ids).Draw(rt, "id")
}
