package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
)

func TestDeliver(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	r, err := w.msgs.Deliver(w.Ctx, &types.MsgDeliver{Signer: keys.Bech32("seller"), Contract: id, SealedDigest: sealed, ContentDigest: content})
	require.NoError(t, err)
	require.Equal(t, w.now()+within, r.AcceptBy)
	c := w.contract(id)
	require.Equal(t, sealed, c.SealedDigest)
	require.Equal(t, content, c.ContentDigest)
}

func TestDeliverBySuspendedSeller(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	w.members.Suspend(sellerNo)
	require.NoError(t, w.send(w.Ctx, "deliver", id, sellerNo))
}

func TestDeliverFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(w *world, m *types.MsgDeliver)
		want  error
	}{
		"contract's id is malformed":   {func(_ *world, m *types.MsgDeliver) { m.Contract = "" }, valid.ErrInvalid},
		"signer is no member":          {func(_ *world, m *types.MsgDeliver) { m.Signer = keys.Bech32("nobody") }, consortium.ErrNotMember},
		"sealed digest is too short":   {func(_ *world, m *types.MsgDeliver) { m.SealedDigest = sealed[:31] }, valid.ErrInvalid},
		"sealed digest is missing":     {func(_ *world, m *types.MsgDeliver) { m.SealedDigest = nil }, valid.ErrInvalid},
		"content digest is too long":   {func(_ *world, m *types.MsgDeliver) { m.ContentDigest = append(digest(""), 0) }, valid.ErrInvalid},
		"content digest is missing":    {func(_ *world, m *types.MsgDeliver) { m.ContentDigest = nil }, valid.ErrInvalid},
		"deadline came in this second": {func(w *world, _ *types.MsgDeliver) { w.Advance(within * time.Second) }, types.ErrDeadlinePassed},
		"deadline came some time ago":  {func(w *world, _ *types.MsgDeliver) { w.Advance(day * time.Second) }, types.ErrDeadlinePassed},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgDeliver{Signer: keys.Bech32("seller"), Contract: w.at(types.STATUS_FUNDED, w.deal()), SealedDigest: sealed, ContentDigest: content}
			tc.spoil(w, m)
			w.refused(tc.want, func() error { _, err := w.msgs.Deliver(w.Ctx, m); return err })
		})
	}
}
