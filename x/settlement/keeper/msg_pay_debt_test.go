package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// indebted is settled with 300 fen owed by the partner, who has 400 again.
func indebted(t *testing.T) (*world, string) {
	w := settled(t)
	w.spend(partner, 300)
	w.clawBack(1, 1000)
	w.endBlock()
	w.deposit(partner, math.NewInt(400))
	w.requireHas(buyer, 700)
	return w, types.DebtID(red(1), partner)
}

func (w *world) payDebt(by uint32, id string, amount int64) string {
	w.Helper()
	var res *types.MsgPayDebtResponse
	require.NoError(w, w.tx(3, func(ctx context.Context) (err error) {
		res, err = w.msg.PayDebt(ctx, &types.MsgPayDebt{Signer: signer(by), Debt: id, Amount: math.NewInt(amount)})
		return err
	}))
	return res.Outstanding.String()
}

func (w *world) debts(t *testing.T, r *types.QueryDebtsRequest) (ids []string) {
	t.Helper()
	answer, err := w.query.Debts(w.Ctx, r)
	require.NoError(t, err)
	for _, d := range answer.Debts {
		ids = append(ids, d.Id)
	}
	return ids
}

func TestPayDebtInParts(t *testing.T) {
	for name, stand := range map[string]func(w *world){
		"an active debtor":       func(*world) {},
		"a suspended debtor":     func(w *world) { w.members.Suspend(partner) },
		"a debtor that has left": func(w *world) { w.members.Leave(partner) },
		"to a buyer that has left": func(w *world) {
			w.members.Leave(buyer)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, id := indebted(t)
			stand(w)
			require.Equal(t, "299", w.payDebt(partner, id, 1))
			require.Equal(t, "0", w.payDebt(partner, id, 299))
			w.requireHas(partner, 100)
			w.requireHas(buyer, 700)
			w.endBlock()
			w.requireHas(buyer, 1000)
			debt, err := w.k.Debt(w.Ctx, id)
			require.NoError(t, err)
			require.Equal(t, "300", debt.Paid.String(), "it stays as a record")
		})
	}
}

func TestPayDebtFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgPayDebt)
		want  error
	}{
		"if the signer is no address":        {func(_ *world, m *types.MsgPayDebt) { m.Signer = "partner" }, valid.ErrInvalid},
		"if the signer is no member":         {func(_ *world, m *types.MsgPayDebt) { m.Signer = signer(stranger) }, consortium.ErrNotMember},
		"if the signer is not the debtor":    {func(_ *world, m *types.MsgPayDebt) { m.Signer = signer(seller) }, types.ErrNotDebtor},
		"if the id is malformed":             {func(_ *world, m *types.MsgPayDebt) { m.Debt = trade(1) }, valid.ErrInvalid},
		"if there is no such debt":           {func(_ *world, m *types.MsgPayDebt) { m.Debt = types.DebtID(red(1), seller) }, types.ErrDebtNotFound},
		"if the amount is 0":                 {func(_ *world, m *types.MsgPayDebt) { m.Amount = math.ZeroInt() }, valid.ErrInvalid},
		"if the amount is over what is owed": {func(_ *world, m *types.MsgPayDebt) { m.Amount = math.NewInt(301) }, types.ErrOverpaid},
		"if the debt is paid":                {func(w *world, m *types.MsgPayDebt) { w.payDebt(partner, m.Debt, 300) }, types.ErrOverpaid},
		"if the debtor has too little":       {func(w *world, _ *types.MsgPayDebt) { w.request(partner, bankA, 395) }, types.ErrInsufficientFunds},
		"if the debtor's money is held":      {func(w *world, _ *types.MsgPayDebt) { w.holds.pay = errHeld }, errHeld},
		"if the account has not the role for": {func(w *world, m *types.MsgPayDebt) {
			w.members.AddAccount(partner, "stranger", consortium.ROLE_RELAYER)
			m.Signer = signer(stranger)
		}, consortium.ErrRoleMissing},
	} {
		t.Run(name, func(t *testing.T) {
			w, id := indebted(t)
			m := &types.MsgPayDebt{Signer: signer(partner), Debt: id, Amount: math.NewInt(10)}
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.PayDebt(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

func TestQueryDebts(t *testing.T) {
	w := settled(t)
	w.spend(partner, 300)
	w.spend(exchange, 200)
	w.clawBack(1, 100)
	w.clawBack(2, 100)
	w.endBlock()
	id := types.DebtID
	require.Equal(t, []string{id(red(1), partner), id(red(1), exchange), id(red(2), partner), id(red(2), exchange)}, w.debts(t, &types.QueryDebtsRequest{}))
	require.Equal(t, []string{id(red(1), partner), id(red(2), partner)}, w.debts(t, &types.QueryDebtsRequest{Debtor: partner}))
	require.Len(t, w.debts(t, &types.QueryDebtsRequest{Creditor: buyer}), 4)
	require.Empty(t, w.debts(t, &types.QueryDebtsRequest{Creditor: partner}))
	require.Equal(t, []string{id(red(2), exchange)}, w.debts(t, &types.QueryDebtsRequest{Debtor: exchange, Pagination: &query.PageRequest{Offset: 1, Limit: 1}}))
	_, err := w.query.Debts(w.Ctx, &types.QueryDebtsRequest{Debtor: partner, Creditor: buyer})
	require.ErrorIs(t, err, valid.ErrInvalid)
	_, err = w.query.ClawBack(w.Ctx, &types.QueryClawBackRequest{Settlement: trade(7)})
	require.ErrorIs(t, err, types.ErrClawBackNotFound)
	_, err = w.query.Debt(w.Ctx, &types.QueryDebtRequest{Id: "x"})
	require.ErrorIs(t, err, types.ErrDebtNotFound)
}
