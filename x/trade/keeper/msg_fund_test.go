package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	"github.com/shugu-network/shugu/x/trade/types"
)

func TestFund(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_AGREED, w.deal())
	r, err := w.msgs.Fund(w.Ctx, &types.MsgFund{Signer: keys.Bech32("buyer"), Contract: id, Amount: math.NewInt(price)})
	require.NoError(t, err)
	require.Equal(t, w.now()+within, r.DeliverBy)
	require.EqualValues(t, wallet-price, w.money.balance(w.Ctx, buyerNo))
	require.True(t, w.money.escrowed(w.Ctx, id))
}

func TestFundBySuspendedBuyerOfDelistedProduct(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_AGREED, w.deal())
	w.members.Suspend(buyerNo)
	w.members.Suspend(sellerNo)
	delete(w.shelf, "000002-000001")
	require.NoError(t, w.send(w.Ctx, "fund", id, buyerNo))
}

func TestFundFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(w *world, m *types.MsgFund)
		want  error
	}{
		"contract's id is malformed":    {func(_ *world, m *types.MsgFund) { m.Contract = "261123-000002-00001" }, valid.ErrInvalid},
		"signer is no member":           {func(_ *world, m *types.MsgFund) { m.Signer = keys.Bech32("nobody") }, consortium.ErrNotMember},
		"a fen too little":              {func(_ *world, m *types.MsgFund) { m.Amount = math.NewInt(price - 1) }, types.ErrWrongAmount},
		"a fen too much":                {func(_ *world, m *types.MsgFund) { m.Amount = math.NewInt(price + 1) }, types.ErrWrongAmount},
		"nothing":                       {func(_ *world, m *types.MsgFund) { m.Amount = math.ZeroInt() }, valid.ErrInvalid},
		"no amount":                     {func(_ *world, m *types.MsgFund) { m.Amount = math.Int{} }, valid.ErrInvalid},
		"less than nothing":             {func(_ *world, m *types.MsgFund) { m.Amount = math.NewInt(-price) }, valid.ErrInvalid},
		"over 2^96":                     {func(_ *world, m *types.MsgFund) { m.Amount = valid.MaxAmount().AddRaw(1) }, valid.ErrInvalid},
		"more than the buyer has":       {func(w *world, _ *types.MsgFund) { w.money.add(w.Ctx, buyerNo, price-1-wallet) }, settlement.ErrInsufficientFunds},
		"deadline came in this second":  {func(w *world, _ *types.MsgFund) { w.Advance(within * time.Second) }, types.ErrDeadlinePassed},
		"deadline came some time ago":   {func(w *world, _ *types.MsgFund) { w.Advance(day * time.Second) }, types.ErrDeadlinePassed},
		"settlement refuses the escrow": {func(w *world, m *types.MsgFund) { w.money.faults[m.Contract] = errFault }, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgFund{Signer: keys.Bech32("buyer"), Contract: w.at(types.STATUS_AGREED, w.deal()), Amount: math.NewInt(price)}
			tc.spoil(w, m)
			w.refused(tc.want, func() error { _, err := w.msgs.Fund(w.Ctx, m); return err })
		})
	}
}
