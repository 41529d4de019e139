package keeper_test

import (
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// A key changes at its height, old and new in one set of updates.
func TestRotateKey(t *testing.T) {
	n := newNetwork(t, 4)
	at := n.height() + notice
	require.NoError(t, n.rotate(2, "v2-next", at, false))
	var ordered types.EventKeyRotationScheduled
	require.True(t, n.event(&ordered))
	require.Equal(t, types.EventKeyRotationScheduled{Member: 2, ConsensusKey: consensusKey("v2-next"), AtHeight: at}, ordered)
	for n.height() < at {
		require.Equal(t, consensusKey("v2"), n.seat(2).ConsensusKey)
		require.Empty(t, n.step())
	}
	require.Equal(t, consensusKey("v2-next"), n.seat(2).ConsensusKey)
	var rotated types.EventKeyRotated
	require.True(t, n.event(&rotated))
	require.Equal(t, types.EventKeyRotated{Member: 2, OldKey: consensusKey("v2"), NewKey: consensusKey("v2-next")}, rotated)
	require.Equal(t, []types.ChangeKind{types.CHANGE_KIND_KEY_ROTATION_ORDERED, types.CHANGE_KIND_KEY_ROTATED}, n.changes(2))
	require.Equal(t, []abci.ValidatorUpdate{update("v2-next", 10), update("v2", 0)}, n.step())
	require.Len(t, n.next.Validators, 4)
	n.refused(types.ErrKeyUsed, func() error { return n.rotate(2, "v2", n.height()+notice, false) })
}

func TestRotateKeyFailsIf(t *testing.T) {
	cases := map[string]struct {
		spoil func(n *network, m *types.MsgRotateKey)
		want  error
	}{
		"key is malformed":            {func(_ *network, m *types.MsgRotateKey) { m.NewKey = nil }, valid.ErrInvalid},
		"signer is the seat's member": {func(_ *network, m *types.MsgRotateKey) { m.Signer = keys.Bech32("v2") }, types.ErrNotEntitled},
		"member has no seat":          {func(_ *network, m *types.MsgRotateKey) { m.Member = 5 }, types.ErrSeatNotFound},
		"notice is too short":         {func(_ *network, m *types.MsgRotateKey) { m.AtHeight-- }, types.ErrShortNotice},
		"height is too far":           {func(n *network, m *types.MsgRotateKey) { m.AtHeight = n.height() + 1_000_001 }, types.ErrShortNotice},
		"key is the seat's":           {func(_ *network, m *types.MsgRotateKey) { m.NewKey = consensusKey("v2") }, types.ErrKeyUsed},
		"two seats with one key":      {func(_ *network, m *types.MsgRotateKey) { m.NewKey = consensusKey("v3") }, types.ErrKeyUsed},
		"key is ordered for another":  {func(_ *network, m *types.MsgRotateKey) { m.NewKey = consensusKey("v3-next") }, types.ErrKeyUsed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 4)
			require.NoError(t, n.rotate(3, "v3-next", n.height()+notice, false))
			msg := &types.MsgRotateKey{Signer: keys.Bech32("authority"), Member: 2, NewKey: consensusKey("v2-next"), AtHeight: n.height() + notice}
			c.spoil(n, msg)
			n.refused(c.want, func() error { _, err := n.msg.RotateKey(n.Ctx, msg); return err })
		})
	}
}

// A single validator's key never changes safely; accepted, clients are warned at the very height.
func TestRotateKeyFailsIfUnsafe(t *testing.T) {
	n := newNetwork(t, 1)
	at := n.height() + notice
	n.refused(types.ErrUnsafeChange, func() error {
		err := n.rotate(1, "v1-next", at, false)
		require.ErrorContains(t, err, "can never pass in one step")
		return err
	})
	require.NoError(t, n.rotate(1, "v1-next", at, true))
	for n.height() < at {
		n.step()
		require.Zero(t, n.updateClients)
	}
	require.Len(t, n.step(), 2)
	require.Equal(t, at+1, n.updateClients)
}

// Safe when it was ordered and unsafe when it is due: it waits, says so once, and happens when it is safe.
func TestRotationWaitsUntilItIsSafe(t *testing.T) {
	n := newNetwork(t, 4)
	at := n.height() + notice
	require.NoError(t, n.rotate(1, "v1-next", at, false))
	require.NoError(t, n.rotate(2, "v2-next", at, false))
	for n.height() < at {
		n.step()
	}
	require.Equal(t, consensusKey("v1-next"), n.seat(1).ConsensusKey)
	require.Equal(t, consensusKey("v2"), n.seat(2).ConsensusKey, "two of four would be too many")
	var waits types.EventKeyRotationWaits
	require.True(t, n.event(&waits))
	changed := n.Ctx.BlockTime()
	require.Equal(t, types.EventKeyRotationWaits{Member: 2}, waits, "in this block it cannot be known when")
	n.step()
	require.False(t, n.event(&waits), "told once")
	res, err := n.query.Seat(n.Ctx, &types.QuerySeatRequest{Member: 2})
	require.NoError(t, err)
	require.Equal(t, at, res.Rotation.AtHeight)

	n.stepAfter(changed.Add(trusting).Sub(n.Ctx.BlockTime()))
	require.Equal(t, consensusKey("v2"), n.seat(2).ConsensusKey, "the first set is trusted still")
	n.step()
	require.Equal(t, consensusKey("v2-next"), n.seat(2).ConsensusKey)
	require.Equal(t, []abci.ValidatorUpdate{update("v2-next", 10), update("v2", 0)}, n.step())
	require.Zero(t, n.updateClients)
}

// An order that has not taken effect is replaced: with another height, or another key.
func TestRotateKeyAgain(t *testing.T) {
	n := newNetwork(t, 4)
	at := n.height() + notice
	require.NoError(t, n.rotate(2, "v2-next", at, false))
	require.NoError(t, n.rotate(2, "v2-next", at+1, false))
	require.NoError(t, n.rotate(2, "v2-other", at+2, false))
	for n.height() < at+1 {
		n.step()
	}
	require.Equal(t, consensusKey("v2"), n.seat(2).ConsensusKey)
	n.step()
	require.Equal(t, consensusKey("v2-other"), n.seat(2).ConsensusKey)
	n.refused(types.ErrKeyUsed, func() error { return n.rotate(2, "v2-next", n.height()+notice, false) })
}

// A suspended seat's key changes without touching the validators.
func TestRotateKeyOfASuspendedSeat(t *testing.T) {
	n := newNetwork(t, 4)
	n.accuse("v2", n.height())
	n.step()
	n.step()
	require.NoError(t, n.rotate(2, "v2-next", n.height()+notice, false))
	for range notice {
		require.Empty(t, n.step())
	}
	require.Equal(t, consensusKey("v2-next"), n.seat(2).ConsensusKey)
	n.must(n.rejoin("authority", 2, false))
	require.Equal(t, []abci.ValidatorUpdate{update("v2-next", 10)}, n.step())
}
