package chains

import (
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/app"
)

// NewOf starts a chain with a release of the software and a node's options.
func NewOf(t *testing.T, release app.Release, config servertypes.AppOptions, id string) *Chain {
	t.Helper()
	coordinator := &ibctesting.Coordinator{T: t, CurrentTime: Start, Chains: map[string]*ibctesting.TestChain{}}
	c := newChain(t, coordinator, Genesis(t, id), release, config)
	coordinator.Chains[id] = c.TestChain
	return c
}

// DB is the database of the chain's node.
func (c *Chain) DB() dbm.DB { return c.db }

// Reopen lets the chain go on with a release of the software over the database that it has, as a node
// does that is stopped and started. It panics as app.New does.
func (c *Chain) Reopen(release app.Release, config servertypes.AppOptions) {
	c.config = config
	a := c.open(release)
	c.Shugu, c.injector.App = a, a
	c.As("relayer")
}

// Restart lets the chain go on in a new application, from a genesis that was
// exported from its last block, and runs the first block there. It asserts that
// the genesis names those as validators who would have signed that block.
func (c *Chain) Restart(genesis *genutiltypes.AppGenesis) {
	c.TB.Helper()
	c.RestartOf(app.ThisRelease(), genesis)
}

// RestartOf is Restart with a release of the software.
func (c *Chain) RestartOf(release app.Release, genesis *genutiltypes.AppGenesis) {
	c.TB.Helper()
	c.db = dbm.NewMemDB()
	a := c.open(release)
	set := start(c.TB, a, genesis)
	require.Equal(c.TB, c.Vals.Hash(), set.Hash(), "the validators of the next block")
	c.Shugu, c.injector.App, c.NextVals = a, a, set
	c.NextBlock()
	c.Coordinator.IncrementTime()
	c.As("relayer")
}

func (c *Chain) open(release app.Release) *app.App {
	return app.NewOf(release, log.NewNopLogger(), c.db, true, c.config, c.recorder.option, baseapp.SetChainID(c.ChainID))
}
