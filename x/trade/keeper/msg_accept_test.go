package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// requireSettled asserts what a settlement leaves behind: payouts, record, and a voucher of the deal.
func requireSettled(t *testing.T, w *world, id string, bySilence bool) {
	t.Helper()
	c := w.contract(id)
	require.Equal(t, types.STATUS_SETTLED, c.Status)
	require.Equal(t, bySilence, c.BySilence)
	require.False(t, w.money.escrowed(w.Ctx, id))
	require.Equal(t, c.Voucher, w.money.record(w.Ctx, id))
	v, found := w.vouchers.voucher(w.Ctx, c.Voucher)
	require.True(t, found)
	require.Equal(t, id, v.Settlement)
	require.Equal(t, c.ContentDigest, v.DeliveryDigest)
	d := c.Deal
	require.Equal(t, d.Lines, v.Lines)
	require.True(t, d.Total.Equal(v.Total))
	require.Equal(t, d.TermsRoot, v.TermsRoot)
	require.Equal(t, []any{d.Seller, d.Buyer, exchangeNo}, []any{v.Seller.Member, v.Buyer.Member, v.Exchange.Member})
	require.Equal(t, []any{d.Product, d.ProductVersion, "transport", uint32(d.DeliveryMode)}, []any{v.Product, v.ProductVersion, v.Industry, v.DeliveryMode})
	nullifier, err := voucher.Nullifier(toldTrade(voucher.Issue{
		Seller: d.Seller, Buyer: d.Buyer, ProductDigest: digest("manifest"), Total: d.Total, OrderReference: d.OrderReference,
	}))
	require.NoError(t, err)
	require.Equal(t, nullifier, v.Nullifier)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestAcceptSettlesInOneStep(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	r, err := w.msgs.Accept(w.Ctx, &types.MsgAccept{Signer: keys.Bech32("buyer"), Contract: id, ContentDigest: content})
	require.NoError(t, err)
	require.Equal(t, id, r.Settlement)
	require.Equal(t, w.contract(id).Voucher, r.Voucher)
	requireSettled(t, w, id, false)
	require.EqualValues(t, wallet-price, w.money.balance(w.Ctx, buyerNo))
	require.EqualValues(t, 9001, w.money.balance(w.Ctx, sellerNo)) // 90 % and the remainder
	require.EqualValues(t, 1000, w.money.balance(w.Ctx, exchangeNo))
}

func TestAcceptOfDelistedProductBySuspendedBuyer(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	delete(w.shelf, "000002-000001")
	w.members.Suspend(buyerNo)
	w.members.Suspend(sellerNo)
	require.NoError(t, w.send(w.Ctx, "accept", id, buyerNo))
	requireSettled(t, w, id, false)
}

// While a contract whose deadline has passed waits for its turn in the queue, its buyer can still accept.
func TestAcceptAfterTheDeadline(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	w.Advance(within * time.Second)
	require.NoError(t, w.send(w.Ctx, "accept", id, buyerNo))
	requireSettled(t, w, id, false)
}

func TestAcceptFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(w *world, m *types.MsgAccept)
		want  error
	}{
		"contract's id is malformed": {func(_ *world, m *types.MsgAccept) { m.Contract = "261123/000002/000001" }, valid.ErrInvalid},
		"signer is no member":        {func(_ *world, m *types.MsgAccept) { m.Signer = keys.Bech32("nobody") }, consortium.ErrNotMember},
		"digest is too short":        {func(_ *world, m *types.MsgAccept) { m.ContentDigest = content[:31] }, valid.ErrInvalid},
		"digest is another's":        {func(_ *world, m *types.MsgAccept) { m.ContentDigest = digest("other content") }, types.ErrWrongDigest},
		"digest is the sealed one's": {func(_ *world, m *types.MsgAccept) { m.ContentDigest = sealed }, types.ErrWrongDigest},
		"voucher cannot be issued":   {func(w *world, m *types.MsgAccept) { w.vouchers.faults[m.Contract] = errFault }, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgAccept{Signer: keys.Bech32("buyer"), Contract: w.at(types.STATUS_DELIVERED, w.deal()), ContentDigest: content}
			tc.spoil(w, m)
			w.refused(tc.want, func() error { _, err := w.msgs.Accept(w.Ctx, m); return err })
		})
	}
}

// The voucher is issued before the payout; a payout that fails takes it back with the transaction.
func TestAcceptFailedPayoutTakesTheVoucherBack(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	w.money.faults[id] = errFault
	w.refused(errFault, func() error {
		transaction, _ := w.Ctx.CacheContext()
		return w.send(transaction, "accept", id, buyerNo)
	})
	delete(w.money.faults, id)
	require.NoError(t, w.send(w.Ctx, "accept", id, buyerNo))
	requireSettled(t, w, id, false)
}
