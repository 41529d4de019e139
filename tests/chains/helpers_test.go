package chains_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"

	// gas is more than any test's transaction uses.
	gas = 200_000_000
)

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// sign makes a transaction of a party that comes after so many others of it in the same block.
func sign(c *chains.Chain, party string, before uint64, msgs ...sdk.Msg) []byte {
	return signFor(c, c.ChainID, nil, party, before, msgs...)
}

// signFor is sign for a chain id and with a fee.
func signFor(c *chains.Chain, chainID string, fee sdk.Coins, party string, before uint64, msgs ...sdk.Msg) []byte {
	c.TB.Helper()
	return signWith(c, chainID, fee, gas, party, before, msgs...)
}

// signWith is signFor with a gas limit.
func signWith(c *chains.Chain, chainID string, fee sdk.Coins, gas uint64, party string, before uint64, msgs ...sdk.Msg) []byte {
	c.TB.Helper()
	key := keys.Account(chains.Key(c.ChainID, party))
	var number, sequence uint64
	if account := c.Shugu.Account.GetAccount(c.Query(), sdk.AccAddress(key.PubKey().Address())); account != nil {
		number, sequence = account.GetAccountNumber(), account.GetSequence()
	}
	tx, err := simtestutil.GenSignedMockTx(rand.New(rand.NewSource(1)), c.TxConfig, msgs, fee, gas, chainID,
		[]uint64{number}, []uint64{sequence + before}, key)
	require.NoError(c.TB, err)
	raw, err := c.TxConfig.TxEncoder()(tx)
	require.NoError(c.TB, err)
	return raw
}

// batch is the transactions of a block in the making.
type batch struct {
	*chains.Chain
	txs  [][]byte
	sent map[string]uint64
}

func newBatch(c *chains.Chain) *batch { return &batch{Chain: c, sent: map[string]uint64{}} }

func (b *batch) add(party string, msgs ...sdk.Msg) {
	b.txs = append(b.txs, sign(b.Chain, party, b.sent[party], msgs...))
	b.sent[party]++
}

// run runs the block and begins the next one.
func (b *batch) run() []*abci.ExecTxResult {
	results := b.Block(b.txs)
	b.txs, b.sent = nil, map[string]uint64{}
	return results
}

// mustRun is run of transactions that all succeed.
func (b *batch) mustRun() []*abci.ExecTxResult {
	b.TB.Helper()
	results := b.run()
	for i, r := range results {
		require.Zero(b.TB, r.Code, "transaction %d: %s", i, r.Log)
	}
	return results
}

// decode reads the first response of a transaction.
func decode(c *chains.Chain, res *abci.ExecTxResult, response proto.Message) {
	c.TB.Helper()
	var data sdk.TxMsgData
	require.NoError(c.TB, c.Codec.Unmarshal(res.Data, &data))
	require.NotEmpty(c.TB, data.MsgResponses)
	require.NoError(c.TB, c.Codec.Unmarshal(data.MsgResponses[0].Value, response))
}

// requireCode asserts that a transaction failed with a registered error, and that its log says something.
func requireCode(t require.TestingT, want error, codespace string, code uint32, log, says string) {
	wantSpace, wantCode, _ := errorsmod.ABCIInfo(want, false)
	require.Equal(t, fmt.Sprintf("%s/%d", wantSpace, wantCode), fmt.Sprintf("%s/%d", codespace, code), log)
	require.Contains(t, log, says)
}

// dump reads stores of the committed state; when none is named, all but what counts
// transactions, failed ones too: auth's and the members' used quotas.
func dump(c *chains.Chain, stores ...string) map[string]string {
	state, ctx := map[string]string{}, c.Query()
	if len(stores) == 0 {
		defer maps.DeleteFunc(state, func(key, _ string) bool { return strings.HasPrefix(key, "consortium 50") })
		for _, name := range c.Shugu.StoreNames() {
			if name != "acc" {
				stores = append(stores, name)
			}
		}
	}
	for _, name := range stores {
		it := ctx.KVStore(c.Shugu.Key(name)).Iterator(nil, nil)
		for ; it.Valid(); it.Next() {
			state[name+" "+hex.EncodeToString(it.Key())] = hex.EncodeToString(it.Value())
		}
		require.NoError(c.TB, it.Close())
	}
	return state
}

// requireSame asserts that two dumps are equal, and names the keys that differ.
func requireSame(t *testing.T, want, got map[string]string) {
	t.Helper()
	var differ []string
	for key, value := range want {
		if got[key] != value {
			differ = append(differ, fmt.Sprintf("%s: %s, then %s", key, value, got[key]))
		}
	}
	for key, value := range got {
		if _, ok := want[key]; !ok {
			differ = append(differ, fmt.Sprintf("%s: nothing, then %s", key, value))
		}
	}
	require.Empty(t, strings.Join(differ, "\n"))
}

func deposit(c *chains.Chain, member string, fen int64) {
	reference := fmt.Sprintf("D-%d", c.ProposedHeader.Height)
	c.MustSend("bank", nil, &settlement.MsgDeposit{Signer: c.Address("bank"), Member: chains.Number(member), Amount: math.NewInt(fen), Reference: reference})
}

// balance is what an account of the chain has, in fen.
func balance(c *chains.Chain, addr sdk.AccAddress) int64 {
	return c.Shugu.Bank.GetBalance(c.Query(), addr, app.Denom).Amount.Int64()
}

// has is what a party of the chain has, in fen.
func has(c *chains.Chain, party string) int64 {
	return balance(c, keys.Address(chains.Key(c.ChainID, party)))
}

// inEscrow is what stands in settlement's module account, in fen.
func inEscrow(c *chains.Chain) int64 {
	return balance(c, c.Shugu.Account.GetModuleAddress(settlement.ModuleName))
}

// supply of fen on the chain.
func supply(c *chains.Chain) int64 {
	return c.Shugu.Bank.GetSupply(c.Query(), app.Denom).Amount.Int64()
}

// checkAll asserts every module's invariants, in memory as after the last block, and as committed.
func checkAll(t require.TestingT, c *chains.Chain) {
	require.NoError(t, c.Check())
	require.NoError(t, c.Shugu.CheckAt(c.Shugu.LastBlockHeight()))
}
