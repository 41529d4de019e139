package keeper_test

import (
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/consortium/types"
)

func TestDowntimeSuspends(t *testing.T) {
	n := newNetwork(t, 4)
	n.steps(maxMissed, "v2")
	require.EqualValues(t, maxMissed, n.missed(2))
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
	n.step("v2")
	seat := n.seat(2)
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, seat.Status)
	require.Equal(t, n.height(), seat.Since)
	require.Zero(t, n.missed(2))
	var suspended types.EventSeatSuspended
	require.True(t, n.event(&suspended))
	require.Equal(t, types.EventSeatSuspended{Member: 2, Status: types.SEAT_STATUS_SUSPENDED_DOWNTIME}, suspended)
	history, err := n.query.MemberHistory(n.Ctx, &types.QueryMemberHistoryRequest{Number: 2})
	require.NoError(t, err)
	require.Equal(t, "missed 6 of the last 10 blocks; 5 are allowed", history.Changes[0].Reason)
	require.Equal(t, []abci.ValidatorUpdate{update("v2", 0)}, n.step("v2"))
	n.steps(3*window, "v2")
	require.Zero(t, n.missed(2), "what it misses after that is nothing")
	require.NotContains(t, n.dump(), "\n37", "the window is empty again")
}

// A block that all have signed, in a window that nobody missed, writes nothing.
func TestHealthyBlockWritesNothing(t *testing.T) {
	n := newNetwork(t, 4)
	n.step()
	before := n.dump()
	n.steps(3 * window)
	require.Equal(t, before, n.dump())
	n.nils = []string{"v3"}
	n.steps(3 * window)
	require.Equal(t, before, n.dump(), "who votes for nothing is there")
}

// Misses leave the window block by block.
func TestWindowSlides(t *testing.T) {
	n := newNetwork(t, 4)
	n.steps(maxMissed, "v2")
	n.steps(window - maxMissed)
	for left := maxMissed - 1; left >= 0; left-- {
		require.EqualValues(t, left+1, n.missed(2))
		n.step()
		require.EqualValues(t, left, n.missed(2))
	}
	for range 20 { // half of the time is just enough
		n.step("v2")
		n.step()
	}
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
}

// With downtime_min_signed of 0 nobody is suspended for it.
func TestDowntimeIsOff(t *testing.T) {
	n := newNetwork(t, 4, func(g *types.GenesisState) { g.Params.DowntimeMinSigned = 0 })
	n.steps(5*window, "v2")
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status)
	require.EqualValues(t, window, n.missed(2))
}

// Two of four that are away at once: both may go, clients can follow two of four.
// A third may not: its suspension waits, and the chain, if it could go on, keeps it.
func TestDowntimeOfSeveral(t *testing.T) {
	n := newNetwork(t, 4)
	n.steps(maxMissed+1, "v2", "v3", "v4")
	var waiting []uint32
	for _, member := range []uint32{2, 3, 4} {
		if seat := n.seat(member); seat.Pending != 0 {
			waiting = append(waiting, member)
		} else {
			require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, seat.Status)
		}
	}
	require.Len(t, waiting, 1)
	require.Len(t, n.step(), 2)
}

// The last active seat is never suspended, however much it misses.
func TestDowntimeOfTheLast(t *testing.T) {
	n := newNetwork(t, 1)
	n.steps(5*window, "v1")
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(1).Status)
	n.stepAfter(3 * trusting)
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(1).Status)
}

// Keys that are nobody's, rotated away or of revoked seats miss nothing.
func TestOtherKeysMissNothing(t *testing.T) {
	n := newNetwork(t, 4)
	require.NoError(t, n.rotate(2, "v2-next", n.height()+notice, false))
	n.steps(notice)
	n.must(n.revoke(3, false))
	n.steps(3, "v2", "v3")
	require.Zero(t, n.missed(2), "the old key is in the set for two blocks more")
	n.steps(2, "v2-next")
	require.EqualValues(t, 2, n.missed(2))
	require.Zero(t, len(n.changes(4)))
}

// A hundred seats, a third of them away.
func TestDowntimeInTheLargestNetwork(t *testing.T) {
	n := newNetwork(t, 100)
	var away []string
	for member := uint32(1); member <= 33; member++ {
		away = append(away, name(member))
	}
	n.steps(maxMissed+1, away...)
	require.Len(t, n.step(away...), 33)
	n.step()
	require.Len(t, n.vals.Validators, 67)
}

// Against a list of who missed which block.
func TestDowntimeModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := newNetwork(t, 7)
		missed := map[uint32][]int64{}
		r.Repeat(map[string]func(*rapid.T){
			"block": func(r *rapid.T) {
				away := rapid.SliceOfNDistinct(rapid.Uint32Range(1, 7), 0, 2, rapid.ID).Draw(r, "away")
				if rapid.Bool().Draw(r, "2 is away for longer") {
					away = append(away, 2)
				}
				var names []string
				in := map[uint32]bool{}
				for _, member := range away {
					names = append(names, name(member))
					in[member] = n.vals.HasAddress(types.ConsensusAddress(consensusKey(name(member))))
				}
				before := map[uint32]types.Seat{}
				for member := uint32(1); member <= 7; member++ {
					before[member] = n.seat(member)
				}
				n.step(names...)
				height := n.height() - 1
				for member := uint32(1); member <= 7; member++ {
					was := before[member]
					missed[member] = slices.DeleteFunc(missed[member], func(h int64) bool { return h <= height-window })
					if in[member] && was.Validating() && was.Pending == 0 && height >= was.Since && !slices.Contains(missed[member], height) {
						missed[member] = append(missed[member], height)
					}
					over := len(missed[member]) > maxMissed
					seat := n.seat(member)
					if was.Validating() && was.Pending == 0 {
						require.Equal(r, over, !seat.Validating() || seat.Pending != 0, "member %d", member)
					}
					if !seat.Validating() {
						missed[member] = nil
					}
					require.EqualValues(r, len(missed[member]), n.missed(member), "member %d", member)
				}
			},
			"council brings back": func(r *rapid.T) {
				member := rapid.Uint32Range(1, 7).Draw(r, "member")
				if _, err := n.rejoin("authority", member, true); err == nil {
					missed[member] = nil
				}
			},
		})
	})
}
