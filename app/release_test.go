package app

import (
	"maps"
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Migrations start from the versions that genesis remembers: every module must be among them.
func TestGenesisRemembersEveryModulesVersion(t *testing.T) {
	genesis, err := BuildGenesis(GenesisSpec{
		ChainID: "shugu-test-1",
		Members: []consortium.Member{{
			Number: 1, Owner: keys.Bech32("exchange"), Name: "exchange", CreditCode: "91330108000000000A", Region: "3301",
			Roles: []consortium.Role{consortium.ROLE_EXCHANGE}, Status: consortium.MEMBER_STATUS_ACTIVE,
		}},
		Seats: []consortium.Seat{{Member: 1, Moniker: "exchange", ConsensusKey: keys.Validator("exchange").PubKey().Bytes()}},
	})
	require.NoError(t, err)
	app := newTestApp()
	require.NoError(t, app.LoadLatestVersion())
	ctx := app.NewNextBlockContext(cmtproto.Header{Height: 1})
	_, err = app.initChain(ctx, &abci.RequestInitChain{ChainId: genesis.ChainID, AppStateBytes: genesis.AppState})
	require.NoError(t, err)

	remembered, err := app.Upgrade.GetModuleVersionMap(ctx)
	require.NoError(t, err)
	require.Equal(t, slices.Sorted(slices.Values(genesisOrder)), slices.Sorted(maps.Keys(remembered)), "all modules, and no others")
	for name, version := range remembered {
		m, ok := app.modules.Modules[name].(module.HasConsensusVersion)
		if require.Equal(t, name != ibctm.ModuleName, ok, name); ok {
			require.Equal(t, m.ConsensusVersion(), version, name)
			require.Positive(t, version, name)
		}
	}
}

// What this program knows of upgrades is wired: each has a handler, and no name stands twice.
func TestThisReleaseIsWired(t *testing.T) {
	app := newTestApp()
	for _, name := range ThisRelease().Names() {
		require.True(t, app.Upgrade.HasHandler(name), name)
	}
	for _, upgrades := range [][]Upgrade{{{Name: ""}}, {{Name: "v2"}, {Name: "v2"}}} {
		require.PanicsWithError(t, `upgrade "`+upgrades[len(upgrades)-1].Name+`": expected a name of its own`, func() {
			NewOf(Release{Upgrades: upgrades}, log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{})
		})
	}
}

// A release goes on with a state, or says what is wrong and what to do.
func TestReleaseAndState(t *testing.T) {
	release := Release{Upgrades: []Upgrade{{Name: "v2"}, {Name: "v3"}}}
	plan := func(name string, height int64) *upgradetypes.Plan {
		return &upgradetypes.Plan{Name: name, Height: height}
	}
	none := func(int64) bool { return false }
	for name, tc := range map[string]struct {
		state   progress
		refused string
		todo    string
		due     string
	}{
		"a new chain":              {progress{}, "", "", ""},
		"nothing planned":          {progress{height: 9, done: "v2", doneAt: 5}, "", "", ""},
		"too old":                  {progress{height: 9, done: "v4", doneAt: 5}, `took upgrade "v4" at height 5`, "", ""},
		"too old, with a plan":     {progress{height: 9, done: "v4", doneAt: 5, plan: plan("v5", 20)}, `took upgrade "v4" at height 5`, "make the one", ""},
		"too early, far too new":   {progress{height: 9, done: "v1", doneAt: 5, plan: plan("v3", 11)}, "let it run to that height", "start the one from before", ""},
		"too early":                {progress{height: 9, done: "v2", doneAt: 5, plan: plan("v3", 11)}, "let it run to that height", "start the one from before", ""},
		"due":                      {progress{height: 9, done: "v2", doneAt: 5, plan: plan("v3", 10)}, "", "", "v3"},
		"late":                     {progress{height: 9, plan: plan("v3", 9)}, "", "", "v3"},
		"due, after one forgotten": {progress{height: 9, done: "v1", doneAt: 5, plan: plan("v3", 10)}, "", "", "v3"},
		"of the next binary":       {progress{height: 9, plan: plan("v4", 20)}, "", "this one stops there", ""},
		"due of the next binary":   {progress{height: 9, plan: plan("v4", 10)}, "", "start the binary that has the upgrade", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if err := release.mayRun(tc.state, none); tc.refused == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, tc.refused)
			}
			if todo := release.todo(tc.state); tc.todo == "" {
				require.Empty(t, todo)
			} else {
				require.Contains(t, todo, tc.todo)
			}
			u, due := release.due(tc.state, none)
			require.Equal(t, tc.due != "", due)
			require.Equal(t, tc.due, u.Name)
			if tc.state.plan != nil {
				_, due = release.due(tc.state, func(height int64) bool { return height == tc.state.next() })
				require.False(t, due, "what is skipped is not due")
			}
		})
	}
}
