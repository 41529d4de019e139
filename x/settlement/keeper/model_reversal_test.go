package keeper_test

import (
	"context"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// clawBack takes back a part of a settled trade, or more than is left of it.
func (m *model) clawBack(rt *rapid.T) {
	id, amount := pick(rt, m.settled), amount(rt)
	record, err := m.w.k.Record(m.w.Ctx, id)
	require.NoError(rt, err)
	left := record.Amount.Int64()
	var given []math.Int
	if answer, err := m.w.query.ClawBack(m.w.Ctx, &types.QueryClawBackRequest{Settlement: id}); err == nil {
		left -= answer.ClawBack.Reversed.Int64()
		given = answer.ClawBack.Given()
	} else {
		given = types.NewClawBack(record).Given()
	}
	m.reversals++
	var parts []types.GivenBack
	err = m.run(rt, func(ctx context.Context) (err error) {
		parts, err = m.w.k.ClawBack(ctx, id, red(m.reversals), math.NewInt(amount))
		return err
	})
	if amount > left {
		require.ErrorIs(rt, err, types.ErrOverReversed)
		return
	}
	require.NoError(rt, err)
	for i, want := range types.Apportion(record.Payouts, given, math.NewInt(amount)) {
		member, due := record.Payouts[i].Member, want.Int64()
		require.Equal(rt, member, parts[i].Member)
		if member == buyer {
			require.Equal(rt, due, parts[i].Paid.Int64())
			continue
		}
		paid := min(due, m.spendable[member])
		require.Equal(rt, paid, parts[i].Paid.Int64())
		require.Equal(rt, due-paid, parts[i].Owed.Int64())
		m.spendable[member] -= paid
		m.due[buyer] += paid
		if due > paid {
			m.debts[types.DebtID(red(m.reversals), member)] = due - paid
		}
	}
}

// payDebt pays on a debt, sometimes more than is owed or than there is.
func (m *model) payDebt(rt *rapid.T) {
	id, amount := pick(rt, m.debts), rapid.Int64Range(1, 300).Draw(rt, "payment")
	_, debtor, err := types.ParseDebtID("debt", id)
	require.NoError(rt, err)
	err = m.run(rt, func(ctx context.Context) error {
		_, err := m.w.msg.PayDebt(ctx, &types.MsgPayDebt{Signer: signer(debtor), Debt: id, Amount: math.NewInt(amount)})
		return err
	})
	switch {
	case amount > m.debts[id]:
		require.ErrorIs(rt, err, types.ErrOverpaid)
		return
	case amount > m.spendable[debtor]:
		require.ErrorIs(rt, err, types.ErrInsufficientFunds)
		return
	}
	require.NoError(rt, err)
	m.spendable[debtor] -= amount
	m.due[buyer] += amount
	m.debts[id] -= amount
}
