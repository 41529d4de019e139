package keeper_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/baseapp"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

const (
	trusting = 14 * 24 * time.Hour
	// window, and what a seat may miss of it; the waits of the world's parameters, in blocks.
	window, maxMissed, rejoinWait, notice = 10, 5, 20, 5
)

// network is a chain of exchanges v1, v2, … with CometBFT's own view of its validators.
type network struct {
	*world
	vals, next *cmttypes.ValidatorSet
	told       []abci.ValidatorUpdate
	accused    []abci.Misbehavior
	nils       []string
	// updateClients is the height that the end of the last block warned of; 0 when it did not.
	updateClients int64
}

// newNetwork has n seats, of members 1 to n; n+1 to n+3 are exchanges without
// one, n+4 is a merchant, n+5 a suspended exchange.
func newNetwork(t *testing.T, n int, changes ...func(g *types.GenesisState)) *network {
	t.Helper()
	g := &types.GenesisState{Params: params(), NextMember: uint32(n) + 6}
	g.Params.DowntimeWindow, g.Params.RejoinWait, g.Params.RotationNotice = window, rejoinWait, notice
	for i := uint32(1); i <= uint32(n)+3; i++ {
		g.Members = append(g.Members, newMember(i, name(i), types.ROLE_EXCHANGE))
		if i <= uint32(n) {
			g.Seats = append(g.Seats, newSeat(i, name(i)))
		}
	}
	merchant, out := newMember(uint32(n)+4, "merchant", types.ROLE_MERCHANT), newMember(uint32(n)+5, "out", types.ROLE_EXCHANGE)
	merchant.AdmittedBy = 1
	out.Status, out.SuspensionReason = types.MEMBER_STATUS_SUSPENDED, "licence withdrawn"
	g.Members = append(g.Members, merchant, out)
	for _, change := range changes {
		change(g)
	}
	return startNetwork(t, g, 1)
}

// startNetwork starts a chain from a genesis at an initial height.
func startNetwork(t *testing.T, g *types.GenesisState, height int64) *network {
	t.Helper()
	w := emptyWorld(t)
	if height > 1 {
		w.Ctx = w.Ctx.WithBlockHeight(height)
	}
	updates, err := w.k.InitGenesis(w.Ctx, g)
	require.NoError(t, err)
	w.updates = updates
	validators, err := cmttypes.PB2TM.ValidatorUpdates(updates)
	require.NoError(t, err)
	set := cmttypes.NewValidatorSet(validators)
	return &network{world: w, vals: set, next: set.Copy()}
}

func name(member uint32) string { return fmt.Sprintf("v%d", member) }

// consensusKey is a consensus key by name.
func consensusKey(name string) []byte { return keys.Validator(name).PubKey().Bytes() }

// height of the present block.
func (n *network) height() int64 { return n.Ctx.BlockHeight() }

// step ends the block, begins the next one a second later, whose last commit
// lacks the keys with these names, and returns what CometBFT was told.
func (n *network) step(absent ...string) []abci.ValidatorUpdate {
	return n.stepAfter(time.Second, absent...)
}

func (n *network) stepAfter(d time.Duration, absent ...string) []abci.ValidatorUpdate {
	n.t.Helper()
	updates := n.end()
	n.start(d, absent...)
	return updates
}

// end ends the block.
func (n *network) end() []abci.ValidatorUpdate {
	n.t.Helper()
	updates, err := n.k.ValidatorUpdates(n.Ctx)
	require.NoError(n.t, err)
	n.tell(updates)
	var warning types.EventUpdateClients
	n.event(&warning)
	n.updateClients, n.told = warning.Height, updates
	return updates
}

// start begins the next block.
func (n *network) start(d time.Duration, absent ...string) {
	n.t.Helper()
	signed := n.vals
	n.vals, n.next = n.next, n.after(n.told)
	n.Advance(d)
	n.begin(signed, absent)
	require.NoError(n.t, n.k.Check(n.Ctx))
}

// after is CometBFT's next set with updates, which it has to take.
func (n *network) after(updates []abci.ValidatorUpdate) *cmttypes.ValidatorSet {
	n.t.Helper()
	changes, err := cmttypes.PB2TM.ValidatorUpdates(updates)
	require.NoError(n.t, err)
	set := n.next.Copy()
	require.NoError(n.t, set.UpdateWithChangeSet(changes))
	return set
}

// tell asserts that CometBFT ends with the active seats.
func (n *network) tell(updates []abci.ValidatorUpdate) {
	n.t.Helper()
	seats, err := n.query.Seats(n.Ctx, &types.QuerySeatsRequest{})
	require.NoError(n.t, err)
	var want, got types.Keys
	for _, seat := range seats.Seats {
		if seat.Validating() {
			want = want.With(seat.ConsensusKey)
		}
	}
	for _, v := range n.after(updates).Validators {
		require.Equal(n.t, types.SeatPower, v.VotingPower)
		got = got.With(v.PubKey.Bytes())
	}
	require.True(n.t, want.Equal(got), "CometBFT has other validators than the seats")
}

func (n *network) begin(signed *cmttypes.ValidatorSet, absent []string) {
	n.t.Helper()
	commit := abci.CommitInfo{}
	for _, v := range signed.Validators {
		is := func(name string) bool { return keys.Validator(name).PubKey().Equals(v.PubKey) }
		vote := abci.VoteInfo{Validator: abci.Validator{Address: v.Address, Power: v.VotingPower}, BlockIdFlag: cmtproto.BlockIDFlagCommit}
		if slices.ContainsFunc(absent, is) {
			vote.BlockIdFlag = cmtproto.BlockIDFlagAbsent
		} else if slices.ContainsFunc(n.nils, is) {
			vote.BlockIdFlag = cmtproto.BlockIDFlagNil
		}
		commit.Votes = append(commit.Votes, vote)
	}
	n.Ctx = n.Ctx.WithCometInfo(baseapp.NewBlockInfo(n.accused, nil, nil, commit))
	n.accused = nil
	require.NoError(n.t, n.k.BeginSeats(n.Ctx))
}

// steps is step, several times.
func (n *network) steps(count int, absent ...string) {
	for range count {
		n.step(absent...)
	}
}

// accuse has the next block prove a double vote of a key at a height.
func (n *network) accuse(name string, height int64) {
	n.accused = append(n.accused, abci.Misbehavior{
		Type: abci.MisbehaviorType_DUPLICATE_VOTE, Validator: abci.Validator{Address: keys.Validator(name).PubKey().Address(), Power: 10},
		Height: height, Time: fixture.Start, TotalVotingPower: 10 * int64(len(n.vals.Validators)),
	})
}

func (n *network) seat(member uint32) types.Seat {
	n.t.Helper()
	seat, err := n.k.Seat(n.Ctx, member)
	require.NoError(n.t, err)
	return seat
}

func (n *network) missed(member uint32) uint32 {
	n.t.Helper()
	res, err := n.query.Seat(n.Ctx, &types.QuerySeatRequest{Member: member})
	require.NoError(n.t, err)
	return res.Missed
}

// sets are the validator sets that the guard looks at.
func (n *network) sets() []types.SetRecord {
	n.t.Helper()
	res, err := n.query.SetHistory(n.Ctx, &types.QuerySetHistoryRequest{})
	require.NoError(n.t, err)
	return res.Sets
}

// event returns the last event of the block that has the type of into, decoded; false when there is none.
func (n *network) event(into proto.Message) bool {
	n.t.Helper()
	events := n.Ctx.EventManager().ABCIEvents()
	for _, e := range slices.Backward(events) {
		if e.Type == proto.MessageName(into) {
			decoded, err := sdk.ParseTypedEvent(e)
			require.NoError(n.t, err)
			raw, err := proto.Marshal(decoded)
			require.NoError(n.t, err)
			require.NoError(n.t, proto.Unmarshal(raw, into))
			return true
		}
	}
	return false
}

// changes is the kinds of the entries in a member's history.
func (n *network) changes(member uint32) (kinds []types.ChangeKind) {
	n.t.Helper()
	res, err := n.query.MemberHistory(n.Ctx, &types.QueryMemberHistoryRequest{Number: member})
	require.NoError(n.t, err)
	for _, change := range res.Changes {
		kinds = append(kinds, change.Kind)
	}
	return kinds
}

func (n *network) grant(member uint32, accept bool) (int64, error) {
	res, err := n.msg.GrantSeat(n.Ctx, &types.MsgGrantSeat{
		Signer: keys.Bech32("authority"), Member: member, Moniker: name(member), ConsensusKey: consensusKey(name(member)), AcceptUnsafe: accept,
	})
	if err != nil {
		return 0, err
	}
	return res.UpdateClientsHeight, nil
}

func (n *network) revoke(member uint32, accept bool) (int64, error) {
	res, err := n.msg.RevokeSeat(n.Ctx, &types.MsgRevokeSeat{Signer: keys.Bech32("authority"), Member: member, Reason: "left", AcceptUnsafe: accept})
	if err != nil {
		return 0, err
	}
	return res.UpdateClientsHeight, nil
}

// rotate orders a new key, by its name.
func (n *network) rotate(member uint32, newKey string, at int64, accept bool) error {
	_, err := n.msg.RotateKey(n.Ctx, &types.MsgRotateKey{
		Signer: keys.Bech32("authority"), Member: member, NewKey: consensusKey(newKey), AtHeight: at, AcceptUnsafe: accept,
	})
	return err
}

func (n *network) rejoin(signer string, member uint32, accept bool) (int64, error) {
	res, err := n.msg.RejoinSeat(n.Ctx, &types.MsgRejoinSeat{Signer: keys.Bech32(signer), Member: member, AcceptUnsafe: accept})
	if err != nil {
		return 0, err
	}
	return res.UpdateClientsHeight, nil
}

func (n *network) acceptSuspension(signer string, member uint32) (int64, error) {
	res, err := n.msg.AcceptSuspension(n.Ctx, &types.MsgAcceptSuspension{Signer: keys.Bech32(signer), Member: member})
	if err != nil {
		return 0, err
	}
	return res.UpdateClientsHeight, nil
}

// must asserts that a change passed, and safely.
func (n *network) must(updateClients int64, err error) {
	n.t.Helper()
	require.NoError(n.t, err)
	require.Zero(n.t, updateClients, "safe")
}
