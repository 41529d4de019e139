package keeper_test

import (
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// twoOfThree is a network of three that two have left the set of: the suspension of the second waits.
func twoOfThree(t *testing.T) *network {
	n := newNetwork(t, 3)
	n.must(n.revoke(3, false))
	n.step()
	n.accuse("v2", n.height())
	n.step()
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Pending)
	var pending types.EventSuspensionPending
	require.True(t, n.event(&pending))
	require.Equal(t, n.sets()[1].Time+int64(trusting.Seconds())+1, pending.SafeAt)
	return n
}

func TestAcceptSuspension(t *testing.T) {
	n := twoOfThree(t)
	require.Empty(t, n.step())
	height, err := n.acceptSuspension("authority", 2)
	require.NoError(t, err)
	require.Equal(t, n.height()+1, height)
	require.Equal(t, []abci.ValidatorUpdate{update("v2", 0)}, n.step())
	require.Equal(t, height, n.updateClients)
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status)
	require.Equal(t, []types.ChangeKind{types.CHANGE_KIND_SEAT_SUSPENSION_PENDING, types.CHANGE_KIND_SEAT_EQUIVOCATION}, n.changes(2))
}

// Without the council's word it takes effect in the first block in which it is safe.
func TestSuspensionTakesEffectWhenSafe(t *testing.T) {
	n := twoOfThree(t)
	var suspended types.EventSeatSuspended
	safeAt := n.sets()[1].Time + int64(trusting.Seconds()) + 1
	n.stepAfter(trusting - 10*1e9)
	for n.Ctx.BlockTime().Unix() < safeAt {
		require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
		require.Empty(t, n.step())
	}
	require.True(t, n.event(&suspended))
	require.Equal(t, types.EventSeatSuspended{Member: 2, Status: types.SEAT_STATUS_SUSPENDED_EQUIVOCATION}, suspended)
	require.Equal(t, []abci.ValidatorUpdate{update("v2", 0)}, n.step())
	require.Zero(t, n.updateClients)
}

func TestAcceptSuspensionFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		member uint32
		want   error
	}{
		"member number is zero":           {"authority", 0, valid.ErrInvalid},
		"signer is an exchange":           {"v1", 2, types.ErrNotEntitled},
		"signer is the seat's member":     {"v2", 2, types.ErrNotEntitled},
		"member has no seat":              {"authority", 3, types.ErrSeatNotFound},
		"no suspension of the seat waits": {"authority", 1, types.ErrNothingPending},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := twoOfThree(t)
			n.refused(c.want, func() error { _, err := n.acceptSuspension(c.signer, c.member); return err })
		})
	}
}

// The last active seat signs twice: that is on record, and waits for another seat.
func TestAcceptSuspensionFailsIfItIsTheLastSeat(t *testing.T) {
	n := newNetwork(t, 1)
	n.accuse("v1", n.height())
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(1).Pending)
	n.refused(types.ErrLastSeat, func() error { _, err := n.acceptSuspension("authority", 1); return err })
	n.stepAfter(2 * trusting)
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(1).Status)

	n.must(n.grant(2, false))
	n.step()
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(1).Status, "clients that know the first key only could not follow")
	n.stepAfter(2 * trusting)
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(1).Status)
	require.Equal(t, []abci.ValidatorUpdate{update("v1", 0)}, n.step())
}

// A suspension that waits can be dropped: by the council, or for downtime by the member after the wait.
func TestPendingSuspensionIsDropped(t *testing.T) {
	n := twoOfThree(t)
	n.steps(2 * rejoinWait)
	n.refused(types.ErrNotEntitled, func() error { _, err := n.rejoin("v2", 2, false); return err })
	n.must(n.rejoin("authority", 2, false))
	require.Zero(t, n.seat(2).Pending)
	n.steps(maxMissed+1, "v2")
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, n.seat(2).Pending)
	missed := n.missed(2)
	n.steps(3, "v2")
	require.Equal(t, missed, n.missed(2), "while it waits nothing more is counted")
	n.refused(types.ErrTooEarly, func() error { _, err := n.rejoin("v2", 2, false); return err })
	n.steps(rejoinWait)
	n.must(n.rejoin("v2", 2, false))
	require.Zero(t, n.missed(2))
	require.Empty(t, n.step())
	n.stepAfter(2 * trusting)
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
}
