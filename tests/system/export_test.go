//go:build system

package system_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testnet"
)

// export stops a node, if it runs, and writes its state as a genesis for now, as docs/operators/validators.md tells.
func export(t *testing.T, node *testnet.Node) (file string) {
	t.Helper()
	if node.Running() {
		require.NoError(t, node.Stop())
	}
	file = filepath.Join(t.TempDir(), "export.json")
	out, code := shugud(t, "export", "--home", node.Home(), "--output-document", file)
	require.Zero(t, code, out)
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	var genesis map[string]any
	require.NoError(t, json.Unmarshal(raw, &genesis))
	genesis["genesis_time"] = time.Now().UTC().Format(time.RFC3339)
	raw, err = json.Marshal(genesis)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, raw, 0o600))
	return file
}

// starts starts an application in this process from an export, which makes a block and can be exported again.
func starts(t *testing.T, file string) {
	t.Helper()
	genesis, err := genutiltypes.AppGenesisFromFile(file)
	require.NoError(t, err)
	doc, err := genesis.ToGenesisDoc()
	require.NoError(t, err)
	require.NotEmpty(t, doc.Validators)
	var validators []*cmttypes.Validator
	for _, v := range doc.Validators {
		validators = append(validators, cmttypes.NewValidator(v.PubKey, v.Power))
	}
	params := doc.ConsensusParams.ToProto()
	a := app.New(log.NewNopLogger(), dbm.NewMemDB(), true, simtestutil.EmptyAppOptions{}, baseapp.SetChainID(doc.ChainID))
	_, err = a.InitChain(&abci.RequestInitChain{
		ChainId: doc.ChainID, Time: doc.GenesisTime, InitialHeight: doc.InitialHeight, ConsensusParams: &params, AppStateBytes: doc.AppState,
		Validators: cmttypes.TM2PB.ValidatorUpdates(cmttypes.NewValidatorSet(validators)),
	})
	require.NoError(t, err)
	_, err = a.FinalizeBlock(&abci.RequestFinalizeBlock{Height: doc.InitialHeight, Time: doc.GenesisTime})
	require.NoError(t, err)
	_, err = a.Commit()
	require.NoError(t, err)
	again, err := a.Export(false, nil)
	require.NoError(t, err)
	require.Equal(t, doc.InitialHeight+1, again.Height)
}

// restart starts the whole chain again from an export of one node, and waits for its blocks.
func restart(t *testing.T, c *testnet.Chain, from *testnet.Node) {
	t.Helper()
	for _, node := range c.Nodes() {
		if node.Running() {
			require.NoError(t, node.Stop())
		}
	}
	file := export(t, from)
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	genesis, err := genutiltypes.AppGenesisFromFile(file)
	require.NoError(t, err)
	for _, node := range c.Nodes() {
		out, code := shugud(t, "comet", "unsafe-reset-all", "--home", node.Home())
		require.Zero(t, code, out)
		require.NoError(t, os.WriteFile(filepath.Join(node.Home(), "config", "genesis.json"), raw, 0o600))
	}
	for _, node := range c.Nodes() {
		require.NoError(t, node.Start(t.Context()))
	}
	require.NoError(t, c.WaitHeight(t.Context(), genesis.InitialHeight+2))
}
