package app_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/peers"
	"github.com/shugu-network/shugu/testutil/chains"
)

var (
	errUnknown = errors.New("node is not admitted")
	errLapsed  = errors.New("admission has lapsed")
)

// list is an authority that admits nodes until a time.
type list struct {
	until  map[string]time.Time
	broken error
	height int64     // of the state that was last asked
	now    time.Time // that was last asked for
}

func (l *list) NodeStanding(ctx context.Context, id []byte, now time.Time) error {
	l.height, l.now = sdk.UnwrapSDKContext(ctx).BlockHeight(), now
	until, known := l.until[string(id)]
	switch {
	case l.broken != nil:
		return l.broken
	case !known:
		return fmt.Errorf("node %x: %w", id, errUnknown)
	case now.After(until):
		return fmt.Errorf("node %x: %w", id, errLapsed)
	}
	return nil
}

func (l *list) NodeIDs(context.Context) ([][]byte, error) {
	var ids [][]byte
	for id := range l.until {
		ids = append(ids, []byte(id))
	}
	return ids, l.broken
}

func nodeID(b byte) []byte { return bytes.Repeat([]byte{b}, 20) }

func hexID(b byte) string { return hex.EncodeToString(nodeID(b)) }

// Nodes of the tests: one admitted for good, one for some seconds, one that lapsed before
// genesis, one that nobody knows.
const good, brief, past, stranger = 1, 2, 3, 4

func newList() *list {
	return &list{until: map[string]time.Time{
		string(nodeID(good)):  chains.Start.AddDate(9, 0, 0),
		string(nodeID(brief)): chains.Start.Add(10 * time.Second),
		string(nodeID(past)):  chains.Start.Add(-time.Second),
	}}
}

const chainID = "shugu-hangzhou-1"

func openNode(t *testing.T, db dbm.DB, authority app.PeerAuthority) *app.App {
	t.Helper()
	a := app.New(log.NewNopLogger(), db, false, simtestutil.EmptyAppOptions{}, baseapp.SetChainID(chainID))
	a.SetPeerAuthority(authority, errUnknown, errLapsed)
	require.NoError(t, a.LoadLatestVersion())
	return a
}

func initChain(t *testing.T, a *app.App) {
	t.Helper()
	genesis := chains.Genesis(t, chainID)
	params := genesis.Consensus.Params.ToProto()
	_, err := a.InitChain(&abci.RequestInitChain{
		ChainId: chainID, Time: genesis.GenesisTime, InitialHeight: 1, ConsensusParams: &params, AppStateBytes: genesis.AppState,
	})
	require.NoError(t, err)
}

func commit(t *testing.T, a *app.App, after time.Duration) {
	t.Helper()
	_, err := a.FinalizeBlock(&abci.RequestFinalizeBlock{Height: a.LastBlockHeight() + 1, Time: chains.Start.Add(after)})
	require.NoError(t, err)
	_, err = a.Commit()
	require.NoError(t, err)
}

func requirePeers(t *testing.T, a *app.App, admitted ...byte) {
	t.Helper()
	for _, node := range []byte{good, brief, past, stranger} {
		err := a.PeerStanding(hexID(node))
		if bytes.Contains(admitted, []byte{node}) {
			require.NoError(t, err, "node %d", node)
		} else {
			require.ErrorIs(t, err, peers.ErrRefused, "node %d", node)
		}
	}
}

// The state's list counts at the time of its last block, from genesis on and after a restart.
func TestPeersAreThoseOfTheLastCommittedState(t *testing.T) {
	db, authority := dbm.NewMemDB(), newList()
	a := openNode(t, db, authority)
	requirePeers(t, a) // nothing is known
	initChain(t, a)
	requirePeers(t, a, good, brief)

	commit(t, a, 5*time.Second)
	requirePeers(t, a, good, brief)
	require.EqualValues(t, 1, authority.height)
	require.Equal(t, chains.Start.Add(5*time.Second), authority.now.UTC(), "the time of the block, not the clock's")

	commit(t, a, 11*time.Second)
	requirePeers(t, a, good)
	authority.until[string(nodeID(stranger))] = chains.Start.AddDate(1, 0, 0)
	requirePeers(t, a, good, stranger)

	again := openNode(t, db, authority)
	requirePeers(t, again, good, stranger)
	require.EqualValues(t, 2, authority.height)
	require.Equal(t, chains.Start.Add(11*time.Second), authority.now.UTC(), "a node that starts knows the time of its last block")
}

// An admission does not lapse while the chain stands still: nodes that are cut off keep their peers.
func TestAdmissionDoesNotLapseWithoutBlocks(t *testing.T) {
	authority := newList()
	a := openNode(t, dbm.NewMemDB(), authority)
	initChain(t, a)
	commit(t, a, 9*time.Second)
	requirePeers(t, a, good, brief)
	require.Equal(t, chains.Start.Add(9*time.Second), authority.now.UTC())
}

// While the node catches up, the operator's own peers are let in, and only then.
func TestPeersOfTheOperatorWhileCatchingUp(t *testing.T) {
	a, catching := openNode(t, dbm.NewMemDB(), newList()), true
	a.TrustPeers(app.PeerTrust{
		Persistent: map[string]bool{hexID(stranger): true, hexID(good): true}, CatchingUp: func() bool { return catching },
	})
	requirePeers(t, a, good, stranger) // as with state sync: no genesis, no state
	initChain(t, a)
	requirePeers(t, a, good, brief, stranger)
	commit(t, a, time.Minute)
	requirePeers(t, a, good, stranger)
	catching = false
	requirePeers(t, a, good)
}

// CometBFT's question, as it asks it, and what stands in its log.
func TestPeerFilterAnswersCometBFT(t *testing.T) {
	a := openNode(t, dbm.NewMemDB(), newList())
	initChain(t, a)
	ask := func(what string) *abci.ResponseQuery {
		res, err := a.Query(t.Context(), &abci.RequestQuery{Path: "/p2p/filter/" + what})
		require.NoError(t, err)
		return res
	}
	require.True(t, ask("addr/10.0.0.9:26656").IsOK())
	require.True(t, ask("id/"+hexID(good)).IsOK())
	require.Contains(t, ask("id/"+hexID(stranger)).Log, "is not on the genesis file's list")
	require.False(t, ask("id/zz").IsOK())

	commit(t, a, time.Minute)
	require.True(t, ask("id/"+hexID(good)).IsOK())
	for node, says := range map[byte]string{stranger: errUnknown.Error(), brief: errLapsed.Error()} {
		refused := ask("id/" + hexID(node))
		require.True(t, refused.IsErr())
		require.Contains(t, refused.Log, says)
		require.Contains(t, refused.Log, "shugud node admit "+hexID(node))
	}
}

// A state that cannot be read refuses whoever connects, and drops nobody.
func TestPeerStandingTellsRefusalsFromFailures(t *testing.T) {
	authority := newList()
	a := openNode(t, dbm.NewMemDB(), authority)
	initChain(t, a)
	commit(t, a, time.Second)
	authority.broken = errors.New("disk")
	err := a.PeerStanding(hexID(good))
	require.ErrorIs(t, err, authority.broken)
	require.NotErrorIs(t, err, peers.ErrRefused)
	require.True(t, a.FilterPeerByID(hexID(good)).IsErr())
}
