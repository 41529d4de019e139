package chains_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/rehearsal"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// later is the store's name after the second upgrade of these tests.
const later = "rehearsed"

// withModule is a release that has the rehearsal's module, of a version and with its store under a name.
func withModule(version uint64, store string, upgrades ...app.Upgrade) app.Release {
	return app.Release{
		Upgrades: upgrades, Stores: []string{store},
		Modules: func(a *app.App) []module.AppModule { //nolint:staticcheck // as in Release
			return []module.AppModule{rehearsal.New(runtime.NewKVStoreService(a.Key(store)), version)} //nolint:staticcheck // likewise
		},
	}
}

// The releases of these tests: none, one that adds the module, one that migrates it, renames its store and
// opens a denomination for sending, and one that is without it again.
var (
	adds     = app.Upgrade{Name: "adds", Stores: storetypes.StoreUpgrades{Added: []string{rehearsal.Name}}}
	migrates = app.Upgrade{
		Name: "migrates", Stores: storetypes.StoreUpgrades{Renamed: []storetypes.StoreRename{{OldKey: rehearsal.Name, NewKey: later}}},
		Then: func(ctx sdk.Context, a *app.App) error {
			a.Bank.SetSendEnabled(ctx, "rehearsed", true)
			return nil
		},
	}
	deletes = app.Upgrade{Name: "deletes", Stores: storetypes.StoreUpgrades{Deleted: []string{later}}}

	first  = app.Release{}
	second = withModule(1, rehearsal.Name, adds)
	third  = withModule(2, later, adds, migrates)
	fourth = app.Release{Upgrades: []app.Upgrade{deletes}}
)

// upgrading is a chain whose node has a home and changes its software.
type upgrading struct {
	*chains.Chain
	t      *testing.T
	config simtestutil.AppOptionsMap
}

func newUpgrading(t *testing.T) upgrading {
	t.Helper()
	config := simtestutil.AppOptionsMap{flags.FlagHome: t.TempDir()}
	return upgrading{chains.NewOf(t, first, config, hangzhou), t, config}
}

// plans has the council plan an upgrade some blocks ahead.
func (u upgrading) plans(name string, ahead int64) (height int64) {
	u.t.Helper()
	// A submission and three votes come first.
	height = u.Shugu.LastBlockHeight() + 4 + ahead
	u.Decide(panel.Council, plan(name, height))
	return height
}

func plan(name string, height int64) *upgradetypes.MsgSoftwareUpgrade {
	return &upgradetypes.MsgSoftwareUpgrade{Authority: chains.Council(), Plan: upgradetypes.Plan{Name: name, Height: height, Info: "https://example.cn/" + name}}
}

// reach makes blocks up to the one before a height.
func (u upgrading) reach(height int64) {
	u.t.Helper()
	for u.Shugu.LastBlockHeight() < height-1 {
		u.Coordinator.CommitBlock(u.TestChain)
	}
	require.Equal(u.t, height-1, u.Shugu.LastBlockHeight())
}

// refuses asserts that the next block fails and leaves nothing behind, also when the node is started again.
func (u upgrading) refuses(release app.Release, says ...string) {
	u.t.Helper()
	committed, state := u.Shugu.LastCommitID(), dump(u.Chain)
	for range 2 {
		_, err := u.Shugu.FinalizeBlock(&abci.RequestFinalizeBlock{
			Height: committed.Version + 1, Time: u.Coordinator.CurrentTime, NextValidatorsHash: u.NextVals.Hash(),
		})
		for _, text := range says {
			require.ErrorContains(u.t, err, text)
		}
		u.Reopen(release, u.config)
		require.Equal(u.t, committed, u.Shugu.LastCommitID())
		requireSame(u.t, state, dump(u.Chain))
	}
}

// cannotOpen asserts that a release opens the state neither for a node nor for an export.
func (u upgrading) cannotOpen(release app.Release, says, exportSays string) {
	u.t.Helper()
	require.ErrorContains(u.t, release.CheckStart(log.NewNopLogger(), u.DB(), u.config), says)
	require.ErrorContains(u.t, release.CheckExport(u.DB(), -1), exportSays)
	require.Panics(u.t, func() { u.Reopen(release, u.config) })
}

// blocks makes some blocks with work in them.
func (u upgrading) blocks() {
	u.t.Helper()
	for range 3 {
		deposit(u.Chain, "buyer", 1_000)
	}
	checkAll(u.t, u.Chain)
}

// entries of the rehearsal's module, as it exports them.
func (u upgrading) entries() (entries []rehearsal.Entry) {
	u.t.Helper()
	require.NoError(u.t, json.Unmarshal(u.state()[rehearsal.Name], &entries))
	return entries
}

func (u upgrading) state() (state map[string]json.RawMessage) {
	u.t.Helper()
	require.NoError(u.t, json.Unmarshal(exported(u.Chain).AppState, &state))
	return state
}

// An upgrade that adds a module with a store, and one that migrates it and renames the store, and one that deletes
// it: the old binary stops at the height and loses nothing, the new one goes on with everything that was there.
func TestUpgradesAddMigrateRenameAndDelete(t *testing.T) {
	u := newUpgrading(t)
	u.blocks()
	was, buyer := first, has(u.Chain, "buyer")
	for _, step := range []struct {
		name    string
		release app.Release
		entries []rehearsal.Entry
	}{
		{"adds", second, []rehearsal.Entry{rehearsal.Born}},
		{"migrates", third, []rehearsal.Entry{rehearsal.Born, rehearsal.Migrated}},
		{"deletes", fourth, nil},
	} {
		height := u.plans(step.name, 3)
		u.cannotOpen(step.release, "let it run to that height", "export it with the binary from before")
		u.reach(height)
		u.refuses(was, step.name, "due at height", "start the binary that has the upgrade")
		requireInfoFile(t, u.config, step.name, height)
		require.NoError(t, was.CheckExport(u.DB(), -1), "before the height it is the old binary's state")
		require.NoError(t, step.release.CheckStart(log.NewNopLogger(), u.DB(), u.config))

		before := dump(u.Chain, ourStores...)
		u.Reopen(step.release, u.config) // which comes no further than its start
		u.Reopen(step.release, u.config)
		u.Coordinator.CommitBlock(u.TestChain)
		require.Equal(t, height, u.Shugu.LastBlockHeight())
		requireSame(t, before, dump(u.Chain, ourStores...))
		if step.entries != nil {
			require.Equal(t, step.entries, u.entries())
		} else {
			require.NotContains(t, u.state(), rehearsal.Name)
		}
		done, at, err := u.Shugu.Upgrade.GetLastCompletedUpgrade(u.Query())
		require.NoError(t, err)
		require.Equal(t, step.name, done)
		require.Equal(t, height, at)
		u.cannotOpen(was, "the chain took upgrade", "the chain took upgrade")

		u.Reopen(step.release, u.config)
		u.blocks()
		buyer += 3_000
		require.Equal(t, buyer, has(u.Chain, "buyer"))
		require.ErrorContains(t, u.Approve(panel.Council, plan(step.name, height+1_000)), "already been completed")
		was = step.release
	}
}

// requireInfoFile asserts that the node told tools such as cosmovisor what it waits for.
func requireInfoFile(t *testing.T, config simtestutil.AppOptionsMap, name string, height int64) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(config[flags.FlagHome].(string), "data", "upgrade-info.json"))
	require.NoError(t, err)
	var told upgradetypes.Plan
	require.NoError(t, json.Unmarshal(raw, &told))
	require.Equal(t, upgradetypes.Plan{Name: name, Height: height, Info: "https://example.cn/" + name}, told)
}

// After an upgrade the state can be exported, imported and exported again; both executors agree on its blocks; and
// a node that was stopped before the height, and so has no upgrade-info.json, takes it too.
func TestUpgradedChainExportsAndReplays(t *testing.T) {
	u := newUpgrading(t)
	height := u.plans("adds", 2)
	u.reach(height)
	u.Reopen(second, u.config)
	require.NoFileExists(t, filepath.Join(u.config[flags.FlagHome].(string), "data", "upgrade-info.json"))
	u.blocks()
	require.Equal(t, []rehearsal.Entry{rehearsal.Born}, u.entries())

	all := slices.Clone(u.Blocks())
	parallel := simtestutil.AppOptionsMap{flags.FlagHome: t.TempDir(), server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4}
	node := chains.NewOf(t, first, parallel, hangzhou) // which has made its first block
	for _, block := range all[1:] {
		if block.Request.Height == height {
			node.Reopen(second, parallel)
		}
		request := block.Request
		res, err := node.Shugu.FinalizeBlock(&request)
		require.NoError(t, err)
		require.NoError(t, block.Compare(res, false))
		_, err = node.Shugu.Commit()
		require.NoError(t, err)
	}

	genesis := exported(u.Chain)
	u.RestartOf(second, genesis)
	require.Equal(t, string(genesis.AppState), string(exported(u.Chain).AppState), "equal to the byte")
	u.blocks()
}

// A plan that the council cancels stops nobody, nor does one that validators skip; its name may be planned again.
func TestPlansAreCancelledAndSkipped(t *testing.T) {
	u := newUpgrading(t)
	height := u.plans("adds", 6)
	u.Decide(panel.Council, &upgradetypes.MsgCancelUpgrade{Authority: chains.Council()})
	u.reach(height)
	u.blocks()

	height = u.plans("adds", 1)
	u.reach(height)
	u.refuses(first, "does not have upgrade \"adds\"")
	u.config[server.FlagUnsafeSkipUpgrades] = []int{int(height)}
	u.Reopen(first, u.config)
	u.blocks()
	_, err := u.Shugu.Upgrade.GetUpgradePlan(u.Query())
	require.ErrorIs(t, err, upgradetypes.ErrNoUpgradePlanFound)
	delete(u.config, server.FlagUnsafeSkipUpgrades)
	require.NoError(t, first.CheckStart(log.NewNopLogger(), u.DB(), u.config))

	height = u.plans("adds", 1)
	u.reach(height)
	u.Reopen(second, u.config)
	u.blocks()
	require.Equal(t, []rehearsal.Entry{rehearsal.Born}, u.entries())
}

// Plans that could not be carried out are refused, and a binary whose upgrade is decided while it runs already says so.
func TestPlansAreRefused(t *testing.T) {
	u := newUpgrading(t)
	for says, msg := range map[string]*upgradetypes.MsgSoftwareUpgrade{
		"cannot be scheduled in the past": plan("adds", 2),
		"name cannot be empty":            plan("", 1_000),
		"height must be greater than 0":   plan("adds", 0),
	} {
		require.ErrorContains(t, u.Approve(panel.Council, msg), says)
	}
	ready := app.Release{Upgrades: []app.Upgrade{{Name: "fixes"}}}
	u.Reopen(ready, u.config)
	u.plans("fixes", 5)
	_, err := u.Shugu.FinalizeBlock(&abci.RequestFinalizeBlock{
		Height: u.Shugu.LastBlockHeight() + 1, Time: u.Coordinator.CurrentTime, NextValidatorsHash: u.NextVals.Hash(),
	})
	require.ErrorContains(t, err, "start the one from before")
	u.cannotOpen(ready, "let it run to that height", "export it with the binary from before")
}

// An upgrade that fails writes nothing: the node stands before the height, and a better binary gets over it.
func TestUpgradeThatFailsWritesNothing(t *testing.T) {
	u := newUpgrading(t)
	height := u.plans("adds", 1)
	u.reach(height)
	broken := second
	broken.Upgrades = []app.Upgrade{{Name: adds.Name, Stores: adds.Stores, Then: func(ctx sdk.Context, a *app.App) error {
		if err := migrates.Then(ctx, a); err != nil {
			return err
		}
		return errors.New("it does not go")
	}}}
	before := dump(u.Chain)
	u.Reopen(broken, u.config)
	u.refuses(broken, `upgrade "adds": it does not go`)
	u.Reopen(first, u.config)
	requireSame(t, before, dump(u.Chain))
	u.Reopen(second, u.config)
	u.blocks()
}

// Chains of one process have their own releases.
func TestReleasesAreNotShared(t *testing.T) {
	one, two := newUpgrading(t), newUpgrading(t)
	one.Reopen(app.Release{Upgrades: []app.Upgrade{{Name: "fixes"}}}, one.config)
	require.True(t, one.Shugu.Upgrade.HasHandler("fixes"))
	require.False(t, two.Shugu.Upgrade.HasHandler("fixes"))
}
