package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// testDenom is what plain bank sends move, as on no real chain.
const testDenom = "bench"

// sendable gives merchants coins that bank's own messages may move.
func sendable(s *app.GenesisSpec) {
	for _, party := range merchants {
		s.Sendable = append(s.Sendable, banktypes.Balance{
			Address: keys.Bech32(chains.Key(s.ChainID, party)), Coins: sdk.NewCoins(sdk.NewInt64Coin(testDenom, 1_000)),
		})
	}
}

// Every block of a chain, from its first on, gives the same on a node that runs
// transactions in parallel: application hash, codes, gas and events.
func TestParallelExecutionIsEqual(t *testing.T) {
	change := []func(*app.GenesisSpec){sendable}
	c := chains.NewWith(t, change, hangzhou).Chain(hangzhou)
	pairs := []pair{newPair(c, "seller", "buyer"), newPair(c, "seller-2", "buyer-2")}
	deposit(c, "buyer", 12*price)
	deposit(c, "buyer-2", 100*price)
	for round := range 3 {
		busyBlock(c, pairs, round)
	}
	c.Coordinator.IncrementTimeBy(within)
	busyBlock(c, pairs, 3) // with deadlines before it
	checkAll(t, c)

	config := simtestutil.AppOptionsMap{server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4}
	for range 2 { // threads meet differently each time
		replay(t, c.Blocks(), chains.InitWith(t, chains.Genesis(t, hangzhou, change...), config))
	}
}

// perRound is how many trades of each pair stand in a busy block.
const perRound = 6

// busyBlock runs whole trades in one block, in the order in which they reach a
// proposer, between bank sends in a ring: each account has many transactions that
// depend on each other's sequence, counters and money. Some fail, as on any chain.
func busyBlock(c *chains.Chain, pairs []pair, round int) {
	b, day := newBatch(c), c.Coordinator.CurrentTime
	send := func(from, to string, amount int64) {
		b.add(from, &banktypes.MsgSend{FromAddress: c.Address(from), ToAddress: c.Address(to), Amount: sdk.NewCoins(sdk.NewInt64Coin(testDenom, amount))})
	}
	for range perRound {
		for _, p := range pairs {
			b.add(p.seller, p.quote(c))
		}
	}
	// The last trade of each pair stops half way.
	for _, name := range ways[trade.STATUS_SETTLED] {
		for i := range perRound {
			for _, p := range pairs {
				if i == perRound-1 && (name == "deliver" || name == "accept") {
					continue
				}
				party, msg := p.step(c, name, contractID(day, p.seller, round*perRound+i+1))
				b.add(party, msg)
			}
			// More than any of them has alone: whoever sends needs what it was sent.
			send(merchants[i%4], merchants[(i+1)%4], 1_000+int64(i))
		}
	}
	b.add("buyer", pairs[0].fund(c, contractID(day, "seller", round*perRound+1)))
	// Refused at the door, in the middle of others of its signer.
	b.txs = append(b.txs, sign(c, "buyer", 99, pairs[0].agree(c, contractID(day, "seller", 1))))
	results := b.run()
	failed := 0
	for _, r := range results {
		if r.Code != 0 {
			failed++
		}
	}
	require.Greater(c.TB, failed, 3, "the block has failures of several kinds")
	require.Greater(c.TB, len(results)-failed, 2*perRound, "and successes")
}

// replay runs blocks on another node and compares all that it answers.
func replay(t *testing.T, blocks []chains.Block, node *app.App) {
	t.Helper()
	for _, block := range blocks {
		request := block.Request
		got, err := node.FinalizeBlock(&request)
		require.NoError(t, err)
		require.Len(t, got.TxResults, len(block.Response.TxResults))
		for i, want := range block.Response.TxResults {
			requireSameResult(t, request.Height, i, want, got.TxResults[i])
		}
		require.Equal(t, block.Response.Events, got.Events, "events of block %d", request.Height)
		require.Equal(t, block.Response.AppHash, got.AppHash, "application hash of block %d", request.Height)
		_, err = node.Commit()
		require.NoError(t, err)
	}
}

func requireSameResult(t *testing.T, height int64, i int, want, got *abci.ExecTxResult) {
	t.Helper()
	require.Equal(t, want.Code, got.Code, "block %d, transaction %d: %s, then %s", height, i, want.Log, got.Log)
	require.Equal(t, want.GasUsed, got.GasUsed, "gas of block %d, transaction %d", height, i)
	require.Equal(t, want, got, "block %d, transaction %d", height, i)
}
