package keeper_test

import (
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// down lets a seat miss blocks until it is suspended.
func (n *network) down(member uint32) {
	n.t.Helper()
	n.steps(maxMissed+1, name(member))
	require.Equal(n.t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, n.seat(member).Status)
}

func TestRejoinSeatAfterDowntime(t *testing.T) {
	n := newNetwork(t, 4)
	n.down(2)
	since := n.seat(2).Since
	n.refused(types.ErrTooEarly, func() error { _, err := n.rejoin("v2", 2, false); return err })
	n.steps(rejoinWait-1, "v2")
	n.refused(types.ErrTooEarly, func() error {
		_, err := n.rejoin("v2", 2, false)
		require.ErrorContains(t, err, "from height")
		return err
	})
	res, err := n.query.Seat(n.Ctx, &types.QuerySeatRequest{Member: 2})
	require.NoError(t, err)
	require.Equal(t, since+rejoinWait, res.RejoinHeight)
	n.step()
	require.Equal(t, res.RejoinHeight, n.height())
	n.must(n.rejoin("v2", 2, false))
	var rejoined types.EventSeatRejoined
	require.True(t, n.event(&rejoined))
	require.Equal(t, types.EventSeatRejoined{Member: 2, By: 2}, rejoined)
	require.Equal(t, []abci.ValidatorUpdate{update("v2", 10)}, n.step())
	require.Equal(t, []types.ChangeKind{types.CHANGE_KIND_SEAT_DOWNTIME, types.CHANGE_KIND_SEAT_REJOINED}, n.changes(2))
	n.refused(types.ErrSeatActive, func() error { _, err := n.rejoin("v2", 2, false); return err })
	n.steps(2)
	n.steps(maxMissed, "v2")
	require.EqualValues(t, maxMissed, n.missed(2), "it begins with a clean window")
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
}

func TestRejoinSeatByTheCouncil(t *testing.T) {
	n := newNetwork(t, 4)
	n.down(2)
	n.must(n.rejoin("authority", 2, false))
	n.accuse("v3", n.height())
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(3).Status)
	n.steps(2 * rejoinWait)
	n.refused(types.ErrNotEntitled, func() error { _, err := n.rejoin("v3", 3, false); return err })
	n.must(n.rejoin("authority", 3, false))
	require.Equal(t, []abci.ValidatorUpdate{update("v3", 10)}, n.step())
}

func TestRejoinSeatFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		member uint32
		accept bool
		want   error
	}{
		"member number is zero":               {"v2", 0, false, valid.ErrInvalid},
		"signer is another exchange":          {"v1", 2, false, types.ErrNotEntitled},
		"signer is a merchant":                {"merchant", 2, false, types.ErrRoleMissing},
		"signer is suspended":                 {"out", 2, false, types.ErrSuspended},
		"signer is a stranger":                {"stranger", 2, false, types.ErrNotMember},
		"member accepts that it is unsafe":    {"v2", 2, true, types.ErrNotEntitled},
		"member has no seat":                  {"v5", 5, false, types.ErrSeatNotFound},
		"seat is active":                      {"v1", 1, false, types.ErrSeatActive},
		"seat is active, asks the council":    {"authority", 1, false, types.ErrSeatActive},
		"its member is suspended meanwhile":   {"authority", 3, false, types.ErrSuspended},
		"its member is suspended and signs":   {"v3", 3, false, types.ErrSuspended},
		"the wait is not over":                {"v2", 2, false, types.ErrTooEarly},
		"the seat is suspended for signing":   {"v4", 4, false, types.ErrNotEntitled},
		"the council names a seatless member": {"authority", 5, false, types.ErrSeatNotFound},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 7)
			c := c
			if c.member == 5 {
				c.member = 8 // the first exchange without a seat
			}
			if c.signer == "v5" {
				c.signer = "v8"
			}
			require.NoError(t, n.suspend("authority", 3))
			n.accuse("v4", n.height())
			n.step()
			n.steps(maxMissed+1, "v2", "v3")
			require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, n.seat(2).Status)
			require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, n.seat(3).Status)
			n.refused(c.want, func() error { _, err := n.rejoin(c.signer, c.member, c.accept); return err })
		})
	}
}

// Coming back can be unsafe too: when all others have changed meanwhile.
func TestRejoinSeatFailsIfUnsafe(t *testing.T) {
	n := newNetwork(t, 2)
	n.down(2)
	n.step()
	require.NoError(t, n.rotate(1, "v1-next", n.height()+notice, true))
	n.steps(notice)
	n.step()
	n.must(n.grant(3, false))
	n.step()
	n.must(n.grant(4, false))
	n.step()
	n.steps(rejoinWait)
	n.refused(types.ErrUnsafeChange, func() error { _, err := n.rejoin("v2", 2, false); return err })
	height, err := n.rejoin("authority", 2, true)
	require.NoError(t, err)
	require.Equal(t, n.height()+1, height)
}
