package app

import (
	"math"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/log/v2"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/keys"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// wants is a transaction with a gas limit, and a memo that makes it longer.
func wants(t require.TestingT, encoding Encoding, gas uint64, memo string) []byte {
	builder := encoding.TxConfig.NewTxBuilder()
	require.NoError(t, builder.SetMsgs(&trade.MsgAccept{Signer: keys.Bech32("seller"), Contract: "x"}))
	builder.SetGasLimit(gas)
	builder.SetMemo(memo)
	raw, err := encoding.TxConfig.TxEncoder()(builder.GetTx())
	require.NoError(t, err)
	return raw
}

func underGas(maxGas int64) sdk.Context {
	return sdk.Context{}.WithLogger(log.NewNopLogger()).
		WithConsensusParams(cmtproto.ConsensusParams{Block: &cmtproto.BlockParams{MaxGas: maxGas}})
}

func accepted(t require.TestingT, p proposals, ctx sdk.Context, txs [][]byte) bool {
	res, err := p.process(ctx, &abci.RequestProcessProposal{Height: 5, Txs: txs})
	require.NoError(t, err)
	return res.Status == abci.ResponseProcessProposal_ACCEPT
}

// A proposal is refused that no honest node makes.
func TestProposalIsRefusedThat(t *testing.T) {
	encoding := newTestApp().Encoding
	p := proposals{encoding.TxConfig.TxDecoder()}
	tx := func(gas uint64) []byte { return wants(t, encoding, gas, "") }
	for name, c := range map[string]struct {
		maxGas int64
		txs    [][]byte
		want   bool
	}{
		"is empty: no":                      {100, nil, true},
		"fills the block: no":               {100, [][]byte{tx(60), tx(40)}, true},
		"is above the gas by one":           {100, [][]byte{tx(60), tx(41)}, false},
		"has one transaction above the gas": {100, [][]byte{tx(101)}, false},
		"overflows the sum":                 {100, [][]byte{tx(60), tx(math.MaxUint64 - 50)}, false},
		"overflows without a bound: no":     {-1, [][]byte{tx(math.MaxUint64), tx(math.MaxUint64)}, true},
		"has bytes that are no transaction": {100, [][]byte{tx(1), []byte("no transaction")}, false},
		"has an empty transaction":          {100, [][]byte{{}}, false},
		"has a transaction without gas":     {100, [][]byte{tx(0)}, false},
		"has one without gas, unbounded":    {-1, [][]byte{tx(0)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, accepted(t, p, underGas(c.maxGas), c.txs))
		})
	}
}

// A proposer leaves out what may not be in a block, and fills the block with the rest in order.
func TestPreparedProposalLeavesOutWhatIsRefused(t *testing.T) {
	encoding := newTestApp().Encoding
	p := proposals{encoding.TxConfig.TxDecoder()}
	small, large, last := wants(t, encoding, 40, ""), wants(t, encoding, 70, ""), wants(t, encoding, 60, "")
	res, err := p.prepare(underGas(100), &abci.RequestPrepareProposal{
		Height: 5, MaxTxBytes: 10_000, Txs: [][]byte{[]byte("no"), small, large, wants(t, encoding, 0, ""), last},
	})
	require.NoError(t, err)
	require.Equal(t, [][]byte{small, last}, res.Txs)

	res, err = p.prepare(underGas(100), &abci.RequestPrepareProposal{
		Height: 5, MaxTxBytes: cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{last}), Txs: [][]byte{wants(t, encoding, 1, "long"), last},
	})
	require.NoError(t, err)
	require.Equal(t, [][]byte{last}, res.Txs)
}

// Every block that one node prepares is accepted by every other, whatever its mempool holds.
func TestRule12PreparedProposalsAreAccepted(t *testing.T) {
	encoding := newTestApp().Encoding
	one, other := proposals{encoding.TxConfig.TxDecoder()}, proposals{newTestApp().TxConfig.TxDecoder()}
	rapid.Check(t, func(r *rapid.T) {
		ctx := underGas(rapid.SampledFrom([]int64{-1, 0, 1, 1_000, MaxBlockGas}).Draw(r, "max gas"))
		var txs [][]byte
		for range rapid.IntRange(0, 12).Draw(r, "transactions") {
			var raw []byte
			switch rapid.IntRange(0, 3).Draw(r, "kind") {
			case 0:
				raw = rapid.SliceOfN(rapid.Byte(), 0, 80).Draw(r, "garbage")
			case 1:
				raw = wants(r, encoding, rapid.Uint64().Draw(r, "any gas"), "")
				raw[rapid.IntRange(0, len(raw)-1).Draw(r, "place")] ^= rapid.Byte().Draw(r, "flip")
			default:
				gas := rapid.SampledFrom([]uint64{0, 1, 400, 999, 1_000, MaxBlockGas / 3, MaxBlockGas, math.MaxUint64}).Draw(r, "gas")
				raw = wants(r, encoding, gas, rapid.StringMatching(`[a-z]{0,40}`).Draw(r, "memo"))
			}
			txs = append(txs, raw)
		}
		maxBytes := rapid.Int64Range(0, 2_000).Draw(r, "max bytes")
		res, err := one.prepare(ctx, &abci.RequestPrepareProposal{Height: 5, MaxTxBytes: maxBytes, Txs: txs})
		require.NoError(r, err)
		require.True(r, accepted(r, other, ctx, res.Txs))
		var list cmttypes.Txs
		for _, raw := range res.Txs {
			list = append(list, raw)
		}
		require.NoError(r, list.Validate(maxBytes), "CometBFT panics on a proposal above its bytes")
	})
}
