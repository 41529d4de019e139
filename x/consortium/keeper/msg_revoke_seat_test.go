package keeper_test

import (
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestRevokeSeat(t *testing.T) {
	n := newNetwork(t, 4)
	require.NoError(t, n.rotate(3, "v3-next", n.height()+notice, false))
	n.steps(2, "v3")
	n.must(n.revoke(3, false))
	var revoked types.EventSeatRevoked
	require.True(t, n.event(&revoked))
	require.Equal(t, types.EventSeatRevoked{Member: 3, ConsensusKey: consensusKey("v3"), Reason: "left"}, revoked)
	require.Equal(t, []types.ChangeKind{types.CHANGE_KIND_KEY_ROTATION_ORDERED, types.CHANGE_KIND_SEAT_REVOKED}, n.changes(3))
	require.Equal(t, []abci.ValidatorUpdate{update("v3", 0)}, n.step("v3"))
	n.steps(2*window, "v3")
	holders, err := n.k.SeatHolders(n.Ctx)
	require.NoError(t, err)
	require.Equal(t, []uint32{1, 2, 4}, holders)

	n.refused(types.ErrKeyUsed, func() error { _, err := n.grant(3, false); return err })
	_, err = n.msg.GrantSeat(n.Ctx, &types.MsgGrantSeat{Signer: keys.Bech32("authority"), Member: 3, Moniker: "v3", ConsensusKey: consensusKey("v3-new")})
	require.NoError(t, err, "with a new key it may come again")
}

func TestRevokeSeatFailsIf(t *testing.T) {
	cases := map[string]struct {
		spoil func(m *types.MsgRevokeSeat)
		want  error
	}{
		"reason is missing":           {func(m *types.MsgRevokeSeat) { m.Reason = "" }, valid.ErrInvalid},
		"signer is no address":        {func(m *types.MsgRevokeSeat) { m.Signer = "" }, valid.ErrInvalid},
		"signer is the seat's member": {func(m *types.MsgRevokeSeat) { m.Signer = keys.Bech32("v2") }, types.ErrNotEntitled},
		"member has no seat":          {func(m *types.MsgRevokeSeat) { m.Member = 5 }, types.ErrSeatNotFound},
		"there is no such member":     {func(m *types.MsgRevokeSeat) { m.Member = 99 }, types.ErrSeatNotFound},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 4)
			msg := &types.MsgRevokeSeat{Signer: keys.Bech32("authority"), Member: 2, Reason: "left"}
			c.spoil(msg)
			n.refused(c.want, func() error { _, err := n.msg.RevokeSeat(n.Ctx, msg); return err })
		})
	}
}

func TestRevokeSeatFailsIfItIsTheLast(t *testing.T) {
	n := newNetwork(t, 2)
	n.accuse("v2", n.height())
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status)
	for _, accept := range []bool{false, true} {
		n.refused(types.ErrLastSeat, func() error { _, err := n.revoke(1, accept); return err })
	}
	n.must(n.revoke(2, false))
	n.step()
	n.refused(types.ErrLastSeat, func() error { _, err := n.revoke(1, true); return err })
}

func TestRevokeSeatFailsIfUnsafe(t *testing.T) {
	n := newNetwork(t, 3)
	n.must(n.revoke(3, false))
	n.step()
	n.refused(types.ErrUnsafeChange, func() error { _, err := n.revoke(2, false); return err })
	height, err := n.revoke(2, true)
	require.NoError(t, err)
	require.Equal(t, n.height()+1, height)
	n.step()
	require.Equal(t, height, n.updateClients)
	n.step()
	require.Zero(t, n.updateClients)
}

// What a suspended or departed member's seat does: nothing, until the council revokes it.
func TestSeatOfASuspendedMemberStays(t *testing.T) {
	n := newNetwork(t, 4)
	require.NoError(t, n.suspend("authority", 2))
	require.Empty(t, n.step())
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
	n.must(n.revoke(2, false))
	require.Equal(t, []abci.ValidatorUpdate{update("v2", 0)}, n.step())
}

// Sets that are out of trust are forgotten, some each block, but never the present one.
func TestOldSetsAreForgotten(t *testing.T) {
	n := newNetwork(t, 40)
	for member := uint32(1); member <= 15; member++ {
		_, err := n.revoke(member, false)
		require.NoError(t, err)
		n.step()
	}
	require.Len(t, n.sets(), 16)
	n.stepAfter(trusting - time.Second)
	require.Len(t, n.sets(), 2, "the one before is trusted for this second still")
	n.step()
	require.Len(t, n.sets(), 1)
	g, err := n.k.ExportGenesis(n.Ctx)
	require.NoError(t, err)
	require.Len(t, g.Sets, 1)
	require.Len(t, g.Sets[0].Keys, 25)
}
