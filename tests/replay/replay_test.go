// Package replay_test records the blocks of a long mixed run on one node and runs them
// again on others: with another executor, stopped and started again, crashed between a
// block and its commit, pruned, and grown from a genesis that was exported half way.
package replay_test

import (
	"fmt"
	"path/filepath"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	pruningtypes "github.com/cosmos/cosmos-sdk/store/v2/pruning/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/traffic"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"

	// before and after are how many blocks of traffic come before the export and after it.
	before, after = 70, 70
	seed          = 20_261_124
)

// recording is a run on one node.
type recording struct {
	blocks []chains.Block
	// halfway is the genesis that was exported in the middle, final the one at the end.
	halfway, final *genutiltypes.AppGenesis
}

// record lets traffic flow on a chain that is linked to another.
func record(t *testing.T) recording {
	t.Helper()
	n := chains.New(t, hangzhou, shanghai)
	c := n.Chain(hangzhou)
	flow := traffic.New(c, n.Chain(shanghai), chains.Link(c, n.Chain(shanghai)).Path, seed)
	export := func() *genutiltypes.AppGenesis {
		genesis, err := chains.Export(c.Shugu, &genutiltypes.AppGenesis{ChainID: hangzhou, GenesisTime: n.CurrentTime})
		require.NoError(t, err)
		return genesis
	}
	for range before {
		flow.Block()
	}
	r := recording{halfway: export()}
	// The SDK derives a new account's number from the application hash before, which an
	// imported chain has not: what such an account signs is for one of the two only.
	flow.Closed = true
	for range after {
		flow.Block()
	}
	r.blocks, r.final = c.Blocks(), export()
	require.NoError(t, c.Check())
	requireMixed(t, r.blocks)
	return r
}

// requireMixed asserts that the recorded transactions ended in many ways: what a replay
// of successes alone would not show.
func requireMixed(t *testing.T, blocks []chains.Block) {
	t.Helper()
	ends := map[string]int{}
	for _, block := range blocks {
		for _, result := range block.Response.TxResults {
			ends[fmt.Sprintf("%s/%d", result.Codespace, result.Code)]++
		}
	}
	t.Log("how the transactions ended: ", ends)
	require.Greater(t, ends["/0"], 500)
	for name, err := range map[string]error{
		"bytes that are no transaction": sdkerrors.ErrTxDecode, "a bad signature": sdkerrors.ErrUnauthorized,
		"a wrong sequence": sdkerrors.ErrWrongSequence, "too little gas": sdkerrors.ErrOutOfGas,
		"a stranger": consortium.ErrNotMember, "a wrong role": consortium.ErrRoleMissing, "a suspended member": consortium.ErrSuspended,
		"an illegal move": trade.ErrIllegalMove, "another party": trade.ErrWrongParty, "a changed deal": trade.ErrDealChanged,
		"too little money": settlement.ErrInsufficientFunds, "a number with wrong digits": voucher.ErrNumber,
	} {
		codespace, code, _ := errorsmod.ABCIInfo(err, false)
		require.NotZero(t, ends[fmt.Sprintf("%s/%d", codespace, code)], name)
	}
}

// executors are the two ways to run a block's transactions.
var executors = map[string]simtestutil.AppOptionsMap{
	"sequential": {},
	"block-stm":  {server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4},
}

// node is an application over a database on disk, which it leaves behind when it stops.
type node struct {
	t       *testing.T
	dir     string
	config  simtestutil.AppOptionsMap
	options []func(*baseapp.BaseApp)
	*app.App
}

// start opens the database, and begins from the genesis when it is empty.
func start(t *testing.T, config simtestutil.AppOptionsMap, genesis *genutiltypes.AppGenesis, options ...func(*baseapp.BaseApp)) *node {
	t.Helper()
	n := &node{t: t, dir: t.TempDir(), config: config, options: append(options, baseapp.SetChainID(hangzhou))}
	n.open()
	params := genesis.Consensus.Params.ToProto()
	_, err := n.InitChain(&abci.RequestInitChain{
		ChainId: genesis.ChainID, Time: genesis.GenesisTime, InitialHeight: genesis.InitialHeight,
		ConsensusParams: &params, AppStateBytes: genesis.AppState,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, n.Close()) })
	return n
}

func (n *node) open() {
	n.t.Helper()
	db, err := dbm.NewGoLevelDB("application", filepath.Join(n.dir, "data"), nil)
	require.NoError(n.t, err)
	n.App = app.New(log.NewNopLogger(), db, true, n.config, n.options...)
}

// restart stops the node and starts it again from what it has on disk.
func (n *node) restart() {
	n.t.Helper()
	height := n.LastBlockHeight()
	require.NoError(n.t, n.Close())
	n.open()
	require.Equal(n.t, height, n.LastBlockHeight())
}

// run runs a block and compares the answer with what was recorded.
func (n *node) run(block chains.Block, imported bool) {
	n.t.Helper()
	request := block.Request
	got, err := n.FinalizeBlock(&request)
	require.NoError(n.t, err)
	require.NoError(n.t, block.Compare(got, imported))
}

func (n *node) commit() {
	n.t.Helper()
	_, err := n.Commit()
	require.NoError(n.t, err)
}

// requireExports asserts that the node's state is the one that was exported.
func (n *node) requireExports(want *genutiltypes.AppGenesis) {
	n.t.Helper()
	got, err := chains.Export(n.App, want)
	require.NoError(n.t, err)
	require.Equal(n.t, want.InitialHeight, got.InitialHeight)
	require.Equal(n.t, string(want.AppState), string(got.AppState))
}

// Every block has one answer: results, gas, events and application hash are equal
// whoever runs it, however often it was stopped, and even when it crashed after it had
// run the block and before it had committed it.
func TestReplay(t *testing.T) {
	r := record(t)
	genesis := chains.Genesis(t, hangzhou)
	for name, config := range executors {
		t.Run(name+" with restarts and crashes", func(t *testing.T) {
			n := start(t, config, genesis)
			for i, block := range r.blocks {
				n.run(block, false)
				if i%29 == 17 {
					n.restart() // a crash: the block was not committed, and is run again
					n.run(block, false)
				}
				n.commit()
				if i%23 == 11 {
					n.restart()
				}
			}
			n.requireExports(r.final)
		})
		t.Run(name+" pruned", func(t *testing.T) { replayPruned(t, r, genesis, config) })
	}
	t.Run("from an export", func(t *testing.T) { replayFromExport(t, r) })
}

// A node that forgets old states goes on as the others do, before and after a restart.
func replayPruned(t *testing.T, r recording, genesis *genutiltypes.AppGenesis, config simtestutil.AppOptionsMap) {
	const keep, every = 5, 10
	n := start(t, config, genesis, baseapp.SetPruning(pruningtypes.NewCustomPruningOptions(keep, every)))
	for i, block := range r.blocks {
		n.run(block, false)
		n.commit()
		if i == len(r.blocks)/2 || i == len(r.blocks)-2 {
			n.restart()
			_, err := n.CommitMultiStore().CacheMultiStoreWithVersion(2)
			require.Error(t, err, "the state of block 2 was pruned")
			_, err = n.CommitMultiStore().CacheMultiStoreWithVersion(n.LastBlockHeight() - keep + 1)
			require.NoError(t, err, "the last states were kept")
		}
	}
	n.requireExports(r.final)
}

// A chain that starts from a genesis exported half way answers each later block as the
// old one did, gas included, and ends in the same state. Its trees have grown otherwise,
// so its hashes are its own; both executors and a restart reach the same ones.
func replayFromExport(t *testing.T, r recording) {
	var hashes [][]byte
	for name, config := range executors {
		n := start(t, config, r.halfway)
		at := 0
		for i, block := range r.blocks {
			if block.Request.Height < r.halfway.InitialHeight {
				continue
			}
			n.run(block, true)
			n.commit()
			if i%19 == 7 {
				n.restart()
			}
			if at == len(hashes) {
				hashes = append(hashes, n.LastCommitID().Hash)
			}
			require.Equal(t, hashes[at], n.LastCommitID().Hash, "%s, block %d", name, block.Request.Height)
			at++
		}
		require.Greater(t, at, after)
		n.requireExports(r.final)
	}
}
