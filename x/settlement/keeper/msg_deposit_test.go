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

func TestDepositIssuesFen(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		m := &types.MsgDeposit{Signer: signer(bankA), Member: seller, Amount: math.NewInt(500), Reference: "回单 2026-1"}
		_, err := w.msg.Deposit(w.Ctx, m)
		require.NoError(t, err)
		w.requireHas(seller, 500)
		require.NoError(t, w.k.Check(w.Ctx))

		// Sent again, it is not booked again; another bank's reference is its own.
		before := w.dump()
		_, err = w.msg.Deposit(w.Ctx, m)
		require.ErrorIs(t, err, types.ErrReferenceUsed)
		require.ErrorContains(t, err, "booked 500 fen for member 000003")
		require.Equal(t, before, w.dump())
		booked, err := w.query.Deposit(w.Ctx, &types.QueryDepositRequest{Bank: bankA, Reference: m.Reference})
		require.NoError(t, err)
		require.Equal(t, types.Deposit{Bank: bankA, Reference: m.Reference, Member: seller, Amount: m.Amount, Height: w.Ctx.BlockHeight()}, booked.Deposit)
		_, err = w.query.Deposit(w.Ctx, &types.QueryDepositRequest{Bank: bankB, Reference: m.Reference})
		require.ErrorIs(t, err, types.ErrDepositNotFound)

		m.Signer, m.Amount = signer(bankB), math.NewInt(7)
		_, err = w.msg.Deposit(w.Ctx, m)
		require.NoError(t, err)
		w.endBlock()
		require.Equal(t, "500", w.ledger(bankA))
		require.Equal(t, "7", w.ledger(bankB))
		require.Equal(t, "507", w.bank.GetSupply(w.Ctx, types.Denom).Amount.String())
	})
}

// Who is suspended may still have to finish an open trade, and needs money for it.
func TestDepositToASuspendedMember(t *testing.T) {
	w := newWorld(t)
	w.members.Suspend(buyer)
	w.deposit(buyer, math.NewInt(5))
	w.requireHas(buyer, 5)
}

func TestDepositFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgDeposit)
		want  error
	}{
		"if the signer is no address":    {func(_ *world, m *types.MsgDeposit) { m.Signer = "shugu1" }, valid.ErrInvalid},
		"if the signer is not a member":  {func(_ *world, m *types.MsgDeposit) { m.Signer = signer(stranger) }, consortium.ErrNotMember},
		"if the signer is not a bank":    {func(_ *world, m *types.MsgDeposit) { m.Signer = signer(seller) }, consortium.ErrRoleMissing},
		"if the bank is suspended":       {func(w *world, _ *types.MsgDeposit) { w.members.Suspend(bankA) }, consortium.ErrSuspended},
		"if the member does not exist":   {func(_ *world, m *types.MsgDeposit) { m.Member = stranger }, consortium.ErrMemberNotFound},
		"if the member's number is 0":    {func(_ *world, m *types.MsgDeposit) { m.Member = 0 }, valid.ErrInvalid},
		"if the amount is missing":       {func(_ *world, m *types.MsgDeposit) { m.Amount = math.Int{} }, valid.ErrInvalid},
		"if the amount is 0":             {func(_ *world, m *types.MsgDeposit) { m.Amount = math.ZeroInt() }, valid.ErrInvalid},
		"if the amount is negative":      {func(_ *world, m *types.MsgDeposit) { m.Amount = math.NewInt(-5) }, valid.ErrInvalid},
		"if the amount is over 2^96":     {func(_ *world, m *types.MsgDeposit) { m.Amount = overLimit }, valid.ErrInvalid},
		"if the reference is long":       {func(_ *world, m *types.MsgDeposit) { m.Reference = strings.Repeat("x", 65) }, valid.ErrInvalid},
		"if the reference has controls":  {func(_ *world, m *types.MsgDeposit) { m.Reference = "a\nb" }, valid.ErrInvalid},
		"if the reference is not UTF-8":  {func(_ *world, m *types.MsgDeposit) { m.Reference = "\xff" }, valid.ErrInvalid},
		"if the bank would owe too much": {func(_ *world, m *types.MsgDeposit) { m.Amount = valid.MaxAmount() }, types.ErrLedgerFull},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(buyer, math.NewInt(1))
			m := &types.MsgDeposit{Signer: signer(bankA), Member: seller, Amount: math.NewInt(500)}
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.Deposit(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

func (w *world) ledger(bank uint32) string {
	w.Helper()
	answer, err := w.query.Ledger(w.Ctx, &types.QueryLedgerRequest{Bank: bank})
	require.NoError(w, err)
	return answer.Ledger.Outstanding.String()
}
