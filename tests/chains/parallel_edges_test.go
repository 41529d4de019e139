package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/chains"
)

// A proposer that goes wrong can put bytes into a block that are no transaction. Both
// executors answer them alike.
func TestParallelExecutionIsEqualOfBytesThatAreNoTransaction(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	p := newPair(c, "seller", "buyer")
	b := newBatch(c)
	b.add("seller", p.quote(c))
	b.txs = append([][]byte{[]byte("no transaction"), nil}, b.txs...)
	results := b.run()
	requireCode(t, sdkerrors.ErrTxDecode, results[0].Codespace, results[0].Code, results[0].Log, "tx parse error")
	requireCode(t, sdkerrors.ErrInvalidRequest, results[1].Codespace, results[1].Code, results[1].Log, "at least one message")
	require.Zero(t, results[2].Code, results[2].Log)

	config := simtestutil.AppOptionsMap{server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4}
	replay(t, c.Blocks(), chains.InitWith(t, chains.Genesis(t, hangzhou), config))
}
