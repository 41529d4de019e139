package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestDeclineWithdrawalGivesBack(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(seller, math.NewInt(500))
		early, late := w.request(seller, bankA, 200), w.request(seller, bankB, 100)
		// In the block of the request already, when its fen are not in the module account yet.
		w.decline(bankA, early)
		w.requireHas(seller, 200)
		w.endBlock()
		w.requireHas(seller, 400)
		require.Equal(t, "100", w.module())

		w.members.Suspend(bankB) // it may still finish what is open
		w.members.Suspend(seller)
		w.decline(bankB, late)
		w.endBlock()
		w.requireHas(seller, 500)
		require.Equal(t, "0", w.module())
		require.Equal(t, "500", w.ledger(bankA))
	})
}

func TestDeclineWithdrawalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgDeclineWithdrawal)
		want  error
	}{
		"if the signer is no address":    {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Signer = "bank" }, valid.ErrInvalid},
		"if the signer is not a bank":    {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Signer = signer(seller) }, consortium.ErrRoleMissing},
		"if the signer is another bank":  {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Signer = signer(bankB) }, types.ErrOtherBank},
		"if the id is malformed":         {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Withdrawal = "" }, valid.ErrInvalid},
		"if there is no such withdrawal": {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Withdrawal = "000004-000001" }, types.ErrWithdrawalNotFound},
		"if there is no reason":          {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Reason = "" }, valid.ErrInvalid},
		"if the reason is long":          {func(_ *world, m *types.MsgDeclineWithdrawal) { m.Reason = strings.Repeat("x", 513) }, valid.ErrInvalid},
		"if it is held":                  {func(w *world, _ *types.MsgDeclineWithdrawal) { w.holds.move = errHeld }, errHeld},
		"if it was confirmed": {func(w *world, m *types.MsgDeclineWithdrawal) {
			_, err := w.msg.ConfirmWithdrawal(w.Ctx, &types.MsgConfirmWithdrawal{Signer: m.Signer, Withdrawal: m.Withdrawal})
			require.NoError(w, err)
		}, types.ErrWithdrawalNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(seller, math.NewInt(500))
			m := &types.MsgDeclineWithdrawal{Signer: signer(bankA), Withdrawal: w.request(seller, bankA, 100), Reason: "account closed"}
			w.endBlock()
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.DeclineWithdrawal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

func (w *world) decline(bank uint32, id string) {
	w.Helper()
	_, err := w.msg.DeclineWithdrawal(w.Ctx.WithTxIndex(1), &types.MsgDeclineWithdrawal{Signer: signer(bank), Withdrawal: id, Reason: "account closed"})
	require.NoError(w, err)
}
