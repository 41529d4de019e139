package keeper_test

import (
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// evidence is all that is on record.
func (n *network) evidence() []types.Evidence {
	n.t.Helper()
	res, err := n.query.Evidence(n.Ctx, &types.QueryEvidenceRequest{})
	require.NoError(n.t, err)
	return res.Evidence
}

func TestEquivocationSuspends(t *testing.T) {
	n := newNetwork(t, 4)
	n.steps(3)
	n.accuse("v2", 2)
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status)
	want := types.Evidence{
		Height: 2, Address: keys.Validator("v2").PubKey().Address(), Kind: types.EVIDENCE_KIND_DUPLICATE_VOTE, Time: fixture.Start.Unix(),
		ConsensusKey: consensusKey("v2"), Member: 2, Power: 10, TotalPower: 40, RecordedHeight: n.height(), Outcome: types.EVIDENCE_OUTCOME_SUSPENDED,
	}
	require.Equal(t, []types.Evidence{want}, n.evidence())
	var recorded types.EventEvidenceRecorded
	require.True(t, n.event(&recorded))
	require.Equal(t, want, recorded.Evidence)
	require.Equal(t, []abci.ValidatorUpdate{update("v2", 0)}, n.step())
	n.steps(5 * window)
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status, "until the council decides")
}

// Told again in the same block, a later one, or of the other kind of vote: once.
func TestEvidenceCountsOnce(t *testing.T) {
	n := newNetwork(t, 7)
	n.step()
	n.accuse("v2", 1)
	n.accuse("v2", 1)
	n.step()
	require.Len(t, n.changes(2), 1)
	n.must(n.rejoin("authority", 2, false))
	n.step()
	n.accuse("v2", 1)
	n.step()
	require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status, "the council has decided on this")
	require.Len(t, n.evidence(), 1)

	n.accuse("v2", 2)
	n.accuse("v2", 3)
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status, "but not on another double vote")
	require.Len(t, n.evidence(), 3)
	require.Equal(t, types.EVIDENCE_OUTCOME_STANDING, n.evidence()[2].Outcome)
}

// A key that its seat has no more still finds the seat.
func TestRotatedAwayKeySigns(t *testing.T) {
	n := newNetwork(t, 4)
	require.NoError(t, n.rotate(2, "v2-next", n.height()+notice, false))
	n.steps(notice + 3)
	n.accuse("v2", n.height()-1)
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status)
	require.Equal(t, consensusKey("v2"), n.evidence()[0].ConsensusKey)
	require.Equal(t, []abci.ValidatorUpdate{update("v2-next", 0)}, n.step())
}

// What is recorded and leads to nothing.
func TestEvidenceIsIgnoredIf(t *testing.T) {
	cases := map[string]struct {
		prepare func(n *network)
		name    string
		before  int64
		member  uint32
	}{
		"the key is unknown":         {func(*network) {}, "stranger", 0, 0},
		"the seat is revoked":        {func(n *network) { n.must(n.revoke(2, false)) }, "v2", 0, 2},
		"the seat was granted later": {func(n *network) { n.must(n.grant(8, false)) }, "v8", 5, 8},
		"the key was ordered later":  {func(n *network) { require.NoError(n.t, n.rotate(2, "v2-next", n.height()+notice, false)) }, "v2-next", 5, 2},
		"an old key's seat was revoked and a new one granted later": {func(n *network) {
			n.must(n.revoke(2, false))
			n.step()
			msg := &types.MsgGrantSeat{Signer: keys.Bech32("authority"), Member: 2, Moniker: "v2", ConsensusKey: consensusKey("v2-new")}
			_, err := n.msg.GrantSeat(n.Ctx, msg)
			require.NoError(n.t, err)
		}, "v2", 5, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 7)
			n.steps(6)
			c.prepare(n)
			n.step()
			active := len(n.next.Validators)
			n.accuse(c.name, n.height()-c.before)
			n.step()
			require.Len(t, n.evidence(), 1)
			require.Equal(t, types.EVIDENCE_OUTCOME_IGNORED, n.evidence()[0].Outcome)
			require.Equal(t, c.member, n.evidence()[0].Member)
			n.step()
			require.Len(t, n.next.Validators, active)
		})
	}
}

// Evidence against a seat that is away already makes it graver: only the council brings it back.
func TestEvidenceAgainstASuspendedSeat(t *testing.T) {
	n := newNetwork(t, 4)
	n.down(2)
	n.step()
	n.accuse("v2", n.height()-3)
	require.Empty(t, n.step())
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(2).Status)
	require.Equal(t, types.EVIDENCE_OUTCOME_SUSPENDED, n.evidence()[0].Outcome)
	require.Empty(t, n.step())
	n.steps(2 * rejoinWait)
	n.refused(types.ErrNotEntitled, func() error { _, err := n.rejoin("v2", 2, false); return err })
}

// The same for a seat whose suspension for downtime waits.
func TestEvidenceAgainstASeatThatIsToBeSuspended(t *testing.T) {
	n := newNetwork(t, 1)
	n.steps(maxMissed+1, "v1")
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, n.seat(1).Pending)
	n.accuse("v1", n.height())
	n.step()
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(1).Pending)
	require.Equal(t, types.EVIDENCE_OUTCOME_PENDING, n.evidence()[0].Outcome)
}

func TestLightClientAttackSuspends(t *testing.T) {
	n := newNetwork(t, 7)
	for _, member := range []uint32{2, 3} {
		n.accuse(name(member), 1)
		n.accused[len(n.accused)-1].Type = abci.MisbehaviorType_LIGHT_CLIENT_ATTACK
	}
	n.step()
	for _, member := range []uint32{2, 3} {
		require.Equal(t, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, n.seat(member).Status)
	}
	require.Equal(t, types.EVIDENCE_KIND_LIGHT_CLIENT_ATTACK, n.evidence()[0].Kind)
	require.Len(t, n.step(), 2)
}
