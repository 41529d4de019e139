package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	consortiumkeeper "github.com/shugu-network/shugu/x/consortium/keeper"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

const (
	// quotaGas is a member's and a relayer's in the chains below.
	quotaGas = 40_000_000
	// quotaWindow is the default, in blocks.
	quotaWindow = 20
)

func limited(s *app.GenesisSpec) { s.QuotaGas = quotaGas }

// limitedChain is a chain whose quotas a test can use up, at the start of a window.
func limitedChain(t *testing.T) *chains.Chain {
	t.Helper()
	c := chains.NewWith(t, []func(*app.GenesisSpec){limited}, hangzhou).Chain(hangzhou)
	nextWindow(c)
	return c
}

// nextWindow lets blocks pass until the next one begins a window.
func nextWindow(c *chains.Chain) {
	for ok := true; ok; ok = (c.Shugu.LastBlockHeight()+1)%quotaWindow != 0 {
		c.Block(nil)
	}
}

// quota is what a party has used and may use in the window of the next block.
func quota(c *chains.Chain, party string) *consortium.QueryQuotaResponse {
	c.TB.Helper()
	answer, err := consortiumkeeper.NewQueryServer(c.Shugu.Consortium).Quota(c.Query(), &consortium.QueryQuotaRequest{Number: chains.Number(party)})
	require.NoError(c.TB, err)
	return answer
}

// idle is a message that every merchant may send and that fails in the block.
func idle(c *chains.Chain, party string) sdk.Msg {
	return &product.MsgDelist{Signer: c.Address(party), Product: "P1", Reason: "none"}
}

// want is a transaction of a party with a gas limit, after so many others of it in the same block.
func want(c *chains.Chain, party string, before, limit uint64) []byte {
	return signWith(c, c.ChainID, nil, limit, party, before, idle(c, party))
}

func checkTx(c *chains.Chain, raw []byte, kind abci.CheckTxType) *abci.ResponseCheckTx {
	c.TB.Helper()
	res, err := c.Shugu.CheckTx(&abci.RequestCheckTx{Tx: raw, Type: kind})
	require.NoError(c.TB, err)
	return res
}

// A member over its quota is refused, at the door and in a block, and is told when to
// come back; nobody else is. A failed transaction counts: the load was there.
func TestQuotaIsEachMembersOwn(t *testing.T) {
	c := limitedChain(t)
	start := c.Shugu.LastBlockHeight() + 1
	results := c.Block([][]byte{want(c, "seller", 0, quotaGas-1), want(c, "seller", 1, 2), want(c, "buyer", 0, quotaGas)})
	require.Contains(t, results[0].Log, "P1", "the message was handled, and failed")
	requireCode(t, sdkerrors.ErrOutOfGas, results[1].Codespace, results[1].Code, results[1].Log, "")
	require.EqualValues(t, quotaGas-1, quota(c, "seller").GasUsed)
	require.EqualValues(t, quotaGas, quota(c, "buyer").GasUsed)
	require.Zero(t, quota(c, "bank").GasUsed)

	const more = 200_000
	raw := want(c, "seller", 0, more)
	requireRefused(t, c, raw, consortium.ErrQuotaExceeded, "send it again at height")
	require.EqualValues(t, start+quotaWindow, quota(c, "seller").NextWindow)
	for c.Shugu.LastBlockHeight()+1 < start+quotaWindow {
		require.Equal(t, consortium.ErrQuotaExceeded.ABCICode(), checkTx(c, raw, abci.CheckTxType_New).Code)
		c.Block(nil)
	}
	require.Zero(t, checkTx(c, raw, abci.CheckTxType_New).Code, "the same transaction, at the height that was told")
	res := c.Block([][]byte{raw})[0]
	require.Contains(t, res.Log, "P1", "handled")
	require.EqualValues(t, more, quota(c, "seller").GasUsed)
	checkAll(t, c)
}

// Whoever names a member as signer spends nothing of the member's, even in a block.
func TestQuotaIsNotSpentByBadSignatures(t *testing.T) {
	c := limitedChain(t)
	for name, raw := range map[string][]byte{
		"a bad signature":           forged(t, want(c, "seller", 0, quotaGas)),
		"a signature for elsewhere": signWith(c, shanghai, nil, quotaGas, "seller", 0, idle(c, "seller")),
		"another's key":             signWith(c, c.ChainID, nil, quotaGas, "buyer", 0, idle(c, "seller")),
		"a sequence too far":        want(c, "seller", 7, quotaGas),
	} {
		t.Run(name, func(t *testing.T) {
			require.NotZero(t, checkTx(c, raw, abci.CheckTxType_New).Code)
			require.NotZero(t, c.Block([][]byte{raw})[0].Code)
			require.Zero(t, quota(c, "seller").GasUsed)
			require.Zero(t, quota(c, "buyer").GasUsed)
		})
	}
	require.Zero(t, checkTx(c, want(c, "seller", 0, quotaGas), abci.CheckTxType_New).Code, "all of the quota is left")
}

// What waits in the mempool counts, and what no longer fits leaves it.
func TestQuotaCountsWhatWaits(t *testing.T) {
	c := limitedChain(t)
	first, second := want(c, "seller", 0, quotaGas), want(c, "seller", 1, 200_000)
	require.Zero(t, checkTx(c, first, abci.CheckTxType_New).Code)
	require.Equal(t, consortium.ErrQuotaExceeded.ABCICode(), checkTx(c, second, abci.CheckTxType_New).Code)
	c.Block(nil)
	require.Zero(t, checkTx(c, first, abci.CheckTxType_Recheck).Code, "still waiting, and counted once")
	c.Block([][]byte{first})
	require.Equal(t, consortium.ErrQuotaExceeded.ABCICode(), checkTx(c, want(c, "seller", 0, 200_000), abci.CheckTxType_Recheck).Code)
}

// A simulation is free, and finds the gas that the transaction then uses.
func TestQuotaIsNotChargedInSimulations(t *testing.T) {
	c := limitedChain(t)
	p := newPair(c, "seller", "buyer")
	nextWindow(c)
	raw := signWith(c, c.ChainID, nil, quotaGas, "seller", 0, p.quote(c))
	for range 3 {
		info, _, err := c.Shugu.Simulate(raw)
		require.NoError(t, err)
		require.Zero(t, quota(c, "seller").GasUsed)
		require.Positive(t, info.GasUsed)
	}
	require.Zero(t, c.Block([][]byte{raw})[0].Code)
	require.EqualValues(t, quotaGas, quota(c, "seller").GasUsed)
}

func TestGasLimitIsRefusedThat(t *testing.T) {
	c := limitedChain(t)
	requireRefused(t, c, want(c, "seller", 0, 0), sdkerrors.ErrInvalidGasLimit, "expected a gas limit above 0")
	requireRefused(t, c, want(c, "seller", 0, app.MaxBlockGas+1), sdkerrors.ErrInvalidGasLimit, "exceeds block max gas")
	requireRefused(t, c, want(c, "seller", 0, quotaGas+1), consortium.ErrQuotaExceeded, "above the whole quota")
}

// Relaying counts on an allowance of its own, for those who may relay.
func TestQuotaOfRelayersIsApart(t *testing.T) {
	const gas = 1_000_000
	w := newWorld(t, chains.Link)
	update := func(party string) sdk.Msg {
		end := w.path.EndpointA
		w.CommitBlock(w.b.TestChain)
		header, err := w.b.IBCClientHeader(w.b.LatestCommittedHeader, end.GetClientLatestHeight().(clienttypes.Height))
		require.NoError(t, err)
		msg, err := clienttypes.NewMsgUpdateClient(end.ClientID, header, w.a.Address(party))
		require.NoError(t, err)
		return msg
	}
	used := func(party string) [2]uint64 {
		q := quota(w.a, party)
		return [2]uint64{q.GasUsed, q.RelayedGasUsed}
	}
	for _, c := range []struct {
		says  string
		party string
		msgs  []sdk.Msg
		want  [2]uint64
	}{
		{"a relayer's client update is relaying", "relayer", []sdk.Msg{update("relayer")}, [2]uint64{0, gas}},
		{"one message of another kind makes it a member's", "relayer", []sdk.Msg{update("relayer"), idle(w.a, "relayer")}, [2]uint64{gas, 0}},
		{"a merchant's client update is a member's", "seller", []sdk.Msg{update("seller")}, [2]uint64{gas, 0}},
	} {
		nextWindow(w.a)
		w.a.Block([][]byte{signWith(w.a, w.a.ChainID, nil, gas, c.party, 0, c.msgs...)})
		require.Equal(t, c.want, used(c.party), c.says)
	}
}

// Quotas that run out in the middle of a block do so at the same transaction whether
// transactions run in parallel or not.
func TestParallelExecutionIsEqualWhenQuotasRunOut(t *testing.T) {
	c := limitedChain(t)
	var txs [][]byte
	for i := range uint64(8) {
		for _, party := range merchants {
			txs = append(txs, want(c, party, i, quotaGas/5))
		}
	}
	refused := 0
	for _, r := range c.Block(txs) {
		if r.Codespace == consortium.ModuleName && r.Code == consortium.ErrQuotaExceeded.ABCICode() {
			refused++
		}
	}
	require.Equal(t, len(merchants), refused, "the sixth of each; the seventh and eighth have a sequence too far")
	config := simtestutil.AppOptionsMap{server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4}
	for range 2 {
		replay(t, c.Blocks(), chains.InitWith(t, chains.Genesis(t, hangzhou, limited), config))
	}
}
