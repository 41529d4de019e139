// Package simulation_test lets members act at random on the real application for many
// blocks, and asserts what must hold whatever they do. SIM_BLOCKS and SIM_SEED ask for
// more blocks and other ones.
package simulation_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/traffic"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"

	// shortRun is how many blocks a run has that nobody asked to be longer.
	shortRun = 300
	// checkEvery is how many blocks lie between two recounts of the invariants.
	checkEvery = 20
)

// asked is a number from the environment.
func asked(t *testing.T, name string, otherwise int64) int64 {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(text, 10, 64)
	require.NoError(t, err, name)
	return n
}

// run is a simulation that was run.
type run struct {
	here, there *chains.Chain
	*traffic.Traffic
}

// simulate runs blocks of random traffic. Half way and at the end pause is called for
// each chain, with what runs an empty block of it; check now and then.
func simulate(t *testing.T, seed, blocks int64, check func(run, int64), pause func(*chains.Chain, func())) run {
	n := chains.New(t, hangzhou, shanghai)
	r := run{here: n.Chain(hangzhou), there: n.Chain(shanghai)}
	r.Traffic = traffic.New(r.here, r.there, chains.Link(r.here, r.there).Path, seed)
	for block := int64(1); block <= blocks; block++ {
		r.Block()
		if block%checkEvery == 0 || block == blocks {
			check(r, block)
		}
		if block == blocks/2 || block == blocks {
			for _, c := range []*chains.Chain{r.here, r.there} {
				pause(c, func() { c.Block(nil) })
			}
		}
	}
	return r
}

// Whatever members do: the invariants hold all the time, the state survives export and
// import, the same seed gives the same chain, and both executors agree.
func TestSimulation(t *testing.T) {
	seed, blocks := asked(t, "SIM_SEED", 1), asked(t, "SIM_BLOCKS", shortRun)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("run it again with SIM_SEED=%d SIM_BLOCKS=%d go test ./tests/simulation", seed, blocks)
		}
	})
	first := simulate(t, seed, blocks, func(r run, block int64) {
		require.NoError(t, r.here.Check(), "after %d blocks", block)
		require.NoError(t, r.there.Check(), "after %d blocks", block)
		requireMoneyFollowsVouchers(t, r.here)
	}, func(c *chains.Chain, next func()) { requireSurvives(t, c, next) })
	requireBusy(t, first, blocks)

	again := simulate(t, seed, blocks, func(run, int64) {}, func(_ *chains.Chain, next func()) { next() })
	requireSameHashes(t, first.here, again.here)
	requireSameHashes(t, first.there, again.there)

	requireOtherExecutorAgrees(t, first)
}

// requireMoneyFollowsVouchers asserts that what red vouchers took back of a trade is what
// was clawed back of its settlement, paid or owed.
func requireMoneyFollowsVouchers(t *testing.T, c *chains.Chain) {
	t.Helper()
	vouchers, err := c.Shugu.Voucher.ExportGenesis(c.Query())
	require.NoError(t, err)
	money, err := c.Shugu.Settlement.ExportGenesis(c.Query())
	require.NoError(t, err)
	red, clawed := map[string]math.Int{}, map[string]math.Int{}
	for _, v := range vouchers.Vouchers {
		if v.Reverses == "" {
			continue
		}
		if _, known := red[v.Settlement]; !known {
			red[v.Settlement] = math.ZeroInt()
		}
		red[v.Settlement] = red[v.Settlement].Add(v.Total)
	}
	for _, b := range money.ClawBacks {
		clawed[b.Settlement] = b.Reversed
	}
	require.Equal(t, fmt.Sprint(red), fmt.Sprint(clawed))
}

// requireSurvives exports the chain and imports that into a new application. Both run the
// same block, in which queues may move on, and then export the same.
func requireSurvives(t *testing.T, c *chains.Chain, next func()) {
	t.Helper()
	genesis, err := chains.Export(c.Shugu, &genutiltypes.AppGenesis{ChainID: c.ChainID, GenesisTime: c.Coordinator.CurrentTime})
	require.NoError(t, err)
	imported := chains.Init(t, genesis)
	next()
	block := c.Blocks()[len(c.Blocks())-1]
	require.Equal(t, genesis.InitialHeight, block.Request.Height)
	got, err := imported.FinalizeBlock(&block.Request)
	require.NoError(t, err)
	require.NoError(t, block.Compare(got, true))
	_, err = imported.Commit()
	require.NoError(t, err)
	want, err := chains.Export(c.Shugu, genesis)
	require.NoError(t, err)
	again, err := chains.Export(imported, genesis)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want.AppState, again.AppState), "%s: the imported state differs after block %d", c.ChainID, block.Request.Height)
}

// requireBusy asserts that a run was worth its time: operations succeed, some are
// refused, and faults never succeed.
func requireBusy(t *testing.T, r run, blocks int64) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(r.Tallies)) {
		t.Logf("%-40s done %5d, refused %5d", name, r.Tallies[name].Done, r.Tallies[name].Refused)
	}
	if blocks < shortRun {
		return
	}
	for _, name := range []string{
		"admit", "suspend", "deposit", "withdraw", "confirm a withdrawal", "decline a withdrawal",
		"submit a scenario", "decide a scenario", "register", "request a review", "opine", "list", "revise", "delist",
		"quote", "agree", "fund", "deliver", "accept", "cancel", "whole trade: accept", "present",
		"ask for a reversal", "confirm a reversal", "decline a reversal", "withdraw a reversal", "pay a debt",
		"receive", "acknowledge", "time out",
	} {
		require.NotNil(t, r.Tallies[name], name)
		require.NotZero(t, r.Tallies[name].Done, name)
	}
	for name, tally := range r.Tallies {
		if len(name) > 6 && name[:6] == "fault:" && name != "fault: first of two equals" {
			require.Zero(t, tally.Done, name)
			require.NotZero(t, tally.Refused, name)
		}
	}
}

func requireSameHashes(t *testing.T, one, two *chains.Chain) {
	t.Helper()
	first, second := one.Blocks(), two.Blocks()
	require.Len(t, second, len(first))
	for i := range first {
		require.True(t, bytes.Equal(first[i].Response.AppHash, second[i].Response.AppHash),
			"%s: application hash of block %d, seed by seed", one.ChainID, first[i].Request.Height)
	}
}

// requireOtherExecutorAgrees runs all blocks again on a node that runs transactions in parallel.
func requireOtherExecutorAgrees(t *testing.T, r run) {
	t.Helper()
	config := simtestutil.AppOptionsMap{server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4}
	node := chains.InitWith(t, chains.Genesis(t, hangzhou), config)
	for _, block := range r.here.Blocks() {
		request := block.Request
		got, err := node.FinalizeBlock(&request)
		require.NoError(t, err)
		require.NoError(t, block.Compare(got, false))
		_, err = node.Commit()
		require.NoError(t, err)
	}
}
