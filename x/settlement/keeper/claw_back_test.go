package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/keeper"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// red is the number of the n-th red voucher; the form is all that is looked at.
func red(n int) string { return fmt.Sprintf("330126112300000300%04d%02d", n, n) }

// settled has a trade of 1,000 fen: 500 to the seller, 300 to the partner, 200 to the exchange.
func settled(t *testing.T) *world {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(1000))
	w.open(0, trade(1), 1000)
	w.settleShares(trade(1), map[uint32]uint32{seller: 5000, partner: 3000, exchange: 2000}, seller, partner, exchange)
	w.endBlock()
	return w
}

func (w *world) settleShares(id string, points map[uint32]uint32, payees ...uint32) {
	s := equalShares(id, payees...)
	for i, m := range payees {
		s.Split.Shares[i].BasisPoints = points[m]
	}
	_, err := w.k.Settle(w.Ctx, s)
	require.NoError(w, err)
}

func (w *world) clawBack(n int, amount int64) []types.GivenBack {
	w.Helper()
	var parts []types.GivenBack
	require.NoError(w, w.tx(n, func(ctx context.Context) (err error) {
		parts, err = w.k.ClawBack(ctx, trade(1), red(n), math.NewInt(amount))
		return err
	}))
	return parts
}

// spend takes fen out of a member's hands.
func (w *world) spend(member uint32, amount int64) {
	w.Helper()
	require.NoError(w, w.tx(9, func(ctx context.Context) error { return w.k.Open(ctx, trade(90+member), member, math.NewInt(amount)) }))
}

func TestClawBackIsProRata(t *testing.T) {
	w := settled(t)
	w.clawBack(1, 100)
	w.requireHas(seller, 450) // debited at once
	w.requireHas(buyer, 0)    // credited at the end of the block
	w.endBlock()
	w.requireHas(buyer, 100)
	w.requireHas(partner, 270)
	w.requireHas(exchange, 180)

	w.clawBack(2, 1)
	w.clawBack(3, 899)
	w.endBlock()
	w.requireHas(buyer, 1000)
	for _, payee := range []uint32{seller, partner, exchange} {
		w.requireHas(payee, 0)
	}
	answer, err := w.query.ClawBack(w.Ctx, &types.QueryClawBackRequest{Settlement: trade(1)})
	require.NoError(t, err)
	require.Equal(t, "1000", answer.ClawBack.Reversed.String())
	require.Equal(t, "[{5 300 0}]", fmt.Sprint(answer.ClawBack.Parts[1:2]))
	require.Empty(t, w.debts(t, &types.QueryDebtsRequest{}))
}

func TestClawBackEvent(t *testing.T) {
	w := settled(t)
	w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
	w.spend(partner, 290)
	parts := w.clawBack(1, 100)
	events := w.Ctx.EventManager().ABCIEvents()
	got, err := sdk.ParseTypedEvent(events[len(events)-1])
	require.NoError(t, err)
	want := &types.EventClawedBack{Settlement: trade(1), RedNumber: red(1), Amount: math.NewInt(100), Parts: parts}
	require.Equal(t, want.String(), got.(*types.EventClawedBack).String())
	require.Equal(t, "[{3 50 0} {5 10 20} {6 20 0}]", fmt.Sprint(parts))
}

// What a payee lacks becomes its debt, and holds up nobody.
func TestClawBackLeavesDebts(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(w *world)
		buyer   int64
		parts   string
	}{
		"of a payee with too little":    {func(w *world) { w.spend(partner, 250) }, 750, "[{3 500 0} {5 50 250} {6 200 0}]"},
		"of a payee with nothing":       {func(w *world) { w.spend(partner, 300) }, 700, "[{3 500 0} {5 0 300} {6 200 0}]"},
		"of everybody when all is held": {func(w *world) { w.holds.pay = errHeld }, 0, "[{3 0 500} {5 0 300} {6 0 200}]"},
		"not of a suspended payee": {func(w *world) {
			w.members.Suspend(partner)
			w.members.Leave(exchange)
		}, 1000, "[{3 500 0} {5 300 0} {6 200 0}]"},
	} {
		t.Run(name, func(t *testing.T) {
			w := settled(t)
			c.prepare(w)
			parts := w.clawBack(1, 1000)
			w.holds.pay = nil
			require.Equal(t, c.parts, fmt.Sprint(parts))
			w.endBlock()
			w.requireHas(buyer, c.buyer)
			for _, p := range parts {
				debt, err := w.query.Debt(w.Ctx, &types.QueryDebtRequest{Id: types.DebtID(red(1), p.Member)})
				if p.Owed.IsZero() {
					require.ErrorIs(t, err, types.ErrDebtNotFound)
					continue
				}
				require.NoError(t, err)
				require.Equal(t, types.Debt{
					Id: types.DebtID(red(1), p.Member), Debtor: p.Member, Creditor: buyer, Amount: p.Owed, Paid: math.ZeroInt(),
					RedNumber: red(1), Settlement: trade(1), Height: 2,
				}, debt.Debt)
			}
		})
	}
}

// Payees who were paid in this very block do not have it yet.
func TestClawBackInTheBlockOfTheSettlement(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.open(0, trade(1), 100)
	w.settle(1, trade(1), seller)
	parts := w.clawBack(2, 100)
	require.Equal(t, "[{3 0 100}]", fmt.Sprint(parts))
	w.endBlock()
	w.requireHas(seller, 100)
	w.payDebt(seller, types.DebtID(red(2), seller), 100)
	w.endBlock()
	w.requireHas(buyer, 100)
}

// The buyer's own share of the split comes back to where it is.
func TestClawBackOfTheBuyersOwnShare(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.open(0, trade(1), 100)
	w.settle(1, trade(1), seller, buyer)
	w.endBlock()
	w.spend(buyer, 50)
	parts := w.clawBack(2, 100)
	require.Equal(t, "[{3 50 0} {4 50 0}]", fmt.Sprint(parts))
	w.endBlock()
	w.requireHas(buyer, 50)
}

func TestClawBackFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, id, number *string, amount *math.Int)
		want  error
	}{
		"if the settlement's id is malformed": {func(_ *world, id, _ *string, _ *math.Int) { *id = "1" }, valid.ErrInvalid},
		"if the red number is malformed":      {func(_ *world, _, n *string, _ *math.Int) { *n = "1" }, valid.ErrInvalid},
		"if the amount is 0":                  {func(_ *world, _, _ *string, a *math.Int) { *a = math.ZeroInt() }, valid.ErrInvalid},
		"if the amount is missing":            {func(_ *world, _, _ *string, a *math.Int) { *a = math.Int{} }, valid.ErrInvalid},
		"if there is no such record":          {func(_ *world, id, _ *string, _ *math.Int) { *id = trade(2) }, types.ErrRecordNotFound},
		"if it is more than was settled":      {func(_ *world, _, _ *string, a *math.Int) { *a = math.NewInt(1001) }, types.ErrOverReversed},
		"if it is more than is left": {func(w *world, _, _ *string, a *math.Int) {
			w.clawBack(1, 1)
			*a = math.NewInt(1000)
		}, types.ErrOverReversed},
		"if the red voucher has clawed back": {func(w *world, _, n *string, _ *math.Int) {
			w.spend(partner, 300)
			w.clawBack(1, 10)
			*n = red(1)
		}, types.ErrDebtExists},
	} {
		t.Run(name, func(t *testing.T) {
			w := settled(t)
			id, number, amount := trade(1), red(2), math.NewInt(10)
			c.spoil(w, &id, &number, &amount)
			before := w.dump()
			_, err := w.k.ClawBack(w.Ctx, id, number, amount)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

// An error of bank's that is not about funds is not taken for poverty.
func TestClawBackFailsWithBank(t *testing.T) {
	w := settled(t)
	broken := errors.New("broken")
	d := w.deps()
	d.Bank = brokenBank{w.bank, broken}
	err := w.tx(1, func(ctx context.Context) error {
		_, err := keeper.New(d).ClawBack(ctx, trade(1), red(1), math.NewInt(10))
		return err
	})
	require.ErrorIs(t, err, broken)
}

type brokenBank struct {
	types.Bank
	err error
}

func (b brokenBank) SendCoinsFromAccountToModuleVirtual(context.Context, sdk.AccAddress, string, sdk.Coins) error {
	return b.err
}

func TestCheckFindsBrokenClawBacks(t *testing.T) {
	for name, key := range map[string][]byte{
		"a claw-back that is lost": append([]byte{0x10}, trade(1)...),
		"a debt that is lost":      append([]byte{0x20}, types.DebtID(red(1), partner)...),
		"a debtor that is lost":    append([]byte{0x21, 0, 0, 0, byte(partner)}, types.DebtID(red(1), partner)...),
		"a creditor that is lost":  append([]byte{0x22, 0, 0, 0, byte(buyer)}, types.DebtID(red(1), partner)...),
	} {
		t.Run(name, func(t *testing.T) {
			w := settled(t)
			w.spend(partner, 300)
			w.clawBack(1, 100)
			w.endBlock()
			store := w.Ctx.KVStore(w.Key(types.ClawBackStoreKey))
			require.True(t, store.Has(key))
			store.Delete(key)
			require.ErrorIs(t, w.k.Check(w.Ctx), types.ErrInvariant)
		})
	}
}
