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

func TestGrantSeat(t *testing.T) {
	n := newNetwork(t, 4)
	n.must(n.grant(5, false))
	require.Equal(t, types.Seat{
		Member: 5, Moniker: "v5", ConsensusKey: consensusKey("v5"), Status: types.SEAT_STATUS_ACTIVE, Since: 1, GrantedHeight: 1,
	}, n.seat(5))
	var granted types.EventSeatGranted
	require.True(t, n.event(&granted))
	require.Equal(t, types.EventSeatGranted{Member: 5, Moniker: "v5", ConsensusKey: consensusKey("v5")}, granted)
	require.Equal(t, []types.ChangeKind{types.CHANGE_KIND_SEAT_GRANTED}, n.changes(5))
	holders, err := n.k.SeatHolders(n.Ctx)
	require.NoError(t, err)
	require.Equal(t, []uint32{1, 2, 3, 4, 5}, holders)

	require.Equal(t, []abci.ValidatorUpdate{update("v5", 10)}, n.step())
	require.Empty(t, n.step(), "CometBFT is told once")
	require.Len(t, n.sets(), 2)
}

// Several in one block are judged together, and a key that comes and goes in one block is never told.
func TestGrantSeatsInOneBlock(t *testing.T) {
	n := newNetwork(t, 1)
	n.must(n.grant(2, false))
	n.must(n.grant(3, false))
	_, err := n.grant(4, false)
	require.ErrorIs(t, err, types.ErrUnsafeChange, "of four, three could sign without the first")
	n.must(n.revoke(2, false))
	require.Equal(t, []abci.ValidatorUpdate{update("v3", 10)}, n.step())
}

func TestGrantSeatFailsIf(t *testing.T) {
	cases := map[string]struct {
		spoil func(m *types.MsgGrantSeat)
		want  error
	}{
		"key is malformed":                     {func(m *types.MsgGrantSeat) { m.ConsensusKey = nil }, valid.ErrInvalid},
		"signer is no address":                 {func(m *types.MsgGrantSeat) { m.Signer = "council" }, valid.ErrInvalid},
		"signer is an exchange":                {func(m *types.MsgGrantSeat) { m.Signer = keys.Bech32("v1") }, types.ErrNotEntitled},
		"signer is the member itself":          {func(m *types.MsgGrantSeat) { m.Signer = keys.Bech32("v5") }, types.ErrNotEntitled},
		"signer is a stranger":                 {func(m *types.MsgGrantSeat) { m.Signer = keys.Bech32("stranger") }, types.ErrNotEntitled},
		"there is no such member":              {func(m *types.MsgGrantSeat) { m.Member = 99 }, types.ErrMemberNotFound},
		"member is a merchant":                 {func(m *types.MsgGrantSeat) { m.Member = 8 }, types.ErrRoleMissing},
		"member is suspended":                  {func(m *types.MsgGrantSeat) { m.Member = 9 }, types.ErrSuspended},
		"member has a seat":                    {func(m *types.MsgGrantSeat) { m.Member = 1 }, types.ErrSeatExists},
		"member has a suspended seat":          {func(m *types.MsgGrantSeat) { m.Member = 4 }, types.ErrSeatExists},
		"moniker is another seat's":            {func(m *types.MsgGrantSeat) { m.Moniker = "v2" }, types.ErrMonikerInUse},
		"two seats with one key":               {func(m *types.MsgGrantSeat) { m.ConsensusKey = consensusKey("v2") }, types.ErrKeyUsed},
		"key is a suspended seat's":            {func(m *types.MsgGrantSeat) { m.ConsensusKey = consensusKey("v4") }, types.ErrKeyUsed},
		"key was a revoked seat's":             {func(m *types.MsgGrantSeat) { m.ConsensusKey = consensusKey("v3") }, types.ErrKeyUsed},
		"key is to be another's by a rotation": {func(m *types.MsgGrantSeat) { m.ConsensusKey = consensusKey("v2-next") }, types.ErrKeyUsed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 4)
			n.must(n.revoke(3, false))
			n.stepAfter(2 * trusting)
			n.accuse("v4", n.height())
			n.step()
			require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(4).Status)
			n.stepAfter(2 * trusting)
			require.NoError(t, n.rotate(2, "v2-next", n.height()+notice, false))
			msg := &types.MsgGrantSeat{Signer: keys.Bech32("authority"), Member: 5, Moniker: "v5", ConsensusKey: consensusKey("v5")}
			c.spoil(msg)
			n.refused(c.want, func() error { _, err := n.msg.GrantSeat(n.Ctx, msg); return err })
		})
	}
}

// The largest network takes no more.
func TestGrantSeatFailsIfAllAreTaken(t *testing.T) {
	n := newNetwork(t, 99)
	n.must(n.grant(100, false))
	n.step()
	n.refused(types.ErrSeatsFull, func() error { _, err := n.grant(101, true); return err })
	n.must(n.revoke(7, false))
	n.must(n.grant(101, false))
	require.Len(t, n.step(), 2)
	require.Len(t, n.vals.Validators, 100)
}

// An unsafe change says when it would pass, passes when accepted, and then tells
// everybody at which height clients must be updated.
func TestGrantSeatFailsIfUnsafe(t *testing.T) {
	n := newNetwork(t, 1)
	n.must(n.grant(2, false))
	n.step()
	n.must(n.grant(3, false))
	n.step()
	n.refused(types.ErrUnsafeChange, func() error {
		_, err := n.grant(4, false)
		require.ErrorContains(t, err, "the set of 1 validators told at height 0")
		require.ErrorContains(t, err, "2026-12-07 10:00:01 UTC+8 (2026-12-07 02:00:01 UTC)")
		return err
	})
	height, err := n.grant(4, true)
	require.NoError(t, err)
	require.Equal(t, n.height()+1, height)
	n.step()
	require.Equal(t, height, n.updateClients)
	require.True(t, n.sets()[0].Anew)
	require.Len(t, n.sets(), 1, "older sets count no more")
	n.must(n.revoke(1, false))
}

// A change that is refused now passes from the very second that the refusal names.
func TestRefusedChangePassesWhenItSays(t *testing.T) {
	n := newNetwork(t, 1)
	n.must(n.grant(2, false))
	n.step()
	n.must(n.grant(3, false))
	n.step()
	n.stepAfter(time.Unix(n.sets()[1].Time, 0).Add(trusting).Sub(n.Ctx.BlockTime()))
	n.refused(types.ErrUnsafeChange, func() error { _, err := n.grant(4, false); return err })
	n.step()
	n.must(n.grant(4, false))
}
