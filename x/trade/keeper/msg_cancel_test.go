package keeper_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
)

func TestCancelOfFundedRefunds(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	r, err := w.msgs.Cancel(w.Ctx, &types.MsgCancel{Signer: keys.Bech32("seller"), Contract: id, Reason: "数据源已关闭"})
	require.NoError(t, err)
	require.Equal(t, types.STATUS_REFUNDED, r.Status)
	require.EqualValues(t, wallet, w.money.balance(w.Ctx, buyerNo))
	reason, found := w.Ctx.EventManager().Events()[len(w.Ctx.EventManager().Events())-1].GetAttribute("reason")
	require.True(t, found)
	require.Equal(t, `"数据源已关闭"`, reason.Value)
}

func TestCancelBySuspended(t *testing.T) {
	for _, status := range []types.Status{types.STATUS_QUOTED, types.STATUS_AGREED, types.STATUS_FUNDED} {
		w := newWorld(t)
		id := w.at(status, w.deal())
		w.members.Suspend(sellerNo)
		require.NoError(t, w.send(w.Ctx, "cancel", id, sellerNo))
	}
}

// While a contract whose deadline has passed waits for its turn in the queue, it can still be cancelled.
func TestCancelAfterTheDeadline(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	w.Advance(within * time.Second)
	require.NoError(t, w.send(w.Ctx, "cancel", id, sellerNo))
	require.NoError(t, w.keeper.Check(w.Ctx))
	w.in(1)
	require.Equal(t, types.STATUS_REFUNDED, w.contract(id).Status)
}

func TestCancelFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(w *world, m *types.MsgCancel)
		want  error
	}{
		"contract's id is malformed": {func(_ *world, m *types.MsgCancel) { m.Contract = "x" }, valid.ErrInvalid},
		"signer is no member":        {func(_ *world, m *types.MsgCancel) { m.Signer = keys.Bech32("nobody") }, consortium.ErrNotMember},
		"reason is missing":          {func(_ *world, m *types.MsgCancel) { m.Reason = "" }, valid.ErrInvalid},
		"reason is too long":         {func(_ *world, m *types.MsgCancel) { m.Reason = strings.Repeat("x", 513) }, valid.ErrInvalid},
		"reason is not UTF-8":        {func(_ *world, m *types.MsgCancel) { m.Reason = "\xff" }, valid.ErrInvalid},
		"reason has a new line":      {func(_ *world, m *types.MsgCancel) { m.Reason = "a\nb" }, valid.ErrInvalid},
		"refund fails":               {func(w *world, m *types.MsgCancel) { w.money.faults[m.Contract] = errFault }, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgCancel{Signer: keys.Bech32("seller"), Contract: w.at(types.STATUS_FUNDED, w.deal()), Reason: "sold out"}
			tc.spoil(w, m)
			w.refused(tc.want, func() error { _, err := w.msgs.Cancel(w.Ctx, m); return err })
		})
	}
}
