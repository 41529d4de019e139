package keeper_test

import (
	"fmt"
	"testing"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// everything is a network of twenty with every kind of state that stands behind seats.
func everything(t *testing.T) *network {
	n := newNetwork(t, 20)
	n.accuse("v7", 1)
	n.accuse("stranger", 1)
	n.step()
	n.down(6)
	n.must(n.revoke(5, false))
	n.step()
	require.NoError(t, n.rotate(1, "v1-next", n.height()+notice, false))
	n.must(n.grant(21, false))
	n.steps(notice, "v3")
	require.NoError(t, n.rotate(2, "v2-next", n.height()+notice, false))
	require.NoError(t, n.admitNode("v1", nodeID(1), 1, n.Ctx.BlockTime().Unix()))
	require.NoError(t, n.admitNode("authority", nodeID(2), 11, 0))
	n.step("v3")
	return n
}

// moments are what an export may meet in the block that it ends with.
var moments = map[string]func(n *network){
	"nothing special":        func(*network) {},
	"a seat is granted":      func(n *network) { n.must(n.grant(22, false)) },
	"a seat is revoked":      func(n *network) { n.must(n.revoke(4, false)) },
	"a key has just changed": func(n *network) { n.steps(notice - 1) },
	"an order of a new key":  func(n *network) { require.NoError(n.t, n.rotate(4, "v4-next", n.height()+notice, false)) },
	"an unsafe change":       func(n *network) { n.unsafe() },
	"after an unsafe change": func(n *network) { n.unsafe(); n.step() },
	"a key that waits": func(n *network) {
		n.unsafeOrders()
		n.steps(notice)
		require.True(n.t, n.event(&types.EventKeyRotationWaits{}))
	},
	"a suspension that waits": func(n *network) {
		n.unsafe()
		n.step()
		n.accuseAll()
		n.step()
		require.True(n.t, n.event(&types.EventSuspensionPending{}))
	},
	"a seat in downtime": func(n *network) { n.steps(maxMissed, "v4") },
	"a seat comes back":  func(n *network) { n.must(n.rejoin("authority", 6, false)) },
	"equivocation":       func(n *network) { n.accuse("v4", n.height()); n.step() },
	"a lapsed node":      func(n *network) { n.stepAfter(time.Hour) },
	"much later":         func(n *network) { n.stepAfter(2 * trusting) },
}

// unsafe leaves six of the twenty.
func (n *network) unsafe() {
	n.t.Helper()
	for _, member := range []uint32{2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16} {
		_, err := n.revoke(member, true)
		require.NoError(n.t, err)
	}
}

// accuseAll accuses four of the six: three can go, the last one's suspension waits.
func (n *network) accuseAll() {
	for _, member := range []uint32{17, 18, 19, 20} {
		n.accuse(name(member), n.height())
	}
}

// unsafeOrders orders new keys of which each alone is safe.
func (n *network) unsafeOrders() {
	n.t.Helper()
	for _, member := range []uint32{3, 4, 8, 9, 10} {
		require.NoError(n.t, n.rotate(member, name(member)+"-next", n.height()+notice, false))
	}
}

// A chain that goes on from an export of any of these moments has the
// validators that the old chain would have had in its next block, tells what
// was not told yet, and lives on as the old chain does.
func TestRestartAtEveryMoment(t *testing.T) {
	for name, prepare := range moments {
		t.Run(name, func(t *testing.T) {
			n := everything(t)
			prepare(n)
			n.end()
			first, err := n.k.ExportGenesis(n.Ctx)
			require.NoError(t, err)
			require.NoError(t, first.Validate())
			validators, err := n.k.GenesisValidators(n.Ctx)
			require.NoError(t, err)

			n.start(time.Second)
			again := startNetworkAt(t, first, n)
			require.Equal(t, n.vals.Hash(), again.vals.Hash(), "who signs the next block")
			require.Len(t, validators, len(again.updates))
			for i, v := range validators {
				require.Equal(t, v.PubKey.Bytes(), again.updates[i].PubKey.GetEd25519())
			}
			second, err := again.k.ExportGenesis(again.Ctx)
			require.NoError(t, err)
			require.Equal(t, string(n.Codec.MustMarshalJSON(first)), string(again.Codec.MustMarshalJSON(second)))

			// The first block of the new chain has no last commit, the rest is as in the old one.
			again.begin(cmttypes.NewValidatorSet(nil), nil)
			if len(n.told) == 0 {
				require.Equal(t, n.dump(), again.dump())
			}
			for range 3 * window {
				n.step()
				again.step()
			}
			require.Equal(t, n.next.Hash(), again.next.Hash())
			require.Equal(t, seatsOf(n), seatsOf(again))
			n.stepAfter(2 * trusting)
			again.stepAfter(2 * trusting)
			require.Equal(t, seatsOf(n), seatsOf(again))
		})
	}
}

// An unsafe change in the very block of the export is announced by the new chain's first block.
func TestRestartAtAnUnsafeChangeWarnsAgain(t *testing.T) {
	n := everything(t)
	moments["an unsafe change"](n)
	require.NotEmpty(t, n.end())
	require.Equal(t, n.height()+1, n.updateClients)
	g, err := n.k.ExportGenesis(n.Ctx)
	require.NoError(t, err)
	n.start(time.Second)
	again := startNetworkAt(t, g, n)
	again.begin(cmttypes.NewValidatorSet(nil), nil)
	require.Equal(t, n.told, again.end())
	require.Equal(t, again.height()+1, again.updateClients)
}

// startNetworkAt starts from an export in the block in which old is.
func startNetworkAt(t *testing.T, g *types.GenesisState, old *network) *network {
	t.Helper()
	w := emptyWorld(t)
	w.Ctx = w.Ctx.WithBlockHeight(old.height()).WithBlockTime(old.Ctx.BlockTime())
	updates, err := w.k.InitGenesis(w.Ctx, g)
	require.NoError(t, err)
	w.updates = updates
	validators, err := cmttypes.PB2TM.ValidatorUpdates(updates)
	require.NoError(t, err)
	set := cmttypes.NewValidatorSet(validators)
	require.NoError(t, w.k.Check(w.Ctx))
	return &network{world: w, vals: set, next: set.Copy()}
}

// seatsOf is what the seats are, but for heights, at which a block that was told late may differ.
func seatsOf(n *network) (seats []types.Seat) {
	n.t.Helper()
	res, err := n.query.Seats(n.Ctx, &types.QuerySeatsRequest{})
	require.NoError(n.t, err)
	for _, seat := range res.Seats {
		seat.Since, seat.PendingSince = 0, 0
		seats = append(seats, seat)
	}
	return seats
}

func TestInitGenesisFailsIfItStartsTooLow(t *testing.T) {
	n := everything(t)
	n.end()
	g, err := n.k.ExportGenesis(n.Ctx)
	require.NoError(t, err)
	w := emptyWorld(t)
	last := g.Sets[len(g.Sets)-1].Height
	w.Ctx = w.Ctx.WithBlockHeight(last)
	_, err = w.k.InitGenesis(w.Ctx, g)
	require.ErrorIs(t, err, valid.ErrInvalid)
	require.Empty(t, w.dump(), "something was written")
	w.Ctx = w.Ctx.WithBlockHeight(last + 1)
	_, err = w.k.InitGenesis(w.Ctx, g)
	require.NoError(t, err)
}

// Layout of what stands behind seats and nodes, as the README has it.
func TestSeatStoreLayoutGolden(t *testing.T) {
	n := everything(t)
	address := func(name string) string { return upperHex(keys.Validator(name).PubKey().Address()) }
	owner := "0000000B"
	for _, entry := range []string{
		"32" + address("v1") + "=0A20" + upperHex(consensusKey("v1")) + "1001\n",
		"330000000000000000=10",
		"3400000002=08021220" + upperHex(consensusKey("v2-next")),
		"35" + fmt.Sprintf("%016X", n.height()+notice-1) + "00000002=\n",
		"37" + fmt.Sprintf("%016X", n.height()-1) + "00000003=\n",
		"390000000000000001" + "14" + address("v7") + "00000001=0801",
		"60" + upperHex(nodeID(2)) + "=0A14" + upperHex(nodeID(2)) + "100B1802",
		"61" + owner + upperHex(nodeID(2)) + "=\n",
		"62" + owner + "=00000001\n",
	} {
		require.Contains(t, "\n"+n.dump(), "\n"+entry)
	}
	n = newNetwork(t, 1)
	n.steps(maxMissed, "v1")
	require.Contains(t, "\n"+n.dump(), "\n3800000001=00000005\n")
	n.step("v1")
	require.Contains(t, "\n"+n.dump(), "\n3600000001=\n")
}
