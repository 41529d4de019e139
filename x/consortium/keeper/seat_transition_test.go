package keeper_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Status × status: only what the table names is legal.
func TestSeatTransitionFailsIfIllegal(t *testing.T) {
	statuses := []types.SeatStatus{
		types.SEAT_STATUS_UNSPECIFIED, types.SEAT_STATUS_ACTIVE, types.SEAT_STATUS_SUSPENDED_DOWNTIME, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION,
	}
	legal := [][2]types.SeatStatus{{1, 2}, {1, 3}, {2, 3}, {2, 1}, {3, 1}}
	for _, from := range statuses {
		for _, to := range statuses {
			n := newNetwork(t, 4)
			seat := n.seat(2)
			seat.Status = from
			err := n.k.MoveSeat(n.Ctx, seat, to)
			if slices.Contains(legal, [2]types.SeatStatus{from, to}) {
				require.NoError(t, err)
				require.Equal(t, to, n.seat(2).Status)
				continue
			}
			require.ErrorIs(t, err, types.ErrIllegalSeatMove, "%s to %s", from, to)
		}
	}
}

// One item that fails leaves nothing behind and stands in nobody's way.
func TestOneSeatThatFailsIsSetAside(t *testing.T) {
	n := newNetwork(t, 7)
	at := n.height() + notice
	require.NoError(t, n.rotate(2, "v2-next", at, false))
	require.NoError(t, n.rotate(3, "v3-next", at, false))
	require.NoError(t, n.k.DropSeat(n.Ctx, 2)) // as no message does
	for n.height() < at {
		n.end()
		n.vals, n.next = n.next, n.after(n.told)
		n.Advance(1)
		n.begin(n.vals, nil)
	}
	require.Equal(t, consensusKey("v3-next"), n.seat(3).ConsensusKey)
	require.ErrorIs(t, n.k.Recovered(n.Ctx, func() { panic("broken") }), types.ErrPanic)
}
