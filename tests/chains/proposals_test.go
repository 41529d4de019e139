package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
)

// The application keeps proposals within the gas of the consensus parameters, on both sides.
func TestProposalsStayWithinTheBlocksGas(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	half, rest := want(c, "seller", 0, app.MaxBlockGas/2), want(c, "buyer", 0, app.MaxBlockGas/2)
	above := want(c, "seller-2", 0, 1)
	height, now := c.Shugu.LastBlockHeight()+1, c.Coordinator.CurrentTime

	prepared, err := c.Shugu.PrepareProposal(&abci.RequestPrepareProposal{
		Height: height, Time: now, MaxTxBytes: app.MaxBlockBytes, Txs: [][]byte{[]byte("no transaction"), half, rest, above},
	})
	require.NoError(t, err)
	require.Equal(t, [][]byte{half, rest}, prepared.Txs)

	for name, block := range map[string]struct {
		txs  [][]byte
		want abci.ResponseProcessProposal_ProposalStatus
	}{
		"as prepared":   {prepared.Txs, abci.ResponseProcessProposal_ACCEPT},
		"above the gas": {[][]byte{half, rest, above}, abci.ResponseProcessProposal_REJECT},
		"garbage":       {[][]byte{[]byte("no transaction")}, abci.ResponseProcessProposal_REJECT},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := c.Shugu.ProcessProposal(&abci.RequestProcessProposal{Height: height, Time: now, Txs: block.txs})
			require.NoError(t, err)
			require.Equal(t, block.want, res.Status)
		})
	}
}
