package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestConfirmWithdrawalBurns(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(seller, math.NewInt(500))
		id, rest := w.request(seller, bankA, 200), w.request(seller, bankA, 300)
		w.endBlock()
		w.members.Suspend(bankA) // it may still finish what is open
		_, err := w.msg.ConfirmWithdrawal(w.Ctx, &types.MsgConfirmWithdrawal{Signer: signer(bankA), Withdrawal: id})
		require.NoError(t, err)
		require.Equal(t, "move withdrawal "+id, w.holds.asked[len(w.holds.asked)-1])
		w.endBlock()
		require.Equal(t, "300", w.ledger(bankA))
		require.Equal(t, "300", w.bank.GetSupply(w.Ctx, types.Denom).Amount.String())
		require.Equal(t, "300", w.module())
		_, err = w.k.Withdrawal(w.Ctx, id)
		require.ErrorIs(t, err, types.ErrWithdrawalNotFound)

		_, err = w.msg.ConfirmWithdrawal(w.Ctx, &types.MsgConfirmWithdrawal{Signer: signer(bankA), Withdrawal: rest})
		require.NoError(t, err) // all that the bank owes
		w.endBlock()
		require.Equal(t, "0", w.ledger(bankA))
	})
}

// A block that confirms, refunds and funds in any order keeps enough in the module account.
func TestConfirmWithdrawalBesideTrades(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(500))
		id := w.request(buyer, bankA, 200)
		w.open(1, trade(1), 100)
		w.endBlock()
		w.settle(0, trade(1), seller)
		w.open(1, trade(2), 100)
		_, err := w.msg.ConfirmWithdrawal(w.Ctx.WithTxIndex(2), &types.MsgConfirmWithdrawal{Signer: signer(bankA), Withdrawal: id})
		require.NoError(t, err)
		w.endBlock()
		w.requireHas(seller, 100)
		require.Equal(t, "100", w.module())
	})
}

func TestConfirmWithdrawalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgConfirmWithdrawal)
		want  error
	}{
		"if the signer is no address":       {func(_ *world, m *types.MsgConfirmWithdrawal) { m.Signer = "bank" }, valid.ErrInvalid},
		"if the signer is not a member":     {func(_ *world, m *types.MsgConfirmWithdrawal) { m.Signer = signer(stranger) }, consortium.ErrNotMember},
		"if the signer is not a bank":       {func(_ *world, m *types.MsgConfirmWithdrawal) { m.Signer = signer(seller) }, consortium.ErrRoleMissing},
		"if the signer is another bank":     {func(_ *world, m *types.MsgConfirmWithdrawal) { m.Signer = signer(bankB) }, types.ErrOtherBank},
		"if the id is malformed":            {func(_ *world, m *types.MsgConfirmWithdrawal) { m.Withdrawal = "3-1" }, valid.ErrInvalid},
		"if there is no such withdrawal":    {func(_ *world, m *types.MsgConfirmWithdrawal) { m.Withdrawal = "000003-000009" }, types.ErrWithdrawalNotFound},
		"if it is held":                     {func(w *world, _ *types.MsgConfirmWithdrawal) { w.holds.move = errHeld }, errHeld},
		"if it was requested in this block": {func(w *world, m *types.MsgConfirmWithdrawal) { m.Withdrawal = w.request(seller, bankA, 1) }, types.ErrTooEarly},
		"if the bank owes less": {func(w *world, m *types.MsgConfirmWithdrawal) {
			_, err := w.msg.Deposit(w.Ctx, &types.MsgDeposit{Signer: signer(bankB), Member: seller, Amount: math.NewInt(199)})
			require.NoError(w, err)
			m.Withdrawal, m.Signer = w.request(seller, bankB, 200), signer(bankB)
			w.endBlock()
		}, types.ErrOutstanding},
		"if the bank never issued any": {func(w *world, m *types.MsgConfirmWithdrawal) {
			m.Withdrawal, m.Signer = w.request(seller, bankB, 1), signer(bankB)
			w.endBlock()
		}, types.ErrOutstanding},
		"if it was declined": {func(w *world, m *types.MsgConfirmWithdrawal) {
			_, err := w.msg.DeclineWithdrawal(w.Ctx, &types.MsgDeclineWithdrawal{Signer: m.Signer, Withdrawal: m.Withdrawal, Reason: "account closed"})
			require.NoError(w, err)
		}, types.ErrWithdrawalNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(seller, math.NewInt(500))
			m := &types.MsgConfirmWithdrawal{Signer: signer(bankA), Withdrawal: w.request(seller, bankA, 100)}
			w.endBlock()
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.ConfirmWithdrawal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}
