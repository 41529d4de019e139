package chains_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	cmttypes "github.com/cometbft/cometbft/types"

	"cosmossdk.io/math"

	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/shugu-network/shugu/testutil/chains"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// exported is a chain's state as a genesis that starts one above its last block.
func exported(c *chains.Chain) *genutiltypes.AppGenesis {
	c.TB.Helper()
	state, err := c.Shugu.Export(false, nil)
	require.NoError(c.TB, err)
	require.Equal(c.TB, c.Shugu.LastBlockHeight()+1, state.Height)
	genesis := genutiltypes.NewAppGenesisWithVersion(c.ChainID, state.AppState)
	genesis.InitialHeight, genesis.GenesisTime = state.Height, c.Coordinator.CurrentTime
	params := cmttypes.ConsensusParamsFromProto(state.ConsensusParams)
	genesis.Consensus = &genutiltypes.ConsensusGenesis{Validators: state.Validators, Params: &params}
	require.NoError(c.TB, genesis.ValidateAndComplete())
	return genesis
}

// restart exports a chain, imports it into a new application and exports that again.
func restart(t *testing.T, c *chains.Chain) {
	t.Helper()
	genesis, before := exported(c), dump(c, ourStores...)
	c.Restart(genesis)
	require.Equal(t, genesis.InitialHeight, c.Shugu.LastBlockHeight())
	again := exported(c)
	requireSameJSON(t, genesis.AppState, again.AppState)
	require.Equal(t, string(genesis.AppState), string(again.AppState), "equal to the byte")
	requireSame(t, before, dump(c, ourStores...))
	checkAll(t, c)
}

// ourStores come back key by key; of the SDK's and ibc-go's only what they export does.
var ourStores = []string{"consortium", "compliance", "product", "settlement", "clawback", "voucher", "voucherstatus", "voucherrequest", "trade", "recognition"}

// requireSameJSON names the module whose states differ, for a readable failure.
func requireSameJSON(t *testing.T, want, got json.RawMessage) {
	t.Helper()
	var wanted, gotten map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(want, &wanted))
	require.NoError(t, json.Unmarshal(got, &gotten))
	require.Len(t, gotten, len(wanted))
	for name, state := range wanted {
		require.Equal(t, string(state), string(gotten[name]), name)
	}
}

// Two chains in the middle of everything are exported and imported, and go on where
// they stood: each other's clients, packets on the way, open trades.
func TestExportImportExportAndOn(t *testing.T) {
	w := newWorld(t, chains.Link)
	known, way, reversed := w.sell(), w.sell(), w.sell()
	open := map[trade.Status]trade.Contract{}
	for status := range ways {
		open[status] = w.pair.reach(w.a, status)
	}
	require.True(t, w.carry(w.present(known.Voucher)).Success())
	w.reverse(known.Voucher, 20_000)
	require.True(t, w.carry(w.a.Packets()[0]).Success())
	w.a.MustSend("seller", nil, &settlement.MsgRequestWithdrawal{
		Signer: w.a.Address("seller"), Bank: chains.Number("bank"), Amount: math.NewInt(1_000), Reference: "W-1",
	})
	w.a.Decide(panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number("seller-2"), Reason: "audit"})
	packet := w.present(way.Voucher)
	answer := receive(t, w.path, packet)
	w.reverse(reversed.Voucher, price)
	status := w.a.Packets()
	require.Len(t, status, 1)
	w.requireStatus(known, recognition.OUTBOX_STATUS_RECOGNISED)
	w.requireStatus(way, recognition.OUTBOX_STATUS_PENDING)

	restart(t, w.a)
	restart(t, w.b)

	// Packets that were on the way arrive, and so does an answer.
	require.NoError(t, w.path.EndpointA.UpdateClient())
	require.NoError(t, w.path.EndpointA.AcknowledgePacket(packet, answer))
	w.requireStatus(way, recognition.OUTBOX_STATUS_RECOGNISED)
	require.True(t, w.carry(status[0]).Success())
	heard, err := w.foreign(reversed.Voucher)
	require.NoError(t, err)
	require.EqualValues(t, 1, heard.Version)

	// Open trades go on, and what they lead to is recognised.
	a, p := w.a, w.pair
	a.MustSend("buyer", nil, p.agree(a, open[trade.STATUS_QUOTED].Id))
	a.MustSend("buyer", nil, p.fund(a, open[trade.STATUS_AGREED].Id))
	a.MustSend("seller", nil, p.deliver(a, open[trade.STATUS_FUNDED].Id))
	for _, from := range []trade.Status{trade.STATUS_FUNDED, trade.STATUS_DELIVERED} {
		a.MustSend("buyer", nil, p.accept(a, open[from].Id))
		settled := contract(a, open[from].Id)
		require.Equal(t, trade.STATUS_SETTLED, settled.Status)
		require.True(t, w.carry(w.present(settled.Voucher)).Success())
		w.requireStatus(settled, recognition.OUTBOX_STATUS_RECOGNISED)
	}
	for _, final := range []trade.Status{trade.STATUS_SETTLED, trade.STATUS_CANCELLED, trade.STATUS_REFUNDED} {
		require.Equal(t, open[final], contract(a, open[final].Id))
	}
	// Deadlines that were set before come true.
	w.IncrementTimeBy(2 * within)
	w.CommitBlock(a.TestChain)
	require.Equal(t, trade.STATUS_CANCELLED, contract(a, open[trade.STATUS_QUOTED].Id).Status)
	require.Equal(t, trade.STATUS_REFUNDED, contract(a, open[trade.STATUS_AGREED].Id).Status)
	w.checkAll()
	restart(t, w.a)
}
